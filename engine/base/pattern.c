/*
 * pattern.c - paths against patterns with `*`: which key of an INI file speaks for an indicator.
 */
#include "base/pattern.h"

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

size_t pattern_best(size_t n, const char *(*at)(const void *ctx, size_t i), const void *ctx,
                    const char *path, size_t *tie)
{
    size_t best = PATTERN_NO_MATCH;
    size_t second = PATTERN_NO_MATCH;
    size_t most = 0;
    for (size_t i = 0; i < n; i++) {
        const char *pattern = at(ctx, i);
        if (!pattern_match(pattern, path))
            continue;
        if (!pattern_is(pattern)) {
            best = i;
            second = PATTERN_NO_MATCH;
            break;
        }
        size_t literals = pattern_literals(pattern);
        if (best == PATTERN_NO_MATCH || literals > most) {
            best = i;
            second = PATTERN_NO_MATCH;
            most = literals;
        } else if (literals == most && second == PATTERN_NO_MATCH &&
                   strcmp(pattern, at(ctx, best)) != 0) {
            second = i;
        }
    }
    if (tie)
        *tie = second;
    return best;
}
