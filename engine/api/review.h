/*
 * review.h - claims beside scores as views: steelyard.review/1, a row an indicator for machines,
 * and for people a page of one fund or a worklist of many.
 */
#ifndef API_REVIEW_H
#define API_REVIEW_H

#include "api/report.h"
#include "stage/review.h"

/* What a reviewer does with a claim. */
enum review_advice { ADVICE_PASS, ADVICE_ADD_REASON, ADVICE_RETURN, ADVICE_VISIT, ADVICES };

/* A fund of the worklist. */
struct review_work {
    uint32_t fund;
    enum review_advice advice;
    double over; /* points claimed above what the rules give, of comparable rows */
    uint32_t nfindings, over_weight, no_reason, sums_wrong; /* findings, and of these kinds */
    struct review_fund sums;
};

struct review_grade {
    const char *claimed, *recomputed; /* NULL: none */
    uint32_t funds;
};

/* A review of a run. Owns: all but the run. */
struct review {
    struct report *p;
    struct review_work *works; /* by fund */
    uint32_t *worst;           /* funds, those with the most to do first */
    uint32_t rows[VERDICTS];
    double points[VERDICTS];
    struct review_grade *grades;
    uint32_t ngrades;
    uint32_t *codes; /* of findings that are there, with their counts */
    uint32_t *counts;
    uint32_t ncodes;
};

sy_status review_open(struct review *out, struct report *p, sy_error *err);
void review_dispose(struct review *v);
const char *
review_advice_word(enum review_advice advice); /* "pass", "add_reason", "return", "visit" */
/* Why, in one sentence, into `out`. */
void review_why(struct buf *out, const struct review *v, uint32_t fund);

sy_view review_tree(const struct review *v);
sy_view review_rows(const struct review *v); /* an indicator each */
/* What it comes to, and what is to be done: lines below the table for people. */
void review_closing(struct buf *out, const struct review *v);
sy_view review_people(const struct review *v); /* one fund: its indicators; several: the worklist */

#endif
