/*
 * script_list.c - the rules of a script one by one, to be shown.
 */
#include "rule/script_parts.h"

static size_t count_functions(const struct script *s)
{
    return (s->adjust > 0) + (s->check > 0);
}

static const struct script_section *section_at(const struct script *s, size_t section)
{
    const struct script_section *const sections[] = {&s->indicator, &s->measure, &s->target};
    return sections[section];
}

size_t script_nrules(const struct script *s)
{
    return s->indicator.n + s->measure.n + s->target.n + count_functions(s);
}

static void show_function(const struct script *s, int function, struct script_rule *out)
{
    script_function_place(s, function, &out->shown, &out->line);
}

static void show_entry(const struct script *s, const struct script_entry *entry,
                       struct script_rule *out)
{
    out->pattern = entry->pattern;
    out->rule = entry->rule;
    out->set_shown = entry->shown;
    out->set_line = entry->line;
    if (!entry->rule) {
        show_function(s, entry->function, out);
    } else if (entry->rule->kind == RULE_FUNCTION) {
        show_function(s, entry->rule->function, out);
        out->rule = NULL;
    } else {
        out->shown = entry->rule->script;
        out->line = entry->rule->line;
    }
}

void script_rule_at(const struct script *s, size_t i, struct script_rule *out)
{
    static const char *const names[] = {"indicator", "measure", "target"};
    *out = (struct script_rule){0};
    for (size_t k = 0; k < SCRIPT_SECTIONS; k++) {
        const struct script_section *section = section_at(s, k);
        if (i < section->n) {
            out->section = names[k];
            show_entry(s, &section->entries[i], out);
            return;
        }
        i -= section->n;
    }
    bool adjust = i == 0 && s->adjust > 0;
    out->section = adjust ? "adjust" : "check";
    out->set_shown = s->singles[!adjust].shown;
    out->set_line = s->singles[!adjust].line;
    show_function(s, adjust ? s->adjust : s->check, out);
}

size_t script_rule_number(const struct script *s, enum script_section_name section,
                          const char *path)
{
    size_t first = 0;
    const size_t found = pattern_best(&section_at(s, section)->patterns, path, NULL);
    for (size_t k = 0; k < section; k++)
        first += section_at(s, k)->n;
    return found == PATTERN_NO_MATCH ? SCRIPT_NO_RULE : first + found;
}
