/*
 * text.c - texts on their way into a workbook (see text.h).
 */
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void text_dispose(struct text *t)
{
    free(t->bytes);
    *t = (struct text){0};
}

void text_clear(struct text *t)
{
    t->len = 0;
    if (t->bytes != NULL)
        t->bytes[0] = '\0';
}

static bool make_room(struct text *t, size_t len)
{
    if (t->failed)
        return false;
    if (t->bytes != NULL && t->cap - t->len > len)
        return true;
    const size_t cap = (t->len + len) * 2 + 64;
    char *grown = realloc(t->bytes, cap);
    t->failed = grown == NULL;
    if (grown == NULL)
        return false;
    t->bytes = grown;
    t->cap = cap;
    return true;
}

void text_add(struct text *t, const char *bytes, size_t len)
{
    if (!make_room(t, len))
        return;
    if (len > 0)
        memcpy(t->bytes + t->len, bytes, len);
    t->len += len;
    t->bytes[t->len] = '\0';
}

void text_str(struct text *t, const char *s)
{
    text_add(t, s, strlen(s));
}

void text_printf(struct text *t, const char *format, ...)
{
    char piece[512];
    va_list args;
    va_start(args, format);
    const int n = vsnprintf(piece, sizeof piece, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof piece)
        t->failed = true;
    else
        text_add(t, piece, (size_t)n);
}

const char *text_of(const struct text *t)
{
    return t->bytes == NULL ? "" : t->bytes;
}

/* The bytes of a character; 0: what stands here is no UTF-8. */
static size_t char_len(const char *s, size_t len)
{
    const unsigned char c = (unsigned char)*s, next = len > 1 ? (unsigned char)s[1] : 0;
    const size_t n = c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
    if (n == 0 || n > len)
        return 0;
    for (size_t i = 1; i < n; i++)
        if (((unsigned char)s[i] & 0xC0) != 0x80)
            return 0;
    /* Longer than need be, a half of a pair, beyond the last. */
    if ((c == 0xE0 && next < 0xA0) || (c == 0xED && next > 0x9F) || (c == 0xF0 && next < 0x90) ||
        (c == 0xF4 && next > 0x8F))
        return 0;
    return n;
}

/* Characters of UTF-16: those beyond the first 65,536 are two. */
static size_t char_units(size_t bytes)
{
    return bytes == 4 ? 2 : 1;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* Whether `_x0041_` stands here. */
static bool is_number(const char *s, size_t len)
{
    if (len < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_')
        return false;
    for (size_t i = 2; i < 6; i++)
        if (!is_hex(s[i]))
            return false;
    return true;
}

/* U+FFFE and U+FFFF, which no XML holds. */
static bool is_no_character(const char *s, size_t n)
{
    return n == 3 && memcmp(s, "\xEF\xBF", 2) == 0 && (unsigned char)s[2] >= 0xBE;
}

/* One character as a cell holds it; how many it is then. */
static size_t add_char(struct text *t, const char *s, size_t n, size_t len)
{
    const unsigned char c = (unsigned char)*s;
    if (n == 0 || (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F) {
        text_printf(t, "\\x%02X", c);
        return 4;
    }
    if (is_no_character(s, n)) {
        text_str(t, "\xEF\xBF\xBD");
        return 1;
    }
    if (is_number(s, len)) {
        text_str(t, "_x005F_");
        return 7; /* so many are counted by the library */
    }
    text_add(t, s, n);
    return char_units(n);
}

void text_cell(struct text *t, const char *bytes, size_t len, bool data)
{
    size_t units = 0, kept = t->len;
    if (data && len > 0 && strchr("=+-@\t\r", bytes[0]) != NULL && bytes[0] != '\0') {
        text_str(t, "'");
        units = 1;
    }
    for (size_t i = 0; i < len;) {
        if (bytes[i] == '\r' && i + 1 < len && bytes[i + 1] == '\n') {
            i++;
            continue;
        }
        const size_t n = char_len(bytes + i, len - i);
        const size_t end = i + (n > 0 ? n : 1);
        units += add_char(t, bytes + i, n, len - i);
        if (units >= TEXT_CELL_MAX && (units > TEXT_CELL_MAX || end < len)) {
            if (!t->failed)
                t->len = kept; /* the last that leaves room for the ellipsis */
            text_str(t, "…");
            return;
        }
        if (units < TEXT_CELL_MAX)
            kept = t->len;
        i = end;
    }
}

void text_sheet(struct text *t, const char *bytes, size_t len, const char *otherwise)
{
    const size_t from = t->len;
    size_t units = 0;
    while (len > 0 && (*bytes == '\'' || *bytes == ' '))
        bytes++, len--;
    for (size_t i = 0; i < len;) {
        const size_t n = char_len(bytes + i, len - i);
        const unsigned char c = (unsigned char)bytes[i];
        units += char_units(n);
        if (units > TEXT_SHEET_MAX)
            break;
        if (n == 0 || c < 0x20 || c == 0x7F || (n == 1 && strchr("[]:*?/\\", c) != NULL) ||
            is_no_character(bytes + i, n))
            text_str(t, "_");
        else
            text_add(t, bytes + i, n);
        i += n > 0 ? n : 1;
    }
    while (!t->failed && t->len > from &&
           (t->bytes[t->len - 1] == '\'' || t->bytes[t->len - 1] == ' '))
        t->bytes[--t->len] = '\0';
    if (!t->failed && t->len == from)
        text_str(t, otherwise);
}
