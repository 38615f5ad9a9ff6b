/*
 * json_columns.h - the names that a table's objects use, in order of first appearance.
 */
#ifndef PLUGIN_JSON_COLUMNS_H
#define PLUGIN_JSON_COLUMNS_H

#include "json_scan.h"

#define JSON_COLUMNS_MAX 10000u

/* One name. */
struct json_column {
    size_t at, len; /* in `names` */
    uint32_t hash;
    uint32_t row; /* the last row that had it, counted from 1 */
};

/* Owns: names, items, slots. */
struct json_columns {
    struct json_bytes names;
    struct json_column *items;
    uint32_t n, cap;
    uint32_t *slots; /* index + 1; 0: free */
    uint32_t nslots; /* a power of two, over 2n */
};

#define JSON_NO_COLUMN UINT32_MAX

/* The column of that name; `guess` is looked at first, for objects mostly repeat each other. */
uint32_t json_columns_find(const struct json_columns *c, uint32_t guess, const char *name,
                           size_t len);
/* Adds a name that is not there; JSON_NO_COLUMN after a failure. */
uint32_t json_columns_add(struct json_columns *c, struct json_scan *s, const char *name,
                          size_t len);
void json_columns_dispose(struct json_columns *c);

#endif
