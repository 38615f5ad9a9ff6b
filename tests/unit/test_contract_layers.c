/*
 * test_contract_layers.c - contract 3: which INI wins (extends, installed, the evaluation's, year
 * folders, --set, none), what an INI may not hold, and the installed project_self_evaluation.
 */
#include "evaluation_fixture.h"

static const char *const one_row = "fund,indicator,target,actual,weight\np,a.x,1,1,100\n";

static void begin(const char *type, const char *outcomes)
{
    fixture_begin();
    fixture_evaluation(type);
    fixture_file("outcomes.csv", outcomes);
}

static void end(json_t *root)
{
    json_decref(root);
    fixture_end();
}

static double weight_of(json_t *root, const char *path)
{
    return fixture_number(fixture_item(root, "p", path), "weight");
}

static json_t *score_with_set(const char *set)
{
    sy_error err = {0};
    sy_run_options options = {.sets = &set, .nsets = 1};
    json_t *root = fixture_score_with(&options, &err);
    if (!root)
        fail_msg("%s: %s", err.file, err.message);
    return root;
}

static void test_layers__extends(void **state)
{
    (void)state;
    begin("child", "fund,indicator,target,actual\np,a.x,1,1\np,a.y,1,1\np,a.z,1,1\n");
    fixture_file("config/root.ini",
                 "[type]\nname = root\nfull_score = 50\n[weights]\na.x = 1\na.y = 2\na.z = 3\n");
    fixture_file("config/middle.ini", "[type]\nextends = root\n[weights]\na.y = 20\na.z = 30\n");
    fixture_file("config/child.ini", "[type]\nextends = middle\n[weights]\na.z = 29\n");
    json_t *root = fixture_score();
    assert_score_equal(weight_of(root, "a.x"), 1);
    assert_score_equal(weight_of(root, "a.y"), 20);
    assert_score_equal(weight_of(root, "a.z"), 29);
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "full_score"), 50);
    assert_int_equal(fixture_findings(root, "weights-sum"), 0);
    end(root);
}

/* Each later layer holds one key that the next one replaces. */
static void test_layers__order(void **state)
{
    (void)state;
    begin("project_self_evaluation",
          "fund,indicator,target,actual\np,a.own,1,1\np,a.open,1,1\np,a.year,1,1\np,a.set,1,1\n");
    fixture_file("config/project_self_evaluation.ini",
                 "[weights]\nexecution.rate = 11\na.own = 12\na.open = 0\na.year = 0\na.set = 0\n");
    fixture_file("config/-2019/project_self_evaluation.ini",
                 "[weights]\na.open = 1\na.year = 1\na.set = 1\n");
    fixture_file("config/2018-2019/project_self_evaluation.ini",
                 "[weights]\na.open = 13\na.year = 2\na.set = 2\n");
    fixture_file("config/2019/project_self_evaluation.ini", "[weights]\na.year = 14\na.set = 3\n");
    fixture_file("config/2020-/project_self_evaluation.ini", "[weights]\na.own = 99\n");
    fixture_file("config/-2018/project_self_evaluation.ini", "[weights]\na.own = 98\n");
    json_t *root = score_with_set("project_self_evaluation.weights.a.set=15");
    assert_score_equal(weight_of(root, "execution.rate"), 11); /* over the installed 10 */
    assert_score_equal(weight_of(root, "a.own"), 12);
    assert_score_equal(weight_of(root, "a.open"), 13);
    assert_score_equal(weight_of(root, "a.year"), 14);
    assert_score_equal(weight_of(root, "a.set"), 15);
    end(root);
}

static void test_layers__years_differ(void **state)
{
    static const struct {
        int year;
        double weight;
    } cases[] = {{2017, 1}, {2018, 2}, {2019, 3}, {2020, 4}, {2022, 5}};
    (void)state;
    fixture_begin();
    fixture_file(
        "evaluation.ini",
        "[evaluation]\nyears = 2017-2022\ntype = t\n[data outcomes]\npath = outcomes.csv\n");
    fixture_file(
        "outcomes.csv",
        "fund,year,indicator,target,actual\np,2017,a.x,1,1\np,2018,a.x,1,1\np,2019,a.x,1,1\n"
        "p,2020,a.x,1,1\np,2022,a.x,1,1\n");
    fixture_file("config/t.ini", "[weights]\na.x = 2\n");
    fixture_file("config/-2017/t.ini", "[weights]\na.x = 1\n");
    fixture_file("config/2019/t.ini", "[weights]\na.x = 3\n");
    fixture_file("config/2020-/t.ini", "[weights]\na.x = 4\n");
    fixture_file("config/2021-2022/t.ini", "[weights]\na.x = 5\n");
    json_t *root = fixture_score(), *funds = json_object_get(root, "funds");
    assert_int_equal(json_array_size(funds), 5);
    for (size_t i = 0; i < 5; i++) {
        json_t *fund = json_array_get(funds, i);
        assert_score_equal(fixture_number(fund, "year"), cases[i].year);
        assert_score_equal(
            fixture_number(json_array_get(json_object_get(fund, "indicators"), 0), "weight"),
            cases[i].weight);
    }
    end(root);
}

/* `none` takes a key back: the data's weight, no target, no level, the default policy. */
static void test_layers__none(void **state)
{
    (void)state;
    begin("project_self_evaluation",
          "fund,indicator,target,actual,weight\np,execution.rate,,80%,25\np,a.x,,5,75\n");
    fixture_file("config/project_self_evaluation.ini",
                 "[levels]\nexecution = none\noutput = none\nbenefit = none\n"
                 "satisfaction = none\n[weights]\nexecution.rate = none\n"
                 "[targets]\nexecution.rate = none\n[missing]\ntarget = none\n");
    json_t *root = fixture_score();
    assert_score_equal(weight_of(root, "execution.rate"), 25);
    assert_text(fixture_text(fixture_item(root, "p", "execution.rate"), "status"), "untargeted");
    assert_int_equal(fixture_findings(root, "level-sum"), 0);
    assert_int_equal(fixture_findings(root, "weight-differs"), 0);
    assert_text(fixture_text(fixture_fund(root, "p"), "status"),
                "unscored"); /* excluded, as by default */
    end(root);
}

/* What --set can reach, and that it is the last. */
static void test_layers__set(void **state)
{
    (void)state;
    begin("t", "fund,indicator,target,actual,weight\np,a.x,3,2,100\n");
    fixture_file("config/t.ini", "[weights]\na.x = 60\n[rounding]\ndecimals = 1\n");
    json_t *root = score_with_set("t.weights.a.x=100");
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 66.7);
    json_decref(root);
    root = score_with_set("t.rounding.mode=down");
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 40);
    json_decref(root);
    root = score_with_set("t.weights.a.x=none");
    assert_score_equal(weight_of(root, "a.x"), 100);
    json_decref(root);
    static const char *const wrong[] = {
        "t.weight.a.x=1", "t.rounding.decimal=1", "t.rounding.decimals=x", "u.weights.a.x=1",
        "t.weights",      "t.type.full_score=0"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        sy_error err = {0};
        sy_run_options options = {.sets = &wrong[i], .nsets = 1};
        assert_null(fixture_score_with(&options, &err));
        assert_int_equal(err.status, SY_EUSAGE);
    }
    fixture_end();
}

/* An INI that cannot be read exactly: file and line. */
static void test_layers__refused(void **state)
{
    static const struct {
        const char *ini;
        uint32_t line;
        const char *says;
    } cases[] = {
        {"[type]\nname = t\n[weigts]\na.x = 1\n", 3, "[weights]"},
        {"[type]\nnam = t\n", 2, "'name'"},
        {"[rounding]\ndecimals = 2\nmod = down\n", 3, "'mode'"},
        {"[missing]\nactuals = zero\n", 2, "'actual'"},
        {"[missing]\nactual = zeros\n", 2, "'zero'"},
        {"[rounding]\nmode = up\n", 2, "half_up"},
        {"[rounding]\ndecimals = two\n", 2, "two"},
        {"[rounding]\ndecimals = 1.5\n", 2, "1.5"},
        {"[type]\nfull_score = many\n", 2, "many"},
        {"[type]\nmin_coverage = 60\n", 2, "60"},
        {"[levels]\na = x\n", 2, "x"},
        {"[weights]\na.x = ten\n", 2, "ten"},
        {"[weights]\na.x = -1\n", 2, "-1"},
        {"[weights]\na.* = split\n", 2, "split"},
        {"[signs]\na.x = =>>\n", 2, "=>>"},
        {"[ratings]\n好 = 1.2\n", 2, "1.2"},
        {"[grades]\n好 = high\n", 2, "high"},
        {"[facts]\nstaff = nummber\n", 2, "'number'"},
        {"[weights]\na.x = 1\na.x = 2\n", 3, "a.x"},
        {"[weights]\na.x = 1\n[signs]\na.x = <=\n[weights]\na.x = 2\n", 6, "a.x"},
        {"[weights]\na.x = 1\n  2\n", 3, ""},
        {"[weights\na.x = 1\n", 1, ""},
        {"[weights]\na.x\n", 2, ""},
        {"a.x = 1\n", 1, ""},
        {"[type]\nextends = nobody\n", 2, "nobody"},
        {"[type]\nextends = t\n", 2, "t"},
        {"[a_section_name_that_is_longer_than_the_forty_nine_bytes_of_inih]\n", 1, ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sy_error err = {0};
        begin("t", one_row);
        fixture_file("config/t.ini", cases[i].ini);
        json_t *root = fixture_score_with(NULL, &err);
        if (root || err.status != SY_EINPUT || err.line != cases[i].line ||
            !strstr(err.file, "config/t.ini") || !strstr(err.message, cases[i].says))
            fail_msg("%s: %d %s:%u: %s", cases[i].ini, (int)err.status, err.file,
                     (unsigned)err.line, err.message);
        fixture_end();
    }
}

static void test_layers__long_lines(void **state)
{
    char *ini = malloc(100000);
    sy_error err = {0};
    (void)state;
    assert_non_null(ini);
    begin("t", one_row);
    int n = sprintf(ini, "[names]\na.x = ");
    memset(ini + n, 'x', 400); /* inih alone cuts at 200 */
    strcpy(ini + n + 400, "\n");
    fixture_file("config/t.ini", ini);
    json_t *root = fixture_score();
    assert_int_equal(strlen(fixture_text(fixture_item(root, "p", "a.x"), "name")), 400);
    json_decref(root);
    memset(ini + n, 'x', 90000);
    strcpy(ini + n + 90000, "\n");
    fixture_file("config/t.ini", ini);
    assert_null(fixture_score_with(NULL, &err));
    assert_int_equal(err.status, SY_EINPUT);
    assert_int_equal(err.line, 2);
    free(ini);
    fixture_end();
}

static void test_layers__comments(void **state)
{
    (void)state;
    begin("t", one_row);
    fixture_file("config/t.ini",
                 "; one\n# two\n[weights] ; three\na.x = 40 ; four\n;a.x = 50\n[names]\n"
                 "a.x = C# ;five\n[type]\nfull_score = 40\n");
    json_t *root = fixture_score();
    assert_score_equal(weight_of(root, "a.x"), 40);
    assert_text(fixture_text(fixture_item(root, "p", "a.x"), "name"), "C#");
    end(root);
    begin("t", one_row);
    fixture_file("config/t.ini", "[names]\na.x = 甲;乙\n"); /* no blank before it */
    root = fixture_score();
    assert_text(fixture_text(fixture_item(root, "p", "a.x"), "name"), "甲;乙");
    end(root);
}

static void begin_self_evaluation(const char *budget, const char *spent)
{
    char funds[128];
    fixture_begin();
    fixture_file("evaluation.ini",
                 "[evaluation]\nyears = 2019\ntype = project_self_evaluation\n[data funds]\n"
                 "path = funds.csv\n[data outcomes]\npath = outcomes.csv\n");
    snprintf(funds, sizeof funds, "fund,budget,spent\np,%s,%s\n", budget, spent);
    fixture_file("funds.csv", funds);
    fixture_file("outcomes.csv",
                 "fund,indicator,target,actual,weight\np,output.quantity.x,≥10,8,40\n"
                 "p,output.cost.x,100万元,125万元,10\np,benefit.social.x,提高,达成预期指标,20\n"
                 "p,benefit.social.y,提高,部分达成预期指标并具有一定效果,10\n"
                 "p,satisfaction.x,≥90%,未达成预期指标且效果较差,10\n");
}

/* 40 × 0.8 + 10 × 100/125 + 20 + 10 × 0.7 + 10 × 0.3 = 70, and the execution rate. */
static void test_layers__self_evaluation(void **state)
{
    static const struct {
        const char *budget, *spent, *status;
        double rate, score;
        size_t overspent, zero;
    } cases[] = {
        {"200万元", "150万元", "scored", 75, 77.5, 0, 0},
        {"200万元", "2000000元", "scored", 100, 80, 0, 0},
        {"200万元", "230万元", "scored", 115, 80, 1, 0},
        {"0", "0", "not_applicable", 0, 77.78, 0, 1}, /* 70 × 100 / 90 */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin_self_evaluation(cases[i].budget, cases[i].spent);
        json_t *root = fixture_score(), *p = fixture_fund(root, "p"),
               *rate = fixture_item(root, "p", "execution.rate");
        assert_text(fixture_text(rate, "status"), cases[i].status);
        if (cases[i].rate > 0) {
            assert_score_equal(fixture_number(rate, "actual"), cases[i].rate);
            assert_text(fixture_text(rate, "unit"), "%");
            assert_score_equal(fixture_number(rate, "target"), 100);
        }
        assert_score_equal(fixture_number(rate, "weight"), 10);
        assert_score_equal(fixture_number(p, "score"), cases[i].score);
        assert_int_equal(fixture_findings(root, "overspent"), cases[i].overspent);
        assert_int_equal(fixture_findings(root, "zero-budget"), cases[i].zero);
        assert_int_equal(fixture_findings(root, "level-sum"), 0);
        assert_int_equal(json_array_size(json_object_get(p, "adjustments")), 0);
        end(root);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_layers__extends),
        cmocka_unit_test(test_layers__order),
        cmocka_unit_test(test_layers__years_differ),
        cmocka_unit_test(test_layers__none),
        cmocka_unit_test(test_layers__set),
        cmocka_unit_test(test_layers__refused),
        cmocka_unit_test(test_layers__long_lines),
        cmocka_unit_test(test_layers__comments),
        cmocka_unit_test(test_layers__self_evaluation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
