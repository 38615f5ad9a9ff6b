/*
 * bind_unused.c - paths and patterns of INIs and scripts that no indicator of any fund has: mostly
 * slips, and without a word their rules, weights and signs would just not be there.
 *
 * A line is said once, whichever years and types it holds for, and only where it is of use in none
 * of them. A run of some funds cannot tell: nothing is said then.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/pool.h"
#include "base/suggest.h"
#include "stage/plan.h"

#define CANDIDATES_MAX 1000 /* paths that a misspelt one is compared with */
#define SEARCHES_MAX   200  /* lines that are compared; those after them have no hint */

/* A line that names a path or pattern. */
struct line {
    enum finding_code code;
    const char *section; /* "rules.indicator", "[signs]" */
    const char *pattern;
    const char *file;
    uint32_t number;
    uint32_t standard; /* the first in which it is in force */
    bool near_only;    /* of no use, and yet no slip unless something near is there */
    bool used;
};

/* Owns: keys, lines, rowed. */
struct unused {
    struct run *r;
    struct pool keys;
    struct line *lines; /* by key */
    uint32_t cap;
    bool *rowed; /* by bound: a row, a rating or a script tells of it */
    unsigned searches;
};

static bool is_narrowed(const struct run *r)
{
    const struct run_options *o = &r->options;
    bool all = true;
    for (size_t i = 0; i < r->e->nyears && o->nyears; i++) {
        bool there = false;
        for (size_t k = 0; k < o->nyears; k++)
            there = there || o->years[k] == r->e->years[i];
        all = all && there;
    }
    return o->isolated || o->nfund_ids || (o->ntypes && r->e->ini) || !all;
}

static bool is_own(const char *file)
{
    return file && strncmp(file, "steelyard:", 10) != 0 && strcmp(file, "--set") != 0;
}

static sy_status add_line(struct unused *u, const struct line *line, sy_error *err)
{
    struct buf key = {0};
    const bool script = line->section[0] == 'r'; /* a pattern once a script */
    buf_printf(&key, "%s\n%s\n%s", line->file, script ? "" : line->section, line->pattern);
    const uint32_t before = u->keys.count;
    uint32_t id = key.failed ? POOL_NONE : pool_intern(&u->keys, buf_text(&key), key.len);
    buf_dispose(&key);
    if (id == POOL_NONE)
        return error_nomem(err);
    if (id < before) {
        u->lines[id].used = u->lines[id].used || line->used;
        return SY_OK;
    }
    void *array = u->lines;
    const bool room = dataset_grow(&array, &u->cap, before, sizeof *u->lines);
    u->lines = array;
    if (!room)
        return error_nomem(err);
    u->lines[id] = *line;
    return SY_OK;
}

static const char *bound_path(const struct run *r, uint32_t bound)
{
    return pool_text(&r->d.paths, r->bounds[bound].path);
}

/* The indicator of exactly this path in a standard; MAP_NONE. */
static uint32_t find_bound(const struct run *r, uint32_t standard, const char *path)
{
    const uint32_t id = pool_find(&r->d.paths, path, strlen(path));
    return id == POOL_NONE ? MAP_NONE : map_get(&r->bound_index, bind_key(standard, id, false));
}

static bool matches(const struct run *r, uint32_t standard, const char *pattern)
{
    if (!pattern_is(pattern))
        return find_bound(r, standard, pattern) != MAP_NONE;
    for (uint32_t b = 0; b < r->nbounds; b++)
        if (r->bounds[b].standard == standard && pattern_match(pattern, bound_path(r, b)))
            return true;
    return false;
}

static sy_status mark_rows(struct unused *u, sy_error *err)
{
    const struct run *r = u->r;
    u->rowed = calloc((size_t)r->nbounds + 1, sizeof *u->rowed);
    if (!u->rowed)
        return error_nomem(err);
    for (uint32_t b = 0; b < r->nbounds; b++)
        u->rowed[b] = r->bounds[b].rowed || r->bounds[b].measure != 0;
    for (uint32_t i = 0; i < r->d.nratings; i++) {
        const uint32_t fund = r->fund_of[r->d.ratings[i].entity];
        const uint32_t item =
            fund == NO_ROW ? NO_ROW : find_item(r, &r->funds[fund], r->d.ratings[i].path);
        if (item != NO_ROW)
            u->rowed[item_bound_id(r, item)] = true;
    }
    return SY_OK;
}

/* [weights]: a pattern that no indicator was weighed by; a path that no data tells of. */
static sy_status add_weights(struct unused *u, uint32_t standard, sy_error *err)
{
    const struct run *r = u->r;
    const struct yardstick *y = r->standards[standard].yard;
    bool *used = calloc(y->nweights + 1, sizeof *used);
    sy_status status = used ? SY_OK : error_nomem(err);
    for (uint32_t b = 0; b < r->nbounds && used; b++)
        if (r->bounds[b].standard == standard && r->bounds[b].weight)
            used[r->bounds[b].weight - y->weights] |=
                u->rowed[b] || pattern_is(r->bounds[b].weight->pattern);
    for (size_t i = 0; i < y->nweights && status == SY_OK; i++) {
        const struct yard_weight *w = &y->weights[i];
        status = add_line(u,
                          &(struct line){.code = FINDING_WEIGHT_UNKNOWN,
                                         .section = "[weights]",
                                         .pattern = w->pattern,
                                         .file = w->origin.file,
                                         .number = w->origin.line,
                                         .standard = standard,
                                         .near_only = !pattern_is(w->pattern),
                                         .used = used[i]},
                          err);
    }
    free(used);
    return status;
}

/* A line of another section of the evaluation's own INI. */
static sy_status add_ini(struct unused *u, uint32_t standard, const char *section,
                         const char *pattern, const struct origin *origin, sy_error *err)
{
    if (!is_own(origin->file))
        return SY_OK;
    return add_line(u,
                    &(struct line){.code = FINDING_PATTERN_UNMATCHED,
                                   .section = section,
                                   .pattern = pattern,
                                   .file = origin->file,
                                   .number = origin->line,
                                   .standard = standard,
                                   .near_only = strcmp(section, "[names]") == 0,
                                   .used = matches(u->r, standard, pattern)},
                    err);
}

static sy_status add_inis(struct unused *u, uint32_t standard, sy_error *err)
{
    const struct yardstick *y = u->r->standards[standard].yard;
    sy_status status = SY_OK;
    for (size_t i = 0; i < y->nsigns && status == SY_OK; i++)
        status = add_ini(u, standard, "[signs]", y->signs[i].pattern, &y->signs[i].origin, err);
    for (size_t i = 0; i < y->ntargets && status == SY_OK; i++)
        status = add_ini(u, standard, "[targets]", y->targets[i].key, &y->targets[i].origin, err);
    for (size_t i = 0; i < y->nnames && status == SY_OK; i++)
        if (strchr(y->names[i].key, '.')) /* else a branch */
            status = add_ini(u, standard, "[names]", y->names[i].key, &y->names[i].origin, err);
    return status;
}

static sy_status add_rules(struct unused *u, uint32_t standard, sy_error *err)
{
    static const struct {
        const char *name, *shown;
    } sections[] = {
        {"indicator", "rules.indicator"}, {"measure", "rules.measure"}, {"target", "rules.target"}};
    const struct script *script = u->r->standards[standard].script;
    const size_t n = script ? script_nrules(script) : 0;
    sy_status status = SY_OK;
    for (size_t i = 0; i < n && status == SY_OK; i++) {
        struct script_rule rule;
        script_rule_at(script, i, &rule);
        if (!rule.pattern || !is_own(rule.set_shown))
            continue;
        struct line line = {.code = FINDING_PATTERN_UNMATCHED,
                            .pattern = rule.pattern,
                            .file = rule.set_shown,
                            .number = rule.set_line,
                            .standard = standard,
                            .used = matches(u->r, standard, rule.pattern)};
        for (size_t k = 0; k < sizeof sections / sizeof *sections; k++)
            if (strcmp(sections[k].name, rule.section) == 0)
                line.section = sections[k].shown;
        status = add_line(u, &line, err);
    }
    return status;
}

/* The first `levels` names of a path with ".*" behind them, in the run's arena; NULL where it has
 * no more. */
static const char *make_branch(struct run *r, const char *path, size_t levels)
{
    size_t len = 0;
    for (size_t i = 0; i < levels; i++) {
        len += strcspn(path + len, ".");
        if (!path[len])
            return NULL;
        len++;
    }
    char *copy = arena_copy(&r->arena, path, len + 1);
    if (copy)
        copy[len] = '*';
    return copy;
}

/* What was probably meant: a path that there is, or the branch of one. For a weight, one that has
 * none of its own. */
static sy_status find_near(const char **out, struct unused *u, const struct line *line,
                           sy_error *err)
{
    struct run *r = u->r;
    const size_t len = strlen(line->pattern);
    const bool star = pattern_is(line->pattern);
    const bool branch = star && len > 2 && strcmp(line->pattern + len - 2, ".*") == 0 &&
                        strchr(line->pattern, '*') == line->pattern + len - 1;
    size_t n = 0, levels = 0;
    *out = NULL;
    if ((star && !branch) || u->searches++ >= SEARCHES_MAX)
        return SY_OK;
    for (const char *c = line->pattern; *c; c++)
        levels += *c == '.';
    const char **known = calloc(CANDIDATES_MAX, sizeof *known);
    if (!known)
        return error_nomem(err);
    for (uint32_t b = 0; b < r->nbounds && n < CANDIDATES_MAX; b++) {
        const struct bound *bound = &r->bounds[b];
        const bool weighed = bound->weight && !pattern_is(bound->weight->pattern);
        if (bound->standard != line->standard || !u->rowed[b] ||
            (line->code == FINDING_WEIGHT_UNKNOWN && !branch && weighed))
            continue;
        const char *path = bound_path(r, b);
        const char *word = branch ? make_branch(r, path, levels) : path;
        if (word)
            known[n++] = word;
    }
    *out = suggest_path(line->pattern, known, n);
    free(known);
    return SY_OK;
}

static sy_status say(struct unused *u, const struct line *line, sy_error *err)
{
    struct run *r = u->r;
    struct buf what = {0}, hint = {0};
    const char *near;
    struct finding_at at = {
        .code = line->code, .entity = NO_ENTITY, .path = NO_WORD, .place.line = line->number};
    sy_status status = find_near(&near, u, line, err);
    if (status != SY_OK || (line->near_only && !near))
        return status;
    if (line->code == FINDING_WEIGHT_UNKNOWN)
        buf_str(&what, line->pattern);
    else if (line->section[0] == '[')
        buf_printf(&what, "%s %s", line->section, line->pattern);
    else
        buf_printf(&what, "%s[\"%s\"]", line->section, line->pattern);
    if (near)
        buf_printf(&hint, " (%s?)", near);
    at.text = buf_text(&what);
    at.text2 = buf_text(&hint);
    status = what.failed || hint.failed ? error_nomem(err) : SY_OK;
    if (status == SY_OK)
        status = dataset_word(&at.place.file, &r->d, line->file, strlen(line->file), err);
    if (status == SY_OK)
        status = dataset_find(&r->d, &at, err);
    buf_dispose(&what);
    buf_dispose(&hint);
    return status;
}

sy_status bind_unused(struct run *r, sy_error *err)
{
    struct unused u = {.r = r};
    if (is_narrowed(r))
        return SY_OK;
    sy_status status = mark_rows(&u, err);
    for (uint32_t s = 0; s < r->nstandards && status == SY_OK; s++) {
        status = add_weights(&u, s, err);
        if (status == SY_OK)
            status = add_inis(&u, s, err);
        if (status == SY_OK)
            status = add_rules(&u, s, err);
    }
    for (uint32_t i = 0; i < u.keys.count && status == SY_OK; i++)
        if (!u.lines[i].used)
            status = say(&u, &u.lines[i], err);
    pool_dispose(&u.keys);
    free(u.lines);
    free(u.rowed);
    return status;
}
