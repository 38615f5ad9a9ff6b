/*
 * sheet.c - standard rules as expressions of a spreadsheet (see sheet.h), short enough to be read
 * in a cell. Edges are met to nine decimals, as in kernel_parts.h.
 */
#include "rule/sheet.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

#define AT_LEAST   "ROUND(%s-%s,9)>=0" /* x, edge */
#define NESTED_MAX 60                  /* IFs within one another; Excel takes 64 */

static void add_number(struct buf *out, double x)
{
    char text[NUMBER_TEXT_MAX];
    text[number_print(text, x)] = '\0';
    buf_printf(out, x < 0 ? "(%s)" : "%s", text);
}

/* points / of, as an attainment: 0.5 of 1, or 4/5. */
static void add_share(struct buf *out, double points, double of)
{
    const double x = points / of;
    if (!(x > 0 && x < 1) || of == 1) {
        add_number(out, x > 1 ? 1 : x < 0 ? 0 : x);
        return;
    }
    add_number(out, points);
    buf_char(out, '/');
    add_number(out, of);
}

static void add_completion(struct buf *out, double pass)
{
    buf_printf(out, "IF(" AT_LEAST ",1,IF(t>0,", "a", "t");
    if (pass > 0) {
        buf_str(out, "IF(ROUND(a/t-");
        add_number(out, pass);
        buf_str(out, ",9)>=0,MAX(0,a/t),0)");
    } else {
        buf_str(out, "MAX(0,a/t)");
    }
    buf_str(out, ",0))");
}

static void add_reverse(struct buf *out, bool linear)
{
    buf_printf(out, "IF(" AT_LEAST ",1,IF(t>0,%s,0))", "t", "a", linear ? "MAX(0,2-a/t)" : "t/a");
}

static bool add_by_sign(struct buf *out, const struct rule *rule, enum rule_sign sign)
{
    switch (sign) {
    case RULE_SIGN_LT:
    case RULE_SIGN_LE:
        add_reverse(out, rule->linear);
        return true;
    case RULE_SIGN_EQ:
        buf_str(out, "IF(ROUND(t,9)=0,IF(ROUND(a,9)<=0,1,0),");
        add_completion(out, rule->pass);
        buf_char(out, ')');
        return true;
    case RULE_SIGN_BETWEEN:
        buf_printf(out, "IF(AND(" AT_LEAST "," AT_LEAST "),1,0)", "a", "lo", "hi", "a");
        return true;
    case RULE_SIGN_BY:
        buf_str(out, "IF(a<=t,1,0)");
        return true;
    case RULE_SIGN_QUALITATIVE:
        return false;
    default:
        add_completion(out, rule->pass);
        return true;
    }
}

static bool add_pass_fail(struct buf *out, const struct rule *rule, enum rule_sign sign)
{
    buf_str(out, "IF(");
    if (!add_by_sign(out, rule, sign))
        return false;
    buf_str(out, ">=1,1,0)");
    return true;
}

static void add_between(struct buf *out, const struct rule *rule)
{
    buf_str(out, rule->width > 0 ? "MAX(0,1-MAX(0," : "IF(ROUND(MAX(");
    add_number(out, rule->lo);
    buf_str(out, "-a,a-");
    add_number(out, rule->hi);
    if (rule->width > 0) {
        buf_str(out, ")/");
        add_number(out, rule->width);
        buf_char(out, ')');
    } else {
        buf_str(out, "),9)<=0,1,0)");
    }
}

/* From the band that is tried first on. */
static bool add_tiers(struct buf *out, const struct rule *rule)
{
    if (rule->ntiers > NESTED_MAX || !(rule->of > 0))
        return false;
    for (size_t i = 0; i < rule->ntiers; i++) {
        const struct rule_tier *tier = &rule->tiers[rule->upper ? i : rule->ntiers - 1 - i];
        buf_str(out, "IF(ROUND(a-");
        add_number(out, tier->bound);
        buf_str(out, rule->upper ? ",9)<=0," : ",9)>=0,");
        add_share(out, tier->points, rule->of);
        buf_char(out, ',');
    }
    buf_char(out, '0');
    for (size_t i = 0; i < rule->ntiers; i++)
        buf_char(out, ')');
    return true;
}

/* MAX(0,MIN(1,(of-lose*COUNT)/of)), of which the count is written in between. */
static void open_left(struct buf *out, double of, double lose)
{
    buf_str(out, "MAX(0,MIN(1,(");
    add_number(out, of);
    buf_char(out, '-');
    add_number(out, lose);
    buf_char(out, '*');
}

static void close_left(struct buf *out, double of)
{
    buf_str(out, ")/");
    add_number(out, of);
    buf_str(out, "))");
}

static bool add_deduct(struct buf *out, const struct rule *rule)
{
    static const char *const open[] = {
        [WHEN_ABOVE] = "MAX(0,a-", [WHEN_BELOW] = "MAX(0,", [WHEN_EITHER] = "ABS(a-"};
    if (!(rule->per > 0) || !(rule->of > 0))
        return false;
    open_left(out, rule->of, rule->lose);
    buf_str(out, rule->steps == STEPS_FLOOR  ? "ROUNDDOWN(ROUND("
                 : rule->steps == STEPS_CEIL ? "ROUNDUP(ROUND("
                                             : "(ROUND(");
    buf_str(out, open[rule->when]);
    add_number(out, rule->from);
    buf_str(out, rule->when == WHEN_BELOW ? "-a)/" : ")/");
    add_number(out, rule->per);
    buf_str(out, rule->steps == STEPS_PRORATA ? ",12))" : ",9),0)");
    close_left(out, rule->of);
    return true;
}

/* Days, weeks or months begun; months as kernel_parts.c counts them. */
static bool add_deadline(struct buf *out, const struct rule *rule)
{
    if (!(rule->of > 0))
        return false;
    open_left(out, rule->of, rule->lose);
    if (rule->period == PER_DAY)
        buf_str(out, "MAX(0,a-t)");
    else if (rule->period == PER_WEEK)
        buf_str(out, "ROUNDUP(MAX(0,a-t)/7,0)");
    else
        buf_str(out, "IF(a<=t,0,(YEAR(a)-YEAR(t))*12+MONTH(a)-MONTH(t)+"
                     "IF(DAY(t+1)=1,0,IF(DAY(a)>MIN(DAY(t),DAY(EOMONTH(a,0))),1,0)))");
    close_left(out, rule->of);
    return true;
}

static bool add_efficacy(struct buf *out, const struct rule *rule)
{
    if (rule->satisfied == rule->unacceptable)
        return false;
    buf_str(out, "MAX(0,MIN(1,");
    add_number(out, rule->base);
    buf_str(out, "+(1-");
    add_number(out, rule->base);
    buf_str(out, ")*(a-");
    add_number(out, rule->unacceptable);
    buf_str(out, ")/(");
    add_number(out, rule->satisfied);
    buf_char(out, '-');
    add_number(out, rule->unacceptable);
    buf_str(out, ")))");
    return true;
}

static bool add_counted(struct buf *out, const struct rule *rule)
{
    if (rule->nitems > 0 || !(rule->of > 0))
        return false;
    buf_str(out, "MAX(0,MIN(1,a/");
    add_number(out, rule->of);
    buf_str(out, "))");
    return true;
}

static bool add_violations(struct buf *out, const struct rule *rule)
{
    if (!(rule->of > 0))
        return false;
    open_left(out, rule->of, rule->lose);
    buf_char(out, 'a');
    close_left(out, rule->of);
    return true;
}

static bool add_rule(struct buf *out, const struct rule *rule, enum rule_sign sign);

static bool add_parts(struct buf *out, const struct rule *rule, enum rule_sign sign)
{
    const bool average = rule->kind == RULE_AVERAGE;
    double weights = 0;
    buf_str(out, average ? "(" : "MIN(1,");
    for (size_t k = 0; k < rule->nparts; k++) {
        if (k > 0)
            buf_char(out, average ? '+' : ',');
        if (average) {
            add_number(out, rule->parts[k].weight);
            buf_char(out, '*');
        }
        if (!add_rule(out, rule->parts[k].rule, sign))
            return false;
        weights += rule->parts[k].weight;
    }
    buf_char(out, ')');
    if (average) {
        buf_char(out, '/');
        add_number(out, weights);
    }
    return rule->nparts > 0 && (!average || weights > 0);
}

static bool add_rule(struct buf *out, const struct rule *rule, enum rule_sign sign)
{
    if (rule->function)
        return false;
    switch (rule->kind) {
    case RULE_BY_SIGN:
        return add_by_sign(out, rule, sign);
    case RULE_COMPLETION:
        add_completion(out, rule->pass);
        return true;
    case RULE_REVERSE:
        add_reverse(out, rule->linear);
        return true;
    case RULE_BETWEEN:
        add_between(out, rule);
        return true;
    case RULE_TIERS:
        return add_tiers(out, rule);
    case RULE_DEDUCT:
        return add_deduct(out, rule);
    case RULE_CHECKLIST:
        return add_counted(out, rule);
    case RULE_VIOLATIONS:
        return add_violations(out, rule);
    case RULE_PASS_FAIL:
        return add_pass_fail(out, rule, sign);
    case RULE_EFFICACY:
        return add_efficacy(out, rule);
    case RULE_DEADLINE:
        return add_deadline(out, rule);
    case RULE_LEAST:
    case RULE_AVERAGE:
        return add_parts(out, rule, sign);
    default:
        return false; /* ratings, last year's actual, functions */
    }
}

bool sheet_formula(struct buf *out, const struct rule *rule, enum rule_sign sign)
{
    struct buf own = {0};
    const bool made = add_rule(&own, rule, sign) && own.len <= SHEET_FORMULA_MAX;
    if (made)
        buf_add(out, buf_text(&own), own.len);
    out->failed = out->failed || own.failed;
    buf_dispose(&own);
    return made && !out->failed;
}
