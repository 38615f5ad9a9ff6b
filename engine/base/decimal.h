/*
 * decimal.h - rounding as a person does it, on decimal digits.
 *
 * A double stands for the decimal with its 15 leading significant digits: 2.675 is two point six
 * seven five although the machine holds a little less, and rounds half up to 2.68.
 */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/number.h"

enum round_mode { ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN };

#define DECIMAL_PLACES_MAX 9

/* *out = x × 10^places as a whole number, rounded by `mode` (half up: away from zero on a tie;
 * down: toward zero). False where x is not finite or the result passes 9e15. */
bool decimal_round(int64_t *out, double x, int places, enum round_mode mode);
/* The same, always by the digits: several times slower. */
bool decimal_round_digits(int64_t *out, double x, int places, enum round_mode mode);

#define ROUND_PLAIN_MAX 1e9
#define ROUND_NEAR      1e-4

/* How many numbers are rounded alike. */
struct decimal_plain {
    double scale, border; /* the fraction that decides */
    bool up;              /* where it is passed */
    bool usable;
};

static inline struct decimal_plain decimal_plain(int places, enum round_mode mode)
{
    const bool usable = places >= 0 && places <= DECIMAL_PLACES_MAX;
    return (struct decimal_plain){usable ? (double)(int64_t)number_pow10[places] : 0,
                                  mode == ROUND_DOWN ? 0 : 0.5, mode != ROUND_DOWN, usable};
}

/* The same as decimal_round where x × 10^places is nowhere near a tie (for ROUND_DOWN: a whole
 * number); else false. There neither its binary error nor its 15 digits can decide: both are under
 * 1e-5 below ROUND_PLAIN_MAX, and ROUND_NEAR is ten times that. */
static inline bool decimal_round_plain(int64_t *out, double x, const struct decimal_plain *how)
{
    const double scaled = fabs(x) * how->scale;
    if (!(scaled < ROUND_PLAIN_MAX))
        return false; /* also NAN */
    const int64_t whole = (int64_t)scaled;
    const double rest = scaled - (double)whole;
    const double near = fabs(rest - how->border);
    if (near < ROUND_NEAR || near > 1 - ROUND_NEAR)
        return false;
    const int64_t rounded = whole + (how->up && rest > how->border);
    *out = x < 0 ? -rounded : rounded;
    return true;
}

/* a × b / c with all three whole, rounded by `mode`, computed exactly (128 bit). c != 0. False on a
 * result over 9e15. */
bool decimal_muldiv(int64_t *out, int64_t a, int64_t b, int64_t c, enum round_mode mode);

/* scaled / 10^places as the nearest double. */
double decimal_value(int64_t scaled, int places);

/* Always `places` decimals: 9325, 2 gives "93.25"; 5, 2 gives "0.05". NUMBER_TEXT_MAX bytes. */
size_t decimal_print(char *out, int64_t scaled, int places);

#endif
