/*
 * api_rule.c - sy.completion{…} and the other standard rules: from options to a struct rule, by
 * what rules.def says of each.
 *
 * A rule is a userdata that holds its tiers, items, texts and parts in its own block, so that what
 * scripts declare counts against their memory.
 */
#include "rule/api.h"

#include "rule/rule_table.h"

void api_rule_place(lua_State *L, int level, const char **shown, uint32_t *line)
{
    lua_Debug ar;
    *shown = NULL;
    *line = 0;
    if (!lua_getstack(L, level, &ar) || !lua_getinfo(L, "Sl", &ar) || ar.currentline <= 0)
        return;
    *shown = sandbox_shown(sandbox_of(L), ar.source);
    *line = (uint32_t)ar.currentline;
}

void api_push_rule(lua_State *L, const struct rule *rule, size_t extra, struct rule **out)
{
    *out = lua_newuserdatauv(L, sizeof **out + extra, 1);
    **out = *rule;
    luaL_setmetatable(L, API_RULE);
}

const struct rule *api_to_rule(lua_State *L, int index)
{
    return luaL_testudata(L, index, API_RULE);
}

/* What options must be to each other. */
static void check_options(lua_State *L, const struct rule *rule)
{
    if (rule->kind == RULE_BETWEEN && rule->lo > rule->hi)
        luaL_error(L, "between: lo = %f is more than hi = %f", rule->lo, rule->hi);
    if (rule->kind == RULE_EFFICACY && rule->satisfied == rule->unacceptable)
        luaL_error(L, "efficacy: satisfied and unacceptable are the same, %f", rule->satisfied);
}

/* sy.NAME{ … }. Upvalue: the kind. */
static int declare_rule(lua_State *L)
{
    struct rule rule, *pushed;
    const enum rule_kind kind = (enum rule_kind)lua_tointeger(L, lua_upvalueindex(1));
    api_read_options(L, &rule, kind);
    check_options(L, &rule);
    api_rule_place(L, 1, &rule.script, &rule.line);
    if (rule_list(kind) != NULL)
        api_push_listed(L, &rule);
    else
        api_push_rule(L, &rule, 0, &pushed);
    sandbox_cover_tiers(L, api_to_rule(L, -1));
    return 1;
}

void api_add_constructors(lua_State *L)
{
    static const luaL_Reg rule[] = {{"__call", api_call_rule}, {NULL, NULL}};
    for (int kind = 0; kind < RULE_KINDS; kind++) {
        lua_pushinteger(L, kind);
        lua_pushcclosure(L, declare_rule, 1);
        lua_setfield(L, -2, rule_spec((enum rule_kind)kind)->name);
    }
    api_metatable(L, API_RULE, rule);
    lua_pop(L, 1);
}
