/*
 * json_value.c - strings with their escapes, and numbers without the loss that a double would be.
 */
#include <stdlib.h>
#include <string.h>

#include "json_scan.h"

#define EXPONENT_MAX 400 /* past the reach of any amount; such a number stays as it is written */
#define DIGITS_MAX   400

static bool add(struct json_scan *s, struct json_bytes *out, const char *bytes, size_t len)
{
    return out == NULL || json_bytes_add(s, out, bytes, len);
}

static int hex_value(int c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool read_hex(struct json_scan *s, uint32_t *out)
{
    *out = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_value(json_scan_peek(s));
        if (digit < 0) {
            json_scan_fail(s, "\\u needs four hexadecimal digits");
            return false;
        }
        *out = *out * 16 + (uint32_t)digit;
        s->at++;
    }
    return true;
}

static size_t encode(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = n; i > 1; i--) {
        out[i - 1] = (char)(0x80 | (c & 0x3F));
        c >>= 6;
    }
    out[0] = (char)((0xF00u >> n & 0xFF) | c);
    return n;
}

/* Behind \u: one character, or the two halves of a pair. */
static bool read_escaped(struct json_scan *s, struct json_bytes *out)
{
    char bytes[4];
    uint32_t c, low;
    if (!read_hex(s, &c))
        return false;
    if (c == 0) {
        json_scan_fail(s, "\\u0000: a text cannot hold it");
        return false;
    }
    if (c >= 0xD800 && c <= 0xDBFF) {
        bool pair = json_scan_peek(s) == '\\';
        s->at += pair;
        pair = pair && json_scan_peek(s) == 'u';
        s->at += pair;
        if (pair && !read_hex(s, &low))
            return false;
        pair = pair && low >= 0xDC00 && low <= 0xDFFF;
        c = pair ? 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00) : c;
    }
    if (c >= 0xD800 && c <= 0xDFFF) {
        json_scan_fail(s, "half of a surrogate pair: no character");
        return false;
    }
    return add(s, out, bytes, encode(bytes, c));
}

static bool read_escape(struct json_scan *s, struct json_bytes *out)
{
    static const char SHORT[] = "\"\"\\\\//b\bf\fn\nr\rt\t"; /* pairs */
    s->at++;
    int c = json_scan_peek(s);
    if (c == 'u') {
        s->at++;
        return read_escaped(s, out);
    }
    for (size_t i = 0; SHORT[i] != '\0'; i += 2) {
        if (c == SHORT[i]) {
            s->at++;
            return add(s, out, &SHORT[i + 1], 1);
        }
    }
    json_scan_fail(s, "no escape begins like this: write \\\\ for a backslash");
    return false;
}

/* How many bytes at the next one stand for themselves. */
static size_t count_plain(const struct json_scan *s)
{
    size_t i = s->at;
    while (i < s->len && (unsigned char)s->block[i] >= 0x20 && s->block[i] != '"' &&
           s->block[i] != '\\')
        i++;
    return i - s->at;
}

bool json_scan_string(struct json_scan *s, struct json_bytes *out)
{
    s->at++;
    for (;;) {
        int c = json_scan_peek(s);
        size_t plain = c == JSON_END ? 0 : count_plain(s);
        if (plain > 0) {
            if (!add(s, out, s->block + s->at, plain))
                return false;
            s->at += plain;
        } else if (c == '"') {
            s->at++;
            return true;
        } else if (c == '\\') {
            if (!read_escape(s, out))
                return false;
        } else {
            json_scan_fail(s,
                           c == JSON_END ? "the text ends within quotes: it was cut off"
                           : c == '\n' || c == '\r'
                               ? "the line ends within quotes: write \\n for a line end"
                               : "control character \\x%02x in quotes: this is no JSON text",
                           (unsigned)c);
            return false;
        }
    }
}

/* One digit or more. */
static bool read_digits(struct json_scan *s, struct json_bytes *out)
{
    size_t all = 0;
    for (;;) {
        (void)json_scan_peek(s);
        size_t n = 0;
        while (s->at + n < s->len && s->block[s->at + n] >= '0' && s->block[s->at + n] <= '9')
            n++;
        if (n == 0)
            break;
        if (!add(s, out, s->block + s->at, n))
            return false;
        s->at += n;
        all += n;
    }
    if (all == 0)
        json_scan_fail(s, "a digit is needed here");
    return s->rc == 0;
}

static bool read_sign(struct json_scan *s, struct json_bytes *out, const char *signs)
{
    int c = json_scan_peek(s);
    if (c <= 0 || strchr(signs, c) == NULL) /* a NUL is in every text for strchr */
        return s->rc == 0;
    char sign = (char)c;
    s->at++;
    return add(s, out, &sign, 1);
}

static bool read_whole(struct json_scan *s, struct json_bytes *out)
{
    if (!read_sign(s, out, "-"))
        return false;
    if (json_scan_peek(s) != '0')
        return read_digits(s, out);
    s->at++;
    int c = json_scan_peek(s);
    if (c >= '0' && c <= '9') {
        json_scan_fail(s, "a number has no leading zeros: write a code as text, in quotes");
        return false;
    }
    return add(s, out, "0", 1);
}

/* Writes digits with the point moved to `point` (from the first digit), zeros where it lies
 * outside of them. */
static bool add_moved(struct json_scan *s, struct json_bytes *out, const char *digits, long n,
                      long point)
{
    char text[DIGITS_MAX + EXPONENT_MAX + 8];
    size_t len = 0;
    long first = 0, end = point > n ? point : n;
    while (first < point - 1 && (first >= n || digits[first] == '0'))
        first++; /* of 0.001e2 */
    if (point < 1)
        first = point - 1; /* the 0 before the point */
    for (long i = first; i < end; i++) {
        if (i == point)
            text[len++] = '.';
        text[len++] = i >= 0 && i < n ? digits[i] : '0';
    }
    return json_bytes_add(s, out, text, len);
}

/* Works the exponent at `e` into the number that begins at `start`: "1.5e3" to "1500". */
static bool expand(struct json_scan *s, struct json_bytes *out, size_t start, size_t e)
{
    char digits[DIGITS_MAX];
    char exponent[8] = "";
    long n = 0, point = -1;
    size_t len = out->len - e - 1;
    if (len >= sizeof exponent || e - start > DIGITS_MAX)
        return true;
    memcpy(exponent, out->bytes + e + 1, len);
    long move = strtol(exponent, NULL, 10);
    if (labs(move) > EXPONENT_MAX)
        return true;
    size_t sign = out->bytes[start] == '-';
    for (size_t i = start + sign; i < e; i++) {
        if (out->bytes[i] == '.')
            point = n;
        else
            digits[n++] = out->bytes[i];
    }
    out->len = start + sign;
    return add_moved(s, out, digits, n, (point < 0 ? n : point) + move);
}

bool json_scan_number(struct json_scan *s, struct json_bytes *out)
{
    size_t start = out == NULL ? 0 : out->len, e;
    if (!read_whole(s, out))
        return false;
    if (json_scan_peek(s) == '.') {
        s->at++;
        if (!add(s, out, ".", 1) || !read_digits(s, out))
            return false;
    }
    int c = json_scan_peek(s);
    if (c != 'e' && c != 'E')
        return s->rc == 0;
    e = out == NULL ? 0 : out->len;
    s->at++;
    if (!add(s, out, "e", 1) || !read_sign(s, out, "+-") || !read_digits(s, out))
        return false;
    return out == NULL || expand(s, out, start, e);
}
