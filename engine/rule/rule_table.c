/*
 * rule_table.c - rules.def as tables.
 */
#include "rule/rule_table.h"

#include <math.h>

#define TINY         1e-300 /* what divides is not so small that its inverse is infinite */
#define COUNT(array) (sizeof(array) / sizeof(array)[0])
#define PLACE(of, number, key, member) \
    .rule = RULE_##of, .kind = (number), .name = (key), .field = offsetof(struct rule, member)

static const struct rule_spec specs[] = {
#define RULE(kind, name, zh, target, usage, formula, formula_zh) \
    {RULE_##kind, name, zh, target, usage, formula, formula_zh},
#include "rule/rules.def"
};

/* In order of the file, so that those of one rule stand together. */
static const struct rule_option options[] = {
#define NEEDED(of, key, member, span, english, chinese) \
    {PLACE(of, OPTION_NUMBER, key, member),             \
     .needed = true,                                    \
     .range = span,                                     \
     .otherwise = NAN,                                  \
     .en = english,                                     \
     .zh = chinese},
#define NUMBER(of, key, member, span, value, parameters, english, chinese) \
    {PLACE(of, OPTION_NUMBER, key, member),                                \
     .range = span,                                                        \
     .otherwise = (value),                                                 \
     .parameter = (parameters),                                            \
     .en = english,                                                        \
     .zh = chinese},
#define WORD(of, key, member, first, second, third, parameters, english, chinese) \
    {PLACE(of, OPTION_WORD, key, member), .words = {first, second, third, NULL},  \
     .parameter = (parameters), .en = english, .zh = chinese},
#define SWITCH(of, key, member, english, chinese) \
    {PLACE(of, OPTION_SWITCH, key, member), .otherwise = 1, .en = english, .zh = chinese},
#include "rule/rules.def"
};

static const struct rule_list lists[] = {
#define LIST(kind, element, least, en, zh) {RULE_##kind, element, least, en, zh},
#include "rule/rules.def"
};

static const struct rule_example examples[] = {
#define EXAMPLE(kind, rule, target, actual, attainment) \
    {RULE_##kind, rule, target, actual, attainment},
#include "rule/rules.def"
};

static const struct rule_source sources[] = {
#define SOURCE(kind, en, zh) {RULE_##kind, en, zh},
#include "rule/rules.def"
};

const struct rule_spec *rule_spec(enum rule_kind kind)
{
    return &specs[kind];
}

const struct rule_option *rule_options(int rule, size_t *n)
{
    size_t first = 0;
    while (first < COUNT(options) && options[first].rule != rule)
        first++;
    *n = 0;
    while (first + *n < COUNT(options) && options[first + *n].rule == rule)
        ++*n;
    return &options[*n > 0 ? first : 0];
}

const struct rule_list *rule_list(enum rule_kind kind)
{
    for (size_t i = 0; i < COUNT(lists); i++)
        if (lists[i].rule == (int)kind)
            return &lists[i];
    return NULL;
}

const struct rule_example *rule_examples(size_t *n)
{
    *n = COUNT(examples);
    return examples;
}

const struct rule_source *rule_source(enum rule_kind kind)
{
    for (size_t i = 0; i < COUNT(sources); i++)
        if (sources[i].kind == kind)
            return &sources[i];
    return NULL;
}

bool rule_in_range(enum rule_range range, double x)
{
    switch (range) {
    case POSITIVE:
        return x >= TINY && isfinite(x);
    case NOT_NEGATIVE:
        return x >= 0 && isfinite(x);
    case SHARE:
        return x >= 0 && x <= 1;
    case ANY_NUMBER:
    default:
        return isfinite(x);
    }
}

const char *rule_range_words(enum rule_range range)
{
    static const char *const words[] = {"any number", "more than 0", "0 or more", "from 0 to 1"};
    return words[range];
}

const char *rule_range_words_zh(enum rule_range range)
{
    static const char *const words[] = {"任意数", "大于 0", "0 或以上", "0 到 1"};
    return words[range];
}
