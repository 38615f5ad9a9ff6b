/*
 * sheets.c - lists: a title, a heading, rows; findings among them.
 */
#include "sheets.h"

#include <string.h>

#define ROWS_MAX 1048000u /* of a sheet, with room for what stands around them */

lxw_worksheet *sheets_open(struct book *b, const char *name, const struct column *columns,
                           size_t ncolumns)
{
    lxw_worksheet *sheet = book_sheet(b, name, strlen(name));
    if (sheet == NULL)
        return NULL;
    for (size_t c = 0; c < ncolumns; c++)
        book_check(b,
                   worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, columns[c].width, NULL));
    worksheet_set_paper(sheet, 9); /* A4 */
    worksheet_set_landscape(sheet);
    worksheet_set_margins(sheet, 0.4, 0.4, 0.6, 0.6);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    book_check(b, worksheet_set_footer(sheet, "&C&P / &N"));
    return sheet;
}

static void write_title(struct book *b, lxw_worksheet *sheet, lxw_row_t row, const char *title,
                        size_t ncolumns)
{
    const struct spot spot = {sheet, row, row, 0, (lxw_col_t)(ncolumns - 1)};
    book_check(b, worksheet_set_row(sheet, row, 28, NULL));
    book_str(b, spot, title, STYLE_TITLE);
}

static enum style find_style(const struct column *column, const sy_cell *cell)
{
    if (strcmp(column->field, "severity_word") != 0)
        return column->style;
    if (tree_is(cell, "警告") || tree_is(cell, "warning"))
        return STYLE_WARNING;
    return tree_is(cell, "错误") || tree_is(cell, "error") ? STYLE_ERROR : STYLE_CENTER;
}

/* A verdict or an advice of `review` in the document's language; others stay as they are. */
static bool write_word(struct book *b, struct spot spot, const struct column *column,
                       const sy_cell *cell)
{
    static const char *const words[][3] = {{"agrees", "一致", "agrees"},
                                           {"overclaimed", "自评偏高", "overclaimed"},
                                           {"underclaimed", "自评偏低", "underclaimed"},
                                           {"judgement", "主观评定", "judgement"},
                                           {"cannot_tell", "无法判断", "cannot tell"},
                                           {"pass", "通过", "pass"},
                                           {"add_reason", "补充原因", "add a reason"},
                                           {"return", "退回", "return"},
                                           {"visit", "现场核查", "visit"}};
    if (strcmp(column->field, "verdict") != 0 && strcmp(column->field, "advice") != 0)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (tree_is(cell, words[i][0])) {
            book_str(b, spot, words[i][b->zh ? 1 : 2], column->style);
            return true;
        }
    return false;
}

static void write_cell(struct book *b, struct spot spot, const struct column *column,
                       const struct tree *outer, const struct tree *row)
{
    const bool above = column->field[0] == '^';
    const sy_cell cell = tree_path(above ? outer : row, column->field + above);
    const enum style style = find_style(column, &cell);
    if (column->percent && tree_has(&cell))
        book_number(b, spot, tree_number(&cell), "0.0%", style);
    else if (!write_word(b, spot, column, &cell))
        book_cell(b, spot, &cell, style);
}

/* A list on its way. */
struct list {
    struct book *b;
    lxw_worksheet *sheet;
    const struct column *columns;
    size_t ncolumns;
    lxw_row_t row;   /* the next */
    size_t left_out; /* rows that the sheet has no room for */
};

#define LINE_HEIGHT 13.5

/* As high as its longest text needs: not every program sees to that. */
static void set_height(struct list *l, const struct tree *outer, const struct tree *row)
{
    size_t lines = 1;
    for (size_t c = 0; c < l->ncolumns; c++) {
        const bool above = l->columns[c].field[0] == '^';
        const sy_cell cell = tree_path(above ? outer : row, l->columns[c].field + above);
        if (cell.type != SY_CELL_TEXT && cell.type != SY_CELL_DATA)
            continue;
        const size_t width = l->b->host->text_width(cell.text, cell.text_len);
        const size_t own = 1 + (size_t)((double)width / (l->columns[c].width + 1));
        lines = own > lines ? own : lines;
    }
    const double height = 4 + LINE_HEIGHT * (double)lines;
    if (lines > 1)
        book_check(l->b, worksheet_set_row(l->sheet, l->row, height > 400 ? 400 : height, NULL));
}

static void write_row(struct list *l, const struct tree *outer, const struct tree *row)
{
    if (l->row >= ROWS_MAX) {
        l->left_out++;
        return;
    }
    set_height(l, outer, row);
    for (size_t c = 0; c < l->ncolumns; c++)
        write_cell(l->b, spot_at(l->sheet, l->row, (lxw_col_t)c), &l->columns[c], outer, row);
    l->row++;
}

static void write_rows(struct list *l, const struct rows *rows)
{
    for (size_t i = 0; i < tree_count(rows->table) && book_good(l->b); i++) {
        const struct tree outer = tree_row(rows->table, i);
        if (rows->inner == NULL) {
            write_row(l, &outer, &outer);
            continue;
        }
        const sy_cell inner = tree_get(&outer, rows->inner);
        for (size_t k = 0; k < tree_count(&inner) && book_good(l->b); k++) {
            const struct tree row = tree_row(&inner, k);
            write_row(l, &outer, &row);
        }
    }
}

lxw_row_t sheets_list(struct book *b, lxw_worksheet *sheet, const char *title,
                      const struct column *columns, size_t ncolumns, const struct rows *rows)
{
    struct list l = {b, sheet, columns, ncolumns, 2, 0};
    write_title(b, sheet, 0, title, ncolumns);
    for (size_t c = 0; c < ncolumns; c++)
        book_str(b, spot_at(sheet, 1, (lxw_col_t)c), book_word(b, columns[c].zh, columns[c].en),
                 STYLE_HEAD);
    write_rows(&l, rows);
    worksheet_freeze_panes(sheet, 2, 0);
    book_check(b, worksheet_repeat_rows(sheet, 1, 1));
    if (l.row > 2)
        book_check(b, worksheet_autofilter(sheet, 1, 0, l.row - 1, (lxw_col_t)(ncolumns - 1)));
    if (l.left_out > 0) {
        struct text words = {0};
        text_printf(&words,
                    book_word(b, "另有 %zu 行，一张表放不下：见 csv。",
                              "%zu more rows do not fit a sheet: see csv."),
                    l.left_out);
        b->nomem = b->nomem || words.failed;
        book_str(b, spot_at(sheet, l.row++, 0), text_of(&words), STYLE_NOTE);
        text_dispose(&words);
    }
    return l.row;
}

lxw_worksheet *sheets_add(struct book *b, const char *name, const struct column *columns,
                          size_t ncolumns, const struct rows *rows)
{
    lxw_worksheet *sheet = book_good(b) ? sheets_open(b, name, columns, ncolumns) : NULL;
    if (sheet != NULL)
        (void)sheets_list(b, sheet, name, columns, ncolumns, rows);
    return sheet;
}

void sheets_findings(struct book *b, const sy_cell *findings)
{
    static const struct column columns[] = {
        {"severity_word", "程度", "Severity", 8, STYLE_CENTER, false},
        {"code", "代码", "Code", 20, STYLE_TEXT, false},
        {"fund", "评价对象", "Fund", 18, STYLE_TEXT, false},
        {"year", "年度", "Year", 7, STYLE_CENTER, false},
        {"indicator", "指标", "Indicator", 28, STYLE_TEXT, false},
        {"message", "疑点", "Finding", 44, STYLE_TEXT, false},
        {"meaning", "含义", "Meaning", 32, STYLE_TEXT, false},
        {"remedy", "办法", "What to do", 40, STYLE_TEXT, false},
        {"source", "出处", "Place", 28, STYLE_TEXT, false}};
    (void)sheets_add(b, book_word(b, "疑点", "Findings"), columns, sizeof columns / sizeof *columns,
                     &(struct rows){findings, NULL});
}
