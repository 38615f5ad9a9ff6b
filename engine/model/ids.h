/*
 * ids.h - a column of small numbers by row: two bytes each while they fit, which is nearly always.
 */
#ifndef MODEL_IDS_H
#define MODEL_IDS_H

#include <stdbool.h>
#include <stdint.h>

/* Owns: both, of which one is there. {0} is a column without room. */
struct ids {
    uint16_t *narrow;
    uint32_t *wide; /* some number does not fit */
};

void ids_dispose(struct ids *c);
/* Room for `cap` rows in all. False: no memory. */
bool ids_grow(struct ids *c, uint32_t cap);
/* Rows 0 to `count` - 1 are kept in four bytes from now on. False: no memory. */
bool ids_widen(struct ids *c, uint32_t count, uint32_t cap);
/* Whether n rows from a and from b hold the same. */
bool ids_same(const struct ids *c, uint32_t a, uint32_t b, uint32_t n);

/* Rows `at` to at + n - 1 are what map[] makes of those of `from`; nmap: what `from` holds is less.
 * Those before `at` are known, and there is room for `cap`. False: no memory. */
bool ids_join(struct ids *c, uint32_t at, const struct ids *from, uint32_t n, const uint32_t *map,
              uint32_t nmap, uint32_t cap);

static inline uint32_t ids_get(const struct ids *c, uint32_t row)
{
    return c->narrow ? c->narrow[row] : c->wide[row];
}

/* Sets a row; those before it are known, and there is room for `cap`. False: no memory. */
static inline bool ids_set(struct ids *c, uint32_t row, uint32_t id, uint32_t cap)
{
    if (c->narrow && id > UINT16_MAX && !ids_widen(c, row, cap))
        return false;
    if (c->narrow)
        c->narrow[row] = (uint16_t)id;
    else
        c->wide[row] = id;
    return true;
}

#endif
