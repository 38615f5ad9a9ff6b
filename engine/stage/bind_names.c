/*
 * bind_names.c - the path that a [names] label stands for: how tables with Chinese names meet
 * weights with English paths.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "stage/plan.h"

/* A label by what has to be the same: level-1 branch, name, then the whole branch. */
struct bind_name {
    const char *key;     /* the path */
    const char *segment; /* the label as the last segment of a path */
    size_t level1, parent;
    size_t order; /* in [names] */
};

static size_t parent_len(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot ? (size_t)(dot - path) : 0;
}

static int compare_bytes(const char *a, size_t alen, const char *b, size_t blen)
{
    const int order = memcmp(a, b, alen < blen ? alen : blen);
    return order ? order : (alen > blen) - (alen < blen);
}

/* By level-1 branch and name. */
static int compare_name(const struct bind_name *a, const struct bind_name *b)
{
    const int order = compare_bytes(a->key, a->level1, b->key, b->level1);
    return order ? order : strcmp(a->segment, b->segment);
}

static int compare_branch(const struct bind_name *a, const struct bind_name *b)
{
    const int order = compare_name(a, b);
    return order ? order : compare_bytes(a->key, a->parent, b->key, b->parent);
}

static int compare_names(const void *a, const void *b)
{
    const struct bind_name *x = a, *y = b;
    const int order = compare_branch(x, y);
    return order ? order : (x->order > y->order) - (x->order < y->order);
}

static sy_status make_names(struct standard *s, struct run *r, sy_error *err)
{
    const struct yardstick *y = s->yard;
    struct buf scratch = {0};
    s->names = arena_alloc(&r->arena, (y->nnames + 1) * sizeof *s->names);
    for (size_t i = 0; i < y->nnames && s->names; i++) {
        const char *key = y->names[i].key;
        if (!strchr(key, '.'))
            continue; /* a branch: no row's name */
        buf_clear(&scratch);
        columns_segment(&scratch, y->names[i].text, strlen(y->names[i].text));
        char *segment = scratch.failed ? NULL : arena_strdup(&r->arena, buf_text(&scratch));
        if (!segment) {
            s->names = NULL;
            break;
        }
        s->names[s->nnames++] =
            (struct bind_name){key, segment, strcspn(key, "."), parent_len(key), i};
    }
    buf_dispose(&scratch);
    if (!s->names)
        return error_nomem(err);
    if (s->nnames > 1)
        qsort(s->names, s->nnames, sizeof *s->names, compare_names);
    return SY_OK;
}

/* The nearest branch first: same parent, where [names] has the first of several; then same level-1
 * branch where only one label fits. */
static const char *find_name(const struct standard *s, const struct bind_name *wanted)
{
    size_t low = 0, high = s->nnames;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (compare_branch(&s->names[middle], wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const struct bind_name *at = &s->names[low], *end = &s->names[s->nnames];
    if (at < end && compare_branch(at, wanted) == 0)
        return at->key;
    const bool before = low > 0 && compare_name(at - 1, wanted) == 0;
    const bool here = at < end && compare_name(at, wanted) == 0;
    if (before == here) /* none, or one on either side */
        return NULL;
    const struct bind_name *one = before ? at - 1 : at;
    const bool more = before ? low > 1 && compare_name(one - 1, wanted) == 0
                             : one + 1 < end && compare_name(one + 1, wanted) == 0;
    return more ? NULL : one->key;
}

sy_status bind_named(uint32_t *out, struct run *r, uint32_t standard, uint32_t path, sy_error *err)
{
    struct standard *s = &r->standards[standard];
    const char *text = pool_text(&r->d.paths, path);
    const size_t parent = parent_len(text);
    *out = path;
    if (!s->names) {
        const sy_status status = make_names(s, r, err);
        if (status != SY_OK)
            return status;
    }
    const struct bind_name wanted = {text, text + parent + (text[parent] == '.'),
                                     strcspn(text, "."), parent, 0};
    const char *found = find_name(s, &wanted);
    if (found)
        *out = pool_intern(&r->d.paths, found, strlen(found));
    return *out == POOL_NONE ? error_nomem(err) : SY_OK;
}

void bind_findings(struct run *r)
{
    for (size_t i = 0; i < r->d.findings.count; i++) {
        struct finding *f = &r->d.findings.rows[i];
        if (f->path == FINDING_NOWHERE || f->entity == FINDING_NOWHERE ||
            r->fund_of[f->entity] == NO_ROW)
            continue;
        const uint32_t standard = r->funds[r->fund_of[f->entity]].standard;
        const uint32_t bound = map_get(&r->bound_index, bind_key(standard, f->path, true));
        if (bound != MAP_NONE)
            f->path = r->bounds[bound].path;
    }
}
