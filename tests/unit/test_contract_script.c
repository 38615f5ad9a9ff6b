/*
 * test_contract_script.c - contract 4, functions of scripts through the library: what they see,
 * what they return, what is missing and what is an error.
 */
#include <stdbool.h>

#include "script_evaluation.h"

#define ROW "p,2019,x,50,100,50\np,2019,y,50,100,100\nq,2019,y,100,100,100\n"

/* i.* and fund.*: numbers in the target's unit, dates that compare, facts as what they are. A
 * script that does not see it so fails, and the message says where. */
static void test_script__sees_the_data(void **state)
{
    (void)state;
    json_t *root = script_score(
        "rules.indicator['a.money'] = function(i, fund)\n"
        "  assert(i.path == 'a.money' and i.name == 'a.money' and i.sign == '>=' and i.unit == "
        "'万元')\n"
        "  assert(i.target == 45 and math.abs(i.actual - 44.1) < 1e-9 and i.weight == 20)\n"
        "  assert(i.previous == 30, i.previous) assert(i.rating == nil and i.claimed == nil and "
        "i.note == nil)\n"
        "  return i.actual / i.target end\n"
        "rules.indicator['a.date'] = function(i)\n"
        "  assert(i.sign == 'by' and i.actual > i.target and i.actual - i.target == 5)\n"
        "  assert(i.target == sy.date(2019, 6, 30) and i.target + 5 == i.actual) return 1 end\n"
        "rules.indicator['a.range'] = function(i)\n"
        "  assert(i.sign == 'between' and i.target[1] == 18 and i.target[2] == 54 and i.unit == "
        "'岁') return 1 end\n"
        "rules.indicator['a.text'] = function(i)\n"
        "  assert(i.sign == 'qualitative' and i.target == '公开' and i.actual == '已公开') return "
        "1 end\n"
        "rules.indicator['a.rate'] = function(i) assert(i.actual == 92 and i.unit == '%') return 1 "
        "end\n"
        "function rules.check(fund)\n"
        "  assert(fund.id == 'p' and fund.type == 't' and fund.year == 2019)\n"
        "  assert(fund.spent == 500000 and fund.facts.spent == 500000 and fund['编制数'] == 15)\n"
        "  assert(fund.facts['编制数'] == 15 and fund.rate == 45 and fund.misuse == true and "
        "fund.open == false)\n"
        "  assert(fund.paid_on == sy.date(2019, 12, 20) and fund.word == '文字' and fund.none == "
        "nil)\n"
        "  assert(fund.facts.year == nil and fund.facts.name == '影子')\n"
        "  assert(fund.previous.year == 2018 and fund.previous.staff == 14 and "
        "fund.previous.previous == nil)\n"
        "  assert(fund.indicators['a.rate'].actual == 92 and fund.indicators['a.none'] == nil)\n"
        "  assert(fund.previous.indicators['a.money'].target == 40)\n"
        "  local paths = {} for path in pairs(fund.indicators) do paths[#paths + 1] = path end\n"
        "  assert(table.concat(paths, ' ') == 'a.money a.date a.range a.text a.rate') end",
        "p,2019,a.money,20,≥45万元,441000元\np,2019,a.date,20,2019-06-30前,2019-07-05\n"
        "p,2019,a.range,20,18-54岁,20\np,2019,a.text,20,公开,已公开\np,2019,a.rate,20,≥90%,92%\n"
        "p,2018,a.money,20,≥40万元,300000元\n",
        "p,2019,spent,50万元\np,2019,编制数,15人\np,2019,rate,45%\np,2019,misuse,是\np,2019,open,"
        "no\n"
        "p,2019,paid_on,2019-12-20\np,2019,word,文字\np,2019,none,—\np,2019,name,影子\np,2018,"
        "staff,14\n");
    if (fixture_findings(root, "script-error") + fixture_findings(root, "fact-missing") > 0)
        fail_msg("%s", json_dumps(json_object_get(root, "findings"), 0));
    assert_near(fixture_number(fixture_item(root, "p", "a.money"), "attainment"), 44.1 / 45, 1e-12);
    assert_text(fixture_text(fixture_fund(root, "p"), "status"), "scored");
    json_decref(root);
    fixture_end();
}

/* One function over rows of every kind: each sees its own values, whatever stood in the row before
 * and however a rule would be given them. */
static void test_script__sees_each_row(void **state)
{
    (void)state;
    json_t *root = script_score(
        "local want = {first = {'>=', 1, 2}, money = {'>=', 45, 44.1}, span = {'between', {18, "
        "54}, "
        "20}, nought = {'=', 0, 3}, low = {'<=', 5, 4}, word = {'qualitative', '公开', '已公开'}, "
        "half = {'>=', 0.5, 200}, last = {'>', 7, 9}}\n"
        "local function same(a, b)\n"
        "  if type(b) == 'table' then return a[1] == b[1] and a[2] == b[2] end\n"
        "  if type(b) == 'number' then return math.abs(a - b) < 1e-9 end\n"
        "  return a == b end\n"
        "rules.indicator['*'] = function(i)\n"
        "  local w = want[i.path]\n"
        "  assert(i.sign == w[1], i.sign) assert(same(i.target, w[2])) assert(same(i.actual, "
        "w[3]))\n"
        "  return 1 end",
        "p,2019,first,10,≥1个,2个\np,2019,money,10,≥45万元,441000元\np,2019,span,10,18-54岁,20\n"
        "p,2019,nought,10,0个,3个\np,2019,low,10,≤5%,4%\np,2019,word,10,公开,已公开\n"
        "p,2019,half,10,≥0.5元,0.02万元\np,2019,last,30,>7个,9个\n",
        NULL);
    if (fixture_findings(root, "script-error") > 0)
        fail_msg("%s", json_dumps(json_object_get(root, "findings"), 0));
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 100);
    json_decref(root);
    fixture_end();
}

/* Last year's value of another kind of thing is none. */
static void test_script__previous_of_another_unit(void **state)
{
    (void)state;
    json_t *root =
        script_score("rules.indicator.x = function(i) return i.previous and 1 or 0.5 end",
                     "p,2019,x,100,45万元,45万元\np,2018,x,100,45,30%\n", NULL);
    assert_score_equal(fixture_number(fixture_item(root, "p", "x"), "attainment"), 0.5);
    json_decref(root);
    fixture_end();
}

/* Values that are attainments: clamped with a finding where outside of 0 to 1. */
static void test_script__attainments(void **state)
{
    static const struct {
        const char *body;
        double attainment;
        const char *reason; /* NULL: none is looked for */
        size_t clamped;
    } cases[] = {
        {"return 0.5", 0.5, NULL, 0},
        {"return 1, '完成'", 1, "完成", 0},
        {"return 0.25, 12", 0.25, "12", 0},
        {"return 0, nil", 0, NULL, 0},
        {"return 1.5", 1, NULL, 1},
        {"return -0.25, 'x'", 0, "x", 1},
        {"return 1 + 1e-12", 1, NULL, 0},
        {"return 1, '<&>\"'", 1, "<&>\"", 0},
        {"return 0.5, 'a', 'b', {}", 0.5, "a", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rules[256];
        snprintf(rules, sizeof rules, "rules.indicator.x = function(i, fund) %s end",
                 cases[i].body);
        json_t *root = script_score(rules, ROW, NULL), *x = fixture_item(root, "p", "x");
        assert_text(fixture_text(x, "status"), "scored");
        assert_score_equal(fixture_number(x, "attainment"), cases[i].attainment);
        assert_score_equal(fixture_number(x, "score"), 50 * cases[i].attainment);
        if (cases[i].reason)
            assert_non_null(strstr(fixture_text(x, "reason"), cases[i].reason));
        assert_int_equal(fixture_findings(root, "attainment-range"), cases[i].clamped);
        json_decref(root);
        fixture_end();
    }
}

/* Script errors: their fund alone, no score, no grade, script and line and traceback in the
 * message. */
static void test_script__errors_spoil_their_fund_alone(void **state)
{
    static const char *const cases[][2] = {
        {"return 'x'", "string"},
        {"return '1'", "string"},
        {"return {}", "table"},
        {"return true", "boolean"},
        {"return", "nil"},
        {"return 0/0", "not-a-number"},
        {"return 1/0", "infinite"},
        {"return 1, {}", "reason"},
        {"return 1, '\\xff'", "UTF-8"},
        {"error('自己的话')", "自己的话"},
        {"error({})", "table"},
        {"error()", "nil"},
        {"return nothing_of_that_name", "nothing_of_that_name"},
        {"return i.actaul", "did you mean 'actual'"},
        {"return i.actual + nil", "nil"},
        {"return i.actual .. {}", "table"},
        {"i.actual = 5 return 1", "read-only"},
        {"fund.score = 5 return 1", "read-only"},
        {"return fund.score", "adjust"},
        {"fund:add(1, 'x') return 1", "adjust"},
        {"rules.indicator.z = sy.rating{} return 1", "loads"},
        {"return 1 // 0", "zero"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rules[256];
        snprintf(rules, sizeof rules, "rules.indicator.x = function(i, fund)\n%s end", cases[i][0]);
        json_t *root = script_score(rules, ROW, NULL), *p = fixture_fund(root, "p");
        json_t *f = script_finding(root, "script-error", "p");
        assert_text(fixture_text(p, "status"), "error");
        assert_true(script_null(p, "score") && script_null(p, "grade"));
        assert_true(script_null(fixture_item(root, "p", "x"), "score"));
        assert_text(fixture_text(f, "severity"), "error");
        script_says(f, cases[i][1]);
        script_says(f, "traceback");
        assert_non_null(strstr(fixture_text(f, "source"), "scripts/t.lua:"));
        assert_int_equal(fixture_findings(root, "script-error"), 1);
        assert_score_equal(fixture_number(fixture_fund(root, "q"), "score"), 100);
        assert_text(fixture_text(fixture_fund(root, "q"), "grade"), "优");
        json_decref(root);
        fixture_end();
    }
}

/* What is missing, and no error: named in a finding; the indicator earns what [missing] actual
 * says, here 0. */
static void test_script__fact_missing(void **state)
{
    static const char *const cases[][2] = {
        {"return fund.quota + 1", "quota"},
        {"return fund.facts['编制数'] * 2", "编制数"},
        {"return fund.previous.staff", "previous"},
        {"return i.actual / i.previous", "previous"},
        {"return fund.quota", "quota"},
        {"if fund.open > 3 then return 1 end", "open"},
        {"local a = fund.one return fund.two.x", "two"},
        {"error(fund.quota and 'x' or 'y')", "quota"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rules[256];
        snprintf(rules, sizeof rules, "rules.indicator.x = function(i, fund)\n%s end", cases[i][0]);
        json_t *root = script_score(rules, ROW, NULL), *x = fixture_item(root, "p", "x");
        json_t *f = script_finding(root, "fact-missing", "p");
        assert_text(fixture_text(x, "status"), "missing");
        assert_score_equal(fixture_number(x, "score"), 0);
        script_says(f, cases[i][1]);
        assert_text(fixture_text(f, "indicator"), "x");
        assert_int_equal(fixture_findings(root, "script-error"), 0);
        assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 50);
        json_decref(root);
        fixture_end();
    }
    /* A fact that is nil and asked for is nothing at all. */
    json_t *root = script_score("rules.indicator.x = function(i, fund)\n"
                                "if fund.misuse == true then return 0 end return 1 end",
                                ROW, NULL);
    assert_int_equal(fixture_findings(root, "fact-missing"), 0);
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 100);
    json_decref(root);
    fixture_end();
}

/* A function is called only where target and actual were read; sy.func{ target = false } lifts the
 * first. */
static void test_script__when_functions_are_called(void **state)
{
    static const struct {
        const char *target, *actual, *status, *lifted; /* status with and without sy.func */
    } cases[] = {
        {"100", "50", "scored", "scored"},
        {"", "50", "untargeted", "scored"},
        {"100", "", "missing", "missing"},
        {"", "", "untargeted", "missing"},
        {"100", "12..5", "rejected", "rejected"},
        {"100", "不适用", "not_applicable", "not_applicable"},
        {"45万元", "50%", "rejected", "scored"},
        {"公开", "已公开", "scored", "scored"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rows[256];
        snprintf(rows, sizeof rows, "p,2019,x,50,%s,%s\np,2019,y,50,%s,%s\n", cases[i].target,
                 cases[i].actual, cases[i].target, cases[i].actual);
        json_t *root =
            script_score("rules.indicator.x = function() return 0.5 end\n"
                         "rules.indicator.y = sy.func{ function() return 0.5 end, target = false }",
                         rows, NULL);
        assert_text(fixture_text(fixture_item(root, "p", "x"), "status"), cases[i].status);
        assert_text(fixture_text(fixture_item(root, "p", "y"), "status"), cases[i].lifted);
        json_decref(root);
        fixture_end();
    }
}

/* A limit is an error of the script that hit it; it is not called again, and nothing else is
 * touched. */
static void test_script__limits(void **state)
{
    static const char *const cases[] = {
        "while true do end",
        "while true do pcall(function() while true do end end) end",
        "local t = {} for n = 1, 1e9 do t[n] = {} end",
        "local s = 'x' while true do s = s .. s end",
        "return #('x'):rep(1 << 40)",
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rules[512];
        snprintf(
            rules, sizeof rules,
            "rules.indicator.x = function(i, fund) if fund.id == 'o' then return 1 end\n%s end\n"
            "rules.indicator.y = function() return 0.5 end",
            cases[i]);
        json_t *root = script_score(rules,
                                    "o,2019,x,100,1,1\np,2019,x,100,1,1\nq,2019,x,100,1,1\n"
                                    "r,2019,z,100,100,50\n",
                                    NULL);
        assert_text(fixture_text(fixture_fund(root, "o"), "status"), "scored");
        assert_text(fixture_text(fixture_fund(root, "p"), "status"), "error");
        script_says(script_finding(root, "script-error", "p"), "[limits]");
        assert_text(fixture_text(fixture_fund(root, "q"), "status"), "error");
        script_says(script_finding(root, "script-error", "q"), "not called");
        assert_score_equal(fixture_number(fixture_fund(root, "r"), "score"), 50);
        json_decref(root);
        fixture_end();
    }
}

static void test_script__limits_of_the_evaluation(void **state)
{
    static const struct {
        const char *limits, *status;
    } cases[] = {
        {"instructions = 1000000", "scored"},
        {"instructions = 20000", "error"},
        {"memory = 64 MiB", "scored"},
        {"memory = 1 MiB", "error"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char ini[512];
        script_begin("rules.indicator.x = function()\n"
                     "local t = {} for n = 1, 40000 do t[n] = n end return #t / 40000 end",
                     "p,2019,x,100,1,1\n", NULL);
        snprintf(ini, sizeof ini,
                 "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = "
                 "outcomes.csv\n[limits]\n%s\n",
                 cases[i].limits);
        fixture_file("evaluation.ini", ini);
        json_t *root = fixture_score();
        assert_text(fixture_text(fixture_fund(root, "p"), "status"), cases[i].status);
        json_decref(root);
        fixture_end();
    }
}

/* What the script of one type hoards does not make those of another dearer. */
static void test_script__neighbours(void **state)
{
    (void)state;
    fixture_begin();
    fixture_file("evaluation.ini", "[evaluation]\nyears = 2019\n[data funds]\npath = funds.csv\n"
                                   "[data outcomes]\npath = outcomes.csv\n");
    fixture_file("funds.csv", "fund,type\np,hoard\nq,work\n");
    fixture_file("outcomes.csv", "fund,indicator,weight,target,actual\np,x,100,1,1\nq,x,100,1,1\n");
    fixture_file(
        "scripts/hoard.lua", SCRIPT_HEAD
        "local kept = {}\nrules.indicator.x = function()\n"
        "for n = 1, 50 do kept[n] = ('x'):rep(1000000 - n) end return 0.25 end" SCRIPT_TAIL);
    fixture_file("scripts/work.lua", SCRIPT_HEAD
                 "rules.indicator.x = function()\n"
                 "local t = {} for n = 1, 20000 do t[n] = n end return #t / 40000 end" SCRIPT_TAIL);
    json_t *root = fixture_score();
    assert_text(fixture_text(fixture_fund(root, "p"), "status"), "error"); /* it keeps something */
    assert_text(fixture_text(fixture_fund(root, "q"), "status"), "scored");
    assert_score_equal(fixture_number(fixture_fund(root, "q"), "score"), 50);
    json_decref(root);
    fixture_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_script__sees_the_data),
        cmocka_unit_test(test_script__sees_each_row),
        cmocka_unit_test(test_script__previous_of_another_unit),
        cmocka_unit_test(test_script__attainments),
        cmocka_unit_test(test_script__errors_spoil_their_fund_alone),
        cmocka_unit_test(test_script__fact_missing),
        cmocka_unit_test(test_script__when_functions_are_called),
        cmocka_unit_test(test_script__limits),
        cmocka_unit_test(test_script__limits_of_the_evaluation),
        cmocka_unit_test(test_script__neighbours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
