/*
 * test_host_memory.c - plug, its plugins and the files below: what happens without memory.
 */
#include "plug_fixture.h"

#include <sys/stat.h>

#include "fail_alloc.h"

static const sy_column OOM_COLUMNS[] = {{"fund", NULL, 0}, {"note", NULL, 0}};
static const sy_cell OOM_CELLS[] = {CELL_TEXT(SY_CELL_DATA, "sme"),
                                    CELL_TEXT(SY_CELL_DATA, "a text of more than forty-eight bytes"
                                                            " so that the table needs room")};
static const sy_view_ops OOM_OPS = {sizeof OOM_OPS, 2, literal_columns, literal_cell};
static const struct literal OOM_LITERAL = {&OOM_OPS, OOM_COLUMNS, 2, OOM_CELLS};
static const sy_view OOM_VIEW = {&OOM_OPS, &OOM_LITERAL, 0, 1};

static sy_status do_open(sy_error *err)
{
    struct plug_registry *r = NULL;
    const char *const folders[] = {fixture_path("oom"), NULL};
    sy_status status = plug_open(&r, folders, err);
    if (status == SY_OK)
        plug_close(r);
    return status;
}

static sy_status do_read(sy_error *err)
{
    struct seen seen = {0};
    sy_status status =
        read_seen(&seen, &plug_builtin_csv()->readers[0], fixture_path("oom.csv"), NULL, 0, err);
    buf_dispose(&seen.text);
    return status;
}

static sy_status do_write_csv(sy_error *err)
{
    return write_view(&plug_builtin_csv()->writers[0], fixture_path("oom.out"), NULL, 0, &OOM_VIEW,
                      err);
}

static sy_status do_write_json(sy_error *err)
{
    return write_view(&plug_builtin_json()->writers[0], fixture_path("oom.out"), NULL, 0, &OOM_VIEW,
                      err);
}

static sy_status do_write_table(sy_error *err)
{
    return write_view(&plug_builtin_table()->writers[0], fixture_path("oom.out"), NULL, 0,
                      &OOM_VIEW, err);
}

static sy_status read_once(size_t reader, const char *name, sy_error *err)
{
    struct seen seen = {0};
    sy_status status =
        read_seen(&seen, &plug_builtin_json()->readers[reader], fixture_path(name), NULL, 0, err);
    buf_dispose(&seen.text);
    return status;
}

static sy_status do_read_json(sy_error *err)
{
    return read_once(0, "oom.json", err);
}

static sy_status do_read_ndjson(sy_error *err)
{
    return read_once(1, "oom.ndjson", err);
}

static sy_status do_write_markdown(sy_error *err)
{
    return write_view(&plug_builtin_markdown()->writers[0], fixture_path("oom.out"), NULL, 0,
                      &OOM_VIEW, err);
}

static sy_status do_glob(sy_error *err)
{
    char **paths = NULL;
    size_t n = 0;
    sy_status status = file_glob(&paths, &n, fixture_path("o*"), err);
    if (status == SY_OK)
        file_glob_free(paths, n);
    return status;
}

/* Each allocation fails once, all after it too: the status is that of no memory, never a crash. */
static void test_host_memory__every_allocation_fails(void **state)
{
    static sy_status (*const works[])(sy_error *) = {
        do_open,       do_read,        do_read_json,      do_read_ndjson, do_write_csv,
        do_write_json, do_write_table, do_write_markdown, do_glob};
    (void)state;
    if (!fail_alloc_works)
        skip();
    assert_int_equal(mkdir(fixture_path("oom"), 0755), 0);
    fixture_file("oom/x.so", "x", 1);
    fixture_file("oom.csv", "fund,note\n\xBC\xA8,2\n", 15);
    static const char json[] = "[{\"fund\":\"a\",\"note\":1.5e3},{\"x\":\"\\u7ee9\"}]",
                      lines[] = "{\"fund\":\"a\"}\n{\"fund\":\"b\"}\n";
    fixture_file("oom.json", json, sizeof json - 1);
    fixture_file("oom.ndjson", lines, sizeof lines - 1);
    for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
        sy_status status = SY_ENOMEM;
        long n = 0;
        for (; n < 500 && status != SY_OK; n++) {
            sy_error err = {0};
            fail_alloc_after = n;
            status = works[i](&err);
            fail_alloc_after = -1;
            /* libc gives other reasons too: iconv, dlopen */
            assert_true(status == SY_OK || status == err.status);
            assert_true(status == SY_OK || status == SY_ENOMEM || status == SY_ESYSTEM);
        }
        assert_in_range(n, fail_alloc_counts ? 3 : 1, 499); /* strdup does not always fail */
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_host_memory__every_allocation_fails),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
