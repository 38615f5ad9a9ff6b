/*
 * form.h - official self-evaluation forms: printed tables whose parts are found by their labels,
 * wherever they stand (layout = self_evaluation_form). What labels say is in config/columns.ini:
 * [form], and [funds], [outcomes], [rows] for what they share with tables.
 */
#ifndef MODEL_FORM_H
#define MODEL_FORM_H

#include "base/arena.h"
#include "model/columns.h"
#include "model/grid.h"
#include "table/findings.h"

/* What stands in a cell, or in several side by side; row and column of the first. len 0: nothing.
 */
struct form_cell {
    const char *text;
    uint32_t len, row, column;
};

/* A table made of a form: columns as headers name them, units in brackets. */
struct form_table {
    const char **names;
    uint32_t ncolumns, columns_cap;
    struct form_cell *cells; /* row by row */
    uint32_t nrows, rows_cap;
};

/* What could not be placed, or is not there. */
struct form_doubt {
    enum finding_code code;
    uint32_t row, column;
    const char *text;
};

/* One form of a sheet. The first column of each table is left free: the fund; of adjustments the
 * second, too: the year. */
struct form {
    uint32_t row, column;          /* where the header of its indicators begins */
    struct form_table fund;        /* one row, as of the table funds */
    struct form_table outcomes;    /* by level cells */
    struct form_table adjustments; /* points and caps for the whole of it, below its total */
    struct form_doubt *doubts;
    uint32_t ndoubts, doubts_cap;
};

/* Owns: all, but the grid's text to which cells point. {0} at first. */
struct forms {
    struct arena arena;
    struct form *list;
    uint32_t n, cap;
};

void forms_dispose(struct forms *f);
/* The forms of a sheet, from top to bottom and from left to right; none is no failure. Errors: no
 * memory. */
sy_status forms_find(struct forms *out, const struct grid *g, const struct columns *c,
                     struct units *units, sy_error *err);

#endif
