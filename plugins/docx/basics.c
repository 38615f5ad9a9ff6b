/*
 * basics.c - section 1: what is evaluated, and what the data says of the unit.
 */
#include <string.h>

#include "docx.h"

#define INPUTS_MAX 20
#define KEY_MAX    96

static void put_scope(struct doc *d)
{
    size_t items = 0;
    for (size_t i = 0; i < d->funds.count; i++)
        items += view_table(&d->funds, i, "indicators").count;
    html_open(d, NULL);
    html_say(d, "评价名称：", "Evaluation: ");
    sy_cell cell = view_get(&d->evaluation, 0, "title");
    view_put_or_missing(d, &cell);
    html_say(d, "。评价年度：", ". Years: ");
    cell = view_get(&d->evaluation, 0, "years");
    view_put_or_missing(d, &cell);
    html_sayf(d, "。共有评价对象%zu个（逐年分别计算）", ". Funds, counted by year: %zu",
              d->funds.count);
    if (d->nwholes > 0)
        html_sayf(d, "，其中包含其他对象的整体支出%zu个", ", of which %zu contain others",
                  d->nwholes);
    html_sayf(d, "，指标%zu项。", "; indicators: %zu.", items);
    html_close(d, NULL);
}

static void put_inputs(struct doc *d)
{
    const sy_view inputs = view_table(&d->evaluation, 0, "inputs");
    html_open(d, NULL);
    html_sayf(d, "数据来源（%zu个文件）：", "Sources of the data (%zu files): ", inputs.count);
    for (size_t i = 0; i < inputs.count && i < INPUTS_MAX; i++) {
        sy_cell cell = {0};
        inputs.ops->cell(inputs.ctx, inputs.first + i, 0, &cell);
        if (i > 0)
            html_say(d, "、", ", ");
        view_put(d, &cell);
    }
    if (inputs.count > INPUTS_MAX)
        html_sayf(d, "等", " and %zu more", inputs.count - INPUTS_MAX);
    html_say(d, "。", ".");
    html_close(d, NULL);
}

/* Numbers of things: staff, vehicles, offices; neither money nor rates. */
static bool is_basic(const struct doc *d, const sy_view *facts, size_t row)
{
    char key[KEY_MAX];
    double value;
    sy_cell cell = view_get(facts, row, "fact");
    view_copy(&cell, key, sizeof key);
    if (money_is(d, facts, row, &value) || words_is_derived(key))
        return false;
    cell = view_get(facts, row, "unit");
    if (view_equals(&cell, "%"))
        return false;
    cell = view_get(facts, row, "value");
    return view_number(&cell, &value);
}

static void put_fact_text(struct doc *d, const sy_view *facts, size_t row)
{
    sy_cell cell = view_get(facts, row, "text");
    char text[KEY_MAX];
    view_copy(&cell, text, sizeof text);
    view_put_or_missing(d, &cell);
    cell = view_get(facts, row, "unit");
    char unit[KEY_MAX];
    view_copy(&cell, unit, sizeof unit);
    if (unit[0] != '\0' && strstr(text, unit) == NULL) {
        html_raw(d, " ");
        html_text(d, unit, strlen(unit));
    }
}

/* Whether the fund had basic facts. */
static bool put_basics_of(struct doc *d, size_t fund)
{
    static const struct table_column columns[] = {{"事项", "Matter", 40, 'l'},
                                                  {"数据（原文）", "As written", 25, 'r'},
                                                  {"来源", "Source", 35, 'l'}};
    const sy_view facts = view_table(&d->funds, fund, "facts");
    bool any = false;
    for (size_t i = 0; i < facts.count && i < DOCX_TABLE_ROWS; i++) {
        if (!is_basic(d, &facts, i))
            continue;
        if (!any) {
            html_open(d, "Table Caption");
            view_put_fund(d, fund);
            html_say(d, "：", ":");
            html_close(d, "Table Caption");
            table_open(d, columns, 3);
        }
        any = true;
        table_row(d);
        table_cell(d, 'l', 1, 1);
        words_put_fact(d, &facts, i);
        table_cell_end(d);
        table_cell(d, 'r', 1, 1);
        put_fact_text(d, &facts, i);
        table_cell_end(d);
        view_cell(d, &facts, i, "source", 'l');
        table_row_end(d);
    }
    if (any)
        table_close(d);
    return any;
}

void basics_write(struct doc *d)
{
    bool any = false;
    html_title(d, 1, "基本情况", "Basic facts");
    html_title(d, 2, "评价范围和数据", "Scope and data");
    put_scope(d);
    put_inputs(d);
    html_title(d, 2, "单位和项目概况", "The unit and its projects");
    html_open(d, NULL);
    html_say(d, "主要职责、机构设置、立项依据：数据未提供。",
             "Duties, organisation, reasons for the projects: not given in the data. ");
    html_by_hand(d, "【待补充】", "[to be completed]");
    html_close(d, NULL);
    for (size_t i = 0; i < order_sections(d); i++)
        any = put_basics_of(d, d->order[i]) || any;
    if (!any) {
        html_open(d, NULL);
        html_say(d, "人员、车辆、机构等基本数字：数据未提供。",
                 "Staff, vehicles, offices and the like: not given in the data. ");
        html_by_hand(d, "【待补充】", "[to be completed]");
        html_close(d, NULL);
    }
}
