/*
 * test_topics.c - the manual on rules as the library tells it: all of rules.def and api.def, in
 * both languages, with ranges and defaults in words.
 */
#include "check.h"

#include <string.h>

#include <steelyard/steelyard.h>

static size_t find(const char *name, sy_topic *out)
{
    for (size_t i = 0; sy_topic_at(out, i, "en"); i++)
        if (strcmp(out->name, name) == 0)
            return i;
    fail_msg("no topic %s", name);
    return 0;
}

static void test_topics__languages_tell_the_same(void **state)
{
    sy_topic en, zh;
    size_t n = 0;
    (void)state;
    for (; sy_topic_at(&en, n, "en"); n++) {
        assert_int_equal(sy_topic_at(&zh, n, "zh"), 1);
        assert_text(zh.name, en.name);
        assert_string_not_equal(zh.meaning, en.meaning);
        assert_true((en.source != NULL) == (en.usage != NULL));
        assert_true((en.label != NULL) == (en.usage != NULL));
        if (en.source)
            assert_string_not_equal(zh.source, en.source);
    }
    assert_int_equal(sy_topic_at(&zh, n, "zh"), 0);
}

static void test_topics__limits(void **state)
{
    static const struct {
        const char *rule;
        size_t option;
        const char *name, *en, *zh;
    } cases[] = {
        {"tiers", 0, "of", "more than 0; 1 unless given", "大于 0；不写为 1"},
        {"tiers", 1, "edge", "\"lower\", \"upper\"; \"lower\" unless given",
         "\"lower\", \"upper\"；不写为 \"lower\""},
        {"tiers", 2, "{bound, points}", "needed", "必填"},
        {"tiers", 3, "missing", "from 0 to 1", "0 到 1"},
        {"deduct", 1, "from", "any number; needed", "任意数；必填"},
        {"completion", 1, "over", "0 or more; unless given [parameters] over, else 1.3",
         "0 或以上；不写取 [parameters] over，否则 1.3"},
        {"checklist", 1, "{text, points}", "", ""},
        {"func", 0, "target", "true, false; true unless given", "true, false；不写为 true"},
        {"by_sign", 0, "missing", "from 0 to 1", "0 到 1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sy_topic topic;
        sy_topic_option option;
        const size_t at = find(cases[i].rule, &topic);
        assert_int_equal(sy_topic_option_at(&option, at, cases[i].option, "en"), 1);
        assert_text(option.name, cases[i].name);
        assert_text(option.limits, cases[i].en);
        assert_int_equal(sy_topic_option_at(&option, at, cases[i].option, "zh"), 1);
        assert_text(option.limits, cases[i].zh);
    }
}

static void test_topics__examples(void **state)
{
    sy_topic topic;
    sy_topic_example example;
    const size_t reverse = find("reverse", &topic);
    (void)state;
    assert_int_equal(sy_topic_example_at(&example, reverse, 1), 1);
    assert_text(example.rule, "sy.reverse{ mode = \"linear\" }");
    assert_text(example.target, "100");
    assert_text(example.actual, "125");
    assert_score_equal(example.attainment, 0.75);
    assert_int_equal(sy_topic_example_at(&example, reverse, 2), 0);
    assert_int_equal(sy_topic_example_at(&example, find("against_previous", &topic), 0), 0);
}

static void test_topics__members(void **state)
{
    sy_topic topic;
    sy_topic_option option;
    const size_t cap = find("fund.cap", &topic);
    (void)state;
    assert_text(topic.parameters, "grade: string, reason?: string");
    assert_text(topic.type, "");
    assert_int_equal(sy_topic_option_at(&option, cap, 0, "en"), 0);
    find("date.year", &topic);
    assert_text(topic.type, "integer");
    assert_null(topic.parameters);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_topics__languages_tell_the_same),
        cmocka_unit_test(test_topics__limits),
        cmocka_unit_test(test_topics__examples),
        cmocka_unit_test(test_topics__members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
