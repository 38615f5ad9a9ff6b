/*
 * kernel_parts.c - distances, steps, deductions and periods of the standard rules (see
 * kernel_parts.h).
 */
#include "rule/kernel_parts.h"

#include "base/date.h"

#define FIRST_DAY (-719162.0) /* 0001-01-01 */
#define LAST_DAY  2932896.0   /* 9999-12-31 */

double kernel_clean(double x, double magnitude)
{
    static const double powers[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6, 1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14};
    size_t i = sizeof powers / sizeof powers[0] - 1;
    while (i > 0 && magnitude * powers[i] > 1e15)
        i--;
    if (!(magnitude * powers[i] <= 1e15))
        return x;
    return round(x * powers[i]) / powers[i];
}

double kernel_left(double full, double lose, double count)
{
    if (!(full > 0))
        return NAN;
    const double lost = lose > 0 || isnan(count) ? lose * count : 0; /* 0 × ∞ costs nothing */
    return kernel_unit(kernel_clean(full - lost, kernel_larger(full, fabs(lost))) / full);
}

double kernel_linear(double a, double t)
{
    const double left = kernel_clean(2 * t - a, kernel_larger(2 * t, a)) / t;
    return left <= KERNEL_NEAR ? 0 : left;
}

double kernel_distance(const struct rule *rule, double a)
{
    double distance = a - rule->from;
    if (rule->when == WHEN_BELOW)
        distance = -distance;
    else if (rule->when == WHEN_EITHER)
        distance = fabs(distance);
    const double magnitude = kernel_larger(fabs(a), fabs(rule->from));
    if (distance <= kernel_slack(magnitude))
        return 0;
    return kernel_clean(distance, magnitude);
}

double kernel_steps(const struct rule *rule, double a, double distance)
{
    const double steps = distance / rule->per;
    const double whole = round(steps);
    const double magnitude = kernel_larger(fabs(a), fabs(rule->from));
    const double near = kernel_larger(KERNEL_NEAR, KERNEL_NOISE * magnitude / rule->per);
    return fabs(steps - whole) <= near ? whole : steps;
}

double kernel_counted(enum rule_steps how, double steps)
{
    switch (how) {
    case STEPS_CEIL:
        return ceil(steps);
    case STEPS_PRORATA:
        return steps;
    case STEPS_FLOOR:
    default:
        return floor(steps);
    }
}

double kernel_deduct(const struct rule *rule, double a)
{
    if (!(rule->per > 0))
        return NAN;
    const double distance = kernel_distance(rule, a);
    const double steps = kernel_steps(rule, a, distance);
    const double counted = kernel_counted(rule->steps, steps);
    if (counted == floor(counted) || !isnormal(rule->of * rule->per))
        return kernel_left(rule->of, rule->lose, counted);
    /* Multiplied by `per`, so that a third of a step does not lose digits before the points do. */
    return kernel_left(rule->of * rule->per, rule->lose, distance);
}

double kernel_outside(const struct rule *rule, double a)
{
    if (kernel_at_least(a, rule->lo) && kernel_at_most(a, rule->hi))
        return 0;
    const double end = a < rule->lo ? rule->lo : rule->hi;
    return kernel_clean(fabs(a - end), kernel_larger(fabs(a), fabs(end)));
}

double kernel_inside(const struct rule *rule, double outside)
{
    if (!(outside > 0))
        return 1;
    if (outside >= rule->width - kernel_slack(rule->width))
        return 0;
    return kernel_clean(rule->width - outside, rule->width) / rule->width;
}

/* Its two ends are met exactly. */
double kernel_efficacy(const struct rule *rule, double a)
{
    const double from = rule->unacceptable, to = rule->satisfied;
    if (isnan(a) || from == to)
        return NAN;
    if (fabs(a - to) <= kernel_slack(to))
        return 1;
    if (fabs(a - from) <= kernel_slack(from))
        return rule->base;
    double way = kernel_clean(a - from, kernel_larger(fabs(a), fabs(from)));
    double whole = kernel_clean(to - from, kernel_larger(fabs(to), fabs(from)));
    if (!isfinite(way) || !isfinite(whole)) { /* too far apart for a double */
        way = a / 2 - from / 2;
        whole = to / 2 - from / 2;
    }
    const double x = rule->base + (1 - rule->base) * way / whole;
    return kernel_clean(x, kernel_larger(1, fabs(x)));
}

/* Calendar months begun after `deadline`, for late > deadline. After a month's last day they are
 * those of the calendar; after any other they begin on the day that follows its number, or the
 * month's last. */
static double count_months(int32_t late, int32_t deadline)
{
    int y, m, d, due_y, due_m, due_d;
    date_split(late, &y, &m, &d);
    date_split(deadline, &due_y, &due_m, &due_d);
    const int months = (y - due_y) * 12 + (m - due_m);
    if (due_d == date_month_days(due_y, due_m))
        return months;
    const int last = date_month_days(y, m);
    return months + (d > (due_d < last ? due_d : last));
}

double kernel_periods(enum rule_per period, double a, double t)
{
    if (kernel_at_most(a, t))
        return 0;
    if (period == PER_MONTH) {
        if (!(a <= LAST_DAY && t >= FIRST_DAY))
            return NAN;
        return count_months((int32_t)ceil(a - KERNEL_NEAR), (int32_t)floor(t + KERNEL_NEAR));
    }
    const double days = period == PER_WEEK ? (a - t) / 7 : a - t;
    return ceil(days - KERNEL_NEAR);
}
