/*
 * error.c - filling in the one error struct; every layer reports through here.
 */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Takes a character off the end of `text` that a full buffer has cut in two. */
static void drop_cut_character(char *text, size_t len)
{
    size_t start = len;
    while (start > 0 && len - start < 3 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (len - start + 1 < want)
        text[start - 1] = '\0';
}

static void copy_cut(char *out, size_t cap, const char *text)
{
    size_t len = strnlen(text, cap);
    bool cut = len == cap;
    if (cut)
        len = cap - 1;
    memcpy(out, text, len);
    out[len] = '\0';
    if (cut)
        drop_cut_character(out, len);
}

sy_status error_set(sy_error *err, sy_status status, const char *file, uint32_t line,
                    const char *format, ...)
{
    if (!err)
        return status;
    /* Built aside, since the arguments may be texts of *err itself. */
    sy_error made = {.status = status, .line = line};
    if (file)
        copy_cut(made.file, sizeof made.file, file);
    va_list args;
    va_start(args, format);
    int len = vsnprintf(made.message, sizeof made.message, format, args);
    va_end(args);
    if (len < 0)
        copy_cut(made.message, sizeof made.message, format);
    else if ((size_t)len >= sizeof made.message)
        drop_cut_character(made.message, sizeof made.message - 1);
    *err = made;
    return status;
}

sy_status error_nomem(sy_error *err)
{
    return error_set(err, SY_ENOMEM, NULL, 0, "out of memory");
}

sy_status error_errno(sy_error *err, const char *doing, const char *file, int number)
{
    if (number == ENOMEM)
        return error_nomem(err);
    /* Not strerror: that shares a buffer between threads and speaks the locale's language. */
    const char *why = strerrordesc_np(number);
    if (!why)
        return error_set(err, SY_EFILE, file, 0, "cannot %s: error %d", doing, number);
    return error_set(err, SY_EFILE, file, 0, "cannot %s: %s", doing, why);
}
