/*
 * scores.c - scores and grades: of each fund, over the years, of departments, and adjustments.
 */
#include <stdio.h>
#include <string.h>

#include "docx.h"

#define YEARS_MAX 6 /* of one table */
#define KEY_MAX   256

/* A grade, or why there is none: the phrase without the "none: " that begins it. */
static void put_grade(struct doc *d, size_t fund)
{
    static const char *const heads[] = {"无：", "none: "};
    sy_cell cell = view_get(&d->funds, fund, "grade");
    if (view_put(d, &cell))
        return;
    cell = view_get(&d->funds, fund, "no_grade");
    for (size_t i = 0; i < 2 && view_is_text(&cell); i++) {
        const size_t n = strlen(heads[i]);
        if (cell.text_len > n && memcmp(cell.text, heads[i], n) == 0) {
            cell.text += n;
            cell.text_len -= n;
        }
    }
    html_say(d, "不评（", "none (");
    view_put_or_missing(d, &cell);
    html_say(d, "）", ")");
}

static void put_bounds(struct doc *d, size_t fund)
{
    const sy_view bounds = view_table(&d->funds, fund, "bounds");
    if (bounds.count < 2) {
        html_say(d, "—", "–");
        return;
    }
    for (size_t i = 0; i < 2; i++) {
        sy_cell cell = {0};
        bounds.ops->cell(bounds.ctx, bounds.first + i, 0, &cell);
        if (i > 0)
            html_say(d, "—", "–");
        view_put_or_missing(d, &cell);
    }
}

static void put_score(struct doc *d, size_t fund)
{
    const sy_cell score = view_get(&d->funds, fund, "score");
    if (!view_put(d, &score)) {
        html_say(d, "无（", "none (");
        const sy_cell word = view_get(&d->funds, fund, "status_word");
        view_put_or_missing(d, &word);
        html_say(d, "）", ")");
    }
}

void scores_put_sentence(struct doc *d, size_t fund)
{
    html_say(d, "得分", "score ");
    put_score(d, fund);
    html_say(d, "（满分", " (full score ");
    sy_cell cell = view_get(&d->funds, fund, "full_score");
    view_put_or_missing(d, &cell);
    html_say(d, "），等级：", "), grade ");
    put_grade(d, fund);
    html_say(d, "；可评率", "; coverage ");
    cell = view_get(&d->funds, fund, "coverage");
    view_put_share(d, &cell);
    html_say(d, "，得分上下限", ", bounds ");
    put_bounds(d, fund);
    cell = view_get(&d->funds, fund, "claimed_total");
    if (cell.type != SY_CELL_NULL) {
        html_say(d, "；单位自评", "; claimed by the unit: ");
        view_put(d, &cell);
        html_say(d, "分", "");
    }
    cell = view_get(&d->funds, fund, "claimed_grade");
    if (view_is_text(&cell) && cell.text_len > 0) {
        html_say(d, "，自评等级", ", grade ");
        view_put(d, &cell);
    }
    html_say(d, "。", ".");
}

static void put_funds(struct doc *d)
{
    static const struct table_column columns[] = {
        {"编号", "Key", 11, 'l'},      {"评价对象", "Fund", 21, 'l'},
        {"项目类型", "Type", 14, 'l'}, {"得分", "Score", 9, 'r'},
        {"等级", "Grade", 13, 'c'},    {"可评率", "Coverage", 9, 'r'},
        {"上下限", "Bounds", 16, 'c'}, {"疑点", "Found", 7, 'r'}};
    const size_t n = d->funds.count < DOCX_TABLE_ROWS ? d->funds.count : DOCX_TABLE_ROWS;
    table_open(d, columns, 8);
    for (size_t i = 0; i < n; i++) {
        const size_t fund = d->order[i];
        table_row(d);
        view_cell(d, &d->funds, fund, "fund", 'l');
        table_cell(d, 'l', 1, 1);
        view_put_fund(d, fund);
        table_cell_end(d);
        table_cell(d, 'l', 1, 1);
        sy_cell cell = view_get(&d->funds, fund, "type_name");
        if (!view_put(d, &cell)) {
            cell = view_get(&d->funds, fund, "type");
            view_put_or_missing(d, &cell);
        }
        table_cell_end(d);
        table_cell(d, 'r', 1, 1);
        put_score(d, fund);
        table_cell_end(d);
        table_cell(d, 'c', 1, 1);
        put_grade(d, fund);
        table_cell_end(d);
        table_cell(d, 'r', 1, 1);
        cell = view_get(&d->funds, fund, "coverage");
        view_put_share(d, &cell);
        table_cell_end(d);
        table_cell(d, 'c', 1, 1);
        put_bounds(d, fund);
        table_cell_end(d);
        view_cell(d, &d->funds, fund, "nfindings", 'r');
        table_row_end(d);
    }
    table_close(d);
    table_left_out(d, d->funds.count - n);
}

/* Years side by side */

static size_t list_years(const struct doc *d, long *years)
{
    size_t n = 0;
    for (size_t i = 0; i < d->funds.count; i++) {
        const long year = view_integer(&d->funds, i, "year");
        size_t at = 0;
        while (at < n && years[at] < year)
            at++;
        if (at < n && years[at] == year)
            continue;
        if (n == YEARS_MAX)
            return YEARS_MAX + 1;
        memmove(&years[at + 1], &years[at], (n - at) * sizeof *years);
        years[at] = year;
        n++;
    }
    return n;
}

/* The fund of a key and a year; the number of funds: there is none. */
static size_t find_year(const struct doc *d, const char *key, long year)
{
    for (size_t i = 0; i < d->funds.count; i++) {
        const sy_cell cell = view_get(&d->funds, i, "fund");
        if (view_equals(&cell, key) && view_integer(&d->funds, i, "year") == year)
            return i;
    }
    return d->funds.count;
}

static void put_years_of(struct doc *d, size_t fund, const long *years, size_t nyears)
{
    char key[KEY_MAX];
    sy_cell cell = view_get(&d->funds, fund, "fund");
    view_copy(&cell, key, sizeof key);
    table_row(d);
    table_cell(d, 'l', 1, 1);
    cell = view_get(&d->funds, fund, "name");
    if (!view_put(d, &cell))
        html_text(d, key, strlen(key));
    table_cell_end(d);
    for (size_t y = 0; y < nyears; y++) {
        const size_t row = find_year(d, key, years[y]);
        table_cell(d, 'c', 1, 1);
        if (row == d->funds.count) {
            html_say(d, "—", "–");
        } else {
            put_score(d, row);
            html_say(d, "，", ", ");
            put_grade(d, row);
        }
        table_cell_end(d);
    }
    table_row_end(d);
}

/* False: the fund stands in the table already. */
static bool is_first_year(const struct doc *d, size_t fund)
{
    char key[KEY_MAX];
    sy_cell cell = view_get(&d->funds, fund, "fund");
    view_copy(&cell, key, sizeof key);
    for (size_t i = 0; i < fund; i++) {
        cell = view_get(&d->funds, i, "fund");
        if (view_equals(&cell, key))
            return false;
    }
    return true;
}

static void put_years(struct doc *d)
{
    struct table_column columns[YEARS_MAX + 1] = {{"评价对象", "Fund", 34, 'l'}};
    char names[YEARS_MAX][24];
    long years[YEARS_MAX];
    const size_t n = list_years(d, years);
    if (n < 2 || n > YEARS_MAX || d->funds.count > 2 * DOCX_TABLE_ROWS)
        return;
    for (size_t y = 0; y < n; y++) {
        snprintf(names[y], sizeof names[y], d->zh ? "%ld年" : "%ld", years[y]);
        columns[y + 1] = (struct table_column){names[y], names[y], (int)(66 / n), 'c'};
    }
    html_open(d, "Table Caption");
    html_say(d, "各年度得分和等级：", "Score and grade by year:");
    html_close(d, "Table Caption");
    table_open(d, columns, n + 1);
    for (size_t i = 0; i < d->funds.count; i++)
        if (is_first_year(d, d->order[i]))
            put_years_of(d, d->order[i], years, n);
    table_close(d);
}

static void put_adjustments(struct doc *d)
{
    bool any = false;
    for (size_t i = 0; i < d->funds.count && i < DOCX_TABLE_ROWS; i++) {
        const sy_view list = view_table(&d->funds, d->order[i], "adjustments");
        for (size_t k = 0; k < list.count; k++) {
            html_open(d, NULL);
            if (!any)
                html_say(d, "加减分和一票否决：", "Adjustments: ");
            any = true;
            view_put_fund(d, d->order[i]);
            html_say(d, "：", ": ");
            sy_cell cell = view_get(&list, k, "points");
            if (cell.type != SY_CELL_NULL) {
                html_say(d, "加减", "");
                view_put(d, &cell);
                html_say(d, "分", " points");
            }
            cell = view_get(&list, k, "cap");
            if (view_is_text(&cell) && cell.text_len > 0) {
                html_say(d, "等级不高于", " grade at most ");
                view_put(d, &cell);
            }
            html_say(d, "，原因：", ", reason: ");
            cell = view_get(&list, k, "reason");
            view_put_or_missing(d, &cell);
            html_say(d, "。", ".");
            html_close(d, NULL);
        }
    }
}

static void put_departments(struct doc *d)
{
    static const struct table_column columns[] = {
        {"主管部门", "Department", 30, 'l'}, {"年度", "Year", 9, 'c'},
        {"对象数", "Funds", 9, 'r'},         {"加权平均分", "Weighted mean", 13, 'r'},
        {"平均分", "Mean", 11, 'r'},         {"资金可评率", "Coverage by money", 12, 'r'},
        {"等级分布", "Grades", 16, 'l'}};
    const sy_view list = view_table(&d->report, 0, "departments");
    const size_t n = list.count < DOCX_TABLE_ROWS ? list.count : DOCX_TABLE_ROWS;
    if (n == 0)
        return;
    html_open(d, "Table Caption");
    html_say(d, "按主管部门汇总（不含整体支出；加权平均以全年执行数为权）：",
             "By department, without funds that contain others; weighted by what was spent:");
    html_close(d, "Table Caption");
    table_open(d, columns, 7);
    for (size_t i = 0; i < n; i++) {
        table_row(d);
        view_cell(d, &list, i, "department", 'l');
        view_cell(d, &list, i, "year", 'c');
        view_cell(d, &list, i, "funds", 'r');
        view_cell(d, &list, i, "weighted_mean", 'r');
        view_cell(d, &list, i, "mean", 'r');
        table_cell(d, 'r', 1, 1);
        const sy_cell share = view_get(&list, i, "coverage_by_money");
        view_put_share(d, &share);
        table_cell_end(d);
        view_cell(d, &list, i, "grades", 'l');
        table_row_end(d);
    }
    table_close(d);
    table_left_out(d, list.count - n);
}

void scores_write(struct doc *d)
{
    html_title(d, 2, "评价得分和等级", "Scores and grades");
    if (d->funds.count == 0) {
        html_open(d, NULL);
        html_say(d, "数据中没有评价对象。", "The data holds no fund.");
        html_close(d, NULL);
        return;
    }
    put_years(d);
    html_open(d, "Table Caption");
    html_say(d, "各评价对象的得分和等级：", "Score and grade of each fund:");
    html_close(d, "Table Caption");
    put_funds(d);
    put_adjustments(d);
    put_departments(d);
}
