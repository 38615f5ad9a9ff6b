/*
 * probe.h - the actuals that an indicator's rule is tried with: each edge just below, at and just
 * above, and a ladder of simple values.
 */
#ifndef PROVE_PROBE_H
#define PROVE_PROBE_H

#include "rule/kernel_edges.h"
#include "stage/plan.h"

#define PROBE_TEXT_MAX 96

/* One invented actual. */
struct probe {
    double at;                 /* in the item's unit; a day; a count */
    char text[PROBE_TEXT_MAX]; /* as a table would have it */
};

/* An edge, and two points beside it in the band that owns it; numbers of probes. */
struct probe_edge {
    size_t at, near, far;
};

/* What an indicator is tried with. Owns: nothing, the arena does. */
struct probes {
    struct probe *list; /* ascending */
    size_t n;
    struct probe_edge *edges;
    size_t nedges;
    struct kernel_course course;
};

/* Of an item that a number or a day has graded; n is 0 for others. */
sy_status probe_item(struct probes *out, struct arena *arena, const struct run *r,
                     const struct fund *f, uint32_t item, sy_error *err);

/* At most `cap` numbers that the function of a rule, in a script of the standard, speaks of. */
sy_status probe_numbers(double *out, size_t cap, size_t *n, const struct standard *s,
                        const struct rule *rule, sy_error *err);

#endif
