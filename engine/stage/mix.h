/*
 * mix.h - indicators as no year had them: the results of one year held against the targets of a
 * second by the rules of a third, scored by the same stages as all others.
 *
 * Mixed funds and their items stand behind the run's own, in the same arrays, while they are
 * scored; then they are taken away, with all that their scoring has left. Nothing is said of them.
 */
#ifndef STAGE_MIX_H
#define STAGE_MIX_H

#include "stage/plan.h"

/* Owns: nothing but what the run lends it back. */
struct mix {
    struct run *r;
    uint32_t nfunds, nitems, novers; /* the run's own: mixed ones come after them */
    size_t ncells;
    uint32_t funds_cap, items_cap; /* of mixed ones that there is room for */
    uint32_t nput;                 /* funds that mix_begin has announced */
    uint32_t *was_fund;            /* by mixed fund: the fund of its entity */
    uint32_t *groups, ngroups;     /* the run's own, as what follows */
    uint32_t *reason;
    double *ruled;
    const char *stage;
    bool plain; /* no rating is anywhere: a row's numbers are all that a plain rule reads */
    bool script_failed, no_overs, no_rows;
};

sy_status mix_open(struct mix *out, struct run *r, sy_error *err);
/* The run is as it was. */
void mix_close(struct mix *m);

/* So many mixed funds and items come, each of which is to be put in its place before they are
 * scored. */
sy_status mix_begin(struct mix *m, uint32_t nfunds, uint32_t nitems, sy_error *err);
/* Fund `at`, whose items are `count` from `first` on: with an entity's facts, ratings and years
 * before, by a standard's rules. This and mix_item may be called beside others of their kind. */
void mix_fund(struct mix *m, uint32_t at, uint32_t first, uint32_t count, uint32_t entity,
              uint32_t standard);

/* Whose an indicator's parts are, as items of the run; scripts see the weight of the last (NO_ROW:
 * they do not look). */
struct mix_parts {
    uint32_t results, targets, rules, weights;
    bool seen; /* by functions: it must be all that it is said to be */
};
/* Item `at`: the results are its fund's entity's, the rules its standard's. */
void mix_item(struct mix *m, uint32_t at, const struct mix_parts *parts);
/* One of the run's own as it is, or with another actual (NULL: its own), which is read from `text`.
 */
sy_status mix_given(struct mix *m, uint32_t at, uint32_t item, const struct value *actual,
                    const char *text, sy_error *err);
/* Whether two items have the same target, told in their own years' days, with the same sign. */
bool mix_same_target(const struct run *r, uint32_t a, uint32_t b);
/* The target that an item's year told: what its rules compute is not taken along. */
struct value mix_told(const struct run *r, uint32_t item);
/* What an item's year reported: the measure of its rules is not taken along. */
struct value mix_reported(const struct run *r, uint32_t item);
/* Scores what was added: item k of it is item mix_first(m) + k, until mix_clear. */
sy_status mix_score(struct mix *m, sy_error *err);
static inline uint32_t mix_first(const struct mix *m)
{
    return m->nitems;
}
/* Takes mixed funds away. */
void mix_clear(struct mix *m);

#endif
