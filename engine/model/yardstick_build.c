/*
 * yardstick_build.c - turns merged keys into a yardstick: values into fields, lines into tables.
 */
#include "model/yardstick_parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"

#define FULL_SCORE   100
#define MIN_COVERAGE 0.6
#define DECIMALS     2

/* What holds where no layer says otherwise; words of one country stand in config/defaults.ini. */
static void set_defaults(struct yardstick *s)
{
    s->name = s->type;
    s->full_score = FULL_SCORE;
    s->min_coverage = MIN_COVERAGE;
    s->decimals = DECIMALS;
    s->mode = ROUND_HALF_UP;
    s->on_missing = POLICY_ZERO;
    s->on_untargeted = POLICY_EXCLUDE;
    s->on_unrated = POLICY_EXCLUDE;
    s->on_rejected = POLICY_EXCLUDE;
    s->on_not_applicable = POLICY_EXCLUDE;
}

/* Room for the tables, at most as many rows as a section has keys. */
static bool make_tables(struct yardstick *s, struct arena *a)
{
    size_t n[YARD_SECTIONS] = {0};
    enum yard_section section;
    for (size_t i = 0; i < s->nkeys; i++)
        if (yard_section_find(&section, s->keys[i].section))
            n[section]++;
    s->levels = arena_alloc(a, (n[YARD_LEVELS] + 1) * sizeof *s->levels);
    s->weights = arena_alloc(a, (n[YARD_WEIGHTS] + 1) * sizeof *s->weights);
    s->signs = arena_alloc(a, (n[YARD_SIGNS] + 1) * sizeof *s->signs);
    s->targets = arena_alloc(a, (n[YARD_TARGETS] + 1) * sizeof *s->targets);
    s->names = arena_alloc(a, (n[YARD_NAMES] + 1) * sizeof *s->names);
    s->facts = arena_alloc(a, (n[YARD_FACTS] + 1) * sizeof *s->facts);
    s->parameters = arena_alloc(a, (n[YARD_PARAMETERS] + 1) * sizeof *s->parameters);
    s->ratings = arena_alloc(a, (n[YARD_RATINGS] + 1) * sizeof *s->ratings);
    s->grades = arena_alloc(a, (n[YARD_GRADES] + 1) * sizeof *s->grades);
    s->was = arena_alloc(a, (n[YARD_WAS] + 1) * sizeof *s->was);
    return s->levels && s->weights && s->signs && s->targets && s->names && s->facts &&
           s->parameters && s->ratings && s->grades && s->was;
}

static void store_type(struct yardstick *s, const struct yard_cell *cell, const struct yard_key *k)
{
    switch ((enum yard_type_member)cell->member) {
    case TYPE_NAME:
        s->name = k->value;
        break;
    case TYPE_SCRIPT:
        s->script = k->value;
        s->script_origin = k->origin;
        break;
    case TYPE_EXTENDS:
        break; /* the layers followed it */
    case TYPE_FULL_SCORE:
        s->full_score = cell->number;
        break;
    case TYPE_MIN_COVERAGE:
        s->min_coverage = cell->number;
        break;
    }
}

static void store_rounding(struct yardstick *s, const struct yard_cell *cell)
{
    switch ((enum yard_rounding_member)cell->member) {
    case ROUNDING_DECIMALS:
        s->decimals = (int)cell->number;
        break;
    case ROUNDING_MODE:
        s->mode = (enum round_mode)cell->word;
        break;
    case ROUNDING_APPLY:
        s->round_total = cell->word == 1;
        break;
    }
}

static void store_missing(struct yardstick *s, const struct yard_cell *cell)
{
    enum missing_policy policy = (enum missing_policy)cell->word;
    switch ((enum yard_missing_member)cell->member) {
    case MISSING_ACTUAL:
        s->on_missing = policy;
        break;
    case MISSING_TARGET:
        s->on_untargeted = policy;
        break;
    case MISSING_RATING:
        s->on_unrated = policy;
        break;
    case MISSING_REJECTED:
        s->on_rejected = policy;
        break;
    case MISSING_NOT_APPLICABLE:
        s->on_not_applicable = policy;
        break;
    case MISSING_RESCALE:
        s->rescale_level = cell->word == 1;
        break;
    }
}

/* Cuts the list of earlier names at its commas. */
static bool store_was(struct yardstick *s, struct arena *a, const struct yard_key *k)
{
    size_t n = 1;
    for (const char *p = k->value; *p; p++)
        n += *p == ',';
    const char **before = arena_alloc(a, n * sizeof *before);
    const char *p = k->value;
    for (size_t i = 0; before && i < n; i++) {
        const char *part = p;
        size_t len = strcspn(p, ",");
        p += len + 1;
        text_trim(&part, &len);
        before[i] = arena_copy(a, part, len);
        if (!before[i])
            return false;
    }
    s->was[s->nwas++] = (struct yard_was){k->key, before, n, k->origin};
    return before != NULL;
}

/* One merged key into its table or field. False without memory. */
static bool store_key(struct yardstick *s, struct arena *a, enum yard_section section,
                      const struct yard_cell *c, const struct yard_key *k)
{
    struct yard_text text = {k->key, k->value, k->origin};
    switch (section) {
    case YARD_TYPE:
        store_type(s, c, k);
        break;
    case YARD_LEVELS:
        s->levels[s->nlevels++] = (struct yard_level){k->key, c->number, k->origin};
        break;
    case YARD_WEIGHTS:
        s->weights[s->nweights++] = (struct yard_weight){k->key, c->flag, c->number, k->origin};
        break;
    case YARD_SIGNS:
        s->signs[s->nsigns++] = (struct yard_sign){k->key, (enum sign)c->word, k->origin};
        break;
    case YARD_TARGETS:
        s->targets[s->ntargets++] = text;
        break;
    case YARD_NAMES:
        s->names[s->nnames++] = text;
        break;
    case YARD_FACTS:
        s->facts[s->nfacts++] =
            (struct yard_fact){k->key, (enum fact_kind)c->word, c->flag, k->origin};
        break;
    case YARD_PARAMETERS:
        s->parameters[s->nparameters++] = text;
        break;
    case YARD_RATINGS:
        s->ratings[s->nratings++] = (struct yard_rating){k->key, c->number, k->origin};
        break;
    case YARD_GRADES:
        s->grades[s->ngrades++] = (struct yard_grade){k->key, c->number, k->origin};
        break;
    case YARD_ROUNDING:
        store_rounding(s, c);
        break;
    case YARD_MISSING:
        store_missing(s, c);
        break;
    case YARD_WAS:
        return store_was(s, a, k);
    case YARD_SECTIONS:
        break;
    }
    return true;
}

static int compare_grades(const void *a, const void *b)
{
    double x = ((const struct yard_grade *)a)->bound, y = ((const struct yard_grade *)b)->bound;
    return (x < y) - (x > y);
}

/* The level whose points `split` shares: what stands before the first `*`, without the last dot. */
static sy_status resolve_split(struct yardstick *s, struct yard_weight *w, sy_error *err)
{
    size_t len = strcspn(w->pattern, "*");
    if (len > 0 && w->pattern[len - 1] == '.')
        len--;
    const struct yard_level *level = yard_level_of(s, w->pattern, len);
    if (!level)
        return yard_fail(err, &w->origin,
                         "[weights] %s = split, but [levels] has no '%.*s' whose points to share",
                         w->pattern, (int)len, w->pattern);
    w->points = level->points;
    return SY_OK;
}

sy_status yard_build(struct yardstick *s, struct yards *y, sy_error *err)
{
    struct yard_cell cell;
    enum yard_section section;
    sy_status status = SY_OK;
    set_defaults(s);
    if (!make_tables(s, &y->arena))
        return error_nomem(err);
    for (size_t i = 0; i < s->nkeys; i++) {
        status = yard_key_read(&section, &cell, &s->keys[i], err);
        if (status != SY_OK)
            return status;
        if (!store_key(s, &y->arena, section, &cell, &s->keys[i]))
            return error_nomem(err);
    }
    if (s->ngrades > 0)
        qsort(s->grades, s->ngrades, sizeof *s->grades, compare_grades);
    if (!yard_index_make(s, &y->arena))
        return error_nomem(err);
    for (size_t i = 0; i < s->nweights && status == SY_OK; i++)
        if (s->weights[i].split)
            status = resolve_split(s, &s->weights[i], err);
    return status;
}
