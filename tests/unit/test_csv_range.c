/*
 * test_csv_range.c - CSV read in parts of any size gives the same rows, lines and faults as read
 * whole; and what the host says to readers that lie about their parts.
 */
#include "plug_fixture.h"

#include <sys/stat.h>

static const sy_reader *csv(void)
{
    return &plug_builtin_csv()->readers[0];
}

/* How an outcome reads: rows written down, then the error. */
static void finish_text(struct buf *out, const struct seen *seen, sy_status status,
                        const sy_error *err)
{
    buf_str(out, buf_text(&seen->text));
    if (status != SY_OK)
        buf_printf(out, "%d %u:%u %s\n", (int)status, (unsigned)err->line, (unsigned)err->column,
                   err->message);
}

static struct plug_range stamp(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return (struct plug_range){.size = st.st_size,
                               .mtime_ns =
                                   (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec};
}

/* What joins the parts: where the last record accepted ends. */
struct joint {
    const char *path;
    struct buf rows;
    uint64_t next;
    uint32_t lines;
    size_t wrong; /* parts read again */
};

/* Rows of a part, their lines counted from the file's start. */
static void add_rows(struct buf *out, const char *text, uint32_t lines)
{
    while (*text) {
        char *rest;
        unsigned long line = strtoul(text, &rest, 10);
        const char *end = rest + strcspn(rest, "\x1e");
        buf_printf(out, "%lu%.*s\x1e", line + lines, (int)(end - rest), rest);
        text = end + (*end != '\0');
    }
}

static sy_status see_row_batch(void *ctx, const sy_batch *b, sy_error *err)
{
    struct seen *seen = ctx;
    (void)err;
    for (uint32_t row = 0; row < b->nrows; row++) {
        buf_printf(&seen->text, "%u:", (unsigned)b->line[row]);
        for (uint32_t c = 0; c < b->ncolumns; c++) {
            buf_str(&seen->text, c > 0 ? "|" : "");
            if (b->length[c][row] != SY_CELL_ABSENT)
                buf_add(&seen->text, b->base + b->offset[c][row], b->length[c][row]);
        }
        buf_char(&seen->text, '\x1e');
    }
    return SY_OK;
}

static sy_status see_names(void *ctx, const sy_text *names, uint32_t n, uint32_t line,
                           sy_error *err)
{
    struct seen *seen = ctx;
    (void)err;
    buf_printf(&seen->text, "%u:", (unsigned)line);
    for (uint32_t i = 0; i < n; i++) {
        buf_str(&seen->text, i > 0 ? "|" : "");
        buf_add(&seen->text, names[i].bytes, names[i].len);
    }
    buf_char(&seen->text, '\x1e');
    return SY_OK;
}

static sy_status read_one(struct joint *j, struct plug_range *range, sy_error *err)
{
    struct seen seen = {0};
    struct plug_sink sink = {.header = see_names, .batch = see_row_batch, .ctx = &seen};
    sy_status status = plug_read_range(csv(), j->path, NULL, 0, range, &sink, err);
    bool right = range->to == 0 || range->known || (status == SY_OK && range->first == j->next);
    if (right)
        add_rows(&j->rows, buf_text(&seen.text), j->lines);
    buf_dispose(&seen.text);
    if (!right) {
        j->wrong++;
        range->from = j->next;
        range->known = true;
        return read_one(j, range, err);
    }
    if (status != SY_OK && err->line > 0)
        err->line += j->lines;
    if (status == SY_OK) {
        j->next = range->next;
        j->lines += range->lines;
    }
    return status;
}

/* The file in parts of `size` bytes, as text. */
static void read_parts(struct buf *out, const char *path, uint64_t size, size_t *wrong)
{
    struct joint j = {.path = path};
    struct plug_range header = stamp(path);
    sy_error err = {0};
    sy_status status = read_one(&j, &header, &err);
    for (uint64_t from = 0; status == SY_OK && from < (uint64_t)header.size; from += size) {
        struct plug_range range = stamp(path);
        range.ncolumns = header.ncolumns;
        range.from = from < header.next ? header.next : from;
        range.to = from + size < (uint64_t)range.size ? from + size : (uint64_t)range.size;
        range.known = range.from == j.next;
        if (j.next < range.to && range.from < range.to)
            status = read_one(&j, &range, &err);
    }
    struct seen seen = {.text = j.rows};
    finish_text(out, &seen, status, &err);
    buf_dispose(&j.rows);
    if (wrong != NULL)
        *wrong += j.wrong;
}

static void read_whole(struct buf *out, const char *path)
{
    struct seen seen = {0};
    struct plug_sink sink = {.header = see_names, .batch = see_row_batch, .ctx = &seen};
    sy_error err = {0};
    sy_status status = plug_read(csv(), path, NULL, 0, &sink, &err);
    finish_text(out, &seen, status, &err);
    buf_dispose(&seen.text);
}

/* A fault ends the rows that were given before it, and how many those are is not promised. */
static const char *skip_rows(const char *text)
{
    const char *last = strrchr(text, '\x1e');
    return last != NULL && last[1] != '\0' ? last + 1 : text;
}

static void check_sizes(const char *what, const char *bytes, size_t len, size_t *wrong)
{
    static const uint64_t sizes[] = {1, 2, 3, 5, 7, 64, 1000, 65536};
    const char *path = fixture_file("range.csv", bytes, len);
    struct buf whole = {0};
    read_whole(&whole, path);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct buf parts = {0};
        read_parts(&parts, path, sizes[i], wrong);
        if (strcmp(skip_rows(buf_text(&parts)), skip_rows(buf_text(&whole))) != 0)
            fail_msg("%s, parts of %u: %s\nwhole: %s", what, (unsigned)sizes[i], buf_text(&parts),
                     buf_text(&whole));
        buf_dispose(&parts);
    }
    buf_dispose(&whole);
}

static void test_csv_range__inputs(void **state)
{
    (void)state;
#define INPUT(text)            \
    {                          \
        text, sizeof(text) - 1 \
    }
    static const struct {
        const char *bytes;
        size_t len;
    } inputs[] = {
        INPUT("a,b\n1,2\n3,4\n"),
        INPUT("a,b\n1,2\n3,4"),
        INPUT("a,b"),
        INPUT("a,b\n"),
        INPUT(""),
        INPUT("\n\n"),
        INPUT("\xEF\xBB\xBF"),
        INPUT("\xEF\xBB\xBF"
              "a,b\r\n1,2\r\n\r\n3,4\r\n"),
        INPUT("\r\n\r\na,b\r\n\r\n1,2\r\n\r\n\r\n3,4\r\n\r\n"),
        INPUT("a,b\r1,2\r\r3,4\r"),
        INPUT("a,b\n\r1,2\n\r\n3,4\r\r\n5,6\n"),
        INPUT("a,b\n\"x\ny\",2\n\"p\"\"\n\"\"q\",\"r\r\ns\"\n3,4\n"),
        INPUT("\"a\n1\",\"b\r\n2\"\n\"\n\n\",2\n3,\"4\r\r\n\"\r\n5,6"),
        INPUT("a,b\n\"\n\"\n\"\n\",\"\n\"\n1,2\n"),
        INPUT("a,b\n指标,数量\n\"引号\n换行\",完成\n末行,完"),
        INPUT("a,b\n1,2,3\n"),
        INPUT("a,b\n1,2\n\"x\"y,2\n3,4\n"),
        INPUT("a,b\n1,2\n\"open\n3,4\n5,6\n"),
        INPUT("a,b\n1,2\n3,4\0\n5,6\n"),
        INPUT("a,b\n\"x\ny\0\",2\n5,6\n"),
        INPUT("a,b\n1,2\n\"x\"y,2\n3,\0\n"),
        INPUT("a,a\n1,2\n"),
        INPUT("a\n\n\n\n\nx\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"),
    };
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        char what[32];
        snprintf(what, sizeof what, "input %u", (unsigned)i);
        check_sizes(what, inputs[i].bytes, inputs[i].len, NULL);
    }
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 16;
}

/* Records of three cells, many quoted, with line breaks of all kinds within and between. */
static void make_file(struct buf *out, uint32_t seed, bool broken)
{
    static const char *const plain[] = {"", "1", "12.5", "完成", "≥90%", "a b"};
    static const char *const inside[] = {"\n", "\r\n", "\r", "\"\"", ",", "x", "数", "\"\"\n\"\""};
    static const char *const ends[] = {"\n", "\r\n", "\r", "\n\n", "\r\n\r\n"};
    buf_str(out, "a,b,c\n");
    uint32_t rows = next_random(&seed) % 40;
    for (uint32_t row = 0; row < rows; row++) {
        for (uint32_t c = 0; c < 3; c++) {
            buf_str(out, c ? "," : "");
            if (next_random(&seed) % 3) {
                buf_str(out, plain[next_random(&seed) % 6]);
                continue;
            }
            buf_char(out, '"');
            for (uint32_t n = next_random(&seed) % 6; n > 0; n--)
                buf_str(out, inside[next_random(&seed) % 8]);
            buf_char(out, '"');
        }
        if (row + 1 < rows || next_random(&seed) % 2)
            buf_str(out, ends[next_random(&seed) % 5]);
    }
    size_t at = 6 + next_random(&seed) % (out->len > 6 ? out->len - 6 : 1);
    if (broken && at < out->len && (unsigned char)out->data[at] < 0x80)
        out->data[at] = "\",x\n"[next_random(&seed) % 4]; /* most often a fault */
}

static void test_csv_range__random(void **state)
{
    size_t wrong = 0;
    (void)state;
    for (uint32_t seed = 1; seed <= 300; seed++) {
        struct buf file = {0};
        char what[32];
        make_file(&file, seed, seed % 3 == 0);
        snprintf(what, sizeof what, "seed %u", (unsigned)seed);
        check_sizes(what, buf_text(&file), file.len, &wrong);
        buf_dispose(&file);
    }
    assert_true(wrong > 1000); /* guesses within quotes were met, and put right */
}

/* A record of many parts, and one behind it. */
static void test_csv_range__long_record(void **state)
{
    struct buf file = {0};
    (void)state;
    buf_str(&file, "a,b\n1,\"");
    for (int i = 0; i < 60000; i++)
        buf_str(&file, "一行\n");
    buf_str(&file, "\"\n3,4\n");
    const char *path = fixture_file("long.csv", buf_text(&file), file.len);
    struct buf whole = {0}, parts = {0};
    read_whole(&whole, path);
    read_parts(&parts, path, 4096, NULL);
    assert_true(whole.len > 400000);
    assert_text(buf_text(&parts), buf_text(&whole));
    buf_dispose(&whole);
    buf_dispose(&parts);
    buf_dispose(&file);
}

/* A reader that does as its one option says. */
static int fake_read(const sy_host *host, sy_call *call)
{
    const char *how = host->option(call, "how");
    const sy_range *range = host->range(call);
    static const sy_text names[] = {{"a", 1}};
    char bytes[256];
    size_t got = 0;
    int rc = host->read_text(call, bytes, sizeof bytes, &got);
    if (rc != 0)
        return rc;
    if (range->to == 0) {
        if (strcmp(how, "covered before header") == 0)
            return host->covered(call, 0, 2, 1);
        if ((rc = host->header(call, names, 1, 1)) != 0)
            return rc;
        if (strcmp(how, "header elsewhere") == 0)
            return host->covered(call, 1, 2, 1);
        return strcmp(how, "header uncovered") == 0 ? 0 : host->covered(call, 0, 2, 1);
    }
    uint32_t offset = 0, length = 1, line = strcmp(how, "line too far") == 0 ? 9 : 1;
    const uint32_t *offsets[] = {&offset}, *lengths[] = {&length};
    sy_batch batch = {sizeof batch, 1, 1, bytes, offsets, lengths, &line, sizeof bytes};
    if (strcmp(how, "header again") == 0)
        return host->header(call, names, 1, 1);
    if ((rc = host->batch(call, &batch)) != 0)
        return rc;
    if (strcmp(how, "never covered") == 0)
        return 0;
    if (strcmp(how, "next before first") == 0)
        return host->covered(call, range->to, range->to - 1, 1);
    if (strcmp(how, "first too early") == 0)
        return host->covered(call, range->from - 1, range->to, 1);
    if (strcmp(how, "stops short") == 0)
        return host->covered(call, range->from, range->to - 1, 1);
    if (strcmp(how, "past the end") == 0)
        return host->covered(call, range->from, 1000, 1);
    if (strcmp(how, "more lines than bytes") == 0)
        return host->covered(call, range->from, range->to, 1000);
    if (strcmp(how, "rows from nowhere") == 0)
        return host->covered(call, range->to, range->to, 0);
    if (strcmp(how, "starts late") == 0)
        return host->covered(call, range->from + 2, range->to, 1);
    rc = host->covered(call, range->from, range->to, 4);
    if (rc == 0 && strcmp(how, "covered twice") == 0)
        rc = host->covered(call, range->from, range->to, 4);
    if (rc == 0 && strcmp(how, "rows after") == 0)
        rc = host->batch(call, &batch);
    return rc;
}

static const char *const FAKE_OPTIONS[] = {"how", NULL};
static const sy_reader FAKE = {.struct_size = sizeof FAKE,
                               .name = "fake",
                               .options = FAKE_OPTIONS,
                               .read = fake_read,
                               .flags = SY_READS_RANGES};

static sy_status ignore_names(void *ctx, const sy_text *names, uint32_t n, uint32_t line,
                              sy_error *err)
{
    (void)ctx, (void)names, (void)n, (void)line, (void)err;
    return SY_OK;
}

static sy_status ignore_rows(void *ctx, const sy_batch *b, sy_error *err)
{
    (void)ctx, (void)b, (void)err;
    return SY_OK;
}

static sy_status read_fake(const char *how, bool header, bool known, sy_error *err)
{
    const char *path = fixture_file("fake", "a\n1\n2\n3\n4\n", 10);
    struct plug_option option = {"how", how};
    struct plug_sink sink = {.header = ignore_names, .batch = ignore_rows, .ctx = NULL};
    struct plug_range range = stamp(path);
    range.from = header ? 0 : 2;
    range.to = header ? 0 : 10;
    range.ncolumns = header ? 0 : 1;
    range.known = known;
    return plug_read_range(&FAKE, path, &option, 1, &range, &sink, err);
}

static void test_csv_range__misbehaving(void **state)
{
    static const struct {
        const char *how, *says;
        bool header;
    } cases[] = {
        {"covered before header", "said out of turn what it read", true},
        {"header elsewhere", "read bytes 1 to 2 (1 lines) where 0 to 0 were asked for", true},
        {"header uncovered", "did not say what it read", true},
        {"header again", "gave a header out of turn", false},
        {"line too far", "read bytes 2 to 10 (4 lines)", false},
        {"never covered", "did not say what it read", false},
        {"next before first", "read bytes 10 to 9 (1 lines)", false},
        {"first too early", "read bytes 1 to 10 (1 lines)", false},
        {"stops short", "read bytes 2 to 9 (1 lines)", false},
        {"past the end", "read bytes 2 to 1000 (1 lines)", false},
        {"more lines than bytes", "read bytes 2 to 10 (1000 lines)", false},
        {"rows from nowhere", "read bytes 10 to 10 (0 lines)", false},
        {"starts late", "read bytes 4 to 10 (1 lines)", false},
        {"covered twice", "said out of turn what it read", false},
        {"rows after", "gave rows out of turn", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sy_error err = {0};
        sy_status status = read_fake(cases[i].how, cases[i].header, true, &err);
        if (status != SY_ESYSTEM || strstr(err.message, cases[i].says) == NULL)
            fail_msg("%s: %d, %s", cases[i].how, (int)status, err.message);
    }
    sy_error err = {0};
    assert_int_equal(read_fake("well", true, true, &err), SY_OK);
    assert_int_equal(read_fake("well", false, true, &err), SY_OK);
    assert_int_equal(read_fake("starts late", false, false, &err), SY_OK); /* a guess may */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv_range__inputs),
        cmocka_unit_test(test_csv_range__random),
        cmocka_unit_test(test_csv_range__long_record),
        cmocka_unit_test(test_csv_range__misbehaving),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
