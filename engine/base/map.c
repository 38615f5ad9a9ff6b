/*
 * map.c - 64-bit keys to 32-bit numbers. Used where every row looks something up: funds by id and
 * year, facts by fund and name, indicators by type and path.
 */
#include "base/map.h"

#include <stdlib.h>

static size_t hash_key(uint64_t key)
{
    key ^= key >> 32;
    key *= 0xd6e8feb86659fd93u;
    key ^= key >> 32;
    return (size_t)key;
}

void map_dispose(struct map *m)
{
    free(m->slots);
    *m = (struct map){0};
}

void map_clear(struct map *m)
{
    for (size_t i = 0; i < m->nslots; i++)
        m->slots[i].value = MAP_NONE;
    m->count = 0;
}

static struct map_slot *find_slot(struct map_slot *slots, size_t nslots, uint64_t key)
{
    size_t i = hash_key(key) & (nslots - 1);
    while (slots[i].value != MAP_NONE && slots[i].key != key)
        i = (i + 1) & (nslots - 1);
    return &slots[i];
}

uint32_t map_get(const struct map *m, uint64_t key)
{
    if (m->count == 0)
        return MAP_NONE;
    return find_slot(m->slots, m->nslots, key)->value;
}

static bool grow_slots(struct map *m)
{
    size_t nslots = m->nslots ? m->nslots * 2 : 64;
    if (nslots > SIZE_MAX / sizeof *m->slots)
        return false;
    struct map_slot *slots = malloc(nslots * sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < nslots; i++)
        slots[i] = (struct map_slot){.value = MAP_NONE};
    for (size_t i = 0; i < m->nslots; i++)
        if (m->slots[i].value != MAP_NONE)
            *find_slot(slots, nslots, m->slots[i].key) = m->slots[i];
    free(m->slots);
    m->slots = slots;
    m->nslots = nslots;
    return true;
}

bool map_put(struct map *m, uint64_t key, uint32_t value)
{
    if (m->count >= m->nslots / 4 * 3 && !grow_slots(m))
        return false;
    struct map_slot *slot = find_slot(m->slots, m->nslots, key);
    if (slot->value == MAP_NONE)
        m->count++;
    *slot = (struct map_slot){.key = key, .value = value};
    return true;
}
