/*
 * compare.h - why scores changed from one year to another (contract 7): causes that close exactly.
 *
 * S is the score of a fund over the indicators that both years have, before rounding, adjustments
 * and clamping. It depends on four things, each of which is one year's or the other's: results,
 * targets, weights, rules. Their causes are the Shapley values of S: the mean, over every order in
 * which they can be moved one by one, of the change that each makes (L. S. Shapley, A value for
 * n-person games, 1953). What adding and dropping indicators, adjustments and rounding change comes
 * beside them.
 */
#ifndef STAGE_COMPARE_H
#define STAGE_COMPARE_H

#include "base/decimal.h"
#include "stage/plan.h"
#include "stage/ranks.h"

enum cause {
    CAUSE_RESULTS,
    CAUSE_TARGETS,
    CAUSE_WEIGHTS,
    CAUSE_RULES,
    CAUSE_INDICATORS,
    CAUSE_ADJUSTMENTS,
    CAUSE_ROUNDING,
    CAUSES
};
#define CAUSES_MIXED  4 /* those that S depends on */
#define CAUSES_DRIVEN 5 /* those that an indicator has a part in */

const char *cause_word(enum cause c); /* "results", … */

/* An indicator's part in a change, in points. */
struct compare_driver {
    uint32_t from, to; /* items; of several the first; NO_ROW: that year has none */
    uint32_t group;    /* NO_ROW: one indicator in each year */
    bool unmixed;      /* cannot be mixed: all but its weight counts as rules */
    double causes[CAUSES_DRIVEN];
    double change; /* all of them */
};

/* Indicators that [was] makes one. */
struct compare_group {
    uint32_t first; /* in members: those of the first year, then those of the second */
    uint32_t nfrom, nto;
};

/* A fund from one year to the next that was asked for. */
struct compare_change {
    uint32_t from, to; /* funds of the run */
    bool known;        /* both have a score: else there is nothing but these two */
    bool yardsticks_differ;
    int decimals;                    /* of change and causes */
    int64_t change, causes[CAUSES];  /* × 10^decimals */
    uint32_t first_driver, ndrivers; /* the greatest first */
};

/* A fund in all its years. */
struct compare_body {
    uint32_t first_fund, nfunds; /* in `funds`, in the order of the years asked for */
    uint32_t first_change, nchanges;
    uint32_t first_row; /* a row each change, and one for a fund of one year alone */
};

/* What is asked for. */
struct compare_what {
    const int *years;
    size_t nyears;
    const char *const *funds; /* these alone */
    size_t nfunds;            /* 0: all */
};

/* Owns: all but the run, and the lists of `what`. */
struct compare {
    struct run *r;
    struct compare_what what;
    int *years;
    size_t nyears;
    struct compare_body *bodies; /* in order of the data */
    uint32_t nbodies, nrows;
    uint32_t *funds;
    struct compare_change *changes;
    uint32_t nchanges, changes_cap;
    struct compare_driver *drivers;
    uint32_t ndrivers, drivers_cap;
    struct compare_group *groups;
    uint32_t ngroups, groups_cap;
    uint32_t *members;
    uint32_t nmembers, members_cap;
    struct ranks ranks;
};

/* Of a scored run, its years in that order. SY_EINPUT: fewer than two, or one without any fund;
 * SY_EUSAGE: one twice. Ranks are among all funds of the run. */
sy_status compare_open(struct compare *out, struct run *r, const struct compare_what *what,
                       sy_error *err);
/* Whether a fund's word is asked for. */
bool compare_holds(const struct compare_what *what, const struct dataset *d, uint32_t fund);
void compare_dispose(struct compare *c);
/* SY_EINPUT where two of the years are judged by yardsticks that differ, in the words of the first
 * such pair. */
sy_status compare_refuse_differing(const struct compare *c, sy_error *err);

#endif
