/*
 * markdown_years.c - comparisons, rank intervals and reviews as documents.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <steelyard/view.h>

#include "markdown.h"

#define DRIVERS_MAX 8  /* of a change: the greatest */
#define FOLDED_MAX  40 /* changes whose drivers are listed */

/* The place of a table's column; as many as it has where there is none of that name. */
static size_t find_column(const sy_view *view, const char *name)
{
    const sy_column *columns = view->ops->columns(view->ctx);
    size_t i = 0;
    while (i < view->ops->ncolumns && strcmp(columns[i].name, name) != 0)
        i++;
    return i;
}

/* "- **train-a 2021→2022**　…": the sentence of each change. */
static int put_sentences(struct markdown *m, const sy_view *rows)
{
    int rc = markdown_head(m, "说明", "Why");
    for (size_t i = 0; i < rows->count && rc == 0; i++) {
        const sy_cell fund = sy_view_field(rows, i, "fund");
        rc = markdown_put(m, "- **");
        if (rc == 0)
            rc = markdown_put_cell(m, &fund);
        const sy_cell years = sy_view_field(rows, i, "years");
        if (rc == 0)
            rc = markdown_put(m, " ");
        if (rc == 0)
            rc = markdown_put_cell(m, &years);
        const sy_cell sentence = sy_view_field(rows, i, "sentence");
        if (rc == 0)
            rc = markdown_say(m, "**：", "**: ");
        if (rc == 0)
            rc = markdown_put_cell(m, &sentence);
        if (rc == 0)
            rc = markdown_put(m, "\n");
    }
    return rc;
}

static int put_driver(struct markdown *m, const sy_view *drivers, size_t row)
{
    static const char *const fields[] = {"change",         "causes.results", "causes.targets",
                                         "causes.weights", "causes.rules",   "causes.indicators"};
    sy_cell cell = sy_view_field(drivers, row, "name");
    int rc = markdown_put(m, "| ");
    if (cell.type == SY_CELL_NULL)
        cell = sy_view_field(drivers, row, "indicator");
    if (rc == 0)
        rc = markdown_put_cell(m, &cell);
    for (size_t i = 0; i < sizeof fields / sizeof *fields && rc == 0; i++) {
        cell = sy_view_path(drivers, row, fields[i]);
        if (cell.type == SY_CELL_NUMBER) /* four places are as many as are looked at */
            cell.number = round(cell.number * 1e4) / 1e4;
        rc = markdown_put(m, " | ");
        if (rc == 0)
            rc = markdown_put_cell(m, &cell);
    }
    return rc == 0 ? markdown_put(m, " |\n") : rc;
}

/* Folded: what brought a change about, the greatest first, as they come. */
static int put_drivers(struct markdown *m, const sy_view *funds, size_t fund,
                       const sy_view *changes, size_t change)
{
    const sy_cell drivers = sy_view_field(changes, change, "drivers");
    const size_t n = sy_cell_rows(&drivers);
    char text[160];
    if (n == 0)
        return 0;
    const sy_cell id = sy_view_field(funds, fund, "fund");
    int rc = markdown_put(m, "\n<details><summary>");
    if (rc == 0)
        rc = markdown_put_html(m, &id);
    const sy_cell from = sy_view_field(changes, change, "from"),
                  to = sy_view_field(changes, change, "to");
    snprintf(text, sizeof text, " %d→%d</summary>\n\n", (int)from.integer, (int)to.integer);
    if (rc == 0)
        rc = markdown_put(m, text);
    if (rc == 0)
        rc = markdown_say(m, "| 指标 | 变化 | 实绩 | 指标值 | 分值 | 评分规则 | 指标增减 |\n",
                          "| Indicator | Change | Results | Targets | Weights | Rules | "
                          "Indicators |\n");
    if (rc == 0)
        rc = markdown_put(m, "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (size_t i = 0; i < n && i < DRIVERS_MAX && rc == 0; i++)
        rc = put_driver(m, &drivers.view, i);
    if (rc == 0 && n > DRIVERS_MAX) {
        snprintf(text, sizeof text,
                 m->zh ? "\n其余 %zu 项见 json 或 xlsx。\n" : "\n%zu more: see json or xlsx.\n",
                 n - DRIVERS_MAX);
        rc = markdown_put(m, text);
    }
    return rc == 0 ? markdown_put(m, "\n</details>\n") : rc;
}

static int put_all_drivers(struct markdown *m, const sy_view *report)
{
    const sy_cell funds = sy_view_field(report, 0, "funds");
    size_t shown = 0, n = 0;
    int rc = 0;
    for (size_t i = 0; i < sy_cell_rows(&funds) && rc == 0; i++) {
        const sy_cell changes = sy_view_field(&funds.view, i, "changes");
        n += sy_cell_rows(&changes);
        for (size_t k = 0; k < sy_cell_rows(&changes) && shown < FOLDED_MAX && rc == 0; k++) {
            if (shown++ == 0)
                rc = markdown_head(m, "变化来源", "Drivers");
            if (rc == 0)
                rc = put_drivers(m, &funds.view, i, &changes.view, k);
        }
    }
    if (rc == 0 && shown < n)
        rc = markdown_say(m, "\n其余的变化来源见 json 或 xlsx。\n",
                          "\nDrivers of the others: see json or xlsx.\n");
    return rc;
}

int markdown_compare(struct markdown *m, const sy_view *document, const sy_view *report)
{
    const sy_cell rows = sy_view_field(report, 0, "rows");
    int rc = markdown_title(m, document, "年度比较", "years compared");
    if (rc == 0)
        rc = markdown_count_findings(m, report);
    if (rc == 0)
        rc = markdown_put(m, "\n");
    if (rc != 0 || rows.type != SY_CELL_TABLE)
        return rc;
    rc = markdown_head(m, "变化", "Changes");
    if (rc == 0)
        rc = markdown_table(m, &rows.view, find_column(&rows.view, "sentence"));
    if (rc == 0)
        rc = put_sentences(m, &rows.view);
    if (rc == 0)
        rc = put_all_drivers(m, report);
    return rc == 0 ? markdown_findings(m, report) : rc;
}

int markdown_sensitivity(struct markdown *m, const sy_view *document, const sy_view *report)
{
    const sy_cell draws = sy_view_field(report, 0, "draws"),
                  spread = sy_view_field(report, 0, "spread"),
                  seed = sy_view_field(report, 0, "seed");
    char text[160], share[48];
    int rc = markdown_title(m, document, "分值敏感性", "sensitivity to weights");
    share[m->host->print_number(share, sy_cell_number(&spread) * 100)] = '\0';
    snprintf(text, sizeof text,
             m->zh ? "抽样 %d 次，分值上下浮动 %s%%，种子 %d。\n"
                   : "%d draws, weights within ±%s%%, seed %d.\n",
             (int)sy_cell_number(&draws), share, (int)sy_cell_number(&seed));
    if (rc == 0)
        rc = markdown_put(m, text);
    if (rc == 0)
        rc = markdown_head(m, "名次区间", "Rank intervals");
    if (rc == 0)
        rc = markdown_part(m, report, "rows");
    return rc == 0 ? markdown_findings(m, report) : rc;
}

/* Verdicts that occur, with rows and points. */
static int put_verdicts(struct markdown *m, const sy_view *summary)
{
    static const char *const words[][3] = {{"agrees", "一致", "agrees"},
                                           {"overclaimed", "自评偏高", "overclaimed"},
                                           {"underclaimed", "自评偏低", "underclaimed"},
                                           {"judgement", "主观评定", "judgement"},
                                           {"cannot_tell", "无法判断", "cannot tell"}};
    const sy_cell verdicts = sy_view_field(summary, 0, "verdicts");
    int rc = markdown_head(m, "结论", "Verdicts");
    if (rc == 0)
        rc = markdown_say(m, "| 结论 | 项数 | 分数 |\n| --- | ---: | ---: |\n",
                          "| Verdict | Rows | Points |\n| --- | ---: | ---: |\n");
    for (size_t i = 0; i < sy_cell_rows(&verdicts) && rc == 0; i++) {
        const sy_cell verdict = sy_view_field(&verdicts.view, i, "verdict");
        const char *word = NULL;
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (sy_cell_is(&verdict, words[k][0]))
                word = words[k][m->zh ? 1 : 2];
        const sy_cell rows = sy_view_field(&verdicts.view, i, "rows");
        if (rows.integer == 0 || word == NULL)
            continue;
        rc = markdown_put(m, "| ");
        if (rc == 0)
            rc = markdown_put(m, word);
        if (rc == 0)
            rc = markdown_put(m, " | ");
        if (rc == 0)
            rc = markdown_put_cell(m, &rows);
        const sy_cell points = sy_view_field(&verdicts.view, i, "points");
        if (rc == 0)
            rc = markdown_put(m, " | ");
        if (rc == 0)
            rc = markdown_put_cell(m, &points);
        if (rc == 0)
            rc = markdown_put(m, " |\n");
    }
    return rc;
}

int markdown_review(struct markdown *m, const sy_view *document, const sy_view *report)
{
    const sy_cell summary = sy_view_field(report, 0, "summary");
    int rc = markdown_title(m, document, "自评复核", "claims reviewed");
    if (rc == 0)
        rc = markdown_count_findings(m, report);
    if (rc == 0)
        rc = markdown_put(m, "\n");
    if (rc == 0)
        rc = markdown_head(m, "待办", "Worklist");
    if (rc == 0)
        rc = markdown_part(m, report, "rows");
    if (rc == 0 && summary.type == SY_CELL_RECORD)
        rc = put_verdicts(m, &summary.view);
    return rc == 0 ? markdown_findings(m, report) : rc;
}
