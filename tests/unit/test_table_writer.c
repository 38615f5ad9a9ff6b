/*
 * test_table_writer.c - plugins/table: columns that line up, also in Chinese, and numbers never
 * cut.
 */
#include "plug_fixture.h"

#include <locale.h>

#include "base/text.h"

static const sy_writer *writer(void)
{
    return &plug_builtin_table()->writers[0];
}

static const sy_column COLUMNS[] = {
    {"fund", "评价对象", 0}, {"name", "名称", 0}, {"score", "得分", 1}, {"spent", NULL, 1}};

static const sy_cell CELLS[] = {
    CELL_TEXT(SY_CELL_DATA, "sme-2019"),
    CELL_TEXT(SY_CELL_DATA, "中小企业扶持专项资金，用于推送惠企政策"),
    {.type = SY_CELL_DECIMAL, .integer = 9300, .places = 2},
    {.type = SY_CELL_NUMBER, .number = 123456789.125},
    CELL_TEXT(SY_CELL_DATA, "tech"),
    CELL_TEXT(SY_CELL_DATA, "科\r\n技\x1b[31m"),
    {.type = SY_CELL_DECIMAL, .integer = 10000, .places = 2},
    {.type = SY_CELL_NULL},
    CELL_TEXT(SY_CELL_TEXT, "x"),
    {.type = SY_CELL_BOOL, .integer = 1},
    {.type = SY_CELL_INTEGER, .integer = -5},
    {.type = SY_CELL_NUMBER, .number = NAN},
};

static const sy_view_ops OPS = {sizeof OPS, 4, literal_columns, literal_cell};
static const struct literal LITERAL = {&OPS, COLUMNS, 4, CELLS};
static const sy_view VIEW = {&OPS, &LITERAL, 0, 3};

static char *write_table(const sy_view *view, const char *width, const char *color)
{
    struct plug_option options[] = {{"width", width}, {"color", color}};
    char *text = NULL;
    size_t len = 0;
    sy_error err = {0};
    const char *path = fixture_path("out.txt");
    if (width == NULL)
        options[0] = options[1];
    size_t n = (size_t)(width != NULL) + (color != NULL);
    if (write_view(writer(), path, options, n, view, &err) != SY_OK)
        fail_msg("%s", err.message);
    assert_int_equal(file_slurp(&text, &len, path, SIZE_MAX, &err), SY_OK);
    return text;
}

#define WIDE                                                                                    \
    "评价对象 名称                                     得分         spent\n"            \
    "sme-2019 中小企业扶持专项资金，用于推送惠企政策  93.00 123456789.125\n" \
    "tech     科 技\\x1b[31m                          100.00\n"                               \
    "x        yes                                        -5\n"

static void test_table_writer__lines_up(void **state)
{
    static const char *const widths[] = {NULL, "0", "80", "200", "999999"};
    (void)state;
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        char *text = write_table(&VIEW, widths[i], "never");
        assert_text(text, WIDE);
        free(text);
    }
}

static void test_table_writer__wraps_texts_only(void **state)
{
    (void)state;
    for (int width = 1; width <= 70; width++) {
        char option[16];
        snprintf(option, sizeof option, "%d", width);
        char *text = write_table(&VIEW, option, NULL);
        assert_non_null(strstr(text, "sme-2019 "));
        assert_non_null(strstr(text, " 93.00 123456789.125\n"));
        assert_non_null(strstr(text, " 100.00\n"));
        size_t hans = 0; /* nothing of the long name is lost */
        for (const char *s = text; *s != '\0'; s++)
            hans += (unsigned char)*s == 0xE4 || (unsigned char)*s == 0xE5;
        assert_int_equal(hans, 12);
        for (const char *line = text; *line != '\0';) {
            size_t len = strcspn(line, "\n");
            assert_true(len == 0 || line[len - 1] != ' ');
            if (width >= 50)
                assert_true(text_width(line, len) <= (size_t)width);
            line += len + 1;
        }
        free(text);
    }
}

static void test_table_writer__color(void **state)
{
    (void)state;
    char *text = write_table(&VIEW, "80", "always");
    assert_non_null(strstr(text, "\x1b[1m"));
    assert_non_null(strstr(text, "123456789.125\n"));
    free(text);
    text = write_table(&VIEW, "80", NULL);
    assert_null(strchr(text, '\x1b'));
    free(text);
}

static void repeated_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    literal_cell(ctx, row % 3, column, out);
}

/* Past 5,000 rows smartcols is not asked: the lines are the same. */
static void test_table_writer__long_as_short(void **state)
{
    static const sy_view_ops ops = {sizeof ops, 4, literal_columns, repeated_cell};
    static const sy_view view = {&ops, &LITERAL, 0, 6000};
    (void)state;
    char *text = write_table(&view, "0", NULL);
    const char *head = strchr(WIDE, '\n') + 1;
    size_t heading = (size_t)(head - WIDE), block = strlen(head);
    assert_int_equal(strlen(text), heading + 2000 * block);
    assert_memory_equal(text, WIDE, heading);
    for (size_t i = 0; i < 2000; i++)
        assert_memory_equal(text + heading + i * block, head, block);
    free(text);
}

static void test_table_writer__part_and_empty(void **state)
{
    static const sy_view part = {&OPS, &LITERAL, 1, 1}, empty = {&OPS, &LITERAL, 3, 0};
    (void)state;
    char *text = write_table(&part, NULL, NULL);
    assert_text(text, "评价对象 名称            得分 spent\n"
                      "tech     科 技\\x1b[31m 100.00\n");
    free(text);
    text = write_table(&empty, NULL, NULL);
    assert_text(text, "评价对象 名称 得分 spent\n");
    free(text);
}

static void test_table_writer__failures(void **state)
{
    static const struct plug_option bad[] = {
        {"width", "wide"}, {"width", ""}, {"width", "-1"}, {"color", "auto"}, {"colour", "never"}};
    sy_error err = {0};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(write_view(writer(), fixture_path("no"), &bad[i], 1, &VIEW, &err),
                         SY_EUSAGE);
        assert_non_null(strstr(err.message, bad[i].name));
        assert_false(file_exists(fixture_path("no")));
    }
    assert_int_equal(write_view(writer(), "/dev/full", NULL, 0, &VIEW, &err), SY_EFILE);
}

int main(void)
{
    /* the program's part: the library never sets a locale */
    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
        return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_writer__lines_up),
        cmocka_unit_test(test_table_writer__wraps_texts_only),
        cmocka_unit_test(test_table_writer__color),
        cmocka_unit_test(test_table_writer__long_as_short),
        cmocka_unit_test(test_table_writer__part_and_empty),
        cmocka_unit_test(test_table_writer__failures),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
