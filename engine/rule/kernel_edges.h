/*
 * kernel_edges.h - where what a rule gives may bend or jump, and which way it is to go: what tests
 * of a rule look at. Made of a rule's parameters alone; kernels are not asked.
 */
#ifndef RULE_KERNEL_EDGES_H
#define RULE_KERNEL_EDGES_H

#include "rule/kernel.h"

#define KERNEL_EDGES_MAX 256

/* What a rule is held against, in the item's unit; days are day numbers. */
struct kernel_against {
    double target, hi; /* NAN: none */
    double previous;   /* last year's actual; NAN: none */
    enum rule_sign sign;
    bool day; /* targets and actuals are days */
};

/* An actual at which something begins or ends. `own` is the side whose band it belongs to: what it
 * gives goes on there. -1 below, 1 above, 0: neither, or a point by itself. */
struct kernel_edge {
    double at;
    int own;
};

/* Which way is better: what a rule gives never falls as the actual rises up to `lo`, and never
 * falls as it sinks down to `hi`. More is better: both are infinity; less is better: both minus
 * infinity; nothing is known: lo is minus infinity and hi infinity. */
struct kernel_course {
    double lo, hi;
    bool whole; /* actuals are whole numbers */
};

/* The edges in ascending order, each once, at most KERNEL_EDGES_MAX; returns how many. */
size_t kernel_edges(struct kernel_edge *out, const struct rule *rule,
                    const struct kernel_against *against);

/* The way that the rule means: of tiers whose points fall and rise again, too, that of their ends.
 * A function is taken by the sign. */
struct kernel_course kernel_course(const struct rule *rule, const struct kernel_against *against);

#endif
