/*
 * test_host_calls.c - plug: readers and writers that use the host the wrong way end with a message.
 */
#include "plug_fixture.h"

enum wrong {
    WRONG_SILENT,
    WRONG_IGNORES_FAIL,
    WRONG_TWO_HEADERS,
    WRONG_HEADER_BYTES,
    WRONG_HEADER_NUL,
    WRONG_HEADER_NONE,
    WRONG_HEADER_LONG,
    WRONG_BATCH_FIRST,
    WRONG_COLUMNS,
    WRONG_ROWS,
    WRONG_SMALL_BATCH,
    WRONG_NO_BATCH,
    WRONG_NO_BASE,
    WRONG_NO_LINES,
    WRONG_NO_COLUMN,
    WRONG_CELL_LONG,
    WRONG_CELL_OUTSIDE,
    WRONG_CELL_BEHIND,
    WRONG_CELL_BYTES,
    WRONG_CELL_HALF,
    WRONG_CELL_NUL,
    WRONG_ROWS_WITHOUT_COLUMNS,
    WRONG_GOES_ON,
    WRONG_TEXT_AND_BYTES,
    WRONG_BYTES_AND_TEXT,
    WRONG_WRITES
};

static enum wrong wrong;

static const sy_text NAMES[] = {{"a", 1}, {"b", 1}};

static int give_wrong_header(const sy_host *host, sy_call *call)
{
    static const sy_text bytes[] = {{"\xC3", 1}}, nul[] = {{"a\0b", 3}}, none[] = {{NULL, 4}},
                         far[] = {{"a", SY_CELL_MAX + 1}};
    switch (wrong) {
    case WRONG_HEADER_BYTES:
        return host->header(call, bytes, 1, 5);
    case WRONG_HEADER_NUL:
        return host->header(call, nul, 1, 5);
    case WRONG_HEADER_NONE:
        return host->header(call, none, 1, 5);
    case WRONG_HEADER_LONG:
        return host->header(call, far, 1, 5);
    default:
        return host->header(call, NULL, 2, 5);
    }
}

/* Two rows and columns of "one" "二"; the fault that is asked for is put in. */
static int give_wrong_batch(const sy_host *host, sy_call *call)
{
    uint32_t offset_a[] = {0, 0}, offset_b[] = {3, 3}, length_a[] = {3, 3},
             length_b[] = {3, SY_CELL_ABSENT}, line[] = {2, 3};
    const uint32_t *offset[] = {offset_a, offset_b}, *length[] = {length_a, length_b};
    sy_batch batch = {.struct_size = sizeof batch,
                      .nrows = 2,
                      .ncolumns = 2,
                      .base = "one二\xFF\0",
                      .base_len = 8,
                      .offset = offset,
                      .length = length,
                      .line = line};
    switch (wrong) {
    case WRONG_COLUMNS:
        batch.ncolumns = 3;
        break;
    case WRONG_ROWS:
        batch.nrows = SY_BATCH_ROWS + 1;
        break;
    case WRONG_SMALL_BATCH:
        batch.struct_size = offsetof(sy_batch, base_len);
        break;
    case WRONG_NO_BATCH:
        return host->batch(call, NULL);
    case WRONG_NO_BASE:
        batch.base = NULL;
        break;
    case WRONG_NO_LINES:
        batch.line = NULL;
        break;
    case WRONG_NO_COLUMN:
        length[1] = NULL;
        break;
    case WRONG_CELL_LONG:
        length_a[1] = SY_CELL_MAX + 1;
        break;
    case WRONG_CELL_OUTSIDE:
        offset_a[1] = UINT32_MAX;
        break;
    case WRONG_CELL_BEHIND:
        length_a[1] = 9;
        break;
    case WRONG_CELL_BYTES:
        length_a[1] = 7;
        break;
    case WRONG_CELL_HALF:
        length_a[1] = 4;
        break;
    case WRONG_CELL_NUL:
        offset_a[1] = 7;
        length_a[1] = 1;
        break;
    default:
        break;
    }
    return host->batch(call, &batch);
}

static int misuse_source(const sy_host *host, sy_call *call)
{
    char bytes[8];
    size_t got = 0;
    if (wrong == WRONG_TEXT_AND_BYTES) {
        host->read_text(call, bytes, sizeof bytes, &got);
        host->read_bytes(call, bytes, sizeof bytes, &got);
    } else if (wrong == WRONG_BYTES_AND_TEXT) {
        host->read_bytes(call, bytes, sizeof bytes, &got);
        host->read_text(call, bytes, sizeof bytes, &got);
    } else {
        host->write(call, "x", 1);
    }
    return 0;
}

/* What fails first is what is reported, whatever the reader does after it. */
static int go_on(const sy_host *host, sy_call *call)
{
    char bytes[8];
    size_t got = 0;
    (host->fail)(call, SY_ENOMEM, 3, 4, "first %d", 1);
    (host->fail)(call, SY_EFILE, 0, 0, "second");
    host->read_text(call, bytes, sizeof bytes, &got);
    host->read_bytes(call, bytes, sizeof bytes, &got);
    host->restart(call);
    give_wrong_batch(host, call);
    host->header(call, NAMES, 2, 1);
    host->write(call, "x", 1);
    return 0;
}

static int read_wrong(const sy_host *host, sy_call *call)
{
    if (wrong == WRONG_SILENT)
        return 7;
    if (wrong == WRONG_BATCH_FIRST)
        return give_wrong_batch(host, call);
    if (wrong >= WRONG_HEADER_BYTES && wrong <= WRONG_HEADER_LONG)
        return give_wrong_header(host, call);
    if (wrong == WRONG_ROWS_WITHOUT_COLUMNS) {
        sy_batch none = {.struct_size = sizeof none, .nrows = 1};
        return host->header(call, NULL, 0, 1) != 0 ? 99 : host->batch(call, &none);
    }
    if (host->header(call, NAMES, 2, 1) != 0)
        return 99;
    switch (wrong) {
    case WRONG_IGNORES_FAIL:
        return go_on(host, call);
    case WRONG_TWO_HEADERS:
        return host->header(call, NAMES, 2, 1);
    case WRONG_GOES_ON:
        wrong = WRONG_CELL_HALF;
        give_wrong_batch(host, call);
        wrong = WRONG_GOES_ON;
        give_wrong_batch(host, call);
        return 0;
    case WRONG_TEXT_AND_BYTES:
    case WRONG_BYTES_AND_TEXT:
    case WRONG_WRITES:
        return misuse_source(host, call);
    default:
        return give_wrong_batch(host, call);
    }
}

static const char *const NO_OPTIONS[] = {NULL};
static const sy_reader READER = {
    .struct_size = sizeof(sy_reader), .name = "own", .options = NO_OPTIONS, .read = read_wrong};

static const struct {
    enum wrong wrong;
    sy_status status;
    uint32_t line;
    const char *says;
} CASES[] = {
    {WRONG_SILENT, SY_ESYSTEM, 0, "failed without saying why (7)"},
    {WRONG_IGNORES_FAIL, SY_ENOMEM, 3, "first 1"},
    {WRONG_TWO_HEADERS, SY_ESYSTEM, 1, "header out of turn"},
    {WRONG_HEADER_BYTES, SY_ESYSTEM, 5, "a column name that is no UTF-8 text"},
    {WRONG_HEADER_NUL, SY_ESYSTEM, 5, "a column name that is no UTF-8 text"},
    {WRONG_HEADER_NONE, SY_ESYSTEM, 5, "a column name that is no UTF-8 text"},
    {WRONG_HEADER_LONG, SY_ESYSTEM, 5, "a column name of over 64 MiB"},
    {WRONG_BATCH_FIRST, SY_ESYSTEM, 0, "rows before a header"},
    {WRONG_COLUMNS, SY_ESYSTEM, 0, "rows that do not fit its header"},
    {WRONG_ROWS, SY_ESYSTEM, 0, "over 8192 rows at once"},
    {WRONG_SMALL_BATCH, SY_ESYSTEM, 0, "a batch of an older kind"},
    {WRONG_NO_BATCH, SY_ESYSTEM, 0, "a batch of an older kind"},
    {WRONG_NO_BASE, SY_ESYSTEM, 0, "rows without bytes"},
    {WRONG_NO_LINES, SY_ESYSTEM, 0, "rows without bytes"},
    {WRONG_NO_COLUMN, SY_ESYSTEM, 0, "rows without offsets or lengths"},
    {WRONG_CELL_LONG, SY_ESYSTEM, 3, "a cell of over 64 MiB"},
    {WRONG_CELL_OUTSIDE, SY_ESYSTEM, 3, "a cell that lies outside of its bytes"},
    {WRONG_CELL_BEHIND, SY_ESYSTEM, 3, "a cell that lies outside of its bytes"},
    {WRONG_CELL_BYTES, SY_ESYSTEM, 3, "a cell that is no UTF-8 text"},
    {WRONG_CELL_HALF, SY_ESYSTEM, 3, "a cell that is no UTF-8 text"},
    {WRONG_CELL_NUL, SY_ESYSTEM, 3, "a cell that is no UTF-8 text"},
    {WRONG_ROWS_WITHOUT_COLUMNS, SY_ESYSTEM, 0, "rows without columns"},
    {WRONG_GOES_ON, SY_ESYSTEM, 3, "a cell that is no UTF-8 text"},
    {WRONG_TEXT_AND_BYTES, SY_ESYSTEM, 0, "may not read bytes"},
    {WRONG_BYTES_AND_TEXT, SY_ESYSTEM, 0, "may not read text"},
    {WRONG_WRITES, SY_ESYSTEM, 0, "may not write"},
};

static void test_host_calls__wrong_readers(void **state)
{
    (void)state;
    const char *path = fixture_file("wrong.own", "abc", 3);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct seen seen = {0};
        sy_error err = {0};
        wrong = CASES[i].wrong;
        sy_status status = read_seen(&seen, &READER, path, NULL, 0, &err);
        if (status != CASES[i].status || strstr(err.message, CASES[i].says) == NULL)
            fail_msg("%d %s, expected %s", status, err.message, CASES[i].says);
        assert_text(err.file, path);
        assert_int_equal(err.line, CASES[i].line);
        assert_int_equal(err.column, wrong == WRONG_IGNORES_FAIL ? 4 : 0);
        assert_int_equal(seen.nrows, 0); /* nothing of it has arrived */
        assert_int_equal(read_seen(&seen, &READER, path, NULL, 0, NULL), CASES[i].status);
        buf_dispose(&seen.text);
    }
}

/* The rows that the faults are put into are themselves right; so is a source without columns. */
static void test_host_calls__right_reader(void **state)
{
    struct seen seen = {0};
    sy_error err = {0};
    (void)state;
    wrong = WRONG_WRITES + 1;
    assert_int_equal(read_seen(&seen, &READER, "x", NULL, 0, &err), SY_OK);
    assert_text(buf_text(&seen.text), "1:a|b\n2:one|二\n3:one|~\n");
    buf_dispose(&seen.text);
}

static int write_reads(const sy_host *host, sy_call *call, const sy_view *what)
{
    char bytes[8];
    size_t got = 0;
    (void)what;
    host->read_text(call, bytes, sizeof bytes, &got);
    host->read_bytes(call, bytes, sizeof bytes, &got);
    return 0;
}

static void test_host_calls__wrong_writer(void **state)
{
    sy_writer writer = {.struct_size = sizeof(sy_writer),
                        .name = "own",
                        .options = NO_OPTIONS,
                        .takes = SY_TAKES_ROWS,
                        .write = write_reads};
    sy_error err = {0};
    (void)state;
    assert_int_equal(write_view(&writer, fixture_path("w"), NULL, 0, NULL, &err), SY_ESYSTEM);
    assert_non_null(strstr(err.message, "may not read text"));
}

/* A block grows with what is in it, and is there for the next call unless it is large. */
static void test_host_calls__scratch(void **state)
{
    struct plug_scratch s = {0};
    (void)state;
    char *small = plug_scratch_take(&s, 0, 4);
    assert_non_null(small);
    memcpy(small, "abc", 4);
    char *grown = plug_scratch_take(&s, 0, 1000);
    assert_non_null(grown);
    assert_text(grown, "abc");
    assert_ptr_equal(plug_scratch_take(&s, 0, 7), grown);
    assert_non_null(plug_scratch_take(&s, SY_SCRATCHES - 1, (size_t)5 << 20));
    assert_null(plug_scratch_take(&s, SY_SCRATCHES, 1));
    plug_scratch_rest(&s);
    assert_ptr_equal(plug_scratch_take(&s, 0, 1000), grown);
    assert_int_equal(s.sizes[SY_SCRATCHES - 1], 0);
    assert_null(s.blocks[SY_SCRATCHES - 1]);
    plug_scratch_dispose(&s);
    assert_null(s.blocks[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_host_calls__wrong_readers),
        cmocka_unit_test(test_host_calls__right_reader),
        cmocka_unit_test(test_host_calls__wrong_writer),
        cmocka_unit_test(test_host_calls__scratch),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
