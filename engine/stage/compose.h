/*
 * compose.h - rules made of standard rules, over columns: each rule in it runs as a kernel over the
 * items that share the whole. One that holds a function is called as a function instead.
 */
#ifndef STAGE_COMPOSE_H
#define STAGE_COMPOSE_H

#include "stage/judge.h"

/* What a rule is asked for: items first + order[0..n) of the plan, of funds[order[k]] each. */
struct compose_rows {
    const uint32_t *funds;
    const uint32_t *order;
    uint32_t first;
    size_t n;
    double *attainment;      /* NAN: it could not be told */
    double *actual, *target; /* of a rule that left a note */
    uint8_t *notes;          /* KERNEL_ */
};

/* Reads the run alone and leaves no findings: judge_item has said what there is to say. */
sy_status compose_run(const struct run *r, const struct rule *rule, const struct compose_rows *rows,
                      sy_error *err);
/* How the parts came to what they gave. */
sy_status compose_explain(struct buf *out, const struct run *r, const struct fund *f, uint32_t item,
                          const struct rule *rule, bool zh, sy_error *err);

#endif
