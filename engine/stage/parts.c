/*
 * parts.c - part_of as links between funds of one year, and what is wrong with them. A link that
 * runs in a circle counts for nothing: each fund on it stands for itself.
 */
#include "stage/parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "stage/near.h"

static uint32_t find_whole(const struct run *r, const struct entity *e)
{
    if (e->part_of == NO_WORD)
        return PART_OF_NONE;
    uint32_t whole = dataset_find_entity(&r->d, e->part_of, e->year);
    return whole == MAP_NONE ? PART_OF_UNKNOWN : whole;
}

static void mark_circle(uint32_t *wholes, uint32_t at)
{
    while (wholes[at] != PART_OF_CIRCLE) {
        uint32_t next = wholes[at];
        wholes[at] = PART_OF_CIRCLE;
        at = next;
    }
}

/* Each walk upwards has its own number; one that meets itself has found a circle, one that meets an
 * older walk goes where that one went. */
static void find_circles(uint32_t *wholes, uint32_t *walks, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = i;
        while (at < PART_OF_LAST && walks[at] == 0) {
            walks[at] = i + 1;
            at = wholes[at];
        }
        if (at < PART_OF_LAST && walks[at] == i + 1)
            mark_circle(wholes, at);
    }
}

sy_status parts_find(uint32_t **out, const struct run *r, sy_error *err)
{
    uint32_t n = r->d.nentities;
    uint32_t *wholes = malloc(((size_t)n + 1) * sizeof *wholes);
    uint32_t *walks = calloc((size_t)n + 1, sizeof *walks);
    if (!wholes || !walks) {
        free(wholes);
        free(walks);
        return error_nomem(err);
    }
    for (uint32_t i = 0; i < n; i++)
        wholes[i] = find_whole(r, &r->d.entities[i]);
    find_circles(wholes, walks, n);
    free(walks);
    *out = wholes;
    return SY_OK;
}

struct checking {
    struct run *r;
    struct map ids; /* words that are funds in some year; made when one is asked for */
    sy_error *err;
};

static sy_status find_ids(struct checking *c)
{
    if (c->ids.count > 0)
        return SY_OK;
    for (uint32_t i = 0; i < c->r->d.nentities; i++)
        if (!map_put(&c->ids, c->r->d.entities[i].fund, 1))
            return error_nomem(c->err);
    return SY_OK;
}

/* "a, 2019": an id that another year does have. */
static sy_status report_unknown(struct checking *c, struct finding_at *at)
{
    const struct entity *e = &c->r->d.entities[at->entity];
    struct buf text = {0}, hint = {0};
    if (find_ids(c) != SY_OK)
        return SY_ENOMEM;
    buf_str(&text, at->text);
    if (map_get(&c->ids, e->part_of) != MAP_NONE)
        buf_printf(&text, ", %d", (int)e->year);
    else
        near_hint(&hint, near_entity(c->r, at->text));
    at->code = FINDING_UNKNOWN_FUND;
    at->text = buf_text(&text);
    at->text2 = buf_text(&hint);
    sy_status status =
        text.failed || hint.failed ? error_nomem(c->err) : dataset_find(&c->r->d, at, c->err);
    buf_dispose(&text);
    buf_dispose(&hint);
    return status;
}

static sy_status check_part(struct checking *c, uint32_t entity, uint32_t whole)
{
    const struct dataset *d = &c->r->d;
    const struct entity *e = &d->entities[entity];
    struct finding_at at = {
        .entity = entity, .path = NO_WORD, .place = e->place, .text = dataset_text(d, e->part_of)};
    if (whole == PART_OF_NONE)
        return SY_OK;
    if (whole == PART_OF_UNKNOWN)
        return report_unknown(c, &at);
    if (whole == PART_OF_CIRCLE) {
        at.code = FINDING_PART_CIRCLE;
        return dataset_find(&c->r->d, &at, c->err);
    }
    uint32_t department = d->entities[whole].department;
    if (department == NO_WORD || department == e->department)
        return SY_OK;
    at.code = FINDING_PART_DEPARTMENT;
    at.text2 = dataset_text(d, department);
    return dataset_find(&c->r->d, &at, c->err);
}

sy_status parts_check(struct run *r, sy_error *err)
{
    struct checking c = {.r = r, .err = err};
    uint32_t *wholes;
    if (!r->d.has_parts)
        return SY_OK;
    sy_status status = parts_find(&wholes, r, err);
    if (status != SY_OK)
        return status;
    for (uint32_t i = 0; i < r->d.nentities && status == SY_OK; i++)
        status = check_part(&c, i, wholes[i]);
    map_dispose(&c.ids);
    free(wholes);
    return status;
}
