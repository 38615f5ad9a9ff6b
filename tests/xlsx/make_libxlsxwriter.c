/*
 * make_libxlsxwriter.c - workbooks as libxlsxwriter writes them: with results of formulas, in
 * constant memory (texts in place), with a chart sheet before the data.
 *
 *     cc -o /tmp/make tests/xlsx/make_libxlsxwriter.c -lxlsxwriter && /tmp/make FOLDER
 *
 * In the root of the tree. Writes FOLDER/..._libxlsxwriter.xlsx, always the same bytes.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#define CELLS_MAX 8
#define TEXT_MAX  400

static lxw_workbook *open_book(const char *folder, const char *name, bool constant)
{
    char path[1000];
    lxw_workbook_options options = {.constant_memory = constant};
    lxw_doc_properties properties = {.author = "Steelyard", .created = 1672444800};
    snprintf(path, sizeof path, "%s/%s_libxlsxwriter.xlsx", folder, name);
    lxw_workbook *book = workbook_new_opt(path, &options);
    workbook_set_properties(book, &properties);
    return book;
}

static lxw_format *new_format(lxw_workbook *book, const char *code)
{
    lxw_format *format = workbook_add_format(book);
    format_set_num_format(format, code);
    return format;
}

/* The cells of a line of CSV: quotes may hold commas and doubled quotes. Gives how many. */
static int split(char cells[CELLS_MAX][TEXT_MAX], const char *p)
{
    int n = 0;
    while (n < CELLS_MAX) {
        char *to = cells[n++];
        const bool quoted = *p == '"';
        for (p += quoted; *p; p++) {
            if (quoted && *p == '"' && *++p != '"')
                break;
            if (!quoted && (*p == ',' || *p == '\n'))
                break;
            *to++ = *p;
        }
        *to = '\0';
        if (*p++ != ',')
            break;
    }
    return n;
}

static FILE *open_csv(const char *name)
{
    char path[1000];
    snprintf(path, sizeof path, "tests/xlsx/expected/%s.csv", name);
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        exit(1);
    }
    return file;
}

static const struct figure {
    const char *cell, *code;
    double value;
} FORM[] = {
    {"E4", "#,##0.00", 387664.62},
    {"F4", "#,##0.00", 387664.62},
    {"E5", "#,##0.00", 387664.62},
    {"F5", "#,##0.00", 387664.62},
    {"E6", "\"≥\"0\"人次\"", 735},
    {"F6", "0", 735},
    {"E8", "\"≥\"0%", 1},
    {"F8", "0%", 1},
    {"F9", "yyyy\"年\"m\"月\"d\"日\"", 44915},
    {"E10", "\"≥\"0%", 0.95},
    {"F10", "0%", 0.9235},
    {"E11", "\"≤\"0\"万元\"", 40},
    {"F11", "0.00\"万元\"", 38.77},
    {"E13", "\"=\"0%", 1},
    {"F13", "0%", 0.98},
    {"E14", "\"≥\"0%", 1},
    {"F14", "0%", 1},
    {"E15", "\"≥\"0%", 0.95},
    {"F15", "0.0%", 1},
    {"E16", "\"≥\"0%", 0.95},
    {"F16", "0.0%", 0.995},
};
#define NFORM (sizeof FORM / sizeof *FORM)

static const struct figure *find_figure(int r, int c)
{
    char cell[16];
    snprintf(cell, sizeof cell, "%c%d", 'A' + c, r + 1);
    for (size_t i = 0; i < NFORM; i++)
        if (strcmp(FORM[i].cell, cell) == 0)
            return &FORM[i];
    return NULL;
}

/* A figure as a number, or as a formula whose result is stored beside it. */
static void write_figure(lxw_workbook *book, lxw_worksheet *sheet, int r, int c,
                         const struct figure *f, bool formulas)
{
    lxw_format *format = new_format(book, f->code);
    char text[64];
    snprintf(text, sizeof text, "=%.15g+0", f->value);
    if (formulas)
        worksheet_write_formula_num(sheet, (lxw_row_t)r, (lxw_col_t)c, text, format, f->value);
    else
        worksheet_write_number(sheet, (lxw_row_t)r, (lxw_col_t)c, f->value, format);
}

static void make_form(const char *folder, const char *name, bool constant, bool formulas,
                      bool chart)
{
    char line[2000], cells[CELLS_MAX][TEXT_MAX];
    lxw_workbook *book = open_book(folder, name, constant);
    if (chart) {
        lxw_chart *pie = workbook_add_chart(book, LXW_CHART_PIE);
        chart_add_series(pie, NULL, "=自评表!$G$8:$G$9");
        chartsheet_set_chart(workbook_add_chartsheet(book, "图表"), pie);
    }
    lxw_worksheet *sheet = workbook_add_worksheet(book, "自评表");
    FILE *file = open_csv("form");
    for (int r = 0; fgets(line, sizeof line, file); r++) {
        const int n = split(cells, line);
        for (int c = 0; c < n; c++) {
            const struct figure *figure = find_figure(r, c);
            char *end;
            const double value = strtod(cells[c], &end);
            if (figure)
                write_figure(book, sheet, r, c, figure, formulas);
            else if (r > 2 && (c == 3 || c == 6) && end != cells[c] && !*end)
                worksheet_write_number(sheet, (lxw_row_t)r, (lxw_col_t)c, value, NULL);
            else if (cells[c][0])
                worksheet_write_string(sheet, (lxw_row_t)r, (lxw_col_t)c, cells[c], NULL);
        }
    }
    fclose(file);
    if (!constant)
        worksheet_merge_range(sheet, 3, 0, 3, 1, "预算执行", NULL);
    workbook_close(book);
}

static void make_formats(const char *folder)
{
    char line[2000], cells[CELLS_MAX][TEXT_MAX];
    lxw_workbook *book = open_book(folder, "formats", false);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "Sheet1");
    FILE *file = open_csv("formats");
    for (int r = 0; fgets(line, sizeof line, file); r++) {
        const int n = split(cells, line);
        for (int c = 0; c < n; c++) {
            const bool number = r > 0 && (c == 2 || c == 3);
            if (number)
                worksheet_write_number(sheet, (lxw_row_t)r, (lxw_col_t)c,
                                       atof(cells[c == 2 ? 4 : 3]),
                                       c == 2 ? new_format(book, cells[5]) : NULL);
            else
                worksheet_write_string(sheet, (lxw_row_t)r, (lxw_col_t)c, cells[c], NULL);
        }
    }
    fclose(file);
    workbook_close(book);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("make_libxlsxwriter FOLDER\n", stderr);
        return 2;
    }
    make_form(argv[1], "form", false, false, false);
    make_form(argv[1], "form_constant", true, false, false);
    make_form(argv[1], "form_formulas", false, true, false);
    make_form(argv[1], "form_chart", false, false, true);
    make_formats(argv[1]);
    return 0;
}
