/*
 * ids.c - a column of small numbers by row.
 */
#include "model/ids.h"

#include <stdlib.h>
#include <string.h>

void ids_dispose(struct ids *c)
{
    free(c->narrow);
    free(c->wide);
    *c = (struct ids){0};
}

bool ids_grow(struct ids *c, uint32_t cap)
{
    const size_t size = c->wide ? sizeof *c->wide : sizeof *c->narrow;
    void *grown = realloc(c->wide ? (void *)c->wide : c->narrow, cap * size);
    if (!grown)
        return false;
    if (c->wide)
        c->wide = grown;
    else
        c->narrow = grown;
    return true;
}

bool ids_widen(struct ids *c, uint32_t count, uint32_t cap)
{
    uint32_t *wide = malloc((size_t)cap * sizeof *wide);
    if (!wide)
        return false;
    for (uint32_t i = 0; i < count; i++)
        wide[i] = c->narrow[i];
    free(c->narrow);
    *c = (struct ids){.wide = wide};
    return true;
}

bool ids_same(const struct ids *c, uint32_t a, uint32_t b, uint32_t n)
{
    if (c->narrow)
        return memcmp(c->narrow + a, c->narrow + b, n * sizeof *c->narrow) == 0;
    return n == 0 || memcmp(c->wide + a, c->wide + b, n * sizeof *c->wide) == 0;
}

/* Whether all that the map gives fits in two bytes; *same: whether it changes nothing. */
static bool is_narrow(bool *same, const uint32_t *map, uint32_t nmap)
{
    uint32_t all = 0;
    *same = true;
    for (uint32_t i = 0; i < nmap; i++) {
        all |= map[i];
        *same = *same && map[i] == i;
    }
    return all <= UINT16_MAX;
}

bool ids_join(struct ids *c, uint32_t at, const struct ids *from, uint32_t n, const uint32_t *map,
              uint32_t nmap, uint32_t cap)
{
    bool same;
    const bool narrow = is_narrow(&same, map, nmap) && c->narrow && from->narrow;
    if (narrow && same)
        memcpy(c->narrow + at, from->narrow, n * sizeof *c->narrow);
    else if (narrow)
        for (uint32_t i = 0; i < n; i++)
            c->narrow[at + i] = (uint16_t)map[from->narrow[i]];
    else
        for (uint32_t i = 0; i < n; i++)
            if (!ids_set(c, at + i, map[ids_get(from, i)], cap))
                return false;
    return true;
}
