/*
 * text.c - UTF-8: validity, characters, blanks. Widths and lines are in text_width.c and
 * text_wrap.c, reading text files in text_reader.c.
 */
#include "base/text.h"

#include <string.h>

#define REPLACEMENT 0xFFFDu
#define HIGH_BITS   0x8080808080808080u

/* Length of the valid character that starts with a byte >= 0x80, or 0. */
static size_t measure_wide(const unsigned char *s, size_t len)
{
    unsigned char lead = s[0];
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    size_t need = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (len < need)
        return 0;
    unsigned char low = 0x80, high = 0xBF; /* of the second byte: no overlong form, no surrogate */
    if (lead == 0xE0)
        low = 0xA0;
    else if (lead == 0xED)
        high = 0x9F;
    else if (lead == 0xF0)
        low = 0x90;
    else if (lead == 0xF4)
        high = 0x8F;
    if (s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i < need; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 0;
    }
    return need;
}

/* Nearly every Chinese character: three bytes, and no lead byte with rules of its own. */
static bool is_common_three(const unsigned char *s, size_t len)
{
    return len >= 3 && s[0] > 0xE0 && s[0] < 0xED && (s[1] & 0xC0) == 0x80 && (s[2] & 0xC0) == 0x80;
}

static uint64_t high_bits(const unsigned char *s)
{
    uint64_t word;
    memcpy(&word, s, sizeof word);
    return word & HIGH_BITS;
}

/* Of 64 bytes; one test for all of them, so that ASCII passes as fast as memory gives it. */
static uint64_t high_bits_of_line(const unsigned char *s)
{
    return high_bits(s) | high_bits(s + 8) | high_bits(s + 16) | high_bits(s + 24) |
           high_bits(s + 32) | high_bits(s + 40) | high_bits(s + 48) | high_bits(s + 56);
}

/* The bytes of whole words at the start that are ASCII, or fewer. */
static size_t skip_ascii_words(const unsigned char *s, size_t len)
{
    size_t i = 0;
    while (len - i >= 64 && high_bits_of_line(s + i) == 0)
        i += 64;
    while (len - i >= 8 && high_bits(s + i) == 0)
        i += 8;
    return i;
}

size_t text_utf8_span(const char *bytes, size_t len)
{
    const unsigned char *s = (const unsigned char *)bytes;
    size_t i = 0;
    while (i < len) {
        i += skip_ascii_words(s + i, len - i);
        while (i < len && s[i] < 0x80)
            i++;
        while (i < len && s[i] >= 0x80) {
            if (is_common_three(s + i, len - i)) {
                i += 3;
                continue;
            }
            size_t n = measure_wide(s + i, len - i);
            if (n == 0)
                return i;
            i += n;
        }
    }
    return len;
}

bool text_is_utf8(const char *bytes, size_t len)
{
    return text_utf8_span(bytes, len) == len;
}

uint32_t text_next(const char *bytes, size_t len, size_t *n)
{
    const unsigned char *s = (const unsigned char *)bytes;
    *n = 1;
    if (s[0] < 0x80)
        return s[0];
    size_t need = measure_wide(s, len);
    if (need == 0)
        return REPLACEMENT;
    *n = need;
    uint32_t c = s[0] & (0xFFu >> (need + 1));
    for (size_t i = 1; i < need; i++)
        c = c << 6 | (s[i] & 0x3Fu);
    return c;
}

void text_put(struct buf *b, uint32_t c)
{
    char out[4];
    size_t n = 0;
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = REPLACEMENT;
    if (c < 0x80) {
        out[n++] = (char)c;
    } else if (c < 0x800) {
        out[n++] = (char)(0xC0 | c >> 6);
        out[n++] = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out[n++] = (char)(0xE0 | c >> 12);
        out[n++] = (char)(0x80 | (c >> 6 & 0x3F));
        out[n++] = (char)(0x80 | (c & 0x3F));
    } else {
        out[n++] = (char)(0xF0 | c >> 18);
        out[n++] = (char)(0x80 | (c >> 12 & 0x3F));
        out[n++] = (char)(0x80 | (c >> 6 & 0x3F));
        out[n++] = (char)(0x80 | (c & 0x3F));
    }
    buf_add(b, out, n);
}

static bool is_blank(uint32_t c)
{
    return c <= 0x20 || c == 0x7F || c == 0xA0 || c == 0x3000 || c == 0xFEFF || c == 0x200B;
}

void text_trim(const char **bytes, size_t *len)
{
    const char *s = *bytes;
    size_t left = *len, n;
    while (left > 0 && is_blank(text_next(s, left, &n))) {
        s += n;
        left -= n;
    }
    while (left > 0) {
        size_t back = 1;
        while (back < 4 && back < left && ((unsigned char)s[left - back] & 0xC0) == 0x80)
            back++;
        if (!is_blank(text_next(s + left - back, back, &n)) || n != back)
            break;
        left -= back;
    }
    *bytes = s;
    *len = left;
}

void text_narrow(struct buf *out, const char *bytes, size_t len)
{
    size_t kept = 0, i = 0;
    while (i < len) {
        unsigned char lead = (unsigned char)bytes[i];
        if (lead != 0xE3 && lead != 0xEF) { /* the lead bytes of U+3000 and U+FF01..U+FF5E */
            i++;
            continue;
        }
        size_t n;
        uint32_t c = text_next(bytes + i, len - i, &n);
        if (c == 0x3000 || (c >= 0xFF01 && c <= 0xFF5E)) {
            buf_add(out, bytes + kept, i - kept);
            buf_char(out, c == 0x3000 ? ' ' : (char)(c - 0xFEE0));
            kept = i + n;
        }
        i += n;
    }
    buf_add(out, bytes + kept, len - kept);
}
