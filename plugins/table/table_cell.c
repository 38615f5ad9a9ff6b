/*
 * table_cell.c - the cells of a row as a terminal may show them.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "table.h"

#define NUMBER_MAX 48

static bool add(struct drawing *d, const char *bytes, size_t len)
{
    if (len > d->text_cap - d->text_len) {
        size_t cap = (d->text_len + len) * 2;
        char *grown = realloc(d->text, cap);
        if (grown == NULL)
            return false;
        d->text = grown;
        d->text_cap = cap;
    }
    if (len > 0)
        memcpy(d->text + d->text_len, bytes, len);
    d->text_len += len;
    return true;
}

/* How many bytes at `s` a terminal would obey instead of showing them: controls, and what turns
 * the direction of writing. */
static size_t find_control(const unsigned char *s, size_t len)
{
    if (s[0] < 0x20 || s[0] == 0x7F)
        return 1;
    if (len >= 2 && s[0] == 0xC2 && s[1] >= 0x80 && s[1] < 0xA0)
        return 2;
    if (len < 3 || s[0] != 0xE2)
        return 0;
    bool turns = (s[1] == 0x80 && s[2] >= 0xA8 && s[2] <= 0xAE) ||
                 (s[1] == 0x81 && s[2] >= 0xA6 && s[2] <= 0xA9);
    return turns ? 3 : 0;
}

static bool add_control(struct drawing *d, const char *text, size_t at, size_t n)
{
    char c = text[at], shown[8];
    if (c == '\n' && at > 0 && text[at - 1] == '\r')
        return true;
    if (c == '\n' || c == '\r' || c == '\t')
        return add(d, " ", 1);
    for (size_t i = 0; i < n; i++) {
        snprintf(shown, sizeof shown, "\\x%02x", (unsigned char)text[at + i]);
        if (!add(d, shown, 4))
            return false;
    }
    return true;
}

/* A cell stays one line: its own line ends and tabs become blanks. */
static bool add_text(struct drawing *d, const char *text, size_t len)
{
    size_t kept = 0;
    for (size_t i = 0; i < len;) {
        size_t n = find_control((const unsigned char *)text + i, len - i);
        if (n > 0) {
            if (!add(d, text + kept, i - kept) || !add_control(d, text, i, n))
                return false;
            kept = i + n;
        }
        i += n == 0 ? 1 : n;
    }
    return add(d, text + kept, len - kept);
}

static bool add_cell(struct drawing *d, const sy_cell *cell)
{
    char number[NUMBER_MAX];
    switch (cell->type) {
    case SY_CELL_TEXT:
    case SY_CELL_DATA:
        return cell->text == NULL || add_text(d, cell->text, cell->text_len);
    case SY_CELL_BOOL:
        return add(d, cell->integer ? "yes" : "no", cell->integer ? 3 : 2);
    case SY_CELL_INTEGER:
        return add(d, number, (size_t)snprintf(number, sizeof number, "%" PRId64, cell->integer));
    case SY_CELL_NUMBER:
        return !isfinite(cell->number) ||
               add(d, number, d->host->print_number(number, cell->number));
    case SY_CELL_DECIMAL:
        return add(d, number, d->host->print_decimal(number, cell->integer, cell->places));
    default: /* a flat table has no place for a view */
        return true;
    }
}

bool table_take_row(struct drawing *d, size_t row)
{
    d->text_len = 0;
    for (size_t c = 0; c < d->ncolumns; c++) {
        sy_cell cell = {0};
        d->what->ops->cell(d->what->ctx, row, c, &cell);
        d->columns[c].at = d->text_len;
        if (!add_cell(d, &cell))
            return false;
        d->columns[c].end = d->text_len;
    }
    return add(d, "", 1); /* so that there are bytes even where every cell is empty */
}

bool table_take_labels(struct drawing *d)
{
    d->text_len = 0;
    for (size_t c = 0; c < d->ncolumns; c++) {
        d->columns[c].at = d->text_len;
        if (!add_text(d, d->columns[c].label, strlen(d->columns[c].label)))
            return false;
        d->columns[c].end = d->text_len;
    }
    return add(d, "", 1);
}
