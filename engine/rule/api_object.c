/*
 * api_object.c - `i` and `fund` as scripts read them: one reused object each, which fetches only
 * what is asked. All is read-only and holds during the call alone.
 */
#include "rule/api.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "rule/library.h"

static const char item_key, fund_key, fields_key, signs_key;

/* In the order of enum script_field. */
static const char *const item_fields[] = {
#define ITEM(name, type, en, zh) name,
#include "rule/api.def"
};
#define ITEM_FIELDS (sizeof item_fields / sizeof item_fields[0])

#define FIELDS_ROOM           32 /* for a few names: they seldom stand in each other's way */
#define ITEMS_PER_INSTRUCTION 8
#define ITEMS_PAID            64u /* the callers index what is longer */

void api_lack(lua_State *L, const char *name)
{
    struct sandbox *s = sandbox_of(L);
    size_t len = strlen(name);
    if (len >= sizeof s->lacking)
        for (len = sizeof s->lacking - 1; len > 0 && ((unsigned char)name[len] & 0xC0) == 0x80;)
            len--; /* whole characters */
    memcpy(s->lacking, name, len);
    s->lacking[len] = '\0';
}

struct api_object *api_push_object(lua_State *L, const char *kind, uint32_t id)
{
    struct api_object *object = lua_newuserdatauv(L, sizeof *object, 0);
    object->id = id;
    object->stamp = sandbox_of(L)->stamp;
    luaL_setmetatable(L, kind);
    return object;
}

/* Where api_push_call leaves things, from its first on. */
enum { CALL_ITEM, CALL_FUND, CALL_FIELDS, CALL_SIGNS, CALL_SIGN, CALL_TARGET, CALL_ACTUAL };

static const enum script_field shown_fields[] = {FIELD_SIGN, FIELD_TARGET, FIELD_ACTUAL};
#define SHOWN_FIELDS (sizeof shown_fields / sizeof shown_fields[0])

void api_push_call(lua_State *L)
{
    sandbox_of(L)->wanted = 0;
    api_hide_item(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &item_key);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &fund_key);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &fields_key);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &signs_key);
    for (size_t i = 0; i < SHOWN_FIELDS; i++)
        lua_pushstring(L, item_fields[shown_fields[i]]);
}

void api_show_fund(lua_State *L, uint32_t fund)
{
    const struct sandbox *s = sandbox_of(L);
    s->fund->id = fund;
    s->fund->stamp = s->stamp;
}

static void show_sign(lua_State *L, int call, enum rule_sign sign)
{
    struct sandbox *s = sandbox_of(L);
    if (s->shown_sign == (int)sign)
        return;
    lua_pushvalue(L, call + CALL_SIGN);
    lua_rawgeti(L, call + CALL_SIGNS, (lua_Integer)sign + 1);
    lua_rawset(L, call + CALL_FIELDS);
    s->shown_sign = (int)sign;
}

static void show_number(lua_State *L, int call, int name, double x)
{
    lua_pushvalue(L, call + name);
    if (isnan(x))
        lua_pushnil(L);
    else
        library_push_number(L, x);
    lua_rawset(L, call + CALL_FIELDS);
}

void api_show_item(lua_State *L, int call, uint32_t item)
{
    const struct sandbox *s = sandbox_of(L);
    struct script_plain plain;
    s->item->id = item;
    s->item->stamp = s->stamp;
    if (s->wanted == 0)
        return;
    s->data->item_plain(s->data->ctx, item, &plain);
    if ((s->wanted & 1u << FIELD_SIGN) != 0)
        show_sign(L, call, plain.sign);
    if ((s->wanted & 1u << FIELD_TARGET) != 0)
        show_number(L, call, CALL_TARGET, plain.target);
    if ((s->wanted & 1u << FIELD_ACTUAL) != 0)
        show_number(L, call, CALL_ACTUAL, plain.actual);
}

void api_hide_item(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &fields_key);
    for (size_t i = 0; i < SHOWN_FIELDS; i++) {
        lua_pushnil(L);
        lua_setfield(L, -2, item_fields[shown_fields[i]]);
    }
    lua_pop(L, 1);
    sandbox_of(L)->shown_sign = -1;
}

static uint32_t check_stamp(lua_State *L, const struct api_object *object, const char *kind)
{
    const struct sandbox *s = sandbox_of(L);
    if (s->data == NULL || object->stamp != s->stamp)
        luaL_error(L, "this %s is of an earlier call: it holds only inside the call that got it",
                   kind);
    return object->id;
}

static uint32_t check_object(lua_State *L, int index, const char *kind,
                             const struct api_object *reused)
{
    const struct api_object *object = lua_touserdata(L, index);
    /* The two objects of every call are known by address; others are looked at. */
    if (object == NULL || object != reused)
        object = luaL_checkudata(L, index, kind);
    return check_stamp(L, object, kind);
}

bool api_is_item(lua_State *L, int index)
{
    const void *object = lua_touserdata(L, index);
    return object != NULL &&
           (object == sandbox_of(L)->item || luaL_testudata(L, index, API_ITEM) != NULL);
}

uint32_t api_check_item(lua_State *L, int index)
{
    return check_object(L, index, API_ITEM, sandbox_of(L)->item);
}

uint32_t api_check_fund(lua_State *L, int index)
{
    return check_object(L, index, API_FUND, sandbox_of(L)->fund);
}

bool api_is_own_fund(lua_State *L, int index)
{
    return lua_touserdata(L, index) == sandbox_of(L)->fund || sandbox_of(L)->mode == MODE_CONSOLE;
}

/* The name of a fact, an indicator, … at index 2, whose look-up is paid here. */
static const char *pay_name(lua_State *L)
{
    size_t len = 0;
    const char *name = lua_tolstring(L, 2, &len);
    sandbox_charge_bytes(L, len);
    return name;
}

/* The indicators of a fund that has few are looked through one by one. */
void api_pay_items(lua_State *L, uint32_t fund)
{
    const struct sandbox *s = sandbox_of(L);
    const uint32_t n = s->data->item_count(s->data->ctx, fund);
    sandbox_charge(L, (n < ITEMS_PAID ? n : ITEMS_PAID) / ITEMS_PER_INSTRUCTION);
}

static int refuse_field(lua_State *L)
{
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "an indicator's fields have names, not %s", luaL_typename(L, 2));
    return library_unknown_of(L, "an indicator has no field", lua_tostring(L, 2), item_fields,
                              ITEM_FIELDS);
}

static void lack_field(lua_State *L, uint32_t item, enum script_field field)
{
    if (field == FIELD_TARGET && item == sandbox_of(L)->shifted)
        api_lack(L, item_fields[FIELD_PREVIOUS]);
    else if (field == FIELD_TARGET || field == FIELD_ACTUAL || field == FIELD_PREVIOUS)
        api_lack(L, item_fields[field]);
}

/* The field of `item` that index 2 names. Upvalue: fields by name. */
static enum script_field push_field(lua_State *L, uint32_t item)
{
    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) == LUA_TNIL)
        refuse_field(L);
    const enum script_field field = (enum script_field)lua_tointeger(L, -1);
    if (field == FIELD_PREVIOUS)
        api_pay_items(L, sandbox_of(L)->fund->id);
    const struct script_value value = api_read_field(L, item, field);
    api_push_value(L, &value);
    if (lua_isnil(L, -1))
        lack_field(L, item, field);
    return field;
}

/* i.FIELD of any item but the call's own. */
static int item_index(lua_State *L)
{
    push_field(L, api_check_item(L, 1));
    return 1;
}

/* i.FIELD of the call's own where it is not shown: it is from the next call on, if it can be. */
static int own_index(lua_State *L)
{
    struct sandbox *s = sandbox_of(L);
    const enum script_field field = push_field(L, check_stamp(L, s->item, API_ITEM));
    if (s->data->item_plain != NULL &&
        (field == FIELD_SIGN || field == FIELD_TARGET || field == FIELD_ACTUAL))
        s->wanted |= 1u << field;
    return 1;
}

static int object_tostring(lua_State *L)
{
    luaL_getmetafield(L, 1, "__name");
    return 1;
}

static int push_fact(lua_State *L, uint32_t fund, const char *name, bool alone)
{
    const struct script_data *data = sandbox_of(L)->data;
    struct script_value value = {0};
    if (alone && data->fund_fact != NULL)
        data->fund_fact(data->ctx, fund, name, &value);
    else
        data->fund_field(data->ctx, fund, name, &value);
    api_push_value(L, &value);
    if (lua_isnil(L, -1))
        api_lack(L, name);
    return 1;
}

static int push_previous(lua_State *L, uint32_t fund)
{
    const struct sandbox *s = sandbox_of(L);
    const uint32_t previous = s->data->fund_previous(s->data->ctx, fund);
    if (previous == SCRIPT_NO_FUND) {
        api_lack(L, "previous");
        lua_pushnil(L);
        return 1;
    }
    api_push_object(L, API_FUND, previous);
    return 1;
}

/* fund.NAME: a method, previous, facts, indicators, score, or a fact. Upvalue: methods by name. */
static int fund_index(lua_State *L)
{
    const uint32_t fund = api_check_fund(L, 1);
    lua_settop(L, 2);
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "a fund's facts have names, not %s", luaL_typename(L, 2));
    lua_pushvalue(L, 2);
    if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
        return 1;
    const char *name = pay_name(L);
    if (strcmp(name, "previous") == 0)
        return push_previous(L, fund);
    if (strcmp(name, "facts") == 0 || strcmp(name, "indicators") == 0) {
        api_push_object(L, name[0] == 'f' ? API_FACTS : API_ITEMS, fund);
        return 1;
    }
    if (strcmp(name, "score") == 0 && sandbox_of(L)->mode != MODE_ADJUST &&
        sandbox_of(L)->mode != MODE_CONSOLE)
        return luaL_error(L, "fund.score is known in rules.adjust only");
    return push_fact(L, fund, name, false);
}

/* fund.facts["NAME"]: the fact of that name, whatever else is called so. */
static int facts_index(lua_State *L)
{
    const uint32_t fund = check_object(L, 1, API_FACTS, NULL);
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "a fund's facts have names, not %s", luaL_typename(L, 2));
    return push_fact(L, fund, pay_name(L), true);
}

/* fund.indicators["PATH"]: an indicator of the fund, or nil. */
static int items_index(lua_State *L)
{
    const struct sandbox *s = sandbox_of(L);
    const uint32_t fund = check_object(L, 1, API_ITEMS, NULL);
    if (lua_type(L, 2) != LUA_TSTRING)
        return luaL_error(L, "a fund's indicators are named by their path, not by a %s",
                          luaL_typename(L, 2));
    const char *path = pay_name(L);
    api_pay_items(L, fund);
    const uint32_t item = s->data->item_find(s->data->ctx, fund, path);
    if (item != SCRIPT_NO_ITEM) {
        api_push_object(L, API_ITEM, item);
        return 1;
    }
    api_lack(L, path);
    lua_pushnil(L);
    return 1;
}

/* Upvalues: the fund's indicators, how many were visited. */
static int step_items(lua_State *L)
{
    const struct sandbox *s = sandbox_of(L);
    struct script_value path = {0};
    const uint32_t fund = check_object(L, lua_upvalueindex(1), API_ITEMS, NULL);
    const lua_Integer at = lua_tointeger(L, lua_upvalueindex(2));
    sandbox_charge(L, 1);
    if (at >= (lua_Integer)s->data->item_count(s->data->ctx, fund)) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, at + 1);
    lua_replace(L, lua_upvalueindex(2));
    const uint32_t item = s->data->item_at(s->data->ctx, fund, (uint32_t)at);
    s->data->item_field(s->data->ctx, item, FIELD_PATH, &path);
    api_push_value(L, &path);
    api_push_object(L, API_ITEM, item);
    return 2;
}

/* for path, i in pairs(fund.indicators): in order of the data. */
static int items_pairs(lua_State *L)
{
    check_object(L, 1, API_ITEMS, NULL);
    lua_settop(L, 1);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, step_items, 2);
    return 1;
}

static void push_field_numbers(lua_State *L)
{
    lua_createtable(L, 0, ITEM_FIELDS);
    for (size_t i = 0; i < ITEM_FIELDS; i++) {
        lua_pushinteger(L, (lua_Integer)i);
        lua_setfield(L, -2, item_fields[i]);
    }
}

static void add_item_metatable(lua_State *L)
{
    static const luaL_Reg item[] = {{"__tostring", object_tostring}, {NULL, NULL}};
    api_metatable(L, API_ITEM, item);
    push_field_numbers(L);
    lua_pushcclosure(L, item_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

/* What the call's own item shows without a call of C, at the top: a table behind the item, out of
 * the reach of scripts. What is not in it is asked for. */
static void push_fields(lua_State *L)
{
    lua_createtable(L, 0, FIELDS_ROOM);
    lua_createtable(L, 0, 1);
    push_field_numbers(L);
    lua_pushcclosure(L, own_index, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &fields_key);
}

/* The call's own item: as any other, but for how it is read. __index, which every read looks up,
 * goes in first: so no other name takes its place in the table. */
static void add_own_item(lua_State *L)
{
    sandbox_of(L)->item = api_push_object(L, API_ITEM, 0);
    lua_createtable(L, 0, FIELDS_ROOM);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__index");
    luaL_getmetatable(L, API_ITEM);
    for (lua_pushnil(L); lua_next(L, -2) != 0;) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -5);
    }
    lua_pop(L, 1);
    push_fields(L);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &item_key);
}

static void add_signs(lua_State *L)
{
    lua_createtable(L, RULE_SIGN_QUALITATIVE + 1, 0);
    for (int sign = 0; sign <= RULE_SIGN_QUALITATIVE; sign++) {
        lua_pushstring(L, api_sign_word((enum rule_sign)sign));
        lua_rawseti(L, -2, sign + 1);
    }
    lua_rawsetp(L, LUA_REGISTRYINDEX, &signs_key);
}

static void add_fund_metatable(lua_State *L)
{
    static const luaL_Reg fund[] = {{"__tostring", object_tostring}, {NULL, NULL}};
    api_metatable(L, API_FUND, fund);
    lua_newtable(L);
    api_add_methods(L);
    lua_pushcclosure(L, fund_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}

void api_add_objects(lua_State *L)
{
    static const luaL_Reg facts[] = {{"__index", facts_index}, {NULL, NULL}};
    static const luaL_Reg items[] = {
        {"__index", items_index}, {"__pairs", items_pairs}, {NULL, NULL}};
    add_item_metatable(L);
    add_fund_metatable(L);
    api_metatable(L, API_FACTS, facts);
    api_metatable(L, API_ITEMS, items);
    lua_pop(L, 2);
    add_own_item(L);
    add_signs(L);
    sandbox_of(L)->fund = api_push_object(L, API_FUND, 0);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &fund_key);
}
