/*
 * sheets_table.c - a report without a document of its own, as it comes: one sheet with its rows.
 */
#include <string.h>

#include "sheets.h"

void sheets_table(struct book *b, const struct tree *document)
{
    const struct tree report = tree_record(document, "report");
    const sy_cell rows = tree_get(&report, "rows");
    const char *name = book_word(b, "结果", "Results");
    lxw_worksheet *sheet = book_sheet(b, name, strlen(name));
    if (sheet == NULL || rows.type != SY_CELL_TABLE)
        return;
    const sy_column *columns = rows.view.ops->columns(rows.view.ctx);
    const size_t n = rows.view.ops->ncolumns;
    for (size_t c = 0; c < n; c++)
        book_str(b, spot_at(sheet, 0, (lxw_col_t)c),
                 columns[c].label != NULL ? columns[c].label : columns[c].name, STYLE_HEAD);
    for (size_t i = 0; i < tree_count(&rows) && i < 1048000u && book_good(b); i++) {
        const struct tree row = tree_row(&rows, i);
        for (size_t c = 0; c < n; c++) {
            const sy_cell cell = tree_column(&row, c);
            book_cell(b, spot_at(sheet, (lxw_row_t)i + 1, (lxw_col_t)c), &cell,
                      columns[c].right ? STYLE_NUMBER : STYLE_TEXT);
        }
    }
    book_check(b, worksheet_set_column(sheet, 0, (lxw_col_t)(n > 0 ? n - 1 : 0), 18, NULL));
    worksheet_freeze_panes(sheet, 1, 0);
    worksheet_set_paper(sheet, 9); /* A4 */
    worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    book_check(b, worksheet_repeat_rows(sheet, 0, 0));
}
