/*
 * test_markdown.c - plugins/markdown: columns that line up, and cells that stay text whatever they
 * hold.
 */
#include "plug_fixture.h"

#include "base/text.h"

static const sy_writer *writer(void)
{
    return &plug_builtin_markdown()->writers[0];
}

static char *write_markdown(const sy_view *view)
{
    char *text = NULL;
    size_t len = 0;
    sy_error err = {0};
    const char *path = fixture_path("out.md");
    unlink(path);
    if (write_view(writer(), path, NULL, 0, view, &err) != SY_OK)
        fail_msg("%s", err.message);
    assert_int_equal(file_slurp(&text, &len, path, SIZE_MAX, &err), SY_OK);
    return text;
}

static const sy_column COLUMNS[] = {
    {"fund", "评价对象", 0}, {"name", "名|称", 0}, {"score", NULL, 1}};
static const sy_cell CELLS[] = {
    CELL_TEXT(SY_CELL_DATA, "sme-2019"),
    CELL_TEXT(SY_CELL_DATA, "中小企业"),
    {.type = SY_CELL_DECIMAL, .integer = 9300, .places = 2},
    CELL_TEXT(SY_CELL_DATA, "a"),
    {.type = SY_CELL_NULL},
    {.type = SY_CELL_NUMBER, .number = -1.5},
    CELL_TEXT(SY_CELL_DATA, "this cell is wider than any that others are padded to"),
    {.type = SY_CELL_BOOL, .integer = 1},
    {.type = SY_CELL_INTEGER, .integer = 7},
};
static const sy_view_ops OPS = {sizeof OPS, 3, literal_columns, literal_cell};
static const struct literal LITERAL = {&OPS, COLUMNS, 3, CELLS};

static void test_markdown__lines_up(void **state)
{
    static const sy_view view = {&OPS, &LITERAL, 0, 3}, empty = {&OPS, &LITERAL, 0, 0};
    (void)state;
    char *text = write_markdown(&view);
    assert_text(text, "| 评价对象 | 名\\|称   | score |\n"
                      "| -------- | -------- | ----: |\n"
                      "| sme-2019 | 中小企业 | 93.00 |\n"
                      "| a        |          |  -1.5 |\n"
                      "| this cell is wider than any that others are padded to | yes      |     7 "
                      "|\n");
    free(text);
    text = write_markdown(&empty);
    assert_text(text, "| 评价对象 | 名\\|称 | score |\n| -------- | ------ | ----: |\n");
    free(text);
}

/* Reads a cell back as a Markdown reader would: an independent, simple one. Whatever would be
 * markup if it stood bare ends the test. */
static void read_back(struct buf *out, const char *cell, size_t len)
{
    static const char bare[] = "`*[]#|~$<>";
    for (size_t i = 0; i < len; i++) {
        char c = cell[i];
        if (c == '\\') {
            assert_true(i + 1 < len);
            buf_char(out, cell[++i]);
        } else if (c == '&') {
            static const char *const entities[][2] = {{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}};
            size_t e = 0;
            while (e < 3 && strncmp(cell + i, entities[e][0], strlen(entities[e][0])) != 0)
                e++;
            assert_true(e < 3);
            buf_str(out, entities[e][1]);
            i += strlen(entities[e][0]) - 1;
        } else {
            if (strchr(bare, c) != NULL)
                fail_msg("'%c' stands bare in %.*s", c, (int)len, cell);
            assert_true((unsigned char)c >= 0x20);
            buf_char(out, c);
        }
    }
}

/* A table of one row with the text in its first cell; the second says that the row is whole. */
static void check_text(const char *cell, size_t cell_len, const char *expected)
{
    static const sy_column columns[] = {{"a", NULL, 0}, {"b", NULL, 1}};
    static const sy_view_ops ops = {sizeof ops, 2, literal_columns, literal_cell};
    sy_cell cells[] = {{.type = SY_CELL_DATA, .text = cell, .text_len = cell_len},
                       {.type = SY_CELL_INTEGER, .integer = 42}};
    struct literal literal = {&ops, columns, 2, cells};
    sy_view view = {&ops, &literal, 0, 1};
    struct buf back = {0};
    char *text = write_markdown(&view);
    const char *row = strchr(strchr(text, '\n') + 1, '\n') + 1;
    size_t len = strlen(row);
    assert_ptr_equal(strchr(row, '\n'), row + len - 1); /* one line */
    assert_memory_equal(row, "| ", 2);
    assert_text(row + len - 9, " |  42 |\n");
    size_t end = len - 9;
    while (end > 2 && row[end - 1] == ' ')
        end--;
    read_back(&back, row + 2, end > 2 ? end - 2 : 0);
    assert_text(buf_text(&back), expected);
    buf_dispose(&back);
    free(text);
}

static void test_markdown__cells_stay_text(void **state)
{
    static const char *const cases[][2] = {
        {"a|b||c", NULL},
        {"\\|", NULL},
        {"\\", NULL},
        {"`code` ``x``", NULL},
        {"<script>alert(1)</script>", NULL},
        {"<!-- x --> &lt; &#60; &amp;", NULL},
        {"# heading", NULL},
        {"* a * b **c** _d_ __e__ ~~f~~ $x$", NULL},
        {"[text](http://x.y) ![i](j) [^1] [ref]: x", NULL},
        {"- a + b 1. c > d", NULL},
        {"policy_push_2", NULL},
        {"line\nbreak\r\nand\ttab", "line break and tab"},
        {"|\n| --- |\n| x |", "| | --- | | x |"},
        {"\x1b[31m", "\\x1b[31m"},
        {"a\xE2\x80\xAE"
         "b",
         "a\\xe2\\x80\\xaeb"},
        {"\xC2\x9B", "\\xc2\\x9b"},
        {"", NULL},
        {"绩效《规划》|“x”", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_text(cases[i][0], strlen(cases[i][0]), cases[i][1] ? cases[i][1] : cases[i][0]);
}

/* An address is no link, a name with underscores reads as it is. */
static void test_markdown__addresses_and_names(void **state)
{
    static const sy_column columns[] = {{"a", NULL, 0}};
    static const sy_view_ops ops = {sizeof ops, 1, literal_columns, literal_cell};
    static const sy_cell cells[] = {CELL_TEXT(SY_CELL_DATA, "http://x.cn www.x.cn a_b _c 8:30")};
    static const struct literal literal = {&ops, columns, 1, cells};
    static const sy_view view = {&ops, &literal, 0, 1};
    (void)state;
    char *text = write_markdown(&view);
    assert_non_null(strstr(text, "| http\\://x.cn www\\.x.cn a_b \\_c 8:30 |\n"));
    free(text);
}

/* Every pair of bytes that mean something. */
static void test_markdown__all_pairs(void **state)
{
    static const char bytes[] = "\\|`*_[]()<>&#~$!-+=:.\"'{}^@ax 0";
    (void)state;
    for (size_t i = 0; bytes[i] != '\0'; i++) {
        char text[8] = "";
        for (size_t k = 0; bytes[k] != '\0'; k++) {
            snprintf(text, sizeof text, "a%c%cb", bytes[i], bytes[k]);
            if (k % 4 == i % 4) /* a quarter of them: files are slow */
                check_text(text, strlen(text), text);
        }
    }
}

static void test_markdown__failures(void **state)
{
    static const sy_view view = {&OPS, &LITERAL, 0, 3};
    struct plug_option option = {"width", "3"};
    sy_error err = {0};
    (void)state;
    assert_int_equal(write_view(writer(), fixture_path("no"), &option, 1, &view, &err), SY_EUSAGE);
    assert_text(err.message, "writer markdown has no option 'width'");
    assert_int_equal(write_view(writer(), "/dev/full", NULL, 0, &view, &err), SY_EFILE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_markdown__lines_up),
        cmocka_unit_test(test_markdown__cells_stay_text),
        cmocka_unit_test(test_markdown__addresses_and_names),
        cmocka_unit_test(test_markdown__all_pairs),
        cmocka_unit_test(test_markdown__failures),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
