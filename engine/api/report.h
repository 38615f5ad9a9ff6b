/*
 * report.h - results as views: the tables and the document that writers get.
 */
#ifndef API_REPORT_H
#define API_REPORT_H

#include "base/buf.h"
#include "base/map.h"
#include "stage/departments.h"
#include "stage/plan.h"
#include "stage/ranks.h"
#include "stage/tally.h"
#include <steelyard/table.h>

#define REPORT_COLUMNS 16

/* Columns of a row a fund for machines (contract 6.1); the last only where ranks are asked for. */
enum report_fund_column {
    C_FUND,
    C_NAME,
    C_TYPE,
    C_DEPARTMENT,
    C_YEAR,
    C_SCORE,
    C_GRADE,
    C_COVERAGE,
    C_LOW,
    C_HIGH,
    C_STATUS,
    C_FINDINGS,
    C_RANK,
    C_COUNT
};

/* Columns of an indicator in the score document. */
enum report_item_column {
    INDICATOR_PATH,
    INDICATOR_NAME,
    INDICATOR_SIGN,
    INDICATOR_TARGET,
    INDICATOR_ACTUAL,
    INDICATOR_UNIT,
    INDICATOR_TARGET_TEXT,
    INDICATOR_ACTUAL_TEXT,
    INDICATOR_WEIGHT,
    INDICATOR_ATTAINMENT,
    INDICATOR_SCORE,
    INDICATOR_STATUS,
    INDICATOR_RULE,
    INDICATOR_REASON,
    INDICATOR_CLAIMED,
    INDICATOR_SOURCE,
    INDICATOR_COUNT
};

/* Results seen in one language. Owns: all that it holds but the run; one that is shared borrows
 * departments, ranks and refusals. */
struct report {
    struct run *r;
    bool zh;
    bool people; /* drawn for people: words of a status or a severity are labels too */
    bool narrow; /* on a terminal: no columns that a line has no room for */
    struct department *departments; /* made when they are first asked for */
    size_t ndepartments;
    bool has_departments;
    size_t width;       /* of the terminal; 0: none */
    struct ranks ranks; /* empty where they are not shown */
    bool unranked;      /* there are ranks, but people's rows are not in their order */
    sy_column columns[REPORT_COLUMNS]; /* of a table whose columns depend on what it shows */
    struct tally tally;                /* of tally_fund: levels are made when they are looked at */
    uint32_t last_fund;                /* of the item that was looked at last */
    uint32_t tally_of;                 /* index of the fund in `tally`; NO_ROW */
    const struct yard_weight *split;   /* that `sharers` of split_fund share */
    const struct fund *split_fund;
    uint32_t sharers;
    struct buf scratch;     /* the text of the last cell */
    struct value_text room; /* … where it is a plain number's */
    struct buf reason;
    struct map refusals; /* (entity, path) to the finding that says why a value was
                            rejected; made when the first is asked for */
    bool has_refusals;
    bool failed;   /* a cell could not be made: no memory */
    bool shared;   /* made by report_share */
    double *share; /* of the document that is shown so far, for whoever waits; NULL */
};

void report_init(struct report *out, struct run *r, const char *language);
void report_dispose(struct report *p);
/* The same results for another worker: what one shows leaves the other alone. Borrows from `p`, in
 * which nothing is to be made any more. */
sy_status report_share(struct report *out, struct report *p, sy_error *err);
/* From here on funds have ranks, and people see them in their order. */
sy_status report_add_ranks(struct report *p, sy_error *err);

/* Flat tables. */
sy_view report_funds_rows(const struct report *p);
sy_view
report_people_rows(const struct report *p); /* for the terminal: fewer, and why there is no grade */
sy_view report_detail_rows(const struct report *p);
sy_view report_people_detail(const struct report *p);
sy_view report_people_levels(const struct report *p); /* a bar each */
sy_view report_people_departments(const struct report *p);
sy_view report_people_findings(const struct report *p); /* the place stands in the message */
/* Documents. */
sy_view report_score_tree(const struct report *p);
sy_view report_check_tree(const struct report *p);
sy_view report_evaluation(const struct report *p); /* title, years, inputs */
/* The funds of the document, a row each. */
sy_view report_fund_records(const struct report *p);

/* `row` of the document's funds and findings, in one line, is looked at. */
void report_at(const struct report *p, size_t row);

/* Pieces that both kinds show. */
void report_fund_cell(const void *ctx, size_t row, size_t column, sy_cell *out);
void report_item_cell(const void *ctx, size_t row, size_t column, sy_cell *out);
void report_rank(const struct report *p, uint32_t fund, sy_cell *out);
void report_percent(struct report *p, double share, sy_cell *out); /* "29.0%", in p->scratch */
const char *report_source(struct report *p, struct place place);   /* "file:line", in p->scratch */
const char *report_finding_source(struct report *p, const struct finding *f); /* the same */
/* A word of a status or a severity as people read it. */
const char *report_word(const struct report *p, const char *word);
void report_text(sy_cell *out, const char *text, sy_cell_type type); /* NULL: null */
void report_number(sy_cell *out, double number);                     /* NAN: null */
void report_score(sy_cell *out, bool has, int64_t scaled, int places);
/* Why a fund has no grade, in words; NULL where it has one. */
const char *report_no_grade(const struct report *p, uint32_t fund);
/* How an indicator's attainment came about, in one sentence; NULL. In p->reason. */
const char *report_reason(struct report *p, uint32_t fund, uint32_t item);
const char *report_rule(const struct report *p, uint32_t fund, uint32_t item);
uint32_t report_fund_of_item(struct report *p, size_t item);
void report_item_value(struct report *p, const struct value *v, const char *text, sy_cell *out);
const sy_column *report_columns(const sy_column *zh, const sy_column *en, const void *ctx);

/* The sums of a fund and of its branches; NULL: no memory, and p->failed says so. */
const struct tally *report_tally(struct report *p, uint32_t fund);
/* Makes the departments; without memory there are none, and the report has failed. */
void report_make_departments(const struct report *p);

/* Views of nested tables, by fund; see report_parts.c. */
sy_view report_levels(const struct report *p, uint32_t fund);
sy_view report_indicators(const struct report *p, uint32_t fund);
sy_view report_adjustments(const struct report *p, uint32_t fund);
sy_view report_bounds(const struct report *p, uint32_t fund);
sy_view report_departments(const struct report *p);
sy_view report_findings(const struct report *p);

#endif
