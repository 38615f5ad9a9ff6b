/*
 * kinds.c - reports other than scores: comparison of years, sensitivity, review, and whatever is
 * but a table. Their tables and sentences, plainly laid out.
 */
#include <string.h>

#include "docx.h"

#define DRIVERS_MAX 10
#define COLUMNS_MAX 12

/* A column of a table: where its cell is, how it is shown. */
struct field {
    const char *path;
    struct table_column column;
    char as; /* 'v' as it is, 's' a share, 'c' a code, 'd' a difference with its sign */
};

static void put_difference(struct doc *d, const sy_cell *cell)
{
    double value;
    if (!view_number(cell, &value)) {
        html_say(d, "—", "–");
        return;
    }
    if (value > 0)
        html_raw(d, "+");
    if (cell->type == SY_CELL_NUMBER)
        view_put_points(d, money_round(value, 2));
    else
        view_put(d, cell);
}

static void put_field(struct doc *d, const sy_view *view, size_t row, const struct field *f)
{
    const sy_cell cell = view_path(view, row, f->path);
    table_cell(d, f->column.align, 1, 1);
    if (f->as == 's')
        view_put_share(d, &cell);
    else if (f->as == 'c')
        words_put_code(d, &cell);
    else if (f->as == 'd')
        put_difference(d, &cell);
    else if (!view_put(d, &cell))
        html_say(d, "—", "–");
    table_cell_end(d);
}

static void open_fields(struct doc *d, const struct field *fields, size_t n)
{
    struct table_column columns[COLUMNS_MAX];
    for (size_t i = 0; i < n && i < COLUMNS_MAX; i++)
        columns[i] = fields[i].column;
    table_open(d, columns, n);
}

/* The rows of a view; how many were left out is said. */
static void put_rows(struct doc *d, const sy_view *view, const struct field *fields, size_t n,
                     size_t most)
{
    const size_t rows = view->count < most ? view->count : most;
    if (rows == 0) {
        html_open(d, NULL);
        html_missing(d);
        html_close(d, NULL);
        return;
    }
    open_fields(d, fields, n);
    for (size_t i = 0; i < rows; i++) {
        table_row(d);
        for (size_t f = 0; f < n; f++)
            put_field(d, view, i, &fields[f]);
        table_row_end(d);
    }
    table_close(d);
    table_left_out(d, view->count - rows);
}

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* Comparison */

/* The first column is the fund, over the rows of one of its tables. */
static void put_by_fund(struct doc *d, const char *table, const struct field *fields, size_t n)
{
    size_t rows = 0, left = 0;
    open_fields(d, fields, n);
    for (size_t i = 0; i < d->funds.count; i++) {
        const sy_view list = view_table(&d->funds, i, table);
        if (rows + list.count > DOCX_TABLE_ROWS) {
            left += list.count;
            continue;
        }
        rows += list.count;
        for (size_t k = 0; k < list.count; k++) {
            table_row(d);
            if (k == 0) {
                table_cell(d, 'l', list.count, 1);
                view_put_fund(d, i);
                table_cell_end(d);
            }
            for (size_t f = 1; f < n; f++)
                put_field(d, &list, k, &fields[f]);
            table_row_end(d);
        }
    }
    table_close(d);
    table_left_out(d, left);
}

static void put_sentences(struct doc *d)
{
    for (size_t i = 0; i < order_sections(d); i++) {
        const sy_view changes = view_table(&d->funds, i, "changes");
        for (size_t k = 0; k < changes.count; k++) {
            html_open(d, NULL);
            view_put_fund(d, i);
            html_sayf(d, "，%ld年至%ld年：", ", %ld to %ld: ", view_integer(&changes, k, "from"),
                      view_integer(&changes, k, "to"));
            const sy_cell cell = view_get(&changes, k, "sentence");
            view_put_or_missing(d, &cell);
            html_close(d, NULL);
        }
    }
}

static void put_drivers(struct doc *d)
{
    static const struct field fields[] = {
        {"name", {"指标", "Indicator", 30, 'l'}, 'v'},
        {"change", {"变动", "Change", 12, 'r'}, 'd'},
        {"causes.results", {"实绩", "Results", 12, 'r'}, 'd'},
        {"causes.targets", {"指标值", "Targets", 12, 'r'}, 'd'},
        {"causes.weights", {"分值", "Weights", 12, 'r'}, 'd'},
        {"causes.rules", {"评分规则", "Rules", 11, 'r'}, 'd'},
        {"causes.indicators", {"指标增减", "Indicators", 11, 'r'}, 'd'}};
    for (size_t i = 0; i < order_sections(d); i++) {
        const sy_view changes = view_table(&d->funds, i, "changes");
        for (size_t k = 0; k < changes.count; k++) {
            const sy_view drivers = view_table(&changes, k, "drivers");
            if (drivers.count == 0)
                continue;
            html_head(d, 3);
            view_put_fund(d, i);
            html_sayf(d, "（%ld→%ld）", " (%ld→%ld)", view_integer(&changes, k, "from"),
                      view_integer(&changes, k, "to"));
            html_head_end(d, 3);
            put_rows(d, &drivers, fields, COUNT(fields), DRIVERS_MAX);
        }
    }
    order_left_out(d);
}

static void put_compare(struct doc *d)
{
    static const struct field years[] = {{"", {"评价对象", "Fund", 36, 'l'}, 'v'},
                                         {"year", {"年度", "Year", 13, 'c'}, 'v'},
                                         {"score", {"得分", "Score", 14, 'r'}, 'v'},
                                         {"grade", {"等级", "Grade", 12, 'c'}, 'v'},
                                         {"rank", {"名次", "Rank", 10, 'r'}, 'v'},
                                         {"coverage", {"可评率", "Coverage", 15, 'r'}, 's'}};
    static const struct field causes[] = {
        {"", {"评价对象", "Fund", 20, 'l'}, 'v'},
        {"from", {"自", "From", 8, 'c'}, 'v'},
        {"to", {"至", "To", 8, 'c'}, 'v'},
        {"change", {"变化", "Change", 9, 'r'}, 'd'},
        {"causes.results", {"实绩", "Results", 8, 'r'}, 'd'},
        {"causes.targets", {"指标值", "Targets", 8, 'r'}, 'd'},
        {"causes.weights", {"分值", "Weights", 8, 'r'}, 'd'},
        {"causes.rules", {"规则", "Rules", 8, 'r'}, 'd'},
        {"causes.indicators", {"指标增减", "Indicators", 8, 'r'}, 'd'},
        {"causes.adjustments", {"加减分", "Adjustments", 8, 'r'}, 'd'},
        {"causes.rounding", {"舍入", "Rounding", 7, 'r'}, 'd'}};
    html_title(d, 1, "各年度得分", "Scores by year");
    put_by_fund(d, "years", years, COUNT(years));
    html_title(d, 1, "得分变化及原因", "Changes and their causes");
    put_by_fund(d, "changes", causes, COUNT(causes));
    put_sentences(d);
    html_title(d, 1, "变化的主要指标", "Indicators that drive the changes");
    put_drivers(d);
}

/* Sensitivity */

static void put_sensitivity(struct doc *d)
{
    static const struct field funds[] = {{"name", {"评价对象", "Fund", 19, 'l'}, 'v'},
                                         {"year", {"年度", "Year", 8, 'c'}, 'v'},
                                         {"score", {"得分", "Score", 9, 'r'}, 'v'},
                                         {"grade", {"等级", "Grade", 8, 'c'}, 'v'},
                                         {"rank", {"名次", "Rank", 6, 'r'}, 'v'},
                                         {"drawn.p05", {"5%分位", "5th per cent", 9, 'r'}, 'v'},
                                         {"drawn.p95", {"95%分位", "95th per cent", 9, 'r'}, 'v'},
                                         {"drawn.min", {"最低", "Lowest", 8, 'r'}, 'v'},
                                         {"drawn.max", {"最高", "Highest", 8, 'r'}, 'v'},
                                         {"ranks.best", {"最好名次", "Best rank", 8, 'r'}, 'v'},
                                         {"ranks.worst", {"最差名次", "Worst rank", 8, 'r'}, 'v'}};
    static const struct field indicators[] = {
        {"type", {"类型", "Type", 16, 'l'}, 'v'},
        {"year", {"年度", "Year", 9, 'c'}, 'v'},
        {"name", {"指标", "Indicator", 29, 'l'}, 'v'},
        {"decides", {"决定作用", "Decides", 12, 'r'}, 's'},
        {"mean_change", {"平均变动", "Mean change", 12, 'r'}, 'v'},
        {"greatest_change", {"最大变动", "Greatest change", 12, 'r'}, 'd'},
        {"regraded", {"改变等级", "Regraded", 10, 'r'}, 'v'}};
    const sy_view list = view_table(&d->report, 0, "indicators");
    sy_cell cell = view_get(&d->report, 0, "spread");
    html_open(d, NULL);
    html_say(d, "分值随机变动的幅度：±", "Weights vary by ±");
    view_put_share(d, &cell);
    html_say(d, "；次数：", "; draws: ");
    cell = view_get(&d->report, 0, "draws");
    view_put_or_missing(d, &cell);
    html_say(d, "；种子：", "; seed: ");
    cell = view_get(&d->report, 0, "seed");
    view_put_or_missing(d, &cell);
    html_say(d, "。", ".");
    html_close(d, NULL);
    html_title(d, 1, "得分、等级和名次的稳定性", "How firm scores, grades and ranks are");
    put_rows(d, &d->funds, funds, COUNT(funds), DOCX_TABLE_ROWS);
    html_title(d, 1, "哪些指标的分值起决定作用", "Whose weights decide");
    put_rows(d, &list, indicators, COUNT(indicators), DOCX_TABLE_ROWS);
}

/* Review */

static void put_reviewed(struct doc *d)
{
    static const struct field fields[] = {{"name", {"指标", "Indicator", 23, 'l'}, 'v'},
                                          {"weight", {"分值", "Weight", 8, 'r'}, 'v'},
                                          {"claimed", {"自评", "Claimed", 9, 'r'}, 'v'},
                                          {"recomputed", {"复算", "Recomputed", 9, 'r'}, 'v'},
                                          {"difference", {"差异", "Difference", 9, 'r'}, 'd'},
                                          {"verdict", {"结论", "Verdict", 12, 'c'}, 'c'},
                                          {"reason", {"复算依据", "Reason", 30, 'l'}, 'v'}};
    for (size_t i = 0; i < order_sections(d); i++) {
        const sy_view items = view_table(&d->funds, i, "indicators");
        html_head(d, 3);
        view_put_fund(d, i);
        html_head_end(d, 3);
        put_rows(d, &items, fields, COUNT(fields), DOCX_TABLE_ROWS);
    }
    order_left_out(d);
}

static void put_review(struct doc *d)
{
    static const struct field funds[] = {
        {"name", {"评价对象", "Fund", 20, 'l'}, 'v'},
        {"year", {"年度", "Year", 8, 'c'}, 'v'},
        {"claimed_total", {"自评总分", "Claimed", 9, 'r'}, 'v'},
        {"recomputed_total", {"复算总分", "Recomputed", 9, 'r'}, 'v'},
        {"claimed_grade", {"自评等级", "Grade claimed", 8, 'c'}, 'v'},
        {"grade", {"复算等级", "Grade", 8, 'c'}, 'v'},
        {"advice", {"办法", "What to do", 11, 'c'}, 'c'},
        {"why", {"缘由", "Why", 27, 'l'}, 'v'}};
    static const struct field verdicts[] = {{"verdict", {"结论", "Verdict", 50, 'l'}, 'c'},
                                            {"rows", {"指标数", "Indicators", 25, 'r'}, 'v'},
                                            {"points", {"分值", "Points", 25, 'r'}, 'v'}};
    static const struct field worst[] = {{"fund", {"评价对象", "Fund", 22, 'l'}, 'v'},
                                         {"year", {"年度", "Year", 9, 'c'}, 'v'},
                                         {"over", {"净多报", "Over", 10, 'r'}, 'd'},
                                         {"advice", {"办法", "What to do", 14, 'c'}, 'c'},
                                         {"why", {"缘由", "Why", 45, 'l'}, 'v'}};
    const sy_view summary = view_table(&d->report, 0, "summary");
    const sy_view by_verdict = view_table(&summary, 0, "verdicts");
    const sy_view list = view_table(&summary, 0, "worst");
    html_title(d, 1, "复核结论", "Verdicts");
    put_rows(d, &by_verdict, verdicts, COUNT(verdicts), DOCX_TABLE_ROWS);
    html_title(d, 1, "工作清单（最要紧的在前）", "Worklist, worst first");
    put_rows(d, &list, worst, COUNT(worst), DOCX_TABLE_ROWS);
    html_title(d, 1, "各评价对象的自评与复算", "Claimed and recomputed");
    put_rows(d, &d->funds, funds, COUNT(funds), DOCX_TABLE_ROWS);
    html_title(d, 2, "逐项复核", "Indicator by indicator");
    put_reviewed(d);
}

/* A table with the columns that it has. */
static void put_table(struct doc *d)
{
    const sy_view rows = view_table(&d->report, 0, "rows");
    struct field fields[COLUMNS_MAX];
    const sy_column *columns = rows.ops != NULL ? rows.ops->columns(rows.ctx) : NULL;
    size_t all = rows.ops != NULL ? rows.ops->ncolumns : 0, n = 0;
    for (; n < all && n < COLUMNS_MAX; n++) {
        const char *label = columns[n].label != NULL ? columns[n].label : columns[n].name;
        const size_t shown = all < COLUMNS_MAX ? all : COLUMNS_MAX;
        fields[n] =
            (struct field){columns[n].name,
                           {label, label, (int)(100 / shown), (char)(columns[n].right ? 'r' : 'l')},
                           'v'};
    }
    put_rows(d, &rows, fields, n, DOCX_TABLE_ROWS);
}

static void put_head(struct doc *d, const char *zh, const char *en)
{
    html_open(d, "Title");
    html_say(d, zh, en);
    html_close(d, "Title");
    const sy_cell title = view_get(&d->evaluation, 0, "title");
    if (view_is_text(&title)) {
        html_open(d, "Unit");
        view_put(d, &title);
        html_close(d, "Unit");
    }
    html_open(d, "Draft Note");
    html_sayf(d, "由杆秤（Steelyard %s）根据评价数据生成；没有的数字写作“—”。",
              "Made by Steelyard %s from the data of the evaluation; “–” is a figure that is not "
              "there.",
              STEELYARD_VERSION);
    html_close(d, "Draft Note");
}

void kinds_write(struct doc *d, const char *kind, const struct codes *codes)
{
    static const struct {
        const char *kind, *zh, *en;
        void (*put)(struct doc *);
    } kinds[] = {{"compare", "年度比较报告", "Years compared", put_compare},
                 {"sensitivity", "分值敏感性分析报告", "Sensitivity to weights", put_sensitivity},
                 {"review", "自评复核报告", "Review of self-evaluations", put_review},
                 {"table", "评价数据表", "Table", put_table}};
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (strcmp(kind, kinds[i].kind) != 0)
            continue;
        put_head(d, kinds[i].zh, kinds[i].en);
        kinds[i].put(d);
        if (codes->n > 0) {
            html_title(d, 1, "数据疑点", "Findings in the data");
            problems_put_findings(d, codes);
        }
        return;
    }
    html_fail(d, SY_EUSAGE, "the format docx does not know reports of the kind '%s'", kind);
}
