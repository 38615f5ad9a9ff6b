/*
 * script_run.c - calling a script's functions: many indicators under one protected call, which
 * marks a row that fails and goes on; or one fund.
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <lauxlib.h>

#include "base/text.h"
#include "rule/api.h"
#include "rule/coverage.h"
#include "rule/library.h"
#include "rule/script_parts.h"

#define MESSAGE_MAX 512

/* A call in progress. Rows before `at` have their results. */
struct run {
    struct script *script;
    int function;
    const struct script_data *data;
    const uint32_t *funds;
    const uint32_t *items; /* NULL: the function is a fund's */
    size_t n;
    size_t at;
    struct script_result *results;
    struct arena *texts;
};

/* No memory for what a script gave: not the script's fault, and the end of the run. */
static void starve(struct run *run, struct script_result *result)
{
    run->script->box->starved = true;
    if (result->message == NULL)
        result->message = "out of memory";
}

/* An error that is not Lua's: what a function returned. Its place, and all of its traceback, is the
 * function. */
static void fail_result(struct run *run, const char *format, ...)
{
    char what[MESSAGE_MAX], text[MESSAGE_MAX + 2 * SY_ERROR_FILE_MAX + 64];
    struct script_result *result = &run->results[run->at];
    va_list args;
    va_start(args, format);
    vsnprintf(what, sizeof what, format, args);
    va_end(args);
    *result = (struct script_result){.outcome = SCRIPT_ERROR};
    script_function_place(run->script, run->function, &result->file, &result->line);
    const char *file = result->file != NULL ? result->file : "script";
    snprintf(text, sizeof text, "%s:%u: %s (traceback: %s:%u)", file, (unsigned)result->line, what,
             file, (unsigned)result->line);
    result->message = arena_strdup(run->texts, text);
    if (result->message == NULL)
        starve(run, result);
}

/* The text or number at index, copied; false (and the result is an error) where it is no text. */
static bool take_text(lua_State *L, struct run *run, int index, const char *what, const char **out)
{
    size_t len = 0;
    *out = NULL;
    if (lua_isnil(L, index))
        return true;
    if (lua_type(L, index) != LUA_TSTRING && lua_type(L, index) != LUA_TNUMBER) {
        fail_result(run, "%s that the function returned is a %s, not a text", what,
                    luaL_typename(L, index));
        return false;
    }
    if (lua_type(L, index) == LUA_TNUMBER)
        library_tostring(L, index, NULL);
    else
        lua_pushvalue(L, index);
    const char *text = lua_tolstring(L, -1, &len);
    if (len > SANDBOX_TEXT_MAX) {
        fail_result(run, "%s that the function returned is longer than %d bytes", what,
                    SANDBOX_TEXT_MAX);
        return false;
    }
    if (strlen(text) != len || !text_is_utf8(text, len)) {
        fail_result(run, "%s that the function returned is not valid UTF-8 text", what);
        return false;
    }
    *out = arena_copy(run->texts, text, len);
    if (*out == NULL)
        starve(run, &run->results[run->at]);
    lua_pop(L, 1);
    return *out != NULL;
}

/* What was nil when the function read it, where it read one. */
static const char *take_lacking(struct run *run)
{
    const char *name = run->script->box->lacking;
    const char *copy = name[0] != '\0' ? arena_strdup(run->texts, name) : NULL;
    if (copy != NULL || name[0] == '\0')
        return copy;
    run->script->box->starved = true;
    return "a fact";
}

/* The function called a rule that cannot grade this indicator, and gave nothing else: a copy of the
 * rule, as Lua may let go of it. */
static bool take_unfit(lua_State *L, struct run *run)
{
    struct script_result *result = &run->results[run->at];
    const struct rule *rule = api_push_unfit(L);
    if (rule == NULL)
        return false;
    result->unfit = rule_copy(run->texts, rule);
    lua_pop(L, 1);
    if (result->unfit == NULL) {
        run->script->box->starved = true;
        return false;
    }
    result->outcome = SCRIPT_UNFIT;
    return true;
}

static bool take_not_applicable(lua_State *L, struct run *run, int index)
{
    struct script_result *result = &run->results[run->at];
    if (luaL_testudata(L, index, API_NOT_APPLICABLE) == NULL)
        return false;
    result->outcome = SCRIPT_NOT_APPLICABLE;
    lua_getiuservalue(L, index, 1);
    take_text(L, run, lua_gettop(L), "the reason", &result->reason);
    return true;
}

/* An indicator's function: attainment and reason, at the last two places of the stack. */
static void take_attainment(lua_State *L, struct run *run)
{
    struct script_result *result = &run->results[run->at];
    if (lua_type(L, -2) != LUA_TNUMBER) {
        const int value = lua_gettop(L) - 1;
        if (take_not_applicable(L, run, value) || take_unfit(L, run))
            return;
        result->lacking = take_lacking(run);
        result->outcome = SCRIPT_LACKING;
        if (result->lacking == NULL)
            fail_result(run, "the function returned %s, not a number from 0 to 1",
                        luaL_typename(L, value));
        return;
    }
    const double x = lua_tonumber(L, -2);
    if (!isfinite(x)) {
        fail_result(run, "the function returned %s, which is no attainment",
                    isnan(x) ? "not-a-number (0/0)" : "an infinite number");
        return;
    }
    result->value = (struct script_value){.kind = SCRIPT_NUMBER, .num = x};
    result->over_ratio = run->script->box->over_ratio;
    result->repeats = run->script->box->repeats;
    result->ranged = run->script->box->ranged;
    result->given = run->script->box->given;
    if (!lua_isnil(L, -1)) /* as it is of nearly all */
        take_text(L, run, lua_gettop(L), "the reason", &result->reason);
}

static bool take_range(lua_State *L, struct run *run, int index)
{
    struct script_value *value = &run->results[run->at].value;
    if (lua_type(L, index) != LUA_TTABLE || lua_rawlen(L, index) != 2)
        return false;
    if (lua_rawgeti(L, index, 1) != LUA_TNUMBER || lua_rawgeti(L, index, 2) != LUA_TNUMBER)
        return false;
    *value = (struct script_value){
        .kind = SCRIPT_RANGE, .num = lua_tonumber(L, -2), .hi = lua_tonumber(L, -1)};
    lua_pop(L, 2);
    return isfinite(value->num) && isfinite(value->hi) && value->num <= value->hi;
}

/* The value of a measure or target; false (and the result is an error) where it is none. */
static bool take_value(lua_State *L, struct run *run, int index)
{
    struct script_value *value = &run->results[run->at].value;
    int32_t days = 0;
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        *value = (struct script_value){.kind = SCRIPT_NUMBER, .num = lua_tonumber(L, index)};
        if (!isfinite(value->num))
            fail_result(run, "the function returned %s",
                        isnan(value->num) ? "not-a-number (0/0)" : "an infinite number");
        return isfinite(value->num);
    case LUA_TBOOLEAN:
        *value = (struct script_value){.kind = SCRIPT_BOOL, .num = lua_toboolean(L, index)};
        return true;
    case LUA_TSTRING:
        if (!take_text(L, run, index, "the value", &value->text))
            return false;
        value->kind = SCRIPT_TEXT;
        value->len = strlen(value->text);
        return true;
    default:
        break;
    }
    if (api_to_date(L, index, &days)) {
        *value = (struct script_value){.kind = SCRIPT_DATE, .num = days};
        return true;
    }
    if (run->script->functions[run->function - 1].mode == MODE_TARGET && take_range(L, run, index))
        return true;
    fail_result(run, "the function returned a %s, not a value", luaL_typename(L, index));
    return false;
}

/* A fund's function: a value and its unit, or nil and a reason. */
static void take_measure(lua_State *L, struct run *run)
{
    struct script_result *result = &run->results[run->at];
    const enum sandbox_mode mode = run->script->functions[run->function - 1].mode;
    const int value = lua_gettop(L) - 1, second = value + 1;
    if (mode == MODE_ADJUST || mode == MODE_CHECK)
        return;
    if (take_not_applicable(L, run, value))
        return;
    if (!lua_isnil(L, value)) {
        if (take_value(L, run, value))
            take_text(L, run, second, "the unit", &result->unit);
        return;
    }
    result->outcome = SCRIPT_NO_VALUE;
    if (take_text(L, run, second, "the reason", &result->reason))
        result->lacking = take_lacking(run);
}

/* Under sandbox_call: rows from run->at, until one fails. */
static int run_rows(lua_State *L)
{
    enum { RUN = 1, SCRIPT, FUNCTION, ITEM, OWN_FUND, TOP = ITEM + API_CALL_SLOTS - 1 };
    struct run *run = lua_touserdata(L, RUN);
    struct sandbox *s = sandbox_of(L);
    const int steps = run->script->functions[run->function - 1].steps;
    lua_rawgetp(L, LUA_REGISTRYINDEX, run->script);
    lua_rawgeti(L, SCRIPT, run->function);
    api_push_call(L);
    for (; run->at < run->n; run->at++) {
        run->results[run->at].outcome = SCRIPT_DONE;
        lua_settop(L, TOP);
        sandbox_begin(s, steps);
        api_show_fund(L, run->funds[run->at]);
        if (run->items != NULL)
            api_show_item(L, ITEM, run->items[run->at]);
        lua_pushvalue(L, FUNCTION);
        if (run->items != NULL)
            lua_pushvalue(L, ITEM);
        lua_pushvalue(L, OWN_FUND);
        lua_call(L, run->items != NULL ? 2 : 1, 2);
        sandbox_check(L);
        if (run->items != NULL)
            take_attainment(L, run);
        else
            take_measure(L, run);
    }
    return 0;
}

static void take_failure(struct run *run)
{
    const struct sandbox_failure *f = &run->script->box->failure;
    struct script_result *result = &run->results[run->at];
    *result = (struct script_result){.outcome = SCRIPT_ERROR};
    const bool limit = f->limit != LIMIT_NONE || f->nomem;
    if (!limit && take_unfit(run->script->box->L, run))
        return;
    if (!limit && run->script->box->lacking[0] != '\0') {
        result->outcome = SCRIPT_LACKING;
        result->lacking = take_lacking(run);
    }
    script_function_place(run->script, run->function, &result->file, &result->line);
    if (f->file[0] != '\0') {
        result->file = arena_strdup(run->texts, f->file);
        result->line = f->line;
    }
    result->message = sandbox_describe(f, run->texts);
    if (result->message == NULL || f->nomem)
        starve(run, result);
    result->limit = f->limit != LIMIT_NONE;
}

static void run_all(struct run *run)
{
    struct sandbox *s = run->script->box;
    memset(run->results, 0, run->n * sizeof *run->results);
    s->current = run->script;
    s->data = run->data;
    const struct script_function *f = &run->script->functions[run->function - 1];
    s->mode = f->mode;
    if (s->coverage != NULL && run->n > 0 && run->script->stop == NULL)
        coverage_mark_called(s->coverage, f->shown, f->line);
    while (run->at < run->n && run->script->stop == NULL) {
        if (sandbox_call(s, run_rows, run, true))
            break;
        take_failure(run);
        run->at++;
        if (s->failure.limit != LIMIT_NONE)
            script_stop(run->script, &script_limit);
    }
    s->mode = MODE_IDLE;
    s->data = NULL;
    s->current = NULL;
    for (; run->at < run->n; run->at++) {
        struct script_result *result = &run->results[run->at];
        const struct script_stop *stop = run->script->stop;
        *result = (struct script_result){.outcome = SCRIPT_DISABLED,
                                         .message = stop->message,
                                         .file = stop->file,
                                         .line = stop->line};
        if (stop->file == NULL)
            script_function_place(run->script, run->function, &result->file, &result->line);
    }
}

void script_run_items(struct script *s, int function, const struct script_data *data,
                      const uint32_t *funds, const uint32_t *items, size_t n,
                      struct script_result *results, struct arena *texts)
{
    struct run run = {.script = s,
                      .function = function,
                      .data = data,
                      .funds = funds,
                      .items = items,
                      .n = n,
                      .results = results,
                      .texts = texts};
    run_all(&run);
}

void script_run_fund(struct script *s, int function, const struct script_data *data, uint32_t fund,
                     struct script_result *result, struct arena *texts)
{
    struct run run = {.script = s,
                      .function = function,
                      .data = data,
                      .funds = &fund,
                      .n = 1,
                      .results = result,
                      .texts = texts};
    run_all(&run);
}
