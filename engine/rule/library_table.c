/*
 * library_table.c - functions on arrays: append, take off the end, join, sort. Fields are read and
 * written raw, each element is one instruction; what moves a whole array (insert and remove at a
 * place, move) is left out.
 */
#include <string.h>

#include "rule/library.h"
#include "rule/sandbox.h"

static lua_Integer array_length(lua_State *L, int index)
{
    luaL_checktype(L, index, LUA_TTABLE);
    return (lua_Integer)lua_rawlen(L, index);
}

static int table_insert(lua_State *L)
{
    const lua_Integer n = array_length(L, 1);
    if (lua_gettop(L) != 2)
        return luaL_error(L, "table.insert takes a table and a value: it appends");
    sandbox_charge(L, 1);
    if (n == LUA_MAXINTEGER)
        return luaL_error(L, "table.insert: the table is full");
    if (lua_getmetatable(L, 1)) {
        lua_pop(L, 1); /* a table with __newindex, a read-only one, is asked */
        lua_pushvalue(L, 2);
        lua_seti(L, 1, n + 1);
        return 0;
    }
    lua_rawseti(L, 1, n + 1);
    return 0;
}

static int table_remove(lua_State *L)
{
    const lua_Integer n = array_length(L, 1);
    if (lua_gettop(L) != 1)
        return luaL_error(L, "table.remove takes a table: it removes the last element");
    sandbox_charge(L, 1);
    if (n == 0) {
        lua_pushnil(L);
        return 1;
    }
    lua_rawgeti(L, 1, n);
    lua_pushnil(L);
    lua_rawseti(L, 1, n);
    return 1;
}

static int table_concat(lua_State *L)
{
    size_t gap = 0, len = 0;
    char number[LIBRARY_NUMBER_MAX];
    const lua_Integer n = array_length(L, 1);
    const char *between = luaL_optlstring(L, 2, "", &gap);
    const lua_Integer from = luaL_optinteger(L, 3, 1);
    const lua_Integer to = luaL_optinteger(L, 4, n);
    library_text_begin(L);
    for (lua_Integer i = from; i <= to; i++) {
        sandbox_charge(L, 1);
        const int type = lua_rawgeti(L, 1, i);
        if (type == LUA_TNUMBER)
            library_text_add(L, number, library_number(L, -1, number));
        else if (type == LUA_TSTRING) {
            const char *text = lua_tolstring(L, -1, &len);
            library_text_add(L, text, len);
        } else
            return luaL_error(L, "table.concat: element %I is a %s, not a text", (LUAI_UACINT)i,
                              luaL_typename(L, -1));
        if (i < to)
            library_text_add(L, between, gap);
        lua_pop(L, 1);
        if (i == to)
            break; /* i + 1 may not exist */
    }
    library_text_push(L);
    return 1;
}

static int table_unpack(lua_State *L)
{
    const lua_Integer n = array_length(L, 1);
    const lua_Integer from = luaL_optinteger(L, 2, 1);
    const lua_Integer to = luaL_optinteger(L, 3, n);
    if (from > to)
        return 0;
    if ((lua_Unsigned)to - (lua_Unsigned)from >= LIBRARY_RESULTS_MAX)
        return luaL_error(L, "table.unpack: more than %d values", LIBRARY_RESULTS_MAX);
    const int count = (int)(to - from) + 1;
    sandbox_charge(L, (uint64_t)count);
    luaL_checkstack(L, count, "values");
    for (int i = 0; i < count; i++)
        lua_rawgeti(L, 1, from + i);
    return count;
}

static int table_pack(lua_State *L)
{
    const int n = lua_gettop(L);
    sandbox_charge(L, (uint64_t)n);
    lua_createtable(L, n, 1);
    lua_insert(L, 1);
    for (int i = n; i >= 1; i--)
        lua_rawseti(L, 1, i);
    lua_pushinteger(L, n);
    lua_setfield(L, 1, "n");
    return 1;
}

/* Whether the value at a comes before the one at b. Texts go by byte, in every locale. */
static bool sorts_before(lua_State *L, int a, int b)
{
    size_t alen = 0, blen = 0;
    sandbox_charge(L, 1);
    if (!lua_isnil(L, 2)) {
        a = lua_absindex(L, a);
        b = lua_absindex(L, b);
        lua_pushvalue(L, 2);
        lua_pushvalue(L, a);
        lua_pushvalue(L, b);
        lua_call(L, 2, 1);
        const bool before = lua_toboolean(L, -1);
        lua_pop(L, 1);
        return before;
    }
    if (lua_type(L, a) != LUA_TSTRING || lua_type(L, b) != LUA_TSTRING)
        return lua_compare(L, a, b, LUA_OPLT);
    const char *x = lua_tolstring(L, a, &alen), *y = lua_tolstring(L, b, &blen);
    const size_t least = alen < blen ? alen : blen;
    sandbox_charge_bytes(L, least);
    const int order = memcmp(x, y, least);
    return order != 0 ? order < 0 : alen < blen;
}

/* Merges two sorted runs, [low, middle) and [middle, high), from one table into another. Equal
 * elements keep their order, so a result never depends on chance. */
static void merge_runs(lua_State *L, int from, int into, lua_Integer low, lua_Integer middle,
                       lua_Integer high)
{
    lua_Integer a = low, b = middle;
    for (lua_Integer at = low; at < high; at++) {
        bool second = a >= middle;
        if (!second && b < high) {
            lua_rawgeti(L, from, a);
            lua_rawgeti(L, from, b);
            second = sorts_before(L, -1, -2);
            lua_pop(L, 2);
        }
        lua_rawgeti(L, from, second ? b++ : a++);
        lua_rawseti(L, into, at);
    }
}

static int table_sort(lua_State *L)
{
    const lua_Integer n = array_length(L, 1);
    lua_settop(L, 2);
    if (!lua_isnil(L, 2))
        luaL_checktype(L, 2, LUA_TFUNCTION);
    sandbox_charge(L, (uint64_t)n);
    /* Both runs are tables that the comparison cannot reach. */
    lua_createtable(L, n < INT32_MAX ? (int)n : 0, 0);
    lua_createtable(L, n < INT32_MAX ? (int)n : 0, 0);
    int from = 3, into = 4;
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, 1, i);
        lua_rawseti(L, from, i);
    }
    for (lua_Integer width = 1; width < n; width *= 2) {
        for (lua_Integer low = 1; low <= n; low += 2 * width) {
            const lua_Integer middle = low + width <= n ? low + width : n + 1;
            const lua_Integer high = low + 2 * width <= n ? low + 2 * width : n + 1;
            merge_runs(L, from, into, low, middle, high);
        }
        const int swap = from;
        from = into;
        into = swap;
    }
    sandbox_charge(L, (uint64_t)n);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, from, i);
        lua_rawseti(L, 1, i);
    }
    return 0;
}

void library_add_table(lua_State *L)
{
    static const luaL_Reg own[] = {
        {"insert", table_insert},
        {"remove", table_remove},
        {"concat", table_concat},
        {"unpack", table_unpack},
        {"pack", table_pack},
        {"sort", table_sort},
        {NULL, NULL},
    };
    luaL_setfuncs(L, own, 0);
}
