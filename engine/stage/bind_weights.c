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

/* The shares of one fund, by the place of their weight in the yardstick: worked out once, whatever
 * the order of its rows. Owns: points, fund. */
struct shares {
    double *points;
    uint32_t *fund; /* whose share stands in points; NO_ROW */
    size_t n;
};

static bool make_shares(struct shares *s, const struct run *r)
{
    for (uint32_t i = 0; i < r->nstandards; i++)
        if (r->standards[i].yard->nweights > s->n)
            s->n = r->standards[i].yard->nweights;
    s->points = malloc((s->n + 1) * sizeof *s->points);
    s->fund = malloc((s->n + 1) * sizeof *s->fund);
    for (size_t i = 0; i < s->n && s->fund; i++)
        s->fund[i] = NO_ROW;
    return s->points && s->fund;
}

/* The share of each indicator that `w` splits among: the branch's points, less those that others in
 * the branch have. A split of a branch inside this one takes its own points first. */
static double share_of(struct shares *s, const struct run *r, const struct fund *f,
                       const struct yard_weight *w)
{
    const struct yardstick *y = r->standards[f->standard].yard;
    const size_t len = branch_len(w->pattern), at = (size_t)(w - y->weights);
    size_t sharers = 0;
    if (s->fund[at] == f->entity)
        return s->points[at];
    double points = w->points; /* the branch's */
    for (uint32_t i = f->first; i < f->first + f->count; i++) {
        const struct yard_weight *other = item_bound(r, i)->weight;
        if (other == w)
            sharers++;
        if (!other || other == w || !in_branch(item_path(r, i), w->pattern, len))
            continue;
        if (!other->split)
            points -= other->points;
        else if (same_branch(w, other, len))
            sharers++;
        else if (branch_len(other->pattern) > len)
            points -= share_of(s, r, f, other);
    }
    s->fund[at] = f->entity;
    s->points[at] = points > 0 && sharers ? points / (double)sharers : 0;
    return s->points[at];
}

static sy_status weigh_item(struct run *r, const struct fund *f, uint32_t item,
                            struct shares *shares, sy_error *err)
{
    const struct yard_weight *w = item_bound(r, item)->weight;
    uint32_t row = item_row(r, item);
    double own = outcome_number(&r->d, OUTCOME_WEIGHT, row);
    if (w && w->split)
        r->share[item] = share_of(shares, r, f, w);
    bool missing = isnan(item_weight(r, item));
    if (!missing && (!w || isnan(own) || same_points(own, item_weight(r, item))))
        return SY_OK;
    struct finding_at at =
        item_at(r, f, item, missing ? FINDING_WEIGHT_MISSING : FINDING_WEIGHT_DIFFERS);
    if (missing)
        return dataset_find(&r->d, &at, err);
    char place[PLACE_MAX];
    yard_place(place, sizeof place, &w->origin);
    at.text = place;
    at.a = own;
    at.b = item_weight(r, item);
    return dataset_find(&r->d, &at, err);
}

/* What has to be seen item by item. */
enum weighing {
    WEIGHED_BY_BOUNDS, /* nothing: each has the points of its bound, and the data has none */
    WEIGHED_EACH,
    WEIGHED_WITH_SHARES
};

static enum weighing weighing_of(const struct run *r)
{
    bool plain = !r->d.outcomes.numbers[OUTCOME_WEIGHT];
    for (uint32_t i = 0; i < r->nbounds; i++) {
        const struct yard_weight *w = r->bounds[i].weight;
        if (w && w->split)
            return WEIGHED_WITH_SHARES;
        plain = plain && w;
    }
    return plain ? WEIGHED_BY_BOUNDS : WEIGHED_EACH;
}

sy_status bind_weights(struct run *r, sy_error *err)
{
    struct shares shares = {0};
    sy_status status = SY_OK;
    const enum weighing how = weighing_of(r);
    if (how == WEIGHED_BY_BOUNDS)
        return bind_brackets(r, err);
    if (how == WEIGHED_WITH_SHARES)
        r->share = malloc(((size_t)r->nitems + 1) * sizeof *r->share);
    if (!make_shares(&shares, r) || (how == WEIGHED_WITH_SHARES && !r->share))
        status = error_nomem(err);
    for (uint32_t i = 0; i < r->nfunds && status == SY_OK; i++) {
        const struct fund *f = &r->funds[i];
        for (uint32_t k = f->first; k < f->first + f->count && status == SY_OK; k++)
            status = weigh_item(r, f, k, &shares, err);
    }
    free(shares.points);
    free(shares.fund);
    return status == SY_OK ? bind_brackets(r, err) : status;
}
