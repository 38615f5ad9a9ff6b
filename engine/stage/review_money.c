/*
 * review_money.c - more spent than there was: said here of funds whose type has no check that says
 * it (rules.check, scripts/lib/checks.lua).
 */
#include <stdlib.h>

#include "base/error.h"
#include "base/number.h"
#include "stage/review.h"

#define EXACT     1e-9
#define RATE_PATH "execution.rate" /* where every budget row stands */
#define RATE_FULL 100

/* Texts in both languages become one finding. */
static sy_status add(struct run *r, struct finding_at *at, struct buf *zh, struct buf *en,
                     sy_error *err)
{
    at->plain = true;
    at->text = buf_text(zh);
    at->text2 = buf_text(en);
    const sy_status status =
        zh->failed || en->failed ? error_nomem(err) : dataset_find(&r->d, at, err);
    buf_dispose(zh);
    buf_dispose(en);
    return status;
}

static bool amount(double *out, const struct run *r, const struct fund *f, const char *name)
{
    const struct fact *fact = dataset_fact(&r->d, f->entity, name);
    if (!fact)
        return false;
    const struct value value = fact_value(&r->d, fact);
    *out = value.num;
    return value.kind == VALUE_NUMBER;
}

static sy_status check_amounts(struct run *r, const struct fund *f, double budget, double spent,
                               sy_error *err)
{
    char a[NUMBER_TEXT_MAX], b[NUMBER_TEXT_MAX];
    struct buf zh = {0}, en = {0};
    if (spent <= budget + EXACT * fabs(budget))
        return SY_OK;
    struct finding_at at = fund_at(r, f, FINDING_OVERSPENT);
    number_print(a, spent);
    number_print(b, budget);
    buf_printf(&zh, "全年执行数 %s 大于全年预算数 %s", a, b);
    buf_printf(&en, "%s was spent on a budget of %s", a, b);
    if (budget > 0) {
        number_print(a, round(spent / budget * 1e4) / 100);
        buf_printf(&zh, "，执行率 %s%%", a);
        buf_printf(&en, ", %s%%", a);
    }
    buf_str(&zh, "：请核实超支原因");
    buf_str(&en, ": say why");
    return add(r, &at, &zh, &en, err);
}

/* A table that has no amounts may print the rate itself. */
static sy_status check_rate(struct run *r, const struct fund *f, uint32_t path, sy_error *err)
{
    char text[NUMBER_TEXT_MAX];
    struct buf zh = {0}, en = {0};
    const uint32_t item = path == POOL_NONE ? NO_ROW : find_item(r, f, path);
    if (item == NO_ROW)
        return SY_OK;
    const struct value rate = item_actual(r, item);
    if (rate.kind != VALUE_NUMBER || rate.unit == UNIT_NONE ||
        units_get(r->units, rate.unit)->dimension !=
            units_get(r->units, units_percent(r->units))->dimension ||
        rate.num <= RATE_FULL + EXACT)
        return SY_OK;
    struct finding_at at = item_at(r, f, item, FINDING_OVERSPENT);
    number_print(text, rate.num);
    buf_printf(&zh, "预算执行率 %s%%，大于 100%%：请核实超支原因", text);
    buf_printf(&en, "%s%% of the budget was spent: say why", text);
    return add(r, &at, &zh, &en, err);
}

/* Funds of which it is said. */
static void note_said(bool *said, const struct run *r)
{
    for (size_t i = 0; i < r->d.findings.count; i++) {
        const struct finding *f = &r->d.findings.rows[i];
        if (f->code == FINDING_OVERSPENT && f->entity != FINDING_NOWHERE &&
            r->fund_of[f->entity] != NO_ROW)
            said[r->fund_of[f->entity]] = true;
    }
}

sy_status review_money(struct run *r, sy_error *err)
{
    const uint32_t path = pool_find(&r->d.paths, RATE_PATH, sizeof RATE_PATH - 1);
    bool *said = calloc((size_t)r->nfunds + 1, sizeof *said);
    sy_status status = SY_OK;
    if (!said)
        return error_nomem(err);
    note_said(said, r);
    for (uint32_t k = 0; k < r->nfunds && status == SY_OK; k++) {
        const struct fund *f = &r->funds[k];
        double budget, spent;
        if (said[k])
            continue;
        status = amount(&budget, r, f, "budget") && amount(&spent, r, f, "spent")
                     ? check_amounts(r, f, budget, spent, err)
                     : check_rate(r, f, path, err);
    }
    free(said);
    return status;
}
