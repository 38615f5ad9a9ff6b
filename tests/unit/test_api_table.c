/*
 * test_api_table.c - api.def and rules.def against a state as scripts get it: each name that can be
 * reached is described, and nothing else is.
 */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rule/api.h"
#include "rule/api_table.h"
#include "rule/rule_table.h"
#include "rule/sandbox.h"

#define NAMES_MAX 64

struct names {
    char list[NAMES_MAX][32];
    size_t n;
};

static void add_name(struct names *names, const char *name, size_t len)
{
    assert_true(names->n < NAMES_MAX && len < sizeof names->list[0]);
    snprintf(names->list[names->n++], sizeof names->list[0], "%.*s", (int)len, name);
}

/* The words of a text with blanks between them. */
static void add_words(struct names *names, const char *text)
{
    for (const char *at = text; *at != '\0'; at += strspn(at, " ")) {
        add_name(names, at, strcspn(at, " "));
        at += strcspn(at, " ");
    }
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void compare(const char *what, struct names *reached, struct names *described)
{
    qsort(reached->list, reached->n, sizeof reached->list[0], compare_names);
    qsort(described->list, described->n, sizeof described->list[0], compare_names);
    for (size_t i = 0; i < reached->n || i < described->n; i++) {
        const char *a = i < reached->n ? reached->list[i] : "nothing";
        const char *b = i < described->n ? described->list[i] : "nothing";
        if (strcmp(a, b) != 0)
            fail_msg("%s: scripts reach %s where %s is described", what, a, b);
    }
    assert_true(reached->n > 0);
}

/* The names in the table at the top, which is popped. */
static void take_table(lua_State *L, struct names *names)
{
    assert_int_equal(lua_type(L, -1), LUA_TTABLE);
    for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
        assert_int_equal(lua_type(L, -2), LUA_TSTRING);
        add_name(names, lua_tostring(L, -2), strlen(lua_tostring(L, -2)));
    }
    lua_pop(L, 1);
}

/* A sealed table at the top is replaced by its members. */
static void open_sealed(lua_State *L)
{
    assert_true(lua_getmetatable(L, -1));
    lua_getfield(L, -1, "__index");
    lua_replace(L, -3);
    lua_pop(L, 1);
}

static void describe(struct names *names, enum api_kind kind, const char *owner)
{
    size_t n;
    const struct api_entry *entries = api_entries(&n);
    for (size_t i = 0; i < n; i++)
        if (entries[i].kind == kind && strcmp(entries[i].owner, owner) == 0)
            add_words(names, entries[i].name);
}

static lua_State *open_state(struct sandbox **s)
{
    sy_error err;
    const struct sandbox_limits limits = {1000000, 64u << 20};
    assert_int_equal(sandbox_open(s, &limits, &err), SY_OK);
    return (*s)->L;
}

static void test_api_table__module(void **state)
{
    struct sandbox *s;
    struct names reached = {0}, described = {0};
    lua_State *L = open_state(&s);
    (void)state;
    api_push_module(L);
    open_sealed(L);
    take_table(L, &reached);
    describe(&described, API_METHOD, "sy");
    for (int kind = 0; kind < RULE_KINDS; kind++)
        add_words(&described, rule_spec((enum rule_kind)kind)->name);
    compare("the module", &reached, &described);
    sandbox_close(s);
}

/* What Lua itself has, less what is left out. */
static void test_api_table__libraries(void **state)
{
    static const char *const tables[] = {"math", "string", "table", "utf8"};
    struct sandbox *s;
    struct names globals = {0}, described = {0};
    lua_State *L = open_state(&s);
    (void)state;
    describe(&described, API_LIBRARY, "");
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    open_sealed(L);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct names reached = {0}, members = {0};
        add_words(&described, tables[i]);
        lua_getfield(L, -1, tables[i]);
        open_sealed(L);
        take_table(L, &reached);
        describe(&members, API_LIBRARY, tables[i]);
        compare(tables[i], &reached, &members);
    }
    take_table(L, &globals);
    compare("globals", &globals, &described);
    sandbox_close(s);
}

/* The table by which an object's __index finds names: its first upvalue. */
static void take_upvalue(lua_State *L, const char *kind, struct names *names)
{
    luaL_getmetatable(L, kind);
    lua_getfield(L, -1, "__index");
    assert_non_null(lua_getupvalue(L, -1, 1));
    take_table(L, names);
    lua_pop(L, 2);
}

static void test_api_table__objects(void **state)
{
    struct sandbox *s;
    struct names fields = {0}, methods = {0}, item = {0}, fund = {0};
    lua_State *L = open_state(&s);
    (void)state;
    take_upvalue(L, API_ITEM, &fields);
    describe(&item, API_FIELD, "i");
    compare("an indicator", &fields, &item);
    take_upvalue(L, API_FUND, &methods);
    describe(&fund, API_METHOD, "fund");
    compare("a fund", &methods, &fund);
    sandbox_close(s);
}

static void test_api_table__texts_are_whole(void **state)
{
    size_t n;
    const struct api_entry *entries = api_entries(&n);
    (void)state;
    for (size_t i = 0; i < n; i++) {
        assert_true(entries[i].en[0] != '\0' && entries[i].zh[0] != '\0');
        assert_true((entries[i].kind == API_METHOD) == (entries[i].parameters != NULL));
        assert_true(entries[i].kind != API_FIELD || entries[i].type[0] != '\0');
        for (size_t k = 0; k < i; k++)
            if (strcmp(entries[i].owner, entries[k].owner) == 0)
                assert_string_not_equal(entries[i].name, entries[k].name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_api_table__module),
        cmocka_unit_test(test_api_table__libraries),
        cmocka_unit_test(test_api_table__objects),
        cmocka_unit_test(test_api_table__texts_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
