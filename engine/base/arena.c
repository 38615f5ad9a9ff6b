/*
 * arena.c - memory given back all at once: a list of zeroed blocks, filled from the front.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ARENA_FIRST_BLOCK ((size_t)4096)
#define ARENA_LAST_BLOCK  ((size_t)1 << 20)

struct arena_block {
    struct arena_block *next;
    size_t used;
    size_t cap;
    alignas(max_align_t) char bytes[];
};

void arena_dispose(struct arena *a)
{
    struct arena_block *block = a->head;
    while (block) {
        struct arena_block *next = block->next;
        free(block);
        block = next;
    }
    a->head = NULL;
}

static struct arena_block *make_block(size_t cap)
{
    if (cap > SIZE_MAX - sizeof(struct arena_block))
        return NULL;
    struct arena_block *block = calloc(1, sizeof *block + cap);
    if (block)
        block->cap = cap;
    return block;
}

/* A block that has room for `size` bytes. Blocks grow with the arena; what is large for the next
 * one gets a block of its own behind the head, so that the head's room is not lost. */
static struct arena_block *add_block(struct arena *a, size_t size)
{
    size_t cap = a->head ? a->head->cap * 2 : ARENA_FIRST_BLOCK;
    if (cap > ARENA_LAST_BLOCK)
        cap = ARENA_LAST_BLOCK;
    bool alone = size > cap / 2;
    struct arena_block *block = make_block(alone ? size : cap);
    if (!block)
        return NULL;
    if (alone && a->head) {
        block->next = a->head->next;
        a->head->next = block;
    } else {
        block->next = a->head;
        a->head = block;
    }
    return block;
}

static void *take_bytes(struct arena *a, size_t size, size_t align)
{
    struct arena_block *block = a->head;
    size_t at = block ? (block->used + align - 1) / align * align : 0;
    if (!block || at > block->cap || size > block->cap - at) {
        block = add_block(a, size);
        if (!block)
            return NULL;
        at = 0;
    }
    block->used = at + size;
    return block->bytes + at;
}

void *arena_alloc(struct arena *a, size_t size)
{
    return take_bytes(a, size ? size : 1, alignof(max_align_t));
}

char *arena_copy(struct arena *a, const char *bytes, size_t len)
{
    if (len == SIZE_MAX)
        return NULL;
    char *copy = take_bytes(a, len + 1, 1);
    if (copy && len)
        memcpy(copy, bytes, len);
    return copy;
}

char *arena_strdup(struct arena *a, const char *text)
{
    return arena_copy(a, text, strlen(text));
}
