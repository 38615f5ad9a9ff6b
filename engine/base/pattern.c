/*
 * pattern.c - paths against patterns with `*`: which key of an INI file speaks for an indicator.
 */
#include "base/pattern.h"

#include <stdlib.h>
#include <string.h>

bool pattern_is(const char *text)
{
    return strchr(text, '*') != NULL;
}

/* Only the last `*` is ever lengthened: what an earlier one could take more of, the last can too.
 */
bool pattern_match(const char *pattern, const char *path)
{
    const char *after_star = NULL;
    const char *retry = NULL;
    while (*path) {
        if (*pattern == '*') {
            after_star = ++pattern;
            retry = path;
        } else if (*pattern == *path) {
            pattern++;
            path++;
        } else if (after_star) {
            pattern = after_star;
            path = ++retry;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

size_t pattern_literals(const char *pattern)
{
    size_t n = 0;
    for (; *pattern; pattern++)
        n += *pattern != '*' && ((unsigned char)*pattern & 0xC0) != 0x80;
    return n;
}

/* Those with `*` last; they keep their order, the others are sorted. */
static int compare_keys(const void *a, const void *b)
{
    const struct pattern_key *x = a, *y = b;
    const int order = x->star != y->star ? (x->star ? 1 : -1)
                      : x->star          ? 0
                                         : strcmp(x->text, y->text);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

void pattern_set_make(struct pattern_set *out, struct pattern_key *keys, size_t n, bool stars)
{
    size_t nstars = 0;
    for (size_t i = 0; i < n; i++) {
        keys[i].index = i;
        keys[i].star = stars && pattern_is(keys[i].text);
        nstars += keys[i].star;
    }
    if (n > 1)
        qsort(keys, n, sizeof *keys, compare_keys);
    *out = (struct pattern_set){keys, n - nstars, n};
}

static int compare_text(const char *key, const char *text, size_t len)
{
    const int order = strncmp(key, text, len);
    return order ? order : key[len] != '\0';
}

size_t pattern_exact(const struct pattern_set *set, const char *text, size_t len)
{
    size_t low = 0, high = set->nexact;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (compare_text(set->keys[middle].text, text, len) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < set->nexact && compare_text(set->keys[low].text, text, len) == 0
               ? set->keys[low].index
               : PATTERN_NO_MATCH;
}

size_t pattern_best(const struct pattern_set *set, const char *path, size_t *tie)
{
    const struct pattern_key *best = NULL, *second = NULL;
    size_t most = 0;
    const size_t exact = pattern_exact(set, path, strlen(path));
    for (size_t i = set->nexact; i < set->n && exact == PATTERN_NO_MATCH; i++) {
        const struct pattern_key *key = &set->keys[i];
        if (!pattern_match(key->text, path))
            continue;
        size_t literals = pattern_literals(key->text);
        if (best == NULL || literals > most) {
            best = key;
            second = NULL;
            most = literals;
        } else if (literals == most && second == NULL && strcmp(key->text, best->text) != 0) {
            second = key;
        }
    }
    if (tie)
        *tie = second ? second->index : PATTERN_NO_MATCH;
    return best ? best->index : exact;
}
