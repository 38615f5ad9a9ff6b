/*
 * map.h - 64-bit keys to 32-bit numbers: the hot hash table.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAP_NONE UINT32_MAX

/* Open addressing with linear probing. Owns: slots. {0} is an empty map. */
struct map {
    struct map_slot {
        uint64_t key;
        uint32_t value; /* MAP_NONE: an empty slot */
    } * slots;
    size_t nslots; /* a power of two */
    size_t count;
};

void map_dispose(struct map *m);
uint32_t map_get(const struct map *m, uint64_t key); /* MAP_NONE: not there */
/* Drops all keys and keeps the memory. */
void map_clear(struct map *m);
/* Sets key to value (not MAP_NONE). False: no memory. */
bool map_put(struct map *m, uint64_t key, uint32_t value);

static inline uint64_t map_key(uint32_t high, uint32_t low)
{
    return (uint64_t)high << 32 | low;
}

#endif
