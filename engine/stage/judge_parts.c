/*
 * judge_parts.c - the verdict of a rule made of rules: an indicator is graded where every one of
 * them can grade it; else its status is the first in the order of contract 5.1 that one of them
 * gives, with that rule's findings alone.
 */
#include "stage/judge.h"

struct walk {
    const struct run *r;
    const struct fund *f;
    uint32_t item;
    sy_error *err;
    const struct rule *against, *repeating; /* that cannot grade; that took words for met */
    bool against_previous, repeating_previous;
    enum item_status status; /* of `against` */
};

static sy_status visit(struct walk *w, const struct rule *rule, bool previous)
{
    struct judged one;
    sy_status status = judge_part(&one, NULL, w->r, w->f, w->item, rule, previous, w->err);
    if (status != SY_OK || one.ready)
        return status;
    if (one.status == ITEM_SCORED && !w->repeating) {
        w->repeating = rule;
        w->repeating_previous = previous;
    } else if (one.status != ITEM_SCORED && (!w->against || one.status < w->status)) {
        w->against = rule;
        w->against_previous = previous;
        w->status = one.status;
    }
    return SY_OK;
}

static sy_status walk_parts(struct walk *w, const struct rule *rule, bool previous)
{
    sy_status status = SY_OK;
    if (rule->nparts == 0)
        return visit(w, rule, previous);
    previous = previous || rule->kind == RULE_AGAINST_PREVIOUS;
    for (size_t k = 0; k < rule->nparts && status == SY_OK; k++)
        status = walk_parts(w, rule->parts[k].rule, previous);
    return status;
}

sy_status judge_parts(struct judged *j, struct journal *out, const struct run *r,
                      const struct fund *f, uint32_t item, sy_error *err)
{
    struct walk w = {.r = r, .f = f, .item = item, .err = err};
    const struct judged own = *j;
    sy_status status = walk_parts(&w, own.rule, false);
    /* A function that is called tells of words taken for met itself. */
    const struct rule *repeating = own.rule->function ? NULL : w.repeating;
    const struct rule *said = w.against ? w.against : repeating;
    const bool previous = w.against ? w.against_previous : w.repeating_previous;
    if (status == SY_OK && said) /* once more, aloud */
        status = judge_part(j, out, r, f, item, said, previous, err);
    j->rule = own.rule;
    j->sign = own.sign;
    if (w.against || status != SY_OK)
        return status;
    j->ready = true;
    j->status = ITEM_MISSING; /* until the rule has run */
    return SY_OK;
}
