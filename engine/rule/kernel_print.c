/*
 * kernel_print.c - a rule with its parameters, as a script would write it.
 *
 * What is a default of the script's own words is left out; `over` is always shown, since a type's
 * [parameters] may have set it.
 */
#include "rule/kernel.h"

#include <math.h>

#include "base/number.h"

/* A table constructor being written: what goes before the next part. */
struct parts {
    struct buf *out;
    bool any;
};

static void begin_part(struct parts *p)
{
    buf_str(p->out, p->any ? ", " : " ");
    p->any = true;
}

static void add_number(struct buf *out, double x)
{
    char text[NUMBER_TEXT_MAX];
    if (isfinite(x))
        buf_add(out, text, number_print(text, x));
    else
        buf_str(out, isnan(x) ? "0/0" : x > 0 ? "math.huge" : "-math.huge");
}

static void part_number(struct parts *p, const char *key, double x)
{
    begin_part(p);
    buf_str(p->out, key);
    buf_str(p->out, " = ");
    add_number(p->out, x);
}

static void part_word(struct parts *p, const char *key, const char *word)
{
    begin_part(p);
    buf_printf(p->out, "%s = \"%s\"", key, word);
}

static void add_quoted(struct buf *out, const char *text)
{
    buf_char(out, '"');
    for (const char *c = text != NULL ? text : ""; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            buf_char(out, '\\');
        if (*c == '\n')
            buf_str(out, "\\n");
        else
            buf_char(out, *c);
    }
    buf_char(out, '"');
}

static void part_completion(struct parts *p, const struct rule *rule)
{
    if (rule->pass > 0)
        part_number(p, "pass", rule->pass);
    part_number(p, "over", rule->over > 0 ? rule->over : 0);
}

static void part_of(struct parts *p, const struct rule *rule)
{
    if (rule->of != 1)
        part_number(p, "of", rule->of);
}

static void part_tier(struct parts *p, const struct rule_tier *tier)
{
    begin_part(p);
    buf_char(p->out, '{');
    add_number(p->out, tier->bound);
    buf_str(p->out, ", ");
    add_number(p->out, tier->points);
    buf_char(p->out, '}');
}

/* In the order in which they are tried. */
static void part_tiers(struct parts *p, const struct rule *rule)
{
    part_of(p, rule);
    if (rule->upper)
        part_word(p, "edge", "upper");
    for (size_t i = 0; i < rule->ntiers; i++)
        part_tier(p, &rule->tiers[rule->upper ? i : rule->ntiers - 1 - i]);
}

static void part_deduct(struct parts *p, const struct rule *rule)
{
    part_of(p, rule);
    part_number(p, "from", rule->from);
    part_number(p, "per", rule->per);
    part_number(p, "lose", rule->lose);
    if (rule->steps != STEPS_FLOOR)
        part_word(p, "steps", rule->steps == STEPS_CEIL ? "ceil" : "prorata");
    if (rule->when != WHEN_ABOVE)
        part_word(p, "when", rule->when == WHEN_BELOW ? "below" : "either");
}

static void part_checklist(struct parts *p, const struct rule *rule)
{
    double sum = 0;
    for (size_t i = 0; rule->items != NULL && i < rule->nitems; i++)
        sum += isnan(rule->items[i].points) ? 1 : rule->items[i].points;
    if (rule->items == NULL || rule->of != sum)
        part_number(p, "of", rule->of);
    for (size_t i = 0; rule->items != NULL && i < rule->nitems; i++) {
        begin_part(p);
        buf_char(p->out, '{');
        add_quoted(p->out, rule->items[i].mark);
        if (!isnan(rule->items[i].points)) {
            buf_str(p->out, ", ");
            add_number(p->out, rule->items[i].points);
        }
        buf_char(p->out, '}');
    }
}

static void part_deadline(struct parts *p, const struct rule *rule)
{
    part_of(p, rule);
    part_number(p, "lose", rule->lose);
    part_word(p, "per",
              rule->period == PER_MONTH  ? "month"
              : rule->period == PER_WEEK ? "week"
                                         : "day");
}

static void part_between(struct parts *p, const struct rule *rule)
{
    part_number(p, "lo", rule->lo);
    part_number(p, "hi", rule->hi);
    if (rule->width > 0)
        part_number(p, "width", rule->width);
}

static void part_efficacy(struct parts *p, const struct rule *rule)
{
    part_number(p, "satisfied", rule->satisfied);
    part_number(p, "unacceptable", rule->unacceptable);
    part_number(p, "base", rule->base);
}

static void part_rules(struct parts *p, const struct rule *rule)
{
    for (size_t k = 0; k < rule->nparts; k++) {
        begin_part(p);
        if (rule->kind == RULE_AVERAGE)
            buf_char(p->out, '{');
        rule_print(p->out, rule->parts[k].rule);
        if (rule->kind != RULE_AVERAGE)
            continue;
        buf_str(p->out, ", ");
        add_number(p->out, rule->parts[k].weight);
        buf_char(p->out, '}');
    }
}

static void part_kind(struct parts *p, const struct rule *rule)
{
    switch (rule->kind) {
    case RULE_BY_SIGN:
        part_completion(p, rule);
        if (rule->linear)
            part_word(p, "reverse", "linear");
        break;
    case RULE_COMPLETION:
        part_completion(p, rule);
        break;
    case RULE_REVERSE:
        part_word(p, "mode", rule->linear ? "linear" : "ratio");
        break;
    case RULE_BETWEEN:
        part_between(p, rule);
        break;
    case RULE_TIERS:
        part_tiers(p, rule);
        break;
    case RULE_DEDUCT:
        part_deduct(p, rule);
        break;
    case RULE_CHECKLIST:
        part_checklist(p, rule);
        break;
    case RULE_VIOLATIONS:
        part_of(p, rule);
        part_number(p, "lose", rule->lose);
        break;
    case RULE_DEADLINE:
        part_deadline(p, rule);
        break;
    case RULE_EFFICACY:
        part_efficacy(p, rule);
        break;
    case RULE_AGAINST_PREVIOUS:
    case RULE_LEAST:
    case RULE_AVERAGE:
        part_rules(p, rule);
        break;
    default: /* pass_fail, rating: nothing of their own */
        break;
    }
}

void rule_print(struct buf *out, const struct rule *rule)
{
    buf_str(out, rule_name(rule->kind));
    if (rule->kind == RULE_FUNCTION)
        return;
    struct parts p = {.out = out};
    buf_char(out, '{');
    part_kind(&p, rule);
    if (!isnan(rule->missing))
        part_number(&p, "missing", rule->missing);
    if (!isnan(rule->not_applicable))
        part_number(&p, "not_applicable", rule->not_applicable);
    buf_str(out, p.any ? " }" : "}");
}
