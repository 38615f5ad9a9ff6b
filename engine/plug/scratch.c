/*
 * scratch.c - memory that reads borrow one after another: a file of many parts is read without
 * asking the system for the same megabytes again.
 */
#include "plug/host.h"

#include <stdlib.h>

#define KEPT_MAX ((size_t)4 << 20) /* of a block, from one read to the next */

static void drop(struct plug_scratch *s, unsigned slot)
{
    free(s->blocks[slot]);
    s->blocks[slot] = NULL;
    s->sizes[slot] = 0;
}

void *plug_scratch_take(struct plug_scratch *s, unsigned slot, size_t size)
{
    if (slot >= SY_SCRATCHES)
        return NULL;
    if (s->blocks[slot] != NULL && size <= s->sizes[slot])
        return s->blocks[slot];
    void *grown = realloc(s->blocks[slot], size > 0 ? size : 1);
    if (grown == NULL)
        return NULL;
    s->blocks[slot] = grown;
    s->sizes[slot] = size;
    return grown;
}

void plug_scratch_rest(struct plug_scratch *s)
{
    for (unsigned slot = 0; slot < SY_SCRATCHES; slot++)
        if (s->sizes[slot] > KEPT_MAX)
            drop(s, slot);
}

void plug_scratch_dispose(struct plug_scratch *s)
{
    for (unsigned slot = 0; slot < SY_SCRATCHES; slot++)
        drop(s, slot);
}
