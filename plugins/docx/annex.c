/*
 * annex.c - the annexes: each fund's indicators with how they were scored, its facts as written,
 * and the yardsticks.
 */
#include <string.h>

#include "docx.h"

#define YARDSTICKS_MAX 20

static void put_name(struct doc *d, const sy_view *items, size_t row)
{
    table_cell(d, 'l', 1, 1);
    sy_cell cell = view_get(items, row, "name");
    if (view_put(d, &cell))
        html_raw(d, "<br/>");
    cell = view_get(items, row, "path");
    view_put_or_missing(d, &cell);
    cell = view_get(items, row, "source");
    if (view_is_text(&cell) && cell.text_len > 0) {
        html_raw(d, "<br/>");
        view_put(d, &cell);
    }
    table_cell_end(d);
}

static void put_attainment(struct doc *d, const sy_view *items, size_t row)
{
    table_cell(d, 'r', 1, 1);
    const sy_cell cell = view_get(items, row, "attainment");
    double value;
    if (view_number(&cell, &value))
        view_put_points(d, money_round(value, 4));
    else
        html_say(d, "—", "–");
    table_cell_end(d);
}

static void put_indicators(struct doc *d, size_t fund)
{
    static const struct table_column columns[] = {
        {"指标、路径、来源", "Indicator, path, source", 29, 'l'},
        {"分值", "Weight", 9, 'r'},
        {"得分系数", "Attained", 10, 'r'},
        {"得分", "Score", 9, 'r'},
        {"状态", "Status", 10, 'c'},
        {"计分说明", "Reason", 19, 'l'},
        {"偏差原因", "Explanation given", 14, 'l'}};
    const sy_view items = view_table(&d->funds, fund, "indicators");
    const size_t n = items.count < DOCX_TABLE_ROWS ? items.count : DOCX_TABLE_ROWS;
    if (n == 0)
        return;
    table_open(d, columns, 7);
    for (size_t i = 0; i < n; i++) {
        table_row(d);
        put_name(d, &items, i);
        view_cell(d, &items, i, "weight", 'r');
        put_attainment(d, &items, i);
        view_cell(d, &items, i, "score", 'r');
        view_cell(d, &items, i, "status_word", 'c');
        view_cell(d, &items, i, "reason", 'l');
        view_cell(d, &items, i, "note", 'l');
        table_row_end(d);
    }
    table_close(d);
    table_left_out(d, items.count - n);
}

/* A fact as it was read: money to the cent. */
static void put_value(struct doc *d, const sy_view *facts, size_t row)
{
    double amount;
    table_cell(d, 'r', 1, 1);
    if (money_is(d, facts, row, &amount)) {
        money_put(d, amount);
        html_raw(d, " ");
        money_put_currency(d);
    } else {
        sy_cell cell = view_get(facts, row, "value");
        if (!view_put(d, &cell))
            html_say(d, "—", "–");
        cell = view_get(facts, row, "unit");
        if (view_is_text(&cell) && cell.text_len > 0) {
            html_raw(d, " ");
            view_put(d, &cell);
        }
    }
    table_cell_end(d);
}

static void put_facts(struct doc *d, size_t fund)
{
    static const struct table_column columns[] = {{"数据项", "Fact", 25, 'l'},
                                                  {"键", "Key", 21, 'l'},
                                                  {"原文", "As written", 17, 'l'},
                                                  {"数值", "Value", 18, 'r'},
                                                  {"来源", "Source", 19, 'l'}};
    const sy_view facts = view_table(&d->funds, fund, "facts");
    const size_t n = facts.count < DOCX_TABLE_ROWS ? facts.count : DOCX_TABLE_ROWS;
    if (n == 0) {
        html_open(d, "Annex Text");
        html_say(d, "基础数据：数据未提供。", "Facts: not given in the data.");
        html_close(d, "Annex Text");
        return;
    }
    table_open(d, columns, 5);
    for (size_t i = 0; i < n; i++) {
        table_row(d);
        table_cell(d, 'l', 1, 1);
        words_put_fact(d, &facts, i);
        table_cell_end(d);
        view_cell(d, &facts, i, "fact", 'l');
        view_cell(d, &facts, i, "text", 'l');
        put_value(d, &facts, i);
        view_cell(d, &facts, i, "source", 'l');
        table_row_end(d);
    }
    table_close(d);
    table_left_out(d, facts.count - n);
}

static void put_annex(struct doc *d, const char *zh, const char *en,
                      void (*put)(struct doc *, size_t))
{
    html_open(d, "Annex");
    html_say(d, zh, en);
    html_close(d, "Annex");
    for (size_t i = 0; i < order_sections(d); i++) {
        html_open(d, "Annex Part");
        view_put_fund(d, d->order[i]);
        html_say(d, "（", " (");
        const sy_cell key = view_get(&d->funds, d->order[i], "fund");
        view_put_or_missing(d, &key);
        html_say(d, "）", ")");
        html_close(d, "Annex Part");
        put(d, d->order[i]);
    }
    order_left_out(d);
}

/* Yardsticks */

static void put_keys(struct doc *d, const sy_view *keys)
{
    static const struct table_column columns[] = {{"节", "Section", 12, 'l'},
                                                  {"键", "Key", 34, 'l'},
                                                  {"值", "Value", 24, 'l'},
                                                  {"来源", "Source", 30, 'l'}};
    const size_t n = keys->count < DOCX_TABLE_ROWS ? keys->count : DOCX_TABLE_ROWS;
    if (n == 0)
        return;
    table_open(d, columns, 4);
    for (size_t i = 0; i < n; i++) {
        table_row(d);
        view_cell(d, keys, i, "section", 'l');
        view_cell(d, keys, i, "key", 'l');
        view_cell(d, keys, i, "value", 'l');
        view_cell(d, keys, i, "source", 'l');
        table_row_end(d);
    }
    table_close(d);
    table_left_out(d, keys->count - n);
}

static void put_rules(struct doc *d, const sy_view *rules)
{
    static const struct table_column columns[] = {{"用于", "Of", 12, 'l'},
                                                  {"指标", "Indicators", 30, 'l'},
                                                  {"评分规则", "Rule", 30, 'l'},
                                                  {"来源", "Source", 28, 'l'}};
    const size_t n = rules->count < DOCX_TABLE_ROWS ? rules->count : DOCX_TABLE_ROWS;
    if (n == 0)
        return;
    table_open(d, columns, 4);
    for (size_t i = 0; i < n; i++) {
        table_row(d);
        view_cell(d, rules, i, "of", 'l');
        view_cell(d, rules, i, "pattern", 'l');
        view_cell(d, rules, i, "rule", 'l');
        view_cell(d, rules, i, "source", 'l');
        table_row_end(d);
    }
    table_close(d);
    table_left_out(d, rules->count - n);
}

static void put_yardstick(struct doc *d, const sy_view *list, size_t i)
{
    html_open(d, "Annex Part");
    sy_cell cell = view_get(list, i, "name");
    if (view_put(d, &cell))
        html_raw(d, " ");
    cell = view_get(list, i, "type");
    view_put_or_missing(d, &cell);
    cell = view_get(list, i, "year");
    html_raw(d, " ");
    view_put(d, &cell);
    html_close(d, "Annex Part");
    cell = view_get(list, i, "extends");
    if (cell.type == SY_CELL_LIST && cell.view.count > 0) {
        html_open(d, "Annex Text");
        html_say(d, "承接：", "Extends: ");
        view_put(d, &cell);
        html_close(d, "Annex Text");
    }
    const sy_view keys = view_table(list, i, "keys");
    put_keys(d, &keys);
    const sy_view rules = view_table(list, i, "rules");
    put_rules(d, &rules);
}

static void put_yardsticks(struct doc *d)
{
    const sy_view list = view_table(&d->report, 0, "yardsticks");
    html_open(d, "Annex");
    html_say(d, "附件3　评价标准", "Annex 3: the yardsticks");
    html_close(d, "Annex");
    for (size_t i = 0; i < list.count && i < YARDSTICKS_MAX; i++)
        put_yardstick(d, &list, i);
    if (list.count <= YARDSTICKS_MAX)
        return;
    html_open(d, "Table Note");
    html_sayf(d, "评价标准共%zu份，此处只列前%d份；其余见 steelyard config。",
              "There are %zu yardsticks, of which the first %d stand here; steelyard config has "
              "the others.",
              list.count, YARDSTICKS_MAX);
    html_close(d, "Table Note");
}

void annex_write(struct doc *d)
{
    put_annex(d, "附件1　各评价对象指标评分表",
              "Annex 1: how the indicators of each fund were scored", put_indicators);
    put_annex(d, "附件2　各评价对象基础数据（原文）", "Annex 2: facts of each fund, as written",
              put_facts);
    put_yardsticks(d);
}
