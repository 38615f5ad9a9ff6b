/*
 * csv_scan.c - finds the records and cells of CSV text (RFC 4180) in a buffer.
 *
 * The hot loop of loading. A record is first found whole and only then changed, since the buffer
 * may end within it and it is then scanned again.
 */
#include "csv.h"

#include <stdlib.h>
#include <string.h>

static const char UNCLOSED[] = "quoted cell opened here is never closed";
static const char AFTER_QUOTE[] =
    "text after a closing quote: write a quote inside a quoted cell as two quotes";

/* Any scan for the end of a cell stops here, and one for a whole block reads no further. What was
 * known of the buffer is forgotten. */
void csv_scan_guard(struct csv_scan *s)
{
    memset(s->data + s->end, '\n', CSV_GUARD);
    s->block = SIZE_MAX;
    if (s->find == NULL)
        s->find = csv_marks_choose();
}

/* The first delimiter or line end at or after p. */
static const char *find_stop(struct csv_scan *s, const char *p)
{
    const size_t at = (size_t)(p - s->data);
    size_t block = at / CSV_BLOCK;
    if (block != s->block)
        s->marks = s->find->block(s->data + block * CSV_BLOCK, s->delimiter);
    uint64_t marks = s->marks >> (at % CSV_BLOCK) << (at % CSV_BLOCK);
    while (marks == 0) {
        block++;
        marks = s->marks = s->find->block(s->data + block * CSV_BLOCK, s->delimiter);
    }
    s->block = block;
    return s->data + block * CSV_BLOCK + csv_first_bit(marks);
}

static uint32_t count_lines(const char *p, const char *end)
{
    uint32_t n = 0;
    for (; p < end; p++) {
        if (*p == '\n' || (*p == '\r' && (p + 1 == end || p[1] != '\n')))
            n++;
    }
    return n;
}

/* Characters from the start of its line to `at`, from 1. */
static uint32_t count_column(const struct csv_scan *s, const char *at)
{
    uint32_t column = 1;
    for (const char *p = at; p > s->data + s->pos; p--) {
        if (p[-1] == '\n' || p[-1] == '\r')
            break;
        column += ((unsigned char)p[-1] & 0xC0) != 0x80;
    }
    return column;
}

static void set_broken(struct csv_scan *s, const char *why, const char *at)
{
    s->broken = why;
    s->broken_line = s->line + count_lines(s->data + s->pos, at);
    s->broken_column = count_column(s, at);
}

static bool grow_cells(struct csv_scan *s)
{
    size_t cap = s->cells_cap == 0 ? 64 : s->cells_cap * 2;
    struct csv_cell *grown = realloc(s->cells, cap * sizeof *grown);
    if (grown == NULL) {
        s->broken = NULL;
        return false;
    }
    s->cells = grown;
    s->cells_cap = cap;
    return true;
}

/* The end of the quoted cell that opens at `open`: *after is behind its closing quote. */
static enum csv_found find_quote_end(struct csv_scan *s, const char *open, const char **after,
                                     bool *doubled)
{
    const char *end = s->data + s->end;
    const char *p = open + 1;
    for (;;) {
        p = memchr(p, '"', (size_t)(end - p));
        if (p == NULL && !s->eof)
            return CSV_MORE;
        if (p == NULL) {
            set_broken(s, UNCLOSED, open);
            return CSV_BROKEN;
        }
        if (p + 1 == end && !s->eof)
            return CSV_MORE;
        if (p + 1 == end || p[1] != '"') {
            *after = p + 1;
            return CSV_RECORD;
        }
        *doubled = true;
        p += 2;
    }
}

/* A quoted cell becomes cell n of the record; *p moves behind it. */
static enum csv_found scan_quoted(struct csv_scan *s, const char **p, size_t n)
{
    const char *open = *p, *after = NULL;
    bool doubled = false;
    enum csv_found found = find_quote_end(s, open, &after, &doubled);
    if (found != CSV_RECORD)
        return found;
    if (*after != s->delimiter && *after != '\n' && *after != '\r') {
        set_broken(s, AFTER_QUOTE, after);
        return CSV_BROKEN;
    }
    uint32_t length = (uint32_t)(after - open - 2);
    s->cells[n].offset = (uint32_t)(open + 1 - s->data);
    s->cells[n].length = doubled ? length | CSV_DOUBLED : length;
    *p = after;
    return CSV_RECORD;
}

/* Doubled quotes become single ones, in place. */
static void undouble(struct csv_scan *s)
{
    for (size_t i = 0; i < s->ncells; i++) {
        struct csv_cell *cell = &s->cells[i];
        if ((cell->length & CSV_DOUBLED) == 0)
            continue;
        char *text = s->data + cell->offset;
        uint32_t length = cell->length & ~CSV_DOUBLED, kept = 0;
        for (uint32_t j = 0; j < length; j++) {
            text[kept++] = text[j];
            if (text[j] == '"')
                j++;
        }
        cell->length = kept;
    }
}

/* Ends the record before `p`, which is at its line end. CSV_MORE where CR may be half of CR LF. */
static enum csv_found end_record(struct csv_scan *s, const char *p, size_t ncells, bool quoted)
{
    const char *end = s->data + s->end;
    const char *start = s->data + s->pos;
    bool blank = p == start;
    if (p == end && !s->eof)
        return CSV_MORE;
    if (*p == '\r' && p + 1 == end && !s->eof)
        return CSV_MORE;

    uint32_t lines = 1;
    if (quoted) {
        lines += count_lines(start, p);
        s->ncells = ncells;
        undouble(s);
    }
    if (p < end)
        p += *p == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1;
    s->ncells = ncells;
    s->record_line = s->line;
    s->line += lines;
    s->pos = (size_t)(p - s->data);
    return blank ? CSV_BLANK : CSV_RECORD;
}

enum csv_found csv_scan_next(struct csv_scan *s)
{
    const char *p = s->data + s->pos;
    const char *end = s->data + s->end;
    size_t n = 0;
    bool quoted = false;
    if (p == end)
        return CSV_MORE;
    for (;; p++) {
        if (n == s->cells_cap && !grow_cells(s))
            return CSV_BROKEN;
        if (*p == '"') {
            enum csv_found found = scan_quoted(s, &p, n);
            if (found != CSV_RECORD)
                return found;
            quoted = true;
        } else {
            const char *stop = find_stop(s, p);
            s->cells[n].offset = (uint32_t)(p - s->data);
            s->cells[n].length = (uint32_t)(stop - p);
            p = stop;
        }
        n++;
        if (p >= end || *p != s->delimiter)
            return end_record(s, p, n, quoted);
    }
}

bool csv_scan_is_quoted(struct csv_scan *s)
{
    size_t pos = s->pos;
    uint32_t line = s->line;
    bool eof = s->eof;
    s->eof = true; /* as if nothing followed */
    enum csv_found found = csv_scan_next(s);
    s->eof = eof;
    s->pos = pos;
    s->line = line;
    return found == CSV_BROKEN && s->broken == UNCLOSED;
}
