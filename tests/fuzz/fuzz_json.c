/*
 * fuzz_json.c - JSON: what the writers write is JSON for jansson too, and says what the view says;
 * what the readers take is JSON for jansson too.
 *
 * Input: cells of a view, one a line: a letter for the type and the text of it. The whole input is
 * also read as a JSON file.
 */
#include <fcntl.h>
#include <math.h>

#include <jansson.h>

#include "base/file.h"
#include "base/text.h"
#include "fuzz.h"
#include "plug/host.h"

#define CELLS_MAX  64
#define COLUMNS    3
#define FILE_BLOCK 65536 /* of a file_writer */

/* Rows of COLUMNS cells each; a text is a line of the input. */
struct cells {
    sy_cell cell[CELLS_MAX];
    size_t n;
    sy_view rows;
};

static const sy_column columns[COLUMNS] = {{"a", "甲", 0}, {"b\"\\", "乙", 1}, {"c", NULL, 0}};

static const sy_column *give_columns(const void *ctx)
{
    (void)ctx;
    return columns;
}

static void give_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct cells *c = ctx;
    size_t i = row * COLUMNS + column;
    if (i < c->n)
        *out = c->cell[i];
}

static const sy_view_ops ops = {sizeof ops, COLUMNS, give_columns, give_cell};

/* A document of one row, whose second cell is the table. */
static void give_document(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct cells *c = ctx;
    (void)row;
    if (column == 1)
        *out = (sy_cell){.type = SY_CELL_TABLE, .view = c->rows};
    else if (c->n)
        *out = c->cell[column == 0 ? 0 : c->n - 1];
}

static const sy_view_ops document_ops = {sizeof document_ops, COLUMNS, give_columns, give_document};

static void make_cell(sy_cell *out, const char *line, size_t len)
{
    double x = 0;
    int64_t i = 0;
    const char *rest = len ? line + 1 : line;
    size_t n = len ? len - 1 : 0;
    *out = (sy_cell){.type = SY_CELL_NULL};
    memcpy(&x, rest, n < sizeof x ? n : sizeof x);
    memcpy(&i, rest, n < sizeof i ? n : sizeof i);
    switch (len ? line[0] : 'n') {
    case 'b':
        *out = (sy_cell){.type = SY_CELL_BOOL, .integer = i & 1};
        break;
    case 'i':
        *out = (sy_cell){.type = SY_CELL_INTEGER, .integer = i};
        break;
    case 'x':
        *out = (sy_cell){.type = isfinite(x) ? SY_CELL_NUMBER : SY_CELL_NULL, .number = x};
        break;
    case 'd':
        *out = (sy_cell){.type = SY_CELL_DECIMAL, .integer = i / 10, .places = (int)(i & 7)};
        break;
    case 't':
        *out = (sy_cell){.type = SY_CELL_DATA, .text = rest, .text_len = n};
        break;
    default:
        break;
    }
}

static void make_cells(struct cells *c, const char *text, size_t len)
{
    for (size_t at = 0; at <= len && c->n < CELLS_MAX;) {
        const char *end = memchr(text + at, '\n', len - at);
        size_t n = end ? (size_t)(end - text) - at : len - at;
        make_cell(&c->cell[c->n++], text + at, n);
        at += n + 1;
    }
    c->rows = (sy_view){&ops, c, 0, (c->n + COLUMNS - 1) / COLUMNS};
}

static void check_cell(const sy_cell *cell, const json_t *got)
{
    double x = json_is_number(got) ? json_number_value(got) : NAN, y = cell->number;
    switch (cell->type) {
    case SY_CELL_NULL:
        FUZZ_LAW(json_is_null(got), "no null");
        break;
    case SY_CELL_BOOL:
        FUZZ_LAW(json_is_true(got) == (cell->integer != 0) && json_is_boolean(got), "no boolean");
        break;
    case SY_CELL_INTEGER:
        FUZZ_LAW(x == (double)cell->integer, "%.17g is no %lld", x, (long long)cell->integer);
        break;
    case SY_CELL_NUMBER:
        FUZZ_LAW(fabs(x - y) <= 1e-14 * fabs(y), "%.17g is written as %.17g", y, x);
        break;
    case SY_CELL_DECIMAL:
        y = (double)cell->integer / pow(10, cell->places);
        FUZZ_LAW(fabs(x - y) <= 1e-14 * fabs(y), "%.17g is written as %.17g", y, x);
        break;
    default:
        FUZZ_LAW(json_is_string(got), "no text");
        FUZZ_LAW(!text_is_utf8(cell->text, cell->text_len) ||
                     (json_string_length(got) == cell->text_len &&
                      memcmp(json_string_value(got), cell->text, cell->text_len) == 0),
                 "another text: %s", json_string_value(got));
        break;
    }
}

static void check_row(const struct cells *c, size_t row, const json_t *object)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        sy_cell cell = {0};
        give_cell(c, row, i, &cell);
        check_cell(&cell, json_object_get(object, columns[i].name));
    }
}

/* Into memory: what file_create makes of a device, which is written in place. */
static void write_json(char **text, size_t *len, const struct cells *c)
{
    const sy_view view = {&document_ops, c, 0, 1};
    const char *path = fuzz_file(0, "", 0);
    struct file_writer out = {.target = strdup(path), .block = malloc(FILE_BLOCK)};
    sy_error err = {0};
    out.fd = open(path, O_WRONLY | O_CLOEXEC);
    FUZZ_LAW(out.fd >= 0 && out.target && out.block, "no file in memory");
    sy_status status = plug_write(&plug_builtin_json()->writers[0], &out, NULL, 0, &view, &err);
    FUZZ_LAW(status == SY_OK, "%s", err.message);
    FUZZ_LAW(file_commit(&out, &err) == SY_OK, "%s", err.message);
    FUZZ_LAW(file_slurp(text, len, path, SIZE_MAX - 2, &err) == SY_OK, "%s", err.message);
}

/* *valid: it is JSON by the grammar, also where jansson has no number as large as it says. */
static json_t *load(const char *text, size_t len, bool *valid)
{
    const size_t flags =
        JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES;
    json_error_t error;
    json_t *root = json_loadb(text, len, flags, &error);
    *valid = root || json_error_code(&error) == json_error_numeric_overflow;
    return root;
}

static void check_writer(const char *input, size_t size)
{
    struct cells *c = calloc(1, sizeof *c);
    char *text = NULL;
    size_t len = 0;
    FUZZ_LAW(c, "no memory");
    make_cells(c, input, size);
    write_json(&text, &len, c);
    bool valid;
    json_t *root = load(text, len, &valid), *table = json_object_get(root, columns[1].name);
    FUZZ_LAW(root, "no JSON: %s", text);
    FUZZ_LAW(text_is_utf8(text, len), "no UTF-8: %s", text);
    FUZZ_LAW(json_array_size(table) == c->rows.count, "%zu rows of %zu", json_array_size(table),
             c->rows.count);
    for (size_t i = 0; i < c->rows.count; i++)
        check_row(c, i, json_array_get(table, i));
    check_cell(&c->cell[0], json_object_get(root, columns[0].name));
    check_cell(&c->cell[c->n - 1], json_object_get(root, columns[2].name));
    json_decref(root);
    free(text);
    free(c);
}

/* How much came out of a reader. */
struct read {
    uint32_t ncolumns;
    size_t nrows, bytes;
};

static sy_status take_header(void *ctx, const sy_text *names, uint32_t n, uint32_t line,
                             sy_error *err)
{
    struct read *r = ctx;
    (void)line, (void)err;
    r->ncolumns = n;
    for (uint32_t i = 0; i < n; i++) {
        FUZZ_LAW(text_is_utf8(names[i].bytes, names[i].len), "column %u is no UTF-8", (unsigned)i);
        r->bytes += names[i].len;
    }
    return SY_OK;
}

static sy_status take_batch(void *ctx, const sy_batch *b, sy_error *err)
{
    struct read *r = ctx;
    (void)err;
    for (uint32_t c = 0; c < b->ncolumns; c++)
        for (uint32_t row = 0; row < b->nrows; row++) {
            if (b->length[c][row] == SY_CELL_ABSENT)
                continue;
            FUZZ_LAW(text_is_utf8(b->base + b->offset[c][row], b->length[c][row]), "no UTF-8");
            r->bytes += b->length[c][row];
        }
    r->nrows += b->nrows;
    return SY_OK;
}

static bool is_lines_of_json(const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        const char *end = memchr(text + at, '\n', len - at);
        size_t n = end ? (size_t)(end - text) - at : len - at;
        if (strspn(text + at, " \t\r") < n) {
            bool valid;
            json_decref(load(text + at, n, &valid));
            if (!valid)
                return false;
        }
        at += n + 1;
    }
    return true;
}

/* A built-in reader by its name, whether it is there or not. */
static const sy_reader *find_reader(const char *name)
{
    const sy_plugin *plugin = plug_builtin_json();
    for (size_t i = 0; i < plugin->nreaders; i++)
        if (strcmp(plugin->readers[i].name, name) == 0)
            return &plugin->readers[i];
    return NULL;
}

static void check_reader(const char *name, const char *text, size_t len)
{
    const sy_reader *reader = find_reader(name);
    if (!reader)
        return;
    struct read first = {0}, second = {0};
    struct plug_sink sink = {.header = take_header, .batch = take_batch, .ctx = &first};
    sy_error err = {0}, err_again = {0};
    sy_status status = plug_read(reader, fuzz_file(0, text, len), NULL, 0, &sink, &err);
    sink.ctx = &second;
    sy_status again = plug_read(reader, fuzz_file(0, text, len), NULL, 0, &sink, &err_again);
    FUZZ_LAW(status == again && memcmp(&first, &second, sizeof first) == 0 &&
                 strcmp(err.message, err_again.message) == 0,
             "read twice: '%s', then '%s'", err.message, err_again.message);
    if (status != SY_OK) {
        fuzz_refusal(status, &err, fuzz_lines(text, len));
        return;
    }
    if (!text_is_utf8(text, len) || strncmp(text, "\xEF\xBB\xBF", 3) == 0)
        return;
    bool valid;
    json_decref(load(text, len, &valid));
    FUZZ_LAW(valid || is_lines_of_json(text, len), "taken, and is no JSON");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 4096)
        return 0;
    char *text = fuzz_text(data, size);
    check_writer(text, size);
    check_reader("json", text, size);
    check_reader("ndjson", text, size);
    free(text);
    return 0;
}
