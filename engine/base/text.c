/*
 * text.c - UTF-8: validity, characters, blanks, widths. Reading text files is in text_reader.c.
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

size_t text_utf8_span(const char *bytes, size_t len)
{
    const unsigned char *s = (const unsigned char *)bytes;
    size_t i = 0;
    while (i < len) {
        uint64_t word;
        while (len - i >= sizeof word) {
            memcpy(&word, s + i, sizeof word);
            if ((word & HIGH_BITS) != 0)
                break;
            i += sizeof word;
        }
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

struct range {
    uint32_t first;
    uint32_t last;
};

static const struct range WIDE[] = {
    {0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

static const struct range NO_WIDTH[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F}, {0x00AD, 0x00AD}, {0x0300, 0x036F}, {0x0483, 0x0489},
    {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E},
    {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064},
    {0x20D0, 0x20FF}, {0x302A, 0x302D}, {0x3099, 0x309A}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
    {0xFEFF, 0xFEFF},
};

static bool is_in(const struct range *ranges, size_t n, uint32_t c)
{
    for (size_t i = 0; i < n && ranges[i].first <= c; i++) {
        if (c <= ranges[i].last)
            return true;
    }
    return false;
}

size_t text_width(const char *bytes, size_t len)
{
    size_t width = 0;
    while (len > 0) {
        size_t n;
        uint32_t c = text_next(bytes, len, &n);
        bytes += n;
        len -= n;
        if (is_in(NO_WIDTH, sizeof NO_WIDTH / sizeof *NO_WIDTH, c))
            continue;
        width += is_in(WIDE, sizeof WIDE / sizeof *WIDE, c) ? 2 : 1;
    }
    return width;
}
