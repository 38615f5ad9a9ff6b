/*
 * compare_twins.c - which indicators of two years are the same: those of one path, and those that
 * [was] says were renamed, split or merged, which are one group.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "stage/compare_parts.h"

static uint32_t path_of(const struct run *r, uint32_t item)
{
    return item_bound(r, item)->path;
}

static sy_status add_twin(struct batch *b, uint32_t from, uint32_t to, uint32_t group,
                          sy_error *err)
{
    void *array = b->twins;
    const bool room = dataset_grow(&array, &b->twins_cap, b->ntwins, sizeof *b->twins);
    b->twins = array;
    if (!room)
        return error_nomem(err);
    b->twins[b->ntwins++] = (struct twin){.from = from, .to = to, .group = group};
    return SY_OK;
}

/* An indicator of another year's yardstick, which this year's data never had, is none of the year.
 */
static uint32_t known(const struct run *r, uint32_t item)
{
    return item == NO_ROW || item_bound(r, item)->absent ? NO_ROW : item;
}

/* Years mostly have the same indicators in the same order. */
static uint32_t find_same(const struct run *r, const struct fund *f, uint32_t place, uint32_t path)
{
    if (place < f->count && path_of(r, f->first + place) == path)
        return known(r, f->first + place);
    return known(r, find_item(r, f, path));
}

static sy_status pair_paths(struct batch *b, const struct fund *from, const struct fund *to,
                            sy_error *err)
{
    const struct run *r = b->c->r;
    sy_status status = SY_OK;
    for (uint32_t i = 0; i < to->count && status == SY_OK; i++) {
        const uint32_t same = find_same(r, from, i, path_of(r, to->first + i));
        if (same != NO_ROW && known(r, to->first + i) != NO_ROW)
            status = add_twin(b, same, to->first + i, NO_ROW, err);
    }
    return status;
}

/* Two funds whose indicators are joined: those of the early one are 0 to early->count - 1, then
 * come the late one's. Indicators with one root belong together. */
struct joining {
    const struct run *r;
    const struct yardstick *yard;
    const struct fund *early, *late;
    uint32_t *root;
};

static uint32_t root_of(const struct joining *j, uint32_t at)
{
    while (j->root[at] != at)
        at = j->root[at];
    return at;
}

static void join(struct joining *j, uint32_t early, uint32_t late)
{
    const uint32_t a = root_of(j, early - j->early->first);
    const uint32_t b = root_of(j, j->early->count + late - j->late->first);
    j->root[a < b ? b : a] = a < b ? a : b;
}

static const struct yard_was *was_of(const struct yardstick *y, const char *path)
{
    for (size_t i = 0; i < y->nwas; i++)
        if (strcmp(y->was[i].path, path) == 0)
            return &y->was[i];
    return NULL;
}

static bool names_itself(const struct yard_was *was)
{
    for (size_t i = 0; i < was->nbefore; i++)
        if (strcmp(was->before[i], was->path) == 0)
            return true;
    return false;
}

/* What the early year has of a path, by that name or, where it has none, by those before it. */
static void join_sources(struct joining *j, uint32_t late, const char *path, size_t depth)
{
    const uint32_t id = pool_find(&j->r->d.paths, path, strlen(path));
    const uint32_t same = id == POOL_NONE ? NO_ROW : known(j->r, find_item(j->r, j->early, id));
    const struct yard_was *was = was_of(j->yard, path);
    if (same != NO_ROW)
        join(j, same, late);
    if (!was || depth > j->yard->nwas || (same != NO_ROW && (depth || !names_itself(was))))
        return;
    for (size_t i = 0; i < was->nbefore; i++)
        if (strcmp(was->before[i], path) != 0)
            join_sources(j, late, was->before[i], depth + 1);
}

static bool make_roots(struct batch *b, uint32_t n)
{
    if (n > b->roots_cap) {
        uint32_t *grown = realloc(b->root, (size_t)n * sizeof *grown);
        if (!grown)
            return false;
        b->root = grown;
        b->roots_cap = n;
    }
    for (uint32_t i = 0; i < n; i++)
        b->root[i] = i;
    return true;
}

static sy_status add_member(struct compare *c, uint32_t item, sy_error *err)
{
    void *array = c->members;
    const bool room = dataset_grow(&array, &c->members_cap, c->nmembers, sizeof *c->members);
    c->members = array;
    if (!room)
        return error_nomem(err);
    c->members[c->nmembers++] = item;
    return SY_OK;
}

/* The indicators of a fund that have a root; `base`: where its own begin among the roots. */
static sy_status add_members(struct compare *c, const struct joining *j, const struct fund *f,
                             uint32_t base, uint32_t root, sy_error *err)
{
    sy_status status = SY_OK;
    for (uint32_t i = 0; i < f->count && status == SY_OK; i++)
        if (root_of(j, base + i) == root)
            status = add_member(c, f->first + i, err);
    return status;
}

/* All that has a root, as one: a pair, a group, or nothing where one year has none of it. */
static sy_status add_joined(struct batch *b, const struct joining *j, uint32_t root, bool backwards,
                            sy_error *err)
{
    struct compare *c = b->c;
    const struct fund *const funds[] = {backwards ? j->late : j->early,
                                        backwards ? j->early : j->late};
    const uint32_t bases[] = {backwards ? j->early->count : 0, backwards ? 0 : j->early->count};
    struct compare_group group = {.first = c->nmembers};
    sy_status status = add_members(c, j, funds[0], bases[0], root, err);
    group.nfrom = c->nmembers - group.first;
    if (status == SY_OK)
        status = add_members(c, j, funds[1], bases[1], root, err);
    group.nto = c->nmembers - group.first - group.nfrom;
    if (status != SY_OK)
        return status;
    const bool pair = group.nfrom == 1 && group.nto == 1;
    if (pair || group.nfrom == 0 || group.nto == 0) {
        const uint32_t from = c->members[group.first];
        c->nmembers = group.first;
        return pair ? add_twin(b, from, c->members[group.first + 1], NO_ROW, err) : SY_OK;
    }
    void *array = c->groups;
    const bool room = dataset_grow(&array, &c->groups_cap, c->ngroups, sizeof *c->groups);
    c->groups = array;
    if (!room)
        return error_nomem(err);
    c->groups[c->ngroups] = group;
    return add_twin(b, c->members[group.first], c->members[group.first + group.nfrom], c->ngroups++,
                    err);
}

/* Each root is that of an early indicator, if it has one: the least of its numbers. */
static sy_status pair_joined(struct batch *b, const struct transition *t, const struct fund *from,
                             const struct fund *to, sy_error *err)
{
    struct joining j = {.r = b->c->r,
                        .yard = t->was,
                        .early = t->backwards ? to : from,
                        .late = t->backwards ? from : to};
    sy_status status = make_roots(b, from->count + to->count) ? SY_OK : error_nomem(err);
    j.root = b->root;
    for (uint32_t i = 0; i < j.late->count && status == SY_OK; i++)
        if (known(j.r, j.late->first + i) != NO_ROW)
            join_sources(&j, j.late->first + i, item_path(j.r, j.late->first + i), 0);
    for (uint32_t i = 0; i < j.early->count && status == SY_OK; i++)
        if (j.root[i] == i)
            status = add_joined(b, &j, i, t->backwards, err);
    return status;
}

sy_status compare_twins(struct batch *b, const struct compare_change *change,
                        const struct transition *t, sy_error *err)
{
    const struct fund *from = compare_from(b->c, change), *to = compare_to(b->c, change);
    return t->was ? pair_joined(b, t, from, to, err) : pair_paths(b, from, to, err);
}
