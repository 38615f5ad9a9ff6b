/*
 * form_scan.c - what cells of a form mean, and where what is found is put.
 */
#include "model/form_scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

const char *scan_meaning(struct scan *s, const char *section, const char *text, size_t len,
                         uint32_t *unit)
{
    const char *meaning = columns_meaning(s->c, section, text, len, s->units, unit, &s->bare);
    s->failed = s->failed || s->bare.failed;
    return meaning;
}

/* Bytes of a colon that ends a text; 0. */
static size_t colon_at_end(const char *text, size_t len)
{
    if (len >= 1 && text[len - 1] == ':')
        return 1;
    return len >= 3 && memcmp(text + len - 3, "：", 3) == 0 ? 3 : 0;
}

static size_t section_of(const char *section)
{
    static const char *const sections[SCAN_SECTIONS] = {"form", "funds", "outcomes", "rows"};
    size_t i = 0;
    while (i + 1 < SCAN_SECTIONS && strcmp(sections[i], section) != 0)
        i++;
    return i;
}

/* A cell is asked for many times. */
const char *scan_label(struct scan *s, const char *section, const struct grid_cell *cell)
{
    struct scan_means *means = &s->means[cell - s->g->cells];
    const size_t i = section_of(section);
    if (!means->known[i]) {
        const char *text = grid_text(s->g, cell);
        uint32_t unit;
        means->meaning[i] =
            scan_meaning(s, section, text, cell->len - colon_at_end(text, cell->len), &unit);
        means->known[i] = true;
    }
    return means->meaning[i];
}

bool scan_is(struct scan *s, const char *section, const struct grid_cell *cell, const char *meaning)
{
    const char *found = scan_label(s, section, cell);
    return found && strcmp(found, meaning) == 0;
}

bool scan_is_label(struct scan *s, const struct grid_cell *cell)
{
    struct form_cell before, behind;
    uint32_t unit;
    if (scan_label(s, "form", cell) || scan_label(s, "funds", cell))
        return true;
    return scan_split(s->g, cell, &before, &behind) &&
           scan_meaning(s, "form", before.text, before.len, &unit) != NULL;
}

bool scan_split(const struct grid *g, const struct grid_cell *cell, struct form_cell *before,
                struct form_cell *behind)
{
    const char *text = grid_text(g, cell);
    for (size_t i = 0; i < cell->len; i++) {
        const size_t colon = colon_at_end(text, i + 1);
        if (colon == 0)
            continue;
        const char *rest = text + i + 1;
        size_t len = cell->len - i - 1;
        text_trim(&rest, &len);
        *before = (struct form_cell){text, (uint32_t)(i + 1 - colon), cell->row, cell->column};
        *behind = (struct form_cell){rest, (uint32_t)len, cell->row, cell->column};
        return true;
    }
    return false;
}

struct form_cell scan_cell(const struct scan *s, const struct grid_cell *cell)
{
    return (struct form_cell){grid_text(s->g, cell), cell->len, cell->row, cell->column};
}

struct form_cell scan_value(struct scan *s, const struct grid_cell *cell)
{
    const struct grid_cell *next = cell + 1, *last = s->g->cells + s->g->ncells;
    struct form_cell before, behind;
    if (scan_split(s->g, cell, &before, &behind) && behind.len > 0)
        return behind;
    if (next == last || next->row != cell->row || next->column > s->right || scan_is_label(s, next))
        return (struct form_cell){"", 0, cell->row, cell->column};
    return scan_cell(s, next);
}

void scan_row(const struct scan *s, uint32_t row, const struct grid_cell **first,
              const struct grid_cell **end)
{
    const struct grid_cell *from = s->g->cells + grid_first(s->g, row);
    const struct grid_cell *to = s->g->cells + grid_end(s->g, row);
    while (from < to && from->column < s->left)
        from++;
    while (to > from && to[-1].column > s->right)
        to--;
    *first = from;
    *end = to;
}

bool scan_is_amount(const struct form_cell *cell)
{
    size_t n = 0;
    uint32_t c = cell->len ? text_next(cell->text, cell->len, &n) : 0;
    if (c == '-' && cell->len > n)
        c = text_next(cell->text + n, cell->len - n, &n);
    return (c >= '0' && c <= '9') || (c >= 0xFF10 && c <= 0xFF19);
}

uint32_t scan_add_column(struct scan *s, struct form_table *t, const char *name)
{
    if (t->ncolumns == t->columns_cap) {
        const uint32_t cap = t->columns_cap * 2 + 16;
        const char **grown = arena_alloc(s->arena, cap * sizeof *grown);
        if (!grown) {
            s->failed = true;
            return 0;
        }
        if (t->ncolumns)
            memcpy(grown, t->names, t->ncolumns * sizeof *grown);
        t->names = grown;
        t->columns_cap = cap;
    }
    t->names[t->ncolumns] = arena_strdup(s->arena, name);
    s->failed = s->failed || !t->names[t->ncolumns];
    return t->ncolumns++;
}

struct form_cell *scan_add_row(struct scan *s, struct form_table *t)
{
    if (t->nrows == t->rows_cap) {
        const uint32_t cap = t->rows_cap * 2 + 32;
        struct form_cell *grown = realloc(t->cells, (size_t)cap * t->ncolumns * sizeof *grown);
        if (!grown) {
            s->failed = true;
            return NULL;
        }
        t->cells = grown;
        t->rows_cap = cap;
    }
    struct form_cell *row = t->cells + (size_t)t->nrows++ * t->ncolumns;
    memset(row, 0, t->ncolumns * sizeof *row);
    return row;
}

/* The fund's row has a cell a column, and grows with them. */
bool scan_give(struct scan *s, const char *name, const struct form_cell *cell)
{
    struct form_table *t = &s->form->fund;
    for (uint32_t i = 0; i < t->ncolumns; i++)
        if (strcmp(t->names[i], name) == 0)
            return false;
    const uint32_t column = scan_add_column(s, t, name);
    struct form_cell *grown = realloc(t->cells, (size_t)t->columns_cap * sizeof *grown);
    if (!grown || s->failed) {
        s->failed = true;
        t->cells = grown ? grown : t->cells;
        return false;
    }
    t->cells = grown;
    t->cells[column] = *cell;
    t->nrows = 1;
    return true;
}

void scan_doubt(struct scan *s, enum finding_code code, uint32_t row, uint32_t column,
                const char *text, size_t len)
{
    struct form *f = s->form;
    if (f->ndoubts == f->doubts_cap) {
        const uint32_t cap = f->doubts_cap * 2 + 8;
        struct form_doubt *grown = realloc(f->doubts, cap * sizeof *grown);
        if (!grown) {
            s->failed = true;
            return;
        }
        f->doubts = grown;
        f->doubts_cap = cap;
    }
    char *copy = arena_copy(s->arena, text, len);
    s->failed = s->failed || !copy;
    f->doubts[f->ndoubts++] = (struct form_doubt){code, row, column, copy};
}
