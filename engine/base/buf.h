/*
 * buf.h - a growable run of bytes, always NUL-terminated.
 *
 * A failed growth sets `failed` and drops what follows, so that a long run of appends is checked
 * once.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include <steelyard/base.h>

/* Owns: data. {0} is an empty buffer; buf_text gives "" for it. */
struct buf {
    char *data;
    size_t len;
    size_t cap;
    bool failed;
};

void buf_dispose(struct buf *b);
void buf_clear(struct buf *b); /* keeps the memory, forgets a failure */
bool buf_reserve(struct buf *b, size_t more);
void buf_add(struct buf *b, const char *bytes, size_t len);
void buf_str(struct buf *b, const char *text);
void buf_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *format, ...) SY_PRINTF(2, 3);
const char *buf_text(const struct buf *b);

#endif
