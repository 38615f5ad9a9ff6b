/*
 * test_sandbox_charge.c - what library functions do in C is paid for: each element or each 64 bytes
 * is an instruction. Each function that a script can reach has a row here, or the test fails.
 */
#include "script_fixture.h"

#include <lauxlib.h>

#include "rule/api.h"
#include "rule/sandbox.h"

#define BYTES    65536
#define ELEMENTS 1000

/* A function and a chunk that gives it and its arguments. */
struct row {
    const char *name;
    const char *chunk;
    uint64_t least; /* instructions; 0: its work is the same whatever it is given */
};

#define IN_BYTES (BYTES / 64)
#define SAME     0

static const struct row rows[] = {
    {"assert", "return assert, big", SAME},
    {"error", "return function() error(big) end", IN_BYTES},
    {"getmetatable", "return getmetatable, big", SAME},
    {"ipairs", "return ipairs, list", SAME},
    {"next", "return next, list", ELEMENTS},
    {"pairs", "return pairs, list", ELEMENTS},
    {"pcall", "return pcall, type, big", SAME},
    {"rawequal", "return rawequal, big, ('x'):rep(#big)", IN_BYTES},
    {"rawget", "return rawget, {[big] = 1}, ('x'):rep(#big)", IN_BYTES},
    {"rawlen", "return rawlen, list", SAME},
    {"require", "return require, big", IN_BYTES},
    {"select", "return select, 2, table.unpack(list)", ELEMENTS},
    {"setmetatable", "return setmetatable, list, {}", SAME},
    {"tonumber", "return tonumber, big", IN_BYTES},
    {"tostring", "return tostring, big", SAME},
    {"type", "return type, big", SAME},
    {"string.byte", "return string.byte, big, 1, 1000", ELEMENTS},
    {"string.char", "return string.char, bytes()", ELEMENTS},
    {"string.find", "return string.find, big, 'y'", IN_BYTES},
    {"string.format", "return string.format, '%s', big", IN_BYTES},
    {"string.len", "return string.len, big", SAME},
    {"string.lower", "return string.lower, big", IN_BYTES},
    {"string.rep", "return string.rep, 'x', #big", IN_BYTES},
    {"string.reverse", "return string.reverse, big", IN_BYTES},
    {"string.sub", "return string.sub, big, 2", IN_BYTES - 1},
    {"string.upper", "return string.upper, big", IN_BYTES},
    {"table.concat", "return table.concat, list, ('x'):rep(64)", 2 * ELEMENTS - 1},
    {"table.insert", "return table.insert, list, 1", SAME},
    {"table.pack", "return table.pack, table.unpack(list)", ELEMENTS},
    {"table.remove", "return table.remove, list", SAME},
    {"table.sort", "return table.sort, list", 2 * ELEMENTS},
    {"table.unpack", "return table.unpack, list", ELEMENTS},
    {"utf8.char", "return utf8.char, bytes()", ELEMENTS},
    {"utf8.codepoint", "return utf8.codepoint, big, 1, 1000", ELEMENTS},
    {"utf8.codes", "return utf8.codes, big", SAME},
    {"utf8.len", "return utf8.len, big", IN_BYTES},
    {"utf8.offset", "return utf8.offset, big, -1000", IN_BYTES},
    {"math.max", "return math.max, table.unpack(list)", ELEMENTS},
    {"math.min", "return math.min, table.unpack(list)", ELEMENTS},
    {"sy.date", "return sy.date, 2019, 1, 1", SAME},
    {"sy.percent", "return sy.percent, 1, 2", SAME},
    {"sy.not_applicable", "return sy.not_applicable, big", IN_BYTES},
    {"sy.rules", "return sy.rules, {api = 1}", SAME}, /* refused but while a script loads */
    {"sy.base", "return sy.base", SAME},
    {"sy.checklist", "return sy.checklist, {big, 'b'}", IN_BYTES},
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char setup[] = "local sy = require 'steelyard'\n"
                            "local big, digits = ('x'):rep(65536), ('0'):rep(65535) .. '1'\n"
                            "local list, options = {}, {}\n"
                            "for k = 1, 1000 do list[k] = k % 100 + 1; options['o' .. k] = k end\n"
                            "local function bytes() return table.unpack(list) end\n";

/* A call in progress. */
struct measured {
    const char *chunk;
    uint64_t paid, grown;
};

/* Within sandbox_call. What the function says of its arguments is its own affair. */
static int measure(lua_State *L)
{
    struct measured *m = lua_touserdata(L, 1);
    struct sandbox *s = sandbox_of(L);
    char source[1024];
    snprintf(source, sizeof source, "%s%s\n", setup, m->chunk);
    sandbox_begin(s, 0);
    lua_gc(L, LUA_GCSTOP);
    assert_int_equal(luaL_loadstring(L, source), LUA_OK);
    lua_call(L, 0, LUA_MULTRET);
    assert_true(lua_isfunction(L, 2));
    luaL_checkstack(L, 100, "arguments");
    const int64_t left = s->left;
    const uint64_t used = s->used;
    lua_pcall(L, lua_gettop(L) - 2, LUA_MULTRET, 0);
    m->paid = (uint64_t)(left - s->left);
    m->grown = s->used - used;
    return 0;
}

static void check_charge(const char *name, const char *chunk, uint64_t least)
{
    const struct sandbox_limits limits = {10000000, 64u << 20};
    struct sandbox *s = NULL;
    struct measured m = {.chunk = chunk};
    sy_error err = {0};
    assert_int_equal(sandbox_open(&s, &limits, &err), SY_OK);
    if (!sandbox_call(s, measure, &m, true))
        fail_msg("%s: %s", name, s->failure.message);
    if (m.paid < least)
        fail_msg("%s pays %llu instructions, and does the work of %llu", name,
                 (unsigned long long)m.paid, (unsigned long long)least);
    if (least == SAME && (m.paid > 64 || m.grown > 4096))
        fail_msg("%s pays %llu instructions and makes %llu bytes: not the same work for all", name,
                 (unsigned long long)m.paid, (unsigned long long)m.grown);
    sandbox_close(s);
}

/* Without a row of its own: functions of math read numbers from texts, constructors of rules look
 * through their options. */
static void check_usual(const char *name)
{
    const bool math = strncmp(name, "math.", 5) == 0;
    char chunk[128];
    snprintf(chunk, sizeof chunk, "return %s, %s", name, math ? "digits, digits" : "options");
    if (!math && strncmp(name, "sy.", 3) != 0)
        fail_msg("%s has no row here: what does it pay for?", name);
    check_charge(name, chunk, math ? 2 * IN_BYTES : ELEMENTS);
}

/* "LIBRARY.NAME" of each function in the table at the top, one to a line. */
static void add_names(lua_State *L, char *names, size_t cap, const char *library)
{
    for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1))
        if (lua_isfunction(L, -1)) {
            const size_t at = strlen(names);
            snprintf(names + at, cap - at, "%s%s\n", library, lua_tostring(L, -2));
        }
}

#define NAMES_MAX 4096

/* The members of a sealed table at the top, which they replace. */
static void unseal(lua_State *L)
{
    assert_int_equal(luaL_getmetafield(L, -1, "__index"), LUA_TTABLE);
    lua_remove(L, -2);
}

static int list_names(lua_State *L)
{
    char *names = lua_touserdata(L, 1), prefix[64];
    lua_pushglobaltable(L);
    unseal(L);
    add_names(L, names, NAMES_MAX, "");
    for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1))
        if (lua_istable(L, -1)) {
            snprintf(prefix, sizeof prefix, "%s.", lua_tostring(L, -2));
            lua_pushvalue(L, -1);
            unseal(L);
            add_names(L, names, NAMES_MAX, prefix);
            lua_pop(L, 1);
        }
    api_push_module(L);
    unseal(L);
    add_names(L, names, NAMES_MAX, "sy.");
    return 0;
}

static const struct row *find_row(const char *name)
{
    for (size_t i = 0; i < COUNT(rows); i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

static void test_charge__is_for_each_element_or_64_bytes(void **state)
{
    (void)state;
    static char names[NAMES_MAX];
    struct sandbox *s = NULL;
    sy_error err = {0};
    size_t met = 0;
    assert_int_equal(sandbox_open(&s, NULL, &err), SY_OK);
    assert_true(sandbox_call(s, list_names, names, false));
    sandbox_close(s);
    assert_true(strlen(names) + 1 < sizeof names);
    for (char *name = strtok(names, "\n"); name != NULL; name = strtok(NULL, "\n")) {
        const struct row *row = find_row(name);
        if (row != NULL)
            check_charge(name, row->chunk, row->least);
        else
            check_usual(name);
        met += row != NULL;
    }
    assert_int_equal(met, COUNT(rows)); /* none of a function that is gone */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_charge__is_for_each_element_or_64_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
