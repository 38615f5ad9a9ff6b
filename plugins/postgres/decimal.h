/*
 * decimal.h - private to the plugin: a server's floating-point numbers as people write numbers.
 */
#ifndef POSTGRES_DECIMAL_H
#define POSTGRES_DECIMAL_H

#include <stddef.h>

#define DECIMAL_MAX 64 /* bytes of a number, its NUL included */

/* The shortest text of a float, which may have an exponent and 17 digits ("1.5e+20",
 * "0.30000000000000004"), as a number of at most 15 digits that count, without exponent. Gives its
 * length; 0: leave the text as it is, since it is no number, or none that anybody writes out. */
size_t decimal_write(char *out, const char *text, size_t len);

#endif
