/*
 * sheets_compare.c - years side by side: scores, a chart of them, changes whose causes add up in
 * the sheet, and what drove them.
 */
#include <math.h>
#include <string.h>

#include "sheets.h"

#define CHART_FUNDS 20 /* lines that can still be told apart */

static const struct column scores[] = {
    {"^fund", "评价对象", "Fund", 18, STYLE_TEXT, false},
    {"^name", "名称", "Name", 30, STYLE_TEXT, false},
    {"^type", "类型", "Type", 16, STYLE_TEXT, false},
    {"^department", "主管部门", "Department", 18, STYLE_TEXT, false},
    {"year", "年度", "Year", 8, STYLE_CENTER, false},
    {"score", "得分", "Score", 10, STYLE_NUMBER, false},
    {"grade", "等级", "Grade", 8, STYLE_CENTER, false},
    {"rank", "名次", "Rank", 8, STYLE_CENTER, false},
    {"coverage", "可评率", "Coverage", 10, STYLE_NUMBER, true}};
enum { YEAR = 4, SCORE = 5 };

static const struct column changes[] = {
    {"^fund", "评价对象", "Fund", 18, STYLE_TEXT, false},
    {"^name", "名称", "Name", 28, STYLE_TEXT, false},
    {"from", "起", "From", 7, STYLE_CENTER, false},
    {"to", "止", "To", 7, STYLE_CENTER, false},
    {"causes.results", "实绩", "Results", 9, STYLE_NUMBER, false},
    {"causes.targets", "指标值", "Targets", 9, STYLE_NUMBER, false},
    {"causes.weights", "分值", "Weights", 9, STYLE_NUMBER, false},
    {"causes.rules", "评分规则", "Rules", 9, STYLE_NUMBER, false},
    {"causes.indicators", "指标增减", "Indicators", 10, STYLE_NUMBER, false},
    {"causes.adjustments", "加减分", "Adjustments", 11, STYLE_NUMBER, false},
    {"causes.rounding", "舍入", "Rounding", 9, STYLE_NUMBER, false},
    {"change", "变化", "Change", 9, STYLE_NUMBER, false},
    {"subtotals.standard", "其中标准", "of it standard", 11, STYLE_NUMBER, false}};
enum { FIRST_CAUSE = 4, LAST_CAUSE = 10, CHANGE = 11, STANDARD = 12 };

static const struct column drivers[] = {
    {"^from", "起", "From", 7, STYLE_CENTER, false},
    {"^to", "止", "To", 7, STYLE_CENTER, false},
    {"indicator", "指标", "Indicator", 34, STYLE_TEXT, false},
    {"name", "名称", "Name", 28, STYLE_TEXT, false},
    {"change", "变化", "Change", 10, STYLE_NUMBER, false},
    {"causes.results", "实绩", "Results", 10, STYLE_NUMBER, false},
    {"causes.targets", "指标值", "Targets", 10, STYLE_NUMBER, false},
    {"causes.weights", "分值", "Weights", 10, STYLE_NUMBER, false},
    {"causes.rules", "评分规则", "Rules", 10, STYLE_NUMBER, false},
    {"causes.indicators", "指标增减", "Indicators", 10, STYLE_NUMBER, false}};
#define COUNT(columns) (sizeof(columns) / sizeof *(columns))

/* The ten below the lowest score: lines near 100 lie on one another over an axis from 0. */
static double find_floor(const sy_cell *funds)
{
    double least = 100;
    for (size_t i = 0; i < tree_count(funds); i++) {
        const struct tree fund = tree_row(funds, i);
        const sy_cell years = tree_get(&fund, "years");
        for (size_t k = 0; k < tree_count(&years); k++) {
            const struct tree year = tree_row(&years, k);
            const sy_cell score = tree_get(&year, "score");
            if (tree_has(&score) && tree_number(&score) < least)
                least = tree_number(&score);
        }
    }
    return floor(least / 10) * 10;
}

/* Scores on one sheet, a line a fund. */
static void add_chart(struct book *b, lxw_worksheet *sheet, const sy_cell *funds)
{
    lxw_row_t row = 2;
    if (tree_count(funds) == 0 || tree_count(funds) > CHART_FUNDS || !book_good(b))
        return;
    lxw_chart *chart = workbook_add_chart(b->workbook, LXW_CHART_LINE);
    if (chart == NULL) {
        b->nomem = true;
        return;
    }
    for (size_t i = 0; i < tree_count(funds); i++) {
        const struct tree fund = tree_row(funds, i);
        const sy_cell years = tree_get(&fund, "years");
        const lxw_row_t last = row + (lxw_row_t)tree_count(&years) - 1;
        lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
        if (series == NULL) {
            b->nomem = true;
            return;
        }
        chart_series_set_categories(series, sheet->name, row, YEAR, last, YEAR);
        chart_series_set_values(series, sheet->name, row, SCORE, last, SCORE);
        chart_series_set_name_range(series, sheet->name, row, 0);
        chart_series_set_marker_type(series, LXW_CHART_MARKER_CIRCLE);
        row = last + 1;
    }
    chart_title_set_name(chart, book_word(b, "各年得分", "Scores by year"));
    chart_axis_set_min(chart->y_axis, find_floor(funds));
    chart_show_blanks_as(chart, LXW_CHART_BLANKS_AS_GAP);
    lxw_chart_options size = {.x_scale = 1.5, .y_scale = 1.5};
    book_check(b, worksheet_insert_chart_opt(sheet, 1, COUNT(scores) + 1, chart, &size));
}

/* The causes of a change add up to it, in the sheet too. */
static void close_causes(struct book *b, lxw_worksheet *sheet, const sy_cell *funds)
{
    lxw_row_t row = 2;
    for (size_t i = 0; i < tree_count(funds) && book_good(b); i++) {
        const struct tree fund = tree_row(funds, i);
        const sy_cell rows = tree_get(&fund, "changes");
        for (size_t k = 0; k < tree_count(&rows) && book_good(b); k++, row++) {
            const struct tree change = tree_row(&rows, k);
            const sy_cell all = tree_get(&change, "change");
            const sy_cell standard = tree_path(&change, "subtotals.standard");
            struct text formula = {0};
            if (!tree_has(&all))
                continue;
            text_printf(&formula, "=ROUND(SUM(E%u:K%u),9)", (unsigned)row + 1, (unsigned)row + 1);
            b->nomem = b->nomem || formula.failed;
            if (book_good(b))
                book_formula(b, spot_at(sheet, row, CHANGE), text_of(&formula), tree_number(&all),
                             book_places(all.places), STYLE_NUMBER);
            text_clear(&formula);
            text_printf(&formula, "=ROUND(SUM(F%u:I%u),9)", (unsigned)row + 1, (unsigned)row + 1);
            if (book_good(b))
                book_formula(b, spot_at(sheet, row, STANDARD), text_of(&formula),
                             tree_number(&standard), book_places(all.places), STYLE_NUMBER);
            text_dispose(&formula);
        }
    }
}

/* A list within a list within a list: the drivers of each change of each fund. */
static void add_drivers(struct book *b, const sy_cell *funds)
{
    static const struct column columns[] = {{"fund", "评价对象", "Fund", 18, STYLE_TEXT, false}};
    struct column all[COUNT(drivers) + 1];
    const char *name = book_word(b, "变化来源", "Drivers");
    lxw_row_t row = 2;
    all[0] = columns[0];
    memcpy(all + 1, drivers, sizeof drivers);
    lxw_worksheet *sheet = book_good(b) ? sheets_open(b, name, all, COUNT(all)) : NULL;
    if (sheet == NULL)
        return;
    const sy_cell none = {0};
    (void)sheets_list(b, sheet, name, all, COUNT(all), &(struct rows){&none, NULL});
    for (size_t i = 0; i < tree_count(funds) && book_good(b); i++) {
        const struct tree fund = tree_row(funds, i);
        const sy_cell rows = tree_get(&fund, "changes");
        for (size_t k = 0; k < tree_count(&rows); k++) {
            const struct tree change = tree_row(&rows, k);
            const sy_cell list = tree_get(&change, "drivers");
            for (size_t d = 0; d < tree_count(&list) && row < 1048000u && book_good(b);
                 d++, row++) {
                const struct tree driver = tree_row(&list, d);
                sy_cell cell = tree_get(&fund, "fund");
                book_cell(b, spot_at(sheet, row, 0), &cell, STYLE_TEXT);
                for (size_t c = 0; c < COUNT(drivers); c++) {
                    const bool above = drivers[c].field[0] == '^';
                    cell = tree_path(above ? &change : &driver, drivers[c].field + above);
                    book_cell(b, spot_at(sheet, row, (lxw_col_t)(c + 1)), &cell, drivers[c].style);
                }
            }
        }
    }
    if (row > 2)
        book_check(b, worksheet_autofilter(sheet, 1, 0, row - 1, COUNT(drivers)));
}

void sheets_compare(struct book *b, const struct tree *report)
{
    const sy_cell funds = tree_get(report, "funds");
    lxw_worksheet *sheet = sheets_add(b, book_word(b, "各年得分", "Scores by year"), scores,
                                      COUNT(scores), &(struct rows){&funds, "years"});
    if (sheet != NULL)
        add_chart(b, sheet, &funds);
    sheet = sheets_add(b, book_word(b, "变化原因", "Causes"), changes, COUNT(changes),
                       &(struct rows){&funds, "changes"});
    if (sheet != NULL)
        close_causes(b, sheet, &funds);
    add_drivers(b, &funds);
    const sy_cell findings = tree_get(report, "findings");
    if (book_good(b))
        sheets_findings(b, &findings);
}
