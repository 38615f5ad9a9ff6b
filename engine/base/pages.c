/*
 * pages.c - memory of large arrays, page by page.
 */
#include "base/pages.h"

#include <stdint.h>
#include <sys/mman.h>

#define PAGE_BYTES 4096u
#define FEW_PAGES  8u /* are not worth the call */

void pages_expect(void *p, size_t n)
{
#ifdef MADV_POPULATE_WRITE
    const size_t before = (uintptr_t)p % PAGE_BYTES;
    if (n >= FEW_PAGES * PAGE_BYTES)
        (void)madvise((char *)p - before, n + before, MADV_POPULATE_WRITE);
#else
    (void)p;
    (void)n;
#endif
}
