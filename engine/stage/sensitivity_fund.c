/*
 * sensitivity_fund.c - one fund's score for other weights: contract 5.3 with each level-1 branch at
 * the points that it has.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "stage/sensitivity_parts.h"
#include "stage/tally.h"

void drawn_dispose(struct drawn *f)
{
    free(f->items);
    free(f->branches);
    *f = (struct drawn){0};
}

static void add_item(struct drawn *f, uint32_t *paths, uint32_t item, uint32_t column,
                     double weight)
{
    const struct bound *bound = item_bound(f->r, item);
    uint32_t branch = 0;
    while (branch < f->nbranches && paths[branch] != bound->branch)
        branch++;
    if (branch == f->nbranches) {
        paths[f->nbranches++] = bound->branch;
        f->branches[branch] = 0;
    }
    f->branches[branch] += weight;
    f->weight += weight;
    f->items[f->nitems++] =
        (struct drawn_item){.item = item,
                            .column = column,
                            .branch = branch,
                            .weight = weight,
                            .earned = tally_earned(f->r, bound, item_status(f->r, item),
                                                   item_attainment(f->r, item), 1)};
}

static void add_adjustments(struct drawn *f)
{
    const struct fund_result *result = &f->r->results[f->fund];
    for (uint32_t i = 0; i < result->nadjustments; i++) {
        const struct adjustment *a = &f->r->adjustments[result->first_adjustment + i];
        f->points += isnan(a->points) ? 0 : a->points;
        f->veto = f->veto || a->veto;
        if (a->cap != NO_ROW && (f->cap == NO_ROW || a->cap > f->cap))
            f->cap = a->cap;
    }
}

sy_status drawn_make(struct drawn *out, const struct drawing *d, uint32_t fund, sy_error *err)
{
    const struct run *r = d->s->r;
    const struct fund *f = &r->funds[fund];
    const size_t n = (size_t)f->count + 1;
    uint32_t *paths = malloc(n * sizeof *paths);
    *out = (struct drawn){.r = r,
                          .fund = fund,
                          .yard = r->standards[f->standard].yard,
                          .items = malloc(n * sizeof *out->items),
                          .branches = malloc(n * sizeof *out->branches),
                          .cap = NO_ROW};
    if (!paths || !out->items || !out->branches) {
        free(paths);
        return error_nomem(err);
    }
    for (uint32_t i = f->first; i < f->first + f->count; i++) {
        const double weight = item_weight(r, i);
        if (!isnan(weight))
            add_item(out, paths, i, d->column_of[item_bound(r, i)->path], weight);
    }
    add_adjustments(out);
    free(paths);
    return SY_OK;
}

/* Of each branch: all weights, those included, what they earn. */
static void sum_branches(const struct drawn *f, const double *factors, uint32_t without,
                         double *sums)
{
    memset(sums, 0, f->nbranches * 3 * sizeof *sums);
    for (uint32_t i = 0; i < f->nitems; i++) {
        const struct drawn_item *item = &f->items[i];
        double *branch = sums + (size_t)item->branch * 3;
        const double weight = item->weight * (factors ? factors[item->column] : 1);
        if (item->item == without)
            continue;
        branch[0] += weight;
        if (isnan(item->earned))
            continue;
        branch[1] += weight;
        branch[2] += weight * item->earned;
    }
}

double drawn_score(const struct drawn *f, const double *factors, uint32_t without, double *sums)
{
    double earned = 0, included = 0, score;
    sum_branches(f, factors, without, sums);
    for (uint32_t i = 0; i < f->nbranches; i++) {
        const double *branch = sums + (size_t)i * 3;
        /* Within a branch, or among all: what is left out of a branch is handed on. */
        const double all = f->yard->rescale_level ? branch[1] : branch[0];
        const double scale = all > 0 ? f->branches[i] / all : 0;
        included += scale * branch[1];
        earned += scale * branch[2];
    }
    if (!(included > 0))
        return NAN;
    score = earned * (tally_same_weight(included, f->weight) ? 1 : f->weight / included);
    score = f->veto ? 0 : score + f->points;
    return score < 0 ? 0 : score > f->yard->full_score ? f->yard->full_score : score;
}

int64_t drawn_round(const struct drawn *f, double score)
{
    int64_t scaled = 0;
    return decimal_round(&scaled, score, f->yard->decimals, f->yard->mode) ? scaled : 0;
}

uint32_t drawn_grade(const struct drawn *f, int64_t scaled)
{
    const struct fund_result *result = &f->r->results[f->fund];
    size_t grade;
    if (result->status != FUND_SCORED || !result->sums_right ||
        !yard_grade_of(f->yard, decimal_value(scaled, f->yard->decimals), &grade))
        return NO_ROW;
    return f->cap != NO_ROW && f->cap > grade ? f->cap : (uint32_t)grade;
}
