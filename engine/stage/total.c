/*
 * total.c - scores to results: fund scores, coverage, bounds, adjustments, grades. Every fund is
 * summed up before any is adjusted: an adjustment may look at the year before.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/pages.h"
#include "stage/plan.h"
#include "stage/tally.h"
#include "stage/task.h"

/* One task: a group of funds. Owns: tally, branches. */
struct totalling {
    struct run *r;
    struct task *t;
    struct journal *out;
    struct tally tally;
    double *branches; /* by row of [levels] */
    size_t nbranches;
    const struct fund *last; /* whose branches were summed up last; NULL */
    bool last_right;         /* … and are as [levels] says */
    uint32_t *said; /* by standard: the fund where it is said that its own weights are off */
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
        const struct yard_weight *w = item_bound(r, i)->weight;
        if (!isnan(item_weight(r, i)) && (!w || w->split || strchr(w->pattern, '*')))
            return false;
    }
    return true;
}

/* What is wrong with the weights of a yardstick alone is said once, where it stands. */
static sy_status find_sum(struct totalling *t, const struct fund *f, const struct origin *config,
                          struct finding_at *at)
{
    at->entity = f->entity;
    at->path = NO_WORD;
    at->place = t->r->d.entities[f->entity].place;
    if (!config)
        return journal_find(t->out, at, t->err);
    if (t->said[f->standard] != (uint32_t)(f - t->r->funds))
        return SY_OK;
    at->entity = NO_ENTITY;
    at->place.line = config->line;
    return journal_find_in(t->out, t->r, at, config->file, t->err);
}

/* The weights below each branch of [levels], in t->branches: each item adds to every branch that
 * holds it. */
static sy_status sum_branches(struct totalling *t, const struct fund *f)
{
    const struct run *r = t->r;
    const struct yardstick *y = yard_of(r, f);
    if (y->nlevels > t->nbranches) {
        double *grown = realloc(t->branches, y->nlevels * sizeof *grown);
        if (!grown)
            return error_nomem(t->err);
        t->branches = grown;
        t->nbranches = y->nlevels;
    }
    for (size_t i = 0; i < y->nlevels; i++)
        t->branches[i] = 0;
    for (uint32_t i = f->first; i < f->first + f->count && y->nlevels; i++) {
        const char *path = item_path(r, i);
        for (size_t len = strcspn(path, "."); !isnan(item_weight(r, i));
             len += 1 + strcspn(path + len + 1, ".")) {
            const struct yard_level *level = yard_level_of(y, path, len);
            if (level)
                t->branches[level - y->levels] += item_weight(r, i);
            if (!path[len])
                break;
        }
    }
    return SY_OK;
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

/* Whether a fund has the indicators and weights of the one that was last looked at. */
static bool has_same_weights(const struct run *r, const struct fund *f, const struct fund *last)
{
    if (!last || f->standard != last->standard || f->count != last->count)
        return false;
    for (uint32_t i = 0; i < f->count; i++) {
        const uint32_t own = f->first + i, other = last->first + i;
        const double a = item_weight(r, own), b = item_weight(r, other);
        if (item_bound_id(r, own) != item_bound_id(r, other) || !(a == b || (isnan(a) && isnan(b))))
            return false;
    }
    return true;
}

/* Whether each branch of [levels] has its points: neighbours usually have the same weights. */
static sy_status judge_branches(struct totalling *t, const struct fund *f, bool *right)
{
    const struct yardstick *y = yard_of(t->r, f);
    if (y->nlevels && !has_same_weights(t->r, f, t->last)) {
        t->last = NULL;
        sy_status status = sum_branches(t, f);
        if (status != SY_OK)
            return status;
        t->last = f;
        t->last_right = true;
        for (size_t i = 0; i < y->nlevels && t->last_right; i++)
            t->last_right = same_points(t->branches[i], y->levels[i].points);
    }
    *right = y->nlevels == 0 || t->last_right;
    return SY_OK;
}

static sy_status judge_sums(struct totalling *t, const struct fund *f, struct fund_result *result)
{
    const struct yardstick *y = yard_of(t->r, f);
    sy_status status = SY_OK;
    result->sums_right = same_points(t->tally.weight, y->full_score);
    if (result->sums_right)
        status = judge_branches(t, f, &result->sums_right);
    result->config_sums = !result->sums_right && y->nweights && is_config(t->r, f);
    return status;
}

static sy_status report_weights(struct totalling *t, const struct fund *f, bool config)
{
    const struct yardstick *y = yard_of(t->r, f);
    sy_status status = tally_total(&t->tally, t->r, f, TALLY_SCORE, t->err);
    if (status != SY_OK || same_points(t->tally.weight, y->full_score))
        return status;
    struct finding_at at = {
        .code = FINDING_WEIGHTS_SUM, .a = snap_points(t->tally.weight), .b = y->full_score};
    return find_sum(t, f, config ? &y->weights[0].origin : NULL, &at);
}

static sy_status report_levels(struct totalling *t, const struct fund *f, bool config)
{
    const struct yardstick *y = yard_of(t->r, f);
    sy_status status = sum_branches(t, f);
    for (size_t i = 0; i < y->nlevels && status == SY_OK; i++) {
        const struct yard_level *level = &y->levels[i];
        double sum = t->branches[i];
        if (same_points(sum, level->points))
            continue;
        char place[PLACE_MAX] = " (";
        yard_place(place + 2, sizeof place - 3, &level->origin);
        strcat(place, ")");
        /* The place of what is wrong with the yardstick alone is the line itself. */
        struct finding_at at = {.code = FINDING_LEVEL_SUM,
                                .text = level->path,
                                .text2 = config ? "" : place,
                                .a = snap_points(sum),
                                .b = level->points};
        status = find_sum(t, f, config ? &level->origin : NULL, &at);
    }
    return status;
}

static sy_status report_sums(struct totalling *t, const struct fund *f,
                             const struct fund_result *result)
{
    if (result->sums_right)
        return SY_OK;
    sy_status status = report_weights(t, f, result->config_sums);
    return status == SY_OK ? report_levels(t, f, result->config_sums) : status;
}

#define ADJUSTED_MAX 9000000000000000 /* × 10^-9 */

/* base + points, rounded once. Both are added as decimals: what is left of a difference keeps its
 * digits. False where a number is too large to be held. */
static bool add_points(int64_t *score, const struct journal *j, const struct fund_result *result,
                       const struct yardstick *y, int64_t base)
{
    int64_t unit = 1, sum, points;
    for (int i = y->decimals; i < DECIMAL_PLACES_MAX; i++)
        unit *= 10;
    if (!decimal_muldiv(&sum, base, unit, 1, ROUND_DOWN))
        return false;
    for (uint32_t i = 0; i < result->nadjustments; i++) {
        double given = j->adjustments[result->first_adjustment + i].what.points;
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
static int64_t adjust_score(const struct journal *j, const struct fund_result *result,
                            const struct yardstick *y, int64_t base)
{
    int64_t full, score = base;
    double points = 0;
    if (!decimal_round(&full, y->full_score, y->decimals, y->mode))
        full = INT64_MAX;
    for (uint32_t i = 0; i < result->nadjustments; i++) {
        const struct adjustment *a = &j->adjustments[result->first_adjustment + i].what;
        if (a->veto)
            return 0;
        points += isnan(a->points) ? 0 : a->points;
    }
    if (result->nadjustments && !add_points(&score, j, result, y, base))
        score = points < 0 ? 0 : full; /* far outside */
    return score < 0 ? 0 : score > full ? full : score;
}

/* What the score may become once all that applies is scored. */
static sy_status find_bounds(struct totalling *t, const struct fund *f, struct fund_result *result)
{
    const struct yardstick *y = yard_of(t->r, f);
    int64_t low, high;
    result->has_bounds = false;
    if (!result->open) {
        result->has_bounds = result->has_base;
        result->low = result->high = result->score;
        return SY_OK;
    }
    sy_status status = tally_total(&t->tally, t->r, f, TALLY_LOW, t->err);
    if (status != SY_OK || !tally_score(&low, &t->tally, y))
        return status;
    status = tally_total(&t->tally, t->r, f, TALLY_HIGH, t->err);
    if (status != SY_OK || !tally_score(&high, &t->tally, y))
        return status;
    result->has_bounds = true;
    result->low = adjust_score(t->out, result, y, low);
    result->high = adjust_score(t->out, result, y, high);
    return SY_OK;
}

static void find_grade(const struct journal *j, const struct yardstick *y,
                       struct fund_result *result)
{
    size_t grade;
    result->grade = NO_ROW;
    if (result->status != FUND_SCORED || !result->sums_right ||
        !yard_grade_of(y, decimal_value(result->score, y->decimals), &grade))
        return;
    result->grade = (uint32_t)grade;
    for (uint32_t i = 0; i < result->nadjustments; i++) {
        uint32_t cap = j->adjustments[result->first_adjustment + i].what.cap;
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

static sy_status find_status(struct totalling *t, const struct fund *f, struct fund_result *result,
                             bool failed)
{
    const struct yardstick *y = yard_of(t->r, f);
    bool low = !isnan(result->coverage) && result->coverage < y->min_coverage - 1e-9;
    result->status = failed              ? FUND_ERROR
                     : !result->has_base ? FUND_UNSCORED
                     : low               ? FUND_INSUFFICIENT
                                         : FUND_SCORED;
    result->has_score = result->has_base && !failed;
    if (result->status == FUND_UNSCORED)
        return fund_finding(t->out, t->r, f, FINDING_UNSCORED, 0, 0, t->err);
    if (result->status == FUND_INSUFFICIENT)
        return fund_finding(t->out, t->r, f, FINDING_LOW_COVERAGE, shown_percent(result->coverage),
                            shown_percent(y->min_coverage), t->err);
    return SY_OK;
}

/* What a fund's indicators come to. */
static sy_status sum_fund(struct totalling *t, uint32_t index)
{
    struct run *r = t->r;
    const struct fund *f = &r->funds[index];
    struct fund_result *result = &r->results[index];
    const struct yardstick *y = yard_of(r, f);
    sy_status status = tally_total(&t->tally, r, f, TALLY_SCORE, t->err);
    if (status != SY_OK)
        return status;
    double applies = t->tally.weight - t->tally.not_applicable;
    result->coverage = applies > 1e-9 ? t->tally.scored / applies : NAN;
    result->has_base = tally_score(&result->base, &t->tally, y);
    result->open = t->tally.open;
    return judge_sums(t, f, result);
}

/* What becomes of it: adjustments, status, grade. */
static sy_status settle_fund(struct totalling *t, uint32_t index)
{
    struct run *r = t->r;
    const struct fund *f = &r->funds[index];
    struct fund_result *result = &r->results[index];
    const struct yardstick *y = yard_of(r, f);
    const uint32_t nfailed = t->out->nfailed;
    sy_status status = report_sums(t, f, result);
    if (status == SY_OK)
        status = adjust_run(t->t, index, t->err);
    if (status != SY_OK)
        return status;
    if (result->has_base)
        result->score = adjust_score(t->out, result, y, result->base);
    status = find_bounds(t, f, result);
    if (status != SY_OK)
        return status;
    status = find_status(t, f, result, r->failed[index] || t->out->nfailed > nfailed);
    if (status == SY_OK)
        find_grade(t->out, y, result);
    return status;
}

static sy_status do_group(uint32_t *said, struct task *t,
                          sy_status (*one)(struct totalling *t, uint32_t fund), sy_error *err)
{
    struct totalling totalling = {.r = t->r, .t = t, .out = &t->journal, .said = said, .err = err};
    sy_status status = SY_OK;
    for (uint32_t i = task_first_fund(t); i < task_end_fund(t) && status == SY_OK; i++)
        status = one(&totalling, i);
    tally_dispose(&totalling.tally);
    free(totalling.branches);
    return status;
}

static sy_status sum_group(void *ctx, struct task *t, sy_error *err)
{
    const uint32_t first = task_first_fund(t);
    pages_expect(t->r->results + first, (task_end_fund(t) - first) * sizeof *t->r->results);
    return do_group(ctx, t, sum_fund, err);
}

static sy_status settle_group(void *ctx, struct task *t, sy_error *err)
{
    return do_group(ctx, t, settle_fund, err);
}

/* The first fund whose weights, all of them the yardstick's, are off. */
static sy_status note_said(void *ctx, struct task *t, sy_error *err)
{
    const struct run *r = t->r;
    uint32_t *said = ctx;
    (void)err;
    for (uint32_t i = task_first_fund(t); i < task_end_fund(t); i++)
        if (r->results[i].config_sums && said[r->funds[i].standard] == NO_ROW)
            said[r->funds[i].standard] = i;
    return SY_OK;
}

static sy_status take_adjustments(void *ctx, struct task *t, sy_error *err)
{
    (void)ctx;
    return adjust_commit(t, err);
}

static void count_findings(struct run *r)
{
    for (size_t i = 0; i < r->d.findings.count; i++) {
        uint32_t entity = r->d.findings.rows[i].entity;
        if (entity != FINDING_NOWHERE && r->fund_of[entity] != NO_ROW)
            r->results[r->fund_of[entity]].nfindings++;
    }
}

static bool list_points(struct run *r)
{
    r->bound_points = malloc(((size_t)r->nbounds + 1) * sizeof *r->bound_points);
    for (uint32_t i = 0; i < r->nbounds && r->bound_points; i++) {
        const struct yard_weight *w = r->bounds[i].weight;
        r->bound_points[i] = w && !w->split ? w->points : NAN;
    }
    return r->bound_points != NULL;
}

sy_status total_run(struct run *r, sy_error *err)
{
    uint32_t *said = malloc(((size_t)r->nstandards + 1) * sizeof *said);
    const struct stage sums = {sum_group, note_said, said};
    const struct stage settling = {settle_group, take_adjustments, said};
    sy_status status = SY_OK;
    r->results = calloc((size_t)r->nfunds + 1, sizeof *r->results);
    if (!r->results || !said || !list_points(r))
        status = error_nomem(err);
    for (uint32_t i = 0; i < r->nstandards && said; i++)
        said[i] = NO_ROW;
    if (status == SY_OK)
        status = adjust_index(r, err);
    if (status == SY_OK)
        status = task_run_all(r, r->ngroups, &sums, err);
    if (status == SY_OK)
        status = task_run_all(r, r->ngroups, &settling, err);
    if (status == SY_OK)
        count_findings(r);
    free(said);
    return status;
}
