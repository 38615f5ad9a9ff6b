/*
 * docx.h - the docx plugin: a report as HTML of its own, which pandoc makes a Word document of.
 *
 * docx.c is the plugin and the order of a call, html.c and table.c text and tables, view.c what a
 * report says, words.c and money.c how it is said; order.c, title.c, basics.c, spending.c,
 * results.c, scores.c, problems.c, advice.c, annex.c are the draft of a self-evaluation report from
 * its head to its annexes, kinds.c the other reports; folder.c, pandoc.c and reference.c turn it
 * into a document.
 */
#ifndef DOCX_DOCX_H
#define DOCX_DOCX_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include <steelyard/plugin.h>

#define DOCX_BUFFER     16384
#define DOCX_TEXT_MAX   2000 /* characters of one text from the data; the rest is counted */
#define DOCX_TABLE_ROWS 500  /* of one table; the rest is counted */
#define DOCX_MONEY_MAX  64   /* bytes of an amount in print */
#define DOCX_LEVELS     3    /* of headings */

/* One document on its way. Borrows the views. Owns: order, wholes' ids. */
struct doc {
    const sy_host *host;
    sy_call *call;
    bool zh;
    int rc; /* of what failed first; nothing is written after it */
    int fd; /* the HTML */
    size_t len;
    char buf[DOCX_BUFFER];
    unsigned heads[DOCX_LEVELS];
    sy_view report, evaluation, funds, findings;
    size_t *order; /* rows of funds: those that contain others first */
    size_t nwholes;
    size_t sections; /* funds that have a section and an annex of their own */
    bool years;      /* more than one year is shown */
    char currency[24];
};

/* html.c: markup of ours, and text that stays text. */
void html_raw(struct doc *d, const char *markup);
void html_text(struct doc *d, const char *text, size_t len);
void html_flush(struct doc *d);
int html_fail(struct doc *d, sy_status status, const char *format, ...) SY_PRINTF(3, 4);
/* Words of ours, in the document's language; the second with arguments, the same for both. */
void html_say(struct doc *d, const char *zh, const char *en);
void html_sayf(struct doc *d, const char *zh, const char *en, ...) SY_PRINTF(3, 4);
/* Headings are numbered: 一、（一）1. or 1 1.1 1.1.1. What follows html_head is its text. */
void html_head(struct doc *d, int level);
void html_head_end(struct doc *d, int level);
void html_title(struct doc *d, int level, const char *zh, const char *en);
/* A paragraph in a style of the reference document; NULL: of the body. */
void html_open(struct doc *d, const char *style);
void html_close(struct doc *d, const char *style);
/* What is unknown; what a person has to write. */
void html_missing(struct doc *d);
void html_blank(struct doc *d); /* the same in a table */
void html_by_hand(struct doc *d, const char *zh, const char *en);

/* table.c */
struct table_column {
    const char *zh, *en;
    int width;  /* of 100 */
    char align; /* 'l', 'r', 'c' */
};
void table_open(struct doc *d, const struct table_column *columns, size_t n);
void table_close(struct doc *d);
void table_row(struct doc *d);
void table_row_end(struct doc *d);
void table_cell(struct doc *d, char align, size_t rows, size_t columns);
void table_cell_end(struct doc *d);
/* "… and N more" below a table that was cut, and where they are. */
void table_left_out(struct doc *d, size_t n);

/* view.c: cells by the names of their columns; rows count from 0. */
sy_cell view_get(const sy_view *view, size_t row, const char *name);
/* The same of a record within: "drawn.p05". */
sy_cell view_path(const sy_view *view, size_t row, const char *path);
sy_view view_table(const sy_view *view, size_t row, const char *name);
bool view_is_text(const sy_cell *cell);
bool view_equals(const sy_cell *cell, const char *text);
bool view_number(const sy_cell *cell, double *out);
bool view_bool(const sy_view *view, size_t row, const char *name);
long view_integer(const sy_view *view, size_t row, const char *name);
/* A copy that ends in NUL, cut to what `out` holds; "" where there is no text. */
void view_copy(const sy_cell *cell, char *out, size_t cap);
/* A scalar in print; whether there was one. The second says so where there is none. */
bool view_put(struct doc *d, const sy_cell *cell);
void view_put_or_missing(struct doc *d, const sy_cell *cell);
/* Name of a fund, its key where it has none; with its year where several are shown. */
void view_put_fund(struct doc *d, size_t row);
/* Cells of tables: of a column, of a sum of points, of a share as per cent. */
void view_cell(struct doc *d, const sy_view *view, size_t row, const char *name, char align);
void view_put_points(struct doc *d, double points);
void view_put_share(struct doc *d, const sy_cell *cell);

/* words.c: what a fact is called. */
void words_put_fact(struct doc *d, const sy_view *facts, size_t row);
/* What the tail of a fact's key says of it: another wording, a change, a year before. */
bool words_is_derived(const char *key);
/* Words for codes of documents that have none. */
void words_put_code(struct doc *d, const sy_cell *cell);

/* money.c: amounts are in the base unit, which is 元 unless units.ini says otherwise. */
void money_find_currency(struct doc *d);
bool money_is(const struct doc *d, const sy_view *facts, size_t row, double *out);
bool money_fact(const struct doc *d, const sy_view *facts, const char *key, double *out);
void money_put(struct doc *d, double amount);      /* 19,040,215.35 */
void money_put_unit(struct doc *d, double amount); /* 1,904.021535万元 */
void money_put_currency(struct doc *d);
void money_put_rate(struct doc *d, double part, double whole); /* per cent, two places */
double money_round(double amount, int places);

/* advice.c: findings by code, the gravest first. Owns: list. */
#define CODE_LEN   64
#define CODE_FUNDS 8 /* that are named */
#define CODE_SHOWN 6 /* findings that are shown */
#define FUND_LEN   128
struct code {
    char name[CODE_LEN], funds[CODE_FUNDS][FUND_LEN];
    size_t rows[CODE_SHOWN];    /* of the first */
    size_t n, nfunds, severity; /* 0 error, 1 warning, 2 note */
    bool many;                  /* more funds than are named */
};
struct codes {
    struct code *list;
    size_t n, cap, severities[3];
};
void codes_read(struct doc *d, struct codes *out);
void codes_dispose(struct codes *codes);

/* The sections of a self-evaluation report. */
void title_write(struct doc *d);
void basics_write(struct doc *d);
void spending_write(struct doc *d);
void results_write(struct doc *d);
void scores_write(struct doc *d);
void problems_write(struct doc *d, const struct codes *codes);
void problems_put_findings(struct doc *d, const struct codes *codes);
void advice_write(struct doc *d, const struct codes *codes);
void annex_write(struct doc *d);
/* Whether a fact stands in the table of budget and final accounts. */
bool spending_pairs(const struct doc *d, const sy_view *facts, size_t row);
/* Target or actual as written; where it was computed, the figure, and that it was. */
void results_put_target(struct doc *d, const sy_view *items, size_t row);
void results_put_actual(struct doc *d, const sy_view *items, size_t row);
/* order.c: funds, those that contain others first; how many of them have a section. */
void order_funds(struct doc *d);
size_t order_sections(const struct doc *d);
/* How many funds have none, and where they are. */
void order_left_out(struct doc *d);
/* Score, grade or why there is none, coverage, bounds; what the unit claimed. */
void scores_put_sentence(struct doc *d, size_t fund);
/* Points that an indicator lost of those that it could earn. */
bool problems_lost(const sy_view *items, size_t row, double *lost);

/* kinds.c */
void kinds_write(struct doc *d, const char *kind, const struct codes *codes);

/* folder.c: a private folder that goes again, whatever happens. */
struct folder {
    char path[64];
    bool made;
};
int folder_make(struct doc *d, struct folder *f);
int folder_create(struct doc *d, const struct folder *f, const char *name, int *out);
int folder_put(struct doc *d, const struct folder *f, const char *name, const void *bytes,
               size_t len);
/* A document in memory, the caller's; NULL: there is none, which is told. */
char *folder_read(struct doc *d, const struct folder *f, const char *name, size_t *len);
/* The first line of a file, for a message. */
void folder_first_line(const struct folder *f, const char *name, char *out, size_t cap);
void folder_remove(struct folder *f);

/* pandoc.c: report.html of the folder becomes report.docx. */
int pandoc_run(struct doc *d, const struct folder *f, unsigned seconds);
/* From one to the other the signals that end a program wait, on this thread; whether they do. */
bool pandoc_hold(sigset_t *before);
void pandoc_release(bool held, const sigset_t *before);

/* reference.c */
const unsigned char *reference_bytes(bool zh, size_t *len);

#endif
