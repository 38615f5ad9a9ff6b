/*
 * data.c - cases as rows of tables, scored by the engine: each is a fund of its own, with the place
 * of the case as the place of its rows.
 */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "prove/prove.h"
#include "stage/load_memory.h"

#define FUND_MAX 24 /* bytes of "case-4294967295" and of a year */

static const char *const fund_columns[] = {"fund",       "year",    "type",    "name",
                                           "department", "part_of", "claimed", "claimed_grade"};
static const char *const outcome_columns[] = {
    "fund", "year",   "indicator", "level1",     "level2", "name", "sign",     "target", "actual",
    "unit", "weight", "rating",    "completion", "excess", "note", "evidence", "claimed"};
static const char *const fact_columns[] = {"fund", "year", "fact", "value"};

enum { FUND_COLUMNS = 8, OUTCOME_COLUMNS = 17, FACT_COLUMNS = 4 };

/* While the tables of a run are made: all lies in the arena. */
struct tables {
    struct arena arena;
    struct memory_row *rows;
    size_t n;
};

static void name_case(char *out, const struct prove_case *c)
{
    snprintf(out, FUND_MAX, "case-%u", (unsigned)c->number);
}

/* A row of a case's fund: its first two cells are fund and year. The cells, or NULL. */
static const char **add_row(struct tables *t, const struct prove_case *c, bool before,
                            size_t ncolumns)
{
    char fund[FUND_MAX], year[FUND_MAX];
    const char **cells = arena_alloc(&t->arena, ncolumns * sizeof *cells);
    if (!cells)
        return NULL;
    name_case(fund, c);
    snprintf(year, sizeof year, "%04d", c->year - before);
    cells[0] = arena_strdup(&t->arena, fund);
    cells[1] = arena_strdup(&t->arena, year);
    t->rows[t->n++] = (struct memory_row){cells, c->file, c->line};
    return cells[0] && cells[1] ? cells : NULL;
}

static void fill_cells(const char **row, const char *const *columns, size_t ncolumns,
                       const struct prove_cell *cells, size_t ncells)
{
    for (size_t i = 0; i < ncells; i++)
        for (size_t c = 2; c < ncolumns; c++)
            if (strcmp(columns[c], cells[i].name) == 0)
                row[c] = cells[i].text;
}

static bool add_fund(struct tables *t, const struct prove_case *c, bool before)
{
    const char **row = add_row(t, c, before, FUND_COLUMNS);
    if (!row)
        return false;
    row[2] = c->type;
    fill_cells(row, fund_columns, FUND_COLUMNS, c->fund, c->nfund);
    return true;
}

static bool add_outcomes(struct tables *t, const struct prove_case *c, bool before)
{
    const struct prove_given *given = before ? &c->before : &c->now;
    for (size_t i = 0; i < given->nrows; i++) {
        const char **row = add_row(t, c, before, OUTCOME_COLUMNS);
        if (!row)
            return false;
        fill_cells(row, outcome_columns, OUTCOME_COLUMNS, given->rows[i].cells,
                   given->rows[i].ncells);
    }
    return true;
}

static bool add_facts(struct tables *t, const struct prove_case *c, bool before)
{
    const struct prove_given *given = before ? &c->before : &c->now;
    for (size_t i = 0; i < given->nfacts; i++) {
        const char **row = add_row(t, c, before, FACT_COLUMNS);
        if (!row)
            return false;
        row[2] = given->facts[i].name;
        row[3] = given->facts[i].text;
    }
    return true;
}

static size_t count_rows(const struct prove_case *const *cases, size_t n)
{
    size_t rows = 0;
    for (size_t i = 0; i < n; i++)
        rows += 2 + cases[i]->now.nfacts + cases[i]->now.nrows + cases[i]->before.nfacts +
                cases[i]->before.nrows;
    return rows;
}

/* The year before comes in tables of its own: level cells are inherited within a fund. */
static bool make_tables(struct memory_table out[6], struct tables *t,
                        const struct prove_case *const *cases, size_t n)
{
    static bool (*const add[])(struct tables *, const struct prove_case *,
                               bool) = {add_fund, add_outcomes, add_facts};
    static const struct memory_table kinds[] = {
        {.table = TABLE_FUNDS, .columns = fund_columns, .ncolumns = FUND_COLUMNS},
        {.table = TABLE_OUTCOMES, .columns = outcome_columns, .ncolumns = OUTCOME_COLUMNS},
        {.table = TABLE_FACTS, .columns = fact_columns, .ncolumns = FACT_COLUMNS}};
    t->rows = arena_alloc(&t->arena, (count_rows(cases, n) + 1) * sizeof *t->rows);
    if (!t->rows)
        return false;
    for (size_t k = 0; k < 6; k++) {
        const bool before = k % 2 != 0;
        size_t first = t->n;
        for (size_t i = 0; i < n; i++)
            if ((!before || cases[i]->has_before) && !add[k / 2](t, cases[i], before))
                return false;
        out[k] = kinds[k / 2];
        out[k].rows = t->rows + first;
        out[k].nrows = t->n - first;
    }
    return true;
}

sy_status prove_score(struct run **out, const struct prove_home *home,
                      const struct prove_case *const *cases, size_t n, sy_error *err)
{
    struct run *r = NULL;
    struct tables t = {0};
    struct memory_table tables[6];
    const struct run_options options = {.zh = home->zh,
                                        .installed = home->installed,
                                        .jobs = home->jobs,
                                        .coverage = home->coverage,
                                        .without_data = true,
                                        .isolated = true,
                                        .reported = home->reported};
    sy_status status = make_tables(tables, &t, cases, n) ? SY_OK : error_nomem(err);
    if (status == SY_OK)
        status = run_load(&r, &home->evaluation, home->plugins, &options, err);
    if (status == SY_OK)
        status = load_memory(&r->d, &(struct load_order){.e = r->e, .columns = r->columns}, tables,
                             6, err);
    if (status == SY_OK)
        status = run_score(r, err);
    arena_dispose(&t.arena);
    if (status == SY_OK)
        *out = r;
    else
        run_free(r);
    return status;
}

uint32_t prove_fund(const struct run *r, const struct prove_case *c)
{
    char name[FUND_MAX];
    name_case(name, c);
    uint32_t word = pool_find(&r->d.words, name, strlen(name));
    uint32_t entity = word == POOL_NONE ? MAP_NONE : dataset_find_entity(&r->d, word, c->year);
    return entity == MAP_NONE ? NO_ROW : r->fund_of[entity];
}

static const char *own_path(const struct prove_case *c)
{
    if (!c->flat || c->now.nrows == 0)
        return NULL;
    const struct prove_row *row = &c->now.rows[0];
    for (size_t i = 0; i < row->ncells; i++)
        if (strcmp(row->cells[i].name, "indicator") == 0)
            return row->cells[i].text;
    return NULL;
}

/* The path of level cells is what loading made of it: the only row of the fund. */
static uint32_t only_row(const struct run *r, const struct fund *f)
{
    for (uint32_t i = f->first; i < f->first + f->count; i++)
        if (item_row(r, i) != NO_ROW)
            return i;
    return NO_ROW;
}

uint32_t prove_item(const struct run *r, const struct prove_case *c, const char *path)
{
    uint32_t fund = prove_fund(r, c);
    if (fund == NO_ROW)
        return NO_ROW;
    path = path ? path : own_path(c);
    if (!path)
        return c->flat ? only_row(r, &r->funds[fund]) : NO_ROW;
    uint32_t id = pool_find(&r->d.paths, path, strlen(path));
    return id == POOL_NONE ? NO_ROW : find_item(r, &r->funds[fund], id);
}
