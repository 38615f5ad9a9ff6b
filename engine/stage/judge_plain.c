/*
 * judge_plain.c - which rows judge_item need not look at one by one: both values are numbers, there
 * is nothing to be said of the pair, and the rule reads no more than these numbers.
 */
#include "stage/judge_plain.h"

void judge_plain_open(struct judge_plain *p, const struct run *r)
{
    p->stride = r->nbounds <= PLAIN_PAIRS / 4 ? PLAIN_PAIRS / (r->nbounds + 1) : 31;
    p->usable = !r->options.thorough;
    p->rated = r->d.nratings > 0 || r->d.outcomes.words[OUTCOME_RATING] != NULL;
}

/* Whether the rule grades two numbers by themselves, whatever they are. */
static bool reads_numbers(const struct rule *rule)
{
    return rule->kind != RULE_DEADLINE && rule->kind != RULE_CHECKLIST && rule->kind != RULE_RATING;
}

static bool is_plain(const struct outcome_shape *shape, const struct rule *rule)
{
    return shape->target.kind == VALUE_NUMBER && shape->actual.kind == VALUE_NUMBER &&
           (shape->pair & ~PAIR_ACTUAL_SIGN) == 0 && rule->nparts == 0 && !rule->reads_previous &&
           reads_numbers(rule);
}

/* What the digits of its numbers are divided by; numbers with more decimals are not kept so. */
static double power_of(const struct value_shape *shape)
{
    return shape->places <= OUTCOME_PLACES ? (double)number_pow10[shape->places] : 1;
}

bool judge_plain_fits(const struct run *r, uint32_t shape, const struct bound *b)
{
    const struct outcome_shape *s = &r->d.outcomes.shapes[shape];
    const struct value some = value_from(&s->target, 1, 0), zero = value_from(&s->target, 0, 0);
    return is_plain(s, b->rule) &&
           value_sign(&some, (enum sign)s->sign, (enum sign)b->sign) < SIGN_BETWEEN &&
           value_sign(&zero, (enum sign)s->sign, (enum sign)b->sign) < SIGN_BETWEEN;
}

void judge_plain_learn(struct plain_pair *pair, const struct run *r, uint32_t shape, uint32_t bound)
{
    const struct outcome_shape *s = &r->d.outcomes.shapes[shape];
    const struct bound *b = &r->bounds[bound];
    const struct value some = value_from(&s->target, 1, 0), zero = value_from(&s->target, 0, 0);
    const enum sign sign = value_sign(&some, (enum sign)s->sign, (enum sign)b->sign);
    const enum sign zero_sign = value_sign(&zero, (enum sign)s->sign, (enum sign)b->sign);
    const uint32_t unit = s->target.unit != UNIT_NONE ? s->target.unit : s->actual.unit;
    const bool plain = is_plain(s, b->rule) && sign < SIGN_BETWEEN && zero_sign < SIGN_BETWEEN;
    const double target_scale = item_scale(r, s->target.unit, unit);
    const double actual_scale = item_scale(r, s->actual.unit, unit);
    *pair = (struct plain_pair){.shape = shape,
                                .bound = bound,
                                .rule = plain ? b->rule : NULL,
                                .target_power = power_of(&s->target),
                                .actual_power = power_of(&s->actual),
                                .target_scale = target_scale,
                                .actual_scale = actual_scale,
                                .scaled = target_scale != 1 || actual_scale != 1,
                                .sign = (uint8_t)sign,
                                .zero_sign = (uint8_t)zero_sign,
                                .known = true};
}
