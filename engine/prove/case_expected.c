/*
 * case_expected.c - what a case expects, of its indicators and its fund.
 */
#include <stdlib.h>
#include <string.h>

#include "prove/case.h"
#include "table/findings.h"

#define NUMBER (1u << PROVE_NUMBER)
#define PAIR   (1u << PROVE_PAIR)
#define TEXT   (1u << PROVE_TEXT)
#define NONE   (1u << PROVE_NONE)
#define TRUE   (1u << PROVE_TRUE)

#define OF_ITEM 1u
#define OF_FUND 2u
#define OF_CASE 4u

static const struct {
    const char *name;
    unsigned kinds, of;
    const char *form;
} whats[PROVE_WHATS] = {
    [PROVE_ATTAINMENT] = {"attainment", NUMBER | NONE, OF_ITEM, "a number, or false for none"},
    [PROVE_SCORE] = {"score", NUMBER | NONE, OF_ITEM | OF_FUND, "a number, or false for none"},
    [PROVE_STATUS] = {"status", TEXT, OF_ITEM | OF_FUND, "a text"},
    [PROVE_REASON] = {"reason", TEXT, OF_ITEM | OF_FUND, "a text that the reason contains"},
    [PROVE_ACTUAL] = {"actual", NUMBER | PAIR | TEXT | NONE | TRUE, OF_ITEM,
                      "a number, a text, true, or false for none"},
    [PROVE_TARGET] = {"target", NUMBER | PAIR | TEXT | NONE | TRUE, OF_ITEM,
                      "a number, two of them, a text, true, or false for none"},
    [PROVE_RATING] = {"rating", TEXT | NONE, OF_ITEM, "a text, or false for none"},
    [PROVE_GRADE] = {"grade", TEXT | NONE, OF_FUND, "a text, or false for none"},
    [PROVE_COVERAGE] = {"coverage", NUMBER | NONE, OF_FUND, "a number from 0 to 1, or false"},
    [PROVE_BOUNDS] = {"bounds", PAIR | NONE, OF_FUND, "{ lowest, highest }, or false for none"},
    [PROVE_POINTS] = {"points", NUMBER, OF_FUND, "a number"},
    [PROVE_CAP] = {"cap", TEXT | NONE, OF_FUND, "a grade, or false for none"},
    [PROVE_FINDING] = {"finding", TEXT, OF_CASE, "a code or a list of codes"},
    [PROVE_NO_FINDING] = {"no_finding", TEXT | TRUE, OF_CASE, "a code, a list of codes, or true"},
    [PROVE_ERROR] = {"error", TEXT, OF_CASE, "a text that the error contains"}};

/* Expectations as they are met. */
struct expecting {
    const struct case_reading *r;
    struct prove_expect *list;
    size_t n, cap;
    const char *path; /* of the indicator that is spoken of; NULL: the case's own */
    bool of_fund;
};

const char *prove_what_name(enum prove_what what)
{
    return whats[what].name;
}

static sy_status add_expect(struct expecting *e, const struct prove_expect *expect)
{
    if (e->n == e->cap) {
        size_t cap = e->cap ? 2 * e->cap : 8;
        struct prove_expect *grown = case_alloc(e->r, cap * sizeof *grown);
        if (!grown)
            return SY_ENOMEM;
        if (e->n)
            memcpy(grown, e->list, e->n * sizeof *grown);
        e->list = grown;
        e->cap = cap;
    }
    e->list[e->n++] = *expect;
    return SY_OK;
}

/* A word that must be one of few. */
static sy_status check_word(const struct expecting *e, const struct prove_expect *expect)
{
    static const char *const items[] = {"scored",   "missing",        "untargeted", "unrated",
                                        "rejected", "not_applicable", "error"};
    static const char *const funds[] = {"scored", "insufficient", "unscored", "error"};
    const char *codes[FINDING_CODES];
    const char *const *known = expect->of_fund ? funds : items;
    size_t n = expect->of_fund ? sizeof funds / sizeof *funds : sizeof items / sizeof *items;
    if (expect->kind != PROVE_TEXT)
        return SY_OK;
    if (expect->what == PROVE_FINDING || expect->what == PROVE_NO_FINDING) {
        for (n = 0; n < FINDING_CODES; n++)
            codes[n] = finding_word((enum finding_code)n);
        known = codes;
    } else if (expect->what != PROVE_STATUS) {
        return SY_OK;
    }
    if (case_find(known, n, expect->text) >= 0)
        return SY_OK;
    return case_refuse_word(
        e->r, expect->what == PROVE_STATUS ? "no status is called" : "no finding has the code",
        expect->text, known, n);
}

static sy_status add_value(struct expecting *e, enum prove_what what, const struct test_value *v)
{
    struct prove_expect expect = {.what = what, .of_fund = e->of_fund, .path = e->path};
    const struct test_value *m = v->members;
    if (v->kind == TEST_NUMBER) {
        expect.kind = PROVE_NUMBER;
        expect.num = v->num;
    } else if (v->kind == TEST_TEXT) {
        expect.kind = PROVE_TEXT;
        expect.text = v->text;
    } else if (v->kind == TEST_BOOL) {
        expect.kind = v->num != 0 ? PROVE_TRUE : PROVE_NONE;
    } else if (v->nmembers == 2 && !m[0].key && m[0].kind == TEST_NUMBER && !m[1].key &&
               m[1].kind == TEST_NUMBER) {
        expect.kind = PROVE_PAIR;
        expect.num = m[0].num;
        expect.hi = m[1].num;
    } else {
        return case_refuse(e->r, "%s is %s", whats[what].name, whats[what].form);
    }
    if (!(whats[what].kinds & (1u << expect.kind)))
        return case_refuse(e->r, "%s is %s", whats[what].name, whats[what].form);
    sy_status status = check_word(e, &expect);
    return status == SY_OK ? add_expect(e, &expect) : status;
}

/* Codes one by one, or a list of them. */
static sy_status add_codes(struct expecting *e, enum prove_what what, const struct test_value *v)
{
    sy_status status = SY_OK;
    if (v->kind != TEST_TABLE)
        return add_value(e, what, v);
    if (v->nmembers == 0)
        return case_refuse(e->r, "%s is %s", whats[what].name, whats[what].form);
    for (size_t i = 0; i < v->nmembers && status == SY_OK; i++) {
        if (v->members[i].key || v->members[i].kind != TEST_TEXT)
            return case_refuse(e->r, "%s is %s", whats[what].name, whats[what].form);
        status = add_value(e, what, &v->members[i]);
    }
    return status;
}

static int find_what(const char *word)
{
    for (int i = 0; i < PROVE_WHATS; i++)
        if (strcmp(whats[i].name, word) == 0)
            return i;
    return -1;
}

/* A key that is not known here, or is known of something else. */
static sy_status refuse_key(const struct expecting *e, const char *key, unsigned of, bool nests)
{
    const char *known[PROVE_WHATS + 2];
    size_t n = 0;
    const int what = find_what(key);
    for (int i = 0; i < PROVE_WHATS; i++)
        if (whats[i].of & of)
            known[n++] = whats[i].name;
    if (nests) {
        known[n++] = "fund";
        known[n++] = "indicators";
    }
    if (what >= 0 && whats[what].of & OF_FUND)
        return case_refuse(e->r, "%s is the fund's: write fund = { %s = … }", key, key);
    if (what >= 0 && whats[what].of & OF_ITEM)
        return case_refuse(
            e->r, "%s is an indicator's: write indicators = { [\"output.x\"] = { %s = … } }", key,
            key);
    return case_refuse_word(e->r, "nothing expected is called", key, known, n);
}

static sy_status check_keys(const struct expecting *e, const struct test_value *table, unsigned of,
                            bool nests)
{
    for (size_t i = 0; i < table->nmembers; i++) {
        const char *key = table->members[i].key;
        if (!key)
            return case_refuse(e->r, "what is expected has names: { attainment = 1 }");
        if (nests && (strcmp(key, "fund") == 0 || strcmp(key, "indicators") == 0))
            continue;
        const int what = find_what(key);
        if (what < 0 || !(whats[what].of & of))
            return refuse_key(e, key, of, nests);
    }
    return SY_OK;
}

/* In the order of enum prove_what: how a table was written is not known. */
static sy_status add_table(struct expecting *e, const struct test_value *table, unsigned of,
                           bool nests)
{
    sy_status status = check_keys(e, table, of, nests);
    for (int i = 0; i < PROVE_WHATS && status == SY_OK; i++) {
        const enum prove_what what = (enum prove_what)i;
        const struct test_value *v = case_member(table, whats[i].name);
        if (v)
            status = whats[i].of == OF_CASE ? add_codes(e, what, v) : add_value(e, what, v);
    }
    return status;
}

/* A table of its own that names something: an empty one could not fail. */
static bool has_members(const struct test_value *v)
{
    return v->kind == TEST_TABLE && v->nmembers > 0;
}

static sy_status add_fund(struct expecting *e, const struct test_value *v)
{
    if (!v)
        return SY_OK;
    if (!has_members(v))
        return case_refuse(e->r, "fund is a table: fund = { score = 93.25 }");
    e->of_fund = true;
    e->path = NULL;
    return add_table(e, v, OF_FUND, false);
}

static sy_status add_items(struct expecting *e, const struct test_value *v)
{
    sy_status status = SY_OK;
    if (!v)
        return SY_OK;
    bool fits = has_members(v);
    e->of_fund = false;
    for (size_t i = 0; fits && i < v->nmembers && status == SY_OK; i++) {
        const struct test_value *item = &v->members[i];
        fits = item->key && has_members(item);
        e->path = item->key;
        if (fits)
            status = add_table(e, item, OF_ITEM, false);
    }
    return fits ? status
                : case_refuse(e->r, "indicators is a table by paths: { [\"output.x\"] = { score = "
                                    "5 } }");
}

sy_status case_expected(struct prove_case *out, const struct case_reading *r,
                        const struct test_value *expected)
{
    struct expecting e = {.r = r, .of_fund = !out->flat};
    sy_status status = add_table(&e, expected, (out->flat ? OF_ITEM : OF_FUND) | OF_CASE, true);
    if (status == SY_OK)
        status = add_fund(&e, case_member(expected, "fund"));
    if (status == SY_OK)
        status = add_items(&e, case_member(expected, "indicators"));
    if (status == SY_OK && e.n == 0)
        status = case_refuse(r, "expects nothing: such a case cannot fail");
    out->expects = e.list;
    out->nexpects = e.n;
    return status;
}
