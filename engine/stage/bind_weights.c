/*
 * bind_weights.c - what each indicator can earn: [weights], shares of a level, or the data's own
 * points.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "stage/plan.h"

/* Points are compared as written decimals: a billionth is no difference. */
static bool same_points(double a, double b)
{
    return fabs(a - b) < 1e-6;
}

/* The branch of a split pattern: what stands before its first `*`, without the dot. */
static size_t branch_len(const char *pattern)
{
    size_t len = strcspn(pattern, "*");
    return len && pattern[len - 1] == '.' ? len - 1 : len;
}

static bool in_branch(const char *path, const char *branch, size_t len)
{
    return strncmp(path, branch, len) == 0 && path[len] == '.';
}

static bool same_branch(const struct yard_weight *a, const struct yard_weight *b, size_t len)
{
    return branch_len(b->pattern) == len && strncmp(a->pattern, b->pattern, len) == 0;
}

/* The share of each indicator that `w` splits among: the branch's points, less those that others in
 * the branch have. A split of a branch inside this one takes its own points first. */
static double share_of(const struct run *r, const struct fund *f, const struct yard_weight *w)
{
    const struct yardstick *y = r->standards[f->standard].yard;
    size_t len = branch_len(w->pattern);
    double points = 0;
    size_t sharers = 0;
    for (size_t i = 0; i < y->nlevels; i++)
        if (strlen(y->levels[i].path) == len && strncmp(y->levels[i].path, w->pattern, len) == 0)
            points = y->levels[i].points;
    for (uint32_t i = f->first; i < f->first + f->count; i++) {
        const struct yard_weight *other = r->bounds[r->items[i].bound].weight;
        if (other == w)
            sharers++;
        if (!other || other == w || !in_branch(item_path(r, i), w->pattern, len))
            continue;
        if (!other->split)
            points -= other->points;
        else if (same_branch(w, other, len))
            sharers++;
        else if (branch_len(other->pattern) > len)
            points -= share_of(r, f, other);
    }
    return points > 0 && sharers ? points / (double)sharers : 0;
}

/* The share met last: indicators of one branch are usually neighbours. */
struct share {
    const struct yard_weight *weight;
    double points;
};

static sy_status weigh_item(struct run *r, const struct fund *f, uint32_t item, struct share *last,
                            sy_error *err)
{
    const struct yard_weight *w = r->bounds[r->items[item].bound].weight;
    uint32_t row = r->items[item].row;
    double own = outcome_number(&r->d, OUTCOME_WEIGHT, row);
    if (w && w->split && last->weight != w)
        *last = (struct share){w, share_of(r, f, w)};
    r->weight[item] = !w ? own : w->split ? last->points : w->points;
    bool missing = isnan(r->weight[item]);
    if (!missing && (!w || isnan(own) || same_points(own, r->weight[item])))
        return SY_OK;
    struct finding_at at =
        item_at(r, f, item, missing ? FINDING_WEIGHT_MISSING : FINDING_WEIGHT_DIFFERS);
    at.a = missing ? 0 : own;
    at.b = missing ? 0 : r->weight[item];
    return dataset_find(&r->d, &at, err);
}

sy_status bind_weights(struct run *r, sy_error *err)
{
    sy_status status = SY_OK;
    r->weight = malloc(((size_t)r->nitems + 1) * sizeof *r->weight);
    if (!r->weight)
        return error_nomem(err);
    for (uint32_t i = 0; i < r->nfunds && status == SY_OK; i++) {
        const struct fund *f = &r->funds[i];
        struct share last = {0};
        for (uint32_t k = f->first; k < f->first + f->count && status == SY_OK; k++)
            status = weigh_item(r, f, k, &last, err);
    }
    return status == SY_OK ? bind_brackets(r, err) : status;
}
