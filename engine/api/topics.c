/*
 * topics.c - what the manual says of rules and of the rest that scripts reach: rules.def and
 * api.def in the order of the files, rules first.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "rule/api_table.h"
#include "rule/rule_table.h"
#include <steelyard/steelyard.h>

static bool is_chinese(const char *language)
{
    return language && strcmp(language, "zh") == 0;
}

static void tell_rule(sy_topic *out, enum rule_kind kind, bool zh)
{
    const struct rule_spec *spec = rule_spec(kind);
    const struct rule_source *source = rule_source(kind);
    *out = (sy_topic){.name = spec->name, .label = spec->zh, .usage = spec->usage};
    out->meaning = zh ? spec->formula_zh : spec->formula;
    if (source)
        out->source = zh ? source->zh : source->en;
}

int sy_topic_at(sy_topic *out, size_t i, const char *language)
{
    const bool zh = is_chinese(language);
    size_t n;
    const struct api_entry *entries = api_entries(&n);
    if (i < RULE_KINDS) {
        tell_rule(out, (enum rule_kind)i, zh);
        return 1;
    }
    i -= RULE_KINDS;
    for (size_t k = 0; k < n; k++) {
        const struct api_entry *e = &entries[k];
        if (e->kind == API_LIBRARY || i-- > 0)
            continue;
        *out = (sy_topic){.name = e->path, .parameters = e->parameters, .type = e->type};
        out->meaning = zh ? e->zh : e->en;
        return 1;
    }
    return 0;
}

/* What is taken where the option is not given; "" where nothing is. */
static void tell_default(char *out, size_t size, const struct rule_option *o)
{
    *out = '\0';
    if (o->kind == OPTION_WORD)
        snprintf(out, size, "\"%s\"", o->words[0]);
    else if (o->kind == OPTION_SWITCH)
        snprintf(out, size, "true");
    else if (!isnan(o->otherwise))
        snprintf(out, size, "%.15g", o->otherwise);
}

static void tell_range(char *out, size_t size, const struct rule_option *o, bool zh)
{
    size_t len = 0;
    if (o->kind == OPTION_NUMBER)
        snprintf(out, size, "%s", zh ? rule_range_words_zh(o->range) : rule_range_words(o->range));
    else if (o->kind == OPTION_SWITCH)
        snprintf(out, size, "true, false");
    for (size_t i = 0; o->words[i] && len < size; i++)
        len += (size_t)snprintf(out + len, size - len, "%s\"%s\"", i ? ", " : "", o->words[i]);
}

/* "more than 0; 1 unless given". */
static void tell_limits(char *out, size_t size, const struct rule_option *o, bool zh)
{
    char otherwise[32], range[64];
    tell_default(otherwise, sizeof otherwise, o);
    tell_range(range, sizeof range, o, zh);
    if (o->needed)
        snprintf(out, size, zh ? "%s；必填" : "%s; needed", range);
    else if (o->parameter)
        snprintf(out, size,
                 zh ? "%s；不写取 [parameters] %s，否则 %s"
                    : "%s; unless given [parameters] %s, else %s",
                 range, o->parameter, otherwise);
    else if (*otherwise)
        snprintf(out, size, zh ? "%s；不写为 %s" : "%s; %s unless given", range, otherwise);
    else
        snprintf(out, size, "%s", range);
}

static void tell_list(sy_topic_option *out, const struct rule_list *list, bool zh)
{
    *out = (sy_topic_option){.name = list->element, .meaning = zh ? list->zh : list->en};
    if (list->least > 0)
        snprintf(out->limits, sizeof out->limits, "%s", zh ? "必填" : "needed");
}

/* Options of one owner; *k is less by those that were passed. */
static bool find_option(sy_topic_option *out, int owner, size_t *k, bool zh)
{
    size_t n;
    const struct rule_option *options = rule_options(owner, &n);
    for (size_t at = 0; at < n; at++) {
        if (!options[at].name || (*k)-- > 0)
            continue;
        out->name = options[at].name;
        out->meaning = zh ? options[at].zh : options[at].en;
        tell_limits(out->limits, sizeof out->limits, &options[at], zh);
        return true;
    }
    return false;
}

int sy_topic_option_at(sy_topic_option *out, size_t i, size_t k, const char *language)
{
    const bool zh = is_chinese(language);
    if (i >= RULE_KINDS)
        return 0;
    if (find_option(out, (int)i, &k, zh))
        return 1;
    const struct rule_list *list = rule_list((enum rule_kind)i);
    if (list && k-- == 0) {
        tell_list(out, list, zh);
        return 1;
    }
    return find_option(out, RULE_ANY_RULE, &k, zh);
}

int sy_topic_example_at(sy_topic_example *out, size_t i, size_t k)
{
    size_t n;
    const struct rule_example *examples = rule_examples(&n);
    for (size_t at = 0; at < n; at++) {
        if ((size_t)examples[at].kind != i || k-- > 0)
            continue;
        *out = (sy_topic_example){examples[at].rule, examples[at].target, examples[at].actual,
                                  examples[at].attainment};
        return 1;
    }
    return 0;
}
