/*
 * view.h - fields of a view by the names of their columns: for writers of documents. Inline, so
 * that a plugin needs nothing of Steelyard's to link.
 */
#ifndef STEELYARD_VIEW_H
#define STEELYARD_VIEW_H

#include <math.h>
#include <string.h>

#include <steelyard/table.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SY_FIELD_MAX 64 /* bytes of a name on a path */

/* The cell of row `row`, counted from the view's first, in the column of that name; of type
 * SY_CELL_NULL where there is no such row or column. Its text is valid until the next cell of the
 * same view. */
static inline sy_cell sy_view_field(const sy_view *view, size_t row, const char *name)
{
    sy_cell cell;
    memset(&cell, 0, sizeof cell);
    if (view->ops == NULL || row >= view->count)
        return cell;
    const sy_column *columns = view->ops->columns(view->ctx);
    for (size_t c = 0; c < view->ops->ncolumns; c++) {
        if (strcmp(columns[c].name, name) == 0) {
            view->ops->cell(view->ctx, view->first + row, c, &cell);
            break;
        }
    }
    return cell;
}

/* The same through records within records: "causes.results". */
static inline sy_cell sy_view_path(const sy_view *view, size_t row, const char *path)
{
    sy_view at = *view;
    for (;;) {
        char name[SY_FIELD_MAX];
        const size_t len = strcspn(path, ".");
        sy_cell cell;
        memset(&cell, 0, sizeof cell);
        if (len >= sizeof name)
            return cell;
        memcpy(name, path, len);
        name[len] = '\0';
        cell = sy_view_field(&at, row, name);
        if (path[len] == '\0')
            return cell;
        if (cell.type != SY_CELL_RECORD) {
            memset(&cell, 0, sizeof cell);
            return cell;
        }
        at = cell.view;
        row = 0;
        path += len + 1;
    }
}

/* The rows of a table, list, map or record; of anything else none. */
static inline size_t sy_cell_rows(const sy_cell *cell)
{
    return cell->type >= SY_CELL_RECORD ? cell->view.count : 0;
}

static inline int sy_cell_is_text(const sy_cell *cell)
{
    return (cell->type == SY_CELL_TEXT || cell->type == SY_CELL_DATA) && cell->text != NULL;
}

/* Whether a cell is that word. */
static inline int sy_cell_is(const sy_cell *cell, const char *word)
{
    return sy_cell_is_text(cell) && cell->text_len == strlen(word) &&
           memcmp(cell->text, word, cell->text_len) == 0;
}

/* A number of whatever kind; not-a-number of what is none. */
static inline double sy_cell_number(const sy_cell *cell)
{
    double unit = 1;
    switch (cell->type) {
    case SY_CELL_NUMBER:
        return cell->number;
    case SY_CELL_BOOL:
    case SY_CELL_INTEGER:
        return (double)cell->integer;
    case SY_CELL_DECIMAL:
        for (int i = 0; i < cell->places; i++)
            unit *= 10;
        return (double)cell->integer / unit;
    default:
        return (double)NAN;
    }
}

#ifdef __cplusplus
}
#endif

#endif
