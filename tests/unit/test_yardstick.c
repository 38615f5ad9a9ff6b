/*
 * test_yardstick.c - model/yardstick: sections, values, what is refused, lookups.
 */
#include "yardstick_fixture.h"

static void check_default_policies(const struct yardstick *s)
{
    assert_score_equal(s->full_score, 100);
    assert_score_equal(s->min_coverage, 0.6);
    assert_int_equal(s->decimals, 2);
    assert_int_equal(s->mode, ROUND_HALF_UP);
    assert_false(s->round_total);
    assert_int_equal(s->on_missing, POLICY_ZERO);
    assert_int_equal(s->on_untargeted, POLICY_EXCLUDE);
    assert_int_equal(s->on_unrated, POLICY_EXCLUDE);
    assert_int_equal(s->on_rejected, POLICY_EXCLUDE);
    assert_int_equal(s->on_not_applicable, POLICY_EXCLUDE);
    assert_false(s->rescale_level);
}

/* The file that is installed, not the fixture's. The tests run in the source folder. */

static void test_yardstick__installed_defaults(void **state)
{
    static const struct {
        const char *name;
        double bound;
    } grades[] = {{"优", 90}, {"良", 80}, {"中", 60}, {"差", 0}};
    struct yards *y = NULL;
    (void)state;
    assert_int_equal(yards_open(&y, ".", NULL, NULL, 0, NULL), SY_OK);
    const struct yardstick *s = get(y, "no_such_type", 2019);
    assert_false(s->known);
    assert_text(s->type, "no_such_type");
    assert_text(s->name, "no_such_type");
    assert_null(s->script);
    assert_int_equal(s->year, 2019);
    check_default_policies(s);
    assert_int_equal(s->ngrades, COUNT(grades));
    for (size_t i = 0; i < COUNT(grades); i++) {
        assert_text(s->grades[i].name, grades[i].name);
        assert_score_equal(s->grades[i].bound, grades[i].bound);
        assert_text(s->grades[i].origin.file, "steelyard:config/defaults.ini");
    }
    assert_int_equal(s->nchain, 1);
    assert_text(s->chain[0], "no_such_type");
    assert_int_equal(s->nkeys, 15);
    yards_close(y);
}

static void test_yardstick__nothing_installed(void **state)
{
    static const char *const nowhere[] = {NULL, "/nonexistent"};
    (void)state;
    for (size_t i = 0; i < COUNT(nowhere); i++) {
        struct yards *y = NULL;
        assert_int_equal(yards_open(&y, nowhere[i], nowhere[i], NULL, 0, NULL), SY_OK);
        const struct yardstick *s = get(y, "t", 2019);
        assert_false(s->known);
        check_default_policies(s);
        assert_int_equal(s->ngrades, 0);
        assert_int_equal(s->nkeys, 0);
        assert_null(yard_grade_of(s, 95, NULL));
        yards_close(y);
    }
}

static const char every_section[] =
    "[type]\n"
    "name = 中小企业扶持专项资金\n"
    "script = sme_support.lua\n"
    "full_score = 120\n"
    "min_coverage = 0.5\n"
    "[levels]\n"
    "execution = 10 ; note\n"
    "benefit = 30\n"
    "[weights]\n"
    "execution.rate = 10\n"
    "output.quantity.policy_push = 15.5\n"
    "benefit.* = split\n"
    "[signs]\n"
    "output.cost.* = <=\n"
    "*控制率 = <=\n"
    "[targets]\n"
    "output.quantity.policy_push = ≥7000条次\n"
    "[names]\n"
    "output.quantity.policy_push = 推送惠企政策条次\n"
    "output.quantity.blank =\n"
    "[facts]\n"
    "staff_quota = number required\n"
    "misuse = required boolean\n"
    "编制数 =\n"
    "spent_on = date\n"
    "[parameters]\n"
    "over = 1.3\n"
    "reverse = ratio\n"
    "[ratings]\n"
    "达成预期指标 = 1\n"
    "未达成, 差 (x) = 0.3\n"
    "[rounding]\n"
    "decimals = 0\n"
    "mode = half_even\n"
    "apply = total\n"
    "[missing]\n"
    "actual = exclude\n"
    "target = zero\n"
    "rating = full\n"
    "rejected = zero\n"
    "not_applicable = full\n"
    "rescale = level\n"
    "[was]\n"
    "output.quality.trained = output.quality.courses , output.quality.lectures\n";

static void test_yardstick__fields(void **state)
{
    (void)state;
    put("d/config/sme.ini", every_section);
    struct yards *y = open_yards(NULL, 0);
    const struct yardstick *s = get(y, "sme", 2019);
    assert_true(s->known);
    assert_text(s->name, "中小企业扶持专项资金");
    assert_text(s->script, "sme_support.lua");
    assert_text(s->script_origin.file, "steelyard:config/sme.ini");
    assert_int_equal(s->script_origin.line, 3);
    assert_score_equal(s->full_score, 120);
    assert_score_equal(s->min_coverage, 0.5);
    assert_int_equal(s->decimals, 0);
    assert_int_equal(s->mode, ROUND_HALF_EVEN);
    assert_true(s->round_total);
    assert_int_equal(s->on_missing, POLICY_EXCLUDE);
    assert_int_equal(s->on_untargeted, POLICY_ZERO);
    assert_int_equal(s->on_unrated, POLICY_FULL);
    assert_int_equal(s->on_rejected, POLICY_ZERO);
    assert_int_equal(s->on_not_applicable, POLICY_FULL);
    assert_true(s->rescale_level);
    yards_close(y);
}

static void test_yardstick__tables(void **state)
{
    static const struct {
        const char *name;
        enum fact_kind kind;
        bool required;
    } facts[] = {{"staff_quota", FACT_NUMBER, true},
                 {"misuse", FACT_BOOLEAN, true},
                 {"编制数", FACT_ANY, false},
                 {"spent_on", FACT_DATE, false}};
    (void)state;
    put("d/config/sme.ini", every_section);
    struct yards *y = open_yards(NULL, 0);
    const struct yardstick *s = get(y, "sme", 2019);
    assert_int_equal(s->nlevels, 2);
    assert_score_equal(s->levels[1].points, 30);
    assert_int_equal(s->levels[1].origin.line, 8);
    assert_int_equal(s->nweights, 3);
    assert_text(s->weights[1].pattern, "output.quantity.policy_push");
    assert_score_equal(s->weights[1].points, 15.5);
    assert_false(s->weights[1].split);
    assert_true(s->weights[2].split);
    assert_score_equal(s->weights[2].points, 30);
    assert_int_equal(s->nsigns, 2);
    assert_int_equal(s->signs[0].sign, SIGN_LE);
    assert_int_equal(s->ntargets, 1);
    assert_int_equal(s->nnames, 2);
    assert_int_equal(s->nfacts, COUNT(facts));
    for (size_t i = 0; i < COUNT(facts); i++) {
        assert_text(s->facts[i].name, facts[i].name);
        assert_int_equal(s->facts[i].kind, facts[i].kind);
        assert_int_equal(s->facts[i].required, facts[i].required);
    }
    assert_int_equal(s->nparameters, 2);
    assert_int_equal(s->nratings, 2);
    assert_int_equal(s->ngrades, 4);
    assert_int_equal(s->nwas, 1);
    assert_text(s->was[0].path, "output.quality.trained");
    assert_int_equal(s->was[0].nbefore, 2);
    assert_text(s->was[0].before[0], "output.quality.courses");
    assert_text(s->was[0].before[1], "output.quality.lectures");
    check_key(s, "weights", "benefit.*", "split", "steelyard:config/sme.ini", 12);
    yards_close(y);
}

static void test_yardstick__lookups(void **state)
{
    const struct yard_weight *w;
    enum sign sign;
    double attainment = -1;
    (void)state;
    put("d/config/sme.ini", every_section);
    struct yards *y = open_yards(NULL, 0);
    const struct yardstick *s = get(y, "sme", 2019);
    assert_int_equal(yard_weight_of(&w, s, "execution.rate", NULL), SY_OK);
    assert_score_equal(w->points, 10);
    assert_int_equal(yard_weight_of(&w, s, "process.rate", NULL), SY_OK);
    assert_null(w);
    assert_int_equal(yard_sign_of(&sign, s, "output.cost.total", NULL), SY_OK);
    assert_int_equal(sign, SIGN_LE);
    assert_int_equal(yard_sign_of(&sign, s, "input.在职人员控制率", NULL), SY_OK);
    assert_int_equal(sign, SIGN_LE);
    assert_int_equal(yard_sign_of(&sign, s, "output.quality.x", NULL), SY_OK);
    assert_int_equal(sign, SIGN_NONE);
    assert_text(yard_target_of(s, "output.quantity.policy_push")->text, "≥7000条次");
    assert_null(yard_target_of(s, "output.quantity"));
    assert_text(yard_name_of(s, "output.quantity.policy_push"), "推送惠企政策条次");
    assert_null(yard_name_of(s, "output.quantity.blank"));
    assert_null(yard_name_of(s, "output"));
    assert_score_equal(yard_level_of(s, "execution.rate", 9)->points, 10);
    assert_null(yard_level_of(s, "output", 6));
    assert_text(yard_parameter(s, "reverse"), "ratio");
    assert_null(yard_parameter(s, "pass"));
    assert_true(yard_rating_of(&attainment, s, "未达成, 差 (x)"));
    assert_score_equal(attainment, 0.3);
    assert_false(yard_rating_of(&attainment, s, "未达成"));
    assert_score_equal(attainment, 0.3);
    yards_close(y);
}

static const struct {
    const char *text;
    uint32_t line;
    const char *says;
} refused[] = {
    {"x = 1\n", 1, "before the first section"},
    {"[weigths]\n", 1, "unknown section [weigths]; did you mean [weights]?"},
    {"[levels]\na = 1\n[zzzzzzzzzzzz]\n", 3, "unknown section [zzzzzzzzzzzz]; there are type,"},
    {"[type]\nnmae = x\n", 2, "[type] has no key 'nmae'; did you mean 'name'?"},
    {"[type]\nweight = 1\n", 2, "it has name, script, extends, full_score, min_coverage"},
    {"[type]\nname =\n", 2, "[type] name is empty"},
    {"[type]\nscript =\n", 2, "[type] script is empty"},
    {"[type]\nextends =\n", 2, "[type] extends is empty"},
    {"[type]\nfull_score = hundred\n", 2, "[type] full_score: 'hundred' is not a number"},
    {"[type]\nfull_score = 0\n", 2, "must be over 0"},
    {"[type]\nfull_score = -1\n", 2, "must be over 0"},
    {"[type]\nfull_score =\n", 2, "'' is not a number"},
    {"[type]\nmin_coverage = 60%\n", 2, "'60%' is not a number"},
    {"[type]\nmin_coverage = 1.01\n", 2, "1.01 must be from 0 to 1"},
    {"[type]\nmin_coverage = -0.1\n", 2, "from 0 to 1"},
    {"[levels]\noutput = fifty\n", 2, "[levels] output: 'fifty' is not a number"},
    {"[levels]\noutput = -1\n", 2, "-1 must be from 0"},
    {"[levels]\noutput.* = 1\n", 2, "only in [weights] and [signs]"},
    {"[weights]\na = 1e3\n", 2, "'1e3' is not a number"},
    {"[weights]\na = nan\n", 2, "'nan' is not a number"},
    {"[weights]\na = inf\n", 2, "'inf' is not a number"},
    {"[weights]\na = 1,5\n", 2, "'1,5' is not a number"},
    {"[weights]\na =\n", 2, "'' is not a number"},
    {"[weights]\na = -0.5\n", 2, "-0.5 must be from 0"},
    {"[weights]\na = 1000001\n", 2, "to 1000000"},
    {"[weights]\na = split\n", 2, "write a.* = split"},
    {"[weights]\na.* = splitt\n", 2, "'splitt' is not a number"},
    {"[weights]\na..b = 1\n", 2, "empty level"},
    {"[weights]\n.a = 1\n", 2, "empty level"},
    {"[weights]\na. = 1\n", 2, "empty level"},
    {"[weights]\na.b.c.d.e.f.g.h.i = 1\n", 2, "9 levels"},
    {"[weights]\nx = 1\nbenefit.* = split\n", 3, "[levels] has no 'benefit'"},
    {"[levels]\nbenefit = 1\n[weights]\n* = split\n", 4, "[levels] has no ''"},
    {"[signs]\na = approx\n", 2, "[signs] a: 'approx' is none of >=, >, ="},
    {"[signs]\na = betwen\n", 2, "did you mean 'between'?"},
    {"[signs]\na =\n", 2, "is none of"},
    {"[targets]\na.* = 1\n", 2, "only in [weights] and [signs]"},
    {"[names]\na* = 1\n", 2, "only in [weights] and [signs]"},
    {"[facts]\na = nubmer\n", 2, "[facts] a: 'nubmer' is none of number, money"},
    {"[facts]\na = required persent\n", 2, "did you mean 'percent'?"},
    {"[facts]\na = number money\n", 2, "both number and money"},
    {"[ratings]\na = good\n", 2, "[ratings] a: 'good' is not a number"},
    {"[ratings]\na = 1.5\n", 2, "1.5 must be from 0 to 1"},
    {"[grades]\na = high\n", 2, "[grades] a: 'high' is not a number"},
    {"[grades]\na = 95\n\nb = 95.0\n", 4, "a and b have the same bound"},
    {"[grades]\na = cap\nb = cap\n", 3, "a and b have the same bound cap"},
    {"[rounding]\ndecimal = 1\n", 2, "[rounding] has no key 'decimal'; did you mean"},
    {"[rounding]\ndecimals = 1.5\n", 2, "1.5 is not a whole number"},
    {"[rounding]\ndecimals = 10\n", 2, "from 0 to 9"},
    {"[rounding]\nmode = half-up\n", 2, "did you mean 'half_up'?"},
    {"[rounding]\napply = totals\n", 2, "is none of indicator, total; did you mean 'total'?"},
    {"[missing]\nactuals = zero\n", 2, "did you mean 'actual'?"},
    {"[missing]\nactual = nil\n", 2, "is none of zero, exclude, full"},
    {"[missing]\nrescale = levels\n", 2, "did you mean 'level'?"},
    {"[was]\na = b,,c\n", 2, "an empty name"},
    {"[was]\na =\n", 2, "an empty name"},
    {"[was]\na = b,\n", 2, "an empty name"},
    {"[was]\na.* = b\n", 2, "only in [weights] and [signs]"},
    {"[weights]\na = 1\na = 2\n", 3, "also in line 2"},
    {"[type]\nextends = nowhere\n", 2, "there is no config/nowhere.ini"},
    {"[type]\nextends = ../d/config/t\n", 2, "there is no config/../d/config/t.ini"},
    {"[type]\nextends = units\n", 2, "there is no config/units.ini"},
    {"[type]\nextends = t\n", 2, "extends runs in a circle: t -> t"},
};

static void test_yardstick__refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(refused); i++) {
        put("e/config/t.ini", refused[i].text);
        refuse("t", 2019, "config/t.ini", refused[i].line, refused[i].says);
    }
}

static void test_yardstick__weight_patterns(void **state)
{
    static const struct {
        const char *path;
        double points;
    } cases[] = {
        {"output.quantity.a", 1},      {"output.quantity.b", 2}, {"output.quality.b", 3},
        {"output.quality.x.y", 3},     {"process.b", 4},         {"satisfaction.控制率", 5},
        {"output.quantity.控制率", 2},
    };
    const struct yard_weight *w;
    (void)state;
    put("d/config/t.ini", "[weights]\n* = 4\noutput.* = 3\noutput.quantity.* = 2\n"
                          "output.quantity.a = 1\n*控制率 = 5\n");
    struct yards *y = open_yards(NULL, 0);
    const struct yardstick *s = get(y, "t", 2019);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(yard_weight_of(&w, s, cases[i].path, NULL), SY_OK);
        assert_non_null(w);
        assert_score_equal(w->points, cases[i].points);
    }
    yards_close(y);
}

static void test_yardstick__ties(void **state)
{
    const struct yard_weight *w = NULL;
    const struct yard_set set = {"t.signs.*ab=>="};
    enum sign sign = SIGN_NONE;
    sy_error err = {0};
    (void)state;
    put("d/config/t.ini", "[weights]\na.* = 1\n*.b = 2\na.b.c = 3\n[signs]\nab* = <=\n");
    struct yards *y = open_yards(&set, 1);
    const struct yardstick *s = get(y, "t", 2019);
    check_error(yard_weight_of(&w, s, "a.b", &err), &err, SY_EINPUT, "steelyard:config/t.ini", 2,
                "[weights] a.* and *.b (steelyard:config/t.ini:3) fit a.b equally well");
    assert_null(w);
    assert_int_equal(yard_weight_of(&w, s, "a.b.c", &err), SY_OK);
    assert_score_equal(w->points, 3);
    assert_int_equal(yard_weight_of(&w, s, "a.c", &err), SY_OK);
    assert_score_equal(w->points, 1);
    check_error(yard_sign_of(&sign, s, "abab", &err), &err, SY_EINPUT, "steelyard:config/t.ini", 6,
                "[signs] ab* and *ab (--set) fit abab equally well");
    yards_close(y);
}

static void test_yardstick__split(void **state)
{
    (void)state;
    put("d/config/base.ini", "[weights]\nbenefit.* = split\nout.quality.* = split\n");
    put("d/config/t.ini", "[type]\nextends = base\n[levels]\nbenefit = 30\nout.quality = 20\n");
    struct yards *y = open_yards(NULL, 0);
    const struct yardstick *s = get(y, "t", 2019);
    assert_true(s->weights[0].split);
    assert_score_equal(s->weights[0].points, 30);
    assert_score_equal(s->weights[1].points, 20);
    yards_close(y);
    refuse("base", 2019, "steelyard:config/base.ini", 2, "[levels] has no 'benefit'");
}

/* Grades after the merge, highest first: name, bound, … */

static void test_yardstick__grades(void **state)
{
    static const struct {
        const char *text, *grades;
    } cases[] = {
        {"", "优90 良80 中60 差0 "},
        {"优 = 85\n", "优85 良80 中60 差0 "},
        {"差 = none\n", "优90 良80 中60 "},
        {"特优 = 95\n", "特优95 优90 良80 中60 差0 "},
        {"合格 = 60\n不合格 = 0\n", "合格60 不合格0 "},
        {"A = 90\nB = 75\nC = -1\n", "A90 B75 C-1 "},
        {"优 = 80\n良 = 70\n中 = 60\n差 = 0\n", "优80 良70 中60 差0 "},
        {"优 = 95\n良 = 85\n可 = 60\n差 = 0\n", "优95 良85 可60 差0 "},
        {"优秀 = 90\n", "优秀90 良80 中60 差0 "},
        {"优 = 80\n", "优80 中60 差0 "},
        {"差 = 0\n良 = 75\n", "优90 良75 中60 差0 "},
        {"优 = none\n良 = none\n中 = none\n差 = none\n", ""},
        {"不予评级 = cap\n", "优90 良80 中60 差0 不予评级-inf "}, /* no scale of its own */
        {"A = 0\nB = cap\nC = -5\n", "A0 C-5 B-inf "},
    };
    char text[200], got[200];
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        snprintf(text, sizeof text, "[grades]\n%s", cases[i].text);
        put("e/config/t.ini", text);
        struct yards *y = open_yards(NULL, 0);
        const struct yardstick *s = get(y, "t", 2019);
        size_t len = 0, keys = 0;
        got[0] = '\0';
        for (size_t j = 0; j < s->ngrades; j++)
            len += (size_t)snprintf(got + len, sizeof got - len, "%s%g ", s->grades[j].name,
                                    s->grades[j].bound);
        assert_text(got, cases[i].grades);
        for (size_t j = 0; j < s->nkeys; j++)
            keys += strcmp(s->keys[j].section, "grades") == 0;
        assert_int_equal(keys, s->ngrades);
        yards_close(y);
    }
}

static void test_yardstick__grade_of(void **state)
{
    static const struct {
        double score;
        const char *grade;
        size_t index;
    } cases[] = {
        {120, "优", 0},          {108, "优", 0}, {107.99, "良", 1}, {107.9999999999, "优", 0},
        {107.99999999, "良", 1}, {96, "良", 1},  {95.99, "中", 2},  {72, "中", 2},
        {71.99, "差", 3},        {0, "差", 3},   {200, "优", 0},
    };
    (void)state;
    put("d/config/t.ini", "[type]\nfull_score = 120\n");
    put("d/config/none.ini", "[grades]\n差 = none\n");
    put("d/config/cap.ini", "[grades]\n差 = none\n不予评级 = cap\n");
    struct yards *y = open_yards(NULL, 0);
    const struct yardstick *s = get(y, "t", 2019);
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t index = 99;
        const char *grade = yard_grade_of(s, cases[i].score, &index);
        assert_non_null(grade);
        if (strcmp(grade, cases[i].grade) != 0)
            fail_msg("%.12g is %s", cases[i].score, grade);
        assert_int_equal(index, cases[i].index);
        assert_text(yard_grade_of(s, cases[i].score, NULL), cases[i].grade);
    }
    assert_null(yard_grade_of(get(y, "none", 2019), 59.99, NULL));
    assert_null(yard_grade_of(get(y, "cap", 2019), 59.99, NULL)); /* no score has it */
    yards_close(y);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_yardstick__installed_defaults),
        TEST(test_yardstick__nothing_installed),
        TEST(test_yardstick__fields),
        TEST(test_yardstick__tables),
        TEST(test_yardstick__lookups),
        TEST(test_yardstick__refused),
        TEST(test_yardstick__weight_patterns),
        TEST(test_yardstick__ties),
        TEST(test_yardstick__split),
        TEST(test_yardstick__grades),
        TEST(test_yardstick__grade_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
