/*
 * bind_brackets.c - points printed in a level cell, `产出指标(50分)`, against the weights below it.
 * Called once the weights are known.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "stage/plan.h"

/* While the brackets of a run are summed. Owns: its maps and sums. */
struct summing {
    struct run *r;
    struct map branches; /* (entity, path) to the first bracket that has points */
    struct map moved;    /* (entity, path) to the bracket row that says where it was moved from */
    double *sums;        /* by bracket */
    sy_error *err;
};

static sy_status index_brackets(struct summing *s)
{
    const struct dataset *d = &s->r->d;
    s->sums = calloc((size_t)d->nbrackets + 1, sizeof *s->sums);
    if (!s->sums)
        return error_nomem(s->err);
    for (uint32_t i = 0; i < d->nbrackets; i++) {
        const struct bracket_row *b = &d->brackets[i];
        struct map *map = isnan(b->points) ? &s->moved : &s->branches;
        uint64_t key = map_key(b->entity, b->path);
        if (map_get(map, key) == MAP_NONE && !map_put(map, key, i))
            return error_nomem(s->err);
    }
    return SY_OK;
}

static void add_weight(struct summing *s, uint32_t entity, uint32_t path, double weight)
{
    uint32_t bracket = map_get(&s->branches, map_key(entity, path));
    if (bracket != MAP_NONE)
        s->sums[bracket] += weight;
}

/* An indicator's weight counts below its first two levels, which are all that a bracket names, and
 * below the level that it was written under where its path begins elsewhere. */
static void sum_item(struct summing *s, uint32_t entity, uint32_t item)
{
    const struct run *r = s->r;
    const char *path = item_path(r, item), *dot = path;
    if (isnan(item_weight(r, item)))
        return;
    for (int level = 1; level <= 2 && (dot = strchr(dot, '.')) != NULL; level++, dot++) {
        uint32_t branch = pool_find(&r->d.paths, path, (size_t)(dot - path));
        if (branch == POOL_NONE)
            continue;
        add_weight(s, entity, branch, item_weight(r, item));
        uint32_t moved = map_get(&s->moved, map_key(entity, branch));
        if (moved != MAP_NONE)
            add_weight(s, entity, r->d.brackets[moved].within, item_weight(r, item));
    }
}

/* Points are compared as written decimals: a billionth is no difference. */
static sy_status judge_bracket(const struct summing *s, uint32_t i)
{
    const struct bracket_row *b = &s->r->d.brackets[i];
    bool first = map_get(&s->branches, map_key(b->entity, b->path)) == i;
    if (s->r->fund_of[b->entity] == NO_ROW || !first || fabs(s->sums[i] - b->points) < 1e-6)
        return SY_OK;
    struct finding_at at = {.code = FINDING_BRACKET_POINTS,
                            .entity = b->entity,
                            .path = NO_WORD,
                            .place = b->place,
                            .text = pool_text(&s->r->d.paths, b->path),
                            .a = b->points,
                            .b = s->sums[i]};
    return dataset_find(&s->r->d, &at, s->err);
}

sy_status bind_brackets(struct run *r, sy_error *err)
{
    struct summing s = {.r = r, .err = err};
    if (r->d.nbrackets == 0)
        return SY_OK;
    sy_status status = index_brackets(&s);
    for (uint32_t i = 0; i < r->nfunds && status == SY_OK; i++)
        for (uint32_t k = r->funds[i].first; k < r->funds[i].first + r->funds[i].count; k++)
            sum_item(&s, r->funds[i].entity, k);
    for (uint32_t i = 0; i < r->d.nbrackets && status == SY_OK; i++)
        status = judge_bracket(&s, i);
    map_dispose(&s.branches);
    map_dispose(&s.moved);
    free(s.sums);
    return status;
}
