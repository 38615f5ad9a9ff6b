/*
 * large.c - large pages where there are any. Nothing depends on them but time.
 */
#include "base/large.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#define LARGE_PAGE ((uintptr_t)2 << 20)
#define LARGE_MIN  ((size_t)4 << 20) /* below, large pages would waste more than they save */

/* Whole large pages within the block; a system that has none says so, and nothing is lost. */
static void *ask_large(void *memory, size_t size)
{
#ifdef MADV_HUGEPAGE
    if (memory && size >= LARGE_MIN) {
        const uintptr_t from = ((uintptr_t)memory + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
        const uintptr_t to = ((uintptr_t)memory + size) & ~(LARGE_PAGE - 1);
        (void)madvise((char *)memory + (from - (uintptr_t)memory), to - from, MADV_HUGEPAGE);
    }
#else
    (void)size;
#endif
    return memory;
}

void *large_alloc(size_t size)
{
    return ask_large(malloc(size), size);
}

void *large_zeroed(size_t count, size_t size)
{
    return ask_large(calloc(count, size), count * size);
}

void *large_realloc(void *memory, size_t size)
{
    return ask_large(realloc(memory, size), size);
}
