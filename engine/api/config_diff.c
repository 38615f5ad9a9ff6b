/*
 * config_diff.c - two years of one type side by side. What was set elsewhere to the same value is
 * no difference, nor is a script that was copied without a change.
 */
#include "api/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "stage/same.h"

/* Rows of two standards. Owns: matched, twins. */
struct pair {
    struct config *c;
    const struct standard *from, *to;
    const struct config_row *old, *new;
    uint32_t nold, nnew;
    bool *matched;      /* by new row */
    const char **twins; /* by layer of `to`: the name of a layer of `from` with the same bytes */
    sy_error *err;
};

static sy_status add_change(struct pair *p, const struct config_row *old,
                            const struct config_row *new)
{
    struct config *c = p->c;
    void *array = c->changes;
    bool room = dataset_grow(&array, &c->changes_cap, c->nchanges, sizeof *c->changes);
    c->changes = array;
    if (!room)
        return error_nomem(p->err);
    c->changes[c->nchanges++] = (struct config_change){
        .type = p->from->type, .from = old ? old - c->rows : -1, .to = new ? new - c->rows : -1};
    return SY_OK;
}

static sy_status find_twins(struct pair *p)
{
    p->twins = calloc(p->to->nlayers + 1, sizeof *p->twins);
    if (!p->twins)
        return error_nomem(p->err);
    for (size_t i = 0; i < p->to->nlayers; i++) {
        for (size_t k = 0; k < p->from->nlayers && !p->twins[i]; k++) {
            const struct script_source *a = &p->from->layers[k], *b = &p->to->layers[i];
            bool same;
            sy_status status = same_script(&same, a, b, p->err);
            if (status != SY_OK)
                return status;
            if (same)
                p->twins[i] = a->shown;
        }
    }
    return SY_OK;
}

/* Whether a file of the later year is one of the earlier: the same, or the same bytes. */
static bool is_twin(const struct pair *p, const char *old, const char *new)
{
    for (size_t i = 0; old && new &&i < p->to->nlayers; i++)
        if (strcmp(p->to->layers[i].shown, new) == 0)
            return p->twins[i] && strcmp(p->twins[i], old) == 0;
    return old == new || (old && new &&strcmp(old, new) == 0);
}

static bool is_script(const struct config_row *row)
{
    return strcmp(row->section, "scripts") == 0;
}

static bool same_key(const struct pair *p, const struct config_row *old,
                     const struct config_row *new)
{
    if (strcmp(old->section, new->section) != 0)
        return false;
    return strcmp(old->key, new->key) == 0 || (is_script(old) && is_twin(p, old->key, new->key));
}

static bool same_value(const struct pair *p, const struct config_row *old,
                       const struct config_row *new)
{
    double x, y;
    if (old->function && new->function)
        return old->origin.line ==
               new->origin.line &&is_twin(p, old->origin.file, new->origin.file);
    if (strcmp(old->value, new->value) == 0)
        return true;
    return !is_script(old) && number_parse(&x, old->value, strlen(old->value)) &&
           number_parse(&y, new->value, strlen(new->value)) && x == y;
}

static const struct config_row *find_new(const struct pair *p, const struct config_row *old)
{
    for (uint32_t i = 0; i < p->nnew; i++)
        if (!p->new[i].taken && !p->matched[i] && same_key(p, old, &p->new[i]))
            return &p->new[i];
    return NULL;
}

/* Rows of one section: first those of the earlier year, then what the later one adds. */
static sy_status compare_section(struct pair *p, uint32_t *old, uint32_t *new, const char *section)
{
    sy_status status = SY_OK;
    for (; *old < p->nold && strcmp(p->old[*old].section, section) == 0; ++*old) {
        const struct config_row *row = &p->old[*old], *other = row->taken ? NULL : find_new(p, row);
        if (other)
            p->matched[other - p->new] = true;
        if (!row->taken && !(other && same_value(p, row, other)) && status == SY_OK)
            status = add_change(p, row, other);
    }
    for (; *new < p->nnew &&strcmp(p->new[*new].section, section) == 0; ++*new)
        if (!p->new[*new].taken && !p->matched[*new] && status == SY_OK)
            status = add_change(p, NULL, &p->new[*new]);
    return status;
}

/* Whether a later row of the earlier year is of this section: then it is that year's turn. */
static bool comes_later(const struct pair *p, uint32_t old, const char *section)
{
    for (uint32_t i = old; i < p->nold; i++)
        if (strcmp(p->old[i].section, section) == 0)
            return true;
    return false;
}

static sy_status compare_pair(struct pair *p)
{
    uint32_t old = 0, new = 0;
    sy_status status = find_twins(p);
    while (status == SY_OK && (old < p->nold || new < p->nnew)) {
        bool added = old == p->nold || (new < p->nnew && !comes_later(p, old, p->new[new].section));
        status = compare_section(p, &old, &new, added ? p->new[new].section : p->old[old].section);
    }
    return status;
}

static sy_status compare_standards(struct config *c, uint32_t from, uint32_t to, sy_error *err)
{
    struct pair p = {.c = c,
                     .from = &c->r->standards[from],
                     .to = &c->r->standards[to],
                     .old = c->rows + c->first[from],
                     .new = c->rows + c->first[to],
                     .nold = c->first[from + 1] - c->first[from],
                     .nnew = c->first[to + 1] - c->first[to],
                     .err = err};
    p.matched = calloc((size_t)p.nnew + 1, sizeof *p.matched);
    sy_status status = p.matched ? compare_pair(&p) : error_nomem(err);
    free(p.matched);
    free(p.twins);
    return status;
}

sy_status config_compare(struct config *c, int from, int to, sy_error *err)
{
    const struct run *r = c->r;
    sy_status status = SY_OK;
    c->from = from;
    c->to = to;
    for (uint32_t i = 0; i < r->nstandards && status == SY_OK; i++)
        for (uint32_t k = 0; k < r->nstandards && status == SY_OK; k++)
            if (r->standards[i].type == r->standards[k].type && r->standards[i].year == from &&
                r->standards[k].year == to)
                status = compare_standards(c, i, k, err);
    return status;
}

const char *config_change_word(const struct config *c, const struct config_change *change)
{
    bool zh = c->zh && c->people;
    if (change->from < 0)
        return zh ? "新增" : "added";
    if (change->to < 0)
        return zh ? "取消" : "dropped";
    return zh ? "更改" : "changed";
}
