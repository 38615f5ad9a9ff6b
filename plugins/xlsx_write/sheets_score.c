/*
 * sheets_score.c - what `score` gives: a summary whose scores are those of the forms, a form a
 * fund, findings, the yardstick.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sheets.h"

static const struct column funds[] = {
    {"fund", "评价对象", "Fund", 20, STYLE_LINK, false},
    {"name", "名称", "Name", 30, STYLE_TEXT, false},
    {"type", "类型", "Type", 18, STYLE_TEXT, false},
    {"department", "主管部门", "Department", 20, STYLE_TEXT, false},
    {"year", "年度", "Year", 7, STYLE_CENTER, false},
    {"score", "得分", "Score", 11, STYLE_NUMBER, false},
    {"grade", "等级", "Grade", 8, STYLE_CENTER, false},
    {"rank", "名次", "Rank", 7, STYLE_CENTER, false},
    {"coverage", "可评率", "Coverage", 9, STYLE_NUMBER, true},
    {"low", "下限", "Low", 8, STYLE_NUMBER, false},
    {"high", "上限", "High", 8, STYLE_NUMBER, false},
    {"status_word", "状态", "Status", 12, STYLE_CENTER, false},
    {"claimed_total", "自评总分", "Claimed", 10, STYLE_NUMBER, false},
    {"nfindings", "疑点", "Findings", 9, STYLE_NUMBER, false}};
enum { NFUNDS = sizeof funds / sizeof *funds, SCORE = 5, GRADE = 6, LOW = 9, HIGH = 10 };

static const struct column departments[] = {
    {"department", "部门", "Department", 20, STYLE_TEXT, false},
    {"year", "年度", "Year", 7, STYLE_CENTER, false},
    {"funds", "评价对象数", "Funds", 12, STYLE_NUMBER, false},
    {"weighted_mean", "加权平均分", "Weighted mean", 14, STYLE_NUMBER, false},
    {"mean", "平均分", "Mean", 12, STYLE_NUMBER, false},
    {"coverage_by_money", "按金额可评率", "Coverage by money", 14, STYLE_NUMBER, true},
    {"grades", "等级", "Grades", 20, STYLE_TEXT, false}};

static const struct column keys[] = {{"type", "类型", "Type", 24, STYLE_TEXT, false},
                                     {"year", "年度", "Year", 7, STYLE_CENTER, false},
                                     {"section", "节", "Section", 14, STYLE_TEXT, false},
                                     {"key", "键", "Key", 44, STYLE_TEXT, false},
                                     {"value", "值", "Value", 30, STYLE_TEXT, false},
                                     {"source", "出处", "Place", 44, STYLE_TEXT, false}};

/* "'train-a 2021'!H30". */
static void add_place(struct text *out, const lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column)
{
    text_str(out, "'");
    for (const char *s = sheet->name; *s != '\0'; s++)
        text_add(out, *s == '\'' ? "''" : s, *s == '\'' ? 2 : 1);
    text_str(out, "'!");
    book_reference(out, row, column, false);
}

static void write_link(struct book *b, struct spot spot, const struct tree *fund,
                       const struct form_place *form)
{
    struct text url = {0}, words = {0};
    const sy_cell id = tree_get(fund, "fund");
    text_str(&url, "internal:");
    add_place(&url, form->sheet, 0, 0);
    text_cell(&words, id.text, id.text_len, true);
    b->nomem = b->nomem || url.failed || words.failed;
    if (book_good(b)) {
        lxw_format *format = book_format(b, STYLE_LINK, NULL);
        const lxw_error error = worksheet_write_url_opt(
            spot.sheet, spot.row, spot.column, text_of(&url), format, text_of(&words), NULL);
        /* A sheet takes so many links; the name alone does without. */
        if (error != LXW_NO_ERROR)
            book_text(b, spot, id.text, id.text_len, true, STYLE_TEXT);
    }
    text_dispose(&url);
    text_dispose(&words);
}

/* The score and grade of a fund are those of its form, where it has one. */
static void write_from_form(struct book *b, struct spot spot, const struct tree *fund,
                            const struct form_place *form, bool grade)
{
    struct text formula = {0}, words = {0};
    const sy_cell cell = tree_get(fund, grade ? "grade" : "score");
    text_str(&formula, "=");
    add_place(&formula, form->sheet, grade ? form->grade_row : form->total_row,
              grade ? COL_WEIGHT : COL_SCORE);
    if (grade)
        text_cell(&words, cell.text, cell.text_len, false);
    b->nomem = b->nomem || formula.failed || words.failed;
    if (book_good(b) && grade)
        book_formula_text(b, spot, text_of(&formula), text_of(&words), STYLE_CENTER);
    else if (book_good(b))
        book_formula(b, spot, text_of(&formula), tree_number(&cell), book_places(cell.places),
                     STYLE_NUMBER);
    text_dispose(&formula);
    text_dispose(&words);
}

static void write_bound(struct book *b, struct spot spot, const struct tree *fund, size_t i)
{
    const sy_cell bounds = tree_get(fund, "bounds");
    sy_cell cell = {0};
    if (tree_count(&bounds) == 2) {
        const struct tree row = tree_row(&bounds, i);
        cell = tree_column(&row, 0);
    }
    book_cell(b, spot, &cell, STYLE_NUMBER);
}

static void write_fund(struct book *b, lxw_worksheet *sheet, lxw_row_t row, const struct tree *fund,
                       const struct form_place *form)
{
    for (lxw_col_t c = 0; c < NFUNDS && book_good(b); c++) {
        const struct spot spot = spot_at(sheet, row, c);
        sy_cell cell = tree_get(fund, funds[c].field);
        if (c == 0 && form->sheet != NULL)
            write_link(b, spot, fund, form);
        else if (c == 0)
            book_cell(b, spot, &cell, STYLE_TEXT);
        else if ((c == SCORE && form->scored) || (c == GRADE && form->graded))
            write_from_form(b, spot, fund, form, c == GRADE);
        else if (c == LOW || c == HIGH)
            write_bound(b, spot, fund, c == HIGH);
        else if (funds[c].percent && tree_has(&cell))
            book_number(b, spot, tree_number(&cell), "0.0%", funds[c].style);
        else
            book_cell(b, spot, &cell, funds[c].style);
    }
}

/* Bars in the cells of scores, as long as these are high. */
static void add_bars(struct book *b, lxw_worksheet *sheet, lxw_row_t first, lxw_row_t last,
                     double full)
{
    lxw_conditional_format bars = {0};
    bars.type = LXW_CONDITIONAL_DATA_BAR;
    bars.min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
    bars.max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
    bars.min_value = 0;
    bars.max_value = full;
    bars.bar_color = 0x8FB4DC;
    bars.bar_solid = LXW_TRUE;
    book_check(b, worksheet_conditional_format_range(sheet, first, SCORE, last, SCORE, &bars));
}

static void write_departments(struct book *b, const sy_cell *rows)
{
    if (tree_count(rows) > 0)
        (void)sheets_add(b, book_word(b, "部门汇总", "Departments"), departments,
                         sizeof departments / sizeof *departments, &(struct rows){rows, NULL});
}

static void write_summary(struct book *b, lxw_worksheet *sheet, const struct tree *document,
                          const sy_cell *rows, const struct form_place *forms, size_t nforms)
{
    const struct tree evaluation = tree_record(document, "evaluation");
    const size_t n = tree_count(rows);
    const struct spot title = {sheet, 0, 0, 0, NFUNDS - 1};
    sy_cell cell = tree_get(&evaluation, "title");
    double full = 100;
    book_check(b, worksheet_set_row(sheet, 0, 30, NULL));
    if (tree_has(&cell))
        book_cell(b, title, &cell, STYLE_TITLE);
    else
        book_str(b, title, book_word(b, "绩效评价汇总", "Summary of scores"), STYLE_TITLE);
    for (lxw_col_t c = 0; c < NFUNDS; c++)
        book_str(b, spot_at(sheet, 1, c), book_word(b, funds[c].zh, funds[c].en), STYLE_HEAD);
    for (size_t i = 0; i < n && book_good(b); i++) {
        const struct tree fund = tree_row(rows, i);
        const struct form_place none = {0};
        write_fund(b, sheet, (lxw_row_t)i + 2, &fund, i < nforms ? &forms[i] : &none);
        cell = tree_get(&fund, "full_score");
        full = i == 0 ? tree_number(&cell) : full;
    }
    lxw_row_t row = (lxw_row_t)n + 2;
    worksheet_freeze_panes(sheet, 2, 1);
    book_check(b, worksheet_repeat_rows(sheet, 1, 1));
    if (n > 0) {
        add_bars(b, sheet, 2, row - 1, full);
        book_check(b, worksheet_autofilter(sheet, 1, 0, row - 1, NFUNDS - 1));
    }
    if (nforms < n) {
        struct text words = {0};
        text_printf(&words,
                    book_word(b, "另有 %zu 个评价对象没有单独的表：见 --option sheets=%zu。",
                              "%zu more funds have no sheet of their own: see --option "
                              "sheets=%zu."),
                    n - nforms, n);
        b->nomem = b->nomem || words.failed;
        book_str(b, (struct spot){sheet, row, row, 0, NFUNDS - 1}, text_of(&words), STYLE_NOTE);
        text_dispose(&words);
    }
}

/* A form is called like its fund, and the year where there are several. */
static struct form_place write_form(struct book *b, const struct tree *fund, bool years)
{
    struct text name = {0};
    struct form_place place = {0};
    sy_cell cell = tree_get(fund, "fund");
    text_add(&name, cell.text, cell.text_len);
    cell = tree_get(fund, "year");
    if (years) {
        struct text plain = {0}; /* the year stays where the name is too long */
        text_sheet(&plain, text_of(&name), name.len, "");
        while (plain.len > 26) {
            size_t cut = plain.len - 1;
            while (cut > 0 && ((unsigned char)plain.bytes[cut] & 0xC0) == 0x80)
                cut--;
            if (cut <= 26 * 3 && cut > 0)
                break;
            plain.len = cut;
        }
        text_clear(&name);
        text_add(&name, text_of(&plain), plain.len);
        text_printf(&name, " %d", (int)cell.integer);
        name.failed = name.failed || plain.failed;
        text_dispose(&plain);
    }
    b->nomem = b->nomem || name.failed;
    if (book_good(b))
        place = form_write(b, fund, text_of(&name), name.len);
    text_dispose(&name);
    return place;
}

void sheets_score(struct book *b, const struct tree *document, size_t most)
{
    const struct tree report = tree_record(document, "report");
    const struct tree evaluation = tree_record(document, "evaluation");
    sy_cell cell = tree_get(&evaluation, "years");
    const bool years = tree_count(&cell) > 1;
    const sy_cell rows = tree_get(&report, "funds");
    const size_t n = tree_count(&rows) < most ? tree_count(&rows) : most;
    struct form_place *forms = calloc(n + 1, sizeof *forms);
    lxw_worksheet *summary = sheets_open(b, book_word(b, "汇总", "Summary"), funds, NFUNDS);
    if (forms == NULL)
        b->nomem = true;
    for (size_t i = 0; i < n && book_good(b); i++) {
        const struct tree fund = tree_row(&rows, i);
        forms[i] = write_form(b, &fund, years);
    }
    if (book_good(b))
        write_summary(b, summary, document, &rows, forms, n);
    cell = tree_get(&report, "departments");
    if (book_good(b))
        write_departments(b, &cell);
    cell = tree_get(&report, "findings");
    if (book_good(b))
        sheets_findings(b, &cell);
    cell = tree_get(&report, "yardsticks");
    if (book_good(b))
        (void)sheets_add(b, book_word(b, "评价标准", "Yardstick"), keys, sizeof keys / sizeof *keys,
                         &(struct rows){&cell, "keys"});
    free(forms);
}
