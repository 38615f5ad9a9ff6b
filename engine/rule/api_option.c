/*
 * api_option.c - reading the options of rule constructors: an unknown or ill-typed one is an error.
 */
#include "rule/api.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "rule/library.h"

#define OPTIONS_MAX 16

static bool is_allowed(const struct api_options *o, const char *name)
{
    for (size_t i = 0; i < o->n; i++)
        if (strcmp(o->names[i], name) == 0)
            return true;
    return strcmp(name, "missing") == 0 || strcmp(name, "not_applicable") == 0;
}

static int refuse_option(lua_State *L, const struct api_options *o, const char *name)
{
    const char *candidates[OPTIONS_MAX];
    char what[64];
    size_t n = 0;
    for (; n < o->n && n < OPTIONS_MAX - 2; n++)
        candidates[n] = o->names[n];
    candidates[n++] = "missing";
    candidates[n++] = "not_applicable";
    snprintf(what, sizeof what, "%s has no option", o->rule);
    return library_unknown_of(L, what, name, candidates, n);
}

void api_check_options(lua_State *L, const struct api_options *o)
{
    const char *unknown = NULL;
    if (lua_isnoneornil(L, 1)) {
        lua_settop(L, 0);
        lua_newtable(L);
    }
    if (lua_type(L, 1) != LUA_TTABLE)
        luaL_error(L, "%s takes a table of options: sy.%s{ … }", o->rule, o->rule);
    lua_settop(L, 1);
    for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1)) {
        sandbox_charge(L, 1);
        if (lua_type(L, -2) == LUA_TNUMBER && o->list)
            continue;
        if (lua_type(L, -2) != LUA_TSTRING)
            luaL_error(L, "%s takes named options only: sy.%s{ name = value }", o->rule, o->rule);
        const char *name = lua_tostring(L, -2);
        /* The first by byte, so that the message is the same in every run. */
        if (!is_allowed(o, name) && (unknown == NULL || strcmp(name, unknown) < 0))
            unknown = name;
    }
    if (unknown != NULL)
        refuse_option(L, o, unknown);
}

double api_number(lua_State *L, const char *rule, const char *name, double low, double high,
                  double otherwise)
{
    lua_pushstring(L, name);
    const int type = lua_rawget(L, 1);
    if (type == LUA_TNIL) {
        lua_pop(L, 1);
        return otherwise;
    }
    if (type != LUA_TNUMBER)
        luaL_error(L, "%s: %s must be a number, not %s", rule, name, luaL_typename(L, -1));
    const double x = lua_tonumber(L, -1);
    if (!isfinite(x))
        luaL_error(L, "%s: %s must be a finite number", rule, name);
    if (x < low || x > high) {
        if (isinf(high))
            luaL_error(L, "%s: %s must be %s", rule, name, low > 0 ? "more than 0" : "0 or more");
        luaL_error(L, "%s: %s must be from %f to %f", rule, name, low, high);
    }
    lua_pop(L, 1);
    return x;
}

double api_required(lua_State *L, const char *rule, const char *name, double low, double high)
{
    const double x = api_number(L, rule, name, low, high, NAN);
    if (isnan(x))
        luaL_error(L, "%s needs %s = a number", rule, name);
    return x;
}

int api_choice(lua_State *L, const char *rule, const char *name, const char *const *words, size_t n,
               int otherwise)
{
    char what[96];
    lua_pushstring(L, name);
    const int type = lua_rawget(L, 1);
    if (type == LUA_TNIL) {
        lua_pop(L, 1);
        return otherwise;
    }
    if (type != LUA_TSTRING)
        luaL_error(L, "%s: %s must be a word, not %s", rule, name, luaL_typename(L, -1));
    const char *word = lua_tostring(L, -1);
    for (size_t i = 0; i < n; i++)
        if (strcmp(word, words[i]) == 0) {
            lua_pop(L, 1);
            return (int)i;
        }
    luaL_Buffer list;
    snprintf(what, sizeof what, "%s: %s is one of", rule, name);
    luaL_buffinit(L, &list);
    luaL_addstring(&list, what);
    for (size_t i = 0; i < n; i++) {
        luaL_addstring(&list, i > 0 ? ", \"" : " \"");
        luaL_addstring(&list, words[i]);
        luaL_addstring(&list, "\"");
    }
    luaL_addstring(&list, ", not");
    luaL_pushresult(&list);
    return library_unknown_of(L, lua_tostring(L, -1), word, words, n);
}
