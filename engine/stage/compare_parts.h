/*
 * compare_parts.h - what the files behind compare.h share.
 */
#ifndef STAGE_COMPARE_PARTS_H
#define STAGE_COMPARE_PARTS_H

#include "stage/compare.h"
#include "stage/mix.h"

/* Two standards that some fund goes between. */
struct transition {
    uint32_t from, to;
    bool same_rules, same_yardstick;
    const struct yardstick *was; /* the later one's, if it has [was]; NULL */
    bool backwards;              /* `to` is the earlier year */
};

/* An indicator that both years have. */
struct twin {
    uint32_t from, to; /* items; of a group the first of each */
    uint32_t group;    /* NO_ROW: one each */
    bool unmixed;
};

/* Which year of the two each of the four things is of, a bit each: the second one's where it is
 * set. */
#define OF_RESULTS 1u
#define OF_TARGETS 2u
#define OF_RULES   4u
#define OF_WEIGHTS 8u
#define STATES     16u

/* Changes that are worked out together. Owns: all but what it points to for compare. */
struct batch {
    struct compare *c;
    const struct transition **transitions; /* by change of the batch, as what follows */
    uint32_t *changes;
    uint32_t *first_twin; /* and one more */
    uint8_t *differs;     /* which of the four do, as bits; of what can be mixed */
    uint8_t *graded;      /* which of them attainments depend on: weights where scripts see them */
    bool *scripted;       /* functions look at the fund */
    uint32_t *fund_at, *item_at; /* where its fund and items lie in the mix at hand */
    uint32_t count, cap;
    struct twin *twins;
    uint32_t ntwins, twins_cap, values_cap;
    double *attainment[STATES]; /* by twin */
    uint8_t *status[STATES];
    uint32_t *root, roots_cap; /* see compare_twins.c */
};

/* What a state is the same as: what does not differ is of the year of the results. */
static inline unsigned compare_state(unsigned state, unsigned differs)
{
    const unsigned results = state & OF_RESULTS ? STATES - 1 : 0;
    return (state & (differs | OF_RESULTS)) | (results & ~differs & (STATES - 1));
}

/* compare_twins.c: the twins of a change, added to the batch. */
sy_status compare_twins(struct batch *b, const struct compare_change *change,
                        const struct transition *t, sy_error *err);
/* compare_batch.c: every mix of the batch's twins that is needed; then the causes of its changes.
 */
sy_status compare_mix(struct batch *b, struct mix *mix, sy_error *err);
sy_status compare_work_out(struct batch *b, sy_error *err);
/* Drivers that one worker has found. Owns: list. */
struct drivers {
    struct compare_driver *list;
    uint32_t n, cap;
};

/* compare_causes.c: the causes of change i of the batch, and its drivers, put behind those in `out`
 * (where first_driver is counted from). May run beside others of the batch. */
sy_status compare_causes(struct drivers *out, const struct batch *b, uint32_t i, sy_error *err);

static inline const struct fund *compare_from(const struct compare *c,
                                              const struct compare_change *change)
{
    return &c->r->funds[change->from];
}
static inline const struct fund *compare_to(const struct compare *c,
                                            const struct compare_change *change)
{
    return &c->r->funds[change->to];
}

#endif
