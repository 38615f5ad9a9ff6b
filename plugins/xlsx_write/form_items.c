/*
 * form_items.c - the rows of indicators: as the form has them, and beside them what each score is
 * made of, so that a changed figure moves it.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "amount.h"
#include "form.h"

static struct spot at(const struct form *f, lxw_col_t column)
{
    return spot_at(f->sheet, f->row, column);
}

static void write_header(struct form *f)
{
    static const char *const zh[] = {"一级指标",
                                     "二级指标",
                                     "三级指标",
                                     "年度指标值",
                                     "实际完成值",
                                     "分值",
                                     "得分",
                                     "偏差原因分析及改进措施",
                                     "",
                                     "得分系数",
                                     "计入合计",
                                     "读作指标值",
                                     "读作指标上限",
                                     "读作完成值",
                                     "指标路径",
                                     "适用规则",
                                     "计算说明",
                                     "计分状态",
                                     "原自评得分",
                                     "数据出处",
                                     "评定档次"};
    static const char *const en[] = {"Level 1",        "Level 2",        "Level 3",
                                     "Target",         "Actual",         "Weight",
                                     "Score",          "Note",           "",
                                     "Attainment",     "Counted",        "Target as read",
                                     "Upper end",      "Actual as read", "Path",
                                     "Rule applied",   "Calculation",    "Scoring status",
                                     "Claimed before", "Place of data",  "Rating"};
    f->header_row = f->row;
    for (lxw_col_t i = 0; i < sizeof zh / sizeof *zh; i++) {
        const lxw_col_t column = (lxw_col_t)(COL_LEVEL1 + i);
        if (column == COL_GAP || (column == COL_RATING && !f->has_ratings))
            continue;
        book_str(f->b, at(f, column), f->b->zh ? zh[i] : en[i],
                 column < COL_GAP ? STYLE_HEAD : STYLE_SIDE_HEAD);
    }
    form_height(f, f->row++, 1);
}

/* "2021-11-30" as the number that a sheet has for it. NAN: no such date, or one before sheets are
 * right. */
static double read_date(const sy_cell *cell)
{
    int y, m, d;
    char text[16] = "";
    if (cell->type != SY_CELL_TEXT || cell->text_len != 10)
        return NAN;
    memcpy(text, cell->text, 10);
    if (sscanf(text, "%4d-%2d-%2d", &y, &m, &d) != 3 || y < 1901)
        return NAN;
    /* Days since 1899-12-30, by months that begin in March. */
    y -= m <= 2;
    const int era_year = y % 400, century = y / 400;
    const int day = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return (double)century * 146097 + era_year * 365 + era_year / 4 - era_year / 100 + day - 693899;
}

/* A side of an indicator. */
struct side {
    const char *text, *value, *read; /* names of fields */
    lxw_col_t column, read_column;
    bool target;
};
static const struct side sides[] = {
    {"target_text", "target", "read_target", COL_TARGET, COL_READ_TARGET, true},
    {"actual_text", "actual", "read_actual", COL_ACTUAL, COL_READ_ACTUAL, false}};

static const char *sign_mark(const sy_cell *sign)
{
    static const char *const marks[][2] = {
        {">=", "≥"}, {"<=", "≤"}, {">", ">"}, {"<", "<"}, {"=", "="}};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (tree_is(sign, marks[i][0]))
            return marks[i][1];
    return "";
}

static void keep_text(struct text *out, const sy_cell *cell)
{
    if (cell->type == SY_CELL_TEXT || cell->type == SY_CELL_DATA)
        text_add(out, cell->text, cell->text_len);
}

/* What was read of a cell, beside the form: by a formula where the cell is a number. */
static void write_read(struct form *f, const struct side *s, double read, double factor)
{
    struct text formula = {0};
    if (isnan(read))
        return;
    if (factor == 0) {
        book_number(f->b, at(f, s->read_column), read, NULL, STYLE_SIDE);
        return;
    }
    text_str(&formula, "=");
    book_reference(&formula, f->row, s->column, false);
    if (factor != 1) {
        text_str(&formula, "*");
        book_add_number(f->b, &formula, factor);
    }
    f->b->nomem = f->b->nomem || formula.failed;
    book_formula(f->b, at(f, s->read_column), text_of(&formula), read, NULL, STYLE_SIDE);
    text_dispose(&formula);
}

/* A computed value: there is no text, the number is what there is. */
static void write_computed(struct form *f, const struct tree *item, const struct side *s,
                           double read, const char *mark)
{
    struct text unit = {0};
    sy_cell cell = tree_get(item, "read_unit");
    keep_text(&unit, &cell);
    f->b->nomem = f->b->nomem || unit.failed;
    if (!isnan(read)) {
        /* On paper two decimals will do; the cell has them all. */
        const double shown = fabs(read) < 1e9 ? round(read * 100) / 100 : read;
        text_clear(&f->b->format);
        amount_format(&f->b->format, shown, mark, text_of(&unit));
        book_number(f->b, at(f, s->column), read, text_of(&f->b->format), STYLE_CENTER);
        write_read(f, s, read, 1);
    } else {
        cell = tree_get(item, s->value);
        if (tree_has(&cell))
            book_cell(f->b, at(f, s->column), &cell, STYLE_CENTER);
        else
            book_str(f->b, at(f, s->column), "—", STYLE_CENTER);
    }
    text_dispose(&unit);
}

static void write_side(struct form *f, const struct tree *item, const struct side *s)
{
    struct text unit = {0}, words = {0};
    struct amount amount;
    sy_cell cell = tree_get(item, "sign");
    const char *mark = s->target ? sign_mark(&cell) : "";
    cell = tree_get(item, "unit_text");
    keep_text(&unit, &cell);
    cell = tree_get(item, s->read);
    const double read = tree_number(&cell);
    cell = tree_get(item, s->text);
    keep_text(&words, &cell);
    text_clear(&f->b->format);
    f->b->nomem = f->b->nomem || unit.failed || words.failed;
    if (words.len == 0) {
        write_computed(f, item, s, read, mark);
    } else if (amount_read(&amount, &f->b->format, text_of(&words), words.len, read, mark,
                           text_of(&unit)) &&
               book_format(f->b, STYLE_CENTER, text_of(&f->b->format)) != NULL) {
        book_number(f->b, at(f, s->column), amount.number, text_of(&f->b->format), STYLE_CENTER);
        write_read(f, s, read, amount.factor);
    } else {
        book_text(f->b, at(f, s->column), text_of(&words), words.len, true, STYLE_CENTER);
        write_read(f, s, read, 0);
    }
    cell = tree_get(item, s->value);
    const double date = read_date(&cell);
    if (!isnan(date))
        book_number(f->b, at(f, s->read_column), date, "yyyy-mm-dd", STYLE_SIDE);
    text_dispose(&unit);
    text_dispose(&words);
}

/* Whether a value was read, so that a formula has a number to go by. */
static bool is_read(const struct tree *item, const struct side *s)
{
    sy_cell cell = tree_get(item, s->read);
    if (tree_has(&cell))
        return true;
    cell = tree_get(item, s->value);
    return !isnan(read_date(&cell));
}

/* The attainment: as the rule computes it from the two cells beside it, or as it is. */
static void write_attainment(struct form *f, const struct tree *item)
{
    struct text a = {0}, t = {0}, hi = {0}, rule = {0}, formula = {0};
    sy_cell cell = tree_get(item, "formula");
    keep_text(&rule, &cell);
    cell = tree_get(item, "attainment");
    const double attainment = tree_number(&cell);
    book_reference(&a, f->row, COL_READ_ACTUAL, false);
    book_reference(&t, f->row, COL_READ_TARGET, false);
    book_reference(&hi, f->row, COL_READ_HI, false);
    const bool target = is_read(item, &sides[0]);
    cell = tree_get(item, "read_hi");
    const bool range = target && tree_has(&cell);
    const struct form_names names = {is_read(item, &sides[1]) ? text_of(&a) : NULL,
                                     target ? text_of(&t) : NULL, range ? text_of(&t) : NULL,
                                     range ? text_of(&hi) : NULL};
    if (range)
        book_number(f->b, at(f, COL_READ_HI), tree_number(&cell), NULL, STYLE_SIDE);
    text_str(&formula, "=");
    const bool made = rule.len > 0 && form_expression(&formula, text_of(&rule), rule.len, &names);
    f->b->nomem = f->b->nomem || a.failed || t.failed || hi.failed || rule.failed || formula.failed;
    if (made && book_good(f->b))
        book_formula(f->b, at(f, COL_ATTAINMENT), text_of(&formula), attainment, "0.00####",
                     STYLE_SIDE);
    else if (!isnan(attainment))
        book_number(f->b, at(f, COL_ATTAINMENT), attainment, "0.00####", STYLE_SIDE);
    text_dispose(&a);
    text_dispose(&t);
    text_dispose(&hi);
    text_dispose(&rule);
    text_dispose(&formula);
}

/* Points: weight × attainment, rounded as the yardstick says; what [missing] gives stands as a
 * number, and what is left out is no zero. */
static void write_score(struct form *f, const struct tree *item, const struct form_item *own)
{
    struct text x = {0}, formula = {0};
    const struct spot spot = at(f, COL_SCORE);
    const sy_cell attainment = tree_get(item, "attainment");
    if (!own->included) {
        book_str(f->b, spot, "—", STYLE_CENTER);
        return;
    }
    if (!tree_has(&attainment)) {
        book_number(f->b, spot, own->score, form_places(f), STYLE_CENTER);
        return;
    }
    book_reference(&x, f->row, COL_WEIGHT, false);
    text_str(&x, "*");
    book_reference(&x, f->row, COL_ATTAINMENT, false);
    text_str(&formula, "=");
    if (f->at_total)
        text_str(&formula, text_of(&x));
    else
        form_round(f, &formula, text_of(&x));
    f->b->nomem = f->b->nomem || x.failed || formula.failed;
    if (book_good(f->b))
        book_formula(f->b, spot, text_of(&formula), own->score, form_places(f), STYLE_CENTER);
    text_dispose(&x);
    text_dispose(&formula);
}

static void write_aside(struct form *f, const struct tree *item, const struct form_item *own)
{
    static const struct {
        const char *field;
        lxw_col_t column;
    } asides[] = {{"path", COL_PATH},          {"rule", COL_RULE},       {"reason", COL_REASON},
                  {"status_word", COL_STATUS}, {"claimed", COL_CLAIMED}, {"source", COL_SOURCE},
                  {"rating", COL_RATING}};
    book_number(f->b, at(f, COL_INCLUDED), own->included, NULL, STYLE_SIDE);
    for (size_t i = 0; i < sizeof asides / sizeof *asides; i++) {
        const sy_cell cell = tree_get(item, asides[i].field);
        if (tree_has(&cell))
            book_cell(f->b, at(f, asides[i].column), &cell, STYLE_SIDE);
    }
}

/* Of the cell that needs the most. */
static size_t count_lines(const struct form *f, const struct tree *item)
{
    static const struct {
        const char *field;
        lxw_col_t column;
    } texts[] = {{"name", COL_NAME},
                 {"target_text", COL_TARGET},
                 {"actual_text", COL_ACTUAL},
                 {"note", COL_NOTE}};
    size_t most = 1;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const sy_cell cell = tree_get(item, texts[i].field);
        const size_t lines = form_lines(f, &cell, texts[i].column, texts[i].column);
        most = lines > most ? lines : most;
    }
    return most;
}

static void write_item(struct form *f, struct form_item *own)
{
    const struct tree item = form_item_tree(f, own->index);
    own->row = f->row;
    form_height(f, f->row, count_lines(f, &item));
    sy_cell cell = tree_get(&item, "name");
    if (!tree_has(&cell))
        cell = tree_get(&item, "path");
    book_cell(f->b, at(f, COL_NAME), &cell, STYLE_TEXT);
    write_side(f, &item, &sides[0]);
    write_side(f, &item, &sides[1]);
    cell = tree_get(&item, "weight");
    if (tree_has(&cell))
        book_cell(f->b, at(f, COL_WEIGHT), &cell, STYLE_CENTER);
    else
        book_str(f->b, at(f, COL_WEIGHT), "—", STYLE_CENTER);
    write_attainment(f, &item);
    write_score(f, &item, own);
    cell = tree_get(&item, "note");
    book_cell(f->b, at(f, COL_NOTE), &cell, STYLE_TEXT);
    write_aside(f, &item, own);
    f->row++;
}

/* A level's cell down to where the next one begins. */
static void write_level(struct form *f, const char *label, lxw_row_t first, lxw_col_t column)
{
    const struct spot spot = {f->sheet, first, f->row - 1, column, column};
    book_text(f->b, spot, label, strlen(label), true, STYLE_LABEL);
}

static void note_branch(struct form *f, const struct form_item *own)
{
    struct form_branch *branch = &f->branches[own->branch];
    branch->first = branch->rows ? branch->first : own->row;
    branch->last = own->row;
    branch->rows = true;
}

void form_items(struct form *f)
{
    const struct form_item *first1 = NULL, *first2 = NULL;
    write_header(f);
    const lxw_row_t first = f->row;
    for (size_t i = 0; i < f->nitems; i++) {
        struct form_item *own = &f->items[i];
        if (i == f->budget) {
            f->branches[own->branch].budget = true;
            continue;
        }
        if (first2 != NULL && own->group != first2->group) {
            write_level(f, first2->level2, first2->row, COL_LEVEL2);
            first2 = NULL;
        }
        if (first1 != NULL && own->branch != first1->branch) {
            write_level(f, first1->level1, first1->row, COL_LEVEL1);
            first1 = NULL;
        }
        write_item(f, own);
        note_branch(f, own);
        first1 = first1 == NULL ? own : first1;
        first2 = first2 == NULL ? own : first2;
    }
    if (first2 != NULL)
        write_level(f, first2->level2, first2->row, COL_LEVEL2);
    if (first1 != NULL)
        write_level(f, first1->level1, first1->row, COL_LEVEL1);
    const struct spot side = {f->sheet, first - 1, f->row - 1, COL_SIDE, COL_SIDE};
    book_str(f->b, side, book_word(f->b, "绩效指标", "Indicators"), STYLE_LABEL);
}
