/*
 * decimal.c - rounding as a person does it: on the 15 decimal digits that a double stands for, in
 * whole numbers, so that no binary fraction decides a tie.
 */
#include "base/decimal.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

__extension__ typedef __int128 wide;

#define DECIMAL_LIMIT 9000000000000000
#define EXACT_MAX     ((int64_t)1 << 53) /* whole numbers up to it are doubles */

/* The whole part plus one or not, for a rest that stands to a half as `against_half` says (-1, 0,
 * 1). */
static uint64_t round_whole(uint64_t whole, int against_half, enum round_mode mode)
{
    if (mode == ROUND_DOWN || against_half < 0)
        return whole;
    if (against_half == 0 && mode == ROUND_HALF_EVEN)
        return whole + (whole & 1);
    return whole + 1;
}

static bool give_signed(int64_t *out, uint64_t whole, bool negative)
{
    if (whole > DECIMAL_LIMIT)
        return false;
    *out = negative ? -(int64_t)whole : (int64_t)whole;
    return true;
}

/* By the digits, whatever x is. */
bool decimal_round_digits(int64_t *out, double x, int places, enum round_mode mode)
{
    uint64_t digits;
    int exponent;
    if (places < 0 || places > DECIMAL_PLACES_MAX || !number_digits(&digits, &exponent, x))
        return false;
    int power = exponent + places;
    uint64_t whole;
    if (digits == 0 || power < -15) { /* 15 digits: less than a tenth is left */
        whole = 0;
    } else if (power >= 0) {
        if (power > 1) /* over 15 digits and 10^2 */
            return false;
        whole = digits * number_pow10[power];
    } else {
        uint64_t unit = number_pow10[-power];
        uint64_t rest = digits % unit;
        int against_half = (rest > unit / 2) - (rest < unit / 2);
        whole = round_whole(digits / unit, against_half, mode);
    }
    return give_signed(out, whole, x < 0);
}

bool decimal_round(int64_t *out, double x, int places, enum round_mode mode)
{
    const struct decimal_plain how = decimal_plain(places, mode);
    return (how.usable && decimal_round_plain(out, x, &how)) ||
           decimal_round_digits(out, x, places, mode);
}

bool decimal_muldiv(int64_t *out, int64_t a, int64_t b, int64_t c, enum round_mode mode)
{
    if (c == 0)
        return false;
    wide product = (wide)a * b;
    wide divisor = c;
    bool negative = (product < 0) != (divisor < 0);
    product = product < 0 ? -product : product;
    divisor = divisor < 0 ? -divisor : divisor;
    wide whole = product / divisor;
    if (whole > DECIMAL_LIMIT)
        return false;
    wide twice = (product - whole * divisor) * 2;
    int against_half = (twice > divisor) - (twice < divisor);
    return give_signed(out, round_whole((uint64_t)whole, against_half, mode), negative);
}

double decimal_value(int64_t scaled, int places)
{
    /* Dividing two exact numbers once gives the nearest double. */
    if (scaled >= -EXACT_MAX && scaled <= EXACT_MAX && places >= 0 && places <= DECIMAL_PLACES_MAX)
        return (double)scaled / (double)number_pow10[places];
    struct decimal_text d = {
        .mantissa = scaled < 0 ? -(uint64_t)scaled : (uint64_t)scaled,
        .exponent = -places,
        .negative = scaled < 0,
    };
    double x = 0.0;
    number_value(&x, &d, 0);
    return x;
}

/* Two places, as scores and money mostly have: the digits are where they belong at once. */
static char *put_hundredths(char *out, uint64_t hundredths)
{
    const unsigned rest = (unsigned)(hundredths % 100);
    char *p = number_put(out, hundredths / 100);
    p[0] = '.';
    p[1] = (char)('0' + rest / 10);
    p[2] = (char)('0' + rest % 10);
    return p + 3;
}

/* Any number of places. */
static char *put_places(char *out, uint64_t scaled, size_t places)
{
    size_t len = (size_t)(number_put(out, scaled) - out);
    if (len <= places) { /* a 0 before the point, and as many behind it as are lacking */
        const size_t zeros = places + 1 - len;
        memmove(out + zeros, out, len);
        memset(out, '0', zeros);
        len += zeros;
    }
    memmove(out + len - places + 1, out + len - places, places);
    out[len - places] = '.';
    return out + len + 1;
}

size_t decimal_print(char *out, int64_t scaled, int places)
{
    const uint64_t rest = scaled < 0 ? -(uint64_t)scaled : (uint64_t)scaled;
    char *p = out;
    if (scaled < 0)
        *p++ = '-';
    if (places <= 0)
        p = number_put(p, rest);
    else if (places == 2)
        p = put_hundredths(p, rest);
    else
        p = put_places(p, rest, (size_t)places);
    *p = '\0';
    return (size_t)(p - out);
}
