/*
 * report_parts.c - the nested tables of the score document: levels, indicators, adjustments,
 * departments, findings. A row is numbered within all funds, so that one context serves every fund.
 */
#include <math.h>
#include <string.h>

#include "api/report.h"
#include "base/date.h"

/* Row of a table that each fund or department has its own of: the owner above, the place in it
 * below. */
#define SPLIT_BITS 32
#define SPLIT_MASK (((uint64_t)1 << SPLIT_BITS) - 1)
_Static_assert(sizeof(size_t) >= 8, "rows of nested tables are numbered in 64 bits");

static const sy_column *no_columns(const void *ctx)
{
    static const sy_column value[] = {{"value", NULL, 0}, {"count", NULL, 0}};
    (void)ctx;
    return value;
}

/* Levels */

const struct tally *report_tally(struct report *p, uint32_t fund)
{
    if (p->tally_of != fund) {
        p->tally_of = NO_ROW;
        if (tally_fund(&p->tally, p->r, &p->r->funds[fund], TALLY_SCORE, NULL) != SY_OK) {
            p->failed = true;
            return NULL;
        }
        p->tally_of = fund;
    }
    return &p->tally;
}

static const sy_column *level_columns(const void *ctx)
{
    static const sy_column columns[] = {
        {"path", NULL, 0}, {"name", NULL, 0}, {"weight", NULL, 1}, {"score", NULL, 1}};
    (void)ctx;
    return columns;
}

static const char *level_name(struct report *p, uint32_t fund, const struct tally_level *level)
{
    const struct yardstick *y = p->r->standards[p->r->funds[fund].standard].yard;
    buf_clear(&p->scratch);
    buf_add(&p->scratch, level->path, level->len);
    p->failed = p->failed || p->scratch.failed;
    const char *name = yard_name_of(y, buf_text(&p->scratch));
    if (!name)
        name = columns_label(p->r->columns, p->zh ? "zh" : "en", buf_text(&p->scratch));
    return name;
}

static double snap(double x)
{
    int64_t scaled;
    return decimal_round(&scaled, x, 9, ROUND_HALF_UP) ? decimal_value(scaled, 9) : x;
}

static void level_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    struct report *p = (struct report *)ctx;
    uint32_t fund = (uint32_t)(row >> SPLIT_BITS);
    const struct tally *t = report_tally(p, fund);
    const struct yardstick *y = p->r->standards[p->r->funds[fund].standard].yard;
    if (!t)
        return;
    const struct tally_level *level = &t->levels[row & SPLIT_MASK];
    if (column == 0) {
        report_text(out, level->path, SY_CELL_DATA);
        out->text_len = level->len;
    } else if (column == 1) {
        report_text(out, level_name(p, fund, level), SY_CELL_TEXT);
    } else if (column == 2) {
        report_number(out, snap(level->weight));
    } else if (level->any && y->round_total) {
        report_number(out, level->plain);
    } else {
        report_score(out, level->any, level->sum, y->decimals);
    }
}

sy_view report_levels(const struct report *p, uint32_t fund)
{
    static const sy_view_ops ops = {sizeof ops, 4, level_columns, level_cell};
    const struct tally *t = report_tally((struct report *)p, fund);
    return (sy_view){&ops, p, (size_t)fund << SPLIT_BITS, t ? t->nlevels : 0};
}

/* Indicators */

static const sy_column *indicator_columns(const void *ctx)
{
    static const sy_column columns[INDICATOR_COUNT] = {
        {"path", NULL, 0},        {"name", NULL, 0},        {"sign", NULL, 0},
        {"target", NULL, 1},      {"actual", NULL, 1},      {"unit", NULL, 0},
        {"target_text", NULL, 0}, {"actual_text", NULL, 0}, {"weight", NULL, 1},
        {"attainment", NULL, 1},  {"score", NULL, 1},       {"status", NULL, 0},
        {"rule", NULL, 0},        {"reason", NULL, 0},      {"claimed", NULL, 1},
        {"source", NULL, 0}};
    (void)ctx;
    return columns;
}

static void range_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct report *p = ctx;
    const struct value target = item_target(p->r, (uint32_t)(row >> 1));
    (void)column;
    report_number(out, row & 1 ? target.hi : target.num);
}

void report_item_value(struct report *p, const struct value *v, const char *text, sy_cell *out)
{
    char day[16];
    switch ((enum value_kind)v->kind) {
    case VALUE_NUMBER:
        report_number(out, v->num);
        break;
    case VALUE_DATE:
    case VALUE_BY:
        date_print(day, (int32_t)v->num);
        buf_clear(&p->scratch);
        buf_str(&p->scratch, day);
        p->failed = p->failed || p->scratch.failed;
        report_text(out, buf_text(&p->scratch), SY_CELL_TEXT);
        break;
    case VALUE_TEXT:
    case VALUE_BOOL:
        report_text(out, text, SY_CELL_DATA);
        break;
    default:
        break;
    }
}

/* Values that are shown as their text. */
static bool is_text(const struct value *v)
{
    return v->kind == VALUE_TEXT || v->kind == VALUE_BOOL;
}

static const char *item_unit_name(const struct run *r, uint32_t item)
{
    uint32_t unit = item_unit(r, item);
    if (unit == UNIT_NONE)
        return NULL;
    return units_get(r->units, units_get(r->units, unit)->base)->name;
}

static void indicator_values(struct report *p, uint32_t item, size_t column, sy_cell *out)
{
    static const sy_view_ops range_ops = {sizeof range_ops, 1, no_columns, range_cell};
    const struct run *r = p->r;
    const struct value target = item_target(r, item), actual = item_actual(r, item);
    const char *text;
    bool measured = item_flags(r, item) & OVER_MEASURED;
    bool computed = item_flags(r, item) & OVER_TARGET_COMPUTED;
    switch (column) {
    case INDICATOR_SIGN:
        if (target.kind != VALUE_MISSING || item_has_sign(r, item))
            report_text(out, sign_text(item_sign(r, item)), SY_CELL_TEXT);
        break;
    case INDICATOR_TARGET:
        if (target.kind == VALUE_RANGE) {
            out->type = SY_CELL_LIST;
            out->view = (sy_view){&range_ops, p, (size_t)item << 1, 2};
        } else {
            text = is_text(&target) ? item_target_text(&p->room, r, item) : NULL;
            report_item_value(p, &target, text, out);
        }
        break;
    case INDICATOR_ACTUAL:
        text = is_text(&actual) ? item_actual_text(&p->room, r, item) : NULL;
        report_item_value(p, &actual, text, out);
        break;
    case INDICATOR_UNIT:
        report_text(out, item_unit_name(r, item), SY_CELL_DATA);
        break;
    case INDICATOR_TARGET_TEXT:
        text = item_target_text(&p->room, r, item);
        report_text(out, *text && !computed ? text : NULL, SY_CELL_DATA);
        break;
    default:
        text = item_actual_text(&p->room, r, item);
        report_text(out, *text && !measured ? text : NULL, SY_CELL_DATA);
        break;
    }
}

void report_item_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    struct report *p = (struct report *)ctx;
    const struct run *r = p->r;
    uint32_t item = (uint32_t)row, data = item_row(r, item), fund = report_fund_of_item(p, row);
    const struct yardstick *y = r->standards[r->funds[fund].standard].yard;
    int64_t scaled;
    switch (column) {
    case INDICATOR_PATH:
        report_text(out, item_path(r, item), SY_CELL_DATA);
        break;
    case INDICATOR_NAME:
        report_text(out, item_name(r, item), SY_CELL_DATA);
        break;
    case INDICATOR_WEIGHT:
        report_number(out, item_weight(r, item));
        break;
    case INDICATOR_ATTAINMENT:
        report_number(out, item_attainment(r, item));
        break;
    case INDICATOR_SCORE:
        if (!y->round_total && !isnan(item_score(r, item)) &&
            decimal_round(&scaled, item_score(r, item), y->decimals, y->mode))
            report_score(out, true, scaled, y->decimals);
        else
            report_number(out, item_score(r, item));
        break;
    case INDICATOR_STATUS:
        report_text(out, report_word(p, item_status_word(item_status(r, item))), SY_CELL_TEXT);
        break;
    case INDICATOR_RULE:
        report_text(out, report_rule(p, fund, item), SY_CELL_TEXT);
        break;
    case INDICATOR_REASON:
        report_text(out, report_reason(p, fund, item), SY_CELL_DATA);
        break;
    case INDICATOR_CLAIMED:
        report_number(out, outcome_number(&r->d, OUTCOME_CLAIMED, data));
        break;
    case INDICATOR_SOURCE:
        report_text(out,
                    data == NO_ROW ? NULL : report_source(p, item_place(r, &r->funds[fund], item)),
                    SY_CELL_DATA);
        break;
    default:
        indicator_values(p, item, column, out);
        break;
    }
}

sy_view report_indicators(const struct report *p, uint32_t fund)
{
    static const sy_view_ops ops = {sizeof ops, INDICATOR_COUNT, indicator_columns,
                                    report_item_cell};
    return (sy_view){&ops, p, p->r->funds[fund].first, p->r->funds[fund].count};
}

/* Adjustments */

static const sy_column *adjustment_columns(const void *ctx)
{
    static const sy_column columns[] = {
        {"points", NULL, 1}, {"cap", NULL, 0}, {"reason", NULL, 0}, {"veto", NULL, 0}};
    (void)ctx;
    return columns;
}

static void adjustment_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct report *p = ctx;
    const struct adjustment *a = &p->r->adjustments[row];
    const struct yardstick *y = p->r->standards[p->r->funds[a->fund].standard].yard;
    if (column == 0) {
        report_number(out, a->points);
    } else if (column == 1) {
        report_text(out, a->cap == NO_ROW ? NULL : y->grades[a->cap].name, SY_CELL_TEXT);
    } else if (column == 2) {
        report_text(out, a->reason == NO_WORD ? NULL : dataset_text(&p->r->d, a->reason),
                    SY_CELL_DATA);
    } else {
        out->type = SY_CELL_BOOL;
        out->integer = a->veto;
    }
}

sy_view report_adjustments(const struct report *p, uint32_t fund)
{
    static const sy_view_ops ops = {sizeof ops, 4, adjustment_columns, adjustment_cell};
    const struct fund_result *result = &p->r->results[fund];
    return (sy_view){&ops, p, result->first_adjustment, result->nadjustments};
}

/* Bounds */

static void bound_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct report *p = ctx;
    uint32_t fund = (uint32_t)(row >> 1);
    const struct fund_result *result = &p->r->results[fund];
    (void)column;
    report_score(out, true, row & 1 ? result->high : result->low,
                 p->r->standards[p->r->funds[fund].standard].yard->decimals);
}

sy_view report_bounds(const struct report *p, uint32_t fund)
{
    static const sy_view_ops ops = {sizeof ops, 1, no_columns, bound_cell};
    return (sy_view){&ops, p, (size_t)fund << 1, 2};
}

/* Departments */

static void grade_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct report *p = ctx;
    const struct grade_count *g = &p->departments[row >> SPLIT_BITS].grades[row & SPLIT_MASK];
    if (column == 0) {
        report_text(out, g->name, SY_CELL_TEXT);
    } else {
        out->type = SY_CELL_INTEGER;
        out->integer = g->count;
    }
}

static const sy_column *department_columns(const void *ctx)
{
    static const sy_column columns[] = {{"department", NULL, 0}, {"year", NULL, 1},
                                        {"funds", NULL, 1},      {"weighted_mean", NULL, 1},
                                        {"mean", NULL, 1},       {"coverage_by_money", NULL, 1},
                                        {"grades", NULL, 0}};
    (void)ctx;
    return columns;
}

static void department_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const sy_view_ops grade_ops = {sizeof grade_ops, 2, no_columns, grade_cell};
    const struct report *p = ctx;
    const struct department *d = &p->departments[row];
    if (column == 0) {
        report_text(out, dataset_text(&p->r->d, d->department), SY_CELL_DATA);
    } else if (column == 1 || column == 2) {
        out->type = SY_CELL_INTEGER;
        out->integer = column == 1 ? d->year : (int64_t)d->nfunds;
    } else if (column == 6) {
        out->type = SY_CELL_MAP;
        out->view = (sy_view){&grade_ops, p, row << SPLIT_BITS, d->ngrades};
    } else {
        report_number(out, column == 3   ? d->weighted_mean
                           : column == 4 ? d->mean
                                         : d->coverage_by_money);
    }
}

sy_view report_departments(const struct report *p)
{
    static const sy_view_ops ops = {sizeof ops, 7, department_columns, department_cell};
    report_make_departments(p);
    return (sy_view){&ops, p, 0, p->ndepartments};
}

/* Findings */

static const sy_column *finding_columns(const void *ctx)
{
    static const sy_column columns[] = {
        {"severity", NULL, 0},  {"code", NULL, 0},    {"fund", NULL, 0},  {"year", NULL, 1},
        {"indicator", NULL, 0}, {"message", NULL, 0}, {"source", NULL, 0}};
    static const sy_column zh[] = {{"severity", "程度", 0},  {"code", "代码", 0},
                                   {"fund", "评价对象", 0},  {"year", "年度", 1},
                                   {"indicator", "指标", 0}, {"message", "疑点", 0},
                                   {"source", "出处", 0}};
    return report_columns(zh, columns, ctx);
}

static void finding_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    struct report *p = (struct report *)ctx;
    const struct dataset *d = &p->r->d;
    const struct finding *f = &d->findings.rows[row];
    const struct entity *e = f->entity == FINDING_NOWHERE ? NULL : &d->entities[f->entity];
    switch (column) {
    case 0:
        report_at(p, p->r->nfunds + row);
        report_text(out, report_word(p, severity_word((enum severity)f->severity)), SY_CELL_TEXT);
        break;
    case 1:
        report_text(out, finding_word((enum finding_code)f->code), SY_CELL_TEXT);
        break;
    case 2:
        report_text(out, e ? dataset_text(d, e->fund) : NULL, SY_CELL_DATA);
        break;
    case 3:
        if (e) {
            out->type = SY_CELL_INTEGER;
            out->integer = e->year;
        }
        break;
    case 4:
        report_text(out, dataset_finding_path(d, f), SY_CELL_DATA);
        break;
    case 5:
        buf_clear(&p->reason);
        dataset_message(&p->reason, d, f, p->zh);
        p->failed = p->failed || p->reason.failed;
        report_text(out, buf_text(&p->reason), SY_CELL_DATA);
        break;
    default:
        report_text(out, report_finding_source(p, f), SY_CELL_DATA);
        break;
    }
}

sy_view report_findings(const struct report *p)
{
    static const sy_view_ops ops = {sizeof ops, 7, finding_columns, finding_cell};
    return (sy_view){&ops, p, 0, p->r->d.findings.count};
}

/* For people: a narrow terminal has room for one long text, so the place stands behind the message,
 * which names the indicator where it matters. */

enum { PF_SEVERITY, PF_CODE, PF_FUND, PF_YEAR, PF_MESSAGE, PF_COUNT };

static void people_finding_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    struct report *p = (struct report *)ctx;
    const struct finding *f = &p->r->d.findings.rows[row];
    finding_cell(ctx, row, column == PF_MESSAGE ? 5 : column, out);
    const char *source = report_finding_source(p, f);
    if (column != PF_MESSAGE || !source)
        return;
    buf_printf(&p->reason, "  [%s]", source);
    p->failed = p->failed || p->reason.failed;
    out->text = buf_text(&p->reason);
    out->text_len = p->reason.len;
}

static const sy_column *people_finding_columns(const void *ctx)
{
    static const sy_column en[PF_COUNT] = {{"severity", "severity", 0},
                                           {"code", "code", 0},
                                           {"fund", "fund", 0},
                                           {"year", "year", 1},
                                           {"message", "finding", 0}};
    static const sy_column zh[PF_COUNT] = {{"severity", "程度", 0},
                                           {"code", "代码", 0},
                                           {"fund", "评价对象", 0},
                                           {"year", "年度", 1},
                                           {"message", "疑点", 0}};
    return report_columns(zh, en, ctx);
}

sy_view report_people_findings(const struct report *p)
{
    static const sy_view_ops ops = {sizeof ops, PF_COUNT, people_finding_columns,
                                    people_finding_cell};
    return (sy_view){&ops, p, 0, p->r->d.findings.count};
}
