/*
 * form.h - a fund's sheet: the official 项目支出绩效自评表, whose scores go on calculating, and
 * which is read back by layout = self_evaluation_form.
 *
 * Columns A to I are printed. What stands beside them from K on is what the scores are made of:
 * attainments as formulas over the form's own cells, the path of each indicator, rule, reason,
 * place. Labels are those of [form] and [outcomes] in config/columns.ini; those from K on are
 * listed there as `aside`.
 */
#ifndef XLSX_WRITE_FORM_H
#define XLSX_WRITE_FORM_H

#include "book.h"

/* Columns of the form, */
enum {
    COL_SIDE,
    COL_LEVEL1,
    COL_LEVEL2,
    COL_NAME,
    COL_TARGET,
    COL_ACTUAL,
    COL_WEIGHT,
    COL_SCORE,
    COL_NOTE,
    /* and beside it. */
    COL_GAP,
    COL_ATTAINMENT,
    COL_INCLUDED,
    COL_READ_TARGET,
    COL_READ_HI,
    COL_READ_ACTUAL,
    COL_PATH,
    COL_RULE,
    COL_REASON,
    COL_STATUS,
    COL_CLAIMED,
    COL_SOURCE,
    COL_RATING
};

/* An indicator in the order of the form. Owns: level1, level2. */
struct form_item {
    size_t index;         /* among the fund's indicators */
    size_t branch, group; /* numbers of its first level, and of both levels */
    char *level1, *level2;
    double weight, score; /* NAN: none */
    bool included;
    lxw_row_t row;
};

/* Indicators below one first level, which are rows one below the other. */
struct form_branch {
    char *segment; /* of the path */
    lxw_row_t first, last;
    bool rows; /* it has any; else it is the budget row alone */
    double weight, included;
    bool budget; /* the budget row is one of it */
};

/* Owns: items, branches. */
struct form {
    struct book *b;
    struct tree fund;
    lxw_worksheet *sheet;
    lxw_row_t row; /* the next to be written */
    struct form_item *items;
    size_t nitems;
    struct form_branch *branches;
    size_t nbranches;
    size_t budget; /* the indicator that stands in the block of money; nitems: none */
    lxw_row_t money_row, header_row, total_row;
    int decimals;
    bool at_total, by_level; /* apply = total; rescale = level */
    char rounding;           /* 'u' half_up, 'e' half_even, 'd' down */
    double full;
    bool has_ratings;
};

/* Makes the sheet of a fund. `name`: what the sheet is to be called. Returns the row of its total,
 * from 0; the sheet is NULL where it failed. */
struct form_place {
    lxw_worksheet *sheet;
    lxw_row_t total_row, grade_row;
    bool scored, graded;
};
struct form_place form_write(struct book *b, const struct tree *fund, const char *name, size_t len);

/* form_head.c: what stands above the indicators. */
void form_head(struct form *f);
/* form_items.c: the rows of indicators; form_list first. */
bool form_list(struct form *f);
void form_free(struct form *f);
void form_items(struct form *f);
/* form_total.c: what stands below them. */
struct form_place form_total(struct form *f);

/* What both parts need. */
struct tree form_item_tree(const struct form *f, size_t index);
double form_fact(const struct form *f, const char *name); /* a money fact in 元; NAN: none */
/* Adds a rule's expression with cells or numbers put in for its names. */
struct form_names {
    const char *a, *t, *lo, *hi; /* NULL: there is none. The formula is not made then */
};
bool form_expression(struct text *out, const char *formula, size_t len,
                     const struct form_names *names);
/* Makes a row as high as so many lines need: programs do not for merged cells. */
void form_height(struct form *f, lxw_row_t row, size_t lines);
/* How many lines a field's text takes in columns from..to of the form. */
size_t form_lines(const struct form *f, const sy_cell *cell, lxw_col_t from, lxw_col_t to);
/* The format of scores: of all their decimals where the total alone is rounded. */
const char *form_places(const struct form *f);
/* Adds "ROUND(", x, ",2)", as [rounding] says. */
void form_round(const struct form *f, struct text *out, const char *x);

#endif
