/*
 * kernel_items.c - what a checklist's cell says: how many items are met, or which.
 */
#include "rule/kernel.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define ITEMS_MAX 1024 /* no checklist is longer; bounds the set of items seen */

/* Characters that stand for a whole number: first, last, the number of the first. */
static const struct {
    uint32_t first, last;
    unsigned number;
} marks[] = {
    {0x2460, 0x2473, 1},  /* ① to ⑳ */
    {0x3251, 0x325F, 21}, /* ㉑ to ㉟ */
    {0x32B1, 0x32BF, 36}, /* ㊱ to ㊿ */
    {0x2474, 0x2487, 1},  /* ⑴ */
    {0x2488, 0x249B, 1},  /* ⒈ */
    {0x2776, 0x277F, 1},  /* ❶ */
};

/* A character, the number that it stands for (0: none), its digit (-1: none). */
struct glyph {
    uint32_t c;
    unsigned number;
    int digit;
    size_t len;
};

static struct glyph read_glyph(const char *text, size_t len)
{
    struct glyph g = {.digit = -1};
    g.c = text_next(text, len, &g.len);
    if (g.c >= 0xFF01 && g.c <= 0xFF5E)
        g.c -= 0xFEE0; /* full width */
    if (g.c >= '0' && g.c <= '9')
        g.digit = (int)(g.c - '0');
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (g.c >= marks[i].first && g.c <= marks[i].last)
            g.number = marks[i].number + (unsigned)(g.c - marks[i].first);
    return g;
}

static bool is_separator(uint32_t c)
{
    static const uint32_t separators[] = {',',  0x3001 /* 、 */, ';',  '/',   '+', '(', ')', ' ',
                                          '\t', 0x3000,          0xA0, 0x548C /* 和 */};
    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++)
        if (c == separators[i])
            return true;
    return false;
}

/* Whether the text after digits makes them a mark (1. 1、 1) 1:) and no part of a sentence (3.5 m).
 */
static bool follows_mark(const char *text, size_t len)
{
    if (len == 0)
        return true;
    const struct glyph g = read_glyph(text, len);
    if (g.c == 0x3001 || g.c == ')' || g.c == ':')
        return true;
    return g.c == '.' && (len == g.len || read_glyph(text + g.len, len - g.len).digit < 0);
}

/* The number that an item's own text begins with, ① or 1.; 0 where it begins with words. */
static unsigned mark_number(const char *mark)
{
    size_t len = mark != NULL ? strlen(mark) : 0;
    unsigned number = 0;
    while (len > 0) {
        const struct glyph g = read_glyph(mark, len);
        if (number == 0 && g.number > 0)
            return g.number;
        if (g.digit < 0 || number > ITEMS_MAX)
            break;
        number = number * 10 + (unsigned)g.digit;
        mark += g.len;
        len -= g.len;
    }
    return follows_mark(mark, len) ? number : 0;
}

static double item_points(const struct rule *rule, size_t i)
{
    if (rule->items == NULL || isnan(rule->items[i].points))
        return 1;
    return rule->items[i].points;
}

static size_t count_items(const struct rule *rule)
{
    if (rule->items != NULL)
        return rule->nitems;
    return rule->of >= 0 && rule->of <= ITEMS_MAX ? (size_t)rule->of : 0;
}

/* The item that `number` names: the one that is marked so, else (where none is marked) by its
 * place. */
static bool find_item(size_t *out, const struct rule *rule, unsigned number)
{
    bool marked = false;
    for (size_t i = 0; rule->items != NULL && i < rule->nitems; i++) {
        const unsigned mark = mark_number(rule->items[i].mark);
        if (mark == number) {
            *out = i;
            return true;
        }
        marked = marked || mark > 0;
    }
    if (marked || number == 0 || number > count_items(rule))
        return false;
    *out = number - 1;
    return true;
}

struct item_set {
    uint64_t seen[ITEMS_MAX / 64];
    double points;
};

static bool add_item(struct item_set *set, const struct rule *rule, unsigned number)
{
    size_t i;
    if (!find_item(&i, rule, number) || i >= ITEMS_MAX)
        return false;
    const uint64_t bit = UINT64_C(1) << (i % 64);
    if ((set->seen[i / 64] & bit) != 0)
        return false;
    set->seen[i / 64] |= bit;
    set->points += item_points(rule, i);
    return true;
}

/* A bare count says how many, not which: where items differ in points, only none and all are told.
 */
static bool read_count(double *points, const struct rule *rule, unsigned count)
{
    const size_t n = count_items(rule);
    if (count > n)
        return false;
    double sum = 0;
    bool equal = true;
    for (size_t i = 0; i < n; i++) {
        equal = equal && item_points(rule, i) == item_points(rule, 0);
        sum += item_points(rule, i);
    }
    if (!equal && count != 0 && count != n)
        return false;
    if (count == 0)
        *points = 0;
    else
        *points = count == n ? sum : count * item_points(rule, 0);
    return true;
}

/* A measure word after a count: 3项. */
static bool is_measure_word(const char *text, size_t len)
{
    static const char *const words[] = {"项", "个", "条", "点"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == len && memcmp(words[i], text, len) == 0)
            return true;
    return false;
}

/* Digits from text[*at]; false where there are none or too many. */
static bool read_digits(unsigned *out, const char *text, size_t len, size_t *at)
{
    unsigned number = 0;
    bool any = false;
    while (*at < len) {
        const struct glyph g = read_glyph(text + *at, len - *at);
        if (g.digit < 0)
            break;
        number = number * 10 + (unsigned)g.digit;
        if (number > ITEMS_MAX)
            return false;
        any = true;
        *at += g.len;
    }
    *out = number;
    return any;
}

bool rule_items(double *points, const struct rule *rule, const char *text, size_t len)
{
    text_trim(&text, &len);
    unsigned number = 0;
    size_t at = 0;
    if (read_digits(&number, text, len, &at) && (at == len || is_measure_word(text + at, len - at)))
        return read_count(points, rule, number);

    struct item_set set = {.points = 0};
    bool any = false;
    for (at = 0; at < len;) {
        const struct glyph g = read_glyph(text + at, len - at);
        if (is_separator(g.c)) {
            at += g.len;
            continue;
        }
        number = g.number;
        if (number > 0)
            at += g.len;
        else if (!read_digits(&number, text, len, &at))
            return false;
        if (!add_item(&set, rule, number))
            return false;
        any = true;
    }
    if (any)
        *points = set.points;
    return any;
}
