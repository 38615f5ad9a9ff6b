/*
 * vary_money.c - a case with its money written in the other unit: 100万元 as 1000000元, and back.
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "prove/vary.h"

/* While one case is rewritten. */
struct rewriting {
    struct arena *arena;
    struct units *units;
    const struct yardstick *yard;
    bool wan;
    bool changed, failed;
};

static bool is_money(const struct rewriting *w, uint32_t unit)
{
    return unit != UNIT_NONE && units_get(w->units, unit)->dimension ==
                                    units_get(w->units, units_money(w->units))->dimension;
}

static const char *sign_before(enum sign sign)
{
    switch (sign) {
    case SIGN_GE:
        return "≥";
    case SIGN_GT:
        return ">";
    case SIGN_EQ:
        return "=";
    case SIGN_LT:
        return "<";
    case SIGN_LE:
        return "≤";
    default:
        return "";
    }
}

/* An amount, as many yuan or as many ten thousands of them; NULL: it cannot be written so. */
static const char *print_money(struct rewriting *w, const struct value *v)
{
    static const struct value_context context = {.default_unit = UNIT_NONE};
    struct value_context own = context;
    struct value again;
    struct buf b = {0};
    char number[NUMBER_TEXT_MAX];
    own.units = w->units;
    buf_str(&b, v->kind == VALUE_RANGE ? "" : sign_before((enum sign)v->sign));
    number_print(number, w->wan ? v->num / 10000 : v->num);
    buf_str(&b, number);
    if (v->kind == VALUE_RANGE) {
        number_print(number, w->wan ? v->hi / 10000 : v->hi);
        buf_printf(&b, "~%s", number);
    }
    buf_str(&b, w->wan ? "万元" : "元");
    value_read(&again, &own, buf_text(&b), b.len);
    const bool same = again.num == v->num && again.hi == v->hi && again.kind == v->kind;
    const char *text = same && !b.failed ? arena_strdup(w->arena, buf_text(&b)) : NULL;
    w->failed = w->failed || b.failed || (same && !text);
    buf_dispose(&b);
    return text;
}

static void rewrite(struct rewriting *w, struct prove_cell *cell, const struct value *v)
{
    if (!is_money(w, v->unit) || (v->kind != VALUE_NUMBER && v->kind != VALUE_RANGE))
        return;
    const char *text = print_money(w, v);
    if (!text)
        return;
    w->changed = w->changed || strcmp(text, cell->text) != 0;
    cell->text = text;
}

static uint32_t fact_unit(const struct rewriting *w, const char *name)
{
    for (size_t i = 0; i < w->yard->nfacts; i++)
        if (strcmp(w->yard->facts[i].name, name) == 0 && w->yard->facts[i].kind == FACT_MONEY)
            return units_money(w->units);
    return check_money_fact(name) ? units_money(w->units) : UNIT_NONE;
}

static void rewrite_facts(struct rewriting *w, struct prove_given *given)
{
    struct prove_cell *facts = arena_alloc(w->arena, (given->nfacts + 1) * sizeof *facts);
    w->failed = w->failed || !facts;
    for (size_t i = 0; facts && i < given->nfacts; i++) {
        const struct value_context context = {.units = w->units,
                                              .default_unit = fact_unit(w, given->facts[i].name)};
        struct value v;
        facts[i] = given->facts[i];
        value_read(&v, &context, facts[i].text, strlen(facts[i].text));
        rewrite(w, &facts[i], &v);
    }
    if (facts)
        given->facts = facts;
}

static struct prove_cell *find_cell(struct prove_cell *cells, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(cells[i].name, name) == 0)
            return &cells[i];
    return NULL;
}

/* Target and actual as the engine reads them: a bare one is in the other's unit, or the row's.
 * `usual` is that of this year's row, for last year's bare figure. Returns the row's unit. */
static uint32_t rewrite_row(struct rewriting *w, struct prove_row *row, uint32_t usual)
{
    struct prove_cell *cells = arena_alloc(w->arena, (row->ncells + 1) * sizeof *cells);
    w->failed = w->failed || !cells;
    if (!cells)
        return UNIT_NONE;
    memcpy(cells, row->cells, row->ncells * sizeof *cells);
    row->cells = cells;
    struct prove_cell *target = find_cell(cells, row->ncells, "target"),
                      *actual = find_cell(cells, row->ncells, "actual"),
                      *unit = find_cell(cells, row->ncells, "unit");
    const char *t = target ? target->text : "", *a = actual ? actual->text : "";
    const struct value_context context = {
        .units = w->units,
        .default_unit = unit ? units_cell(w->units, unit->text, strlen(unit->text)) : usual};
    struct value target_value, actual_value;
    value_pair(&target_value, t, strlen(t), &actual_value, a, strlen(a), &context);
    if (target)
        rewrite(w, target, &target_value);
    if (actual)
        rewrite(w, actual, &actual_value);
    return target_value.unit != UNIT_NONE ? target_value.unit : actual_value.unit;
}

/* The unit of this year's row of the same indicator. */
static uint32_t usual_unit(const struct prove_case *c, const uint32_t *units,
                           const struct prove_row *row)
{
    static const char *const keys[] = {"indicator", "name"};
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
        for (size_t i = 0; i < c->now.nrows; i++) {
            const char *one = vary_cell(row, keys[k]), *other = vary_cell(&c->now.rows[i], keys[k]);
            if (one && other && strcmp(one, other) == 0)
                return units[i];
        }
    return c->flat && c->now.nrows == 1 ? units[0] : UNIT_NONE;
}

static struct prove_row *copy_rows(struct rewriting *w, struct prove_given *given)
{
    struct prove_row *rows = arena_alloc(w->arena, (given->nrows + 1) * sizeof *rows);
    w->failed = w->failed || !rows;
    if (rows && given->nrows)
        memcpy(rows, given->rows, given->nrows * sizeof *rows);
    if (rows)
        given->rows = rows;
    return rows;
}

struct prove_case *vary_money(struct arena *arena, const struct prove_case *c, struct units *units,
                              const struct yardstick *yard, bool wan, bool *changed)
{
    struct rewriting w = {.arena = arena, .units = units, .yard = yard, .wan = wan};
    struct prove_case *copy = arena_alloc(arena, sizeof *copy);
    uint32_t *usual = arena_alloc(arena, (c->now.nrows + 1) * sizeof *usual);
    *changed = false;
    if (!copy || !usual)
        return NULL;
    *copy = *c;
    rewrite_facts(&w, &copy->now);
    rewrite_facts(&w, &copy->before);
    struct prove_row *now = copy_rows(&w, &copy->now), *before = copy_rows(&w, &copy->before);
    for (size_t i = 0; now && i < c->now.nrows; i++)
        usual[i] = rewrite_row(&w, &now[i], UNIT_NONE);
    for (size_t i = 0; before && i < c->before.nrows; i++)
        rewrite_row(&w, &before[i], usual_unit(c, usual, &c->before.rows[i]));
    *changed = w.changed;
    return w.failed ? NULL : copy;
}
