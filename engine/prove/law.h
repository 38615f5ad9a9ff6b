/*
 * law.h - what must hold of any rule, over the actuals that it was tried with.
 */
#ifndef PROVE_LAW_H
#define PROVE_LAW_H

#include "prove/probe.h"

enum prove_law {
    LAW_MONOTONE, /* better never scores lower */
    LAW_RANGE,    /* 0 ≤ attainment ≤ 1 */
    LAW_UNITS,    /* 元 and 万元 are the same money */
    LAW_EDGES,    /* a bound gives what the band that it belongs to gives */
    LAW_ERROR,    /* no script fails */
    LAWS
};
const char *law_word(enum prove_law law); /* "monotone", as test.exempt has it */

#define LAW_POINTS_MAX 3

/* What was found at a point. */
struct law_point {
    double attainment; /* NAN: not scored */
    double given;      /* by a function, where that was out of range; else NAN */
    bool failed;       /* its script failed */
};

/* Points that break a law: of LAW_MONOTONE the worse and the better one, of LAW_EDGES the bound and
 * two points beside it. */
struct law_fault {
    enum prove_law law;
    size_t points[LAW_POINTS_MAX];
    size_t n;
    double cost; /* digits to write down, and how far its points are from each other */
};

/* Whether these points, as many as the law has, break it. */
bool law_broken(enum prove_law law, const struct law_point *points);
/* The faults of an indicator's probes: at most one a law, that which is easiest to read. */
size_t law_faults(struct law_fault out[LAWS], const struct probes *probes,
                  const struct law_point *points);

#endif
