/*
 * rows.c - the rows behind the cursor in batches, some at a time: what each type's text is.
 */
#include "postgres.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decimal.h"
#include "text.h"

#define FETCH       "FETCH 1024 FROM steelyard"
#define ROWS        1024
#define BYTES_FIRST ((size_t)64 << 10)

/* Types by their number in every server's catalogue. */
enum type {
    TYPE_BOOL = 16,
    TYPE_BYTEA = 17,
    TYPE_FLOAT4 = 700,
    TYPE_FLOAT8 = 701,
    TYPE_MONEY = 790,
    TYPE_TIMESTAMP = 1114,
    TYPE_TIMESTAMPTZ = 1184
};

/* Owns: all but the result. */
struct rows {
    struct reading *r;
    const PGresult *result; /* at hand */
    uint32_t ncolumns, n;
    uint32_t *numbers; /* of each column the offsets, then of each the lengths; then the lines */
    const uint32_t **offset, **length;
    char *bytes;
    size_t len, cap;
};

static bool rows_open(struct rows *w, struct reading *r, const PGresult *first)
{
    const size_t n = (size_t)PQnfields(first);
    *w = (struct rows){.r = r,
                       .ncolumns = (uint32_t)n,
                       .numbers = malloc((2 * n + 1) * ROWS * sizeof *w->numbers),
                       .offset = malloc((n + 1) * sizeof *w->offset),
                       .length = malloc((n + 1) * sizeof *w->length)};
    if (w->numbers == NULL || w->offset == NULL || w->length == NULL)
        return false;
    for (size_t c = 0; c < n; c++) {
        w->offset[c] = w->numbers + c * ROWS;
        w->length[c] = w->numbers + (n + c) * ROWS;
    }
    return true;
}

static void rows_free(struct rows *w)
{
    free(w->numbers);
    free(w->offset);
    free(w->length);
    free(w->bytes);
}

static int add_bytes(struct rows *w, const char *text, size_t len)
{
    if (w->cap - w->len < len || w->bytes == NULL) {
        size_t cap = w->cap == 0 ? BYTES_FIRST : w->cap;
        while (cap - w->len < len)
            cap *= 2;
        char *grown = cap > UINT32_MAX ? NULL : realloc(w->bytes, cap);
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
                            PQfname(w->result, (int)column), why);
}

static int add_value(struct rows *w, uint32_t column, const char *text, size_t len)
{
    char number[DECIMAL_MAX];
    size_t n;
    switch ((int)PQftype(w->result, (int)column)) {
    case TYPE_BOOL:
        return text[0] == 't' ? add_bytes(w, "true", 4) : add_bytes(w, "false", 5);
    case TYPE_BYTEA:
        return refuse_cell(w, column, "is bytea, which is no figure: leave it out by a query");
    case TYPE_FLOAT4:
    case TYPE_FLOAT8:
        n = decimal_write(number, text, len);
        return n > 0 ? add_bytes(w, number, n) : add_bytes(w, text, len);
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMPTZ:
        return add_bytes(w, text, text_is_midnight(text, len) ? TEXT_DATE_LEN : len);
    default:
        /* A server whose database has no encoding gives the bytes that it has. */
        if (!text_is_valid(text, len))
            return refuse_cell(w, column, "holds text that is no UTF-8");
        return add_bytes(w, text, len);
    }
}

static int add_row(struct rows *w, int row)
{
    int rc = 0;
    for (uint32_t c = 0; c < w->ncolumns && rc == 0; c++) {
        uint32_t *length = w->numbers + ((size_t)w->ncolumns + c) * ROWS + w->n;
        const size_t before = w->len, len = (size_t)PQgetlength(w->result, row, (int)c);
        w->numbers[(size_t)c * ROWS + w->n] = (uint32_t)before;
        *length = SY_CELL_ABSENT;
        if (PQgetisnull(w->result, row, (int)c))
            continue;
        if (len > POSTGRES_CELL_MAX)
            return refuse_cell(w, c, "holds over 16 MiB");
        rc = add_value(w, c, PQgetvalue(w->result, row, (int)c), len);
        *length = (uint32_t)(w->len - before);
    }
    w->numbers[2 * (size_t)w->ncolumns * ROWS + w->n] = w->r->row;
    w->n++;
    return rc;
}

static int give_rows(struct rows *w, const PGresult *result)
{
    struct reading *r = w->r;
    int rc = 0;
    w->result = result;
    w->n = 0;
    w->len = 0;
    for (int i = 0; i < PQntuples(result) && rc == 0; i++) {
        if (++r->row > POSTGRES_ROWS_MAX && !r->bounded)
            return r->host->fail(r->call, SY_EINPUT, 0, 0,
                                 "%s gives over 10 million rows: does it end at all?",
                                 r->table != NULL ? r->table : "the query");
        rc = add_row(w, i);
    }
    sy_batch batch = {.struct_size = sizeof batch,
                      .nrows = w->n,
                      .ncolumns = w->ncolumns,
                      .base = w->bytes,
                      .base_len = w->len,
                      .offset = w->offset,
                      .length = w->length,
                      .line = w->numbers + 2 * (size_t)w->ncolumns * ROWS};
    return rc != 0 || w->n == 0 ? rc : r->host->batch(r->call, &batch);
}

static int give_header(struct reading *r, const PGresult *first)
{
    const int n = PQnfields(first);
    const char *name = r->table != NULL ? r->table : "query";
    sy_sheet sheet = {.struct_size = sizeof sheet, .name = {name, (uint32_t)strlen(name)}};
    sy_text *names = n > 0 ? calloc((size_t)n, sizeof *names) : NULL;
    if (n > 0 && names == NULL)
        return reading_nomem(r);
    int rc = n > 0 ? r->host->sheet(r->call, &sheet)
                   : r->host->fail(r->call, SY_EINPUT, 0, 0, "%s has no columns", name);
    for (int c = 0; c < n && rc == 0; c++) {
        names[c] = (sy_text){PQfname(first, c), (uint32_t)strlen(PQfname(first, c))};
        if (PQftype(first, c) == TYPE_MONEY)
            rc =
                r->host->fail(r->call, SY_EINPUT, 0, 0,
                              "column '%s' of %s is of type money, which each server writes in its "
                              "own way: make it numeric, by a query",
                              PQfname(first, c), name);
    }
    if (rc == 0)
        rc = r->host->header(r->call, names, (uint32_t)n, 0);
    free(names);
    return rc;
}

int rows_read(struct reading *r)
{
    struct rows w = {.r = r};
    PGresult *result = NULL;
    bool more = true;
    int rc = reading_ask(&result, r, FETCH, NULL, PGRES_TUPLES_OK);
    if (rc == 0)
        rc = give_header(r, result);
    if (rc == 0 && !rows_open(&w, r, result))
        rc = reading_nomem(r);
    while (rc == 0 && more) {
        rc = give_rows(&w, result);
        more = PQntuples(result) > 0;
        PQclear(result);
        result = NULL;
        if (rc == 0 && more)
            rc = reading_ask(&result, r, FETCH, NULL, PGRES_TUPLES_OK);
    }
    PQclear(result);
    rows_free(&w);
    return rc;
}
