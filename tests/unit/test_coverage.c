/*
 * test_coverage.c - what is noted of scripts: lines of functions that can run and that ran,
 * functions that were called, bands of tiers. Expected marks are counted by hand, one sign a line
 * of the source:
 *
 *     ' '  no line of a function       '-'  can run, did not       '+'  ran
 */
#include "script_fixture.h"

#include <stdlib.h>

#include <lauxlib.h>

#include "rule/coverage.h"

struct covered {
    struct fixture x;
    struct coverage *coverage;
};

static void covered_open(struct covered *c)
{
    fixture_open(&c->x);
    assert_int_equal(coverage_create(&c->coverage, &c->x.err), SY_OK);
    sandbox_cover(c->x.box, c->coverage);
}

static void covered_close(struct covered *c)
{
    fixture_close(&c->x);
    coverage_free(c->coverage);
}

static void expect_marks(const struct covered *c, const char *shown, const char *expected)
{
    char marks[256] = "";
    for (size_t i = 0; i < coverage_nfiles(c->coverage); i++) {
        const struct coverage_file *f = coverage_file_at(c->coverage, i);
        if (strcmp(f->shown, shown) != 0)
            continue;
        assert_true(f->nlines < sizeof marks);
        for (uint32_t k = 0; k < f->nlines; k++)
            marks[k] = (f->lines[k] & COVERAGE_CODE) == 0  ? ' '
                       : (f->lines[k] & COVERAGE_RAN) != 0 ? '+'
                                                           : '-';
        marks[f->nlines] = '\0';
    }
    size_t len = strlen(marks); /* the array ends with the last line that Lua numbers */
    while (len > 0 && marks[len - 1] == ' ')
        marks[--len] = '\0';
    if (strcmp(marks, expected) != 0)
        fail_msg("%s: [%s], expected [%s]", shown, marks, expected);
}

/* One script of a file: rules.indicator["x"] is called once where `call`. */
struct lines_case {
    const char *lines[16]; /* after HEAD, which has two; TAIL begins with a line's end */
    bool call;
    const char *marks; /* from the third line on */
};

static const struct lines_case lines_cases[] = {
    {{"rules.indicator.x = function(i)", "  return 1", "end"}, true, " +"},
    {{"rules.indicator.x = function(i)", "  return 1", "end"}, false, " -"},
    {{"rules.indicator.x = function(i) return 1 end"}, true, "+"},
    {{"rules.indicator.x = function(i) return 1 end"}, false, "-"},
    {{"rules.indicator.x = function(...)", "  return 1", "end"}, true, " +"},
    {{"rules.indicator.x = function(i)", "  if i.actual > 1e6 then", "    return 0", "  end",
      "  return 1", "end"},
     true,
     " +- +"},
    {{"rules.indicator.x = function(i)", "  local a = 1", "  if i.actual < 1 then", "    a = 0",
      "  elseif i.actual < 2 then", "    a = 0.5", "  else", "    a = 0.7", "  end", "  return a",
      "end"},
     true,
     " ++-+- + +"},
    {{"rules.indicator.x = function(i)", "  local n = 0", "  for k = 1, 0 do", "    n = n + k",
      "  end", "  while n > 0 do", "    n = n - 1", "  end", "  repeat", "    n = n + 1",
      "  until n > 1", "  return n / 2", "end"},
     true,
     " ++- +-  +++"},
    /* made and never called; called; never made */
    {{"rules.indicator.x = function(i)", "  local f = function(a)", "    return a", "  end",
      "  return 1", "end"},
     true,
     "  - +"},
    {{"rules.indicator.x = function(i)", "  local f = function(a)", "    return a", "  end",
      "  return f(1)", "end"},
     true,
     "  + +"},
    {{"rules.indicator.x = function(i)", "  if i.actual < 0 then", "    local f = function(a)",
      "      return a", "    end", "    return f(1)", "  end", "  return 1", "end"},
     true,
     " + - - +"},
    /* not used by any rule; called while the file loads */
    {{"local function unused(a)", "  return a", "end", "local function used(a)", "  return a",
      "end", "local one = used(1)", "rules.indicator.x = function() return one end"},
     true,
     " -  +  +"},
    /* a call and a table over several lines (Lua puts the last element in at the `}`); a comment
     * after `end` */
    {{"rules.indicator.x = function(i)", "  local t = {", "    1,", "    2,", "  }",
      "  table.sort(t, function(a, b)", "    return a > b", "  end)", "  return t[2]",
      "end -- of x"},
     true,
     " ++  ++ +"},
    {{"rules.indicator.x = sy.func { function(i)", "  return 1", "end, target = false }"},
     true,
     " +"},
    /* what `and` gives is taken at the `or` */
    {{"rules.indicator.x = function(i)", "  local a = i.actual < 0", "    and 5", "    or 1",
      "  return a", "end"},
     true,
     " + ++"},
    {{"rules.indicator.x = function(i)", "end"}, false, ""},
    {{"rules.indicator.x = function(i)", "  local s = [[", "end", "]]", "  return 1", "end"},
     true,
     "    +"},
    /* an error ends a function where it is */
    {{"rules.indicator.x = function(i)", "  local ok = pcall(function()", "    error('x')",
      "    return 2", "  end)", "  return ok and 0 or 1", "end"},
     true,
     " ++- +"},
};

static void test_coverage__lines(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof lines_cases / sizeof *lines_cases; k++) {
        const struct lines_case *one = &lines_cases[k];
        struct covered c;
        char source[2048] = HEAD, marks[64] = "";
        for (size_t i = 0; i < 16 && one->lines[i] != NULL; i++)
            strcat(strcat(source, i > 0 ? "\n" : ""), one->lines[i]);
        strcat(source, TAIL);
        covered_open(&c);
        struct script *script = load_source(&c.x, source);
        if (one->call)
            run_item(&c.x, script, "x", ITEM_X);
        if (*one->marks != '\0')
            strcat(strcpy(marks, "  "), one->marks);
        expect_marks(&c, "scripts/1.lua", marks);
        covered_close(&c);
    }
}

/* A file that several scripts load is one file: what each reaches adds up. */
static void test_coverage__of_a_library(void **state)
{
    (void)state;
    struct covered c;
    covered_open(&c);
    fixture_lib(&c.x, "half",
                "local M = {}\nfunction M.up(a)\n  return a\nend\nfunction M.down(a)\n  return -a\n"
                "end\nreturn M\n");
    struct script *one = load_source(&c.x, HEAD "local half = require 'half'\n"
                                                "rules.indicator.x = function()\n"
                                                "  return half.up(1)\nend" TAIL);
    run_item(&c.x, one, "x", ITEM_X);
    expect_marks(&c, "scripts/lib/half.lua", "  +  -");
    expect_marks(&c, "scripts/1.lua", "    +");
    c.x.nlayers = 1; /* the next stands in 2.lua */
    fixture_layer(&c.x, HEAD "local half = require 'half'\n"
                             "rules.indicator.x = function() return half.down(-1) end" TAIL);
    struct script *two = NULL;
    assert_int_equal(script_load(&two, c.x.box, &c.x.layers[1], 1, NULL, 0, &c.x.err), SY_OK);
    run_item(&c.x, two, "x", ITEM_X);
    expect_marks(&c, "scripts/lib/half.lua", "  +  +");
    assert_int_equal(coverage_nfiles(c.coverage), 3);
    covered_close(&c);
}

static void test_coverage__functions_that_were_called(void **state)
{
    (void)state;
    struct covered c;
    struct script_result result = {0};
    covered_open(&c);
    struct script *script = load_source(&c.x, HEAD "function rules.adjust(fund)\nend\n"
                                                   "function rules.check(fund) end" TAIL);
    assert_false(coverage_called(c.coverage, "scripts/1.lua", 3));
    script_run_fund(script, script_adjust(script), &c.x.data, FUND, &result, &c.x.texts);
    assert_true(coverage_called(c.coverage, "scripts/1.lua", 3));
    assert_false(coverage_called(c.coverage, "scripts/1.lua", 5));
    assert_false(coverage_called(c.coverage, "scripts/1.lua", 4));
    assert_false(coverage_called(c.coverage, "scripts/1.lua", 400));
    assert_false(coverage_called(c.coverage, "scripts/2.lua", 3));
    covered_close(&c);
}

/* What a function says and does is the same whether lines are noted or not, limits too. */
static void test_coverage__changes_nothing(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "local n = 0 for k = 1, 1000 do\n n = n + k end\n return n / 500500",
        "local n = 0\n while true do\n n = n + 1\n end",
        "while true do\n pcall(function()\n while true do\n end end)\n end",
        "local s = 'a'\n while true do\n s = s .. s\n end",
        "local function f(n)\n return n == 0 and 1 or 0 + f(n - 1)\n end\n return f(100)",
        "return i.nothing_of_the_kind",
    };
    for (size_t k = 0; k < sizeof bodies / sizeof *bodies; k++) {
        struct covered c;
        struct fixture plain;
        char source[512];
        snprintf(source, sizeof source, HEAD "rules.indicator.x = function(i)\n%s\nend" TAIL,
                 bodies[k]);
        covered_open(&c);
        fixture_open(&plain);
        const struct script_result one = run_item(&c.x, load_source(&c.x, source), "x", ITEM_X);
        const struct script_result two = run_item(&plain, load_source(&plain, source), "x", ITEM_X);
        assert_int_equal(one.outcome, two.outcome);
        assert_int_equal(one.limit, two.limit);
        assert_int_equal(one.line, two.line);
        if (one.outcome == SCRIPT_DONE)
            assert_score_equal(one.value.num, two.value.num);
        else
            assert_text(one.message, two.message);
        fixture_close(&plain);
        covered_close(&c);
    }
}

static int keep_bytes(lua_State *L, const void *bytes, size_t len, void *out)
{
    (void)L;
    buf_add(out, bytes, len);
    return 0;
}

/* Bytes that are no compiled script of Lua 5.4 are refused, wherever they are cut. */
static void test_coverage__what_is_no_compiled_script(void **state)
{
    (void)state;
    static const char text[] = "return function(a)\nlocal t = { 1, 2.5, 'x' }\nreturn t, a\nend\n";
    struct buf dump = {0};
    uint8_t *lines = NULL;
    uint32_t nlines = 0;
    lua_State *L = luaL_newstate();
    assert_non_null(L);
    assert_int_equal(luaL_loadbufferx(L, text, sizeof text - 1, "@x.lua", "t"), LUA_OK);
    assert_int_equal(lua_dump(L, keep_bytes, &dump, 0), 0);
    lua_close(L);
    assert_false(dump.failed);
    struct coverage_source source = {text, dump.data, sizeof text - 1, dump.len};
    assert_true(coverage_lines(&lines, &nlines, &source));
    assert_true(nlines >= 3 && lines[1] == COVERAGE_CODE && lines[2] == COVERAGE_CODE);
    free(lines);
    for (source.dump_len = 0; source.dump_len < dump.len; source.dump_len++)
        assert_false(coverage_lines(&lines, &nlines, &source));
    dump.data[4] = 0x53; /* another version */
    assert_false(coverage_lines(&lines, &nlines, &source));
    buf_dispose(&dump);
}

/* The k-th sign: band k of the tiers was reached. */
static void expect_bands(const struct covered *c, size_t tiers, const char *expected)
{
    char got[16] = "";
    assert_true(tiers < coverage_ntiers(c->coverage));
    const struct coverage_tiers *t = coverage_tiers_at(c->coverage, tiers);
    for (size_t k = 0; k < kernel_bands(t->rule); k++)
        strcat(got, t->reached[k] ? "+" : "-");
    assert_text(got, expected);
}

static void test_coverage__bands(void **state)
{
    (void)state;
    struct covered c;
    covered_open(&c);
    struct script *script = load_source(
        &c.x, HEAD "local t = sy.tiers { { 3500, 1 }, { 3000, 0.5 } }\n"
                   "local u = sy.least { t, sy.tiers { edge = 'upper', { 1, 1 }, { 9, 0 } } }\n"
                   "rules.indicator.x = function(i, fund) return t(i, fund) end\n"
                   "rules.indicator.bare = function(i, fund)\n"
                   "  return sy.tiers { { i.actual or 0, 1 } }(i, fund) or u(i, fund) or 0\n"
                   "end" TAIL);
    assert_int_equal(coverage_ntiers(c.coverage), 2);
    expect_bands(&c, 0, "---");
    expect_bands(&c, 1, "--");
    run_item(&c.x, script, "x", ITEM_X); /* 3500 */
    expect_bands(&c, 0, "-+-");
    c.x.fake.actual = 3000 - 1e-10; /* is 3000 */
    run_item(&c.x, script, "x", ITEM_X);
    expect_bands(&c, 0, "++-");
    c.x.fake.actual = 2999;
    run_item(&c.x, script, "x", ITEM_X);
    expect_bands(&c, 0, "+++");
    run_item(&c.x, script, "bare",
             ITEM_BARE); /* no actual: no band; what a call declares is not counted */
    assert_int_equal(coverage_ntiers(c.coverage), 2);
    expect_bands(&c, 1, "--");
    coverage_mark_band(c.coverage, rule_at(&c.x, script, "x"), 1); /* no tiers */
    covered_close(&c);
}

struct set_case {
    size_t rule; /* its number */
    const char *pattern, *set_shown;
    uint32_t set_line;
};

/* Where a rule was set: on a line of a file, whatever function made it or set it; the last holds.
 */
static void test_coverage__where_rules_are_set(void **state)
{
    (void)state;
    static const struct set_case cases[] = {
        {0, "a", "scripts/2.lua", 2}, {1, "b", "scripts/1.lua", 5},  {2, "c", "scripts/1.lua", 7},
        {3, "m", "scripts/1.lua", 6}, {4, NULL, "scripts/2.lua", 3},
    };
    struct covered c;
    struct script *script = NULL;
    covered_open(&c);
    fixture_lib(&c.x, "maker",
                "local M = {}\nfunction M.share()\n  return function(fund) return 1 end\nend\n"
                "M.check = M.share()\nreturn M\n");
    fixture_layer(&c.x, HEAD "local maker = require 'maker'\n"
                             "rules.indicator.a = sy.rating {}\n"
                             "rules.indicator.b = sy.rating {}\n"
                             "rules.measure.m = maker.share()\n"
                             "local function set(p) rules.indicator[p] = sy.rating {} end set 'c'\n"
                             "rules.check = maker.check" TAIL);
    fixture_layer(&c.x, "local rules = require 'steelyard'.base()\n"
                        "rules.indicator.a = require 'steelyard'.completion {}\n"
                        "rules.check = require 'maker'.check\n"
                        "return rules\n");
    assert_int_equal(fixture_load(&c.x, &script, NULL, 0), SY_OK);
    assert_int_equal(script_nrules(script), sizeof cases / sizeof *cases);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct script_rule rule;
        script_rule_at(script, cases[i].rule, &rule);
        assert_int_equal(rule.pattern == NULL, cases[i].pattern == NULL);
        if (rule.pattern != NULL)
            assert_text(rule.pattern, cases[i].pattern);
        assert_text(rule.set_shown, cases[i].set_shown);
        assert_int_equal(rule.set_line, cases[i].set_line);
    }
    covered_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_coverage__lines),
        cmocka_unit_test(test_coverage__of_a_library),
        cmocka_unit_test(test_coverage__functions_that_were_called),
        cmocka_unit_test(test_coverage__changes_nothing),
        cmocka_unit_test(test_coverage__what_is_no_compiled_script),
        cmocka_unit_test(test_coverage__bands),
        cmocka_unit_test(test_coverage__where_rules_are_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
