/*
 * script_fixture.h - scripts written into a temporary folder and loaded from there.
 */
#ifndef TESTS_SCRIPT_FIXTURE_H
#define TESTS_SCRIPT_FIXTURE_H

#include "check.h"
#include "script_fake.h"
#include "temp.h"

#include <sys/stat.h>

#define HEAD "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n"
#define TAIL "\nreturn rules\n"

struct fixture {
    char folder[TEMP_MAX];
    char shown[4][32];
    char paths[4][128];
    char lib[128];
    struct script_source layers[4];
    size_t nlayers;
    struct sandbox *box;
    struct fake fake;
    struct script_data data;
    struct arena texts;
    sy_error err;
};

static inline void write_text(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    assert_int_equal(fclose(f), 0);
}

static inline void fixture_open(struct fixture *x)
{
    *x = (struct fixture){.fake = {.actual = 3500}};
    assert_non_null(mkdtemp(temp_name(x->folder, "script")));
    strcat(strcpy(x->lib, x->folder), "/lib");
    assert_int_equal(mkdir(x->lib, 0777), 0);
    x->data = fake_data(&x->fake);
    assert_int_equal(sandbox_open(&x->box, NULL, &x->err), SY_OK);
}

static inline void fixture_close(struct fixture *x)
{
    char command[128];
    sandbox_close(x->box);
    arena_dispose(&x->texts);
    snprintf(command, sizeof command, "rm -rf '%s'", x->folder);
    assert_int_equal(system(command), 0);
}

/* A layer above those that are there, shown as scripts/N.lua from 1. */
static inline void fixture_layer(struct fixture *x, const char *source)
{
    const size_t i = x->nlayers++;
    snprintf(x->shown[i], sizeof x->shown[i], "scripts/%zu.lua", i + 1);
    char path[128];
    snprintf(path, sizeof path, "%s/%zu.lua", x->folder, i + 1);
    strcpy(x->paths[i], path);
    write_text(x->paths[i], source);
    x->layers[i] = (struct script_source){x->paths[i], x->shown[i], x->lib};
}

static inline void fixture_lib(struct fixture *x, const char *name, const char *source)
{
    char path[192];
    snprintf(path, sizeof path, "%s/%s.lua", x->lib, name);
    write_text(path, source);
}

static inline sy_status fixture_load(struct fixture *x, struct script **out,
                                     const struct script_parameter *parameters, size_t n)
{
    x->err = (sy_error){0};
    return script_load(out, x->box, x->layers, x->nlayers, parameters, n, &x->err);
}

/* A script of one layer that must load. */
static inline struct script *load_source(struct fixture *x, const char *source)
{
    struct script *script = NULL;
    x->nlayers = 0;
    fixture_layer(x, source);
    if (fixture_load(x, &script, NULL, 0) != SY_OK)
        fail_msg("%s:%u: %s", x->err.file, (unsigned)x->err.line, x->err.message);
    return script;
}

/* A script of one layer that must not. */
static inline void expect_refusal(const char *source, const char *message, uint32_t line)
{
    struct fixture x;
    struct script *script = NULL;
    fixture_open(&x);
    fixture_layer(&x, source);
    const sy_status status = fixture_load(&x, &script, NULL, 0);
    if (status != SY_EINPUT)
        fail_msg("not refused: %s", source);
    if (strstr(x.err.message, message) == NULL)
        fail_msg("'%s' does not say '%s'", x.err.message, message);
    assert_text(x.err.file, "scripts/1.lua");
    if (x.err.line != line)
        fail_msg("line %u, expected %u: %s", (unsigned)x.err.line, (unsigned)line, x.err.message);
    assert_null(script);
    fixture_close(&x);
}

static inline const struct rule *rule_at(struct fixture *x, struct script *script, const char *path)
{
    const struct rule *rule = NULL;
    assert_int_equal(script_rule_of(&rule, script, path, &x->err), SY_OK);
    return rule;
}

/* The function that grades `path`, called with an item of the first fund. */
static inline struct script_result run_item(struct fixture *x, struct script *script,
                                            const char *path, uint32_t item)
{
    struct script_result result = {0};
    const uint32_t fund = FUND;
    const struct rule *rule = rule_at(x, script, path);
    assert_non_null(rule);
    assert_int_equal(rule->kind, RULE_FUNCTION);
    script_run_items(script, rule->function, &x->data, &fund, &item, 1, &result, &x->texts);
    return result;
}

static inline struct script_result run_fund(struct fixture *x, struct script *script, int function,
                                            uint32_t fund)
{
    struct script_result result = {0};
    assert_true(function > 0);
    script_run_fund(script, function, &x->data, fund, &result, &x->texts);
    return result;
}

static inline void expect_done(const struct script_result *result, double value)
{
    if (result->outcome != SCRIPT_DONE)
        fail_msg("outcome %d: %s", (int)result->outcome,
                 result->message   ? result->message
                 : result->lacking ? result->lacking
                                   : "");
    assert_score_equal(result->value.num, value);
}

static inline void expect_error(const struct script_result *result, const char *message)
{
    assert_int_equal(result->outcome, SCRIPT_ERROR);
    assert_non_null(result->message);
    if (strstr(result->message, message) == NULL)
        fail_msg("'%s' does not say '%s'", result->message, message);
    assert_false(result->limit);
}

#endif
