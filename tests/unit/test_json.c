/*
 * test_json.c - plugins/json: the layout, and that another reader of JSON gets back what went in.
 */
#include "plug_fixture.h"

#include <jansson.h>

static const sy_writer *writer(void)
{
    return &plug_builtin_json()->writers[0];
}

static char *write_json(const sy_view *view)
{
    char *text = NULL;
    size_t len = 0;
    sy_error err = {0};
    const char *path = fixture_path("out.json");
    if (write_view(writer(), path, NULL, 0, view, &err) != SY_OK)
        fail_msg("%s", err.message);
    assert_int_equal(file_slurp(&text, &len, path, SIZE_MAX, &err), SY_OK);
    assert_int_equal(strlen(text), len);
    return text;
}

static json_t *parse(const char *text)
{
    json_error_t err;
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &err);
    if (json == NULL)
        fail_msg("%d:%d: %s in %.200s", err.line, err.column, err.text, text);
    return json;
}

/* A view of one row whose only column "x" holds the cell; the text after "x". */
static char *write_cell(const sy_cell *cell)
{
    static const sy_view_ops ops = {sizeof ops, 1, literal_columns, literal_cell};
    static const sy_column columns[] = {{"x", "标签", 0}};
    struct literal one = {&ops, columns, 1, cell};
    sy_view view = {&ops, &one, 0, 1};
    char *text = write_json(&view);
    json_decref(parse(text));
    size_t len = strlen(text);
    assert_memory_equal(text, "{\n  \"x\": ", 9);
    assert_text(text + len - 3, "\n}\n");
    text[len - 3] = '\0';
    memmove(text, text + 9, len - 9 - 2);
    return text;
}

static void test_json__scalars(void **state)
{
    static const struct {
        sy_cell cell;
        const char *expected;
    } cases[] = {
        {{.type = SY_CELL_NULL}, "null"},
        {{.type = SY_CELL_TEXT}, "null"},
        {{.type = SY_CELL_BOOL, .integer = 1}, "true"},
        {{.type = SY_CELL_BOOL}, "false"},
        {{.type = SY_CELL_INTEGER, .integer = INT64_MIN}, "-9223372036854775808"},
        {{.type = SY_CELL_NUMBER, .number = 93.25}, "93.25"},
        {{.type = SY_CELL_NUMBER, .number = 15}, "15"},
        {{.type = SY_CELL_NUMBER, .number = 0.9}, "0.9"},
        {{.type = SY_CELL_NUMBER, .number = 100}, "100"},
        {{.type = SY_CELL_NUMBER, .number = NAN}, "null"},
        {{.type = SY_CELL_NUMBER, .number = -INFINITY}, "null"},
        {{.type = SY_CELL_DECIMAL, .integer = 9325, .places = 2}, "93.25"},
        {{.type = SY_CELL_DECIMAL, .integer = 9300, .places = 2}, "93"},
        {{.type = SY_CELL_DECIMAL, .integer = 9350, .places = 2}, "93.5"},
        {{.type = SY_CELL_DECIMAL, .integer = 0, .places = 2}, "0"},
        {{.type = SY_CELL_DECIMAL, .integer = 100, .places = 0}, "100"},
        {{.type = SY_CELL_DECIMAL, .integer = -5, .places = 2}, "-0.05"},
        {CELL_TEXT(SY_CELL_DATA, ""), "\"\""},
        {CELL_TEXT(SY_CELL_DATA, "=绩\"效\\/"), "\"=绩\\\"效\\\\/\""},
        {CELL_TEXT(SY_CELL_TEXT, "\b\f\n\r\t\x01\x1f\x7f"),
         "\"\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f\""},
        {CELL_TEXT(SY_CELL_TEXT, "a\0b"), "\"a\\u0000b\""},
        {CELL_TEXT(SY_CELL_TEXT, "\u2027\u2028\u2029\u202a"), "\"\u2027\\u2028\\u2029\u202a\""},
        {CELL_TEXT(SY_CELL_TEXT, "a\xFF\xC0\xAF"
                                 "b\xE7\xBB"),
         "\"a\uFFFD\uFFFD\uFFFD"
         "b\uFFFD\uFFFD\""},
        {CELL_TEXT(SY_CELL_TEXT, "\xED\xA0\x80\xF4\x8F\xBF\xBF"),
         "\"\uFFFD\uFFFD\uFFFD\U0010FFFF\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        /* jansson has no strings with NUL */
        if (cases[i].cell.text != NULL && memchr(cases[i].cell.text, 0, cases[i].cell.text_len))
            continue;
        char *text = write_cell(&cases[i].cell);
        assert_text(text, cases[i].expected);
        free(text);
    }
}

/* A small report: funds with indicators and lists, departments with maps, findings. */
static const sy_view_ops OPS1 = {sizeof OPS1, 1, literal_columns, literal_cell};
static const sy_view_ops OPS2 = {sizeof OPS2, 2, literal_columns, literal_cell};
static const sy_view_ops OPS3 = {sizeof OPS3, 3, literal_columns, literal_cell};

static const sy_column COL_LIST[] = {{"value", NULL, 1}};
static const sy_cell CELLS_LIST[] = {{.type = SY_CELL_NUMBER, .number = 90},
                                     {.type = SY_CELL_NUMBER, .number = 95.5}};
static const struct literal LIST = {&OPS1, COL_LIST, 1, CELLS_LIST};

static const sy_column COL_ITEM[] = {{"path", NULL, 0}, {"target", NULL, 1}};
static const sy_cell CELLS_ITEM[] = {
    CELL_TEXT(SY_CELL_TEXT, "output.a"),
    {.type = SY_CELL_LIST, .view = {&OPS1, &LIST, 0, 2}},
    CELL_TEXT(SY_CELL_TEXT, "output.b"),
    {.type = SY_CELL_LIST, .view = {&OPS1, &LIST, 1, 0}},
};
static const struct literal ITEMS = {&OPS2, COL_ITEM, 2, CELLS_ITEM};

static const sy_column COL_MAP[] = {{"key", NULL, 0}, {"count", NULL, 1}};
static const sy_cell CELLS_MAP[] = {
    CELL_TEXT(SY_CELL_TEXT, "优"),
    {.type = SY_CELL_INTEGER, .integer = 3},
    {.type = SY_CELL_INTEGER, .integer = 2019},
    {.type = SY_CELL_NULL},
};
static const struct literal MAP = {&OPS2, COL_MAP, 2, CELLS_MAP};

static const sy_column COL_FUND[] = {
    {"fund", NULL, 0}, {"indicators", NULL, 0}, {"grades", NULL, 0}};
static const sy_cell CELLS_FUND[] = {
    CELL_TEXT(SY_CELL_DATA, "sme"),
    {.type = SY_CELL_TABLE, .view = {&OPS2, &ITEMS, 0, 2}},
    {.type = SY_CELL_MAP, .view = {&OPS2, &MAP, 0, 2}},
    CELL_TEXT(SY_CELL_DATA, "tech"),
    {.type = SY_CELL_TABLE, .view = {&OPS2, &ITEMS, 0, 0}},
    {.type = SY_CELL_MAP, .view = {&OPS2, &MAP, 0, 0}},
};
static const struct literal FUNDS = {&OPS3, COL_FUND, 3, CELLS_FUND};

static const sy_column COL_ROOT[] = {
    {"evaluation", NULL, 0}, {"funds", NULL, 0}, {"none", NULL, 0}};
static const sy_cell CELLS_ROOT[] = {
    {.type = SY_CELL_RECORD, .view = {&OPS2, &ITEMS, 1, 1}},
    {.type = SY_CELL_TABLE, .view = {&OPS3, &FUNDS, 0, 2}},
    {.type = SY_CELL_RECORD, .view = {&OPS2, &ITEMS, 0, 0}},
};
static const struct literal ROOT = {&OPS3, COL_ROOT, 3, CELLS_ROOT};
static const sy_view DOCUMENT = {&OPS3, &ROOT, 0, 1};

static void test_json__layout(void **state)
{
    (void)state;
    char *text = write_json(&DOCUMENT);
    assert_text(text, "{\n"
                      "  \"evaluation\": { \"path\": \"output.b\", \"target\": [] },\n"
                      "  \"funds\": [\n"
                      "    {\n"
                      "      \"fund\": \"sme\",\n"
                      "      \"indicators\": [\n"
                      "        { \"path\": \"output.a\", \"target\": [90, 95.5] },\n"
                      "        { \"path\": \"output.b\", \"target\": [] }\n"
                      "      ],\n"
                      "      \"grades\": { \"优\": 3, \"2019\": null }\n"
                      "    },\n"
                      "    {\n"
                      "      \"fund\": \"tech\",\n"
                      "      \"indicators\": [],\n"
                      "      \"grades\": {}\n"
                      "    }\n"
                      "  ],\n"
                      "  \"none\": null\n"
                      "}\n");
    json_t *json = parse(text);
    json_t *fund = json_array_get(json_object_get(json, "funds"), 0);
    json_t *item = json_array_get(json_object_get(fund, "indicators"), 0);
    json_t *bound = json_array_get(json_object_get(item, "target"), 1);
    assert_score_equal(json_real_value(bound), 95.5);
    json_decref(json);
    free(text);
}

/* A line an object, the same objects as in the document. */
static void test_json__lines(void **state)
{
    static const sy_view funds = {&OPS3, &FUNDS, 0, 2}, none = {&OPS3, &FUNDS, 0, 0};
    const sy_writer *lines = &plug_builtin_json()->writers[1];
    sy_error err = {0};
    (void)state;
    assert_int_equal(write_view(lines, fixture_path("l"), NULL, 0, &funds, &err), SY_OK);
    assert_file(
        fixture_path("l"),
        "{ \"fund\": \"sme\", \"indicators\": [{ \"path\": \"output.a\", \"target\": [90, 95.5] "
        "}, { \"path\": \"output.b\", \"target\": [] }], \"grades\": { \"优\": 3, \"2019\": null } "
        "}\n"
        "{ \"fund\": \"tech\", \"indicators\": [], \"grades\": {} }\n");
    assert_int_equal(write_view(lines, fixture_path("l"), NULL, 0, &none, &err), SY_OK);
    assert_file(fixture_path("l"), "");
    assert_int_equal(write_view(lines, "/dev/full", NULL, 0, &funds, &err), SY_EFILE);
}

static void test_json__numbers_survive(void **state)
{
    (void)state;
    for (int i = -22; i <= 24; i++) {
        sy_cell cell = {.type = SY_CELL_NUMBER, .number = -7.25 * pow(10, i)};
        char *text = write_cell(&cell);
        json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);
        assert_non_null(json);
        double back = json_number_value(json);
        assert_near(back / cell.number, 1, 1e-14);
        json_decref(json);
        free(text);
    }
}

static void test_json__long_text(void **state)
{
    enum { SIZE = 200000 };
    (void)state;
    char *big = malloc(SIZE + 1);
    assert_non_null(big);
    for (size_t i = 0; i < SIZE; i += 4)
        memcpy(big + i, i % 3 == 0 ? "\"绩" : "xyz\n", 4);
    big[SIZE] = '\0';
    sy_cell cell = {.type = SY_CELL_DATA, .text = big, .text_len = SIZE};
    char *text = write_cell(&cell);
    json_t *json = json_loads(text, JSON_DECODE_ANY, NULL);
    assert_non_null(json);
    assert_text(json_string_value(json), big);
    json_decref(json);
    free(text);
    free(big);
}

static sy_cell endless_cell = {.type = SY_CELL_RECORD};

static void test_json__failures(void **state)
{
    static const struct literal endless = {&OPS1, COL_LIST, 1, &endless_cell};
    sy_view view = {&OPS1, &endless, 0, 1};
    sy_error err = {0};
    (void)state;
    endless_cell.view = view;
    assert_int_equal(write_view(writer(), fixture_path("deep"), NULL, 0, &view, &err), SY_EINPUT);
    assert_non_null(strstr(err.message, "nested"));
    assert_false(file_exists(fixture_path("deep")));
    assert_int_equal(write_view(writer(), "/dev/full", NULL, 0, &DOCUMENT, &err), SY_EFILE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json__scalars),         cmocka_unit_test(test_json__layout),
        cmocka_unit_test(test_json__numbers_survive), cmocka_unit_test(test_json__long_text),
        cmocka_unit_test(test_json__failures),        cmocka_unit_test(test_json__lines),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
