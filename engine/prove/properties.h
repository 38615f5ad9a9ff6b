/*
 * properties.h - laws that hold for any rule, tried with invented cases around those of a test
 * file.
 */
#ifndef PROVE_PROPERTIES_H
#define PROVE_PROPERTIES_H

#include "prove/law.h"
#include "prove/prove.h"

/* A law that does not hold. Texts are in the arena of the results. */
struct prove_counter {
    enum prove_law law;
    const struct prove_case *seed; /* the case of the file that it was found from */
    const char *path;
    const char *rule;       /* as a script writes it */
    const char *place;      /* "scripts/x.lua:8"; "": the built-in by_sign */
    const char *target;     /* "≥100"; "" */
    const char *actuals[2]; /* as written; of LAW_UNITS whatever money was written two ways */
    struct law_point points[LAW_POINTS_MAX];
    size_t n;            /* actuals, 1 or 2 */
    const char *message; /* of a script that failed; "" */
    const char *paste;   /* as a case for the test file, in three lines */
    bool measured;       /* its actual is computed: the case gives it all the same */
};

/* What the laws of a file came to. Owns: all, in its arena. */
struct prove_properties {
    struct arena arena;
    struct prove_counter *counters;
    size_t ncounters;
    size_t nrules, nprobes;
    bool *spared; /* by exempt of the file: whether some counterexample was let off */
};

/* Tries the rules that grade the indicators of a file's cases. */
sy_status prove_properties(struct prove_properties *out, const struct prove_file *file,
                           sy_error *err);
void prove_properties_dispose(struct prove_properties *p);

#endif
