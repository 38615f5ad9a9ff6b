/*
 * test_contract_rules.c - contract 4, the table of rules, line by line through the library: each
 * case is an indicator with a rule of its own, declared, and once more called by a function. Both
 * must give the attainment that the formula of the contract gives.
 */
#include <stdbool.h>

#include "evaluation_fixture.h"

struct rule_case {
    const char *rule, *sign, *target, *actual;
    double attainment;
    bool too_low; /* finding target-too-low */
};

static const struct rule_case by_sign[] = {
    {"by_sign{}", "", "≥7000条次", "7500条次", 1, false},
    {"by_sign{}", "", "≥7000条次", "3500条次", 3500.0 / 7000, false},
    {"by_sign{}", "", ">100", "50", 0.5, false},
    {"by_sign{}", "", ">100", "100", 1,
     false}, /* `>` is completion, and completion is met by a = t */
    {"by_sign{}", "", "≤100", "80", 1, false},
    {"by_sign{}", "", "≤100", "125", 100.0 / 125, false},
    {"by_sign{}", "", "<100", "200", 0.5, false},
    {"by_sign{}", "=", "0", "0", 1, false},
    {"by_sign{}", "=", "0", "-3", 1, false},
    {"by_sign{}", "=", "0", "0.5", 0, false},
    {"by_sign{}", "=", "100", "60", 0.6, false},
    {"by_sign{}", "=", "100", "110", 1, false},
    {"by_sign{}", "", "≤0", "0", 1, false},
    {"by_sign{}", "", "≤0", "1", 0, false},
    {"by_sign{}", "", "≥-5", "-5", 1, false},
    {"by_sign{}", "", "≥-5", "-6", 0, false}, /* t > 0 does not hold */
    {"by_sign{}", "", "18-54岁", "18", 1, false},
    {"by_sign{}", "", "18-54岁", "54", 1, false},
    {"by_sign{}", "", "18-54岁", "55", 0, false},
    {"by_sign{}", "", "2019-06-30前", "2019-06-30", 1, false},
    {"by_sign{}", "", "2019-06-30前", "2019-07-01", 0, false},
    {"by_sign{}", "", "完成", "优", 0.9, false}, /* [ratings] */
    {"by_sign{}", "", "≥100", "130", 1, true},
    {"by_sign{}", "", "≥100", "129.99", 1, false},
    {"by_sign{}", "", "≤100", "1", 1, false},
};

static const struct rule_case ratios[] = {
    {"completion{}", "", "100", "100", 1, false},
    {"completion{}", "", "100", "99.9999999999", 1, false}, /* within 1e-9 of the edge */
    {"completion{}", "", "100", "99.99", 0.9999, false},
    {"completion{}", "", "100", "-20", 0, false},
    {"completion{}", "", "0", "0", 1, false},
    {"completion{}", "", "0", "-1", 0, false},
    {"completion{}", "", "-10", "-5", 1, false},
    {"completion{}", "", "-10", "-11", 0, false},
    {"completion{}", "", "20", "23", 1, false}, /* 115 % */
    {"completion{ over = 1.15 }", "", "20", "23", 1, true},
    {"completion{ over = 1.2 }", "", "20", "23.99", 1, false},
    {"completion{ over = 1.2 }", "", "20", "24", 1, true},
    {"completion{ pass = 0.6 }", "", "100", "60", 0.6, false},
    {"completion{ pass = 0.6 }", "", "100", "59.99", 0, false},
    {"completion{ pass = 0.6 }", "<=", "100", "80", 0.8, false}, /* whatever the sign */
    {"completion{}", "", "45万元", "44.1万元", 44.1 / 45, false},
    {"completion{}", "", "45万元", "441000元", 44.1 / 45, false},
    {"reverse{}", "", "100", "100", 1, false},
    {"reverse{}", "", "100", "160", 100.0 / 160, false},
    {"reverse{}", "", "0", "0", 1, false},
    {"reverse{}", "", "0", "1", 0, false},
    {"reverse{}", "", "-5", "-4", 0, false},
    {"reverse{ mode = \"ratio\" }", "", "100", "400", 0.25, false},
    {"reverse{ mode = \"linear\" }", "", "100", "160", 2 - 160.0 / 100, false},
    {"reverse{ mode = \"linear\" }", "", "100", "200", 0, false},
    {"reverse{ mode = \"linear\" }", "", "100", "900", 0, false},
};

static const struct rule_case bands[] = {
    {"tiers{ {90, 1}, {80, 0.8}, {60, 0.6} }", "", "", "90", 1, false},
    {"tiers{ {90, 1}, {80, 0.8}, {60, 0.6} }", "", "", "89.99", 0.8, false},
    {"tiers{ {90, 1}, {80, 0.8}, {60, 0.6} }", "", "", "80", 0.8, false},
    {"tiers{ {90, 1}, {80, 0.8}, {60, 0.6} }", "", "", "59", 0, false},
    {"tiers{ {60, 0.6}, {90, 1}, {80, 0.8} }", "", "", "85", 0.8, false}, /* in any order */
    {"tiers{ of = 5, {90, 5}, {80, 4} }", "", "", "80", 4.0 / 5, false},
    {"tiers{ edge = \"upper\", {100, 1}, {110, 0.5} }", "", "", "100", 1, false},
    {"tiers{ edge = \"upper\", {100, 1}, {110, 0.5} }", "", "", "100.01", 0.5, false},
    {"tiers{ edge = \"upper\", {100, 1}, {110, 0.5} }", "", "", "110.01", 0, false},
    {"deduct{ of = 5, from = 100, per = 1, lose = 0.5 }", "", "", "108.7", (5 - 0.5 * 8) / 5,
     false},
    {"deduct{ of = 5, from = 100, per = 1, lose = 0.5 }", "", "", "90", 1, false},
    {"deduct{ of = 5, from = 100, per = 1, lose = 0.5 }", "", "", "115%", 0, false}, /* 15 steps */
    {"deduct{ of = 10, from = 100, per = 1, lose = 0.5 }", "", "", "115", (10 - 0.5 * 15) / 10,
     false},
    {"deduct{ of = 5, from = 100, per = 1, lose = 0.5, steps = \"ceil\" }", "", "", "108.7",
     (5 - 0.5 * 9) / 5, false},
    {"deduct{ of = 5, from = 100, per = 1, lose = 0.5, steps = \"prorata\" }", "", "", "104",
     (5 - 0.5 * 4) / 5, false},
    {"deduct{ of = 4, from = 100, per = 10, lose = 1, steps = \"prorata\" }", "", "", "105",
     (4 - 0.5) / 4, false},
    {"deduct{ of = 5, from = 100, per = 5, lose = 2, when = \"below\" }", "", "", "99.27", 1,
     false},
    {"deduct{ of = 5, from = 100, per = 5, lose = 2, when = \"below\" }", "", "", "95", 3.0 / 5,
     false},
    {"deduct{ of = 5, from = 100, per = 5, lose = 2, when = \"below\" }", "", "", "140", 1, false},
    {"deduct{ of = 5, from = 100, per = 5, lose = 2, when = \"either\" }", "", "", "110", 1.0 / 5,
     false},
    {"deduct{ of = 5, from = 100, per = 5, lose = 2, when = \"either\" }", "", "", "90", 1.0 / 5,
     false},
    {"deduct{ from = 0, per = 1, lose = 0.25 }", "", "", "3", 0.25, false},
};

static const struct rule_case counts[] = {
    {"checklist{ of = 5 }", "", "", "3", 3.0 / 5, false},
    {"checklist{ of = 5 }", "", "", "①③", 2.0 / 5, false},
    {"checklist{ of = 5 }", "", "", "0", 0, false},
    {"checklist{ {\"①制度\", 2}, {\"②计划\", 1.5}, {\"③公开\", 1.5} }", "", "", "①③", 3.5 / 5,
     false},
    {"checklist{ {\"①制度\", 2}, {\"②计划\", 1.5}, {\"③公开\", 1.5} }", "", "", "①②③", 1, false},
    {"violations{ of = 5, lose = 2 }", "", "", "1", 3.0 / 5, false},
    {"violations{ of = 5, lose = 2 }", "", "", "3", 0, false},
    {"violations{ lose = 0.3 }", "", "", "2", 0.4, false},
    {"violations{ lose = 0.3 }", "", "", "0", 1, false},
    {"rating{}", "", "", "0.85", 0.85, false},
    {"rating{}", "", "", "优", 0.9, false},
    {"deadline{ lose = 0.1 }", "", "2019-06-30前", "2019-06-30", 1, false},
    {"deadline{ lose = 0.1 }", "", "2019-06-30前", "2019-07-03", 1 - 0.3, false},
    {"deadline{ lose = 0.1 }", "", "2019-06-30前", "2019-08-31", 0, false},
    {"deadline{ lose = 0.1, per = \"week\" }", "", "2019-06-30前", "2019-07-07", 0.9, false},
    {"deadline{ lose = 0.1, per = \"week\" }", "", "2019-06-30前", "2019-07-08", 0.8, false},
    {"deadline{ lose = 0.1, per = \"month\" }", "", "9月底前", "2019-10-01", 0.9, false},
    {"deadline{ lose = 0.1, per = \"month\" }", "", "9月底前", "2019-10-31", 0.9, false},
    {"deadline{ lose = 0.1, per = \"month\" }", "", "9月底前", "2019-11-01", 0.8, false},
};

static void add(char *text, size_t cap, const char *format, ...)
{
    size_t len = strlen(text);
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text + len, cap - len, format, args);
    va_end(args);
    assert_true(n >= 0 && (size_t)n < cap - len);
}

/* Whether a rule reads a target: the functions of the others are called without one. */
static bool needs_target(const char *rule)
{
    static const char *const words[] = {"by_sign", "completion", "reverse", "deadline"};
    for (size_t i = 0; i < 4; i++)
        if (strncmp(rule, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

static size_t count_about(json_t *root, const char *code, const char *path)
{
    size_t i, n = 0;
    json_t *f;
    json_array_foreach(json_object_get(root, "findings"), i, f)
    {
        const char *about = fixture_text(f, "indicator");
        n += strcmp(fixture_text(f, "code"), code) == 0 && about && strcmp(about, path) == 0;
    }
    return n;
}

static void check_item(json_t *root, const struct rule_case *c, const char *path)
{
    json_t *item = fixture_item(root, "p", path);
    if (strcmp(fixture_text(item, "status"), "scored") != 0)
        fail_msg("%s: %s, target '%s', actual '%s': is %s", path, c->rule, c->target, c->actual,
                 fixture_text(item, "status"));
    if (fabs(fixture_number(item, "attainment") - c->attainment) > 1e-12)
        fail_msg("%s: %s, target '%s', actual '%s': %.17g, expected %.17g", path, c->rule,
                 c->target, c->actual, fixture_number(item, "attainment"), c->attainment);
    if ((count_about(root, "target-too-low", path) == 1) != c->too_low)
        fail_msg("%s: %s, target '%s', actual '%s': target-too-low", path, c->rule, c->target,
                 c->actual);
}

/* Each case declared, as d.N, and called, as c.N. */
static void check_cases(const struct rule_case *cases, size_t n)
{
    static char script[32768], rows[32768];
    char path[32];
    fixture_begin();
    fixture_evaluation("t");
    fixture_file("config/t.ini", "[ratings]\n优 = 0.9\n差 = 0.2\n");
    strcpy(script,
           "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\nlocal base\n");
    strcpy(rows, "fund,indicator,weight,sign,target,actual\n");
    for (size_t i = 0; i < n; i++) {
        const struct rule_case *c = &cases[i];
        add(script, sizeof script,
            "do local base = sy.%s\nrules.indicator['d.r%zu'] = base\n"
            "rules.indicator['c.r%zu'] = sy.func{ function(i, fund) return base(i, fund) end%s } "
            "end\n",
            c->rule, i, i, needs_target(c->rule) ? "" : ", target = false");
        for (int k = 0; k < 2; k++)
            add(rows, sizeof rows, "p,%c.r%zu,1,%s,%s,%s\n", "dc"[k], i, c -> sign, c -> target,
                c -> actual);
    }
    strcat(script, "return rules\n");
    fixture_file("scripts/t.lua", script);
    fixture_file("outcomes.csv", rows);
    json_t *root = fixture_score();
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < 2; k++) {
            snprintf(path, sizeof path, "%c.r%zu", "dc"[k], i);
            check_item(root, &cases[i], path);
        }
    json_decref(root);
    fixture_end();
}

#define CHECK(cases) check_cases(cases, sizeof(cases) / sizeof *(cases))

static void test_rules__by_sign(void **state)
{
    (void)state;
    CHECK(by_sign);
}

static void test_rules__completion_and_reverse(void **state)
{
    (void)state;
    CHECK(ratios);
}

static void test_rules__tiers_and_deduct(void **state)
{
    (void)state;
    CHECK(bands);
}

static void test_rules__counts_ratings_and_deadlines(void **state)
{
    (void)state;
    CHECK(counts);
}

static json_t *score_one(const char *ini, const char *rules, const char *rows)
{
    char text[4096];
    fixture_begin();
    fixture_evaluation("t");
    fixture_file("config/t.ini", ini);
    snprintf(
        text, sizeof text,
        "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n%s\nreturn rules\n",
        rules);
    fixture_file("scripts/t.lua", text);
    snprintf(text, sizeof text, "fund,indicator,weight,target,actual\n%s", rows);
    fixture_file("outcomes.csv", text);
    return fixture_score();
}

/* `missing =` and `not_applicable =` on each rule: 无此项满分. */
static void test_rules__missing_and_not_applicable(void **state)
{
    static const char *const rules[] = {"by_sign{ %s }",
                                        "completion{ %s }",
                                        "reverse{ %s }",
                                        "tiers{ {1, 1}, %s }",
                                        "checklist{ of = 2, %s }",
                                        "deduct{ from = 1, per = 1, lose = 1, %s }",
                                        "rating{ %s }",
                                        "violations{ lose = 1, %s }",
                                        "deadline{ lose = 1, %s }",
                                        "func{ function() return 0 end, %s }"};
    (void)state;
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        char rule[256], line[512];
        snprintf(rule, sizeof rule, rules[i], "missing = 0.25, not_applicable = 0.75");
        snprintf(line, sizeof line, "rules.indicator['*'] = sy.%s", rule);
        json_t *root = score_one("", line, "p,a.one,50,5,\np,a.two,50,5,不适用\n");
        json_t *one = fixture_item(root, "p", "a.one"), *two = fixture_item(root, "p", "a.two");
        assert_text(fixture_text(one, "status"), "scored");
        assert_score_equal(fixture_number(one, "attainment"), 0.25);
        assert_text(fixture_text(two, "status"), "scored");
        assert_score_equal(fixture_number(two, "attainment"), 0.75);
        assert_score_equal(fixture_number(fixture_fund(root, "p"), "score"), 50 * 0.25 + 50 * 0.75);
        json_decref(root);
        fixture_end();
    }
}

/* over, reverse and pass of [parameters], where a rule does not say; rules.parameters reads them
 * all. */
static void test_rules__parameters(void **state)
{
    (void)state;
    json_t *root = score_one(
        "[parameters]\nover = 1.5\npass = 0.5\nreverse = linear\nword = 慢\nnumber = 7\n",
        "rules.indicator['c.*'] = sy.completion{}\nrules.indicator['c.own'] = sy.completion{ pass "
        "= 0.1, over = 1.1 }\n"
        "rules.indicator['r.*'] = sy.reverse{}\nrules.indicator['r.own'] = sy.reverse{ mode = "
        "'ratio' }\n"
        "rules.indicator['p'] = function() return rules.parameters.number / 10, "
        "rules.parameters.word end\n",
        "p,c.a,1,100,40\np,c.b,1,100,60\np,c.c,1,100,140\np,c.own,1,100,40\np,r.a,1,≤100,160\n"
        "p,r.own,1,≤100,160\np,s.a,1,≤100,160\np,s.b,1,100,40\np,s.c,1,100,150\np,p,1,1,1\n");
    static const struct {
        const char *path;
        double attainment;
        size_t too_low;
    } cases[] = {
        {"c.a", 0, 0},
        {"c.b", 0.6, 0},
        {"c.c", 1, 0},
        {"c.own", 0.4, 0},
        {"r.a", 2 - 160.0 / 100, 0},
        {"r.own", 100.0 / 160, 0},
        {"s.a", 2 - 160.0 / 100, 0},
        {"s.b", 0, 0},
        {"s.c", 1, 1},
        {"p", 0.7, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_near(fixture_number(fixture_item(root, "p", cases[i].path), "attainment"),
                    cases[i].attainment, 1e-12);
        assert_int_equal(count_about(root, "target-too-low", cases[i].path), cases[i].too_low);
    }
    assert_non_null(strstr(fixture_text(fixture_item(root, "p", "p"), "reason"), "慢"));
    json_decref(root);
    fixture_end();
}

/* The pattern with the most literal characters; what none matches goes by sign. */
static void test_rules__patterns(void **state)
{
    (void)state;
    json_t *root =
        score_one("",
                  "local function give(x) return function() return x end end\n"
                  "rules.indicator['output.*'] = give(0.1)\n"
                  "rules.indicator['output.quality.*'] = give(0.2)\n"
                  "rules.indicator['output.quality.one'] = give(0.3)\n"
                  "rules.indicator['*数量'] = give(0.4)\n",
                  "p,output.cost.x,1,1,1\np,output.quality.two,1,1,1\np,output.quality.one,1,1,1\n"
                  "p,benefit.数量,1,1,1\np,benefit.y,1,4,2\n");
    static const struct {
        const char *path;
        double attainment;
    } cases[] = {{"output.cost.x", 0.1},
                 {"output.quality.two", 0.2},
                 {"output.quality.one", 0.3},
                 {"benefit.数量", 0.4},
                 {"benefit.y", 0.5}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_score_equal(fixture_number(fixture_item(root, "p", cases[i].path), "attainment"),
                           cases[i].attainment);
    json_decref(root);
    fixture_end();
}

static void test_rules__ties_are_errors(void **state)
{
    static const char *const sections[] = {"indicator", "measure", "target"};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        char script[512];
        sy_error err = {0};
        fixture_begin();
        fixture_evaluation("t");
        snprintf(
            script, sizeof script,
            "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n"
            "rules.%s['a.*'] = function() return 1 end\nrules.%s['*.x'] = function() return 1 end\n"
            "return rules\n",
            sections[i], sections[i]);
        fixture_file("scripts/t.lua", script);
        fixture_file("outcomes.csv", "fund,indicator,weight,target,actual\np,a.x,1,1,1\n");
        assert_null(fixture_score_with(NULL, &err));
        assert_int_equal(err.status, SY_EINPUT);
        assert_non_null(strstr(err.file, "scripts/t.lua"));
        assert_true(err.line == 3 || err.line == 4);
        assert_non_null(strstr(err.message, "a.*"));
        assert_non_null(strstr(err.message, "*.x"));
        /* The place of the other, too. */
        assert_non_null(
            strstr(err.message, err.line == 3 ? "(scripts/t.lua:4)" : "(scripts/t.lua:3)"));
        fixture_end();
    }
}

/* `*` stands for any run of characters, none and dots too; a path of its own beats all patterns,
 * the longest literal the rest, in characters, not bytes. */
static void test_rules__patterns_at_their_edges(void **state)
{
    static const struct {
        const char *patterns[3]; /* they give 0.1, 0.2, 0.3 */
        const char *path;
        double attainment;
    } cases[] = {
        {{"*", "a*", "a.b*"}, "a.b", 0.3},
        {{"a.b", "a.b*", "a.b**"}, "a.b", 0.1},
        {{"a.*.c", "a.*", "*.c"}, "a.b.x.c", 0.1},
        {{"a.*.c", "a.*", "*"}, "a.c", 0.2}, /* `.*.` needs two dots */
        {{"*率", "abc*", "*"}, "abc率", 0.2},
        {{"*控制率", "ab*", "*"}, "ab控制率", 0.1}, /* 3 characters against 2 */
        {{"*数量", "a.*", "*"}, "a.数量", 0},       /* 2 against 2: a tie */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char script[512], rows[128];
        sy_error err = {0};
        fixture_begin();
        fixture_evaluation("t");
        size_t len = (size_t)sprintf(
            script, "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n");
        for (int k = 0; k < 3; k++)
            len += (size_t)sprintf(script + len,
                                   "rules.indicator['%s'] = function() return 0.%d end\n",
                                   cases[i].patterns[k], k + 1);
        strcpy(script + len, "return rules\n");
        fixture_file("scripts/t.lua", script);
        snprintf(rows, sizeof rows, "fund,indicator,weight,target,actual\np,%s,1,1,1\n",
                 cases[i].path);
        fixture_file("outcomes.csv", rows);
        json_t *root = fixture_score_with(NULL, &err);
        assert_true((root == NULL) == (cases[i].attainment == 0));
        if (root)
            assert_score_equal(fixture_number(fixture_item(root, "p", cases[i].path), "attainment"),
                               cases[i].attainment);
        json_decref(root);
        fixture_end();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules__by_sign),
        cmocka_unit_test(test_rules__completion_and_reverse),
        cmocka_unit_test(test_rules__tiers_and_deduct),
        cmocka_unit_test(test_rules__counts_ratings_and_deadlines),
        cmocka_unit_test(test_rules__missing_and_not_applicable),
        cmocka_unit_test(test_rules__parameters),
        cmocka_unit_test(test_rules__patterns),
        cmocka_unit_test(test_rules__ties_are_errors),
        cmocka_unit_test(test_rules__patterns_at_their_edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
