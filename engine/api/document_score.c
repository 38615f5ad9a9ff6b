/*
 * document_score.c - funds and indicators of a document: what the JSON has of them, and what a
 * reader on paper needs beside it.
 */
#include <math.h>
#include <string.h>

#include "api/document.h"
#include "rule/sheet.h"
#include "stage/reason.h"

#define SPLIT_BITS 32
#define SPLIT_MASK (((uint64_t)1 << SPLIT_BITS) - 1)

const char *document_word(const struct document *d, const char *word)
{
    struct report *p = d->p;
    struct buf *out = (struct buf *)&d->scratch;
    const bool people = p->people;
    p->people = true;
    const char *said = report_word(p, word);
    p->people = people;
    if (said != word)
        return said;
    buf_clear(out);
    for (; *word; word++)
        buf_char(out, *word == '_' ? ' ' : *word);
    return buf_text(out);
}

/* Indicators: the columns of the JSON, then these. */

enum {
    I_LEVEL1 = INDICATOR_COUNT,
    I_LEVEL2,
    I_STATUS_WORD,
    I_NOTE,
    I_RATING,
    I_UNIT_TEXT,
    I_INCLUDED,
    I_FORMULA,
    I_READ_TARGET,
    I_READ_HI,
    I_READ_ACTUAL,
    I_READ_UNIT,
    I_COUNT
};

static const sy_column *item_columns(const void *ctx)
{
    static const sy_column columns[I_COUNT] = {
        {"path", NULL, 0},        {"name", NULL, 0},        {"sign", NULL, 0},
        {"target", NULL, 1},      {"actual", NULL, 1},      {"unit", NULL, 0},
        {"target_text", NULL, 0}, {"actual_text", NULL, 0}, {"weight", NULL, 1},
        {"attainment", NULL, 1},  {"score", NULL, 1},       {"status", NULL, 0},
        {"rule", NULL, 0},        {"reason", NULL, 0},      {"claimed", NULL, 1},
        {"source", NULL, 0},      {"level1", NULL, 0},      {"level2", NULL, 0},
        {"status_word", NULL, 0}, {"note", NULL, 0},        {"rating", NULL, 0},
        {"unit_text", NULL, 0},   {"included", NULL, 0},    {"formula", NULL, 0},
        {"read_target", NULL, 1}, {"read_hi", NULL, 1},     {"read_actual", NULL, 1},
        {"read_unit", NULL, 0}};
    (void)ctx;
    return columns;
}

/* The label of path[0..len), whose last segment begins at `from`: [names]', that of the word, or
 * the word. */
static void branch_cell(const struct document *d, const struct yardstick *y, const char *path,
                        size_t from, size_t len, sy_cell *out)
{
    struct buf *text = (struct buf *)&d->scratch;
    buf_clear(text);
    buf_add(text, path, len);
    if (text->failed)
        return;
    const char *name = yard_name_of(y, buf_text(text));
    if (!name)
        name = columns_label(d->p->r->columns, d->zh ? "zh" : "en", buf_text(text) + from);
    report_text(out, name ? name : buf_text(text) + from, SY_CELL_DATA);
}

/* The branches above an indicator: its first segment, and the one before its last. */
static void level_cell(const struct document *d, uint32_t item, bool second, sy_cell *out)
{
    const struct run *r = d->p->r;
    const struct yardstick *y = r->standards[item_bound(r, item)->standard].yard;
    const char *path = item_path(r, item), *first = strchr(path, '.'), *last = strrchr(path, '.');
    if (!second) {
        branch_cell(d, y, path, 0, first ? (size_t)(first - path) : strlen(path), out);
        return;
    }
    if (!first || first == last)
        return;
    size_t from = (size_t)(last - path);
    while (path[from - 1] != '.')
        from--;
    branch_cell(d, y, path, from, (size_t)(last - path), out);
}

static void unit_cell(const struct document *d, uint32_t item, sy_cell *out)
{
    const struct run *r = d->p->r;
    const uint32_t row = item_row(r, item);
    uint32_t unit = outcome_word(&r->d, OUTCOME_TARGET_UNIT, row);
    if (unit == NO_WORD)
        unit = outcome_word(&r->d, OUTCOME_ACTUAL_UNIT, row);
    if (unit != NO_WORD && unit != UNIT_NONE)
        report_text(out, units_get(r->units, unit)->name, SY_CELL_DATA);
}

/* How a spreadsheet computes what the rule gave; nothing where a judgement or a function did. */
static void formula_cell(const struct document *d, uint32_t item, sy_cell *out)
{
    const struct run *r = d->p->r;
    struct buf *text = (struct buf *)&d->scratch;
    buf_clear(text);
    if (item_status(r, item) == ITEM_SCORED &&
        !reason_is_rated(r, report_fund_of_item(d->p, item), item) &&
        sheet_formula(text, item_bound(r, item)->rule, (enum rule_sign)item_sign(r, item)))
        report_text(out, buf_text(text), SY_CELL_TEXT);
}

/* The numbers that the rule read, in the indicator's unit. Days are told as dates elsewhere. */
static void read_cell(const struct document *d, uint32_t item, size_t column, sy_cell *out)
{
    const struct run *r = d->p->r;
    const uint32_t unit = item_unit(r, item);
    struct value value = column == I_READ_ACTUAL ? item_actual(r, item) : item_target(r, item);
    if (column == I_READ_UNIT) {
        if (unit != UNIT_NONE)
            report_text(out, units_get(r->units, unit)->name, SY_CELL_DATA);
        return;
    }
    if (column == I_READ_HI)
        value.num = value.hi;
    if (value.kind == VALUE_RANGE || (value.kind == VALUE_NUMBER && column != I_READ_HI))
        report_number(out, item_in_unit(r, &value, unit));
}

static void item_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct document *d = ctx;
    struct report *p = d->p;
    const struct run *r = p->r;
    const uint32_t item = (uint32_t)row;
    const char *text;
    uint32_t word;
    switch (column) {
    case I_LEVEL1:
    case I_LEVEL2:
        level_cell(d, item, column == I_LEVEL2, out);
        break;
    case I_STATUS_WORD:
        report_text(out, document_word(d, item_status_word(item_status(r, item))), SY_CELL_TEXT);
        break;
    case I_NOTE:
        text = outcome_note(&r->d, item_row(r, item));
        report_text(out, *text ? text : NULL, SY_CELL_DATA);
        break;
    case I_RATING:
        word = item_rating(r, &r->funds[report_fund_of_item(p, row)], item);
        report_text(out, word == NO_WORD ? NULL : dataset_text(&r->d, word), SY_CELL_DATA);
        break;
    case I_UNIT_TEXT:
        unit_cell(d, item, out);
        break;
    case I_INCLUDED:
        out->type = SY_CELL_BOOL;
        out->integer = !isnan(item_score(r, item));
        break;
    case I_FORMULA:
        formula_cell(d, item, out);
        break;
    case I_READ_TARGET:
    case I_READ_HI:
    case I_READ_ACTUAL:
    case I_READ_UNIT:
        read_cell(d, item, column, out);
        break;
    default:
        report_item_cell(p, row, column, out);
        break;
    }
}

static sy_view view_items(const struct document *d, uint32_t fund)
{
    static const sy_view_ops ops = {sizeof ops, I_COUNT, item_columns, item_cell};
    const struct fund *f = &d->p->r->funds[fund];
    return (sy_view){&ops, d, f->first, f->count};
}

/* Adjustments: the columns of the JSON, then whether a rule gave it or the data did. */

#define ADJUSTMENT_COLUMNS 4

static const sy_column *adjustment_columns(const void *ctx)
{
    static const sy_column columns[] = {{"points", NULL, 1},
                                        {"cap", NULL, 0},
                                        {"reason", NULL, 0},
                                        {"veto", NULL, 0},
                                        {"by_rule", NULL, 0}};
    (void)ctx;
    return columns;
}

static bool is_data(const struct run *r, const struct adjustment *a)
{
    const uint32_t entity = r->funds[a->fund].entity;
    uint32_t i = r->d.nadjustments ? map_get(&r->adjustment_index, entity) : NO_ROW;
    for (; i != NO_ROW; i = r->d.adjustments[i].next)
        if (r->d.adjustments[i].place.file == a->place.file &&
            r->d.adjustments[i].place.line == a->place.line)
            return true;
    return false;
}

static void adjustment_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct report *p = ((const struct document *)ctx)->p;
    if (column == ADJUSTMENT_COLUMNS) {
        out->type = SY_CELL_BOOL;
        out->integer = !is_data(p->r, &p->r->adjustments[row]);
    } else {
        const sy_view rows = report_adjustments(p, p->r->adjustments[row].fund);
        rows.ops->cell(rows.ctx, row, column, out);
    }
}

static sy_view view_adjustments(const struct document *d, uint32_t fund)
{
    static const sy_view_ops ops = {sizeof ops, ADJUSTMENT_COLUMNS + 1, adjustment_columns,
                                    adjustment_cell};
    const sy_view rows = report_adjustments(d->p, fund);
    return (sy_view){&ops, d, rows.first, rows.count};
}

/* Grades, the best first. */

static const sy_column *grade_columns(const void *ctx)
{
    static const sy_column columns[] = {{"name", NULL, 0}, {"from", NULL, 1}};
    (void)ctx;
    return columns;
}

static void grade_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct run *r = ((const struct document *)ctx)->p->r;
    const struct yard_grade *grade =
        &r->standards[r->funds[row >> SPLIT_BITS].standard].yard->grades[row & SPLIT_MASK];
    if (column == 0)
        report_text(out, grade->name, SY_CELL_DATA);
    else
        report_number(out, isfinite(grade->bound) ? grade->bound : NAN);
}

/* Funds: the columns of the JSON with the rank, then these. */

#define FUND_COLUMNS 16 /* as report_fund_records has them */
#define FUND_ITEMS   13 /* of which this is the indicators, */
#define FUND_POINTS  14 /* and this the adjustments */

enum {
    U_STATUS_WORD = FUND_COLUMNS,
    U_NO_GRADE,
    U_TYPE_NAME,
    U_DECIMALS,
    U_ROUNDING,
    U_APPLY,
    U_RESCALE,
    U_MIN_COVERAGE,
    U_CLAIMED_TOTAL,
    U_CLAIMED_GRADE,
    U_NFINDINGS,
    U_GRADES,
    U_FACTS,
    U_COUNT
};

static const sy_column *fund_columns(const void *ctx)
{
    static const sy_column columns[U_COUNT] = {
        {"fund", NULL, 0},          {"name", NULL, 0},          {"type", NULL, 0},
        {"department", NULL, 0},    {"part_of", NULL, 0},       {"year", NULL, 1},
        {"status", NULL, 0},        {"score", NULL, 1},         {"full_score", NULL, 1},
        {"grade", NULL, 0},         {"coverage", NULL, 1},      {"bounds", NULL, 0},
        {"levels", NULL, 0},        {"indicators", NULL, 0},    {"adjustments", NULL, 0},
        {"rank", NULL, 1},          {"status_word", NULL, 0},   {"no_grade", NULL, 0},
        {"type_name", NULL, 0},     {"decimals", NULL, 1},      {"rounding", NULL, 0},
        {"apply", NULL, 0},         {"rescale", NULL, 0},       {"min_coverage", NULL, 1},
        {"claimed_total", NULL, 1}, {"claimed_grade", NULL, 0}, {"nfindings", NULL, 1},
        {"grades", NULL, 0},        {"facts", NULL, 0}};
    (void)ctx;
    return columns;
}

static const char *mode_word(enum round_mode mode)
{
    return mode == ROUND_HALF_UP ? "half_up" : mode == ROUND_HALF_EVEN ? "half_even" : "down";
}

static void standard_cell(const struct document *d, const struct fund *f, size_t column,
                          sy_cell *out)
{
    const struct yardstick *y = d->p->r->standards[f->standard].yard;
    switch (column) {
    case U_TYPE_NAME:
        report_text(out, strcmp(y->name, y->type) == 0 ? NULL : y->name, SY_CELL_DATA);
        break;
    case U_DECIMALS:
        out->type = SY_CELL_INTEGER;
        out->integer = y->decimals;
        break;
    case U_ROUNDING:
        report_text(out, mode_word(y->mode), SY_CELL_TEXT);
        break;
    case U_APPLY:
        report_text(out, y->round_total ? "total" : "indicator", SY_CELL_TEXT);
        break;
    case U_RESCALE:
        report_text(out, y->rescale_level ? "level" : "total", SY_CELL_TEXT);
        break;
    default:
        report_number(out, y->min_coverage);
        break;
    }
}

static void fund_extra(const struct document *d, uint32_t fund, size_t column, sy_cell *out)
{
    static const sy_view_ops grades = {sizeof grades, 2, grade_columns, grade_cell};
    const struct run *r = d->p->r;
    const struct fund *f = &r->funds[fund];
    const struct entity *e = &r->d.entities[f->entity];
    switch (column) {
    case U_STATUS_WORD:
        report_text(out, document_word(d, fund_status_word(r->results[fund].status)), SY_CELL_TEXT);
        break;
    case U_NO_GRADE:
        report_text(out, report_no_grade(d->p, fund), SY_CELL_TEXT);
        break;
    case U_CLAIMED_TOTAL:
        report_number(out, e->claimed);
        break;
    case U_CLAIMED_GRADE:
        report_text(out, e->claimed_grade == NO_WORD ? NULL : dataset_text(&r->d, e->claimed_grade),
                    SY_CELL_DATA);
        break;
    case U_NFINDINGS:
        out->type = SY_CELL_INTEGER;
        out->integer = r->results[fund].nfindings;
        break;
    case U_GRADES:
        out->type = SY_CELL_TABLE;
        out->view = (sy_view){&grades, d, (size_t)fund << SPLIT_BITS,
                              r->standards[f->standard].yard->ngrades};
        break;
    case U_FACTS:
        out->type = SY_CELL_TABLE;
        out->view = document_facts(d, fund);
        break;
    default:
        standard_cell(d, f, column, out);
        break;
    }
}

static void fund_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct document *d = ctx;
    if (column == FUND_ITEMS) {
        out->type = SY_CELL_TABLE;
        out->view = view_items(d, (uint32_t)row);
    } else if (column == FUND_POINTS) {
        out->type = SY_CELL_TABLE;
        out->view = view_adjustments(d, (uint32_t)row);
    } else if (column < FUND_COLUMNS) {
        const sy_view funds = report_fund_records(d->p);
        funds.ops->cell(funds.ctx, row, column, out);
    } else {
        fund_extra(d, (uint32_t)row, column, out);
    }
}

sy_view document_funds(const struct document *d)
{
    static const sy_view_ops ops = {sizeof ops, U_COUNT, fund_columns, fund_cell};
    return (sy_view){&ops, d, 0, d->p->r->nfunds};
}
