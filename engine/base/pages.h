/*
 * pages.h - memory of large arrays, page by page.
 */
#ifndef BASE_PAGES_H
#define BASE_PAGES_H

#include <stddef.h>

/* The n bytes at p, which nothing was written to yet, are about to be written: the system is asked
 * for their pages at once instead of one after the other as they are met, which costs a third more.
 * A hint. */
void pages_expect(void *p, size_t n);

#endif
