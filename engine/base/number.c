/*
 * number.c - decimal text to double and back. Every number cell of a table comes in here and every
 * number of an output goes out here; nothing in it depends on the locale.
 */
#include "base/number.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

#define MANTISSA_DIGITS 19
#define PRINT_DIGITS    15

/* What put_few_places takes: PLAIN_MAX with its places has 15 digits. */
#define PLAIN_PLACES 4
#define PLAIN_SCALE  10000
#define PLAIN_MAX    1e11

const uint64_t number_pow10[20] = {
    UINT64_C(1),
    UINT64_C(10),
    UINT64_C(100),
    UINT64_C(1000),
    UINT64_C(10000),
    UINT64_C(100000),
    UINT64_C(1000000),
    UINT64_C(10000000),
    UINT64_C(100000000),
    UINT64_C(1000000000),
    UINT64_C(10000000000),
    UINT64_C(100000000000),
    UINT64_C(1000000000000),
    UINT64_C(10000000000000),
    UINT64_C(100000000000000),
    UINT64_C(1000000000000000),
    UINT64_C(10000000000000000),
    UINT64_C(100000000000000000),
    UINT64_C(1000000000000000000),
    UINT64_C(10000000000000000000),
};

/* The powers of ten that a double holds exactly. */
static const double exact_pow10[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                     1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static bool is_digit(char c)
{
    return (unsigned)(unsigned char)c - '0' < 10;
}

/* Digits into the mantissa while it has room; returns the first byte that is none. */
static const char *take_digits(struct decimal_text *d, const char *p, const char *end,
                               bool fraction)
{
    for (; p < end && is_digit(*p); p++) {
        unsigned digit = (unsigned)(*p - '0');
        if (d->mantissa < number_pow10[MANTISSA_DIGITS - 1]) {
            d->mantissa = d->mantissa * 10 + digit;
            d->exponent -= fraction;
        } else {
            d->inexact |= digit != 0;
            d->exponent += !fraction;
        }
    }
    return p;
}

/* The same where the whole text is too short to overflow the mantissa; the exponent is left alone.
 */
static const char *take_few_digits(uint64_t *mantissa, const char *p, const char *end)
{
    uint64_t m = *mantissa;
    for (; p < end && is_digit(*p); p++)
        m = m * 10 + (unsigned)(*p - '0');
    *mantissa = m;
    return p;
}

bool number_scan(struct decimal_text *out, const char *text, size_t len)
{
    if (len == 0 || len > INT32_MAX)
        return false;
    struct decimal_text d = {0};
    const char *p = text;
    const char *end = text + len;
    bool few = len <= MANTISSA_DIGITS;
    if (*p == '-' || *p == '+')
        d.negative = *p++ == '-';
    const char *whole = p;
    p = few ? take_few_digits(&d.mantissa, p, end) : take_digits(&d, p, end, false);
    if (p == whole)
        return false;
    if (p < end) {
        if (*p++ != '.')
            return false;
        const char *fraction = p;
        p = few ? take_few_digits(&d.mantissa, p, end) : take_digits(&d, p, end, true);
        if (p == fraction || p < end)
            return false;
        size_t places = (size_t)(p - fraction);
        d.places = places > UINT8_MAX ? UINT8_MAX : (uint8_t)places;
        if (few)
            d.exponent = -(int32_t)places;
    }
    *out = d;
    return true;
}

/* Without a decimal point in it, strtod reads the same in every locale. */
static double value_by_text(uint64_t mantissa, int exponent)
{
    char text[NUMBER_TEXT_MAX];
    snprintf(text, sizeof text, "%" PRIu64 "e%d", mantissa, exponent);
    int kept = errno;
    double x = strtod(text, NULL);
    errno = kept;
    return x;
}

bool number_value(double *out, const struct decimal_text *d, int shift)
{
    int64_t exponent = (int64_t)d->exponent + shift;
    double x;
    if (d->mantissa == 0) {
        *out = 0.0; /* also for "-0": zero has no sign here */
        return true;
    }
    if (d->mantissa <= (UINT64_C(1) << 53) && exponent >= -22 && exponent <= 22) {
        /* Both operands are exact, so that the one operation rounds correctly. */
        x = (double)d->mantissa;
        x = exponent < 0 ? x / exact_pow10[-exponent] : x * exact_pow10[exponent];
    } else if (exponent > 400) {
        return false;
    } else {
        x = exponent < -400 ? 0.0 : value_by_text(d->mantissa, (int)exponent);
        if (!isfinite(x))
            return false;
    }
    *out = d->negative && x != 0.0 ? -x : x;
    return true;
}

bool number_parse(double *out, const char *text, size_t len)
{
    struct decimal_text d;
    return number_scan(&d, text, len) && number_value(out, &d, 0);
}

/* mantissa × 10^power / 2^shift, rounded to the nearest, ties to even. */
static uint64_t scale_mantissa(uint64_t mantissa, int power, int shift)
{
    wide product = (wide)mantissa * number_pow10[power > 19 ? 19 : power];
    if (power > 19)
        product *= number_pow10[power - 19];
    uint64_t whole = (uint64_t)(product >> shift);
    wide rest = product - ((wide)whole << shift);
    wide half = (wide)1 << (shift - 1);
    return whole + (rest > half || (rest == half && (whole & 1)));
}

/* For 1e-7 <= x < 1e14, where mantissa × 10^power stays under 2^128: exact, and many times faster
 * than printf. */
static void digits_by_product(uint64_t *digits, int *exponent, double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    uint64_t mantissa = (bits & ((UINT64_C(1) << 52) - 1)) | (UINT64_C(1) << 52);
    int binary = (int)(bits >> 52) - 1023;
    /* floor(log10(2^binary)): the decimal exponent of x or one less. The bias keeps the division
     * from rounding a negative number up. */
    int decimal = (binary * 1233 + 32 * 4096) / 4096 - 32;
    int power = PRINT_DIGITS - 1 - decimal;
    uint64_t found = scale_mantissa(mantissa, power, 52 - binary);
    if (found >= number_pow10[PRINT_DIGITS]) {
        power--;
        found = scale_mantissa(mantissa, power, 52 - binary);
    }
    *digits = found;
    *exponent = -power;
}

/* For every x: the digits of %.14e. The locale chooses the point, so that only digits are looked
 * at. */
static void digits_by_text(uint64_t *digits, int *exponent, double x)
{
    char text[NUMBER_TEXT_MAX];
    snprintf(text, sizeof text, "%.*e", PRINT_DIGITS - 1, x);
    uint64_t found = 0;
    const char *p = text;
    for (; *p && *p != 'e'; p++)
        if (is_digit(*p))
            found = found * 10 + (unsigned)(*p - '0');
    *digits = found;
    *exponent = (*p ? atoi(p + 1) : 0) - (PRINT_DIGITS - 1);
}

bool number_digits(uint64_t *digits, int *exponent, double x)
{
    if (!isfinite(x))
        return false;
    x = fabs(x);
    if (x == 0.0) {
        *digits = 0;
        *exponent = 0;
    } else if (x >= 1e-7 && x < 1e14) {
        digits_by_product(digits, exponent, x);
    } else {
        digits_by_text(digits, exponent, x);
    }
    return true;
}

/* "00" to "99". */
static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                            "25262728293031323334353637383940414243444546474849"
                            "50515253545556575859606162636465666768697071727374"
                            "75767778798081828384858687888990919293949596979899";

char *number_put(char *out, uint64_t n)
{
    size_t len = 1;
    while (len < sizeof number_pow10 / sizeof *number_pow10 && n >= number_pow10[len])
        len++;
    char *p = out + len;
    for (; n >= 100; n /= 100)
        memcpy(p -= 2, pairs + n % 100 * 2, 2);
    if (n >= 10)
        memcpy(p - 2, pairs + n * 2, 2);
    else
        p[-1] = (char)('0' + n);
    return out + len;
}

/* A number of few places, as most are: where a decimal of at most 15 digits is nearest to x, it is
 * what x is printed as. Returns NULL where there is none of PLAIN_PLACES. */
static char *put_few_places(char *out, double x)
{
    if (!(x < PLAIN_MAX))
        return NULL;
    uint64_t scaled = (uint64_t)(x * PLAIN_SCALE + 0.5);
    if ((double)scaled / PLAIN_SCALE != x)
        return NULL;
    uint64_t fraction = scaled % PLAIN_SCALE;
    char *p = number_put(out, scaled / PLAIN_SCALE);
    if (fraction == 0)
        return p;
    *p++ = '.';
    memcpy(p, pairs + fraction / 100 * 2, 2);
    memcpy(p + 2, pairs + fraction % 100 * 2, 2);
    for (p += PLAIN_PLACES; p[-1] == '0';)
        p--;
    return p;
}

static char *put_zeros(char *out, int n)
{
    for (; n > 0; n--)
        *out++ = '0';
    return out;
}

static void strip_zeros(uint64_t *digits, int *exponent)
{
    static const int steps[] = {8, 4, 2, 1};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (*digits % number_pow10[steps[i]] == 0) {
            *digits /= number_pow10[steps[i]];
            *exponent += steps[i];
        }
    }
}

/* `point` digits stand before the point; none where it is 0 or less. */
static char *put_plain(char *out, uint64_t digits, int exponent, int point)
{
    if (exponent >= 0)
        return put_zeros(number_put(out, digits), exponent);
    if (point <= 0) {
        *out++ = '0';
        *out++ = '.';
        return number_put(put_zeros(out, -point), digits);
    }
    char *end = number_put(out, digits);
    memmove(out + point + 1, out + point, (size_t)(end - out - point));
    out[point] = '.';
    return end + 1;
}

static char *put_scientific(char *out, uint64_t digits, int point)
{
    char *end = number_put(out, digits);
    if (end - out > 1) {
        memmove(out + 2, out + 1, (size_t)(end - out - 1));
        out[1] = '.';
        end++;
    }
    int exponent = point - 1;
    *end++ = 'e';
    *end++ = exponent < 0 ? '-' : '+';
    exponent = abs(exponent);
    return number_put(put_zeros(end, exponent < 10), (uint64_t)exponent);
}

size_t number_print(char *out, double x)
{
    char *p = out;
    uint64_t digits;
    int exponent;
    if (signbit(x) && x != 0.0) {
        *p++ = '-';
        x = -x;
    }
    char *end = put_few_places(p, x);
    if (end != NULL) {
        p = end;
    } else if (x < 1e15 && x == (double)(uint64_t)x) {
        p = number_put(p, (uint64_t)x);
    } else if (number_digits(&digits, &exponent, x)) {
        int point = PRINT_DIGITS + exponent;
        strip_zeros(&digits, &exponent);
        if (point > -7 && point <= 21)
            p = put_plain(p, digits, exponent, point);
        else
            p = put_scientific(p, digits, point);
    } else {
        memcpy(p, isnan(x) ? "nan" : "inf", 3);
        p += 3;
    }
    *p = '\0';
    return (size_t)(p - out);
}
