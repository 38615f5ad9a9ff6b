/*
 * test_json_differs.c - plugins/json against jansson: both take the same texts and read the same in
 * them. Texts are made from a seed, right ones and ones with a byte changed.
 */
#include "plug_fixture.h"

#include <jansson.h>

static uint64_t seed;

static uint32_t roll(uint32_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % n;
}

static const char *pick(const char *const *words, size_t n)
{
    return words[roll((uint32_t)n)];
}

#define PICK(words) pick(words, sizeof words / sizeof *words)

static void add_string(struct buf *out)
{
    static const char *const pieces[] = {"a",
                                         "绩效",
                                         "\\n",
                                         "\\u4f18",
                                         "\\\"",
                                         "\\\\",
                                         " ",
                                         "\U0001F600",
                                         "\\ud83d\\ude00",
                                         "\\/",
                                         "long text that fills the line",
                                         "\\u001f",
                                         "\\ud83d",
                                         "\x7f",
                                         "{}[],:"};
    buf_char(out, '"');
    for (uint32_t i = roll(4); i > 0; i--)
        buf_str(out, roll(60) ? pieces[roll(12)] : PICK(pieces));
    buf_char(out, '"');
}

static void add_value(struct buf *out)
{
    static const char *const literals[] = {"true", "false",  "null",         "0",    "-1", "93.25",
                                           "1e3",  "1.5E-3", "123456789012", "-0.5", "[]", "{}",
                                           "01"};
    if (roll(2))
        add_string(out);
    else
        buf_str(out, roll(80) ? literals[roll(10)] : PICK(literals));
}

static void add_blank(struct buf *out)
{
    static const char *const blanks[] = {"", "", "", " ", "\n", "\t\r\n"};
    buf_str(out, PICK(blanks));
}

static void make_document(struct buf *out)
{
    static const char *const names[] = {"\"fund\"", "\"指标\"", "\"\\u6307\\u6807\"",
                                        "\"c\"",    "\"d\"",    "\"\""};
    buf_clear(out);
    buf_char(out, '[');
    for (uint32_t row = roll(5), i = 0; i < row; i++) {
        buf_str(out, i ? "," : "");
        add_blank(out);
        buf_char(out, '{');
        for (uint32_t n = roll(4), k = 0; k < n; k++) {
            buf_str(out, k ? "," : "");
            add_blank(out);
            buf_str(out, roll(3) ? names[(i + k) % 6] : PICK(names));
            add_blank(out);
            buf_char(out, ':');
            add_blank(out);
            add_value(out);
        }
        buf_char(out, '}');
    }
    add_blank(out);
    buf_char(out, ']');
    add_blank(out);
}

/* What a row must hold, by jansson: the text of a string, true, false, nothing; numbers apart. */
static void check_cell(json_t *value, const char *cell, size_t len)
{
    if (json_is_string(value)) {
        assert_int_equal(len, json_string_length(value));
        assert_memory_equal(cell, json_string_value(value), len);
    } else if (json_is_number(value)) {
        char text[64];
        assert_true(len < sizeof text);
        memcpy(text, cell, len);
        text[len] = '\0';
        assert_score_equal(strtod(text, NULL), json_number_value(value));
    } else {
        const char *word = json_is_true(value) ? "true" : json_is_false(value) ? "false" : "";
        assert_int_equal(len, strlen(word));
        assert_memory_equal(cell, word, len);
    }
}

/* Rows as they come are looked up in jansson's document. */
struct other {
    json_t *rows;
    const char *text;
    char names[16][512];
    uint32_t ncolumns;
    size_t row;
};

static sy_status take_header(void *ctx, const sy_text *names, uint32_t n, uint32_t line,
                             sy_error *err)
{
    struct other *o = ctx;
    (void)line;
    (void)err;
    assert_true(n <= 16);
    o->ncolumns = n;
    for (uint32_t i = 0; i < n; i++)
        snprintf(o->names[i], sizeof o->names[i], "%.*s", (int)names[i].len, names[i].bytes);
    return SY_OK;
}

static sy_status take_batch(void *ctx, const sy_batch *b, sy_error *err)
{
    struct other *o = ctx;
    (void)err;
    for (uint32_t r = 0; r < b->nrows; r++) {
        json_t *row = json_array_get(o->rows, o->row++);
        size_t found = 0;
        for (uint32_t c = 0; c < b->ncolumns; c++) {
            json_t *value = json_object_get(row, o->names[c]);
            if ((value == NULL) != (b->length[c][r] == SY_CELL_ABSENT))
                fail_msg("row %zu column '%s': there for one only: %s", o->row, o->names[c],
                         o->text);
            if (value == NULL)
                continue;
            check_cell(value, b->base + b->offset[c][r], b->length[c][r]);
            found++;
        }
        assert_int_equal(found, json_object_size(row));
    }
    return SY_OK;
}

static bool is_flat(json_t *rows)
{
    size_t i;
    json_t *row, *value;
    const char *name;
    if (!json_is_array(rows))
        return false;
    json_array_foreach(rows, i, row)
    {
        if (!json_is_object(row))
            return false;
        json_object_foreach(row, name, value)
        {
            if (json_is_array(value) || json_is_object(value))
                return false;
        }
    }
    return true;
}

/* Whether the document is a table, which both must say alike; 1 and 0. */
static int compare(const struct buf *text)
{
    struct other o = {.text = text->data};
    struct plug_sink sink = {.header = take_header, .batch = take_batch, .ctx = &o};
    sy_error err = {0};
    const char *path = fixture_path("d.json");
    unlink(path);
    fixture_file("d.json", text->data, text->len);
    json_error_t why;
    o.rows = json_loadb(text->data, text->len, JSON_REJECT_DUPLICATES, &why);
    /* A number that no double holds stays text with us; a finding will tell of it. */
    if (o.rows == NULL && json_error_code(&why) == json_error_numeric_overflow)
        return 0;
    bool good = o.rows != NULL && is_flat(o.rows);
    sy_status status = plug_read(&plug_builtin_json()->readers[0], path, NULL, 0, &sink, &err);
    if ((status == SY_OK) != good)
        fail_msg("jansson %s, we say %d %u:%u %s:\n%s", good ? "takes" : "refuses", status,
                 (unsigned)err.line, (unsigned)err.column, err.message, text->data);
    if (good && o.ncolumns > 0)
        assert_int_equal(o.row, json_array_size(o.rows));
    json_decref(o.rows);
    return good;
}

static void test_json_differs__documents(void **state)
{
    struct buf text = {0};
    int good = 0;
    (void)state;
    for (int i = 0; i < 4000; i++) {
        seed = (uint64_t)i;
        make_document(&text);
        good += compare(&text);
    }
    assert_in_range(good, 2000, 3900); /* both kinds are there */
    buf_dispose(&text);
}

/* One byte changed to another that JSON looks at. Bytes stay ASCII: other encodings than UTF-8 are
 * ours alone. */
static void test_json_differs__broken(void **state)
{
    static const char bytes[] = "\"\\{}[]:,0e.- tn\n\x01";
    struct buf text = {0};
    int good = 0;
    (void)state;
    for (int i = 0; i < 4000; i++) {
        seed = (uint64_t)i;
        make_document(&text);
        uint32_t at = roll((uint32_t)text.len);
        if ((unsigned char)text.data[at] < 0x80)
            text.data[at] = bytes[roll(sizeof bytes - 1)];
        good += compare(&text);
    }
    assert_in_range(good, 200, 3000);
    buf_dispose(&text);
}

/* Every token once across the end of a block: blanks before the table move it byte by byte. */
static void test_json_differs__block_ends(void **state)
{
    static const char table[] = "[{\"绩效\":\"\\ud83d\\ude00x\\n\",\"b\":-12.5e-1,\"c\":true},"
                                "\r\n{\"b\":null,\"绩效\":\"\U0001F600\"}]";
    enum { BLOCK = 65536 };
    struct buf text = {0};
    (void)state;
    for (size_t i = 0; i <= sizeof table; i++) {
        buf_clear(&text);
        for (size_t k = 0; k < BLOCK - i; k++)
            buf_char(&text, ' ');
        buf_str(&text, table);
        assert_int_equal(compare(&text), 1);
    }
    buf_dispose(&text);
}

/* More rows than a batch holds, and columns that come late. */
static void test_json_differs__many_rows(void **state)
{
    enum { ROWS = 20000 };
    struct buf text = {0};
    (void)state;
    buf_char(&text, '[');
    for (int i = 0; i < ROWS; i++) {
        buf_printf(&text, "%s{\"a\":%d", i ? ",\n" : "", i);
        if (i % 3 == 0)
            buf_printf(&text, ",\"b%d\":\"%d\"", i % 5, i * 7);
        if (i == ROWS - 1)
            buf_str(&text, ",\"last\":true");
        buf_char(&text, '}');
    }
    buf_char(&text, ']');
    assert_int_equal(compare(&text), 1);
    buf_dispose(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json_differs__documents),
        cmocka_unit_test(test_json_differs__broken),
        cmocka_unit_test(test_json_differs__block_ends),
        cmocka_unit_test(test_json_differs__many_rows),
    };
    return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
