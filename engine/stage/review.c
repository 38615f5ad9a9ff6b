/*
 * review.c - a claim beside the score that the rules give, indicator by indicator.
 */
#include "stage/review.h"

#include <math.h>

#include "base/number.h"

#define EXACT        1e-9
#define DECIMALS     6 /* of a claim, at most */
#define POINTS_SCALE 1e9

const char *verdict_word(enum verdict v)
{
    static const char *const words[VERDICTS] = {"agrees", "overclaimed", "underclaimed",
                                                "judgement", "cannot_tell"};
    return words[v];
}

/* The decimals that a claim is written with: 9.8 has one. */
static int decimals_of(double claimed)
{
    for (int n = 0; n < DECIMALS; n++) {
        const double scaled = claimed * (double)number_pow10[n];
        if (fabs(scaled - nearbyint(scaled)) < EXACT * fmax(1, fabs(scaled)))
            return n;
    }
    return DECIMALS;
}

/* Whether the score, rounded or cut to the claim's own decimals, is the claim: 8.62 is claimed as 9
 * or 8.6. */
static bool is_rounded(double claimed, double score)
{
    const double scale = (double)number_pow10[decimals_of(claimed)];
    const double mark = claimed * scale, exact = score * scale;
    return fabs(floor(exact + 0.5 + EXACT) - mark) < EXACT * scale ||
           fabs(floor(exact + EXACT) - mark) < EXACT * scale;
}

/* A rating is a person's judgement; so is a text that was met because it is the target's. */
static bool is_judgement(const struct run *r, const struct fund *f, uint32_t item)
{
    const struct value actual = item_actual(r, item);
    if (item_rating(r, f, item) != NO_WORD)
        return true;
    return actual.kind == VALUE_TEXT || actual.kind == VALUE_BOOL;
}

static double claim_of(const struct run *r, uint32_t item)
{
    const uint32_t row = item_row(r, item);
    return row == NO_ROW ? NAN : outcome_number(&r->d, OUTCOME_CLAIMED, row);
}

void review_item(struct review_item *out, const struct run *r, const struct fund *f, uint32_t item)
{
    const double score = item_attainment(r, item) * item_weight(r, item);
    *out = (struct review_item){.verdict = VERDICT_CANNOT_TELL,
                                .claimed = claim_of(r, item),
                                .recomputed = NAN,
                                .difference = NAN};
    if (item_status(r, item) != ITEM_SCORED || isnan(score))
        return;
    out->recomputed = item_score(r, item);
    if (isnan(out->claimed))
        return;
    out->difference = out->claimed - out->recomputed;
    if (is_judgement(r, f, item)) {
        out->verdict = VERDICT_JUDGEMENT;
        return;
    }
    const double tolerance = r->e->review.tolerance + EXACT;
    if (fabs(out->difference) <= tolerance) {
        out->verdict = VERDICT_AGREES;
    } else if (is_rounded(out->claimed, score)) {
        out->verdict = VERDICT_AGREES;
        out->rounded = true;
    } else {
        out->verdict = out->difference > 0 ? VERDICT_OVERCLAIMED : VERDICT_UNDERCLAIMED;
    }
}

static void add(double *sum, double x)
{
    if (!isnan(x))
        *sum = isnan(*sum) ? x : *sum + x;
}

/* A score as it is printed. */
static double printed(const struct run *r, const struct fund *f, int64_t score)
{
    return (double)score / (double)number_pow10[r->standards[f->standard].yard->decimals];
}

/* Without claims of indicators there is the total to be held against the score: what is not scored
 * is taken as the unit would have it. */
static void judge_total(struct review_fund *out, const struct run *r, const struct fund *f)
{
    const struct fund_result *result = &r->results[f - r->funds];
    out->by_total = isnan(out->claimed_sum) && !isnan(out->claimed_total);
    if (!out->by_total || !result->has_score)
        return;
    out->score = printed(r, f, result->score);
    const double high = result->has_bounds ? printed(r, f, result->high) : out->score;
    const double low = result->has_bounds ? printed(r, f, result->low) : out->score;
    const double claimed = out->claimed_total, tolerance = r->e->review.tolerance + EXACT;
    if (is_rounded(claimed, out->score))
        return;
    if (claimed > high + tolerance)
        out->over = claimed - high;
    else if (claimed < low - tolerance)
        out->over = claimed - low;
}

/* Points are claimed, and the figures that they are for are not there or cannot be read. */
static bool is_unproven(const struct run *r, uint32_t item, double claimed)
{
    const enum item_status status = item_status(r, item);
    return claimed > 0 &&
           (status == ITEM_MISSING || status == ITEM_UNTARGETED || status == ITEM_REJECTED);
}

void review_fund(struct review_fund *out, const struct run *r, const struct fund *f)
{
    *out = (struct review_fund){.claimed_total = r->d.entities[f->entity].claimed,
                                .claimed_sum = NAN,
                                .claimed_comparable = NAN,
                                .recomputed_total = NAN,
                                .score = NAN};
    for (uint32_t i = f->first; i < f->first + f->count; i++) {
        struct review_item item;
        const double weight = item_weight(r, i);
        review_item(&item, r, f, i);
        add(&out->claimed_sum, item.claimed);
        out->rows[item.verdict]++;
        out->points[item.verdict] += isnan(weight) ? 0 : weight;
        out->unproven += is_unproven(r, i, item.claimed);
        if (item.verdict <= VERDICT_UNDERCLAIMED) {
            add(&out->claimed_comparable, item.claimed);
            add(&out->recomputed_total, item.recomputed);
        } else if (!isnan(weight)) {
            out->unreviewed_weight += weight;
        }
    }
    if (!isnan(out->claimed_comparable))
        out->over = out->claimed_comparable - out->recomputed_total;
    judge_total(out, r, f);
    out->over = nearbyint(out->over * POINTS_SCALE) / POINTS_SCALE; /* sums of decimals */
}

bool review_perfect(bool *claims, const struct run *r, const struct fund *f)
{
    const double tolerance = r->e->review.tolerance + EXACT;
    const double total = r->d.entities[f->entity].claimed;
    uint32_t full = 0, others = 0;
    for (uint32_t i = f->first; i < f->first + f->count; i++) {
        const double claimed = claim_of(r, i), weight = item_weight(r, i);
        if (isnan(weight) || weight == 0 || item_row(r, i) == NO_ROW)
            continue;
        /* A row without a claim is none of full marks, where others have one. */
        *(isnan(claimed) || fabs(claimed - weight) > tolerance ? &others : &full) += 1;
        *claims = *claims || !isnan(claimed);
    }
    if (full > 0 || *claims)
        return others == 0;
    *claims = !isnan(total);
    return *claims && fabs(total - r->standards[f->standard].yard->full_score) <= tolerance;
}
