/*
 * json_text.c - strings and numbers as strict JSON, in blocks to the host.
 */
#include "json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define NUMBER_MAX 48
#define WHOLE_MAX  9.2e18

void json_text_flush(struct json_out *o)
{
    if (o->rc == 0 && o->len > 0)
        o->rc = o->host->write(o->call, o->block, o->len);
    o->len = 0;
}

void json_text_begin(struct json_out *o, const sy_host *host, sy_call *call)
{
    o->host = host;
    o->call = call;
    o->rc = 0;
    o->len = 0;
}

static void put_over(struct json_out *o, const char *bytes, size_t len)
{
    while (len > 0) {
        if (o->len == JSON_BLOCK)
            json_text_flush(o);
        size_t n = len < JSON_BLOCK - o->len ? len : JSON_BLOCK - o->len;
        memcpy(o->block + o->len, bytes, n);
        o->len += n;
        bytes += n;
        len -= n;
    }
}

static inline void put(struct json_out *o, const char *bytes, size_t len)
{
    if (len > JSON_BLOCK - o->len) {
        put_over(o, bytes, len);
        return;
    }
    memcpy(o->block + o->len, bytes, len);
    o->len += len;
}

void json_text_raw(struct json_out *o, const char *text)
{
    put(o, text, strlen(text));
}

/* Length of the valid UTF-8 character at s, 0 where there is none. */
static size_t measure_character(const unsigned char *s, size_t len)
{
    static const struct {
        unsigned char first, last, low, high;
        size_t len;
    } FORMS[] = {
        {0x00, 0x7F, 0x00, 0x00, 1}, {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    for (size_t f = 0; f < sizeof FORMS / sizeof *FORMS; f++) {
        if (s[0] < FORMS[f].first || s[0] > FORMS[f].last)
            continue;
        size_t n = FORMS[f].len;
        if (n > len || (n > 1 && (s[1] < FORMS[f].low || s[1] > FORMS[f].high)))
            return 0;
        for (size_t i = 2; i < n; i++) {
            if ((s[i] & 0xC0) != 0x80)
                return 0;
        }
        return n;
    }
    return 0;
}

/* Whether the character has to be written otherwise than it is, and how. */
static bool escape_character(char *out, size_t cap, const unsigned char *s, size_t n)
{
    static const char SHORT[] = "\"\"\\\\\bb\ff\nn\rr\tt"; /* pairs */
    if (n == 0) {
        snprintf(out, cap, "\xEF\xBF\xBD");
        return true;
    }
    if (n == 3 && s[0] == 0xE2 && s[1] == 0x80 && (s[2] == 0xA8 || s[2] == 0xA9)) {
        snprintf(out, cap, "\\u%04x", 0x2000u + (s[2] & 0x3Fu));
        return true;
    }
    if (n != 1 || (s[0] >= 0x20 && s[0] != 0x7F && s[0] != '"' && s[0] != '\\'))
        return false;
    for (size_t i = 0; SHORT[i] != '\0'; i += 2) {
        if (SHORT[i] == (char)s[0]) {
            snprintf(out, cap, "\\%c", SHORT[i + 1]);
            return true;
        }
    }
    snprintf(out, cap, "\\u%04x", (unsigned)s[0]);
    return true;
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\';
}

void json_text_string(struct json_out *o, const char *text, size_t len)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t kept = 0, i = 0;
    put(o, "\"", 1);
    while (i < len) {
        char escaped[16];
        if (is_plain(s[i])) {
            i++;
            continue;
        }
        size_t n = measure_character(s + i, len - i);
        if (escape_character(escaped, sizeof escaped, s + i, n)) {
            put(o, text + kept, i - kept);
            json_text_raw(o, escaped);
            kept = i + (n == 0 ? 1 : n);
        }
        i += n == 0 ? 1 : n;
    }
    put(o, text + kept, len - kept);
    put(o, "\"", 1);
}

/* 93.50 is 93.5 and 93.00 is 93: a number has no places. */
static size_t trim_zeros(const char *number, size_t len)
{
    if (memchr(number, '.', len) == NULL)
        return len;
    while (number[len - 1] == '0')
        len--;
    return number[len - 1] == '.' ? len - 1 : len;
}

/* 0 for what JSON has no number for. Many readers refuse whole numbers of over 64 bits, unless an
 * exponent says that they are none. */
static size_t print_number(const struct json_out *o, char *number, double x)
{
    if (!isfinite(x))
        return 0;
    size_t len = o->host->print_number(number, x);
    if (fabs(x) >= WHOLE_MAX && memchr(number, 'e', len) == NULL) {
        memcpy(number + len, "e0", 2);
        len += 2;
    }
    return len;
}

void json_text_scalar(struct json_out *o, const sy_cell *cell)
{
    char number[NUMBER_MAX];
    size_t len = 0;
    switch (cell->type) {
    case SY_CELL_BOOL:
        json_text_raw(o, cell->integer ? "true" : "false");
        return;
    case SY_CELL_INTEGER:
        len = o->host->print_decimal(number, cell->integer, 0);
        break;
    case SY_CELL_NUMBER:
        len = print_number(o, number, cell->number);
        break;
    case SY_CELL_DECIMAL:
        len = trim_zeros(number, o->host->print_decimal(number, cell->integer, cell->places));
        break;
    case SY_CELL_TEXT:
    case SY_CELL_DATA:
        if (cell->text != NULL) {
            json_text_string(o, cell->text, cell->text_len);
            return;
        }
        break;
    default:
        break;
    }
    if (len == 0)
        json_text_raw(o, "null");
    else
        put(o, number, len);
}
