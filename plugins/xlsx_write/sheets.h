/*
 * sheets.h - the sheets of a workbook beside the forms.
 */
#ifndef XLSX_WRITE_SHEETS_H
#define XLSX_WRITE_SHEETS_H

#include "book.h"
#include "form.h"

/* A column of a list: the field of its rows ("causes.results"; with "^" of the row that they are
 * within), what it is called, how it looks. */
struct column {
    const char *field, *zh, *en;
    double width;
    enum style style;
    bool percent; /* a share, shown as per cent */
};

/* Rows of a list: those of a table, or of the table `inner` in each of its rows; NULL: the first.
 */
struct rows {
    const sy_cell *table;
    const char *inner;
};

/* A list with a title, a heading that stays in sight, and a filter. Returns the row behind it. */
lxw_row_t sheets_list(struct book *b, lxw_worksheet *sheet, const char *title,
                      const struct column *columns, size_t ncolumns, const struct rows *rows);
/* A sheet of its own for it. */
lxw_worksheet *sheets_add(struct book *b, const char *name, const struct column *columns,
                          size_t ncolumns, const struct rows *rows);
/* A sheet for a list, with its columns' widths, set to be printed on A4. */
lxw_worksheet *sheets_open(struct book *b, const char *name, const struct column *columns,
                           size_t ncolumns);

/* sheets_score.c: what `score` gives. `most`: as many funds get a sheet of their own. */
void sheets_score(struct book *b, const struct tree *document, size_t most);
/* sheets_compare.c, sheets_claims.c */
void sheets_compare(struct book *b, const struct tree *report);
void sheets_sensitivity(struct book *b, const struct tree *report);
void sheets_review(struct book *b, const struct tree *report);
void sheets_findings(struct book *b, const sy_cell *findings);
/* Whatever else there is, as it comes. */
void sheets_table(struct book *b, const struct tree *document);

#endif
