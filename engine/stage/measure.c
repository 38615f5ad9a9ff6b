/*
 * measure.c - values that are not the row's own: actuals and targets that scripts compute, targets
 * of [targets]. Afterwards each item has its final target and actual, brought to one unit.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/error.h"
#include "base/number.h"
#include "stage/plan.h"
#include "stage/task.h"

/* A pass: the functions of one kind, in the funds of one year. All of them see what was known
 * before the pass; years before are done by then, and targets come after measures. */
struct pass {
    int year;
    bool target;
};

/* One value of one item on its way into the run. */
struct measuring {
    struct run *r;
    const struct fund *f;
    uint32_t item;
    struct journal said;
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
    return result->lacking ? item_lacking(&m->said, m->r, m->f, m->item, item_path(m->r, m->item),
                                          result, m->err)
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
        status = item_finding(&m->said, m->r, m->f, m->item, FINDING_REPORTED_DIFFERS, text,
                              buf_text(&b), 0, 0, m->err);
    buf_dispose(&b);
    return status;
}

/* What an item's values were written as, as texts of their own. */
static bool keep_texts(uint32_t texts[2], struct run *r, uint32_t item, sy_error *err)
{
    struct value_text room;
    for (int i = 0; i < 2; i++) {
        const char *text =
            i == 0 ? item_target_text(&room, r, item) : item_actual_text(&room, r, item);
        if (text != room.bytes)
            texts[i] = (uint32_t)(text - r->d.cells.data);
        else if (dataset_cell(&texts[i], &r->d, text, strlen(text), err) != SY_OK)
            return false;
    }
    return true;
}

/* A new override of an item, as it is; the item has it once it is linked. */
static struct override *add_override(struct run *r, uint32_t item, sy_error *err)
{
    void *array = r->overs;
    bool room = dataset_grow(&array, &r->overs_cap, r->novers, sizeof *r->overs);
    r->overs = array;
    if (!room) {
        error_nomem(err);
        return NULL;
    }
    const uint32_t before = r->item_overs ? r->item_overs[item] : NO_ROW;
    uint32_t texts[2] = {0, 0};
    if (before == NO_ROW && !keep_texts(texts, r, item, err))
        return NULL;
    struct override *over = &r->overs[r->novers++];
    if (before != NO_ROW)
        *over = r->overs[before];
    else
        *over = (struct override){.target = item_target(r, item),
                                  .actual = item_actual(r, item),
                                  .target_text = texts[0],
                                  .actual_text = texts[1],
                                  .item = item,
                                  .pair = (uint8_t)item_pair(r, item)};
    return over;
}

static sy_status link_overrides(struct run *r, uint32_t first, sy_error *err)
{
    if (first == r->novers)
        return SY_OK;
    if (!r->item_overs) {
        r->item_overs = malloc((size_t)r->nitems * sizeof *r->item_overs);
        if (!r->item_overs)
            return error_nomem(err);
        for (uint32_t i = 0; i < r->nitems; i++)
            r->item_overs[i] = NO_ROW;
    }
    for (uint32_t i = first; i < r->novers; i++)
        r->item_overs[r->overs[i].item] = i;
    return SY_OK;
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
    struct override *over = add_override(m->r, m->item, m->err);
    if (!over)
        return SY_ENOMEM;
    if (result->outcome == SCRIPT_ERROR || result->outcome == SCRIPT_DISABLED) {
        over->flags |= OVER_ERROR;
        return item_script_error(&m->said, m->r, m->f, item_bound(m->r, m->item)->path, result,
                                 m->err);
    }
    sy_status status = report_lacking(m, result);
    if (status != SY_OK)
        return status;
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

/* Values of a task, each after what its function said while it ran. */
static sy_status take_values(void *ctx, struct task *t, sy_error *err)
{
    const struct pass *pass = ctx;
    struct run *r = t->r;
    size_t said = 0;
    struct measuring m = {.r = r, .err = err};
    sy_status status = SY_OK;
    for (uint32_t i = 0; i < t->journal.nvalues && status == SY_OK; i++) {
        const struct journal_value *v = &t->journal.values[i];
        m.f = &r->funds[v->fund];
        m.item = v->item;
        status = journal_findings(r, &t->journal, said, v->nfindings, err);
        said = v->nfindings;
        if (status == SY_OK)
            status = apply_result(&m, &v->result, pass->target);
        if (status == SY_OK)
            status = journal_commit(r, &m.said, err);
        journal_clear(&m.said);
    }
    if (status == SY_OK)
        status = journal_findings(r, &t->journal, said, t->journal.findings.count, err);
    findings_clear(&t->journal.findings);
    t->journal.nfiles = 0;
    journal_dispose(&m.said);
    return status;
}

/* Whether an actual stands as it was reported, where that is asked for. */
static bool is_given(const struct run *r, uint32_t item)
{
    return r->options.reported && item_actual(r, item).kind != VALUE_MISSING;
}

static sy_status call_functions(const struct pass *pass, struct task *t, struct see *see,
                                const struct script_data *data)
{
    const struct run *r = t->r;
    const struct fund *f = &r->funds[see->fund];
    struct script *script;
    sy_status status = SY_OK;
    for (uint32_t i = f->first; i < f->first + f->count && status == SY_OK; i++) {
        const struct bound *b = item_bound(r, i);
        int function = pass->target ? b->target_function : b->measure;
        struct script_result result = {0};
        if (!function || (!pass->target && is_given(r, i)))
            continue;
        status = task_script(&script, t, f->standard, see->err);
        if (status != SY_OK)
            break;
        script_run_fund(script, function, data, f->entity, &result, &t->journal.texts);
        status = see->status;
        if (status == SY_OK)
            status = journal_value(&t->journal, see->fund, i, &result, see->err);
    }
    return status;
}

static sy_status run_pass(void *ctx, struct task *t, sy_error *err)
{
    const struct pass *pass = ctx;
    const struct run *r = t->r;
    struct see see = {.r = r, .journal = &t->journal, .err = err};
    struct script_data data;
    sy_status status = SY_OK;
    see_init(&data, &see);
    for (see.fund = task_first_fund(t); see.fund < task_end_fund(t) && status == SY_OK;
         see.fund++) {
        const struct standard *s = &r->standards[r->funds[see.fund].standard];
        if (s->year == pass->year && (pass->target ? s->targets : s->measures))
            status = call_functions(pass, t, &see, &data);
    }
    buf_dispose(&see.scratch);
    return status;
}

void measure_pair(struct run *r, const struct fund *f, struct override *over, uint32_t row)
{
    const char *target = r->d.cells.data + over->target_text;
    const char *actual = r->d.cells.data + over->actual_text;
    struct value derived = over->target;
    bool keep = !*target && row != NO_ROW &&
                (outcomes_shape_of(&r->d.outcomes, row)->flags & OUTCOME_DERIVED);
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

/* Targets of [targets] where there are none, and what is new beside what it is held against. */
static sy_status settle_item(struct run *r, const struct fund *f, uint32_t item, sy_error *err)
{
    const struct bound *b = item_bound(r, item);
    if (b->target_text && !b->target_function && item_target(r, item).kind == VALUE_MISSING) {
        uint32_t first = r->novers;
        struct override *over = add_override(r, item, err);
        if (!over)
            return SY_ENOMEM;
        over->target = b->target;
        over->target_text = b->target_cell;
        over->flags |= OVER_TARGET_CONFIG;
        const sy_status status = link_overrides(r, first, err);
        if (status != SY_OK)
            return status;
    }
    if (item_over(r, item))
        measure_pair(r, f, &r->overs[r->item_overs[item]], item_row(r, item));
    return SY_OK;
}

/* Only what is computed or has a target of [targets] differs from its row. */
static sy_status settle_fund(struct run *r, const struct fund *f, sy_error *err)
{
    const struct standard *s = &r->standards[f->standard];
    sy_status status = SY_OK;
    if (!s->measures && !s->targets && !s->yard->ntargets)
        return SY_OK;
    for (uint32_t item = f->first; item < f->first + f->count && status == SY_OK; item++)
        status = settle_item(r, f, item, err);
    return status;
}

static sy_status measure_year(struct run *r, int year, sy_error *err)
{
    sy_status status = SY_OK;
    for (int target = 0; target < 2 && status == SY_OK; target++) {
        struct pass pass = {year, target != 0};
        const struct stage stage = {run_pass, take_values, &pass};
        bool any = false;
        for (uint32_t i = 0; i < r->nstandards && !any; i++)
            any = r->standards[i].year == year &&
                  (target ? r->standards[i].targets : r->standards[i].measures);
        uint32_t first = r->novers;
        if (any)
            status = task_run_all(r, r->ngroups, &stage, err);
        if (status == SY_OK)
            status = link_overrides(r, first, err);
    }
    return status;
}

/* The first year after `year` that a standard is of; false: there is none. */
static bool next_year(int *out, const struct run *r, int year, bool any)
{
    bool found = false;
    for (uint32_t i = 0; i < r->nstandards; i++) {
        int y = r->standards[i].year;
        if ((any || y > year) && (!found || y < *out)) {
            *out = y;
            found = true;
        }
    }
    return found;
}

sy_status measure_funds(struct run *r, sy_error *err)
{
    sy_status status = SY_OK;
    int year = 0;
    for (bool more = next_year(&year, r, 0, true); more && status == SY_OK;
         more = next_year(&year, r, year, false))
        status = measure_year(r, year, err);
    return status;
}

sy_status measure_run(struct run *r, sy_error *err)
{
    for (uint32_t i = 0; i < r->nbounds; i++) {
        struct standard *s = &r->standards[r->bounds[i].standard];
        s->measures = s->measures || r->bounds[i].measure;
        s->targets = s->targets || r->bounds[i].target_function;
    }
    sy_status status = measure_funds(r, err);
    for (uint32_t i = 0; i < r->nfunds && status == SY_OK; i++)
        status = settle_fund(r, &r->funds[i], err);
    return status;
}
