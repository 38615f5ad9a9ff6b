/*
 * check_repeated.c - one result reported by a fund and by the whole that contains it: counted in
 * both.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "stage/plan.h"
#include "stage/task.h"

/* Paths that an item of the whole has, to the item: (whole's entity, path). */
static sy_status index_whole(struct map *index, const struct run *r, uint32_t entity, sy_error *err)
{
    const struct fund *f = &r->funds[r->fund_of[entity]];
    for (uint32_t i = f->first; i < f->first + f->count; i++) {
        if (item_row(r, i) == NO_ROW)
            continue;
        if (!map_put(index, map_key(entity, item_bound(r, i)->path), i))
            return error_nomem(err);
    }
    return SY_OK;
}

static bool is_figure(const struct run *r, uint32_t item)
{
    const uint8_t kind = item_actual(r, item).kind;
    return item_row(r, item) != NO_ROW && (kind == VALUE_NUMBER || kind == VALUE_RANGE);
}

/* Owns: whole, index, known. */
struct repeated {
    uint32_t *whole; /* by fund: the scored entity that contains it; NO_ENTITY */
    struct map index, known;
    bool any;
};

static sy_status compare_fund(struct task *t, const struct fund *f, uint32_t whole,
                              const struct map *index, sy_error *err)
{
    const struct run *r = t->r;
    struct value_text rooms[2];
    sy_status status = SY_OK;
    for (uint32_t i = f->first; i < f->first + f->count && status == SY_OK; i++) {
        uint32_t other = map_get(index, map_key(whole, item_bound(r, i)->path));
        if (other == MAP_NONE || !is_figure(r, i) ||
            strcmp(item_actual_text(&rooms[0], r, i), item_actual_text(&rooms[1], r, other)) != 0)
            continue;
        struct finding_at at = item_at(r, f, i, FINDING_RESULT_REPEATED);
        const struct place place = item_place(r, &r->funds[r->fund_of[whole]], other);
        at.first = &place;
        at.text = item_actual_text(&rooms[0], r, i);
        at.text2 = dataset_text(&r->d, r->d.entities[whole].fund);
        status = journal_find(&t->journal, &at, err);
    }
    return status;
}

static sy_status compare_group(void *ctx, struct task *t, sy_error *err)
{
    const struct repeated *x = ctx;
    sy_status status = SY_OK;
    for (uint32_t i = task_first_fund(t); i < task_end_fund(t) && status == SY_OK; i++)
        if (x->whole[i] != NO_ENTITY)
            status = compare_fund(t, &t->r->funds[i], x->whole[i], &x->index, err);
    return status;
}

static sy_status find_wholes(struct repeated *x, const struct run *r, sy_error *err)
{
    sy_status status = SY_OK;
    x->whole = malloc(((size_t)r->nfunds + 1) * sizeof *x->whole);
    if (!x->whole)
        return error_nomem(err);
    for (uint32_t i = 0; i < r->nfunds && status == SY_OK; i++) {
        const struct entity *e = &r->d.entities[r->funds[i].entity];
        uint32_t whole =
            e->part_of == NO_WORD ? MAP_NONE : dataset_find_entity(&r->d, e->part_of, e->year);
        x->whole[i] = NO_ENTITY;
        if (whole == MAP_NONE || whole == r->funds[i].entity || r->fund_of[whole] == NO_ROW)
            continue;
        x->whole[i] = whole;
        x->any = true;
        if (map_get(&x->known, whole) != MAP_NONE)
            continue;
        status =
            map_put(&x->known, whole, 1) ? index_whole(&x->index, r, whole, err) : error_nomem(err);
    }
    return status;
}

sy_status check_repeated(struct run *r, sy_error *err)
{
    struct repeated x = {0};
    const struct stage stage = {.run = compare_group, .ctx = &x};
    sy_status status = find_wholes(&x, r, err);
    if (status == SY_OK && x.any)
        status = task_run_all(r, r->ngroups, &stage, err);
    map_dispose(&x.index);
    map_dispose(&x.known);
    free(x.whole);
    return status;
}
