/*
 * json_columns.c - names of columns by hash, for the JSON readers.
 */
#include "json_columns.h"

#include <stdlib.h>
#include <string.h>

#define SLOTS_FIRST 64u

/* FNV-1a. */
static uint32_t hash_name(const char *name, size_t len)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)name[i]) * 16777619u;
    return hash;
}

static bool is_named(const struct json_columns *c, uint32_t i, const char *name, size_t len)
{
    const struct json_column *item = &c->items[i];
    return item->len == len && (len == 0 || memcmp(c->names.bytes + item->at, name, len) == 0);
}

uint32_t json_columns_find(const struct json_columns *c, uint32_t guess, const char *name,
                           size_t len)
{
    if (guess < c->n && is_named(c, guess, name, len))
        return guess;
    if (c->nslots == 0)
        return JSON_NO_COLUMN;
    uint32_t hash = hash_name(name, len), mask = c->nslots - 1;
    for (uint32_t i = hash & mask; c->slots[i] != 0; i = (i + 1) & mask) {
        uint32_t at = c->slots[i] - 1;
        if (c->items[at].hash == hash && is_named(c, at, name, len))
            return at;
    }
    return JSON_NO_COLUMN;
}

static void take_slot(struct json_columns *c, uint32_t at)
{
    uint32_t mask = c->nslots - 1, i = c->items[at].hash & mask;
    while (c->slots[i] != 0)
        i = (i + 1) & mask;
    c->slots[i] = at + 1;
}

/* Room for one more. */
static bool grow(struct json_columns *c)
{
    if (c->n < c->cap)
        return true;
    uint32_t cap = c->cap == 0 ? SLOTS_FIRST / 2 : c->cap * 2;
    struct json_column *items = realloc(c->items, cap * sizeof *items);
    if (items == NULL)
        return false;
    c->items = items;
    uint32_t *slots = calloc((size_t)cap * 2, sizeof *slots);
    if (slots == NULL)
        return false;
    free(c->slots);
    c->slots = slots;
    c->nslots = cap * 2;
    c->cap = cap;
    for (uint32_t i = 0; i < c->n; i++)
        take_slot(c, i);
    return true;
}

uint32_t json_columns_add(struct json_columns *c, struct json_scan *s, const char *name, size_t len)
{
    size_t at = c->names.len;
    if (c->n == JSON_COLUMNS_MAX) {
        json_scan_fail(s,
                       "over %u different names in the objects of one table: names are those of "
                       "columns, values stand behind them",
                       JSON_COLUMNS_MAX);
        return JSON_NO_COLUMN;
    }
    if (!grow(c)) {
        s->rc = s->host->fail(s->call, SY_ENOMEM, 0, 0, "out of memory");
        return JSON_NO_COLUMN;
    }
    if (!json_bytes_add(s, &c->names, name, len))
        return JSON_NO_COLUMN;
    c->items[c->n] = (struct json_column){.at = at, .len = len, .hash = hash_name(name, len)};
    take_slot(c, c->n);
    return c->n++;
}

void json_columns_dispose(struct json_columns *c)
{
    free(c->names.bytes);
    free(c->items);
    free(c->slots);
    *c = (struct json_columns){0};
}
