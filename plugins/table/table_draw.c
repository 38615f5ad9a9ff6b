/*
 * table_draw.c - room for the columns, and rows as lines: side by side where there is room, else a
 * line a cell.
 */
#include <stdlib.h>
#include <string.h>

#include "table.h"

#define INDENT      2
#define VALUE_LEAST 10 /* columns that a value behind its label needs */

/* What a text that is broken keeps at least: the first of these that lets every column have room.
 */
static const size_t NARROW[] = {20, 12};

/* Numbers are never broken; nor are codes, unless one would take a third of the line, nor the first
 * column, which names the row and is copied from here, unless it would take half of it. */
static bool may_break(const struct drawing *d, size_t column, size_t narrow)
{
    const struct table_column *c = &d->columns[column];
    if (c->right || c->full <= narrow)
        return false;
    if (column == 0)
        return c->full > d->width / 2;
    return !(c->whole && c->full <= d->width / 3);
}

/* What is left of the line goes to the columns that could use it, in equal parts. */
static void share_rest(struct drawing *d, size_t rest)
{
    size_t wanting = 1;
    while (rest > 0 && wanting > 0) {
        wanting = 0;
        for (size_t i = 0; i < d->ncolumns; i++)
            wanting += d->columns[i].width < d->columns[i].full;
        size_t part = wanting > 0 && rest / wanting > 0 ? rest / wanting : 1;
        for (size_t i = 0; i < d->ncolumns && rest > 0; i++) {
            struct table_column *c = &d->columns[i];
            size_t wants = c->full - c->width, gets = wants < part ? wants : part;
            if (gets > rest)
                gets = rest;
            c->width += gets;
            rest -= gets;
        }
    }
}

/* Every column at its least; what the line would take. */
static size_t allot_least(struct drawing *d, size_t narrow)
{
    size_t least = 0;
    for (size_t i = 0; i < d->ncolumns; i++) {
        struct table_column *c = &d->columns[i];
        c->width = d->width > 0 && may_break(d, i, narrow) ? narrow : c->full;
        least += c->width + (i > 0);
    }
    return least;
}

bool table_allot(struct drawing *d)
{
    for (size_t i = 0; i < sizeof NARROW / sizeof *NARROW; i++) {
        size_t least = allot_least(d, NARROW[i]);
        if (d->width == 0)
            return true;
        if (least <= d->width) {
            share_rest(d, d->width - least);
            return true;
        }
    }
    return false;
}

static bool add(struct drawing *d, const char *bytes, size_t len)
{
    if (len > d->line_cap - d->line_len) {
        size_t cap = (d->line_len + len) * 2;
        char *grown = realloc(d->line, cap);
        if (grown == NULL)
            return false;
        d->line = grown;
        d->line_cap = cap;
    }
    if (len > 0)
        memcpy(d->line + d->line_len, bytes, len);
    d->line_len += len;
    return true;
}

static bool add_blanks(struct drawing *d, size_t n)
{
    while (n-- > 0) {
        if (!add(d, " ", 1))
            return false;
    }
    return true;
}

/* The line's blanks at the end are left out. */
static int give_line(struct drawing *d)
{
    while (d->line_len > 0 && d->line[d->line_len - 1] == ' ')
        d->line_len--;
    if (!add(d, "\n", 1))
        return table_fail_nomem(d);
    int rc = d->host->write(d->call, d->line, d->line_len);
    d->line_len = 0;
    return rc;
}

/* Takes from a column's cell what fits into `width`, without the blanks at its end. */
static const char *take_part(struct drawing *d, struct table_column *c, size_t width, size_t *len)
{
    const char *part = d->text + c->at;
    size_t left = c->end - c->at;
    if (d->host->text_width(part, left) <= width) {
        *len = left;
        c->at = c->end;
        return part;
    }
    size_t n = d->host->text_fit(part, left, width);
    *len = n;
    while (*len > 0 && part[*len - 1] == ' ')
        (*len)--;
    while (n < left && part[n] == ' ')
        n++;
    c->at += n;
    return part;
}

static bool add_part(struct drawing *d, size_t column, bool bold)
{
    struct table_column *c = &d->columns[column];
    size_t len;
    const char *part = take_part(d, c, c->width, &len);
    size_t width = d->host->text_width(part, len);
    size_t pad = c->width > width ? c->width - width : 0;
    bold = bold && len > 0;
    return (column == 0 || add(d, " ", 1)) && (!c->right || add_blanks(d, pad)) &&
           (!bold || add(d, "\x1b[1m", 4)) && add(d, part, len) &&
           (!bold || add(d, "\x1b[0m", 4)) && (c->right || add_blanks(d, pad));
}

int table_draw_row(struct drawing *d, bool bold)
{
    bool more = true;
    int rc = 0;
    while (more && rc == 0) {
        more = false;
        for (size_t i = 0; i < d->ncolumns; i++) {
            if (!add_part(d, i, bold))
                return table_fail_nomem(d);
            more = more || d->columns[i].at < d->columns[i].end;
        }
        rc = give_line(d);
    }
    return rc;
}

/* Where the values of a record begin: behind the longest label, or on lines of their own. */
static size_t find_values(const struct drawing *d)
{
    size_t widest = 0;
    for (size_t i = 0; i < d->ncolumns; i++) {
        size_t width = d->host->text_width(d->columns[i].label, strlen(d->columns[i].label));
        if (width > widest)
            widest = width;
    }
    return widest + INDENT + VALUE_LEAST <= d->width ? widest + INDENT : INDENT;
}

static int draw_value(struct drawing *d, struct table_column *c, size_t from, bool bold)
{
    int rc = 0;
    do {
        size_t len, used = d->line_len > 0 ? d->host->text_width(d->line, d->line_len) : 0;
        const char *part = take_part(d, c, d->width - from, &len);
        if (!add_blanks(d, from > used ? from - used : 0) || (bold && !add(d, "\x1b[1m", 4)) ||
            !add(d, part, len) || (bold && !add(d, "\x1b[0m", 4)))
            return table_fail_nomem(d);
        rc = give_line(d);
    } while (rc == 0 && c->at < c->end);
    return rc;
}

static int draw_label(struct drawing *d, const char *label, size_t from)
{
    size_t len = strlen(label);
    while (len > 0) { /* a label may be wider than the terminal too */
        size_t n = d->host->text_fit(label, len, d->width);
        if (!add(d, label, n))
            return table_fail_nomem(d);
        label += n;
        len -= n;
        int rc = len > 0 || from == INDENT ? give_line(d) : 0;
        if (rc != 0)
            return rc;
    }
    return 0;
}

/* Behind its label a number must have room whole; else it stands below it. */
static size_t find_value(const struct drawing *d, const struct table_column *c, size_t values)
{
    size_t width = d->host->text_width(d->text + c->at, c->end - c->at);
    return c->right && width > d->width - values ? INDENT : values;
}

int table_draw_record(struct drawing *d)
{
    size_t values = find_values(d);
    int rc = 0;
    for (size_t i = 0; i < d->ncolumns && rc == 0; i++) {
        struct table_column *c = &d->columns[i];
        if (c->at == c->end && i > 0)
            continue;
        size_t from = find_value(d, c, values);
        rc = draw_label(d, c->label, from);
        if (rc == 0)
            rc = draw_value(d, c, from, d->color && i == 0);
    }
    return rc;
}
