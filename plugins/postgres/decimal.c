/*
 * decimal.c - a float's text rounded to 15 digits, as all numbers are shown, its exponent worked
 * out.
 */
#include "decimal.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS_KEPT  15
#define DIGITS_MAX   24
#define EXPONENT_MAX 21 /* digits before the point, or zeros behind it */

/* 0.digits × 10^point. */
struct decimal {
    bool minus;
    char digits[DIGITS_MAX];
    int ndigits, point;
};

static bool parse(struct decimal *d, const char *text, size_t len)
{
    size_t at = len > 0 && text[0] == '-';
    bool fraction = false;
    *d = (struct decimal){.minus = at == 1};
    for (; at < len && text[at] != 'e'; at++) {
        if (text[at] == '.' && !fraction) {
            fraction = true;
        } else if (text[at] < '0' || text[at] > '9') {
            return false;
        } else if (d->ndigits == 0 && text[at] == '0') {
            d->point -= fraction;
        } else if (d->ndigits == DIGITS_MAX) {
            return false;
        } else {
            d->digits[d->ndigits++] = text[at];
            d->point += !fraction;
        }
    }
    if (at < len) { /* the text ends in a NUL */
        char *end;
        long exponent = strtol(text + at + 1, &end, 10);
        if (end != text + len || exponent < -400 || exponent > 400)
            return false;
        d->point += (int)exponent;
    }
    return true;
}

static void round_off(struct decimal *d)
{
    bool up = d->ndigits > DIGITS_KEPT && d->digits[DIGITS_KEPT] >= '5';
    if (d->ndigits > DIGITS_KEPT)
        d->ndigits = DIGITS_KEPT;
    for (int i = d->ndigits - 1; up && i >= 0; i--) {
        up = d->digits[i] == '9';
        d->digits[i] = up ? '0' : (char)(d->digits[i] + 1);
    }
    if (up) { /* all were nines */
        d->digits[0] = '1';
        d->ndigits = 1;
        d->point++;
    }
    while (d->ndigits > 0 && d->digits[d->ndigits - 1] == '0')
        d->ndigits--;
}

size_t decimal_write(char *out, const char *text, size_t len)
{
    struct decimal d;
    size_t n = 0;
    if (!parse(&d, text, len))
        return 0;
    round_off(&d);
    if (d.ndigits == 0) {
        out[0] = '0';
        return 1;
    }
    if (d.point > EXPONENT_MAX || d.point < -EXPONENT_MAX)
        return 0;
    if (d.minus)
        out[n++] = '-';
    if (d.point <= 0)
        out[n++] = '0';
    for (int i = 0; i < d.point; i++)
        out[n++] = i < d.ndigits ? d.digits[i] : '0';
    if (d.ndigits > d.point)
        out[n++] = '.';
    for (int i = d.point; i < d.ndigits; i++)
        out[n++] = i < 0 ? '0' : d.digits[i];
    return n;
}
