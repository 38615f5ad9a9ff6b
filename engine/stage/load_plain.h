/*
 * load_plain.h - private to the load stage: the quick way for rows that hold nothing but a fund, a
 * year, an indicator's path, a sign and two plain numbers, as most rows of large tables do.
 */
#ifndef STAGE_LOAD_PLAIN_H
#define STAGE_LOAD_PLAIN_H

#include "stage/load_digits.h"
#include "stage/load_rows.h"
#include <steelyard/plugin.h>

#define PLAIN_PATHS  64u /* a power of two */
#define PLAIN_PROBES 8u  /* places where a path may be; the last is taken from another */
#define PLAIN_PATH   96u /* bytes of a path that is remembered */
#define PLAIN_SIGNS  8u
#define PLAIN_PLACES 15u /* of a plain number, at most one less */
#define PLAIN_NONE   UINT32_MAX

/* The columns of plain rows. */
enum plain_column {
    PLAIN_FUND,
    PLAIN_YEAR,
    PLAIN_INDICATOR,
    PLAIN_SIGN,
    PLAIN_TARGET,
    PLAIN_ACTUAL,
    PLAIN_COLUMNS
};

/* A path that was met. */
struct plain_path {
    uint32_t id;    /* in paths */
    uint32_t len;   /* 0: none was */
    uint32_t after; /* the one that came behind it last */
    char text[PLAIN_PATH];
};

/* A sign cell of at most 8 bytes, as one number. */
struct plain_sign {
    uint64_t text;
    uint32_t len;
    uint8_t sign;
};

/* The columns that plain rows have, and what their cells were found to be. */
struct load_plain {
    bool usable;
    bool alone;                           /* the file has no other columns */
    uint32_t columns[PLAIN_COLUMNS];      /* of the file; PLAIN_NONE: there is none */
    struct plain_path paths[PLAIN_PATHS]; /* by their texts' hash */
    uint32_t path;                        /* of the last row, in `paths` */
    struct plain_sign signs[PLAIN_SIGNS];
    uint32_t nsigns;
    uint32_t year_text; /* four digits as they stand */
    int year_value;     /* 0: none yet */
    struct digit_forms forms;
    /* Shapes by number of the sign, places of target and actual; POOL_NONE: not asked for yet. */
    uint32_t shapes[PLAIN_SIGNS + 1][PLAIN_PLACES][PLAIN_PLACES];
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
/* Loads rows from *row on as long as they are plain, as load_outcome_row would have loaded them;
 * *row is the first that is not. */
sy_status load_plain_rows(uint32_t *row, struct load_plain *p, struct load *l,
                          const sy_batch *batch);

#endif
