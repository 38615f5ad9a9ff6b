/*
 * test_script_state.c - what a script's functions leave behind is noticed, and named; what is put
 * back, or cannot be reached, is not.
 */
#include "script_fixture.h"

struct state_case {
    const char *top;  /* outside of functions */
    const char *body; /* of the function */
    const char *says; /* NULL: it keeps nothing */
};

static const struct state_case cases[] = {
    {"local n = 0", "n = n + 1 return 1", "'n'"},
    {"local n = 0.5", "n = -n return 1", "'n'"},
    {"local last", "last = i.actual return 1", "'last'"},
    {"local last", "last = fund return 1", "'last'"},
    {"local seen = false", "seen = true return 1", "'seen'"},
    {"local text = 'a'", "text = text .. 'b' return 1", "'text'"},
    {"local memo = {}", "memo[i.actual] = 1 return 1", "'memo'"},
    {"local memo = { inner = {} }", "memo.inner[1] = true return 1", "'memo'"},
    {"local list = { 1, 2 }", "list[1], list[2] = list[2], list[1] return 1", "'list'"},
    {"local big = { a = { b = { c = { d = {} } } } }", "big.a.b.c.d[1] = 1 return 1", "something"},
    {"local m = setmetatable({}, { __newindex = function() end }) m.x = 1", "return 1", NULL},
    {"local store = {} local m = setmetatable({}, { __newindex = function(_, k, v) store[k] = v "
     "end })",
     "m.x = i.actual return 1", "'store'"},
    {"local function count() local n = 0 return function() n = n + 1 return n end end\n"
     "local t = { next = count() }",
     "t.next() return 1", "'n'"},
    {"local step, list, key = pairs { 1, 2, 3 }", "step(list, key) return 1", "something"},
    {"local n = 0 local inner = sy.func { function(i, fund) n = n + 1 return 1 end }",
     "return inner(i, fund)", "'n'"},
    {"local b, a = 0, 0", "b = 1 a = 1 return 1", "'a'"},
    {"local n = 0", "n = n + 1 n = n - 1 return 1", NULL},
    {"local text = 'a'", "text = text .. 'b' text = text:sub(1, 1) return 1", NULL},
    {"local memo = {}", "memo[1] = {} memo[1] = nil return 1", NULL},
    {"local list = {} for k = 1, 5000 do list[k] = { k } end", "return list[7][1] / 7", NULL},
    {"", "local n = 0 for k = 1, 100 do n = n + k end return 1", NULL},
    {"local math, floor, base = math, math.floor, sy.completion {}",
     "return floor(rules.parameters.none == nil and 1 or math.abs(1))", NULL},
};

static void test_script_state__what_is_kept_is_named(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct fixture x;
        struct script_stop why = {0};
        char source[1024];
        bool keeps = true;
        fixture_open(&x);
        snprintf(source, sizeof source,
                 HEAD "%s\nrules.indicator.x = function(i, fund) %s end" TAIL, cases[k].top,
                 cases[k].body);
        struct script *script = load_source(&x, source);
        assert_int_equal(script_keeps(&keeps, &why, script, &x.texts, &x.err), SY_OK);
        assert_false(keeps); /* nothing has run yet */
        const struct script_result result = run_item(&x, script, "x", 0);
        expect_done(&result, 1);
        assert_int_equal(script_keeps(&keeps, &why, script, &x.texts, &x.err), SY_OK);
        if (keeps != (cases[k].says != NULL))
            fail_msg("%s | %s: %s", cases[k].top, cases[k].body,
                     keeps ? why.message : "not noticed");
        if (keeps && strstr(why.message, cases[k].says) == NULL)
            fail_msg("%s | %s: %s", cases[k].top, cases[k].body, why.message);
        if (keeps)
            assert_text(why.file, "scripts/1.lua");
        fixture_close(&x);
    }
}

/* A local of a library belongs to the script that requires it. */
static void test_script_state__of_a_library(void **state)
{
    (void)state;
    struct fixture x;
    struct script_stop why = {0};
    bool keeps = false;
    fixture_open(&x);
    fixture_lib(&x, "counter",
                "local calls = 0\nlocal M = {}\n"
                "function M.count()\n  calls = calls + 1\nend\nreturn M\n");
    struct script *script =
        load_source(&x, HEAD "local counter = require 'counter'\n"
                             "rules.indicator.x = function() counter.count() return 1 end" TAIL);
    run_item(&x, script, "x", 0);
    assert_int_equal(script_keeps(&keeps, &why, script, &x.texts, &x.err), SY_OK);
    assert_true(keeps);
    assert_non_null(strstr(why.message, "'calls'"));
    assert_text(why.file, "scripts/lib/counter.lua");
    assert_int_equal(why.line, 3);
    fixture_close(&x);
}

/* The walk is not the script's: it is not held to the script's memory, and takes none of it. */
static void test_script_state__costs_the_script_nothing(void **state)
{
    (void)state;
    struct fixture x;
    struct script_stop why = {0};
    bool keeps = true;
    const struct sandbox_limits limits = {.instructions = 100000000, .memory = 8u << 20};
    fixture_open(&x);
    sandbox_close(x.box);
    assert_int_equal(sandbox_open(&x.box, &limits, &x.err), SY_OK);
    struct script *script =
        load_source(&x, HEAD "local list = {} for k = 1, 80000 do list[k] = {} end\n"
                             "rules.indicator.x = function() return list[1] and 1 end" TAIL);
    const struct script_result result = run_item(&x, script, "x", 0);
    expect_done(&result, 1);
    assert_int_equal(script_keeps(&keeps, &why, script, &x.texts, &x.err), SY_OK);
    assert_false(keeps);
    fixture_close(&x);
}

static void test_script_state__a_stopped_script_is_not_called(void **state)
{
    (void)state;
    struct fixture x;
    const struct script_stop why = {"kept", "scripts/1.lua", 7};
    fixture_open(&x);
    struct script *script =
        load_source(&x, HEAD "rules.indicator.x = function() return 1 end" TAIL);
    assert_false(script_stopped(script));
    script_stop(script, &why);
    assert_true(script_stopped(script));
    script_stop(script, &script_limit); /* the first reason stands */
    const struct script_result result = run_item(&x, script, "x", 0);
    assert_int_equal(result.outcome, SCRIPT_DISABLED);
    assert_text(result.message, "kept");
    assert_text(result.file, "scripts/1.lua");
    assert_int_equal(result.line, 7);
    fixture_close(&x);
}

/* Sandboxes that share files load the same, whatever has become of the files. */
static void test_script_state__files_are_read_once(void **state)
{
    (void)state;
    struct fixture x;
    struct script *script = NULL;
    fixture_open(&x);
    sandbox_share(x.box, x.box);
    fixture_lib(&x, "one", "return { value = 1 }\n");
    const char *source =
        HEAD "local one = require 'one'\nrules.indicator.x = function() return one.value end" TAIL;
    load_source(&x, source);
    assert_int_equal(unlink(x.paths[0]), 0);
    fixture_lib(&x, "one", "return { value = 0.5 }\n");
    struct sandbox *other = NULL, *first = x.box;
    assert_int_equal(sandbox_open(&other, NULL, &x.err), SY_OK);
    sandbox_share(other, first);
    x.box = other;
    assert_int_equal(fixture_load(&x, &script, NULL, 0), SY_OK);
    const struct script_result result = run_item(&x, script, "x", 0);
    expect_done(&result, 1);
    sandbox_close(other);
    x.box = first;
    fixture_close(&x);
}

/* A library that a second script takes as compiled already fails where it did the first time, in
 * the same words. */
static void test_script_state__compiled_once(void **state)
{
    (void)state;
    struct fixture x;
    struct script_result result[2];
    fixture_open(&x);
    sandbox_share(x.box, x.box);
    fixture_lib(&x, "part",
                "local part = {}\n"
                "function part.share(fund, i)\n"
                "  local spent = fund.facts.nowhere\n"
                "  return spent.much / i.target\n"
                "end\n"
                "return part\n");
    const char *source =
        HEAD "local part = require 'part'\n"
             "rules.indicator.x = function(i, fund) return part.share(fund, i) end" TAIL;
    for (int i = 0; i < 2; i++) {
        struct script *script = load_source(&x, source);
        result[i] = run_item(&x, script, "x", 0);
    }
    assert_int_equal(result[0].outcome, result[1].outcome);
    assert_int_equal(result[0].line, result[1].line);
    assert_text(result[1].file, result[0].file);
    assert_text(result[1].message, result[0].message);
    assert_int_not_equal(result[0].line, 0);
    fixture_close(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_script_state__what_is_kept_is_named),
        cmocka_unit_test(test_script_state__of_a_library),
        cmocka_unit_test(test_script_state__costs_the_script_nothing),
        cmocka_unit_test(test_script_state__a_stopped_script_is_not_called),
        cmocka_unit_test(test_script_state__files_are_read_once),
        cmocka_unit_test(test_script_state__compiled_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
