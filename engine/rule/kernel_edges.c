/*
 * kernel_edges.c - edges and direction of each standard rule (see kernel_edges.h).
 */
#include "rule/kernel_edges.h"

#include <math.h>
#include <stdlib.h>

#include "base/date.h"
#include "rule/kernel_parts.h"

#define STEPS_MAX   40 /* steps of one deduction: the first and the last are shown of more */
#define PERIODS_MAX 12
#define LAST_DAY    2932896 /* 9999-12-31 */

struct edging {
    struct kernel_edge *out;
    size_t n;
};

static void add_edge(struct edging *e, double at, int own)
{
    if (isfinite(at) && e->n < KERNEL_EDGES_MAX)
        e->out[e->n++] = (struct kernel_edge){at, own};
}

static bool is_down(const struct kernel_against *against)
{
    const enum rule_sign sign = against->sign;
    if (sign == RULE_SIGN_EQ)
        return fabs(against->target) <= KERNEL_NEAR;
    return sign == RULE_SIGN_LT || sign == RULE_SIGN_LE || sign == RULE_SIGN_BY;
}

/* The target, and where completion begins to earn. */
static void add_completion(struct edging *e, const struct rule *rule, double target)
{
    add_edge(e, target, 1);
    if (target > 0 && rule->pass > 0)
        add_edge(e, rule->pass * target, 1);
}

static void add_reverse(struct edging *e, const struct rule *rule, double target)
{
    add_edge(e, target, -1);
    if (rule->linear && target > 0)
        add_edge(e, 2 * target, 0);
}

static void add_by_sign(struct edging *e, const struct rule *rule,
                        const struct kernel_against *against)
{
    if (against->sign == RULE_SIGN_BETWEEN) {
        add_edge(e, against->target, 1);
        add_edge(e, against->hi, -1);
    } else if (against->sign == RULE_SIGN_BY) {
        add_edge(e, against->target, -1);
    } else if (is_down(against)) {
        add_reverse(e, rule, against->target);
    } else {
        add_completion(e, rule, against->target);
    }
}

static void add_between(struct edging *e, const struct rule *rule)
{
    add_edge(e, rule->lo, 1);
    add_edge(e, rule->hi, -1);
    if (rule->width > 0) {
        add_edge(e, rule->lo - rule->width, 0);
        add_edge(e, rule->hi + rule->width, 0);
    }
}

/* Multiples of `per` from `from` while points last; of very many the first and the last. */
static void add_steps(struct edging *e, const struct rule *rule, int side)
{
    const double last = rule->lose > 0 ? ceil(rule->of / rule->lose) : 1;
    const int inner = rule->steps == STEPS_CEIL ? -side : side;
    for (int i = 1; i <= STEPS_MAX && i <= last; i++) {
        const double k = i <= STEPS_MAX / 2 || last <= STEPS_MAX ? i : last - STEPS_MAX + i;
        add_edge(e, rule->from + side * k * rule->per, rule->steps == STEPS_PRORATA ? 0 : inner);
    }
}

static void add_deduct(struct edging *e, const struct rule *rule)
{
    add_edge(e, rule->from, rule->when == WHEN_ABOVE ? -1 : rule->when == WHEN_BELOW ? 1 : 0);
    if (rule->when != WHEN_BELOW)
        add_steps(e, rule, 1);
    if (rule->when != WHEN_ABOVE)
        add_steps(e, rule, -1);
}

/* 0, 1, 2, … up to `last`. */
static void add_counts(struct edging *e, double last)
{
    for (double k = 0; k <= last && k <= STEPS_MAX; k++)
        add_edge(e, k, 0);
}

/* The last day allowed, and the first day of each period after it. */
static void add_deadline(struct edging *e, const struct rule *rule, double target)
{
    const double last = rule->lose > 0 ? ceil(rule->of / rule->lose) : 1;
    if (!(target > -LAST_DAY && target < LAST_DAY - PERIODS_MAX * 31))
        return;
    add_edge(e, target, -1);
    double day = target;
    for (int k = 1; k <= last && k <= PERIODS_MAX; k++) {
        do
            day++;
        while (kernel_periods(rule->period, day, target) < k);
        add_edge(e, day, rule->period == PER_DAY ? 0 : 1);
    }
}

static void add_rule(struct edging *e, const struct rule *rule,
                     const struct kernel_against *against)
{
    switch (rule->kind) {
    case RULE_BY_SIGN:
    case RULE_PASS_FAIL:
        add_by_sign(e, rule, against);
        break;
    case RULE_COMPLETION:
        add_completion(e, rule, against->target);
        break;
    case RULE_REVERSE:
        add_reverse(e, rule, against->target);
        break;
    case RULE_BETWEEN:
        add_between(e, rule);
        break;
    case RULE_TIERS:
        for (size_t i = 0; i < rule->ntiers; i++)
            add_edge(e, rule->tiers[i].bound, rule->upper ? -1 : 1);
        break;
    case RULE_DEDUCT:
        add_deduct(e, rule);
        break;
    case RULE_CHECKLIST:
        add_counts(e, rule->items ? (double)rule->nitems : rule->of);
        break;
    case RULE_VIOLATIONS:
        add_counts(e, rule->lose > 0 ? ceil(rule->of / rule->lose) : 1);
        break;
    case RULE_EFFICACY:
        add_edge(e, rule->satisfied, 0);
        add_edge(e, rule->unacceptable, 0);
        break;
    case RULE_DEADLINE:
        add_deadline(e, rule, against->target);
        break;
    default: /* a function says nothing of itself: its target is where it is likely to jump */
        add_edge(e, against->target, 0);
        add_edge(e, against->hi, 0);
        break;
    }
}

/* What a rule within against_previous is held against. */
static struct kernel_against take_previous(const struct kernel_against *against)
{
    struct kernel_against own = *against;
    own.target = against->previous;
    own.hi = NAN;
    own.sign = rule_previous_sign(against->sign, against->day);
    return own;
}

static void add_parts(struct edging *e, const struct rule *rule,
                      const struct kernel_against *against)
{
    struct kernel_against own = *against;
    if (rule->kind == RULE_AGAINST_PREVIOUS)
        own = take_previous(against);
    for (size_t k = 0; k < rule->nparts; k++) {
        if (rule->parts[k].rule->nparts)
            add_parts(e, rule->parts[k].rule, &own);
        else
            add_rule(e, rule->parts[k].rule, &own);
    }
}

static int compare_edges(const void *a, const void *b)
{
    const struct kernel_edge *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

size_t kernel_edges(struct kernel_edge *out, const struct rule *rule,
                    const struct kernel_against *against)
{
    struct edging e = {.out = out};
    size_t n = 0;
    if (rule->nparts)
        add_parts(&e, rule, against);
    else
        add_rule(&e, rule, against);
    qsort(out, e.n, sizeof *out, compare_edges);
    for (size_t i = 0; i < e.n; i++) {
        const bool again = n > 0 && kernel_at_most(out[i].at, out[n - 1].at);
        if (again && out[n - 1].own != out[i].own)
            out[n - 1].own = 0; /* two rules meet here: each has its own side */
        else if (!again)
            out[n++] = out[i];
    }
    return n;
}

static const struct kernel_course more = {.lo = INFINITY, .hi = INFINITY};
static const struct kernel_course less = {.lo = -INFINITY, .hi = -INFINITY};
static const struct kernel_course unknown = {.lo = -INFINITY, .hi = INFINITY};

static struct kernel_course follow_sign(const struct kernel_against *against)
{
    if (against->sign == RULE_SIGN_QUALITATIVE)
        return unknown;
    if (against->sign == RULE_SIGN_BETWEEN)
        return (struct kernel_course){.lo = against->target, .hi = against->hi};
    return is_down(against) ? less : more;
}

/* The points of the i-th band from below, of ntiers + 1: one of them is outside of all bounds. */
static double band_points(const struct rule *rule, size_t i)
{
    if (rule->upper)
        return i < rule->ntiers ? rule->tiers[i].points : 0;
    return i > 0 ? rule->tiers[i - 1].points : 0;
}

/* Points that rise to a best band and fall behind it are an interval. Others are held to the end
 * that earns more. */
static struct kernel_course follow_tiers(const struct rule *rule)
{
    const size_t last = rule->ntiers;
    size_t best = 0, rises = 0, falls = 0;
    for (size_t i = 1; i <= last; i++) {
        if (band_points(rule, i) > band_points(rule, best))
            best = i;
    }
    for (size_t i = 1; i <= last; i++) {
        rises += i <= best && band_points(rule, i) >= band_points(rule, i - 1);
        falls += i > best && band_points(rule, i) <= band_points(rule, i - 1);
    }
    if (rises + falls < last)
        return band_points(rule, last) >= band_points(rule, 0) ? more : less;
    if (best == last && !rule->upper)
        return more;
    if (best == 0)
        return less;
    const double peak = rule->tiers[rule->upper ? best : best - 1].bound;
    return (struct kernel_course){.lo = peak, .hi = peak};
}

static struct kernel_course follow_rule(const struct rule *rule,
                                        const struct kernel_against *against)
{
    switch (rule->kind) {
    case RULE_COMPLETION:
        return more;
    case RULE_REVERSE:
    case RULE_DEADLINE:
        return less;
    case RULE_BETWEEN:
        return (struct kernel_course){.lo = rule->lo, .hi = rule->hi};
    case RULE_TIERS:
        return follow_tiers(rule);
    case RULE_DEDUCT:
        if (rule->when == WHEN_EITHER)
            return (struct kernel_course){.lo = rule->from, .hi = rule->from};
        return rule->when == WHEN_ABOVE ? less : more;
    case RULE_CHECKLIST:
        return (struct kernel_course){.lo = INFINITY, .hi = INFINITY, .whole = true};
    case RULE_VIOLATIONS:
        return (struct kernel_course){.lo = -INFINITY, .hi = -INFINITY, .whole = true};
    case RULE_EFFICACY:
        return rule->satisfied > rule->unacceptable ? more : less;
    case RULE_RATING:
        return unknown;
    default:
        return follow_sign(against);
    }
}

struct kernel_course kernel_course(const struct rule *rule, const struct kernel_against *against)
{
    if (!rule->nparts)
        return follow_rule(rule, against);
    struct kernel_against own = *against;
    if (rule->kind == RULE_AGAINST_PREVIOUS)
        own = take_previous(against);
    struct kernel_course all = {.lo = INFINITY, .hi = -INFINITY};
    for (size_t k = 0; k < rule->nparts; k++) {
        const struct kernel_course part = kernel_course(rule->parts[k].rule, &own);
        all.lo = part.lo < all.lo ? part.lo : all.lo;
        all.hi = part.hi > all.hi ? part.hi : all.hi;
        all.whole = all.whole || part.whole;
    }
    return all;
}
