/*
 * spending.c - section 2, the money: budget against final accounts, and how the money of each fund
 * was used. What is not given is neither 0 nor guessed; sums say what they leave out.
 */
#include <stdio.h>
#include <string.h>

#include "docx.h"

#define KEY_MAX 96

/* A figure of the final accounts and its budget. */
struct pair {
    bool has_budget;
    double final, budget;
};

static bool find_money(const struct doc *d, const sy_view *facts, const char *head, const char *key,
                       const char *tail, double *out)
{
    char name[2 * KEY_MAX];
    snprintf(name, sizeof name, "%s%s%s", head, key, tail);
    return money_fact(d, facts, name, out);
}

/* income and budget_income, exp_science and budget_science, sangong and sangong_budget; what is
 * named as expenditure or income has a row also where its budget is not given. */
static bool read_pair(const struct doc *d, const sy_view *facts, size_t row, struct pair *out)
{
    char key[KEY_MAX];
    const sy_cell cell = view_get(facts, row, "fact");
    view_copy(&cell, key, sizeof key);
    const size_t len = strlen(key);
    if (words_is_derived(key) || strncmp(key, "budget", 6) == 0 ||
        (len > 7 && strcmp(key + len - 7, "_budget") == 0) || !money_is(d, facts, row, &out->final))
        return false;
    const bool sort = strncmp(key, "exp_", 4) == 0;
    out->has_budget = find_money(d, facts, "budget_", sort ? key + 4 : key, "", &out->budget) ||
                      find_money(d, facts, "", key, "_budget", &out->budget);
    return out->has_budget || sort || strcmp(key, "income") == 0 ||
           strncmp(key, "income_", 7) == 0 || strcmp(key, "expenditure") == 0;
}

bool spending_pairs(const struct doc *d, const sy_view *facts, size_t row)
{
    struct pair pair;
    return read_pair(d, facts, row, &pair);
}

static void put_money_cell(struct doc *d, bool known, double amount)
{
    table_cell(d, 'r', 1, 1);
    if (known)
        money_put(d, amount);
    else
        html_blank(d);
    table_cell_end(d);
}

static void put_unknown_cell(struct doc *d)
{
    table_cell(d, 'r', 1, 1);
    html_say(d, "—", "–");
    table_cell_end(d);
}

/* Final, budget, difference, difference in per cent of the budget. */
static void put_difference_cells(struct doc *d, bool has_final, double final, bool has_budget,
                                 double budget)
{
    put_money_cell(d, has_final, final);
    put_money_cell(d, has_budget, budget);
    if (!has_final || !has_budget) {
        put_unknown_cell(d);
        put_unknown_cell(d);
        return;
    }
    put_money_cell(d, true, money_round(final - budget, 6));
    table_cell(d, 'r', 1, 1);
    money_put_rate(d, final - budget, budget);
    table_cell_end(d);
}

static void put_difference_sentence(struct doc *d, const sy_view *facts, size_t row,
                                    const struct pair *p)
{
    const double change = money_round(p->final - p->budget, 6);
    html_open(d, NULL);
    words_put_fact(d, facts, row);
    html_say(d, "：决算数", ": final accounts ");
    money_put_unit(d, p->final);
    html_say(d, "，预算数", ", budget ");
    money_put_unit(d, p->budget);
    if (change == 0) {
        html_say(d, "，两者一致。", ": no difference.");
    } else {
        html_say(d, change > 0 ? "，比预算数增加" : "，比预算数减少",
                 change > 0 ? ": more than budgeted by " : ": less than budgeted by ");
        money_put_unit(d, change > 0 ? change : -change);
        if (p->budget != 0) {
            html_say(d, "，差异率", " (");
            money_put_rate(d, p->final - p->budget, p->budget);
            html_say(d, "", ")");
        }
        html_say(d, "。差异原因：", ". Reasons: ");
        html_by_hand(d, "【待补充】", "[to be completed]");
    }
    html_close(d, NULL);
}

static void open_pairs(struct doc *d, size_t fund)
{
    static const struct table_column columns[] = {{"项目", "Item", 28, 'l'},
                                                  {"决算数", "Final accounts", 20, 'r'},
                                                  {"预算数", "Budget", 20, 'r'},
                                                  {"比预算数增减", "Difference", 19, 'r'},
                                                  {"增减%", "Per cent", 13, 'r'}};
    html_open(d, "Table Caption");
    view_put_fund(d, fund);
    html_say(d, "预决算差异情况（单位：", ": budget against final accounts, in ");
    money_put_currency(d);
    html_say(d, "）：", ":");
    html_close(d, "Table Caption");
    table_open(d, columns, 5);
}

static bool put_pairs_of(struct doc *d, size_t fund)
{
    const sy_view facts = view_table(&d->funds, fund, "facts");
    struct pair p = {0};
    bool any = false;
    for (size_t i = 0; i < facts.count; i++) {
        if (!read_pair(d, &facts, i, &p))
            continue;
        if (!any)
            open_pairs(d, fund);
        any = true;
        table_row(d);
        table_cell(d, 'l', 1, 1);
        words_put_fact(d, &facts, i);
        table_cell_end(d);
        put_difference_cells(d, true, p.final, p.has_budget, p.budget);
        table_row_end(d);
    }
    if (!any)
        return false;
    table_close(d);
    for (size_t i = 0; i < facts.count; i++) {
        const sy_cell key = view_get(&facts, i, "fact");
        if ((view_equals(&key, "income") || view_equals(&key, "expenditure")) &&
            read_pair(d, &facts, i, &p) && p.has_budget)
            put_difference_sentence(d, &facts, i, &p);
    }
    return true;
}

/* Funds that tell what was planned at the beginning of the year, and what was spent. */
static size_t put_initial(struct doc *d)
{
    static const struct table_column columns[] = {{"评价对象", "Fund", 28, 'l'},
                                                  {"全年执行数", "Spent", 20, 'r'},
                                                  {"年初预算数", "Initial budget", 20, 'r'},
                                                  {"比年初预算增减", "Difference", 19, 'r'},
                                                  {"增减%", "Per cent", 13, 'r'}};
    size_t n = 0;
    for (size_t i = 0; i < d->funds.count; i++) {
        const size_t fund = d->order[i];
        const sy_view facts = view_table(&d->funds, fund, "facts");
        double spent, budget;
        if (!money_fact(d, &facts, "spent", &spent) ||
            !money_fact(d, &facts, "budget_initial", &budget) || n++ >= DOCX_TABLE_ROWS)
            continue;
        if (n == 1) {
            html_open(d, "Table Caption");
            html_say(d, "全年执行数与年初预算数比较（单位：",
                     "Spent against the initial budget, in ");
            money_put_currency(d);
            html_say(d, "）：", ":");
            html_close(d, "Table Caption");
            table_open(d, columns, 5);
        }
        table_row(d);
        table_cell(d, 'l', 1, 1);
        view_put_fund(d, fund);
        table_cell_end(d);
        put_difference_cells(d, true, spent, true, budget);
        table_row_end(d);
    }
    if (n > 0)
        table_close(d);
    table_left_out(d, n > DOCX_TABLE_ROWS ? n - DOCX_TABLE_ROWS : 0);
    return n;
}

/* The use of funds */

enum { INITIAL, BUDGET, ALLOTTED, RECEIVED, SPENT, NUSES };

static const char *const USE_KEYS[NUSES] = {"budget_initial", "budget", "allotted", "received",
                                            "spent"};

/* Sums of what is given. */
struct uses {
    double sum[NUSES];
    size_t n[NUSES];
    double rated_spent, rated_budget; /* of funds that tell both */
    size_t rated, funds;
};

static void add_use(struct uses *sum, const bool *known, const double *value)
{
    sum->funds++;
    for (size_t k = 0; k < NUSES; k++) {
        sum->sum[k] += known[k] ? value[k] : 0;
        sum->n[k] += known[k];
    }
    if (known[BUDGET] && known[SPENT]) {
        sum->rated++;
        sum->rated_budget += value[BUDGET];
        sum->rated_spent += value[SPENT];
    }
}

static void put_use_row(struct doc *d, size_t fund, const bool *known, const double *value)
{
    table_row(d);
    table_cell(d, 'l', 1, 1);
    view_put_fund(d, fund);
    table_cell_end(d);
    for (size_t k = 0; k < NUSES; k++)
        put_money_cell(d, known[k], value[k]);
    table_cell(d, 'r', 1, 1);
    if (known[BUDGET] && known[SPENT])
        money_put_rate(d, value[SPENT], value[BUDGET]);
    else
        html_blank(d);
    table_cell_end(d);
    table_row_end(d);
}

static void put_use_sums(struct doc *d, const struct uses *sum)
{
    table_row(d);
    table_cell(d, 'l', 1, 1);
    html_say(d, "合计", "Sum");
    table_cell_end(d);
    for (size_t k = 0; k < NUSES; k++) {
        table_cell(d, 'r', 1, 1);
        if (sum->n[k] == 0)
            html_blank(d);
        else
            money_put(d, money_round(sum->sum[k], 6));
        if (sum->n[k] > 0 && sum->n[k] < sum->funds)
            html_sayf(d, "（%zu个，缺%zu个）", " (of %zu; %zu not given)", sum->n[k],
                      sum->funds - sum->n[k]);
        table_cell_end(d);
    }
    table_cell(d, 'r', 1, 1);
    if (sum->rated > 0)
        money_put_rate(d, sum->rated_spent, sum->rated_budget);
    else
        html_blank(d);
    if (sum->rated > 0 && sum->rated < sum->funds)
        html_sayf(d, "（%zu个）", " (of %zu)", sum->rated);
    table_cell_end(d);
    table_row_end(d);
}

static void put_uses(struct doc *d)
{
    static const struct table_column columns[] = {{"评价对象", "Fund", 20, 'l'},
                                                  {"年初预算数", "Initial budget", 14, 'r'},
                                                  {"全年预算数", "Full-year budget", 14, 'r'},
                                                  {"下达数", "Allotted", 14, 'r'},
                                                  {"到位数", "Received", 14, 'r'},
                                                  {"全年执行数", "Spent", 14, 'r'},
                                                  {"执行率", "Rate", 10, 'r'}};
    struct uses sum = {0};
    html_open(d, "Table Caption");
    html_say(d, "各评价对象资金（单位：", "Money of each fund, in ");
    money_put_currency(d);
    html_say(d, "；执行率＝全年执行数÷全年预算数）：", "; rate = spent ÷ full-year budget:");
    html_close(d, "Table Caption");
    table_open(d, columns, 7);
    for (size_t i = 0; i < d->funds.count; i++) {
        const sy_view facts = view_table(&d->funds, d->order[i], "facts");
        bool known[NUSES];
        double value[NUSES] = {0};
        for (size_t k = 0; k < NUSES; k++)
            known[k] = money_fact(d, &facts, USE_KEYS[k], &value[k]);
        if (i >= d->nwholes)
            add_use(&sum, known, value);
        if (i < DOCX_TABLE_ROWS)
            put_use_row(d, d->order[i], known, value);
    }
    if (sum.funds > 1)
        put_use_sums(d, &sum);
    table_close(d);
    table_left_out(d, d->funds.count > DOCX_TABLE_ROWS ? d->funds.count - DOCX_TABLE_ROWS : 0);
    if (sum.funds > 1) {
        html_open(d, "Table Note");
        html_say(
            d,
            "合计只加数据提供的数字，不含整体支出（其中已有各项目）；括号内为提供该数的对象个数。",
            "Sums add up what is given, without funds that contain others; in brackets: how "
            "many funds give the figure.");
        html_close(d, "Table Note");
    }
}

void spending_write(struct doc *d)
{
    bool any = false;
    html_title(d, 1, "支出及绩效情况", "Expenditure and performance");
    html_title(d, 2, "预决算情况", "Budget and final accounts");
    for (size_t i = 0; i < order_sections(d); i++)
        any = put_pairs_of(d, d->order[i]) || any;
    const size_t n = put_initial(d);
    if (!any && n == 0) {
        html_open(d, NULL);
        html_say(d, "决算数与预算数、全年执行数与年初预算数：数据未提供，无法比较。",
                 "Final accounts and their budgets, initial budgets and what was spent of them: "
                 "not given in the data, so that nothing can be compared. ");
        html_by_hand(d, "【待补充】", "[to be completed]");
        html_close(d, NULL);
    } else if (n > 0 && n < d->funds.count) {
        html_open(d, "Table Note");
        html_sayf(d, "另有%zu个评价对象未同时提供年初预算数和全年执行数，不作比较。",
                  "%zu other funds do not give both initial budget and spending, and are not "
                  "compared.",
                  d->funds.count - n);
        html_close(d, "Table Note");
    }
    html_title(d, 2, "资金使用情况", "Use of funds");
    put_uses(d);
}
