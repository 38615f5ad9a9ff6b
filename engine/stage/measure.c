/*
 * measure.c - values that are not the row's own: actuals and targets that scripts compute, targets
 * of [targets]. Afterwards each item has its final target and actual, brought to one unit.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/error.h"
#include "base/number.h"
#include "stage/plan.h"

/* One function of one fund. */
struct measuring {
    struct run *r;
    const struct fund *f;
    uint32_t item;
    struct see *see;
    struct script_data *data;
    struct arena texts;
    sy_error *err;
};

static sy_status keep_text(uint32_t *out, struct measuring *m, const char *text)
{
    return dataset_cell(out, &m->r->d, text, strlen(text), m->err);
}

static void print_bare(struct buf *out, const struct script_value *v)
{
    char number[NUMBER_TEXT_MAX];
    if (v->kind == SCRIPT_TEXT) {
        buf_add(out, v->text, v->len);
    } else if (v->kind == SCRIPT_DATE) {
        date_print(number, (int32_t)v->num);
        buf_str(out, number);
    } else if (v->kind == SCRIPT_BOOL) {
        buf_str(out, v->num != 0 ? "true" : "false");
    } else {
        buf_add(out, number, number_print(number, v->num));
        if (v->kind == SCRIPT_RANGE) {
            buf_char(out, '~');
            buf_add(out, number, number_print(number, v->hi));
        }
    }
}

static void read_text(struct value *out, const struct measuring *m, const char *text)
{
    const struct value_context context = {.units = m->r->units,
                                          .year = m->r->d.entities[m->f->entity].year,
                                          .default_unit = UNIT_NONE};
    value_read(out, &context, text, strlen(text));
}

/* A computed value as text, with its unit: what an evaluator would have written, and what reads as
 * that value. 5 and 月 are no month of May. */
static sy_status print_value(uint32_t *out, struct measuring *m, const struct script_result *result)
{
    struct buf b = {0};
    struct value again = {.kind = VALUE_NUMBER};
    print_bare(&b, &result->value);
    const size_t len = b.len;
    const bool number = result->value.kind == SCRIPT_NUMBER && result->unit;
    if (number || result->value.kind == SCRIPT_RANGE)
        buf_str(&b, result->unit ? result->unit : "");
    if (number && units_known(m->r->units, result->unit, strlen(result->unit)) != UNIT_NONE)
        read_text(&again, m, buf_text(&b));
    if (again.kind != VALUE_NUMBER) {
        b.len = len;
        buf_printf(&b, "个%s", result->unit);
    }
    sy_status status = b.failed ? error_nomem(m->err) : keep_text(out, m, buf_text(&b));
    buf_dispose(&b);
    return status;
}

/* A script's value as one that could have been read. */
static void take_value(struct value *out, struct measuring *m, const struct script_result *result)
{
    *out = (struct value){.unit = UNIT_NONE, .num = result->value.num};
    if (result->unit && *result->unit)
        out->unit = units_intern(m->r->units, result->unit, strlen(result->unit));
    if (result->value.kind == SCRIPT_TEXT)
        read_text(out, m, result->value.text);
    else if (result->value.kind == SCRIPT_DATE)
        out->kind = VALUE_DATE;
    else if (result->value.kind == SCRIPT_BOOL)
        out->kind = VALUE_BOOL;
    else if (result->value.kind == SCRIPT_RANGE)
        *out = (struct value){.num = result->value.num,
                              .hi = result->value.hi,
                              .unit = out->unit,
                              .kind = VALUE_RANGE,
                              .sign = SIGN_BETWEEN};
    else
        out->kind = VALUE_NUMBER;
    if (result->value.kind == SCRIPT_TEXT || out->unit == UNIT_NONE ||
        (out->kind != VALUE_NUMBER && out->kind != VALUE_RANGE))
        return;
    out->num *= units_get(m->r->units, out->unit)->scale;
    out->hi *= units_get(m->r->units, out->unit)->scale;
}

static sy_status report_lacking(struct measuring *m, const struct script_result *result)
{
    return result->lacking
               ? item_lacking(m->r, m->f, m->item, item_path(m->r, m->item), result, m->err)
               : SY_OK;
}

/* Half of the last place that a reported figure was written with. */
static bool agrees(const struct run *r, const struct value *reported, const struct value *computed)
{
    const struct unit *u = reported->unit == UNIT_NONE ? NULL : units_get(r->units, reported->unit);
    double step = 0.5 * pow(10, -(double)reported->places) * (u ? u->scale : 1);
    return reported->kind == VALUE_NUMBER && computed->kind == VALUE_NUMBER &&
           fabs(reported->num - computed->num) <= step * (1 + 1e-9);
}

static bool is_day(const struct value *v)
{
    return v->kind == VALUE_DATE || v->kind == VALUE_BY;
}

static sy_status compare_reported(struct measuring *m, const struct value *reported,
                                  const char *text, const struct value *computed,
                                  const struct script_result *result)
{
    if (reported->kind == VALUE_MISSING || agrees(m->r, reported, computed))
        return SY_OK;
    if (is_day(reported) && is_day(computed) && reported->num == computed->num)
        return SY_OK;
    struct buf b = {0};
    print_bare(&b, &result->value);
    sy_status status = SY_OK;
    if (b.failed)
        status = error_nomem(m->err);
    else if (strcmp(text, buf_text(&b)) != 0)
        status = item_finding(m->r, m->f, m->item, FINDING_REPORTED_DIFFERS, text, buf_text(&b), 0,
                              0, m->err);
    buf_dispose(&b);
    return status;
}

static sy_status fail_item(struct measuring *m, const struct script_result *result)
{
    struct override *over = item_override(m->r, m->item, m->err);
    if (!over)
        return SY_ENOMEM;
    over->flags |= OVER_ERROR;
    return item_script_error(m->r, m->f, m->r->bounds[m->r->items[m->item].bound].path, result,
                             m->err);
}

/* What cannot be computed is missing, whatever was reported: the function alone speaks. */
static void lose_value(struct override *over, bool target)
{
    *(target ? &over->target : &over->actual) =
        (struct value){.kind = VALUE_MISSING, .unit = UNIT_NONE};
    *(target ? &over->target_text : &over->actual_text) = 0;
}

/* What a measure (or a target function) gave becomes the item's actual (target). */
static sy_status apply_result(struct measuring *m, const struct script_result *result, bool target)
{
    if (result->outcome == SCRIPT_ERROR || result->outcome == SCRIPT_DISABLED)
        return fail_item(m, result);
    sy_status status = report_lacking(m, result);
    struct override *over = status == SY_OK ? item_override(m->r, m->item, m->err) : NULL;
    if (!over)
        return status == SY_OK ? SY_ENOMEM : status;
    /* `return sy.percent(a, b), "%"` without a or b gives nil and a unit, which is no reason. */
    bool unit = result->outcome != SCRIPT_DONE && result->reason &&
                units_known(m->r->units, result->reason, strlen(result->reason)) != UNIT_NONE;
    if (result->reason && !unit && (status = keep_text(&over->reason, m, result->reason)) != SY_OK)
        return status;
    if (result->outcome == SCRIPT_NOT_APPLICABLE) {
        over->flags |= OVER_NOT_APPLICABLE;
        return SY_OK;
    }
    if (result->outcome != SCRIPT_DONE) {
        over->flags |= result->lacking ? OVER_LACKING : 0;
        lose_value(over, target);
        return SY_OK;
    }
    struct value computed;
    take_value(&computed, m, result);
    if (!target) {
        status = compare_reported(m, &over->actual, m->r->d.cells.data + over->actual_text,
                                  &computed, result);
        if (status != SY_OK)
            return status;
    }
    *(target ? &over->target : &over->actual) = computed;
    over->flags |= target ? OVER_TARGET_COMPUTED : OVER_MEASURED;
    return print_value(target ? &over->target_text : &over->actual_text, m, result);
}

static sy_status call_function(struct measuring *m, int function, bool target)
{
    struct script_result result = {0};
    m->see->fund = (uint32_t)(m->f - m->r->funds);
    script_run_fund(m->r->standards[m->f->standard].script, function, m->data, m->f->entity,
                    &result, &m->texts);
    sy_status status = m->see->status;
    if (status == SY_OK)
        status = apply_result(m, &result, target);
    arena_dispose(&m->texts);
    return status;
}

/* Brings an item's new pair of values to one unit. A target that was derived has no text. */
static void pair_item(struct run *r, const struct fund *f, struct override *over, uint32_t row)
{
    const char *target = r->d.cells.data + over->target_text;
    const char *actual = r->d.cells.data + over->actual_text;
    struct value derived = over->target;
    bool keep = !*target && row != NO_ROW && (r->d.outcomes.flags[row] & OUTCOME_DERIVED);
    struct value_context context = {
        .units = r->units, .year = r->d.entities[f->entity].year, .default_unit = UNIT_NONE};
    if (!(over->flags & (OVER_TARGET_CONFIG | OVER_TARGET_COMPUTED)))
        context.default_unit = outcome_word(&r->d, OUTCOME_TARGET_UNIT, row);
    over->pair = (uint8_t)value_pair_units(&over->target, target, strlen(target), &over->actual,
                                           actual, strlen(actual), &context,
                                           outcome_word(&r->d, OUTCOME_ACTUAL_UNIT, row));
    if (keep)
        over->target = derived;
}

static sy_status settle_item(struct measuring *m)
{
    struct run *r = m->r;
    const struct bound *b = &r->bounds[r->items[m->item].bound];
    sy_status status = SY_OK;
    if (b->measure)
        status = call_function(m, b->measure, false);
    if (status == SY_OK && b->target_function)
        status = call_function(m, b->target_function, true);
    if (status != SY_OK)
        return status;
    if (b->target_text && !b->target_function && item_target(r, m->item)->kind == VALUE_MISSING) {
        struct override *over = item_override(r, m->item, m->err);
        if (!over)
            return SY_ENOMEM;
        over->target = b->target;
        over->target_text = b->target_cell;
        over->flags |= OVER_TARGET_CONFIG;
    }
    if (r->items[m->item].over != NO_ROW)
        pair_item(r, m->f, &r->overs[r->items[m->item].over], r->items[m->item].row);
    return status;
}

sy_status measure_run(struct run *r, sy_error *err)
{
    struct see see = {.r = r, .err = err};
    struct script_data data;
    see_init(&data, &see);
    sy_status status = SY_OK;
    for (uint32_t i = 0; i < r->nfunds && status == SY_OK; i++) {
        struct measuring m = {.r = r, .f = &r->funds[i], .see = &see, .data = &data, .err = err};
        for (m.item = m.f->first; m.item < m.f->first + m.f->count && status == SY_OK; m.item++)
            status = settle_item(&m);
    }
    buf_dispose(&see.scratch);
    return status;
}
