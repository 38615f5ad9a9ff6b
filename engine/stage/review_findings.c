/*
 * review_findings.c - what in a claim contradicts itself, or the figures beside it.
 */
#include <math.h>

#include "base/error.h"
#include "stage/review.h"

#define EXACT 1e-9

static sy_status doubt_item(struct run *r, const struct fund *f, uint32_t item,
                            enum finding_code code, double a, double b, sy_error *err)
{
    struct finding_at at = item_at(r, f, item, code);
    at.a = a;
    at.b = b;
    return dataset_find(&r->d, &at, err);
}

static sy_status doubt_fund(struct run *r, const struct fund *f, enum finding_code code, double a,
                            double b, sy_error *err)
{
    struct finding_at at = fund_at(r, f, code);
    at.a = a;
    at.b = b;
    return dataset_find(&r->d, &at, err);
}

/* Whether nobody says why points are missing. What is computed from money and other facts, forms
 * have no cell to explain. */
static bool lacks_reason(const struct run *r, uint32_t item)
{
    const uint32_t row = item_row(r, item);
    return row != NO_ROW && !(item_flags(r, item) & OVER_MEASURED) &&
           outcome_word(&r->d, OUTCOME_NOTE, row) == NO_WORD;
}

/* A claim beside its own weight, its own figures, and its own words. */
static sy_status check_item(struct run *r, const struct fund *f, uint32_t i, sy_error *err)
{
    struct review_item item;
    const double weight = item_weight(r, i);
    sy_status status = SY_OK;
    review_item(&item, r, f, i);
    if (isnan(item.claimed) || isnan(weight))
        return SY_OK;
    if (item.claimed > weight + EXACT)
        status = doubt_item(r, f, i, FINDING_CLAIMED_OVER_WEIGHT, item.claimed, weight, err);
    else if (item.verdict == VERDICT_OVERCLAIMED && item.claimed > weight - EXACT)
        status = doubt_item(r, f, i, FINDING_FULL_MARKS_MISSED_TARGET, item.claimed,
                            item.recomputed, err);
    if (status == SY_OK && item.rounded)
        status = doubt_item(r, f, i, FINDING_CLAIMED_ROUNDED, item.claimed, item.recomputed, err);
    if (status == SY_OK && item.claimed < weight - EXACT && lacks_reason(r, i))
        status = doubt_item(r, f, i, FINDING_DEDUCTION_WITHOUT_REASON, item.claimed, weight, err);
    return status;
}

#define DOUBLE_MIN 2 /* indicators, before that is no coincidence */

/* Full marks claimed as a share of themselves: 25 points of 100 as 6.25. So a form is filled in
 * that asks for a share where the unit gives points. */
static sy_status check_double(struct run *r, const struct fund *f, sy_error *err)
{
    const double full = r->standards[f->standard].yard->full_score;
    uint32_t doubled = 0, others = 0;
    for (uint32_t i = f->first; i < f->first + f->count; i++) {
        struct review_item item;
        const double weight = item_weight(r, i);
        review_item(&item, r, f, i);
        if (isnan(item.claimed) || isnan(weight) || item_attainment(r, i) != 1)
            continue;
        const bool twice =
            fabs(item.claimed - weight * weight / full) <= r->e->review.tolerance + EXACT;
        doubled += twice && weight < full;
        others += !twice;
    }
    return doubled < DOUBLE_MIN || others > 0
               ? SY_OK
               : doubt_fund(r, f, FINDING_DOUBLE_WEIGHTING, doubled, NAN, err);
}

/* The claimed total beside the claims that it should be the sum of. */
static sy_status check_total(struct run *r, const struct fund *f, sy_error *err)
{
    struct review_fund sums;
    review_fund(&sums, r, f);
    if (isnan(sums.claimed_total) || isnan(sums.claimed_sum) ||
        fabs(sums.claimed_total - sums.claimed_sum) <= r->e->review.tolerance + EXACT)
        return SY_OK;
    return doubt_fund(r, f,
                      sums.claimed_total == 0 ? FINDING_TOTAL_NOT_ROLLED_UP : FINDING_CLAIMED_SUM,
                      sums.claimed_total, sums.claimed_sum, err);
}

sy_status review_run(struct run *r, sy_error *err)
{
    sy_status status = SY_OK;
    for (uint32_t k = 0; k < r->nfunds && status == SY_OK; k++) {
        const struct fund *f = &r->funds[k];
        const struct entity *e = &r->d.entities[f->entity];
        const bool has_before = dataset_find_entity(&r->d, e->fund, e->year - 1) != MAP_NONE;
        for (uint32_t i = f->first; i < f->first + f->count && status == SY_OK; i++) {
            status = check_item(r, f, i, err);
            if (status == SY_OK && has_before)
                status = review_previous(r, f, i, err);
        }
        if (status == SY_OK)
            status = check_total(r, f, err);
        if (status == SY_OK)
            status = check_double(r, f, err);
    }
    if (status == SY_OK)
        status = review_money(r, err);
    return status == SY_OK ? review_peers(r, err) : status;
}
