/*
 * fail_alloc.h - makes an allocation of the program under test fail, for the error paths. Include
 * it in one file of a test program. Sanitizers bring their own allocator: there fail_alloc_works is
 * 0 and such tests skip.
 */
#ifndef TESTS_FAIL_ALLOC_H
#define TESTS_FAIL_ALLOC_H

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define __SANITIZE_ADDRESS__ 1 /* clang says it this way only */
#endif
#endif

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
enum { fail_alloc_works = 1 };

/* Allocations that still succeed; all after them fail. Negative: no limit. */
static long fail_alloc_after = -1;

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static int refuse_alloc(void)
{
    if (fail_alloc_after < 0)
        return 0;
    if (fail_alloc_after > 0) {
        fail_alloc_after--;
        return 0;
    }
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t size)
{
    return refuse_alloc() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return refuse_alloc() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
    return refuse_alloc() ? NULL : __libc_realloc(old, size);
}
#else
enum { fail_alloc_works = 0 };
static long fail_alloc_after = -1;
#endif

#endif
