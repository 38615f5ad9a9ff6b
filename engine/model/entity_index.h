/*
 * entity_index.h - funds by id and year. Slots hold the numbers of funds alone: what they are
 * called stands in the table of funds.
 */
#ifndef MODEL_ENTITY_INDEX_H
#define MODEL_ENTITY_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct entity;

/* Open addressing with linear probing. Owns: slots. {0} is an empty index. */
struct entity_index {
    struct entity_slot {
        uint32_t entity; /* NO_ENTITY: an empty slot */
        uint32_t tag;    /* of its hash: most others are told apart without a look at them */
    } * slots;
    size_t nslots; /* a power of two */
    size_t count;
};

/* Soon to be looked for: its slot is fetched meanwhile. */
void entity_index_fetch(const struct entity_index *x, uint32_t fund, int32_t year);

void entity_index_dispose(struct entity_index *x);
void entity_index_clear(struct entity_index *x); /* keeps the memory */
/* Room for `count` funds in all, if there is any. */
void entity_index_expect(struct entity_index *x, const struct entity *entities, uint64_t count);
/* The fund (a word) in that year; NO_ENTITY: not there. */
uint32_t entity_index_find(const struct entity_index *x, const struct entity *entities,
                           uint32_t fund, int32_t year);
/* Adds entities[id], which is not there. False: no memory. */
bool entity_index_add(struct entity_index *x, const struct entity *entities, uint32_t id);

#endif
