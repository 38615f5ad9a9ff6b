/*
 * test_suggest.c - "did you mean".
 */
#include "check.h"

#include "base/suggest.h"

static void test_suggest__nearest(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        const char *candidates[5];
        const char *expected;
    } cases[] = {
        {"scroe", {"compare", "score", "explain"}, "score"},
        {"score", {"scores", "score"}, "score"},
        {"yaer", {"fund", "year"}, "year"}, /* a swap is one step */
        {"yera", {"year", "era"}, "year"},  /* ties: the first */
        {"yera", {"era", "year"}, "era"},
        {"xyz", {"abc", "score"}, NULL},
        {"markdwon", {"html", "markdown"}, "markdown"},
        {"abcdef", {"abxxef"}, "abxxef"},          /* 2 of 6 */
        {"abcdef", {"axxxef"}, NULL},              /* 3 of 6 */
        {"abcdefghi", {"abcxxxghi"}, "abcxxxghi"}, /* 3 of 9 */
        {"abcde", {"abcxx"}, NULL},                /* 2 of 5 */
        {"abcd", {"abcdef"}, "abcdef"},            /* 2 of the longer one's 6 */
        {"ab", {"ac"}, "ac"},                      /* at least 1 */
        {"", {"a"}, NULL},
        {"", {"ab"}, NULL},
        {"g", {"f"}, NULL}, /* nothing is left that is alike */
        {"优", {"差", "良"}, NULL},
        {"良", {"良好"}, "良好"},
        {"全年预数数", {"全年执行数", "全年预算数"}, "全年预算数"}, /* characters, not bytes */
        {"到位", {"下达数", "到位数"}, "到位数"},
        {"满意度", {"数量", "质量"}, NULL},
        {"output.quantity.policy_psuh",
         {"output.quantity.policy_push"},
         "output.quantity.policy_push"},
        {"x", {NULL}, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n = 0;
        while (n < 5 && cases[i].candidates[n])
            n++;
        const char *found = suggest(cases[i].word, cases[i].candidates, n);
        if (!cases[i].expected)
            assert_null(found);
        else if (!found)
            fail_msg("nothing for '%s'", cases[i].word);
        else
            assert_text(found, cases[i].expected);
    }
}

static void test_suggest__gives_the_candidate_itself(void **state)
{
    (void)state;
    const char *const candidates[] = {"json", "html"};
    assert_ptr_equal(suggest("htm", candidates, 2), candidates[1]);
}

static void test_suggest__long_and_broken_words(void **state)
{
    (void)state;
    char word[600], longest[257], other[257];
    memset(word, 'a', sizeof word);
    word[599] = '\0';
    memset(longest, 'b', sizeof longest);
    longest[256] = '\0';
    memcpy(other, longest, sizeof other);
    other[100] = 'c';
    const char *candidates[] = {word, longest, "\xe6\x8e", "\x80\x80\x80\x80\x80"};
    assert_null(suggest(word, candidates, 4));
    assert_ptr_equal(suggest(other, candidates, 4), longest);
    assert_ptr_equal(suggest("\xe6\x8e", candidates, 4), candidates[2]);
    assert_ptr_equal(suggest("\x80\x80\x80\x80", candidates, 4), candidates[3]);
}

static void test_suggest_path__differing_names(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        const char *candidates[3];
        const char *expected;
    } cases[] = {
        {"output.qantity.visits", {"output.quantity.visits"}, "output.quantity.visits"},
        {"output.quantity.vists",
         {"output.quality.visits", "output.quantity.visits"},
         "output.quantity.visits"},
        {"output.quantity.visits", {"output.quantity.a"}, NULL}, /* though 16 of 22 are alike */
        {"cost.number.visits", {"output.number.visits"}, NULL},
        {"output quantity visits", {"output.quantity.visits"}, "output.quantity.visits"},
        {"output.visits", {"output.quantity.visits"}, NULL},
        {"kpi.number_1", {"kpi.number_2", "kpi.number_11"}, NULL},
        {"kpi.nummer_1", {"kpi.number_1"}, "kpi.number_1"},
        {"output.qantity.*", {"output.quantity.*"}, "output.quantity.*"},
        {"产出.数量.编制人数", {"产出.数量.编制数"}, "产出.数量.编制数"},
        {"产出.数量.推送惠企政策", {"产出.数量.推送惠企正策"}, "产出.数量.推送惠企正策"},
        {"a.b", {"a.b"}, NULL}, /* itself is none that was meant instead */
        {"b.*", {"a.*"}, NULL}, /* nothing is left that is alike */
        {"甲.数", {"乙.数"}, NULL},
        {"", {"a"}, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n = 0;
        while (n < 3 && cases[i].candidates[n])
            n++;
        const char *found = suggest_path(cases[i].path, cases[i].candidates, n);
        if (!cases[i].expected ? found != NULL : !found || strcmp(found, cases[i].expected) != 0)
            fail_msg("'%s' for '%s'", found ? found : "nothing", cases[i].path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_suggest__nearest),
        cmocka_unit_test(test_suggest__gives_the_candidate_itself),
        cmocka_unit_test(test_suggest_path__differing_names),
        cmocka_unit_test(test_suggest__long_and_broken_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
