/*
 * report_rows.c - flat tables for machines: a row a fund, a row an indicator.
 */
#include <math.h>
#include <string.h>

#include "api/report.h"
#include "base/number.h"

/* A row a fund, for machines (contract 6.1). */

static const sy_column *fund_columns(const void *ctx)
{
    static const sy_column columns[C_COUNT] = {
        {"fund", NULL, 0},       {"name", NULL, 0},     {"type", NULL, 0},
        {"department", NULL, 0}, {"year", NULL, 1},     {"score", NULL, 1},
        {"grade", NULL, 0},      {"coverage", NULL, 1}, {"bound_low", NULL, 1},
        {"bound_high", NULL, 1}, {"status", NULL, 0},   {"findings", NULL, 1},
        {"rank", NULL, 1}};
    (void)ctx;
    return columns;
}

static void word_cell(const struct report *p, uint32_t word, sy_cell *out)
{
    report_text(out, word == NO_WORD ? NULL : dataset_text(&p->r->d, word), SY_CELL_DATA);
}

static void integer_cell(sy_cell *out, int64_t integer)
{
    out->type = SY_CELL_INTEGER;
    out->integer = integer;
}

void report_fund_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct report *p = ctx;
    const struct run *r = p->r;
    const struct entity *e = &r->d.entities[r->funds[row].entity];
    const struct fund_result *result = &r->results[row];
    const struct yardstick *y = r->standards[r->funds[row].standard].yard;
    switch (column) {
    case C_FUND:
        word_cell(p, e->fund, out);
        break;
    case C_NAME:
        word_cell(p, e->name, out);
        break;
    case C_TYPE:
        word_cell(p, e->type, out);
        break;
    case C_DEPARTMENT:
        word_cell(p, e->department, out);
        break;
    case C_YEAR:
        integer_cell(out, e->year);
        break;
    case C_SCORE:
        report_score(out, result->has_score, result->score, y->decimals);
        break;
    case C_GRADE:
        report_text(out, result->grade == NO_ROW ? NULL : y->grades[result->grade].name,
                    SY_CELL_TEXT);
        break;
    case C_COVERAGE:
        report_number(out, result->coverage);
        break;
    case C_LOW:
    case C_HIGH:
        report_score(out, result->has_bounds, column == C_LOW ? result->low : result->high,
                     y->decimals);
        break;
    case C_STATUS:
        report_text(out, fund_status_word(result->status), SY_CELL_TEXT);
        break;
    case C_FINDINGS:
        integer_cell(out, result->nfindings);
        break;
    default:
        report_rank(p, (uint32_t)row, out);
        break;
    }
}

sy_view report_funds_rows(const struct report *p)
{
    static const sy_view_ops ops = {sizeof ops, C_RANK, fund_columns, report_fund_cell};
    static const sy_view_ops ranked = {sizeof ranked, C_COUNT, fund_columns, report_fund_cell};
    return (sy_view){p->ranks.rank ? &ranked : &ops, p, 0, p->r->nfunds};
}

/* A row an indicator. */

enum {
    D_FUND,
    D_YEAR,
    D_INDICATOR,
    D_NAME,
    D_SIGN,
    D_TARGET,
    D_ACTUAL,
    D_UNIT,
    D_WEIGHT,
    D_ATTAINMENT,
    D_SCORE,
    D_STATUS,
    D_CLAIMED,
    D_REASON,
    D_COUNT
};

static const sy_column *detail_columns(const void *ctx)
{
    static const sy_column en[D_COUNT] = {
        {"fund", NULL, 0},    {"year", NULL, 1},       {"indicator", NULL, 0}, {"name", NULL, 0},
        {"sign", NULL, 0},    {"target", NULL, 1},     {"actual", NULL, 1},    {"unit", NULL, 0},
        {"weight", NULL, 1},  {"attainment", NULL, 1}, {"score", NULL, 1},     {"status", NULL, 0},
        {"claimed", NULL, 1}, {"reason", NULL, 0}};
    static const sy_column zh[D_COUNT] = {
        {"fund", "评价对象", 0},    {"year", "年度", 1},  {"indicator", "指标", 0},
        {"name", "名称", 0},        {"sign", "性质", 0},  {"target", "指标值", 1},
        {"actual", "完成值", 1},    {"unit", "单位", 0},  {"weight", "分值", 1},
        {"attainment", "系数", 1},  {"score", "得分", 1}, {"status", "状态", 0},
        {"claimed", "自评得分", 1}, {"reason", "说明", 0}};
    return report_columns(zh, en, ctx);
}

static void print_range(struct report *p, uint32_t item, sy_cell *out)
{
    const struct value v = item_target(p->r, item);
    char low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];
    number_print(low, v.num);
    number_print(high, v.hi);
    buf_clear(&p->scratch);
    buf_printf(&p->scratch, "%s~%s", low, high);
    p->failed = p->failed || p->scratch.failed;
    *out = (sy_cell){0};
    report_text(out, buf_text(&p->scratch), SY_CELL_TEXT);
}

static void detail_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const enum report_item_column keys[D_COUNT] = {
        [D_INDICATOR] = INDICATOR_PATH,  [D_NAME] = INDICATOR_NAME,
        [D_SIGN] = INDICATOR_SIGN,       [D_TARGET] = INDICATOR_TARGET,
        [D_ACTUAL] = INDICATOR_ACTUAL,   [D_UNIT] = INDICATOR_UNIT,
        [D_WEIGHT] = INDICATOR_WEIGHT,   [D_ATTAINMENT] = INDICATOR_ATTAINMENT,
        [D_SCORE] = INDICATOR_SCORE,     [D_STATUS] = INDICATOR_STATUS,
        [D_CLAIMED] = INDICATOR_CLAIMED, [D_REASON] = INDICATOR_REASON};
    struct report *p = (struct report *)ctx;
    if (column == D_FUND || column == D_YEAR) {
        uint32_t fund = report_fund_of_item(p, row);
        report_fund_cell(ctx, fund, column == D_FUND ? C_FUND : C_YEAR, out);
        return;
    }
    report_item_cell(p, row, keys[column], out); /* the same cell as in the document */
    if (column == D_TARGET && out->type == SY_CELL_LIST)
        print_range(p, (uint32_t)row, out);
    else if (p->people && out->type == SY_CELL_NUMBER && fabs(out->number) < 1e9)
        out->number = round(out->number * 1e4) / 1e4; /* as many places as people look at */
}

sy_view report_detail_rows(const struct report *p)
{
    static const sy_view_ops ops = {sizeof ops, D_COUNT, detail_columns, detail_cell};
    return (sy_view){&ops, p, 0, p->r->nitems};
}
