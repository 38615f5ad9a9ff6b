/*
 * console_print.c - values as people read them: tables with their keys in order, indicators and
 * funds with their fields, rules as they are written.
 */
#include <string.h>

#include <lauxlib.h>

#include "rule/api.h"
#include "rule/console_parts.h"
#include "rule/library.h"

#define DEPTH_MAX 6

static void print_indent(struct buf *out, int depth)
{
    buf_char(out, '\n');
    for (int i = 0; i < depth; i++)
        buf_str(out, "  ");
}

static void print_quoted(lua_State *L, struct buf *out, int index)
{
    size_t len;
    const char *text = lua_tolstring(L, index, &len);
    buf_char(out, '"');
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '"' || text[i] == '\\')
            buf_char(out, '\\');
        if (text[i] == '\n')
            buf_str(out, "\\n");
        else
            buf_char(out, text[i]);
    }
    buf_char(out, '"');
}

static void print_plain(lua_State *L, struct buf *out, int index)
{
    size_t len;
    const char *text = library_tostring(L, index, &len);
    sandbox_charge_bytes(L, len);
    buf_add(out, text, len);
    lua_pop(L, 1);
}

static bool is_name(const char *text)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    static const char all[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    return *text && strchr(letters, *text) && text[strspn(text, all)] == '\0';
}

/* `name = ` or `["a b"] = `, of the key at index. */
static void print_key(lua_State *L, struct buf *out, int index)
{
    if (lua_type(L, index) == LUA_TSTRING && is_name(lua_tostring(L, index))) {
        sandbox_charge_bytes(L, lua_rawlen(L, index));
        buf_printf(out, "%s = ", lua_tostring(L, index));
        return;
    }
    buf_char(out, '[');
    console_print(L, out, index, 1);
    buf_str(out, "] = ");
}

static void print_list(lua_State *L, struct buf *out, int index, lua_Unsigned n, int depth)
{
    buf_str(out, "{ ");
    for (lua_Unsigned i = 1; i <= n; i++) {
        sandbox_charge(L, 1);
        buf_str(out, i > 1 ? ", " : "");
        lua_rawgeti(L, index, (lua_Integer)i);
        console_print(L, out, lua_gettop(L), depth + 1);
        lua_pop(L, 1);
    }
    buf_str(out, " }");
}

static size_t count_keys(lua_State *L, int index)
{
    size_t n = 0;
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1)) {
        sandbox_charge(L, 1);
        n++;
    }
    return n;
}

static void print_table(lua_State *L, struct buf *out, int index, int depth)
{
    const int top = lua_gettop(L);
    const size_t n = count_keys(L, index);
    if (n == 0 && luaL_getmetafield(L, index, "__index") == LUA_TTABLE) {
        print_table(L, out, lua_gettop(L), depth); /* a view of another, as `sy` is */
        lua_pop(L, 1);
        return;
    }
    lua_settop(L, top);
    const lua_Unsigned length = lua_rawlen(L, index);
    if (n == 0 || depth >= DEPTH_MAX) {
        buf_str(out, n == 0 ? "{}" : "{ … }");
        return;
    }
    if (n == length) {
        print_list(L, out, index, length, depth);
        return;
    }
    const size_t nkeys = library_sorted_keys(L, index);
    const int keys = lua_gettop(L);
    buf_char(out, '{');
    for (size_t i = 1; i <= nkeys; i++) {
        print_indent(out, depth + 1);
        lua_rawgeti(L, keys, (lua_Integer)i);
        print_key(L, out, keys + 1);
        lua_pushvalue(L, keys + 1);
        lua_rawget(L, index);
        console_print(L, out, keys + 2, depth + 1);
        buf_char(out, ',');
        lua_settop(L, keys);
    }
    print_indent(out, depth);
    buf_char(out, '}');
    lua_settop(L, keys - 1);
}

/* One field of an indicator or a fund, where it has it. */
static void print_field(lua_State *L, struct buf *out, const char *name,
                        const struct script_value *value, int depth)
{
    if (value->kind == SCRIPT_NIL)
        return;
    print_indent(out, depth + 1);
    buf_printf(out, "%s = ", name);
    api_push_value(L, value);
    console_print(L, out, lua_gettop(L), depth + 1);
    buf_char(out, ',');
    lua_pop(L, 1);
}

static void print_item(lua_State *L, struct buf *out, int index, int depth)
{
    static const struct {
        const char *name;
        enum script_field field;
    } fields[] = {{"path", FIELD_PATH},     {"name", FIELD_NAME},     {"sign", FIELD_SIGN},
                  {"target", FIELD_TARGET}, {"actual", FIELD_ACTUAL}, {"unit", FIELD_UNIT},
                  {"weight", FIELD_WEIGHT}, {"rating", FIELD_RATING}, {"claimed", FIELD_CLAIMED},
                  {"note", FIELD_NOTE},     {"score", FIELD_SCORE},   {"status", FIELD_STATUS}};
    const struct script_data *data = sandbox_of(L)->data;
    const uint32_t item = api_check_item(L, index);
    buf_str(out, "indicator {");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        struct script_value value = {0};
        data->item_field(data->ctx, item, fields[i].field, &value);
        print_field(L, out, fields[i].name, &value, depth);
    }
    print_indent(out, depth);
    buf_char(out, '}');
}

static void print_fund(lua_State *L, struct buf *out, int index, int depth)
{
    static const char *const fields[] = {"id",         "name",    "type",  "year",
                                         "department", "part_of", "score", "claimed"};
    const struct script_data *data = sandbox_of(L)->data;
    const uint32_t fund = api_check_fund(L, index);
    buf_str(out, "fund {");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        struct script_value value = {0};
        data->fund_field(data->ctx, fund, fields[i], &value);
        print_field(L, out, fields[i], &value, depth);
    }
    print_indent(out, depth + 1);
    buf_str(out, "facts = …, indicators = …,");
    print_indent(out, depth);
    buf_char(out, '}');
}

static void print_facts(lua_State *L, struct buf *out, uint32_t fund, int depth)
{
    const struct script_data *data = sandbox_of(L)->data;
    const struct console *c = console_of(L);
    const char *name;
    buf_char(out, '{');
    for (size_t i = 0; (name = c->data->fact_name(c->data->ctx, fund, i)) != NULL; i++) {
        struct script_value value = {0};
        sandbox_charge(L, 16);
        data->fund_fact(data->ctx, fund, name, &value);
        if (is_name(name))
            print_field(L, out, name, &value, depth);
        else {
            const char *key = lua_pushfstring(L, "[\"%s\"]", name);
            print_field(L, out, key, &value, depth);
            lua_pop(L, 1);
        }
    }
    print_indent(out, depth);
    buf_char(out, '}');
}

/* Paths of a fund's indicators: each by itself has more. */
static void print_items(lua_State *L, struct buf *out, uint32_t fund, int depth)
{
    const struct script_data *data = sandbox_of(L)->data;
    const uint32_t n = data->item_count(data->ctx, fund);
    buf_char(out, '{');
    for (uint32_t i = 0; i < n; i++) {
        struct script_value path = {0};
        sandbox_charge(L, 4);
        data->item_field(data->ctx, data->item_at(data->ctx, fund, i), FIELD_PATH, &path);
        print_indent(out, depth + 1);
        buf_printf(out, "[\"%.*s\"],", (int)path.len, path.text);
    }
    print_indent(out, depth);
    buf_char(out, '}');
}

/* What a script returned: its storage is a plain table. */
static void print_rules(lua_State *L, struct buf *out, int index, int depth)
{
    api_push_storage(L, index);
    buf_str(out, "rules ");
    print_table(L, out, lua_gettop(L), depth);
    lua_pop(L, 1);
}

static void print_rule(struct buf *out, const struct rule *rule)
{
    if (rule->kind == RULE_FUNCTION)
        buf_str(out, "function");
    else
        rule_print(out, rule);
}

static void print_object(lua_State *L, struct buf *out, int index, int depth)
{
    const struct api_object *object;
    if (api_to_rule(L, index) != NULL)
        print_rule(out, api_to_rule(L, index));
    else if (luaL_testudata(L, index, API_RULES) != NULL)
        print_rules(L, out, index, depth);
    else if (luaL_testudata(L, index, API_SECTION) != NULL) {
        lua_getiuservalue(L, index, 1);
        print_table(L, out, lua_gettop(L), depth);
        lua_pop(L, 1);
    } else if (api_is_item(L, index))
        print_item(L, out, index, depth);
    else if (luaL_testudata(L, index, API_FUND) != NULL)
        print_fund(L, out, index, depth);
    else if ((object = luaL_testudata(L, index, API_FACTS)) != NULL)
        print_facts(L, out, object->id, depth);
    else if ((object = luaL_testudata(L, index, API_ITEMS)) != NULL)
        print_items(L, out, object->id, depth);
    else
        print_plain(L, out, index);
}

void console_print(lua_State *L, struct buf *out, int index, int depth)
{
    luaL_checkstack(L, 8, "values");
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        sandbox_charge_bytes(L, lua_rawlen(L, index));
        if (depth > 0)
            print_quoted(L, out, index);
        else
            print_plain(L, out, index);
        break;
    case LUA_TTABLE:
        print_table(L, out, index, depth);
        break;
    case LUA_TFUNCTION:
        buf_str(out, "function");
        break;
    case LUA_TUSERDATA:
        print_object(L, out, index, depth);
        break;
    default:
        print_plain(L, out, index);
    }
    if (out->failed)
        sandbox_nomem(L);
}
