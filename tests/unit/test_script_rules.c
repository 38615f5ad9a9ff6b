/*
 * test_script_rules.c - rule constructors: what options become, what is refused, rules that scripts
 * call, and that scripts out of memory come to no harm.
 */
#include "script_fixture.h"

#include "fail_alloc.h"

/* The rule that an expression makes. */
static const struct rule *make_rule(struct fixture *x, const char *expression)
{
    char source[1024];
    snprintf(source, sizeof source, HEAD "rules.indicator['x'] = %s" TAIL, expression);
    return rule_at(x, load_source(x, source), "x");
}

static void test_script_rules__options_become_rules(void **state)
{
    (void)state;
    struct fixture x;
    fixture_open(&x);
    const struct rule *r = make_rule(&x, "sy.by_sign { missing = 0.5, not_applicable = 1 }");
    assert_int_equal(r->kind, RULE_BY_SIGN);
    assert_true(r->reads_target);
    assert_score_equal(r->missing, 0.5);
    assert_score_equal(r->not_applicable, 1);
    r = make_rule(&x, "sy.by_sign()");
    assert_true(isnan(r->missing) && isnan(r->not_applicable));
    r = make_rule(&x, "sy.completion { pass = 0.6, over = 1.2 }");
    assert_int_equal(r->kind, RULE_COMPLETION);
    assert_score_equal(r->pass, 0.6);
    assert_score_equal(r->over, 1.2);
    assert_true(r->reads_target);
    r = make_rule(&x, "sy.completion {}");
    assert_score_equal(r->pass, 0);
    assert_score_equal(r->over, 1.3);
    r = make_rule(&x, "sy.reverse { mode = 'linear' }");
    assert_int_equal(r->kind, RULE_REVERSE);
    assert_true(r->linear && r->reads_target);
    r = make_rule(
        &x,
        "sy.deduct { of = 5, from = 100, per = 1, lose = 0.5, steps = 'ceil', when = 'either' }");
    assert_int_equal(r->kind, RULE_DEDUCT);
    assert_score_equal(r->of, 5);
    assert_score_equal(r->from, 100);
    assert_score_equal(r->per, 1);
    assert_score_equal(r->lose, 0.5);
    assert_int_equal(r->steps, STEPS_CEIL);
    assert_int_equal(r->when, WHEN_EITHER);
    assert_false(r->reads_target);
    r = make_rule(&x, "sy.deduct { from = 0, per = 1, lose = 1 }");
    assert_score_equal(r->of, 1);
    assert_int_equal(r->steps, STEPS_FLOOR);
    assert_int_equal(r->when, WHEN_ABOVE);
    r = make_rule(&x, "sy.violations { of = 3, lose = 1 }");
    assert_int_equal(r->kind, RULE_VIOLATIONS);
    assert_score_equal(r->of, 3);
    assert_score_equal(r->lose, 1);
    r = make_rule(&x, "sy.deadline { lose = 0.1, per = 'month' }");
    assert_int_equal(r->kind, RULE_DEADLINE);
    assert_int_equal(r->period, PER_MONTH);
    assert_score_equal(r->lose, 0.1);
    assert_true(r->reads_target);
    assert_int_equal(make_rule(&x, "sy.rating {}")->kind, RULE_RATING);
    r = make_rule(&x, "sy.func { function() return 1 end, target = false, missing = 0 }");
    assert_int_equal(r->kind, RULE_FUNCTION);
    assert_false(r->reads_target);
    assert_score_equal(r->missing, 0);
    assert_true(r->function > 0);
    assert_true(make_rule(&x, "sy.func { function() end }")->reads_target);
    assert_true(make_rule(&x, "function() end")->reads_target);
    fixture_close(&x);
}

static void test_script_rules__lists(void **state)
{
    (void)state;
    struct fixture x;
    fixture_open(&x);
    const struct rule *r =
        make_rule(&x, "sy.tiers { { 60, 3 }, { 90, 5 }, { 80, 4 }, of = 5, edge = 'upper' }");
    assert_int_equal(r->kind, RULE_TIERS);
    assert_int_equal(r->ntiers, 3);
    assert_score_equal(r->tiers[0].bound, 60);
    assert_score_equal(r->tiers[2].points, 5);
    assert_score_equal(r->of, 5);
    assert_true(r->upper);
    r = make_rule(&x, "sy.checklist { { '①立项', 2 }, { '②程序', 3 } }");
    assert_int_equal(r->kind, RULE_CHECKLIST);
    assert_int_equal(r->nitems, 2);
    assert_text(r->items[0].mark, "①立项");
    assert_score_equal(r->items[1].points, 3);
    assert_score_equal(r->of, 5);
    r = make_rule(&x, "sy.checklist { '①', { '②' } }");
    assert_true(isnan(r->items[0].points) && isnan(r->items[1].points));
    assert_score_equal(r->of, 2);
    r = make_rule(&x, "sy.checklist { of = 4 }");
    assert_null(r->items);
    assert_score_equal(r->of, 4);
    fixture_close(&x);
}

static const struct {
    const char *expression, *message;
} wrong_options[] = {
    {"sy.completion { ovre = 2 }", "completion has no option 'ovre' (did you mean 'over'?)"},
    {"sy.completion { zzz = 1, yyy = 2 }", "completion has no option 'yyy'"},
    {"sy.completion { 1.3 }", "named options only"},
    {"sy.completion { [true] = 1 }", "named options only"},
    {"sy.completion(1.3)", "takes a table of options"},
    {"sy.completion { over = '2' }", "over must be a number, not string"},
    {"sy.completion { over = 0/0 }", "finite"},
    {"sy.completion { over = 1/0 }", "finite"},
    {"sy.completion { pass = -1 }", "pass must be from 0 to 1"},
    {"sy.completion { pass = 60 }", "pass must be from 0 to 1"},
    {"sy.completion { missing = 2 }", "missing must be from 0"},
    {"sy.by_sign { over = 2 }", "by_sign has no option 'over'"},
    {"sy.by_sign { misssing = 1 }", "did you mean 'missing'"},
    {"sy.reverse { mode = 'liner' }",
     "\"ratio\", \"linear\", not 'liner' (did you mean 'linear'?)"},
    {"sy.reverse { mode = 1 }", "mode must be a word, not number"},
    {"sy.rating { of = 1 }", "rating has no option 'of'"},
    {"sy.tiers {}", "at least one"},
    {"sy.tiers { 90, 1 }", "element 1 must be a list"},
    {"sy.tiers { { 90 } }", "element 1 must have two values"},
    {"sy.tiers { { 90, 1 }, { 80, 1, 1 } }", "element 2 must have two values"},
    {"sy.tiers { { '90', 1 } }", "bound of element 1 must be a number"},
    {"sy.tiers { { 90, 2 } }", "points of element 1 must be from 0 to 1: `of` says the full"},
    {"sy.tiers { of = 10, { 90, 12 } }", "points of element 1 must be from 0 to 10: `of`"},
    {"sy.tiers { of = 2.5, { 90, 2.6 } }", "points of element 1 must be from 0 to 2.5: `of`"},
    {"sy.tiers { { 90, -1 } }", "points of element 1"},
    {"sy.tiers { { 90, 1 }, { 90, 0.5 } }", "bound 90.0 is given twice"},
    {"sy.tiers { [1] = { 90, 1 }, [3] = { 80, 1 } }", "gap"},
    {"sy.tiers { { 90, 1 }, edge = 'low' }", "edge is one of"},
    {"sy.tiers { { 90, 1 }, of = 0 }", "of must be more than 0"},
    {"sy.deduct { per = 1, lose = 1 }", "deduct needs from"},
    {"sy.deduct { from = 1, lose = 1 }", "deduct needs per"},
    {"sy.deduct { from = 1, per = 1 }", "deduct needs lose"},
    {"sy.deduct { from = 1, per = 0, lose = 1 }", "per must be more than 0"},
    {"sy.deduct { from = 1, per = 1, lose = -1 }", "lose must be 0 or more"},
    {"sy.deduct { from = 1, per = 1, lose = 1, steps = 'round' }", "steps is one of"},
    {"sy.violations {}", "violations needs lose"},
    {"sy.deadline {}", "deadline needs lose"},
    {"sy.deadline { lose = 1, per = 'year' }", "per is one of"},
    {"sy.checklist {}", "needs of ="},
    {"sy.checklist { of = 2.5 }", "whole number"},
    {"sy.checklist { of = 2000 }", "at most 1024"},
    {"sy.checklist { 5 }", "element 1 must begin with a text"},
    {"sy.checklist { { '①', -1 } }", "element 1 must be { text, points }"},
    {"sy.checklist { { '①', 1, 2 } }", "element 1 must be { text, points }"},
    {"sy.checklist { { '①', 'x' } }", "points of element 1 must be a number"},
    {"sy.checklist { { '①', 0 } }", "no points"},
    {"sy.checklist { '\\xff' }", "not valid UTF-8"},
    {"sy.between { lo = 1 }", "between needs hi"},
    {"sy.between { hi = 1 }", "between needs lo"},
    {"sy.between { lo = 2, hi = 1 }", "lo = 2.0 is more than hi = 1.0"},
    {"sy.between { lo = 1, hi = 2, width = -1 }", "width must be 0 or more"},
    {"sy.between { 1, 2 }", "named options only"},
    {"sy.pass_fail { pass = 1 }", "pass_fail has no option 'pass'"},
    {"sy.efficacy { satisfied = 1 }", "efficacy needs unacceptable"},
    {"sy.efficacy { unacceptable = 1 }", "efficacy needs satisfied"},
    {"sy.efficacy { satisfied = 1, unacceptable = 1 }", "are the same, 1.0"},
    {"sy.efficacy { satisfied = 1, unacceptable = 0, base = 1.5 }", "base must be from 0 to 1"},
    {"sy.least {}", "least needs at least one rule"},
    {"sy.least { 1 }", "least: element 1 must be a rule or a function, not number"},
    {"sy.least { sy.completion }", "a function of the module is called"},
    {"sy.least { sy.rating {}, 'x' }", "least: element 2 must be a rule or a function, not string"},
    {"sy.least { [2] = sy.rating {} }", "gap"},
    {"sy.least { sy.rating {}, of = 1 }", "least has no option 'of'"},
    {"sy.least { sy.rating {}, missing = 2 }", "missing must be from 0 to 1"},
    {"sy.average {}", "average needs at least one {rule, weight}"},
    {"sy.average { sy.rating {} }", "average: element 1 must be { rule, weight }"},
    {"sy.average { { sy.rating {} } }", "average: element 1 must be { rule, weight }"},
    {"sy.average { { sy.rating {}, 1, 2 } }", "average: element 1 must be { rule, weight }"},
    {"sy.average { { 1, sy.rating {} } }",
     "the weight of element 1 must be a number of more than 0"},
    {"sy.average { { 1, 1 } }", "average: element 1 must be a rule or a function, not number"},
    {"sy.average { { sy.rating {}, 1 }, { sy.rating {}, 0 } }",
     "the weight of element 2 must be a number of more than 0"},
    {"sy.average { { sy.rating {}, -1 } }",
     "the weight of element 1 must be a number of more than 0"},
    {"sy.average { { sy.rating {}, 0/0 } }", "the weight of element 1"},
    {"sy.average { { sy.rating {}, 1/0 } }", "the weight of element 1"},
    {"sy.average { { sy.rating {}, 1e308 }, { sy.rating {}, 1e308 } }", "too large"},
    {"sy.against_previous {}", "against_previous needs one rule"},
    {"sy.against_previous { sy.completion {}, sy.completion {} }",
     "against_previous needs one rule"},
    {"sy.against_previous { sy.tiers { { 1, 1 } } }", "tiers{} reads no target"},
    {"sy.against_previous { sy.against_previous { sy.completion {} } }",
     "against_previous{} reads no target"},
    {"sy.against_previous { sy.func { function() end, target = false } }",
     "func{} reads no target"},
    {"sy.func { 1 }", "func needs one function"},
    {"sy.func { sy.completion }", "a function of the module is called"},
    {"sy.func {}", "func needs one function"},
    {"sy.func { function() end, target = 1 }", "target must be true or false"},
    {"sy.func { function() end, targt = true }", "did you mean 'target'"},
};

static void test_script_rules__wrong_options_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong_options / sizeof wrong_options[0]; i++) {
        char source[512];
        snprintf(source, sizeof source, HEAD "rules.indicator['x'] = %s" TAIL,
                 wrong_options[i].expression);
        expect_refusal(source, wrong_options[i].message, 3);
    }
}

static void test_script_rules__made_of_rules(void **state)
{
    (void)state;
    struct fixture x;
    fixture_open(&x);
    const struct rule *r = make_rule(&x, "sy.between { lo = -1, hi = 2 }");
    assert_int_equal(r->kind, RULE_BETWEEN);
    assert_true(r->lo == -1 && r->hi == 2 && r->width == 0 && !r->reads_target);
    r = make_rule(&x, "sy.efficacy { satisfied = 1, unacceptable = 3 }");
    assert_true(r->satisfied == 1 && r->unacceptable == 3 && r->base == 0.6 && !r->reads_target);
    assert_true(make_rule(&x, "sy.pass_fail {}")->reads_target);
    r = make_rule(&x, "sy.least { sy.tiers { { 5, 0.5 } }, sy.checklist { { '①立项', 2 } } }");
    assert_int_equal(r->kind, RULE_LEAST);
    assert_int_equal(r->nparts, 2);
    assert_true(!r->reads_target && !r->reads_previous && r->function == 0);
    assert_score_equal(r->parts[0].rule->tiers[0].bound, 5);
    assert_text(r->parts[1].rule->items[0].mark, "①立项");
    assert_int_equal(r->depth, 1);
    r = make_rule(&x, "sy.average { { sy.least { sy.completion {}, function() end }, 0.5 }, "
                      "{ sy.against_previous { sy.reverse {} }, 3 } }");
    assert_true(r->reads_target && r->reads_previous && r->function > 0);
    assert_score_equal(r->parts[0].weight, 0.5);
    assert_score_equal(r->parts[1].weight, 3);
    assert_true(r->depth == 2 && r->leaves == 3);
    assert_true(rule_holds(r, RULE_FUNCTION) && rule_holds(r, RULE_REVERSE));
    assert_false(rule_holds(r, RULE_TIERS));
    r = make_rule(&x, "sy.against_previous { sy.completion { over = 2 } }");
    assert_true(r->reads_previous && !r->reads_target);
    assert_score_equal(r->parts[0].rule->over, 2);
    fixture_close(&x);
}

/* How deep and how many: the last that is allowed, and the first that is not. */
static void test_script_rules__limits_of_rules_in_rules(void **state)
{
    (void)state;
    struct fixture x;
    fixture_open(&x);
    load_source(&x, HEAD "local r = sy.completion {}\n"
                         "for _ = 1, 8 do r = sy.least { r } end\nrules.indicator.x = r" TAIL);
    load_source(&x, HEAD "local all = {}\nfor n = 1, 32 do all[n] = sy.rating {} end\n"
                         "rules.indicator.x = sy.least(all)" TAIL);
    fixture_close(&x);
    expect_refusal(HEAD "local r = sy.completion {}\n"
                        "for _ = 1, 9 do r = sy.least { r } end\nrules.indicator.x = r" TAIL,
                   "more than 8 deep", 4);
    expect_refusal(HEAD "local all = {}\nfor n = 1, 33 do all[n] = sy.rating {} end\n"
                        "rules.indicator.x = sy.least(all)" TAIL,
                   "more than 32 rules in one", 5);
    expect_refusal(HEAD "local r = sy.rating {}\n"
                        "for _ = 1, 8 do r = sy.least { r, r } end\nrules.indicator.x = r" TAIL,
                   "more than 32 rules in one", 4);
}

/* [parameters] reach rules within rules. */
static void test_script_rules__parameters_of_parts(void **state)
{
    (void)state;
    struct fixture x;
    struct script *script = NULL;
    static const struct script_parameter parameters[] = {
        {"pass", "0.6"}, {"over", "2"}, {"reverse", "linear"}};
    fixture_open(&x);
    fixture_layer(&x,
                  HEAD "rules.indicator.x = sy.least { sy.completion {}, sy.reverse {}, sy.by_sign "
                       "{}, sy.pass_fail {}, sy.completion { pass = 0, over = 1 } }" TAIL);
    assert_int_equal(fixture_load(&x, &script, parameters, 3), SY_OK);
    const struct rule_part *parts = rule_at(&x, script, "x")->parts;
    assert_true(parts[0].rule->pass == 0.6 && parts[0].rule->over == 2);
    assert_true(parts[1].rule->linear);
    assert_true(parts[2].rule->pass == 0.6 && parts[2].rule->over == 2 && parts[2].rule->linear);
    assert_true(parts[3].rule->pass == 0 && !parts[3].rule->linear); /* met or not: no ratio */
    assert_true(parts[4].rule->pass == 0 && parts[4].rule->over == 1);
    fixture_close(&x);
}

/* `body` is a function's of (i, fund), called for an item. */
static struct script_result run_body(struct fixture *x, const char *before, const char *body,
                                     uint32_t item)
{
    char source[1024];
    snprintf(source, sizeof source, HEAD "%s\nrules.indicator['*'] = function(i, fund) %s end" TAIL,
             before, body);
    struct script *script = load_source(x, source);
    return run_item(x, script, fake_path(item), item);
}

static void test_script_rules__can_be_called(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        uint32_t item;
        double value; /* NaN: nil */
    } cases[] = {
        {"sy.completion {}", ITEM_X, 0.5},
        {"sy.by_sign {}", ITEM_X, 0.5},
        {"sy.by_sign {}", ITEM_RANGE, 0},
        {"sy.by_sign {}", ITEM_DATE, 0},
        {"sy.by_sign {}", ITEM_TEXT, 0.7},
        {"sy.rating {}", ITEM_TEXT, 0.7},
        {"sy.rating {}", ITEM_X, NAN},
        {"sy.reverse {}", ITEM_X, 1},
        {"sy.tiers { { 3000, 0.25 } }", ITEM_X, 0.25},
        {"sy.deduct { of = 4, from = 3498, per = 1, lose = 1 }", ITEM_X, 0.5},
        {"sy.violations { of = 7000, lose = 1 }", ITEM_X, 0.5},
        {"sy.checklist { of = 4 }", ITEM_TEXT, 0.5},
        {"sy.checklist { of = 4 }", ITEM_X, NAN},
        {"sy.checklist { of = 4 }", ITEM_BARE, NAN},
        {"sy.deadline { lose = 0.25, per = 'month' }", ITEM_DATE, 0.75},
        {"sy.deadline { lose = 0.25 }", ITEM_TEXT, NAN},
        {"sy.completion {}", ITEM_RANGE, NAN},
        {"sy.completion { missing = 0.25 }", ITEM_BARE, 0.25},
        {"sy.func { function(i) return i.actual / i.target end }", ITEM_X, 0.5},
        {"sy.between { lo = 4000, hi = 5000, width = 1000 }", ITEM_X, 0.5},
        {"sy.between { lo = 4000, hi = 5000 }", ITEM_TEXT, NAN},
        {"sy.efficacy { satisfied = 4000, unacceptable = 3000, base = 0 }", ITEM_X, 0.5},
        {"sy.pass_fail {}", ITEM_X, 0},
        {"sy.pass_fail {}", ITEM_RANGE, 0},
        {"sy.pass_fail {}", ITEM_DATE, 0},
        {"sy.pass_fail {}", ITEM_BARE, NAN},
        {"sy.least { sy.completion {}, sy.reverse {} }", ITEM_X, 0.5},
        {"sy.average { { sy.completion {}, 1 }, { sy.reverse {}, 1 } }", ITEM_X, 0.75},
        {"sy.least { sy.completion {}, sy.deadline { lose = 0 } }", ITEM_X, NAN},
        {"sy.least { sy.completion { missing = 0.5 }, sy.rating { missing = 0.25 } }", ITEM_BARE,
         0.25},
        {"sy.against_previous { sy.completion {} }", ITEM_X, NAN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fixture x;
        char before[256];
        fixture_open(&x);
        snprintf(before, sizeof before, "local base = %s", cases[i].rule);
        const struct script_result r = run_body(
            &x, before, "local a, why = base(i, fund) if a == nil then return -1 end return a, why",
            cases[i].item);
        expect_done(&r, isnan(cases[i].value) ? -1 : cases[i].value);
        if (i == 0)
            assert_non_null(strstr(r.reason, "3500"));
        fixture_close(&x);
    }
}

static void test_script_rules__are_called_with_an_indicator(void **state)
{
    (void)state;
    struct fixture x;
    fixture_open(&x);
    struct script_result r = run_body(&x, "local base = sy.rating{}", "return base()", ITEM_X);
    expect_error(&r, "called with an indicator");
    r = run_body(&x, "local base = sy.rating{}", "return base(fund)", ITEM_X);
    expect_error(&r, "called with an indicator");
    r = run_body(&x, "local base = sy.completion{}", "return base(i)", ITEM_BARE);
    assert_int_equal(r.outcome, SCRIPT_LACKING);
    assert_text(r.lacking, "actual");
    r = run_body(&x, "local base = sy.completion{}", "base.over = 5", ITEM_X);
    expect_error(&r, "rule is read-only");
    r = run_body(&x, "", "rules.indicator['y'] = sy.rating{}", ITEM_X);
    expect_error(&r, "while the script loads only");
    r = run_body(&x, "", "sy.rules { api = 1 }", ITEM_X);
    expect_error(&r, "while the script loads only");
    fixture_close(&x);
}

static void test_script_rules__sections_are_listed_in_order(void **state)
{
    (void)state;
    struct fixture x;
    fixture_open(&x);
    struct script *script = load_source(
        &x, HEAD "rules.indicator = { ['b'] = sy.rating{}, ['a.*'] = function() return 1 end }\n"
                 "rules.indicator['c'] = sy.rating{}\n"
                 "local seen = {}\n"
                 "for pattern in pairs(rules.indicator) do seen[#seen + 1] = pattern end\n"
                 "assert(table.concat(seen, ' ') == 'a.* b c', table.concat(seen, ' '))\n"
                 "rules.indicator['c'] = nil" TAIL);
    assert_null(rule_at(&x, script, "c"));
    assert_int_equal(rule_at(&x, script, "b")->kind, RULE_RATING);
    fixture_close(&x);
}

/* Every allocation from the n-th on fails: an error or a result, no crash. */
static void test_script_rules__out_of_memory(void **state)
{
    (void)state;
    if (!fail_alloc_works)
        skip();
    bool done = false;
    for (long n = 0; !done; n++) {
        struct fixture x;
        struct script *script = NULL;
        struct script_result result = {0};
        const uint32_t fund = FUND, item = ITEM_X;
        sy_error err = {0};
        fixture_open(&x);
        fixture_layer(&x, HEAD "local base = sy.tiers { { 3000, 0.5 } }\n"
                               "rules.indicator['x'] = function(i, fund)\n"
                               "  local t = {} for k = 1, 300 do t[k] = ('x'):rep(k) end\n"
                               "  local a, why = base(i, fund) return a, why .. t[300] end\n"
                               "rules.indicator['y'] = sy.checklist { '①', '②' }\n"
                               "rules.indicator['z'] = sy.least { base, sy.average { { "
                               "sy.checklist { '③' }, 1 } }, function() return 1 end }" TAIL);
        fail_alloc_after = n;
        sandbox_close(x.box);
        x.box = NULL;
        sy_status status = sandbox_open(&x.box, NULL, &err);
        if (status == SY_OK)
            status = script_load(&script, x.box, x.layers, 1, NULL, 0, &err);
        if (status == SY_OK) {
            script_run_items(script, 1, &x.data, &fund, &item, 1, &result, &x.texts);
            done = result.outcome == SCRIPT_DONE;
            if (!done)
                assert_int_equal(result.outcome, SCRIPT_ERROR);
        }
        fail_alloc_after = -1;
        if (status != SY_OK)
            assert_int_equal(status, SY_ENOMEM);
        if (!done && status == SY_OK)
            assert_non_null(strstr(result.message, "out of memory"));
        fixture_close(&x);
    }
}

struct number_case {
    enum script_section_name section;
    const char *path;
    const char *pattern; /* NULL: no rule of the section */
    uint32_t line;
};

/* Which of the rules that are listed a path gets. */
static void test_script_rules__numbers(void **state)
{
    (void)state;
    static const struct number_case cases[] = {
        {SECTION_INDICATOR, "a.b", "a.b", 4}, {SECTION_INDICATOR, "a.c", "a.*", 3},
        {SECTION_INDICATOR, "b", NULL, 0},    {SECTION_MEASURE, "a.b", "a.b", 5},
        {SECTION_MEASURE, "a.c", NULL, 0},    {SECTION_TARGET, "z", "*", 6},
        {SECTION_TARGET, "a.b", "*", 6},
    };
    struct fixture x;
    fixture_open(&x);
    struct script *script = load_source(&x, HEAD "rules.indicator['a.*'] = sy.rating {}\n"
                                                 "rules.indicator['a.b'] = sy.completion {}\n"
                                                 "rules.measure['a.b'] = function() end\n"
                                                 "rules.target['*'] = function() end\n"
                                                 "function rules.check() end" TAIL);
    assert_int_equal(script_nrules(script), 5);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct script_rule rule;
        const size_t n = script_rule_number(script, cases[i].section, cases[i].path);
        if (cases[i].pattern == NULL) {
            assert_true(n == SCRIPT_NO_RULE);
            continue;
        }
        script_rule_at(script, n, &rule);
        assert_text(rule.pattern, cases[i].pattern);
        assert_int_equal(rule.line, cases[i].line);
    }
    fixture_close(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_script_rules__options_become_rules),
        cmocka_unit_test(test_script_rules__lists),
        cmocka_unit_test(test_script_rules__wrong_options_are_refused),
        cmocka_unit_test(test_script_rules__made_of_rules),
        cmocka_unit_test(test_script_rules__limits_of_rules_in_rules),
        cmocka_unit_test(test_script_rules__parameters_of_parts),
        cmocka_unit_test(test_script_rules__can_be_called),
        cmocka_unit_test(test_script_rules__are_called_with_an_indicator),
        cmocka_unit_test(test_script_rules__sections_are_listed_in_order),
        cmocka_unit_test(test_script_rules__out_of_memory),
        cmocka_unit_test(test_script_rules__numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
