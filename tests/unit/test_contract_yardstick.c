/*
 * test_contract_yardstick.c - contract 3, what an INI's sections do to a fund: weights, split,
 * signs, targets, names, facts, parameters, ratings, grades. Layers are in test_contract_layers.c.
 */
#include "evaluation_fixture.h"

static void begin(const char *ini, const char *outcomes)
{
    fixture_begin();
    fixture_evaluation("t");
    if (ini)
        fixture_file("config/t.ini", ini);
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

static double score_of(json_t *root, const char *path)
{
    return fixture_number(fixture_item(root, "p", path), "score");
}

static const char *status_of(json_t *root, const char *path)
{
    return fixture_text(fixture_item(root, "p", path), "status");
}

/* The message of the only finding with this code. */
static const char *message_of(json_t *root, const char *code)
{
    size_t i;
    json_t *value;
    assert_int_equal(fixture_findings(root, code), 1);
    json_array_foreach(json_object_get(root, "findings"), i,
                       value) if (strcmp(fixture_text(value, "code"), code) ==
                                  0) return fixture_text(value, "message");
    return NULL;
}

static void test_yardstick__without_ini(void **state)
{
    (void)state;
    begin(NULL, "fund,indicator,target,actual,weight\np,a.x,≥4,3,60\np,a.y,≤4,5,40\n");
    json_t *root = fixture_score();
    /* 60 × 3/4 + 40 × 4/5 */
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 77);
    assert_text(fixture_text(fixture_fund(root, "p"), "grade"), "中");
    assert_score_equal(fixture_number(fixture_fund(root, "p"), "full_score"), 100);
    end(root);
}

/* [weights] counts, else the data's; a difference is said; neither: outside all sums. */
static void test_yardstick__weights(void **state)
{
    (void)state;
    begin("[weights]\na.x = 30\na.gone = 20\n", "fund,indicator,target,actual,weight\n"
                                                "p,a.x,1,1,31\np,a.y,1,1,50\np,a.none,1,1,\n");
    json_t *root = fixture_score(), *p = fixture_fund(root, "p");
    assert_score_equal(weight_of(root, "a.x"), 30);
    assert_score_equal(weight_of(root, "a.y"), 50);
    assert_score_equal(weight_of(root, "a.gone"), 20);
    assert_text(status_of(root, "a.gone"), "untargeted");
    assert_true(json_is_null(json_object_get(fixture_item(root, "p", "a.none"), "weight")));
    assert_true(json_is_null(json_object_get(fixture_item(root, "p", "a.none"), "score")));
    assert_int_equal(fixture_findings(root, "weight-differs"), 1);
    assert_int_equal(fixture_findings(root, "weight-missing"), 1);
    assert_int_equal(fixture_findings(root, "weights-sum"), 0); /* 30 + 50 + 20 */
    assert_score_equal(fixture_number(p, "coverage"), 0.8);
    assert_score_equal(fixture_number(p, "score"), 100); /* 80 × 100 / 80 */
    end(root);
}

/* The same points written otherwise do not differ. */
static void test_yardstick__equal_weights_do_not_differ(void **state)
{
    (void)state;
    begin("[weights]\na.x = 100\n", "fund,indicator,target,actual,weight\np,a.x,1,1,100.00\n");
    json_t *root = fixture_score();
    assert_int_equal(fixture_findings(root, "weight-differs"), 0);
    end(root);
}

static void test_yardstick__split(void **state)
{
    (void)state;
    begin("[levels]\na = 50\nb = 30\nb.in = 20\nc = 20\n"
          "[weights]\na.* = split\nb.* = split\nb.in.* = split\nc.kept = 8\nc.* = split\n",
          "fund,indicator,target,actual\n"
          "p,a.one,1,1\np,a.two.deep,1,1\np,a.three,1,0\np,b.x,1,1\np,b.in.x,1,1\np,b.in.y,1,1\n"
          "p,c.kept,1,1\np,c.x,1,1\np,c.y,1,1\np,c.z,1,1\n");
    json_t *root = fixture_score();
    assert_near(weight_of(root, "a.two.deep"), 50.0 / 3, 1e-12);
    assert_score_equal(score_of(root, "a.one"), 16.67);
    assert_score_equal(weight_of(root, "b.x"), 10); /* 30, less the 20 of the branch inside */
    assert_score_equal(weight_of(root, "b.in.x"), 10);
    assert_score_equal(weight_of(root, "c.kept"), 8);
    assert_score_equal(weight_of(root, "c.y"), 4); /* 20 - 8 among three */
    assert_int_equal(fixture_findings(root, "weights-sum"), 0);
    assert_int_equal(fixture_findings(root, "level-sum"), 0);
    end(root);
}

/* Weights are never rescaled in silence. */
static void test_yardstick__sums(void **state)
{
    static const struct {
        const char *ini;
        size_t weights, levels;
    } cases[] = {
        {"[type]\nname = t\n", 1, 0},
        {"[type]\nfull_score = 90\n", 0, 0},
        {"[type]\nfull_score = 90\n[levels]\na = 50\nb = 40\n", 0, 0},
        {"[type]\nfull_score = 90\n[levels]\na = 50\nb = 39.9\n", 0, 1},
        {"[type]\nfull_score = 90\n[levels]\na = 50\nb = 40\na.x = 30\nc = 1\n", 0, 2},
        {"[levels]\na = 60\nb = 40\n", 1, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(cases[i].ini,
              "fund,indicator,target,actual,weight\np,a.x,1,1,20\np,a.y,1,1,30\np,b.x,1,1,40\n");
        json_t *root = fixture_score(), *p = fixture_fund(root, "p");
        assert_int_equal(fixture_findings(root, "weights-sum"), cases[i].weights);
        assert_int_equal(fixture_findings(root, "level-sum"), cases[i].levels);
        assert_score_equal(fixture_number(p, "score"), 90);
        assert_true(json_is_null(json_object_get(p, "grade")) ==
                    (cases[i].weights + cases[i].levels > 0));
        assert_text(fixture_text(p, "status"), "scored");
        end(root);
    }
}

/* A value's own sign, else the sign column, else [signs], else >=; a bare 0 is =. */
static void test_yardstick__signs(void **state)
{
    static const struct {
        const char *path, *sign;
    } cases[] = {
        {"a.own", ">="},   {"a.column", "="}, {"output.cost.x", "<="}, {"a.三公经费控制率", "<="},
        {"a.plain", ">="}, {"a.zero", "="},   {"a.bare", "<="}};
    (void)state;
    begin("[signs]\na.own = <=\na.column = <=\noutput.cost.* = <=\n*控制率 = <=\na.bare = <=\n",
          "fund,indicator,sign,target,actual,weight\n"
          "p,a.own,<=,≥5,4,10\np,a.column,=,5,5,10\np,output.cost.x,,5,10,20\np,a.三公经费控制率,,"
          "80%,100%,20\n"
          "p,a.plain,,5,4,20\np,a.zero,,0,0,10\np,a.bare,,,4,10\n");
    json_t *root = fixture_score();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_text(fixture_text(fixture_item(root, "p", cases[i].path), "sign"), cases[i].sign);
    assert_score_equal(score_of(root, "a.own"), 8);
    assert_score_equal(score_of(root, "output.cost.x"), 10);
    assert_score_equal(score_of(root, "a.三公经费控制率"), 16);
    assert_score_equal(score_of(root, "a.zero"), 10);
    end(root);
}

/* The pattern with the most literal characters wins, wherever it stands. */
static void test_yardstick__best_pattern(void **state)
{
    (void)state;
    begin("[weights]\n* = 1\na.b* = 2\na.bc* = 3\n*.bcd = 4\na.bcd = 95\n",
          "fund,indicator,target,actual\np,z,1,1\np,a.bx,1,1\np,a.bcx,1,1\np,y.bcd,1,1\np,a.bcd,1,"
          "1\n");
    json_t *root = fixture_score();
    assert_score_equal(weight_of(root, "z"), 1);
    assert_score_equal(weight_of(root, "a.bx"), 2);
    assert_score_equal(weight_of(root, "a.bcx"), 3);
    assert_score_equal(weight_of(root, "y.bcd"), 4);
    assert_score_equal(weight_of(root, "a.bcd"), 95);
    end(root);
}

static void test_yardstick__ties_are_errors(void **state)
{
    static const char *const sections[] = {"weights", "signs"};
    static const char *const values[] = {"10", "<="};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        char ini[128];
        sy_error err = {0};
        snprintf(ini, sizeof ini, "[%s]\na.* = %s\n*.b = %s\n", sections[i], values[i], values[i]);
        begin(ini, "fund,indicator,target,actual,weight\np,a.b,1,1,100\n");
        json_t *root = fixture_score_with(NULL, &err);
        assert_null(root);
        assert_int_equal(err.status, SY_EINPUT);
        assert_int_equal(err.line, 2);
        assert_non_null(strstr(err.file, "config/t.ini"));
        assert_non_null(strstr(err.message, "a.*"));
        assert_non_null(strstr(err.message, "*.b"));
        fixture_end();
        begin(ini, "fund,indicator,target,actual,weight\np,a.c,1,1,100\n"); /* no path meets both */
        end(fixture_score());
    }
}

/* Used where the data has none, read as people write. */
static void test_yardstick__targets(void **state)
{
    (void)state;
    begin("[targets]\na.x = ≥200万元\na.y = ≤5%\na.day = 2019年12月底前\na.text = 达成\n",
          "fund,indicator,target,actual,weight\np,a.x,,100万元,25\np,a.y,≤10%,8%,25\n"
          "p,a.day,,2019-12-31,25\np,a.text,,达成,25\n");
    json_t *root = fixture_score(), *x = fixture_item(root, "p", "a.x");
    assert_score_equal(fixture_number(x, "target"), 2000000);
    assert_text(fixture_text(x, "target_text"), "≥200万元");
    assert_text(fixture_text(x, "unit"), "元");
    assert_score_equal(score_of(root, "a.x"), 12.5);
    assert_score_equal(fixture_number(fixture_item(root, "p", "a.y"), "target"), 10);
    assert_score_equal(score_of(root, "a.y"), 25);
    assert_text(fixture_text(fixture_item(root, "p", "a.day"), "target"), "2019-12-31");
    assert_score_equal(score_of(root, "a.day"), 25);
    assert_score_equal(score_of(root, "a.text"), 25);
    assert_int_equal(fixture_findings(root, "actual-repeats-target"), 1);
    end(root);
}

/* A label in the same branch gives Chinese rows their path; a label elsewhere does not. */
static void test_yardstick__names(void **state)
{
    (void)state;
    begin("[names]\noutput.quantity.push = 推送条次\nbenefit.social.jobs = "
          "就业人数\nsatisfaction.firms = 企业满意度\n"
          "[weights]\noutput.quantity.push = 40\nbenefit.social.jobs = 30\n",
          "fund,一级指标,二级指标,三级指标,指标值,实际完成值,分值\n"
          "p,产出指标(50分),数量指标,指标1：推送条次,≥10,5,\np,产出指标(50分),数量指标,就业人数,"
          "≥10,10,10\n"
          "p,效益指标,社会效益指标,就业人数,≥4,1,30\np,满意度指标,服务对象满意度,企业满意度,≥90%,"
          "95%,20\n");
    json_t *root = fixture_score();
    assert_score_equal(score_of(root, "output.quantity.push"), 20);
    assert_score_equal(score_of(root, "output.quantity.就业人数"), 10);
    assert_score_equal(score_of(root, "benefit.social.jobs"), 7.5);
    assert_score_equal(score_of(root, "satisfaction.firms"), 20);
    assert_text(fixture_text(fixture_item(root, "p", "output.quantity.push"), "name"),
                "指标1：推送条次");
    assert_int_equal(json_array_size(json_object_get(fixture_fund(root, "p"), "indicators")), 4);
    end(root);
}

static void test_yardstick__facts(void **state)
{
    (void)state;
    begin("[facts]\nstaff = number required\nquota = required number\nrate = percent\nday = "
          "date\nopen = boolean\n"
          "grant = money\nword = text\nspare = number\n",
          "fund,indicator,target,actual,weight\np,a.x,1,1,100\n");
    fixture_file("evaluation.ini",
                 "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = outcomes.csv\n"
                 "[data facts]\npath = facts.csv\n");
    fixture_file(
        "facts.csv",
        "fund,fact,value\np,quota,5\np,rate,12%\np,day,2019-03-01\np,open,是\np,grant,3万元\n"
        "p,word,7\n");
    json_t *root = fixture_score();
    assert_non_null(strstr(message_of(root, "fact-missing"), "staff"));
    assert_int_equal(fixture_findings(root, "bad-fact"), 0);
    json_decref(root);
    fixture_file("facts.csv", "fund,fact,value\np,staff,many\np,quota,5\np,day,soon\np,open,7\n");
    root = fixture_score();
    assert_int_equal(fixture_findings(root, "fact-missing"), 0);
    assert_int_equal(fixture_findings(root, "bad-fact"), 3);
    end(root);
}

static void test_yardstick__parameters(void **state)
{
    (void)state;
    begin("[parameters]\nover = 2\nreverse = linear\npass = 0.5\nword = 是\n",
          "fund,indicator,target,actual,weight\np,a.over,≥10,19,25\np,a.low,≤10,14,25\np,a.fail,"
          "≥10,4,25\np,a.f,≥1,1,25\n");
    fixture_file("scripts/t.lua",
                 "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n"
                 "rules.indicator['a.f'] = function() return rules.parameters.over / 4,"
                 " tostring(rules.parameters.word) end\nreturn rules\n");
    json_t *root = fixture_score();
    assert_int_equal(fixture_findings(root, "target-too-low"), 0); /* 1.9 < 2 */
    assert_score_equal(score_of(root, "a.low"), 15);               /* 25 × (2 - 1.4) */
    assert_score_equal(score_of(root, "a.fail"), 0);
    assert_score_equal(score_of(root, "a.f"), 12.5);
    assert_non_null(strstr(fixture_text(fixture_item(root, "p", "a.f"), "reason"), "是"));
    end(root);
}

static void test_yardstick__ratings(void **state)
{
    (void)state;
    begin("[ratings]\n达成预期指标 = 1\n部分达成 = 0.7\nhalf = 0.5\n",
          "fund,indicator,target,actual,weight,rating\np,a.actual,良好,部分达成,10,\np,a.column,"
          "良好,很好,10,half\n"
          "p,a.number,良好,很好,10,0.25\np,a.over,≥10,5,10,达成预期指标\np,a.same,良好,良好,10,\n"
          "p,a.text,良好,很好,10,\np,a.unknown,≥10,10,40,最好\n");
    json_t *root = fixture_score();
    assert_score_equal(score_of(root, "a.actual"), 7);
    assert_score_equal(score_of(root, "a.column"), 5);
    assert_score_equal(score_of(root, "a.number"), 2.5);
    assert_score_equal(score_of(root, "a.over"), 10);
    assert_int_equal(fixture_findings(root, "overridden"), 1);
    assert_score_equal(score_of(root, "a.same"), 10);
    assert_text(status_of(root, "a.text"), "unrated");
    assert_text(status_of(root, "a.unknown"), "rejected");
    end(root);
}

/* A grade is the lowest score, in per cent of the full score, that has it. */
static void test_yardstick__grades(void **state)
{
    static const struct {
        const char *ini, *points, *grade;
    } cases[] = {
        {"", "90", "优"},
        {"", "89.99", "良"},
        {"", "80", "良"},
        {"", "79.99", "中"},
        {"", "60", "中"},
        {"", "59.99", "差"},
        {"", "0", "差"},
        {"[grades]\n优 = 95\n", "94.99", "良"},
        {"[grades]\n优 = none\n", "100", "良"},
        {"[grades]\n甲 = 85.5\n乙 = 0\n", "85.5", "甲"},
        {"[grades]\n甲 = 85.5\n乙 = 0\n", "85.49", "乙"},
        {"[type]\nfull_score = 150\n", "90", "中"},  /* 60 % */
        {"[type]\nfull_score = 150\n", "135", "优"}, /* 90 % */
        {"[type]\nfull_score = 150\n", "134.99", "良"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char outcomes[128];
        double full = strstr(cases[i].ini, "150") ? 150 : 100;
        snprintf(outcomes, sizeof outcomes, "fund,indicator,target,actual,weight\np,a.x,%g,%s,%g\n",
                 full, cases[i].points, full);
        begin(cases[i].ini, outcomes);
        json_t *root = fixture_score(), *p = fixture_fund(root, "p");
        assert_score_equal(fixture_number(p, "score"), atof(cases[i].points));
        assert_text(fixture_text(p, "grade"), cases[i].grade);
        end(root);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_yardstick__without_ini),
        cmocka_unit_test(test_yardstick__weights),
        cmocka_unit_test(test_yardstick__equal_weights_do_not_differ),
        cmocka_unit_test(test_yardstick__split),
        cmocka_unit_test(test_yardstick__sums),
        cmocka_unit_test(test_yardstick__signs),
        cmocka_unit_test(test_yardstick__best_pattern),
        cmocka_unit_test(test_yardstick__ties_are_errors),
        cmocka_unit_test(test_yardstick__targets),
        cmocka_unit_test(test_yardstick__names),
        cmocka_unit_test(test_yardstick__facts),
        cmocka_unit_test(test_yardstick__parameters),
        cmocka_unit_test(test_yardstick__ratings),
        cmocka_unit_test(test_yardstick__grades),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
