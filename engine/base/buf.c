/*
 * buf.c - a growable run of bytes: what writers, messages and text conversion fill.
 */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BUF_FIRST_CAP 64

void buf_dispose(struct buf *b)
{
    free(b->data);
    *b = (struct buf){0};
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    b->failed = false;
    if (b->data)
        b->data[0] = '\0';
}

bool buf_reserve(struct buf *b, size_t more)
{
    if (b->failed)
        return false;
    if (more < b->cap - b->len) /* the NUL has its place: cap is 0 or over len */
        return true;
    if (more >= SIZE_MAX / 2 - b->len) {
        b->failed = true;
        return false;
    }
    size_t need = b->len + more + 1;
    size_t cap = b->cap ? b->cap : BUF_FIRST_CAP;
    while (cap < need)
        cap *= 2;
    char *data = realloc(b->data, cap);
    if (!data) {
        b->failed = true;
        return false;
    }
    data[b->len] = '\0';
    b->data = data;
    b->cap = cap;
    return true;
}

void buf_add(struct buf *b, const char *bytes, size_t len)
{
    if (len == 0 || !buf_reserve(b, len))
        return;
    memcpy(b->data + b->len, bytes, len);
    b->len += len;
    b->data[b->len] = '\0';
}

void buf_str(struct buf *b, const char *text)
{
    buf_add(b, text, strlen(text));
}

void buf_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}

/* Formats of %s and %% alone, which most are, need no printf. */
static bool is_plain(const char *format)
{
    const char *at = format;
    while ((at = strchr(at, '%')) != NULL) {
        if (at[1] != 's' && at[1] != '%')
            return false;
        at += 2;
    }
    return true;
}

static void add_text(struct buf *b, const char *text)
{
    buf_str(b, text ? text : "(null)"); /* as printf does */
}

static void add_plain(struct buf *b, const char *format, va_list args)
{
    const char *at;
    for (; (at = strchr(format, '%')) != NULL; format = at + 2) {
        buf_add(b, format, (size_t)(at - format));
        if (at[1] == 's')
            add_text(b, va_arg(args, const char *));
        else
            buf_char(b, '%');
    }
    buf_str(b, format);
}

void buf_printf(struct buf *b, const char *format, ...)
{
    if (!buf_reserve(b, 1))
        return;
    va_list args;
    if (is_plain(format)) {
        va_start(args, format);
        add_plain(b, format, args);
        va_end(args);
        return;
    }
    va_start(args, format);
    int len = vsnprintf(b->data + b->len, b->cap - b->len, format, args);
    va_end(args);
    if (len < 0) {
        b->data[b->len] = '\0';
        b->failed = true;
        return;
    }
    if ((size_t)len >= b->cap - b->len) {
        b->data[b->len] = '\0';
        if (!buf_reserve(b, (size_t)len))
            return;
        va_start(args, format);
        vsnprintf(b->data + b->len, b->cap - b->len, format, args);
        va_end(args);
    }
    b->len += (size_t)len;
}

const char *buf_text(const struct buf *b)
{
    return b->data ? b->data : "";
}
