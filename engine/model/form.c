/*
 * form.c - where forms begin and end. Each has one heading 一级指标 with others beside it; what
 * stands between two of them belongs to the lower one from its 项目名称 on.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "model/form_scan.h"

#define FORMS_MAX 1000u /* of a sheet */

static void free_form(struct form *form)
{
    free(form->fund.cells);
    free(form->outcomes.cells);
    free(form->adjustments.cells);
    free(form->doubts);
}

void forms_dispose(struct forms *f)
{
    for (uint32_t i = 0; i < f->n; i++)
        free_form(&f->list[i]);
    free(f->list);
    arena_dispose(&f->arena);
    *f = (struct forms){0};
}

/* While forms are sought: where each has its heading, from the label beside it (绩效指标), if there
 * is one, to the last heading that is known; and the columns that are its own. */
struct anchor {
    uint32_t row; /* of the grid */
    uint32_t column, from, to;
    uint32_t left, right;
};

struct search {
    struct scan scan;
    struct anchor *list;
    uint32_t n, cap;
};

static bool means(struct scan *s, const struct grid_cell *cell, const char *meaning)
{
    return scan_is(s, "outcomes", cell, meaning);
}

#define MEANINGS_MAX 32

/* The headings from 一级指标 on, up to one that is there already: it is another form's. Whether
 * they are those of indicators: 二级指标 or 三级指标, and a value. */
static bool read_heading(struct scan *s, const struct grid_cell *cell, const struct grid_cell *end,
                         struct anchor *out)
{
    static const char *const names[] = {"level2", "name"}, *const values[] = {"target", "actual",
                                                                              "weight", "claimed",
                                                                              "sign"};
    const char *seen[MEANINGS_MAX];
    size_t n = 0;
    bool name = false, value = false;
    if (!means(s, cell, "level1"))
        return false;
    for (out->column = out->from = cell->column; cell < end && n < MEANINGS_MAX; cell++) {
        const char *meaning = scan_label(s, "outcomes", cell);
        if (!meaning)
            continue;
        for (size_t i = 0; i < n; i++)
            if (strcmp(seen[i], meaning) == 0)
                return name && value;
        seen[n++] = meaning;
        out->to = cell->column;
        for (size_t i = 0; i < 2; i++)
            name = name || strcmp(meaning, names[i]) == 0;
        for (size_t i = 0; i < sizeof values / sizeof *values; i++)
            value = value || strcmp(meaning, values[i]) == 0;
    }
    return name && value;
}

static bool add_anchor(struct search *f, const struct anchor *anchor)
{
    if (f->n == f->cap) {
        const uint32_t cap = f->cap * 2 + 4;
        struct anchor *grown = realloc(f->list, cap * sizeof *grown);
        if (!grown)
            return false;
        f->list = grown;
        f->cap = cap;
    }
    f->list[f->n++] = *anchor;
    return true;
}

static bool find_anchors(struct search *f)
{
    struct scan *s = &f->scan;
    for (uint32_t r = 0; r < s->g->nrows && f->n < FORMS_MAX; r++) {
        const struct grid_cell *cell, *end, *side = NULL;
        for (scan_row(s, r, &cell, &end); cell < end; cell++) {
            struct anchor anchor = {.row = r, .left = 1, .right = UINT32_MAX};
            side = scan_is(s, "form", cell, "side") ? cell : side;
            if (!read_heading(s, cell, end, &anchor))
                continue;
            anchor.from = side ? side->column : anchor.from;
            side = NULL;
            if (!add_anchor(f, &anchor))
                return false;
        }
    }
    return true;
}

/* Forms whose headings have no column in common stand side by side, or may: each keeps to its own
 * columns. */
static void part_columns(struct search *f)
{
    for (uint32_t i = 0; i < f->n; i++) {
        for (uint32_t k = 0; k < f->n; k++) {
            struct anchor *a = &f->list[i];
            const struct anchor *b = &f->list[k];
            if (b->from > a->to && b->from - 1 < a->right)
                a->right = b->from - 1;
            if (b->to < a->from && b->to + 1 > a->left)
                a->left = b->to + 1;
        }
    }
}

static bool overlap(const struct anchor *a, const struct anchor *b)
{
    return a->left <= b->right && b->left <= a->right;
}

static bool has_name(struct scan *s, uint32_t row)
{
    const struct grid_cell *cell, *end;
    struct form_cell before, behind;
    uint32_t unit;
    for (scan_row(s, row, &cell, &end); cell < end; cell++) {
        const char *meaning = scan_label(s, "form", cell);
        if (!meaning && scan_split(s->g, cell, &before, &behind))
            meaning = scan_meaning(s, "form", before.text, before.len, &unit);
        if (meaning && strcmp(meaning, "name") == 0)
            return true;
    }
    return false;
}

/* Whether a heading is that of the form above once more, as printed pages repeat it: the same
 * columns, and no other project in between. */
static bool is_repeated(struct search *f, const struct anchor *above, const struct anchor *a)
{
    if (above->row >= a->row || above->column != a->column || above->to != a->to)
        return false;
    f->scan.left = a->left;
    f->scan.right = a->right;
    for (uint32_t r = above->row + 1; r < a->row; r++)
        if (has_name(&f->scan, r))
            return false;
    return true;
}

static void drop_repeated(struct search *f)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < f->n; i++) {
        bool repeated = false;
        for (uint32_t k = kept; k-- > 0 && !repeated;) {
            if (!overlap(&f->list[k], &f->list[i]))
                continue;
            repeated = is_repeated(f, &f->list[k], &f->list[i]);
            break;
        }
        if (!repeated)
            f->list[kept++] = f->list[i];
    }
    f->n = kept;
}

/* The rows of an anchor's form: from the end of the one above it to where the next one begins,
 * which is at its 项目名称, or the row above that where the title stands. */
static void bound(struct search *f, uint32_t i)
{
    struct scan *s = &f->scan;
    const struct anchor *a = &f->list[i];
    uint32_t next = s->g->nrows;
    s->left = a->left;
    s->right = a->right;
    s->header = a->row;
    s->top = 0;
    for (uint32_t k = 0; k < i; k++)
        if (f->list[k].row < a->row && overlap(&f->list[k], a))
            s->top = f->list[k].row + 1;
    for (uint32_t r = s->top; s->top > 0 && r < a->row; r++) {
        if (has_name(s, r)) {
            s->top = r > s->top + 1 ? r - 1 : r;
            break;
        }
    }
    for (uint32_t k = f->n; k-- > i + 1;)
        if (f->list[k].row > a->row && overlap(&f->list[k], a))
            next = f->list[k].row;
    s->bottom = next;
    for (uint32_t r = a->row + 1; r < next; r++) {
        if (has_name(s, r)) {
            s->bottom = r;
            break;
        }
    }
}

/* Indicators of no project: told by the form above, if there is one. */
static void drop_form(struct forms *out, struct scan *s)
{
    const uint32_t row = s->form->row, column = s->form->column;
    free_form(&out->list[--out->n]);
    if (out->n == 0)
        return;
    s->form = &out->list[out->n - 1];
    for (uint32_t i = grid_first(s->g, s->header); i < grid_end(s->g, s->header); i++)
        if (s->g->cells[i].column == column)
            scan_doubt(s, FINDING_FORM_UNPLACED, row, column, grid_text(s->g, &s->g->cells[i]),
                       s->g->cells[i].len);
}

static sy_status read_form(struct forms *out, struct search *f, uint32_t i, sy_error *err)
{
    if (out->n == out->cap) {
        const uint32_t cap = out->cap * 2 + 4;
        struct form *grown = realloc(out->list, cap * sizeof *grown);
        if (!grown)
            return error_nomem(err);
        out->list = grown;
        out->cap = cap;
    }
    struct scan *s = &f->scan;
    s->form = &out->list[out->n++];
    s->is_form = false;
    *s->form = (struct form){.column = f->list[i].column};
    bound(f, i);
    s->form->row = s->g->cells[grid_first(s->g, s->header)].row;
    scan_give(s, "fund", &(struct form_cell){"", 0, 0, 0});
    form_head(s);
    form_rows(s);
    if (!s->is_form)
        drop_form(out, s);
    return s->failed ? error_nomem(err) : SY_OK;
}

sy_status forms_find(struct forms *out, const struct grid *g, const struct columns *c,
                     struct units *units, sy_error *err)
{
    struct search f = {.scan = {.g = g,
                                .c = c,
                                .units = units,
                                .arena = &out->arena,
                                .means = calloc(g->ncells + 1, sizeof(struct scan_means)),
                                .left = 1,
                                .right = UINT32_MAX}};
    sy_status status =
        f.scan.means && find_anchors(&f) && !f.scan.failed ? SY_OK : error_nomem(err);
    if (status == SY_OK)
        part_columns(&f);
    if (status == SY_OK)
        drop_repeated(&f);
    for (uint32_t i = 0; i < f.n && status == SY_OK; i++)
        status = read_form(out, &f, i, err);
    free(f.list);
    free(f.scan.means);
    buf_dispose(&f.scan.bare);
    return status;
}
