/*
 * test_contract_both_ways.c - every declared rule against the same rule called by a function, over
 * generated rows: the same status, attainment, score and findings. Each row is a fund of its own,
 * so that its score is compared, too.
 *
 * A function is called only where target and actual were read: rules that read no target are called
 * through sy.func{ …, target = false }, cells that look like broken numbers are left out for
 * checklists and ratings, which alone take them as words.
 */
#include <stdbool.h>

#include "evaluation_fixture.h"

#define ROWS 240

struct pair {
    const char *rule, *options; /* options that a function must have, too */
    bool target;
};

static const struct pair pairs[] = {
    {"by_sign{}", "", true},
    {"by_sign{ missing = 0.25, not_applicable = 1 }", "missing = 0.25, not_applicable = 1", true},
    {"completion{}", "", true},
    {"completion{ pass = 0.6, over = 1.2 }", "", true},
    {"completion{ missing = 0.5 }", "missing = 0.5", true},
    {"reverse{}", "", true},
    {"reverse{ mode = 'linear' }", "", true},
    {"tiers{ {90, 1}, {80, 0.8}, {60, 0.5} }", "", false},
    {"tiers{ of = 5, edge = 'upper', {100, 5}, {110, 3}, {120, 1.5} }", "", false},
    {"deduct{ of = 5, from = 100, per = 1, lose = 0.5 }", "", false},
    {"deduct{ of = 5, from = 100, per = 5, lose = 2, when = 'below', steps = 'ceil' }", "", false},
    {"deduct{ of = 3, from = 100, per = 3, lose = 1, when = 'either', steps = 'prorata' }", "",
     false},
    {"checklist{ of = 5 }", "", false},
    {"checklist{ {'①制度', 2}, {'②计划', 1.5}, {'③公开', 1} }", "", false},
    {"violations{ of = 5, lose = 2 }", "", false},
    {"rating{}", "", false},
    {"deadline{ lose = 0.1 }", "", true},
    {"deadline{ lose = 0.5, of = 2, per = 'week' }", "", true},
    {"deadline{ lose = 0.1, per = 'month', missing = 0.5 }", "missing = 0.5", true},
    {"between{ lo = 50, hi = 100 }", "", false},
    {"between{ lo = 50, hi = 100, width = 40, missing = 0.5 }", "missing = 0.5", false},
    {"pass_fail{}", "", true},
    {"pass_fail{ not_applicable = 1 }", "not_applicable = 1", true},
    {"efficacy{ satisfied = 100, unacceptable = 50 }", "", false},
    {"efficacy{ satisfied = 0, unacceptable = 50, base = 0.4 }", "", false},
    {"least{ sy.by_sign{} }", "", true},
    {"least{ sy.completion{}, sy.deduct{ from = 100, per = 5, lose = 0.1 }, sy.pass_fail{} }", "",
     true},
    {"least{ sy.violations{ lose = 0.01 }, sy.between{ lo = 0, hi = 100, width = 9 } }", "", false},
    {"least{ sy.by_sign{ missing = 0.5 }, sy.tiers{ {90, 1}, missing = 0.25, not_applicable = 1 } "
     "}",
     "missing = 0.25", true},
    {"average{ {sy.completion{ over = 1.2 }, 3}, {sy.reverse{}, 1}, {sy.by_sign{}, 0.5} }", "",
     true},
    {"average{ {sy.by_sign{}, 1}, {sy.least{ sy.pass_fail{}, sy.deadline{ lose = 0.1 } }, 2} }", "",
     true},
    {"average{ {sy.by_sign{}, 1}, {sy.least{ sy.pass_fail{} }, 2}, missing = 0.5 }",
     "missing = 0.5", true},
};

static const char *const targets[] = {"",
                                      "100",
                                      "≥100",
                                      ">100",
                                      "=100",
                                      "=0",
                                      "0",
                                      "<100",
                                      "≤100",
                                      "≤0",
                                      "18-54岁",
                                      "90%~95%",
                                      "2019-06-30前",
                                      "9月底前",
                                      "2019-12-31",
                                      "达成",
                                      "公开",
                                      "不适用",
                                      "≥7000条次",
                                      "45万元",
                                      "≥2.91亿元",
                                      "12..5",
                                      "提升10%",
                                      "≥90%",
                                      "-5",
                                      "3000元/人",
                                      "1",
                                      "5",
                                      "3"};
static const char *const actuals[] = {"",           "100",        "99.9999999999",
                                      "0",          "-5",         "50",
                                      "130",        "129.99",     "①③",
                                      "3项",        "3",          "2",
                                      "0.7",        "1.5",        "18",
                                      "54",         "55",         "17.99",
                                      "90",         "92.5%",      "95%",
                                      "达成",       "公开",       "优",
                                      "是",         "2019-06-30", "2019-07-01",
                                      "2019-08-31", "2020-01-31", "7月",
                                      "部分达成",   "不适用",     "100个",
                                      "7000条次",   "6999件",     "450000元",
                                      "45万元",     "23",         "44.9万元",
                                      "29100万元",  "约100",      "提升12%",
                                      "下降3%",     "≥266",       "1234",
                                      "1.15",       "3000元/人",  "100%",
                                      "12..5",      "1e3"}; /* broken ones last */
static const char *const signs[] = {"", "", "", ">=", "<=", "=", "定性", ">", "<"};
static const char *const ratings[] = {"", "", "", "", "优", "0.4", "无此词"};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static uint32_t seed;

/* A number below n, the same in every run. */
static size_t draw(size_t n)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % n;
}

static void write_rows(const struct pair *p)
{
    static char text[ROWS * 2 * 160];
    bool words = strncmp(p->rule, "checklist", 9) == 0 || strncmp(p->rule, "rating", 6) == 0;
    size_t len = (size_t)sprintf(text, "fund,indicator,weight,target,actual,sign,rating\n");
    for (int row = 0; row < ROWS; row++) {
        const char *target = targets[draw(COUNT(targets))];
        const char *actual = actuals[draw(COUNT(actuals) - (words ? 2 : 0))];
        const char *sign = signs[draw(COUNT(signs))];
        const char *rating = strncmp(p->rule, "rating", 6) ? ratings[draw(COUNT(ratings))] : "";
        for (int k = 0; k < 2; k++) {
            assert_true(len + 200 < sizeof text);
            len += (size_t)sprintf(text + len, "%c%d,%c,1,%s,%s,%s,%s\n", "dc"[k], row, "dc"[k],
                                   target, actual, sign, rating);
        }
    }
    fixture_file("outcomes.csv", text);
}

static void write_script(const struct pair *p)
{
    char text[1024];
    snprintf(
        text, sizeof text,
        "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\nlocal base = sy.%s\n"
        "rules.indicator.d = base\n"
        "rules.indicator.c = sy.func{ function(i, fund) return base(i, fund) end, target = %s%s%s "
        "}\n"
        "return rules\n",
        p->rule, p->target ? "true" : "false", *p->options ? ", " : "", p->options);
    fixture_file("scripts/t.lua", text);
}

/* The findings about a fund, a line each, with the indicator's name taken out. */
static void list_findings(char *out, size_t cap, json_t *root, const char *fund)
{
    size_t i;
    json_t *f;
    *out = '\0';
    json_array_foreach(json_object_get(root, "findings"), i, f)
    {
        const char *about = fixture_text(f, "fund"), *message = fixture_text(f, "message");
        if (!about || strcmp(about, fund) != 0)
            continue;
        if (fixture_text(f, "indicator") && strncmp(message, fixture_text(f, "indicator"), 1) == 0)
            message++;
        size_t len = strlen(out);
        snprintf(out + len, cap - len, "%s %s\n", fixture_text(f, "code"), message);
    }
}

static void compare_key(json_t *d, json_t *c, const char *key, const char *what)
{
    if (json_equal(json_object_get(d, key), json_object_get(c, key)))
        return;
    char *declared = json_dumps(json_object_get(d, key), JSON_ENCODE_ANY);
    char *called = json_dumps(json_object_get(c, key), JSON_ENCODE_ANY);
    fail_msg("%s: %s: declared %s, called %s", what, key, declared, called);
}

static void compare_row(json_t *root, const struct pair *p, size_t row)
{
    static const char *const keys[] = {"status", "attainment", "score"};
    static char declared[4096], called[4096];
    char what[512];
    json_t *d = json_array_get(json_object_get(root, "funds"), 2 * row);
    json_t *c = json_array_get(json_object_get(root, "funds"), 2 * row + 1);
    json_t *one = json_array_get(json_object_get(d, "indicators"), 0);
    json_t *two = json_array_get(json_object_get(c, "indicators"), 0);
    const char *target = fixture_text(one, "target_text"),
               *actual = fixture_text(one, "actual_text");
    snprintf(what, sizeof what, "%s, target '%s', actual '%s', sign '%s'", p->rule,
             target ? target : "", actual ? actual : "", fixture_text(one, "sign"));
    for (size_t i = 0; i < COUNT(keys); i++) {
        compare_key(one, two, keys[i], what);
        if (i != 1)
            compare_key(d, c, keys[i], what);
    }
    list_findings(declared, sizeof declared, root, fixture_text(d, "fund"));
    list_findings(called, sizeof called, root, fixture_text(c, "fund"));
    if (strcmp(declared, called) != 0)
        fail_msg("%s: findings, declared:\n%scalled:\n%s", what, declared, called);
}

static void test_both_ways__give_the_same(void **state)
{
    size_t scored = 0;
    (void)state;
    seed = 2019;
    for (size_t i = 0; i < COUNT(pairs); i++) {
        fixture_begin();
        fixture_evaluation("t");
        fixture_file("config/t.ini", "[ratings]\n优 = 1\n部分达成 = 0.7\n");
        write_script(&pairs[i]);
        write_rows(&pairs[i]);
        json_t *root = fixture_score();
        assert_int_equal(json_array_size(json_object_get(root, "funds")), 2 * ROWS);
        for (size_t row = 0; row < ROWS; row++) {
            compare_row(root, &pairs[i], row);
            json_t *fund = json_array_get(json_object_get(root, "funds"), 2 * row);
            scored += strcmp(fixture_text(fund, "status"), "scored") == 0;
        }
        assert_int_equal(fixture_findings(root, "script-error"), 0);
        json_decref(root);
        fixture_end();
    }
    assert_true(scored >
                COUNT(pairs) * ROWS / 4); /* the rows are not all of the kind that is refused */
}

/* What a function makes of a rule's answer is its own: scaled, replaced, or left to another rule.
 */
static void test_both_ways__functions_build_on_rules(void **state)
{
    (void)state;
    fixture_begin();
    fixture_evaluation("t");
    fixture_file("scripts/t.lua",
                 "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n"
                 "local base, late = sy.completion{}, sy.deadline{ lose = 0.1 }\n"
                 "rules.indicator['a.half'] = function(i, fund)\n"
                 "  local x, why = base(i, fund) return x / 2, why end\n"
                 "rules.indicator['a.other'] = function(i, fund)\n"
                 "  return late(i, fund) or base(i, fund) end\n"
                 "rules.indicator['a.none'] = function(i, fund) return base(i, fund) or 0.3 end\n"
                 "rules.indicator['a.twice'] = function(i, fund)\n"
                 "  return (base(i, fund) + base(i, fund)) / 2 end\n"
                 "rules.indicator['a.fails'] = function(i, fund) return base(i, fund) + nil end\n"
                 "return rules\n");
    fixture_file("outcomes.csv", "fund,indicator,weight,target,actual\n"
                                 "p,a.half,1,100,80\np,a.other,1,100,80\np,a.none,1,公开,已公开\n"
                                 "p,a.twice,1,100,200\nq,a.fails,1,100,80\n");
    json_t *root = fixture_score();
    assert_score_equal(fixture_number(fixture_item(root, "p", "a.half"), "attainment"), 0.4);
    assert_non_null(strstr(fixture_text(fixture_item(root, "p", "a.half"), "reason"), "80 ÷ 100"));
    assert_score_equal(fixture_number(fixture_item(root, "p", "a.other"), "attainment"), 0.8);
    assert_score_equal(fixture_number(fixture_item(root, "p", "a.none"), "attainment"), 0.3);
    assert_score_equal(fixture_number(fixture_item(root, "p", "a.twice"), "attainment"), 1);
    assert_int_equal(fixture_findings(root, "target-too-low"),
                     1); /* once, however often it is called */
    assert_text(fixture_text(fixture_fund(root, "q"), "status"), "error");
    json_decref(root);
    fixture_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_ways__give_the_same),
        cmocka_unit_test(test_both_ways__functions_build_on_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
