/*
 * vary.c - cases changed in one thing (see vary.h): the own row, actuals, what is left out.
 */
#include "prove/vary.h"

#include <string.h>

#define OWN_CELLS 6 /* indicator, sign, target, actual, unit, weight */

const char *vary_cell(const struct prove_row *row, const char *name)
{
    for (size_t i = 0; i < row->ncells; i++)
        if (strcmp(row->cells[i].name, name) == 0)
            return row->cells[i].text;
    return NULL;
}

static struct prove_case *copy_case(struct arena *arena, const struct prove_case *c)
{
    struct prove_case *copy = arena_alloc(arena, sizeof *copy);
    if (copy)
        *copy = *c;
    return copy;
}

/* The rows with one more, or another, at `at`. */
static bool put_row(struct arena *arena, struct prove_given *given, size_t at, bool more,
                    struct prove_row row)
{
    struct prove_row *rows = arena_alloc(arena, (given->nrows + 1) * sizeof *rows);
    if (!rows)
        return false;
    for (size_t i = 0; i < given->nrows; i++)
        rows[i + (more && i >= at)] = given->rows[i];
    rows[at] = row;
    given->rows = rows;
    given->nrows += more;
    return true;
}

static void add_cell(struct prove_cell *cells, size_t *n, const char *name, const char *text)
{
    if (text && *text)
        cells[(*n)++] = (struct prove_cell){name, text};
}

/* Whether the cell is what a rating, or a target that is told by the actual, stands in. */
static bool is_judgement(const char *name)
{
    static const char *const names[] = {"rating", "claimed", "actual"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static bool copy_row(struct arena *arena, struct prove_row *out, const struct prove_row *row,
                     const char *actual)
{
    struct prove_cell *cells = arena_alloc(arena, (row->ncells + 1) * sizeof *cells);
    size_t n = 0;
    if (!cells)
        return false;
    for (size_t i = 0; i < row->ncells; i++)
        if (!is_judgement(row->cells[i].name))
            cells[n++] = row->cells[i];
    add_cell(cells, &n, "actual", actual);
    *out = (struct prove_row){cells, n};
    return true;
}

/* An indicator that the case has no row of: measured, or with a weight alone. */
static bool make_row(struct arena *arena, struct prove_row *out, const struct run *r, uint32_t item)
{
    struct prove_cell *cells = arena_alloc(arena, OWN_CELLS * sizeof *cells);
    size_t n = 0;
    const char *path = arena_strdup(arena, item_path(r, item));
    struct value_text room;
    const char *actual = arena_strdup(arena, item_actual_text(&room, r, item));
    if (!cells || !path || !actual)
        return false;
    add_cell(cells, &n, "indicator", path);
    add_cell(cells, &n, "actual", actual);
    *out = (struct prove_row){cells, n};
    return true;
}

/* The row that the item was read from; nrows where none can be told. */
static size_t find_row_of(const struct prove_case *c, const struct run *r, uint32_t item)
{
    const char *name = item_name(r, item);
    size_t found = c->now.nrows;
    if (c->flat && c->now.nrows == 1)
        return 0;
    for (size_t i = 0; i < c->now.nrows; i++) {
        const char *path = vary_cell(&c->now.rows[i], "indicator");
        const char *label = vary_cell(&c->now.rows[i], "name");
        if (path && strcmp(path, item_path(r, item)) == 0)
            return i;
        if (path || !label || !name || strcmp(label, name) != 0)
            continue;
        if (found < c->now.nrows)
            return c->now.nrows; /* two of one name */
        found = i;
    }
    return found;
}

struct prove_case *vary_own(struct arena *arena, const struct prove_case *c, const struct run *r,
                            uint32_t item, size_t *own)
{
    struct prove_case *copy = copy_case(arena, c);
    struct prove_row row;
    if (!copy)
        return NULL;
    *own = find_row_of(c, r, item);
    const bool more = *own == c->now.nrows;
    struct value_text room;
    const char *actual = arena_strdup(arena, item_actual_text(&room, r, item));
    const bool made = more ? make_row(arena, &row, r, item)
                           : actual && copy_row(arena, &row, &c->now.rows[*own], actual);
    *own = more ? 0 : *own;
    copy->expects = NULL;
    copy->nexpects = 0;
    return made && put_row(arena, &copy->now, *own, more, row) ? copy : NULL;
}

struct prove_case *vary_actual(struct arena *arena, const struct prove_case *c, size_t own,
                               const char *actual)
{
    struct prove_case *copy = copy_case(arena, c);
    struct prove_row row;
    if (!copy || !copy_row(arena, &row, &c->now.rows[own], actual))
        return NULL;
    return put_row(arena, &copy->now, own, false, row) ? copy : NULL;
}

/* What says nothing about the value of the row, whether its rule reads it or not. */
static bool is_needed(const char *name)
{
    static const char *const names[] = {"indicator", "level1", "level2", "name", "actual"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

size_t vary_parts(const struct prove_case *c)
{
    size_t cells = 0;
    for (size_t i = 0; i < c->now.nrows; i++)
        cells += c->now.rows[i].ncells;
    return c->has_before + c->before.nfacts + c->now.nrows + c->now.nfacts + c->nfund + cells;
}

static bool drop_cell(struct arena *arena, const struct prove_cell **cells, size_t *n, size_t i)
{
    struct prove_cell *left = arena_alloc(arena, (*n + 1) * sizeof *left);
    if (!left)
        return false;
    for (size_t k = 0, at = 0; k < *n; k++)
        if (k != i)
            left[at++] = (*cells)[k];
    *cells = left;
    --*n;
    return true;
}

static bool drop_row(struct arena *arena, struct prove_given *given, size_t i)
{
    struct prove_row *left = arena_alloc(arena, (given->nrows + 1) * sizeof *left);
    if (!left)
        return false;
    for (size_t k = 0, at = 0; k < given->nrows; k++)
        if (k != i)
            left[at++] = given->rows[k];
    given->rows = left;
    given->nrows--;
    return true;
}

static bool drop_row_cell(struct arena *arena, struct prove_given *given, size_t i)
{
    for (size_t k = 0; k < given->nrows; k++) {
        struct prove_row row = given->rows[k];
        if (i >= row.ncells) {
            i -= row.ncells;
            continue;
        }
        if (is_needed(row.cells[i].name))
            return true;
        return drop_cell(arena, &row.cells, &row.ncells, i) && put_row(arena, given, k, false, row);
    }
    return true;
}

/* Rows first, last first: a case of one row has few parts left. */
struct prove_case *vary_without(struct arena *arena, const struct prove_case *c, size_t i,
                                size_t *own)
{
    struct prove_case *copy = copy_case(arena, c);
    bool done = true;
    if (!copy)
        return NULL;
    if (c->has_before && i-- == 0) {
        copy->has_before = false;
        copy->before = (struct prove_given){0};
        return copy;
    }
    if (i < c->now.nrows) {
        const size_t row = c->now.nrows - 1 - i;
        if (row == *own)
            return copy;
        *own -= row < *own;
        return drop_row(arena, &copy->now, row) ? copy : NULL;
    }
    i -= c->now.nrows;
    if (i < c->now.nfacts) {
        done = drop_cell(arena, &copy->now.facts, &copy->now.nfacts, i);
    } else if ((i -= c->now.nfacts) < c->nfund) {
        done = drop_cell(arena, &copy->fund, &copy->nfund, i);
    } else if ((i -= c->nfund) < c->before.nfacts) {
        done = drop_cell(arena, &copy->before.facts, &copy->before.nfacts, i);
    } else {
        done = drop_row_cell(arena, &copy->now, i - c->before.nfacts);
    }
    return done ? copy : NULL;
}
