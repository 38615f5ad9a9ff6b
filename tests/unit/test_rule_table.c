/*
 * test_rule_table.c - rules.def: its worked examples come out as they say, its defaults are what a
 * rule is without options, and each rule can be declared.
 */
#include "script_evaluation.h"

#include "rule/rule_table.h"

static void test_rule_table__examples_come_out(void **state)
{
    static char rules[32768], rows[8192];
    size_t n, rules_len = 0, rows_len = 0;
    const struct rule_example *examples = rule_examples(&n);
    (void)state;
    for (size_t i = 0; i < n; i++) {
        rules_len += (size_t)snprintf(rules + rules_len, sizeof rules - rules_len,
                                      "rules.indicator['e%zu'] = %s\n", i, examples[i].rule);
        rows_len +=
            (size_t)snprintf(rows + rows_len, sizeof rows - rows_len, "p,2019,e%zu,1,%s,%s\n", i,
                             examples[i].target, examples[i].actual);
        assert_true(rules_len < sizeof rules && rows_len < sizeof rows);
    }
    json_t *root = script_score(rules, rows, NULL);
    for (size_t i = 0; i < n; i++) {
        char path[32];
        snprintf(path, sizeof path, "e%zu", i);
        json_t *item = fixture_item(root, "p", path);
        if (strcmp(fixture_text(item, "status"), "scored") != 0)
            fail_msg("%s: %s", examples[i].rule, fixture_text(item, "status"));
        assert_score_equal(fixture_number(item, "attainment"), examples[i].attainment);
    }
    json_decref(root);
    fixture_end();
}

/* Every rule that grades by itself has an example, and those made of others but against_previous,
 * which needs a year before. */
static void test_rule_table__each_rule_has_an_example(void **state)
{
    size_t n;
    const struct rule_example *examples = rule_examples(&n);
    (void)state;
    for (int kind = 0; kind < RULE_KINDS; kind++) {
        bool found = kind == RULE_FUNCTION || kind == RULE_AGAINST_PREVIOUS;
        for (size_t i = 0; i < n; i++)
            found = found || (int)examples[i].kind == kind;
        if (!found)
            fail_msg("%s has no example", rule_spec((enum rule_kind)kind)->name);
    }
}

static void test_rule_table__each_rule_has_a_source(void **state)
{
    (void)state;
    for (int kind = 0; kind < RULE_KINDS; kind++) {
        const struct rule_source *source = rule_source((enum rule_kind)kind);
        assert_non_null(source);
        assert_int_equal(source->kind, kind);
        assert_true(source->en[0] != '\0' && source->zh[0] != '\0');
    }
}

static void test_rule_table__options_are_whole(void **state)
{
    (void)state;
    for (int kind = 0; kind <= RULE_ANY_RULE; kind++) {
        size_t n;
        const struct rule_option *options = rule_options(kind, &n);
        for (size_t i = 0; i < n; i++) {
            assert_int_equal(options[i].rule, kind);
            assert_non_null(options[i].en);
            assert_non_null(options[i].zh);
            assert_true(options[i].field < sizeof(struct rule));
            assert_true((options[i].kind == OPTION_WORD) == (options[i].words[0] != NULL));
            if (options[i].kind == OPTION_NUMBER && !isnan(options[i].otherwise))
                assert_true(rule_in_range(options[i].range, options[i].otherwise));
            for (size_t k = 0; options[i].name != NULL && k < i; k++)
                if (options[k].name != NULL)
                    assert_string_not_equal(options[i].name, options[k].name);
        }
    }
    size_t n;
    (void)rule_options(RULE_PASS_FAIL, &n);
    assert_int_equal(n, 0);
    (void)rule_options(RULE_DEDUCT, &n);
    assert_int_equal(n, 6);
}

static void test_rule_table__ranges(void **state)
{
    static const struct {
        enum rule_range range;
        double x;
        bool inside;
    } cases[] = {
        {ANY_NUMBER, -1e308, true},
        {ANY_NUMBER, INFINITY, false},
        {ANY_NUMBER, NAN, false},
        {POSITIVE, 1e-300, true},
        {POSITIVE, 1e-310, false},
        {POSITIVE, 0, false},
        {POSITIVE, INFINITY, false},
        {NOT_NEGATIVE, 0, true},
        {NOT_NEGATIVE, -1e-9, false},
        {NOT_NEGATIVE, NAN, false},
        {SHARE, 0, true},
        {SHARE, 1, true},
        {SHARE, 1.0000001, false},
        {SHARE, NAN, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(rule_in_range(cases[i].range, cases[i].x), cases[i].inside);
    assert_text(rule_range_words(POSITIVE), "more than 0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rule_table__examples_come_out),
        cmocka_unit_test(test_rule_table__each_rule_has_an_example),
        cmocka_unit_test(test_rule_table__each_rule_has_a_source),
        cmocka_unit_test(test_rule_table__options_are_whole),
        cmocka_unit_test(test_rule_table__ranges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
