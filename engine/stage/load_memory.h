/*
 * load_memory.h - tables in memory instead of files: what they become is what a file's would.
 */
#ifndef STAGE_LOAD_MEMORY_H
#define STAGE_LOAD_MEMORY_H

#include "stage/load.h"

/* A row: a text for each column, NULL or "" for none, and the place where it stands. */
struct memory_row {
    const char *const *cells;
    const char *file; /* as shown */
    uint32_t line;
};

struct memory_table {
    enum data_table table; /* of funds, outcomes or facts */
    const char *const *columns;
    uint32_t ncolumns;
    const struct memory_row *rows;
    size_t nrows;
};

/* Adds the rows of the tables, in order, to *d. Of the order only `e` and `columns` are looked at:
 * each row names its fund and year. */
sy_status load_memory(struct dataset *d, const struct load_order *order,
                      const struct memory_table *tables, size_t ntables, sy_error *err);

#endif
