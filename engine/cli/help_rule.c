/*
 * help_rule.c - steelyard help RULE: formula, options, examples and source of a standard rule; what
 * a function or field of scripts is.
 */
#include <stdio.h>
#include <string.h>

#include "cli/help.h"
#include "cli/wrap.h"
#include <steelyard/steelyard.h>

#define TEXT_MAX    1024
#define TEXT_COLUMN 12
#define LIST_COLUMN 24

struct labels {
    const char *usage, *formula, *options, *example, *source, *meaning, *type, *returns;
};

static const struct labels *choose_labels(const char *language)
{
    static const struct labels english = {"usage",  "formula", "options", "example",
                                          "source", "meaning", "type",    "returns"};
    static const struct labels chinese = {"写法", "算法", "选项", "算例",
                                          "依据", "含义", "类型", "返回"};
    return strcmp(language, "zh") == 0 ? &chinese : &english;
}

/* `column`: where the text begins. */
static void print_line(const char *label, const char *text, int column)
{
    char plain[TEXT_MAX];
    size_t n = 0;
    for (; *text != '\0' && n + 1 < sizeof plain; text++)
        if (*text != '`') /* marks of code in the manual */
            plain[n++] = *text;
    wrap_labelled(label, strlen(label), plain, n, column);
}

static void print_options(size_t topic, const char *language)
{
    char line[TEXT_MAX];
    sy_topic_option o;
    const char *label = choose_labels(language)->options;
    const bool zh = strcmp(language, "zh") == 0;
    for (size_t k = 0; sy_topic_option_at(&o, topic, k, language); k++) {
        const bool limits = *o.limits != '\0';
        snprintf(line, sizeof line, "%s: %s%s%s%s", o.name, o.meaning,
                 !limits ? "" : (zh ? "（" : " ("), o.limits, !limits ? "" : (zh ? "）" : ")"));
        print_line(k == 0 ? label : "", line, TEXT_COLUMN);
    }
}

static void print_examples(size_t topic, const char *language)
{
    char line[TEXT_MAX];
    sy_topic_example e;
    const char *label = choose_labels(language)->example;
    for (size_t k = 0; sy_topic_example_at(&e, topic, k); k++) {
        snprintf(line, sizeof line, "%s: %s%s%s → %.15g", e.rule, e.target, *e.target ? ", " : "",
                 e.actual, e.attainment);
        print_line(k == 0 ? label : "", line, TEXT_COLUMN);
    }
}

static void print_rule(const sy_topic *t, size_t topic, const char *language)
{
    const struct labels *labels = choose_labels(language);
    printf("%s  %s\n\n", t->name, t->label);
    print_line(labels->usage, t->usage, TEXT_COLUMN);
    print_line(labels->formula, t->meaning, TEXT_COLUMN);
    print_options(topic, language);
    print_examples(topic, language);
    print_line(labels->source, t->source, TEXT_COLUMN);
}

static void print_member(const sy_topic *t, const char *language)
{
    char line[TEXT_MAX];
    const struct labels *labels = choose_labels(language);
    printf("%s\n\n", t->name);
    if (t->parameters) {
        const size_t owner = strcspn(t->name, ".");
        const char *mark = strncmp(t->name, "fund.", 5) == 0 ? ":" : ".";
        snprintf(line, sizeof line, "%.*s%s%s(%s)", (int)owner, t->name, mark, t->name + owner + 1,
                 t->parameters);
        print_line(labels->usage, line, TEXT_COLUMN);
    }
    if (*t->type != '\0')
        print_line(t->parameters ? labels->returns : labels->type, t->type, TEXT_COLUMN);
    print_line(labels->meaning, t->meaning, TEXT_COLUMN);
}

/* "sy.tiers" is "tiers", "fund:cap" is "fund.cap". */
static bool is_called(const char *name, const char *wanted)
{
    const size_t owner = strcspn(wanted, ":");
    if (strncmp(wanted, "sy.", 3) == 0 && strchr(name, '.') == NULL)
        wanted += 3;
    else if (wanted[owner] == ':')
        return strncmp(name, wanted, owner) == 0 && name[owner] == '.' &&
               strcmp(name + owner + 1, wanted + owner + 1) == 0;
    return strcmp(name, wanted) == 0;
}

bool help_print_rule(const char *name, const char *language)
{
    sy_topic t;
    for (size_t i = 0; sy_topic_at(&t, i, language); i++) {
        if (!is_called(t.name, name) && !(t.label && strcmp(t.label, name) == 0))
            continue;
        if (t.usage)
            print_rule(&t, i, language);
        else
            print_member(&t, language);
        return true;
    }
    return false;
}

void help_list_rules(const char *language)
{
    sy_topic t;
    const bool zh = strcmp(language, "zh") == 0;
    for (size_t i = 0; sy_topic_at(&t, i, language); i++) {
        char line[TEXT_MAX];
        snprintf(line, sizeof line, "%s%s%s", zh && t.label ? t.label : "",
                 zh && t.label ? " " : "", t.usage ? t.usage : t.meaning);
        print_line(t.name, line, LIST_COLUMN);
    }
    puts(zh ? "\nsteelyard help 规则 给出算法、选项、算例和依据。"
            : "\nsteelyard help RULE gives its formula, options, examples and source.");
}
