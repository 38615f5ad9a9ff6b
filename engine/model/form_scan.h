/*
 * form_scan.h - private to the finding of forms: the cells that belong to one, and what they mean.
 */
#ifndef MODEL_FORM_SCAN_H
#define MODEL_FORM_SCAN_H

#include "model/form.h"

#define SCAN_SECTIONS 4

/* What a cell is called in each section, once that was asked. */
struct scan_means {
    const char *meaning[SCAN_SECTIONS];
    bool known[SCAN_SECTIONS];
};

/* While one form is read. Rows are indices of the grid's; columns as in the sheet. */
struct scan {
    const struct grid *g;
    const struct columns *c;
    struct units *units;
    struct arena *arena;
    struct scan_means *means; /* by cell */
    struct form *form;
    struct buf bare;
    uint32_t top, header, bottom; /* head: top..header - 1; indicators: header..bottom - 1 */
    uint32_t left, right;
    bool is_form; /* it tells a project or its money: not indicators alone */
    bool failed;  /* no memory */
};

/* What a cell is called in a section of columns.ini; NULL. *unit: of its brackets. */
const char *scan_meaning(struct scan *s, const char *section, const char *text, size_t len,
                         uint32_t *unit);
/* The same of a cell of the grid; the text may end in a colon. */
const char *scan_label(struct scan *s, const char *section, const struct grid_cell *cell);
bool scan_is(struct scan *s, const char *section, const struct grid_cell *cell,
             const char *meaning);
/* Whether a cell is a label of the form, or what a column of funds is called: no value. */
bool scan_is_label(struct scan *s, const struct grid_cell *cell);
/* "项目名称：甲": what stands before the colon, and behind it; false without a colon. */
bool scan_split(const struct grid *g, const struct grid_cell *cell, struct form_cell *before,
                struct form_cell *behind);
/* What a label says: behind its colon, or in the next cell of its row that is filled, unless that
 * is a label too. */
struct form_cell scan_value(struct scan *s, const struct grid_cell *cell);
struct form_cell scan_cell(const struct scan *s, const struct grid_cell *cell);
/* The cells of a row within the form's columns. */
void scan_row(const struct scan *s, uint32_t row, const struct grid_cell **first,
              const struct grid_cell **end);
/* Whether a text begins with a digit, as amounts do. */
bool scan_is_amount(const struct form_cell *cell);

/* A column more; its index. The cells of rows that are there already are empty. */
uint32_t scan_add_column(struct scan *s, struct form_table *t, const char *name);
struct form_cell *scan_add_row(struct scan *s, struct form_table *t);
/* A column of the fund, with its one cell; one that is there already is left, and false. */
bool scan_give(struct scan *s, const char *name, const struct form_cell *cell);
void scan_doubt(struct scan *s, enum finding_code code, uint32_t row, uint32_t column,
                const char *text, size_t len);

/* The parts of a form. */
void form_head(struct scan *s);
void form_money(struct scan *s);
void form_rows(struct scan *s);

#endif
