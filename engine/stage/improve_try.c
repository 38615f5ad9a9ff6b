/*
 * improve_try.c - a fund with some of its actuals changed, scored once more.
 */
#include <math.h>

#include "base/decimal.h"
#include "base/error.h"
#include "stage/improve_parts.h"

static const struct candidate *changed(const struct improving *im, const struct candidate *more,
                                       uint32_t item)
{
    if (more && more->item == item)
        return more;
    for (uint32_t i = 0; i < im->ncandidates; i++)
        if (im->candidates[i].chosen && im->candidates[i].item == item)
            return &im->candidates[i];
    return NULL;
}

static sy_status build(struct improving *im, const struct candidate *more, sy_error *err)
{
    sy_status status = mix_begin(&im->mix, 1, own(im)->count, err);
    if (status != SY_OK)
        return status;
    mix_fund(&im->mix, 0, 0, own(im)->count, own(im)->entity, own(im)->standard);
    for (uint32_t i = 0; i < own(im)->count && status == SY_OK; i++) {
        const uint32_t item = own(im)->first + i;
        const struct candidate *c = changed(im, more, item);
        status = c && !c->rating ? mix_given(&im->mix, i, item, &c->value, c->text, err)
                                 : mix_given(&im->mix, i, item, NULL, NULL, err);
    }
    return status;
}

/* A judgement is what it is, whatever the figures say. */
static void judge(struct improving *im, const struct candidate *more)
{
    struct run *r = im->r;
    for (uint32_t i = 0; i < own(im)->count; i++) {
        const struct candidate *c = changed(im, more, own(im)->first + i);
        if (!c || !c->rating)
            continue;
        r->status[mix_first(&im->mix) + i] = ITEM_SCORED;
        r->attainment[mix_first(&im->mix) + i] = c->attainment;
    }
}

/* base + adjustments, within 0 and the full score, as total.c has it. */
static int64_t adjust(const struct improving *im, int64_t base)
{
    const struct yardstick *y = im->yard;
    int64_t full, score = base;
    if (im->veto)
        return 0;
    if (im->points != 0 &&
        !decimal_round(&score, decimal_value(base, y->decimals) + im->points, y->decimals, y->mode))
        return 0;
    if (!decimal_round(&full, y->full_score, y->decimals, y->mode))
        full = INT64_MAX;
    return score < 0 ? 0 : score > full ? full : score;
}

static sy_status sum_up(struct trial *out, struct improving *im, sy_error *err)
{
    const struct run *r = im->r;
    const struct yardstick *y = im->yard;
    int64_t base;
    size_t grade;
    sy_status status = tally_total(&im->tally, r, &r->funds[r->nfunds - 1], TALLY_SCORE, err);
    if (status != SY_OK)
        return status;
    *out = (struct trial){.grade = NO_ROW, .attainment = NAN, .status = ITEM_MISSING};
    const double applies = im->tally.weight - im->tally.not_applicable;
    out->coverage = applies > 1e-9 ? im->tally.scored / applies : 0;
    const bool covered = applies > 1e-9 && out->coverage >= y->min_coverage - 1e-9;
    if (!tally_score(&base, &im->tally, y))
        return SY_OK;
    out->score = adjust(im, base);
    if (covered && r->results[im->fund].sums_right &&
        yard_grade_of(y, decimal_value(out->score, y->decimals), &grade))
        out->grade = im->cap != NO_ROW && im->cap > grade ? im->cap : (uint32_t)grade;
    return SY_OK;
}

sy_status improve_try(struct trial *out, struct improving *im, const struct candidate *more,
                      sy_error *err)
{
    struct run *r = im->r;
    sy_status status = build(im, more, err);
    if (status == SY_OK)
        status = mix_score(&im->mix, err);
    if (status == SY_OK) {
        judge(im, more);
        status = sum_up(out, im, err);
    }
    if (status == SY_OK && more) {
        const uint32_t at = mix_first(&im->mix) + more->item - own(im)->first;
        out->attainment = r->attainment[at];
        out->status = (enum item_status)r->status[at];
    }
    mix_clear(&im->mix);
    return status;
}
