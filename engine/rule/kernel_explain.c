/*
 * kernel_explain.c - how a rule came to its attainment, with the numbers, so that a person with a
 * pocket calculator can redo it. One function a rule, one line a branch of its kernel; rules that
 * read no target stand in kernel_explain_actual.c, rules made of rules at the end.
 *
 * A result that has more than nine significant digits is shown as ≈ and nine of them.
 */
#include "rule/kernel_explain.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/date.h"
#include "rule/kernel_parts.h"
#include "rule/rule_table.h"

void explain_write(const struct explanation *e, const char *format, ...)
{
    va_list texts;
    va_start(texts, format);
    for (const char *gap; (gap = strchr(format, '%')) != NULL; format = gap + 2) {
        buf_add(e->out, format, (size_t)(gap - format));
        buf_str(e->out, va_arg(texts, const char *));
    }
    va_end(texts);
    buf_str(e->out, format);
}

struct shown explain_show(double x)
{
    struct shown s;
    if (isfinite(x))
        number_print(s.text, x);
    else
        strcpy(s.text, isnan(x) ? "—" : x > 0 ? "∞" : "-∞");
    return s;
}

/* Of ten; all that are exact. */
static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* x with nine significant digits, or with all where nine would make it whole. */
static double shorten(double x)
{
    if (x == 0 || !isfinite(x))
        return x;
    const int places = 8 - (int)floor(log10(fabs(x)));
    const double power = powers[places < 0 ? 0 : places > 22 ? 22 : places];
    const double brief = round(x * power) / power;
    return isfinite(brief) && brief != floor(brief) ? brief : x;
}

struct shown explain_brief(double x)
{
    return explain_show(shorten(x));
}

/* Whether x is printed as `brief` is. Fifteen digits tell apart what differs by more than that. */
static bool is_printed_as(double x, double brief, const char *text)
{
    if (brief == x || isnan(x))
        return true;
    return fabs(brief - x) <= 1e-13 * fabs(x) && strcmp(explain_show(x).text, text) == 0;
}

/* "= 0.8", "≈ 0.857142857" */
struct shown explain_result(double x)
{
    const double brief = shorten(x);
    const struct shown text = explain_show(brief);
    struct shown s;
    strcpy(s.text, is_printed_as(x, brief, text.text) ? "= " : "≈ ");
    strcat(s.text, text.text);
    return s;
}

static struct shown show_day(double x)
{
    struct shown s;
    if (x >= -719162 && x <= 2932896)
        date_print(s.text, (int32_t)x);
    else
        s = explain_show(x);
    return s;
}

/* `taken` is what the kernel took the ratio for: 1 where it is a hair less. */
static void explain_ratio(const struct explanation *e, double ratio, double taken)
{
    struct shown result = explain_result(ratio);
    if (taken != ratio) {
        strcpy(result.text,
               strcmp(explain_show(ratio).text, explain_show(taken).text) == 0 ? "= " : "≈ ");
        strcat(result.text, explain_show(taken).text);
    }
    explain_write(e,
                  explain_word(e, "actual ÷ target = %s ÷ %s %s", "完成值 ÷ 指标值 = %s ÷ %s %s"),
                  explain_show(e->a).text, explain_show(e->t).text, result.text);
}

/* Neither a ratio nor met: a target that is not above 0. */
static void explain_no_ratio(const struct explanation *e, const char *relation)
{
    explain_write(e,
                  explain_word(e, "actual %s %s target %s, which is not above 0: no ratio",
                               "完成值 %s %s 指标值 %s，指标值不大于 0，无比率"),
                  explain_show(e->a).text, relation, explain_show(e->t).text);
}

static void explain_met(const struct explanation *e, const char *relation)
{
    const bool same = kernel_at_least(e->a, e->t) && kernel_at_most(e->a, e->t);
    explain_write(e, explain_word(e, "actual %s %s target %s", "完成值 %s %s 指标值 %s"),
                  explain_show(same ? e->t : e->a).text, relation, explain_show(e->t).text);
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
            explain_write(e,
                          explain_word(e, " (%s or more: was the target too low?)",
                                       "（达到 %s 倍以上：指标值是否偏低？）"),
                          explain_show(rule->over).text);
        return;
    }
    explain_ratio(e, ratio, ratio);
    if (rule->pass > 0 && ratio < rule->pass - KERNEL_NEAR)
        explain_write(e, explain_word(e, " < %s, the pass mark", " < 及格线 %s"),
                      explain_show(rule->pass).text);
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
        explain_write(e,
                      explain_word(e, "2 − actual ÷ target = 2 − %s ÷ %s %s",
                                   "2 − 完成值 ÷ 指标值 = 2 − %s ÷ %s %s"),
                      explain_show(e->a).text, explain_show(e->t).text,
                      explain_result(left < KERNEL_NEAR ? left : kernel_linear(e->a, e->t)).text);
        if (left < 0)
            buf_str(e->out, explain_word(e, ", not below 0", "，不低于 0"));
    } else {
        explain_write(
            e, explain_word(e, "target ÷ actual = %s ÷ %s %s", "指标值 ÷ 完成值 = %s ÷ %s %s"),
            explain_show(e->t).text, explain_show(e->a).text, explain_result(e->t / e->a).text);
    }
}

static void explain_between(const struct explanation *e)
{
    if (!kernel_at_least(e->a, e->t))
        explain_write(e, explain_word(e, "actual %s < %s", "完成值 %s < %s"),
                      explain_show(e->a).text, explain_show(e->t).text);
    else if (!kernel_at_most(e->a, e->hi))
        explain_write(e, explain_word(e, "actual %s > %s", "完成值 %s > %s"),
                      explain_show(e->a).text, explain_show(e->hi).text);
    else
        explain_write(e, "%s ≤ %s ≤ %s", explain_show(e->t).text, explain_show(e->a).text,
                      explain_show(e->hi).text);
}

static void explain_by(const struct explanation *e)
{
    const bool met = kernel_at_most(e->a, e->t);
    explain_write(e,
                  met ? explain_word(e, "%s ≤ %s, in time", "%s ≤ %s，按时完成")
                      : explain_word(e, "%s > %s, late", "%s > %s，逾期"),
                  show_day(e->a).text, show_day(e->t).text);
}

static void explain_judgement(const struct explanation *e)
{
    explain_write(e, explain_word(e, "rated %s", "评定 %s"), explain_show(e->a).text);
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
            explain_write(
                e, explain_word(e, "target = 0: actual %s %s 0", "指标值 = 0：完成值 %s %s 0"),
                explain_show(e->a).text, kernel_at_most(e->a, e->t) ? "≤" : ">");
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
    explain_write(e, explain_word(e, en[period], zh[period]), explain_show(periods).text);
    explain_left(e, periods);
}

/* 0-1: what is explained is whether the target was met. */
static void explain_pass_fail(const struct explanation *e, enum rule_sign sign)
{
    const bool down = sign == RULE_SIGN_LT || sign == RULE_SIGN_LE;
    if (sign == RULE_SIGN_BETWEEN || sign >= RULE_SIGN_BY ||
        (sign == RULE_SIGN_EQ && fabs(e->t) <= KERNEL_NEAR))
        explain_by_sign(e, sign);
    else if (down)
        explain_met(e, kernel_at_most(e->a, e->t) ? "≤" : ">");
    else
        explain_met(e, kernel_at_least(e->a, e->t) ? "≥" : "<");
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
    case RULE_PASS_FAIL:
        explain_pass_fail(e, sign);
        break;
    case RULE_RATING:
        explain_judgement(e);
        break;
    case RULE_DEADLINE:
        explain_deadline(e);
        break;
    default:
        explain_actual_rule(e);
        break;
    }
}

void rule_explain(struct buf *out, const struct rule *rule, double actual, double target, double hi,
                  enum rule_sign sign, double attainment, bool zh)
{
    const struct explanation e = {out, rule, actual, target, hi, zh};
    explain_kind(&e, sign);
    explain_write(&e, " → %s", explain_brief(attainment).text);
}

static const char *part_name(const struct explanation *e, const struct rule *part)
{
    return e->zh ? rule_spec(part->kind)->zh : rule_name(part->kind);
}

/* A function's reason, or none, does not say what it gave. */
static void explain_given(const struct explanation *e, const struct rule *part, double attainment,
                          const char *text)
{
    if (text == NULL || part->kind == RULE_FUNCTION)
        explain_write(e, " → %s", explain_brief(attainment).text);
}

/* "1) completion: actual ÷ target = … → 0.9" */
static void explain_part(const struct explanation *e, size_t k, double attainment, const char *text)
{
    const struct rule *part = e->rule->parts[k].rule;
    const bool many = part->nparts > 1;
    buf_printf(e->out, "%zu) %s", k + 1, part_name(e, part));
    if (text != NULL && *text != '\0')
        explain_write(e, "%s%s%s%s", explain_word(e, ": ", "："), many ? "[" : "", text,
                      many ? "]" : "");
    explain_given(e, part, attainment, text);
    buf_str(e->out, explain_word(e, "; ", "；"));
}

static void explain_against_previous(const struct explanation *e, double attainment,
                                     const char *text)
{
    const struct rule *part = e->rule->parts[0].rule;
    buf_str(e->out,
            explain_word(e, "last year's actual as target, ", "以上年实际完成值为指标值，"));
    buf_str(e->out, text != NULL ? text : part_name(e, part));
    explain_given(e, part, attainment, text);
}

/* "(0.9 × 3 + 0.8 × 2) ÷ 5 = 0.86" */
static void explain_average(const struct explanation *e, const double *attainments, double result)
{
    double weights = 0;
    for (size_t k = 0; k < e->rule->nparts; k++) {
        explain_write(e, "%s%s × %s", k > 0 ? " + " : "(", explain_brief(attainments[k]).text,
                      explain_show(e->rule->parts[k].weight).text);
        weights += e->rule->parts[k].weight;
    }
    explain_write(e, ") ÷ %s %s", explain_brief(weights).text, explain_result(result).text);
}

void rule_explain_parts(struct buf *out, const struct rule *rule, const double *attainments,
                        const char *const *texts, bool zh)
{
    const double *columns[RULE_PARTS_MAX];
    double result = NAN;
    const struct explanation e = {out, rule, NAN, NAN, NAN, zh};
    for (size_t k = 0; k < rule->nparts; k++)
        columns[k] = &attainments[k];
    kernel_combine(rule, 1, columns, &result);
    if (rule->kind == RULE_AGAINST_PREVIOUS) {
        explain_against_previous(&e, attainments[0], texts[0]);
        return;
    }
    for (size_t k = 0; k < rule->nparts; k++)
        explain_part(&e, k, attainments[k], texts[k]);
    if (rule->kind == RULE_AVERAGE)
        explain_average(&e, attainments, result);
    else if (rule->kind == RULE_LEAST)
        buf_str(out, explain_word(&e, "the least", "取最小"));
    explain_write(&e, " → %s", explain_brief(result).text);
}
