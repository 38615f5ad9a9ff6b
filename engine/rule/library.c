/*
 * library.c - the environment of scripts: an allow-list of names, all of it read-only.
 */
#include "rule/library.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <lualib.h>

#include "base/suggest.h"
#include "rule/api.h"
#include "rule/sandbox.h"

#define SUGGEST_BYTES 256 /* of a name are compared with what it may have meant */

static int refuse_write(lua_State *L)
{
    const char *what = lua_tostring(L, lua_upvalueindex(1));
    if (lua_type(L, 2) == LUA_TSTRING)
        return luaL_error(L, "%s read-only: cannot set '%s'", what, lua_tostring(L, 2));
    return luaL_error(L, "%s read-only", what);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int library_unknown_of(lua_State *L, const char *what, const char *name,
                       const char *const *candidates, size_t n)
{
    const size_t len = strlen(name);
    sandbox_charge(L, n * (len < SUGGEST_BYTES ? len : SUGGEST_BYTES)); /* each against each */
    const char *near = suggest(name, candidates, n);
    if (near != NULL)
        return luaL_error(L, "%s '%s' (did you mean '%s'?)", what, name, near);
    return luaL_error(L, "%s '%s'", what, name);
}

int library_unknown(lua_State *L, const char *what, const char *name, int index)
{
    const char *names[LIBRARY_CANDIDATES];
    size_t n = 0;
    index = lua_absindex(L, index);
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1))
        if (lua_type(L, -2) == LUA_TSTRING && n < LIBRARY_CANDIDATES)
            names[n++] = lua_tostring(L, -2);
    qsort(names, n, sizeof names[0], compare_names); /* a table has no order of its own */
    return library_unknown_of(L, what, name, names, n);
}

/* __index of a sealed table: upvalues are how to call it and its members. */
static int read_member(lua_State *L)
{
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(2)) != LUA_TNIL)
        return 1;
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "%s: a name is needed", lua_tostring(L, lua_upvalueindex(1)));
    return library_unknown(L, lua_tostring(L, lua_upvalueindex(1)), lua_tostring(L, 2),
                           lua_upvalueindex(2));
}

/* Stack: the members. Leaves a proxy with no field of its own: what is there is found by the
 * members' table itself, what is not by a function that names it. */
static void push_sealed(lua_State *L, const char *unknown, const char *read_only)
{
    const int members = lua_gettop(L);
    lua_newtable(L);
    lua_pushstring(L, unknown);
    lua_pushvalue(L, members);
    lua_pushcclosure(L, read_member, 2);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, members);

    lua_newtable(L);
    lua_newtable(L);
    lua_pushvalue(L, members);
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, read_only);
    lua_pushcclosure(L, refuse_write, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_replace(L, members);
}

void library_seal(lua_State *L, const char *what)
{
    const char *unknown = lua_pushfstring(L, "%s in scripts has no", what);
    const char *read_only = lua_pushfstring(L, "%s is", what);
    lua_pushvalue(L, -3);
    push_sealed(L, unknown, read_only);
    lua_replace(L, -4);
    lua_pop(L, 2);
}

void library_push_number(lua_State *L, double x)
{
    /* Integers wrap around; below this a product of two cannot. */
    if (fabs(x) <= 1e9 && x == (double)(lua_Integer)x)
        lua_pushinteger(L, (lua_Integer)x);
    else
        lua_pushnumber(L, x);
}

static void add_math(lua_State *L, int env)
{
    /* Chance, and what only some builds of Lua have: a script runs alike on all of them. */
    static const char *const left_out[] = {"random", "randomseed", "pow",  "log10", "atan2",
                                           "cosh",   "sinh",       "tanh", "frexp", "ldexp"};
    lua_pushcfunction(L, luaopen_math);
    lua_call(L, 0, 1);
    for (size_t i = 0; i < sizeof left_out / sizeof left_out[0]; i++) {
        lua_pushnil(L);
        lua_setfield(L, -2, left_out[i]);
    }
    for (lua_pushnil(L); lua_next(L, -2) != 0;) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2); /* name, name, value */
        if (lua_type(L, -1) == LUA_TFUNCTION)
            lua_pushcclosure(L, library_call_charged, 1); /* they read numbers from texts */
        lua_rawset(L, -4); /* a name that is there: the walk may go on */
    }
    library_seal(L, "math");
    lua_setfield(L, env, "math");
}

static void add_string(lua_State *L, int env)
{
    lua_newtable(L);
    library_add_string(L);
    library_add_format(L);
    library_seal(L, "string");

    lua_pushliteral(L, ""); /* ("x"):rep and all other methods go through the metatable of texts */
    lua_newtable(L);
    lua_pushvalue(L, -3);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
    lua_setfield(L, env, "string");
}

static void add_utf8(lua_State *L, int env)
{
    lua_pushcfunction(L, luaopen_utf8);
    lua_call(L, 0, 1);
    lua_newtable(L);
    library_add_utf8(L, lua_gettop(L) - 1);
    library_seal(L, "utf8");
    lua_setfield(L, env, "utf8");
    lua_pop(L, 1);
}

void library_open(lua_State *L)
{
    lua_settop(L, 0);
    lua_pushcfunction(L, luaopen_base);
    lua_call(L, 0, 1); /* 1: Lua's own base functions, to choose from */
    lua_newtable(L);
    const int env = lua_gettop(L);
    library_add_base(L);
    library_add_keys(L);
    add_math(L, env);
    add_string(L, env);
    lua_newtable(L);
    library_add_table(L);
    library_seal(L, "table");
    lua_setfield(L, env, "table");
    add_utf8(L, env);
    api_open(L);
    lua_settop(L, env);
    push_sealed(L, "unknown name", "globals are");
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_settop(L, 0);
}
