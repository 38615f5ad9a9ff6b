/*
 * amount.c - written values as numbers with a format (see amount.h).
 */
#include "amount.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS_MAX 15

/* The figure in a text: bytes[from..to), its digits, and how it is written. */
struct figure {
    size_t from, to;
    int places;
    bool grouped; /* 7,000 */
    double number;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Full-width digits and points are figures too, but no format writes them. */
static bool has_other_digits(const char *bytes, size_t len)
{
    for (size_t i = 0; i + 2 < len; i++) {
        const unsigned char *s = (const unsigned char *)bytes + i;
        if (s[0] == 0xEF && s[1] == 0xBC && s[2] >= 0x8E && s[2] <= 0x99)
            return true;
    }
    return false;
}

/* 1,234,567: groups of three behind the first. */
static bool is_grouped_well(const char *bytes, size_t from, size_t to)
{
    size_t group = 0;
    bool first = true;
    for (size_t i = from; i <= to; i++) {
        if (i < to && is_digit(bytes[i])) {
            group++;
            continue;
        }
        if (first ? group == 0 || group > 3 : group != 3)
            return false;
        first = false;
        group = 0;
        if (i < to && bytes[i] != ',')
            break;
    }
    return true;
}

static bool read_digits(struct figure *f, const char *bytes, size_t len)
{
    static const double powers[] = {1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    int64_t digits = 0;
    int n = 0;
    bool point = false;
    size_t i = f->from, whole = f->from;
    for (; i < len && (is_digit(bytes[i]) || bytes[i] == ',' || bytes[i] == '.'); i++) {
        if (bytes[i] == '.') {
            if (point || i + 1 == len || !is_digit(bytes[i + 1]))
                return false;
            point = true;
        } else if (bytes[i] == ',') {
            if (point || i + 1 == len || !is_digit(bytes[i + 1]))
                return false;
            f->grouped = true;
        } else {
            digits = digits * 10 + (bytes[i] - '0');
            f->places += point;
            if (++n > DIGITS_MAX)
                return false;
        }
        whole = point ? whole : i + 1;
    }
    /* 007 shows its zeros, which a number would lose */
    if (bytes[f->from] == '0' && i > f->from + 1 && is_digit(bytes[f->from + 1]))
        return false;
    f->to = i;
    f->number = (double)digits / powers[f->places];
    return !f->grouped || is_grouped_well(bytes, f->from, whole);
}

static bool find_figure(struct figure *out, const char *bytes, size_t len)
{
    *out = (struct figure){0};
    while (out->from < len && !is_digit(bytes[out->from]))
        out->from++;
    if (out->from == len || has_other_digits(bytes, len) || !read_digits(out, bytes, len))
        return false;
    for (size_t i = out->to; i < len; i++)
        if (is_digit(bytes[i]))
            return false;
    return true;
}

/* A word in a format. Quotes have no way in, and a control no place there. */
static bool add_word(struct text *format, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (bytes[i] == '"' || bytes[i] == '\\' || (unsigned char)bytes[i] < 0x20)
            return false;
    if (len == 0)
        return true;
    text_str(format, "\"");
    text_add(format, bytes, len);
    text_str(format, "\"");
    return true;
}

static void add_places(struct text *format, int places)
{
    for (int i = 0; i < places; i++)
        text_str(format, i == 0 ? ".0" : "0");
}

/* What a written number was multiplied with when it was read: 万, 亿, 千, ‰ and their like. */
static double find_factor(double number, double read)
{
    static const double factors[] = {1,  1e4, 1e8, 1e3,  1e6,  1e7,  1e2,
                                     10, 12,  0.1, 0.01, 1e-3, 1e-4, 1e-8};
    if (isnan(read))
        return 0;
    for (size_t i = 0; i < sizeof factors / sizeof *factors; i++)
        if (fabs(number * factors[i] - read) <= 1e-12 * fabs(read))
            return factors[i];
    return 0;
}

/* What stands around a figure, and how it is written. */
struct around {
    const char *before, *behind;
    size_t before_len, behind_len;
    bool grouped;
    int places;
};

static bool add_section(struct text *format, const struct around *a, bool minus)
{
    if (!add_word(format, a->before, a->before_len))
        return false;
    text_str(format, minus ? "-" : "");
    text_str(format, a->grouped ? "#,##0" : "0");
    add_places(format, a->places);
    return add_word(format, a->behind, a->behind_len);
}

/* A program sets the sign of a negative number before everything: ≥-5% asks for a section that says
 * where it stands. */
static bool add_sections(struct text *format, const struct around *a, bool negative)
{
    if (!add_section(format, a, false))
        return false;
    if (!negative || a->before_len == 0)
        return true;
    text_str(format, ";");
    return add_section(format, a, true);
}

bool amount_read(struct amount *out, struct text *format, const char *bytes, size_t len,
                 double read, const char *before, const char *behind)
{
    struct figure f;
    if (!find_figure(&f, bytes, len))
        return false;
    const bool negative = f.from > 0 && bytes[f.from - 1] == '-';
    const size_t front = f.from - negative;
    const bool bare = front == 0, open = f.to == len;
    const struct around around = {.before = bare ? before : bytes,
                                  .before_len = bare ? strlen(before) : front,
                                  .behind = open ? behind : bytes + f.to,
                                  .behind_len = open ? strlen(behind) : len - f.to,
                                  .grouped = f.grouped,
                                  .places = f.places};
    out->number = negative ? -f.number : f.number;
    out->factor = find_factor(out->number, read);
    return add_sections(format, &around, negative);
}

void amount_format(struct text *format, double number, const char *before, const char *behind)
{
    char digits[40];
    /* As many decimals as the number has, of the fifteen digits that it stands for. */
    snprintf(digits, sizeof digits, "%.14e", number);
    int places = 14 - (int)strtol(strchr(digits, 'e') + 1, NULL, 10);
    for (const char *end = strchr(digits, 'e') - 1; places > 0 && *end == '0'; end--)
        places--;
    const struct around around = {.before = before,
                                  .before_len = strlen(before),
                                  .behind = behind,
                                  .behind_len = strlen(behind),
                                  .places = places < 0    ? 0
                                            : places > 14 ? 14
                                                          : places};
    if (!add_sections(format, &around, number < 0)) { /* no format says these words */
        text_clear(format);
        text_str(format, "General");
    }
}
