/*
 * tree.h - fields of a document by their names.
 */
#ifndef XLSX_WRITE_TREE_H
#define XLSX_WRITE_TREE_H

#include <stdbool.h>

#include <steelyard/table.h>

/* One row of a view: a fund, an indicator. Borrowed from the document. */
struct tree {
    sy_view view;
    size_t row; /* counted from view.first */
};

/* The field; of type SY_CELL_NULL where there is none. */
sy_cell tree_get(const struct tree *t, const char *name);
sy_cell tree_column(const struct tree *t, size_t column);
/* The field of a record in a field, and so on: "causes.results". */
sy_cell tree_path(const struct tree *t, const char *path);
/* The record in a field; its view has no rows where there is none. */
struct tree tree_record(const struct tree *t, const char *name);
struct tree tree_row(const sy_cell *table, size_t row);
size_t tree_count(const sy_cell *table); /* 0 of what is no table */

double tree_number(const sy_cell *cell); /* NAN: none */
bool tree_is(const sy_cell *cell, const char *word);
bool tree_has(const sy_cell *cell); /* whether it is there at all */

#endif
