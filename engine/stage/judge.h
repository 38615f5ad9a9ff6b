/*
 * judge.h - what an item is before any rule runs: its status, or the numbers that its rule reads.
 */
#ifndef STAGE_JUDGE_H
#define STAGE_JUDGE_H

#include "stage/journal.h"
#include "stage/plan.h"

struct judged {
    enum item_status status; /* final, unless `ready` */
    bool ready; /* the rule is to run (beside a rating too: then status is ITEM_SCORED) */
    enum sign sign;
    double attainment;         /* where status is ITEM_SCORED */
    double actual, target, hi; /* in the item's unit; where ready */
    const struct rule *rule;
};

/* Contract 5.1: the first status that holds, with the findings that say so, into `out`. */
sy_status judge_item(struct judged *j, struct journal *out, const struct run *r,
                     const struct fund *f, uint32_t item, sy_error *err);

/* The verdict of one rule without parts, or of a function, where target and actual are there.
 * `previous`: last year's actual is its target. `out` NULL: without findings. Sets all of *j. */
sy_status judge_part(struct judged *j, struct journal *out, const struct run *r,
                     const struct fund *f, uint32_t item, const struct rule *rule, bool previous,
                     sy_error *err);
/* The verdict of the rule made of rules that is j->rule. */
sy_status judge_parts(struct judged *j, struct journal *out, const struct run *r,
                      const struct fund *f, uint32_t item, sy_error *err);

/* The verdict of a rule that a function called and that has nothing to go by: as if it had been
 * declared. `j` is what judge_item made of the item; `rule` is needed for the call alone. */
sy_status judge_unfit(struct judged *j, struct journal *out, const struct run *r,
                      const struct fund *f, uint32_t item, const struct rule *rule, sy_error *err);

#endif
