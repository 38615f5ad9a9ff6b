/*
 * tree.c - fields of a document by their names.
 */
#include "tree.h"

#include <math.h>
#include <string.h>

sy_cell tree_column(const struct tree *t, size_t column)
{
    sy_cell cell = {0};
    if (t->row < t->view.count && column < t->view.ops->ncolumns)
        t->view.ops->cell(t->view.ctx, t->view.first + t->row, column, &cell);
    return cell;
}

sy_cell tree_get(const struct tree *t, const char *name)
{
    if (t->row >= t->view.count)
        return (sy_cell){0};
    const sy_column *columns = t->view.ops->columns(t->view.ctx);
    for (size_t i = 0; i < t->view.ops->ncolumns; i++)
        if (strcmp(columns[i].name, name) == 0)
            return tree_column(t, i);
    return (sy_cell){0};
}

sy_cell tree_path(const struct tree *t, const char *path)
{
    struct tree at = *t;
    char name[32];
    for (;;) {
        const size_t len = strcspn(path, ".");
        if (len >= sizeof name)
            return (sy_cell){0};
        memcpy(name, path, len);
        name[len] = '\0';
        const sy_cell cell = tree_get(&at, name);
        if (path[len] == '\0')
            return cell;
        if (cell.type != SY_CELL_RECORD)
            return (sy_cell){0};
        at = (struct tree){cell.view, 0};
        path += len + 1;
    }
}

struct tree tree_record(const struct tree *t, const char *name)
{
    const sy_cell cell = tree_get(t, name);
    return (struct tree){cell.view, 0};
}

size_t tree_count(const sy_cell *table)
{
    return table->type >= SY_CELL_RECORD ? table->view.count : 0;
}

struct tree tree_row(const sy_cell *table, size_t row)
{
    return (struct tree){table->view, row};
}

double tree_number(const sy_cell *cell)
{
    double scaled;
    switch (cell->type) {
    case SY_CELL_NUMBER:
        return cell->number;
    case SY_CELL_BOOL:
    case SY_CELL_INTEGER:
        return (double)cell->integer;
    case SY_CELL_DECIMAL:
        scaled = 1;
        for (int i = 0; i < cell->places; i++)
            scaled *= 10;
        return (double)cell->integer / scaled;
    default:
        return NAN;
    }
}

bool tree_is(const sy_cell *cell, const char *word)
{
    return (cell->type == SY_CELL_TEXT || cell->type == SY_CELL_DATA) &&
           cell->text_len == strlen(word) && memcmp(cell->text, word, cell->text_len) == 0;
}

bool tree_has(const sy_cell *cell)
{
    return cell->type != SY_CELL_NULL;
}
