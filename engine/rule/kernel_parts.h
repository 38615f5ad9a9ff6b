/*
 * kernel_parts.h - the small steps that kernels and explanations share, so that what is explained
 * is what was computed. Used by kernel*.c only.
 *
 * Numbers meet an edge as a person reads them, not as bits (contract 4):
 *   - two values are the same within 1e-9, or within one unit of the fifteenth digit where a double
 *     cannot hold 1e-9 any more: 0.1 + 0.2 meets 0.3, and 10^12 less one hundredth does not meet
 * 10^12;
 *   - ratios and counts of steps are the same within 1e-9: 23/20 is 115 %, 15 steps from 100.
 */
#ifndef RULE_KERNEL_PARTS_H
#define RULE_KERNEL_PARTS_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "rule/kernel.h"

#define KERNEL_NEAR  1e-9
#define KERNEL_NOISE 1e-15

static inline double kernel_larger(double x, double y)
{
    return x > y ? x : y;
}

/* How far from x an edge may be and still be x. */
static inline double kernel_slack(double x)
{
    return kernel_larger(KERNEL_NEAR, KERNEL_NOISE * fabs(x));
}

static inline bool kernel_at_least(double x, double edge)
{
    return edge - x <= kernel_slack(x); /* the difference is exact where it matters */
}

static inline bool kernel_at_most(double x, double edge)
{
    return x - edge <= kernel_slack(x);
}

static inline bool kernel_positive(double x)
{
    return x > KERNEL_NEAR;
}

/* Into 0..1; not-a-number stays what it is. */
static inline double kernel_unit(double x)
{
    const double low = 0 > x ? 0 : x; /* written so that each line is one instruction */
    return 1 < low ? 1 : low;
}

/* The tier whose band holds `a`; ntiers where none does. Counting has no branch to guess. */
static inline size_t kernel_tier(const struct rule *rule, double a)
{
    size_t passed = 0;
    if (rule->upper) {
        for (size_t i = 0; i < rule->ntiers; i++)
            passed += !kernel_at_most(a, rule->tiers[i].bound);
        return passed;
    }
    for (size_t i = 0; i < rule->ntiers; i++)
        passed += kernel_at_least(a, rule->tiers[i].bound);
    return passed == 0 ? rule->ntiers : passed - 1;
}

/* Whether ratios are held against rule->over. */
static inline bool kernel_over_on(const struct rule *rule)
{
    return rule->over > 0; /* false for not-a-number, too */
}

/* x as the decimal that a subtraction of numbers up to `magnitude` means: the digits past the
 * fifteenth of `magnitude` are noise that the subtraction has laid bare. */
double kernel_clean(double x, double magnitude);

/* (full - lose × count) / full, in 0..1. Not-a-number where full is not positive. */
double kernel_left(double full, double lose, double count);

/* reverse, linear: max(0, 2 - a/t) where a > t > 0. */
double kernel_linear(double a, double t);

/* deduct: how far `a` is on the side that costs points, at least 0; and that distance in steps,
 * with whole numbers snapped, before rounding by rule->steps. */
double kernel_distance(const struct rule *rule, double a);
double kernel_steps(const struct rule *rule, double a, double distance);
double kernel_counted(enum rule_steps how, double steps); /* the steps that cost */
double kernel_deduct(const struct rule *rule, double a);

/* between: how far `a` is outside of lo..hi, 0 inside; and what that earns. */
double kernel_outside(const struct rule *rule, double a);
double kernel_inside(const struct rule *rule, double outside);

/* efficacy, not yet held within 0..1. Not-a-number where both values are the same. */
double kernel_efficacy(const struct rule *rule, double a);

/* deadline: days, weeks or months begun after day t; 0 in time. Not-a-number where months are asked
 * for and a day is outside the calendar. */
double kernel_periods(enum rule_per period, double a, double t);

#endif
