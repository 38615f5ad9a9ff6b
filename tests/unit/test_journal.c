/*
 * test_journal.c - what a task says goes into the run as it was said, once, in the order of
 * commits.
 */
#include "check.h"

#include <math.h>
#include <stdlib.h>

#include "stage/journal.h"

struct fixture {
    struct run r;
    struct journal j;
    sy_error err;
};

static void open_fixture(struct fixture *x)
{
    *x = (struct fixture){.r = {.nitems = 4, .nfunds = 3}};
    assert_int_equal(dataset_init(&x->r.d, NULL, &x->err), SY_OK);
    x->r.reason = calloc(4, sizeof *x->r.reason);
    x->r.failed = calloc(3, sizeof *x->r.failed);
}

static void close_fixture(struct fixture *x)
{
    journal_dispose(&x->j);
    dataset_dispose(&x->r.d);
    free(x->r.reason);
    free(x->r.failed);
    free(x->r.ruled);
}

static struct finding_at make_finding(enum finding_code code, const char *text, uint32_t line)
{
    return (struct finding_at){.code = code,
                               .entity = NO_ENTITY,
                               .path = NO_WORD,
                               .place = {NO_WORD, line},
                               .text = text,
                               .a = line};
}

static void expect_finding(struct fixture *x, size_t row, enum finding_code code, const char *text,
                           uint32_t line)
{
    struct finding_detail detail;
    assert_true(row < x->r.d.findings.count);
    const struct finding *f = &x->r.d.findings.rows[row];
    findings_detail(&detail, &x->r.d.findings, f);
    assert_int_equal(f->code, code);
    assert_int_equal(f->line, line);
    assert_true(detail.a == line);
    if (text)
        assert_string_equal(detail.text, text);
    else
        assert_null(detail.text);
}

static void test_journal__findings_keep_their_order(void **state)
{
    (void)state;
    struct fixture x;
    open_fixture(&x);
    struct finding_at before = make_finding(FINDING_UNRATED, "of another", 9);
    assert_int_equal(dataset_find(&x.r.d, &before, &x.err), SY_OK);
    for (uint32_t i = 0; i < 5; i++) {
        struct finding_at at = make_finding(FINDING_BAD_NUMBER, i % 2 ? "odd" : NULL, i);
        assert_int_equal(journal_find(&x.j, &at, &x.err), SY_OK);
    }
    /* In parts, none of them twice; an empty part changes nothing. */
    assert_int_equal(journal_findings(&x.r, &x.j, 0, 2, &x.err), SY_OK);
    assert_int_equal(journal_findings(&x.r, &x.j, 2, 2, &x.err), SY_OK);
    assert_int_equal(journal_findings(&x.r, &x.j, 2, 5, &x.err), SY_OK);
    assert_int_equal(x.r.d.findings.count, 6);
    expect_finding(&x, 0, FINDING_UNRATED, "of another", 9);
    for (uint32_t i = 0; i < 5; i++)
        expect_finding(&x, i + 1, FINDING_BAD_NUMBER, i % 2 ? "odd" : NULL, i);
    assert_int_equal(x.r.d.findings.by_severity[finding_severity(FINDING_BAD_NUMBER)], 5);
    close_fixture(&x);
}

static void test_journal__files_become_words(void **state)
{
    (void)state;
    struct fixture x;
    uint32_t known;
    open_fixture(&x);
    assert_int_equal(dataset_word(&known, &x.r.d, "a.csv", 5, &x.err), SY_OK);
    static const char *const files[] = {"a.csv", "scripts/b.lua", "a.csv", "config/c.ini"};
    for (uint32_t i = 0; i < 4; i++) {
        struct finding_at at = make_finding(FINDING_SCRIPT_ERROR, NULL, i);
        assert_int_equal(journal_find_in(&x.j, &x.r, &at, files[i], &x.err), SY_OK);
    }
    assert_int_equal(x.r.d.words.count, 1); /* nothing is changed before the commit */
    assert_int_equal(journal_commit(&x.r, &x.j, &x.err), SY_OK);
    for (uint32_t i = 0; i < 4; i++)
        assert_string_equal(dataset_text(&x.r.d, x.r.d.findings.rows[i].file), files[i]);
    assert_int_equal(x.r.d.words.count, 3);
    close_fixture(&x);
}

static void test_journal__reasons_rules_and_failures(void **state)
{
    (void)state;
    struct fixture x;
    char text[] = "half of it";
    open_fixture(&x);
    assert_int_equal(journal_reason(&x.j, 2, text, &x.err), SY_OK);
    text[0] = '#'; /* the journal has its own */
    assert_int_equal(journal_ruled(&x.j, 1, 0.5, &x.err), SY_OK);
    assert_int_equal(journal_fail(&x.j, 2, &x.err), SY_OK);
    assert_false(x.r.script_failed);
    assert_null(x.r.ruled);
    assert_int_equal(journal_commit(&x.r, &x.j, &x.err), SY_OK);
    assert_string_equal(x.r.d.cells.data + x.r.reason[2], "half of it");
    assert_string_equal(x.r.d.cells.data + x.r.reason[1], "");
    assert_true(x.r.ruled[1] == 0.5);
    assert_true(isnan(x.r.ruled[0]) && isnan(x.r.ruled[3]));
    assert_true(x.r.script_failed && x.r.failed[2]);
    assert_false(x.r.failed[0] || x.r.failed[1]);
    close_fixture(&x);
}

static void test_journal__nothing_of_a_cleared_one(void **state)
{
    (void)state;
    struct fixture x;
    struct finding_at at = make_finding(FINDING_BAD_NUMBER, "gone", 1);
    const struct adjustment a = {.points = 1};
    const struct script_result result = {0};
    open_fixture(&x);
    assert_int_equal(journal_find_in(&x.j, &x.r, &at, "gone.csv", &x.err), SY_OK);
    assert_int_equal(journal_reason(&x.j, 0, "gone", &x.err), SY_OK);
    assert_int_equal(journal_ruled(&x.j, 0, 1, &x.err), SY_OK);
    assert_int_equal(journal_fail(&x.j, 0, &x.err), SY_OK);
    assert_int_equal(journal_adjust(&x.j, &a, "gone", &x.err), SY_OK);
    assert_int_equal(journal_value(&x.j, 0, 0, &result, &x.err), SY_OK);
    journal_clear(&x.j);
    assert_int_equal(x.j.nadjustments + x.j.nvalues, 0);
    at = make_finding(FINDING_UNRATED, "stays", 2);
    assert_int_equal(journal_find(&x.j, &at, &x.err), SY_OK);
    assert_int_equal(journal_commit(&x.r, &x.j, &x.err), SY_OK);
    assert_int_equal(x.r.d.findings.count, 1);
    expect_finding(&x, 0, FINDING_UNRATED, "stays", 2);
    assert_int_equal(x.r.reason[0], 0);
    assert_null(x.r.ruled);
    assert_false(x.r.script_failed);
    close_fixture(&x);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_journal__findings_keep_their_order),
        cmocka_unit_test(test_journal__files_become_words),
        cmocka_unit_test(test_journal__reasons_rules_and_failures),
        cmocka_unit_test(test_journal__nothing_of_a_cleared_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
