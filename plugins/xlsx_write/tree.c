/*
 * tree.c - fields of a document by their names.
 */
#include "tree.h"

#include <steelyard/view.h>

sy_cell tree_column(const struct tree *t, size_t column)
{
    sy_cell cell = {0};
    if (t->row < t->view.count && column < t->view.ops->ncolumns)
        t->view.ops->cell(t->view.ctx, t->view.first + t->row, column, &cell);
    return cell;
}

sy_cell tree_get(const struct tree *t, const char *name)
{
    return sy_view_field(&t->view, t->row, name);
}

sy_cell tree_path(const struct tree *t, const char *path)
{
    return sy_view_path(&t->view, t->row, path);
}

struct tree tree_record(const struct tree *t, const char *name)
{
    const sy_cell cell = tree_get(t, name);
    return (struct tree){cell.view, 0};
}

size_t tree_count(const sy_cell *table)
{
    return sy_cell_rows(table);
}

struct tree tree_row(const sy_cell *table, size_t row)
{
    return (struct tree){table->view, row};
}

double tree_number(const sy_cell *cell)
{
    return sy_cell_number(cell);
}

bool tree_is(const sy_cell *cell, const char *word)
{
    return sy_cell_is(cell, word);
}

bool tree_has(const sy_cell *cell)
{
    return cell->type != SY_CELL_NULL;
}
