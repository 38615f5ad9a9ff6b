/*
 * api_rule.c - sy.completion{…} and the other standard rules: from options to a struct rule.
 *
 * A rule is a userdata that holds its tiers, items and texts in its own block, so that what scripts
 * declare counts against their memory.
 */
#include "rule/api.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "rule/library.h"

#define PARTS_MAX 1024 /* tiers or items of one rule */
#define TINY      1e-300

static const char *const of_name[] = {"of"};

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

/* A rule of `kind` at the top, with `extra` bytes behind it and the options that every rule takes.
 */
static struct rule *push_rule(lua_State *L, enum rule_kind kind, size_t extra)
{
    const char *name = rule_name(kind);
    const double missing = api_number(L, name, "missing", 0, 1, NAN);
    const double not_applicable = api_number(L, name, "not_applicable", 0, 1, NAN);
    struct rule *rule = lua_newuserdatauv(L, sizeof *rule + extra, 1);
    *rule = rule_default;
    rule->kind = kind;
    rule->reads_target = false;
    rule->missing = missing;
    rule->not_applicable = not_applicable;
    api_rule_place(L, 1, &rule->script, &rule->line);
    luaL_setmetatable(L, API_RULE);
    return rule;
}

const struct rule *api_to_rule(lua_State *L, int index)
{
    return luaL_testudata(L, index, API_RULE);
}

/* What [parameters] says for an option that was not given. */
static double number_parameter(lua_State *L, const char *name, double otherwise)
{
    const struct script *script = sandbox_of(L)->current;
    const char *text = script != NULL ? script_parameter_text(script, name) : NULL;
    double x = 0;
    if (text == NULL)
        return otherwise;
    if (!number_parse(&x, text, strlen(text)) || x < 0)
        luaL_error(L, "[parameters] %s = %s is not a number of 0 or more", name, text);
    return x;
}

static bool linear_parameter(lua_State *L)
{
    const struct script *script = sandbox_of(L)->current;
    const char *text = script != NULL ? script_parameter_text(script, "reverse") : NULL;
    if (text == NULL || strcmp(text, "ratio") == 0)
        return false;
    if (strcmp(text, "linear") != 0)
        luaL_error(L, "[parameters] reverse = %s is neither ratio nor linear", text);
    return true;
}

/* sy.by_sign{}: by the sign of the target: completion, reverse, inside a range, in time, or rated.
 */
static int rule_by_sign(lua_State *L)
{
    const struct api_options options = {.rule = "by_sign"};
    api_check_options(L, &options);
    const double pass = number_parameter(L, "pass", rule_default.pass);
    const double over = number_parameter(L, "over", rule_default.over);
    const bool linear = linear_parameter(L);
    struct rule *rule = push_rule(L, RULE_BY_SIGN, 0);
    rule->pass = pass;
    rule->over = over;
    rule->linear = linear;
    rule->reads_target = true;
    return 1;
}

/* sy.completion{ pass=0, over=1.3 }: actual over target; 0 below pass; from over on a finding. */
static int rule_completion(lua_State *L)
{
    static const char *const names[] = {"pass", "over"};
    const struct api_options options = {.rule = "completion", .names = names, .n = 2};
    api_check_options(L, &options);
    const double pass = api_number(L, "completion", "pass", 0, INFINITY,
                                   number_parameter(L, "pass", rule_default.pass));
    const double over = api_number(L, "completion", "over", 0, INFINITY,
                                   number_parameter(L, "over", rule_default.over));
    struct rule *rule = push_rule(L, RULE_COMPLETION, 0);
    rule->pass = pass;
    rule->over = over;
    rule->reads_target = true;
    return 1;
}

/* sy.reverse{ mode="ratio" }: less is better; over the target t/a, or 2 - a/t where "linear". */
static int rule_reverse(lua_State *L)
{
    static const char *const names[] = {"mode"}, *const modes[] = {"ratio", "linear"};
    const struct api_options options = {.rule = "reverse", .names = names, .n = 1};
    api_check_options(L, &options);
    const int mode = api_choice(L, "reverse", "mode", modes, 2, linear_parameter(L));
    struct rule *rule = push_rule(L, RULE_REVERSE, 0);
    rule->linear = mode == 1;
    rule->reads_target = true;
    return 1;
}

/* The number of elements without a name, which must be 1 to n. */
static size_t count_parts(lua_State *L, const char *rule)
{
    size_t n = 0;
    for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1))
        n += lua_type(L, -2) == LUA_TNUMBER;
    if (n != lua_rawlen(L, 1))
        luaL_error(L, "%s: the list has a gap", rule);
    if (n > PARTS_MAX)
        luaL_error(L, "%s: more than %d elements", rule, PARTS_MAX);
    return n;
}

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

/* sy.tiers{ of=1, edge="lower", {bound, points}, … }: points by the band that the actual is in. */
static int rule_tiers(lua_State *L)
{
    static const char *const names[] = {"of", "edge"}, *const edges[] = {"lower", "upper"};
    const struct api_options options = {.rule = "tiers", .names = names, .n = 2, .list = true};
    api_check_options(L, &options);
    const double of = api_number(L, "tiers", "of", TINY, INFINITY, 1);
    const int edge = api_choice(L, "tiers", "edge", edges, 2, 0);
    const size_t n = count_parts(L, "tiers");
    if (n == 0)
        return luaL_error(L, "tiers needs at least one { bound, points }");
    struct rule *rule = push_rule(L, RULE_TIERS, n * sizeof(struct rule_tier));
    struct rule_tier *tiers = (struct rule_tier *)(rule + 1);
    for (size_t i = 0; i < n; i++) {
        tiers[i].bound = part_number(L, "tiers", (int)i + 1, 1, "bound");
        tiers[i].points = part_number(L, "tiers", (int)i + 1, 2, "points");
        if (tiers[i].points < 0 || tiers[i].points > of)
            return luaL_error(L, "tiers: points of element %d must be from 0 to %f (of = %f)",
                              (int)i + 1, of, of);
    }
    qsort(tiers, n, sizeof *tiers, compare_tiers);
    for (size_t i = 1; i < n; i++)
        if (tiers[i].bound == tiers[i - 1].bound)
            return luaL_error(L, "tiers: bound %f is given twice", tiers[i].bound);
    rule->of = of;
    rule->upper = edge == 1;
    rule->tiers = tiers;
    rule->ntiers = n;
    return 1;
}

/* sy.deduct{ of=1, from, per, lose, steps="floor", when="above" }: `lose` points for each step. */
static int rule_deduct(lua_State *L)
{
    static const char *const names[] = {"of", "from", "per", "lose", "steps", "when"};
    static const char *const steps[] = {"floor", "ceil", "prorata"};
    static const char *const whens[] = {"above", "below", "either"};
    const struct api_options options = {.rule = "deduct", .names = names, .n = 6};
    api_check_options(L, &options);
    const double from = api_required(L, "deduct", "from", -INFINITY, INFINITY);
    const double per = api_required(L, "deduct", "per", TINY, INFINITY);
    const double lose = api_required(L, "deduct", "lose", 0, INFINITY);
    const double of = api_number(L, "deduct", "of", TINY, INFINITY, 1);
    const int how = api_choice(L, "deduct", "steps", steps, 3, STEPS_FLOOR);
    const int when = api_choice(L, "deduct", "when", whens, 3, WHEN_ABOVE);
    struct rule *rule = push_rule(L, RULE_DEDUCT, 0);
    rule->of = of;
    rule->from = from;
    rule->per = per;
    rule->lose = lose;
    rule->steps = (enum rule_steps)how;
    rule->when = (enum rule_when)when;
    return 1;
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

/* The list form: items and their texts in the rule's own block. */
static int push_items(lua_State *L, size_t n, double of)
{
    size_t bytes = n * sizeof(struct rule_item);
    double points = 0, sum = 0;
    for (size_t i = 0; i < n; i++) {
        bytes += strlen(push_item(L, (int)i + 1, &points)) + 1;
        sum += isnan(points) ? 1 : points;
        lua_pop(L, 1);
    }
    if (!(sum > 0) || !isfinite(sum))
        return luaL_error(L, "checklist: the items have no points");
    struct rule *rule = push_rule(L, RULE_CHECKLIST, bytes);
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
    rule->of = isnan(of) ? sum : of;
    return 1;
}

/* sy.checklist{ of=n } or sy.checklist{ {"①…", 2}, … }: items met, as a count or by their marks. */
static int rule_checklist(lua_State *L)
{
    const struct api_options options = {
        .rule = "checklist", .names = of_name, .n = 1, .list = true};
    api_check_options(L, &options);
    const double of = api_number(L, "checklist", "of", TINY, INFINITY, NAN);
    const size_t n = count_parts(L, "checklist");
    if (n > 0)
        return push_items(L, n, of);
    if (isnan(of))
        return luaL_error(L, "checklist needs of = the number of items, or a list of items");
    if (of != floor(of) || of > PARTS_MAX)
        return luaL_error(L, "checklist: of must be a whole number of items, at most %d",
                          PARTS_MAX);
    push_rule(L, RULE_CHECKLIST, 0)->of = of;
    return 1;
}

/* sy.violations{ of=1, lose }: `lose` points for each violation. */
static int rule_violations(lua_State *L)
{
    static const char *const names[] = {"of", "lose"};
    const struct api_options options = {.rule = "violations", .names = names, .n = 2};
    api_check_options(L, &options);
    const double of = api_number(L, "violations", "of", TINY, INFINITY, 1);
    const double lose = api_required(L, "violations", "lose", 0, INFINITY);
    struct rule *rule = push_rule(L, RULE_VIOLATIONS, 0);
    rule->of = of;
    rule->lose = lose;
    return 1;
}

/* sy.rating{}: what [ratings] says of the judgement, or a number from 0 to 1. */
static int rule_rating(lua_State *L)
{
    const struct api_options options = {.rule = "rating"};
    api_check_options(L, &options);
    push_rule(L, RULE_RATING, 0);
    return 1;
}

/* sy.deadline{ lose, per="day" }: `lose` for each day, week or month begun after the target. */
static int rule_deadline(lua_State *L)
{
    static const char *const names[] = {"lose", "per", "of"};
    static const char *const periods[] = {"day", "week", "month"};
    const struct api_options options = {.rule = "deadline", .names = names, .n = 3};
    api_check_options(L, &options);
    const double lose = api_required(L, "deadline", "lose", 0, INFINITY);
    const double of = api_number(L, "deadline", "of", TINY, INFINITY, 1);
    const int per = api_choice(L, "deadline", "per", periods, 3, PER_DAY);
    struct rule *rule = push_rule(L, RULE_DEADLINE, 0);
    rule->of = of;
    rule->lose = lose;
    rule->period = (enum rule_per)per;
    rule->reads_target = true;
    return 1;
}

/* sy.func{ f, target=false }: a function with options; target=false: called without a target, too.
 */
static int rule_func(lua_State *L)
{
    static const char *const names[] = {"target"};
    const struct api_options options = {.rule = "func", .names = names, .n = 1, .list = true};
    bool reads_target = true;
    api_check_options(L, &options);
    if (count_parts(L, "func") != 1 || lua_rawgeti(L, 1, 1) != LUA_TFUNCTION)
        return luaL_error(L, "func needs one function: sy.func{ f, target = false }");
    lua_pushliteral(L, "target");
    const int type = lua_rawget(L, 1);
    if (type == LUA_TBOOLEAN)
        reads_target = lua_toboolean(L, -1);
    else if (type != LUA_TNIL)
        return luaL_error(L, "func: target must be true or false, not %s", luaL_typename(L, -1));
    lua_pop(L, 1);
    push_rule(L, RULE_FUNCTION, 0)->reads_target = reads_target;
    lua_insert(L, -2);
    lua_setiuservalue(L, -2, 1);
    return 1;
}

void api_add_constructors(lua_State *L)
{
    static const luaL_Reg module[] = {
        {"by_sign", rule_by_sign},
        {"completion", rule_completion},
        {"reverse", rule_reverse},
        {"tiers", rule_tiers},
        {"deduct", rule_deduct},
        {"checklist", rule_checklist},
        {"violations", rule_violations},
        {"rating", rule_rating},
        {"deadline", rule_deadline},
        {"func", rule_func},
        {NULL, NULL},
    };
    static const luaL_Reg rule[] = {{"__call", api_call_rule}, {NULL, NULL}};
    luaL_setfuncs(L, module, 0);
    api_metatable(L, API_RULE, rule);
    lua_pop(L, 1);
}
