/*
 * rows.c - cells become rows, rows batches; the first of them may be the header.
 */
#include "xlsx.h"

#include <stdlib.h>
#include <string.h>

#define BATCH_BYTES (4u << 20)
#define GRID_ROWS   64u /* in one batch, of cells without a header */
#define CELLS_MAX   (1u << 22)
#define COLUMNS_MAX 4096u /* of a header */

static int fail_nomem(struct rows *r)
{
    return r->host->fail(r->call, SY_ENOMEM, 0, 0, "out of memory");
}

static int allocate(struct rows *r, uint32_t ncolumns, uint32_t most)
{
    const uint32_t room = CELLS_MAX / ncolumns;
    const size_t n = ncolumns;
    r->ncolumns = ncolumns;
    r->rows_max = room < most ? room : most;
    r->offset = calloc(n * r->rows_max, 2 * sizeof *r->offset);
    r->offsets = calloc(n, 2 * sizeof *r->offsets);
    r->line = calloc(r->rows_max, sizeof *r->line);
    if (r->offset == NULL || r->offsets == NULL || r->line == NULL)
        return fail_nomem(r);
    r->length = r->offset + n * r->rows_max;
    r->lengths = r->offsets + n;
    for (size_t c = 0; c < n; c++) {
        r->offsets[c] = r->offset + c * r->rows_max;
        r->lengths[c] = r->length + c * r->rows_max;
    }
    return 0;
}

void rows_free(struct rows *r)
{
    bytes_free(&r->base);
    free(r->offset);
    free(r->offsets);
    free(r->line);
    free(r->names);
}

int rows_open_grid(struct rows *r)
{
    r->grid = r->begun = true;
    r->first = 1;
    return r->offset == NULL ? allocate(r, GRID_COLUMNS, GRID_ROWS) : 0;
}

static int flush(struct rows *r)
{
    const uint32_t n = r->n;
    if (n == 0)
        return 0;
    const sy_batch batch = {.struct_size = sizeof batch,
                            .nrows = n,
                            .ncolumns = r->ncolumns,
                            .base = r->base.data,
                            .offset = r->offsets,
                            .length = r->lengths,
                            .line = r->line,
                            .base_len = r->base.len};
    const int rc = r->host->batch(r->call, &batch);
    r->n = 0;
    r->base.len = 0;
    return rc;
}

int rows_doubt(struct rows *r, sy_doubt what, uint32_t row, uint32_t column, const char *text)
{
    const sy_text copy = {text, (uint32_t)strlen(text)};
    return r->begun ? r->host->doubt(r->call, what, row, column, &copy) : 0;
}

void rows_begin(struct rows *r, uint32_t row, bool hidden)
{
    r->row = row;
    r->hidden = hidden;
    r->filled = false;
    for (uint32_t c = 0; r->begun && c < r->ncolumns; c++)
        r->length[(size_t)c * r->rows_max + r->n] = SY_CELL_ABSENT;
}

bool rows_want(const struct rows *r, uint32_t column)
{
    if (r->row < r->top || r->row > r->bottom || (!r->begun && r->row < r->header))
        return false;
    return column >= r->left && column <= r->right;
}

static bool is_blank(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (strchr(" \t\r\n", text[i]) == NULL)
            return false;
    return true;
}

/* The cell of a header: its names follow each other without gaps in `names`, a name a column. */
static int add_name(struct rows *r, uint32_t column, size_t at, size_t len)
{
    if (r->names == NULL)
        r->names = calloc(COLUMNS_MAX + 1, sizeof *r->names);
    if (r->names == NULL)
        return fail_nomem(r);
    if (column > COLUMNS_MAX)
        return r->host->fail(r->call, SY_EINPUT, r->row, column,
                             "the header goes on behind column 4096: name the table's cells with "
                             "range (such as A1:L200)");
    r->names[column] = (struct name){(uint32_t)at, (uint32_t)len};
    if (r->first == 0 || column < r->first)
        r->first = column;
    if (column > r->last)
        r->last = column;
    return 0;
}

int rows_cell(struct rows *r, uint32_t column, const char *text, size_t len)
{
    const size_t at = r->base.len;
    if (is_blank(text, len))
        return 0;
    const uint32_t c = column - r->first;
    if (r->begun && (column < r->first || c >= r->ncolumns)) {
        const bool known = r->beside_row != 0;
        r->beside_row = known ? r->beside_row : r->row;
        r->beside_column = known ? r->beside_column : column;
        return 0;
    }
    if (!bytes_add(&r->base, text, len))
        return fail_nomem(r);
    r->filled = true;
    if (!r->begun)
        return add_name(r, column, at, len);
    r->offset[(size_t)c * r->rows_max + r->n] = (uint32_t)at;
    r->length[(size_t)c * r->rows_max + r->n] = (uint32_t)len;
    return 0;
}

/* Columns that nobody sees are read like others, which is said. */
static int doubt_columns(struct rows *r)
{
    int rc = 0;
    for (uint32_t c = r->first; rc == 0 && c <= r->last; c++) {
        if (r->names[c].len > 0 && r->hidden_columns != NULL &&
            (r->hidden_columns[c / 8] >> (c % 8) & 1) != 0)
            rc = rows_doubt(r, SY_DOUBT_HIDDEN, r->row, c, "");
    }
    return rc;
}

static int give_header(struct rows *r)
{
    if (r->left > 1 || r->right < XLSX_COLUMNS) {
        r->first = r->left;
        r->last = r->right < COLUMNS_MAX ? r->right : COLUMNS_MAX;
    }
    const uint32_t n = r->last - r->first + 1;
    sy_text *names = calloc(n, sizeof *names);
    if (names == NULL)
        return fail_nomem(r);
    for (uint32_t i = 0; i < n; i++) {
        const struct name *name = &r->names[r->first + i];
        names[i] = (sy_text){name->len > 0 ? r->base.data + name->at : "", name->len};
    }
    r->sheet.first_column = r->first;
    int rc = r->host->sheet(r->call, &r->sheet);
    if (rc == 0)
        rc = r->host->header(r->call, names, n, r->row);
    free(names);
    r->begun = true;
    r->base.len = 0;
    if (rc == 0)
        rc = allocate(r, n, SY_BATCH_ROWS);
    return rc != 0 ? rc : doubt_columns(r);
}

int rows_end(struct rows *r)
{
    if (!r->filled)
        return 0;
    r->nhidden += r->hidden;
    r->first_hidden = r->hidden && r->first_hidden == 0 ? r->row : r->first_hidden;
    if (!r->begun)
        return give_header(r);
    r->line[r->n++] = r->row;
    return r->n == r->rows_max || r->base.len >= BATCH_BYTES ? flush(r) : 0;
}

/* What is to be said of the whole sheet. */
int rows_close(struct rows *r)
{
    char count[16];
    int rc = flush(r);
    if (rc == 0 && (r->sheet.flags & SY_SHEET_HIDDEN) != 0)
        rc = rows_doubt(r, SY_DOUBT_HIDDEN, 0, 0, "");
    if (rc == 0 && r->nhidden > 0) {
        size_t at = sizeof count;
        count[--at] = '\0';
        for (uint32_t n = r->nhidden; n > 0; n /= 10)
            count[--at] = (char)('0' + n % 10);
        rc = rows_doubt(r, SY_DOUBT_HIDDEN, r->first_hidden, 0, count + at);
    }
    if (rc == 0 && r->beside_row > 0)
        rc = rows_doubt(r, SY_DOUBT_BESIDE, r->beside_row, r->beside_column, "");
    r->nhidden = r->first_hidden = r->beside_row = 0;
    return rc;
}
