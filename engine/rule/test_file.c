/*
 * test_file.c - runs a file of worked tests under the limits of scripts and notes the calls of the
 * module `steelyard.test`.
 *
 * What is noted lies in the caller's arena, outside of Lua: each call pays for its bytes.
 */
#include "rule/test_file.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>

#include "base/date.h"
#include "base/error.h"
#include "rule/api.h"
#include "rule/library.h"

#define DEPTH_MAX  8
#define CALL_PRICE 20

/* While a file runs. */
struct test_run {
    const struct script_source *source;
    struct arena *arena;
    struct test_call *calls;
    size_t n, cap;
};

static void *note_alloc(lua_State *L, struct test_run *run, size_t size)
{
    sandbox_charge_bytes(L, size);
    void *block = arena_alloc(run->arena, size > 0 ? size : 1);
    if (block == NULL)
        sandbox_nomem(L);
    return block;
}

static const char *note_text(lua_State *L, struct test_run *run, int index, const char *what)
{
    const char *text = api_check_text(L, index, what);
    const size_t len = strlen(text);
    char *copy = note_alloc(L, run, len + 1);
    memcpy(copy, text, len + 1);
    return copy;
}

static void note_value(lua_State *L, struct test_run *run, struct test_value *out, int index,
                       int depth);

/* Members by their keys, so that nothing depends on Lua's own order. */
static void note_table(lua_State *L, struct test_run *run, struct test_value *out, int index,
                       int depth)
{
    if (depth == DEPTH_MAX)
        luaL_error(L, "tables within tables, more than %d deep", DEPTH_MAX);
    luaL_checkstack(L, 8, "too deep");
    const size_t n = library_sorted_keys(L, index);
    const int keys = lua_gettop(L);
    struct test_value *members = note_alloc(L, run, (n + 1) * sizeof *members);
    for (size_t i = 0; i < n; i++) {
        const char *name = NULL;
        lua_rawgeti(L, keys, (lua_Integer)i + 1);
        if (lua_type(L, -1) == LUA_TSTRING)
            name = note_text(L, run, lua_gettop(L), "a key");
        else if (!lua_isinteger(L, -1) || lua_tointeger(L, -1) != (lua_Integer)i + 1)
            luaL_error(L, "a list has the elements 1, 2, 3 without a gap, or names as keys");
        lua_rawget(L, index);
        note_value(L, run, &members[i], lua_gettop(L), depth + 1);
        members[i].key = name;
        lua_settop(L, keys);
    }
    lua_settop(L, keys - 1);
    out->kind = TEST_TABLE;
    out->members = members;
    out->nmembers = n;
}

/* sy.date(2020, 10, 31): as a table writes it. */
static void note_date(lua_State *L, struct test_run *run, struct test_value *out, int index)
{
    int32_t days = 0;
    if (!api_to_date(L, index, &days))
        luaL_error(L, "numbers, texts, dates, true, false and tables are known here");
    char *text = note_alloc(L, run, 16);
    date_print(text, days);
    out->text = text;
}

static void note_value(lua_State *L, struct test_run *run, struct test_value *out, int index,
                       int depth)
{
    *out = (struct test_value){.kind = TEST_TEXT};
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        out->kind = TEST_NUMBER;
        out->num = lua_tonumber(L, index);
        if (!isfinite(out->num))
            luaL_error(L, "a number that is not finite");
        break;
    case LUA_TBOOLEAN:
        out->kind = TEST_BOOL;
        out->num = lua_toboolean(L, index);
        break;
    case LUA_TSTRING:
        out->text = note_text(L, run, index, "a text");
        break;
    case LUA_TTABLE:
        note_table(L, run, out, index, depth);
        break;
    case LUA_TUSERDATA:
        note_date(L, run, out, index);
        break;
    default:
        luaL_error(L, "numbers, texts, true, false and tables are known here, not %s",
                   luaL_typename(L, index));
    }
}

static struct test_call *add_call(lua_State *L, struct test_run *run)
{
    if (run->n == run->cap) {
        const size_t cap = run->cap ? run->cap * 2 : 16;
        struct test_call *calls = note_alloc(L, run, cap * sizeof *calls);
        if (run->n > 0)
            memcpy(calls, run->calls, run->n * sizeof *calls);
        run->calls = calls;
        run->cap = cap;
    }
    return &run->calls[run->n];
}

/* The line of the file that runs: a case that is made by a function of it is where that is called
 * from the outside. */
static uint32_t find_line(lua_State *L)
{
    lua_Debug ar;
    uint32_t line = 0;
    for (int level = 1; lua_getstack(L, level, &ar); level++)
        if (lua_getinfo(L, "Sl", &ar) != 0 && ar.currentline > 0)
            line = (uint32_t)ar.currentline;
    return line;
}

static int note_call(lua_State *L, enum test_call_kind kind, const char *usage)
{
    struct test_run *run = lua_touserdata(L, lua_upvalueindex(1));
    sandbox_charge(L, CALL_PRICE);
    const bool named = lua_type(L, 1) == LUA_TSTRING;
    const int wanted = kind == TEST_CASE ? LUA_TTABLE : LUA_TSTRING;
    if (lua_gettop(L) != 3 || !named || lua_type(L, 2) != wanted || lua_type(L, 3) != wanted)
        return luaL_error(L, "write %s", usage);
    struct test_call *call = add_call(L, run);
    call->kind = kind;
    call->line = find_line(L);
    for (int i = 0; i < 3; i++)
        note_value(L, run, &call->arguments[i], i + 1, 0);
    run->n++;
    return 0;
}

/* test.case(name, given, expected) */
static int test_case(lua_State *L)
{
    return note_call(L, TEST_CASE, "test.case(\"name\", { what is given }, { what is expected })");
}

/* test.exempt(pattern, law, why) */
static int test_exempt(lua_State *L)
{
    return note_call(L, TEST_EXEMPT, "test.exempt(\"pattern\", \"law\", \"why\")");
}

static void push_module(lua_State *L, struct test_run *run)
{
    static const luaL_Reg members[] = {{"case", test_case}, {"exempt", test_exempt}, {NULL, NULL}};
    lua_newtable(L);
    lua_pushlightuserdata(L, run);
    luaL_setfuncs(L, members, 1);
    library_seal(L, "test");
}

static int run_file(lua_State *L)
{
    struct test_run *run = lua_touserdata(L, 1);
    struct sandbox *s = sandbox_of(L);
    push_module(L, run);
    api_open_tests(L);
    sandbox_begin(s, 0);
    api_begin_layer(L);
    sandbox_load(L, run->source->path, run->source->shown);
    lua_call(L, 0, 0);
    sandbox_check(L);
    return 0;
}

static sy_status give_failure(const struct sandbox *s, const struct script_source *source,
                              sy_error *err)
{
    const struct sandbox_failure *f = &s->failure;
    if (f->nomem)
        return error_nomem(err);
    return error_set(err, f->status, f->file[0] != '\0' ? f->file : source->shown, f->line, "%s",
                     f->message);
}

sy_status test_file_run(struct test_calls *out, struct arena *arena,
                        const struct script_source *source, const struct sandbox_limits *limits,
                        sy_error *err)
{
    struct sandbox *s = NULL;
    struct test_run run = {.source = source, .arena = arena};
    struct script script = {.layers = source}; /* whose folders `require` looks into */
    sy_status status = sandbox_open(&s, limits, err);
    if (status != SY_OK)
        return status;
    script.box = s;
    script.owner = arena_alloc(&s->names, sizeof *script.owner);
    if (script.owner == NULL) {
        status = error_nomem(err);
    } else {
        s->current = &script;
        s->mode = MODE_LOAD;
        if (!sandbox_call(s, run_file, &run, true))
            status = give_failure(s, source, err);
        s->mode = MODE_IDLE;
        s->current = NULL;
    }
    if (status == SY_OK)
        *out = (struct test_calls){run.calls, run.n};
    sandbox_close(s);
    return status;
}
