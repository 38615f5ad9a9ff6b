/*
 * markdown_table.c - a flat table as GitHub-flavoured Markdown.
 *
 * Two passes over the view, the first for the widths of the columns, so that the text itself reads
 * as a table, Chinese included; memory holds one cell.
 */
#include <stdlib.h>
#include <string.h>

#include "markdown.h"

#define WIDTH_MAX   40 /* a wider cell is written as it is; the others are not padded to it */
#define WIDTH_LEAST 3  /* of the line below the labels */

static bool take_cell(struct markdown *m, size_t row, size_t column)
{
    sy_cell cell = {0};
    m->what->ops->cell(m->what->ctx, m->what->first + row, column, &cell);
    return markdown_take(m, &cell);
}

static bool take_label(struct markdown *m, const sy_column *column)
{
    const char *label = column->label != NULL ? column->label : column->name;
    m->len = 0;
    return markdown_add_text(m, label, strlen(label));
}

static int put_times(struct markdown *m, const char *text, size_t n)
{
    int rc = 0;
    while (n-- > 0 && rc == 0)
        rc = markdown_put(m, text);
    return rc;
}

/* The cell at hand, in its column. */
static int put_cell(struct markdown *m, size_t column, bool right)
{
    size_t width = m->host->text_width(m->text, m->len), all = m->widths[column];
    size_t pad = all > width ? all - width : 0;
    int rc = markdown_put(m, column == 0 ? "| " : " | ");
    if (rc == 0 && right)
        rc = put_times(m, " ", pad);
    if (rc == 0 && m->len > 0)
        rc = m->host->write(m->call, m->text, m->len);
    if (rc == 0 && !right)
        rc = put_times(m, " ", pad);
    return rc;
}

static int put_head(struct markdown *m, const sy_column *columns)
{
    int rc = 0;
    size_t n = m->ncolumns;
    for (size_t c = 0; c < n && rc == 0; c++)
        rc = take_label(m, &columns[c]) ? put_cell(m, c, columns[c].right) : markdown_nomem(m);
    if (rc == 0)
        rc = markdown_put(m, " |\n");
    for (size_t c = 0; c < n && rc == 0; c++) {
        rc = markdown_put(m, c == 0 ? "| " : " | ");
        if (rc == 0)
            rc = put_times(m, "-", m->widths[c] - (columns[c].right != 0));
        if (rc == 0 && columns[c].right)
            rc = markdown_put(m, ":");
    }
    return rc == 0 ? markdown_put(m, " |\n") : rc;
}

static void widen(struct markdown *m, size_t column)
{
    size_t width = m->host->text_width(m->text, m->len);
    if (width > m->widths[column] && width <= WIDTH_MAX)
        m->widths[column] = width;
}

/* False: no memory. */
static bool measure(struct markdown *m, const sy_column *columns)
{
    for (size_t c = 0; c < m->ncolumns; c++) {
        m->widths[c] = WIDTH_LEAST;
        if (!take_label(m, &columns[c]))
            return false;
        widen(m, c);
        for (size_t i = 0; i < m->what->count; i++) {
            if (!take_cell(m, i, c))
                return false;
            widen(m, c);
        }
    }
    return true;
}

static int put_rows(struct markdown *m, const sy_column *columns)
{
    int rc = 0;
    for (size_t i = 0; i < m->what->count && rc == 0; i++) {
        for (size_t c = 0; c < m->ncolumns && rc == 0; c++)
            rc = take_cell(m, i, c) ? put_cell(m, c, columns[c].right) : markdown_nomem(m);
        if (rc == 0)
            rc = markdown_put(m, " |\n");
    }
    return rc;
}

int markdown_table(struct markdown *m, const sy_view *what, size_t ncolumns)
{
    const sy_column *columns = what->ops->columns(what->ctx);
    int rc = 0;
    free(m->widths);
    m->what = what;
    m->ncolumns = ncolumns;
    m->widths = calloc(ncolumns + 1, sizeof *m->widths);
    if (m->widths == NULL || !measure(m, columns))
        rc = markdown_nomem(m);
    if (rc == 0)
        rc = put_head(m, columns);
    if (rc == 0)
        rc = put_rows(m, columns);
    return rc;
}
