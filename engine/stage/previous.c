/*
 * previous.c - last year's actual of an indicator.
 */
#include "stage/previous.h"

#include <string.h>

uint32_t item_at_path(const struct run *r, uint32_t entity, uint32_t path)
{
    const uint32_t fund = r->fund_of[entity];
    const uint32_t found =
        fund == NO_ROW ? find_row(r, entity, path) : find_item(r, &r->funds[fund], path);
    if (found == NO_ROW)
        return SCRIPT_NO_ITEM;
    return fund == NO_ROW ? r->nitems + found : found;
}

/* Whether last year's value is one of the same thing: money is held against no per cent. */
static bool compares(const struct run *r, const struct value *now, uint32_t unit,
                     const struct value *before)
{
    const struct unit *a = unit == UNIT_NONE ? NULL : units_get(r->units, unit);
    const struct unit *b = before->unit == UNIT_NONE ? NULL : units_get(r->units, before->unit);
    const unsigned ways = (now->flags | before->flags) & (VALUE_UP | VALUE_DOWN);
    if (ways == (VALUE_UP | VALUE_DOWN))
        return false;
    return !a || !b || a->dimension == b->dimension || (a->count && b->count);
}

/* What [was] says a path was renamed from; NULL: nothing, or it was split or merged. */
static const char *name_before(const struct yardstick *y, const char *path)
{
    for (size_t i = 0; i < y->nwas; i++)
        if (strcmp(y->was[i].path, path) == 0)
            return y->was[i].nbefore == 1 ? y->was[i].before[0] : NULL;
    return NULL;
}

/* Under the names that the indicator had before this one, the last first. */
static uint32_t find_renamed(const struct run *r, uint32_t entity, uint32_t item)
{
    const struct yardstick *y = r->standards[item_bound(r, item)->standard].yard;
    const char *path = pool_text(&r->d.paths, item_known_as(r, item));
    uint32_t found = SCRIPT_NO_ITEM;
    for (size_t i = 0; i < y->nwas && found == SCRIPT_NO_ITEM; i++) {
        path = name_before(y, path);
        const uint32_t id = path ? pool_find(&r->d.paths, path, strlen(path)) : POOL_NONE;
        if (!path)
            break;
        found = id == POOL_NONE ? SCRIPT_NO_ITEM : item_at_path(r, entity, id);
    }
    return found;
}

/* In a year that is not scored no label of [names] has given a row its path: there it is looked for
 * under the path that this year's row was written with, too. */
static uint32_t find_before(const struct run *r, uint32_t entity, uint32_t item)
{
    const uint32_t row = item_row(r, item);
    uint32_t found = item_at_path(r, entity, item_known_as(r, item));
    if (found == SCRIPT_NO_ITEM && row != NO_ROW && r->fund_of[entity] == NO_ROW)
        found = item_at_path(r, entity, outcomes_path(&r->d.outcomes, row));
    return found == SCRIPT_NO_ITEM ? find_renamed(r, entity, item) : found;
}

bool item_previous(struct previous *out, const struct run *r, const struct fund *f, uint32_t item)
{
    const struct entity *e = &r->d.entities[f->entity];
    const uint32_t entity = dataset_find_entity(&r->d, e->fund, e->year - 1);
    const uint32_t found = entity == MAP_NONE ? SCRIPT_NO_ITEM : find_before(r, entity, item);
    if (found == SCRIPT_NO_ITEM)
        return false;
    if (found < r->nitems) {
        const struct fund *before = &r->funds[r->fund_of[entity]];
        out->value = item_actual(r, found);
        out->text = item_actual_text(&out->room, r, found);
        out->place = item_place(r, before, found);
    } else {
        const uint32_t row = found - r->nitems;
        out->value = outcomes_actual(&r->d.outcomes, row);
        out->text = outcome_actual_text(&out->room, &r->d, row);
        out->place = outcomes_place(&r->d.outcomes, row);
    }
    out->unit = item_unit(r, item);
    const struct value now = item_actual(r, item);
    if (!compares(r, &now, out->unit, &out->value))
        return false;
    out->unit = out->unit == UNIT_NONE ? out->value.unit : out->unit;
    return true;
}

bool item_previous_target(struct previous *out, const struct run *r, const struct fund *f,
                          uint32_t item)
{
    return item_previous(out, r, f, item) &&
           (out->value.kind == VALUE_NUMBER || out->value.kind == VALUE_DATE ||
            out->value.kind == VALUE_BY);
}
