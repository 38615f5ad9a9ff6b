/*
 * script_find.c - which rule or function of a script a path gets.
 */
#include "base/error.h"
#include "rule/script.h"
#include "rule/script_parts.h"

static void find_place(const struct script *s, const struct script_entry *entry, const char **shown,
                       uint32_t *line)
{
    script_function_place(s, entry->rule != NULL ? entry->rule->function : entry->function, shown,
                          line);
    if (entry->rule != NULL && entry->rule->script != NULL) {
        *shown = entry->rule->script;
        *line = entry->rule->line;
    }
}

/* Two patterns that fit equally well: an error at the first, with the place of the other. */
static sy_status refuse_tie(const struct script *s, const char *name, const char *path,
                            const struct script_entry *one, const struct script_entry *other,
                            sy_error *err)
{
    const char *shown = NULL, *other_shown = NULL;
    uint32_t line = 0, other_line = 0;
    find_place(s, one, &shown, &line);
    find_place(s, other, &other_shown, &other_line);
    return error_set(
        err, SY_EINPUT, shown, line,
        "rules.%s[\"%s\"] and [\"%s\"] (%s:%u) match %s equally well: make one more exact", name,
        one->pattern, other->pattern, other_shown != NULL ? other_shown : "?", (unsigned)other_line,
        path);
}

static sy_status find_entry(const struct script_entry **out, const struct script *s,
                            const struct script_section *section, const char *name,
                            const char *path, sy_error *err)
{
    size_t tie = PATTERN_NO_MATCH;
    const size_t best = pattern_best(&section->patterns, path, &tie);
    if (tie != PATTERN_NO_MATCH)
        return refuse_tie(s, name, path, &section->entries[best], &section->entries[tie], err);
    *out = best != PATTERN_NO_MATCH ? &section->entries[best] : NULL;
    return SY_OK;
}

sy_status script_rule_of(const struct rule **out, const struct script *s, const char *path,
                         sy_error *err)
{
    const struct script_entry *entry = NULL;
    const sy_status status = find_entry(&entry, s, &s->indicator, "indicator", path, err);
    if (status == SY_OK)
        *out = entry != NULL ? entry->rule : NULL;
    return status;
}

static int find_function(const struct script *s, const struct script_section *section,
                         const char *name, const char *path, sy_error *err)
{
    const struct script_entry *entry = NULL;
    if (find_entry(&entry, s, section, name, path, err) != SY_OK)
        return -1;
    return entry != NULL ? entry->function : 0;
}

int script_measure_of(const struct script *s, const char *path, sy_error *err)
{
    return find_function(s, &s->measure, "measure", path, err);
}

int script_target_of(const struct script *s, const char *path, sy_error *err)
{
    return find_function(s, &s->target, "target", path, err);
}

const struct rule *script_default_rule(const struct script *s)
{
    return &s->fallback;
}

int script_adjust(const struct script *s)
{
    return s->adjust;
}

int script_check(const struct script *s)
{
    return s->check;
}

const char *const *script_measured(const struct script *s, size_t *n)
{
    *n = s->nmeasured;
    return s->measured;
}

const char *const *script_patterns(const struct script *s, size_t *n)
{
    *n = s->npatterns;
    return s->patterns;
}

void script_function_place(const struct script *s, int function, const char **shown, uint32_t *line)
{
    *shown = NULL;
    *line = 0;
    if (function < 1 || (size_t)function > s->nfunctions)
        return;
    *shown = s->functions[function - 1].shown;
    *line = s->functions[function - 1].line;
}
