/*
 * view.c - what a report says: cells by the names of their columns, and how they are printed.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <steelyard/view.h>

#include "docx.h"

#define NUMBER_MAX 48

sy_cell view_get(const sy_view *view, size_t row, const char *name)
{
    return sy_view_field(view, row, name);
}

sy_cell view_path(const sy_view *view, size_t row, const char *path)
{
    return sy_view_path(view, row, path);
}

sy_view view_table(const sy_view *view, size_t row, const char *name)
{
    const sy_cell cell = view_get(view, row, name);
    switch (cell.type) {
    case SY_CELL_RECORD:
    case SY_CELL_TABLE:
    case SY_CELL_LIST:
    case SY_CELL_MAP:
        return cell.view;
    default:
        return (sy_view){0};
    }
}

bool view_is_text(const sy_cell *cell)
{
    return sy_cell_is_text(cell);
}

bool view_equals(const sy_cell *cell, const char *text)
{
    return sy_cell_is(cell, text);
}

bool view_number(const sy_cell *cell, double *out)
{
    const double number = cell->type == SY_CELL_BOOL ? NAN : sy_cell_number(cell);
    if (isfinite(number))
        *out = number;
    return isfinite(number);
}

bool view_bool(const sy_view *view, size_t row, const char *name)
{
    const sy_cell cell = view_get(view, row, name);
    return cell.type == SY_CELL_BOOL && cell.integer != 0;
}

long view_integer(const sy_view *view, size_t row, const char *name)
{
    const sy_cell cell = view_get(view, row, name);
    return cell.type == SY_CELL_INTEGER ? (long)cell.integer : 0;
}

void view_copy(const sy_cell *cell, char *out, size_t cap)
{
    size_t n = view_is_text(cell) ? cell->text_len : 0;
    if (n >= cap) { /* no character is cut in two */
        n = cap - 1;
        while (n > 0 && ((unsigned char)cell->text[n] & 0xC0) == 0x80)
            n--;
    }
    if (n > 0)
        memcpy(out, cell->text, n);
    out[n] = '\0';
}

static bool put_list(struct doc *d, const sy_view *list)
{
    for (size_t i = 0; i < list->count; i++) {
        sy_cell cell = {0};
        list->ops->cell(list->ctx, list->first + i, 0, &cell);
        if (i > 0)
            html_say(d, "、", ", ");
        view_put(d, &cell);
    }
    return list->count > 0;
}

static bool put_map(struct doc *d, const sy_view *map)
{
    for (size_t i = 0; i < map->count; i++) {
        sy_cell key = {0}, value = {0};
        map->ops->cell(map->ctx, map->first + i, 0, &key);
        if (i > 0)
            html_say(d, "、", ", ");
        view_put(d, &key);
        html_raw(d, " ");
        map->ops->cell(map->ctx, map->first + i, 1, &value);
        view_put(d, &value);
    }
    return map->count > 0;
}

bool view_put(struct doc *d, const sy_cell *cell)
{
    char number[NUMBER_MAX];
    size_t n = 0;
    switch (cell->type) {
    case SY_CELL_TEXT:
    case SY_CELL_DATA:
        if (cell->text == NULL || cell->text_len == 0)
            return false;
        html_text(d, cell->text, cell->text_len);
        return true;
    case SY_CELL_BOOL:
        html_say(d, cell->integer ? "是" : "否", cell->integer ? "yes" : "no");
        return true;
    case SY_CELL_INTEGER:
        n = (size_t)snprintf(number, sizeof number, "%" PRId64, cell->integer);
        break;
    case SY_CELL_NUMBER:
        if (!isfinite(cell->number))
            return false;
        n = d->host->print_number(number, cell->number);
        break;
    case SY_CELL_DECIMAL:
        n = d->host->print_decimal(number, cell->integer, cell->places);
        break;
    case SY_CELL_LIST:
        return put_list(d, &cell->view);
    case SY_CELL_MAP:
        return put_map(d, &cell->view);
    default:
        return false;
    }
    html_text(d, number, n);
    return true;
}

void view_put_or_missing(struct doc *d, const sy_cell *cell)
{
    if (!view_put(d, cell))
        html_missing(d);
}

void view_put_fund(struct doc *d, size_t row)
{
    const sy_cell name = view_get(&d->funds, row, "name");
    if (!view_put(d, &name)) {
        const sy_cell key = view_get(&d->funds, row, "fund");
        view_put_or_missing(d, &key);
    }
    if (d->years)
        html_sayf(d, "（%ld年）", " (%ld)", view_integer(&d->funds, row, "year"));
}

void view_cell(struct doc *d, const sy_view *view, size_t row, const char *name, char align)
{
    table_cell(d, align, 1, 1);
    const sy_cell cell = view_path(view, row, name);
    if (!view_put(d, &cell))
        html_say(d, "—", "–");
    table_cell_end(d);
}

void view_put_points(struct doc *d, double points)
{
    char number[NUMBER_MAX];
    const double rounded = money_round(points, 6);
    html_text(d, number, d->host->print_number(number, rounded == 0 ? 0 : rounded));
}

void view_put_share(struct doc *d, const sy_cell *cell)
{
    char number[NUMBER_MAX];
    double share;
    if (!view_number(cell, &share)) {
        html_say(d, "—", "–");
        return;
    }
    size_t n = d->host->print_decimal(number, llround(money_round(share * 1000, 6)), 1);
    html_text(d, number, n);
    html_raw(d, "%");
}
