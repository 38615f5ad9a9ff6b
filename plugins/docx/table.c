/*
 * table.c - tables: columns with widths, cells over several rows or columns. Borders and the size
 * of their text come from the reference document.
 */
#include <stdio.h>

#include "docx.h"

static void open_cell(struct doc *d, const char *tag, char align, size_t rows, size_t columns)
{
    char markup[96];
    const char *side = align == 'r' ? "right" : align == 'c' ? "center" : "left";
    snprintf(markup, sizeof markup, "<%s rowspan=\"%zu\" colspan=\"%zu\" style=\"text-align:%s\">",
             tag, rows, columns, side);
    html_raw(d, markup);
}

void table_open(struct doc *d, const struct table_column *columns, size_t n)
{
    char markup[48];
    html_raw(d, "<table><colgroup>");
    for (size_t i = 0; i < n; i++) {
        snprintf(markup, sizeof markup, "<col style=\"width:%d%%\"/>", columns[i].width);
        html_raw(d, markup);
    }
    html_raw(d, "</colgroup>\n<thead><tr>");
    for (size_t i = 0; i < n; i++) {
        open_cell(d, "th", 'c', 1, 1);
        html_say(d, columns[i].zh, columns[i].en);
        html_raw(d, "</th>");
    }
    html_raw(d, "</tr></thead>\n<tbody>\n");
}

void table_close(struct doc *d)
{
    html_raw(d, "</tbody></table>\n");
    html_open(d, "Table Gap"); /* Word joins tables that nothing parts */
    html_raw(d, "&#160;");
    html_close(d, "Table Gap");
}

void table_row(struct doc *d)
{
    html_raw(d, "<tr>");
}

void table_row_end(struct doc *d)
{
    html_raw(d, "</tr>\n");
}

void table_cell(struct doc *d, char align, size_t rows, size_t columns)
{
    open_cell(d, "td", align, rows, columns);
}

void table_cell_end(struct doc *d)
{
    html_raw(d, "</td>");
}

void table_left_out(struct doc *d, size_t n)
{
    if (n == 0)
        return;
    html_open(d, "Table Note");
    html_sayf(d,
              "此表另有%zu行未列：完整的数字见同一评价输出的 xlsx 或 csv 文件（--format "
              "xlsx、--format csv）。",
              "%zu more rows are left out here: all of them are in the xlsx or csv output of the "
              "same evaluation (--format xlsx, --format csv).",
              n);
    html_close(d, "Table Note");
}
