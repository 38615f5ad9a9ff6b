/*
 * suggest.c - "did you mean" for mistyped keys, commands and names, in any alphabet.
 */
#include "base/suggest.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

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

/* How far two words are apart; SIZE_MAX where they are too far for one to be meant for the other,
 * or have no character in common. */
static size_t measure_words(const char *a, const char *b)
{
    uint32_t x[SUGGEST_MAX], y[SUGGEST_MAX];
    const size_t nx = split_characters(x, a), ny = split_characters(y, b);
    if (nx > SUGGEST_MAX || ny > SUGGEST_MAX)
        return SIZE_MAX;
    const size_t longer = nx > ny ? nx : ny;
    const size_t limit = longer < 6 ? 1 : longer / 3;
    if (longer - least_of(nx, ny) > limit)
        return SIZE_MAX;
    const size_t distance = edit_distance(x, nx, y, ny);
    return distance <= limit && distance < longer ? distance : SIZE_MAX;
}

const char *suggest(const char *word, const char *const *candidates, size_t n)
{
    const char *best = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        const size_t distance = measure_words(word, candidates[i]);
        if (distance < least) {
            least = distance;
            best = candidates[i];
        }
    }
    return best;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* number_1 is not meant for number_2. */
static bool differ_in_digits(const char *a, const char *b)
{
    while (*a || *b) {
        while (is_digit(*a))
            a++;
        while (is_digit(*b))
            b++;
        if (*a != *b)
            return false;
        if (*a) {
            a++;
            b++;
        }
    }
    return true;
}

/* The bytes of the names that both paths begin with, dots included. */
static size_t common_names(const char *a, const char *b)
{
    size_t len = 0;
    for (size_t i = 0; a[i] && a[i] == b[i]; i++)
        if (a[i] == '.')
            len = i + 1;
    return len;
}

/* The same at their ends. */
static size_t common_ends(const char *a, size_t alen, const char *b, size_t blen)
{
    size_t len = 0;
    for (size_t i = 1; i <= alen && i <= blen && a[alen - i] == b[blen - i]; i++)
        if (a[alen - i] == '.')
            len = i;
    return len;
}

static bool is_one_character(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n <= 1;
}

/* Only what differs is measured: a long way together would make any two names alike. */
static size_t measure_paths(const char *a, const char *b)
{
    char x[4 * SUGGEST_MAX], y[4 * SUGGEST_MAX];
    const size_t begin = common_names(a, b);
    a += begin;
    b += begin;
    size_t alen = strlen(a), blen = strlen(b);
    const size_t end = common_ends(a, alen, b, blen);
    alen -= end;
    blen -= end;
    if (alen >= sizeof x || blen >= sizeof y)
        return SIZE_MAX;
    memcpy(x, a, alen);
    memcpy(y, b, blen);
    x[alen] = y[blen] = '\0';
    if (differ_in_digits(x, y) || (is_one_character(x) && is_one_character(y)))
        return SIZE_MAX;
    return measure_words(x, y);
}

const char *suggest_path(const char *path, const char *const *candidates, size_t n)
{
    const char *best = NULL;
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        const size_t distance = measure_paths(path, candidates[i]);
        if (distance < least) {
            least = distance;
            best = candidates[i];
        }
    }
    return best;
}
