/*
 * rows.c - the rows of a statement in batches: what each kind of value is as text.
 */
#include "sqlite.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "text.h"

#define ROWS        1024
#define BYTES_FULL  ((size_t)4 << 20) /* of a batch: more begin the next one */
#define BYTES_FIRST ((size_t)64 << 10)

/* What a column was declared as, where that changes how its values are read. */
enum declared { DECLARED_OTHER, DECLARED_TIME, DECLARED_BOOL };

/* Owns: all. */
struct rows {
    struct reading *r;
    uint32_t ncolumns, n;
    enum declared *declared;
    uint32_t *numbers; /* of each column the offsets, then of each the lengths; then the lines */
    const uint32_t **offset, **length;
    char *bytes;
    size_t len, cap;
};

static bool rows_open(struct rows *w, struct reading *r)
{
    const size_t n = (size_t)sqlite3_column_count(r->statement);
    *w = (struct rows){.r = r,
                       .ncolumns = (uint32_t)n,
                       .declared = calloc(n, sizeof *w->declared),
                       .numbers = malloc((2 * n + 1) * ROWS * sizeof *w->numbers),
                       .offset = malloc(n * sizeof *w->offset),
                       .length = malloc(n * sizeof *w->length)};
    if (w->declared == NULL || w->numbers == NULL || w->offset == NULL || w->length == NULL)
        return false;
    for (size_t c = 0; c < n; c++) {
        const char *type = sqlite3_column_decltype(r->statement, (int)c);
        w->offset[c] = w->numbers + c * ROWS;
        w->length[c] = w->numbers + (n + c) * ROWS;
        if (type != NULL && (strcasestr(type, "date") != NULL || strcasestr(type, "time") != NULL))
            w->declared[c] = DECLARED_TIME;
        else if (type != NULL &&
                 (strcasecmp(type, "boolean") == 0 || strcasecmp(type, "bool") == 0))
            w->declared[c] = DECLARED_BOOL;
    }
    return true;
}

static void rows_free(struct rows *w)
{
    free(w->declared);
    free(w->numbers);
    free(w->offset);
    free(w->length);
    free(w->bytes);
}

static int give_rows(struct rows *w)
{
    sy_batch batch = {.struct_size = sizeof batch,
                      .nrows = w->n,
                      .ncolumns = w->ncolumns,
                      .base = w->bytes,
                      .base_len = w->len,
                      .offset = w->offset,
                      .length = w->length,
                      .line = w->numbers + 2 * (size_t)w->ncolumns * ROWS};
    int rc = w->n == 0 ? 0 : w->r->host->batch(w->r->call, &batch);
    w->n = 0;
    w->len = 0;
    return rc;
}

static int add_bytes(struct rows *w, const char *text, size_t len)
{
    if (w->cap - w->len < len || w->bytes == NULL) {
        size_t cap = w->cap == 0 ? BYTES_FIRST : w->cap;
        while (cap - w->len < len)
            cap *= 2;
        char *grown = realloc(w->bytes, cap);
        if (grown == NULL)
            return reading_nomem(w->r);
        w->bytes = grown;
        w->cap = cap;
    }
    memcpy(w->bytes + w->len, text, len);
    w->len += len;
    return 0;
}

static int refuse_cell(struct rows *w, uint32_t column, const char *why)
{
    return w->r->host->fail(w->r->call, SY_EINPUT, w->r->row, 0, "column '%s' %s",
                            sqlite3_column_name(w->r->statement, (int)column), why);
}

static int add_text(struct rows *w, uint32_t column)
{
    sqlite3_stmt *s = w->r->statement;
    const char *text = (const char *)sqlite3_column_text(s, (int)column);
    size_t len = (size_t)sqlite3_column_bytes(s, (int)column);
    if (text == NULL)
        return reading_nomem(w->r);
    if (memchr(text, '\0', len) != NULL)
        return refuse_cell(w, column, "holds a NUL, which no text has");
    if (!text_is_valid(text, len))
        return refuse_cell(w, column, "holds text that is no UTF-8");
    if (w->declared[column] == DECLARED_TIME && text_is_midnight(text, len))
        len = TEXT_DATE_LEN;
    return add_bytes(w, text, len);
}

static int add_real(struct rows *w, double x)
{
    char text[40];
    if (isinf(x)) /* no number to score: the row is told of */
        return x > 0 ? add_bytes(w, "Infinity", 8) : add_bytes(w, "-Infinity", 9);
    return add_bytes(w, text, w->r->host->print_number(text, x));
}

static int add_integer(struct rows *w, uint32_t column, sqlite3_int64 x)
{
    char text[24];
    if (w->declared[column] == DECLARED_BOOL && (x == 0 || x == 1))
        return x == 1 ? add_bytes(w, "true", 4) : add_bytes(w, "false", 5);
    int len = snprintf(text, sizeof text, "%lld", (long long)x);
    return add_bytes(w, text, (size_t)len);
}

static int add_cell(struct rows *w, uint32_t column)
{
    sqlite3_stmt *s = w->r->statement;
    uint32_t *length = w->numbers + ((size_t)w->ncolumns + column) * ROWS + w->n;
    const size_t before = w->len;
    int rc = 0;
    w->numbers[(size_t)column * ROWS + w->n] = (uint32_t)before;
    *length = SY_CELL_ABSENT;
    switch (sqlite3_column_type(s, (int)column)) {
    case SQLITE_NULL:
        return 0;
    case SQLITE_INTEGER:
        rc = add_integer(w, column, sqlite3_column_int64(s, (int)column));
        break;
    case SQLITE_FLOAT:
        rc = add_real(w, sqlite3_column_double(s, (int)column));
        break;
    case SQLITE_BLOB:
        return refuse_cell(w, column, "is a blob, which is no figure: leave it out by a query");
    default:
        rc = add_text(w, column);
    }
    *length = (uint32_t)(w->len - before);
    return rc;
}

static int add_row(struct rows *w)
{
    int rc = 0;
    struct reading *r = w->r;
    if (!r->bounded && r->row > SQLITE_ROWS_MAX)
        return r->host->fail(r->call, SY_EINPUT, 0, 0,
                             "%s gives over 10 million rows: does it end at all?",
                             r->table != NULL ? r->table : "the query");
    for (uint32_t c = 0; c < w->ncolumns && rc == 0; c++)
        rc = add_cell(w, c);
    w->numbers[2 * (size_t)w->ncolumns * ROWS + w->n] = r->row;
    w->n++;
    if (rc == 0 && (w->n == ROWS || w->len >= BYTES_FULL))
        rc = give_rows(w);
    return rc;
}

static int give_header(struct rows *w)
{
    struct reading *r = w->r;
    const char *name = r->table != NULL ? r->table : "query";
    sy_sheet sheet = {.struct_size = sizeof sheet, .name = {name, (uint32_t)strlen(name)}};
    sy_text *names = calloc(w->ncolumns, sizeof *names);
    int rc = names == NULL ? reading_nomem(r) : r->host->sheet(r->call, &sheet);
    for (uint32_t c = 0; c < w->ncolumns && rc == 0; c++) {
        names[c].bytes = sqlite3_column_name(r->statement, (int)c);
        if (names[c].bytes == NULL)
            rc = reading_nomem(r);
        else
            names[c].len = (uint32_t)strlen(names[c].bytes);
    }
    if (rc == 0)
        rc = r->host->header(r->call, names, w->ncolumns, 0);
    free(names);
    return rc;
}

int rows_read(struct reading *r)
{
    struct rows w;
    int code = SQLITE_DONE;
    int rc = rows_open(&w, r) ? give_header(&w) : reading_nomem(r);
    while (rc == 0 && (code = sqlite3_step(r->statement)) == SQLITE_ROW) {
        r->row++;
        r->steps = 0;
        rc = add_row(&w);
    }
    if (rc == 0 && code != SQLITE_DONE) {
        r->row++; /* the one that did not come */
        rc = reading_fail(r, code);
    }
    if (rc == 0)
        rc = give_rows(&w);
    rows_free(&w);
    return rc;
}
