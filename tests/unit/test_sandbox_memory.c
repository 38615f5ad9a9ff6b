/*
 * test_sandbox_memory.c - the limit of memory, through all that can ask for some. Each row runs in
 * fresh sandboxes under limits found by bisection, up to one that fails while the next byte passes.
 *
 * Two runs whose limits differ by one byte are the same up to a request that only one of them is
 * given. So the one that passed has had exactly its limit in use, by counts of our own.
 */
#include "script_fixture.h"

#include "rule/sandbox.h"

#define ROOM (8u << 20)

/* What a script does: at the top of its file, then in the call that is measured. */
struct row {
    const char *name, *setup, *body;
};

#define LONG  "local long = ('x'):rep(3000)"
#define ARRAY "local array = {} for k = 1, 900 do array[k] = k % 7 end"

static const struct row rows[] = {
    {"rep", "", "local t = ('x'):rep(5000)"},
    {"rep, short", "", "local t = ('xy'):rep(19)"},
    {"rep with a gap", "", "local t = ('x'):rep(2000, ', ')"},
    {"..", LONG, "local t = long .. long"},
    {".. of a number", LONG, "local t = long .. 1.5"},
    {".. again and again", "", "local t = '' for k = 1, 300 do t = t .. k end"},
    {"concat", ARRAY, "local t = table.concat(array, '、')"},
    {"format", LONG, "local t = ('%s|%99d|%q'):format(long, 7, long)"},
    {"upper", LONG, "local t = long:upper()"},
    {"lower", "local long = ('X'):rep(3000)", "local t = long:lower()"},
    {"reverse", "local long = ('xy'):rep(3000)", "local t = long:reverse()"},
    {"sub", LONG, "local t = long:sub(2)"},
    {"tostring of a number", "", "local t = {} for k = 1, 200 do t[k] = tostring(k + 0.25) end"},
    {"tostring by __tostring", LONG,
     "local t = tostring(setmetatable({}, {__tostring = function() return long .. 'y' end}))"},
    {"char", "", "local t = {} for k = 1, 250 do t[k] = string.char(k, k, 65, 66) end"},
    {"byte", LONG, "local t = {long:byte(1, 900)}"},
    {"utf8.char", ARRAY, "local t = utf8.char(table.unpack(array, 1, 1) + 20000, 25913)"},
    {"utf8.codepoint", LONG, "local t = {utf8.codepoint(long, 1, 900)}"},
    {"utf8.codes", LONG, "local t = {} for p, c in utf8.codes(long) do t[p] = c end"},
    {"pack", ARRAY, "local t = table.pack(table.unpack(array))"},
    {"unpack", ARRAY, "local t = select('#', table.unpack(array))"},
    {"insert", "", "local t = {} for k = 1, 1000 do table.insert(t, k) end"},
    {"insert by __newindex", "",
     "local t = setmetatable({}, {__newindex = function(s, k, v) local u = {s, k, v} end})"
     " for k = 1, 20 do table.insert(t, k) end"},
    {"an array that grows", "", "local t = {} for k = 1, 1000 do t[k] = k end"},
    {"keys that grow", "", "local t = {} for k = 1, 1000 do t[k + 0.5] = k end"},
    {"texts as keys", "", "local t = {} for k = 1, 300 do t['k' .. k] = k end"},
    {"an array of a constructor", "", "local t = {1, 2, 3, 4, 5, 6, 7, 8, 9}"},
    {"keys of a constructor", "", "local t = {a = 1, b = 2, c = 3, d = 4, e = 5}"},
    {"a table of results", ARRAY, "local t = {table.unpack(array)}"},
    {"sort", ARRAY, "table.sort(array)"},
    {"sort by a function", ARRAY, "table.sort(array, function(a, b) return a > b end)"},
    {"pairs", ARRAY, "for k, v in pairs(array) do local t = {k} end"},
    {"next", LONG, "local t = {[long .. 'y'] = 1} local k = next(t)"},
    {"ipairs", ARRAY, "local n = {} for k, v in ipairs(array) do n[k] = v end"},
    {"closures", "", "local t = {} for k = 1, 50 do t[k] = function() return k end end"},
    {"variable arguments", ARRAY,
     "local function f(...) local t = {...} return #t end f(table.unpack(array))"},
    {"recursion", "", "local function f(n) return n == 0 and 0 or 1 + f(n - 1) end f(150)"},
    {"setmetatable", "", "local t = setmetatable({}, {__index = {a = 1}, __newindex = {}})"},
    {"pcall", "", "local t = {pcall(function() return {1, 2, 3} end)}"},
    {"a message of error", LONG,
     "local ok, t = pcall(error, long)"
     " local ok2, t2 = pcall(function() error(long) end)"},
    {"a message of Lua", "", "local ok, t = pcall(function() return nil + 1 end)"},
    {"a message of a library", LONG, "local ok, t = pcall(require, long)"},
    {"an unknown name", "", "local ok, t = pcall(function() return string.uper end)"},
    {"a table of a table", "", "local t = {} for k = 1, 100 do t = {t} end"},
    {"a date", "", "local t = {} for k = 1, 20 do t[k] = sy.date(2019, 1, k) end"},
    {"a date moved", "local d = sy.date(2019, 1, 1)", "local t = {d + 1, d - 1, d .. 'x'}"},
    {"not_applicable", LONG, "local t = sy.not_applicable(long .. 'y')"},
    {"completion", "", "local t = sy.completion{}"},
    {"tiers", "", "local t = sy.tiers{{1, 10}, {2, 20}, {3, 30}, of = 100}"},
    {"checklist", LONG, "local t = sy.checklist{long, 'b', 'c'}"},
    {"average", "", "local t = sy.average{{sy.completion{}, 1}, {sy.pass_fail{}, 2}}"},
    {"func", "", "local t = sy.func{function() return 1 end}"},
    {"a rule called", "local rule = sy.completion{}", "local t = {rule(i, fund)}"},
    {"fields of an indicator", "", "local t = {i.path, i.name, i.unit, i.sign}"},
    {"a fact", "", "local t = {fund.paid_on, fund['编制数'], fund.note}"},
    {"a year before", "", "local t = {fund.previous, fund.facts, fund.indicators}"},
    {"indicators", "", "local t = {} for p, x in pairs(fund.indicators) do t[p] = x end"},
    {"a finding", "", "fund:finding('note', 'n' .. #i.path .. ('x'):rep(90))"},
    {"expect_sum", "", "local t = fund:expect_sum('spent', {'staff', 'budget'}, 1)"},
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Lua's blocks by a count of our own, around the sandbox's. */
struct probe {
    struct sandbox *box;
    uint64_t limit, before, live, peak;
    bool astray; /* the sandbox counts otherwise */
};

static void *count_block(void *ud, void *block, size_t old_size, size_t new_size)
{
    struct probe *p = ud;
    void *moved = sandbox_alloc(p->box, block, old_size, new_size);
    if (new_size == 0 || moved != NULL)
        p->live += new_size - (block != NULL ? old_size : 0);
    const uint64_t all = p->before + p->live + p->box->scratch_cap;
    p->astray = p->astray || all != p->box->used;
    /* The engine's own look at a loaded script is not held to the limit. */
    if (p->box->limits.memory == p->limit && moved != NULL && new_size > old_size && all > p->peak)
        p->peak = all;
    return moved;
}

static void set_probe(struct probe *p, struct sandbox *box, uint64_t limit)
{
    sandbox_settle(box);
    *p = (struct probe){.box = box, .limit = limit, .before = box->used};
    lua_setallocf(box->L, count_block, p);
    box->limits.memory = limit;
}

/* A failure is the limit's, and says so. */
static void check_failure(const char *name, const char *message, uint64_t limit)
{
    char expected[128];
    snprintf(expected, sizeof expected, "more than %llu bytes of memory ([limits] memory)",
             (unsigned long long)limit);
    if (message == NULL || strstr(message, expected) == NULL)
        fail_msg("%s: '%s' does not say '%s'", name, message != NULL ? message : "(nothing)",
                 expected);
}

static bool run_call(struct fixture *x, const char *name, uint64_t limit, struct probe *probe)
{
    struct script_result result = {0};
    struct script *script = NULL;
    const uint32_t fund = FUND, item = ITEM_X;
    if (fixture_load(x, &script, NULL, 0) != SY_OK)
        fail_msg("%s: %s", name, x->err.message);
    const struct rule *rule = rule_at(x, script, "x");
    set_probe(probe, x->box, limit);
    script_run_items(script, rule->function, &x->data, &fund, &item, 1, &result, &x->texts);
    if (result.outcome == SCRIPT_DONE)
        return true;
    assert_int_equal(result.outcome, SCRIPT_ERROR);
    check_failure(name, result.message, limit);
    assert_true(result.limit);
    assert_int_equal(x->box->failure.limit, LIMIT_MEMORY);
    return false;
}

static bool run_load(struct fixture *x, const char *name, uint64_t limit, struct probe *probe)
{
    struct script *script = NULL;
    set_probe(probe, x->box, limit);
    if (fixture_load(x, &script, NULL, 0) == SY_OK)
        return true;
    assert_int_equal(x->err.status, SY_EINPUT);
    check_failure(name, x->err.message, limit);
    return false;
}

typedef bool (*run_fn)(struct fixture *, const char *, uint64_t, struct probe *);

/* Whether the script in x's folder comes through with so many bytes, in a sandbox of its own. */
static bool passes(struct fixture *x, run_fn run, const char *name, uint64_t limit, uint64_t *peak)
{
    const struct sandbox_limits limits = {UINT64_MAX, ROOM};
    struct probe probe;
    assert_int_equal(sandbox_open(&x->box, &limits, &x->err), SY_OK);
    const bool passed = run(x, name, limit, &probe);
    if (probe.astray)
        fail_msg("%s: the sandbox has lost count of its memory", name);
    if (probe.peak > limit)
        fail_msg("%s: %llu bytes in use, the limit is %llu", name, (unsigned long long)probe.peak,
                 (unsigned long long)limit);
    sandbox_close(x->box);
    x->box = NULL;
    x->fake.record[0] = '\0';
    *peak = probe.peak;
    return passed;
}

/* A limit that passes, where a byte less fails. */
static uint64_t find_least(struct fixture *x, run_fn run, const char *name)
{
    uint64_t low = 0, high = ROOM, peak = 0;
    assert_true(passes(x, run, name, high, &peak));
    assert_false(passes(x, run, name, low, &peak));
    while (high - low > 1) {
        const uint64_t middle = low + (high - low) / 2;
        if (passes(x, run, name, middle, &peak))
            high = middle;
        else
            low = middle;
    }
    return high;
}

static uint64_t check_exact(struct fixture *x, run_fn run, const char *name)
{
    const uint64_t least = find_least(x, run, name);
    uint64_t peak = 0;
    assert_true(passes(x, run, name, least, &peak));
    if (peak != least)
        fail_msg("%s: passes with %llu bytes, of which it had %llu", name,
                 (unsigned long long)least, (unsigned long long)peak);
    assert_false(passes(x, run, name, least - 1, &peak));
    assert_false(passes(x, run, name, least / 4, &peak));
    return least;
}

static void write_script(struct fixture *x, const struct row *row, bool caught)
{
    char source[2048];
    snprintf(source, sizeof source,
             HEAD "%s\nrules.indicator['x'] = function(i, fund)\n%s %s %s\nreturn 1 end" TAIL,
             row->setup, caught ? "pcall(function()" : "", row->body, caught ? "end)" : "");
    x->nlayers = 0;
    fixture_layer(x, source);
}

/* The fixture's folder alone: sandboxes are opened by `passes`. */
static void open_folder(struct fixture *x)
{
    fixture_open(x);
    sandbox_close(x->box);
    x->box = NULL;
}

static void check_rows(bool caught)
{
    struct fixture x;
    open_folder(&x);
    for (size_t i = 0; i < COUNT(rows); i++) {
        write_script(&x, &rows[i], caught);
        check_exact(&x, run_call, rows[i].name);
    }
    fixture_close(&x);
}

static void test_memory__is_exact_for_all_that_asks_for_it(void **state)
{
    (void)state;
    check_rows(false);
}

static void test_memory__is_exact_under_pcall(void **state)
{
    (void)state;
    check_rows(true);
}

/* A row that asks for nothing would prove nothing. */
static void test_memory__is_asked_for_by_each_row(void **state)
{
    (void)state;
    struct fixture x;
    open_folder(&x);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct row idle = {rows[i].name, rows[i].setup, ""};
        uint64_t without = 0, with = 0;
        write_script(&x, &idle, false);
        passes(&x, run_call, rows[i].name, ROOM, &without);
        write_script(&x, &rows[i], false);
        passes(&x, run_call, rows[i].name, ROOM, &with);
        if (with <= without)
            fail_msg("%s asks for no memory", rows[i].name);
    }
    fixture_close(&x);
}

static void test_memory__is_exact_for_what_is_loaded(void **state)
{
    (void)state;
    static const char *const setups[] = {
        "",
        "local part = require 'part'",
        "rules.indicator = {a = sy.completion{}, b = sy.pass_fail{}, c = sy.rating{}}",
        "for k = 1, 100 do rules.measure['m' .. k] = function() return k end end",
        "local again = sy.rules { api = 1 } for p, r in pairs(again.indicator) do end",
    };
    struct fixture x;
    open_folder(&x);
    fixture_lib(&x, "part", "local t = {} for k = 1, 400 do t[k] = {k} end return t\n");
    for (size_t i = 0; i < COUNT(setups); i++) {
        write_script(&x, &(struct row){"", setups[i], ""}, false);
        check_exact(&x, run_load, setups[i]);
    }
    fixture_close(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_memory__is_exact_for_all_that_asks_for_it),
        cmocka_unit_test(test_memory__is_exact_under_pcall),
        cmocka_unit_test(test_memory__is_asked_for_by_each_row),
        cmocka_unit_test(test_memory__is_exact_for_what_is_loaded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
