/*
 * units_table.h - the table of units, shared by its reader (units_load.c) and its look-ups
 * (units.c).
 */
#ifndef MODEL_UNITS_TABLE_H
#define MODEL_UNITS_TABLE_H

#include "base/arena.h"
#include "base/pool.h"
#include "model/units.h"

#define UNITS_NAME_BYTES 256 /* of a folded unit; what is longer is no unit */

struct units_entry {
    struct unit unit;
    uint32_t plain; /* the unit before a multiple was put in front of it; else itself */
};

/* Owns: everything. Names live in `arena`, so they stay where they are while the table grows. */
struct units {
    struct arena arena;
    struct units_entry *items;
    uint32_t count;
    uint32_t cap;
    struct pool names; /* folded names and aliases */
    uint32_t *by_name; /* pool id to unit id */
    uint32_t by_name_cap;
    struct pool dimensions; /* section names, "#word" for counting words, "money/人" */
    uint32_t percent;
    uint32_t money;
};

/* A unit as it is compared: no blanks, half width, lower case. 0: empty, or too long. */
size_t units_fold(char out[UNITS_NAME_BYTES], const char *text, size_t len);
uint32_t units_find(const struct units *u, const char *folded, size_t len);
/* A name (folded) for a unit; it replaces the unit that had it. False: no memory. */
bool units_bind(struct units *u, const char *folded, size_t len, uint32_t id);
/* A further unit with a copy of `name`; base UNIT_NONE: it is its own. UNIT_NONE: no memory. */
uint32_t units_add(struct units *u, const struct unit *unit, const char *name, size_t len);

#endif
