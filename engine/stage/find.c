/*
 * find.c - an indicator by its path. Most funds are short and are looked through; the items and
 * rows of long ones are indexed once, so that a script may ask for each of a hundred thousand.
 */
#include "base/error.h"
#include "stage/plan.h"

#define SHORT_MAX 64u /* items that are looked through */

static sy_status index_items(struct run *r, const struct fund *f, sy_error *err)
{
    for (uint32_t i = f->first; i < f->first + f->count; i++)
        if (!map_put(&r->find_index, map_key(f->entity, item_bound(r, i)->path), i))
            return error_nomem(err);
    return SY_OK;
}

/* From the last back, so that the first of a path stands. */
static sy_status index_rows(struct run *r, uint32_t entity, sy_error *err)
{
    for (uint32_t i = r->row_first[entity + 1]; i-- > r->row_first[entity];) {
        uint32_t row = row_at(r, i);
        if (!map_put(&r->find_index, map_key(entity, outcomes_path(&r->d.outcomes, row)), row))
            return error_nomem(err);
    }
    return SY_OK;
}

sy_status find_open(struct run *r, sy_error *err)
{
    sy_status status = SY_OK;
    for (uint32_t i = 0; i < r->d.nentities && status == SY_OK; i++) {
        uint32_t fund = r->fund_of[i];
        if (fund != NO_ROW && r->funds[fund].count > SHORT_MAX)
            status = index_items(r, &r->funds[fund], err);
        else if (fund == NO_ROW && r->row_first[i + 1] - r->row_first[i] > SHORT_MAX)
            status = index_rows(r, i, err);
    }
    return status;
}

uint32_t find_item(const struct run *r, const struct fund *f, uint32_t path)
{
    if (f->count > SHORT_MAX) {
        uint32_t item = map_get(&r->find_index, map_key(f->entity, path));
        if (item == MAP_NONE || (item >= f->first && item < f->first + f->count))
            return item == MAP_NONE ? NO_ROW : item;
    }
    for (uint32_t i = f->first; i < f->first + f->count; i++)
        if (item_bound(r, i)->path == path)
            return i;
    return NO_ROW;
}

uint32_t find_row(const struct run *r, uint32_t entity, uint32_t path)
{
    if (r->row_first[entity + 1] - r->row_first[entity] > SHORT_MAX) {
        uint32_t row = map_get(&r->find_index, map_key(entity, path));
        return row == MAP_NONE ? NO_ROW : row;
    }
    for (uint32_t i = r->row_first[entity]; i < r->row_first[entity + 1]; i++)
        if (outcomes_path(&r->d.outcomes, row_at(r, i)) == path)
            return row_at(r, i);
    return NO_ROW;
}

uint32_t find_fund(const struct run *r, uint32_t item)
{
    uint32_t low = 0, high = r->nfunds;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (r->funds[middle].first <= item)
            low = middle;
        else
            high = middle;
    }
    return low;
}
