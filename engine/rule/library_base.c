/*
 * library_base.c - names without a table: pcall, tostring, tonumber, setmetatable, … What Lua's own
 * do safely is taken from Lua; `select`, `type`, `error`, … are its own.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "rule/library.h"
#include "rule/sandbox.h"

#define TONUMBER_MAX 64   /* bytes of a text that may be a number */
#define ERROR_TOKENS 32   /* of a function, looked through for one instruction */
#define LEVEL_MAX    1000 /* calls from the error to the place that it is told of */

/* Upvalue: Lua's own pcall. A limit is no error that a script may catch. */
static int base_pcall(lua_State *L)
{
    struct sandbox *s = sandbox_of(L);
    const uint32_t shifted = s->shifted;
    luaL_checkany(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    sandbox_check(L);
    s->shifted = shifted; /* a rule that failed has not set it back */
    if (!lua_toboolean(L, 1)) {
        sandbox_forget(s);
        /* Lua has looked through the function for the name of what failed. */
        sandbox_charge(L, 1 + s->owner->source.longest / ERROR_TOKENS);
    }
    return lua_gettop(L);
}

/* error(object[, level]). Lua walks from call to call to find the level. */
static int base_error(lua_State *L)
{
    const lua_Integer level = luaL_optinteger(L, 2, 1);
    lua_settop(L, 1);
    if (lua_type(L, 1) == LUA_TSTRING && level > 0 && level <= LEVEL_MAX) {
        sandbox_charge(L, (uint64_t)level);
        luaL_where(L, (int)level);
        lua_insert(L, 1);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

size_t library_number(lua_State *L, int index, char *out)
{
    if (lua_isinteger(L, index))
        return (size_t)snprintf(out, LIBRARY_NUMBER_MAX, "%lld",
                                (long long)lua_tointeger(L, index));
    const double x = lua_tonumber(L, index);
    if (isfinite(x))
        return number_print(out, x);
    const char *word = isnan(x) ? "nan" : x > 0 ? "inf" : "-inf";
    memcpy(out, word, strlen(word) + 1);
    return strlen(word);
}

const char *library_tostring(lua_State *L, int index, size_t *len)
{
    char number[LIBRARY_NUMBER_MAX];
    index = lua_absindex(L, index);
    if (luaL_callmeta(L, index, "__tostring")) {
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "__tostring must return a text");
        return lua_tolstring(L, -1, len);
    }
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        lua_pushvalue(L, index);
        break;
    case LUA_TNUMBER:
        lua_pushlstring(L, number, library_number(L, index, number));
        break;
    case LUA_TBOOLEAN:
        lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
        break;
    default: /* an address would differ from run to run */
        if (lua_type(L, index) != LUA_TUSERDATA ||
            luaL_getmetafield(L, index, "__name") == LUA_TNIL)
            lua_pushstring(L, luaL_typename(L, index));
        break;
    }
    return lua_tolstring(L, -1, len);
}

static int base_tostring(lua_State *L)
{
    luaL_checkany(L, 1);
    library_tostring(L, 1, NULL);
    return 1;
}

/* Takes thousands separators out where they stand as they should: 1,234,567.8. */
static size_t strip_separators(char *text, size_t len)
{
    size_t digits = 0, out = 0, i = 0;
    if (memchr(text, ',', len) == NULL)
        return len;
    if (i < len && (text[i] == '-' || text[i] == '+'))
        text[out++] = text[i++];
    for (; i < len && text[i] >= '0' && text[i] <= '9'; i++, digits++)
        text[out++] = text[i];
    if (digits == 0 || digits > 3)
        return 0;
    while (i < len && text[i] == ',') {
        for (digits = 0, i++; i < len && text[i] >= '0' && text[i] <= '9'; i++, digits++)
            text[out++] = text[i];
        if (digits != 3)
            return 0;
    }
    while (i < len)
        text[out++] = text[i++];
    return out;
}

static bool parse_number(double *out, const char *text, size_t len)
{
    char ascii[TONUMBER_MAX];
    size_t at = 0;
    text_trim(&text, &len);
    while (len > 0) {
        size_t n = 0;
        uint32_t c = text_next(text, len, &n);
        if (c >= 0xFF01 && c <= 0xFF5E)
            c -= 0xFEE0; /* full width */
        if (c >= 0x80 || at == sizeof ascii)
            return false;
        ascii[at++] = (char)c;
        text += n;
        len -= n;
    }
    return number_parse(out, ascii, strip_separators(ascii, at));
}

/* Decimal numbers as people write them: no hexadecimal, no exponent, no base. */
static int base_tonumber(lua_State *L)
{
    size_t len = 0;
    double x = 0;
    luaL_checkany(L, 1);
    if (!lua_isnoneornil(L, 2))
        return luaL_error(L, "tonumber takes one value: numbers are decimal");
    if (lua_type(L, 1) == LUA_TNUMBER) {
        lua_settop(L, 1);
        return 1;
    }
    if (lua_type(L, 1) != LUA_TSTRING)
        return luaL_pushfail(L), 1;
    const char *text = lua_tolstring(L, 1, &len);
    sandbox_charge_bytes(L, len);
    if (parse_number(&x, text, len))
        library_push_number(L, x);
    else
        luaL_pushfail(L);
    return 1;
}

/* A table behind __index or __newindex, reached by a charged call a step: a chain of thousands
 * would else cost one instruction. */
static int index_table(lua_State *L)
{
    sandbox_charge(L, 1);
    lua_settop(L, 2);
    lua_gettable(L, lua_upvalueindex(1));
    return 1;
}

static int newindex_table(lua_State *L)
{
    sandbox_charge(L, 1);
    lua_settop(L, 3);
    lua_settable(L, lua_upvalueindex(1));
    return 0;
}

static const char *const metamethods[] = {
    "__add",  "__sub", "__mul",  "__div",  "__mod",      "__pow",   "__unm",    "__idiv",
    "__band", "__bor", "__bxor", "__bnot", "__shl",      "__shr",   "__concat", "__len",
    "__eq",   "__lt",  "__le",   "__call", "__tostring", "__pairs", "__close",
};

/* Copies a metamethod from the script's table (2) into the table in force (top). */
static void copy_metamethod(lua_State *L, const char *name, lua_CFunction for_table)
{
    lua_pushstring(L, name);
    const int type = lua_rawget(L, 2);
    if (type == LUA_TNIL) {
        lua_pop(L, 1);
        return;
    }
    if (for_table != NULL && type == LUA_TTABLE)
        lua_pushcclosure(L, for_table, 1);
    else if (type != LUA_TFUNCTION)
        luaL_error(L, "%s must be a function%s", name, for_table != NULL ? " or a table" : "");
    lua_setfield(L, -2, name);
}

static void refuse_metamethod(lua_State *L, const char *name)
{
    lua_pushstring(L, name);
    if (lua_rawget(L, 2) != LUA_TNIL)
        luaL_error(L, "%s cannot be used in scripts", name);
    lua_pop(L, 1);
}

/* What is in force is a copy: fields that are set later (__gc, __mode, longer chains) change
 * nothing. */
static int base_setmetatable(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    if (!lua_isnoneornil(L, 2))
        luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 2);
    if (lua_getmetatable(L, 1)) {
        if (lua_getfield(L, -1, "open") == LUA_TNIL)
            return luaL_error(L, "cannot change a protected metatable");
        lua_settop(L, 2);
    }
    if (lua_isnil(L, 2)) {
        lua_setmetatable(L, 1);
        return 1;
    }
    sandbox_charge(L, 8);
    sandbox_of(L)->metatables = true;
    refuse_metamethod(L, "__gc");
    refuse_metamethod(L, "__mode");
    lua_newtable(L);
    for (size_t i = 0; i < sizeof metamethods / sizeof metamethods[0]; i++)
        copy_metamethod(L, metamethods[i], NULL);
    copy_metamethod(L, "__index", index_table);
    copy_metamethod(L, "__newindex", newindex_table);
    lua_pushliteral(L, "__metatable");
    if (lua_rawget(L, 2) == LUA_TNIL) {
        lua_pop(L, 1);
        lua_pushboolean(L, 1);
        lua_setfield(L, -2, "open");
        lua_pushvalue(L, 2); /* what getmetatable gives */
    }
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, 1);
    lua_settop(L, 1);
    return 1;
}

void library_add_base(lua_State *L)
{
    static const char *const taken[] = {"assert", "getmetatable", "ipairs", "rawlen", "type"};
    static const char *const charged[] = {"rawequal", "rawget", "select"}; /* of long texts, many */
    static const luaL_Reg own[] = {{"error", base_error},
                                   {"tostring", base_tostring},
                                   {"tonumber", base_tonumber},
                                   {"setmetatable", base_setmetatable},
                                   {NULL, NULL}};
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++) {
        lua_getfield(L, 1, taken[i]);
        lua_setfield(L, -2, taken[i]);
    }
    for (size_t i = 0; i < sizeof charged / sizeof charged[0]; i++) {
        lua_getfield(L, 1, charged[i]);
        lua_pushcclosure(L, library_call_charged, 1);
        lua_setfield(L, -2, charged[i]);
    }
    luaL_setfuncs(L, own, 0);
    lua_getfield(L, 1, "pcall");
    lua_pushcclosure(L, base_pcall, 1);
    lua_setfield(L, -2, "pcall");
}
