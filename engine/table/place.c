/*
 * place.c - places as text.
 */
#include "table/place.h"

#include <string.h>

uint32_t place_cell(uint32_t column, uint32_t row)
{
    if (column > PLACE_COLUMN_MAX)
        column = 0;
    return column << PLACE_ROW_BITS | (row > PLACE_ROW_MAX ? PLACE_ROW_MAX : row);
}

uint32_t place_column(uint32_t line)
{
    return line >> PLACE_ROW_BITS;
}

bool place_is_sheet(const char *file)
{
    const size_t len = strlen(file);
    return len > 0 && file[len - 1] == '!';
}

/* 1 is A, 27 is AA. */
static void print_letters(struct buf *out, uint32_t column)
{
    char letters[8];
    size_t at = sizeof letters;
    for (; column > 0; column = (column - 1) / 26)
        letters[--at] = (char)('A' + (column - 1) % 26);
    buf_add(out, letters + at, sizeof letters - at);
}

void place_print(struct buf *out, const char *file, uint32_t line)
{
    const size_t len = strlen(file);
    const bool sheet = place_is_sheet(file);
    buf_add(out, file, sheet && line == 0 ? len - 1 : len);
    if (sheet && line) {
        print_letters(out, place_column(line));
        buf_printf(out, "%u", (unsigned)(line & PLACE_ROW_MAX));
    } else if (line) {
        buf_printf(out, ":%u", (unsigned)line);
    }
}
