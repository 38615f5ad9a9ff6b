/*
 * html_data.c - a document as JSON for the page's script, written while it is walked.
 *
 *     a table    {"s":3,"v":[[…],[…]]}   rows of cells; 3 is its place in the list of shapes
 *     a record   {"s":4,"r":[…]}
 *     a list     […]
 *     a map      {"m":[[key,value],…]}
 *     a score    "93.20": with all its decimals, as it is printed
 */
#include <stdio.h>
#include <string.h>

#include "html.h"

#define DEPTH_MAX 32

/* What the page has no use for: it is for writers of spreadsheets. */
static bool is_left_out(const char *name)
{
    static const char *const names[] = {"formula",   "read_target", "read_hi",  "read_actual",
                                        "read_unit", "unit_text",   "included", "overrides"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* Tables for people, which the page draws itself. */
static bool is_drawn(const char *name)
{
    return strcmp(name, "rows") == 0 || strcmp(name, "department_rows") == 0;
}

/* Bytes at `s` that JSON or HTML would take for something; 0: none. */
static size_t find_special(const unsigned char *s, size_t len)
{
    if (*s < 0x20 || *s == '"' || *s == '\\' || *s == '<' || *s == '>' || *s == '&' || *s == 0x7F)
        return 1;
    return len >= 3 && s[0] == 0xE2 && s[1] == 0x80 && (s[2] == 0xA8 || s[2] == 0xA9) ? 3 : 0;
}

static void put_string(struct html_out *o, const char *bytes, size_t len)
{
    char escape[8];
    size_t from = 0;
    html_str(o, "\"");
    for (size_t i = 0; i < len;) {
        const unsigned char *s = (const unsigned char *)bytes + i;
        const size_t n = find_special(s, len - i);
        if (n == 0) {
            i++;
            continue;
        }
        html_bytes(o, bytes + from, i - from);
        snprintf(escape, sizeof escape, "\\u%04x", n == 3 ? 0x2000u + (s[2] & 0x3Fu) : *s);
        html_str(o, escape);
        i += n;
        from = i;
    }
    html_bytes(o, bytes + from, len - from);
    html_str(o, "\"");
}

static size_t find_shape(struct html_out *o, const sy_view *view)
{
    const sy_column *columns = view->ops->columns(view->ctx);
    for (size_t i = 0; i < o->nshapes; i++)
        if (o->shapes[i] == view->ops && o->columns[i] == columns)
            return i;
    if (o->nshapes == HTML_SHAPES_MAX || view->ops->ncolumns > HTML_COLUMNS_MAX) {
        o->rc = o->host->fail(o->call, SY_ESYSTEM, 0, 0,
                              "a page has no room for so many kinds of tables");
        return 0;
    }
    o->shapes[o->nshapes] = view->ops;
    o->columns[o->nshapes] = columns;
    return o->nshapes++;
}

static void put_cell(struct html_out *o, const sy_cell *cell, int depth);

static void put_row(struct html_out *o, const sy_view *view, size_t row, int depth)
{
    const sy_column *columns = view->ops->columns(view->ctx);
    bool any = false;
    html_str(o, "[");
    for (size_t c = 0; c < view->ops->ncolumns && o->rc == 0; c++) {
        sy_cell cell = {0};
        if (is_left_out(columns[c].name))
            continue;
        html_str(o, any ? "," : "");
        any = true;
        view->ops->cell(view->ctx, view->first + row, c, &cell);
        if (o->drawn && cell.type == SY_CELL_TABLE && is_drawn(columns[c].name))
            html_str(o, "null");
        else
            put_cell(o, &cell, depth + 1);
    }
    html_str(o, "]");
}

static void put_shaped(struct html_out *o, const sy_view *view, bool record, int depth)
{
    char head[48];
    snprintf(head, sizeof head, "{\"s\":%zu,\"%s\":", find_shape(o, view), record ? "r" : "v");
    html_str(o, head);
    if (record) {
        put_row(o, view, 0, depth);
    } else {
        html_str(o, "[");
        for (size_t i = 0; i < view->count && o->rc == 0; i++) {
            html_str(o, i ? ",\n" : "");
            put_row(o, view, i, depth);
        }
        html_str(o, "]");
    }
    html_str(o, "}");
}

static void put_list(struct html_out *o, const sy_view *view, int depth)
{
    html_str(o, "[");
    for (size_t i = 0; i < view->count && o->rc == 0; i++) {
        sy_cell cell = {0};
        html_str(o, i ? "," : "");
        view->ops->cell(view->ctx, view->first + i, 0, &cell);
        put_cell(o, &cell, depth + 1);
    }
    html_str(o, "]");
}

static void put_map(struct html_out *o, const sy_view *view, int depth)
{
    html_str(o, "{\"m\":[");
    for (size_t i = 0; i < view->count && o->rc == 0; i++) {
        html_str(o, i ? ",[" : "[");
        for (size_t c = 0; c < 2; c++) {
            sy_cell cell = {0};
            html_str(o, c ? "," : "");
            view->ops->cell(view->ctx, view->first + i, c, &cell);
            put_cell(o, &cell, depth + 1);
        }
        html_str(o, "]");
    }
    html_str(o, "]}");
}

static void put_cell(struct html_out *o, const sy_cell *cell, int depth)
{
    char number[64];
    if (depth > DEPTH_MAX && cell->type >= SY_CELL_RECORD) {
        o->rc = o->host->fail(o->call, SY_ESYSTEM, 0, 0, "the document has no end");
        return;
    }
    switch (cell->type) {
    case SY_CELL_BOOL:
        html_str(o, cell->integer ? "true" : "false");
        break;
    case SY_CELL_INTEGER:
        html_bytes(o, number, o->host->print_decimal(number, cell->integer, 0));
        break;
    case SY_CELL_NUMBER:
        html_bytes(o, number, o->host->print_number(number, cell->number));
        break;
    case SY_CELL_DECIMAL:
        html_str(o, "\"");
        html_bytes(o, number, o->host->print_decimal(number, cell->integer, cell->places));
        html_str(o, "\"");
        break;
    case SY_CELL_TEXT:
    case SY_CELL_DATA:
        put_string(o, cell->text, cell->text_len);
        break;
    case SY_CELL_RECORD:
    case SY_CELL_TABLE:
        put_shaped(o, &cell->view, cell->type == SY_CELL_RECORD, depth);
        break;
    case SY_CELL_LIST:
        put_list(o, &cell->view, depth);
        break;
    case SY_CELL_MAP:
        put_map(o, &cell->view, depth);
        break;
    default:
        html_str(o, "null");
        break;
    }
}

void html_data(struct html_out *o, const sy_view *document)
{
    put_shaped(o, document, true, 0);
}

/* [[["fund",null,0],…],…]: key, label, whether it is set to the right. */
void html_shapes(struct html_out *o)
{
    html_str(o, "[");
    for (size_t i = 0; i < o->nshapes && o->rc == 0; i++) {
        bool any = false;
        html_str(o, i ? ",\n[" : "[");
        for (size_t c = 0; c < o->shapes[i]->ncolumns; c++) {
            const sy_column *column = &o->columns[i][c];
            if (is_left_out(column->name))
                continue;
            html_str(o, any ? ",[" : "[");
            any = true;
            put_string(o, column->name, strlen(column->name));
            html_str(o, ",");
            if (column->label != NULL)
                put_string(o, column->label, strlen(column->label));
            else
                html_str(o, "null");
            html_str(o, column->right ? ",1]" : ",0]");
        }
        html_str(o, "]");
    }
    html_str(o, "]");
}
