/*
 * test_table_writer.c - plugins/table: columns that line up, also in Chinese, and numbers never
 * cut.
 */
#include "plug_fixture.h"

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

/* Cells that are hard to measure: emoji, combining marks, joiners, ambiguous and full-width
 * characters, characters beyond the first plane, long words, long numbers. Labels are in capitals,
 * which no cell has: so the two can be told apart. */
static const sy_column HARD_COLUMNS[] = {
    {"A", NULL, 0}, {"BB", "B\u4e00B", 0}, {"CC", NULL, 1}, {"DDDDDD", NULL, 0}, {"E", NULL, 1}};
static const sy_cell HARD_CELLS[] = {
    CELL_TEXT(SY_CELL_DATA, "①—②…“”·×"),
    CELL_TEXT(SY_CELL_DATA,
              "推进\U0001F600\U0001F469\u200D\U0001F4BB新型🚀工业化\u2764\uFE0F（试点），"
              "用于支持《规划》确定的重点项目。"),
    {.type = SY_CELL_DECIMAL, .integer = 9300, .places = 2},
    CELL_TEXT(SY_CELL_DATA, "e\u0301e\u0301e\u0301 a\u0300\u0301\u0302\u0303z n\u0303o"),
    {.type = SY_CELL_NUMBER, .number = -123456789.125},
    CELL_TEXT(SY_CELL_DATA, "sme-2019"),
    CELL_TEXT(SY_CELL_DATA, "unbreakable-unbreakable-unbreakable-unbreakable-unbreakable-word"),
    {.type = SY_CELL_DECIMAL, .integer = 1000000000000, .places = 2},
    CELL_TEXT(SY_CELL_DATA, "\U00020000\U0002A6D6ＡＢＣ１２３ｱｲｳ 한국어 ไทยที่นี่"),
    {.type = SY_CELL_NULL},
    CELL_TEXT(SY_CELL_DATA, "  "),
    CELL_TEXT(SY_CELL_DATA, "\r\n\x1b[31m\u202ex\u200by\xC2\x9B"),
    {.type = SY_CELL_INTEGER, .integer = INT64_MIN},
    CELL_TEXT(SY_CELL_DATA,
              "steelyard:scripts/special_fund.lua:21 data/outcomes-department.csv:36"),
    {.type = SY_CELL_DECIMAL, .integer = 1, .places = 2},
};
static const sy_view_ops HARD_OPS = {sizeof HARD_OPS, 5, literal_columns, literal_cell};
static const struct literal HARD = {&HARD_OPS, HARD_COLUMNS, 5, HARD_CELLS};
static const sy_view HARD_VIEW = {&HARD_OPS, &HARD, 0, 3};

/* A sum over all characters that are neither blank nor of a label: equal where none is lost, none
 * comes twice. */
static uint64_t sum_characters(const char *text)
{
    uint64_t sum = 0;
    size_t len = strlen(text), n;
    for (size_t i = 0; i < len; i += n) {
        uint32_t c = text_next(text + i, len - i, &n);
        if (c > ' ' && !(c >= 'A' && c <= 'E') && c != 0x4e00)
            sum += ((uint64_t)c * 2654435761u) ^ (uint64_t)c << 20;
    }
    return sum;
}

static void check_lines(const char *text, size_t width)
{
    for (const char *line = text; *line != '\0';) {
        size_t len = strcspn(line, "\n"), n;
        assert_int_equal(line[len], '\n');
        assert_true(text_is_utf8(line, len));
        assert_true(len == 0 || line[len - 1] != ' ');
        if (text_width(line, len) > width)
            fail_msg("%zu columns, over %zu: %.*s", text_width(line, len), width, (int)len, line);
        /* no line begins within a character and its marks */
        assert_true(len == 0 || text_width_of(text_next(line, len, &n)) > 0);
        line += len + 1;
    }
}

static void test_table_writer__any_width(void **state)
{
    char option[16];
    (void)state;
    char *all = write_table(&HARD_VIEW, "0", NULL);
    uint64_t sum = sum_characters(all);
    free(all);
    for (size_t width = 20; width <= 320; width += width < 90 ? 1 : 23) {
        snprintf(option, sizeof option, "%zu", width);
        char *text = write_table(&HARD_VIEW, option, NULL);
        check_lines(text, width);
        if (sum_characters(text) != sum)
            fail_msg("at %zu columns characters are lost or repeated:\n%s", width, text);
        /* numbers are never broken, where a line has room for them */
        static const char *const numbers[] = {"93.00", "10000000000.00", "-123456789.125", "0.01"};
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
            assert_non_null(strstr(text, numbers[i]));
        free(text);
    }
    char *least = write_table(&HARD_VIEW, "20", NULL), *less = write_table(&HARD_VIEW, "3", NULL);
    assert_text(less, least);
    free(less);
    free(least);
}

static void test_table_writer__wraps_texts_only(void **state)
{
    (void)state;
    char *text = write_table(&VIEW, "52", NULL);
    assert_text(text, "评价对象 名称                     得分         spent\n"
                      "sme-2019 中小企业扶持专项资金，  93.00 123456789.125\n"
                      "         用于推送惠企政策\n"
                      "tech     科 技\\x1b[31m          100.00\n"
                      "x        yes                        -5\n");
    free(text);
    text = write_table(&VIEW, "30", NULL);
    assert_text(text, "评价对象  sme-2019\n"
                      "名称      中小企业扶持专项资\n"
                      "          金，用于推送惠企政策\n"
                      "得分      93.00\n"
                      "spent     123456789.125\n"
                      "\n"
                      "评价对象  tech\n"
                      "名称      科 技\\x1b[31m\n"
                      "得分      100.00\n"
                      "\n"
                      "评价对象  x\n"
                      "名称      yes\n"
                      "得分      -5\n");
    free(text);
}

/* A code is kept whole where the line has room, at the cost of the text beside it. */
static void test_table_writer__codes_stay_whole(void **state)
{
    static const sy_column columns[] = {{"code", NULL, 0}, {"message", NULL, 0}};
    static const sy_cell cells[] = {
        CELL_TEXT(SY_CELL_TEXT, "x"), CELL_TEXT(SY_CELL_TEXT, "y"),
        CELL_TEXT(SY_CELL_TEXT, "actual-repeats-the-target"),
        CELL_TEXT(SY_CELL_TEXT,
                  "the actual repeats the target, and nothing says whether it is met, "
                  "[data/outcomes.csv:4]")};
    static const sy_view_ops ops = {sizeof ops, 2, literal_columns, literal_cell};
    static const struct literal literal = {&ops, columns, 2, cells};
    static const sy_view view = {&ops, &literal, 0, 2};
    (void)state;
    char *text = write_table(&view, "60", NULL);
    assert_text(text, "code                      message\n"
                      "x                         y\n"
                      "actual-repeats-the-target the actual repeats the target, and\n"
                      "                          nothing says whether it is met,\n"
                      "                          [data/outcomes.csv:4]\n");
    free(text);
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

/* However many rows, the lines are the same. */
static void test_table_writer__many_rows(void **state)
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
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_writer__lines_up),
        cmocka_unit_test(test_table_writer__any_width),
        cmocka_unit_test(test_table_writer__wraps_texts_only),
        cmocka_unit_test(test_table_writer__codes_stay_whole),
        cmocka_unit_test(test_table_writer__color),
        cmocka_unit_test(test_table_writer__many_rows),
        cmocka_unit_test(test_table_writer__part_and_empty),
        cmocka_unit_test(test_table_writer__failures),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
