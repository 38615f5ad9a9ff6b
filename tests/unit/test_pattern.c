/*
 * test_pattern.c - paths against patterns, and which of several speaks.
 */
#include "check.h"

#include <stdbool.h>

#include "base/pattern.h"

static void test_pattern__match(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *path;
        bool matches;
    } cases[] = {
        {"output.cost", "output.cost", true},
        {"output.cost", "output.costs", false},
        {"output.costs", "output.cost", false},
        {"output.*", "output.cost.total", true},
        {"output.*", "output.", true},
        {"output.*", "output", false},
        {"output*", "output", true},
        {"*控制率", "cost.三公经费控制率", true},
        {"*控制率", "控制率", true},
        {"*控制率", "控制率上限", false},
        {"*", "", true},
        {"*", "a.b.c", true},
        {"", "", true},
        {"", "a", false},
        {"a", "", false},
        {"**", "x", true},
        {"a*b*c", "abc", true},
        {"a*b*c", "a.bb.cc", true},
        {"a*b*c", "a.b.c.d", false},
        {"a*b*c", "acb", false},
        {"*.cost.*", "output.cost.total", true},
        {"*.cost.*", "cost.total", false},
        {"*ab", "aab", true},
        {"*aab", "aaaab", true},
        {"*a*a", "a", false},
        {"output.*.rate", "output.rate", false},
        {"output.*rate", "output.rate", true},
        {"Output.*", "output.x", false},
        {"a.b", "axb", false},
        {"*a*b", "xaxxbxab", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (pattern_match(cases[i].pattern, cases[i].path) != cases[i].matches)
            fail_msg("'%s' against '%s'", cases[i].pattern, cases[i].path);
}

static bool match_simply(const char *pattern, const char *path)
{
    if (*pattern == '*')
        return match_simply(pattern + 1, path) || (*path && match_simply(pattern, path + 1));
    return *pattern == *path && (*path == '\0' || match_simply(pattern + 1, path + 1));
}

/* Every pattern and every path of up to 5 characters out of a, b, *. */
static void test_pattern__match_agrees_with_the_definition(void **state)
{
    (void)state;
    static char words[364][6];
    size_t n = 1;
    for (size_t from = 0, len = 0; len < 5; len++) {
        size_t end = n;
        for (; from < end; from++)
            for (int c = 0; c < 3; c++, n++) {
                memcpy(words[n], words[from], len);
                words[n][len] = "ab*"[c];
            }
    }
    assert_int_equal(n, 364);
    int matches = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < n; k++) {
            bool expected = match_simply(words[i], words[k]);
            matches += expected;
            if (pattern_match(words[i], words[k]) != expected)
                fail_msg("'%s' against '%s'", words[i], words[k]);
        }
    assert_true(matches > 1000);
}

/* The worst of patterns ends at once: nothing is tried over and over. */
static void test_pattern__match_has_no_bad_case(void **state)
{
    (void)state;
    char pattern[201], path[5001];
    for (size_t i = 0; i < 200; i++)
        pattern[i] = "*a"[i % 2];
    pattern[199] = 'b';
    pattern[200] = '\0';
    memset(path, 'a', 5000);
    path[5000] = '\0';
    assert_false(pattern_match(pattern, path));
    path[4999] = 'b';
    assert_true(pattern_match(pattern, path));
}

static void test_pattern__is_and_literals(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is;
        size_t literals;
    } cases[] = {
        {"", false, 0},       {"*", true, 0},      {"a.b", false, 3},      {"output.*", true, 7},
        {"*控制率", true, 3}, {"*é*𠀀*", true, 2}, {"预算.*.率", true, 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(pattern_is(cases[i].text), cases[i].is);
        assert_int_equal(pattern_literals(cases[i].text), cases[i].literals);
    }
}

static void test_pattern__best(void **state)
{
    (void)state;
    enum { NONE = -1 };
    static const struct {
        const char *patterns[5];
        const char *path;
        int best, tie;
    } cases[] = {
        {{NULL}, "a", NONE, NONE},
        {{"b", "b.*"}, "a.b", NONE, NONE},
        {{"*", "output.*", "output.cost.*"}, "output.cost.x", 2, NONE},
        {{"output.cost.*", "output.*", "*"}, "output.cost.x", 0, NONE},
        {{"output.cost.x*", "output.cost.x"}, "output.cost.x", 1, NONE},
        {{"a.*", "*.b"}, "a.b", 0, 1},
        {{"a.*", "*.b", "a.b"}, "a.b", 2, NONE},
        {{"a.*", "*.b", "a.b*"}, "a.b", 2, NONE},
        {{"a.*", "a.*"}, "a.b", 0, NONE},
        {{"a.*", "a.*", "*.b", "*a.*"}, "a.b", 0, 2},
        {{"*", "a.*", "*.b"}, "a.b", 1, 2},
        {{"*率", "*abc"}, "abc率", 0, NONE}, /* characters count, not bytes */
        {{"*控制率", "cost.*"}, "cost.控制率", 1, NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n = 0, tie = 77;
        while (n < 5 && cases[i].patterns[n])
            n++;
        struct pattern_key keys[5];
        struct pattern_set set;
        for (size_t k = 0; k < n; k++)
            keys[k] = (struct pattern_key){.text = cases[i].patterns[k]};
        pattern_set_make(&set, keys, n, true);
        size_t best = pattern_best(&set, cases[i].path, &tie);
        size_t want = cases[i].best == NONE ? PATTERN_NO_MATCH : (size_t)cases[i].best;
        size_t want_tie = cases[i].tie == NONE ? PATTERN_NO_MATCH : (size_t)cases[i].tie;
        if (best != want || tie != want_tie)
            fail_msg("case %zu: best %zd, tie %zd", i, (ssize_t)best, (ssize_t)tie);
        assert_true(pattern_best(&set, cases[i].path, NULL) == want);
    }
}

/* Texts that begin alike, one that is another's beginning, one given twice, and stars that are
 * none. */
static void test_pattern__exact(void **state)
{
    (void)state;
    static const char *const texts[] = {"output", "b.*", "output.cost", "a",   "output.costs",
                                        "",       "a",   "output.cos",  "产出"};
    enum { N = sizeof texts / sizeof *texts };
    static const struct {
        const char *text;
        size_t len;
        size_t all, plain; /* with a `*` like any other character; without keys that hold one */
    } cases[] = {
        {"output", 6, 0, 0},
        {"output.cost", 11, 2, 2},
        {"output.cost", 10, 7, 7},
        {"output.cost", 6, 0, 0},
        {"output.costs.x", 12, 4, 4},
        {"output.costly", 13, PATTERN_NO_MATCH, PATTERN_NO_MATCH},
        {"a", 1, 3, 3},
        {"a", 0, 5, 5},
        {"b.*", 3, 1, PATTERN_NO_MATCH},
        {"b.c", 3, PATTERN_NO_MATCH, PATTERN_NO_MATCH},
        {"产出指标", 6, 8, 8},
    };
    for (int stars = 0; stars < 2; stars++) {
        struct pattern_key keys[N];
        struct pattern_set set;
        for (size_t i = 0; i < N; i++)
            keys[i].text = texts[i];
        pattern_set_make(&set, keys, N, stars);
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
            if (pattern_exact(&set, cases[i].text, cases[i].len) !=
                (stars ? cases[i].plain : cases[i].all))
                fail_msg("'%.*s', stars %d", (int)cases[i].len, cases[i].text, stars);
    }
    struct pattern_set empty = {0};
    assert_true(pattern_exact(&empty, "a", 1) == PATTERN_NO_MATCH);
    assert_true(pattern_best(&empty, "a", NULL) == PATTERN_NO_MATCH);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pattern__match),
        cmocka_unit_test(test_pattern__match_agrees_with_the_definition),
        cmocka_unit_test(test_pattern__match_has_no_bad_case),
        cmocka_unit_test(test_pattern__is_and_literals),
        cmocka_unit_test(test_pattern__best),
        cmocka_unit_test(test_pattern__exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
