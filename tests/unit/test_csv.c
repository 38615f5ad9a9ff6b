/*
 * test_csv.c - plugins/csv: every form of CSV that people save, and output that reads back the
 * same.
 */
#include "plug_fixture.h"

#include "../../plugins/csv/csv.h"

static const sy_reader *reader(void)
{
    return &plug_builtin_csv()->readers[0];
}

static const sy_writer *writer(void)
{
    return &plug_builtin_csv()->writers[0];
}

static void expect_read(const char *bytes, const char *delimiter, const char *expected)
{
    struct seen seen = {0};
    struct plug_option option = {"delimiter", delimiter};
    sy_error err = {0};
    const char *path = fixture_file("in.csv", bytes, strlen(bytes));
    if (read_seen(&seen, reader(), path, &option, delimiter != NULL, &err) != SY_OK)
        fail_msg("%s: line %u: %s", bytes, (unsigned)err.line, err.message);
    assert_text(buf_text(&seen.text), expected);
    buf_dispose(&seen.text);
}

static void test_csv__reads(void **state)
{
    static const struct {
        const char *bytes, *delimiter, *expected;
    } cases[] = {
        {"a,b\n1,2\n", NULL, "1:a|b\n2:1|2\n"},
        {"a,b\n1,2", NULL, "1:a|b\n2:1|2\n"},
        {"a,b\r\n1,2\r\n", NULL, "1:a|b\n2:1|2\n"},
        {"a,b\r1,2\r", NULL, "1:a|b\n2:1|2\n"},
        {"a,b\r\r\n1,2\n\r3,4", NULL, "1:a|b\n3:1|2\n5:3|4\n"},
        {"a", NULL, "1:a\n"},
        {"a\n\n1\n\n\n2\n", NULL, "1:a\n3:1\n6:2\n"},
        {"\n\na,b\n1,2\n", NULL, "3:a|b\n4:1|2\n"},
        {"a,b,c\n1\n1,2\n", NULL, "1:a|b|c\n2:1|~|~\n3:1|2|~\n"},
        {"a,b\n1,2,,\n", NULL, "1:a|b\n2:1|2\n"},
        {"a,b\n,\n", NULL, "1:a|b\n2:|\n"},
        {"a,b\n1,", NULL, "1:a|b\n2:1|\n"},
        {"a,b,,\n1,2,3\n", NULL, "1:a|b||\n2:1|2|3|~\n"},
        {"a,b\n\"1,\"\"x\"\"\",\"2\"\n", NULL, "1:a|b\n2:1,\"x\"|2\n"},
        {"a,b\n\"\",\"\"\"\"\n", NULL, "1:a|b\n2:|\"\n"},
        {"a\n\"\"\n\"\"", NULL, "1:a\n2:\n3:\n"},
        {"a,b\n\"1\n2\r\n3\r4\",x\ny,z\n", NULL, "1:a|b\n2:1\n2\r\n3\r4|x\n6:y|z\n"},
        {"\"a\nb\",c\n1,2\n", NULL, "1:a\nb|c\n3:1|2\n"},
        {"a,b\n1\"2, \"x\"\n", NULL, "1:a|b\n2:1\"2| \"x\"\n"},
        {"a,b\n\"1\",\"2\"", NULL, "1:a|b\n2:1|2\n"},
        {"a;b\n1,5;2\n", ";", "1:a|b\n2:1,5|2\n"},
        {"a\tb\n1\t2\n", "tab", "1:a|b\n2:1|2\n"},
        {"a b\n1 2\n", " ", "1:a|b\n2:1|2\n"},
        {"\xEF\xBB\xBF"
         "绩,效\n\xEF\xBC\x91,2\n",
         NULL, "1:绩|效\n2:１|2\n"},
        {"a,averyverylongname,b\n12345678,123456789012345678,\n", NULL,
         "1:a|averyverylongname|b\n2:12345678|123456789012345678|\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_read(cases[i].bytes, cases[i].delimiter, cases[i].expected);
}

static void test_csv__refuses(void **state)
{
    static const struct {
        const char *bytes, *delimiter;
        uint32_t line, column;
        const char *says;
    } cases[] = {
        {"", NULL, 0, 0, "is empty: no header"},
        {"\n\r\n", NULL, 0, 0, "is empty: no header"},
        {"a,b\n1,2,3\n", NULL, 2, 0,
         "row has 3 cells, the header 2: put quotes around a cell that holds a comma"},
        {"a;b\n1;2;3\n", ";", 2, 0, "holds a delimiter"},
        {"a,b\n1,\"2\n3,4\n", NULL, 2, 3, "quoted cell opened here is never closed"},
        {"a,b\n\"x\ny\",\"2\"\"\n", NULL, 3, 4, "never closed"},
        {"\"", NULL, 1, 1, "never closed"},
        {"a,b\n\"绩\"x,2\n", NULL, 2, 4, "text after a closing quote"},
        {"a,b\n\"1\n2\" ,2\n", NULL, 3, 3, "text after a closing quote"},
        {"a,b,a\n", NULL, 1, 0, "two columns are named 'a'"},
        {"a,b\n", ";;", 0, 0, "delimiter ';;'"},
        {"a,b\n", "\"", 0, 0, "delimiter '\"'"},
        {"a,b\n", "", 0, 0, "delimiter ''"},
        {"a\n\xFF\n", NULL, 2, 0, "neither UTF-8 nor GB18030"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct seen seen = {0};
        struct plug_option option = {"delimiter", cases[i].delimiter};
        sy_error err = {0};
        const char *path = fixture_file("bad.csv", cases[i].bytes, strlen(cases[i].bytes));
        assert_int_equal(
            read_seen(&seen, reader(), path, &option, cases[i].delimiter != NULL, &err), SY_EINPUT);
        if (strstr(err.message, cases[i].says) == NULL || err.line != cases[i].line ||
            err.column != cases[i].column)
            fail_msg("%s: %u:%u: %s, expected %s", cases[i].bytes, (unsigned)err.line,
                     (unsigned)err.column, err.message, cases[i].says);
        assert_text(err.file, path);
        buf_dispose(&seen.text);
    }
}

/* Rows of changing length over several buffers and batches must come out as they went in. */
static void test_csv__many_blocks(void **state)
{
    enum { ROWS = 60000 };
    struct buf csv = {0}, expected = {0};
    struct seen seen = {0};
    uint32_t line = 2;
    (void)state;
    buf_str(&csv, "id,text,last\r\n");
    buf_str(&expected, "1:id|text|last\n");
    for (int i = 0; i < ROWS; i++) {
        int pad = i * 7 % 40;
        buf_printf(&csv, "%d,\"绩%*s\"\"\n,\",%d\r\n", i, pad, "", i % 10);
        buf_printf(&expected, "%u:%d|绩%*s\"\n,|%d\n", (unsigned)line, i, pad, "", i % 10);
        line += 2;
    }
    const char *path = fixture_file("many.csv", csv.data, csv.len);
    assert_true(csv.len > 2u << 20);
    assert_int_equal(read_seen(&seen, reader(), path, NULL, 0, NULL), SY_OK);
    assert_int_equal(seen.nrows, ROWS);
    assert_true(seen.text.len == expected.len);
    assert_memory_equal(seen.text.data, expected.data, expected.len);
    buf_dispose(&csv);
    buf_dispose(&expected);
    buf_dispose(&seen.text);
}

/* The buffer may end at any byte of a record: shifting one row moves its end past all of them. */
static void test_csv__every_boundary(void **state)
{
    static const char row[] = "\r\n\"x\"\"\r\n,y\",绩\r\nz,";
    static const char seen_tail[] = "|b\n2:x\"\r\n,y|绩\n4:z|\n";
    enum { BUFFER = 1 << 20 };
    (void)state;
    for (size_t shift = 0; shift < sizeof row + 2; shift++) {
        struct buf csv = {0};
        struct seen seen = {0};
        size_t pad = BUFFER - 2 - shift;
        assert_true(buf_reserve(&csv, pad + 64));
        memset(csv.data, 'n', pad);
        csv.len = pad;
        buf_str(&csv, ",b");
        buf_str(&csv, row);
        const char *path = fixture_file("edge.csv", csv.data, csv.len);
        assert_int_equal(read_seen(&seen, reader(), path, NULL, 0, NULL), SY_OK);
        assert_text(seen.text.data + 2 + pad, seen_tail);
        buf_dispose(&csv);
        buf_dispose(&seen.text);
    }
}

/* The same rules a character at a time: what the fast scanner is held against. */
static void scan_plainly(struct buf *out, const char *text, size_t len)
{
    size_t i = 0;
    uint32_t line = 1;
    while (i < len) {
        bool blank = text[i] == '\n' || text[i] == '\r', more = !blank;
        uint32_t lines = 1;
        if (!blank)
            buf_printf(out, "%u:", (unsigned)line);
        while (more) {
            if (i < len && text[i] == '"') {
                for (i++;; i++) {
                    if (i == len) {
                        buf_str(out, "unclosed");
                        return;
                    }
                    if (text[i] == '"' && (i + 1 == len || text[i + 1] != '"'))
                        break;
                    buf_char(out, text[i]);
                    i += text[i] == '"';
                    lines += text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n');
                }
                if (++i < len && strchr(",\n\r", text[i]) == NULL) {
                    buf_printf(out, "text after quote at %u", (unsigned)(line + lines - 1));
                    return;
                }
            } else {
                while (i < len && strchr(",\n\r", text[i]) == NULL)
                    buf_char(out, text[i++]);
            }
            more = i < len && text[i] == ',';
            i += more;
            if (more)
                buf_char(out, '|');
        }
        if (!blank)
            buf_char(out, '\n');
        i += i + 1 < len && text[i] == '\r' && text[i + 1] == '\n' ? 2 : 1;
        line += lines;
    }
}

/* The scanner itself, given `step` bytes more whenever it asks. */
static void scan_in_steps(struct buf *out, const char *text, size_t len, size_t step)
{
    char data[64 + CSV_GUARD];
    struct csv_scan s = {.data = data, .line = 1, .delimiter = ','};
    size_t given = 0;
    for (csv_scan_guard(&s);;) {
        enum csv_found found = csv_scan_next(&s);
        if (found == CSV_MORE && s.eof)
            break;
        if (found == CSV_MORE) {
            size_t n = len - given < step ? len - given : step;
            s.eof = n == 0;
            memcpy(data + s.end, text + given, n);
            given += n;
            s.end += n;
            csv_scan_guard(&s);
        } else if (found == CSV_BROKEN) {
            bool after = strstr(s.broken, "after") != NULL;
            buf_printf(out, after ? "text after quote at %u" : "unclosed", (unsigned)s.broken_line);
            break;
        } else if (found == CSV_RECORD) {
            buf_printf(out, "%u:", (unsigned)s.record_line);
            for (size_t i = 0; i < s.ncells; i++) {
                buf_str(out, i > 0 ? "|" : "");
                buf_add(out, data + s.cells[i].offset, s.cells[i].length);
            }
            buf_char(out, '\n');
        }
    }
    free(s.cells);
}

static void test_csv__agrees_with_plain_scanner(void **state)
{
    static const char alphabet[] = "\"\"\"\",,\n\rab";
    uint32_t random = 12345;
    struct buf plain = {0}, fast = {0};
    size_t broken = 0;
    (void)state;
    for (int round = 0; round < 60000; round++) {
        char text[33];
        random = random * 1664525 + 1013904223;
        size_t len = (random >> 24) % sizeof text;
        for (size_t i = 0; i < len; i++) {
            random = random * 1664525 + 1013904223;
            text[i] = alphabet[(random >> 24) % (sizeof alphabet - 1)];
        }
        text[len] = '\0';
        buf_clear(&plain);
        buf_clear(&fast);
        scan_plainly(&plain, text, len);
        scan_in_steps(&fast, text, len, 1 + (size_t)round % 9);
        const char *bad = strpbrk(buf_text(&plain), "ut"); /* "unclosed", "text after" */
        if (bad == NULL) {
            assert_text(buf_text(&fast), buf_text(&plain));
            continue;
        }
        /* a broken record's cells are not given out: only what stands before it, and what is wrong
         */
        size_t before = fast.len - strlen(bad);
        assert_true(fast.len >= strlen(bad));
        assert_memory_equal(buf_text(&fast), buf_text(&plain), before);
        assert_text(fast.data + before, bad);
        broken++;
    }
    assert_in_range(broken, 10000, 50000);
    buf_dispose(&plain);
    buf_dispose(&fast);
}

static void test_csv__record_limit(void **state)
{
    static const char head[] = "a,b\n1,\"", plain[] = "a,b\n1,";
    struct seen seen = {0};
    sy_error err = {0};
    (void)state;
    size_t len = (size_t)70 << 20;
    char *big = malloc(len);
    assert_non_null(big);
    memset(big, 'x', len);
    memcpy(big, head, sizeof head - 1);
    const char *path = fixture_file("big.csv", big, len);
    assert_int_equal(read_seen(&seen, reader(), path, NULL, 0, &err), SY_EINPUT);
    assert_non_null(strstr(err.message, "quoted cell opened here is never closed"));
    assert_int_equal(err.line, 2);
    assert_int_equal(err.column, 3);
    memcpy(big, plain, sizeof plain - 1);
    big[sizeof plain - 1] = 'x'; /* where the quote was */
    path = fixture_file("big.csv", big, len);
    buf_clear(&seen.text);
    assert_int_equal(read_seen(&seen, reader(), path, NULL, 0, &err), SY_EINPUT);
    assert_non_null(strstr(err.message, "row is longer than 64 MiB"));
    assert_int_equal(err.line, 2);
    buf_dispose(&seen.text);
    free(big);
    unlink(path);
}

static void test_csv__sink_ends_the_read(void **state)
{
    struct seen seen = {.refuse = SY_ENOMEM};
    sy_error err = {0};
    (void)state;
    const char *path = fixture_file("sink.csv", "a\n1\n", 4);
    assert_int_equal(read_seen(&seen, reader(), path, NULL, 0, &err), SY_ENOMEM);
    assert_text(err.message, "sink is full");
    buf_dispose(&seen.text);
}

static void test_csv__probe(void **state)
{
    (void)state;
    assert_int_equal(reader()->probe("a,b\n1,2\n", 8), 30);
    assert_int_equal(reader()->probe("\xEF\xBB\xBF"
                                     "a,b",
                                     6),
                     30);
    assert_int_equal(reader()->probe("a\n1,2\n", 6), 0);
    assert_int_equal(reader()->probe("{\"a\":1,", 7), 0);
    assert_int_equal(reader()->probe("PK\3\4\0,", 6), 0);
    assert_int_equal(reader()->probe("", 0), 0);
}

static const sy_column COLUMNS[] = {
    {"fund", "评价对象", 0}, {"score,x", NULL, 1}, {"note", NULL, 0}};

static const sy_cell CELLS[] = {
    CELL_TEXT(SY_CELL_DATA, "=cmd()"),
    {.type = SY_CELL_DECIMAL, .integer = -9300, .places = 2},
    CELL_TEXT(SY_CELL_TEXT, "=a"),
    CELL_TEXT(SY_CELL_DATA, "+\"1\",2"),
    {.type = SY_CELL_NUMBER, .number = -0.5},
    CELL_TEXT(SY_CELL_DATA, "two\nlines"),
    CELL_TEXT(SY_CELL_DATA, "\tx"),
    {.type = SY_CELL_NUMBER, .number = NAN},
    CELL_TEXT(SY_CELL_DATA, "\rx"),
    CELL_TEXT(SY_CELL_DATA, "a@b -1"),
    {.type = SY_CELL_INTEGER, .integer = -7},
    {.type = SY_CELL_NULL},
    CELL_TEXT(SY_CELL_DATA, ""),
    {.type = SY_CELL_BOOL, .integer = 1},
    CELL_TEXT(SY_CELL_DATA, "绩效\""),
};

static const sy_view_ops OPS = {sizeof OPS, 3, literal_columns, literal_cell};
static const struct literal LITERAL = {&OPS, COLUMNS, 3, CELLS};
static const sy_view VIEW = {&OPS, &LITERAL, 0, 5};

#define BODY                                  \
    "fund,\"score,x\",note\n"                 \
    "'=cmd(),-93.00,=a\n"                     \
    "\"'+\"\"1\"\",2\",-0.5,\"two\nlines\"\n" \
    "'\tx,,\"'\rx\"\n"                        \
    "a@b -1,-7,\n"                            \
    ",true,\"绩效\"\"\"\n"

static void test_csv__writes(void **state)
{
    static const struct plug_option bom_no = {"bom", "no"}, bom_bad = {"bom", "perhaps"};
    sy_error err = {0};
    (void)state;
    assert_int_equal(write_view(writer(), fixture_path("out.csv"), NULL, 0, &VIEW, &err), SY_OK);
    assert_file(fixture_path("out.csv"), "\xEF\xBB\xBF" BODY);
    assert_int_equal(write_view(writer(), fixture_path("out.csv"), &bom_no, 1, &VIEW, &err), SY_OK);
    assert_file(fixture_path("out.csv"), BODY);
    assert_int_equal(write_view(writer(), fixture_path("out.csv"), &bom_bad, 1, &VIEW, &err),
                     SY_EUSAGE);
    assert_non_null(strstr(err.message, "bom is 'perhaps'"));
    assert_file(fixture_path("out.csv"), BODY);

    sy_view part = {&OPS, &LITERAL, 3, 1};
    assert_int_equal(write_view(writer(), fixture_path("part.csv"), &bom_no, 1, &part, &err),
                     SY_OK);
    assert_file(fixture_path("part.csv"), "fund,\"score,x\",note\na@b -1,-7,\n");
}

static void test_csv__writes_one_column(void **state)
{
    static const sy_view_ops ops = {sizeof ops, 1, literal_columns, literal_cell};
    static const sy_cell cells[] = {{.type = SY_CELL_NULL}, CELL_TEXT(SY_CELL_TEXT, "x")};
    static const struct literal one = {&ops, COLUMNS, 1, cells};
    static const sy_view view = {&ops, &one, 0, 2};
    struct seen seen = {0};
    (void)state;
    const char *path = fixture_path("one.csv");
    assert_int_equal(write_view(writer(), path, NULL, 0, &view, NULL), SY_OK);
    assert_file(path, "\xEF\xBB\xBF"
                      "fund\n\"\"\nx\n");
    assert_int_equal(read_seen(&seen, reader(), path, NULL, 0, NULL), SY_OK);
    assert_text(buf_text(&seen.text), "1:fund\n2:\n3:x\n");
    buf_dispose(&seen.text);
}

/* A text longer than the writer's block, and a failing disk. */
static void test_csv__writes_long(void **state)
{
    enum { SIZE = 150000 };
    static char big[SIZE + 1];
    sy_cell cells[2] = {{.type = SY_CELL_DATA, .text = big, .text_len = SIZE}, {0}};
    sy_view_ops ops = {sizeof ops, 1, literal_columns, literal_cell};
    struct literal one = {&ops, COLUMNS, 1, cells};
    sy_view view = {&ops, &one, 0, 2};
    struct seen seen = {0};
    sy_error err = {0};
    (void)state;
    memset(big, '"', SIZE);
    const char *path = fixture_path("long.csv");
    assert_int_equal(write_view(writer(), path, NULL, 0, &view, &err), SY_OK);
    assert_int_equal(read_seen(&seen, reader(), path, NULL, 0, &err), SY_OK);
    assert_int_equal(seen.nrows, 2);
    assert_memory_equal(seen.text.data + 9, big, SIZE);
    assert_text(seen.text.data + 9 + SIZE, "\n3:\n");
    assert_int_equal(write_view(writer(), "/dev/full", NULL, 0, &view, &err), SY_EFILE);
    buf_dispose(&seen.text);
}

/* Every way to look at a block says the same as one byte after the other, at any alignment. */
static void test_csv__marks(void **state)
{
    static const char delimiters[] = {',', ';', '\t', '|', ' '};
    char bytes[CSV_BLOCK + 8];
    uint32_t seed = 20200101;
    unsigned nvariants = 0;
    (void)state;
    for (unsigned round = 0; round < 20000; round++) {
        const char delimiter = delimiters[round % sizeof delimiters];
        const char *block = bytes + round % 8;
        uint64_t expected = 0;
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525 + 1013904223;
            /* Often one of the three, one next to them, or with the high bit. */
            const char near[] = {
                delimiter,  '\r', '\n', (char)(delimiter + 1), '\v', '\f', (char)(delimiter | 0x80),
                (char)0x8A, 0,    'a'};
            bytes[i] = seed >> 31 ? near[(seed >> 16) % sizeof near] : (char)(seed >> 20);
        }
        for (unsigned i = 0; i < CSV_BLOCK; i++)
            expected |= (uint64_t)(block[i] == delimiter || block[i] == '\r' || block[i] == '\n')
                        << i;
        for (nvariants = 0; csv_marks_variant(nvariants) != NULL; nvariants++)
            if (csv_marks_variant(nvariants)->block(block, delimiter) != expected)
                fail_msg("variant %u, round %u", nvariants, round);
    }
    assert_true(nvariants >= 1);
    assert_ptr_equal(csv_marks_variant(nvariants - 1), csv_marks_choose());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_csv__marks),
        cmocka_unit_test(test_csv__reads),
        cmocka_unit_test(test_csv__refuses),
        cmocka_unit_test(test_csv__many_blocks),
        cmocka_unit_test(test_csv__every_boundary),
        cmocka_unit_test(test_csv__agrees_with_plain_scanner),
        cmocka_unit_test(test_csv__record_limit),
        cmocka_unit_test(test_csv__sink_ends_the_read),
        cmocka_unit_test(test_csv__probe),
        cmocka_unit_test(test_csv__writes),
        cmocka_unit_test(test_csv__writes_one_column),
        cmocka_unit_test(test_csv__writes_long),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
