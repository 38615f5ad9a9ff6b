/*
 * text.c - what is UTF-8, and which time is a day.
 */
#include "text.h"

#include <string.h>

/* Bytes of the character at `c`; 0: it is none. */
static size_t measure(const unsigned char *c, size_t len)
{
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = c[0] < 0x80 ? 1 : c[0] < 0xC2 ? 0 : c[0] < 0xE0 ? 2 : c[0] < 0xF0 ? 3 : 4;
    if (n < 2)
        return n;
    if (c[0] > 0xF4 || n > len)
        return 0;
    unsigned code = c[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((c[i] & 0xC0) != 0x80)
            return 0;
        code = code << 6 | (c[i] & 0x3Fu);
    }
    return code >= least[n] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF) ? n : 0;
}

bool text_is_valid(const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        size_t n = measure((const unsigned char *)text + at, len - at);
        if (n == 0)
            return false;
        at += n;
    }
    return true;
}

bool text_is_midnight(const char *text, size_t len)
{
    static const char form[] = "dddd-dd-dd 00:00:00.";
    const size_t minutes = strlen("dddd-dd-dd 00:00"), seconds = minutes + strlen(":00");
    for (size_t i = 0; i < len; i++) {
        char c = text[i], want = i < sizeof form - 1 ? form[i] : '0';
        bool fits = want == 'd'   ? c >= '0' && c <= '9'
                    : want == ' ' ? c == ' ' || c == 'T'
                                  : c == want;
        if (!fits)
            return false;
    }
    return len == minutes || len == seconds || len > seconds + 1;
}
