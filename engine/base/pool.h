/*
 * pool.h - interned strings: each distinct text once, named by a dense uint32_t from 0.
 */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define POOL_NONE UINT32_MAX

/* Owns: bytes, offsets, slots. {0} is an empty pool. Not for more than 2^32 - 2 strings or for
 * texts of more than UINT32_MAX bytes together each; bytes together may pass 4 GiB. */
struct pool {
    char *bytes; /* the texts, each NUL-terminated */
    size_t bytes_len;
    size_t bytes_cap;
    uint64_t *offsets; /* by id */
    uint32_t count;
    uint32_t cap;
    uint32_t *slots;  /* open addressing over ids; POOL_NONE is empty */
    uint32_t nslots;  /* a power of two */
    uint32_t *hashes; /* by id */
};

void pool_dispose(struct pool *p);

/* The id of a text, added when new. POOL_NONE: no memory. The text may hold NUL bytes; pool_text
 * then shows it up to the first, pool_len gives its full length. */
uint32_t pool_intern(struct pool *p, const char *bytes, size_t len);
uint32_t pool_intern_str(struct pool *p, const char *text);

/* The texts of `from` beginning with id `first`, in their order, added where new: map[id] gets the
 * id of each. False: no memory. */
bool pool_join(uint32_t *map, struct pool *p, const struct pool *from, uint32_t first);
/* *out, which is empty, gets the same texts under the same ids. False: no memory. */
bool pool_copy(struct pool *out, const struct pool *p);
/* Drops all texts and keeps the memory, unless it is much more than was needed. */
void pool_clear(struct pool *p);

/* The id of a text that is there already, or POOL_NONE. */
uint32_t pool_find(const struct pool *p, const char *bytes, size_t len);

/* Borrowed until the next pool_intern. NULL for POOL_NONE. */
const char *pool_text(const struct pool *p, uint32_t id);
size_t pool_len(const struct pool *p, uint32_t id);

#endif
