/*
 * pattern.h - paths and patterns with `*` (any run of characters, also none, also dots).
 */
#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool pattern_is(const char *text); /* holds a `*` */
bool pattern_match(const char *pattern, const char *path);
size_t pattern_literals(const char *pattern); /* characters (UTF-8) that are not `*` */

#define PATTERN_NO_MATCH SIZE_MAX

/* Index of the pattern that matches `path` best: a text without `*` that equals it wins, else most
 * literal characters. PATTERN_NO_MATCH where none does. A tie of two different patterns at the top
 * gives the second of the two in *tie (else PATTERN_NO_MATCH). `at(ctx, i)` gives the i-th of n
 * patterns. */
size_t pattern_best(size_t n, const char *(*at)(const void *ctx, size_t i), const void *ctx,
                    const char *path, size_t *tie);

#endif
