/*
 * library_keys.c - `pairs` and `next` in one order: numbers, texts by byte, false, true. Lua's own
 * order changes from run to run, and with it sums and texts.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rule/library.h"
#include "rule/sandbox.h"

#define KEY_BYTES 64 /* compared for one instruction */

enum key_kind { KEY_INTEGER, KEY_NUMBER, KEY_TEXT, KEY_BOOL };

/* A key of a table. Text is borrowed from the table. */
struct key {
    enum key_kind kind;
    lua_Integer integer; /* also a boolean */
    double number;
    const char *text;
    size_t len;
};

static void read_key(lua_State *L, int index, struct key *key)
{
    *key = (struct key){.kind = KEY_TEXT};
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        key->kind = lua_isinteger(L, index) ? KEY_INTEGER : KEY_NUMBER;
        if (key->kind == KEY_INTEGER)
            key->integer = lua_tointeger(L, index);
        key->number = lua_tonumber(L, index);
        break;
    case LUA_TSTRING:
        key->text = lua_tolstring(L, index, &key->len);
        break;
    case LUA_TBOOLEAN:
        key->kind = KEY_BOOL;
        key->integer = lua_toboolean(L, index);
        break;
    default:
        luaL_error(L, "keys of kind %s have no order: use an array, or texts as keys",
                   luaL_typename(L, index));
    }
}

static void push_key(lua_State *L, const struct key *key)
{
    if (key->kind == KEY_INTEGER)
        lua_pushinteger(L, key->integer);
    else if (key->kind == KEY_NUMBER)
        lua_pushnumber(L, key->number);
    else if (key->kind == KEY_TEXT)
        lua_pushlstring(L, key->text, key->len);
    else
        lua_pushboolean(L, (int)key->integer);
}

static int compare_numbers(const struct key *a, const struct key *b)
{
    if (a->kind == KEY_INTEGER && b->kind == KEY_INTEGER)
        return (a->integer > b->integer) - (a->integer < b->integer);
    if (a->number != b->number)
        return a->number > b->number ? 1 : -1;
    return (a->kind > b->kind) - (a->kind < b->kind);
}

static int compare_keys(const void *x, const void *y)
{
    const struct key *a = x, *b = y;
    const bool anum = a->kind <= KEY_NUMBER, bnum = b->kind <= KEY_NUMBER;
    if (anum && bnum)
        return compare_numbers(a, b);
    if (anum || bnum || a->kind != b->kind)
        return (a->kind > b->kind) - (a->kind < b->kind);
    if (a->kind == KEY_BOOL)
        return (a->integer > b->integer) - (a->integer < b->integer);
    const size_t least = a->len < b->len ? a->len : b->len;
    const int order = memcmp(a->text, b->text, least);
    return order != 0 ? order : (a->len > b->len) - (a->len < b->len);
}

/* Sorting compares each of n keys with about log2(n) others, over their whole length at worst. */
static void pay_key(lua_State *L, const struct key *key, size_t n)
{
    uint64_t times = 0;
    for (; n > 1; n /= 2)
        times++;
    sandbox_charge(L, key->len / KEY_BYTES * times);
}

size_t library_sorted_keys(lua_State *L, int index)
{
    size_t n = 0, at = 0;
    index = lua_absindex(L, index);
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1))
        n++;
    sandbox_charge(L, 2 * n);
    struct key *keys = lua_newuserdatauv(L, (n > 0 ? n : 1) * sizeof *keys, 0);
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        read_key(L, -2, &keys[at]);
        pay_key(L, &keys[at++], n);
    }
    qsort(keys, n, sizeof *keys, compare_keys);
    lua_createtable(L, n < INT32_MAX ? (int)n : 0, 0);
    for (size_t i = 0; i < n; i++) {
        push_key(L, &keys[i]);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_remove(L, -2);
    return n;
}

/* Upvalues: the table, its keys in order, how many were visited. */
static int step_pairs(lua_State *L)
{
    for (;;) {
        const lua_Integer at = lua_tointeger(L, lua_upvalueindex(3)) + 1;
        lua_pushinteger(L, at);
        lua_replace(L, lua_upvalueindex(3));
        lua_settop(L, 0);
        sandbox_charge(L, 1);
        if (lua_rawgeti(L, lua_upvalueindex(2), at) == LUA_TNIL)
            return 1;
        lua_pushvalue(L, -1);
        if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
            return 2; /* what was cleared on the way is left out */
    }
}

static int base_pairs(lua_State *L)
{
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_call(L, 1, 3);
        return 3;
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_pushvalue(L, 1);
    library_sorted_keys(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, step_pairs, 3);
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

/* The least key after the one given: as many steps as the table has keys. */
static int base_next(lua_State *L)
{
    struct key after = {0}, key, best = {0};
    bool found = false;
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    const bool first = lua_isnil(L, 2);
    if (!first)
        read_key(L, 2, &after);
    for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1)) {
        sandbox_charge(L, 1);
        read_key(L, -2, &key);
        sandbox_charge(L, 2 * (key.len / KEY_BYTES));
        if ((first || compare_keys(&key, &after) > 0) &&
            (!found || compare_keys(&key, &best) < 0)) {
            best = key;
            found = true;
        }
    }
    if (!found) {
        lua_pushnil(L);
        return 1;
    }
    push_key(L, &best);
    lua_pushvalue(L, -1);
    lua_rawget(L, 1);
    return 2;
}

void library_add_keys(lua_State *L)
{
    static const luaL_Reg own[] = {{"pairs", base_pairs}, {"next", base_next}, {NULL, NULL}};
    luaL_setfuncs(L, own, 0);
}
