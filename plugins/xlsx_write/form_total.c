/*
 * form_total.c - the lower part of a form: the total with points handed on, the grade, adjustments,
 * and the facts that rules read.
 */
#include <math.h>
#include <string.h>

#include "amount.h"
#include "form.h"

static struct spot span(const struct form *f, lxw_row_t row, lxw_col_t from, lxw_col_t to)
{
    return (struct spot){f->sheet, row, row, from, to};
}

/* Adds "SUM(H10:H30)", or with the budget row "SUM(H10:H30)+I7"; a branch, or all. */
struct range {
    lxw_row_t first, last;
    bool rows;
    bool budget; /* the budget row is in it, */
    bool counts; /* and included */
};

static void add_cells(struct text *out, const struct range *r, lxw_col_t column)
{
    book_reference(out, r->first, column, false);
    text_str(out, ":");
    book_reference(out, r->last, column, false);
}

static void add_sum(const struct form *f, struct text *out, const struct range *r, lxw_col_t column,
                    lxw_col_t budget_column, bool budget)
{
    if (r->rows) {
        text_str(out, "SUM(");
        add_cells(out, r, column);
        text_str(out, ")");
    }
    if (budget) {
        text_str(out, r->rows ? "+" : "");
        book_reference(out, f->money_row, budget_column, false);
    } else if (!r->rows) {
        text_str(out, "0");
    }
}

static void add_scores(const struct form *f, struct text *out, const struct range *r)
{
    add_sum(f, out, r, COL_SCORE, COL_NOTE, r->budget && r->counts);
}

static void add_weights(const struct form *f, struct text *out, const struct range *r)
{
    add_sum(f, out, r, COL_WEIGHT, COL_WEIGHT, r->budget);
}

/* The weights of what is included: those whose flag beside the form is 1. */
static void add_included(const struct form *f, struct text *out, const struct range *r)
{
    const bool budget = r->budget && r->counts;
    if (r->rows) {
        text_str(out, "SUMIF(");
        add_cells(out, r, COL_INCLUDED);
        text_str(out, ",1,");
        add_cells(out, r, COL_WEIGHT);
        text_str(out, ")");
    }
    if (budget) {
        text_str(out, r->rows ? "+" : "");
        book_reference(out, f->money_row, COL_WEIGHT, false);
    } else if (!r->rows) {
        text_str(out, "0");
    }
}

static bool same_weight(double a, double b)
{
    return fabs(a - b) <= 1e-9 * (a > 1 ? a : 1);
}

static bool budget_counts(const struct form *f)
{
    return f->budget < f->nitems && f->items[f->budget].included;
}

/* Whether the budget row has a weight to be summed up. */
static bool budget_weighs(const struct form *f)
{
    return f->budget < f->nitems && !isnan(f->items[f->budget].weight);
}

static struct range range_all(const struct form *f)
{
    return (struct range){f->header_row + 1, f->total_row - 1, f->total_row > f->header_row + 1,
                          budget_weighs(f), budget_counts(f)};
}

static struct range range_branch(const struct form *f, const struct form_branch *branch)
{
    return (struct range){branch->first, branch->last, branch->rows,
                          branch->budget && budget_weighs(f), budget_counts(f)};
}

/* (scores) * (weights) / (included weights), rounded but where the total alone is. */
static void add_handed_on(const struct form *f, struct text *out, const struct range *r)
{
    struct text x = {0};
    text_str(&x, "(");
    add_scores(f, &x, r);
    text_str(&x, ")*(");
    add_weights(f, &x, r);
    text_str(&x, ")/(");
    add_included(f, &x, r);
    text_str(&x, ")");
    if (f->at_total)
        text_str(out, text_of(&x));
    else
        form_round(f, out, text_of(&x));
    f->b->nomem = f->b->nomem || x.failed;
    text_dispose(&x);
}

/* Each branch by itself; what branches with nothing left hand on is shared by the others. */
static void add_by_level(const struct form *f, struct text *out, double weight)
{
    struct text held = {0}, parts = {0};
    double holding = 0;
    for (size_t i = 0; i < f->nbranches; i++) {
        const struct form_branch *branch = &f->branches[i];
        const struct range r = range_branch(f, branch);
        if (branch->included <= 0)
            continue;
        holding += branch->weight;
        text_str(&parts, parts.len ? "+" : "");
        text_str(&held, held.len ? "+" : "");
        add_weights(f, &held, &r);
        if (same_weight(branch->weight, branch->included))
            add_scores(f, &parts, &r);
        else
            add_handed_on(f, &parts, &r);
    }
    const bool whole = same_weight(weight, holding);
    const struct range all = range_all(f);
    text_str(out, whole ? "" : "(");
    text_str(out, text_of(&parts));
    if (!whole) {
        text_str(out, ")*(");
        add_weights(f, out, &all);
        text_str(out, ")/(");
        text_str(out, text_of(&held));
        text_str(out, ")");
    }
    f->b->nomem = f->b->nomem || held.failed || parts.failed;
    text_dispose(&held);
    text_dispose(&parts);
}

/* What indicators come to, rounded as the yardstick says. Sums of rounded points need no rounding
 * but that of the doubles they are summed in. */
static void add_base(const struct form *f, struct text *out)
{
    struct text x = {0};
    double weight = 0, included = 0;
    const struct range all = range_all(f);
    for (size_t i = 0; i < f->nbranches; i++) {
        weight += f->branches[i].weight;
        included += f->branches[i].included;
    }
    const bool whole = same_weight(weight, included);
    if (whole)
        add_scores(f, &x, &all);
    else if (f->by_level)
        add_by_level(f, &x, weight);
    else
        add_handed_on(f, &x, &all);
    if (whole && !f->at_total) {
        text_str(out, "ROUND(");
        text_str(out, text_of(&x));
        text_printf(out, ",%d)", f->decimals);
    } else {
        form_round(f, out, text_of(&x));
    }
    f->b->nomem = f->b->nomem || x.failed;
    text_dispose(&x);
}

/* Adjustments stand below the grade, a row each. */
static lxw_row_t adjustment_row(const struct form *f)
{
    return f->total_row + 2;
}

static size_t count_points(const sy_cell *adjustments)
{
    size_t n = 0;
    for (size_t i = 0; i < tree_count(adjustments); i++) {
        const struct tree row = tree_row(adjustments, i);
        const sy_cell points = tree_get(&row, "points");
        n += tree_has(&points);
    }
    return n;
}

static bool has_veto(const sy_cell *adjustments)
{
    for (size_t i = 0; i < tree_count(adjustments); i++) {
        const struct tree row = tree_row(adjustments, i);
        const sy_cell veto = tree_get(&row, "veto");
        if (veto.integer != 0)
            return true;
    }
    return false;
}

static void write_total(struct form *f, struct form_place *place)
{
    struct text formula = {0}, x = {0};
    struct book *b = f->b;
    const sy_cell adjustments = tree_get(&f->fund, "adjustments");
    const sy_cell score = tree_get(&f->fund, "score");
    const struct range all = range_all(f);
    double weight = 0;
    for (size_t i = 0; i < f->nbranches; i++)
        weight += f->branches[i].weight;
    text_str(&formula, "=");
    add_weights(f, &formula, &all);
    book_str(b, span(f, f->row, COL_SIDE, COL_ACTUAL), book_word(b, "总分", "Total"), STYLE_STRONG);
    b->nomem = b->nomem || formula.failed;
    if (book_good(b))
        book_formula(b, spot_at(f->sheet, f->row, COL_WEIGHT), text_of(&formula), weight, NULL,
                     STYLE_STRONG);
    const struct spot spot = spot_at(f->sheet, f->row, COL_SCORE);
    place->scored = tree_has(&score);
    if (!place->scored) {
        book_str(b, spot, "—", STYLE_STRONG);
    } else if (has_veto(&adjustments)) {
        book_number(b, spot, tree_number(&score), book_places(f->decimals), STYLE_STRONG);
    } else {
        add_base(f, &x);
        if (count_points(&adjustments) > 0) {
            struct text sum = {0};
            const lxw_row_t first = adjustment_row(f);
            text_str(&sum, text_of(&x));
            text_str(&sum, "+SUM(");
            book_reference(&sum, first, COL_SCORE, false);
            text_str(&sum, ":");
            book_reference(&sum, first + (lxw_row_t)tree_count(&adjustments) - 1, COL_SCORE, false);
            text_str(&sum, ")");
            text_clear(&x);
            form_round(f, &x, text_of(&sum));
            b->nomem = b->nomem || sum.failed;
            text_dispose(&sum);
        }
        text_clear(&formula);
        text_str(&formula, "=MAX(0,MIN(");
        book_add_number(b, &formula, f->full);
        text_str(&formula, ",");
        text_str(&formula, text_of(&x));
        text_str(&formula, "))");
        b->nomem = b->nomem || formula.failed || x.failed;
        if (book_good(b))
            book_formula(b, spot, text_of(&formula), tree_number(&score), book_places(f->decimals),
                         STYLE_STRONG);
    }
    book_blank(b, spot_at(f->sheet, f->row, COL_NOTE), STYLE_STRONG);
    text_dispose(&formula);
    text_dispose(&x);
    f->row++;
}

/* The place among the grades that adjustments allow at best. */
static size_t find_cap(const sy_cell *grades, const sy_cell *adjustments)
{
    size_t cap = 0;
    for (size_t i = 0; i < tree_count(adjustments); i++) {
        const struct tree row = tree_row(adjustments, i);
        const sy_cell name = tree_get(&row, "cap");
        for (size_t k = cap; tree_has(&name) && k < tree_count(grades); k++) {
            const struct tree grade = tree_row(grades, k);
            const sy_cell own = tree_get(&grade, "name");
            if (own.text_len == name.text_len && memcmp(own.text, name.text, own.text_len) == 0)
                cap = k;
        }
    }
    return cap;
}

/* "优" within a formula. */
static void add_quoted(struct text *out, const sy_cell *words)
{
    text_str(out, "\"");
    for (size_t i = 0; i < words->text_len; i++)
        text_add(out, words->text[i] == '"' ? "\"\"" : &words->text[i],
                 words->text[i] == '"' ? 2 : 1);
    text_str(out, "\"");
}

/* IF(H31>=90,"优",IF(…)): the grade by the printed total. */
static void add_grades(const struct form *f, struct text *out)
{
    const sy_cell grades = tree_get(&f->fund, "grades");
    const sy_cell adjustments = tree_get(&f->fund, "adjustments");
    size_t open = 0, n = tree_count(&grades);
    bool done = false;
    for (size_t i = find_cap(&grades, &adjustments); i < n && !done; i++) {
        const struct tree grade = tree_row(&grades, i);
        const sy_cell from = tree_get(&grade, "from"), name = tree_get(&grade, "name");
        if (tree_has(&from) && tree_number(&from) > 0) {
            text_str(out, "IF(ROUND(");
            book_reference(out, f->total_row, COL_SCORE, false);
            text_str(out, "-");
            book_add_number(f->b, out, tree_number(&from) * f->full / 100);
            text_str(out, ",9)>=0,");
            add_quoted(out, &name);
            text_str(out, ",");
            open++;
        } else {
            add_quoted(out, &name); /* every score has it, or only a cap gives it */
            done = true;
        }
    }
    text_str(out, done ? "" : "\"\"");
    while (open-- > 0)
        text_str(out, ")");
}

static void write_grade(struct form *f, struct form_place *place)
{
    struct book *b = f->b;
    struct text formula = {0}, name = {0};
    const struct spot spot = span(f, f->row, COL_WEIGHT, COL_SCORE);
    sy_cell cell = tree_get(&f->fund, "grade");
    if (cell.type == SY_CELL_TEXT || cell.type == SY_CELL_DATA)
        text_cell(&name, cell.text, cell.text_len, false);
    place->graded = name.len > 0;
    book_str(b, span(f, f->row, COL_SIDE, COL_ACTUAL), book_word(b, "等级", "Grade"), STYLE_STRONG);
    if (place->graded) {
        text_str(&formula, "=");
        add_grades(f, &formula);
        b->nomem = b->nomem || formula.failed || name.failed;
        if (book_good(b))
            book_formula_text(b, spot, text_of(&formula), text_of(&name), STYLE_STRONG);
    } else {
        book_str(b, spot, "—", STYLE_STRONG);
    }
    cell = tree_get(&f->fund, "no_grade");
    book_cell(b, spot_at(f->sheet, f->row, COL_NOTE), &cell, STYLE_TEXT);
    text_dispose(&formula);
    text_dispose(&name);
    f->row++;
}

/* Those of rules come again when the form is read back; the others are read. */
static const char *name_adjustment(const struct book *b, const struct tree *row)
{
    sy_cell cell = tree_get(row, "veto");
    if (cell.integer != 0)
        return book_word(b, "一票否决", "Veto");
    cell = tree_get(row, "by_rule");
    return cell.integer != 0 ? book_word(b, "规则加减分", "Adjustment by rule")
                             : book_word(b, "另行加减分", "Adjustment given");
}

static void write_adjustments(struct form *f)
{
    struct book *b = f->b;
    const sy_cell adjustments = tree_get(&f->fund, "adjustments");
    for (size_t i = 0; i < tree_count(&adjustments); i++, f->row++) {
        const struct tree row = tree_row(&adjustments, i);
        book_str(b, spot_at(f->sheet, f->row, COL_SIDE), name_adjustment(b, &row), STYLE_LABEL);
        sy_cell cell = tree_get(&row, "reason");
        book_cell(b, span(f, f->row, COL_LEVEL1, COL_ACTUAL), &cell, STYLE_TEXT);
        cell = tree_get(&row, "cap");
        book_cell(b, spot_at(f->sheet, f->row, COL_WEIGHT), &cell, STYLE_CENTER);
        cell = tree_get(&row, "points");
        book_cell(b, spot_at(f->sheet, f->row, COL_SCORE), &cell, STYLE_CENTER);
        book_blank(b, spot_at(f->sheet, f->row, COL_NOTE), STYLE_TEXT);
    }
}

/* Facts */

/* Those that the upper part has already. */
static bool is_above(const sy_cell *fact)
{
    static const char *const above[] = {"budget_initial", "budget",      "spent",
                                        "implementer",    "goal_target", "goal_actual"};
    for (size_t i = 0; i < sizeof above / sizeof *above; i++)
        if (tree_is(fact, above[i]))
            return true;
    return false;
}

static void write_fact(struct form *f, const struct tree *fact, struct spot name, struct spot value)
{
    struct book *b = f->b;
    struct text unit = {0};
    sy_cell cell = tree_get(fact, "fact");
    book_cell(b, name, &cell, STYLE_LABEL);
    cell = tree_get(fact, "unit");
    if (tree_has(&cell))
        text_add(&unit, cell.text, cell.text_len);
    b->nomem = b->nomem || unit.failed;
    cell = tree_get(fact, "value");
    if (cell.type == SY_CELL_NUMBER) {
        text_clear(&b->format);
        amount_format(&b->format, cell.number, "", text_of(&unit));
        if (book_format(b, STYLE_CENTER, text_of(&b->format)) != NULL || unit.len == 0) {
            book_number(b, value, cell.number, text_of(&b->format), STYLE_CENTER);
        } else {
            struct text words = {0};
            book_add_number(b, &words, cell.number);
            text_str(&words, text_of(&unit));
            book_str(b, value, text_of(&words), STYLE_CENTER);
            text_dispose(&words);
        }
    } else {
        cell = tree_get(fact, "text");
        book_cell(b, value, &cell, STYLE_CENTER);
    }
    text_dispose(&unit);
}

/* Two a row. The names are those that scripts know, so that they are read back. */
static void write_facts(struct form *f)
{
    static const lxw_col_t columns[][4] = {{COL_LEVEL1, COL_LEVEL2, COL_NAME, COL_NAME},
                                           {COL_TARGET, COL_ACTUAL, COL_WEIGHT, COL_NOTE}};
    const sy_cell facts = tree_get(&f->fund, "facts");
    const lxw_row_t first = f->row;
    size_t n = 0;
    for (size_t i = 0; i < tree_count(&facts); i++) {
        const struct tree row = tree_row(&facts, i);
        const sy_cell fact = tree_get(&row, "fact");
        if (is_above(&fact))
            continue;
        const lxw_col_t *c = columns[n % 2];
        f->row = first + (lxw_row_t)(n++ / 2);
        write_fact(f, &row, span(f, f->row, c[0], c[1]), span(f, f->row, c[2], c[3]));
    }
    if (n == 0)
        return;
    if (n % 2 == 1)
        book_blank(f->b, span(f, f->row, COL_TARGET, COL_NOTE), STYLE_TEXT);
    const struct spot side = {f->sheet, first, f->row, COL_SIDE, COL_SIDE};
    book_str(f->b, side, book_word(f->b, "基础数据", "Facts"), STYLE_LABEL);
    f->row++;
}

struct form_place form_total(struct form *f)
{
    struct form_place place = {0};
    f->total_row = f->row;
    place.total_row = f->row;
    write_total(f, &place);
    place.grade_row = f->row;
    write_grade(f, &place);
    write_adjustments(f);
    write_facts(f);
    for (lxw_row_t row = f->total_row; row < f->row; row++)
        form_height(f, row, 1);
    for (lxw_row_t row = f->total_row; row < f->row; row++)
        form_height(f, row, 1);
    book_str(
        f->b, span(f, f->row, COL_SIDE, COL_NOTE),
        book_word(f->b,
                  "注：得分、总分和等级是公式，随指标值、实际完成值和分值变化；K 列起是计算过程。",
                  "Note: scores, total and grade are formulas over targets, actuals and weights; "
                  "columns from K on show how each came about."),
        STYLE_NOTE);
    f->row++;
    return place;
}
