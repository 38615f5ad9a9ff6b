/*
 * kernel_explain_actual.c - explanations of the rules that read the actual alone: bands, ranges,
 * deductions, counts.
 */
#include "rule/kernel_explain.h"

#include <math.h>

#include "rule/kernel_parts.h"

/* "points ÷ of = …", where the rule speaks in points. */
static void explain_share(const struct explanation *e, double points)
{
    const double of = e->rule->of;
    if (of == 1)
        return;
    explain_write(e, explain_word(e, ": %s ÷ %s %s", "：%s ÷ %s %s"), explain_show(points).text,
                  explain_show(of).text, explain_result(points / of).text);
}

/* "80 ≤ 85 < 90" or, with upper edges, "0 < 5 ≤ 10"; the outer bands are open. */
static void explain_band(const struct explanation *e, size_t i)
{
    const struct rule_tier *tiers = e->rule->tiers;
    const bool upper = e->rule->upper;
    const double edge = tiers[i].bound;
    const double a = fabs(e->a - edge) <= kernel_slack(e->a) ? edge : e->a;
    if (upper && i > 0)
        explain_write(e, "%s < ", explain_show(tiers[i - 1].bound).text);
    else if (!upper)
        explain_write(e, "%s ≤ ", explain_show(edge).text);
    buf_str(e->out, explain_show(a).text);
    if (upper)
        explain_write(e, " ≤ %s", explain_show(edge).text);
    else if (i + 1 < e->rule->ntiers)
        explain_write(e, " < %s", explain_show(tiers[i + 1].bound).text);
    explain_share(e, tiers[i].points);
}

static void explain_tiers(const struct explanation *e)
{
    const struct rule *rule = e->rule;
    const size_t n = rule->ntiers, i = kernel_tier(rule, e->a);
    if (i < n)
        explain_band(e, i);
    else if (n == 0)
        buf_str(e->out, explain_word(e, "no bands", "没有分段"));
    else if (rule->upper)
        explain_write(
            e, explain_word(e, "actual %s > %s, above all bands", "完成值 %s > %s，高于各档"),
            explain_show(e->a).text, explain_show(rule->tiers[n - 1].bound).text);
    else
        explain_write(
            e, explain_word(e, "actual %s < %s, below all bands", "完成值 %s < %s，低于各档"),
            explain_show(e->a).text, explain_show(rule->tiers[0].bound).text);
}

void explain_left(const struct explanation *e, double count)
{
    const double of = e->rule->of, lose = e->rule->lose;
    const double left = (of - lose * count) / of;
    const double shown = left < 0 || left > 1 ? left : kernel_left(of, lose, count);
    if (of == 1)
        explain_write(e, "1 − %s × %s %s", explain_show(lose).text, explain_brief(count).text,
                      explain_result(shown).text);
    else
        explain_write(e, "(%s − %s × %s) ÷ %s %s", explain_show(of).text, explain_show(lose).text,
                      explain_brief(count).text, explain_show(of).text, explain_result(shown).text);
    if (left < 0)
        buf_str(e->out, explain_word(e, ", not below 0", "，不低于 0"));
    else if (left > 1)
        buf_str(e->out, explain_word(e, ", at most 1", "，不超过 1"));
}

static void explain_deduct(const struct explanation *e)
{
    const struct rule *rule = e->rule;
    const double distance = kernel_distance(rule, e->a);
    if (!(distance > 0)) {
        const char *relation = rule->when == WHEN_ABOVE   ? "≤"
                               : rule->when == WHEN_BELOW ? "≥"
                                                          : "=";
        explain_write(
            e, explain_word(e, "actual %s %s %s, nothing to deduct", "完成值 %s %s %s，不扣分"),
            explain_show(e->a).text, relation, explain_show(rule->from).text);
        return;
    }
    const bool above = e->a > rule->from;
    const double steps = kernel_steps(rule, e->a, distance);
    const double counted = kernel_counted(rule->steps, steps);
    explain_write(e, explain_word(e, "%s − %s = %s; %s ÷ %s %s", "%s − %s = %s；%s ÷ %s %s"),
                  explain_show(above ? e->a : rule->from).text,
                  explain_show(above ? rule->from : e->a).text, explain_show(distance).text,
                  explain_show(distance).text, explain_show(rule->per).text,
                  explain_result(steps).text);
    if (rule->steps == STEPS_FLOOR)
        explain_write(e, explain_word(e, ", full steps %s", "，满 %s 步"),
                      explain_show(counted).text);
    else if (rule->steps == STEPS_CEIL)
        explain_write(e, explain_word(e, ", steps begun %s", "，不足一步按一步，计 %s 步"),
                      explain_show(counted).text);
    buf_str(e->out, explain_word(e, "; ", "；"));
    explain_left(e, counted);
}

static void explain_checklist(const struct explanation *e)
{
    const double share = e->a / e->rule->of;
    explain_write(e, explain_word(e, "met %s of %s: %s ÷ %s %s", "满足 %s，满分 %s：%s ÷ %s %s"),
                  explain_show(e->a).text, explain_show(e->rule->of).text, explain_show(e->a).text,
                  explain_show(e->rule->of).text, explain_result(share).text);
    if (share > 1)
        buf_str(e->out, explain_word(e, ", at most 1", "，不超过 1"));
}

/* "115 − 110 = 5 outside; 1 − 5 ÷ 20 = 0.75" */
static void explain_between(const struct explanation *e)
{
    const struct rule *rule = e->rule;
    const double outside = kernel_outside(rule, e->a);
    const bool below = e->a < rule->lo;
    if (!(outside > 0)) {
        explain_write(e, "%s ≤ %s ≤ %s", explain_show(rule->lo).text, explain_show(e->a).text,
                      explain_show(rule->hi).text);
        return;
    }
    explain_write(e, explain_word(e, "%s − %s = %s outside", "%s − %s = %s，在区间外"),
                  explain_show(below ? rule->lo : e->a).text,
                  explain_show(below ? e->a : rule->hi).text, explain_show(outside).text);
    if (!(rule->width > 0))
        return;
    const double left = 1 - outside / rule->width;
    explain_write(e, explain_word(e, "; 1 − %s ÷ %s %s", "；1 − %s ÷ %s %s"),
                  explain_show(outside).text, explain_show(rule->width).text,
                  explain_result(left < KERNEL_NEAR ? left : kernel_inside(rule, outside)).text);
    if (left < 0)
        buf_str(e->out, explain_word(e, ", not below 0", "，不低于 0"));
}

/* "0.6 + 0.4 × (90 − 80) ÷ (100 − 80) = 0.8" */
static void explain_efficacy(const struct explanation *e)
{
    const struct rule *rule = e->rule;
    const double x = kernel_efficacy(rule, e->a);
    explain_write(e, "%s + %s × (%s − %s) ÷ (%s − %s) %s", explain_show(rule->base).text,
                  explain_brief(1 - rule->base).text, explain_show(e->a).text,
                  explain_show(rule->unacceptable).text, explain_show(rule->satisfied).text,
                  explain_show(rule->unacceptable).text, explain_result(x).text);
    if (x < 0)
        buf_str(e->out, explain_word(e, ", not below 0", "，不低于 0"));
    else if (x > 1)
        buf_str(e->out, explain_word(e, ", at most 1", "，不超过 1"));
}

void explain_actual_rule(const struct explanation *e)
{
    switch (e->rule->kind) {
    case RULE_BETWEEN:
        explain_between(e);
        break;
    case RULE_TIERS:
        explain_tiers(e);
        break;
    case RULE_DEDUCT:
        explain_deduct(e);
        break;
    case RULE_CHECKLIST:
        explain_checklist(e);
        break;
    case RULE_VIOLATIONS:
        explain_left(e, e->a);
        break;
    case RULE_EFFICACY:
        explain_efficacy(e);
        break;
    default:
        buf_str(e->out, explain_word(e, "given by the script", "由脚本计算"));
        break;
    }
}
