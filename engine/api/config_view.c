/*
 * config_view.c - flat tables for machines: a row a key, a row a difference.
 */
#include <string.h>

#include "api/config.h"
#include "base/number.h"

static void text_cell(sy_cell *out, const char *text)
{
    if (!text)
        return;
    out->type = SY_CELL_DATA;
    out->text = text;
    out->text_len = strlen(text);
}

/* A number, a sign and a place are nothing that a spreadsheet would run. */
static void plain_cell(sy_cell *out, const char *text)
{
    text_cell(out, text);
    if (text)
        out->type = SY_CELL_TEXT;
}

static void value_cell(sy_cell *out, const struct config_row *row)
{
    double number;
    bool plain =
        strcmp(row->section, "signs") == 0 || number_parse(&number, row->value, strlen(row->value));
    (plain ? plain_cell : text_cell)(out, row->value);
}

static void year_cell(sy_cell *out, int year)
{
    out->type = SY_CELL_INTEGER;
    out->integer = year;
}

static const char *type_of(const struct config *c, uint32_t standard)
{
    return c->r->standards[standard].yard->type;
}

/* "10 (config/t.ini:3); 5 (steelyard:config/t.ini:7)": the nearest first. */
static void print_hidden(struct config *c, const struct yard_hidden *hidden, sy_cell *out)
{
    struct buf all = {0};
    for (const struct yard_hidden *h = hidden; h; h = h->next)
        buf_printf(&all, "%s%s (%s)", h == hidden ? "" : "; ", h->value,
                   config_source(c, &h->origin));
    buf_clear(&c->scratch);
    buf_str(&c->scratch, buf_text(&all));
    c->failed = c->failed || all.failed || c->scratch.failed;
    buf_dispose(&all);
    text_cell(out, hidden ? buf_text(&c->scratch) : NULL);
}

enum { R_TYPE, R_YEAR, R_SECTION, R_KEY, R_VALUE, R_SOURCE, R_OVERRIDES, R_COUNT };

static const sy_column *row_columns(const void *ctx)
{
    static const sy_column columns[R_COUNT] = {
        {"type", NULL, 0},  {"year", NULL, 1},   {"section", NULL, 0},  {"key", NULL, 0},
        {"value", NULL, 0}, {"source", NULL, 0}, {"overrides", NULL, 0}};
    (void)ctx;
    return columns;
}

static void row_cell(const void *ctx, size_t at, size_t column, sy_cell *out)
{
    struct config *c = (struct config *)ctx;
    const struct config_row *row = &c->rows[at];
    switch (column) {
    case R_TYPE:
        text_cell(out, type_of(c, row->standard));
        break;
    case R_YEAR:
        year_cell(out, c->r->standards[row->standard].year);
        break;
    case R_SECTION:
        text_cell(out, row->section);
        break;
    case R_KEY:
        text_cell(out, row->key);
        break;
    case R_VALUE:
        value_cell(out, row);
        break;
    case R_SOURCE:
        plain_cell(out, config_source(c, &row->origin));
        break;
    default:
        print_hidden(c, row->hidden, out);
        break;
    }
}

sy_view config_view_rows(const struct config *c)
{
    static const sy_view_ops ops = {sizeof ops, R_COUNT, row_columns, row_cell};
    return (sy_view){&ops, c, 0, c->nrows};
}

enum { D_TYPE, D_SECTION, D_KEY, D_CHANGE, D_FROM, D_TO, D_FROM_SOURCE, D_TO_SOURCE, D_COUNT };

static const sy_column *change_columns(const void *ctx)
{
    static const sy_column columns[D_COUNT] = {
        {"type", NULL, 0}, {"section", NULL, 0}, {"key", NULL, 0},         {"change", NULL, 0},
        {"from", NULL, 0}, {"to", NULL, 0},      {"from_source", NULL, 0}, {"to_source", NULL, 0}};
    (void)ctx;
    return columns;
}

static void change_cell(const void *ctx, size_t at, size_t column, sy_cell *out)
{
    struct config *c = (struct config *)ctx;
    const struct config_change *change = &c->changes[at];
    const struct config_row *from = change->from < 0 ? NULL : &c->rows[change->from],
                            *to = change->to < 0 ? NULL : &c->rows[change->to],
                            *either = from ? from : to;
    const struct config_row *side = column == D_FROM || column == D_FROM_SOURCE ? from : to;
    switch (column) {
    case D_TYPE:
        text_cell(out, type_of(c, either->standard));
        break;
    case D_SECTION:
        text_cell(out, either->section);
        break;
    case D_KEY:
        text_cell(out, either->key);
        break;
    case D_CHANGE:
        text_cell(out, config_change_word(c, change));
        break;
    case D_FROM:
    case D_TO:
        if (side)
            value_cell(out, side);
        break;
    default:
        plain_cell(out, side ? config_source(c, &side->origin) : NULL);
        break;
    }
}

sy_view config_view_changes(const struct config *c)
{
    static const sy_view_ops ops = {sizeof ops, D_COUNT, change_columns, change_cell};
    return (sy_view){&ops, c, 0, c->nchanges};
}
