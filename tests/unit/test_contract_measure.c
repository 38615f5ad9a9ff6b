/*
 * test_contract_measure.c - contract 4, rules.measure, rules.target, rules.adjust and rules.check
 * through the library.
 */
#include <stdbool.h>

#include "script_evaluation.h"

struct measure_case {
    const char *body, *target, *actual; /* of the row */
    const char *status;
    double attainment; /* where scored */
    const char *code;  /* a finding; NULL: none of these four */
};

static void check_measure(const struct measure_case *c, const char *section)
{
    static const char *const codes[] = {"reported-differs", "fact-missing", "script-error",
                                        "bad-number"};
    char rules[512], rows[256];
    snprintf(rules, sizeof rules, "rules.%s.x = function(fund) %s end", section, c->body);
    snprintf(rows, sizeof rows, "p,2019,x,100,%s,%s\n", c->target, c->actual);
    json_t *root =
        script_score(rules, rows, "p,2019,spent,95万元\np,2019,budget,100万元\np,2019,zero,0\n");
    json_t *x = fixture_item(root, "p", "x");
    if (strcmp(fixture_text(x, "status"), c->status) != 0)
        fail_msg("%s: is %s, expected %s", c->body, fixture_text(x, "status"), c->status);
    if (strcmp(c->status, "scored") == 0)
        assert_near(fixture_number(x, "attainment"), c->attainment, 1e-12);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        size_t wanted = c->code && strcmp(c->code, codes[i]) == 0;
        if (fixture_findings(root, codes[i]) != wanted)
            fail_msg("%s: %zu findings %s", c->body, fixture_findings(root, codes[i]), codes[i]);
    }
    json_decref(root);
    fixture_end();
}

/* A measure wins over what was reported; where it can tell nothing the indicator is missing all the
 * same. */
static void test_measure__actuals(void **state)
{
    static const struct measure_case cases[] = {
        {"return sy.percent(fund.spent, fund.budget), '%'", "≥100%", "", "scored", 0.95, NULL},
        {"return sy.percent(fund.spent, fund.budget), '%'", "≥100%", "95%", "scored", 0.95, NULL},
        {"return sy.percent(fund.spent, fund.budget), '%'", "≥100%", "100%", "scored", 0.95,
         "reported-differs"},
        {"return 94.96, '%'", "≥100%", "95%", "scored", 0.9496,
         NULL}, /* reported to the full per cent */
        {"return fund.spent, '元'", "190万元", "", "scored", 0.5, NULL},
        {"return 9.5, '万元'", "≥19万元", "95000元", "scored", 0.5, NULL},
        {"return 5, '月'", "10个月", "", "scored", 0.5, NULL}, /* no day in May */
        {"return 1/3", "1", "", "scored", 0.333333333333333, NULL},
        {"return nil, '没有台账'", "100", "", "missing", 0, NULL},
        {"return nil, '没有台账'", "100", "80", "missing", 0, NULL},
        {"return fund.none * 2", "100", "80", "missing", 0, "fact-missing"},
        {"return sy.percent(fund.spent, fund.none), '%'", "100", "80", "missing", 0,
         "fact-missing"},
        {"return sy.percent(fund.spent, fund.zero), '%'", "100", "80", "missing", 0, NULL},
        {"return fund.previous.spent", "100", "", "missing", 0, "fact-missing"},
        {"return sy.not_applicable('无此项')", "100", "80", "not_applicable", 0, NULL},
        {"return '优'", "100", "", "rejected", 0, "bad-number"}, /* no word of [ratings] here */
        {"return '已完成'", "已完成", "", "scored", 1, NULL},
        {"return '50%'", "100%", "50%", "scored", 0.5, NULL},
        {"return '50%'", "100%", "60%", "scored", 0.5, "reported-differs"},
        {"return sy.date(2019, 6, 30)", "2019-06-30前", "", "scored", 1, NULL},
        {"return sy.date(2019, 7, 1)", "2019-06-30前", "2019-07-01", "scored", 0, NULL},
        {"return sy.date(2019, 7, 1)", "2019-06-30前", "2019-06-01", "scored", 0,
         "reported-differs"},
        {"return true", "100", "", "rejected", 0, "bad-number"}, /* yes is not 1 */
        {"return 0/0", "100", "80", "error", 0, "script-error"},
        {"return 1/0", "100", "80", "error", 0, "script-error"},
        {"return {}", "100", "80", "error", 0, "script-error"},
        {"return nothing_of_that_name", "100", "80", "error", 0, "script-error"},
        {"return 1, {}", "100", "80", "error", 0, "script-error"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_measure(&cases[i], "measure");
}

static void test_measure__targets(void **state)
{
    static const struct measure_case cases[] = {
        {"return 200", "100", "50", "scored", 0.25, NULL},
        {"return 200", "", "50", "scored", 0.25, NULL},
        {"return 10, '万元'", "", "50000元", "scored", 0.5, NULL},
        {"return {18, 54}", "", "54", "scored", 1, NULL},
        {"return {18, 54}", "", "55", "scored", 0, NULL},
        {"return sy.date(2019, 6, 30)", "", "2019-07-01", "scored", 0, NULL},
        {"return '≤40'", "", "50", "scored", 0.8, NULL},
        {"return fund.budget, '元'", "", "50万元", "scored", 0.5, NULL},
        {"return nil, '未定'", "100", "50", "untargeted", 0, NULL},
        {"return fund.none * 2", "100", "50", "untargeted", 0, "fact-missing"},
        {"return {54, 18}", "100", "50", "error", 0, "script-error"},
        {"error('x')", "100", "50", "error", 0, "script-error"},
        {"return sy.not_applicable('x')", "100", "50", "not_applicable", 0, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_measure(&cases[i], "target");
}

/* An exact path of rules.measure is an indicator of every fund; the reason is shown. */
static void test_measure__makes_indicators(void **state)
{
    (void)state;
    script_begin("rules.measure['c.x'] = function(fund) return fund.staff, '人' end\n"
                 "rules.measure['c.y'] = function() return nil, '没有台账' end\n"
                 "rules.measure['d.*'] = function() return 5 end",
                 "p,2019,a,40,1,1\n", "p,2019,staff,6\n");
    fixture_file("config/t.ini",
                 "[weights]\na = 40\nc.x = 30\nc.y = 30\n[targets]\nc.x = 12人\nc.y = 1\n");
    json_t *root = fixture_score(), *p = fixture_fund(root, "p");
    assert_int_equal(json_array_size(json_object_get(p, "indicators")), 3);
    assert_score_equal(fixture_number(fixture_item(root, "p", "c.x"), "score"), 15);
    assert_text(fixture_text(fixture_item(root, "p", "c.y"), "status"), "missing");
    assert_non_null(strstr(fixture_text(fixture_item(root, "p", "c.y"), "reason"), "没有台账"));
    assert_score_equal(fixture_number(p, "score"), 55);
    json_decref(root);
    fixture_end();
}

#define FULL "p,2019,x,50,100,50\np,2019,y,50,100,100\n"

static json_t *first_adjustment(json_t *root)
{
    return json_array_get(json_object_get(fixture_fund(root, "p"), "adjustments"), 0);
}

/* Each method on a fund of 75 points (中): the score, the grade, and what stands in the JSON. */
static void test_adjust__methods(void **state)
{
    static const struct {
        const char *body;
        double score;
        const char *grade, *points, *cap, *reason; /* JSON of the first adjustment */
    } cases[] = {
        {"fund:add(5, '创新')", 80, "良", "5", "null", "\"创新\""},
        {"fund:add(-5.25, 'x')", 69.75, "中", "-5.25", "null", "\"x\""},
        {"fund:deduct(20, '超预算支出')", 55, "差", "-20", "null", "\"超预算支出\""},
        {"fund:deduct(99, 'x')", 0, "差", "-99", "null", "\"x\""},
        {"fund:add(99, 'x')", 100, "优", "99", "null", "\"x\""},
        {"fund:cap('差', '截留挪用')", 75, "差", "null", "\"差\"", "\"截留挪用\""},
        {"fund:cap('良', 'x')", 75, "中", "null", "\"良\"", "\"x\""}, /* at most: no better */
        {"fund:veto('弄虚作假')", 0, "差", "null", "null", "\"弄虚作假\""},
        {"fund:add(fund.score == 75 and 1 or 2, 'x')", 76, "中", "1", "null", "\"x\""},
        {"fund:add(fund.indicators.x.score, fund.indicators.x.status)", 100, "优", "25", "null",
         "\"scored\""},
        {"fund:add(0.005, 'x')", 75.01, "中", "0.005", "null", "\"x\""}, /* rounded once, half up */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rules[256];
        snprintf(rules, sizeof rules, "function rules.adjust(fund) %s end", cases[i].body);
        json_t *root = script_score(rules, FULL, NULL), *p = fixture_fund(root, "p");
        const char *const expected[] = {cases[i].points, cases[i].cap, cases[i].reason};
        static const char *const keys[] = {"points", "cap", "reason"};
        if (fixture_number(p, "score") != cases[i].score)
            fail_msg("%s: %g", cases[i].body, fixture_number(p, "score"));
        assert_text(fixture_text(p, "grade"), cases[i].grade);
        for (size_t k = 0; k < 3; k++) {
            json_t *value = json_loads(expected[k], JSON_DECODE_ANY, NULL);
            if (!json_equal(value, json_object_get(first_adjustment(root), keys[k])))
                fail_msg("%s: %s is no %s", cases[i].body, keys[k], expected[k]);
            json_decref(value);
        }
        json_decref(root);
        fixture_end();
    }
}

/* An adjust that lacks a fact is left out whole; one that fails otherwise spoils the fund. */
static void test_adjust__failures(void **state)
{
    static const struct {
        const char *body, *status, *code;
    } cases[] = {
        {"fund:add(5, 'x') if fund.none > 3 then fund:add(1, 'y') end", "scored", "fact-missing"},
        {"fund:add(5, 'x') error('boom')", "error", "script-error"},
        {"fund:add('5', 'x')", "error", "script-error"},
        {"fund:add(0/0, 'x')", "error", "script-error"},
        {"fund:deduct(-5, 'x')", "error", "script-error"},
        {"fund:cap('极差', 'x')", "error", "script-error"},
        {"fund:add(1, {})", "error", "script-error"},
        {"while true do end", "error", "script-error"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rules[256];
        snprintf(rules, sizeof rules, "function rules.adjust(fund) %s end", cases[i].body);
        json_t *root = script_score(rules, FULL, NULL), *p = fixture_fund(root, "p");
        assert_text(fixture_text(p, "status"), cases[i].status);
        script_finding(root, cases[i].code, "p");
        assert_int_equal(json_array_size(json_object_get(p, "adjustments")), 0);
        if (strcmp(cases[i].status, "scored") == 0)
            assert_score_equal(fixture_number(p, "score"), 75);
        else
            assert_true(script_null(p, "score") && script_null(p, "grade"));
        json_decref(root);
        fixture_end();
    }
}

/* Findings with the severity that was asked for, sums within so much, and no effect on the score.
 */
static void test_check__findings(void **state)
{
    static const struct {
        const char *body, *code, *severity, *message; /* code NULL: none at all */
    } cases[] = {
        {"fund:finding('warning', '支出大于下达指标')", "script", "warning", "支出大于下达指标"},
        {"fund:finding('error', 'x')", "script", "error", "x"},
        {"fund:finding('note', 'x', 'overspent')", "overspent", "note", "x"},
        {"fund:expect_sum('expenditure', { 'basic', 'project' }, 0.01)", "sum-mismatch", "warning",
         "basic + project"},
        {"fund:expect_sum('expenditure', { 'basic', 'project' }, 1)", NULL, NULL, NULL},
        {"fund:expect_sum('total', { 'basic', 'basic' }, 0)", NULL, NULL, NULL},
        {"fund:expect_sum('total', { 'basic', 'none' }, 0)", "fact-missing", "warning", "none"},
        {"fund:expect_sum('none', { 'basic' }, 0)", "fact-missing", "warning", "none"},
        {"if fund.basic > fund.project then fund:finding('note', 'y') end", "script", "note", "y"},
        {"if fund.basic > fund.none then fund:finding('note', 'y') end", "fact-missing", "warning",
         "none"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rules[256];
        snprintf(rules, sizeof rules, "function rules.check(fund) %s end", cases[i].body);
        json_t *root = script_score(rules, FULL,
                                    "p,2019,expenditure,30.5\np,2019,basic,20\np,2019,project,10\n"
                                    "p,2019,total,40\n");
        assert_int_equal(json_array_size(json_object_get(root, "findings")), cases[i].code ? 1 : 0);
        if (cases[i].code) {
            json_t *f = script_finding(root, cases[i].code, "p");
            assert_text(fixture_text(f, "severity"), cases[i].severity);
            script_says(f, cases[i].message);
        }
        assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 75);
        assert_int_equal(json_array_size(json_object_get(fixture_fund(root, "p"), "adjustments")),
                         0);
        json_decref(root);
        fixture_end();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_measure__actuals),          cmocka_unit_test(test_measure__targets),
        cmocka_unit_test(test_measure__makes_indicators), cmocka_unit_test(test_adjust__methods),
        cmocka_unit_test(test_adjust__failures),          cmocka_unit_test(test_check__findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
