/*
 * api.h - what scripts see: the module `steelyard`, rules, the indicator and the fund. Used by
 * rule/ only. Doc comments beside the C functions are what the manual says of them.
 */
#ifndef RULE_API_H
#define RULE_API_H

#include <lauxlib.h>
#include <lua.h>

#include "rule/sandbox.h"
#include "rule/script_parts.h"

/* Names of the kinds of userdata, also in Lua's messages. */
#define API_RULE           "rule"
#define API_RULES          "rules"
#define API_SECTION        "rules section"
#define API_DATE           "date"
#define API_NOT_APPLICABLE "not_applicable"
#define API_ITEM           "indicator"
#define API_FUND           "fund"
#define API_FACTS          "facts"
#define API_ITEMS          "indicators"

/* Adds `require` to the environment at the top and builds the module. Raises, as all below do. */
void api_open(lua_State *L);

/* The module `steelyard.test` at the top, popped: from here on `require` knows it, and the global
 * `test` is it. */
void api_open_tests(lua_State *L);
bool api_in_tests(lua_State *L); /* it has been opened: a test file runs, no script of rules */

/* The module `steelyard`. */
void api_push_module(lua_State *L);

/* Forgets what the layer before has required. */
void api_begin_layer(lua_State *L);

/* A metatable that scripts can neither see nor change, left on the stack; all writes are refused.
 */
void api_metatable(lua_State *L, const char *name, const luaL_Reg *metamethods);

/* Parts of the module, added to the table at the top. */
void api_add_values(lua_State *L);
void api_add_rules(lua_State *L);
void api_add_constructors(lua_State *L);
void api_add_objects(lua_State *L); /* metatables only */
void api_add_methods(lua_State *L); /* of a fund */

/* Values. Text is borrowed from the Lua value. */
void api_push_value(lua_State *L, const struct script_value *value);
void api_push_date(lua_State *L, int32_t days);
bool api_to_date(lua_State *L, int index, int32_t *days);
/* The text at index, which must be valid UTF-8 without NUL bytes; `what` names it in errors. */
const char *api_check_text(lua_State *L, int index, const char *what);

/* An indicator or a fund of the call that runs. */
struct api_object {
    uint32_t id;
    uint64_t stamp;
};
/* The two objects that each call is given, and what api_show_item needs, at the top; the objects
 * are the first two. Nothing is shown then. */
#define API_CALL_SLOTS 7
void api_push_call(lua_State *L);
void api_show_fund(lua_State *L, uint32_t fund);
/* The item of the next call; `call` is where api_push_call has begun. */
void api_show_item(lua_State *L, int call, uint32_t item);
/* From here on each field is fetched anew: what it gives has changed. */
void api_hide_item(lua_State *L);
bool api_is_item(lua_State *L, int index);
/* Another: an API_ITEM, API_FUND, API_FACTS or API_ITEMS. */
struct api_object *api_push_object(lua_State *L, const char *kind, uint32_t id);
uint32_t api_check_item(lua_State *L, int index);
uint32_t api_check_fund(lua_State *L, int index);
bool api_is_own_fund(lua_State *L, int index); /* not a previous year's */
void api_lack(lua_State *L, const char *name); /* nil was read for it */

const char *api_sign_word(enum rule_sign sign);
/* A field of an indicator; within against_previous the target is last year's actual. */
struct script_value api_read_field(lua_State *L, uint32_t item, enum script_field field);
void api_pay_items(lua_State *L, uint32_t fund); /* a fund's indicators are looked through */

/* A declared rule. Its first user value is the function of RULE_FUNCTION, the list of the rules
 * that others are made of. */
const struct rule *api_to_rule(lua_State *L, int index); /* NULL: no rule */
void api_rule_place(lua_State *L, int level, const char **shown, uint32_t *line);
int api_call_rule(lua_State *L); /* __call */
/* The rule that could not grade the call's indicator, pushed; NULL, and nothing pushed: none. */
const struct rule *api_push_unfit(lua_State *L);

/* The rules of a script: its sections "indicator", "measure", "target", and "adjust", "check", as a
 * plain table. False where the value is no such thing. */
bool api_push_storage(lua_State *L, int index);
/* From here on the lines that set a pattern are noted, whichever layer has them. */
void api_begin_places(lua_State *L);
#define API_SINGLES 3
/* The line that has set a pattern last: of section 0 indicator, 1 measure, 2 target; of API_SINGLES
 * "adjust" and "check". */
void api_place_of(lua_State *L, size_t section, const char *pattern, const char **shown,
                  uint32_t *line);
/* What sy.base() gives: the value at the top, popped. */
void api_set_base(lua_State *L);

/* The options in the table at index 1, as rules.def describes them, into a rule of `kind`; what
 * [parameters] says of those that are not given. An unknown or ill-typed one is an error. */
void api_read_options(lua_State *L, struct rule *rule, enum rule_kind kind);
/* The number of elements without a name in the table at index 1, which must be those of a list. */
size_t api_count_elements(lua_State *L, enum rule_kind kind);

/* api_rule_list.c: a copy of `rule` at the top, with what the table at index 1 lists: bands, items,
 * rules, a function. */
void api_push_rule(lua_State *L, const struct rule *rule, size_t extra, struct rule **out);
void api_push_listed(lua_State *L, const struct rule *rule);

#endif
