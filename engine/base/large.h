/*
 * large.h - memory for arrays of millions: the system is asked to give it in large pages, which
 * costs a fraction of as many small ones. Everything is given back by free().
 */
#ifndef BASE_LARGE_H
#define BASE_LARGE_H

#include <stddef.h>

void *large_alloc(size_t size);                 /* as malloc */
void *large_zeroed(size_t count, size_t size);  /* as calloc */
void *large_realloc(void *memory, size_t size); /* as realloc */

#endif
