/*
 * judge_plain.h - the verdict of items that are two numbers and nothing else, as most items of
 * large evaluations are: what judge_item would say of them is the same for all rows of a shape
 * under one bound, and is found out once for both.
 */
#ifndef STAGE_JUDGE_PLAIN_H
#define STAGE_JUDGE_PLAIN_H

#include "stage/plan.h"

#define PLAIN_PAIRS 2048u /* a power of two */

/* A shape under a bound: 64 bytes. */
struct plain_pair {
    uint32_t shape, bound;
    const struct rule *rule;           /* that is to run; NULL: judge_item must look at the row */
    double target_power, actual_power; /* 10^places */
    double target_scale, actual_scale; /* of the unit that the rule's numbers are in */
    bool known, scaled;                /* scaled: one of them is not 1 */
    uint8_t sign, zero_sign;           /* zero_sign: of a target of 0 */
    uint8_t unused[12];
};

/* Pairs that were met, each in its one place; a worker has its own. */
struct judge_plain {
    struct plain_pair pairs[PLAIN_PAIRS];
    uint32_t stride; /* places of a bound: shapes are few, and so each pair has its own */
    bool usable;     /* anything may be plain */
    bool rated;      /* there are ratings: each item is asked for its own */
};

/* At the start of a task. */
void judge_plain_open(struct judge_plain *p, const struct run *r);
/* Whether rows of a shape are plain under a bound. */
bool judge_plain_fits(const struct run *r, uint32_t shape, const struct bound *b);
/* Called now and then from a loop whose registers it would take, were it a part of it. */
__attribute__((__noinline__)) void judge_plain_learn(struct plain_pair *pair, const struct run *r,
                                                     uint32_t shape, uint32_t bound);

/* What holds for the rows of a shape under a bound, neither with an override nor a rating; NULL:
 * judge_item must look at them. */
static inline const struct plain_pair *judge_plain_find(struct judge_plain *p, const struct run *r,
                                                        uint32_t shape, uint32_t bound)
{
    struct plain_pair *pair = &p->pairs[(bound * p->stride + shape) & (PLAIN_PAIRS - 1)];
    if (!pair->known || pair->shape != shape || pair->bound != bound)
        judge_plain_learn(pair, r, shape, bound);
    return pair->rule ? pair : NULL;
}

#endif
