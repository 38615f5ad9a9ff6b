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

static void write_cell(struct book *b, struct spot spot, const struct column *column,
                       const struct tree *row)
{
    const sy_cell cell = tree_get(row, column->field);
    const enum style style = find_style(column, &cell);
    if (column->percent && tree_has(&cell))
        book_number(b, spot, tree_number(&cell), "0.0%", style);
    else
        book_cell(b, spot, &cell, style);
}

lxw_row_t sheets_list(struct book *b, lxw_worksheet *sheet, lxw_row_t row, const char *title,
                      const struct column *columns, size_t ncolumns, const sy_cell *rows)
{
    const size_t all = tree_count(rows), n = all > ROWS_MAX ? ROWS_MAX : all;
    const lxw_row_t header = row + 1;
    write_title(b, sheet, row, title, ncolumns);
    for (size_t c = 0; c < ncolumns; c++)
        book_str(b, spot_at(sheet, header, (lxw_col_t)c),
                 book_word(b, columns[c].zh, columns[c].en), STYLE_HEAD);
    for (size_t i = 0; i < n && book_good(b); i++) {
        const struct tree at = tree_row(rows, i);
        for (size_t c = 0; c < ncolumns; c++)
            write_cell(b, spot_at(sheet, header + 1 + (lxw_row_t)i, (lxw_col_t)c), &columns[c],
                       &at);
    }
    lxw_row_t next = header + 1 + (lxw_row_t)n;
    if (row == 0) {
        worksheet_freeze_panes(sheet, header + 1, 0);
        book_check(b, worksheet_repeat_rows(sheet, header, header));
        if (n > 0)
            book_check(b,
                       worksheet_autofilter(sheet, header, 0, next - 1, (lxw_col_t)(ncolumns - 1)));
    }
    if (n < all) {
        struct text words = {0};
        text_printf(&words,
                    book_word(b, "另有 %zu 行，一张表放不下：见 csv。",
                              "%zu more rows do not fit a sheet: see csv."),
                    all - n);
        b->nomem = b->nomem || words.failed;
        book_str(b, spot_at(sheet, next++, 0), text_of(&words), STYLE_NOTE);
        text_dispose(&words);
    }
    return next;
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
    const size_t n = sizeof columns / sizeof *columns;
    lxw_worksheet *sheet = sheets_open(b, book_word(b, "疑点", "Findings"), columns, n);
    if (sheet != NULL)
        (void)sheets_list(b, sheet, 0, book_word(b, "疑点", "Findings"), columns, n, findings);
}
