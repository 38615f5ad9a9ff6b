/*
 * kernel_explain.c - how a rule came to its attainment, with the numbers, so that a person with a
 * pocket calculator can redo it. One function a rule, one line a branch of its kernel.
 *
 * A result that has more than nine significant digits is shown as ≈ and nine of them.
 */
#include "rule/kernel.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "rule/kernel_parts.h"

struct explanation {
    struct buf *out;
    const struct rule *rule;
    double a, t, hi;
    bool zh;
};

/* A number ready to print; it lives as long as the call that it is an argument of. */
struct shown {
    char text[NUMBER_TEXT_MAX + 8];
};

static const char *word(const struct explanation *e, const char *en, const char *zh)
{
    return e->zh ? zh : en;
}

static struct shown show(double x)
{
    struct shown s;
    if (isfinite(x))
        number_print(s.text, x);
    else
        strcpy(s.text, isnan(x) ? "—" : x > 0 ? "∞" : "-∞");
    return s;
}

/* x with nine significant digits, or with all where nine would make it whole. */
static double shorten(double x)
{
    if (x == 0 || !isfinite(x))
        return x;
    const int places = 8 - (int)floor(log10(fabs(x)));
    const double power = pow(10, places < 0 ? 0 : places > 22 ? 22 : places);
    const double brief = round(x * power) / power;
    return isfinite(brief) && brief != floor(brief) ? brief : x;
}

static struct shown show_brief(double x)
{
    return show(shorten(x));
}

/* "= 0.8", "≈ 0.857142857" */
static struct shown show_result(double x)
{
    const struct shown full = show(x), brief = show_brief(x);
    struct shown s;
    strcpy(s.text, strcmp(full.text, brief.text) == 0 ? "= " : "≈ ");
    strcat(s.text, brief.text);
    return s;
}

static struct shown show_day(double x)
{
    struct shown s;
    if (x >= -719162 && x <= 2932896)
        date_print(s.text, (int32_t)x);
    else
        s = show(x);
    return s;
}

/* `taken` is what the kernel took the ratio for: 1 where it is a hair less. */
static void explain_ratio(const struct explanation *e, double ratio, double taken)
{
    struct shown result = show_result(ratio);
    if (taken != ratio) {
        strcpy(result.text, strcmp(show(ratio).text, show(taken).text) == 0 ? "= " : "≈ ");
        strcat(result.text, show(taken).text);
    }
    buf_printf(e->out, word(e, "actual ÷ target = %s ÷ %s %s", "完成值 ÷ 指标值 = %s ÷ %s %s"),
               show(e->a).text, show(e->t).text, result.text);
}

/* Neither a ratio nor met: a target that is not above 0. */
static void explain_no_ratio(const struct explanation *e, const char *relation)
{
    buf_printf(e->out,
               word(e, "actual %s %s target %s, which is not above 0: no ratio",
                    "完成值 %s %s 指标值 %s，指标值不大于 0，无比率"),
               show(e->a).text, relation, show(e->t).text);
}

static void explain_met(const struct explanation *e, const char *relation)
{
    const bool same = kernel_at_least(e->a, e->t) && kernel_at_most(e->a, e->t);
    buf_printf(e->out, word(e, "actual %s %s target %s", "完成值 %s %s 指标值 %s"),
               show(same ? e->t : e->a).text, relation, show(e->t).text);
}

static void explain_completion(const struct explanation *e)
{
    const struct rule *rule = e->rule;
    const bool met = kernel_at_least(e->a, e->t), positive = kernel_positive(e->t);
    if (!positive) {
        if (met)
            explain_met(e, "≥");
        else
            explain_no_ratio(e, "<");
        return;
    }
    const double ratio = e->a / e->t;
    if (met) {
        explain_ratio(e, ratio, kernel_larger(ratio, 1));
        buf_str(e->out, " ≥ 1");
        if (kernel_over_on(rule) && ratio >= rule->over - KERNEL_NEAR)
            buf_printf(e->out,
                       word(e, " (%s or more: was the target too low?)",
                            "（达到 %s 倍以上：指标值是否偏低？）"),
                       show(rule->over).text);
        return;
    }
    explain_ratio(e, ratio, ratio);
    if (rule->pass > 0 && ratio < rule->pass - KERNEL_NEAR)
        buf_printf(e->out, word(e, " < %s, the pass mark", " < 及格线 %s"), show(rule->pass).text);
    else
        buf_str(e->out, ratio < 0 ? " < 0" : " < 1");
}

static void explain_reverse(const struct explanation *e)
{
    if (kernel_at_most(e->a, e->t)) {
        explain_met(e, "≤");
    } else if (!kernel_positive(e->t)) {
        explain_no_ratio(e, ">");
    } else if (e->rule->linear) {
        const double left = 2 - e->a / e->t;
        buf_printf(
            e->out,
            word(e, "2 − actual ÷ target = 2 − %s ÷ %s %s", "2 − 完成值 ÷ 指标值 = 2 − %s ÷ %s %s"),
            show(e->a).text, show(e->t).text,
            show_result(left < KERNEL_NEAR ? left : kernel_linear(e->a, e->t)).text);
        if (left < 0)
            buf_str(e->out, word(e, ", not below 0", "，不低于 0"));
    } else {
        buf_printf(e->out, word(e, "target ÷ actual = %s ÷ %s %s", "指标值 ÷ 完成值 = %s ÷ %s %s"),
                   show(e->t).text, show(e->a).text, show_result(e->t / e->a).text);
    }
}

static void explain_between(const struct explanation *e)
{
    if (!kernel_at_least(e->a, e->t))
        buf_printf(e->out, word(e, "actual %s < %s", "完成值 %s < %s"), show(e->a).text,
                   show(e->t).text);
    else if (!kernel_at_most(e->a, e->hi))
        buf_printf(e->out, word(e, "actual %s > %s", "完成值 %s > %s"), show(e->a).text,
                   show(e->hi).text);
    else
        buf_printf(e->out, "%s ≤ %s ≤ %s", show(e->t).text, show(e->a).text, show(e->hi).text);
}

static void explain_by(const struct explanation *e)
{
    const bool met = kernel_at_most(e->a, e->t);
    buf_printf(e->out,
               met ? word(e, "%s ≤ %s, in time", "%s ≤ %s，按时完成")
                   : word(e, "%s > %s, late", "%s > %s，逾期"),
               show_day(e->a).text, show_day(e->t).text);
}

static void explain_judgement(const struct explanation *e)
{
    buf_printf(e->out, word(e, "rated %s", "评定 %s"), show(e->a).text);
}

static void explain_by_sign(const struct explanation *e, enum rule_sign sign)
{
    switch (sign) {
    case RULE_SIGN_LT:
    case RULE_SIGN_LE:
        explain_reverse(e);
        break;
    case RULE_SIGN_BETWEEN:
        explain_between(e);
        break;
    case RULE_SIGN_BY:
        explain_by(e);
        break;
    case RULE_SIGN_QUALITATIVE:
        explain_judgement(e);
        break;
    case RULE_SIGN_EQ:
        if (fabs(e->t) <= KERNEL_NEAR)
            buf_printf(e->out, word(e, "target = 0: actual %s %s 0", "指标值 = 0：完成值 %s %s 0"),
                       show(e->a).text, kernel_at_most(e->a, e->t) ? "≤" : ">");
        else
            explain_completion(e);
        break;
    case RULE_SIGN_NONE:
    case RULE_SIGN_GE:
    case RULE_SIGN_GT:
    default:
        explain_completion(e);
        break;
    }
}

/* "points ÷ of = …", where the rule speaks in points. */
static void explain_share(const struct explanation *e, double points)
{
    const double of = e->rule->of;
    if (of == 1)
        return;
    buf_printf(e->out, word(e, ": %s ÷ %s %s", "：%s ÷ %s %s"), show(points).text, show(of).text,
               show_result(points / of).text);
}

/* "80 ≤ 85 < 90" or, with upper edges, "0 < 5 ≤ 10"; the outer bands are open. */
static void explain_band(const struct explanation *e, size_t i)
{
    const struct rule_tier *tiers = e->rule->tiers;
    const bool upper = e->rule->upper;
    const double edge = tiers[i].bound;
    const double a = fabs(e->a - edge) <= kernel_slack(e->a) ? edge : e->a;
    if (upper && i > 0)
        buf_printf(e->out, "%s < ", show(tiers[i - 1].bound).text);
    else if (!upper)
        buf_printf(e->out, "%s ≤ ", show(edge).text);
    buf_str(e->out, show(a).text);
    if (upper)
        buf_printf(e->out, " ≤ %s", show(edge).text);
    else if (i + 1 < e->rule->ntiers)
        buf_printf(e->out, " < %s", show(tiers[i + 1].bound).text);
    explain_share(e, tiers[i].points);
}

static void explain_tiers(const struct explanation *e)
{
    const struct rule *rule = e->rule;
    const size_t n = rule->ntiers, i = kernel_tier(rule, e->a);
    if (i < n)
        explain_band(e, i);
    else if (n == 0)
        buf_str(e->out, word(e, "no bands", "没有分段"));
    else if (rule->upper)
        buf_printf(e->out, word(e, "actual %s > %s, above all bands", "完成值 %s > %s，高于各档"),
                   show(e->a).text, show(rule->tiers[n - 1].bound).text);
    else
        buf_printf(e->out, word(e, "actual %s < %s, below all bands", "完成值 %s < %s，低于各档"),
                   show(e->a).text, show(rule->tiers[0].bound).text);
}

/* "(5 − 0.5 × 8) ÷ 5 = 0.2" */
static void explain_left(const struct explanation *e, double count)
{
    const double of = e->rule->of, lose = e->rule->lose;
    const double left = (of - lose * count) / of;
    const double shown = left < 0 || left > 1 ? left : kernel_left(of, lose, count);
    if (of == 1)
        buf_printf(e->out, "1 − %s × %s %s", show(lose).text, show_brief(count).text,
                   show_result(shown).text);
    else
        buf_printf(e->out, "(%s − %s × %s) ÷ %s %s", show(of).text, show(lose).text,
                   show_brief(count).text, show(of).text, show_result(shown).text);
    if (left < 0)
        buf_str(e->out, word(e, ", not below 0", "，不低于 0"));
    else if (left > 1)
        buf_str(e->out, word(e, ", at most 1", "，不超过 1"));
}

static void explain_deduct(const struct explanation *e)
{
    const struct rule *rule = e->rule;
    const double distance = kernel_distance(rule, e->a);
    if (!(distance > 0)) {
        const char *relation = rule->when == WHEN_ABOVE   ? "≤"
                               : rule->when == WHEN_BELOW ? "≥"
                                                          : "=";
        buf_printf(e->out, word(e, "actual %s %s %s, nothing to deduct", "完成值 %s %s %s，不扣分"),
                   show(e->a).text, relation, show(rule->from).text);
        return;
    }
    const bool above = e->a > rule->from;
    const double steps = kernel_steps(rule, e->a, distance);
    const double counted = kernel_counted(rule->steps, steps);
    buf_printf(e->out, word(e, "%s − %s = %s; %s ÷ %s %s", "%s − %s = %s；%s ÷ %s %s"),
               show(above ? e->a : rule->from).text, show(above ? rule->from : e->a).text,
               show(distance).text, show(distance).text, show(rule->per).text,
               show_result(steps).text);
    if (rule->steps == STEPS_FLOOR)
        buf_printf(e->out, word(e, ", full steps %s", "，满 %s 步"), show(counted).text);
    else if (rule->steps == STEPS_CEIL)
        buf_printf(e->out, word(e, ", steps begun %s", "，不足一步按一步，计 %s 步"),
                   show(counted).text);
    buf_str(e->out, word(e, "; ", "；"));
    explain_left(e, counted);
}

static void explain_deadline(const struct explanation *e)
{
    static const char *const en[] = {", days begun: %s; ", ", weeks begun: %s; ",
                                     ", months begun: %s; "};
    static const char *const zh[] = {" %s 天；", "，计 %s 周；", "，计 %s 个月；"};
    const double periods = kernel_periods(e->rule->period, e->a, e->t);
    explain_by(e);
    if (periods == 0)
        return;
    const unsigned period = (unsigned)e->rule->period % 3;
    buf_printf(e->out, word(e, en[period], zh[period]), show(periods).text);
    explain_left(e, periods);
}

static void explain_checklist(const struct explanation *e)
{
    const double share = e->a / e->rule->of;
    buf_printf(e->out, word(e, "met %s of %s: %s ÷ %s %s", "满足 %s，满分 %s：%s ÷ %s %s"),
               show(e->a).text, show(e->rule->of).text, show(e->a).text, show(e->rule->of).text,
               show_result(share).text);
    if (share > 1)
        buf_str(e->out, word(e, ", at most 1", "，不超过 1"));
}

static void explain_kind(const struct explanation *e, enum rule_sign sign)
{
    switch (e->rule->kind) {
    case RULE_BY_SIGN:
        explain_by_sign(e, sign);
        break;
    case RULE_COMPLETION:
        explain_completion(e);
        break;
    case RULE_REVERSE:
        explain_reverse(e);
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
    case RULE_RATING:
        explain_judgement(e);
        break;
    case RULE_DEADLINE:
        explain_deadline(e);
        break;
    case RULE_FUNCTION:
    case RULE_KINDS:
    default:
        buf_str(e->out, word(e, "given by the script", "由脚本计算"));
        break;
    }
}

void rule_explain(struct buf *out, const struct rule *rule, double actual, double target, double hi,
                  enum rule_sign sign, double attainment, bool zh)
{
    const struct explanation e = {out, rule, actual, target, hi, zh};
    explain_kind(&e, sign);
    buf_printf(out, " → %s", show_brief(attainment).text);
}
