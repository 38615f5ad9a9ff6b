/*
 * fail_alloc.h - makes allocations of the program under test fail, for the error paths, and counts
 * the blocks that are alive. Include it in one file of a test program. What libraries and libc
 * itself allocate is seen too; under a sanitizer only where it is asked for by malloc, calloc or
 * realloc. Elsewhere than with gcc and glibc fail_alloc_works is 0 and such tests skip.
 */
#ifndef TESTS_FAIL_ALLOC_H
#define TESTS_FAIL_ALLOC_H

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

/* Allocations that still succeed; all after them fail. Negative: no limit. */
static atomic_long fail_alloc_after = -1;
/* The one allocation, from 0, that fails; those after it succeed. Negative: none. */
static atomic_long fail_alloc_only = -1;
/* Called with the number, from 0, of each allocation that is asked for; NULL: nobody. */
static void (*fail_alloc_noted)(long n);
/* Allocations asked for, and blocks given and not yet taken back. */
static atomic_long fail_alloc_asked, fail_alloc_alive;

#if defined(__GLIBC__) && !defined(__clang__)
enum { fail_alloc_works = 1 };

/* Sanitizers bring their own allocator, under these names, and their own strdup, which does not
 * come by: they count for themselves what is alive. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { fail_alloc_counts = 0 };
#define FAIL_ALLOC_REAL(name) __interceptor_##name
#else
enum { fail_alloc_counts = 1 };
#define FAIL_ALLOC_REAL(name) __libc_##name
#endif

extern void *FAIL_ALLOC_REAL(malloc)(size_t size);
extern void *FAIL_ALLOC_REAL(calloc)(size_t n, size_t size);
extern void *FAIL_ALLOC_REAL(realloc)(void *old, size_t size);
extern void FAIL_ALLOC_REAL(free)(void *block);

/* Libraries call these too, strdup of libc for one: they must find them. */
#define FAIL_ALLOC_SEEN __attribute__((visibility("default")))

static int refuse_alloc(void)
{
    long only = fail_alloc_only;
    if (fail_alloc_noted)
        fail_alloc_noted(fail_alloc_asked);
    fail_alloc_asked++;
    if (only >= 0)
        fail_alloc_only = only - 1;
    int refused = only == 0;
    if (fail_alloc_after == 0)
        refused = 1;
    else if (fail_alloc_after > 0)
        fail_alloc_after--;
    if (refused)
        errno = ENOMEM;
    return refused;
}

static void *count_alloc(void *block)
{
    fail_alloc_alive += block != NULL;
    return block;
}

FAIL_ALLOC_SEEN void *malloc(size_t size)
{
    return refuse_alloc() ? NULL : count_alloc(FAIL_ALLOC_REAL(malloc)(size));
}

FAIL_ALLOC_SEEN void *calloc(size_t n, size_t size)
{
    return refuse_alloc() ? NULL : count_alloc(FAIL_ALLOC_REAL(calloc)(n, size));
}

FAIL_ALLOC_SEEN void *realloc(void *old, size_t size)
{
    if (refuse_alloc())
        return NULL;
    void *block = FAIL_ALLOC_REAL(realloc)(old, size);
    if (!old)
        return count_alloc(block);
    fail_alloc_alive -= size == 0 && !block;
    return block;
}

FAIL_ALLOC_SEEN void free(void *block)
{
    fail_alloc_alive -= block != NULL;
    FAIL_ALLOC_REAL(free)(block);
}
#else
enum { fail_alloc_works = 0, fail_alloc_counts = 0 };
#endif

#endif
