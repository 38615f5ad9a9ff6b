/*
 * test_contract_script_layers.c - contract 2, 3 and 4, where rules come from: installed scripts,
 * the evaluation's, year folders', the chain of `extends`, sy.base(), require; and that a change
 * shows in the next run.
 */
#include <stdbool.h>

#include "script_evaluation.h"

#define GIVE(x) "function() return " x " end\n"
#define FRESH   SCRIPT_HEAD
#define LAID    "local sy = require 'steelyard'\nlocal rules = sy.base()\n"

/* An evaluation of 2018 to 2021 in which each year has the indicators x, y, z, reported as met. */
static void begin_years(const char *type)
{
    char text[1024];
    fixture_begin();
    snprintf(text, sizeof text,
             "[evaluation]\nyears = 2018-2021\ntype = %s\n[data outcomes]\npath = outcomes.csv\n",
             type);
    fixture_file("evaluation.ini", text);
    strcpy(text, "fund,year,indicator,weight,target,actual\n");
    for (int year = 2018; year <= 2021; year++)
        snprintf(text + strlen(text), sizeof text - strlen(text),
                 "p,%d,x,40,1,1\np,%d,y,30,1,1\np,%d,z,30,1,1\n", year, year, year);
    fixture_file("outcomes.csv", text);
}

static double attainment_in(json_t *root, int year, const char *path)
{
    size_t i, k;
    json_t *fund, *item;
    json_array_foreach(json_object_get(root, "funds"), i, fund)
    {
        if ((int)fixture_number(fund, "year") != year)
            continue;
        json_array_foreach(json_object_get(fund, "indicators"), k, item)
        {
            if (strcmp(fixture_text(item, "path"), path) == 0)
                return fixture_number(item, "attainment");
        }
    }
    fail_msg("no %s in %d", path, year);
    return NAN;
}

static void test_layers__years(void **state)
{
    (void)state;
    begin_years("t");
    fixture_file("scripts/t.lua",
                 FRESH "rules.indicator.x = " GIVE("0.1") "rules.indicator.y = " GIVE(
                     "0.2") "function rules.adjust(fund) fund:add(1, 'installed') end" SCRIPT_TAIL);
    fixture_file("scripts/2019-/t.lua", LAID "rules.indicator.x = " GIVE("0.3") SCRIPT_TAIL);
    fixture_file("scripts/2020/t.lua", LAID "rules.indicator.y = " GIVE("0.4") SCRIPT_TAIL);
    fixture_file("scripts/2021-/t.lua", FRESH "rules.indicator.z = " GIVE("0.5") SCRIPT_TAIL);
    fixture_file("scripts/-2018/t.lua", LAID "rules.indicator.z = " GIVE("0.6") SCRIPT_TAIL);
    json_t *root = fixture_score();
    static const struct {
        int year;
        double x, y, z;
        size_t adjustments;
    } cases[] = {
        {2018, 0.1, 0.2, 0.6, 1}, /* -2018 over the plain one */
        {2019, 0.3, 0.2, 1, 1},   /* z by sign */
        {2020, 0.3, 0.4, 1, 1},   /* 2020 over 2019- */
        {2021, 1, 1, 0.5, 0},     /* sy.rules{}: nothing of what is below */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_score_equal(attainment_in(root, cases[i].year, "x"), cases[i].x);
        assert_score_equal(attainment_in(root, cases[i].year, "y"), cases[i].y);
        assert_score_equal(attainment_in(root, cases[i].year, "z"), cases[i].z);
        json_t *fund = json_array_get(json_object_get(root, "funds"), i);
        assert_int_equal((int)fixture_number(fund, "year"), cases[i].year);
        assert_int_equal(json_array_size(json_object_get(fund, "adjustments")),
                         cases[i].adjustments);
    }
    json_decref(root);
    fixture_end();
}

/* rules.parameters are those of the year; standard rules take theirs from there, too. */
static void test_layers__parameters_of_the_year(void **state)
{
    (void)state;
    begin_years("t");
    fixture_file("config/t.ini", "[parameters]\npass = 0.2\nof = 0.1\nword = 旧\n");
    fixture_file("config/2020-/t.ini", "[parameters]\npass = 0.6\nof = 0.7\n");
    fixture_file("scripts/t.lua",
                 FRESH "local early = rules.parameters.of\n"
                       "rules.indicator.x = function() assert(early == rules.parameters.of)\n"
                       "assert(rules.parameters.word == '旧' and rules.parameters.none == nil)\n"
                       "return rules.parameters.of end\n"
                       "rules.target.y = function() return 2 end\n"
                       "rules.indicator.y = sy.completion{}" SCRIPT_TAIL);
    json_t *root = fixture_score();
    assert_score_equal(attainment_in(root, 2019, "x"), 0.1);
    assert_score_equal(attainment_in(root, 2020, "x"), 0.7);
    assert_score_equal(attainment_in(root, 2019, "y"), 0.5); /* 1 of 2, over 0.2 */
    assert_score_equal(attainment_in(root, 2020, "y"), 0);   /* below 0.6 */
    json_decref(root);
    fixture_end();
}

/* base <- middle <- top: each has a script; the last in the chain is in force, sy.base() gives the
 * one below. */
static void test_layers__extends(void **state)
{
    (void)state;
    begin_years("top");
    fixture_file("config/base.ini", "[type]\nname = base\n[parameters]\nof = 0.15\n");
    fixture_file("config/middle.ini", "[type]\nextends = base\n");
    fixture_file("config/top.ini", "[type]\nextends = middle\n[parameters]\nof = 0.25\n");
    fixture_file("scripts/base.lua",
                 FRESH "rules.indicator['*'] = " GIVE("0.1") "rules.indicator.y = " GIVE(
                     "rules.parameters.of") SCRIPT_TAIL);
    fixture_file("scripts/top.lua", LAID "rules.indicator.x = " GIVE("0.9") SCRIPT_TAIL);
    json_t *root = fixture_score();
    assert_score_equal(attainment_in(root, 2020, "x"), 0.9);
    assert_score_equal(attainment_in(root, 2020, "y"), 0.25); /* the type's own parameter */
    assert_score_equal(attainment_in(root, 2020, "z"), 0.1);
    json_decref(root);
    /* A script in the middle without sy.base() cuts what is below it. */
    fixture_file("scripts/middle.lua", FRESH "rules.indicator.z = " GIVE("0.7") SCRIPT_TAIL);
    root = fixture_score();
    assert_score_equal(attainment_in(root, 2020, "x"), 0.9);
    assert_score_equal(attainment_in(root, 2020, "y"), 1);
    assert_score_equal(attainment_in(root, 2020, "z"), 0.7);
    json_decref(root);
    fixture_end();
}

/* sy.base() through five layers: the base type, its year folder, the type, two overlapping year
 * folders; each adds a rule, changes one and keeps the rest. Rules made of rules, too. */
static void test_layers__base_through_all(void **state)
{
    (void)state;
    begin_years("top");
    fixture_file("config/base.ini", "[type]\nname = base\n");
    fixture_file("config/top.ini", "[type]\nextends = base\n");
    fixture_file("scripts/base.lua", FRESH "rules.indicator['*'] = " GIVE("0.1") SCRIPT_TAIL);
    fixture_file("scripts/2020-/base.lua", LAID "rules.indicator.z = " GIVE("0.2") SCRIPT_TAIL);
    fixture_file("scripts/top.lua",
                 LAID "assert(rules.indicator['*'])\nrules.indicator.x = " GIVE("0.3") SCRIPT_TAIL);
    fixture_file("scripts/2019-2021/top.lua",
                 LAID "local below = rules.indicator.x\nrules.indicator.x = function(i, fund)\n"
                      "return below(i, fund) + 0.1 end" SCRIPT_TAIL);
    fixture_file("scripts/2020-/top.lua", LAID
                 "rules.indicator.x = sy.average{ {rules.indicator.x, 1}, {sy.completion{}, 3} }\n"
                 "if rules.indicator.z then rules.indicator.y = rules.indicator.z end" SCRIPT_TAIL);
    static const struct {
        int year;
        double x, y, z;
    } cases[] = {
        {2018, 0.3, 0.1, 0.1},
        {2019, 0.4, 0.1, 0.1},
        {2020, 0.85, 0.2, 0.2}, /* (0.4 + 3 × 1) ÷ 4 */
        {2021, 0.85, 0.2, 0.2},
    };
    json_t *root = fixture_score();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_near(attainment_in(root, cases[i].year, "x"), cases[i].x, 1e-12);
        assert_near(attainment_in(root, cases[i].year, "y"), cases[i].y, 1e-12);
        assert_near(attainment_in(root, cases[i].year, "z"), cases[i].z, 1e-12);
    }
    json_decref(root);
    fixture_end();
}

/* A year folder that names no year stops the work, for scripts as for INIs. */
static void test_layers__folders_that_name_no_year(void **state)
{
    static const char *const files[] = {"scripts/2019-20/t.lua", "config/2019年/t.ini",
                                        "scripts/2020-2019/t.lua"};
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        sy_error err = {0};
        begin_years("t");
        fixture_file("scripts/t.lua", FRESH SCRIPT_TAIL);
        fixture_file(files[i], "");
        assert_null(fixture_score_with(NULL, &err));
        assert_int_equal(err.status, SY_EINPUT);
        assert_non_null(strstr(err.message, "write 2019"));
        fixture_end();
    }
}

/* An installed type's script, overridden by the evaluation's: only what it names changes. */
static void test_layers__installed(void **state)
{
    (void)state;
    fixture_begin();
    fixture_evaluation("project_self_evaluation");
    fixture_file("evaluation.ini", "[evaluation]\nyears = 2019\ntype = "
                                   "project_self_evaluation\n[data funds]\npath = funds.csv\n"
                                   "[data outcomes]\npath = outcomes.csv\n");
    fixture_file("funds.csv", "fund,budget,spent\np,200,150\n");
    fixture_file("outcomes.csv",
                 "fund,indicator,weight,target,actual\np,output.quantity.a,50,10,5\n");
    json_t *root = fixture_score();
    assert_score_equal(fixture_number(fixture_item(root, "p", "execution.rate"), "attainment"),
                       0.75);
    assert_score_equal(fixture_number(fixture_item(root, "p", "output.quantity.a"), "attainment"),
                       0.5);
    json_decref(root);
    fixture_file("scripts/project_self_evaluation.lua",
                 LAID "rules.indicator['output.*'] = sy.completion { pass = 0.6 }" SCRIPT_TAIL);
    root = fixture_score();
    assert_score_equal(fixture_number(fixture_item(root, "p", "execution.rate"), "attainment"),
                       0.75);
    assert_score_equal(fixture_number(fixture_item(root, "p", "output.quantity.a"), "attainment"),
                       0);
    json_decref(root);
    fixture_end();
}

/* The next run shows a weight of an INI and a rule of a script that were changed. */
static void test_layers__changes_show(void **state)
{
    (void)state;
    fixture_begin();
    fixture_evaluation("t");
    fixture_file("outcomes.csv", "fund,indicator,target,actual\np,x,100,50\np,y,100,100\n");
    fixture_file("config/t.ini", "[weights]\nx = 40\ny = 60\n");
    fixture_file("scripts/t.lua", FRESH "rules.indicator.x = sy.completion{}" SCRIPT_TAIL);
    json_t *root = fixture_score();
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 40 * 0.5 + 60);
    json_decref(root);
    fixture_file("config/t.ini", "[weights]\nx = 80\ny = 20\n");
    root = fixture_score();
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 80 * 0.5 + 20);
    json_decref(root);
    fixture_file("scripts/t.lua",
                 FRESH "rules.indicator.x = sy.completion{ pass = 0.6 }" SCRIPT_TAIL);
    root = fixture_score();
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 20);
    json_decref(root);
    fixture_end();
}

/* require finds scripts/lib/NAME.lua, the evaluation's before the installed one, and nothing else.
 */
static void test_layers__require(void **state)
{
    (void)state;
    fixture_begin();
    fixture_evaluation("t");
    fixture_file("outcomes.csv", "fund,indicator,weight,target,actual\np,x,100,1,1\n");
    fixture_file("scripts/lib/helpers.lua",
                 "local m = {}\nfunction m.half(x) return x / 2 end\nreturn m\n");
    fixture_file("scripts/lib/checks.lua",
                 "return { one = 0.25 }\n"); /* the installed one has no `one` */
    fixture_file("scripts/t.lua",
                 "local helpers = require 'helpers'\nlocal checks = require 'checks'\n" FRESH
                 "assert(require 'helpers' == helpers)\n"
                 "rules.indicator.x = function(i) return helpers.half(i.actual) + checks.one "
                 "end" SCRIPT_TAIL);
    json_t *root = fixture_score();
    assert_score_equal(fixture_number(fixture_item(root, "p", "x"), "attainment"), 0.75);
    json_decref(root);
    static const char *const refused[] = {
        "t", "os", "../t", "lib/helpers", "/etc/passwd", "helpers.lua", "io", "string", "", "none"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        char script[256];
        sy_error err = {0};
        snprintf(script, sizeof script, "local m = require '%s'\n" FRESH SCRIPT_TAIL, refused[i]);
        fixture_file("scripts/t.lua", script);
        assert_null(fixture_score_with(NULL, &err));
        assert_int_equal(err.status, SY_EINPUT);
        assert_int_equal(err.line, 1);
        assert_non_null(strstr(err.message, "require"));
    }
    fixture_end();
}

/* Scripts that cannot be used at all: nothing is scored, file and line. */
static void test_layers__unusable_scripts(void **state)
{
    static const struct {
        const char *script;
        uint32_t line;
        const char *message;
    } cases[] = {
        {"local sy = = 1", 1, "unexpected symbol"},
        {"\n\nlocal x = {", 3, "expected"},
        {"", 0, "return rules"},
        {"return 1", 0, "return rules"},
        {"local sy = require 'steelyard'\nreturn sy.rules{ api = 2 }", 2, "api = 1"},
        {"local sy = require 'steelyard'\nreturn sy.base()", 2, "no rules below"},
        {FRESH "rules.indicator.x = sy.complection{}" SCRIPT_TAIL, 3, "did you mean 'completion'"},
        {FRESH "rules.indicator.x = sy.completion{ ovr = 1 }" SCRIPT_TAIL, 3,
         "did you mean 'over'"},
        {FRESH "rules.indicator.x = sy.completion{ over = 'x' }" SCRIPT_TAIL, 3, "number"},
        {FRESH "rules.indicator.x = 1" SCRIPT_TAIL, 3, "must be a rule or a function"},
        {FRESH "rules.indicator[42] = sy.rating{}" SCRIPT_TAIL, 3, "not by a number"},
        {FRESH "rules.indicatr = {}" SCRIPT_TAIL, 3, "did you mean 'indicator'"},
        {FRESH "while true do end" SCRIPT_TAIL, 3, "[limits]"},
        {FRESH "local s = ('x'):rep(1e9)" SCRIPT_TAIL, 3, "[limits]"},
        {FRESH "error('自己')" SCRIPT_TAIL, 3, "自己"},
        {FRESH "foo = 1" SCRIPT_TAIL, 3, "read-only"},
        {"\x1bLua", 0, "binary"},
        {"local s = '\xff\xfe'\n" FRESH SCRIPT_TAIL, 1, "UTF-8"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sy_error err = {0};
        fixture_begin();
        fixture_evaluation("t");
        fixture_file("outcomes.csv", "fund,indicator,weight,target,actual\np,x,100,1,1\n");
        fixture_file("scripts/t.lua", cases[i].script);
        assert_null(fixture_score_with(NULL, &err));
        assert_int_equal(err.status, SY_EINPUT);
        assert_non_null(strstr(err.file, "scripts/t.lua"));
        if (err.line != cases[i].line || !strstr(err.message, cases[i].message))
            fail_msg("%s\nline %u: %s", cases[i].script, (unsigned)err.line, err.message);
        fixture_end();
    }
}

/* scripts/X_test.lua and scripts/X.d.lua belong to X: no type is called after them. */
static void test_layers__tests_and_types_are_no_scripts(void **state)
{
    static const char *const names[] = {"t_test", "t.d"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        char path[64];
        begin_years(names[i]);
        snprintf(path, sizeof path, "scripts/%s.lua", names[i]);
        fixture_file(path, FRESH "rules.indicator.x = " GIVE("0.5") "return rules\n");
        json_t *root = fixture_score();
        assert_score_equal(attainment_in(root, 2018, "x"), 1);
        script_finding(root, "unknown-type", NULL);
        json_decref(root);
        fixture_end();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layers__years),
        cmocka_unit_test(test_layers__parameters_of_the_year),
        cmocka_unit_test(test_layers__extends),
        cmocka_unit_test(test_layers__base_through_all),
        cmocka_unit_test(test_layers__folders_that_name_no_year),
        cmocka_unit_test(test_layers__installed),
        cmocka_unit_test(test_layers__changes_show),
        cmocka_unit_test(test_layers__require),
        cmocka_unit_test(test_layers__unusable_scripts),
        cmocka_unit_test(test_layers__tests_and_types_are_no_scripts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
