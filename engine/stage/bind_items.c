/*
 * bind_items.c - the indicators of each fund: its rows, and the paths that every fund of its type
 * has.
 *
 * Data is mostly plain, and costs little then: rows that lie by fund already need no order of their
 * own, items that are just the rows need no list of rows, and a fund that has the same indicators
 * in the same order as the one of its standard before takes what was found for that.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/pages.h"
#include "stage/plan.h"

/* While items are listed. Owns: models, seen. */
struct listing {
    struct run *r;
    uint32_t *models; /* by standard: its last fund that has no row twice; NO_ROW: none yet */
    uint32_t *seen; /* by path: the item that had it last; of this fund where it is >= its first */
    size_t nseen;
    size_t cap;    /* items that there may be at most */
    bool labelled; /* some row of the data may be */
    sy_error *err;
};

/* Where each entity's rows begin, if rows lie by entity. */
static bool rows_lie_in_order(struct run *r)
{
    const struct outcomes *o = &r->d.outcomes;
    uint32_t next = 0; /* the first entity whose rows have not begun */
    for (uint32_t i = 0; i < o->nowners; i++) {
        const struct outcome_owner *owner = &o->owners[i];
        if (owner->entity < next)
            return false;
        while (next <= owner->entity)
            r->row_first[next++] = owner->row;
    }
    while (next <= r->d.nentities)
        r->row_first[next++] = o->count;
    return true;
}

/* Where the rows of an owner end. */
static uint32_t end_of(const struct outcomes *o, uint32_t owner)
{
    return owner + 1 < o->nowners ? o->owners[owner + 1].row : o->count;
}

/* Rows by entity, each entity's in order of the data. */
static sy_status order_rows(struct run *r, sy_error *err)
{
    const struct outcomes *o = &r->d.outcomes;
    const uint32_t n = r->d.nentities;
    r->row_first = malloc(((size_t)n + 2) * sizeof *r->row_first);
    if (!r->row_first)
        return error_nomem(err);
    pages_expect(r->row_first, n * sizeof *r->row_first);
    if (rows_lie_in_order(r))
        return SY_OK;
    r->row_order = malloc(((size_t)o->count + 1) * sizeof *r->row_order);
    if (!r->row_order)
        return error_nomem(err);
    memset(r->row_first, 0, ((size_t)n + 2) * sizeof *r->row_first);
    for (uint32_t i = 0; i < o->nowners; i++)
        r->row_first[o->owners[i].entity + 2] += end_of(o, i) - o->owners[i].row;
    for (uint32_t i = 2; i < n + 2; i++)
        r->row_first[i] += r->row_first[i - 1];
    for (uint32_t i = 0; i < o->nowners; i++)
        for (uint32_t row = o->owners[i].row; row < end_of(o, i); row++)
            r->row_order[r->row_first[o->owners[i].entity + 1]++] = row;
    return SY_OK;
}

/* From here on items are no longer just the rows in their order. */
static bool spell_rows(struct listing *l)
{
    struct run *r = l->r;
    if (r->item_rows)
        return true;
    r->item_rows = malloc((l->cap - r->nitems) * sizeof *r->item_rows);
    r->nplain = r->nitems;
    return r->item_rows != NULL;
}

/* There are more bounds than two bytes can tell apart. */
static bool widen_bounds(struct listing *l)
{
    struct run *r = l->r;
    r->wide_bounds = malloc(l->cap * sizeof *r->wide_bounds);
    for (uint32_t i = 0; i < r->nitems && r->wide_bounds; i++)
        r->wide_bounds[i] = r->item_bounds[i];
    if (!r->wide_bounds)
        return false;
    free(r->item_bounds);
    r->item_bounds = NULL;
    return true;
}

/* `at` is a place in the order of rows, or NO_ROW. */
static bool add_row(struct listing *l, uint32_t item, uint32_t at)
{
    struct run *r = l->r;
    if (!r->item_rows && at == item)
        return true;
    if (!spell_rows(l))
        return false;
    r->item_rows[item - r->nplain] = at == NO_ROW ? NO_ROW : row_at(r, at);
    return true;
}

static sy_status add_item(struct listing *l, uint32_t at, uint32_t bound)
{
    struct run *r = l->r;
    if (!add_row(l, r->nitems, at) || (r->item_bounds && bound > UINT16_MAX && !widen_bounds(l)))
        return error_nomem(l->err);
    if (r->item_bounds)
        r->item_bounds[r->nitems++] = (uint16_t)bound;
    else
        r->wide_bounds[r->nitems++] = bound;
    return SY_OK;
}

static bool has_labels(const struct outcomes *o)
{
    bool any = false;
    for (uint32_t i = 0; i < o->shape_index.count; i++)
        any = any || (o->shapes[i].flags & OUTCOME_LABELLED);
    return any;
}

static bool is_labelled(const struct listing *l, uint32_t row)
{
    const struct run *r = l->r;
    return l->labelled && outcomes_shape_of(&r->d.outcomes, row)->flags & OUTCOME_LABELLED;
}

static uint32_t count_rows(const struct run *r, const struct fund *f)
{
    return r->row_first[f->entity + 1] - r->row_first[f->entity];
}

/* Whether two funds have the same rows, but for what is written in them. */
static bool have_same_rows(const struct listing *l, const struct fund *f, const struct fund *model)
{
    const struct run *r = l->r;
    const struct ids *path = &r->d.outcomes.path;
    const uint32_t n = count_rows(r, f);
    const uint32_t from = r->row_first[f->entity], other = r->row_first[model->entity];
    bool same = n == count_rows(r, model);
    if (same && n > 0 && !r->row_order && !l->labelled)
        return ids_same(path, from, other, n);
    for (uint32_t i = 0; i < n && same; i++) {
        const uint32_t a = row_at(r, from + i), b = row_at(r, other + i);
        same = ids_get(path, a) == ids_get(path, b) && is_labelled(l, a) == is_labelled(l, b);
    }
    return same;
}

/* The items of a fund that is like the model: those of its rows, then those that have none. */
static sy_status copy_items(struct listing *l, const struct fund *f, const struct fund *model)
{
    struct run *r = l->r;
    const uint32_t nrows = count_rows(r, f), from = r->row_first[f->entity], n = model->count;
    if (r->item_bounds)
        memcpy(r->item_bounds + f->first, r->item_bounds + model->first,
               n * sizeof *r->item_bounds);
    else
        memcpy(r->wide_bounds + f->first, r->wide_bounds + model->first,
               n * sizeof *r->wide_bounds);
    if (r->item_rows || from != f->first || n != nrows)
        for (uint32_t i = 0; i < n; i++)
            if (!add_row(l, f->first + i, i < nrows ? from + i : NO_ROW))
                return error_nomem(l->err);
    r->nitems += n;
    return SY_OK;
}

static bool grow_seen(struct listing *l)
{
    const uint32_t n = l->r->d.paths.count;
    if (n <= l->nseen)
        return true;
    const size_t cap = (size_t)n + n / 2 + 1;
    uint32_t *grown = realloc(l->seen, cap * sizeof *grown);
    if (!grown)
        return false;
    for (size_t i = l->nseen; i < cap; i++)
        grown[i] = NO_ROW;
    l->seen = grown;
    l->nseen = cap;
    return true;
}

/* The item of a path that this fund has already; NO_ROW. */
static uint32_t item_before(const struct listing *l, const struct fund *f, uint32_t path)
{
    const uint32_t item = l->seen[path];
    return item != NO_ROW && item >= f->first ? item : NO_ROW;
}

static sy_status report_duplicate(struct listing *l, const struct fund *f, uint32_t row,
                                  uint32_t first, uint32_t path)
{
    const struct outcomes *o = &l->r->d.outcomes;
    const struct place place = outcomes_place(o, first);
    struct finding_at what = {.code = FINDING_DUPLICATE_KEY,
                              .entity = f->entity,
                              .path = path,
                              .place = outcomes_place(o, row),
                              .first = &place};
    return dataset_find(&l->r->d, &what, l->err);
}

/* The items of a fund's rows, the first of each path. */
static sy_status list_rows(struct listing *l, const struct fund *f, bool *repeats)
{
    struct run *r = l->r;
    const uint32_t end = r->row_first[f->entity + 1];
    for (uint32_t at = r->row_first[f->entity]; at < end; at++) {
        const uint32_t row = row_at(r, at);
        uint32_t bound;
        sy_status status = bind_path(&bound, r, f->standard, outcomes_path(&r->d.outcomes, row),
                                     is_labelled(l, row), l->err);
        if (status != SY_OK)
            return status;
        if (!grow_seen(l))
            return error_nomem(l->err);
        const uint32_t path = r->bounds[bound].path, before = item_before(l, f, path);
        if (before == NO_ROW) {
            r->bounds[bound].rowed = true;
            l->seen[path] = r->nitems;
            status = add_item(l, at, bound);
        } else {
            *repeats = true;
            status = report_duplicate(l, f, row, item_row(r, before), path);
        }
        if (status != SY_OK)
            return status;
    }
    return SY_OK;
}

/* The items of paths that every fund of the standard has, where this one has no row. */
static sy_status list_must(struct listing *l, const struct fund *f)
{
    struct run *r = l->r;
    for (size_t i = 0; i < r->standards[f->standard].nmust; i++) {
        const uint32_t path = r->standards[f->standard].must[i];
        uint32_t bound;
        if (!grow_seen(l))
            return error_nomem(l->err);
        if (item_before(l, f, path) != NO_ROW)
            continue;
        sy_status status = bind_path(&bound, r, f->standard, path, false, l->err);
        if (status == SY_OK)
            status = add_item(l, NO_ROW, bound);
        if (status != SY_OK)
            return status;
    }
    return SY_OK;
}

static sy_status list_items(struct listing *l, uint32_t fund)
{
    struct run *r = l->r;
    struct fund *f = &r->funds[fund];
    uint32_t *model = &l->models[f->standard];
    bool repeats = false;
    f->first = r->nitems;
    sy_status status;
    if (*model != NO_ROW && have_same_rows(l, f, &r->funds[*model])) {
        status = copy_items(l, f, &r->funds[*model]);
    } else {
        status = list_rows(l, f, &repeats);
        if (status == SY_OK)
            status = list_must(l, f);
    }
    f->count = r->nitems - f->first;
    if (!repeats)
        *model = fund;
    return status;
}

/* Each row may be one, and each path that every fund of a standard has. */
static size_t count_most(const struct run *r)
{
    size_t n = (size_t)r->d.outcomes.count + 1;
    for (uint32_t i = 0; i < r->nfunds; i++)
        n += r->standards[r->funds[i].standard].nmust;
    return n;
}

sy_status bind_items(struct run *r, sy_error *err)
{
    struct listing l = {
        .r = r, .cap = count_most(r), .labelled = has_labels(&r->d.outcomes), .err = err};
    sy_status status = order_rows(r, err);
    if (status != SY_OK)
        return status;
    l.models = malloc(((size_t)r->nstandards + 1) * sizeof *l.models);
    r->item_bounds = l.cap < NO_ROW ? malloc(l.cap * sizeof *r->item_bounds) : NULL;
    if (!l.models || !r->item_bounds)
        status = error_nomem(err);
    else
        pages_expect(r->item_bounds, r->d.outcomes.count * sizeof *r->item_bounds);
    for (uint32_t i = 0; i < r->nstandards && l.models; i++)
        l.models[i] = NO_ROW;
    for (uint32_t i = 0; i < r->nfunds && status == SY_OK; i++)
        status = list_items(&l, i);
    free(l.models);
    free(l.seen);
    if (!r->item_rows)
        r->nplain = r->nitems;
    outcomes_drop_owners(&r->d.outcomes);
    return status;
}
