/*
 * test_prove.c - cases that are invented in C and scored in one run; what differs between the two
 * orders of a file.
 */
#include "builtin_plugins.h"

#include <math.h>
#include <stdlib.h>

#include "plug/registry.h"
#include "prove/compare.h"

static struct prove_set *open_set(const char *path)
{
    static const char *types[] = {"sme_support"};
    const struct prove_options options = {.installed = ".",
                                          .plugins = plugins,
                                          .types = types,
                                          .ntypes = strcmp(path, ".") == 0,
                                          .language = "en",
                                          .jobs = 2};
    struct prove_set *set = NULL;
    sy_error err;
    if (prove_open(&set, &path, 1, &options, &err) != SY_OK)
        fail_msg("%s:%u: %s", err.file, (unsigned)err.line, err.message);
    return set;
}

/* Completion against a ÷ 5000, of more cases than a chunk of rows has. */
static void test_prove__score_invented(void **state)
{
    enum { N = 9001 };
    struct prove_set *set = open_set(".");
    struct prove_case *cases = calloc(N, sizeof *cases);
    const struct prove_case **list = calloc(N, sizeof *list);
    struct prove_cell(*cells)[3] = calloc(N, sizeof *cells);
    struct prove_row *rows = calloc(N, sizeof *rows);
    char(*texts)[16] = calloc(N, sizeof *texts);
    struct run *r = NULL;
    (void)state;
    assert_true(cases && list && cells && rows && texts);
    for (int i = 0; i < N; i++) {
        snprintf(texts[i], sizeof texts[i], "%d", i);
        cells[i][0] = (struct prove_cell){"indicator", "output.quantity.events"};
        cells[i][1] = (struct prove_cell){"target", "5000"};
        cells[i][2] = (struct prove_cell){"actual", texts[i]};
        rows[i] = (struct prove_row){cells[i], 3};
        cases[i] = (struct prove_case){.name = "invented",
                                       .file = "nowhere",
                                       .line = 1,
                                       .number = (uint32_t)i + 1,
                                       .year = 2020,
                                       .flat = true,
                                       .type = "sme_support",
                                       .now = {.rows = &rows[i], .nrows = 1}};
        list[N - 1 - i] = &cases[i];
    }
    sy_error err = {0};
    assert_int_equal(prove_score(&r, set->homes[0], list, N, &err), SY_OK);
    for (int i = 0; i < N; i++) {
        uint32_t item = prove_item(r, &cases[i], NULL);
        assert_int_not_equal(item, NO_ROW);
        assert_int_equal(item, prove_item(r, &cases[i], "output.quantity.events"));
        assert_int_equal(find_fund(r, item), prove_fund(r, &cases[i]));
        assert_true(r->attainment[item] == (i >= 5000 ? 1 : i / 5000.0));
        assert_int_equal(prove_item(r, &cases[i], "output.quantity.nothing"), NO_ROW);
    }
    run_free(r);
    free(cases);
    free(list);
    free(cells);
    free(rows);
    free(texts);
    prove_close(set);
}

/* The first order is made to differ: every kind of outcome is looked at. */
static void test_prove__orders_differ(void **state)
{
    struct prove_set *set = open_set("tests/torture");
    struct prove_report report;
    (void)state;
    assert_int_equal(prove_run(&report, set->files[0], NULL), SY_OK);
    assert_int_equal(report.npassed, 2);
    struct prove_result *met = &report.results[0], *fund = &report.results[4];
    assert_true(met->passed && met->nfailures == 0 && !fund->passed);
    size_t before = fund->nfailures;
    assert_int_equal(order_check(&report, NULL), SY_OK);
    assert_int_equal(met->nfailures, 0);
    assert_int_equal(fund->nfailures, before);

    report.run->attainment[met->item] = 0.125;
    report.run->results[fund->fund].score += 1;
    assert_int_equal(order_check(&report, NULL), SY_OK);
    assert_int_equal(met->nfailures, 1);
    assert_int_equal(fund->nfailures, before + 1);
    assert_string_equal(met->failures[0].what, "depends on the order of the cases");
    assert_non_null(strstr(met->failures[0].expected, "attainment 0.125"));
    assert_non_null(strstr(met->failures[0].got, "attainment 0.75"));
    assert_non_null(strstr(fund->failures[before].expected, "score 26.51"));
    assert_non_null(strstr(fund->failures[before].got, "score 26.5"));
    assert_int_equal(report.results[1].nfailures, 5);
    prove_report_dispose(&report);
    prove_close(set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_prove__score_invented),
        cmocka_unit_test(test_prove__orders_differ),
    };
    return cmocka_run_group_tests(tests, plugins_open, plugins_close);
}
