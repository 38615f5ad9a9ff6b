/*
 * test_contract_score.c - contract 5, points 1 to 4 and 6: order of statuses, rounding, [missing],
 * rescaling, adjustments, caps, veto. Departments, coverage and bounds are in test_contract_sums.c.
 */
#include "evaluation_fixture.h"

static const char *const with_adjustments =
    "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = outcomes.csv\n"
    "[data adjustments]\npath = adjustments.csv\n[data facts]\npath = facts.csv\n";

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

static double score_of(json_t *root, const char *path)
{
    return fixture_number(fixture_item(root, "p", path), "score");
}

/* The first that holds: each row would also have the statuses after its own. */
static void test_score__status_order(void **state)
{
    static const struct {
        const char *row, *status;
    } cases[] = {
        {"p,a.x,≥5,不适用,100,好", "not_applicable"}, /* though rated */
        {"p,a.x,不适用,,100,", "not_applicable"},     /* though missing */
        {"p,a.x,,N/A,100,", "not_applicable"},        /* though untargeted */
        {"p,a.x,≥5,12..5,100,好", "scored"},          /* rated, though rejected */
        {"p,a.x,,,100,好", "scored"},                 /* rated, though untargeted and missing */
        {"p,a.x,≥5,12..5,100,", "rejected"},
        {"p,a.x,≥5万元,3人,100,", "rejected"},
        {"p,a.x,12..5,5,100,", "rejected"},
        {"p,a.x,,,100,", "untargeted"}, /* whatever the actual */
        {"p,a.x,,5,100,", "untargeted"},
        {"p,a.x,≥5,,100,", "missing"},
        {"p,a.x,≥5,—,100,", "missing"},
        {"p,a.x,提高,,100,", "missing"}, /* though not rated */
        {"p,a.x,提高,有所提高,100,", "unrated"},
        {"p,a.x,提高,好,100,", "scored"},
        {"p,a.x,提高,提高,100,", "scored"},
        {"p,a.x,≥5,5,100,", "scored"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char outcomes[256];
        snprintf(outcomes, sizeof outcomes, "fund,indicator,target,actual,weight,rating\n%s\n",
                 cases[i].row);
        begin("[ratings]\n好 = 1\n", outcomes);
        json_t *root = fixture_score(), *x = fixture_item(root, "p", "a.x");
        if (strcmp(fixture_text(x, "status"), cases[i].status) != 0)
            fail_msg("%s: %s", cases[i].row, fixture_text(x, "status"));
        assert_true(json_is_null(json_object_get(x, "attainment")) ==
                    (strcmp(cases[i].status, "scored") != 0));
        end(root);
    }
}

/* weight × actual / 1000, to decimals by mode. */
static void test_score__rounding(void **state)
{
    static const struct {
        const char *rounding;
        int thousandths; /* of a weight of 10 */
        double score;
    } cases[] = {
        {"decimals = 2\nmode = half_up", 0, 0},
        {"decimals = 2\nmode = half_up", 267, 2.67},
        {"decimals = 1\nmode = half_up", 265, 2.7},
        {"decimals = 1\nmode = half_even", 265, 2.6},
        {"decimals = 1\nmode = half_even", 275, 2.8},
        {"decimals = 1\nmode = half_even", 266, 2.7},
        {"decimals = 1\nmode = down", 269, 2.6},
        {"decimals = 1\nmode = down", 260, 2.6},
        {"decimals = 0\nmode = half_up", 250, 3},
        {"decimals = 0\nmode = half_even", 250, 2},
        {"decimals = 0\nmode = down", 999, 9},
        {"decimals = 4\nmode = half_up", 267, 2.67},
        {"mode = down", 1000, 10},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char ini[128], outcomes[128];
        snprintf(ini, sizeof ini, "[type]\nfull_score = 10\n[rounding]\n%s\n", cases[i].rounding);
        snprintf(outcomes, sizeof outcomes,
                 "fund,indicator,target,actual,weight\np,a.x,1000,%d,10\n", cases[i].thousandths);
        begin(ini, outcomes);
        json_t *root = fixture_score();
        assert_score_equal(score_of(root, "a.x"), cases[i].score);
        assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), cases[i].score);
        end(root);
    }
}

/* Ties that a double holds a little below, and Lua numbers at 15 digits. */
static void test_score__decimal_ties(void **state)
{
    static const struct {
        const char *given;
        double score;
    } cases[] = {
        {"0.2675", 2.68},              /* 2.675 */
        {"0.1005", 1.01},              /* 1.005 */
        {"0.1 + 0.2 - 0.0325", 2.68},  /* 0.2675 with the noise of a sum */
        {"0.267499999999999", 2.67},   /* 15 digits: below the tie */
        {"0.26749999999999996", 2.68}, /* 17 digits: the tie */
        {"1 / 3", 3.33},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char script[256];
        begin("[type]\nfull_score = 10\n", "fund,indicator,target,actual,weight\np,a.x,1,1,10\n");
        snprintf(script, sizeof script,
                 "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n"
                 "rules.indicator['a.x'] = function() return %s end\nreturn rules\n",
                 cases[i].given);
        fixture_file("scripts/t.lua", script);
        json_t *root = fixture_score();
        assert_score_equal(score_of(root, "a.x"), cases[i].score);
        end(root);
    }
}

/* 33.5 × 199/200 = 33.3325 twice and 33 × 199/200 = 32.835: rounded each by itself, or only their
 * sum, 99.5. */
static void test_score__apply_total(void **state)
{
    static const char *const outcomes =
        "fund,indicator,target,actual,weight\n"
        "p,a.x,200,199,33.5\np,b.x,200,199,33.5\np,c.x,200,199,33\n";
    static const struct {
        const char *ini;
        double item, score;
    } cases[] = {
        {"[rounding]\napply = indicator\n", 33.33, 99.5}, /* 33.33 + 33.33 + 32.84 */
        {"[rounding]\napply = indicator\nmode = down\n", 33.33, 99.49},
        {"[rounding]\napply = total\nmode = down\n", 33.3325, 99.5},
        {"[rounding]\napply = total\nmode = down\n[missing]\nrescale = level\n", 33.3325, 99.5},
        {"[rounding]\napply = indicator\ndecimals = 0\n", 33, 99},
        {"[rounding]\napply = total\ndecimals = 0\n", 33.3325, 100},
        {"[rounding]\napply = total\ndecimals = 0\n[missing]\nrescale = level\n", 33.3325, 100},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(cases[i].ini, outcomes);
        json_t *root = fixture_score();
        assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), cases[i].score);
        assert_score_equal(score_of(root, "a.x"), cases[i].item);
        end(root);
    }
}

/* One indicator of 60 that is met, one of 40 of each status, under each policy. */
static void test_score__policies(void **state)
{
    static const struct {
        const char *key, *cells, *by_default;
    } statuses[] = {
        {"actual", "≥5,,40", "zero"},
        {"target", ",5,40", "exclude"},
        {"rating", "提高,有所提高,40", "exclude"},
        {"rejected", "≥5,1..5,40", "exclude"},
        {"not_applicable", "≥5,不适用,40", "exclude"},
    };
    static const struct {
        const char *policy;
        double fund; /* 30 of 60: 30, 30 × 100 / 60, 30 + 40 */
    } policies[] = {{"zero", 30}, {"exclude", 50}, {"full", 70}};
    (void)state;
    for (size_t s = 0; s < 5; s++) {
        for (size_t k = 0; k < 4; k++) { /* the fourth: what holds by default */
            char ini[128] = "[missing]\n", outcomes[128];
            size_t is = k < 3 ? k : strcmp(statuses[s].by_default, "zero") == 0 ? 0 : 1;
            if (k < 3)
                snprintf(ini, sizeof ini, "[missing]\n%s = %s\n", statuses[s].key,
                         policies[k].policy);
            snprintf(outcomes, sizeof outcomes,
                     "fund,indicator,target,actual,weight\np,a.x,10,5,60\np,b.y,%s\n",
                     statuses[s].cells);
            begin(ini, outcomes);
            json_t *root = fixture_score(), *y = fixture_item(root, "p", "b.y");
            assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), policies[is].fund);
            if (is == 1)
                assert_true(json_is_null(json_object_get(y, "score")));
            else
                assert_score_equal(fixture_number(y, "score"), is == 0 ? 0 : 40);
            assert_true(json_is_null(json_object_get(y, "attainment")));
            end(root);
        }
    }
}

/* Where an excluded indicator's points go: to all, or to its own branch first. */
static void test_score__rescale(void **state)
{
    static const char *const outcomes =
        "fund,indicator,target,actual,weight\np,a.x,10,5,30\np,a.y,,5,20\n"
        "p,b.x,10,10,30\np,c.x,,5,20\n";
    (void)state;
    begin("[missing]\nrescale = total\n", outcomes);
    json_t *root = fixture_score(), *p = fixture_fund(root, "p"),
           *levels = json_object_get(p, "levels");
    assert_score_equal(fixture_number(p, "score"), 75);                         /* 45 × 100 / 60 */
    assert_score_equal(fixture_number(json_array_get(levels, 0), "score"), 15); /* plain sums */
    assert_score_equal(fixture_number(json_array_get(levels, 0), "weight"), 50);
    assert_score_equal(fixture_number(json_array_get(levels, 1), "score"), 30);
    assert_true(json_is_null(json_object_get(json_array_get(levels, 2), "score")));
    assert_score_equal(fixture_number(json_array_get(levels, 2), "weight"), 20);
    end(root);
    begin("[missing]\nrescale = level\n", outcomes);
    root = fixture_score();
    /* a: 15 × 50 / 30 = 25; b: 30; c has nothing left: 55 × 100 / 80. */
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 68.75);
    end(root);
}

/* What explain says of it can be redone by hand. */
static void test_score__rescale_is_explained(void **state)
{
    static const struct {
        const char *apply, *says;
    } cases[] = {
        {"indicator", "a 3.33 × 50 ÷ 30 = 5.55, b 30.00; 35.55 × 100 ÷ 80 → 44.44\n"},
        {"total", "a 3.33333333 × 50 ÷ 30 = 5.55555556, b 30; 35.5555556 × 100 ÷ 80 → 44.44\n"},
    };
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        char ini[128], path[256], text[4096] = "";
        sy_run *run;
        sy_error err = {0};
        sy_run_options options = {.struct_size = sizeof options, .data = fixture_data()};
        snprintf(ini, sizeof ini, "[missing]\nrescale = level\n[rounding]\napply = %s\n",
                 cases[i].apply);
        begin(ini, "fund,indicator,target,actual,weight\np,a.x,9,1,30\np,a.y,,5,20\np,b.x,10,10,"
                   "30\np,c.x,,5,20\n");
        snprintf(path, sizeof path, "%s/out", fixture_folder);
        assert_int_equal(sy_run_open(&run, fixture_folder, &options, &err), SY_OK);
        assert_int_equal(sy_run_explain(run, "p", 0, NULL, path, &err), SY_OK);
        sy_run_close(run);
        FILE *f = fopen(path, "rb");
        assert_non_null(f);
        assert_true(fread(text, 1, sizeof text - 1, f) > 0);
        fclose(f);
        if (!strstr(text, cases[i].says))
            fail_msg("no '%s' in %s", cases[i].says, text);
        fixture_end();
    }
}

/* Total weight is the sum of the fund's weights, whatever the full score. */
static void test_score__total_weight(void **state)
{
    (void)state;
    begin("[type]\nfull_score = 100\n",
          "fund,indicator,target,actual,weight\np,a.x,1,1,40\np,a.y,,1,40\n");
    json_t *root = fixture_score(), *p = fixture_fund(root, "p");
    assert_score_equal(fixture_number(p, "score"), 80); /* 40 × 80 / 40 */
    assert_true(json_is_null(json_object_get(p, "grade")));
    end(root);
    begin("[type]\nfull_score = 50\n",
          "fund,indicator,target,actual,weight\np,a.x,1,1,40\np,a.y,,1,40\n");
    root = fixture_score();
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"),
                       50); /* 80, within the full score */
    end(root);
}

static void begin_adjusted(const char *ini, const char *adjustments)
{
    begin(ini, "fund,indicator,target,actual,weight\np,a.x,100,90,100\n");
    fixture_file("evaluation.ini", with_adjustments);
    fixture_file("adjustments.csv", adjustments);
    fixture_file("facts.csv", "fund,fact,value\np,late,3\n");
}

/* 90 points, adjusted: rounded once, within 0 and the full score; the grade after it. */
static void test_score__adjustments(void **state)
{
    static const struct {
        const char *ini, *rows;
        double score;
        const char *grade;
    } cases[] = {
        {"", "p,-0.01,,a", 89.99, "良"},
        {"", "p,-0.004,,a", 90, "优"}, /* printed 90.00 */
        {"", "p,-0.5,,a\np,-0.25,,b\np,1,,c", 90.25, "优"},
        {"", "p,11,,a", 100, "优"},
        {"", "p,-91,,a", 0, "差"},
        {"", "p,15,,a\np,-10,,b", 95, "优"}, /* clamped after all of them */
        {"[rounding]\ndecimals = 0\n", "p,-0.5,,a\np,-0.5,,b", 89, "良"},
        {"", "p,-100,,a\np,60,,b\np,0.05,,c", 50.05, "差"},
        {"[rounding]\nmode = down\n", "p,-100,,a\np,60,,b\np,0.05,,c", 50.05, "差"},
        {"", "p,,中,a", 90, "中"},
        {"", "p,,良,a\np,,中,b\np,,优,c", 90, "中"}, /* the lowest cap */
        {"", "p,-15,优,a", 75, "中"},                /* a cap lifts nothing */
        {"", "p,-1,差,a", 89, "差"},
        {"[grades]\n不予评级 = cap\n", "p,0,,a", 90, "优"}, /* no score has it */
        {"[grades]\n不予评级 = cap\n", "p,-100,,a", 0, "差"},
        {"[grades]\n不予评级 = cap\n", "p,,不予评级,a", 90, "不予评级"},
        {"[grades]\n不予评级 = cap\n", "p,-100,不予评级,a", 0, "不予评级"}, /* the lowest */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char rows[256];
        snprintf(rows, sizeof rows, "fund,points,cap,reason\n%s\n", cases[i].rows);
        begin_adjusted(cases[i].ini, rows);
        json_t *root = fixture_score(), *p = fixture_fund(root, "p");
        assert_score_equal(fixture_number(p, "score"), cases[i].score);
        assert_text(fixture_text(p, "grade"), cases[i].grade);
        end(root);
    }
}

/* rules.adjust, after the rows of the table: points, a cap, a veto. */
static void test_score__script_adjustments(void **state)
{
    static const struct {
        const char *body;
        double score;
        const char *grade;
        size_t listed;
    } cases[] = {
        {"fund:add(2, 'x')", 91, "优", 2},
        {"fund:deduct(fund.late, 'x')", 86, "良", 2},
        {"fund:cap('中', 'x')", 89, "中", 2},
        {"fund:veto('x')", 0, "差", 2},
        {"fund:veto('x') fund:add(50, 'y')", 0, "差", 3},
        {"if fund.score == 90 then fund:add(1, 'x') end", 90, "优", 2},
        {"if fund.nothing > 1 then fund:add(1, 'x') end", 89, "良", 1}, /* left out */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char script[256];
        begin_adjusted("", "fund,points,cap,reason\np,-1,,row\n");
        snprintf(script, sizeof script,
                 "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n"
                 "function rules.adjust(fund) %s end\nreturn rules\n",
                 cases[i].body);
        fixture_file("scripts/t.lua", script);
        json_t *root = fixture_score(), *p = fixture_fund(root, "p");
        assert_score_equal(fixture_number(p, "score"), cases[i].score);
        assert_text(fixture_text(p, "grade"), cases[i].grade);
        assert_int_equal(json_array_size(json_object_get(p, "adjustments")), cases[i].listed);
        end(root);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_score__status_order),
        cmocka_unit_test(test_score__rounding),
        cmocka_unit_test(test_score__decimal_ties),
        cmocka_unit_test(test_score__apply_total),
        cmocka_unit_test(test_score__policies),
        cmocka_unit_test(test_score__rescale),
        cmocka_unit_test(test_score__rescale_is_explained),
        cmocka_unit_test(test_score__total_weight),
        cmocka_unit_test(test_score__adjustments),
        cmocka_unit_test(test_score__script_adjustments),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
