/*
 * improve.c - which of the candidates lead to the grade: as few as possible, the cheapest of those.
 */
#include "stage/improve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/error.h"
#include "stage/improve_parts.h"

#define SETS_MAX 2000u /* sets that are tried; beyond them the greatest gains are taken */

const char *improve_end_word(enum improve_end end)
{
    static const char *const words[] = {"there", "reached", "short", "capped", "sums", "broken"};
    return words[end];
}

void improve_dispose(struct improve_fund *f)
{
    for (uint32_t i = 0; i < f->nsteps; i++)
        free(f->steps[i].text);
    free(f->steps);
    *f = (struct improve_fund){0};
}

static void take_adjustments(struct improving *im)
{
    const struct fund_result *result = &im->r->results[im->fund];
    im->cap = NO_ROW;
    for (uint32_t i = 0; i < result->nadjustments; i++) {
        const struct adjustment *a = &im->r->adjustments[result->first_adjustment + i];
        im->points += isnan(a->points) ? 0 : a->points;
        im->veto = im->veto || a->veto;
        if (a->cap != NO_ROW && (im->cap == NO_ROW || a->cap > im->cap))
            im->cap = a->cap;
    }
}

static bool reaches(const struct trial *o, uint32_t grade)
{
    return o->grade != NO_ROW && o->grade <= grade;
}

static bool is_enough(const void *ctx, const struct trial *o)
{
    return reaches(o, *(const uint32_t *)ctx);
}

static void choose(struct improving *im, bool chosen)
{
    for (uint32_t i = 0; i < im->ncandidates; i++)
        im->candidates[i].chosen = chosen;
}

static sy_status find_gains(struct improving *im, sy_error *err)
{
    struct trial o;
    sy_status status = SY_OK;
    choose(im, false);
    for (uint32_t i = 0; i < im->ncandidates && status == SY_OK; i++) {
        status = improve_try(&o, im, &im->candidates[i], err);
        im->candidates[i].gain = o.score - im->r->results[im->fund].score;
    }
    return status;
}

/* The greatest gain first; of equal ones the least effort. */
static int compare_gains(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->gain != y->gain)
        return x->gain > y->gain ? -1 : 1;
    if (x->effort != y->effort)
        return x->effort < y->effort ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

/* Effort for a point. */
static double price(const struct candidate *c)
{
    return c->gain > 0 ? c->effort / (double)c->gain : INFINITY;
}

static int compare_prices(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->chosen != y->chosen)
        return x->chosen ? -1 : 1;
    if (price(x) != price(y))
        return price(x) < price(y) ? -1 : 1;
    return compare_gains(a, b);
}

/* How many of the greatest gains it takes; 0: not even all are enough. */
static sy_status count_needed(uint32_t *out, struct improving *im, uint32_t grade, sy_error *err)
{
    struct trial o;
    sy_status status = SY_OK;
    *out = 0;
    choose(im, false);
    for (uint32_t k = 0; k < im->ncandidates && *out == 0 && status == SY_OK; k++) {
        im->candidates[k].chosen = true;
        status = improve_try(&o, im, NULL, err);
        if (status == SY_OK && reaches(&o, grade))
            *out = k + 1;
    }
    return status;
}

/* The next set of k out of n in order; false: that was the last. */
static bool next_set(uint32_t *set, uint32_t k, uint32_t n)
{
    uint32_t i = k;
    while (i > 0 && set[i - 1] == n - k + i - 1)
        i--;
    if (i == 0)
        return false;
    set[i - 1]++;
    for (; i < k; i++)
        set[i] = set[i - 1] + 1;
    return true;
}

static double choose_set(struct improving *im, const uint32_t *set, uint32_t k)
{
    double effort = 0;
    choose(im, false);
    for (uint32_t i = 0; i < k; i++) {
        im->candidates[set[i]].chosen = true;
        effort += im->candidates[set[i]].effort;
    }
    return effort;
}

/* Of all sets of k that reach the grade the one with the least effort. The first is that of the
 * greatest gains, which does. */
static sy_status choose_cheapest(struct improving *im, uint32_t k, uint32_t grade, sy_error *err)
{
    uint32_t *set = malloc(((size_t)k + 1) * sizeof *set),
             *best = malloc(((size_t)k + 1) * sizeof *best);
    double least = INFINITY;
    sy_status status = set && best ? SY_OK : error_nomem(err);
    for (uint32_t i = 0; i < k && status == SY_OK; i++)
        set[i] = best[i] = i;
    for (uint32_t tried = 0; tried < SETS_MAX && status == SY_OK; tried++) {
        struct trial o;
        const double effort = choose_set(im, set, k);
        if (effort < least) {
            status = improve_try(&o, im, NULL, err);
            if (status == SY_OK && reaches(&o, grade)) {
                least = effort;
                memcpy(best, set, k * sizeof *set);
            }
        }
        if (!next_set(set, k, im->ncandidates))
            break;
    }
    if (status == SY_OK)
        (void)choose_set(im, best, k);
    free(set);
    free(best);
    return status;
}

/* The dearest of the chosen only as far as is needed. */
static sy_status trim_last(struct improving *im, uint32_t k, uint32_t grade, sy_error *err)
{
    struct candidate *last = &im->candidates[k - 1];
    struct trial o;
    if (last->rating)
        return SY_OK;
    last->chosen = false; /* it is tried as one more */
    sy_status status = improve_trim(im, last, is_enough, &grade, err);
    if (status == SY_OK)
        status = improve_try(&o, im, last, err);
    if (status == SY_OK)
        last->attainment = o.attainment;
    last->chosen = true;
    return status;
}

/* The chosen ones as steps, each on top of those before it. */
static sy_status list_steps(struct improve_fund *out, struct improving *im, uint32_t k,
                            sy_error *err)
{
    int64_t before = im->r->results[im->fund].score;
    struct trial o = {.score = before, .grade = im->r->results[im->fund].grade};
    sy_status status = SY_OK;
    out->steps = calloc((size_t)k + 1, sizeof *out->steps);
    if (!out->steps)
        return error_nomem(err);
    choose(im, false);
    for (uint32_t i = 0; i < k && status == SY_OK; i++) {
        struct candidate *c = &im->candidates[i];
        c->chosen = true;
        status = improve_try(&o, im, NULL, err);
        struct improve_step *step = &out->steps[out->nsteps++];
        *step = (struct improve_step){.item = c->item,
                                      .text = strdup(c->text),
                                      .rating = c->rating,
                                      .attainment = c->attainment,
                                      .points = o.score - before,
                                      .score = o.score,
                                      .effort = c->effort};
        before = o.score;
        if (!step->text)
            status = error_nomem(err);
    }
    out->score = o.score;
    out->reached = o.grade;
    out->coverage = o.coverage;
    return status;
}

static sy_status find_way(struct improve_fund *out, struct improving *im, sy_error *err)
{
    uint32_t k = 0;
    sy_status status = improve_seek(im, err);
    if (status == SY_OK)
        status = find_gains(im, err);
    if (status != SY_OK)
        return status;
    qsort(im->candidates, im->ncandidates, sizeof *im->candidates, compare_gains);
    status = count_needed(&k, im, out->grade, err);
    out->end = k ? IMPROVE_REACHED : IMPROVE_SHORT;
    if (status == SY_OK && k)
        status = choose_cheapest(im, k, out->grade, err);
    if (!k) { /* all that there are: how far they lead */
        k = im->ncandidates;
        choose(im, true);
    }
    if (status != SY_OK || k == 0)
        return status;
    qsort(im->candidates, im->ncandidates, sizeof *im->candidates, compare_prices);
    if (out->end == IMPROVE_REACHED)
        status = trim_last(im, k, out->grade, err);
    return status == SY_OK ? list_steps(out, im, k, err) : status;
}

/* What no result changes. */
static bool is_settled(struct improve_fund *out, const struct improving *im)
{
    const struct fund_result *result = &im->r->results[im->fund];
    if (result->grade != NO_ROW && result->grade <= out->grade)
        out->end = IMPROVE_THERE;
    else if (result->status == FUND_ERROR)
        out->end = IMPROVE_BROKEN;
    else if (!result->sums_right)
        out->end = IMPROVE_SUMS;
    else if (im->veto || (im->cap != NO_ROW && im->cap > out->grade))
        out->end = IMPROVE_CAPPED;
    else
        return false;
    return true;
}

sy_status improve_fund(struct improve_fund *out, struct run *r, uint32_t fund, uint32_t grade,
                       sy_error *err)
{
    struct improving im = {.r = r, .fund = fund};
    const struct fund_result *result = &r->results[fund];
    const bool reported = r->options.reported;
    im.yard = r->standards[own(&im)->standard].yard;
    *out = (struct improve_fund){.fund = fund,
                                 .grade = grade,
                                 .score = result->score,
                                 .reached = result->grade,
                                 .coverage = result->coverage};
    if (!decimal_round(&out->bound, im.yard->grades[grade].bound * im.yard->full_score / 100,
                       im.yard->decimals, ROUND_HALF_UP))
        out->bound = 0;
    take_adjustments(&im);
    if (is_settled(out, &im))
        return SY_OK;
    sy_status status = mix_open(&im.mix, r, err);
    r->options.reported = true; /* a figure that is measured is changed as it stands */
    if (status == SY_OK)
        status = find_way(out, &im, err);
    mix_close(&im.mix);
    r->options.reported = reported;
    tally_dispose(&im.tally);
    free(im.candidates);
    return status;
}
