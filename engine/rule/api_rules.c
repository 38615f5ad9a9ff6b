/*
 * api_rules.c - the rules of a script: sy.rules{ api = 1 }, sy.base(), and what may be assigned to
 * them. Rules are set while a script loads; afterwards they stand.
 */
#include "rule/api.h"

#include <string.h>

#include "base/number.h"
#include "rule/library.h"

static const char base_key, places_key;

static const char *const fields[] = {
#define RULES(name, type, en, zh) name,
#include "rule/api.def"
};
#define SECTIONS API_SINGLES /* the first of them */
#define PLACES \
    (2 * (API_SINGLES + 1)) /* tables: of each section, and of the functions of the whole */
#define LEVELS_MAX 200      /* calls that are looked through */
#define LEVEL_COST 16
#define FIELDS     (sizeof fields / sizeof fields[0])

bool api_push_storage(lua_State *L, int index)
{
    if (luaL_testudata(L, index, API_RULES) == NULL)
        return false;
    lua_getiuservalue(L, index, 1);
    return true;
}

static size_t find_field(lua_State *L, const char *name)
{
    for (size_t i = 0; i < FIELDS; i++)
        if (strcmp(fields[i], name) == 0)
            return i;
    return (size_t)library_unknown_of(L, "rules have no field", name, fields, FIELDS);
}

static void check_loading(lua_State *L, const char *what)
{
    if (sandbox_of(L)->mode != MODE_LOAD)
        luaL_error(L, "%s while the script loads only, outside of functions", what);
}

/* A rules userdata around the storage table at the top, which it replaces. */
static void wrap_storage(lua_State *L)
{
    lua_newuserdatauv(L, 1, 1);
    lua_insert(L, -2);
    lua_setiuservalue(L, -2, 1);
    luaL_setmetatable(L, API_RULES);
}

static int refuse_parameter(lua_State *L)
{
    return luaL_error(L, "parameters are read-only: they stand in [parameters] of the INI");
}

/* [parameters], numbers as numbers, behind a read-only table. */
static void push_parameters(lua_State *L)
{
    const struct script *script = sandbox_of(L)->current;
    double x = 0;
    lua_newtable(L);
    lua_newtable(L);
    lua_newtable(L);
    for (size_t i = 0; i < script->nparameters; i++) {
        const char *text = script->parameters[i].text;
        if (number_parse(&x, text, strlen(text)))
            library_push_number(L, x);
        else
            lua_pushstring(L, text);
        lua_setfield(L, -2, script->parameters[i].key);
    }
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_parameter);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

/* sy.rules{ api = 1 }: an empty set of rules, which the script fills and returns. */
static int make_rules(lua_State *L)
{
    static const char *const names[] = {"api"};
    check_loading(L, "sy.rules is called");
    if (api_in_tests(L))
        return luaL_error(L, "sy.rules belongs in a script, TYPE.lua: a test file has cases");
    if (lua_type(L, 1) != LUA_TTABLE)
        return luaL_error(L, "sy.rules takes the version of the rule API: sy.rules { api = 1 }");
    for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1))
        if (lua_type(L, -2) != LUA_TSTRING || strcmp(lua_tostring(L, -2), "api") != 0)
            return library_unknown_of(L, "sy.rules has no option",
                                      lua_type(L, -2) == LUA_TSTRING ? lua_tostring(L, -2) : "1",
                                      names, 1);
    if (lua_getfield(L, 1, "api") != LUA_TNUMBER || lua_tonumber(L, -1) != 1)
        return luaL_error(
            L, "sy.rules needs api = 1, the version of the rule API that is spoken here");
    lua_newtable(L);
    for (size_t i = 0; i < SECTIONS; i++) {
        lua_newtable(L);
        lua_setfield(L, -2, fields[i]);
    }
    push_parameters(L);
    lua_setfield(L, -2, "parameters");
    wrap_storage(L);
    return 1;
}

void api_set_base(lua_State *L)
{
    lua_rawsetp(L, LUA_REGISTRYINDEX, &base_key);
}

static void copy_table(lua_State *L, int from)
{
    from = lua_absindex(L, from);
    lua_newtable(L);
    for (lua_pushnil(L); lua_next(L, from) != 0;) {
        sandbox_charge(L, 1);
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -4);
    }
}

/* sy.base(): the rules of the layer below, to change some of them and return the rest. */
static int make_base(lua_State *L)
{
    lua_settop(L, 0);
    check_loading(L, "sy.base is called");
    lua_rawgetp(L, LUA_REGISTRYINDEX, &base_key);
    if (!api_push_storage(L, 1))
        return luaL_error(L, "sy.base: there are no rules below this script");
    copy_table(L, 2);
    for (size_t i = 0; i < SECTIONS; i++) {
        lua_getfield(L, 3, fields[i]);
        copy_table(L, -1);
        lua_setfield(L, 3, fields[i]);
        lua_pop(L, 1);
    }
    lua_settop(L, 3);
    wrap_storage(L);
    return 1;
}

/* The name of a section, 0 to 2, around the table at the top, which it replaces. */
static void wrap_section(lua_State *L, size_t field)
{
    size_t *section = lua_newuserdatauv(L, sizeof *section, 1);
    *section = field;
    lua_insert(L, -2);
    lua_setiuservalue(L, -2, 1);
    luaL_setmetatable(L, API_SECTION);
}

static int rules_index(lua_State *L)
{
    luaL_checkudata(L, 1, API_RULES);
    const size_t field = find_field(L, luaL_checkstring(L, 2));
    api_push_storage(L, 1);
    lua_getfield(L, -1, fields[field]);
    if (field < SECTIONS)
        wrap_section(L, field);
    return 1;
}

void api_begin_places(lua_State *L)
{
    lua_createtable(L, PLACES, 0);
    for (int i = 1; i <= PLACES; i++) {
        lua_newtable(L);
        lua_rawseti(L, -2, i);
    }
    lua_rawsetp(L, LUA_REGISTRYINDEX, &places_key);
}

/* The table of a section's files (0) or lines (1), by pattern, pushed. */
static void push_places(lua_State *L, size_t field, int which)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &places_key);
    lua_rawgeti(L, -1, (lua_Integer)(2 * field) + which + 1);
    lua_remove(L, -2);
}

/* The innermost line that is a file's own: what it calls may set rules for it. Each call that is
 * looked through is paid. */
static const char *find_place(lua_State *L, uint32_t *line)
{
    lua_Debug ar;
    const char *shown = NULL;
    int level = 1;
    *line = 0;
    for (; shown == NULL && level < LEVELS_MAX && lua_getstack(L, level, &ar); level++)
        if (lua_getinfo(L, "Sl", &ar) != 0 && strcmp(ar.what, "main") == 0) {
            *line = ar.currentline > 0 ? (uint32_t)ar.currentline : 0;
            shown = sandbox_shown(sandbox_of(L), ar.source);
        }
    sandbox_charge(L, (uint64_t)level * LEVEL_COST);
    return shown;
}

/* Notes which line of which file sets the pattern, or the function of the whole, at `key`. */
static void note_place(lua_State *L, size_t field, int key)
{
    uint32_t line;
    const char *shown = find_place(L, &line);
    push_places(L, field, 0);
    lua_pushvalue(L, key);
    lua_pushlightuserdata(L, (void *)shown);
    lua_rawset(L, -3);
    push_places(L, field, 1);
    lua_pushvalue(L, key);
    lua_pushinteger(L, line);
    lua_rawset(L, -3);
    lua_pop(L, 2);
}

void api_place_of(lua_State *L, size_t field, const char *pattern, const char **shown,
                  uint32_t *line)
{
    push_places(L, field, 0);
    lua_getfield(L, -1, pattern);
    *shown = lua_touserdata(L, -1);
    lua_pop(L, 2);
    push_places(L, field, 1);
    lua_getfield(L, -1, pattern);
    *line = (uint32_t)lua_tointeger(L, -1);
    lua_pop(L, 2);
}

/* A pattern at `key` and its rule or function at `value`, into the table at `into`. */
static void set_entry(lua_State *L, size_t field, int into, int key, int value)
{
    if (lua_type(L, key) != LUA_TSTRING)
        luaL_error(L, "rules.%s is indexed by an indicator's path or a pattern, not by a %s",
                   fields[field], luaL_typename(L, key));
    const char *pattern = api_check_text(L, key, "an indicator's path");
    const bool rule = field == 0 && api_to_rule(L, value) != NULL;
    if (pattern[0] == '\0')
        luaL_error(L, "rules.%s: the path is empty", fields[field]);
    if (!rule && !lua_isnil(L, value) && lua_type(L, value) != LUA_TFUNCTION)
        luaL_error(L, "rules.%s[\"%s\"] must be a %sfunction, not %s", fields[field], pattern,
                   field == 0 ? "rule or a " : "", luaL_typename(L, value));
    if (lua_iscfunction(L, value))
        luaL_error(L, "rules.%s[\"%s\"]: a function of the module is called: sy.name{ … }",
                   fields[field], pattern);
    sandbox_charge(L, 1);
    note_place(L, field, key);
    lua_pushvalue(L, key);
    lua_pushvalue(L, value);
    lua_rawset(L, into);
}

static int section_index(lua_State *L)
{
    luaL_checkudata(L, 1, API_SECTION);
    lua_getiuservalue(L, 1, 1);
    lua_pushvalue(L, 2);
    lua_rawget(L, -2);
    return 1;
}

static int section_newindex(lua_State *L)
{
    const size_t *section = luaL_checkudata(L, 1, API_SECTION);
    check_loading(L, "rules are set");
    lua_settop(L, 3);
    lua_getiuservalue(L, 1, 1);
    set_entry(L, *section, 4, 2, 3);
    return 0;
}

/* for pattern, rule in pairs(rules.indicator): in order of the patterns, by byte. */
static int section_pairs(lua_State *L)
{
    luaL_checkudata(L, 1, API_SECTION);
    lua_getglobal(L, "pairs");
    lua_getiuservalue(L, 1, 1);
    copy_table(L, -1);
    lua_remove(L, -2);
    lua_call(L, 1, 3);
    return 3;
}

/* rules.indicator = { [path] = rule, … } replaces a whole section. */
static void replace_section(lua_State *L, size_t field, int storage)
{
    if (lua_type(L, 3) != LUA_TTABLE)
        luaL_error(L, "rules.%s takes a table, or one path: rules.%s[\"path\"] = …", fields[field],
                   fields[field]);
    const size_t n = library_sorted_keys(L, 3);
    const int keys = lua_gettop(L);
    lua_newtable(L);
    for (size_t i = 1; i <= n; i++) {
        lua_rawgeti(L, keys, (lua_Integer)i);
        lua_pushvalue(L, -1);
        lua_rawget(L, 3);
        set_entry(L, field, keys + 1, keys + 2, keys + 3);
        lua_settop(L, keys + 1);
    }
    lua_setfield(L, storage, fields[field]);
}

static int rules_newindex(lua_State *L)
{
    luaL_checkudata(L, 1, API_RULES);
    lua_settop(L, 3);
    const size_t field = find_field(L, luaL_checkstring(L, 2));
    check_loading(L, "rules are set");
    api_push_storage(L, 1); /* 4 */
    if (field < SECTIONS) {
        replace_section(L, field, 4);
        return 0;
    }
    if (field == FIELDS - 1)
        return refuse_parameter(L);
    if (!lua_isnil(L, 3) && lua_type(L, 3) != LUA_TFUNCTION)
        return luaL_error(L, "rules.%s must be a function, not %s", fields[field],
                          luaL_typename(L, 3));
    note_place(L, API_SINGLES, 2);
    lua_pushvalue(L, 3);
    lua_setfield(L, 4, fields[field]);
    return 0;
}

void api_add_rules(lua_State *L)
{
    static const luaL_Reg module[] = {{"rules", make_rules}, {"base", make_base}, {NULL, NULL}};
    static const luaL_Reg rules[] = {
        {"__index", rules_index}, {"__newindex", rules_newindex}, {NULL, NULL}};
    static const luaL_Reg section[] = {{"__index", section_index},
                                       {"__newindex", section_newindex},
                                       {"__pairs", section_pairs},
                                       {NULL, NULL}};
    luaL_setfuncs(L, module, 0);
    api_metatable(L, API_RULES, rules);
    api_metatable(L, API_SECTION, section);
    lua_pop(L, 2);
}
