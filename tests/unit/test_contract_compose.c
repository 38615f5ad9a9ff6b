/*
 * test_contract_compose.c - contract 4, rules made of rules: what they give, and what they say
 * where one of their parts cannot grade: never a silent 0, never without the part.
 */
#include "script_evaluation.h"

#include "base/buf.h"

struct compose_case {
    const char *rule;     /* of the indicator x */
    const char *rows;     /* target, actual; before a '|' last year's, NULL: no such row */
    const char *status;   /* of x */
    double attainment;    /* NAN: none */
    const char *findings; /* codes about x, by order of the findings, a blank behind each */
};

/* The codes of the findings that name x. */
static void list_codes(char *out, size_t cap, json_t *root)
{
    size_t i, len = 0;
    json_t *f;
    *out = '\0';
    json_array_foreach(json_object_get(root, "findings"), i, f)
    {
        const char *about = fixture_text(f, "indicator");
        if (about && strcmp(about, "x") == 0)
            len += (size_t)snprintf(out + len, cap - len, "%s ", fixture_text(f, "code"));
    }
}

static void run_case(const struct compose_case *c)
{
    char rule[1024], rows[512], codes[512], what[1600];
    const char *bar = strchr(c->rows, '|');
    snprintf(rule, sizeof rule, "rules.indicator.x = %s\n", c->rule);
    if (bar)
        snprintf(rows, sizeof rows, "p,2018,x,1,%.*s\np,2019,x,1,%s\n", (int)(bar - c->rows),
                 c->rows, bar + 1);
    else
        snprintf(rows, sizeof rows, "p,2019,x,1,%s\n", c->rows);
    json_t *root = script_score(rule, rows, NULL);
    json_t *item = fixture_item(root, "p", "x");
    list_codes(codes, sizeof codes, root);
    snprintf(what, sizeof what, "%s on %s: %s, findings %s", c->rule, c->rows,
             fixture_text(item, "status"), codes);
    if (strcmp(fixture_text(item, "status"), c->status) != 0 || strcmp(codes, c->findings) != 0)
        fail_msg("%s", what);
    if (isnan(c->attainment) != script_null(item, "attainment"))
        fail_msg("%s: attainment", what);
    if (!isnan(c->attainment) &&
        !(fabs(fixture_number(item, "attainment") - c->attainment) <= 1e-12))
        fail_msg("%s: attainment %.15g", what, fixture_number(item, "attainment"));
    json_decref(root);
    fixture_end();
}

#define COUNT(list) (sizeof(list) / sizeof *(list))
#define RUN(list)                                \
    do {                                         \
        (void)state;                             \
        for (size_t i = 0; i < COUNT(list); i++) \
            run_case(&(list)[i]);                \
    } while (0)

static void test_compose__puts_parts_together(void **state)
{
    static const struct compose_case cases[] = {
        {"sy.least{ sy.completion{} }", "100,80", "scored", 0.8, ""},
        {"sy.least{ sy.completion{}, sy.pass_fail{} }", "100,80", "scored", 0, ""},
        {"sy.least{ sy.pass_fail{}, sy.completion{} }", "100,100", "scored", 1, ""},
        {"sy.average{ {sy.completion{}, 3}, {sy.pass_fail{}, 1} }", "100,80", "scored", 0.6, ""},
        {"sy.average{ {sy.completion{}, 0.1}, {sy.reverse{}, 0.2} }", "100,80", "scored",
         (0.8 * 0.1 + 1 * 0.2) / 0.3, ""},
        {"sy.average{ {sy.completion{}, 0.1}, {sy.by_sign{}, 0.2}, {sy.pass_fail{}, 0.7} }",
         "100,100", "scored", 1, ""},
        {"sy.least{ sy.average{ {sy.completion{}, 1}, {sy.pass_fail{}, 1} }, sy.tiers{ {50, 0.9} } "
         "}",
         "100,80", "scored", 0.4, ""},
        {"sy.least{ sy.checklist{ of = 4 }, sy.violations{ lose = 0.1 } }", ",3", "scored", 0.7,
         ""},
        /* Each reads its own: what is no count for one is one for the other. */
        {"sy.average{ {sy.checklist{ of = 4 }, 1}, {sy.checklist{ of = 8 }, 1} }", ",①③", "scored",
         0.375, ""},
        {"sy.average{ {sy.rating{}, 1}, {sy.between{ lo = 0, hi = 0.5 }, 1} }", ",0.4", "scored",
         0.7, ""},
        {"sy.least{ sy.completion{}, function(i) return i.actual / i.target / 2 end }", "100,80",
         "scored", 0.4, ""},
        {"sy.average{ {function() return 0.5 end, 1}, {sy.func{ function() return 1 end }, 1} }",
         "100,80", "scored", 0.75, ""},
        {"sy.least{ sy.least{ sy.least{ function() return 0.3 end } } }", "1,1", "scored", 0.3, ""},
        /* In the unit of the target. */
        {"sy.least{ sy.completion{}, sy.between{ lo = 40, hi = 50 } }", "45万元,450000元", "scored",
         1, ""},
    };
    RUN(cases);
}

static void test_compose__says_what_a_part_says(void **state)
{
    static const struct compose_case cases[] = {
        /* No target: one part reads it. */
        {"sy.least{ sy.tiers{ {1, 1} }, sy.completion{} }", ",80", "untargeted", NAN,
         "target-missing "},
        {"sy.least{ sy.tiers{ {1, 1} }, sy.violations{ lose = 0.1 } }", ",1", "scored", 0.9, ""},
        {"sy.least{ sy.tiers{ {1, 1} }, function() return 1 end }", ",80", "untargeted", NAN,
         "target-missing "},
        {"sy.least{ sy.tiers{ {1, 1} }, sy.func{ function() return 1 end, target = false } }",
         ",80", "scored", 1, ""},
        /* No actual. */
        {"sy.least{ sy.completion{}, sy.tiers{ {1, 1} } }", "100,", "missing", NAN,
         "actual-missing "},
        {"sy.least{ sy.completion{}, sy.tiers{ {1, 1} }, missing = 0.4 }", "100,", "scored", 0.4,
         ""},
        {"sy.average{ {sy.completion{ missing = 0.2 }, 1}, {sy.tiers{ {1, 1}, missing = 1 }, 3} }",
         "100,", "scored", 0.8, ""},
        {"sy.least{ sy.completion{ missing = 0.2 }, sy.tiers{ {1, 1} } }", "100,", "missing", NAN,
         "actual-missing "},
        {"sy.least{ sy.completion{ missing = 0.2 }, function() return 1 end }", "100,", "missing",
         NAN, "actual-missing "},
        /* Not applicable. */
        {"sy.least{ sy.completion{}, sy.pass_fail{} }", "100,不适用", "not_applicable", NAN, ""},
        {"sy.least{ sy.completion{}, sy.pass_fail{}, not_applicable = 1 }", "100,不适用", "scored",
         1, ""},
        {"sy.least{ sy.completion{ not_applicable = 1 }, sy.pass_fail{ not_applicable = 0.5 } }",
         "100,不适用", "scored", 0.5, ""},
        {"sy.least{ sy.completion{ not_applicable = 1 }, sy.pass_fail{} }", "100,不适用",
         "not_applicable", NAN, ""},
        {"sy.least{ sy.completion{}, function() return sy.not_applicable('无') end }", "100,80",
         "not_applicable", NAN, ""},
        {"sy.least{ sy.completion{}, function() return sy.not_applicable('无') end, not_applicable "
         "= "
         "0.25 }",
         "100,80", "scored", 0.25, ""},
    };
    RUN(cases);
}

static void test_compose__a_part_that_cannot_grade(void **state)
{
    static const struct compose_case cases[] = {
        /* In whatever place it stands. */
        {"sy.least{ sy.completion{}, sy.checklist{ of = 5 } }", "100,80", "rejected", NAN,
         "bad-number "},
        {"sy.least{ sy.checklist{ of = 5 }, sy.completion{} }", "100,80", "rejected", NAN,
         "bad-number "},
        {"sy.average{ {sy.completion{}, 1}, {sy.deadline{ lose = 0.1 }, 1} }", "100,80", "rejected",
         NAN, "kind-mismatch "},
        {"sy.average{ {sy.completion{}, 1}, {sy.tiers{ {1, 1} }, 1} }", "100,12..5", "rejected",
         NAN, "bad-number "},
        {"sy.average{ {sy.completion{}, 1}, {function() return 1 end, 1} }", "100,12..5",
         "rejected", NAN, "bad-number "},
        {"sy.average{ {sy.by_sign{}, 1}, {sy.tiers{ {1, 1} }, 1} }", "不断提高,有所提高",
         "rejected", NAN, "bad-number "}, /* before unrated */
        {"sy.average{ {sy.by_sign{}, 1}, {sy.pass_fail{}, 1} }", "不断提高,有所提高", "unrated",
         NAN, "unrated "},
        {"sy.average{ {sy.by_sign{}, 1}, {sy.pass_fail{}, 1} }", "公开,公开", "scored", 1,
         "actual-repeats-target "},
        {"sy.average{ {sy.by_sign{}, 1}, {function() return 0.5 end, 1} }", "公开,公开", "scored",
         0.75, "actual-repeats-target "},
    };
    RUN(cases);
}

static void test_compose__findings_of_parts_once(void **state)
{
    static const struct compose_case cases[] = {
        {"sy.least{ sy.completion{ over = 1.2 }, sy.completion{ over = 1.1 } }", "100,120",
         "scored", 1, "target-too-low "},
        {"sy.least{ sy.completion{ over = 1.2 }, function() return 1 end }", "100,120", "scored", 1,
         "target-too-low "},
        {"sy.least{ sy.completion{}, function() return 1.5 end }", "100,80", "scored", 0.8,
         "attainment-range "},
        {"sy.least{ sy.completion{}, sy.reverse{} }", "100个,80件", "scored", 0.8, "count-words "},
    };
    RUN(cases);
}

static void test_compose__against_previous(void **state)
{
    static const struct compose_case cases[] = {
        {"sy.against_previous{ sy.completion{} }", ",50|,40", "scored", 0.8, ""},
        {"sy.against_previous{ sy.completion{} }", "7,50|100,40", "scored", 0.8, ""},
        {"sy.against_previous{ sy.completion{} }", ",50|,90", "scored", 1,
         ""}, /* no target-too-low */
        {"sy.against_previous{ sy.completion{ over = 1.1 } }", ",50|≥80,90", "scored", 1, ""},
        {"sy.against_previous{ sy.reverse{ mode = 'linear' } }", ",50|,60", "scored", 0.8, ""},
        {"sy.against_previous{ sy.by_sign{} }", ",50|≤9,100", "scored", 0.5, ""},
        {"sy.against_previous{ sy.by_sign{} }", ",50|≥9,100", "scored", 1, ""},
        {"sy.against_previous{ sy.by_sign{} }", ",50|1~9,40", "scored", 0.8, ""}, /* as >= */
        {"sy.against_previous{ sy.pass_fail{} }", ",50|,49.9", "scored", 0, ""},
        {"sy.against_previous{ sy.pass_fail{} }", ",50|,50", "scored", 1, ""},
        {"sy.against_previous{ sy.completion{} }", ",0|,0", "scored", 1, ""},
        {"sy.against_previous{ sy.completion{} }", ",-5|,-6", "scored", 0, ""},
        /* Converted: 元, 万元, and a bare number takes the other's unit. */
        {"sy.against_previous{ sy.completion{} }", ",50万元|,400000元", "scored", 0.8, ""},
        {"sy.against_previous{ sy.completion{} }", ",0.5亿元|≥1万元,4000万元", "scored", 0.8, ""},
        {"sy.against_previous{ sy.completion{} }", ",50|,40万元", "scored", 0.8, ""},
        {"sy.against_previous{ sy.completion{} }", ",50万元|,40", "scored", 0.8, ""},
        /* Dates are held against each other as days. */
        {"sy.against_previous{ sy.deadline{ lose = 0.1 } }", ",2019-01-10|,2019-01-13", "scored",
         0.7, ""},
        {"sy.against_previous{ sy.by_sign{} }", ",2019-01-10|,2019-01-10", "scored", 1, ""},
        /* Nothing to go by. */
        {"sy.against_previous{ sy.completion{} }", "100,40", "untargeted", NAN,
         "previous-missing "},
        {"sy.against_previous{ sy.completion{} }", "100,|100,40", "untargeted", NAN,
         "previous-missing "},
        {"sy.against_previous{ sy.completion{} }", "100,好|100,40", "untargeted", NAN,
         "previous-missing "},
        {"sy.against_previous{ sy.completion{} }", "100,12..5|100,40", "untargeted", NAN,
         "previous-missing "},
        {"sy.against_previous{ sy.completion{} }", "100,不适用|100,40", "untargeted", NAN,
         "previous-missing "},
        {"sy.against_previous{ sy.completion{} }", ",50%|,40万元", "untargeted", NAN,
         "previous-missing "},
        {"sy.against_previous{ sy.completion{} }", ",提升5%|,下降4%", "untargeted", NAN,
         "previous-missing "},
        {"sy.against_previous{ sy.completion{}, missing = 1 }", "100,", "untargeted", NAN,
         "previous-missing "}, /* whatever the actual */
        {"sy.against_previous{ sy.completion{ missing = 0.5 } }", ",50|,", "scored", 0.5, ""},
        {"sy.against_previous{ sy.completion{} }", ",50|,", "missing", NAN, "actual-missing "},
        {"sy.against_previous{ sy.completion{} }", ",50|,多", "rejected", NAN, "bad-number "},
        {"sy.against_previous{ sy.deadline{ lose = 0.1 } }", ",50|,40", "rejected", NAN,
         "kind-mismatch "},
        {"sy.against_previous{ sy.completion{} }", ",2019-01-10|,40", "rejected", NAN,
         "kind-mismatch "},
    };
    RUN(cases);
}

static void test_compose__against_previous_in_others(void **state)
{
    static const struct compose_case cases[] = {
        {"sy.average{ {sy.completion{}, 3}, {sy.against_previous{ sy.completion{} }, 2} }",
         ",64|100,80", "scored", 0.88, ""},
        {"sy.least{ sy.completion{}, sy.against_previous{ sy.completion{} } }", "100,80",
         "untargeted", NAN, "previous-missing "},
        {"sy.least{ sy.completion{}, sy.against_previous{ sy.completion{} } }", ",50|,80",
         "untargeted", NAN, "target-missing "},
        {"sy.against_previous{ sy.average{ {sy.completion{}, 1}, {sy.pass_fail{}, 1} } }",
         ",50|,40", "scored", 0.4, ""},
        /* A function sees last year's actual as the target, inside alone. */
        {"sy.against_previous{ function(i) assert(i.sign == '<=') return i.actual / i.target, 'x' "
         "end }",
         ",50|≤7,40", "scored", 0.8, ""},
        {"sy.average{ {sy.against_previous{ function(i) return i.actual / i.target end }, 1}, "
         "{function(i) return i.actual / i.target end, 1} }",
         ",50|80,40", "scored", 0.65, ""},
        {"sy.func{ function(i, fund) local base = sy.against_previous{ function(j) return j.target "
         "< "
         "50 and 1 or nil + 1 end }\n assert(not pcall(base, i, fund)) return i.target / 100 end }",
         ",50|80,40", "scored", 0.8, ""},
        {"function(i, fund) return (sy.against_previous{ sy.completion{} }(i, fund)) end",
         ",50|80,40", "scored", 0.8, ""},
        /* Called by a function, it lacks last year's figure as any function does. */
        {"function(i, fund) return (sy.against_previous{ sy.completion{} }(i, fund)) end", "80,40",
         "missing", NAN, "fact-missing "},
    };
    RUN(cases);
}

/* What a function in a rule does wrong is its own, named with its place in the rule. */
static void test_compose__failing_functions(void **state)
{
    static const struct {
        const char *rule, *message;
    } cases[] = {
        {"sy.least{ sy.completion{}, function() return 'x' end }",
         "least: element 2 gave a string, not a number from 0 to 1"},
        {"sy.average{ {function() return 0/0 end, 1} }", "average: element 1 gave not-a-number"},
        {"sy.least{ function() return 1/0 end }", "least: element 1 gave an infinite number"},
        {"sy.least{ function() error('own') end }", "own"},
        {"sy.least{ function() return 1, {} end }", "the reason of a rule"},
        {"sy.least{ function() end }", "returned nil"},
        {"sy.least{ function() while true do end end }", "[limits]"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char rule[512];
        snprintf(rule, sizeof rule, "rules.indicator.x = %s\n", cases[i].rule);
        json_t *root = script_score(rule, "p,2019,x,1,100,80\n", NULL);
        script_says(script_finding(root, "script-error", "p"), cases[i].message);
        assert_text(fixture_text(fixture_fund(root, "p"), "status"), "error");
        json_decref(root);
        fixture_end();
    }
    json_t *root = script_score("local r\nr = sy.least{ function(i, fund) return r(i, fund) end }\n"
                                "rules.indicator.x = r\n",
                                "p,2019,x,1,100,80\n", NULL);
    script_says(script_finding(root, "script-error", "p"), "overflow");
    json_decref(root);
    fixture_end();
}

/* A fact that a function in it lacks makes the whole missing; `missing =` of the whole holds. */
static void test_compose__lacking_facts(void **state)
{
    (void)state;
    json_t *root =
        script_score("local f = function(i, fund) return fund.none / 2 end\n"
                     "rules.indicator.x = sy.least{ sy.completion{}, f }\n"
                     "rules.indicator.y = sy.least{ sy.completion{}, f, missing = 0.5 }\n",
                     "p,2019,x,1,100,80\np,2019,y,1,100,80\n", NULL);
    assert_text(fixture_text(fixture_item(root, "p", "x"), "status"), "missing");
    assert_text(fixture_text(fixture_item(root, "p", "y"), "status"), "scored");
    assert_score_equal(fixture_number(fixture_item(root, "p", "y"), "attainment"), 0.5);
    script_says(script_finding(root, "fact-missing", "p"), "none");
    json_decref(root);
    fixture_end();
}

/* A rating wins over a rule made of rules as over any; what the rule gives is said beside it. */
static void test_compose__ratings_win(void **state)
{
    (void)state;
    fixture_begin();
    fixture_evaluation("t");
    fixture_file("scripts/t.lua", SCRIPT_HEAD
                 "rules.indicator['*'] = sy.least{ sy.completion{}, sy.pass_fail{} }\n"
                 "rules.indicator.z = sy.least{ sy.completion{}, function() return 0.25 "
                 "end }" SCRIPT_TAIL);
    fixture_file("outcomes.csv", "fund,indicator,weight,target,actual,rating\n"
                                 "p,x,1,100,80,0.7\np,y,1,100,100,\np,z,1,100,80,0.6\n");
    json_t *root = fixture_score();
    assert_score_equal(fixture_number(fixture_item(root, "p", "x"), "attainment"), 0.7);
    assert_score_equal(fixture_number(fixture_item(root, "p", "y"), "attainment"), 1);
    assert_score_equal(fixture_number(fixture_item(root, "p", "z"), "attainment"), 0.6);
    assert_int_equal(fixture_findings(root, "overridden"), 2);
    json_decref(root);
    fixture_end();
}

/* A row of an unscored year has no path from [names]: it is found by the path that both years were
 * written with. */
static void test_compose__previous_of_labelled_rows(void **state)
{
    (void)state;
    fixture_begin();
    fixture_file("evaluation.ini",
                 "[evaluation]\nyears = 2019\ntype = t\n[data outcomes]\npath = outcomes.csv\n");
    fixture_file("config/t.ini", "[names]\noutput.quantity.push = 推送条次\n");
    fixture_file("scripts/t.lua",
                 SCRIPT_HEAD "rules.indicator['output.quantity.push'] = sy.against_previous{ "
                             "sy.completion{} }" SCRIPT_TAIL);
    fixture_file(
        "outcomes.csv",
        "fund,year,一级指标,二级指标,三级指标,分值,年度指标值,实际完成值\n"
        "p,2018,产出指标,数量指标,推送条次,1,,50\np,2019,产出指标,数量指标,推送条次,1,,40\n");
    json_t *root = fixture_score();
    json_t *item = fixture_item(root, "p", "output.quantity.push");
    assert_score_equal(fixture_number(item, "attainment"), 0.8);
    json_decref(root);
    fixture_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compose__puts_parts_together),
        cmocka_unit_test(test_compose__says_what_a_part_says),
        cmocka_unit_test(test_compose__a_part_that_cannot_grade),
        cmocka_unit_test(test_compose__findings_of_parts_once),
        cmocka_unit_test(test_compose__against_previous),
        cmocka_unit_test(test_compose__against_previous_in_others),
        cmocka_unit_test(test_compose__failing_functions),
        cmocka_unit_test(test_compose__lacking_facts),
        cmocka_unit_test(test_compose__ratings_win),
        cmocka_unit_test(test_compose__previous_of_labelled_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
