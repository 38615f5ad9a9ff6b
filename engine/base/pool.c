/*
 * pool.c - interned strings: texts end to end in one run of bytes, found through an open hash table
 * of ids. Loading a table calls it once a text cell, so that nothing is allocated for a single
 * string.
 */
#include "base/pool.h"

#include <stdlib.h>
#include <string.h>

#include "base/pages.h"

#define POOL_FIRST_CAP   64
#define POOL_FIRST_BYTES ((size_t)1024)
#define POOL_MAX_SLOTS   ((uint32_t)1 << 31)

void pool_dispose(struct pool *p)
{
    free(p->bytes);
    free(p->offsets);
    free(p->slots);
    free(p->hashes);
    *p = (struct pool){0};
}

static uint64_t mix_word(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 32);
}

static uint32_t hash_bytes(const char *bytes, size_t len)
{
    uint64_t hash = mix_word(UINT64_C(0x2545F4914F6CDD1D), len);
    uint64_t word;
    while (len >= sizeof word) {
        memcpy(&word, bytes, sizeof word);
        hash = mix_word(hash, word);
        bytes += sizeof word;
        len -= sizeof word;
    }
    word = 0;
    if (len)
        memcpy(&word, bytes, len);
    hash = mix_word(hash, word);
    hash *= UINT64_C(0xD6E8FEB86659FD93);
    return (uint32_t)(hash >> 32);
}

static uint64_t text_end(const struct pool *p, uint32_t id)
{
    return (id + 1 < p->count ? p->offsets[id + 1] : p->bytes_len) - 1;
}

static bool has_text(const struct pool *p, uint32_t id, const char *bytes, size_t len,
                     uint32_t hash)
{
    return p->hashes[id] == hash && text_end(p, id) - p->offsets[id] == len &&
           (len == 0 || memcmp(p->bytes + p->offsets[id], bytes, len) == 0);
}

/* The slot of the text, or the empty one where it belongs. There are slots. */
static uint32_t find_slot(const struct pool *p, const char *bytes, size_t len, uint32_t hash)
{
    uint32_t mask = p->nslots - 1;
    uint32_t slot = hash & mask;
    while (p->slots[slot] != POOL_NONE) {
        if (has_text(p, p->slots[slot], bytes, len, hash))
            return slot;
        slot = (slot + 1) & mask;
    }
    return slot;
}

static bool grow_slots(struct pool *p)
{
    if (p->nslots == POOL_MAX_SLOTS)
        return false;
    uint32_t nslots = p->nslots ? p->nslots * 2 : 2 * POOL_FIRST_CAP;
    uint32_t *slots = malloc(nslots * sizeof *slots);
    if (!slots)
        return false;
    /* Written at once, not calloc'ed: a page that is read before it is written is mapped twice, and
     * the second time every other processor is interrupted. */
    pages_expect(slots, nslots * sizeof *slots);
    memset(slots, 0xFF, nslots * sizeof *slots); /* POOL_NONE */
    for (uint32_t id = 0; id < p->count; id++) {
        uint32_t slot = p->hashes[id] & (nslots - 1);
        while (slots[slot] != POOL_NONE)
            slot = (slot + 1) & (nslots - 1);
        slots[slot] = id;
    }
    free(p->slots);
    p->slots = slots;
    p->nslots = nslots;
    return true;
}

static bool grow_ids(struct pool *p)
{
    if (p->cap > UINT32_MAX / 2)
        return false;
    uint32_t cap = p->cap ? p->cap * 2 : POOL_FIRST_CAP;
    uint64_t *offsets = realloc(p->offsets, cap * sizeof *offsets);
    if (!offsets)
        return false;
    p->offsets = offsets;
    uint32_t *hashes = realloc(p->hashes, cap * sizeof *hashes);
    if (!hashes)
        return false;
    p->hashes = hashes;
    p->cap = cap;
    return true;
}

/* Room for a text of `len` bytes and its NUL. *text, which may lie in the pool itself, is kept
 * true. */
static bool grow_bytes(struct pool *p, const char **text, size_t len)
{
    if (len >= SIZE_MAX / 4 || p->bytes_len >= SIZE_MAX / 4)
        return false;
    size_t need = p->bytes_len + len + 1;
    size_t cap = p->bytes_cap ? p->bytes_cap : POOL_FIRST_BYTES;
    while (cap < need)
        cap *= 2;
    uintptr_t distance = (uintptr_t)*text - (uintptr_t)p->bytes;
    bool inside = p->bytes && distance < p->bytes_len;
    char *bytes = realloc(p->bytes, cap);
    if (!bytes)
        return false;
    if (inside)
        *text = bytes + distance;
    p->bytes = bytes;
    p->bytes_cap = cap;
    return true;
}

static uint32_t intern_hashed(struct pool *p, const char *bytes, size_t len, uint32_t hash)
{
    /* At most 7 of 10 slots are taken, so that every search meets an empty one soon. */
    if ((uint64_t)p->count * 10 >= (uint64_t)p->nslots * 7 && !grow_slots(p))
        return POOL_NONE;
    uint32_t slot = find_slot(p, bytes, len, hash);
    if (p->slots[slot] != POOL_NONE)
        return p->slots[slot];
    if (p->count == p->cap && !grow_ids(p))
        return POOL_NONE;
    if (len >= p->bytes_cap - p->bytes_len && !grow_bytes(p, &bytes, len))
        return POOL_NONE;
    if (len)
        memcpy(p->bytes + p->bytes_len, bytes, len);
    p->bytes[p->bytes_len + len] = '\0';
    uint32_t id = p->count++;
    p->offsets[id] = p->bytes_len;
    p->hashes[id] = hash;
    p->bytes_len += len + 1;
    p->slots[slot] = id;
    return id;
}

uint32_t pool_intern(struct pool *p, const char *bytes, size_t len)
{
    return intern_hashed(p, bytes, len, hash_bytes(bytes, len));
}

/* Tables name things in the same order, as a rule: then the next text is the next here too. */
bool pool_join(uint32_t *map, struct pool *p, const struct pool *from, uint32_t first)
{
    uint32_t next = 0;
    for (uint32_t id = first; id < from->count; id++) {
        const char *bytes = from->bytes + from->offsets[id];
        const size_t len = pool_len(from, id);
        const uint32_t hash = from->hashes[id];
        map[id] = next < p->count && has_text(p, next, bytes, len, hash)
                      ? next
                      : intern_hashed(p, bytes, len, hash);
        if (map[id] == POOL_NONE)
            return false;
        next = map[id] + 1;
    }
    return true;
}

bool pool_copy(struct pool *out, const struct pool *p)
{
    for (uint32_t id = 0; id < p->count; id++)
        if (intern_hashed(out, p->bytes + p->offsets[id], pool_len(p, id), p->hashes[id]) ==
            POOL_NONE)
            return false;
    return true;
}

void pool_clear(struct pool *p)
{
    if (p->nslots / 16 > p->count) { /* what held many more is not cleared again and again */
        free(p->slots);
        p->slots = NULL;
        p->nslots = 0;
    }
    if (p->nslots)
        memset(p->slots, 0xFF, p->nslots * sizeof *p->slots);
    p->count = 0;
    p->bytes_len = 0;
}

uint32_t pool_intern_str(struct pool *p, const char *text)
{
    return pool_intern(p, text, strlen(text));
}

uint32_t pool_find(const struct pool *p, const char *bytes, size_t len)
{
    if (!p->nslots)
        return POOL_NONE;
    return p->slots[find_slot(p, bytes, len, hash_bytes(bytes, len))];
}

const char *pool_text(const struct pool *p, uint32_t id)
{
    return id < p->count ? p->bytes + p->offsets[id] : NULL;
}

size_t pool_len(const struct pool *p, uint32_t id)
{
    return id < p->count ? (size_t)(text_end(p, id) - p->offsets[id]) : 0;
}
