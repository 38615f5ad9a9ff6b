/*
 * bind.c - dataset, yardsticks and scripts to a plan: which indicators each fund has, and for each
 * its weight, sign, target, rule and functions. After it no string is compared.
 */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/pages.h"
#include "stage/near.h"
#include "stage/plan.h"

static const char *type_text(const struct run *r, uint32_t type)
{
    return type == NO_WORD ? "" : dataset_text(&r->d, type);
}

/* The paths that every fund of a standard has. */
static sy_status list_must(struct run *r, struct standard *s, sy_error *err)
{
    size_t nmeasured = 0;
    struct map there = {0};
    const char *const *measured = s->script ? script_measured(s->script, &nmeasured) : NULL;
    s->must = arena_alloc(&r->arena, (s->yard->nweights + nmeasured + 1) * sizeof *s->must);
    sy_status status = s->must ? SY_OK : error_nomem(err);
    for (size_t i = 0; i < s->yard->nweights + nmeasured && status == SY_OK; i++) {
        const char *path =
            i < s->yard->nweights ? s->yard->weights[i].pattern : measured[i - s->yard->nweights];
        if (strchr(path, '*'))
            continue;
        uint32_t id = pool_intern(&r->d.paths, path, strlen(path));
        if (id != POOL_NONE && map_get(&there, id) != MAP_NONE)
            continue;
        if (id == POOL_NONE || !map_put(&there, id, 0))
            status = error_nomem(err);
        else
            s->must[s->nmust++] = id;
    }
    map_dispose(&there);
    return status;
}

static sy_status make_standard(struct standard *s, struct run *r, uint32_t type, int year,
                               sy_error *err)
{
    *s = (struct standard){.type = type, .year = year, .rule = rule_default};
    const int judged_by = r->options.yardstick ? r->options.yardstick : year;
    sy_status status = yards_get(&s->yard, r->yards, type_text(r, type), judged_by, err);
    if (status != SY_OK) {
        bind_place_error(r, err);
        return status;
    }
    status = bind_script(r, s, err);
    return status == SY_OK ? list_must(r, s, err) : status;
}

sy_status bind_type(uint32_t *out, struct run *r, uint32_t type, int year, sy_error *err)
{
    uint64_t key = map_key(type, (uint32_t)year);
    uint32_t id = map_get(&r->standard_index, key);
    if (id == MAP_NONE) {
        struct standard s;
        sy_status status = make_standard(&s, r, type, year, err);
        if (status != SY_OK)
            return status;
        void *array = r->standards;
        bool room = dataset_grow(&array, &r->standards_cap, r->nstandards, sizeof s);
        r->standards = array;
        if (!room || !map_put(&r->standard_index, key, r->nstandards))
            return error_nomem(err);
        id = r->nstandards++;
        r->standards[id] = s;
    }
    *out = id;
    return SY_OK;
}

static sy_status report_unknown(struct run *r, const struct entity *e, uint32_t entity,
                                sy_error *err)
{
    const char *type = e->type == NO_WORD ? NULL : type_text(r, e->type), *near = NULL;
    sy_status status = type ? bind_near_type(&near, r, type, err) : SY_OK;
    struct buf hint = {0};
    near_hint(&hint, near);
    struct finding_at at = {.code = type ? FINDING_UNKNOWN_TYPE : FINDING_TYPE_MISSING,
                            .entity = entity,
                            .path = NO_WORD,
                            .place = e->place,
                            .text = type,
                            .text2 = buf_text(&hint)};
    if (status == SY_OK)
        status = hint.failed ? error_nomem(err) : dataset_find(&r->d, &at, err);
    buf_dispose(&hint);
    return status;
}

sy_status bind_standard(uint32_t *out, struct run *r, uint32_t entity, sy_error *err)
{
    const struct entity *e = &r->d.entities[entity];
    uint32_t before = r->nstandards;
    sy_status status = bind_type(out, r, e->type, e->year, err);
    if (status != SY_OK || r->nstandards == before)
        return status;
    const struct standard *s = &r->standards[*out];
    if (s->yard->known || s->script)
        return SY_OK;
    return report_unknown(r, e, entity, err);
}

static sy_status bind_functions(struct bound *b, const struct standard *s, const char *path,
                                sy_error *err)
{
    b->rule = &s->rule;
    if (!s->script)
        return SY_OK;
    sy_status status = script_rule_of(&b->rule, s->script, path, err);
    if (status != SY_OK)
        return status;
    if (!b->rule)
        b->rule = script_default_rule(s->script);
    b->measure = script_measure_of(s->script, path, err);
    b->target_function = b->measure < 0 ? -1 : script_target_of(s->script, path, err);
    return b->measure < 0 || b->target_function < 0 ? SY_EINPUT : SY_OK;
}

static sy_status bind_target(struct run *r, struct bound *b, int year, sy_error *err)
{
    if (!b->target_text)
        return SY_OK;
    const char *text = b->target_text->text;
    struct value_context context = {.units = r->units, .year = year, .default_unit = UNIT_NONE};
    value_read(&b->target, &context, text, strlen(text));
    return dataset_cell(&b->target_cell, &r->d, text, strlen(text), err);
}

static sy_status make_bound(struct bound *b, struct run *r, uint32_t standard, uint32_t path,
                            sy_error *err)
{
    const struct standard *s = &r->standards[standard];
    enum sign sign = SIGN_NONE;
    *b = (struct bound){.path = path, .standard = standard, .target.unit = UNIT_NONE};
    /* A copy: the pool's bytes move when something below interns a path. */
    char *text = arena_strdup(&r->arena, pool_text(&r->d.paths, path));
    if (!text)
        return error_nomem(err);
    b->branch = pool_intern(&r->d.paths, text, strcspn(text, "."));
    if (b->branch == POOL_NONE)
        return error_nomem(err);
    sy_status status;
    if ((status = yard_weight_of(&b->weight, s->yard, text, err)) != SY_OK ||
        (status = yard_sign_of(&sign, s->yard, text, err)) != SY_OK ||
        (status = bind_functions(b, s, text, err)) != SY_OK) {
        bind_place_error(r, err);
        return status;
    }
    b->sign = (uint8_t)sign;
    b->name = yard_name_of(s->yard, text);
    b->target_text = yard_target_of(s->yard, text);
    return bind_target(r, b, s->year, err);
}

sy_status bind_path(uint32_t *out, struct run *r, uint32_t standard, uint32_t path, bool labelled,
                    sy_error *err)
{
    uint64_t key = bind_key(standard, path, labelled);
    uint32_t id = map_get(&r->bound_index, key);
    if (id != MAP_NONE) {
        *out = id;
        return SY_OK;
    }
    uint32_t named;
    sy_status status = (labelled ? bind_named : bind_renamed)(&named, r, standard, path, err);
    if (status != SY_OK)
        return status;
    if (labelled || named != path) {
        status = bind_path(&id, r, standard, named, false, err);
        if (status != SY_OK)
            return status;
    } else {
        struct bound b;
        status = make_bound(&b, r, standard, path, err);
        if (status != SY_OK)
            return status;
        void *array = r->bounds;
        bool room = dataset_grow(&array, &r->bounds_cap, r->nbounds, sizeof b);
        r->bounds = array;
        if (!room)
            return error_nomem(err);
        id = r->nbounds++;
        r->bounds[id] = b;
    }
    if (!map_put(&r->bound_index, key, id))
        return error_nomem(err);
    *out = id;
    return SY_OK;
}

static bool lists_text(const char *const *list, size_t n, const char *text)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(list[i], text) == 0)
            return true;
    return false;
}

static bool lists_year(const int *list, size_t n, int year)
{
    for (size_t i = 0; i < n; i++)
        if (list[i] == year)
            return true;
    return n == 0;
}

static bool is_asked_for(const struct run *r, const struct entity *e)
{
    const struct run_options *o = &r->options;
    return !o->nfund_ids || lists_text(o->fund_ids, o->nfund_ids, dataset_text(&r->d, e->fund));
}

/* Of its type and year. */
static bool in_scope(const struct run *r, const struct entity *e)
{
    const struct run_options *o = &r->options;
    if (!lists_year(r->e->years, r->e->nyears, e->year))
        return false;
    if (o->nyears && !lists_year(o->years, o->nyears, e->year))
        return false;
    return o->ntypes == 0 || lists_text(o->types, o->ntypes, type_text(r, e->type));
}

#define MET 16u

/* What was found for funds of a type and year before: most are like those. */
struct met {
    uint32_t type;
    int year; /* 0: none yet */
    bool in;  /* in scope, as far as type and year say */
    uint32_t standard;
};

static sy_status list_fund(struct run *r, struct met *met, uint32_t entity, sy_error *err)
{
    const struct entity *e = &r->d.entities[entity];
    struct met *m = &met[(e->type + (uint32_t)e->year) % MET];
    struct fund *f = &r->funds[r->nfunds];
    const bool known = m->year == e->year && m->type == e->type;
    r->fund_of[entity] = NO_ROW;
    if (!known)
        *m = (struct met){.type = e->type, .in = in_scope(r, e)};
    if (!m->in || !is_asked_for(r, e))
        return SY_OK;
    f->entity = entity;
    f->standard = m->standard;
    sy_status status = m->year ? SY_OK : bind_standard(&f->standard, r, entity, err);
    m->standard = f->standard;
    m->year = e->year;
    r->fund_of[entity] = r->nfunds++;
    return status;
}

static sy_status list_funds(struct run *r, sy_error *err)
{
    r->funds = calloc((size_t)r->d.nentities + 1, sizeof *r->funds);
    r->fund_of = malloc(((size_t)r->d.nentities + 1) * sizeof *r->fund_of);
    if (!r->funds || !r->fund_of)
        return error_nomem(err);
    pages_expect(r->funds, r->d.nentities * sizeof *r->funds);
    pages_expect(r->fund_of, r->d.nentities * sizeof *r->fund_of);
    uint32_t fallback = NO_WORD;
    if (r->e->type && dataset_word(&fallback, &r->d, r->e->type, strlen(r->e->type), err) != SY_OK)
        return SY_ENOMEM;
    struct met met[MET] = {{0}};
    for (uint32_t i = 0; i < r->d.nentities; i++) {
        struct entity *e = &r->d.entities[i];
        if (e->type == NO_WORD)
            e->type = fallback;
        sy_status status = list_fund(r, met, i, err);
        if (status != SY_OK)
            return status;
    }
    return SY_OK;
}

static sy_status say_near(struct run *r, struct finding_at *at, const char *near, sy_error *err)
{
    struct buf hint = {0};
    near_hint(&hint, near);
    if (at->code == FINDING_UNKNOWN_INDICATOR)
        at->text = buf_text(&hint);
    sy_status status = hint.failed ? error_nomem(err) : dataset_find(&r->d, at, err);
    buf_dispose(&hint);
    return status;
}

static sy_status index_ratings(struct run *r, sy_error *err)
{
    for (uint32_t i = 0; i < r->d.nratings; i++) {
        struct rating_row *row = &r->d.ratings[i];
        if (r->fund_of[row->entity] != NO_ROW) {
            const uint32_t standard = r->funds[r->fund_of[row->entity]].standard;
            sy_status status = bind_renamed(&row->path, r, standard, row->path, err);
            if (status != SY_OK)
                return status;
        }
        uint64_t key = map_key(row->entity, row->path);
        uint32_t first = map_get(&r->rating_index, key);
        struct finding_at at = {.entity = row->entity, .path = row->path, .place = row->place};
        const char *near = NULL;
        if (first != MAP_NONE) {
            at.code = FINDING_DUPLICATE_KEY;
            at.first = &r->d.ratings[first].place;
        } else if (r->fund_of[row->entity] != NO_ROW &&
                   find_item(r, &r->funds[r->fund_of[row->entity]], row->path) == NO_ROW) {
            at.code = FINDING_UNKNOWN_INDICATOR;
            const char *path = pool_text(&r->d.paths, row->path);
            near = near_indicator(r, &r->funds[r->fund_of[row->entity]], path);
        } else {
            if (!map_put(&r->rating_index, key, i))
                return error_nomem(err);
            continue;
        }
        sy_status status = say_near(r, &at, near, err);
        if (status != SY_OK)
            return status;
    }
    return SY_OK;
}

sy_status bind_run(struct run *r, sy_error *err)
{
    sy_status status = list_funds(r, err);
    if (status == SY_OK)
        status = bind_items(r, err);
    bind_absent(r);
    if (status == SY_OK)
        status = find_open(r, err);
    if (status == SY_OK)
        bind_findings(r);
    if (status == SY_OK)
        status = index_ratings(r, err);
    if (status == SY_OK)
        status = bind_unused(r, err);
    return status == SY_OK ? bind_weights(r, err) : status;
}
