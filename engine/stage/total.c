/*
 * total.c - scores to results: fund scores, coverage, bounds, adjustments, grades.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "stage/plan.h"
#include "stage/tally.h"

/* Work space over all funds. Owns: tally, said. */
struct totalling {
    struct run *r;
    struct tally tally;
    bool *said; /* by standard: its own weights were said to be off */
    sy_error *err;
};

static const struct yardstick *yard_of(const struct run *r, const struct fund *f)
{
    return r->standards[f->standard].yard;
}

/* Whether every weight of a fund is a plain key of [weights]: then a wrong sum is the INI's, said
 * once. */
static bool is_config(const struct run *r, const struct fund *f)
{
    for (uint32_t i = f->first; i < f->first + f->count; i++) {
        const struct yard_weight *w = r->bounds[r->items[i].bound].weight;
        if (!isnan(r->weight[i]) && (!w || w->split || strchr(w->pattern, '*')))
            return false;
    }
    return true;
}

static sy_status find_sum(struct totalling *t, const struct fund *f, bool config,
                          const struct origin *origin, enum finding_code code, const char *level,
                          double sum, double wanted)
{
    struct run *r = t->r;
    struct finding_at at = {.code = code,
                            .entity = f->entity,
                            .path = NO_WORD,
                            .place = r->d.entities[f->entity].place,
                            .text = level,
                            .a = sum,
                            .b = wanted};
    if (config && t->said[f->standard])
        return SY_OK;
    if (config) {
        at.entity = NO_ENTITY;
        at.place.line = origin->line;
        sy_status status =
            dataset_word(&at.place.file, &r->d, origin->file, strlen(origin->file), t->err);
        if (status != SY_OK)
            return status;
    }
    return dataset_find(&r->d, &at, t->err);
}

static double sum_branch(const struct run *r, const struct fund *f, const char *branch)
{
    size_t len = strlen(branch);
    double sum = 0;
    for (uint32_t i = f->first; i < f->first + f->count; i++) {
        const char *path = item_path(r, i);
        if (!isnan(r->weight[i]) && strncmp(path, branch, len) == 0 &&
            (!path[len] || path[len] == '.'))
            sum += r->weight[i];
    }
    return sum;
}

static bool same_points(double a, double b)
{
    return fabs(a - b) < 1e-6;
}

/* Sums are shown as written decimals: 0.1 ten times is 1. */
static double snap_points(double x)
{
    int64_t scaled;
    return decimal_round(&scaled, x, 6, ROUND_HALF_UP) ? decimal_value(scaled, 6) : x;
}

static sy_status check_sums(struct totalling *t, const struct fund *f, struct fund_result *result)
{
    const struct yardstick *y = yard_of(t->r, f);
    bool config = y->nweights && is_config(t->r, f);
    const struct origin *origin = config ? &y->weights[0].origin : NULL;
    sy_status status = SY_OK;
    result->sums_right = same_points(result->total_weight, y->full_score);
    if (!result->sums_right)
        status = find_sum(t, f, config, origin, FINDING_WEIGHTS_SUM, NULL,
                          snap_points(result->total_weight), y->full_score);
    for (size_t i = 0; i < y->nlevels && status == SY_OK; i++) {
        const struct yard_level *level = &y->levels[i];
        double sum = sum_branch(t->r, f, level->path);
        if (same_points(sum, level->points))
            continue;
        result->sums_right = false;
        status = find_sum(t, f, config, &level->origin, FINDING_LEVEL_SUM, level->path,
                          snap_points(sum), level->points);
    }
    if (config && !result->sums_right)
        t->said[f->standard] = true;
    return status;
}

#define ADJUSTED_MAX 9000000000000000 /* × 10^-9 */

/* base + points, rounded once. Both are added as decimals: what is left of a difference keeps its
 * digits. False where a number is too large to be held. */
static bool add_points(int64_t *score, const struct run *r, const struct fund_result *result,
                       const struct yardstick *y, int64_t base)
{
    int64_t unit = 1, sum, points;
    for (int i = y->decimals; i < DECIMAL_PLACES_MAX; i++)
        unit *= 10;
    if (!decimal_muldiv(&sum, base, unit, 1, ROUND_DOWN))
        return false;
    for (uint32_t i = 0; i < result->nadjustments; i++) {
        double given = r->adjustments[result->first_adjustment + i].points;
        if (isnan(given))
            continue;
        if (!decimal_round(&points, given, DECIMAL_PLACES_MAX, ROUND_HALF_UP))
            return false;
        sum += points;
        if (sum > ADJUSTED_MAX || sum < -ADJUSTED_MAX)
            return false;
    }
    return decimal_muldiv(score, sum, 1, unit, y->mode);
}

/* base + adjustments, within 0 and the full score. */
static int64_t adjust_score(const struct run *r, const struct fund_result *result,
                            const struct yardstick *y, int64_t base)
{
    int64_t full, score = base;
    double points = 0;
    if (!decimal_round(&full, y->full_score, y->decimals, y->mode))
        full = INT64_MAX;
    for (uint32_t i = 0; i < result->nadjustments; i++) {
        const struct adjustment *a = &r->adjustments[result->first_adjustment + i];
        if (a->veto)
            return 0;
        points += isnan(a->points) ? 0 : a->points;
    }
    if (!add_points(&score, r, result, y, base))
        score = points < 0 ? 0 : full; /* far outside */
    return score < 0 ? 0 : score > full ? full : score;
}

static sy_status find_bounds(struct totalling *t, const struct fund *f, struct fund_result *result)
{
    const struct yardstick *y = yard_of(t->r, f);
    int64_t low, high;
    sy_status status = tally_fund(&t->tally, t->r, f, TALLY_LOW, t->err);
    if (status != SY_OK || !tally_score(&low, &t->tally, y))
        return status;
    status = tally_fund(&t->tally, t->r, f, TALLY_HIGH, t->err);
    if (status != SY_OK || !tally_score(&high, &t->tally, y))
        return status;
    result->has_bounds = true;
    result->low = adjust_score(t->r, result, y, low);
    result->high = adjust_score(t->r, result, y, high);
    return SY_OK;
}

static void find_grade(const struct run *r, const struct yardstick *y, struct fund_result *result)
{
    size_t grade;
    result->grade = NO_ROW;
    if (result->status != FUND_SCORED || !result->sums_right ||
        !yard_grade_of(y, decimal_value(result->score, y->decimals), &grade))
        return;
    result->grade = (uint32_t)grade;
    for (uint32_t i = 0; i < result->nadjustments; i++) {
        uint32_t cap = r->adjustments[result->first_adjustment + i].cap;
        if (cap != NO_ROW && cap > result->grade)
            result->grade = cap;
    }
}

static double shown_percent(double share)
{
    int64_t scaled;
    return decimal_round(&scaled, share * 100, 2, ROUND_HALF_UP) ? decimal_value(scaled, 2)
                                                                 : share * 100;
}

static sy_status find_status(struct totalling *t, const struct fund *f, struct fund_result *result)
{
    const struct yardstick *y = yard_of(t->r, f);
    bool failed = t->r->failed[f - t->r->funds];
    bool low = !isnan(result->coverage) && result->coverage < y->min_coverage - 1e-9;
    result->status = failed              ? FUND_ERROR
                     : !result->has_base ? FUND_UNSCORED
                     : low               ? FUND_INSUFFICIENT
                                         : FUND_SCORED;
    result->has_score = result->has_base && !failed;
    if (result->status == FUND_UNSCORED)
        return fund_finding(t->r, f, FINDING_UNSCORED, NULL, NULL, 0, 0, t->err);
    if (result->status == FUND_INSUFFICIENT)
        return fund_finding(t->r, f, FINDING_LOW_COVERAGE, NULL, NULL,
                            shown_percent(result->coverage), shown_percent(y->min_coverage),
                            t->err);
    return SY_OK;
}

static sy_status total_fund(struct totalling *t, uint32_t index)
{
    struct run *r = t->r;
    const struct fund *f = &r->funds[index];
    struct fund_result *result = &r->results[index];
    const struct yardstick *y = yard_of(r, f);
    sy_status status = tally_fund(&t->tally, r, f, TALLY_SCORE, t->err);
    if (status != SY_OK)
        return status;
    result->total_weight = t->tally.weight;
    result->included_weight = t->tally.included;
    result->scored_weight = t->tally.scored;
    result->not_applicable_weight = t->tally.not_applicable;
    result->sum = t->tally.sum;
    result->plain_sum = t->tally.plain;
    double applies = t->tally.weight - t->tally.not_applicable;
    result->coverage = applies > 1e-9 ? t->tally.scored / applies : NAN;
    result->has_base = tally_score(&result->base, &t->tally, y);
    if ((status = check_sums(t, f, result)) != SY_OK ||
        (status = adjust_run(r, index, t->err)) != SY_OK ||
        (status = find_bounds(t, f, result)) != SY_OK)
        return status;
    if (result->has_base)
        result->score = adjust_score(r, result, y, result->base);
    status = find_status(t, f, result);
    if (status == SY_OK)
        find_grade(r, y, result);
    return status;
}

static void count_findings(struct run *r)
{
    for (size_t i = 0; i < r->d.findings.count; i++) {
        uint32_t entity = r->d.findings.rows[i].entity;
        if (entity != FINDING_NOWHERE && r->fund_of[entity] != NO_ROW)
            r->results[r->fund_of[entity]].nfindings++;
    }
}

sy_status total_run(struct run *r, sy_error *err)
{
    struct totalling t = {.r = r, .err = err};
    sy_status status = SY_OK;
    r->results = calloc((size_t)r->nfunds + 1, sizeof *r->results);
    t.said = calloc((size_t)r->nstandards + 1, sizeof *t.said);
    if (!r->results || !t.said)
        status = error_nomem(err);
    if (status == SY_OK)
        status = adjust_index(r, err);
    for (uint32_t i = 0; i < r->nfunds && status == SY_OK; i++)
        status = total_fund(&t, i);
    if (status == SY_OK)
        count_findings(r);
    free(t.said);
    tally_dispose(&t.tally);
    return status;
}
