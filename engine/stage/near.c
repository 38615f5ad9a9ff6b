/*
 * near.c - what a script or a table that names what is not there probably meant.
 *
 * Findings may be many: only so many names are looked at.
 */
#include "stage/near.h"

#include <string.h>

#include "base/error.h"
#include "base/suggest.h"

#define FACTS_MAX 200 /* names of facts in the data */
#define NAMES_MAX 500

sy_status near_open(struct run *r, sy_error *err)
{
    struct map there = {0};
    sy_status status = SY_OK;
    if (!r->sandbox) /* only scripts name facts that may not be there */
        return SY_OK;
    r->fact_names = arena_alloc(&r->arena, FACTS_MAX * sizeof *r->fact_names);
    if (!r->fact_names)
        return error_nomem(err);
    for (uint32_t i = 0; i < r->d.nfacts && r->nfact_names < FACTS_MAX && status == SY_OK; i++) {
        const uint32_t word = r->d.facts[i].name;
        if (map_get(&there, word) != MAP_NONE)
            continue;
        const char *copy = arena_strdup(&r->arena, dataset_text(&r->d, word));
        if (!copy || !map_put(&there, word, 0))
            status = error_nomem(err);
        else
            r->fact_names[r->nfact_names++] = copy;
    }
    map_dispose(&there);
    return status;
}

static const char *find_near(const char *name, const char *const *known, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(known[i], name) == 0)
            return NULL;
    return suggest(name, known, n);
}

const char *near_fact(const struct run *r, const struct fund *f, const char *name)
{
    static const char *const own[] = {
        "id",    "name",   "type",       "year",        "department",     "previous",
        "facts", "score",  "indicators", "budget",      "budget_initial", "allotted",
        "spent", "target", "received",   "allotted_on", "paid_on",        "actual",
        "add",   "deduct", "cap",        "veto",        "finding",        "expect_sum"};
    const char *known[NAMES_MAX];
    size_t n = sizeof own / sizeof *own;
    const struct yardstick *y = r->standards[f->standard].yard;
    if (strchr(name, '.'))
        return near_indicator(r, f, name);
    memcpy(known, own, sizeof own);
    for (size_t i = 0; i < y->nfacts && n < NAMES_MAX - FACTS_MAX; i++)
        known[n++] = y->facts[i].name;
    for (size_t i = 0; i < r->nfact_names; i++)
        known[n++] = r->fact_names[i];
    return find_near(name, known, n);
}

const char *near_fund(const struct pool *funds, const char *name)
{
    const char *known[NAMES_MAX];
    size_t n = 0;
    if (pool_find(funds, name, strlen(name)) != POOL_NONE)
        return NULL;
    for (; n < funds->count && n < NAMES_MAX; n++)
        known[n] = pool_text(funds, (uint32_t)n);
    return suggest_path(name, known, n);
}

const char *near_entity(const struct run *r, const char *name)
{
    const char *known[NAMES_MAX];
    size_t n = 0;
    for (; n < r->d.nentities && n < NAMES_MAX; n++)
        known[n] = dataset_text(&r->d, r->d.entities[n].fund);
    return suggest_path(name, known, n);
}

const char *near_grade(const struct run *r, const struct fund *f, const char *word)
{
    const char *known[NAMES_MAX];
    const struct yardstick *y = r->standards[f->standard].yard;
    size_t n = 0;
    for (; n < y->ngrades && n < NAMES_MAX; n++)
        known[n] = y->grades[n].name;
    return find_near(word, known, n);
}

const char *near_rating(const struct run *r, const struct fund *f, const char *word)
{
    const char *known[NAMES_MAX];
    const struct yardstick *y = r->standards[f->standard].yard;
    size_t n = 0;
    for (; n < y->nratings && n < NAMES_MAX; n++)
        known[n] = y->ratings[n].word;
    return find_near(word, known, n);
}

const char *near_indicator(const struct run *r, const struct fund *f, const char *path)
{
    const char *known[NAMES_MAX];
    size_t n = 0;
    for (; n < f->count && n < NAMES_MAX; n++)
        known[n] = item_path(r, f->first + (uint32_t)n);
    return suggest_path(path, known, n);
}

void near_hint(struct buf *out, const char *near)
{
    if (near)
        buf_printf(out, " (%s?)", near);
}
