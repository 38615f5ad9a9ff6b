/*
 * api_value.c - values between the engine and scripts, and what the module offers for them: dates,
 * percent, not_applicable.
 */
#include "rule/api.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "rule/library.h"

#define DAYS_FIRST (-719162) /* 0001-01-01 */
#define DAYS_LAST  2932896   /* 9999-12-31 */

const char *api_check_text(lua_State *L, int index, const char *what)
{
    size_t len = 0;
    if (lua_type(L, index) == LUA_TNUMBER) {
        library_tostring(L, index, NULL);
        lua_replace(L, index);
    }
    if (lua_type(L, index) != LUA_TSTRING)
        luaL_error(L, "%s must be a text, not %s", what, luaL_typename(L, index));
    const char *text = lua_tolstring(L, index, &len);
    sandbox_charge_bytes(L, len);
    if (strlen(text) != len || !text_is_utf8(text, len))
        luaL_error(L, "%s is not valid UTF-8 text", what);
    return text;
}

void api_push_date(lua_State *L, int32_t days)
{
    if (days < DAYS_FIRST || days > DAYS_LAST)
        luaL_error(L, "a date must be in the years 1 to 9999");
    int32_t *date = lua_newuserdatauv(L, sizeof *date, 0);
    *date = days;
    luaL_setmetatable(L, API_DATE);
}

bool api_to_date(lua_State *L, int index, int32_t *days)
{
    const int32_t *date = luaL_testudata(L, index, API_DATE);
    if (date == NULL)
        return false;
    *days = *date;
    return true;
}

void api_push_value(lua_State *L, const struct script_value *value)
{
    switch (value->kind) {
    case SCRIPT_NUMBER:
        if (isnan(value->num))
            lua_pushnil(L);
        else
            library_push_number(L, value->num);
        break;
    case SCRIPT_TEXT:
        lua_pushlstring(L, value->text, value->len);
        break;
    case SCRIPT_BOOL:
        lua_pushboolean(L, value->num != 0);
        break;
    case SCRIPT_DATE:
        api_push_date(L, (int32_t)value->num);
        break;
    case SCRIPT_RANGE:
        lua_createtable(L, 2, 0);
        library_push_number(L, value->num);
        lua_rawseti(L, -2, 1);
        library_push_number(L, value->hi);
        lua_rawseti(L, -2, 2);
        break;
    case SCRIPT_NIL:
    default:
        lua_pushnil(L);
        break;
    }
}

/* sy.date(year, month, day): a date that compares; a - b is a number of days, a + n a date. */
static int value_date(lua_State *L)
{
    const lua_Integer y = luaL_checkinteger(L, 1), m = luaL_checkinteger(L, 2);
    const lua_Integer d = luaL_checkinteger(L, 3);
    if (y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 31 ||
        !date_valid((int)y, (int)m, (int)d))
        return luaL_error(L, "there is no date %I-%I-%I", (LUAI_UACINT)y, (LUAI_UACINT)m,
                          (LUAI_UACINT)d);
    api_push_date(L, date_days((int)y, (int)m, (int)d));
    return 1;
}

static int32_t check_date(lua_State *L, int index)
{
    int32_t days = 0;
    if (!api_to_date(L, index, &days))
        luaL_error(L, "a date compares with a date only, not with %s", luaL_typename(L, index));
    return days;
}

static int date_eq(lua_State *L)
{
    int32_t a = 0, b = 0;
    lua_pushboolean(L, api_to_date(L, 1, &a) && api_to_date(L, 2, &b) && a == b);
    return 1;
}

static int date_lt(lua_State *L)
{
    lua_pushboolean(L, check_date(L, 1) < check_date(L, 2));
    return 1;
}

static int date_le(lua_State *L)
{
    lua_pushboolean(L, check_date(L, 1) <= check_date(L, 2));
    return 1;
}

/* date ± n: n whole days. */
static int move_date(lua_State *L, int32_t days, int index, int direction)
{
    int whole = 0;
    const lua_Integer n = lua_tointegerx(L, index, &whole);
    if (lua_type(L, index) != LUA_TNUMBER || !whole || n < -4000000 || n > 4000000)
        return luaL_error(L, "a date moves by a whole number of days");
    api_push_date(L, days + direction * (int32_t)n);
    return 1;
}

static int date_sub(lua_State *L)
{
    int32_t a = 0, b = 0;
    if (!api_to_date(L, 1, &a))
        return luaL_error(L, "a date cannot be taken from a %s", luaL_typename(L, 1));
    if (!api_to_date(L, 2, &b))
        return move_date(L, a, 2, -1);
    lua_pushinteger(L, a - b);
    return 1;
}

static int date_add(lua_State *L)
{
    int32_t a = 0;
    if (api_to_date(L, 1, &a))
        return move_date(L, a, 2, 1);
    api_to_date(L, 2, &a);
    return move_date(L, a, 1, 1);
}

static int date_tostring(lua_State *L)
{
    char text[16];
    date_print(text, check_date(L, 1));
    lua_pushstring(L, text);
    return 1;
}

static int date_concat(lua_State *L)
{
    size_t len = 0;
    library_text_begin(L);
    library_tostring(L, 1, NULL);
    library_tostring(L, 2, NULL);
    library_text_begin(L);
    for (int index = -2; index < 0; index++) {
        const char *text = lua_tolstring(L, index, &len);
        library_text_add(L, text, len);
    }
    library_text_push(L);
    return 1;
}

/* A date's fields: year, month, day. */
static int date_index(lua_State *L)
{
    static const char *const fields[] = {
#define DATE(name, type, en, zh) name,
#include "rule/api.def"
    };
    int parts[3];
    const char *name = luaL_checkstring(L, 2);
    date_split(check_date(L, 1), &parts[0], &parts[1], &parts[2]);
    for (size_t i = 0; i < 3; i++)
        if (strcmp(name, fields[i]) == 0) {
            lua_pushinteger(L, parts[i]);
            return 1;
        }
    return library_unknown_of(L, "a date has no field", name, fields, 3);
}

static bool read_operand(lua_State *L, int index, double *x)
{
    if (lua_isnoneornil(L, index))
        return false;
    if (lua_type(L, index) != LUA_TNUMBER)
        luaL_error(L, "percent takes numbers, not %s", luaL_typename(L, index));
    *x = lua_tonumber(L, index);
    return true;
}

/* sy.percent(a, b): a in per cent of b; nil where one of them is nil or b is 0. */
static int value_percent(lua_State *L)
{
    double a = 0, b = 0;
    const bool has_a = read_operand(L, 1, &a), has_b = read_operand(L, 2, &b);
    const struct script_data *data = sandbox_of(L)->data;
    if (!has_a || !has_b || b == 0) {
        lua_pushnil(L);
        return 1;
    }
    if (data && data->percent)
        data->percent(data->ctx, a, b);
    library_push_number(L, a * 100 / b);
    return 1;
}

/* sy.not_applicable(reason): what a measure returns where its indicator does not apply. */
static int value_not_applicable(lua_State *L)
{
    lua_settop(L, 1);
    if (!lua_isnil(L, 1))
        api_check_text(L, 1, "the reason");
    lua_newuserdatauv(L, 1, 1);
    luaL_setmetatable(L, API_NOT_APPLICABLE);
    lua_insert(L, 1);
    lua_setiuservalue(L, 1, 1);
    return 1;
}

void api_add_values(lua_State *L)
{
    static const luaL_Reg module[] = {{"date", value_date},
                                      {"percent", value_percent},
                                      {"not_applicable", value_not_applicable},
                                      {NULL, NULL}};
    static const luaL_Reg date[] = {
        {"__eq", date_eq},         {"__lt", date_lt},       {"__le", date_le},
        {"__sub", date_sub},       {"__add", date_add},     {"__tostring", date_tostring},
        {"__concat", date_concat}, {"__index", date_index}, {NULL, NULL}};
    static const luaL_Reg none[] = {{NULL, NULL}};
    luaL_setfuncs(L, module, 0);
    api_metatable(L, API_DATE, date);
    api_metatable(L, API_NOT_APPLICABLE, none);
    lua_pop(L, 2);
}
