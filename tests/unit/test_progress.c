/*
 * test_progress.c - the progress function of a run: stages in order, shares within bounds, and that
 * it stops the work wherever it likes, leaving nothing.
 */
#include <stdbool.h>

#include "evaluation_fixture.h"

/* What was told; asks to stop at call `stop_at` (from 1; 0: never). */
struct listener {
    int calls, stop_at;
    bool bad_share;
    char stages[256];
};

static int listen(void *ctx, const char *stage, double share)
{
    struct listener *l = ctx;
    size_t len = strlen(l->stages), n = strlen(stage);
    bool again = len >= n && strcmp(l->stages + len - n, stage) == 0;
    l->bad_share = l->bad_share || !(share <= 1);
    if (!again && len + n + 2 < sizeof l->stages)
        sprintf(l->stages + len, "%s%s", len ? " " : "", stage);
    return ++l->calls == l->stop_at;
}

static void begin(void)
{
    fixture_begin();
    fixture_evaluation("t");
    fixture_file("outcomes.csv", "fund,indicator,target,actual,weight\np,a.x,100,90,100\n");
}

static sy_status run(struct listener *l, const char *out, sy_error *err)
{
    sy_run_options o = {
        .struct_size = sizeof o, .data = fixture_data(), .progress = listen, .progress_ctx = l};
    sy_run *r;
    sy_status status = sy_run_open(&r, fixture_folder, &o, err);
    if (status != SY_OK)
        return status;
    status = sy_run_write(r, SY_REPORT_SCORE, "csv", out, NULL, 0, err);
    sy_run_close(r);
    return status;
}

static void test_progress__stages(void **state)
{
    struct listener l = {0};
    sy_error err;
    char out[512];
    (void)state;
    begin();
    snprintf(out, sizeof out, "%s/out.csv", fixture_folder);
    assert_int_equal(run(&l, out, &err), SY_OK);
    assert_string_equal(l.stages, "load bind measure score check total write");
    assert_false(l.bad_share);
    fixture_end();
}

/* Stopped at each call in turn: the status says so, and no file is made. */
static void test_progress__stop(void **state)
{
    struct listener whole = {0};
    sy_error err;
    char out[512];
    (void)state;
    begin();
    snprintf(out, sizeof out, "%s/out.csv", fixture_folder);
    assert_int_equal(run(&whole, out, &err), SY_OK);
    assert_int_equal(remove(out), 0);
    for (int i = 1; i <= whole.calls; i++) {
        struct listener l = {.stop_at = i};
        assert_int_equal(run(&l, out, &err), SY_ESTOPPED);
        assert_int_equal(l.calls, i);
        assert_int_equal(err.status, SY_ESTOPPED);
        assert_int_not_equal(access(out, F_OK), 0);
    }
    fixture_file("out.csv", "old");
    struct listener last = {.stop_at = whole.calls};
    assert_int_equal(run(&last, out, &err), SY_ESTOPPED);
    char text[8] = "";
    FILE *f = fopen(out, "rb");
    assert_non_null(f);
    assert_int_equal(fread(text, 1, sizeof text - 1, f), 3);
    fclose(f);
    assert_string_equal(text, "old");
    fixture_end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_progress__stages),
        cmocka_unit_test(test_progress__stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
