/*
 * form_head.c - the upper part of a form: title, whose it is, money, goals.
 */
#include <math.h>
#include <string.h>

#include "form.h"

#define PER_WAN 10000.0 /* 元 in 万元 */

static struct spot span(const struct form *f, lxw_row_t row, lxw_col_t from, lxw_col_t to)
{
    return (struct spot){f->sheet, row, row, from, to};
}

static void write_title(struct form *f)
{
    struct book *b = f->b;
    struct text title = {0};
    const sy_cell year = tree_get(&f->fund, "year");
    book_check(b, worksheet_set_row(f->sheet, 0, 28, NULL));
    book_str(b, span(f, 0, COL_SIDE, COL_NOTE),
             book_word(b, "项目支出绩效自评表", "Self-evaluation of project spending"),
             STYLE_TITLE);
    text_printf(&title, book_word(b, "（%d年度）", "(year %d)"), (int)year.integer);
    b->nomem = b->nomem || title.failed;
    book_str(b, span(f, 1, COL_SIDE, COL_NOTE), text_of(&title), STYLE_SUBTITLE);
    text_dispose(&title);
    f->row = 2;
}

/* Rows without long texts. */
static void set_heights(struct form *f, lxw_row_t from)
{
    for (lxw_row_t row = from; row < f->row; row++)
        form_height(f, row, 1);
}

/* What is not known stays open, as on paper. */
static void write_field(struct form *f, struct spot at, const sy_cell *cell)
{
    if (tree_has(cell))
        book_cell(f->b, at, cell, STYLE_CENTER);
    else
        book_str(f->b, at, "—", STYLE_CENTER);
}

static sy_cell find_fact(const struct form *f, const char *name)
{
    const sy_cell facts = tree_get(&f->fund, "facts");
    for (size_t i = 0; i < tree_count(&facts); i++) {
        const struct tree row = tree_row(&facts, i);
        const sy_cell fact = tree_get(&row, "fact");
        if (tree_is(&fact, name))
            return tree_get(&row, "text");
    }
    return (sy_cell){0};
}

static void write_whose(struct form *f)
{
    struct book *b = f->b;
    sy_cell cell = tree_get(&f->fund, "name");
    if (!tree_has(&cell))
        cell = tree_get(&f->fund, "fund");
    book_str(b, spot_at(f->sheet, f->row, 0), book_word(b, "项目名称", "Project name"),
             STYLE_LABEL);
    write_field(f, span(f, f->row, COL_LEVEL1, COL_NAME), &cell);
    cell = tree_get(&f->fund, "year");
    book_str(b, spot_at(f->sheet, f->row, COL_TARGET), book_word(b, "年度", "Year"), STYLE_LABEL);
    write_field(f, span(f, f->row++, COL_ACTUAL, COL_NOTE), &cell);

    cell = tree_get(&f->fund, "department");
    book_str(b, spot_at(f->sheet, f->row, 0), book_word(b, "主管部门", "Competent department"),
             STYLE_LABEL);
    write_field(f, span(f, f->row, COL_LEVEL1, COL_NAME), &cell);
    cell = find_fact(f, "implementer");
    book_str(b, spot_at(f->sheet, f->row, COL_TARGET),
             book_word(b, "实施单位", "Implementing unit"), STYLE_LABEL);
    write_field(f, span(f, f->row++, COL_ACTUAL, COL_NOTE), &cell);

    cell = tree_get(&f->fund, "type");
    book_str(b, spot_at(f->sheet, f->row, 0), book_word(b, "评价类型", "Evaluation type"),
             STYLE_LABEL);
    write_field(f, span(f, f->row, COL_LEVEL1, COL_NAME), &cell);
    cell = tree_get(&f->fund, "fund");
    book_str(b, spot_at(f->sheet, f->row, COL_TARGET), book_word(b, "对象编号", "Fund"),
             STYLE_LABEL);
    write_field(f, span(f, f->row++, COL_ACTUAL, COL_NOTE), &cell);
}

/* Money */

static void write_amount(struct form *f, lxw_col_t column, double amount)
{
    if (isnan(amount))
        book_str(f->b, spot_at(f->sheet, f->row, column), "—", STYLE_CENTER);
    else
        book_number(f->b, spot_at(f->sheet, f->row, column), amount / PER_WAN, "#,##0.00####",
                    STYLE_CENTER);
}

static void reference(struct text *out, lxw_row_t row, lxw_col_t column)
{
    text_clear(out);
    book_reference(out, row, column, false);
}

/* 全年执行数 ÷ 全年预算数, computed in its cell. */
static void write_rate(struct form *f, double budget, double spent)
{
    struct text formula = {0};
    if (!(budget > 0) || isnan(spent)) {
        book_str(f->b, spot_at(f->sheet, f->row, COL_SCORE), "—", STYLE_CENTER);
        return;
    }
    text_str(&formula, "=");
    book_reference(&formula, f->row, COL_ACTUAL, false);
    text_str(&formula, "/");
    book_reference(&formula, f->row, COL_TARGET, false);
    f->b->nomem = f->b->nomem || formula.failed;
    book_formula(f->b, spot_at(f->sheet, f->row, COL_SCORE), text_of(&formula), spent / budget,
                 "0.00%", STYLE_CENTER);
    text_dispose(&formula);
}

/* Points of the budget row, by its rule over the execution rate beside it. False: the rule has no
 * formula. */
static bool write_points_formula(struct form *f, const struct tree *item, double score)
{
    struct text a = {0}, t = {0}, x = {0}, formula = {0}, weight = {0};
    const sy_cell expression = tree_get(item, "formula");
    bool made = false;
    text_str(&a, "(");
    book_reference(&a, f->row, COL_ACTUAL, false);
    text_str(&a, "/");
    book_reference(&a, f->row, COL_TARGET, false);
    text_str(&a, "*100)");
    if (expression.type == SY_CELL_TEXT) {
        struct text rule = {0};
        text_add(&rule, expression.text, expression.text_len);
        const sy_cell target = tree_get(item, "read_target");
        if (tree_has(&target))
            book_add_number(f->b, &t, tree_number(&target));
        reference(&weight, f->row, COL_WEIGHT);
        text_printf(&x, "%s*(", text_of(&weight));
        const struct form_names names = {text_of(&a), t.len ? text_of(&t) : NULL, NULL, NULL};
        made = form_expression(&x, text_of(&rule), rule.len, &names);
        text_str(&x, ")");
        f->b->nomem = f->b->nomem || rule.failed;
        text_dispose(&rule);
    }
    text_str(&formula, "=");
    if (made && f->at_total)
        text_str(&formula, text_of(&x));
    else if (made)
        form_round(f, &formula, text_of(&x));
    f->b->nomem = f->b->nomem || a.failed || t.failed || x.failed || formula.failed;
    if (made && book_good(f->b))
        book_formula(f->b, spot_at(f->sheet, f->row, COL_NOTE), text_of(&formula), score,
                     form_places(f), STYLE_CENTER);
    text_dispose(&a);
    text_dispose(&t);
    text_dispose(&x);
    text_dispose(&formula);
    text_dispose(&weight);
    return made;
}

/* Weight and points of 预算执行率, where the form has it in this block. */
static void write_budget_row(struct form *f, double budget, double spent)
{
    if (f->budget == f->nitems) {
        book_blank(f->b, spot_at(f->sheet, f->row, COL_WEIGHT), STYLE_CENTER);
        write_rate(f, budget, spent);
        book_blank(f->b, spot_at(f->sheet, f->row, COL_NOTE), STYLE_CENTER);
        return;
    }
    const struct form_item *own = &f->items[f->budget];
    const struct tree item = form_item_tree(f, own->index);
    const sy_cell weight = tree_get(&item, "weight");
    write_field(f, spot_at(f->sheet, f->row, COL_WEIGHT), &weight);
    write_rate(f, budget, spent);
    const struct spot at = spot_at(f->sheet, f->row, COL_NOTE);
    if (isnan(own->score))
        book_str(f->b, at, "—", STYLE_CENTER);
    else if (!write_points_formula(f, &item, own->score))
        book_number(f->b, at, own->score, form_places(f), STYLE_CENTER);
}

static void write_money(struct form *f)
{
    static const char *const zh[] = {"年初预算数", "全年预算数", "全年执行数",
                                     "分值",       "执行率",     "得分"},
                             *const en[] = {"Initial budget",     "Full-year budget",
                                            "Full-year spending", "Weight",
                                            "Execution rate",     "Score"};
    struct book *b = f->b;
    const double budget = form_fact(f, "budget"), spent = form_fact(f, "spent");
    book_str(b, (struct spot){f->sheet, f->row, f->row + 1, COL_SIDE, COL_SIDE},
             book_word(b, "项目资金（万元）", "Project funds (万元)"), STYLE_LABEL);
    book_blank(b, span(f, f->row, COL_LEVEL1, COL_LEVEL2), STYLE_LABEL);
    for (lxw_col_t i = 0; i < 6; i++)
        book_str(b, spot_at(f->sheet, f->row, (lxw_col_t)(COL_NAME + i)), b->zh ? zh[i] : en[i],
                 STYLE_HEAD);
    f->money_row = ++f->row;
    book_str(b, span(f, f->row, COL_LEVEL1, COL_LEVEL2),
             book_word(b, "年度资金总额", "Total funds"), STYLE_LABEL);
    write_amount(f, COL_NAME, form_fact(f, "budget_initial"));
    write_amount(f, COL_TARGET, budget);
    write_amount(f, COL_ACTUAL, spent);
    write_budget_row(f, budget, spent);
    f->row++;
}

/* Goals */

static void write_goals(struct form *f)
{
    struct book *b = f->b;
    const struct spot label = {f->sheet, f->row, f->row + 1, COL_SIDE, COL_SIDE};
    book_str(b, label, book_word(b, "年度总体目标", "Goal of the year"), STYLE_LABEL);
    book_str(b, span(f, f->row, COL_LEVEL1, COL_TARGET), book_word(b, "预期目标", "Expected goal"),
             STYLE_HEAD);
    book_str(b, span(f, f->row++, COL_ACTUAL, COL_NOTE),
             book_word(b, "实际完成情况", "What was achieved"), STYLE_HEAD);
    sy_cell cell = find_fact(f, "goal_target");
    const size_t lines = form_lines(f, &cell, COL_LEVEL1, COL_TARGET);
    write_field(f, span(f, f->row, COL_LEVEL1, COL_TARGET), &cell);
    cell = find_fact(f, "goal_actual");
    write_field(f, span(f, f->row, COL_ACTUAL, COL_NOTE), &cell);
    const size_t others = form_lines(f, &cell, COL_ACTUAL, COL_NOTE);
    form_height(f, f->row++, others > lines ? others : lines);
}

void form_head(struct form *f)
{
    write_title(f);
    write_whose(f);
    write_money(f);
    set_heights(f, 2);
    form_height(f, f->row, 1); /* the heading of goals */
    write_goals(f);
}
