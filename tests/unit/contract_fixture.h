/*
 * contract_fixture.h - rows of outcomes as tables of cases: what is written, and what has to be
 * read. Each case is one indicator of one fund; all are scored in one run and looked at as JSON.
 */
#ifndef TESTS_CONTRACT_FIXTURE_H
#define TESTS_CONTRACT_FIXTURE_H

#include <stdbool.h>

#include "evaluation_fixture.h"

/* One row. Columns that are NULL are empty cells; expectations that are NULL are not looked at.
 * `read_target` and `read_actual` are JSON: 7000, [18, 54], "\"2019-12-31\"", null. */
struct value_case {
    const char *target, *actual, *unit, *column;
    const char *read_target, *read_actual, *sign, *status;
    const char *findings; /* codes of this row, in order, with blanks between; "" for none */
};

static inline void contract_cell(char *out, const char *text, const char *end)
{
    strcat(out, "\"");
    strcat(out, text ? text : "");
    strcat(out, "\"");
    strcat(out, end);
}

/* outcomes.csv with one row for each case, of fund p: indicator a.r0, a.r1, … of 1 point. */
static inline void contract_rows(const struct value_case *cases, size_t n)
{
    size_t cap = 512 * (n + 1);
    char *text = calloc(cap, 1), name[64];
    assert_non_null(text);
    strcpy(text, "fund,indicator,weight,target,actual,unit,sign\n");
    for (size_t i = 0; i < n; i++) {
        snprintf(name, sizeof name, "p,a.r%zu,1,", i);
        strcat(text, name);
        contract_cell(text, cases[i].target, ",");
        contract_cell(text, cases[i].actual, ",");
        contract_cell(text, cases[i].unit, ",");
        contract_cell(text, cases[i].column, "\n");
        assert_true(strlen(text) + 512 < cap);
    }
    fixture_file("outcomes.csv", text);
    free(text);
}

static inline bool contract_same(json_t *a, json_t *b)
{
    if (json_is_number(a) && json_is_number(b)) {
        double x = json_number_value(a), y = json_number_value(b);
        return fabs(x - y) <= 1e-12 * fmax(fabs(x), fabs(y));
    }
    if (!json_is_array(a) || !json_is_array(b) || json_array_size(a) != json_array_size(b))
        return json_equal(a, b);
    for (size_t i = 0; i < json_array_size(a); i++)
        if (!contract_same(json_array_get(a, i), json_array_get(b, i)))
            return false;
    return true;
}

/* Compares a JSON value with one that is written as JSON. */
static inline void contract_expect(json_t *value, const char *expected, const char *what)
{
    json_t *right = json_loads(expected, JSON_DECODE_ANY, NULL);
    assert_non_null(right);
    if (!value || !contract_same(value, right)) {
        char *told = value ? json_dumps(value, JSON_ENCODE_ANY) : NULL;
        fail_msg("%s: is %s, expected %s", what, told ? told : "nothing", expected);
    }
    json_decref(right);
}

static inline bool contract_text_is(const char *text, const char *expected)
{
    return text ? expected && strcmp(text, expected) == 0 : !expected;
}

/* The codes of the findings about one indicator of one fund, in order; not how far an actual is
 * over its target, which values alone do not decide. */
static inline void contract_codes(char *out, size_t cap, json_t *root, const char *fund,
                                  const char *path)
{
    size_t i;
    json_t *f;
    *out = '\0';
    json_array_foreach(json_object_get(root, "findings"), i, f)
    {
        if (!contract_text_is(fixture_text(f, "fund"), fund) ||
            !contract_text_is(fixture_text(f, "indicator"), path) ||
            contract_text_is(fixture_text(f, "code"), "target-too-low"))
            continue;
        assert_true(strlen(out) + strlen(fixture_text(f, "code")) + 2 < cap);
        strcat(out, *out ? " " : "");
        strcat(out, fixture_text(f, "code"));
    }
}

/* The n-th finding of a code (from 0). */
static inline json_t *contract_finding(json_t *root, const char *code, size_t n)
{
    size_t i;
    json_t *f;
    json_array_foreach(json_object_get(root, "findings"), i,
                       f) if (strcmp(fixture_text(f, "code"), code) == 0 && n-- == 0) return f;
    fail_msg("no such finding: %s", code);
    return NULL;
}

static inline void contract_check_case(json_t *root, const struct value_case *c, size_t i)
{
    char path[32], what[256], codes[256];
    snprintf(path, sizeof path, "a.r%zu", i);
    json_t *item = fixture_item(root, "p", path);
    snprintf(what, sizeof what, "target of '%s' | '%s' | '%s'", c->target ? c->target : "",
             c->actual ? c->actual : "", c->unit ? c->unit : "");
    if (c->read_target)
        contract_expect(json_object_get(item, "target"), c->read_target, what);
    memcpy(what, "actual", strlen("actual"));
    if (c->read_actual)
        contract_expect(json_object_get(item, "actual"), c->read_actual, what);
    memcpy(what, " sign ", strlen("actual"));
    if (c->sign && !contract_text_is(fixture_text(item, "sign"), c->sign))
        fail_msg("%s: is '%s', expected '%s'", what, fixture_text(item, "sign"), c->sign);
    memcpy(what, "status", strlen("actual"));
    if (c->status && !contract_text_is(fixture_text(item, "status"), c->status))
        fail_msg("%s: is '%s', expected '%s'", what, fixture_text(item, "status"), c->status);
    contract_codes(codes, sizeof codes, root, "p", path);
    if (c->findings && strcmp(codes, c->findings) != 0)
        fail_msg("%s: has the findings '%s', expected '%s'", what, codes, c->findings);
    /* The original text is kept: no cell is lost. */
    const char *target = fixture_text(item, "target_text"),
               *actual = fixture_text(item, "actual_text");
    if (c->target && strcspn(c->target, " ") && !contract_text_is(target, c->target))
        fail_msg("target '%s' is shown as '%s'", c->target, target ? target : "(nothing)");
    if (c->actual && strcspn(c->actual, " ") && !contract_text_is(actual, c->actual))
        fail_msg("actual '%s' is shown as '%s'", c->actual, actual ? actual : "(nothing)");
}

/* Scores one evaluation of these rows, of a type with that INI, in 2019, and looks at each. */
static inline void contract_check(const char *ini, const struct value_case *cases, size_t n)
{
    fixture_begin();
    fixture_evaluation("t");
    fixture_file("config/t.ini", ini);
    contract_rows(cases, n);
    json_t *root = fixture_score();
    for (size_t i = 0; i < n; i++)
        contract_check_case(root, &cases[i], i);
    json_decref(root);
    fixture_end();
}

#endif
