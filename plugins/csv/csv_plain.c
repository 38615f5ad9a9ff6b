/*
 * csv_plain.c - records without quotes, as nearly all of a large table are, straight into a batch.
 *
 * Where cells end is found for a stretch at a time; a record is plain if its share of these places
 * is delimiters and then a line end. Any other is left to csv_scan.c, whose results these are.
 */
#include "csv.h"

/* What stands in the next ncolumns places of `stops` ends a record that begins at `pos`, whose
 * cells are put into row `row`. */
static bool put_row(const struct csv_scan *s, const struct csv_rows *rows, const uint32_t *stops,
                    size_t pos, uint32_t row)
{
    const char *data = s->data, delimiter = s->delimiter;
    const size_t stride = rows->stride, last = rows->ncolumns - 1;
    uint32_t *place = rows->places + row;
    uint32_t start = (uint32_t)pos;
    unsigned other = 0;
    for (size_t i = 0; i < last; i++) {
        const uint32_t stop = stops[i];
        other |= (unsigned)(data[stop] ^ delimiter);
        place[0] = start;
        place[stride] = stop - start;
        place += 2 * stride;
        start = stop + 1;
    }
    place[0] = start;
    place[stride] = stops[last] - start;
    return other == 0 && data[stops[last]] != delimiter && stops[last] != pos;
}

/* The rows of a regular window, column by column. */
static void take_regular(struct csv_window *w, struct csv_scan *s, struct csv_rows *rows,
                         size_t limit)
{
    const char *data = s->data;
    const size_t n = rows->ncolumns, stride = rows->stride;
    const uint32_t *stops = w->stops + w->next;
    uint32_t *start = rows->places + rows->nrows, *length = start + stride;
    size_t most = (w->nstops - w->next) / n, count = 0, pos = s->pos;
    if (most > rows->rows_max - rows->nrows)
        most = rows->rows_max - rows->nrows;
    for (; count < most && pos < limit && stops[n - 1] + (size_t)1 < s->end; stops += n) {
        const size_t end = stops[n - 1];
        start[count] = (uint32_t)pos;
        length[count] = stops[0] - (uint32_t)pos;
        rows->line[rows->nrows + count++] = s->line++;
        pos = end + 1 + (data[end] == '\r' && data[end + 1] == '\n');
    }
    for (size_t c = 1; c < n; c++) {
        stops = w->stops + w->next + c;
        start += 2 * stride;
        length += 2 * stride;
        for (size_t i = 0; i < count; i++, stops += n) {
            start[i] = stops[-1] + 1;
            length[i] = *stops - start[i];
        }
    }
    w->next += count * n;
    rows->nrows += (uint32_t)count;
    s->pos = pos;
}

/* The rows of any other window. CR LF is two bytes, which is why one behind the end is looked at.
 */
static void take_rows(struct csv_window *w, struct csv_scan *s, struct csv_rows *rows, size_t limit)
{
    const char *data = s->data;
    const uint32_t n = rows->ncolumns;
    size_t pos = s->pos, next = w->next;
    uint32_t row = rows->nrows, line = s->line;
    while (row < rows->rows_max && pos < limit && w->nstops - next >= n) {
        const size_t end = w->stops[next + n - 1];
        if (end + 1 >= s->end || !put_row(s, rows, w->stops + next, pos, row))
            break;
        rows->line[row++] = line++;
        next += n;
        pos = end + 1 + (data[end] == '\r' && data[end + 1] == '\n');
    }
    w->next = next;
    rows->nrows = row;
    s->pos = pos;
    s->line = line;
}

/* Whether all records of a window have n cells. With one, a blank line would look like a record. */
static bool is_regular(const struct csv_window *w, const struct csv_scan *s, size_t n, size_t lines)
{
    if (n < 2 || w->nstops < lines * n || w->nstops >= (lines + 1) * n)
        return false;
    for (size_t i = 0; i < lines; i++)
        if (s->data[w->stops[i * n + n - 1]] == s->delimiter)
            return false;
    return true;
}

static void open_window(struct csv_window *w, const struct csv_scan *s, size_t ncolumns)
{
    size_t lines;
    w->from = s->pos;
    w->to = s->end - s->pos < CSV_WINDOW ? s->end : s->pos + CSV_WINDOW;
    const size_t end = w->to;
    w->next = 0;
    w->nstops = s->find->stops(w->stops, &lines, s->data, w->from, &w->to, s->delimiter);
    w->at_quote = w->to < end;
    w->regular = is_regular(w, s, ncolumns, lines);
}

void csv_plain_rows(struct csv_window *w, struct csv_scan *s, struct csv_rows *rows, size_t limit)
{
    while (rows->nrows < rows->rows_max && s->pos < limit && s->pos < s->end) {
        if (s->pos < w->from || s->pos >= w->to)
            open_window(w, s, rows->ncolumns);
        while (w->next < w->nstops && w->stops[w->next] < s->pos)
            w->next++; /* of a record that was not plain */
        if (w->regular)
            take_regular(w, s, rows, limit);
        else
            take_rows(w, s, rows, limit);
        const bool used_up = w->nstops - w->next < rows->ncolumns;
        if (!used_up || w->at_quote || w->from == s->pos)
            return;
        if (s->pos < w->to)
            w->to = w->from; /* a record goes on behind the window: the next begins with it */
    }
}
