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

/* One of the patterns of a set; `index` is its place among all that were given. */
struct pattern_key {
    const char *text;
    size_t index;
    bool star;
};

/* Patterns, ready to be asked: those without `*` are sorted, so that a path is found among a
 * hundred thousand of them at once. Keys and texts are the caller's. */
struct pattern_set {
    const struct pattern_key *keys;
    size_t nexact, n;
};

/* Sorts the n keys, whose texts are filled in: the i-th becomes number i. Without `stars` a `*` is
 * a character like any other. */
void pattern_set_make(struct pattern_set *out, struct pattern_key *keys, size_t n, bool stars);

/* Index of the first key without `*` that equals text[0..len); PATTERN_NO_MATCH: none does. */
size_t pattern_exact(const struct pattern_set *set, const char *text, size_t len);

/* Index of the pattern that matches `path` best: a text without `*` that equals it wins, else most
 * literal characters. PATTERN_NO_MATCH where none does. A tie of two different patterns at the top
 * gives the second of the two in *tie (else PATTERN_NO_MATCH). */
size_t pattern_best(const struct pattern_set *set, const char *path, size_t *tie);

#endif
