/*
 * console_api.c - what a typed line sees beside what scripts see: funds, and rules in force.
 */
#include <string.h>

#include <lauxlib.h>

#include "rule/api.h"
#include "rule/console_parts.h"
#include "rule/library.h"

#define TYPE_MAX   128
#define HELP_WIDTH 80

/* A year, or 0 where none was given. */
static int check_year(lua_State *L, int index)
{
    if (lua_isnoneornil(L, index))
        return 0;
    const lua_Integer year = luaL_checkinteger(L, index);
    if (year < 1000 || year > 9999)
        luaL_error(L, "%I is no year such as 2019", (LUAI_UACINT)year);
    return (int)year;
}

static int refuse_fund(lua_State *L, const char *id, int year, const char *near)
{
    if (near != NULL && strcmp(near, id) == 0)
        return luaL_error(L, "fund '%s' has no year %d", id, year);
    if (near != NULL)
        return luaL_error(L, "there is no fund '%s': did you mean '%s'?", id, near);
    return luaL_error(L, "there is no fund '%s'", id);
}

/* fund(id[, year]): a fund that was loaded; without a year its last. */
static int get_fund(lua_State *L)
{
    struct console *c = console_of(L);
    const char *near = NULL;
    console_resume(c);
    const char *id = api_check_text(L, 1, "a fund's id");
    const int year = check_year(L, 2);
    const uint32_t fund = c->data->fund(c->data->ctx, id, year, &near);
    if (fund == SCRIPT_NO_FUND)
        return refuse_fund(L, id, year, near);
    api_push_object(L, API_FUND, fund);
    return 1;
}

static struct console_known *find_known(const struct console *c, const char *type, int year)
{
    struct console_known *k = c->known;
    while (k != NULL && (k->year != year || strcmp(k->type, type) != 0))
        k = k->next;
    return k;
}

static void raise_error(lua_State *L, const sy_error *err)
{
    if (err->file[0] && err->line)
        luaL_error(L, "%s:%d: %s", err->file, (int)err->line, err->message);
    luaL_error(L, "%s%s%s", err->file, err->file[0] ? ": " : "", err->message);
}

/* The script of a type in a year, loaded once. */
static const struct console_known *load_script(lua_State *L, struct console *c, const char *type,
                                               int year)
{
    struct console_script files = {0};
    sy_error err = {0};
    struct console_known *known = find_known(c, type, year);
    if (known != NULL)
        return known;
    if (c->data->script(c->data->ctx, type, year, &files, &err) != SY_OK)
        raise_error(L, &err);
    known = arena_alloc(&c->names, sizeof *known);
    const char *name = arena_strdup(&c->names, type);
    if (known == NULL || name == NULL)
        sandbox_nomem(L);
    const struct script *script = NULL;
    if (files.nlayers > 0)
        script = script_push(L, files.layers, files.nlayers, files.parameters, files.nparameters);
    console_resume(c);
    *known = (struct console_known){c->known, name, year, script};
    c->known = known;
    return known;
}

/* rules(type[, year]): the rules in force; without a year those of the last. */
static int get_rules(lua_State *L)
{
    struct console *c = console_of(L);
    console_resume(c);
    const char *type = api_check_text(L, 1, "a type");
    const struct console_known *known = load_script(L, c, type, check_year(L, 2));
    if (known->script == NULL)
        return luaL_error(L, "type '%s' has no script: everything is graded by sign", type);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &known->script->indicator);
    return 1;
}

/* The rule or function of a pattern that the script has. */
static void push_entry(lua_State *L, const struct script *script, const char *pattern)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &script->indicator);
    api_push_storage(L, -1);
    lua_getfield(L, -1, "indicator");
    lua_getfield(L, -1, pattern);
}

/* rule(i, fund): the rule in force for an indicator of a fund. */
static int get_rule(lua_State *L)
{
    struct console *c = console_of(L);
    const struct script_data *data = sandbox_of(L)->data;
    struct script_value path = {0}, type = {0}, year = {0};
    struct rule *copy;
    size_t tie;
    char name[TYPE_MAX];
    console_resume(c);
    data->item_field(data->ctx, api_check_item(L, 1), FIELD_PATH, &path);
    const uint32_t fund = api_check_fund(L, 2);
    data->fund_field(data->ctx, fund, "type", &type);
    data->fund_field(data->ctx, fund, "year", &year);
    const struct console_known *known = NULL;
    if (type.kind == SCRIPT_TEXT && type.len < sizeof name) {
        memcpy(name, type.text, type.len);
        name[type.len] = '\0';
        known = load_script(L, c, name, (int)year.num);
    }
    const struct script *script = known != NULL ? known->script : NULL;
    const size_t best = script != NULL ? pattern_best(&script->indicator.patterns, path.text, &tie)
                                       : PATTERN_NO_MATCH;
    if (best != PATTERN_NO_MATCH)
        push_entry(L, script, script->indicator.entries[best].pattern);
    else
        api_push_rule(L, script != NULL ? &script->fallback : &rule_default, 0, &copy);
    return 1;
}

/* print(…): values as a line prints them. */
static int print(lua_State *L)
{
    struct console *c = console_of(L);
    const int n = lua_gettop(L);
    for (int i = 1; i <= n; i++) {
        buf_str(&c->out, i > 1 ? "\t" : "");
        console_print(L, &c->out, i, 0);
    }
    buf_char(&c->out, '\n');
    return 0;
}

/* The names of the list at `keys`, as many a line as it holds. */
static void add_names(luaL_Buffer *b, int keys, size_t n)
{
    size_t column = HELP_WIDTH;
    for (size_t i = 1; i <= n; i++) {
        lua_rawgeti(b->L, keys, (lua_Integer)i);
        const size_t len = strlen(" sy.") + lua_rawlen(b->L, -1);
        lua_pop(b->L, 1);
        const bool breaks = column + len > HELP_WIDTH;
        luaL_addstring(b, !breaks ? " sy." : i > 1 ? "\n  sy." : "  sy.");
        lua_rawgeti(b->L, keys, (lua_Integer)i);
        luaL_addvalue(b);
        column = breaks ? 1 + len : column + len;
    }
}

/* What is to be had, and what the module has, so that no list drifts. */
static void add_help(lua_State *L, const struct console *c)
{
    luaL_Buffer b;
    api_push_module(L);
    luaL_getmetafield(L, -1, "__index"); /* the module itself is a view */
    lua_remove(L, -2);
    const size_t n = library_sorted_keys(L, lua_gettop(L));
    const int keys = lua_gettop(L);
    luaL_buffinit(L, &b);
    luaL_addstring(&b, c->data->help);
    add_names(&b, keys, n);
    luaL_pushresult(&b);
    lua_setfield(L, keys - 2, "help");
    lua_settop(L, keys - 2);
}

void console_add(lua_State *L)
{
    static const luaL_Reg functions[] = {{"fund", get_fund},
                                         {"rules", get_rules},
                                         {"rule", get_rule},
                                         {"print", print},
                                         {NULL, NULL}};
    struct console *c = console_of(L);
    const char *id;
    luaL_setfuncs(L, functions, 0);
    api_push_module(L);
    lua_setfield(L, -2, "sy");
    lua_newtable(L);
    for (size_t i = 0; (id = c->data->fund_id(c->data->ctx, i)) != NULL; i++) {
        lua_pushstring(L, id);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setfield(L, -2, "funds");
    add_help(L, c);
}
