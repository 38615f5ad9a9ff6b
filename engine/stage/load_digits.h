/*
 * load_digits.h - private to the load stage: plain numbers and short texts, eight bytes at once.
 */
#ifndef STAGE_LOAD_DIGITS_H
#define STAGE_LOAD_DIGITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define DIGITS_MAX   15 /* a double gives them back, so that no text need be kept */
#define DIGITS_SHORT 8  /* bytes of a number that are looked at together */

#define EACH_BYTE 0x0101010101010101u

/* A number as written: mantissa / 10^places. */
struct digits {
    uint64_t mantissa;
    unsigned places;
};

/* At most 8 bytes as one number, the first lowest; nothing around the text is read. */
static inline uint64_t join_bytes(const char *text, size_t len)
{
    uint32_t first, last;
    if (len < 4) {
        const unsigned char *p = (const unsigned char *)text;
        return p[0] | (uint64_t)p[len / 2] << (8 * (len / 2)) |
               (uint64_t)p[len - 1] << (8 * (len - 1));
    }
    memcpy(&first, text, sizeof first);
    memcpy(&last, text + len - sizeof last, sizeof last);
    return first | (uint64_t)last << (8 * (len - sizeof last));
}

/* The same of the 1 to 8 bytes that end at base + end. */
static inline uint64_t join_bytes_before(const char *base, size_t end, size_t len)
{
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t word;
    if (end >= sizeof word) {
        memcpy(&word, base + end - sizeof word, sizeof word);
        return word >> (8 * (sizeof word - len));
    }
#endif
    return join_bytes(base + end - len, len);
}

/* Whether two texts of one length are the same. */
static inline bool same_bytes(const char *a, const char *b, size_t len)
{
    uint64_t x, y;
    if (len < sizeof x)
        return len == 0 || join_bytes(a, len) == join_bytes(b, len);
    for (size_t i = 0; i + sizeof x < len; i += sizeof x) {
        memcpy(&x, a + i, sizeof x);
        memcpy(&y, b + i, sizeof y);
        if (x != y)
            return false;
    }
    memcpy(&x, a + len - sizeof x, sizeof x);
    memcpy(&y, b + len - sizeof y, sizeof y);
    return x == y;
}

/* Eight digits, the first lowest, each from 0 to 9, as their number. */
static inline uint64_t join_digits(uint64_t digits)
{
    digits = digits * 10 + (digits >> 8); /* pairs */
    return (((digits & 0x000000FF000000FFu) * (100 + (1000000ULL << 32))) +
            ((digits >> 16 & 0x000000FF000000FFu) * (1 + (10000ULL << 32)))) >>
           32;
}

/* Up to 8 bytes at once: they stand at the high end, the point is taken out, and what is in front
 * of them counts as zeros. */
static inline bool digits_short(struct digits *out, const char *text, size_t len)
{
    uint64_t word = join_bytes(text, len) << (8 * (DIGITS_SHORT - len));
    const uint64_t points = word ^ '.' * EACH_BYTE;
    const uint64_t found = (points - EACH_BYTE) & ~points & 0x80 * EACH_BYTE;
    out->places = 0;
    if (found) {
        const unsigned at = (unsigned)__builtin_ctzll(found) & ~7u; /* bits below the point */
        out->places = DIGITS_SHORT - 1 - at / 8;
        const uint64_t below = ((uint64_t)1 << at) - 1;
        word = (word & below) << 8 | (word & ~(below << 8 | 0xFF));
        len--;
    }
    if (len == 0)
        return false;
    word -= '0' * EACH_BYTE << (8 * (DIGITS_SHORT - len));
    out->mantissa = join_digits(word);
    return (((word + 0x76 * EACH_BYTE) | word) & 0x80 * EACH_BYTE) == 0;
}

static inline bool digits_long(struct digits *out, const char *text, size_t len)
{
    size_t point = len;
    out->mantissa = 0;
    for (size_t i = 0; i < len; i++) {
        const unsigned digit = (unsigned)(unsigned char)text[i] - '0';
        if (digit < 10)
            out->mantissa = out->mantissa * 10 + digit;
        else if (text[i] == '.' && point == len)
            point = i;
        else
            return false;
    }
    out->places = point == len ? 0 : (unsigned)(len - point - 1);
    return len - (point < len) <= DIGITS_MAX;
}

/* digits[.digits], written as outcomes_plain_text writes them: no zeros in front. */
static inline bool digits_read(struct digits *out, const char *text, size_t len)
{
    if (len == 0 || len > DIGITS_MAX + 1 || (*text == '0' && len > 1 && text[1] != '.') ||
        *text == '.' || text[len - 1] == '.')
        return false;
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (len <= DIGITS_SHORT)
        return digits_short(out, text, len);
#endif
    return digits_long(out, text, len);
}

/* What a number of some length and decimals looks like in the eight bytes that end with it: the
 * first byte lowest. */
struct digit_form {
    uint64_t zeros;       /* '0' and '.' where they are expected */
    uint64_t whole, part; /* the bytes of digits in front of the point and behind it */
    uint64_t point;
    uint64_t first;     /* the first digit, where it may not be 0 */
    uint64_t alone;     /* not 0: it may */
    uint64_t unused[2]; /* eight words: found by a shift */
};

/* By length and decimals. */
struct digit_forms {
    struct digit_form of[DIGITS_SHORT + 1][DIGITS_SHORT];
};

void digit_forms_open(struct digit_forms *forms);

/* The same of the text that ends at base + end. out->places says how many decimals the number
 * before it in the column had: mostly it has as many, and then nothing need be looked for. */
static inline bool digits_read_like(struct digits *out, const struct digit_forms *forms,
                                    const char *base, size_t end, size_t len)
{
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (len <= DIGITS_SHORT && end >= DIGITS_SHORT && out->places < DIGITS_SHORT) {
        const struct digit_form *form = &forms->of[len][out->places];
        uint64_t word;
        memcpy(&word, base + end - sizeof word, sizeof word);
        word ^= form->zeros;
        const uint64_t digits = (word & form->whole) << 8 | (word & form->part);
        const uint64_t other =
            (((digits + 0x76 * EACH_BYTE) | digits) & 0x80 * EACH_BYTE) | (word & form->point);
        if (other == 0 && ((word & form->first) | form->alone)) {
            out->mantissa = join_digits(digits);
            return true;
        }
    }
#endif
    return digits_read(out, base + end - len, len);
}

#endif
