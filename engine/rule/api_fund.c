/*
 * api_fund.c - what scripts do to a fund: points, caps and a veto in rules.adjust, findings
 * anywhere.
 */
#include "rule/api.h"

#include <math.h>
#include <string.h>

#include "rule/library.h"

#define PARTS_MAX 1000

/* Instructions: what is recorded stays until the run ends, and is written out. */
#define RECORD_COST  20
#define RECORD_BYTES 4 /* of text for one more */

/* The fund that the call is about; a year before cannot be changed. */
static uint32_t check_own(lua_State *L, const char *method)
{
    if (luaL_testudata(L, 1, API_FUND) == NULL)
        luaL_error(L, "fund:%s is called with a colon: fund:%s(…)", method, method);
    const uint32_t fund = api_check_fund(L, 1);
    if (!api_is_own_fund(L, 1))
        luaL_error(L, "fund:%s: a year before cannot be changed", method);
    return fund;
}

static uint32_t check_adjust(lua_State *L, const char *method)
{
    const uint32_t fund = check_own(L, method);
    if (sandbox_of(L)->mode != MODE_ADJUST && sandbox_of(L)->mode != MODE_CONSOLE)
        luaL_error(L, "fund:%s is for rules.adjust only", method);
    sandbox_charge(L, RECORD_COST);
    return fund;
}

/* A text that is recorded. */
static const char *read_record(lua_State *L, int index, const char *what)
{
    const char *text = api_check_text(L, index, what);
    const size_t len = strlen(text);
    if (len > SANDBOX_TEXT_MAX)
        luaL_error(L, "%s is longer than %d bytes", what, SANDBOX_TEXT_MAX);
    sandbox_charge(L, RECORD_COST + len / RECORD_BYTES);
    return text;
}

static const char *read_reason(lua_State *L, int index)
{
    return lua_isnoneornil(L, index) ? "" : read_record(L, index, "the reason");
}

static double check_points(lua_State *L, const char *method)
{
    if (lua_type(L, 2) != LUA_TNUMBER || !isfinite(lua_tonumber(L, 2)))
        luaL_error(L, "fund:%s takes a number of points, not %s", method,
                   lua_type(L, 2) == LUA_TNUMBER ? "one without end" : luaL_typename(L, 2));
    return lua_tonumber(L, 2);
}

static void adjust_points(lua_State *L, uint32_t fund, double points)
{
    const struct script_data *data = sandbox_of(L)->data;
    const char *reason = read_reason(L, 3);
    if (!data->adjust(data->ctx, fund, points, NULL, false, reason))
        luaL_error(L, "the points cannot be taken");
}

/* fund:add(points, reason): adds points to the fund's score. */
static int fund_add(lua_State *L)
{
    const uint32_t fund = check_adjust(L, "add");
    adjust_points(L, fund, check_points(L, "add"));
    return 0;
}

/* fund:deduct(points, reason): takes points off; the points are 0 or more. */
static int fund_deduct(lua_State *L)
{
    const uint32_t fund = check_adjust(L, "deduct");
    const double points = check_points(L, "deduct");
    if (points < 0)
        return luaL_error(L, "fund:deduct takes points of 0 or more; fund:add adds");
    adjust_points(L, fund, points == 0 ? 0 : -points);
    return 0;
}

/* fund:cap(grade, reason): the grade is at most that. */
static int fund_cap(lua_State *L)
{
    const uint32_t fund = check_adjust(L, "cap");
    const struct script_data *data = sandbox_of(L)->data;
    const char *grade = api_check_text(L, 2, "fund:cap's grade");
    const char *reason = read_reason(L, 3);
    if (!data->adjust(data->ctx, fund, NAN, grade, false, reason))
        return luaL_error(L, "fund:cap: '%s' is no grade of this type", grade);
    return 0;
}

/* fund:veto(reason): the fund's score is 0. */
static int fund_veto(lua_State *L)
{
    const uint32_t fund = check_adjust(L, "veto");
    const struct script_data *data = sandbox_of(L)->data;
    const char *reason = read_reason(L, 2);
    if (!data->adjust(data->ctx, fund, NAN, NULL, true, reason))
        return luaL_error(L, "the veto cannot be taken");
    return 0;
}

/* The text of a finding: a text, or a table with one for each language. The table keeps what is
 * pushed alive. */
static void read_texts(lua_State *L, int index, const char **text, const char **english)
{
    *english = NULL;
    if (lua_type(L, index) != LUA_TTABLE) {
        *text = read_record(L, index, "fund:finding's text");
        return;
    }
    lua_pushliteral(L, "zh");
    const bool zh = lua_rawget(L, index) != LUA_TNIL;
    lua_pushliteral(L, "en");
    const bool en = lua_rawget(L, index) != LUA_TNIL;
    if (!zh && !en)
        luaL_error(L, "fund:finding's text is a table with neither zh nor en");
    if (en)
        *english = read_record(L, -1, "fund:finding's English text");
    *text = zh ? read_record(L, -2, "fund:finding's Chinese text") : *english;
}

/* fund:finding(severity, text[, code]): severity is "note", "warning" or "error", text is a text or
 * { zh = …, en = … }; without a code it is the finding `script`. */
static int fund_finding(lua_State *L)
{
    static const char *const words[] = {"note", "warning", "error"};
    const uint32_t fund = check_own(L, "finding");
    const struct script_data *data = sandbox_of(L)->data;
    const char *word = api_check_text(L, 2, "fund:finding's severity");
    const char *text, *english;
    lua_settop(L, 4);
    read_texts(L, 3, &text, &english);
    const char *code = lua_isnoneornil(L, 4) ? NULL : api_check_text(L, 4, "fund:finding's code");
    int severity = 0;
    while (severity < 3 && strcmp(words[severity], word) != 0)
        severity++;
    if (severity == 3)
        return library_unknown_of(L, "fund:finding: severity is note, warning or error, not", word,
                                  words, 3);
    if (!data->finding(data->ctx, fund, severity, code, text, english))
        return luaL_error(L, "fund:finding: there is no finding code '%s'",
                          code != NULL ? code : "script");
    return 0;
}

/* fund:expect_sum(total, {part, …}, within): whether the parts add up to the total, within so much;
 * a finding where not. Fails where the fund lacks one of them. */
static int fund_expect_sum(lua_State *L)
{
    const uint32_t fund = check_own(L, "expect_sum");
    const struct script_data *data = sandbox_of(L)->data;
    const char *missing = NULL;
    lua_settop(L, 4);
    const char *total = api_check_text(L, 2, "fund:expect_sum's total");
    if (lua_type(L, 3) != LUA_TTABLE)
        return luaL_error(L, "fund:expect_sum takes a list of parts: { \"basic\", \"project\" }");
    const lua_Unsigned n = lua_rawlen(L, 3);
    if (n == 0 || n > PARTS_MAX)
        return luaL_error(L, "fund:expect_sum takes 1 to %d parts", PARTS_MAX);
    if (!lua_isnil(L, 4) && lua_type(L, 4) != LUA_TNUMBER)
        return luaL_error(L, "fund:expect_sum: within is a number, not %s", luaL_typename(L, 4));
    const double within = lua_isnil(L, 4) ? 0 : lua_tonumber(L, 4);
    if (!(within >= 0) || isinf(within))
        return luaL_error(L, "fund:expect_sum: within is 0 or more");
    sandbox_charge(L, n);
    const char **parts = lua_newuserdatauv(L, n * sizeof *parts, 0);
    for (lua_Unsigned i = 0; i < n; i++) {
        if (lua_rawgeti(L, 3, (lua_Integer)i + 1) != LUA_TSTRING)
            return luaL_error(L, "fund:expect_sum: part %d is a %s, not a fact's name", (int)i + 1,
                              luaL_typename(L, -1));
        parts[i] = api_check_text(L, -1, "a part"); /* the list keeps it alive */
        lua_pop(L, 1);
    }
    const bool holds = data->expect_sum(data->ctx, fund, total, parts, (size_t)n, within, &missing);
    if (missing != NULL) {
        api_lack(L, missing);
        return luaL_error(L, "fund:expect_sum: the fund has no number '%s'", missing);
    }
    lua_pushboolean(L, holds);
    return 1;
}

void api_add_methods(lua_State *L)
{
    static const luaL_Reg methods[] = {
        {"add", fund_add},   {"deduct", fund_deduct},   {"cap", fund_cap},
        {"veto", fund_veto}, {"finding", fund_finding}, {"expect_sum", fund_expect_sum},
        {NULL, NULL},
    };
    luaL_setfuncs(L, methods, 0);
}
