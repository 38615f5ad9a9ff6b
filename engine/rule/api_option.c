/*
 * api_option.c - reading the options of rule constructors, as rules.def describes them: an unknown
 * or ill-typed one is an error.
 */
#include "rule/api.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "rule/library.h"
#include "rule/rule_table.h"

#define OPTIONS_MAX  16
#define ELEMENTS_MAX 1024 /* of one rule */

/* Names that a rule's options may have. */
static size_t list_names(const char **names, enum rule_kind kind)
{
    const int rules[] = {(int)kind, RULE_ANY_RULE};
    size_t n = 0;
    for (size_t k = 0; k < 2; k++) {
        size_t count;
        const struct rule_option *options = rule_options(rules[k], &count);
        for (size_t i = 0; i < count && n < OPTIONS_MAX; i++)
            if (options[i].name != NULL)
                names[n++] = options[i].name;
    }
    return n;
}

static bool is_allowed(const char *const *names, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void check_names(lua_State *L, enum rule_kind kind)
{
    const char *rule = rule_spec(kind)->name, *unknown = NULL, *names[OPTIONS_MAX];
    char what[64];
    const size_t n = list_names(names, kind);
    if (lua_isnoneornil(L, 1)) {
        lua_settop(L, 0);
        lua_newtable(L);
    }
    if (lua_type(L, 1) != LUA_TTABLE)
        luaL_error(L, "%s takes a table of options: sy.%s{ … }", rule, rule);
    lua_settop(L, 1);
    for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1)) {
        sandbox_charge(L, 1);
        if (lua_type(L, -2) == LUA_TNUMBER && rule_list(kind) != NULL)
            continue;
        if (lua_type(L, -2) != LUA_TSTRING)
            luaL_error(L, "%s takes named options only: sy.%s{ name = value }", rule, rule);
        const char *name = lua_tostring(L, -2);
        /* The first by byte, so that the message is the same in every run. */
        if (!is_allowed(names, n, name) && (unknown == NULL || strcmp(name, unknown) < 0))
            unknown = name;
    }
    snprintf(what, sizeof what, "%s has no option", rule);
    if (unknown != NULL)
        library_unknown_of(L, what, unknown, names, n);
}

/* What [parameters] says for an option that was not given; NULL: nothing. */
static const char *parameter_text(lua_State *L, const struct rule_option *o)
{
    const struct script *script = sandbox_of(L)->current;
    return o->parameter == NULL || script == NULL ? NULL
                                                  : script_parameter_text(script, o->parameter);
}

static double default_number(lua_State *L, const char *rule, const struct rule_option *o)
{
    const char *text = parameter_text(L, o);
    double x = 0;
    if (o->needed)
        luaL_error(L, "%s needs %s = a number", rule, o->name);
    if (text == NULL)
        return o->otherwise;
    if (!number_parse(&x, text, strlen(text)) || !rule_in_range(o->range, x))
        luaL_error(L, "[parameters] %s = %s is not a number of %s", o->parameter, text,
                   rule_range_words(o->range));
    return x;
}

/* The option's value at the top. */
static double read_number(lua_State *L, const char *rule, const struct rule_option *o)
{
    if (lua_isnil(L, -1))
        return default_number(L, rule, o);
    if (lua_type(L, -1) != LUA_TNUMBER)
        luaL_error(L, "%s: %s must be a number, not %s", rule, o->name, luaL_typename(L, -1));
    const double x = lua_tonumber(L, -1);
    if (!isfinite(x))
        luaL_error(L, "%s: %s must be a finite number", rule, o->name);
    if (!rule_in_range(o->range, x))
        luaL_error(L, "%s: %s must be %s", rule, o->name, rule_range_words(o->range));
    return x;
}

static size_t count_words(const struct rule_option *o)
{
    size_t n = 0;
    while (o->words[n] != NULL)
        n++;
    return n;
}

static int find_word(const struct rule_option *o, const char *word)
{
    for (int i = 0; o->words[i] != NULL; i++)
        if (strcmp(word, o->words[i]) == 0)
            return i;
    return -1;
}

static int refuse_word(lua_State *L, const char *rule, const struct rule_option *o,
                       const char *word)
{
    char list[160];
    size_t len = (size_t)snprintf(list, sizeof list, "%s: %s is one of", rule, o->name);
    for (size_t i = 0; o->words[i] != NULL && len < sizeof list; i++)
        len += (size_t)snprintf(list + len, sizeof list - len, "%s \"%s\"", i > 0 ? "," : "",
                                o->words[i]);
    if (len < sizeof list)
        snprintf(list + len, sizeof list - len, ", not");
    return library_unknown_of(L, list, word, o->words, count_words(o));
}

static int default_word(lua_State *L, const struct rule_option *o)
{
    const char *text = parameter_text(L, o);
    const int word = text != NULL ? find_word(o, text) : 0;
    if (word < 0)
        luaL_error(L, "[parameters] %s = %s is neither %s nor %s", o->parameter, text, o->words[0],
                   o->words[1]);
    return word;
}

static int read_word(lua_State *L, const char *rule, const struct rule_option *o)
{
    if (lua_isnil(L, -1))
        return default_word(L, o);
    if (lua_type(L, -1) != LUA_TSTRING)
        luaL_error(L, "%s: %s must be a word, not %s", rule, o->name, luaL_typename(L, -1));
    const char *text = lua_tostring(L, -1);
    const int word = find_word(o, text);
    return word >= 0 ? word : refuse_word(L, rule, o, text);
}

static bool read_switch(lua_State *L, const char *rule, const struct rule_option *o)
{
    if (lua_isnil(L, -1))
        return o->otherwise != 0;
    if (lua_type(L, -1) != LUA_TBOOLEAN)
        luaL_error(L, "%s: %s must be true or false, not %s", rule, o->name, luaL_typename(L, -1));
    return lua_toboolean(L, -1);
}

static void read_option(lua_State *L, struct rule *rule, const struct rule_option *o)
{
    const char *name = rule_spec(rule->kind)->name;
    char *field = (char *)rule + o->field;
    lua_pushstring(L, o->name); /* nil without a name */
    if (o->name != NULL)
        lua_rawget(L, 1);
    if (o->kind == OPTION_WORD)
        *(int *)(void *)field = read_word(L, name, o);
    else if (o->kind == OPTION_SWITCH)
        *(bool *)(void *)field = read_switch(L, name, o);
    else
        *(double *)(void *)field = read_number(L, name, o);
    lua_pop(L, 1);
}

void api_read_options(lua_State *L, struct rule *rule, enum rule_kind kind)
{
    const int rules[] = {(int)kind, RULE_ANY_RULE};
    check_names(L, kind);
    *rule = rule_default;
    rule->kind = kind;
    rule->reads_target = rule_spec(kind)->reads_target;
    for (size_t k = 0; k < 2; k++) {
        size_t n;
        const struct rule_option *options = rule_options(rules[k], &n);
        for (size_t i = 0; i < n; i++)
            read_option(L, rule, &options[i]);
    }
}

size_t api_count_elements(lua_State *L, enum rule_kind kind)
{
    const char *rule = rule_spec(kind)->name;
    size_t n = 0;
    for (lua_pushnil(L); lua_next(L, 1) != 0; lua_pop(L, 1))
        n += lua_type(L, -2) == LUA_TNUMBER;
    if (n != lua_rawlen(L, 1))
        luaL_error(L, "%s: the list has a gap", rule);
    if (n > ELEMENTS_MAX)
        luaL_error(L, "%s: more than %d elements", rule, ELEMENTS_MAX);
    return n;
}
