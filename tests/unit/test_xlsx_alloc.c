/*
 * test_xlsx_alloc.c - a workbook read without memory: each allocation fails once, and all after it.
 * What follows is a refusal that says so, or the same cells; nothing leaks.
 */
#include "check.h"

#include "fail_alloc.h"
#include "plug_fixture.h"

#define WORKBOOK "tests/fuzz/corpus/xlsx/workbook"

const sy_plugin *sy_plugin_v1(void);

static size_t cells;

static sy_status take_header(void *ctx, const sy_text *names, uint32_t n, uint32_t line,
                             sy_error *err)
{
    (void)ctx;
    (void)names;
    (void)line;
    (void)err;
    cells += n;
    return SY_OK;
}

static sy_status take_batch(void *ctx, const sy_batch *b, sy_error *err)
{
    (void)ctx;
    (void)err;
    for (uint32_t r = 0; r < b->nrows; r++)
        for (uint32_t c = 0; c < b->ncolumns; c++)
            cells += b->length[c][r] != SY_CELL_ABSENT;
    return SY_OK;
}

static sy_status read_book(bool grid, sy_error *err)
{
    const struct plug_sink sink = {.header = take_header, .batch = take_batch, .grid = grid};
    cells = 0;
    return plug_read(&sy_plugin_v1()->readers[0], WORKBOOK, NULL, 0, &sink, err);
}

/* libzip tells some of its failures as an archive that is none. */
static bool is_refusal(sy_status status, const sy_error *err)
{
    return status == SY_ENOMEM ||
           (status == SY_EINPUT && strstr(err->message, "Not a zip archive") != NULL);
}

/* A part that libzip cannot open without memory leaves a block of its own behind. */
enum { LIBZIP_LEAKS = 1 };
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void)
{
    return "leak:libzip";
}

static void fail_each(bool grid, atomic_long *which)
{
    sy_error err = {0};
    assert_int_equal(read_book(grid, &err), SY_OK);
    const size_t whole = cells;
    assert_true(whole > 10);
    for (long n = 0;; n++) {
        const long alive = fail_alloc_alive, asked = fail_alloc_asked;
        *which = n;
        const sy_status status = read_book(grid, &err);
        *which = -1;
        const bool reached = fail_alloc_asked - asked > n;
        if (status == SY_OK ? cells != whole : !is_refusal(status, &err))
            fail_msg("allocation %ld: status %d, %zu cells, %s", n, (int)status, cells,
                     err.message);
        if (fail_alloc_counts && fail_alloc_alive - alive > (status != SY_OK) * LIBZIP_LEAKS)
            fail_msg("allocation %ld: %ld blocks leak", n, fail_alloc_alive - alive);
        if (!reached)
            break;
        assert_true(status != SY_OK || which == &fail_alloc_only);
    }
}

static void test_xlsx__each_allocation_fails(void **state)
{
    (void)state;
    if (!fail_alloc_works)
        skip();
    setenv("TZ", "UTC", 1); /* else libc keeps its name anew each time */
    fail_each(false, &fail_alloc_only);
    fail_each(true, &fail_alloc_only);
    fail_each(false, &fail_alloc_after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_xlsx__each_allocation_fails)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
