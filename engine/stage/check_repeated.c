/*
 * check_repeated.c - one result reported by a fund and by the whole that contains it: counted in
 * both.
 */
#include <string.h>

#include "base/error.h"
#include "stage/plan.h"

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

static sy_status compare_fund(struct run *r, const struct fund *f, uint32_t whole,
                              const struct map *index, sy_error *err)
{
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
        status = dataset_find(&r->d, &at, err);
    }
    return status;
}

sy_status check_repeated(struct run *r, sy_error *err)
{
    struct map index = {0}, known = {0};
    sy_status status = SY_OK;
    for (uint32_t i = 0; i < r->nfunds && status == SY_OK; i++) {
        const struct entity *e = &r->d.entities[r->funds[i].entity];
        uint32_t whole =
            e->part_of == NO_WORD ? MAP_NONE : dataset_find_entity(&r->d, e->part_of, e->year);
        if (whole == MAP_NONE || whole == r->funds[i].entity || r->fund_of[whole] == NO_ROW)
            continue;
        if (map_get(&known, whole) == MAP_NONE) {
            status =
                map_put(&known, whole, 1) ? index_whole(&index, r, whole, err) : error_nomem(err);
        }
        if (status == SY_OK)
            status = compare_fund(r, &r->funds[i], whole, &index, err);
    }
    map_dispose(&index);
    map_dispose(&known);
    return status;
}
