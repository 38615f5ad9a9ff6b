/*
 * grid.c - cells of a sheet.
 */
#include "model/grid.h"

#include <stdlib.h>

#include "base/text.h"

void grid_dispose(struct grid *g)
{
    buf_dispose(&g->text);
    free(g->cells);
    free(g->rows);
    *g = (struct grid){0};
}

void grid_clear(struct grid *g)
{
    buf_clear(&g->text);
    g->ncells = g->nrows = 0;
}

static bool add_row(struct grid *g)
{
    if (g->nrows + 2 > g->rows_cap) {
        const uint32_t cap = g->rows_cap * 2 + 64;
        uint32_t *grown = realloc(g->rows, cap * sizeof *grown);
        if (!grown)
            return false;
        g->rows = grown;
        g->rows_cap = cap;
    }
    g->rows[g->nrows++] = g->ncells;
    return true;
}

bool grid_add(struct grid *g, uint32_t row, uint32_t column, const char *text, size_t len)
{
    text_trim(&text, &len);
    if (len == 0)
        return true;
    if ((g->ncells == 0 || g->cells[g->ncells - 1].row != row) && !add_row(g))
        return false;
    if (g->ncells == g->cells_cap) {
        const uint32_t cap = g->cells_cap * 2 + 256;
        struct grid_cell *grown = realloc(g->cells, cap * sizeof *grown);
        if (!grown)
            return false;
        g->cells = grown;
        g->cells_cap = cap;
    }
    g->cells[g->ncells++] = (struct grid_cell){row, column, (uint32_t)g->text.len, (uint32_t)len};
    g->rows[g->nrows] = g->ncells;
    buf_add(&g->text, text, len);
    return !g->text.failed;
}
