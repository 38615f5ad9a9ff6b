/*
 * value_pair.c - where a target meets an actual: units, signs, what cannot be compared; targets
 * derived from a completion; values for people to read.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/decimal.h"
#include "base/number.h"
#include "model/value.h"

static bool is_number(const struct value *v)
{
    return v->kind == VALUE_NUMBER || v->kind == VALUE_RANGE;
}

static bool is_date(const struct value *v)
{
    return v->kind == VALUE_DATE || v->kind == VALUE_BY;
}

/* A number that takes its unit from elsewhere: bare, or 45万. */
static bool is_bare(const struct value *v)
{
    return is_number(v) && v->unit == UNIT_NONE;
}

static bool same_dimension(const struct units *units, uint32_t a, uint32_t b)
{
    const struct unit *x = units_get(units, a), *y = units_get(units, b);
    return x && y && x->dimension == y->dimension;
}

/* The unit of a bare number: the row's, unless that does not fit what the other side says. */
static uint32_t choose_unit(const struct units *units, uint32_t row, const struct value *other)
{
    if (!is_number(other) || other->unit == UNIT_NONE)
        return row;
    return row != UNIT_NONE && same_dimension(units, row, other->unit) ? row : other->unit;
}

static void read_again(struct value *v, const struct value_context *c, uint32_t unit,
                       const char *text, size_t len)
{
    if (unit == UNIT_NONE)
        return;
    struct value_context own = *c;
    own.default_unit = unit;
    value_read(v, &own, text, len);
}

static unsigned compare_units(const struct units *units, const struct value *target,
                              const struct value *actual)
{
    const struct unit *t = units_get(units, target->unit), *a = units_get(units, actual->unit);
    if (!t || !a || t->dimension == a->dimension)
        return 0;
    return t->count && a->count ? PAIR_COUNT_WORDS : PAIR_UNIT_MISMATCH;
}

static bool same_text(const char *a, size_t a_len, const char *b, size_t b_len)
{
    return a_len == b_len && memcmp(a, b, a_len) == 0;
}

static unsigned compare_kinds(const struct value *target, const struct value *actual)
{
    if (target->kind == VALUE_BAD)
        return actual->kind == VALUE_TEXT ? 0 : PAIR_BAD_TARGET;
    if (target->kind == VALUE_TEXT || target->kind == VALUE_NOT_APPLICABLE ||
        actual->kind == VALUE_MISSING || actual->kind == VALUE_NOT_APPLICABLE ||
        actual->kind == VALUE_BAD)
        return 0;
    if (actual->kind == VALUE_RANGE)
        return PAIR_KIND_MISMATCH;
    if (target->kind == VALUE_MISSING)
        return 0;
    if (actual->kind == VALUE_TEXT)
        return PAIR_BAD_ACTUAL;
    if (is_number(target) != is_number(actual) || is_date(target) != is_date(actual))
        return PAIR_KIND_MISMATCH;
    return 0;
}

static unsigned drop_sign(struct value *actual)
{
    if (actual->kind == VALUE_BY)
        actual->kind = VALUE_DATE;
    else if (actual->kind != VALUE_NUMBER || actual->sign == SIGN_NONE)
        return 0;
    actual->sign = SIGN_NONE;
    return PAIR_ACTUAL_SIGN;
}

/* A bare share against a written per cent, such as 0.816 against 85%, or 1 against 100%: a
 * spreadsheet's cell of 81.6 % comes as 0.816. */
static bool is_doubtful(const struct units *units, const struct value *bare,
                        const struct value *other)
{
    uint32_t percent = units_percent(units);
    return bare->kind == VALUE_NUMBER && is_number(other) &&
           same_dimension(units, bare->unit, percent) &&
           same_dimension(units, other->unit, percent) && bare->num != 0 && fabs(bare->num) <= 1 &&
           fmax(fabs(other->num), fabs(other->hi)) > 1;
}

/* Whether two numbers of one dimension say opposite things: 提升 against 下降, and a drop against
 * a negative number, which may be the drop itself or its contrary. */
static bool is_contrary(const struct value *target, const struct value *actual)
{
    uint8_t a = target->flags & (VALUE_UP | VALUE_DOWN),
            b = actual->flags & (VALUE_UP | VALUE_DOWN);
    if (a && b)
        return a != b;
    return (a == VALUE_DOWN && actual->num < 0) || (b == VALUE_DOWN && target->num < 0);
}

unsigned value_pair(struct value *target, const char *target_text, size_t target_len,
                    struct value *actual, const char *actual_text, size_t actual_len,
                    const struct value_context *c)
{
    return value_pair_units(target, target_text, target_len, actual, actual_text, actual_len, c,
                            c->default_unit);
}

/* What is wrong with two values, as they were read. */
static unsigned compare_values(const struct units *units, const struct value *target,
                               const char *target_text, size_t target_len,
                               const struct value *actual, const char *actual_text,
                               size_t actual_len)
{
    unsigned flags = compare_kinds(target, actual);
    if (actual->kind == VALUE_BAD && target->kind != VALUE_TEXT)
        flags |= PAIR_BAD_ACTUAL;
    if (target->kind == VALUE_BAD && actual->kind == VALUE_BAD &&
        same_text(target_text, target_len, actual_text, actual_len))
        flags = 0;
    if (!is_number(target) && value_is_error(target_text, target_len))
        flags |= PAIR_BAD_TARGET;
    if (!is_number(actual) && value_is_error(actual_text, actual_len))
        flags |= PAIR_BAD_ACTUAL;
    if (is_number(target) && is_number(actual)) {
        flags |= is_contrary(target, actual) ? PAIR_VERB_MISMATCH : 0;
        flags |= compare_units(units, target, actual);
    }
    return flags;
}

unsigned value_pair_read(const struct value *target, const char *target_text,
                         const struct value *actual, const char *actual_text,
                         const struct units *units)
{
    return compare_values(units, target, target_text, strlen(target_text), actual, actual_text,
                          strlen(actual_text));
}

unsigned value_pair_units(struct value *target, const char *target_text, size_t target_len,
                          struct value *actual, const char *actual_text, size_t actual_len,
                          const struct value_context *c, uint32_t actual_unit)
{
    uint32_t target_unit = c->default_unit != UNIT_NONE ? c->default_unit : actual_unit;
    struct value_context bare = *c;
    bare.default_unit = UNIT_NONE;
    value_read(target, &bare, target_text, target_len);
    value_read(actual, &bare, actual_text, actual_len);
    if (actual_unit == UNIT_NONE)
        actual_unit = target_unit;
    bool bare_target = is_bare(target), bare_actual = is_bare(actual);
    if (bare_target)
        read_again(target, c, choose_unit(c->units, target_unit, actual), target_text, target_len);
    if (bare_actual)
        read_again(actual, c, choose_unit(c->units, actual_unit, target), actual_text, actual_len);
    const unsigned dropped = drop_sign(actual);
    unsigned flags =
        compare_values(c->units, target, target_text, target_len, actual, actual_text, actual_len);
    flags =
        target->kind == VALUE_BAD && flags == 0 && actual->kind == VALUE_BAD ? 0 : flags | dropped;
    if (is_number(target) && is_number(actual)) {
        if (bare_target != bare_actual &&
            is_doubtful(c->units, bare_target ? target : actual, bare_target ? actual : target))
            flags |= PAIR_PERCENT_DOUBTFUL;
    }
    return flags;
}

enum sign value_sign(const struct value *target, enum sign column, enum sign config)
{
    const enum sign given[] = {column, config};
    if (target->kind == VALUE_TEXT || target->kind == VALUE_BAD)
        return SIGN_QUALITATIVE;
    if (target->kind == VALUE_RANGE)
        return SIGN_BETWEEN;
    if (is_date(target))
        return SIGN_BY;
    if (target->sign != SIGN_NONE)
        return (enum sign)target->sign;
    for (size_t i = 0; i < 2; i++)
        if (given[i] != SIGN_NONE && given[i] != SIGN_BETWEEN && given[i] != SIGN_BY)
            return given[i];
    return target->kind == VALUE_NUMBER && target->num == 0 ? SIGN_EQ : SIGN_GE;
}

/* Differences of decimals carry the noise of the machine: 16.2 - 16.1. Nine places are more than
 * people write. */
static double clean_difference(double x)
{
    int64_t scaled;
    return decimal_round(&scaled, x, DECIMAL_PLACES_MAX, ROUND_HALF_UP)
               ? decimal_value(scaled, DECIMAL_PLACES_MAX)
               : x;
}

bool value_derive_target(struct value *target, const struct value *actual,
                         const struct value *completion, const struct value *excess,
                         const struct units *units)
{
    const struct value *given = completion ? completion : excess;
    if (!given || given->kind != VALUE_NUMBER || actual->kind != VALUE_NUMBER)
        return false;
    struct value v = {.unit = actual->unit, .kind = VALUE_NUMBER, .places = actual->places};
    v.flags = actual->flags & (VALUE_UP | VALUE_DOWN);
    if (completion) {
        uint32_t percent = units_percent(units);
        if (completion->unit != UNIT_NONE && !same_dimension(units, completion->unit, percent))
            return false;
        if (!(completion->num > 0))
            return false;
        v.num = actual->num * 100 / completion->num;
    } else {
        if (excess->unit != UNIT_NONE && !same_dimension(units, excess->unit, actual->unit))
            return false;
        if (excess->places > v.places)
            v.places = excess->places;
        v.num = clean_difference(actual->num - excess->num);
    }
    if (!isfinite(v.num))
        return false;
    *target = v;
    return true;
}

/* " 条次", "%": how the base of a value's unit stands behind its number. */
static const char *find_suffix(const struct value *v, const struct units *units, const char **blank)
{
    const struct unit *unit = units_get(units, v->unit);
    const struct unit *base = unit ? units_get(units, unit->base) : NULL;
    *blank = base && unit->base != units_percent(units) ? " " : "";
    return base ? base->name : "";
}

size_t value_print(char *out, size_t cap, const struct value *v, const struct units *units)
{
    char num[NUMBER_TEXT_MAX] = "", hi[NUMBER_TEXT_MAX];
    const char *blank, *unit = find_suffix(v, units, &blank);
    int n = 0;
    switch (v->kind) {
    case VALUE_NUMBER:
        number_print(num, v->num);
        n = snprintf(out, cap, "%s%s%s", num, blank, unit);
        break;
    case VALUE_RANGE:
        number_print(num, v->num);
        number_print(hi, v->hi);
        n = snprintf(out, cap, "[%s, %s]%s%s", num, hi, blank, unit);
        break;
    case VALUE_DATE:
    case VALUE_BY:
        date_print(num, (int32_t)v->num);
        n = snprintf(out, cap, "%s", num);
        break;
    case VALUE_BOOL:
        n = snprintf(out, cap, "%s", v->num != 0 ? "true" : "false");
        break;
    default:
        n = snprintf(out, cap, "%s", "");
        break;
    }
    return n > 0 ? (size_t)n : 0;
}
