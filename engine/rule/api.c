/*
 * api.c - the module `steelyard` and `require`.
 */
#include "rule/api.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/suggest.h"
#include "rule/library.h"

#define LIB_PATH_MAX 4096
#define LIB_NAME_MAX 64
#define LIBS_MAX     200 /* files that are looked at for one that was meant */

/* Addresses as keys of Lua's registry. */
static const char module_key, loaded_key, tests_key;

static int refuse_write(lua_State *L)
{
    return luaL_error(L, "%s is read-only", lua_tostring(L, lua_upvalueindex(1)));
}

void api_metatable(lua_State *L, const char *name, const luaL_Reg *metamethods)
{
    luaL_newmetatable(L, name);
    lua_pushstring(L, name);
    lua_pushcclosure(L, refuse_write, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    luaL_setfuncs(L, metamethods, 0);
}

static void check_name(lua_State *L, const char *name)
{
    const size_t len = strlen(name);
    if (len == 0 || len > LIB_NAME_MAX ||
        strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != len)
        luaL_error(L, "require '%s': a name of small letters, digits and _ is needed, not a path",
                   name);
}

/* The first of the layer's folders that holds the file, in `path`; what is shown before its place
 * in `prefix`. */
static bool find_lib(char *path, const char **prefix, const struct sandbox *s, const char *folders,
                     const char *name)
{
    while (folders != NULL && *folders != '\0') {
        const size_t mark = strlen(SCRIPT_INSTALLED);
        const bool installed = strncmp(folders, SCRIPT_INSTALLED, mark) == 0;
        *prefix = installed ? SCRIPT_INSTALLED : "";
        folders += installed ? mark : 0;
        const size_t len = strcspn(folders, "\n");
        if (len > 0 && len + LIB_NAME_MAX + 8 < LIB_PATH_MAX) {
            memcpy(path, folders, len);
            path[len] = '/';
            strcpy(path + len + 1, name);
            strcat(path, ".lua");
            if (sandbox_has_file(s, path))
                return true;
        }
        folders += len + (folders[len] == '\n');
    }
    return false;
}

/* Of files FOLDER/NAME.lua the NAME that is like what was asked for. Cuts the paths. */
static bool find_near_file(char *near, char **paths, size_t n, const char *name)
{
    const char *known[LIBS_MAX];
    size_t nknown = 0;
    for (size_t i = 0; i < n && nknown < LIBS_MAX; i++) {
        char *file = strrchr(paths[i], '/') + 1;
        file[strlen(file) - strlen(".lua")] = '\0';
        if (strlen(file) <= LIB_NAME_MAX)
            known[nknown++] = file;
    }
    const char *found = suggest(name, known, nknown);
    if (found != NULL)
        strcpy(near, found);
    return found != NULL;
}

/* The file of the layer's folders that is named like what was asked for; false: none. */
static bool find_near_lib(char *near, const char *folders, const char *name)
{
    bool found = false;
    while (folders != NULL && *folders != '\0' && !found) {
        const size_t mark = strlen(SCRIPT_INSTALLED);
        folders += strncmp(folders, SCRIPT_INSTALLED, mark) == 0 ? mark : 0;
        const int len = (int)strcspn(folders, "\n");
        char pattern[LIB_PATH_MAX], **paths;
        size_t n;
        if (snprintf(pattern, sizeof pattern, "%.*s/*.lua", len, folders) < LIB_PATH_MAX &&
            file_glob(&paths, &n, pattern, NULL) == SY_OK) {
            found = find_near_file(near, paths, n, name);
            file_glob_free(paths, n);
        }
        folders += len + (folders[len] == '\n');
    }
    return found;
}

static int refuse_lib(lua_State *L, const char *folders, const char *name)
{
    char near[LIB_NAME_MAX + 1];
    const char *meant = near;
    if (strcmp(name, "test") == 0 && lua_rawgetp(L, LUA_REGISTRYINDEX, &tests_key) != LUA_TNIL)
        meant = "steelyard.test";
    else if (!find_near_lib(near, folders, name))
        return luaL_error(L, "require '%s': there is no scripts/lib/%s.lua", name, name);
    return luaL_error(L, "require '%s': there is no scripts/lib/%s.lua (did you mean '%s'?)", name,
                      name, meant);
}

/* Each layer of each script has its own instance of what it requires: nothing is shared. */
void api_begin_layer(lua_State *L)
{
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &loaded_key);
}

bool api_in_tests(lua_State *L)
{
    const int type = lua_rawgetp(L, LUA_REGISTRYINDEX, &tests_key);
    lua_pop(L, 1);
    return type != LUA_TNIL;
}

static int require_tests(lua_State *L)
{
    if (!api_in_tests(L))
        return luaL_error(L, "require 'steelyard.test' belongs in test files, TYPE_test.lua");
    lua_rawgetp(L, LUA_REGISTRYINDEX, &tests_key);
    return 1;
}

/* require(name): "steelyard", in test files "steelyard.test", or the value that
 * scripts/lib/NAME.lua returns. */
static int api_require(lua_State *L)
{
    char path[LIB_PATH_MAX], shown[LIB_NAME_MAX + 32];
    const char *prefix;
    struct sandbox *s = sandbox_of(L);
    const char *name = luaL_checkstring(L, 1);
    lua_settop(L, 1);
    if (strcmp(name, "steelyard") == 0) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &module_key);
        return 1;
    }
    if (strcmp(name, "steelyard.test") == 0)
        return require_tests(L);
    check_name(L, name);
    if (s->mode != MODE_LOAD)
        return luaL_error(L, "require '%s' belongs at the top of a script, outside of functions",
                          name);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &loaded_key); /* 2 */
    if (lua_getfield(L, -1, name) == LUA_TNIL) {
        if (!find_lib(path, &prefix, s, s->current->layers[s->layer].lib, name))
            return refuse_lib(L, s->current->layers[s->layer].lib, name);
        lua_pushboolean(L, 0);
        lua_setfield(L, 2, name); /* while it loads */
        snprintf(shown, sizeof shown, "%sscripts/lib/%s.lua", prefix, name);
        sandbox_load(L, path, shown);
        lua_call(L, 0, 1);
        if (lua_isnil(L, -1) || (lua_isboolean(L, -1) && !lua_toboolean(L, -1)))
            return luaL_error(L, "scripts/lib/%s.lua returns nothing", name);
        lua_pushvalue(L, -1);
        lua_setfield(L, 2, name);
    }
    if (lua_isboolean(L, -1) && !lua_toboolean(L, -1))
        return luaL_error(L, "require '%s': the file requires itself", name);
    return 1;
}

void api_push_module(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &module_key);
}

/* The globals are a proxy: what they hold is the table that its metatable reads from. */
void api_open_tests(lua_State *L)
{
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &tests_key);
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_getmetatable(L, -1);
    lua_getfield(L, -1, "__index");
    lua_pushliteral(L, "test");
    lua_pushvalue(L, -5);
    lua_rawset(L, -3);
    lua_pop(L, 4);
}

void api_open(lua_State *L)
{
    const int env = lua_gettop(L);
    api_begin_layer(L);
    lua_pushcfunction(L, api_require);
    lua_setfield(L, env, "require");
    lua_newtable(L);
    api_add_values(L);
    api_add_rules(L);
    api_add_constructors(L);
    api_add_objects(L);
    library_seal(L, "steelyard");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &module_key);
    lua_settop(L, env);
}
