/*
 * columns_table.h - the words of config/columns.ini, shared by their reader (columns_load.c),
 * headers (columns.c) and levels (columns_path.c).
 */
#ifndef MODEL_COLUMNS_TABLE_H
#define MODEL_COLUMNS_TABLE_H

#include "base/arena.h"
#include "base/pool.h"
#include "model/columns.h"

#define COLUMNS_TABLES   6
#define COLUMNS_WORD_MAX 256 /* bytes of a folded word; what is longer means nothing */

/* The columns of one table in the order of the INI. Owns: names (their texts are the arena's). */
struct columns_names {
    const char *table;
    const char **names;
    size_t n;
};

/* Owns: everything. */
struct columns {
    struct arena arena;
    struct pool words;  /* "section\nfolded word" */
    const char **means; /* by id of `words`: what it means, in the arena */
    size_t means_cap;
    struct columns_names tables[COLUMNS_TABLES];
    struct pool tails; /* folded words of [anywhere] */
    struct pool leads; /* folded words of [rows] part */
};

/* A word as it is compared: no blanks and underscores, half width, lower case. 0: empty or too
 * long. */
size_t columns_fold(char out[COLUMNS_WORD_MAX], const char *text, size_t len);

/* What a folded word means in a section; NULL: nothing. */
const char *columns_find(const struct columns *c, const char *section, const char *folded,
                         size_t len);

#endif
