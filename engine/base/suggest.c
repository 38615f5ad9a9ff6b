/*
 * suggest.c - "did you mean" for mistyped keys, commands and names, in any alphabet.
 */
#include "base/suggest.h"

#include <stdint.h>

/* No key, option or path that a person mistypes is longer; nothing is suggested beyond. */
#define SUGGEST_MAX 256

/* UTF-8 to one number a character: the character's bytes as they stand, which is enough to compare.
 * Returns the number of characters, SUGGEST_MAX + 1 where there are more than that. */
static size_t split_characters(uint32_t *out, const char *text)
{
    size_t n = 0;
    while (*text) {
        if (n == SUGGEST_MAX)
            return SUGGEST_MAX + 1;
        uint32_t character = (unsigned char)*text++;
        for (int more = 3; more > 0 && ((unsigned char)*text & 0xC0) == 0x80; more--)
            character = character << 8 | (unsigned char)*text++;
        out[n++] = character;
    }
    return n;
}

static size_t least_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Insertions, deletions, replacements, and swaps of neighbours. Three rows of the table are enough.
 */
static size_t edit_distance(const uint32_t *a, size_t na, const uint32_t *b, size_t nb)
{
    size_t rows[3][SUGGEST_MAX + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= nb; j++)
        row[j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t cost = above[j - 1] + (a[i - 1] != b[j - 1]);
            cost = least_of(cost, least_of(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost = least_of(cost, before[j - 2] + 1);
            row[j] = cost;
        }
    }
    return row[nb];
}

const char *suggest(const char *word, const char *const *candidates, size_t n)
{
    uint32_t wanted[SUGGEST_MAX];
    uint32_t other[SUGGEST_MAX];
    const char *best = NULL;
    size_t least = SIZE_MAX;
    size_t nwanted = split_characters(wanted, word);
    if (nwanted > SUGGEST_MAX)
        return NULL;
    for (size_t i = 0; i < n; i++) {
        size_t nother = split_characters(other, candidates[i]);
        if (nother > SUGGEST_MAX)
            continue;
        size_t longer = nwanted > nother ? nwanted : nother;
        size_t limit = longer < 6 ? 1 : longer / 3;
        size_t distance = edit_distance(wanted, nwanted, other, nother);
        if (distance <= limit && distance < least) {
            least = distance;
            best = candidates[i];
        }
    }
    return best;
}
