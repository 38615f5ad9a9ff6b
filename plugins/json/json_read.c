/*
 * json_read.c - reads objects as the rows of a table: an array of them in a document (json), or one
 * a line (ndjson).
 *
 * The source is read twice. The first pass checks all of it and collects the names of the columns,
 * the second hands on the rows in batches: so memory holds one batch, however long the source is.
 */
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "json_columns.h"

#define RECORD_MAX  (64u << 20)
#define BATCH_BYTES (8u << 20) /* of text; the row that goes past it is the batch's last */
#define CELLS_MAX   (1u << 22) /* in one batch, however many columns there are */
#define NAMES_SHOWN 200

/* One read. Owns: scan, columns, key, text, places, offset, length, line. */
struct json_read {
    struct json_scan scan;
    struct json_columns columns;
    struct json_bytes key, text;
    bool emits;          /* the second pass */
    uint32_t row;        /* of this pass, counted from 1; wraps, which only repeats a stamp */
    uint32_t first_line; /* of the first row; 0: none */
    uint32_t nrows, rows_max;
    uint32_t *places; /* memory of all offsets and lengths */
    uint32_t **offset;
    uint32_t **length;
    uint32_t *line;
};

static int fail_nomem(struct json_read *r)
{
    if (r->scan.rc == 0)
        r->scan.rc = r->scan.host->fail(r->scan.call, SY_ENOMEM, 0, 0, "out of memory");
    return r->scan.rc;
}

static void hand_on_batch(struct json_read *r)
{
    sy_batch batch = {.struct_size = sizeof batch,
                      .nrows = r->nrows,
                      .ncolumns = r->columns.n,
                      .base = r->text.bytes == NULL ? "" : r->text.bytes,
                      .base_len = r->text.len,
                      .offset = (const uint32_t *const *)r->offset,
                      .length = (const uint32_t *const *)r->length,
                      .line = r->line};
    if (r->nrows > 0 && r->scan.rc == 0)
        r->scan.rc = r->scan.host->batch(r->scan.call, &batch);
    r->nrows = 0;
    r->text.len = 0;
}

static void begin_row(struct json_read *r)
{
    r->row++;
    if (r->first_line == 0)
        r->first_line = r->scan.line;
    r->text.max = r->text.len + RECORD_MAX;
    if (!r->emits) {
        r->text.len = 0;
        r->text.max = RECORD_MAX;
        return;
    }
    r->line[r->nrows] = r->scan.line;
    for (uint32_t i = 0; i < r->columns.n; i++) {
        r->offset[i][r->nrows] = 0;
        r->length[i][r->nrows] = SY_CELL_ABSENT;
    }
}

static void end_row(struct json_read *r)
{
    if (!r->emits || r->scan.rc != 0)
        return;
    r->nrows++;
    if (r->nrows == r->rows_max || r->text.len >= BATCH_BYTES)
        hand_on_batch(r);
}

/* The column of the name in r->key; its place for messages is where the scan was at `line`. */
static uint32_t take_column(struct json_read *r, uint32_t guess)
{
    struct json_scan *s = &r->scan;
    uint32_t column = json_columns_find(&r->columns, guess, r->key.bytes, r->key.len);
    if (column == JSON_NO_COLUMN && !r->emits)
        column = json_columns_add(&r->columns, s, r->key.bytes, r->key.len);
    if (column == JSON_NO_COLUMN) {
        json_scan_fail(s, "changed while it was read");
        return column;
    }
    struct json_column *c = &r->columns.items[column];
    if (c->row == r->row) {
        json_scan_fail(s, "name '%.*s' stands twice in one object",
                       r->key.len > NAMES_SHOWN ? NAMES_SHOWN : (int)r->key.len, r->key.bytes);
        return JSON_NO_COLUMN;
    }
    c->row = r->row;
    return column;
}

static bool read_cell(struct json_read *r, uint32_t column)
{
    struct json_scan *s = &r->scan;
    enum json_kind kind;
    size_t start = r->text.len;
    if (!json_scan_kind(s, &kind))
        return false;
    const char *word = json_scan_word(kind);
    if (kind == JSON_LIST || kind == JSON_MAP) {
        json_scan_fail(s, "'%.*s' is %s: a cell of a table holds one value",
                       r->key.len > NAMES_SHOWN ? NAMES_SHOWN : (int)r->key.len, r->key.bytes,
                       word);
        return false;
    }
    if (kind == JSON_STRING   ? !json_scan_string(s, &r->text)
        : kind == JSON_NUMBER ? !json_scan_number(s, &r->text)
                              : !json_scan_literal(s, kind))
        return false;
    if ((kind == JSON_TRUE || kind == JSON_FALSE) &&
        !json_bytes_add(s, &r->text, word, strlen(word)))
        return false;
    if (r->emits) {
        r->offset[column][r->nrows] = (uint32_t)start;
        r->length[column][r->nrows] = (uint32_t)(r->text.len - start);
    }
    return true;
}

static bool read_member(struct json_read *r, uint32_t *guess)
{
    struct json_scan *s = &r->scan;
    if (json_scan_next(s) != '"') {
        json_scan_fail(s, "a name in double quotes is needed here");
        return false;
    }
    r->key.len = 0;
    r->key.max = RECORD_MAX;
    if (!json_scan_string(s, &r->key))
        return false;
    uint32_t column = take_column(r, *guess);
    *guess = column + 1;
    return column != JSON_NO_COLUMN && json_scan_take(s, ':', "':'") && read_cell(r, column);
}

/* The object that begins at the next byte, as a row. */
static bool read_object(struct json_read *r)
{
    struct json_scan *s = &r->scan;
    uint32_t guess = 0;
    begin_row(r);
    s->at++;
    if (json_scan_next(s) == '}') {
        s->at++;
        end_row(r);
        return s->rc == 0;
    }
    do {
        if (!read_member(r, &guess))
            return false;
    } while (json_scan_next(s) == ',' && json_scan_take(s, ',', "','"));
    if (!json_scan_take(s, '}', "',' or '}'"))
        return false;
    end_row(r);
    return s->rc == 0;
}

/* What stands where rows or a row should; `wanted` ends the message. A word that is none of JSON's
 * is told as such. */
static void refuse_kind(struct json_read *r, enum json_kind kind, const char *what,
                        const char *wanted)
{
    struct json_scan *s = &r->scan;
    bool literal = kind == JSON_TRUE || kind == JSON_FALSE || kind == JSON_NULL;
    if (!literal || json_scan_literal(s, kind))
        json_scan_fail(s, "%s is %s%s", what, json_scan_word(kind), wanted);
}

/* The array that begins at the next byte, each element a row. */
static bool read_array(struct json_read *r)
{
    struct json_scan *s = &r->scan;
    enum json_kind kind;
    s->at++;
    if (json_scan_next(s) == ']') {
        s->at++;
        return s->rc == 0;
    }
    do {
        if (!json_scan_kind(s, &kind))
            return false;
        if (kind != JSON_MAP) {
            refuse_kind(r, kind, "a row", ", not an object: write { \"column\": value, … }");
            return false;
        }
        if (!read_object(r))
            return false;
    } while (json_scan_next(s) == ',' && json_scan_take(s, ',', "','"));
    return json_scan_take(s, ']', "',' or ']'");
}

/* Adds a name to those that are shown where the one wanted is not there. */
static void note_name(char *names, size_t cap, const struct json_bytes *key)
{
    size_t len = strlen(names), comma = len > 0 ? 2 : 0;
    if (len + comma + key->len + 1 > cap)
        return;
    memcpy(names + len, ", ", comma);
    if (key->len > 0)
        memcpy(names + len + comma, key->bytes, key->len);
    names[len + comma + key->len] = '\0';
}

static bool read_found(struct json_read *r, const char *path);

/* The object that begins at the next byte: its member that `path` begins with is gone into, the
 * others are passed over. */
static bool search_object(struct json_read *r, const char *path)
{
    struct json_scan *s = &r->scan;
    size_t len = strcspn(path, ".");
    char names[NAMES_SHOWN] = "";
    bool found = false;
    s->at++;
    bool more = json_scan_next(s) != '}';
    while (more) {
        if (json_scan_next(s) != '"') {
            json_scan_fail(s, "a name in double quotes is needed here");
            return false;
        }
        r->key.len = 0;
        r->key.max = RECORD_MAX;
        if (!json_scan_string(s, &r->key) || !json_scan_take(s, ':', "':'"))
            return false;
        bool wanted = r->key.len == len && len > 0 && memcmp(r->key.bytes, path, len) == 0;
        if (wanted && found) {
            json_scan_fail(s, "name '%.*s' stands twice in one object", (int)len, path);
            return false;
        }
        found = found || wanted;
        note_name(names, sizeof names, &r->key);
        if (wanted ? !read_found(r, path[len] == '.' ? path + len + 1 : "") : !json_scan_skip(s))
            return false;
        more = json_scan_next(s) == ',' && json_scan_take(s, ',', "','");
    }
    if (!found) {
        json_scan_fail(s,
                       "the document has no member '%.*s' (it has %s): name the one that holds "
                       "the rows, with table = NAME",
                       (int)len, path, names[0] == '\0' ? "none" : names);
        return false;
    }
    return json_scan_take(s, '}', "',' or '}'");
}

/* What `path` leads to: the rows, or an object that holds them further in. */
static bool read_found(struct json_read *r, const char *path)
{
    struct json_scan *s = &r->scan;
    enum json_kind kind;
    if (!json_scan_kind(s, &kind))
        return false;
    if (kind == JSON_LIST && *path == '\0')
        return read_array(r);
    if (kind == JSON_MAP && *path != '\0')
        return search_object(r, path);
    refuse_kind(r, kind, "this", ": the rows of a table are an array of objects");
    return false;
}

static void read_document(struct json_read *r)
{
    struct json_scan *s = &r->scan;
    const char *path = s->host->option(s->call, "table");
    enum json_kind kind;
    if (json_scan_next(s) == JSON_END) {
        if (s->rc == 0)
            s->rc = s->host->fail(s->call, SY_EINPUT, 0, 0, "is empty: no JSON document in it");
        return;
    }
    if (!json_scan_kind(s, &kind))
        return;
    if (kind == JSON_LIST ? !read_array(r) : !read_found(r, path == NULL ? "" : path))
        return;
    if (json_scan_next(s) != JSON_END)
        json_scan_fail(s, "something follows the document's end: where each line is an object, "
                          "write reader = ndjson");
}

static void read_lines(struct json_read *r)
{
    struct json_scan *s = &r->scan;
    enum json_kind kind;
    while (json_scan_next(s) != JSON_END) {
        uint32_t line = s->line;
        if (!json_scan_kind(s, &kind))
            return;
        if (kind != JSON_MAP) {
            refuse_kind(r, kind, "this line",
                        ", not an object: where the file is one document, write reader = json");
            return;
        }
        if (!read_object(r))
            return;
        if (s->line != line) {
            json_scan_fail(s,
                           "the object of line %u does not end on its line: where the file is "
                           "one document, write reader = json",
                           (unsigned)line);
            return;
        }
        if (json_scan_next(s) != JSON_END && s->line == line) {
            json_scan_fail(s, "a second value on one line: begin a new line for it");
            return;
        }
    }
    if (r->row == 0 && s->rc == 0)
        s->rc = s->host->fail(s->call, SY_EINPUT, 0, 0, "is empty: no object in it");
}

static void allocate_batch(struct json_read *r)
{
    size_t n = r->columns.n;
    size_t rows = CELLS_MAX / n;
    r->rows_max = rows > SY_BATCH_ROWS ? SY_BATCH_ROWS : (uint32_t)rows;
    r->places = malloc(n * r->rows_max * 2 * sizeof *r->places);
    r->offset = malloc(n * sizeof *r->offset);
    r->length = malloc(n * sizeof *r->length);
    r->line = malloc(r->rows_max * sizeof *r->line);
    if (r->places == NULL || r->offset == NULL || r->length == NULL || r->line == NULL) {
        fail_nomem(r);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        r->offset[i] = r->places + i * 2 * r->rows_max;
        r->length[i] = r->offset[i] + r->rows_max;
    }
}

static void give_header(struct json_read *r)
{
    struct json_scan *s = &r->scan;
    sy_text *names = calloc(r->columns.n + 1u, sizeof *names);
    if (names == NULL) {
        fail_nomem(r);
        return;
    }
    for (uint32_t i = 0; i < r->columns.n; i++) {
        const struct json_column *c = &r->columns.items[i];
        names[i] = (sy_text){c->len == 0 ? "" : r->columns.names.bytes + c->at, (uint32_t)c->len};
    }
    s->rc = s->host->header(s->call, names, r->columns.n, r->first_line);
    free(names);
}

static int read_twice(struct json_read *r, void (*walk)(struct json_read *))
{
    struct json_scan *s = &r->scan;
    if (json_scan_start(s) == 0)
        walk(r);
    if (s->rc == 0)
        give_header(r);
    if (s->rc != 0 || r->columns.n == 0) /* no rows, or rows without cells */
        return s->rc;
    allocate_batch(r);
    if (s->rc == 0)
        s->rc = s->host->restart(s->call);
    for (uint32_t i = 0; i < r->columns.n; i++)
        r->columns.items[i].row = 0;
    r->row = 0;
    r->emits = true;
    r->text.len = 0;
    if (s->rc == 0 && json_scan_start(s) == 0)
        walk(r);
    hand_on_batch(r);
    return s->rc;
}

static int read_table(const sy_host *host, sy_call *call, void (*walk)(struct json_read *))
{
    struct json_read r = {.scan = {.host = host, .call = call}};
    int rc = read_twice(&r, walk);
    json_scan_dispose(&r.scan);
    json_columns_dispose(&r.columns);
    free(r.key.bytes);
    free(r.text.bytes);
    free(r.places);
    free(r.offset);
    free(r.length);
    free(r.line);
    return rc;
}

int json_read(const sy_host *host, sy_call *call)
{
    return read_table(host, call, read_document);
}

int ndjson_read(const sy_host *host, sy_call *call)
{
    return read_table(host, call, read_lines);
}
