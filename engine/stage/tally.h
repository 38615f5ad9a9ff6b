/*
 * tally.h - one fund's sums (contract 5.3): what is included, what is handed on, what it comes to.
 */
#ifndef STAGE_TALLY_H
#define STAGE_TALLY_H

#include "stage/plan.h"

/* Which question is asked of a fund. */
enum tally_mode {
    TALLY_SCORE, /* by [missing] */
    TALLY_LOW,   /* what is missing, untargeted, unrated or rejected is included at 0 */
    TALLY_HIGH   /* … at its weight */
};

/* One level-1 branch. */
struct tally_level {
    const char *path; /* its first segment: path[0..len) */
    size_t len;
    uint32_t branch; /* that segment's id in paths */
    double weight, included;
    int64_t sum;  /* × 10^decimals */
    double plain; /* with apply = total, where nothing is rounded before */
    bool any;     /* something is included */
};

/* Owns: levels, at. */
struct tally {
    struct tally_level *levels; /* in order of the data */
    size_t nlevels, cap;
    uint32_t *at; /* by branch: where its level stands, if levels[at[branch]] is of that branch */
    uint32_t nat;
    double weight, included, scored, not_applicable;
    int64_t sum;
    double plain;
    bool any;
    bool open; /* something that applies is not scored: low and high may differ from the score */
    bool fits; /* every number could be held */
};

/* What an indicator earns before it is rounded (contract 5.3); NAN: it is left out. */
double tally_earned(const struct run *r, const struct bound *b, enum item_status status,
                    double attainment, double weight);
/* Whether two sums of weights are one: written decimals in doubles may be a hair off. */
bool tally_same_weight(double a, double b);
void tally_dispose(struct tally *t);
/* Sums up a fund, and each of its branches. */
sy_status tally_fund(struct tally *t, const struct run *r, const struct fund *f,
                     enum tally_mode mode, sy_error *err);
/* The same for its score alone: branches only where it depends on them. */
sy_status tally_total(struct tally *t, const struct run *r, const struct fund *f,
                      enum tally_mode mode, sy_error *err);
/* The sums as a score × 10^decimals, excluded points handed on. False: nothing is included, or it
 * does not fit. */
bool tally_score(int64_t *out, const struct tally *t, const struct yardstick *y);
/* The points of one branch with those of its excluded indicators handed on inside it (rescale =
 * level): rounded, but with apply = total, where only the fund's score is. False: nothing of it is
 * included, or it does not fit. */
bool tally_part(double *out, const struct tally_level *level, const struct yardstick *y);

#endif
