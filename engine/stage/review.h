/*
 * review.h - what units claim against what the rules give (contract 8).
 */
#ifndef STAGE_REVIEW_H
#define STAGE_REVIEW_H

#include "stage/plan.h"

enum verdict {
    VERDICT_AGREES,
    VERDICT_OVERCLAIMED,
    VERDICT_UNDERCLAIMED,
    VERDICT_JUDGEMENT,   /* a rating, or text that repeats its target: people decide */
    VERDICT_CANNOT_TELL, /* no claim, or nothing that could be scored */
    VERDICTS
};
const char *verdict_word(enum verdict v); /* "agrees", "overclaimed", … */

/* A claim of one indicator; NAN: there is none. */
struct review_item {
    enum verdict verdict;
    double claimed, recomputed, difference;
    bool rounded; /* agrees by its own decimals alone */
};

/* What a fund's claims come to. Comparable are rows whose verdict is one of the first three. */
struct review_fund {
    double claimed_total;      /* as the unit says; NAN: it does not */
    double claimed_sum;        /* of all rows; NAN: no row has one */
    double claimed_comparable; /* of comparable rows */
    double recomputed_total;   /* of the same rows */
    double unreviewed_weight;  /* of the others */
    uint32_t rows[VERDICTS];
    double points[VERDICTS]; /* weights */
};

void review_item(struct review_item *out, const struct run *r, const struct fund *f, uint32_t item);
void review_fund(struct review_fund *out, const struct run *r, const struct fund *f);
/* The contradictions of claims, as findings of the run. */
sy_status review_run(struct run *r, sy_error *err);

#endif
