/*
 * script_collect.c - from the rules that a script returned to plain structs: patterns, rules,
 * numbered functions. The functions themselves stay in Lua's registry.
 */
#include <math.h>
#include <string.h>

#include "base/pattern.h"
#include "rule/api.h"
#include "rule/library.h"
#include "rule/script_parts.h"

/* Places on the stack while a script is collected. */
enum { STORAGE = 1, FUNCTIONS, SEEN, PLACES = SEEN };

static void *take_memory(lua_State *L, struct script *script, size_t size)
{
    void *memory = arena_alloc(&script->arena, size > 0 ? size : 1);
    if (memory == NULL)
        sandbox_nomem(L);
    return memory;
}

static const char *copy_text(lua_State *L, struct script *script, const char *text)
{
    char *copy = arena_strdup(&script->arena, text);
    if (copy == NULL)
        sandbox_nomem(L);
    return copy;
}

/* Numbers the function, or the rule that holds functions, at the top, which is popped. There is
 * room: see count_functions. */
static int add_function(lua_State *L, struct script *script, enum sandbox_mode mode)
{
    lua_Debug ar;
    const struct rule *rule = api_to_rule(L, -1);
    struct script_function *f = &script->functions[script->nfunctions++];
    f->mode = mode;
    f->steps = sandbox_steps(L);
    if (rule != NULL) {
        f->shown = rule->script;
        f->line = rule->line;
    } else {
        lua_pushvalue(L, -1);
        lua_getinfo(L, ">S", &ar);
        f->shown = sandbox_shown(sandbox_of(L), ar.source);
        f->line = ar.linedefined > 0 ? (uint32_t)ar.linedefined : 0;
    }
    lua_rawseti(L, FUNCTIONS, (lua_Integer)script->nfunctions);
    return (int)script->nfunctions;
}

/* The rule or function at the top, popped, as a rule of the script's own. One that stands for
 * several patterns is copied once. */
static const struct rule *collect_rule(lua_State *L, struct script *script)
{
    lua_pushvalue(L, -1);
    if (lua_rawget(L, SEEN) == LUA_TLIGHTUSERDATA) {
        const struct rule *seen = lua_touserdata(L, -1);
        lua_pop(L, 2);
        return seen;
    }
    lua_pop(L, 1);
    const struct rule *declared = api_to_rule(L, -1);
    struct rule *rule = rule_copy(&script->arena, declared != NULL ? declared : &rule_default);
    if (rule == NULL)
        sandbox_nomem(L);
    lua_pushvalue(L, -1);
    lua_pushlightuserdata(L, rule);
    lua_rawset(L, SEEN);
    if (declared == NULL) {
        rule->kind = RULE_FUNCTION;
        rule->function = add_function(L, script, MODE_INDICATOR);
        script_function_place(script, rule->function, &rule->script, &rule->line);
        return rule;
    }
    if (rule->kind == RULE_FUNCTION) {
        lua_getiuservalue(L, -1, 1);
        lua_replace(L, -2);
    }
    if (rule_holds(rule, RULE_FUNCTION))
        rule->function = add_function(L, script, MODE_INDICATOR);
    else
        lua_pop(L, 1);
    return rule;
}

static void collect_section(lua_State *L, struct script *script, struct script_section *section,
                            const char *name, enum sandbox_mode mode)
{
    const size_t number = (size_t)(mode - MODE_INDICATOR);
    lua_getfield(L, STORAGE, name);
    const int table = lua_gettop(L);
    const size_t n = library_sorted_keys(L, table);
    struct pattern_key *keys = take_memory(L, script, n * sizeof *keys);
    section->entries = take_memory(L, script, n * sizeof *section->entries);
    for (size_t i = 0; i < n; i++) {
        struct script_entry *entry = &section->entries[i];
        lua_rawgeti(L, table + 1, (lua_Integer)i + 1);
        entry->pattern = keys[i].text = copy_text(L, script, lua_tostring(L, -1));
        api_place_of(L, number, entry->pattern, &entry->shown, &entry->line);
        lua_rawget(L, table);
        if (mode == MODE_INDICATOR)
            entry->rule = collect_rule(L, script);
        else
            entry->function = add_function(L, script, mode);
    }
    section->n = n;
    pattern_set_make(&section->patterns, keys, n, true);
    lua_settop(L, PLACES);
}

static int collect_single(lua_State *L, struct script *script, const char *name,
                          enum sandbox_mode mode)
{
    if (lua_getfield(L, STORAGE, name) == LUA_TFUNCTION)
        return add_function(L, script, mode);
    lua_pop(L, 1);
    return 0;
}

static size_t count_functions(lua_State *L)
{
    static const char *const sections[] = {"indicator", "measure", "target"};
    size_t n = 2; /* adjust, check */
    for (size_t i = 0; i < 3; i++) {
        lua_getfield(L, STORAGE, sections[i]);
        for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1))
            n++;
        lua_pop(L, 1);
    }
    return n;
}

static bool was_listed(const struct script_section *section, const char *pattern)
{
    size_t low = 0, high = section->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = strcmp(section->entries[middle].pattern, pattern);
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static void list_patterns(lua_State *L, struct script *script)
{
    const struct script_section *sections[] = {&script->indicator, &script->measure,
                                               &script->target};
    const size_t n = script->indicator.n + script->measure.n + script->target.n;
    script->patterns = take_memory(L, script, n * sizeof *script->patterns);
    script->measured = take_memory(L, script, script->measure.n * sizeof *script->measured);
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < sections[k]->n; i++) {
            const char *pattern = sections[k]->entries[i].pattern;
            if ((k > 0 && was_listed(sections[0], pattern)) ||
                (k > 1 && was_listed(sections[1], pattern)))
                continue;
            script->patterns[script->npatterns++] = pattern;
        }
    for (size_t i = 0; i < script->measure.n; i++)
        if (!pattern_is(script->measure.entries[i].pattern))
            script->measured[script->nmeasured++] = script->measure.entries[i].pattern;
}

void script_collect(lua_State *L, struct script *script)
{
    api_push_storage(L, -1);
    lua_replace(L, STORAGE);
    lua_settop(L, STORAGE);
    lua_newtable(L); /* FUNCTIONS */
    lua_newtable(L); /* SEEN */
    lua_pushvalue(L, FUNCTIONS);
    lua_rawsetp(L, LUA_REGISTRYINDEX, script);
    script->functions = take_memory(L, script, count_functions(L) * sizeof *script->functions);
    collect_section(L, script, &script->indicator, "indicator", MODE_INDICATOR);
    collect_section(L, script, &script->measure, "measure", MODE_MEASURE);
    collect_section(L, script, &script->target, "target", MODE_TARGET);
    script->adjust = collect_single(L, script, "adjust", MODE_ADJUST);
    script->check = collect_single(L, script, "check", MODE_CHECK);
    api_place_of(L, API_SINGLES, "adjust", &script->singles[0].shown, &script->singles[0].line);
    api_place_of(L, API_SINGLES, "check", &script->singles[1].shown, &script->singles[1].line);
    list_patterns(L, script);
}
