/*
 * kernel_bands.c - the bands of tiers, counted and named: for those who ask which were reached.
 */
#include "rule/kernel.h"

#include <math.h>
#include <stdint.h>

#include "base/number.h"
#include "rule/kernel_parts.h"

/* The band beside what no bound holds. */
static size_t outermost(const struct rule *rule)
{
    return rule->upper ? rule->ntiers - 1 : 0;
}

size_t kernel_bands(const struct rule *rule)
{
    if (rule->kind != RULE_TIERS || rule->ntiers == 0)
        return 0;
    return rule->ntiers + (rule->tiers[outermost(rule)].points > 0);
}

size_t kernel_band(const struct rule *rule, double actual)
{
    if (kernel_bands(rule) == 0 || isnan(actual))
        return SIZE_MAX;
    const size_t band = kernel_tier(rule, actual);
    return band < kernel_bands(rule) ? band : outermost(rule);
}

static void add_number(struct buf *out, double x)
{
    char text[NUMBER_TEXT_MAX];
    buf_add(out, text, number_print(text, x));
}

/* What a band reaches from and to; infinite where nothing ends it. */
static void find_ends(const struct rule *rule, size_t band, double *from, double *to)
{
    const size_t n = rule->ntiers;
    const bool none = band == n, outer = kernel_bands(rule) == n && band == outermost(rule);
    *from = -INFINITY;
    *to = INFINITY;
    if (rule->upper) {
        if (band > 0)
            *from = rule->tiers[band - 1].bound;
        if (!none && !outer)
            *to = rule->tiers[band].bound;
    } else {
        if (!none && !outer)
            *from = rule->tiers[band].bound;
        if (none || band + 1 < n)
            *to = rule->tiers[none ? 0 : band + 1].bound;
    }
}

void rule_print_band(struct buf *out, const struct rule *rule, size_t band)
{
    double from, to;
    find_ends(rule, band, &from, &to);
    if (isinf(to) && isfinite(from)) {
        buf_str(out, rule->upper ? "a > " : "a ≥ ");
        add_number(out, from);
    } else {
        if (isfinite(from))
            add_number(out, from);
        buf_str(out, isinf(from) ? "a" : rule->upper ? " < a" : " ≤ a");
    }
    if (isfinite(to)) {
        buf_str(out, rule->upper ? " ≤ " : " < ");
        add_number(out, to);
    }
    buf_str(out, " → ");
    add_number(out, band < rule->ntiers ? rule->tiers[band].points : 0);
}
