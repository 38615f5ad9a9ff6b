/*
 * test_json_read.c - plugins/json: objects as rows, in a document or one a line; what is no JSON is
 * refused with its place.
 */
#include "plug_fixture.h"

static const sy_reader *reader(const char *name)
{
    return &plug_builtin_json()->readers[strcmp(name, "json") == 0 ? 0 : 1];
}

static sy_status read_bytes(struct seen *seen, const char *name, const char *text, size_t len,
                            const char *table, sy_error *err)
{
    struct plug_option option = {"table", table};
    *seen = (struct seen){0};
    const char *path = fixture_file("source", text, len);
    return read_seen(seen, reader(name), path, &option, table != NULL, err);
}

static void expect_rows(const char *name, const char *text, const char *table, const char *rows)
{
    struct seen seen;
    sy_error err = {0};
    if (read_bytes(&seen, name, text, strlen(text), table, &err) != SY_OK)
        fail_msg("%s: %u:%u: %s", text, (unsigned)err.line, (unsigned)err.column, err.message);
    assert_text(buf_text(&seen.text), rows);
    buf_dispose(&seen.text);
}

static void test_json_read__documents(void **state)
{
    static const struct {
        const char *text, *table, *rows;
    } cases[] = {
        {"[{\"a\":1,\"b\":\"x\"},\n{\"b\":\"y\",\"c\":true}]", NULL,
         "1:a|b|c\n1:1|x|~\n2:~|y|true\n"},
        {"\xEF\xBB\xBF [ ]\n", NULL, ""},
        {"[{},{}]", NULL, ""},
        {"[{},\n{\"a\":null},{\"a\":\"\"}]", NULL, "1:a\n1:~\n2:\n2:\n"},
        /* a column is in the header also where only a later row has it */
        {"[{\"a\":1},{\"z\":2},{\"m\":3},{\"a\":4,\"z\":5}]", NULL,
         "1:a|z|m\n1:1|~|~\n1:~|2|~\n1:~|~|3\n1:4|5|~\n"},
        {"{\"funds\":[{\"a\":1}],\"outcomes\":[{\"b\":2}]}", "funds", "1:a\n1:1\n"},
        {"{\"funds\":[{\"a\":1}],\"outcomes\":[{\"b\":2}]}", "outcomes", "1:b\n1:2\n"},
        {"{\"code\":0,\"data\":{\"n\":[1,[2,{}],\"]}\"],\"rows\":[\n{\"a\":\"x\"}],\"z\":{}}}",
         "data.rows", "2:a\n2:x\n"},
        {"[{\"a\":1}]", "funds", "1:a\n1:1\n"},
        {"{\"ratings\":[]}", "ratings", ""},
        {"[{\"\":1,\"\xE7\xBB\xA9\\u6548\":\"\\u4F18\\ud83d\\ude00\\\"\\\\\\/\\b\\f\\n\\r\\t\"}]",
         NULL, "1:|绩效\n1:1|优\U0001F600\"\\/\b\f\n\r\t\n"},
        /* every way of ending a line is one */
        {"[\r\n{\"a\":1},\r{\"a\":2},\n\n{\"a\":3}]", NULL, "2:a\n2:1\n3:2\n5:3\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_rows("json", cases[i].text, cases[i].table, cases[i].rows);
}

static void test_json_read__lines(void **state)
{
    static const struct {
        const char *text, *rows;
    } cases[] = {
        {"{\"a\":1}\n{\"b\":\"x\"}\n", "1:a|b\n1:1|~\n2:~|x\n"},
        {"{\"a\":1}", "1:a\n1:1\n"},
        {"\xEF\xBB\xBF\n  {\"a\" : 1 } \t\r\n\r\n\n{\"a\":2}\r\n", "2:a\n2:1\n5:2\n"},
        {"{}\n", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect_rows("ndjson", cases[i].text, NULL, cases[i].rows);
}

/* Digits are never lost; an exponent is worked out, by hand here. */
static void test_json_read__numbers(void **state)
{
    static const char *const cases[][2] = {
        {"0", "0"},
        {"-0", "-0"},
        {"1.50", "1.50"},
        {"110101199003074518", "110101199003074518"},
        {"12345678901234567890123456789.000", "12345678901234567890123456789.000"},
        {"0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"},
        {"1e3", "1000"},
        {"1E+3", "1000"},
        {"-1.5e3", "-1500"},
        {"1.50e1", "15.0"},
        {"1.5e1", "15"},
        {"1.25e1", "12.5"},
        {"12.5e-1", "1.25"},
        {"1e-1", "0.1"},
        {"-2.5e-7", "-0.00000025"},
        {"0.001e2", "0.1"},
        {"0.001e3", "1"},
        {"0.5e-3", "0.0005"},
        {"0e5", "0"},
        {"0.00e1", "0.0"},
        {"9.3e0", "9.3"},
        {"1e20", "100000000000000000000"},
        {"1e0000000000000000003", "1e0000000000000000003"},
        {"1e999", "1e999"},
        {"1e-999", "1e-999"},
    };
    char text[128], rows[128];
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(text, sizeof text, "[{\"a\":%s}]", cases[i][0]);
        snprintf(rows, sizeof rows, "1:a\n1:%s\n", cases[i][1]);
        expect_rows("json", text, NULL, rows);
    }
}

static void expect_refusal(const char *name, const char *text, size_t len, unsigned line,
                           unsigned column, const char *says)
{
    struct seen seen;
    sy_error err = {0};
    sy_status status = read_bytes(&seen, name, text, len, NULL, &err);
    if (status != SY_EINPUT || strstr(err.message, says) == NULL || err.line != line ||
        err.column != column)
        fail_msg("%.60s: %d %u:%u %s, expected %u:%u %s", text, status, (unsigned)err.line,
                 (unsigned)err.column, err.message, line, column, says);
    assert_int_equal(seen.nrows, 0); /* all is checked before any row is given */
    buf_dispose(&seen.text);
}

#define REFUSED(name, text, line, column, says)                    \
    {                                                              \
        (name), (text), sizeof(text) - 1, (line), (column), (says) \
    }

static const struct {
    const char *name, *text;
    size_t len;
    unsigned line, column;
    const char *says;
} REFUSALS[] = {
    REFUSED("json", "", 0, 0, "is empty"),
    REFUSED("json", " \n\t", 0, 0, "is empty"),
    REFUSED("json", "fund,name\n", 1, 2, "this is no JSON: texts stand in double quotes"),
    REFUSED("json", "[null]", 1, 6, "a row is null, not an object"),
    REFUSED("json", "12", 1, 1, "this is a number: the rows of a table are an array"),
    REFUSED("json", "{\"a\":1}", 1, 1, "this is an object"),
    REFUSED("json", "[1]", 1, 2, "a row is a number, not an object"),
    REFUSED("json", "[[1]]", 1, 2, "a row is a list, not an object"),
    REFUSED("json", "[{\"a\":[1]}]", 1, 7, "'a' is a list: a cell of a table holds one value"),
    REFUSED("json", "[{\"a\":1e\0005}]", 1, 9, "a digit is needed here"),
    REFUSED("json", "[{\"a\":\0005}]", 1, 7, ""),
    REFUSED("json", "[{\"甲\":{}}]", 1, 7, "'甲' is an object"),
    REFUSED("json", "[{\"a\":1,\n \"a\":2}]", 2, 5, "name 'a' stands twice in one object"),
    REFUSED("json", "[{\"a\":1,\"\\u0061\":2}]", 1, 17, "name 'a' stands twice"),
    REFUSED("json", "[{\"a\":1},]", 1, 10, "no JSON value begins like this"),
    REFUSED("json", "[{\"a\":1,}]", 1, 9, "a name in double quotes is needed"),
    REFUSED("json", "[{\"a\":1}{\"a\":2}]", 1, 9, "',' or ']' is needed"),
    REFUSED("json", "[{\"a\":1 \"b\":2}]", 1, 9, "',' or '}' is needed"),
    REFUSED("json", "[{\"a\" 1}]", 1, 7, "':' is needed"),
    REFUSED("json", "[{a:1}]", 1, 3, "a name in double quotes"),
    REFUSED("json", "[{'a':1}]", 1, 3, "a name in double quotes"),
    REFUSED("json", "[{\"a\":'x'}]", 1, 7, "no JSON value begins"),
    REFUSED("json", "[{\"a\":+1}]", 1, 7, "no JSON value begins"),
    REFUSED("json", "[{\"a\":.5}]", 1, 7, "no JSON value begins"),
    REFUSED("json", "[{\"a\":01}]", 1, 8, "a number has no leading zeros"),
    REFUSED("json", "[{\"a\":-}]", 1, 8, "a digit is needed"),
    REFUSED("json", "[{\"a\":1.}]", 1, 9, "a digit is needed"),
    REFUSED("json", "[{\"a\":1e}]", 1, 9, "a digit is needed"),
    REFUSED("json", "[{\"a\":1e+}]", 1, 10, "a digit is needed"),
    REFUSED("json", "[{\"a\":0x10}]", 1, 8, "',' or '}' is needed"),
    REFUSED("json", "[{\"a\":NaN}]", 1, 7, "no JSON value begins"),
    REFUSED("json", "[{\"a\":Infinity}]", 1, 7, "no JSON value begins"),
    REFUSED("json", "[{\"a\":True}]", 1, 7, "no JSON value begins"),
    REFUSED("json", "[{\"a\":truth}]", 1, 10, "this is no JSON"),
    REFUSED("json", "[{\"a\":nullx}]", 1, 11, "this is not null"),
    REFUSED("json", "[{\"a\":\"x\ny\"}]", 1, 9, "the line ends within quotes"),
    REFUSED("json", "[{\"a\":\"x\ty\"}]", 1, 9, "control character \\x09"),
    REFUSED("json", "[{\"a\":\"x\0y\"}]", 1, 9, "control character \\x00"),
    REFUSED("json", "[{\"a\":1}\0]", 1, 9, "',' or ']' is needed"),
    REFUSED("json", "[{\"a\":\"\\u0000\"}]", 1, 14, "\\u0000: a text cannot hold it"),
    REFUSED("json", "[{\"a\":\"\\x41\"}]", 1, 9, "no escape begins like this"),
    REFUSED("json", "[{\"a\":\"\\u12\"}]", 1, 12, "four hexadecimal digits"),
    REFUSED("json", "[{\"a\":\"\\ud83d\"}]", 1, 14, "half of a surrogate pair"),
    REFUSED("json", "[{\"a\":\"\\ud83dx\"}]", 1, 14, "half of a surrogate pair"),
    REFUSED("json", "[{\"a\":\"\\ud83d\\n\"}]", 1, 15, "half of a surrogate pair"),
    REFUSED("json", "[{\"a\":\"\\ud83d\\u0041\"}]", 1, 20, "half of a surrogate pair"),
    REFUSED("json", "[{\"a\":\"\\ude00\"}]", 1, 14, "half of a surrogate pair"),
    REFUSED("json", "[{\"a\":1}", 1, 9, "the text ends where ',' or ']' is needed"),
    REFUSED("json", "[{\"a\":", 1, 7, "the text ends where a value is needed"),
    REFUSED("json", "[{\"a", 1, 5, "the text ends within quotes"),
    REFUSED("json", "[{\"a\":tr", 1, 9, "this is no JSON"),
    REFUSED("json", "[{\"a\":1}]\n// end", 2, 1, "something follows the document's end"),
    REFUSED("json", "{\"a\":1}\n{\"a\":2}", 1, 1, "this is an object"),
    REFUSED("json", "[/* x */]", 1, 2, "no JSON value begins"),
    REFUSED("ndjson", "", 0, 0, "is empty: no object in it"),
    REFUSED("ndjson", "[{\"a\":1}]\n", 1, 1, "this line is a list, not an object"),
    REFUSED("ndjson", "{\"a\":1}\n\"x\"\n", 2, 1, "this line is a text, not an object"),
    REFUSED("ndjson", "{\"a\":1} {\"a\":2}\n", 1, 9, "a second value on one line"),
    REFUSED("ndjson", "{\"a\":1},\n{\"a\":2}\n", 1, 8, "a second value on one line"),
    REFUSED("ndjson", "{\"a\":1}\n{\"a\":\n2}\n", 3, 3, "the object of line 2 does not end on its"),
    REFUSED("ndjson", "{\"a\":1}\n{\"a\":2", 2, 7, "the text ends where ',' or '}'"),
};

static void test_json_read__refusals(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof REFUSALS / sizeof *REFUSALS; i++)
        expect_refusal(REFUSALS[i].name, REFUSALS[i].text, REFUSALS[i].len, REFUSALS[i].line,
                       REFUSALS[i].column, REFUSALS[i].says);
}

static void test_json_read__members(void **state)
{
    static const struct {
        const char *text, *table, *says;
    } cases[] = {
        {"{\"data\":[],\"total\":1}", "funds",
         "the document has no member 'funds' (it has data, total): name the one that holds the "
         "rows, with table = NAME"},
        {"{}", "funds", "it has none"},
        {"{\"funds\":{\"a\":1}}", "funds", "this is an object: the rows of a table are an array"},
        {"{\"funds\":3}", "funds", "this is a number"},
        {"{\"funds\":[],\"funds\":[]}", "funds", "name 'funds' stands twice"},
        {"{\"data\":[]}", "data.rows", "this is a list"},
        {"{\"data\":{}}", "data.rows", "no member 'rows'"},
        {"{\"x\":[1,2}", "funds", "',' or ']' is needed"},
        {"{\"x\":{1:2}}", "funds", "a name in double quotes"},
        {"{\"funds\":[]", "funds", "the text ends"},
        {"{\"x\":\"\\q\"}", "funds", "no escape"},
    };
    struct seen seen;
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sy_error err = {0};
        assert_int_equal(
            read_bytes(&seen, "json", cases[i].text, strlen(cases[i].text), cases[i].table, &err),
            SY_EINPUT);
        if (strstr(err.message, cases[i].says) == NULL)
            fail_msg("%s: %s, expected %s", cases[i].text, err.message, cases[i].says);
        buf_dispose(&seen.text);
    }
}

/* Nesting is passed over to a depth, and refused past it: also 100,000 deep it takes no stack. */
static void test_json_read__depth(void **state)
{
    enum { DEEP = 100000 };
    struct seen seen;
    sy_error err = {0};
    struct buf text = {0};
    (void)state;
    buf_str(&text, "{\"x\":");
    for (int i = 0; i < DEEP; i++)
        buf_char(&text, '[');
    assert_int_equal(read_bytes(&seen, "json", text.data, text.len, "rows", &err), SY_EINPUT);
    assert_text(err.message, "nested over 256 deep");
    assert_int_equal(err.column, 6 + 256);
    buf_clear(&text);
    buf_str(&text, "{\"x\":");
    for (int i = 0; i < 256; i++)
        buf_str(&text, i % 2 ? "{\"y\":" : "[");
    for (int i = 255; i >= 0; i--)
        buf_str(&text, i == 255 ? "1}" : i % 2 ? "}" : "]");
    buf_str(&text, ",\"rows\":[{\"a\":1}]}");
    assert_int_equal(read_bytes(&seen, "json", text.data, text.len, "rows", &err), SY_OK);
    assert_text(buf_text(&seen.text), "1:a\n1:1\n");
    buf_dispose(&seen.text);
    buf_dispose(&text);
}

/* GB18030 is read as every text is; so is a file whose name says nothing. */
static void test_json_read__encoding_and_probe(void **state)
{
    static const struct {
        const char *text, *reader;
    } cases[] = {{"[{\"a\":1}]", "json"},
                 {"{\n \"funds\": []}", "json"},
                 {"{\"a\":1}", "json"},
                 {"\xEF\xBB\xBF{\"a\":1}\n{\"a\":2}\n", "ndjson"},
                 {"a,b\n[1,2]", "csv"}};
    struct plug_registry *r = NULL;
    (void)state;
    expect_rows("json", "[{\"a\":\"\xBC\xA8\xD0\xA7\"}]", NULL, "1:a\n1:绩效\n");
    assert_int_equal(plug_open(&r, NULL, NULL), SY_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const sy_reader *found = NULL;
        const char *path = fixture_file("x.dat", cases[i].text, strlen(cases[i].text));
        assert_int_equal(plug_reader_for(&found, r, path, NULL), SY_OK);
        assert_text(found->name, cases[i].reader);
    }
    assert_text(plug_writer_for(r, "a.jsonl")->name, "ndjson");
    assert_text(plug_writer_for(r, "a.md")->name, "markdown");
    plug_close(r);
}

static void test_json_read__too_much(void **state)
{
    enum { LONG = (64 << 20) + 10, COLUMNS = 10001 };
    struct seen seen;
    struct buf text = {0};
    sy_error err = {0};
    (void)state;
    char *big = malloc(LONG + 32);
    assert_non_null(big);
    size_t len = (size_t)sprintf(big, "[\n{\"a\":\"");
    memset(big + len, 'x', LONG);
    len += LONG;
    assert_int_equal(read_bytes(&seen, "json", big, len, NULL, &err), SY_EINPUT);
    assert_text(err.message, "row is longer than 64 MiB");
    assert_int_equal(err.line, 2);
    free(big);
    buf_str(&text, "[");
    for (int i = 0; i < COLUMNS; i++)
        buf_printf(&text, "%s{\"c%d\":1}", i ? "," : "", i);
    buf_str(&text, "]");
    assert_int_equal(read_bytes(&seen, "json", text.data, text.len, NULL, &err), SY_EINPUT);
    assert_memory_equal(err.message, "over 10000 different names", 26);
    buf_dispose(&text);
}

static void test_json_read__failures_of_others(void **state)
{
    struct seen seen = {.refuse = SY_EINPUT};
    sy_error err = {0};
    (void)state;
    const char *path = fixture_file("full", "[{\"a\":1}]", 9);
    assert_int_equal(read_seen(&seen, reader("json"), path, NULL, 0, &err), SY_EINPUT);
    assert_text(err.message, "sink is full");
    buf_dispose(&seen.text);
    assert_int_equal(read_seen(&seen, reader("json"), fixture_path("absent"), NULL, 0, &err),
                     SY_EFILE);
    struct plug_option option = {"tabel", "x"};
    assert_int_equal(read_seen(&seen, reader("json"), path, &option, 1, &err), SY_EINPUT);
    assert_text(err.message, "reader json has no option 'tabel': did you mean 'table'?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json_read__documents),
        cmocka_unit_test(test_json_read__lines),
        cmocka_unit_test(test_json_read__numbers),
        cmocka_unit_test(test_json_read__refusals),
        cmocka_unit_test(test_json_read__members),
        cmocka_unit_test(test_json_read__depth),
        cmocka_unit_test(test_json_read__encoding_and_probe),
        cmocka_unit_test(test_json_read__too_much),
        cmocka_unit_test(test_json_read__failures_of_others),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
