/*
 * improve.h - the shortest way up: the fewest changes in actual results that bring a fund to a
 * grade, each scored by the engine itself.
 *
 * A change leads an indicator as far as its rule goes on rewarding it: to its target, to the band
 * of full points, to the best word of [ratings]; the dearest one of them only as far as is needed.
 * How dear a change is: how far the actual moves, in parts of its target, for each point it brings.
 */
#ifndef STAGE_IMPROVE_H
#define STAGE_IMPROVE_H

#include "stage/plan.h"

enum improve_end {
    IMPROVE_THERE,   /* the fund has that grade, or a better one */
    IMPROVE_REACHED, /* the changes lead there */
    IMPROVE_SHORT,   /* no results lead there: the best of all is too little */
    IMPROVE_CAPPED,  /* adjustments keep it below that grade */
    IMPROVE_SUMS,    /* weights do not add up: no score has a grade */
    IMPROVE_BROKEN   /* the fund has no score: a script failed, or it has no weights */
};
const char *improve_end_word(enum improve_end end); /* "there", "reached", … */

/* One change. Owns: text. */
struct improve_step {
    uint32_t item;
    char *text;        /* the new actual as it would be written, or a rating */
    bool rating;       /* a judgement, no figure */
    double attainment; /* then */
    int64_t points;    /* that it brings after those before it, × 10^decimals */
    int64_t score;     /* then */
    double effort; /* parts of the target that the actual moves; 1: from nothing, or a judgement */
};

/* A fund. Owns: steps. */
struct improve_fund {
    uint32_t fund, grade; /* grade: that is asked for */
    enum improve_end end;
    struct improve_step *steps; /* the cheapest first; where SHORT, all that there are */
    uint32_t nsteps;
    int64_t bound, score; /* score that the grade begins at; score in the end. × 10^decimals */
    uint32_t reached;     /* grade in the end; NO_ROW */
    double coverage;      /* in the end */
};

/* Of a scored run: a fund, by index, to a grade of its yardstick. The run is as it was. */
sy_status improve_fund(struct improve_fund *out, struct run *r, uint32_t fund, uint32_t grade,
                       sy_error *err);
void improve_dispose(struct improve_fund *f);

#endif
