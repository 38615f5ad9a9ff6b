/*
 * document_facts.c - facts of a fund in a document: what is known of it beside its indicators.
 */
#include <stdlib.h>
#include <string.h>

#include "api/document.h"

#define SPLIT_BITS 32
#define SPLIT_MASK (((uint64_t)1 << SPLIT_BITS) - 1)
_Static_assert(sizeof(size_t) >= 8, "rows of nested tables are numbered in 64 bits");

static int compare_rows(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

/* Lists the facts of a fund, which are a chain, in the order of the data. */
static void list_facts(struct document *d, uint32_t fund)
{
    const struct dataset *data = &d->p->r->d;
    const struct entity *e = &data->entities[d->p->r->funds[fund].entity];
    if (d->facts_of == fund)
        return;
    d->nfacts = 0;
    d->facts_of = fund;
    for (uint32_t row = e->first_fact; row != NO_ROW; row = data->facts[row].next) {
        void *array = d->facts;
        const bool room = dataset_grow(&array, &d->facts_cap, d->nfacts, sizeof *d->facts);
        d->facts = array;
        if (!room) {
            d->failed = true;
            return;
        }
        d->facts[d->nfacts++] = row;
    }
    if (d->nfacts > 1)
        qsort(d->facts, d->nfacts, sizeof *d->facts, compare_rows);
}

enum { F_FACT, F_LABEL, F_VALUE, F_UNIT, F_TEXT, F_SOURCE, F_COUNT };

static const sy_column *fact_columns(const void *ctx)
{
    static const sy_column columns[F_COUNT] = {{"fact", NULL, 0},  {"label", NULL, 0},
                                               {"value", NULL, 1}, {"unit", NULL, 0},
                                               {"text", NULL, 0},  {"source", NULL, 0}};
    (void)ctx;
    return columns;
}

static void value_cell(const struct document *d, const struct fact *fact, sy_cell *out)
{
    const struct value value = fact_value(&d->p->r->d, fact);
    const char *text = fact_text(&d->p->room, &d->p->r->d, fact);
    if (value.kind == VALUE_BOOL) {
        out->type = SY_CELL_BOOL;
        out->integer = value.num != 0;
    } else {
        report_item_value(d->p, &value, text, out);
    }
}

static void unit_cell(const struct document *d, const struct fact *fact, sy_cell *out)
{
    const struct run *r = d->p->r;
    const struct value value = fact_value(&r->d, fact);
    if (value.unit != UNIT_NONE)
        report_text(out, units_get(r->units, units_get(r->units, value.unit)->base)->name,
                    SY_CELL_DATA);
}

static void fact_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    struct document *d = (struct document *)ctx;
    const struct dataset *data = &d->p->r->d;
    list_facts(d, (uint32_t)(row >> SPLIT_BITS));
    if ((row & SPLIT_MASK) >= d->nfacts)
        return; /* no memory */
    const struct fact *fact = &data->facts[d->facts[row & SPLIT_MASK]];
    const char *name = dataset_text(data, fact->name), *text;
    switch (column) {
    case F_FACT:
        report_text(out, name, SY_CELL_DATA);
        break;
    case F_LABEL:
        text = columns_label(d->p->r->columns, d->zh ? "zh" : "en", name);
        report_text(out, text ? text : name, SY_CELL_DATA);
        break;
    case F_VALUE:
        value_cell(d, fact, out);
        break;
    case F_UNIT:
        unit_cell(d, fact, out);
        break;
    case F_TEXT:
        text = fact_text(&d->p->room, data, fact);
        report_text(out, *text ? text : NULL, SY_CELL_DATA);
        break;
    default:
        report_text(out, report_source(d->p, fact->place), SY_CELL_DATA);
        break;
    }
}

sy_view document_facts(const struct document *d, uint32_t fund)
{
    static const sy_view_ops ops = {sizeof ops, F_COUNT, fact_columns, fact_cell};
    list_facts((struct document *)d, fund);
    return (sy_view){&ops, d, (size_t)fund << SPLIT_BITS, d->nfacts};
}
