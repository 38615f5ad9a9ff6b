/*
 * config_lines.c - yardsticks for people: a heading for each type and section, a line for each key;
 * of a difference a line for each year.
 */
#include <string.h>

#include "api/config.h"
#include "base/error.h"

static sy_status add_line(struct config *c, enum config_line_kind kind, uint32_t row,
                          const struct yard_hidden *hidden, sy_error *err)
{
    void *array = c->lines;
    bool room = dataset_grow(&array, &c->lines_cap, c->nlines, sizeof *c->lines);
    c->lines = array;
    if (!room)
        return error_nomem(err);
    c->lines[c->nlines++] = (struct config_line){kind, row, hidden};
    return SY_OK;
}

/* Headings where a row begins a type and year, or a section. */
static sy_status add_headings(struct config *c, const struct config_row *row,
                              const struct config_row *before, bool years, sy_error *err)
{
    const struct standard *s = &c->r->standards[row->standard];
    bool type = !before || c->r->standards[before->standard].type != s->type ||
                (years && before->standard != row->standard);
    uint32_t at = (uint32_t)(row - c->rows);
    sy_status status = type ? add_line(c, LINE_STANDARD, at, NULL, err) : SY_OK;
    if (status == SY_OK && (type || strcmp(before->section, row->section) != 0))
        status = add_line(c, LINE_SECTION, at, NULL, err);
    return status;
}

static sy_status list_rows(struct config *c, bool hidden, sy_error *err)
{
    sy_status status = SY_OK;
    for (uint32_t i = 0; i < c->nrows && status == SY_OK; i++) {
        status = add_headings(c, &c->rows[i], i ? &c->rows[i - 1] : NULL, true, err);
        if (status == SY_OK)
            status = add_line(c, LINE_ROW, i, NULL, err);
        const struct yard_hidden *h = hidden ? c->rows[i].hidden : NULL;
        for (; h && status == SY_OK; h = h->next)
            status = add_line(c, LINE_HIDDEN, i, h, err);
    }
    return status;
}

static const struct config_row *either_row(const struct config *c, uint32_t change)
{
    const struct config_change *x = &c->changes[change];
    return &c->rows[x->from < 0 ? x->to : x->from];
}

static sy_status list_changes(struct config *c, sy_error *err)
{
    sy_status status = SY_OK;
    for (uint32_t i = 0; i < c->nchanges && status == SY_OK; i++) {
        status = add_headings(c, either_row(c, i), i ? either_row(c, i - 1) : NULL, false, err);
        if (status == SY_OK)
            status = add_line(c, LINE_ROW, i, NULL, err);
        if (status == SY_OK && c->changes[i].from >= 0)
            status = add_line(c, LINE_FROM, (uint32_t)c->changes[i].from, NULL, err);
        if (status == SY_OK && c->changes[i].to >= 0)
            status = add_line(c, LINE_TO, (uint32_t)c->changes[i].to, NULL, err);
    }
    return status;
}

sy_status config_people(struct config *c, bool hidden, sy_error *err)
{
    c->people = true;
    return c->from ? list_changes(c, err) : list_rows(c, hidden, err);
}

enum { L_KEY, L_VALUE, L_SOURCE, L_COUNT };

static const sy_column *line_columns(const void *ctx)
{
    static const sy_column zh[L_COUNT] = {
        {"key", "项", 0}, {"value", "值", 0}, {"source", "出处", 0}};
    static const sy_column en[L_COUNT] = {
        {"key", NULL, 0}, {"value", NULL, 0}, {"source", NULL, 0}};
    return ((const struct config *)ctx)->zh ? zh : en;
}

static void print_heading(struct config *c, const struct config_line *line,
                          const struct config_row *row)
{
    const struct standard *s = &c->r->standards[row->standard];
    if (line->kind == LINE_SECTION)
        buf_printf(&c->scratch, "[%s]", row->section);
    else if (c->from)
        buf_printf(&c->scratch, "%s %d → %d", s->yard->type, c->from, c->to);
    else
        buf_printf(&c->scratch, "%s %d", s->yard->type, s->year);
}

static void print_key(struct config *c, const struct config_line *line,
                      const struct config_row *row)
{
    switch (line->kind) {
    case LINE_STANDARD:
    case LINE_SECTION:
        print_heading(c, line, row);
        break;
    case LINE_HIDDEN:
        buf_str(&c->scratch, c->zh ? "  取代" : "  instead of");
        break;
    case LINE_FROM:
    case LINE_TO:
        buf_printf(&c->scratch, "  %d", line->kind == LINE_FROM ? c->from : c->to);
        break;
    case LINE_ROW:
        buf_str(&c->scratch, c->zh && row->key == config_otherwise ? "（其余）" : row->key);
        break;
    }
}

static const char *line_value(const struct config *c, const struct config_line *line,
                              const struct config_row *row)
{
    switch (line->kind) {
    case LINE_STANDARD:
        return c->r->standards[row->standard].yard->name;
    case LINE_SECTION:
        return NULL;
    case LINE_HIDDEN:
        return line->hidden->value;
    case LINE_ROW:
        if (c->from)
            return config_change_word(c, &c->changes[line->row]);
        break;
    case LINE_FROM:
    case LINE_TO:
        break;
    }
    return row->shown ? row->shown : row->value;
}

static const char *line_source(struct config *c, const struct config_line *line,
                               const struct config_row *row)
{
    bool none = line->kind == LINE_STANDARD || line->kind == LINE_SECTION ||
                (line->kind == LINE_ROW && c->from);
    if (none)
        return NULL;
    return config_source(c, line->kind == LINE_HIDDEN ? &line->hidden->origin : &row->origin);
}

static void line_cell(const void *ctx, size_t at, size_t column, sy_cell *out)
{
    struct config *c = (struct config *)ctx;
    const struct config_line *line = &c->lines[at];
    const struct config_row *row =
        c->from && line->kind == LINE_ROW ? either_row(c, line->row) : &c->rows[line->row];
    const char *text = NULL;
    buf_clear(&c->scratch);
    if (column == L_KEY) {
        print_key(c, line, row);
        c->failed = c->failed || c->scratch.failed;
        text = buf_text(&c->scratch);
    } else {
        text = column == L_VALUE ? line_value(c, line, row) : line_source(c, line, row);
    }
    if (!text)
        return;
    out->type = SY_CELL_DATA;
    out->text = text;
    out->text_len = strlen(text);
}

sy_view config_view_people(const struct config *c)
{
    static const sy_view_ops ops = {sizeof ops, L_COUNT, line_columns, line_cell};
    return (sy_view){&ops, c, 0, c->nlines};
}
