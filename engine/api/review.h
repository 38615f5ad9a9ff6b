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

/* What a finding comes to for a reviewer: review_kinds.c. Several codes may be of one kind. */
#define REVIEW_KINDS 19
struct review_kind {
    enum finding_code code;
    enum review_advice advice;
    bool once;           /* of a fund, not of rows: not counted */
    bool unless_noted;   /* asks for nothing where its row has a reason (偏差原因) */
    const char *zh, *en; /* as words before a count, or in a row */
};
/* The kind of a code; REVIEW_KINDS: none of them. */
uint32_t review_kind_of(enum finding_code code);
const struct review_kind *review_kind_at(uint32_t kind);

/* A fund of the worklist. */
struct review_work {
    uint32_t fund;
    enum review_advice advice;
    uint16_t kinds[REVIEW_KINDS + 1]; /* findings of each, and of none of them */
    struct review_fund sums;
};

struct review_grade {
    const char *claimed, *recomputed; /* NULL: none */
    uint32_t funds;
};

/* A review of a run. Owns: all but the run. */
struct review {
    struct report *p;
    uint32_t *doubts;          /* of one fund: by item, a bit for each kind found there; NULL */
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
/* A verdict for people: "too high". */
const char *review_verdict_label(const struct report *p, enum verdict verdict);
/* Why, in one sentence, into `out`; a brief one leaves out what a worklist has columns for. */
void review_why(struct buf *out, const struct review *v, uint32_t fund, bool brief);
/* The grade that a fund claims, and the one that it has; NULL: none. */
const char *review_claimed_grade(const struct review *v, uint32_t fund);
const char *review_grade(const struct review *v, uint32_t fund);

sy_view review_tree(const struct review *v);
sy_view review_rows(const struct review *v); /* an indicator each */
/* What it comes to, and what is to be done: lines below the table for people. */
void review_closing(struct buf *out, const struct review *v);
sy_view review_people(const struct review *v); /* one fund: its indicators; several: the worklist */

#endif
