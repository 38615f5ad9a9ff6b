/*
 * test_script.c - loading scripts, layers, parameters, libraries, calling functions, what results
 * and errors become. What scripts see is in test_script_api.c, their library in
 * test_script_library.c.
 */
#include "script_fixture.h"

static void test_script__refuses_what_cannot_be_used(void **state)
{
    (void)state;
    static const struct {
        const char *source, *message;
        uint32_t line;
    } cases[] = {
        {"return 1 +", "unexpected symbol near <eof>", 1},
        {"local x\nx = = 2", "unexpected symbol near '='", 2},
        {"return 1", "return rules", 0},
        {HEAD, "return rules", 0},
        {"\nundefined()", "unknown name 'undefined'", 2},
        {"prit = 1", "globals are read-only: cannot set 'prit'", 1},
        {"local n = tostrin(1)", "unknown name 'tostrin' (did you mean 'tostring'?)", 1},
        {"local sy = require 'steelyard'\nsy.rules()", "api = 1", 2},
        {"local sy = require 'steelyard'\nsy.rules { }", "api = 1", 2},
        {"local sy = require 'steelyard'\nsy.rules { api = 2 }", "api = 1", 2},
        {"local sy = require 'steelyard'\nsy.rules { ap = 1 }", "did you mean 'api'", 2},
        {"local sy = require 'steelyard'\nsy.completon {}", "did you mean 'completion'", 2},
        {"local sy = require 'steelyard'\nsy.x = 1", "steelyard is read-only", 2},
        {HEAD "rules.indicators = {}", "did you mean 'indicator'", 3},
        {HEAD "local a = rules.adjst", "did you mean 'adjust'", 3},
        {HEAD "rules.adjust = 1", "rules.adjust must be a function, not number", 3},
        {HEAD "rules.parameters = {}", "read-only", 3},
        {HEAD "rules.parameters.over = 2", "read-only", 3},
        {HEAD "rules.indicator = 5", "rules.indicator takes a table", 3},
        {HEAD "rules.indicator[1] = sy.rating{}", "not by a number", 3},
        {HEAD "rules.indicator[''] = sy.rating{}", "the path is empty", 3},
        {HEAD "rules.indicator['x'] = 0.5", "must be a rule or a function, not number", 3},
        {HEAD "rules.indicator['x'] = sy.rating", "is called: sy.name{", 3},
        {HEAD "rules.measure['x'] = sy.rating{}", "must be a function, not userdata", 3},
        {HEAD "sy.base()", "no rules below", 3},
        {HEAD "error { code = 1 }", "error object is a table", 3},
        {HEAD "error(nil)", "error object is nil", 3},
        {HEAD "error(setmetatable({}, { __tostring = function() while true do end end }))",
         "error object is a table", 3},
        {HEAD "error(42)", "error object is the number 42", 3},
        {HEAD "error('one\\ntwo\\xff')", "one two?", 3},
        {HEAD "error()", "error object is nil", 3},
        {HEAD "error('')", "error without a message", 3},
        {HEAD "require 'nothing_like_it'", "there is no scripts/lib/nothing_like_it.lua", 3},
        {HEAD "require '../x'", "not a path", 3},
        {HEAD "require 'Upper'", "not a path", 3},
        {"\x1bLua", "binary chunk", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect_refusal(cases[i].source, cases[i].message, cases[i].line);
}

static void test_script__file_that_is_absent(void **state)
{
    (void)state;
    struct fixture x;
    struct script *script = NULL;
    fixture_open(&x);
    x.layers[0] = (struct script_source){"/nowhere/x.lua", "scripts/x.lua", NULL};
    x.nlayers = 1;
    assert_int_equal(fixture_load(&x, &script, NULL, 0), SY_EFILE);
    assert_text(x.err.file, "scripts/x.lua");
    assert_int_equal(x.err.status, SY_EFILE);
    x.nlayers = 0;
    assert_int_equal(fixture_load(&x, &script, NULL, 0), SY_EINPUT);
    fixture_close(&x);
}

static void test_script__nul_bytes_and_gb18030(void **state)
{
    (void)state;
    struct fixture x;
    struct script *script = NULL;
    fixture_open(&x);
    fixture_layer(&x, "");
    FILE *f = fopen(x.paths[0], "w");
    fwrite("return 1\0", 1, 9, f);
    fclose(f);
    assert_int_equal(fixture_load(&x, &script, NULL, 0), SY_EINPUT);
    assert_text(x.err.file, "scripts/1.lua");
    /* 绩 in GB18030 */
    script = load_source(&x, HEAD "rules.indicator['x'] = function() return #'\xBC\xA8' end" TAIL);
    const struct script_result result = run_item(&x, script, "x", ITEM_X);
    expect_done(&result, 3);
    fixture_close(&x);
}

static void test_script__long_paths_are_shown_whole(void **state)
{
    (void)state;
    struct fixture x;
    struct script *script = NULL;
    char shown[200];
    fixture_open(&x);
    fixture_layer(&x, HEAD "rules.indicator['x'] = function(i)\nreturn i.nothing end" TAIL);
    memset(shown, 'a', sizeof shown - 5);
    strcpy(shown + sizeof shown - 5, ".lua");
    x.layers[0].shown = shown;
    assert_int_equal(fixture_load(&x, &script, NULL, 0), SY_OK);
    const struct script_result result = run_item(&x, script, "x", ITEM_X);
    expect_error(&result, "no field 'nothing'");
    assert_text(result.file, shown);
    assert_int_equal(result.line, 4);
    fixture_close(&x);
}

static void test_script__finds_rules_by_pattern(void **state)
{
    (void)state;
    struct fixture x;
    fixture_open(&x);
    struct script *script =
        load_source(&x, HEAD "rules.indicator['output.*'] = sy.completion { over = 2 }\n"
                             "rules.indicator['output.quality.*'] = sy.reverse {}\n"
                             "rules.indicator['output.quality.a'] = function() return 1 end\n"
                             "rules.measure['cost.b'] = function() return 1 end\n"
                             "rules.measure['cost.a'] = function() return 1 end\n"
                             "rules.measure['cost.a*'] = function() return 1 end\n"
                             "rules.target['cost.a'] = function() return 1 end\n"
                             "rules.indicator['ab*'] = sy.rating {}\n"
                             "rules.indicator['*ab'] = sy.rating {}\n"
                             "function rules.check() end" TAIL);
    size_t n = 0;
    sy_error err = {0};
    const struct rule *rule = NULL;
    assert_int_equal(rule_at(&x, script, "output.cost.a")->kind, RULE_COMPLETION);
    assert_score_equal(rule_at(&x, script, "output.cost.a")->over, 2);
    assert_int_equal(rule_at(&x, script, "output.quality.b")->kind, RULE_REVERSE);
    assert_int_equal(rule_at(&x, script, "output.quality.a")->kind, RULE_FUNCTION);
    assert_text(rule_at(&x, script, "output.cost.a")->script, "scripts/1.lua");
    assert_int_equal(rule_at(&x, script, "output.cost.a")->line, 3);
    assert_int_equal(rule_at(&x, script, "output.quality.a")->line, 5);
    assert_null(rule_at(&x, script, "benefit.a"));
    assert_int_equal(script_rule_of(&rule, script, "abab", &err), SY_EINPUT);
    assert_non_null(strstr(err.message, "[\"*ab\"]"));
    assert_non_null(strstr(err.message, "[\"ab*\"]"));
    assert_text(err.file, "scripts/1.lua");
    const char *const *measured = script_measured(script, &n);
    assert_int_equal(n, 2);
    assert_text(measured[0], "cost.a");
    assert_text(measured[1], "cost.b");
    script_patterns(script, &n);
    assert_int_equal(n, 8); /* cost.a once */
    assert_true(script_measure_of(script, "cost.a", &err) > 0);
    assert_true(script_measure_of(script, "cost.a", &err) !=
                script_measure_of(script, "cost.ab", &err));
    assert_int_equal(script_measure_of(script, "cost.c", &err), 0);
    assert_true(script_target_of(script, "cost.a", &err) > 0);
    assert_int_equal(script_adjust(script), 0);
    assert_true(script_check(script) > 0);
    const char *shown = NULL;
    uint32_t line = 0;
    script_function_place(script, script_check(script), &shown, &line);
    assert_text(shown, "scripts/1.lua");
    assert_int_equal(line, 12);
    script_function_place(script, 0, &shown, &line);
    assert_null(shown);
    fixture_close(&x);
}

static void test_script__ties_of_measures_and_targets(void **state)
{
    (void)state;
    struct fixture x;
    sy_error err = {0};
    fixture_open(&x);
    struct script *script = load_source(
        &x, HEAD "rules.measure = { ['a*'] = function() end, ['*a'] = function() end }\n"
                 "rules.target = { ['a*'] = function() end, ['*a'] = function() end }" TAIL);
    assert_int_equal(script_measure_of(script, "aa", &err), -1);
    assert_int_equal(err.status, SY_EINPUT);
    assert_int_equal(script_target_of(script, "aa", &err), -1);
    assert_non_null(strstr(err.message, "rules.target"));
    fixture_close(&x);
}

static void test_script__layers(void **state)
{
    (void)state;
    struct fixture x;
    struct script *script = NULL;
    fixture_open(&x);
    fixture_layer(&x, HEAD "rules.indicator['x'] = function(i) return 0.25, 'lower' end\n"
                           "rules.indicator['y'] = sy.rating {}\n"
                           "rules.indicator['z'] = sy.rating {}\n"
                           "function rules.check() end" TAIL);
    fixture_layer(&x, "local sy = require 'steelyard'\n"
                      "local rules = sy.base()\n"
                      "local other = sy.base()\n"
                      "local lower = rules.indicator['x']\n"
                      "rules.indicator['x'] = function(i, fund) return lower(i, fund) * 2 end\n"
                      "rules.indicator['z'] = nil\n"
                      "assert(other.indicator['z'], 'each sy.base() is a copy')\n"
                      "rules.check = nil" TAIL);
    assert_int_equal(fixture_load(&x, &script, NULL, 0), SY_OK);
    const struct script_result result = run_item(&x, script, "x", ITEM_X);
    expect_done(&result, 0.5);
    assert_int_equal(rule_at(&x, script, "y")->kind, RULE_RATING);
    assert_text(rule_at(&x, script, "y")->script, "scripts/1.lua");
    assert_null(rule_at(&x, script, "z"));
    assert_int_equal(script_check(script), 0);
    fixture_layer(&x, HEAD "rules.indicator['w'] = sy.rating {}" TAIL); /* takes nothing over */
    assert_int_equal(fixture_load(&x, &script, NULL, 0), SY_OK);
    assert_null(rule_at(&x, script, "x"));
    assert_int_equal(rule_at(&x, script, "w")->kind, RULE_RATING);
    fixture_layer(&x, "nothing()");
    assert_int_equal(fixture_load(&x, &script, NULL, 0), SY_EINPUT);
    assert_text(x.err.file, "scripts/4.lua");
    fixture_close(&x);
}

static void test_script__parameters(void **state)
{
    (void)state;
    struct fixture x;
    struct script *script = NULL;
    const struct script_parameter given[] = {
        {"over", "1.2"}, {"pass", "0.5"}, {"reverse", "linear"}, {"rate", "0.25"}, {"word", "年"}};
    fixture_open(&x);
    fixture_layer(&x, HEAD "local p = rules.parameters\n"
                           "rules.indicator['x'] = function() return p.rate, p.word end\n"
                           "rules.indicator['c'] = sy.completion {}\n"
                           "rules.indicator['d'] = sy.completion { over = 3, pass = 0 }\n"
                           "rules.indicator['r'] = sy.reverse {}\n"
                           "rules.indicator['t'] = sy.reverse { mode = 'ratio' }\n"
                           "rules.indicator['s'] = sy.by_sign {}\n"
                           "assert(p.nothing == nil)" TAIL);
    assert_int_equal(fixture_load(&x, &script, given, 5), SY_OK);
    const struct script_result result = run_item(&x, script, "x", ITEM_X);
    expect_done(&result, 0.25);
    assert_text(result.reason, "年");
    assert_score_equal(rule_at(&x, script, "c")->over, 1.2);
    assert_score_equal(rule_at(&x, script, "c")->pass, 0.5);
    assert_score_equal(rule_at(&x, script, "d")->over, 3);
    assert_score_equal(rule_at(&x, script, "d")->pass, 0);
    assert_true(rule_at(&x, script, "r")->linear);
    assert_false(rule_at(&x, script, "t")->linear);
    assert_true(rule_at(&x, script, "s")->linear);
    const struct rule *fallback = script_default_rule(script);
    assert_int_equal(fallback->kind, RULE_BY_SIGN);
    assert_score_equal(fallback->over, 1.2);
    assert_true(fallback->linear);
    fixture_close(&x);
}

static void test_script__parameters_that_are_none(void **state)
{
    (void)state;
    static const struct {
        const char *key, *text, *constructor;
    } cases[] = {{"over", "much", "completion"},
                 {"pass", "-1", "completion"},
                 {"reverse", "lineal", "reverse"},
                 {"over", "1e3", "by_sign"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture x;
        struct script *script = NULL;
        char source[256];
        const struct script_parameter given = {cases[i].key, cases[i].text};
        struct rule rule = rule_default;
        fixture_open(&x);
        snprintf(source, sizeof source, HEAD "rules.indicator['x'] = sy.%s {}" TAIL,
                 cases[i].constructor);
        fixture_layer(&x, source);
        assert_int_equal(fixture_load(&x, &script, &given, 1), SY_EINPUT);
        assert_non_null(strstr(x.err.message, cases[i].text));
        rule_apply_parameters(&rule, &given, 1);
        assert_score_equal(rule.over, rule_default.over);
        assert_score_equal(rule.pass, rule_default.pass);
        assert_false(rule.linear);
        fixture_close(&x);
    }
}

static void test_script__require(void **state)
{
    (void)state;
    struct fixture x;
    struct script *script = NULL;
    fixture_open(&x);
    fixture_lib(&x, "shared", "local n = 0\nreturn { next = function() n = n + 1 return n end }");
    fixture_lib(&x, "circle", "require 'circle'\nreturn 1");
    fixture_lib(&x, "nothing", "local x = 1");
    fixture_lib(&x, "broken", "local x = 1\nx = = 2");
    fixture_layer(&x, HEAD "local a, b = require 'shared', require 'shared'\n"
                           "a.next()\n"
                           "rules.indicator['x'] = function() return b.next() end\n"
                           "rules.indicator['y'] = function() return require 'shared' end" TAIL);
    assert_int_equal(fixture_load(&x, &script, NULL, 0), SY_OK);
    struct script_result result = run_item(&x, script, "x", ITEM_X);
    expect_done(&result, 2);
    result = run_item(&x, script, "y", ITEM_X);
    expect_error(&result, "belongs at the top of a script");
    /* another script has its own */
    assert_int_equal(fixture_load(&x, &script, NULL, 0), SY_OK);
    result = run_item(&x, script, "x", ITEM_X);
    expect_done(&result, 2);
    expect_refusal("require 'shared'", "there is no scripts/lib/shared.lua", 1);
    static const struct {
        const char *name, *message, *file;
        uint32_t line;
    } cases[] = {{"circle", "requires itself", "scripts/lib/circle.lua", 1},
                 {"nothing", "returns nothing", "scripts/1.lua", 1},
                 {"broken", "unexpected symbol", "scripts/lib/broken.lua", 2}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char source[64];
        x.nlayers = 0;
        snprintf(source, sizeof source, "require '%s'", cases[i].name);
        fixture_layer(&x, source);
        assert_int_equal(fixture_load(&x, &script, NULL, 0), SY_EINPUT);
        assert_non_null(strstr(x.err.message, cases[i].message));
        assert_text(x.err.file, cases[i].file);
        assert_int_equal(x.err.line, cases[i].line);
    }
    fixture_close(&x);
}

static void test_script__scripts_cannot_see_each_other(void **state)
{
    (void)state;
    struct fixture x;
    fixture_open(&x);
    struct script *a = load_source(
        &x, HEAD "local secret = 1\n"
                 "rules.indicator['x'] = function() secret = secret + 1 return secret end" TAIL);
    struct script *b =
        load_source(&x, HEAD "rules.indicator['x'] = function()\n"
                             "  return pcall(function() return secret end) and 1 or 0 end" TAIL);
    struct script_result result = run_item(&x, a, "x", ITEM_X);
    expect_done(&result, 2);
    result = run_item(&x, b, "x", ITEM_X);
    expect_done(&result, 0);
    fixture_close(&x);
}

static void test_script__failed_rows_leave_the_others(void **state)
{
    (void)state;
    struct fixture x;
    const uint32_t funds[] = {FUND, FUND, FUND_OTHER, FUND, FUND};
    const uint32_t items[] = {ITEM_X, ITEM_BARE, ITEM_X, ITEM_RANGE, ITEM_X};
    struct script_result results[5];
    fixture_open(&x);
    struct script *script =
        load_source(&x, HEAD "rules.indicator['*'] = function(i, fund)\n"
                             "  if i.path == 'range' then error('no range') end\n"
                             "  return i.actual / 7000, fund.id end" TAIL);
    script_run_items(script, rule_at(&x, script, "x")->function, &x.data, funds, items, 5, results,
                     &x.texts);
    expect_done(&results[0], 0.5);
    assert_text(results[0].reason, "fund");
    assert_int_equal(results[1].outcome, SCRIPT_LACKING);
    assert_text(results[1].lacking, "actual");
    expect_done(&results[2], 0.5);
    assert_text(results[2].reason, "other");
    expect_error(&results[3], "scripts/1.lua:4: no range (traceback: scripts/1.lua:4");
    assert_text(results[3].file, "scripts/1.lua");
    assert_int_equal(results[3].line, 4);
    expect_done(&results[4], 0.5);
    fixture_close(&x);
}

static void test_script__limit_disables_the_script(void **state)
{
    (void)state;
    struct fixture x;
    const uint32_t funds[] = {FUND, FUND, FUND};
    const uint32_t items[] = {ITEM_X, ITEM_RANGE, ITEM_X};
    struct script_result results[3];
    fixture_open(&x);
    struct script *script =
        load_source(&x, HEAD "rules.indicator['*'] = function(i, fund)\n"
                             "  local lacks = fund.nobody_tells\n"
                             "  if i.path == 'range' then while true do end end\n"
                             "  return 1 end\n"
                             "rules.indicator['c'] = sy.rating {}\n"
                             "function rules.check() end" TAIL);
    script_run_items(script, rule_at(&x, script, "x")->function, &x.data, funds, items, 3, results,
                     &x.texts);
    expect_done(&results[0], 1);
    assert_int_equal(results[1].outcome, SCRIPT_ERROR); /* a limit, whatever was lacking */
    assert_true(results[1].limit);
    assert_int_equal(results[1].line, 5);
    assert_non_null(strstr(results[1].message, "more than 1000000 instructions"));
    assert_int_equal(results[2].outcome, SCRIPT_DISABLED);
    const struct script_result check = run_fund(&x, script, script_check(script), FUND);
    assert_int_equal(check.outcome, SCRIPT_DISABLED);
    assert_text(check.file, "scripts/1.lua");
    assert_int_equal(rule_at(&x, script, "c")->kind, RULE_RATING); /* declared rules stand */
    fixture_close(&x);
}

static const struct {
    const char *body;
    enum script_outcome outcome;
    double value;
    const char *text; /* reason, lacking, or part of the message */
} attainments[] = {
    {"return 0.5", SCRIPT_DONE, 0.5, NULL},
    {"return 7, '多'", SCRIPT_DONE, 7, "多"},
    {"return -1, 12", SCRIPT_DONE, -1, "12"},
    {"return 1, nil", SCRIPT_DONE, 1, NULL},
    {"return sy.not_applicable('无此项')", SCRIPT_NOT_APPLICABLE, 0, "无此项"},
    {"return sy.not_applicable()", SCRIPT_NOT_APPLICABLE, 0, NULL},
    {"return nil", SCRIPT_ERROR, 0, "returned nil, not a number"},
    {"return", SCRIPT_ERROR, 0, "returned nil, not a number"},
    {"return true", SCRIPT_ERROR, 0, "returned boolean, not a number"},
    {"return '1'", SCRIPT_ERROR, 0, "returned string, not a number"},
    {"return 0/0", SCRIPT_ERROR, 0, "not-a-number"},
    {"return 1/0", SCRIPT_ERROR, 0, "infinite"},
    {"return 1, {}", SCRIPT_ERROR, 0, "the reason that the function returned is a table"},
    {"return 1, '\\xff'", SCRIPT_ERROR, 0, "not valid UTF-8"},
    {"return 1, 'a\\xFFb'", SCRIPT_ERROR, 0, "not valid UTF-8"},
    {"return fund.nobody_tells", SCRIPT_LACKING, 0, "nobody_tells"},
    {"return 1 / fund.nobody_tells", SCRIPT_LACKING, 0, "nobody_tells"},
    {"return fund.facts['没有'] > 1", SCRIPT_LACKING, 0, "没有"},
    {"local a = fund.one return fund.two + a", SCRIPT_LACKING, 0, "two"},
    {"return 1 / i.previous", SCRIPT_LACKING, 0, "previous"},
    {"return fund.previous.previous.staff", SCRIPT_LACKING, 0, "previous"},
    {"return fund.indicators['none'].actual", SCRIPT_LACKING, 0, "none"},
    {"if fund.nobody_tells == nil then return 1 end", SCRIPT_DONE, 1, NULL},
    {"if fund.nobody_tells == nil then return 0/0 end", SCRIPT_ERROR, 0, "not-a-number"},
    {"local t = nil return t.x", SCRIPT_ERROR, 0, "attempt to index a nil value (local 't')"},
};

static void test_script__attainments(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof attainments / sizeof attainments[0]; i++) {
        struct fixture x;
        char source[512];
        fixture_open(&x);
        snprintf(source, sizeof source, HEAD "rules.indicator['x'] = function(i, fund) %s end" TAIL,
                 attainments[i].body);
        struct script *script = load_source(&x, source);
        const struct script_result r = run_item(&x, script, "x", ITEM_X);
        if (r.outcome != attainments[i].outcome)
            fail_msg("%s: outcome %d, %s", attainments[i].body, (int)r.outcome,
                     r.message ? r.message : "");
        if (r.outcome == SCRIPT_DONE)
            assert_score_equal(r.value.num, attainments[i].value);
        const char *text = r.outcome == SCRIPT_ERROR     ? r.message
                           : r.outcome == SCRIPT_LACKING ? r.lacking
                                                         : r.reason;
        if (r.outcome == SCRIPT_ERROR) {
            expect_error(&r, attainments[i].text);
            assert_text(r.file, "scripts/1.lua");
            assert_int_equal(r.line, 3);
        } else if (attainments[i].text == NULL) {
            assert_null(text);
        } else {
            assert_text(text, attainments[i].text);
        }
        fixture_close(&x);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_script__refuses_what_cannot_be_used),
        cmocka_unit_test(test_script__file_that_is_absent),
        cmocka_unit_test(test_script__nul_bytes_and_gb18030),
        cmocka_unit_test(test_script__long_paths_are_shown_whole),
        cmocka_unit_test(test_script__finds_rules_by_pattern),
        cmocka_unit_test(test_script__ties_of_measures_and_targets),
        cmocka_unit_test(test_script__layers),
        cmocka_unit_test(test_script__parameters),
        cmocka_unit_test(test_script__parameters_that_are_none),
        cmocka_unit_test(test_script__require),
        cmocka_unit_test(test_script__scripts_cannot_see_each_other),
        cmocka_unit_test(test_script__failed_rows_leave_the_others),
        cmocka_unit_test(test_script__limit_disables_the_script),
        cmocka_unit_test(test_script__attainments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
