/*
 * test_score.c - contract 5 through the library: statuses, sums, points handed on, coverage,
 * bounds, grades, each against arithmetic done by hand here.
 */
#include "evaluation_fixture.h"

/* Five indicators of a type without an INI: one met, one half met, one missing, one untargeted, one
 * not applicable. */
static const char *const five = "fund,indicator,target,actual,weight\n"
                                "p,a.one,100,100,40\n"
                                "p,a.two,100,50,20\n"
                                "p,b.three,100,,10\n"
                                "p,b.four,,7,10\n"
                                "p,c.five,100,不适用,20\n";

static void begin(const char *ini, const char *outcomes)
{
    fixture_begin();
    fixture_evaluation("t");
    fixture_file("config/t.ini", ini);
    fixture_file("outcomes.csv", outcomes);
}

static void test_score__defaults(void **state)
{
    (void)state;
    begin("[type]\nname = t\n", five);
    json_t *root = fixture_score(), *p = fixture_fund(root, "p");
    /* missing counts 0; untargeted and not applicable are handed on: (40 + 10 + 0) × 100 / 70. */
    assert_score_equal(fixture_number(p, "score"), 71.43);
    assert_score_equal(fixture_number(p, "coverage"), 60.0 / 80.0);
    /* Low: (40 + 10) × 100 / 80; high: (40 + 10 + 10 + 10) × 100 / 80. */
    assert_score_equal(json_number_value(json_array_get(json_object_get(p, "bounds"), 0)), 62.5);
    assert_score_equal(json_number_value(json_array_get(json_object_get(p, "bounds"), 1)), 87.5);
    assert_text(fixture_text(p, "status"), "scored");
    assert_text(fixture_text(p, "grade"), "中");
    assert_score_equal(fixture_number(fixture_item(root, "p", "b.three"), "score"), 0);
    assert_true(json_is_null(json_object_get(fixture_item(root, "p", "b.four"), "score")));
    assert_text(fixture_text(fixture_item(root, "p", "b.four"), "status"), "untargeted");
    assert_text(fixture_text(fixture_item(root, "p", "c.five"), "status"), "not_applicable");
    json_decref(root);
    fixture_end();
}

static void test_score__policies(void **state)
{
    static const struct {
        const char *ini;
        double score;
    } cases[] = {
        {"[missing]\nactual = exclude\n", 83.33},                  /* 50 × 100 / 60 */
        {"[missing]\nactual = full\n", 85.71},                     /* 60 × 100 / 70 */
        {"[missing]\ntarget = zero\n", 62.5},                      /* 50 × 100 / 80 */
        {"[missing]\ntarget = full\nnot_applicable = full\n", 80}, /* 40 + 10 + 0 + 10 + 20 */
        {"[missing]\nnot_applicable = zero\n", 55.56},             /* 50 × 100 / 90 */
        /* a: 50 of 60; b: 0 of 10 -> 0 of 20; c has nothing left: 50 × 100 / 80. */
        {"[missing]\nrescale = level\n", 62.5},
        {"[rounding]\ndecimals = 0\n", 71},
        {"[rounding]\ndecimals = 1\nmode = down\n", 71.4},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(cases[i].ini, five);
        json_t *root = fixture_score();
        assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), cases[i].score);
        json_decref(root);
        fixture_end();
    }
}

/* 2.675 is two point six seven five, whatever the machine holds. */
static void test_score__rounds_as_a_person(void **state)
{
    (void)state;
    begin("[type]\nname = t\n",
          "fund,indicator,target,actual,weight\np,a.x,400,107,10\np,a.y,1,1,90\n");
    json_t *root = fixture_score();
    assert_score_equal(fixture_number(fixture_item(root, "p", "a.x"), "score"), 2.68);
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 92.68);
    json_decref(root);
    fixture_end();
}

static void test_score__low_coverage_and_unscored(void **state)
{
    (void)state;
    begin("[type]\nname = t\n", "fund,indicator,target,actual,weight\n"
                                "p,a.x,10,10,50\np,a.y,,1,50\nq,a.x,,1,100\n");
    json_t *root = fixture_score(), *p = fixture_fund(root, "p"), *q = fixture_fund(root, "q");
    assert_text(fixture_text(p, "status"), "insufficient");
    assert_score_equal(fixture_number(p, "score"), 100);
    assert_true(json_is_null(json_object_get(p, "grade")));
    assert_int_equal(fixture_findings(root, "low-coverage"), 1);
    assert_text(fixture_text(q, "status"), "unscored");
    assert_true(json_is_null(json_object_get(q, "score")));
    assert_score_equal(fixture_number(q, "coverage"), 0);
    assert_score_equal(json_number_value(json_array_get(json_object_get(q, "bounds"), 1)), 100);
    json_decref(root);
    fixture_end();
}

static void test_score__weights(void **state)
{
    (void)state;
    begin("[levels]\na = 60\nb = 40\n[weights]\na.x = 10\na.* = split\nb.z = 40\n",
          "fund,indicator,target,actual,weight\np,a.x,1,1,12\np,a.y,2,1,\np,a.w,4,1,\np,c.free,1,1,"
          "\n");
    json_t *root = fixture_score();
    assert_score_equal(fixture_number(fixture_item(root, "p", "a.x"), "weight"), 10);
    assert_score_equal(fixture_number(fixture_item(root, "p", "a.y"), "weight"), 25);
    assert_score_equal(fixture_number(fixture_item(root, "p", "a.w"), "score"), 6.25);
    assert_text(fixture_text(fixture_item(root, "p", "b.z"), "status"), "untargeted");
    assert_true(json_is_null(json_object_get(fixture_item(root, "p", "c.free"), "weight")));
    assert_int_equal(fixture_findings(root, "weight-differs"), 1);
    assert_int_equal(fixture_findings(root, "weight-missing"), 1);
    assert_int_equal(fixture_findings(root, "weights-sum"), 0);
    json_decref(root);
    fixture_end();
}

static void test_score__sums_that_are_off_have_no_grade(void **state)
{
    (void)state;
    begin("[levels]\na = 100\n", "fund,indicator,target,actual,weight\np,a.x,1,1,99\n");
    json_t *root = fixture_score(), *p = fixture_fund(root, "p");
    assert_score_equal(fixture_number(p, "score"), 99);
    assert_true(json_is_null(json_object_get(p, "grade")));
    assert_text(fixture_text(p, "status"), "scored");
    assert_int_equal(fixture_findings(root, "weights-sum"), 1);
    assert_int_equal(fixture_findings(root, "level-sum"), 1);
    json_decref(root);
    fixture_end();
}

/* Ten weights of 0.1 are one. */
static void test_score__tenths_add_up(void **state)
{
    char outcomes[1024] = "fund,indicator,target,actual,weight\n";
    (void)state;
    for (int i = 0; i < 10; i++)
        snprintf(outcomes + strlen(outcomes), sizeof outcomes - strlen(outcomes),
                 "p,a.i%d,1,1,0.1\n", i);
    begin("[type]\nfull_score = 1\n", outcomes);
    json_t *root = fixture_score();
    assert_int_equal(fixture_findings(root, "weights-sum"), 0);
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 1);
    assert_text(fixture_text(fixture_fund(root, "p"), "grade"), "优");
    json_decref(root);
    fixture_end();
}

static void test_score__adjustments_and_caps(void **state)
{
    (void)state;
    begin("[type]\nname = t\n",
          "fund,indicator,target,actual,weight\np,a.x,1,1,100\nq,a.x,1,1,100\n");
    fixture_file("evaluation.ini",
                 "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = outcomes.csv\n"
                 "[data adjustments]\npath = adjustments.csv\n");
    fixture_file("adjustments.csv",
                 "fund,points,cap,reason\np,-2.5,,late\np,,中,misuse\nq,3,,bonus\n");
    json_t *root = fixture_score(), *p = fixture_fund(root, "p");
    assert_score_equal(fixture_number(p, "score"), 97.5);
    assert_text(fixture_text(p, "grade"), "中");
    assert_int_equal(json_array_size(json_object_get(p, "adjustments")), 2);
    assert_score_equal(fixture_number(fixture_fund(root, "q"), "score"), 100);
    json_decref(root);
    fixture_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_score__defaults),
        cmocka_unit_test(test_score__policies),
        cmocka_unit_test(test_score__rounds_as_a_person),
        cmocka_unit_test(test_score__low_coverage_and_unscored),
        cmocka_unit_test(test_score__weights),
        cmocka_unit_test(test_score__sums_that_are_off_have_no_grade),
        cmocka_unit_test(test_score__tenths_add_up),
        cmocka_unit_test(test_score__adjustments_and_caps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
