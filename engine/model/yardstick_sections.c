/*
 * yardstick_sections.c - which sections and keys a yardstick has, and what each value may be.
 *
 * Every line of every layer passes here, also one that a later layer replaces.
 */
#include "model/yardstick_parts.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/pattern.h"
#include "base/suggest.h"
#include "base/text.h"

#define COUNT(array)    (sizeof(array) / sizeof *(array))
#define POINTS_MAX      1e6 /* sums of such points stay exact in nine decimals */
#define BOUND_MAX       1e6
#define DECIMALS_MAX    DECIMAL_PLACES_MAX
#define PATH_LEVELS_MAX 8

enum rule_kind { RULE_TEXT, RULE_NUMBER, RULE_WHOLE, RULE_WORD };

/* What the value of one key of a section with fixed keys may be. */
struct key_rule {
    const char *key;
    enum rule_kind kind;
    double lo, hi;
    bool over_lo; /* lo itself is too little */
    const char *const *words;
    size_t nwords;
};

static const char *const policy_words[] = {"zero", "exclude", "full"};
static const char *const rescale_words[] = {"total", "level"};
static const char *const mode_words[] = {"half_up", "half_even", "down"};
static const char *const apply_words[] = {"indicator", "total"};
static const char *const sign_words[] = {">=", ">", "=", "<", "<=", "between", "by", "qualitative"};
/* The first stand in the order of enum fact_kind from FACT_NUMBER on. */
static const char *const fact_words[] = {"number",  "money", "percent", "date",
                                         "boolean", "text",  "required"};

static const struct key_rule type_rules[] = {
    [TYPE_NAME] = {.key = "name", .kind = RULE_TEXT},
    [TYPE_SCRIPT] = {.key = "script", .kind = RULE_TEXT},
    [TYPE_EXTENDS] = {.key = "extends", .kind = RULE_TEXT},
    [TYPE_FULL_SCORE] =
        {.key = "full_score", .kind = RULE_NUMBER, .lo = 0, .hi = POINTS_MAX, .over_lo = true},
    [TYPE_MIN_COVERAGE] = {.key = "min_coverage", .kind = RULE_NUMBER, .lo = 0, .hi = 1},
};

#define WORD_RULE(name, list)                                                    \
    {                                                                            \
        .key = (name), .kind = RULE_WORD, .words = (list), .nwords = COUNT(list) \
    }

static const struct key_rule rounding_rules[] = {
    [ROUNDING_DECIMALS] = {.key = "decimals", .kind = RULE_WHOLE, .lo = 0, .hi = DECIMALS_MAX},
    [ROUNDING_MODE] = WORD_RULE("mode", mode_words),
    [ROUNDING_APPLY] = WORD_RULE("apply", apply_words),
};

static const struct key_rule missing_rules[] = {
    [MISSING_ACTUAL] = WORD_RULE("actual", policy_words),
    [MISSING_TARGET] = WORD_RULE("target", policy_words),
    [MISSING_RATING] = WORD_RULE("rating", policy_words),
    [MISSING_REJECTED] = WORD_RULE("rejected", policy_words),
    [MISSING_NOT_APPLICABLE] = WORD_RULE("not_applicable", policy_words),
    [MISSING_RESCALE] = WORD_RULE("rescale", rescale_words),
};

typedef sy_status read_value(struct yard_cell *out, const struct yard_key *k, sy_error *err);

static read_value read_level, read_weight, read_sign, read_path_text, read_fact, read_anything,
    read_rating, read_bound, read_was;

/* A section: either its keys are fixed, or any key's value is read by `read`. */
struct section_rule {
    const char *name;
    const struct key_rule *keys;
    size_t nkeys;
    read_value *read;
};

static const struct section_rule sections[YARD_SECTIONS] = {
    [YARD_TYPE] = {"type", type_rules, COUNT(type_rules), NULL},
    [YARD_LEVELS] = {"levels", NULL, 0, read_level},
    [YARD_WEIGHTS] = {"weights", NULL, 0, read_weight},
    [YARD_SIGNS] = {"signs", NULL, 0, read_sign},
    [YARD_TARGETS] = {"targets", NULL, 0, read_path_text},
    [YARD_NAMES] = {"names", NULL, 0, read_path_text},
    [YARD_FACTS] = {"facts", NULL, 0, read_fact},
    [YARD_PARAMETERS] = {"parameters", NULL, 0, read_anything},
    [YARD_RATINGS] = {"ratings", NULL, 0, read_rating},
    [YARD_GRADES] = {"grades", NULL, 0, read_bound},
    [YARD_ROUNDING] = {"rounding", rounding_rules, COUNT(rounding_rules), NULL},
    [YARD_MISSING] = {"missing", missing_rules, COUNT(missing_rules), NULL},
    [YARD_WAS] = {"was", NULL, 0, read_was},
};

/* "; did you mean 'x'?" in three parts, or nothing. */
static const char *mean_open(const char *near)
{
    return near ? "; did you mean '" : "";
}

static sy_status refuse_word(sy_error *err, const struct yard_key *k, const char *word,
                             const char *const *words, size_t n, const char *all)
{
    const char *near = suggest(word, words, n);
    return yard_fail(err, &k->origin, "[%s] %s: '%s' is none of %s%s%s%s", k->section, k->key, word,
                     all, mean_open(near), near ? near : "", near ? "'?" : "");
}

/* The words of a rule with commas between, for a message. */
static const char *join_words(char *out, size_t cap, const char *const *words, size_t n)
{
    size_t len = 0;
    out[0] = '\0';
    for (size_t i = 0; i < n; i++) {
        size_t more = strlen(words[i]) + (i > 0 ? 2 : 0);
        if (len + more >= cap)
            break;
        if (i > 0)
            memcpy(out + len, ", ", 2);
        memcpy(out + len + (i > 0 ? 2 : 0), words[i], strlen(words[i]) + 1);
        len += more;
    }
    return out;
}

static sy_status read_number(double *out, const struct yard_key *k, double lo, double hi,
                             bool over_lo, sy_error *err)
{
    char low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];
    if (!number_parse(out, k->value, strlen(k->value)))
        return yard_fail(err, &k->origin, "[%s] %s: '%s' is not a number", k->section, k->key,
                         k->value);
    if (*out >= lo && *out <= hi && !(over_lo && *out <= lo))
        return SY_OK;
    number_print(low, lo);
    number_print(high, hi);
    if (over_lo)
        return yard_fail(err, &k->origin, "[%s] %s: %s must be over %s and at most %s", k->section,
                         k->key, k->value, low, high);
    return yard_fail(err, &k->origin, "[%s] %s: %s must be from %s to %s", k->section, k->key,
                     k->value, low, high);
}

static sy_status read_by_rule(struct yard_cell *out, const struct key_rule *rule,
                              const struct yard_key *k, sy_error *err)
{
    char all[128];
    switch (rule->kind) {
    case RULE_TEXT:
        if (*k->value == '\0')
            return yard_fail(err, &k->origin, "[%s] %s is empty; give a value, or none", k->section,
                             k->key);
        return SY_OK;
    case RULE_WORD:
        for (size_t i = 0; i < rule->nwords; i++) {
            if (strcmp(rule->words[i], k->value) == 0) {
                out->word = (int)i;
                return SY_OK;
            }
        }
        return refuse_word(err, k, k->value, rule->words, rule->nwords,
                           join_words(all, sizeof all, rule->words, rule->nwords));
    case RULE_NUMBER:
    case RULE_WHOLE:
        break;
    }
    sy_status status = read_number(&out->number, k, rule->lo, rule->hi, rule->over_lo, err);
    if (status == SY_OK && rule->kind == RULE_WHOLE && out->number != (double)(int)out->number)
        return yard_fail(err, &k->origin, "[%s] %s: %s is not a whole number", k->section, k->key,
                         k->value);
    return status;
}

static sy_status read_fixed(struct yard_cell *out, const struct section_rule *section,
                            const struct yard_key *k, sy_error *err)
{
    const char *names[8];
    char all[128];
    for (size_t i = 0; i < section->nkeys; i++) {
        if (strcmp(section->keys[i].key, k->key) == 0) {
            out->member = i;
            if (strcmp(k->value, YARD_NONE) == 0)
                return SY_OK;
            return read_by_rule(out, &section->keys[i], k, err);
        }
        names[i] = section->keys[i].key;
    }
    const char *near = suggest(k->key, names, section->nkeys);
    if (near)
        return yard_fail(err, &k->origin, "[%s] has no key '%s'; did you mean '%s'?", k->section,
                         k->key, near);
    return yard_fail(err, &k->origin, "[%s] has no key '%s'; it has %s", k->section, k->key,
                     join_words(all, sizeof all, names, section->nkeys));
}

/* A path: 1 to 8 levels, none of them empty. */
static sy_status check_path(const struct yard_key *k, const char *path, sy_error *err)
{
    size_t levels = 1;
    bool empty = false;
    if (pattern_is(path))
        return yard_fail(err, &k->origin,
                         "[%s] %s: '*' stands for other characters only in [weights] and [signs]",
                         k->section, path);
    for (const char *p = path; *p; p++) {
        if (*p != '.')
            continue;
        levels++;
        empty = empty || p == path || p[1] == '.' || p[1] == '\0';
    }
    if (empty)
        return yard_fail(err, &k->origin, "[%s] %s: a path with an empty level", k->section, path);
    if (levels > PATH_LEVELS_MAX)
        return yard_fail(err, &k->origin, "[%s] %s: a path of %zu levels; at most %d", k->section,
                         path, levels, PATH_LEVELS_MAX);
    return SY_OK;
}

static sy_status read_level(struct yard_cell *out, const struct yard_key *k, sy_error *err)
{
    sy_status status = check_path(k, k->key, err);
    return status != SY_OK ? status : read_number(&out->number, k, 0, POINTS_MAX, false, err);
}

static sy_status read_weight(struct yard_cell *out, const struct yard_key *k, sy_error *err)
{
    bool pattern = pattern_is(k->key);
    sy_status status = pattern ? SY_OK : check_path(k, k->key, err);
    if (status != SY_OK)
        return status;
    out->flag = strcmp(k->value, "split") == 0;
    if (out->flag && !pattern)
        return yard_fail(err, &k->origin,
                         "[weights] %s: 'split' shares points among a pattern's indicators; "
                         "write %s.* = split",
                         k->key, k->key);
    return out->flag ? SY_OK : read_number(&out->number, k, 0, POINTS_MAX, false, err);
}

static sy_status read_sign(struct yard_cell *out, const struct yard_key *k, sy_error *err)
{
    char all[128];
    sy_status status = pattern_is(k->key) ? SY_OK : check_path(k, k->key, err);
    if (status != SY_OK)
        return status;
    enum sign sign = sign_read(k->value, strlen(k->value));
    if (sign == SIGN_NONE)
        return refuse_word(err, k, k->value, sign_words, COUNT(sign_words),
                           join_words(all, sizeof all, sign_words, COUNT(sign_words)));
    out->word = (int)sign;
    return SY_OK;
}

static sy_status read_path_text(struct yard_cell *out, const struct yard_key *k, sy_error *err)
{
    (void)out;
    return check_path(k, k->key, err);
}

/* Index of the word in fact_words, or their number. */
static size_t find_fact_word(const char *word, size_t len)
{
    size_t i = 0;
    while (i < COUNT(fact_words) &&
           !(strncmp(fact_words[i], word, len) == 0 && fact_words[i][len] == '\0'))
        i++;
    return i;
}

static sy_status refuse_fact_word(sy_error *err, const struct yard_key *k, const char *word,
                                  size_t len)
{
    char copy[64], all[128];
    size_t n = len < sizeof copy ? text_utf8_span(word, len) : text_utf8_span(word, 60);
    memcpy(copy, word, n);
    copy[n] = '\0';
    return refuse_word(err, k, copy, fact_words, COUNT(fact_words),
                       join_words(all, sizeof all, fact_words, COUNT(fact_words)));
}

static sy_status read_fact(struct yard_cell *out, const struct yard_key *k, sy_error *err)
{
    const char *p = k->value;
    out->word = FACT_ANY;
    for (;;) {
        p += strspn(p, " \t");
        size_t len = strcspn(p, " \t");
        if (len == 0)
            return SY_OK;
        size_t i = find_fact_word(p, len);
        if (i == COUNT(fact_words))
            return refuse_fact_word(err, k, p, len);
        if (i == COUNT(fact_words) - 1) {
            out->flag = true;
        } else if (out->word != FACT_ANY) {
            return yard_fail(err, &k->origin, "[facts] %s: both %s and %s; a fact has one kind",
                             k->key, fact_words[out->word - FACT_NUMBER], fact_words[i]);
        } else {
            out->word = FACT_NUMBER + (int)i;
        }
        p += len;
    }
}

static sy_status read_anything(struct yard_cell *out, const struct yard_key *k, sy_error *err)
{
    (void)out;
    (void)k;
    (void)err;
    return SY_OK;
}

static sy_status read_rating(struct yard_cell *out, const struct yard_key *k, sy_error *err)
{
    return read_number(&out->number, k, 0, 1, false, err);
}

static sy_status read_bound(struct yard_cell *out, const struct yard_key *k, sy_error *err)
{
    if (strcmp(k->value, YARD_CAP) == 0) {
        out->number = -INFINITY;
        return SY_OK;
    }
    return read_number(&out->number, k, -BOUND_MAX, BOUND_MAX, false, err);
}

/* The value is a list by commas; yardstick_build.c cuts it. */
static sy_status read_was(struct yard_cell *out, const struct yard_key *k, sy_error *err)
{
    (void)out;
    sy_status status = check_path(k, k->key, err);
    if (status != SY_OK)
        return status;
    for (const char *p = k->value;; p++) {
        const char *part = p;
        size_t len = strcspn(p, ",");
        p += len;
        text_trim(&part, &len);
        if (len == 0)
            return yard_fail(err, &k->origin,
                             "[was] %s: an empty name in '%s'; write OLD, OLD, or none", k->key,
                             k->value);
        if (*p == '\0')
            return SY_OK;
    }
}

bool yard_section_find(enum yard_section *out, const char *name)
{
    for (int i = 0; i < YARD_SECTIONS; i++) {
        if (strcmp(sections[i].name, name) == 0) {
            *out = (enum yard_section)i;
            return true;
        }
    }
    return false;
}

sy_status yard_section_check(const char *name, const struct origin *origin, sy_error *err)
{
    const char *names[YARD_SECTIONS];
    char all[256];
    enum yard_section section;
    if (yard_section_find(&section, name))
        return SY_OK;
    for (int i = 0; i < YARD_SECTIONS; i++)
        names[i] = sections[i].name;
    if (*name == '\0')
        return yard_fail(err, origin,
                         "a key before the first section; put a header such as [weights] above it");
    const char *near = suggest(name, names, YARD_SECTIONS);
    if (near)
        return yard_fail(err, origin, "unknown section [%s]; did you mean [%s]?", name, near);
    return yard_fail(err, origin, "unknown section [%s]; there are %s", name,
                     join_words(all, sizeof all, names, YARD_SECTIONS));
}

sy_status yard_key_read(enum yard_section *section, struct yard_cell *cell,
                        const struct yard_key *key, sy_error *err)
{
    memset(cell, 0, sizeof *cell);
    sy_status status = yard_section_check(key->section, &key->origin, err);
    if (status != SY_OK)
        return status;
    yard_section_find(section, key->section);
    const struct section_rule *rule = &sections[*section];
    if (rule->nkeys > 0)
        return read_fixed(cell, rule, key, err);
    if (strcmp(key->value, YARD_NONE) == 0)
        return SY_OK;
    return rule->read(cell, key, err);
}
