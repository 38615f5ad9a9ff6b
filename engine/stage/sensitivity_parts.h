/*
 * sensitivity_parts.h - what the files behind sensitivity.h share.
 */
#ifndef STAGE_SENSITIVITY_PARTS_H
#define STAGE_SENSITIVITY_PARTS_H

#include <math.h>

#include "base/decimal.h"
#include "stage/sensitivity.h"

/* One indicator of a fund as a draw needs it. */
struct drawn_item {
    uint32_t item, column; /* column: of the factors */
    uint32_t branch;       /* of the fund, from 0 */
    double weight, earned; /* earned: per point of weight; NAN: left out */
};

/* A fund as draws need it. Owns: items, branches. */
struct drawn {
    const struct run *r;
    uint32_t fund;
    const struct yardstick *yard;
    struct drawn_item *items;
    uint32_t nitems;
    double *branches; /* points of each */
    uint32_t nbranches;
    double weight; /* of all */
    double points; /* of adjustments */
    uint32_t cap;  /* worst grade that adjustments leave; NO_ROW */
    bool veto;
};

/* Funds of one type and year while they are drawn. Owns: all but s. */
struct drawing {
    struct sensitivity *s;
    uint32_t standard;
    uint32_t *funds; /* that have a score */
    uint32_t nfunds;
    uint32_t *column_of; /* by path: its column; NO_ROW */
    uint32_t *columns;   /* paths */
    uint32_t ncolumns;
    double *factors; /* by draw, column */
    double *means;   /* by column: of its factors, as what follows */
    double *variances;
    int64_t *scores;   /* by fund, draw: × 10^decimals */
    uint32_t *ranks;   /* the same, of those that are ranked; NULL: none is */
    double *explained; /* by fund, column: variance that goes with the factor */
};

/* sensitivity_fund.c */
sy_status drawn_make(struct drawn *out, const struct drawing *d, uint32_t fund, sy_error *err);
void drawn_dispose(struct drawn *f);
/* The score of weights times factors (by column; NULL: 1), without one of its items (NO_ROW: none):
 * adjusted, within its limits, not rounded. NAN: nothing is included. `sums` has room for three
 * numbers a branch. */
double drawn_score(const struct drawn *f, const double *factors, uint32_t without, double *sums);
/* As the fund's score is rounded, × 10^decimals. */
int64_t drawn_round(const struct drawn *f, double score);
/* Its grade; NO_ROW: none. */
uint32_t drawn_grade(const struct drawn *f, int64_t scaled);
/* sensitivity_draws.c: scores of every fund in every draw, what goes with which weight, quantiles.
 */
sy_status sensitivity_draw(struct drawing *d, sy_error *err);
/* sensitivity_ranks.c */
sy_status sensitivity_rank(struct drawing *d, sy_error *err);
/* The k-th smallest of the values, k from 0; puts them in another order. */
int64_t sensitivity_kth(int64_t *values, uint32_t n, uint32_t k);
/* Its number in a list of n: the smallest value that at least that share does not pass. */
static inline uint32_t sensitivity_place(double share, uint32_t n)
{
    const uint32_t place = (uint32_t)ceil(share * n - 1e-9);
    return place ? place - 1 : 0;
}

#endif
