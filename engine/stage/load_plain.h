/*
 * load_plain.h - private to the load stage: the quick way for rows that hold nothing but a fund, a
 * year, an indicator's path, a sign and two plain numbers, as most rows of large tables do.
 */
#ifndef STAGE_LOAD_PLAIN_H
#define STAGE_LOAD_PLAIN_H

#include "stage/load_rows.h"
#include <steelyard/plugin.h>

#define PLAIN_PATHS 64u /* a power of two */
#define PLAIN_SIGNS 8u
#define PLAIN_NONE  UINT32_MAX

/* The columns that plain rows have, and what their cells were found to be. */
struct load_plain {
    bool usable;
    uint32_t fund, year, indicator, sign, target, actual; /* columns; PLAIN_NONE: there is none */
    uint32_t paths[PLAIN_PATHS]; /* ids of paths that were met, by their text's hash */
    struct {
        char text[8];
        uint8_t len, sign;
    } signs[PLAIN_SIGNS];
    uint32_t nsigns;
};

static inline bool plain_is_ascii(char c)
{
    return c > ' ' && c < 0x7f;
}

/* U+4000 to U+9FFF, nearly all Chinese characters: none of them is a blank or a dash. */
static inline bool plain_is_chinese(char c)
{
    return (unsigned char)c >= 0xE4 && (unsigned char)c <= 0xE9;
}

/* Whether there is no blank at the ends of a text that is not empty, seen at once. */
static inline bool plain_has_ends(const char *text, size_t len)
{
    return (plain_is_ascii(*text) || plain_is_chinese(*text)) &&
           (plain_is_ascii(text[len - 1]) || (len >= 3 && plain_is_chinese(text[len - 3])));
}

/* After the header: whether rows of this file can be plain. */
void load_plain_open(struct load_plain *p, const struct load *l);
/* *done: the row was plain and is in the dataset, as load_outcome_row would have put it there. */
sy_status load_plain_row(bool *done, struct load_plain *p, struct load *l, const sy_batch *batch,
                         uint32_t row);

#endif
