/*
 * test_csv_changed.c - a file that changes while its parts are read is an error, whichever part
 * sees it and however it changed.
 */
#include "plug_fixture.h"

#include <fcntl.h>
#include <sys/stat.h>

enum change { TRUNCATED, GROWN, SAVED, REPLACED, CHANGES };

/* Changes changed.csv; a save of the same size is known by its time. */
static void change_file(enum change how)
{
    const char *path = fixture_path("changed.csv");
    const struct timespec times[2] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};
    FILE *f;
    switch (how) {
    case TRUNCATED:
        assert_int_equal(truncate(path, 5), 0);
        break;
    case GROWN:
        f = fopen(path, "ab");
        assert_non_null(f);
        assert_int_equal(fputs("9,9\n", f) >= 0, 1);
        assert_int_equal(fclose(f), 0);
        break;
    case SAVED:
        assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
        break;
    default:
        assert_int_equal(rename(fixture_file("other.csv", "a,b\n", 4), path), 0);
    }
}

static struct plug_range stamp(const char *path)
{
    struct plug_range range = {0};
    assert_true(file_stamp(path, &range.size, &range.mtime_ns));
    return range;
}

/* Makes changed.csv anew. */
static struct plug_range make_changed(const char **path)
{
    struct buf b = {0};
    buf_str(&b, "a,b\n");
    for (int i = 0; i < 20000; i++)
        buf_printf(&b, "%d,%d\n", i, i);
    *path = fixture_file("changed.csv", b.data, b.len);
    buf_dispose(&b);
    return stamp(*path);
}

static sy_status ignore_header(void *ctx, const sy_text *names, uint32_t n, uint32_t line,
                               sy_error *err)
{
    (void)ctx, (void)names, (void)n, (void)line, (void)err;
    return SY_OK;
}

static sy_status ignore_batch(void *ctx, const sy_batch *b, sy_error *err)
{
    (void)ctx, (void)b, (void)err;
    return SY_OK;
}

static sy_status read_range(const char *path, struct plug_range *range, sy_error *err)
{
    const struct plug_sink sink = {.header = ignore_header, .batch = ignore_batch, .ctx = NULL};
    return plug_read_range(&plug_builtin_csv()->readers[0], path, NULL, 0, range, &sink, err);
}

/* The file is no longer what it was when its header was read, before any of its parts. */
static void test_csv_changed__between(void **state)
{
    (void)state;
    for (int how = 0; how < CHANGES; how++) {
        sy_error err = {0};
        const char *path;
        struct plug_range header = make_changed(&path), part = header;
        assert_int_equal(read_range(path, &header, &err), SY_OK);
        part.ncolumns = 2;
        part.known = true;
        part.from = header.next;
        part.to = 30000;
        assert_int_equal(read_range(path, &part, &err), SY_OK);
        change_file((enum change)how);
        part.from = part.next;
        part.to = 60000;
        assert_int_equal(read_range(path, &part, &err), SY_EFILE);
        assert_text(err.message, "changed while it was read: try again");
    }
}

static sy_status change_in_batch(void *ctx, const sy_batch *b, sy_error *err)
{
    enum change *how = ctx;
    (void)b, (void)err;
    if (*how != CHANGES)
        change_file(*how);
    *how = CHANGES;
    return SY_OK;
}

/* It changes while a part of it is read: rows were given, but the part is none. A file that takes
 * its name is another, which the parts that follow see. */
static void test_csv_changed__within(void **state)
{
    (void)state;
    for (int how = 0; how < REPLACED; how++) {
        sy_error err = {0};
        const char *path;
        enum change todo = (enum change)how;
        struct plug_range part = make_changed(&path);
        struct plug_sink sink = {.header = ignore_header, .batch = change_in_batch, .ctx = &todo};
        part.ncolumns = 2;
        part.known = true;
        part.from = 4;
        part.to = (uint64_t)part.size;
        assert_int_equal(
            plug_read_range(&plug_builtin_csv()->readers[0], path, NULL, 0, &part, &sink, &err),
            SY_EFILE);
        assert_text(err.message, "changed while it was read: try again");
        assert_int_equal(todo, CHANGES);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv_changed__between),
        cmocka_unit_test(test_csv_changed__within),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
