/*
 * script_state.c - whether a script's functions keep something between calls. A fingerprint of all
 * that they can reach and change is taken when the script was loaded, and again after it has run:
 * where they differ, a result could depend on the rows before, and on which worker had them.
 *
 * A number, text or boolean counts by its value, a table or function by its address; what is in it
 * counts where it lies, in a sum that knows no order. So a value that was changed and put back
 * leaves no trace, and does no harm.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>

#include "base/error.h"
#include "base/map.h"
#include "rule/api.h"
#include "rule/script_parts.h"

#define NAMED_DEPTH 3 /* tables in tables that count as what a local variable holds */
#define NAME_BYTES  80
#define STACK_SLOTS 32

/* Local variables of functions (upvalues), each once, and what they held. Owns: cells, held. */
struct script_state {
    uint64_t sum;
    struct map cells; /* address to index of held */
    uint64_t *held;
    uint32_t n, cap;
};

/* One way through everything that can be reached. Owns: seen. */
struct walk {
    lua_State *L;
    const struct script *script;
    struct map seen; /* by address */
    lua_Integer npending;
    uint64_t sum;
    struct script_state *record;       /* where local variables are noted; NULL */
    const struct script_state *before; /* what they are held against; NULL */
    char name[NAME_BYTES];             /* of the first that differs, by name and place */
    const char *file;
    uint32_t line;
};

enum { WALK = 1, PENDING };

static uint64_t mix(uint64_t a, uint64_t b)
{
    a ^= b + 0x9e3779b97f4a7c15u + (a << 6) + (a >> 2);
    a *= 0xbf58476d1ce4e5b9u;
    return a ^ a >> 29;
}

static uint64_t hash_text(const char *text, size_t len)
{
    uint64_t hash = len, word;
    for (; len >= sizeof word; text += sizeof word, len -= sizeof word) {
        memcpy(&word, text, sizeof word);
        hash = mix(hash, word);
    }
    word = 0;
    memcpy(&word, text, len);
    return mix(hash, word);
}

static uint64_t address_at(lua_State *L, int index)
{
    return (uint64_t)(uintptr_t)lua_topointer(L, index);
}

static uint64_t hash_value(lua_State *L, int index)
{
    size_t len = 0;
    const char *text;
    lua_Number number;
    uint64_t bits;
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        return 1;
    case LUA_TBOOLEAN:
        return lua_toboolean(L, index) ? 3 : 2;
    case LUA_TNUMBER:
        if (lua_isinteger(L, index))
            return mix(4, (uint64_t)lua_tointeger(L, index));
        number = lua_tonumber(L, index);
        memcpy(&bits, &number, sizeof bits);
        return mix(5, bits);
    case LUA_TSTRING:
        text = lua_tolstring(L, index, &len);
        return mix(6, hash_text(text, len));
    default:
        return mix(7, address_at(L, index));
    }
}

/* A value with what is in it, as far as it lies `depth` tables deep. */
static uint64_t hash_deep(lua_State *L, int index, int depth)
{
    uint64_t sum = 0;
    if (depth == 0 || lua_type(L, index) != LUA_TTABLE)
        return hash_value(L, index);
    index = lua_absindex(L, index);
    for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1))
        sum += mix(hash_value(L, -2), hash_deep(L, -1, depth - 1));
    return mix(hash_value(L, index), sum);
}

static bool has_parts(lua_State *L, int index)
{
    const int type = lua_type(L, index);
    return type == LUA_TTABLE || type == LUA_TFUNCTION || type == LUA_TUSERDATA;
}

static bool is_new(struct walk *w, int index)
{
    const uint64_t address = address_at(w->L, index);
    if (map_get(&w->seen, address) != MAP_NONE)
        return false;
    if (!map_put(&w->seen, address, 1))
        sandbox_nomem(w->L);
    return true;
}

/* The value at the top, popped; its parts are looked at later. Returns its hash. */
static uint64_t take_value(struct walk *w)
{
    lua_State *L = w->L;
    const uint64_t hash = hash_value(L, -1);
    if (has_parts(L, -1) && is_new(w, -1))
        lua_rawseti(L, PENDING, ++w->npending);
    else
        lua_pop(L, 1);
    return hash;
}

static void record_cell(struct walk *w, uint64_t cell, uint64_t held)
{
    struct script_state *state = w->record;
    if (state->n == state->cap) {
        const uint32_t cap = state->cap == 0 ? 32 : state->cap * 2;
        uint64_t *grown = realloc(state->held, cap * sizeof *grown);
        if (grown == NULL)
            sandbox_nomem(w->L);
        state->held = grown;
        state->cap = cap;
    }
    state->held[state->n] = held;
    if (!map_put(&state->cells, cell, state->n++))
        sandbox_nomem(w->L);
}

/* Of several that differ the first by name, then by place: whatever the order of the walk. */
static void name_cell(struct walk *w, int function, const char *name)
{
    lua_Debug ar;
    lua_pushvalue(w->L, function);
    lua_getinfo(w->L, ">S", &ar);
    const char *file = sandbox_shown(sandbox_of(w->L), ar.source);
    const uint32_t line = ar.linedefined > 0 ? (uint32_t)ar.linedefined : 0;
    if (file == NULL || strlen(name) >= sizeof w->name)
        return;
    int order = w->name[0] == '\0' ? -1 : strcmp(name, w->name);
    if (order == 0)
        order = strcmp(file, w->file);
    if (order > 0 || (order == 0 && line >= w->line))
        return;
    memcpy(w->name, name, strlen(name) + 1);
    w->file = file;
    w->line = line;
}

/* A local variable of the function at `function`; its value is at the top. */
static void note_cell(struct walk *w, int function, const char *name, uint64_t cell)
{
    if ((w->record == NULL && w->before == NULL) || name[0] == '\0')
        return;
    const uint32_t known = map_get(w->record ? &w->record->cells : &w->before->cells, cell);
    const uint64_t held = hash_deep(w->L, -1, NAMED_DEPTH);
    if (w->record != NULL && known == MAP_NONE)
        record_cell(w, cell, held);
    else if (w->before != NULL && known != MAP_NONE && w->before->held[known] != held)
        name_cell(w, function, name);
}

static uint64_t walk_table(struct walk *w, int index)
{
    lua_State *L = w->L;
    uint64_t sum = 0;
    for (lua_pushnil(L); lua_next(L, index) != 0;) {
        const uint64_t value = take_value(w);
        lua_pushvalue(L, -1);
        sum += mix(take_value(w), value);
    }
    if (lua_getmetatable(L, index))
        sum = mix(sum, take_value(w));
    return sum;
}

static uint64_t walk_function(struct walk *w, int index)
{
    lua_State *L = w->L;
    uint64_t hash = 0;
    const char *name;
    for (int n = 1; (name = lua_getupvalue(L, index, n)) != NULL; n++) {
        const uint64_t cell = (uint64_t)(uintptr_t)lua_upvalueid(L, index, n);
        note_cell(w, index, name, cell);
        hash = mix(mix(hash, cell), take_value(w));
    }
    return hash;
}

/* The function of sy.func, the sections of rules. */
static uint64_t walk_userdata(struct walk *w, int index)
{
    lua_getiuservalue(w->L, index, 1);
    return take_value(w);
}

/* The environment and the module cannot be changed, whatever is reached through them. */
static void skip_value(struct walk *w)
{
    (void)is_new(w, -1);
    lua_pop(w->L, 1);
}

static int walk_all(lua_State *L)
{
    struct walk *w = lua_touserdata(L, WALK);
    luaL_checkstack(L, STACK_SLOTS, NULL);
    lua_newtable(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    skip_value(w);
    api_push_module(L);
    skip_value(w);
    lua_rawgetp(L, LUA_REGISTRYINDEX, w->script);
    take_value(w);
    const int at = PENDING + 1;
    while (w->npending > 0) {
        lua_rawgeti(L, PENDING, w->npending);
        lua_pushnil(L);
        lua_rawseti(L, PENDING, w->npending--);
        const int type = lua_type(L, at);
        const uint64_t parts = type == LUA_TTABLE      ? walk_table(w, at)
                               : type == LUA_TFUNCTION ? walk_function(w, at)
                                                       : walk_userdata(w, at);
        w->sum += mix(address_at(L, at), parts);
        lua_settop(L, PENDING);
    }
    return 0;
}

/* The engine's own work: it is not held to the script's limits. */
static sy_status run_walk(struct walk *w, sy_error *err)
{
    struct sandbox *s = w->script->box;
    const uint64_t memory = s->limits.memory;
    w->L = s->L;
    s->limits.memory = INT64_MAX;
    const bool done = sandbox_call(s, walk_all, w, false);
    s->limits.memory = memory;
    map_dispose(&w->seen);
    return done ? SY_OK : error_nomem(err);
}

void script_state_free(struct script_state *state)
{
    if (state == NULL)
        return;
    map_dispose(&state->cells);
    free(state->held);
    free(state);
}

sy_status script_remember(struct script *s, sy_error *err)
{
    s->state = calloc(1, sizeof *s->state);
    if (s->state == NULL)
        return error_nomem(err);
    struct walk w = {.script = s, .record = s->state};
    const sy_status status = run_walk(&w, err);
    s->state->sum = w.sum;
    return status;
}

static sy_status describe(struct script_stop *out, const struct walk *w, struct arena *texts,
                          sy_error *err)
{
    char text[NAME_BYTES + 128], quoted[NAME_BYTES + 2] = "something";
    if (w->name[0] != '\0')
        snprintf(quoted, sizeof quoted, "'%s'", w->name);
    snprintf(text, sizeof text,
             "keeps %s between calls, so that results would depend on the order of the data: let "
             "each call make its own",
             quoted);
    *out = (struct script_stop){arena_strdup(texts, text), w->file, w->line};
    if (w->file == NULL)
        script_function_place(w->script, 1, &out->file, &out->line);
    if (out->file != NULL)
        out->file = arena_strdup(texts, out->file);
    return out->message == NULL ? error_nomem(err) : SY_OK;
}

sy_status script_keeps(bool *out, struct script_stop *why, struct script *s, struct arena *texts,
                       sy_error *err)
{
    struct walk w = {.script = s};
    *out = false;
    sy_status status = run_walk(&w, err);
    if (status != SY_OK || w.sum == s->state->sum)
        return status;
    w = (struct walk){.script = s, .before = s->state};
    status = run_walk(&w, err);
    if (status == SY_OK)
        status = describe(why, &w, texts, err);
    *out = status == SY_OK;
    return status;
}
