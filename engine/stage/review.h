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
    double over;               /* points claimed above what the rules give, net; 0: none */
    bool by_total;             /* the total alone is claimed: it is held against the fund's score */
    double score;              /* … then; NAN: there is none */
    uint32_t unproven;         /* rows that claim points for what is missing or cannot be read */
    uint32_t rows[VERDICTS];
    double points[VERDICTS]; /* weights */
};

void review_item(struct review_item *out, const struct run *r, const struct fund *f, uint32_t item);
void review_fund(struct review_fund *out, const struct run *r, const struct fund *f);
/* Whether all that a fund claims is full marks; *claims is false where it claims nothing. */
bool review_perfect(bool *claims, const struct run *r, const struct fund *f);
/* The contradictions of claims, as findings of the run. */
sy_status review_run(struct run *r, sy_error *err);
/* review_peers.c: a target against the year before, and the claims of a type against each other. */
sy_status review_previous(struct run *r, const struct fund *f, uint32_t item, sy_error *err);
sy_status review_peers(struct run *r, sy_error *err);
/* review_money.c: more spent than there was. */
sy_status review_money(struct run *r, sy_error *err);

#endif
