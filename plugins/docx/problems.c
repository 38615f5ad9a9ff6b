/*
 * problems.c - section 3: points that were lost, what could not be scored, and findings.
 */
#include <stdlib.h>
#include <string.h>

#include "docx.h"

#define LOST_MAX   10 /* indicators of one fund; the rest is counted */
#define STATES_MAX 8
#define WORD_MAX   64

bool problems_lost(const sy_view *items, size_t row, double *lost)
{
    double weight, score;
    sy_cell cell = view_get(items, row, "weight");
    if (!view_bool(items, row, "included") || !view_number(&cell, &weight))
        return false;
    cell = view_get(items, row, "score");
    if (!view_number(&cell, &score))
        return false;
    *lost = money_round(weight - score, 6);
    return *lost > 0;
}

/* What was lost by an indicator, the greatest first. */
struct loss {
    double lost;
    size_t row;
};

static int compare_losses(const void *a, const void *b)
{
    const struct loss *x = a, *y = b;
    if (x->lost != y->lost)
        return x->lost > y->lost ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static void put_loss(struct doc *d, const sy_view *items, const struct loss *loss)
{
    table_row(d);
    view_cell(d, items, loss->row, "name", 'l');
    view_cell(d, items, loss->row, "weight", 'r');
    view_cell(d, items, loss->row, "score", 'r');
    table_cell(d, 'r', 1, 1);
    view_put_points(d, loss->lost);
    table_cell_end(d);
    view_cell(d, items, loss->row, "reason", 'l');
    table_cell(d, 'l', 1, 1);
    const sy_cell note = view_get(items, loss->row, "note");
    if (!view_put(d, &note)) {
        html_blank(d);
        html_by_hand(d, "【待补充】", " [to be completed]");
    }
    table_cell_end(d);
    table_row_end(d);
}

static void put_losses(struct doc *d, const sy_view *items, const struct loss *losses, size_t n)
{
    static const struct table_column columns[] = {
        {"指标", "Indicator", 20, 'l'},  {"分值", "Weight", 9, 'r'},
        {"得分", "Score", 8, 'r'},       {"失分", "Lost", 8, 'r'},
        {"计分说明", "Reason", 31, 'l'}, {"偏差原因", "Explanation given", 24, 'l'}};
    double all = 0, rest = 0;
    for (size_t i = 0; i < n; i++) {
        all += losses[i].lost;
        rest += i >= LOST_MAX ? losses[i].lost : 0;
    }
    html_open(d, "Table Caption");
    html_sayf(d, "失分%zu项，共", "Points lost by %zu indicators: ", n);
    view_put_points(d, all);
    html_say(d, "分。", ".");
    if (n > LOST_MAX) {
        html_sayf(d, "失分最多的%d项如下，其余%zu项（",
                  " The %d that lost most follow; the other %zu (", LOST_MAX, n - LOST_MAX);
        view_put_points(d, rest);
        html_say(d, "分）见附件1：", " points) are in annex 1:");
    }
    html_close(d, "Table Caption");
    table_open(d, columns, 6);
    for (size_t i = 0; i < n && i < LOST_MAX; i++)
        put_loss(d, items, &losses[i]);
    table_close(d);
}

/* Indicators outside of the score, counted by their state. */
struct state {
    char word[WORD_MAX];
    size_t n;
    double weight;
};

static void count_state(const sy_view *items, size_t row, struct state *states, size_t *n)
{
    char word[WORD_MAX];
    double weight = 0;
    sy_cell cell = view_get(items, row, "status_word");
    size_t at = 0;
    view_copy(&cell, word, sizeof word);
    while (at < *n && strcmp(states[at].word, word) != 0)
        at++;
    if (at == STATES_MAX)
        return;
    if (at == *n) {
        *n += 1;
        states[at] = (struct state){.n = 0};
        strcpy(states[at].word, word);
    }
    cell = view_get(items, row, "weight");
    states[at].n++;
    states[at].weight += view_number(&cell, &weight) ? weight : 0;
}

static void put_outside(struct doc *d, const sy_view *items)
{
    struct state states[STATES_MAX];
    size_t n = 0, all = 0;
    for (size_t i = 0; i < items->count; i++) {
        if (view_bool(items, i, "included"))
            continue;
        all++;
        count_state(items, i, states, &n);
    }
    if (n == 0)
        return;
    html_open(d, NULL);
    html_sayf(d, "未计入得分的指标%zu项：", "Outside of the score stand %zu indicators: ", all);
    for (size_t i = 0; i < n; i++) {
        html_say(d, i > 0 ? "，" : "", i > 0 ? ", " : "");
        html_text(d, states[i].word, strlen(states[i].word));
        html_sayf(d, "%zu项（分值", ": %zu (weight ", states[i].n);
        view_put_points(d, states[i].weight);
        html_say(d, "）", ")");
    }
    html_say(d, "。这些指标的分值按评价标准由其他指标分担或不计，须补充数据后重新评价。",
             ". By the yardstick their points go to others or count for nothing; complete the "
             "data and score again.");
    html_close(d, NULL);
}

static bool put_lost_of(struct doc *d, size_t fund)
{
    const sy_view items = view_table(&d->funds, fund, "indicators");
    struct loss *losses = calloc(items.count + 1, sizeof *losses);
    size_t n = 0, outside = 0;
    double lost;
    if (losses == NULL) {
        html_fail(d, SY_ENOMEM, "out of memory");
        return false;
    }
    for (size_t i = 0; i < items.count; i++) {
        outside += !view_bool(&items, i, "included");
        if (problems_lost(&items, i, &lost))
            losses[n++] = (struct loss){lost, i};
    }
    qsort(losses, n, sizeof *losses, compare_losses);
    if (n + outside > 0) {
        html_head(d, 3);
        view_put_fund(d, fund);
        html_head_end(d, 3);
        if (n > 0)
            put_losses(d, &items, losses, n);
        put_outside(d, &items);
    }
    free(losses);
    return n + outside > 0;
}

static void put_finding(struct doc *d, size_t row)
{
    sy_cell cell = view_get(&d->findings, row, "fund");
    if (view_put(d, &cell)) {
        const long year = view_integer(&d->findings, row, "year");
        if (d->years && year != 0)
            html_sayf(d, "（%ld年）", " (%ld)", year);
        html_say(d, "：", ": ");
    }
    cell = view_get(&d->findings, row, "message");
    view_put_or_missing(d, &cell);
    cell = view_get(&d->findings, row, "source");
    if (view_is_text(&cell) && cell.text_len > 0) {
        html_say(d, "（", " (");
        view_put(d, &cell);
        html_say(d, "）", ")");
    }
}

static void put_code(struct doc *d, const struct code *c)
{
    const size_t shown = c->n < CODE_SHOWN ? c->n : CODE_SHOWN;
    table_row(d);
    view_cell(d, &d->findings, c->rows[0], "severity_word", 'c');
    table_cell(d, 'l', 1, 1);
    sy_cell cell = view_get(&d->findings, c->rows[0], "meaning");
    if (view_put(d, &cell))
        html_raw(d, "<br/>");
    html_text(d, c->name, strlen(c->name));
    table_cell_end(d);
    table_cell(d, 'r', 1, 1);
    html_sayf(d, "%zu", "%zu", c->n);
    table_cell_end(d);
    table_cell(d, 'l', 1, 1);
    for (size_t i = 0; i < shown; i++) {
        html_raw(d, i > 0 ? "<br/>• " : "• ");
        put_finding(d, c->rows[i]);
    }
    if (c->n > shown) {
        html_raw(d, "<br/>");
        html_sayf(d, "……另有%zu条", "… and %zu more", c->n - shown);
    }
    table_cell_end(d);
    table_row_end(d);
}

void problems_put_findings(struct doc *d, const struct codes *codes)
{
    static const struct table_column columns[] = {{"程度", "Severity", 10, 'c'},
                                                  {"疑点", "Finding", 22, 'l'},
                                                  {"条数", "Count", 8, 'r'},
                                                  {"内容", "What was found", 60, 'l'}};
    if (codes->n == 0) {
        html_open(d, NULL);
        html_say(d, "数据中没有发现疑点。", "No findings in the data.");
        html_close(d, NULL);
        return;
    }
    html_open(d, "Table Caption");
    html_sayf(d, "数据中共有疑点%zu条：错误%zu条，警告%zu条，提示%zu条。每个代码列出前%d条：",
              "Findings in the data: %zu (errors %zu, warnings %zu, notes %zu). The first %d of "
              "each code:",
              d->findings.count, codes->severities[0], codes->severities[1], codes->severities[2],
              CODE_SHOWN);
    html_close(d, "Table Caption");
    table_open(d, columns, 4);
    for (size_t i = 0; i < codes->n; i++)
        put_code(d, &codes->list[i]);
    table_close(d);
    html_open(d, "Table Note");
    html_say(d, "全部疑点：steelyard check -o 文件.xlsx（或 .csv）。",
             "All findings: steelyard check -o FILE.xlsx (or .csv).");
    html_close(d, "Table Note");
}

void problems_write(struct doc *d, const struct codes *codes)
{
    bool any = false;
    html_title(d, 1, "存在的主要问题", "Main problems");
    html_title(d, 2, "失分情况", "Points lost");
    for (size_t i = 0; i < order_sections(d); i++)
        any = put_lost_of(d, d->order[i]) || any;
    if (!any && d->sections > 0) {
        html_open(d, NULL);
        html_say(d, "所列评价对象没有失分。", "The funds shown lost no points.");
        html_close(d, NULL);
    }
    order_left_out(d);
    html_title(d, 2, "数据疑点", "Findings in the data");
    problems_put_findings(d, codes);
    html_title(d, 2, "资金管理和绩效管理方面的问题", "Management of money and performance");
    html_open(d, NULL);
    html_say(d, "数据未提供。", "Not given in the data. ");
    html_by_hand(d, "【待补充】", "[to be completed]");
    html_close(d, NULL);
}
