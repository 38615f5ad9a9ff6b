/*
 * tally.c - sums of one fund, with the points of excluded indicators handed on.
 */
#include "stage/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

void tally_dispose(struct tally *t)
{
    free(t->levels);
    free(t->at);
    *t = (struct tally){0};
}

static bool grow_branches(struct tally *t, uint32_t n)
{
    uint32_t *at = realloc(t->at, (size_t)n * sizeof *at);
    if (!at)
        return false;
    memset(at + t->nat, 0, (size_t)(n - t->nat) * sizeof *at);
    t->at = at;
    t->nat = n;
    return true;
}

/* The level of an item's branch, made when new. What `at` says of another fund is told by the level
 * that stands there. */
static struct tally_level *find_level(struct tally *t, const struct run *r, uint32_t item)
{
    const uint32_t branch = item_bound(r, item)->branch;
    if (branch >= t->nat && !grow_branches(t, r->d.paths.count))
        return NULL;
    const uint32_t at = t->at[branch];
    if (at < t->nlevels && t->levels[at].branch == branch)
        return &t->levels[at];
    if (t->nlevels == t->cap) {
        size_t cap = t->cap ? t->cap * 2 : 8;
        struct tally_level *levels = realloc(t->levels, cap * sizeof *levels);
        if (!levels)
            return NULL;
        t->levels = levels;
        t->cap = cap;
    }
    const char *path = item_path(r, item);
    t->at[branch] = (uint32_t)t->nlevels;
    t->levels[t->nlevels] =
        (struct tally_level){.path = path, .len = strcspn(path, "."), .branch = branch};
    return &t->levels[t->nlevels++];
}

static enum missing_policy policy_of(const struct yardstick *y, enum item_status status)
{
    switch (status) {
    case ITEM_MISSING:
        return y->on_missing;
    case ITEM_UNTARGETED:
        return y->on_untargeted;
    case ITEM_UNRATED:
        return y->on_unrated;
    case ITEM_REJECTED:
        return y->on_rejected;
    case ITEM_NOT_APPLICABLE:
        return y->on_not_applicable;
    default:
        return POLICY_EXCLUDE;
    }
}

double tally_earned(const struct run *r, const struct bound *b, enum item_status status,
                    double attainment, double weight)
{
    if (status == ITEM_SCORED)
        return weight * attainment;
    if (b->absent && status != ITEM_NOT_APPLICABLE)
        return NAN;
    const enum missing_policy policy = policy_of(r->standards[b->standard].yard, status);
    return policy == POLICY_ZERO ? 0 : policy == POLICY_FULL ? weight : NAN;
}

/* What an item earns before it is rounded; NAN: it is left out. */
static double earn(const struct run *r, uint32_t item, double weight, enum tally_mode mode)
{
    const enum item_status status = item_status(r, item);
    if (mode != TALLY_SCORE && status != ITEM_NOT_APPLICABLE && status != ITEM_SCORED)
        return mode == TALLY_LOW ? 0 : weight;
    return tally_earned(r, item_bound(r, item), status, item_attainment(r, item), weight);
}

/* Points as [rounding] has them shown and summed up. False: they do not fit, and count as 0. */
static bool round_points(int64_t *scaled, double points, const struct yardstick *y)
{
    *scaled = 0;
    return decimal_round(scaled, points, y->decimals, y->mode);
}

double item_score(const struct run *r, uint32_t item)
{
    const struct bound *b = item_bound(r, item);
    const struct yardstick *y = r->standards[b->standard].yard;
    const double weight = item_weight(r, item);
    int64_t scaled;
    if (isnan(weight))
        return NAN;
    const double points = earn(r, item, weight, TALLY_SCORE);
    if (isnan(points) || y->round_total)
        return points;
    (void)round_points(&scaled, points, y);
    return decimal_value(scaled, y->decimals);
}

/* What the items of a fund have earned so far. */
struct sums {
    double weight, included, scored, not_applicable, plain;
    int64_t sum;
    bool any, open, lost;
};

/* One more item; `level`, where it is asked for, gets the same. */
static inline void add_item(struct sums *sums, struct tally_level *level, const struct yardstick *y,
                            enum item_status status, double weight, double points)
{
    int64_t scaled = 0;
    sums->weight += weight;
    sums->scored += status == ITEM_SCORED ? weight : 0;
    sums->not_applicable += status == ITEM_NOT_APPLICABLE ? weight : 0;
    sums->open = sums->open || (status != ITEM_SCORED && status != ITEM_NOT_APPLICABLE);
    if (level)
        level->weight += weight;
    if (isnan(points))
        return;
    if (y->round_total)
        sums->plain += points;
    else if (!round_points(&scaled, points, y))
        sums->lost = true;
    sums->any = true;
    sums->included += weight;
    sums->sum += scaled;
    if (!level)
        return;
    level->any = true;
    level->included += weight;
    level->sum += scaled;
    level->plain += y->round_total ? points : 0;
}

static void take_sums(struct tally *t, const struct sums *sums)
{
    t->weight = sums->weight;
    t->included = sums->included;
    t->scored = sums->scored;
    t->not_applicable = sums->not_applicable;
    t->sum = sums->sum;
    t->plain = sums->plain;
    t->any = sums->any;
    t->open = sums->open;
    t->fits = !sums->lost;
}

static void clear_sums(struct tally *t)
{
    *t = (struct tally){.levels = t->levels, .cap = t->cap, .at = t->at, .nat = t->nat};
}

sy_status tally_fund(struct tally *t, const struct run *r, const struct fund *f,
                     enum tally_mode mode, sy_error *err)
{
    const struct yardstick *y = r->standards[f->standard].yard;
    struct sums sums = {0};
    clear_sums(t);
    for (uint32_t i = f->first; i < f->first + f->count; i++) {
        const double weight = item_weight(r, i);
        if (isnan(weight))
            continue;
        struct tally_level *level = find_level(t, r, i);
        if (!level)
            return error_nomem(err);
        add_item(&sums, level, y, item_status(r, i), weight, earn(r, i, weight, mode));
    }
    take_sums(t, &sums);
    return SY_OK;
}

/* The indicators of a fund from its first on, as long as they are scored, have their weights of the
 * yardstick, and round without a closer look: most funds have no others. The one that is next. */
static uint32_t sum_scored(struct sums *sums, const struct run *r, const struct fund *f,
                           const struct yardstick *y)
{
    const double *points = r->bound_points, *attainments = r->attainment;
    const uint16_t *ids = r->item_bounds;
    const struct decimal_plain how = decimal_plain(y->decimals, y->mode);
    const bool usual = ids && points && !y->round_total && how.usable;
    double weight = 0;
    int64_t sum = 0, scaled;
    uint32_t i = f->first;
    for (const uint32_t end = i + (usual ? f->count : 0); i < end; i++) {
        const double most = points[ids[i]]; /* NAN is far from any number */
        if (r->status[i] != ITEM_SCORED ||
            !decimal_round_plain(&scaled, most * attainments[i], &how))
            break;
        weight += most;
        sum += scaled;
    }
    sums->sum = sum;
    sums->scored = sums->included = sums->weight = weight;
    sums->any = i > f->first;
    return i;
}

sy_status tally_total(struct tally *t, const struct run *r, const struct fund *f,
                      enum tally_mode mode, sy_error *err)
{
    const struct yardstick *y = r->standards[f->standard].yard;
    struct sums sums = {0};
    if (y->rescale_level)
        return tally_fund(t, r, f, mode, err);
    clear_sums(t);
    for (uint32_t i = sum_scored(&sums, r, f, y); i < f->first + f->count; i++) {
        const double weight = item_weight(r, i);
        if (!isnan(weight))
            add_item(&sums, NULL, y, item_status(r, i), weight, earn(r, i, weight, mode));
    }
    take_sums(t, &sums);
    return SY_OK;
}

bool tally_same_weight(double a, double b)
{
    return fabs(a - b) <= 1e-9 * (a > 1 ? a : 1);
}

/* sum × weight / included, rounded; plain where nothing is handed on. */
static bool hand_on(int64_t *out, int64_t sum, double plain, double weight, double included,
                    const struct yardstick *y)
{
    bool whole = tally_same_weight(weight, included);
    if (whole && !y->round_total) {
        *out = sum;
        return true;
    }
    double value = y->round_total ? plain : decimal_value(sum, y->decimals);
    return decimal_round(out, whole ? value : value * weight / included, y->decimals, y->mode);
}

bool tally_part(double *out, const struct tally_level *level, const struct yardstick *y)
{
    int64_t part;
    if (level->included <= 0)
        return false;
    if (y->round_total) {
        bool whole = tally_same_weight(level->weight, level->included);
        *out = whole ? level->plain : level->plain * level->weight / level->included;
        return true;
    }
    if (!hand_on(&part, level->sum, level->plain, level->weight, level->included, y))
        return false;
    *out = decimal_value(part, y->decimals);
    return true;
}

/* Each branch by itself, then what branches with nothing left hand on. */
static bool score_levels(int64_t *out, const struct tally *t, const struct yardstick *y)
{
    int64_t sum = 0, scaled;
    double held = 0, plain = 0, part;
    for (size_t i = 0; i < t->nlevels; i++) {
        const struct tally_level *level = &t->levels[i];
        if (level->included <= 0)
            continue; /* nothing left: the others take its points */
        if (!tally_part(&part, level, y))
            return false;
        if (!y->round_total && !decimal_round(&scaled, part, y->decimals, y->mode))
            return false;
        sum += y->round_total ? 0 : scaled;
        plain += part;
        held += level->weight;
    }
    return hand_on(out, sum, plain, t->weight, held, y);
}

bool tally_score(int64_t *out, const struct tally *t, const struct yardstick *y)
{
    if (!t->any || t->included <= 0 || !t->fits)
        return false;
    if (y->rescale_level)
        return score_levels(out, t, y);
    return hand_on(out, t->sum, t->plain, t->weight, t->included, y);
}
