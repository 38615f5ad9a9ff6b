/*
 * library_utf8.c - characters of a text: Lua's own functions, charged and bounded.
 */
#include "base/text.h"
#include "rule/library.h"
#include "rule/sandbox.h"

int library_call_charged(lua_State *L)
{
    const int n = lua_gettop(L);
    sandbox_charge(L, (uint64_t)n);
    for (int i = 1; i <= n; i++) {
        size_t len = 0;
        if (lua_type(L, i) != LUA_TSTRING)
            continue;
        lua_tolstring(L, i, &len); /* also where a number is asked for: it is read from the text */
        sandbox_charge_bytes(L, len);
    }
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

static int utf8_char(lua_State *L)
{
    const int n = lua_gettop(L);
    for (int i = 1; i <= n; i++)
        luaL_argcheck(L, luaL_checkinteger(L, i) != 0, i, "no NUL in texts");
    return library_call_charged(L);
}

static int utf8_codepoint(lua_State *L)
{
    size_t len = 0;
    luaL_checklstring(L, 1, &len);
    const lua_Integer i = luaL_optinteger(L, 2, 1);
    const lua_Integer j = luaL_optinteger(L, 3, i);
    const lua_Integer from = i < 0 ? i + (lua_Integer)len : i;
    const lua_Integer to = j < 0 ? j + (lua_Integer)len : j;
    if (to > from && (lua_Unsigned)to - (lua_Unsigned)from > 4 * LIBRARY_RESULTS_MAX)
        return luaL_error(L, "more than %d bytes at once", 4 * LIBRARY_RESULTS_MAX);
    return library_call_charged(L);
}

/* From (text, position of a character) to the next: its position and its code. */
static int step_codes(lua_State *L)
{
    size_t len = 0, n = 0;
    const char *text = luaL_checklstring(L, 1, &len);
    const lua_Integer at = luaL_checkinteger(L, 2);
    size_t next = 0;
    if (at > 0 && (lua_Unsigned)at <= len) {
        text_next(text + at - 1, len - (size_t)at + 1, &n);
        next = (size_t)at - 1 + n;
    } else if (at != 0) {
        return 0;
    }
    if (next >= len)
        return 0;
    const uint32_t c = text_next(text + next, len - next, &n);
    if (c == 0xFFFD && n == 1)
        return luaL_error(L, "invalid UTF-8 code");
    lua_pushinteger(L, (lua_Integer)next + 1);
    lua_pushinteger(L, c);
    return 2;
}

static int utf8_codes(lua_State *L)
{
    luaL_checkstring(L, 1);
    lua_pushcfunction(L, step_codes);
    lua_pushvalue(L, 1);
    lua_pushinteger(L, 0);
    return 3;
}

void library_add_utf8(lua_State *L, int originals)
{
    static const char *const taken[] = {"len", "offset"};
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
        lua_getfield(L, originals, taken[i]);
        lua_pushcclosure(L, library_call_charged, 1);
        lua_setfield(L, -2, taken[i]);
    }
    lua_getfield(L, originals, "codepoint");
    lua_pushcclosure(L, utf8_codepoint, 1);
    lua_setfield(L, -2, "codepoint");
    lua_getfield(L, originals, "char");
    lua_pushcclosure(L, utf8_char, 1);
    lua_setfield(L, -2, "char");
    lua_pushcfunction(L, utf8_codes);
    lua_setfield(L, -2, "codes");
}
