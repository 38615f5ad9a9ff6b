/*
 * kernel.c - the standard rules over columns (contract 4). What differs between rules is decided
 * outside the loops; between rows of one rule only the sign differs, and that by selection, not by
 * branches.
 *
 * A rule reads only the arrays that it needs: `target` for completion, reverse, deadline, by_sign
 * and pass_fail, `sign` for the last two. `notes` may be NULL. A row that has not-a-number where
 * its rule reads a number gets not-a-number: never a silent 0, the caller reports it.
 */
#include "rule/kernel.h"

#include <math.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "rule/kernel_parts.h"

const struct rule rule_default = {
    .kind = RULE_BY_SIGN,
    .missing = NAN,
    .not_applicable = NAN,
    .of = 1,
    .pass = 0,
    .over = 1.3,
    .reads_target = true,
};

const char *rule_name(enum rule_kind kind)
{
    static const char *const names[RULE_KINDS] = {
#define RULE(kind, name, zh, target, usage, formula, formula_zh) name,
#include "rule/rules.def"
    };
    if (kind == RULE_FUNCTION)
        return "function"; /* its constructor is sy.func */
    return (unsigned)kind < RULE_KINDS ? names[kind] : "";
}

/* The lowest ratio that is not below `edge`; everything passes where it is 0 or none. */
static double soften_edge(double edge)
{
    return edge > 0 ? edge - KERNEL_NEAR : -INFINITY;
}

static void note_over(const struct kernel_rows *rows, size_t i, bool over)
{
    if (rows->notes != NULL)
        rows->notes[i] = (uint8_t)(over * KERNEL_TARGET_TOO_LOW);
}

/* 1 where met, else the ratio where it earns, else 0. Arithmetic, as branches mispredict here. */
static double select_part(bool met, bool earns, double ratio)
{
    return (double)met + (double)(!met & earns) * kernel_unit(ratio);
}

static void run_completion(const struct rule *rule, const struct kernel_rows *rows)
{
    const double pass = soften_edge(rule->pass), over = soften_edge(rule->over);
    const bool over_on = kernel_over_on(rule);
    for (size_t i = 0; i < rows->n; i++) {
        const double a = rows->actual[i], t = rows->target[i];
        const bool positive = kernel_positive(t);
        const double ratio = a / kernel_larger(t, KERNEL_NEAR);
        const double x = select_part(kernel_at_least(a, t), positive & (ratio >= pass), ratio);
        rows->attainment[i] = isnan(a) || isnan(t) ? NAN : x;
        note_over(rows, i, over_on & positive & (ratio >= over));
    }
}

static void run_reverse(const struct rule *rule, const struct kernel_rows *rows)
{
    const bool linear = rule->linear;
    for (size_t i = 0; i < rows->n; i++) {
        const double a = rows->actual[i], t = rows->target[i];
        const bool met = kernel_at_most(a, t), positive = kernel_positive(t);
        double ratio = t / kernel_larger(a, KERNEL_NEAR);
        if (linear && positive && !met)
            ratio = kernel_linear(a, t);
        const double x = select_part(met, positive, ratio);
        rows->attainment[i] = isnan(a) || isnan(t) ? NAN : x;
    }
}

/* Signs that are no number's: ranges, dates, ratings. */
static double grade_special(const struct kernel_rows *rows, size_t i)
{
    const double a = rows->actual[i], t = rows->target[i];
    const double hi = rows->hi != NULL ? rows->hi[i] : NAN;
    switch (rows->sign[i]) {
    case RULE_SIGN_BETWEEN:
        if (isnan(a) || isnan(t) || isnan(hi))
            return NAN;
        return kernel_at_least(a, t) && kernel_at_most(a, hi);
    case RULE_SIGN_BY:
        return isnan(a) || isnan(t) ? NAN : kernel_at_most(a, t);
    default:
        return kernel_unit(a); /* a judgement is an attainment already */
    }
}

/* by_sign's edges, softened, for all rows. */
struct by_sign {
    double pass, over;
    bool over_on, linear;
};

/* Completion is x/y of actual and target, reverse x/y of target and actual: one formula with the
 * sides exchanged. `>` is met by a = t as `>=` is: the contract names completion for both. A target
 * of `= 0` is one that must not be exceeded, which is reverse with t = 0. */
static void grade_by_sign(const struct by_sign *rule, const struct kernel_rows *rows, size_t i)
{
    const unsigned sign = rows->sign[i];
    if (sign >= RULE_SIGN_BETWEEN) {
        rows->attainment[i] = grade_special(rows, i);
        note_over(rows, i, false);
        return;
    }
    const double a = rows->actual[i], t = rows->target[i];
    const bool positive = kernel_positive(t);
    const bool none = (sign == RULE_SIGN_EQ) & (fabs(t) <= KERNEL_NEAR);
    const bool down = (sign == RULE_SIGN_LT) | (sign == RULE_SIGN_LE) | none;
    const double x = down ? t : a, y = down ? a : t;
    const bool met = kernel_at_least(x, y);
    double ratio = x / kernel_larger(y, KERNEL_NEAR);
    if (rule->linear && down && positive && !met)
        ratio = kernel_linear(a, t);
    const double part = select_part(met, positive & (down | (ratio >= rule->pass)), ratio);
    rows->attainment[i] = isnan(a) || isnan(t) ? NAN : part;
    note_over(rows, i, rule->over_on & positive & !down & (ratio >= rule->over));
}

#if defined(__SSE2__)

static inline __m128d pair_select(__m128d mask, __m128d yes, __m128d no)
{
    return _mm_or_pd(_mm_and_pd(mask, yes), _mm_andnot_pd(mask, no));
}

/* By a number's sign: all bits set where it says so. */
static const int64_t sign_down[RULE_SIGN_BETWEEN] = {[RULE_SIGN_LT] = -1, [RULE_SIGN_LE] = -1};
static const int64_t sign_equal[RULE_SIGN_BETWEEN] = {[RULE_SIGN_EQ] = -1};

static inline __m128d pair_mask(const int64_t *by_sign, const uint8_t *signs)
{
    const __m128i first = _mm_loadl_epi64((const __m128i *)(const void *)&by_sign[signs[0]]);
    const __m128i second = _mm_loadl_epi64((const __m128i *)(const void *)&by_sign[signs[1]]);
    return _mm_castsi128_pd(_mm_unpacklo_epi64(first, second));
}

/* grade_by_sign of two rows at once, whose signs are a number's, step by step. */
static inline void grade_pair(const struct by_sign *rule, const struct kernel_rows *rows, size_t i)
{
    const __m128d near = _mm_set1_pd(KERNEL_NEAR), one = _mm_set1_pd(1), sign = _mm_set1_pd(-0.0);
    const __m128d a = _mm_loadu_pd(rows->actual + i), t = _mm_loadu_pd(rows->target + i);
    const __m128d positive = _mm_cmpgt_pd(t, near);
    const __m128d none = _mm_and_pd(pair_mask(sign_equal, rows->sign + i),
                                    _mm_cmple_pd(_mm_andnot_pd(sign, t), near));
    const __m128d down = _mm_or_pd(pair_mask(sign_down, rows->sign + i), none);
    const __m128d x = pair_select(down, t, a), y = pair_select(down, a, t);
    const __m128d noise = _mm_mul_pd(_mm_set1_pd(KERNEL_NOISE), _mm_andnot_pd(sign, x));
    const __m128d met = _mm_cmple_pd(_mm_sub_pd(y, x), _mm_max_pd(near, noise));
    const __m128d ratio = _mm_div_pd(x, _mm_max_pd(y, near));
    const __m128d unit = _mm_min_pd(one, _mm_max_pd(_mm_setzero_pd(), ratio));
    const __m128d pass = _mm_or_pd(down, _mm_cmpge_pd(ratio, _mm_set1_pd(rule->pass)));
    const __m128d earns = _mm_andnot_pd(met, _mm_and_pd(positive, pass));
    const __m128d part = _mm_add_pd(_mm_and_pd(met, one), _mm_mul_pd(_mm_and_pd(earns, one), unit));
    _mm_storeu_pd(rows->attainment + i, pair_select(_mm_cmpunord_pd(a, t), _mm_set1_pd(NAN), part));
    const __m128d over = _mm_cmpge_pd(ratio, _mm_set1_pd(rule->over));
    const int noted = _mm_movemask_pd(_mm_and_pd(_mm_andnot_pd(down, positive), over));
    note_over(rows, i, rule->over_on & noted);
    note_over(rows, i + 1, rule->over_on & (noted >> 1));
}

/* As many rows as go by pairs; the rest is left. */
static size_t run_pairs(const struct by_sign *by_sign, const struct kernel_rows *all)
{
    const struct by_sign rule = *by_sign; /* of the loop's own: what it writes cannot change them */
    const struct kernel_rows rows = *all;
    size_t i = 0;
    for (; i + 1 < rows.n && !rule.linear; i += 2) {
        if (rows.sign[i] < RULE_SIGN_BETWEEN && rows.sign[i + 1] < RULE_SIGN_BETWEEN) {
            grade_pair(&rule, &rows, i);
            continue;
        }
        grade_by_sign(by_sign, all, i);
        grade_by_sign(by_sign, all, i + 1);
    }
    return i;
}

#else

static size_t run_pairs(const struct by_sign *rule, const struct kernel_rows *rows)
{
    (void)rule;
    (void)rows;
    return 0;
}

#endif

static void run_by_sign(const struct rule *rule, const struct kernel_rows *rows)
{
    const struct by_sign how = {.pass = soften_edge(rule->pass),
                                .over = soften_edge(rule->over),
                                .over_on = kernel_over_on(rule),
                                .linear = rule->linear};
    for (size_t i = run_pairs(&how, rows); i < rows->n; i++)
        grade_by_sign(&how, rows, i);
}

/* Met is what by_sign gives 1 for. */
static void run_pass_fail(const struct rule *rule, const struct kernel_rows *rows)
{
    struct kernel_rows silent = *rows;
    silent.notes = NULL;
    run_by_sign(rule, &silent);
    for (size_t i = 0; i < rows->n; i++) {
        const double x = rows->attainment[i];
        rows->attainment[i] = isnan(x) ? NAN : x >= 1;
    }
}

static void run_between(const struct rule *rule, const struct kernel_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        const double a = rows->actual[i];
        rows->attainment[i] = isnan(a) ? NAN : kernel_inside(rule, kernel_outside(rule, a));
    }
}

static void run_efficacy(const struct rule *rule, const struct kernel_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++)
        rows->attainment[i] = kernel_unit(kernel_efficacy(rule, rows->actual[i]));
}

static void run_tiers(const struct rule *rule, const struct kernel_rows *rows)
{
    const double of = rule->of > 0 ? rule->of : NAN;
    for (size_t i = 0; i < rows->n; i++) {
        const double a = rows->actual[i];
        const size_t tier = kernel_tier(rule, a);
        const double points = tier < rule->ntiers ? rule->tiers[tier].points : 0;
        rows->attainment[i] = isnan(a) ? NAN : kernel_unit(points / of);
    }
}

static void run_deduct(const struct rule *rule, const struct kernel_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        const double a = rows->actual[i];
        rows->attainment[i] = isnan(a) ? NAN : kernel_deduct(rule, a);
    }
}

static void run_deadline(const struct rule *rule, const struct kernel_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        const double a = rows->actual[i], t = rows->target[i];
        const bool bad = isnan(a) || isnan(t);
        rows->attainment[i] =
            bad ? NAN : kernel_left(rule->of, rule->lose, kernel_periods(rule->period, a, t));
    }
}

static void run_checklist(const struct rule *rule, const struct kernel_rows *rows)
{
    const double of = rule->of > 0 ? rule->of : NAN;
    for (size_t i = 0; i < rows->n; i++)
        rows->attainment[i] = kernel_unit(rows->actual[i] / of);
}

static void run_violations(const struct rule *rule, const struct kernel_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++)
        rows->attainment[i] = kernel_left(rule->of, rule->lose, rows->actual[i]);
}

static void run_rating(const struct kernel_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++)
        rows->attainment[i] = kernel_unit(rows->actual[i]);
}

static void run_nothing(const struct kernel_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++)
        rows->attainment[i] = NAN;
}

void kernel_run(const struct rule *rule, const struct kernel_rows *rows)
{
    if (rows->n == 0)
        return;
    if (rows->notes != NULL)
        memset(rows->notes, 0, rows->n);
    switch (rule->kind) {
    case RULE_BY_SIGN:
        run_by_sign(rule, rows);
        break;
    case RULE_COMPLETION:
        run_completion(rule, rows);
        break;
    case RULE_REVERSE:
        run_reverse(rule, rows);
        break;
    case RULE_BETWEEN:
        run_between(rule, rows);
        break;
    case RULE_TIERS:
        run_tiers(rule, rows);
        break;
    case RULE_DEDUCT:
        run_deduct(rule, rows);
        break;
    case RULE_CHECKLIST:
        run_checklist(rule, rows);
        break;
    case RULE_VIOLATIONS:
        run_violations(rule, rows);
        break;
    case RULE_PASS_FAIL:
        run_pass_fail(rule, rows);
        break;
    case RULE_RATING:
        run_rating(rows);
        break;
    case RULE_EFFICACY:
        run_efficacy(rule, rows);
        break;
    case RULE_DEADLINE:
        run_deadline(rule, rows);
        break;
    default:
        run_nothing(rows); /* functions, and rules made of rules, have no kernel */
        break;
    }
}
