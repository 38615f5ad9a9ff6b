/*
 * check.c - doubts about the data: facts that [facts] asks for, part_of, money of roll-ups, and
 * rules.check of each fund.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "stage/departments.h"
#include "stage/parts.h"
#include "stage/plan.h"
#include "stage/task.h"

/* Columns of the funds table that are money (contract 2.1). */
static const char *const money_facts[] = {"budget_initial", "budget", "allotted", "received",
                                          "spent"};

bool check_money_fact(const char *name)
{
    for (size_t i = 0; i < sizeof money_facts / sizeof money_facts[0]; i++)
        if (strcmp(money_facts[i], name) == 0)
            return true;
    return false;
}

static bool fits_kind(const struct run *r, const struct fact *fact, enum fact_kind kind)
{
    const struct value_shape *v = &fact->shape;
    if (v->kind == VALUE_NUMBER && v->unit == UNIT_NONE)
        return kind != FACT_DATE && kind != FACT_BOOLEAN; /* as nearly all are */
    const struct unit *u = v->unit == UNIT_NONE ? NULL : units_get(r->units, v->unit);
    const struct unit *percent = units_get(r->units, units_percent(r->units));
    const struct unit *money = units_get(r->units, units_money(r->units));
    if (v->kind == VALUE_NOT_APPLICABLE)
        return true;
    switch (kind) {
    case FACT_ANY:
    case FACT_TEXT:
        return true;
    case FACT_NUMBER:
        return v->kind == VALUE_NUMBER;
    case FACT_MONEY:
        return v->kind == VALUE_NUMBER && (!u || u->dimension == money->dimension);
    case FACT_PERCENT:
        return v->kind == VALUE_NUMBER && (!u || u->dimension == percent->dimension);
    case FACT_DATE:
        return v->kind == VALUE_DATE || v->kind == VALUE_BY;
    case FACT_BOOLEAN:
        return v->kind == VALUE_BOOL;
    }
    return true;
}

/* A fact of the wrong kind is said, and lacks from then on: it is never read as another. */
static sy_status check_kind(struct task *t, struct fact *fact, enum fact_kind kind, sy_error *err)
{
    const struct run *r = t->r;
    if (fits_kind(r, fact, kind))
        return SY_OK;
    struct value_text room;
    bool unit = fact->shape.kind == VALUE_NUMBER && fact->shape.unit != UNIT_NONE;
    bool bad = fact->shape.kind == VALUE_BAD;
    struct finding_at at = {.code = unit  ? FINDING_BAD_UNIT
                                    : bad ? FINDING_BAD_NUMBER
                                          : FINDING_BAD_FACT,
                            .entity = fact->entity,
                            .path = NO_WORD,
                            .place = fact->place,
                            .text = dataset_text(&r->d, fact->name),
                            .text2 = fact_text(&room, &r->d, fact)};
    if (unit) {
        at.text2 = at.text;
        at.text = units_get(r->units, fact->shape.unit)->name;
    }
    fact->shape.kind = VALUE_MISSING;
    return journal_find(&t->journal, &at, err);
}

static struct fact *find_fact(struct run *r, uint32_t entity, const char *name)
{
    const struct fact *fact = dataset_fact(&r->d, entity, name);
    return fact ? &r->d.facts[fact - r->d.facts] : NULL;
}

static sy_status find_lacking(struct task *t, const struct fund *f, const char *name, sy_error *err)
{
    struct finding_at at = fund_at(t->r, f, FINDING_FACT_MISSING);
    at.text = "[facts]";
    at.text2 = name;
    return journal_find(&t->journal, &at, err);
}

static sy_status check_declared(struct task *t, const struct fund *f, sy_error *err)
{
    struct run *r = t->r;
    const struct yardstick *y = r->standards[f->standard].yard;
    sy_status status = SY_OK;
    for (size_t i = 0; i < y->nfacts && status == SY_OK; i++) {
        struct fact *fact = find_fact(r, f->entity, y->facts[i].name);
        if (fact)
            status = check_kind(t, fact, y->facts[i].kind, err);
        else if (y->facts[i].required)
            status = find_lacking(t, f, y->facts[i].name, err);
    }
    for (size_t i = 0; i < sizeof money_facts / sizeof *money_facts && status == SY_OK; i++) {
        struct fact *fact = find_fact(r, f->entity, money_facts[i]);
        if (fact && fact->shape.kind != VALUE_MISSING)
            status = check_kind(t, fact, FACT_MONEY, err);
    }
    return status;
}

/* What a type asks of a fact, by its word. */
struct asked {
    uint32_t name;
    enum fact_kind kind;
    bool money; /* not asked for by [facts]: one that is missing is no fault */
};

/* Which funds' facts must be looked at by their names: most are as they are asked for, which a walk
 * over them shows. Owns: all. */
struct doubts {
    struct asked *asked; /* of standard s: asked[first[s]..first[s + 1]) */
    size_t *first;
    bool *requires; /* by standard: some fact must be there */
};

static void dispose_doubts(struct doubts *d)
{
    free(d->asked);
    free(d->first);
    free(d->requires);
}

static bool make_doubts(struct doubts *d, const struct run *r)
{
    size_t n = 0;
    for (uint32_t s = 0; s < r->nstandards; s++)
        n += r->standards[s].yard->nfacts + sizeof money_facts / sizeof *money_facts;
    d->asked = malloc((n + 1) * sizeof *d->asked);
    d->first = calloc((size_t)r->nstandards + 1, sizeof *d->first);
    d->requires = calloc((size_t)r->nstandards + 1, sizeof *d->requires);
    return d->asked && d->first && d->requires;
}

static void ask(struct doubts *d, const struct run *r, uint32_t standard, const char *name,
                enum fact_kind kind, bool money)
{
    const uint32_t word = pool_find(&r->d.words, name, strlen(name));
    if (word != NO_WORD)
        d->asked[d->first[standard + 1]++] = (struct asked){word, kind, money};
}

static bool requires_facts(const struct yardstick *y)
{
    for (size_t i = 0; i < y->nfacts; i++)
        if (y->facts[i].required)
            return true;
    return false;
}

/* What each standard asks of the words that the data has. */
static void ask_all(struct doubts *d, const struct run *r)
{
    for (uint32_t s = 0; s < r->nstandards; s++) {
        const struct yardstick *y = r->standards[s].yard;
        d->first[s + 1] = d->first[s];
        d->requires[s] = requires_facts(y);
        for (size_t i = 0; i < y->nfacts; i++)
            ask(d, r, s, y->facts[i].name, y->facts[i].kind, false);
        for (size_t i = 0; i < sizeof money_facts / sizeof *money_facts; i++)
            ask(d, r, s, money_facts[i], FACT_MONEY, true);
    }
}

static bool is_doubtful(const struct doubts *d, const struct run *r, uint32_t standard,
                        const struct fact *fact)
{
    for (size_t i = d->first[standard]; i < d->first[standard + 1]; i++) {
        const struct asked *a = &d->asked[i];
        if (a->name != fact->name)
            continue;
        const bool missing = a->money && fact->shape.kind == VALUE_MISSING;
        if (!missing && !fits_kind(r, fact, a->kind))
            return true;
    }
    return false;
}

static bool has_doubts(const struct doubts *d, const struct run *r, const struct fund *f)
{
    if (d->requires[f->standard])
        return true;
    const struct fact *fact;
    for (uint32_t i = r->d.entities[f->entity].first_fact; i != NO_ROW; i = fact->next) {
        fact = &r->d.facts[i];
        if (is_doubtful(d, r, f->standard, fact))
            return true;
    }
    return false;
}

static sy_status check_doubtful(void *ctx, struct task *t, sy_error *err)
{
    const struct doubts *d = ctx;
    sy_status status = SY_OK;
    for (uint32_t i = task_first_fund(t); i < task_end_fund(t) && status == SY_OK; i++)
        if (has_doubts(d, t->r, &t->r->funds[i]))
            status = check_declared(t, &t->r->funds[i], err);
    return status;
}

static sy_status check_all_declared(struct run *r, sy_error *err)
{
    struct doubts d = {0};
    const struct stage stage = {.run = check_doubtful, .ctx = &d};
    sy_status status = make_doubts(&d, r) ? SY_OK : error_nomem(err);
    if (status == SY_OK) {
        ask_all(&d, r);
        status = task_run_all(r, r->ngroups, &stage, err);
    }
    dispose_doubts(&d);
    return status;
}

/* Half of the last place that either was written with is no difference: 43.2万元 and 432,012元. */
static double step_of(const struct run *r, const struct value *v)
{
    const struct unit *u = v->unit == UNIT_NONE ? NULL : units_get(r->units, v->unit);
    return 0.5 * pow(10, -(double)v->places) * (u ? u->scale : 1);
}

/* The fund has the fact already, and the budget row of its table says something else. */
static sy_status compare_fact(struct run *r, const struct budget_row *b, const struct fact *fact,
                              const char *name, const struct value *value, uint32_t text,
                              sy_error *err)
{
    const struct value own = fact_value(&r->d, fact);
    double step = fmax(step_of(r, &own), step_of(r, value));
    if (own.kind != VALUE_NUMBER || value->kind != VALUE_NUMBER ||
        fabs(own.num - value->num) <= step * (1 + 1e-9))
        return SY_OK;
    struct finding_at at = {.code = FINDING_BUDGET_DIFFERS,
                            .entity = b->entity,
                            .path = NO_WORD,
                            .place = b->place,
                            .first = &fact->place,
                            .text = name,
                            .text2 = r->d.cells.data + text,
                            .a = value->num,
                            .b = own.num};
    return dataset_find(&r->d, &at, err);
}

static sy_status fill_fact(struct run *r, const struct budget_row *b, const char *name,
                           const struct value *value, uint32_t text, sy_error *err)
{
    struct fact fact = {.num = value->num,
                        .entity = b->entity,
                        .text = text,
                        .shape = value_shape_of(value),
                        .place = b->place};
    const struct fact *own = dataset_fact(&r->d, b->entity, name);
    if (value->kind == VALUE_MISSING)
        return SY_OK;
    if (own)
        return compare_fact(r, b, own, name, value, text, err);
    sy_status status = dataset_word(&fact.name, &r->d, name, strlen(name), err);
    return status == SY_OK ? dataset_add_fact(&r->d, &fact, value->hi, err) : status;
}

/* The facts that a budget row stands for, where the fund has none. */
static sy_status fill_budgets(struct run *r, sy_error *err)
{
    for (uint32_t i = 0; i < r->d.nbudgets; i++) {
        const struct budget_row *b = &r->d.budgets[i];
        const char *budget = r->d.cells.data + b->budget_text;
        const char *spent = r->d.cells.data + b->spent_text;
        struct value_context context = {.units = r->units,
                                        .year = r->d.entities[b->entity].year,
                                        .default_unit = b->budget_unit};
        struct value values[2];
        value_pair_units(&values[0], budget, strlen(budget), &values[1], spent, strlen(spent),
                         &context, b->spent_unit);
        sy_status status = fill_fact(r, b, "budget", &values[0], b->budget_text, err);
        if (status == SY_OK)
            status = fill_fact(r, b, "spent", &values[1], b->spent_text, err);
        if (status != SY_OK)
            return status;
    }
    return SY_OK;
}

sy_status check_facts(struct run *r, sy_error *err)
{
    sy_status status = fill_budgets(r, err);
    if (status == SY_OK)
        status = parts_check(r, err);
    if (status == SY_OK)
        status = check_all_declared(r, err);
    return status == SY_OK ? departments_check(r, err) : status;
}

/* rules.check of one fund. */
static sy_status check_fund(struct task *t, struct see *see, const struct script_data *data,
                            uint32_t fund)
{
    const struct run *r = t->r;
    const struct fund *f = &r->funds[fund];
    const struct script *bound = r->standards[f->standard].script;
    struct script *script;
    struct script_result result = {0};
    int function = bound ? script_check(bound) : 0;
    if (!function)
        return SY_OK;
    sy_status status = task_script(&script, t, f->standard, see->err);
    if (status != SY_OK)
        return status;
    see->fund = fund;
    script_run_fund(script, function, data, f->entity, &result, &t->journal.texts);
    if (see->status != SY_OK)
        return see->status;
    if (result.outcome == SCRIPT_ERROR || result.outcome == SCRIPT_DISABLED)
        return item_script_error(&t->journal, r, f, NO_WORD, &result, see->err);
    if (result.outcome == SCRIPT_LACKING)
        return item_lacking(&t->journal, r, f, NO_ROW, "rules.check", &result, see->err);
    return SY_OK;
}

static sy_status check_group(void *ctx, struct task *t, sy_error *err)
{
    struct see see = {.r = t->r, .journal = &t->journal, .err = err};
    struct script_data data;
    sy_status status = SY_OK;
    (void)ctx;
    see_init(&data, &see);
    for (uint32_t i = task_first_fund(t); i < task_end_fund(t) && status == SY_OK; i++)
        status = check_fund(t, &see, &data, i);
    buf_dispose(&see.scratch);
    return status;
}

sy_status check_run(struct run *r, sy_error *err)
{
    const struct stage stage = {.run = check_group};
    bool any = false;
    for (uint32_t i = 0; i < r->nstandards; i++)
        any = any || (r->standards[i].script && script_check(r->standards[i].script));
    return any ? task_run_all(r, r->ngroups, &stage, err) : SY_OK;
}
