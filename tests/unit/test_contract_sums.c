/*
 * test_contract_sums.c - contract 5, points 5 to 7: coverage, bounds, a fund's status, departments.
 */
#include "evaluation_fixture.h"

static void begin(const char *ini, const char *outcomes)
{
    fixture_begin();
    fixture_evaluation("t");
    fixture_file("config/t.ini", ini);
    fixture_file("outcomes.csv", outcomes);
}

static void end(json_t *root)
{
    json_decref(root);
    fixture_end();
}

static double bound_of(json_t *fund, size_t i)
{
    return json_number_value(json_array_get(json_object_get(fund, "bounds"), i));
}

/* Met 50, half of 10, missing 20, untargeted 5, unrated 5, rejected 4, not applicable 6. */
static const char *const all_kinds =
    "fund,indicator,target,actual,weight\np,a.met,1,1,50\np,a.half,10,5,10\n"
    "p,a.missing,1,,20\np,b.untargeted,,1,5\np,b.unrated,提高,有所提高,5\n"
    "p,b.rejected,5,1..5,4\np,c.void,5,不适用,6\n";

static void test_sums__coverage_and_bounds(void **state)
{
    static const struct {
        const char *ini;
        double score, low, high;
    } cases[] = {
        /* 55 × 100/80; 55 × 100/94; (55 + 34) × 100/94 */
        {"", 68.75, 58.51, 94.68},
        /* 75 × 100/80: bounds do not ask what a status earns */
        {"[missing]\nactual = full\n", 93.75, 58.51, 94.68},
        {"[missing]\ntarget = zero\nrating = zero\nrejected = zero\n", 58.51, 58.51, 94.68},
        /* what is not applicable stays what [missing] says: 55, 55 + 34; 61, 61 + 34 */
        {"[missing]\nnot_applicable = zero\n", 63.95, 55, 89}, /* 55 × 100/86 */
        {"[missing]\nnot_applicable = full\n", 70.93, 61, 95}, /* 61 × 100/86 */
        {"[rounding]\ndecimals = 0\n", 69, 59, 95},
        {"[rounding]\nmode = down\n", 68.75, 58.51, 94.68},
        /* a: 55 of 80; b has 14 of 14 at 0 or full; c hands on: 55 × 100/94, 89 × 100/94 */
        {"[missing]\nrescale = level\n", 68.75, 58.51, 94.68},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(cases[i].ini, all_kinds);
        json_t *root = fixture_score(), *p = fixture_fund(root, "p");
        assert_near(fixture_number(p, "coverage"), 60.0 / 94, 1e-14);
        assert_score_equal(fixture_number(p, "score"), cases[i].score);
        assert_score_equal(bound_of(p, 0), cases[i].low);
        assert_score_equal(bound_of(p, 1), cases[i].high);
        end(root);
    }
}

/* Bounds are fund scores: adjusted and clamped too. */
static void test_sums__bounds_are_adjusted(void **state)
{
    (void)state;
    begin("", "fund,indicator,target,actual,weight\np,a.x,1,1,70\np,a.y,1,,30\n");
    fixture_file("evaluation.ini",
                 "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = outcomes.csv\n"
                 "[data adjustments]\npath = adjustments.csv\n");
    fixture_file("adjustments.csv", "fund,points,reason\np,5.5,x\n");
    json_t *root = fixture_score(), *p = fixture_fund(root, "p");
    assert_score_equal(fixture_number(p, "score"), 75.5);
    assert_score_equal(bound_of(p, 0), 75.5);
    assert_score_equal(bound_of(p, 1), 100);
    end(root);
}

static void test_sums__status(void **state)
{
    static const struct {
        const char *ini, *actual, *status;
        size_t low;
    } cases[] = {
        {"", "1", "scored", 0},
        {"", "", "insufficient", 1},
        {"[type]\nmin_coverage = 0.5\n", "", "scored", 0},
        {"[type]\nmin_coverage = 0.51\n", "", "insufficient", 1},
        {"[type]\nmin_coverage = 0\n", "", "scored", 0},
        {"[type]\nmin_coverage = 1\n", "1", "scored", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char outcomes[128];
        snprintf(outcomes, sizeof outcomes,
                 "fund,indicator,target,actual,weight\np,a.x,1,1,50\np,a.y,1,%s,50\n",
                 cases[i].actual);
        begin(cases[i].ini, outcomes);
        json_t *root = fixture_score(), *p = fixture_fund(root, "p");
        assert_text(fixture_text(p, "status"), cases[i].status);
        assert_int_equal(fixture_findings(root, "low-coverage"), cases[i].low);
        assert_true(json_is_null(json_object_get(p, "grade")) == (cases[i].low == 1));
        assert_score_equal(fixture_number(p, "score"), cases[i].actual[0] ? 100 : 50);
        assert_score_equal(bound_of(p, 1), 100);
        end(root);
    }
}

/* Three shares, two scored: coverage is 2/3, not a cut decimal. */
static void test_sums__coverage_is_exact(void **state)
{
    (void)state;
    begin("[levels]\na = 100\n[weights]\na.* = split\n",
          "fund,indicator,target,actual\np,a.x,1,1\np,a.y,1,1\np,a.z,,1\n");
    json_t *root = fixture_score();
    assert_near(fixture_number(fixture_fund(root, "p"), "coverage"), 2.0 / 3, 1e-14);
    end(root);
}

/* Coverage and bounds are there without a score. */
static void test_sums__unscored(void **state)
{
    (void)state;
    begin("", "fund,indicator,target,actual,weight\np,a.x,,1,60\np,a.y,1,不适用,40\nq,a.x,1,不适用,"
              "100\n");
    json_t *root = fixture_score(), *p = fixture_fund(root, "p"), *q = fixture_fund(root, "q");
    assert_text(fixture_text(p, "status"), "unscored");
    assert_true(json_is_null(json_object_get(p, "score")));
    assert_true(json_is_null(json_object_get(p, "grade")));
    assert_score_equal(fixture_number(p, "coverage"), 0);
    assert_score_equal(bound_of(p, 0), 0);
    assert_score_equal(bound_of(p, 1), 100);
    assert_text(fixture_text(q, "status"), "unscored");
    assert_true(json_is_null(json_object_get(q, "coverage"))); /* nothing applies */
    assert_true(json_is_null(json_object_get(q, "bounds")));
    end(root);
}

/* A script error spoils its fund alone; what it would have been between stays. */
static void test_sums__error(void **state)
{
    (void)state;
    begin("", "fund,indicator,target,actual,weight\np,a.x,1,1,60\np,a.bad,1,1,40\nq,a.x,1,1,100\n");
    fixture_file("scripts/t.lua",
                 "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n"
                 "rules.indicator['a.bad'] = function() return {} end\nreturn rules\n");
    json_t *root = fixture_score(), *p = fixture_fund(root, "p");
    assert_text(fixture_text(p, "status"), "error");
    assert_true(json_is_null(json_object_get(p, "score")));
    assert_true(json_is_null(json_object_get(p, "grade")));
    assert_score_equal(fixture_number(p, "coverage"), 0.6);
    assert_true(json_is_null(json_object_get(fixture_item(root, "p", "a.bad"), "score")));
    assert_int_equal(fixture_findings(root, "script-error"), 1);
    assert_score_equal(fixture_number(fixture_fund(root, "q"), "score"), 100);
    end(root);
}

static const char *const roll_up =
    "[evaluation]\nyears = 2018-2019\ntype = t\n[data funds]\npath = funds.csv\n"
    "[data outcomes]\npath = outcomes.csv\n";

/* Over funds that contain no other: means weighted by spent and plain, grades, money that has a
 * score. */
static void test_sums__departments(void **state)
{
    (void)state;
    begin("",
          "fund,year,indicator,target,actual,weight\nwhole,2019,a.x,100,10,100\na,2019,a.x,100,95,"
          "100\n"
          "b,2019,a.x,100,85,100\nc,2019,a.x,100,82,100\nd,2019,a.x,,1,100\na,2018,a.x,100,70,100\n"
          "e,2019,a.x,100,60,100\nf,2019,a.x,100,1,100\nwhole,2018,a.x,100,50,100\n");
    fixture_file("evaluation.ini", roll_up);
    fixture_file(
        "funds.csv",
        "fund,year,department,part_of,spent\nwhole,2019,甲,,900万元\na,2019,甲,whole,100万元\n"
        "b,2019,甲,whole,300万元\nc,2019,甲,,0\nd,2019,甲,,100万元\na,2018,甲,,50万元\n"
        "e,2019,乙,,\nf,2019,,,7\nwhole,2018,甲,,150万元\n");
    json_t *root = fixture_score(), *list = json_object_get(root, "departments"),
           *d = json_array_get(list, 0);
    assert_int_equal(json_array_size(list), 3);
    assert_text(fixture_text(d, "department"), "甲");
    assert_score_equal(fixture_number(d, "year"), 2019);
    assert_score_equal(fixture_number(d, "funds"), 4);
    assert_score_equal(fixture_number(d, "weighted_mean"), 87.5);    /* (95 × 1 + 85 × 3) / 4 */
    assert_score_equal(fixture_number(d, "mean"), 87.33);            /* (95 + 85 + 82) / 3 */
    assert_score_equal(fixture_number(d, "coverage_by_money"), 0.8); /* 400 of 500 */
    json_t *grades = json_object_get(d, "grades");
    assert_int_equal(json_object_size(grades), 2);
    assert_score_equal(fixture_number(grades, "优"), 1);
    assert_score_equal(fixture_number(grades, "良"), 2);
    d = json_array_get(list, 1); /* in 2018 nothing is part of the whole */
    assert_score_equal(fixture_number(d, "year"), 2018);
    assert_score_equal(fixture_number(d, "funds"), 2);
    assert_score_equal(fixture_number(d, "weighted_mean"), 55); /* (70 × 50 + 50 × 150) / 200 */
    d = json_array_get(list, 2);                                /* spent is not known */
    assert_text(fixture_text(d, "department"), "乙");
    assert_score_equal(fixture_number(d, "mean"), 60);
    assert_true(json_is_null(json_object_get(d, "weighted_mean")));
    assert_true(json_is_null(json_object_get(d, "coverage_by_money")));
    end(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums__coverage_and_bounds),
        cmocka_unit_test(test_sums__bounds_are_adjusted),
        cmocka_unit_test(test_sums__status),
        cmocka_unit_test(test_sums__coverage_is_exact),
        cmocka_unit_test(test_sums__unscored),
        cmocka_unit_test(test_sums__error),
        cmocka_unit_test(test_sums__departments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
