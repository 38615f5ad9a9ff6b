/*
 * number.h - decimal text to double and back, the same in every locale.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NUMBER_TEXT_MAX 40

/* A decimal as written: (-1)^negative × mantissa × 10^exponent. Up to 19 digits are kept in the
 * mantissa; `inexact` says that more non-zero digits were written than it holds. */
struct decimal_text {
    uint64_t mantissa;
    int32_t exponent;
    bool negative;
    bool inexact;
    uint8_t places; /* digits written after the point, at most 255 */
};

/* Reads all of `text` as [+-]digits[.digits] in ASCII: no blanks, exponent, thousands separator,
 * hex, inf or nan; at least one digit before the point and, where there is a point, one after. */
bool number_scan(struct decimal_text *out, const char *text, size_t len);

/* The double nearest to d × 10^shift (so 21.16 and shift 4 give exactly 211600). False where the
 * result is no finite number. For an inexact mantissa the value is that of the digits kept. */
bool number_value(double *out, const struct decimal_text *d, int shift);

/* number_scan and number_value in one. */
bool number_parse(double *out, const char *text, size_t len);

/* Writes a finite number with at most 15 significant digits, without trailing zeros and without an
 * exponent where 1e-7 <= |x| < 1e21 ("93.25", "1516666666.66667", "0.1", "-0" is "0"); outside that
 * range as %.15g does. Returns the length; `out` holds NUMBER_TEXT_MAX bytes. */
size_t number_print(char *out, double x);
/* The digits of a whole number, no NUL; returns their end. */
char *number_put(char *out, uint64_t n);

/* The 15 leading significant digits of |x|, as %.14e rounds them: |x| is about *digits ×
 * 10^*exponent and *digits has exactly 15 digits (0 and 0 for zero). False where x is not finite.
 */
bool number_digits(uint64_t *digits, int *exponent, double x);

extern const uint64_t number_pow10[20]; /* 10^0 to 10^19 */

#endif
