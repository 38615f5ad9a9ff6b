/*
 * book.h - the workbook that is made: its sheets and formats, and cells written safely. After the
 * first failure nothing more is done; book_close says what went wrong.
 */
#ifndef XLSX_WRITE_BOOK_H
#define XLSX_WRITE_BOOK_H

#include <xlsxwriter.h>

#include <steelyard/plugin.h>

#include "text.h"
#include "tree.h"

/* How a cell looks. */
enum style {
    STYLE_TITLE,    /* of a sheet */
    STYLE_SUBTITLE, /* below it */
    STYLE_LABEL,    /* in a form: what stands beside it */
    STYLE_HEAD,     /* of a column */
    STYLE_TEXT,
    STYLE_CENTER,
    STYLE_NUMBER,
    STYLE_STRONG, /* totals */
    STYLE_NOTE,   /* outside of all frames */
    STYLE_SIDE,   /* beside the form: how a score came about */
    STYLE_SIDE_HEAD,
    STYLE_LINK,
    STYLE_WARNING, /* a finding's severity */
    STYLE_ERROR,
    STYLES
};

/* Formats are made when first asked for: by style and by the format of numbers. */
struct look {
    enum style style;
    char *number; /* NULL: as it comes */
    lxw_format *format;
};

/* Owns: everything but host, call and the document. */
struct book {
    const sy_host *host;
    sy_call *call;
    lxw_workbook *workbook;
    int fd; /* of the memory that it is written to */
    bool zh;
    lxw_error error;
    bool nomem;
    struct look *looks;
    size_t nlooks, looks_cap, nnumbers; /* nnumbers: different formats of numbers */
    char **names;                       /* of the sheets */
    size_t nnames, names_cap;
    struct text text;   /* of the cell at hand */
    struct text format; /* of its number */
};

/* Returns 0, or what the host's fail gave. */
int book_open(struct book *b, const sy_host *host, sy_call *call, bool zh);
/* Finishes the workbook and hands its bytes to the host, or says what failed. */
int book_close(struct book *b);
/* Whether there is any use in going on. */
bool book_good(const struct book *b);
void book_check(struct book *b, lxw_error error);

/* The word of the document's language. */
const char *book_word(const struct book *b, const char *zh, const char *en);

/* A sheet called as near as can be to `name`, which another may have already. NULL: failed. */
lxw_worksheet *book_sheet(struct book *b, const char *name, size_t len);

/* `number`: a spreadsheet's format; NULL: none. Formats of numbers are not without end: where there
 * are too many it is NULL, and the value is to be written as text. */
lxw_format *book_format(struct book *b, enum style style, const char *number);

/* Where cells are written: a sheet, rows and columns from 0. */
struct spot {
    lxw_worksheet *sheet;
    lxw_row_t row, last_row; /* last_row, last_column: of merged cells; at least the first */
    lxw_col_t column, last_column;
};
struct spot spot_at(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column);

/* Each merges the spot's cells where there are several. */
void book_text(struct book *b, struct spot at, const char *bytes, size_t len, bool data,
               enum style style);
void book_str(struct book *b, struct spot at, const char *words, enum style style);
void book_number(struct book *b, struct spot at, double number, const char *format,
                 enum style style);
void book_formula(struct book *b, struct spot at, const char *formula, double value,
                  const char *format, enum style style);
void book_formula_text(struct book *b, struct spot at, const char *formula, const char *value,
                       enum style style);
void book_blank(struct book *b, struct spot at, enum style style);
/* Whatever a field holds: numbers as numbers, texts as texts, nothing as an empty cell. */
void book_cell(struct book *b, struct spot at, const sy_cell *cell, enum style style);

/* The format of a number with so many decimals: "0.00". */
const char *book_places(int places);
/* Adds "G12", or "$G$12". */
void book_reference(struct text *out, lxw_row_t row, lxw_col_t column, bool fixed);
/* Adds a number as formulas have it, to fifteen digits. */
void book_add_number(const struct book *b, struct text *out, double number);

#endif
