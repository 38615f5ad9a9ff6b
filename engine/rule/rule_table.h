/*
 * rule_table.h - rules.def as tables: what each rule is called, takes and does.
 */
#ifndef RULE_RULE_TABLE_H
#define RULE_RULE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "rule/kernel.h"

#define RULE_ANY_RULE RULE_KINDS /* as the kind of options that every rule takes */

enum rule_range { ANY_NUMBER, POSITIVE, NOT_NEGATIVE, SHARE };

enum option_kind { OPTION_NUMBER, OPTION_WORD, OPTION_SWITCH };

struct rule_option {
    int rule; /* enum rule_kind */
    enum option_kind kind;
    const char *name; /* NULL: of [parameters] alone */
    size_t field;     /* its place in struct rule: a double, an int (number of the word), a bool */
    bool needed;
    enum rule_range range;
    double otherwise;      /* a number's default; NaN: none */
    const char *parameter; /* of [parameters], where the option is not given; NULL */
    const char *words[4];  /* the first is the default; ends with NULL */
    const char *en, *zh;
};

/* Elements without a name. */
struct rule_list {
    int rule;
    const char *element; /* "{bound, points}" */
    size_t least;
    const char *en, *zh;
};

struct rule_spec {
    enum rule_kind kind;
    const char *name; /* of the constructor: sy.NAME */
    const char *zh;
    bool reads_target;
    const char *usage, *formula, *formula_zh;
};

struct rule_example {
    enum rule_kind kind;
    const char *rule, *target, *actual; /* as a script writes it; as the data does */
    double attainment;
};

/* The regulation or published practice that a rule comes from. */
struct rule_source {
    enum rule_kind kind;
    const char *en, *zh;
};

const struct rule_spec *rule_spec(enum rule_kind kind); /* kind < RULE_KINDS */
/* Of a rule, or of RULE_ANY_RULE. */
const struct rule_option *rule_options(int rule, size_t *n);
const struct rule_list *rule_list(enum rule_kind kind); /* NULL: it takes none */
const struct rule_example *rule_examples(size_t *n);
const struct rule_source *rule_source(enum rule_kind kind); /* each rule has one */

/* Whether x is in the range; what its numbers are, in words: "more than 0". */
bool rule_in_range(enum rule_range range, double x);
const char *rule_range_words(enum rule_range range);
const char *rule_range_words_zh(enum rule_range range);

#endif
