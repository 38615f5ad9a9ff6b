/*
 * entity_index.c - funds by id and year.
 */
#include "model/entity_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/pages.h"
#include "model/dataset.h"

#define FIRST_SLOTS 64u

static uint64_t hash_of(uint32_t fund, int32_t year)
{
    uint64_t key = ((uint64_t)fund << 32 | (uint32_t)year) * UINT64_C(0xd6e8feb86659fd93);
    return key ^ key >> 32;
}

void entity_index_fetch(const struct entity_index *x, uint32_t fund, int32_t year)
{
#if defined(__GNUC__)
    if (x->nslots)
        __builtin_prefetch(&x->slots[hash_of(fund, year) & (x->nslots - 1)]);
#else
    (void)x, (void)fund, (void)year;
#endif
}

void entity_index_dispose(struct entity_index *x)
{
    free(x->slots);
    *x = (struct entity_index){0};
}

void entity_index_clear(struct entity_index *x)
{
    if (x->nslots)
        memset(x->slots, 0xFF, x->nslots * sizeof *x->slots);
    x->count = 0;
}

static void put_slot(struct entity_index *x, uint64_t hash, uint32_t entity)
{
    size_t i = hash & (x->nslots - 1);
    while (x->slots[i].entity != NO_ENTITY)
        i = (i + 1) & (x->nslots - 1);
    x->slots[i] = (struct entity_slot){entity, (uint32_t)(hash >> 32)};
}

static bool grow_slots(struct entity_index *x, const struct entity *entities, size_t nslots)
{
    struct entity_index grown = {.nslots = nslots, .count = x->count};
    grown.slots = malloc(nslots * sizeof *grown.slots);
    if (!grown.slots)
        return false;
    pages_expect(grown.slots, nslots * sizeof *grown.slots);
    memset(grown.slots, 0xFF, nslots * sizeof *grown.slots); /* as in base/pool.c */
    for (size_t i = 0; i < x->nslots; i++)
        if (x->slots[i].entity != NO_ENTITY) {
            const struct entity *e = &entities[x->slots[i].entity];
            put_slot(&grown, hash_of(e->fund, e->year), x->slots[i].entity);
        }
    free(x->slots);
    *x = grown;
    return true;
}

void entity_index_expect(struct entity_index *x, const struct entity *entities, uint64_t count)
{
    uint64_t nslots = FIRST_SLOTS;
    while (nslots / 4 * 3 <= count && nslots < UINT32_MAX)
        nslots *= 2;
    if (nslots > x->nslots)
        (void)grow_slots(x, entities, (size_t)nslots);
}

uint32_t entity_index_find(const struct entity_index *x, const struct entity *entities,
                           uint32_t fund, int32_t year)
{
    if (x->count == 0)
        return NO_ENTITY;
    const uint64_t hash = hash_of(fund, year);
    for (size_t i = hash & (x->nslots - 1);; i = (i + 1) & (x->nslots - 1)) {
        const struct entity_slot slot = x->slots[i];
        if (slot.entity == NO_ENTITY ||
            (slot.tag == (uint32_t)(hash >> 32) && entities[slot.entity].fund == fund &&
             entities[slot.entity].year == year))
            return slot.entity;
    }
}

bool entity_index_add(struct entity_index *x, const struct entity *entities, uint32_t id)
{
    if (x->count >= x->nslots / 4 * 3 &&
        !grow_slots(x, entities, x->nslots ? x->nslots * 2 : FIRST_SLOTS))
        return false;
    put_slot(x, hash_of(entities[id].fund, entities[id].year), id);
    x->count++;
    return true;
}
