/*
 * config_rows.c - collects what each yardstick of a run says, in the order of the manual's
 * sections.
 */
#include "api/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"

static const char *const sections[] = {"levels", "weights",  "signs",      "targets",
                                       "names",  "facts",    "parameters", "ratings",
                                       "grades", "rounding", "missing",    "was"};

const char config_otherwise[] = "(otherwise)";

static sy_status add_row(struct config *c, const struct config_row *row, sy_error *err)
{
    void *array = c->rows;
    bool room = dataset_grow(&array, &c->rows_cap, c->nrows, sizeof *row);
    c->rows = array;
    if (!room || !row->value)
        return error_nomem(err);
    c->rows[c->nrows++] = *row;
    return SY_OK;
}

static const char *keep(struct config *c, struct buf *text)
{
    const char *kept = text->failed ? NULL : arena_copy(&c->arena, buf_text(text), text->len);
    buf_clear(text);
    return kept;
}

/* `split` says for people which points are shared. */
static const char *show_value(struct config *c, const struct yardstick *y,
                              const struct yard_key *key)
{
    char points[NUMBER_TEXT_MAX];
    if (strcmp(key->section, "weights") != 0)
        return NULL;
    for (size_t i = 0; i < y->nweights; i++) {
        const struct yard_weight *w = &y->weights[i];
        if (!w->split || strcmp(w->pattern, key->key) != 0)
            continue;
        points[number_print(points, w->points)] = '\0';
        buf_clear(&c->scratch);
        buf_printf(&c->scratch, c->zh ? "split（%s 分）" : "split (%s points)", points);
        return keep(c, &c->scratch);
    }
    return NULL;
}

/* `key` NULL: every key of the section. */
static sy_status add_keys(struct config *c, uint32_t standard, const char *section, const char *key,
                          bool taken, sy_error *err)
{
    const struct yardstick *y = c->r->standards[standard].yard;
    const struct yard_key *keys = taken ? y->taken : y->keys;
    sy_status status = SY_OK;
    for (size_t i = 0; i < (taken ? y->ntaken : y->nkeys) && status == SY_OK; i++) {
        if (strcmp(keys[i].section, section) != 0 || (key && strcmp(keys[i].key, key) != 0))
            continue;
        struct config_row row = {.standard = standard,
                                 .section = section,
                                 .key = keys[i].key,
                                 .value = keys[i].value,
                                 .origin = keys[i].origin,
                                 .hidden = keys[i].hidden,
                                 .taken = taken,
                                 .shown = taken ? NULL : show_value(c, y, &keys[i])};
        status = add_row(c, &row, err);
    }
    return status;
}

static sy_status add_scripts(struct config *c, uint32_t standard, sy_error *err)
{
    const struct standard *s = &c->r->standards[standard];
    sy_status status = SY_OK;
    for (size_t i = 0; i < s->nlayers && status == SY_OK; i++) {
        buf_clear(&c->scratch);
        buf_printf(&c->scratch, "%zu", i + 1);
        struct config_row row = {.standard = standard,
                                 .section = "scripts",
                                 .key = s->layers[i].shown,
                                 .value = keep(c, &c->scratch),
                                 .origin = {s->layers[i].shown, 0}};
        status = add_row(c, &row, err);
    }
    return status;
}

/* What no pattern matches has a rule, too. */
static sy_status add_otherwise(struct config *c, uint32_t standard, sy_error *err)
{
    const struct standard *s = &c->r->standards[standard];
    const struct rule *rule = s->script ? script_default_rule(s->script) : &s->rule;
    buf_clear(&c->scratch);
    rule_print(&c->scratch, rule);
    struct config_row row = {.standard = standard,
                             .section = "rules.indicator",
                             .key = config_otherwise,
                             .value = keep(c, &c->scratch)};
    return add_row(c, &row, err);
}

static sy_status add_rules(struct config *c, uint32_t standard, sy_error *err)
{
    const struct script *script = c->r->standards[standard].script;
    bool indicators = true;
    sy_status status = SY_OK;
    for (size_t i = 0; script && i < script_nrules(script) && status == SY_OK; i++) {
        struct script_rule rule;
        script_rule_at(script, i, &rule);
        if (indicators && strcmp(rule.section, "indicator") != 0) {
            status = add_otherwise(c, standard, err);
            indicators = false;
        }
        buf_clear(&c->scratch);
        buf_printf(&c->scratch, rule.pattern ? "rules.%s" : "rules", rule.section);
        struct config_row row = {.standard = standard,
                                 .section = keep(c, &c->scratch),
                                 .key = rule.pattern ? rule.pattern : rule.section,
                                 .origin = {rule.shown, rule.line},
                                 .function = rule.rule == NULL};
        if (rule.rule)
            rule_print(&c->scratch, rule.rule);
        else
            buf_str(&c->scratch, "function");
        row.value = row.section ? keep(c, &c->scratch) : NULL;
        if (status == SY_OK)
            status = add_row(c, &row, err);
    }
    return indicators && status == SY_OK ? add_otherwise(c, standard, err) : status;
}

/* In the order of the manual: as merged, the program's defaults would come before the name. */
static sy_status add_type(struct config *c, uint32_t standard, sy_error *err)
{
    static const char *const keys[] = {"name", "script", "extends", "full_score", "min_coverage"};
    sy_status status = SY_OK;
    for (size_t i = 0; i < sizeof keys / sizeof *keys && status == SY_OK; i++)
        status = add_keys(c, standard, "type", keys[i], false, err);
    return status == SY_OK ? add_keys(c, standard, "type", NULL, true, err) : status;
}

static sy_status add_standard(struct config *c, uint32_t standard, sy_error *err)
{
    sy_status status = add_type(c, standard, err);
    for (size_t i = 0; i < sizeof sections / sizeof *sections && status == SY_OK; i++) {
        status = add_keys(c, standard, sections[i], NULL, false, err);
        if (status == SY_OK)
            status = add_keys(c, standard, sections[i], NULL, true, err);
    }
    if (status == SY_OK)
        status = add_scripts(c, standard, err);
    return status == SY_OK ? add_rules(c, standard, err) : status;
}

sy_status config_make(struct config *out, const struct run *r, bool zh, sy_error *err)
{
    struct config c = {.r = r, .zh = zh};
    c.first = calloc((size_t)r->nstandards + 1, sizeof *c.first);
    sy_status status = c.first ? SY_OK : error_nomem(err);
    for (uint32_t i = 0; i < r->nstandards && status == SY_OK; i++) {
        c.first[i] = c.nrows;
        status = add_standard(&c, i, err);
        c.first[i + 1] = c.nrows;
    }
    if (status == SY_OK)
        *out = c;
    else
        config_dispose(&c);
    return status;
}

void config_dispose(struct config *c)
{
    free(c->rows);
    free(c->first);
    free(c->changes);
    free(c->lines);
    buf_dispose(&c->scratch);
    arena_dispose(&c->arena);
    *c = (struct config){0};
}

const char *config_source(struct config *c, const struct origin *origin)
{
    if (!origin->file)
        return NULL;
    buf_clear(&c->scratch);
    buf_str(&c->scratch, origin->file);
    if (origin->line)
        buf_printf(&c->scratch, ":%u", (unsigned)origin->line);
    c->failed = c->failed || c->scratch.failed;
    return buf_text(&c->scratch);
}
