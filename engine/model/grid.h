/*
 * grid.h - cells as they stand on a sheet, from top to bottom and from left to right.
 */
#ifndef MODEL_GRID_H
#define MODEL_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* A cell in which something stands; row and column from 1. */
struct grid_cell {
    uint32_t row, column;
    uint32_t at, len; /* in `text`, without blanks around */
};

/* Owns: all. {0} at first. */
struct grid {
    struct buf text;
    struct grid_cell *cells;
    uint32_t ncells, cells_cap;
    uint32_t *rows; /* the first cell of each row that has any, and the end of the last */
    uint32_t nrows, rows_cap;
};

void grid_dispose(struct grid *g);
void grid_clear(struct grid *g);
/* Cells come in order; blank ones are left out. false: no memory. */
bool grid_add(struct grid *g, uint32_t row, uint32_t column, const char *text, size_t len);

/* The cells first..end of the i-th row that has any. */
static inline uint32_t grid_first(const struct grid *g, uint32_t i)
{
    return g->rows[i];
}
static inline uint32_t grid_end(const struct grid *g, uint32_t i)
{
    return g->rows[i + 1];
}
static inline const char *grid_text(const struct grid *g, const struct grid_cell *cell)
{
    return g->text.data + cell->at;
}

#endif
