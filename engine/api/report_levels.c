/*
 * report_levels.c - for a terminal: the first levels of each fund, a row each, and how much of
 * their points was earned, as a figure and as a bar.
 */
#include <math.h>
#include <stdlib.h>

#include "api/bars.h"
#include "api/report.h"

#define BAR_CELLS 20

enum { L_FUND, L_YEAR, L_LEVEL, L_WEIGHT, L_SCORE, L_SHARE, L_BAR, L_COUNT };

static const sy_column *level_columns(const void *ctx)
{
    static const sy_column zh[L_COUNT] = {
        {"fund", "评价对象", 0}, {"year", "年度", 1},  {"level", "一级指标", 0},
        {"weight", "分值", 1},   {"score", "得分", 1}, {"share", "得分率", 1},
        {"bar", "", 0}};
    static const sy_column en[L_COUNT] = {
        {"fund", NULL, 0},  {"year", NULL, 1},  {"level", NULL, 0}, {"weight", NULL, 1},
        {"score", NULL, 1}, {"share", NULL, 1}, {"bar", "", 0}};
    return report_columns(zh, en, ctx);
}

/* The fund whose level stands in a row, and which of its levels. Few funds are shown so. */
static uint32_t find_level(struct report *p, size_t row, size_t *level)
{
    uint32_t fund = 0;
    *level = row;
    for (; fund < p->r->nfunds; fund++) {
        const size_t n = report_levels(p, fund).count;
        if (*level < n)
            break;
        *level -= n;
    }
    return fund;
}

static double earned_share(const sy_cell *score, const sy_cell *weight)
{
    const double points = score->type == SY_CELL_DECIMAL
                              ? decimal_value(score->integer, score->places)
                          : score->type == SY_CELL_NUMBER ? score->number
                                                          : NAN;
    return weight->type == SY_CELL_NUMBER && weight->number > 0 ? points / weight->number : NAN;
}

/* Cells of report_levels. */
static sy_cell level_part(const struct report *p, uint32_t fund, size_t level, size_t column)
{
    const sy_view view = report_levels(p, fund);
    sy_cell cell = {0};
    view.ops->cell(view.ctx, view.first + level, column, &cell);
    return cell;
}

static void show_bar(struct report *p, double share, sy_cell *out)
{
    buf_clear(&p->scratch);
    bars_add(&p->scratch, share, BAR_CELLS);
    p->failed = p->failed || p->scratch.failed;
    report_text(out, p->scratch.len ? buf_text(&p->scratch) : NULL, SY_CELL_TEXT);
}

static void level_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    struct report *p = (struct report *)ctx;
    size_t level;
    const uint32_t fund = find_level(p, row, &level);
    if (fund == p->r->nfunds)
        return;
    if (column <= L_YEAR) {
        if (level == 0)
            report_fund_cell(p, fund, column == L_FUND ? C_FUND : C_YEAR, out);
        return;
    }
    if (column == L_LEVEL) {
        *out = level_part(p, fund, level, 1);
        if (out->type == SY_CELL_NULL)
            *out = level_part(p, fund, level, 0);
        return;
    }
    const sy_cell weight = level_part(p, fund, level, 2), score = level_part(p, fund, level, 3);
    if (column == L_WEIGHT)
        *out = weight;
    else if (column == L_SCORE)
        *out = score;
    else if (column == L_SHARE)
        report_percent(p, earned_share(&score, &weight), out);
    else
        show_bar(p, earned_share(&score, &weight), out);
}

sy_view report_people_levels(const struct report *p)
{
    static const sy_view_ops ops = {sizeof ops, L_COUNT, level_columns, level_cell};
    size_t n = 0;
    for (uint32_t i = 0; i < p->r->nfunds; i++)
        n += report_levels(p, i).count;
    return (sy_view){&ops, p, 0, n};
}
