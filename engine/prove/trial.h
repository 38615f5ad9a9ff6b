/*
 * trial.h - invented cases scored, and what a law looks at in each; a counterexample made smaller.
 */
#ifndef PROVE_TRIAL_H
#define PROVE_TRIAL_H

#include "prove/law.h"
#include "prove/prove.h"

/* The indicator of a case that is looked at. */
struct trial_case {
    const struct prove_case *c;
    const char *path;
};

/* Scores n cases, whose numbers are 1 to n; points[i] is what became of the i-th. *message, where
 * not NULL, is what the first script that failed said, in the arena. */
sy_status trial_score(struct law_point *points, const char **message, struct arena *arena,
                      const struct prove_home *home, const struct trial_case *cases, size_t n,
                      sy_error *err);

/* Points that break a law: one case with other actuals, or (LAW_UNITS) with its money in 元 and in
 * 万元. */
struct trial {
    const struct prove_home *home;
    enum prove_law law;
    const struct prove_case *base;
    size_t own; /* the indicator's row */
    const char *path;
    const char *actuals[LAW_POINTS_MAX];
    size_t n;
    struct units *units; /* LAW_UNITS */
    const struct yardstick *yard;
    const struct prove_case *cases[LAW_POINTS_MAX]; /* the points */
    struct law_point points[LAW_POINTS_MAX];
    const char *message;
};

/* Scores the points; whether they break the law. */
sy_status trial_run(bool *broken, struct trial *t, struct arena *arena, sy_error *err);
/* Leaves out of the case whatever the counterexample does without. */
sy_status trial_shrink(struct trial *t, struct arena *arena, sy_error *err);

#endif
