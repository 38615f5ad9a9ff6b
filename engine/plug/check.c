/*
 * check.c - headers and batches of readers that are not built in: a plugin's mistake ends its read
 * with a message, as far as memory shows it.
 */
#include "plug/check.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

#define COLUMNS_MAX    100000u
#define SHEET_NAME_MAX 1000u

static bool is_text(const char *bytes, size_t len)
{
    return memchr(bytes, '\0', len) == NULL && text_is_utf8(bytes, len);
}

const char *check_header(const sy_text *names, uint32_t n)
{
    if (n > COLUMNS_MAX)
        return "gave a header of over 100000 columns";
    if (n > 0 && names == NULL)
        return "gave a header without names";
    for (uint32_t i = 0; i < n; i++) {
        if (names[i].len > SY_CELL_MAX)
            return "gave a column name of over 64 MiB";
        if (names[i].len > 0 && (names[i].bytes == NULL || !is_text(names[i].bytes, names[i].len)))
            return "gave a column name that is no UTF-8 text";
    }
    return NULL;
}

const char *check_sheet(const sy_sheet *sheet)
{
    if (sheet == NULL || sheet->struct_size < sizeof *sheet || sheet->name.bytes == NULL)
        return "named no sheet";
    if (sheet->name.len == 0 || sheet->name.len > SHEET_NAME_MAX ||
        !is_text(sheet->name.bytes, sheet->name.len))
        return "gave a sheet a name that is no UTF-8 text of up to 1000 bytes";
    return NULL;
}

static const char *check_cell(const sy_batch *b, uint32_t offset, uint32_t length)
{
    if (length == SY_CELL_ABSENT || length == 0)
        return NULL;
    if (length > SY_CELL_MAX)
        return "gave a cell of over 64 MiB";
    if (offset > b->base_len || length > b->base_len - offset)
        return "gave a cell that lies outside of its bytes";
    return is_text(b->base + offset, length) ? NULL : "gave a cell that is no UTF-8 text";
}

static const char *check_columns(const sy_batch *b)
{
    for (uint32_t c = 0; c < b->ncolumns; c++) {
        if (b->offset[c] == NULL || b->length[c] == NULL)
            return "gave rows without offsets or lengths";
    }
    return NULL;
}

const char *check_batch(const sy_batch *b, uint32_t ncolumns, uint32_t *line)
{
    if (b == NULL || b->struct_size < offsetof(sy_batch, base_len) + sizeof b->base_len)
        return "gave a batch of an older kind: build it anew";
    if (b->ncolumns != ncolumns)
        return "gave rows that do not fit its header";
    if (b->nrows > SY_BATCH_ROWS)
        return "gave over 8192 rows at once";
    if (b->nrows == 0)
        return NULL;
    if (b->ncolumns == 0)
        return "gave rows without columns";
    if (b->base == NULL || b->offset == NULL || b->length == NULL || b->line == NULL)
        return "gave rows without bytes, offsets, lengths or lines";
    const char *wrong = check_columns(b);
    for (uint32_t r = 0; r < b->nrows && wrong == NULL; r++) {
        for (uint32_t c = 0; c < b->ncolumns && wrong == NULL; c++)
            wrong = check_cell(b, b->offset[c][r], b->length[c][r]);
        *line = b->line[r];
    }
    return wrong;
}
