/*
 * arena.h - memory that is given back all at once.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

/* Owns: every block. {0} is an empty arena. */
struct arena {
    struct arena_block *head;
};

void arena_dispose(struct arena *a);
void *arena_alloc(struct arena *a, size_t size); /* zeroed, aligned for anything; NULL: no memory */
char *arena_copy(struct arena *a, const char *bytes, size_t len); /* NUL-terminated copy */
char *arena_strdup(struct arena *a, const char *text);

#endif
