/*
 * test_parts.c - a view written in parts by many workers: byte for byte what one call writes, and
 * the failure of the first part that fails.
 */
#include "plug_fixture.h"

#include "base/workers.h"

#define ROWS 10007u /* no multiple of any part */

/* Cells that say where they are; each view has room of its own for its text. */
struct shown {
    char text[64];
};

static const sy_column *columns(const void *ctx)
{
    static const sy_column list[] = {{"row", NULL, 1}, {"text", NULL, 0}, {"half", NULL, 1}};
    (void)ctx;
    return list;
}

static void cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    struct shown *s = (struct shown *)ctx;
    if (column == 0) {
        out->type = SY_CELL_INTEGER;
        out->integer = (int64_t)row;
    } else if (column == 1) {
        snprintf(s->text, sizeof s->text, "a \"%zu\", 指标\n", row * row);
        out->type = SY_CELL_DATA;
        out->text = s->text;
        out->text_len = strlen(s->text);
    } else {
        out->type = SY_CELL_NUMBER;
        out->number = (double)row / 2;
    }
}

static const sy_view_ops OPS = {sizeof OPS, 3, columns, cell};

/* Writes rows 3 to before 3 + count in parts of `rows`; 0: in one call. */
static sy_status write_rows(const sy_writer *writer, const char *path,
                            const struct plug_option *option, size_t count, size_t rows,
                            unsigned jobs, sy_error *err)
{
    struct shown shown[8];
    sy_view views[8];
    struct file_writer file;
    struct workers *workers = NULL;
    sy_status status;
    for (size_t i = 0; i < 8; i++)
        views[i] = (sy_view){&OPS, &shown[i], 3, count};
    assert_int_equal(workers_open(&workers, jobs, NULL), SY_OK);
    assert_int_equal(file_create(&file, path, NULL), SY_OK);
    const struct plug_parts parts = {workers, views, rows};
    if (rows)
        status = plug_write_parts(writer, &file, option, option != NULL, &parts, err);
    else
        status = plug_write(writer, &file, option, option != NULL, views, err);
    if (status == SY_OK)
        assert_int_equal(file_commit(&file, NULL), SY_OK);
    else
        file_abort(&file);
    workers_close(workers);
    return status;
}

static void check_same(const char *format, const struct plug_option *option, size_t count)
{
    struct plug_registry *r;
    char *expected;
    size_t len;
    const char *whole = fixture_path("whole"), *parted = fixture_path("parted");
    assert_int_equal(plug_open(&r, (const char *const[]){NULL}, NULL), SY_OK);
    const sy_writer *writer = plug_writer(r, format);
    assert_true(writer->flags & SY_WRITES_PARTS);
    assert_int_equal(write_rows(writer, whole, option, count, 0, 1, NULL), SY_OK);
    assert_int_equal(file_slurp(&expected, &len, whole, 1 << 24, NULL), SY_OK);
    static const size_t rows[] = {1, 7, 1000, 5003, 10007, 20000};
    static const unsigned jobs[] = {1, 2, 7};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (size_t k = 0; k < sizeof jobs / sizeof *jobs; k++) {
            assert_int_equal(write_rows(writer, parted, option, count, rows[i], jobs[k], NULL),
                             SY_OK);
            assert_file(parted, expected);
        }
    }
    free(expected);
    plug_close(r);
}

static void test_parts__same_bytes(void **state)
{
    static const struct plug_option bare = {"bom", "no"};
    (void)state;
    check_same("csv", NULL, ROWS);
    check_same("csv", &bare, ROWS);
    check_same("ndjson", NULL, ROWS);
}

static void test_parts__few_rows(void **state)
{
    (void)state;
    for (size_t count = 0; count < 4; count++) {
        check_same("csv", NULL, count);
        check_same("ndjson", NULL, count);
    }
}

/* Fails at rows of its choice, and says which. */
static int write_some(const sy_host *host, sy_call *call, const sy_view *what)
{
    if (what->first >= 1003)
        return (host->fail)(call, SY_EINPUT, 0, 0, "no row %zu", what->first);
    return host->write(call, "x", 1);
}

static void test_parts__first_failure(void **state)
{
    static const char *const none[] = {NULL};
    const sy_writer writer = {.struct_size = sizeof writer,
                              .name = "own",
                              .options = none,
                              .takes = SY_TAKES_ROWS,
                              .write = write_some,
                              .flags = SY_WRITES_PARTS};
    (void)state;
    for (unsigned jobs = 1; jobs <= 7; jobs++) {
        sy_error err = {0};
        assert_int_equal(write_rows(&writer, fixture_path("no"), NULL, ROWS, 100, jobs, &err),
                         SY_EINPUT);
        assert_text(err.message, "no row 1003");
        assert_false(file_exists(fixture_path("no")));
    }
}

/* A misspelt option and a value that is none are refused as in one call. */
static void test_parts__options(void **state)
{
    static const struct plug_option bad[] = {{"bom", "maybe"}, {"bum", "no"}};
    static const char *const says[] = {"option bom is 'maybe'", "did you mean 'bom'"};
    struct plug_registry *r;
    (void)state;
    assert_int_equal(plug_open(&r, (const char *const[]){NULL}, NULL), SY_OK);
    for (size_t i = 0; i < 2; i++) {
        sy_error err = {0};
        assert_int_equal(
            write_rows(plug_writer(r, "csv"), fixture_path("no"), &bad[i], ROWS, 100, 3, &err),
            SY_EUSAGE);
        assert_non_null(strstr(err.message, says[i]));
    }
    plug_close(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts__same_bytes),
        cmocka_unit_test(test_parts__few_rows),
        cmocka_unit_test(test_parts__first_failure),
        cmocka_unit_test(test_parts__options),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
