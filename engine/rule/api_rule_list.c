/*
 * api_rule_list.c - what rule constructors list without names: bands, items, a function, rules.
 */
#include "rule/api.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rule/rule_table.h"

/* Element `at` of the list, pushed; its own element `part` as a number. */
static double part_number(lua_State *L, const char *rule, int at, int part, const char *what)
{
    if (lua_rawgeti(L, 1, at) != LUA_TTABLE)
        luaL_error(L, "%s: element %d must be a list { … }", rule, at);
    if (lua_rawlen(L, -1) != 2)
        luaL_error(L, "%s: element %d must have two values", rule, at);
    if (lua_rawgeti(L, -1, part) != LUA_TNUMBER || !isfinite(lua_tonumber(L, -1)))
        luaL_error(L, "%s: %s of element %d must be a number", rule, what, at);
    const double x = lua_tonumber(L, -1);
    lua_pop(L, 2);
    return x;
}

static int compare_tiers(const void *x, const void *y)
{
    const struct rule_tier *a = x, *b = y;
    return (a->bound > b->bound) - (a->bound < b->bound);
}

/* The usual slip: points of the regulation without the full points that they are of. */
static void refuse_points(lua_State *L, int element, double of)
{
    char full[32];
    snprintf(full, sizeof full, "%.15g", of);
    luaL_error(L, "tiers: points of element %d must be from 0 to %s: `of` says the full points",
               element, full);
}

static void push_tiers(lua_State *L, const struct rule *declared, size_t n)
{
    struct rule *rule;
    if (n == 0)
        luaL_error(L, "tiers needs at least one { bound, points }");
    api_push_rule(L, declared, n * sizeof(struct rule_tier), &rule);
    struct rule_tier *tiers = (struct rule_tier *)(rule + 1);
    for (size_t i = 0; i < n; i++) {
        tiers[i].bound = part_number(L, "tiers", (int)i + 1, 1, "bound");
        tiers[i].points = part_number(L, "tiers", (int)i + 1, 2, "points");
        if (tiers[i].points < 0 || tiers[i].points > rule->of)
            refuse_points(L, (int)i + 1, rule->of);
    }
    qsort(tiers, n, sizeof *tiers, compare_tiers);
    for (size_t i = 1; i < n; i++)
        if (tiers[i].bound == tiers[i - 1].bound)
            luaL_error(L, "tiers: bound %f is given twice", tiers[i].bound);
    rule->tiers = tiers;
    rule->ntiers = n;
}

/* Pushes the text of item `at`; its points, NaN where it has none of its own. */
static const char *push_item(lua_State *L, int at, double *points)
{
    *points = NAN;
    if (lua_rawgeti(L, 1, at) == LUA_TTABLE) {
        const size_t n = lua_rawlen(L, -1);
        if (n == 2)
            *points = part_number(L, "checklist", at, 2, "points");
        if (n < 1 || n > 2 || *points < 0)
            luaL_error(L, "checklist: element %d must be { text, points }", at);
        lua_rawgeti(L, -1, 1);
        lua_remove(L, -2);
    }
    if (lua_type(L, -1) != LUA_TSTRING)
        luaL_error(L, "checklist: element %d must begin with a text", at);
    return api_check_text(L, -1, "an item of checklist");
}

/* Items and their texts in the rule's own block. */
static void push_items(lua_State *L, const struct rule *declared, size_t n)
{
    size_t bytes = n * sizeof(struct rule_item);
    double points = 0, sum = 0;
    struct rule *rule;
    for (size_t i = 0; i < n; i++) {
        bytes += strlen(push_item(L, (int)i + 1, &points)) + 1;
        sum += isnan(points) ? 1 : points;
        lua_pop(L, 1);
    }
    if (!(sum > 0) || !isfinite(sum))
        luaL_error(L, "checklist: the items have no points");
    api_push_rule(L, declared, bytes, &rule);
    struct rule_item *items = (struct rule_item *)(rule + 1);
    char *text = (char *)(items + n);
    for (size_t i = 0; i < n; i++) {
        const char *mark = push_item(L, (int)i + 1, &points);
        items[i] = (struct rule_item){.mark = text, .points = points};
        memcpy(text, mark, strlen(mark) + 1);
        text += strlen(mark) + 1;
        lua_pop(L, 1);
    }
    rule->items = items;
    rule->nitems = n;
    rule->of = isnan(rule->of) ? sum : rule->of;
}

static void push_checklist(lua_State *L, const struct rule *declared, size_t n)
{
    struct rule *rule;
    if (n > 0) {
        push_items(L, declared, n);
        return;
    }
    if (isnan(declared->of))
        luaL_error(L, "checklist needs of = the number of items, or a list of items");
    if (declared->of != floor(declared->of) || declared->of > 1024)
        luaL_error(L, "checklist: of must be a whole number of items, at most %d", 1024);
    api_push_rule(L, declared, 0, &rule);
}

/* A rule around the function at the top, which it replaces. */
static void wrap_function(lua_State *L, const struct rule *declared)
{
    struct rule *rule;
    if (lua_iscfunction(L, -1))
        luaL_error(L, "%s: a function of the module is called: sy.name{ … }",
                   rule_spec(declared->kind)->name);
    api_push_rule(L, declared, 0, &rule);
    rule->kind = RULE_FUNCTION;
    lua_insert(L, -2);
    lua_setiuservalue(L, -2, 1);
}

static void push_function(lua_State *L, const struct rule *declared, size_t n)
{
    if (n != 1 || lua_rawgeti(L, 1, 1) != LUA_TFUNCTION)
        luaL_error(L, "func needs one function: sy.func{ f, target = false }");
    wrap_function(L, declared);
}

/* The rule or function at the top becomes a rule; `at` names it in errors. */
static const struct rule *take_part(lua_State *L, const struct rule *declared, int at)
{
    if (lua_type(L, -1) == LUA_TFUNCTION) {
        struct rule plain = rule_default;
        plain.kind = RULE_FUNCTION;
        plain.script = declared->script;
        plain.line = declared->line;
        wrap_function(L, &plain);
    }
    const struct rule *part = api_to_rule(L, -1);
    if (part == NULL)
        luaL_error(L, "%s: element %d must be a rule or a function, not %s",
                   rule_spec(declared->kind)->name, at, luaL_typename(L, -1));
    return part;
}

static double take_weight(lua_State *L, int at)
{
    if (lua_rawgeti(L, 1, at) != LUA_TTABLE || lua_rawlen(L, -1) != 2)
        luaL_error(L, "average: element %d must be { rule, weight }", at);
    if (lua_rawgeti(L, -1, 2) != LUA_TNUMBER || !rule_in_range(POSITIVE, lua_tonumber(L, -1)))
        luaL_error(L, "average: the weight of element %d must be a number of more than 0", at);
    const double weight = lua_tonumber(L, -1);
    lua_pop(L, 1);
    lua_rawgeti(L, -1, 1);
    lua_remove(L, -2);
    return weight;
}

/* What a rule reads is what its parts read. */
static void add_part(lua_State *L, struct rule *rule, const struct rule *part)
{
    const char *name = rule_spec(rule->kind)->name;
    rule->depth = part->depth + 1 > rule->depth ? part->depth + 1 : rule->depth;
    rule->leaves += part->nparts > 0 ? part->leaves : 1;
    if (rule->depth > RULE_DEPTH_MAX)
        luaL_error(L, "%s: rules within rules are more than %d deep", name, RULE_DEPTH_MAX);
    if (rule->leaves > RULE_PARTS_MAX)
        luaL_error(L, "%s: more than %d rules in one", name, RULE_PARTS_MAX);
    if (rule->kind == RULE_AGAINST_PREVIOUS) {
        if (!part->reads_target)
            luaL_error(L, "%s: %s{} reads no target, so last year's actual would change nothing",
                       name, rule_spec(part->kind)->name);
        rule->reads_previous = true;
        return;
    }
    rule->reads_target = rule->reads_target || part->reads_target;
    rule->reads_previous = rule->reads_previous || part->reads_previous;
}

/* Rules made of rules. The parts are kept alive by a list that is the rule's user value. */
static void push_parts(lua_State *L, const struct rule *declared, size_t n)
{
    const char *name = rule_spec(declared->kind)->name;
    double weights = 0;
    struct rule *rule;
    if (declared->kind == RULE_AGAINST_PREVIOUS && n != 1)
        luaL_error(L, "%s needs one rule: sy.%s{ sy.completion{} }", name, name);
    if (n == 0)
        luaL_error(L, "%s needs at least one %s", name, rule_list(declared->kind)->element);
    api_push_rule(L, declared, n * sizeof(struct rule_part), &rule);
    struct rule_part *parts = (struct rule_part *)(rule + 1);
    lua_createtable(L, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        parts[i].weight = 1;
        if (rule->kind == RULE_AVERAGE)
            parts[i].weight = take_weight(L, (int)i + 1);
        else
            lua_rawgeti(L, 1, (lua_Integer)i + 1);
        weights += parts[i].weight;
        parts[i].rule = take_part(L, declared, (int)i + 1);
        add_part(L, rule, parts[i].rule);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    if (!isfinite(weights))
        luaL_error(L, "average: the weights are too large to be added up");
    lua_setiuservalue(L, -2, 1);
    rule->parts = parts;
    rule->nparts = n;
}

void api_push_listed(lua_State *L, const struct rule *rule)
{
    const size_t n = api_count_elements(L, rule->kind);
    sandbox_charge(L, n);
    switch (rule->kind) {
    case RULE_TIERS:
        push_tiers(L, rule, n);
        break;
    case RULE_CHECKLIST:
        push_checklist(L, rule, n);
        break;
    case RULE_FUNCTION:
        push_function(L, rule, n);
        break;
    default:
        push_parts(L, rule, n);
        break;
    }
}
