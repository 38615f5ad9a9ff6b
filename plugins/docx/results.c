/*
 * results.c - section 2, the results: of each fund its money, what was spent on what, and its
 * indicators by level with target and actual as written.
 */
#include <stdlib.h>
#include <string.h>

#include "docx.h"

#define KEY_MAX    96
#define LABEL_MAX  160
#define LABELS_MAX 256 /* of different branches of one fund */

/* An actual or target in print where nothing was written: computed, or of the yardstick. */
static void put_computed(struct doc *d, const sy_view *items, size_t row, const char *name)
{
    sy_cell cell = view_get(items, row, name);
    double value;
    if (!view_number(&cell, &value)) {
        if (!view_put(d, &cell))
            html_blank(d);
        return;
    }
    char unit[KEY_MAX];
    cell = view_get(items, row, "unit");
    view_copy(&cell, unit, sizeof unit);
    if (strcmp(unit, d->currency) == 0) {
        /* What was computed is no more exact than people write: to 100, that is 0.01万. */
        money_put_unit(d, money_round(value, value > -10000 && value < 10000 ? 2 : -2));
    } else {
        view_put_points(d, money_round(value, strcmp(unit, "%") == 0 ? 2 : 4));
        html_text(d, unit, strlen(unit));
    }
    html_say(d, "（计算）", " (computed)");
}

static void put_written(struct doc *d, const sy_view *items, size_t row, const char *text,
                        const char *value)
{
    sy_cell cell = view_get(items, row, text);
    if (!view_put(d, &cell))
        put_computed(d, items, row, value);
}

void results_put_target(struct doc *d, const sy_view *items, size_t row)
{
    put_written(d, items, row, "target_text", "target");
}

void results_put_actual(struct doc *d, const sy_view *items, size_t row)
{
    const sy_cell text = view_get(items, row, "actual_text");
    const bool written = view_is_text(&text) && text.text_len > 0;
    const sy_cell rating = view_get(items, row, "rating");
    if (!written && view_is_text(&rating) && rating.text_len > 0) {
        html_say(d, "评定：", "rated: ");
        view_put(d, &rating);
        return;
    }
    put_written(d, items, row, "actual_text", "actual");
}

/* The money of a fund */

static void put_dates(struct doc *d, const sy_view *facts)
{
    for (size_t i = 0; i < facts->count; i++) {
        sy_cell cell = view_get(facts, i, "fact");
        if (!view_equals(&cell, "allotted_on") && !view_equals(&cell, "paid_on"))
            continue;
        html_say(d, "；", "; ");
        words_put_fact(d, facts, i);
        html_raw(d, " ");
        cell = view_get(facts, i, "text");
        view_put_or_missing(d, &cell);
    }
}

static void put_money(struct doc *d, const sy_view *facts)
{
    static const struct {
        const char *key, *zh, *en;
    } uses[] = {{"budget_initial", "年初预算数", "initial budget "},
                {"budget", "全年预算数", "full-year budget "},
                {"allotted", "下达数", "allotted "},
                {"received", "到位数", "received "},
                {"spent", "全年执行数", "spent "}};
    double value, spent = 0, budget = 0;
    html_open(d, NULL);
    html_say(d, "资金完成情况：", "Money: ");
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
        if (i > 0)
            html_say(d, "，", ", ");
        html_say(d, uses[i].zh, uses[i].en);
        if (money_fact(d, facts, uses[i].key, &value)) {
            money_put_unit(d, value);
        } else {
            html_say(d, "（", "(");
            html_missing(d);
            html_say(d, "）", ")");
        }
    }
    if (money_fact(d, facts, "budget", &budget) && money_fact(d, facts, "spent", &spent)) {
        html_say(d, "，预算执行率", ", execution rate ");
        money_put_rate(d, spent, budget);
    }
    put_dates(d, facts);
    html_say(d, "。", ".");
    html_close(d, NULL);
}

/* Money that is told beside the five figures and the table of final accounts. */
static bool is_other_money(const struct doc *d, const sy_view *facts, size_t row, double *value)
{
    static const char *const elsewhere[] = {"budget_initial", "budget", "allotted", "received",
                                            "spent"};
    char key[KEY_MAX];
    const sy_cell cell = view_get(facts, row, "fact");
    view_copy(&cell, key, sizeof key);
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        if (strcmp(key, elsewhere[i]) == 0)
            return false;
    return !words_is_derived(key) && strncmp(key, "budget_", 7) != 0 &&
           money_is(d, facts, row, value) && !spending_pairs(d, facts, row);
}

static void put_other_money(struct doc *d, const sy_view *facts)
{
    bool any = false;
    double value;
    for (size_t i = 0; i < facts->count; i++) {
        if (!is_other_money(d, facts, i, &value))
            continue;
        if (!any) {
            html_open(d, NULL);
            html_say(d, "其他资金数据：", "Other amounts: ");
        } else {
            html_say(d, "，", ", ");
        }
        any = true;
        words_put_fact(d, facts, i);
        html_say(d, "", " ");
        money_put_unit(d, value);
    }
    if (any) {
        html_say(d, "。", ".");
        html_close(d, NULL);
    }
}

/* The indicators of a fund by branch. */

struct place {
    size_t row;
    unsigned level1, level2;
};

/* Names of branches, numbered as they first come. Owns: text. */
struct labels {
    char (*text)[LABEL_MAX];
    unsigned n;
};

static unsigned find_label(struct labels *l, const sy_cell *cell)
{
    char text[LABEL_MAX];
    view_copy(cell, text, sizeof text);
    for (unsigned i = 0; i < l->n; i++)
        if (strcmp(l->text[i], text) == 0)
            return i;
    if (l->n == LABELS_MAX)
        return LABELS_MAX - 1;
    strcpy(l->text[l->n], text);
    return l->n++;
}

static int compare_places(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->level1 != y->level1)
        return x->level1 < y->level1 ? -1 : 1;
    if (x->level2 != y->level2)
        return x->level2 < y->level2 ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* NULL: no memory. */
static struct place *sort_items(const sy_view *items, struct labels *l)
{
    struct place *places = calloc(items->count + 1, sizeof *places);
    if (places == NULL)
        return NULL;
    for (size_t i = 0; i < items->count; i++) {
        sy_cell cell = view_get(items, i, "level1");
        places[i].row = i;
        places[i].level1 = find_label(l, &cell);
        cell = view_get(items, i, "level2");
        places[i].level2 = find_label(l, &cell);
    }
    qsort(places, items->count, sizeof *places, compare_places);
    return places;
}

/* A row of a branch: "产出指标（分值50，得分19）". */
static void put_level(struct doc *d, const sy_view *levels, const char *name)
{
    table_row(d);
    table_cell(d, 'l', 1, 6);
    html_open(d, "Level Row");
    html_text(d, name, strlen(name));
    for (size_t i = 0; i < levels->count; i++) {
        sy_cell cell = view_get(levels, i, "name");
        if (!view_equals(&cell, name))
            continue;
        html_say(d, "（分值", " (weight ");
        cell = view_get(levels, i, "weight");
        view_put_or_missing(d, &cell);
        html_say(d, "，得分", ", score ");
        cell = view_get(levels, i, "score");
        if (!view_put(d, &cell))
            html_say(d, "无", "none");
        html_say(d, "）", ")");
        break;
    }
    html_close(d, "Level Row");
    table_cell_end(d);
    table_row_end(d);
}

static void put_item(struct doc *d, const sy_view *items, size_t row)
{
    table_row(d);
    view_cell(d, items, row, "level2", 'l');
    view_cell(d, items, row, "name", 'l');
    table_cell(d, 'l', 1, 1);
    results_put_target(d, items, row);
    table_cell_end(d);
    table_cell(d, 'l', 1, 1);
    results_put_actual(d, items, row);
    table_cell_end(d);
    view_cell(d, items, row, "weight", 'r');
    table_cell(d, 'r', 1, 1);
    const sy_cell score = view_get(items, row, "score");
    if (!view_put(d, &score)) {
        const sy_cell word = view_get(items, row, "status_word");
        view_put_or_missing(d, &word);
    }
    table_cell_end(d);
    table_row_end(d);
}

static void put_items(struct doc *d, const sy_view *items, const sy_view *levels,
                      const struct place *places, const struct labels *l)
{
    static const struct table_column columns[] = {
        {"二级指标", "Level 2", 16, 'l'}, {"三级指标", "Indicator", 28, 'l'},
        {"指标值", "Target", 17, 'l'},    {"实际完成值", "Actual", 17, 'l'},
        {"分值", "Weight", 9, 'r'},       {"得分", "Score", 13, 'r'}};
    const size_t n = items->count < DOCX_TABLE_ROWS ? items->count : DOCX_TABLE_ROWS;
    table_open(d, columns, 6);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || places[i].level1 != places[i - 1].level1)
            put_level(d, levels, l->text[places[i].level1]);
        put_item(d, items, places[i].row);
    }
    table_close(d);
    table_left_out(d, items->count - n);
}

static void put_results(struct doc *d, size_t fund)
{
    struct labels l = {.text = calloc(LABELS_MAX, sizeof *l.text)};
    const sy_view items = view_table(&d->funds, fund, "indicators");
    const sy_view levels = view_table(&d->funds, fund, "levels");
    if (items.count == 0) {
        html_open(d, NULL);
        html_say(d, "绩效指标：数据未提供。", "Indicators: not given in the data.");
        html_close(d, NULL);
    } else {
        struct place *places = l.text != NULL ? sort_items(&items, &l) : NULL;
        if (places == NULL)
            html_fail(d, SY_ENOMEM, "out of memory");
        else
            put_items(d, &items, &levels, places, &l);
        free(places);
    }
    free(l.text);
}

static void put_score(struct doc *d, size_t fund)
{
    html_open(d, "Table Caption");
    html_say(d, "绩效情况：", "Performance: ");
    scores_put_sentence(d, fund);
    html_say(d, "各级指标完成情况如下：", " The indicators by level:");
    html_close(d, "Table Caption");
}

void results_write(struct doc *d)
{
    html_title(d, 2, "各评价对象资金和绩效完成情况", "Money and results of each fund");
    for (size_t i = 0; i < order_sections(d); i++) {
        const size_t fund = d->order[i];
        const sy_view facts = view_table(&d->funds, fund, "facts");
        html_head(d, 3);
        view_put_fund(d, fund);
        html_head_end(d, 3);
        put_money(d, &facts);
        put_other_money(d, &facts);
        put_score(d, fund);
        put_results(d, fund);
    }
    order_left_out(d);
}
