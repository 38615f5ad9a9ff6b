/*
 * script_evaluation.h - an evaluation around a script of rules: funds p and q, the parts of both
 * that a test is about. Include in one file per test program.
 */
#ifndef TESTS_SCRIPT_EVALUATION_H
#define TESTS_SCRIPT_EVALUATION_H

#include <stdbool.h>

#include "evaluation_fixture.h"

#define SCRIPT_HEAD "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n"
#define SCRIPT_TAIL "\nreturn rules\n"

/* Writes an evaluation of type t for 2019 with these rows: years 2018 and 2019 may stand in them.
 */
static inline void script_begin(const char *rules, const char *outcomes, const char *facts)
{
    static char text[65536];
    fixture_begin();
    snprintf(text, sizeof text,
             "[evaluation]\nyears = 2019\ntype = t\nlanguage = en\n[data outcomes]\npath = "
             "outcomes.csv\n%s",
             facts ? "[data facts]\npath = facts.csv\n" : "");
    fixture_file("evaluation.ini", text);
    snprintf(text, sizeof text, SCRIPT_HEAD "%s" SCRIPT_TAIL, rules);
    fixture_file("scripts/t.lua", text);
    snprintf(text, sizeof text, "fund,year,indicator,weight,target,actual\n%s", outcomes);
    fixture_file("outcomes.csv", text);
    snprintf(text, sizeof text, "fund,year,fact,value\n%s", facts ? facts : "");
    if (facts)
        fixture_file("facts.csv", text);
}

/* The same, scored. */
static inline json_t *script_score(const char *rules, const char *outcomes, const char *facts)
{
    script_begin(rules, outcomes, facts);
    return fixture_score();
}

/* The n-th finding of a code about a fund (NULL: any); fails where there is none. */
static inline json_t *script_finding(json_t *root, const char *code, const char *fund)
{
    size_t i;
    json_t *f;
    json_array_foreach(json_object_get(root, "findings"), i, f)
    {
        const char *about = fixture_text(f, "fund");
        if (strcmp(fixture_text(f, "code"), code) == 0 &&
            (!fund || (about && strcmp(about, fund) == 0)))
            return f;
    }
    fail_msg("no finding %s", code);
    return NULL;
}

static inline void script_says(json_t *finding, const char *text)
{
    const char *message = fixture_text(finding, "message");
    if (!strstr(message, text))
        fail_msg("'%s' does not say '%s'", message, text);
}

static inline bool script_null(json_t *object, const char *key)
{
    return json_is_null(json_object_get(object, key));
}

#endif
