/*
 * bind_was.c - one yardstick for every year: what [was] says was only renamed is known by the name
 * that the yardstick's year has for it.
 */
#include <string.h>

#include "base/error.h"
#include "stage/plan.h"

static const struct yard_was *was_of(const struct yardstick *y, const char *path)
{
    for (size_t i = 0; i < y->nwas; i++)
        if (strcmp(y->was[i].path, path) == 0)
            return &y->was[i];
    return NULL;
}

static size_t count_naming(const struct yardstick *y, const char *before)
{
    size_t n = 0;
    for (size_t i = 0; i < y->nwas; i++)
        for (size_t k = 0; k < y->was[i].nbefore; k++)
            n += strcmp(y->was[i].before[k], before) == 0;
    return n;
}

static bool weighs(const struct yardstick *y, const char *path)
{
    for (size_t i = 0; i < y->nweights; i++)
        if (strcmp(y->weights[i].pattern, path) == 0)
            return true;
    return false;
}

/* What `path` became, if nothing else came of it and nothing else went into it. */
static const char *find_after(const struct yardstick *y, const char *path)
{
    if (weighs(y, path) || count_naming(y, path) != 1)
        return NULL;
    for (size_t i = 0; i < y->nwas; i++)
        if (y->was[i].nbefore == 1 && strcmp(y->was[i].before[0], path) == 0)
            return y->was[i].path;
    return NULL;
}

/* What `path` was before, in the same way. */
static const char *find_before(const struct yardstick *y, const char *path)
{
    const struct yard_was *was = was_of(y, path);
    return was && was->nbefore == 1 && count_naming(y, was->before[0]) == 1 ? was->before[0] : NULL;
}

sy_status bind_renamed(uint32_t *out, struct run *r, uint32_t standard, uint32_t path,
                       sy_error *err)
{
    const struct standard *s = &r->standards[standard];
    const struct yardstick *y = s->yard;
    *out = path;
    if (!r->options.yardstick || s->year == y->year)
        return SY_OK;
    const bool after = y->year > s->year;
    sy_status status =
        after ? SY_OK
              : yards_get(&y, r->yards, s->type == NO_WORD ? "" : dataset_text(&r->d, s->type),
                          s->year, err);
    for (size_t i = 0; status == SY_OK && i < y->nwas; i++) {
        const char *text = pool_text(&r->d.paths, *out);
        const char *next = after ? find_after(y, text) : find_before(y, text);
        if (!next || (!after && weighs(s->yard, text)))
            break;
        *out = pool_intern(&r->d.paths, next, strlen(next));
        status = *out == POOL_NONE ? error_nomem(err) : SY_OK;
    }
    return status;
}

void bind_absent(struct run *r)
{
    for (uint32_t i = 0; i < r->nbounds && r->options.yardstick; i++) {
        struct bound *b = &r->bounds[i];
        const struct standard *s = &r->standards[b->standard];
        b->absent = s->year != s->yard->year && !b->rowed && !b->measure;
    }
}
