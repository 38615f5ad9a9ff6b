/*
 * yardstick_merge.c - lays keys over each other: the last one wins, `none` takes a key back, and
 * grades of a file replace the default ones.
 */
#include "model/yardstick_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"

/* A type's name and what it extends are its own; the rest goes down the chain. */
bool yard_merge_own(const char *section, const char *key)
{
    return strcmp(section, "type") == 0 &&
           (strcmp(key, "name") == 0 || strcmp(key, "extends") == 0);
}

static struct yard_slot *find_slot(struct yard_merge *m, const struct yard_key *key)
{
    buf_clear(&m->text);
    buf_printf(&m->text, "%s\n%s", key->section, key->key);
    if (m->text.failed)
        return NULL;
    uint32_t id = pool_intern(&m->ids, m->text.data, m->text.len);
    if (id == POOL_NONE)
        return NULL;
    if (id < m->nslots)
        return &m->slots[id];
    void *slots = m->slots;
    if (!yard_grow(&slots, &m->cap_slots, m->nslots, sizeof *m->slots))
        return NULL;
    m->slots = slots;
    m->slots[m->nslots] = (struct yard_slot){.key = {key->section, key->key, NULL, {0}, NULL}};
    return &m->slots[m->nslots++];
}

static const struct ini_entry *find_default(const struct yards *y, const struct yard_key *key)
{
    for (size_t i = 0; y->defaults && i < y->defaults->nentries; i++) {
        const struct ini_entry *e = &y->defaults->entries[i];
        if (strcmp(e->section, key->section) == 0 && strcmp(e->key, key->key) == 0)
            return e;
    }
    return NULL;
}

/* Sections whose keys always have some value: taking one back gives the default's. */
static bool has_fallback(const char *section)
{
    return strcmp(section, "type") == 0 || strcmp(section, "rounding") == 0 ||
           strcmp(section, "missing") == 0;
}

/* Lays a value over the slot's, which stays to be told. */
static bool cover(struct yard_merge *m, struct yard_slot *slot, const struct yard_key *key)
{
    if (slot->key.value) {
        struct yard_hidden *hidden = arena_alloc(&m->yards->arena, sizeof *hidden);
        if (!hidden)
            return false;
        *hidden = (struct yard_hidden){slot->key.value, slot->key.origin, slot->key.hidden};
        slot->key.hidden = hidden;
    }
    slot->key.value = key->value;
    slot->key.origin = key->origin;
    return true;
}

sy_status yard_merge_key(struct yard_merge *m, const struct yard_key *key, bool is_default)
{
    struct yard_slot *slot = find_slot(m, key);
    if (!slot || !cover(m, slot, key))
        return error_nomem(m->err);
    slot->live = strcmp(key->value, YARD_NONE) != 0;
    slot->is_default = is_default;
    const struct ini_entry *entry = NULL;
    if (!slot->live && has_fallback(key->section) && !yard_merge_own(key->section, key->key))
        entry = find_default(m->yards, key);
    if (entry && strcmp(entry->value, YARD_NONE) != 0) {
        struct yard_key fallback = yard_entry_key(m->yards->defaults, entry);
        if (!cover(m, slot, &fallback))
            return error_nomem(m->err);
        slot->live = slot->is_default = true;
    }
    return SY_OK;
}

sy_status yard_merge_type(struct yard_merge *m, const char *type)
{
    void *chain = m->chain;
    if (!yard_grow(&chain, &m->cap_chain, m->nchain, sizeof *m->chain))
        return error_nomem(m->err);
    m->chain = chain;
    m->chain[m->nchain++] = type;
    return SY_OK;
}

static bool is_grade(const struct yard_slot *slot)
{
    return slot->live && strcmp(slot->key.section, "grades") == 0;
}

static double read_bound(const struct yard_slot *slot)
{
    double bound = 0;
    if (strcmp(slot->key.value, YARD_CAP) == 0)
        return -INFINITY;
    number_parse(&bound, slot->key.value, strlen(slot->key.value));
    return bound;
}

/* Grades of files that have a bottom, and a name of their own, are a whole scale: no default
 * belongs in it. A grade that only a cap gives is no part of a scale. */
static bool stands_alone(const struct yard_merge *m)
{
    bool has_bottom = false, has_name = false;
    for (size_t i = 0; i < m->nslots; i++) {
        const struct yard_slot *slot = &m->slots[i];
        if (!is_grade(slot) || slot->is_default || isinf(read_bound(slot)))
            continue;
        has_bottom = has_bottom || read_bound(slot) <= 0;
        has_name = has_name || !find_default(m->yards, &slot->key);
    }
    return has_bottom && has_name;
}

static sy_status refuse_bound(struct yard_merge *m, const struct yard_slot *first,
                              const struct yard_slot *second)
{
    return yard_fail(m->err, &second->key.origin,
                     "[grades] %s and %s have the same bound %s; change one, or write %s = none",
                     first->key.key, second->key.key, second->key.value, first->key.key);
}

/* Of two grades with one bound a file's wins over a default's. */
static sy_status settle_grades(struct yard_merge *m)
{
    bool alone = stands_alone(m);
    for (size_t i = 0; i < m->nslots; i++) {
        struct yard_slot *one = &m->slots[i];
        if (is_grade(one) && one->is_default && alone)
            one->live = false;
        for (size_t j = 0; j < i && is_grade(one); j++) {
            struct yard_slot *other = &m->slots[j];
            if (!is_grade(other) || read_bound(one) != read_bound(other))
                continue;
            if (one->is_default == other->is_default)
                return refuse_bound(m, other, one);
            if (one->is_default)
                one->live = false;
            else
                other->live = false;
        }
    }
    return SY_OK;
}

sy_status yard_merge_finish(struct yard_merge *m)
{
    struct arena *arena = &m->yards->arena;
    sy_status status = settle_grades(m);
    if (status != SY_OK)
        return status;
    struct yard_key *keys = arena_alloc(arena, (m->nslots + 1) * sizeof *keys);
    struct yard_key *taken = arena_alloc(arena, (m->nslots + 1) * sizeof *taken);
    const char **chain = arena_alloc(arena, m->nchain * sizeof *chain);
    if (!keys || !taken || !chain)
        return error_nomem(m->err);
    size_t n = 0, ntaken = 0;
    for (size_t i = 0; i < m->nslots; i++) {
        if (m->slots[i].live)
            keys[n++] = m->slots[i].key;
        else if (strcmp(m->slots[i].key.value, YARD_NONE) == 0)
            taken[ntaken++] = m->slots[i].key;
    }
    memcpy(chain, m->chain, m->nchain * sizeof *chain);
    m->stick->keys = keys;
    m->stick->nkeys = n;
    m->stick->taken = taken;
    m->stick->ntaken = ntaken;
    m->stick->chain = chain;
    m->stick->nchain = m->nchain;
    return SY_OK;
}

void yard_merge_dispose(struct yard_merge *m)
{
    pool_dispose(&m->ids);
    buf_dispose(&m->text);
    free(m->slots);
    free(m->chain);
}
