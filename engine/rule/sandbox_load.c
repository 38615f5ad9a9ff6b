/*
 * sandbox_load.c - from a script's file to a compiled chunk, under the sandbox's limits.
 */
#include "rule/sandbox.h"

#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>

#include "base/text.h"

#define SOURCE_MAX (1u << 20)

/* Keeps what base/ says about a file, with its status; raised with no object of its own. */
static void raise_file_error(lua_State *L, const sy_error *err, const char *shown)
{
    struct sandbox_failure *f = &sandbox_of(L)->failure;
    memcpy(f->message, err->message, sizeof f->message);
    memcpy(f->file, err->file, sizeof f->file);
    if (strlen(shown) < sizeof f->file)
        memcpy(f->file, shown, strlen(shown) + 1);
    f->line = err->line;
    f->status = err->status;
    if (f->message[0] == '\0')
        memcpy(f->message, "cannot be read", sizeof "cannot be read");
    lua_pushnil(L);
    lua_error(L);
}

static struct sandbox_chunk *remember_chunk(lua_State *L, const char *shown)
{
    struct sandbox *s = sandbox_of(L);
    for (struct sandbox_chunk *c = s->chunks; c != NULL; c = c->next)
        if (strcmp(c->name + 1, shown) == 0)
            return c;
    struct sandbox_chunk *chunk = arena_alloc(&s->names, sizeof *chunk);
    char *name = arena_alloc(&s->names, strlen(shown) + 2);
    if (chunk == NULL || name == NULL) {
        sandbox_nomem(L);
        return NULL;
    }
    name[0] = '@';
    memcpy(name + 1, shown, strlen(shown) + 1);
    chunk->name = name;
    chunk->next = s->chunks;
    s->chunks = chunk;
    return chunk;
}

const char *sandbox_shown(const struct sandbox *s, const char *source)
{
    for (const struct sandbox_chunk *c = s->chunks; c != NULL; c = c->next)
        if (strcmp(c->name, source) == 0)
            return c->name + 1;
    return NULL;
}

/* Lua shortens long chunk names in its messages; an empty chunk of the same name tells how. */
static void learn_prefix(lua_State *L, struct sandbox_chunk *chunk)
{
    lua_Debug ar;
    if (luaL_loadbufferx(L, "", 0, chunk->name, "t") != LUA_OK)
        lua_error(L);
    lua_getinfo(L, ">S", &ar);
    memcpy(chunk->prefix, ar.short_src, sizeof chunk->prefix);
}

void sandbox_load(lua_State *L, const char *path, const char *shown)
{
    struct sandbox *s = sandbox_of(L);
    struct sandbox_chunk *chunk = remember_chunk(L, shown);
    size_t len = 0;
    sy_error err = {0};
    if (chunk->prefix[0] == '\0')
        learn_prefix(L, chunk);
    if (text_slurp(&s->source, &len, path, SOURCE_MAX, &err) != SY_OK)
        raise_file_error(L, &err, shown);
    uint32_t line = 0;
    const char *fault = sandbox_source(s->source, len, &line);
    if (fault != NULL)
        luaL_error(L, "%s:%d: %s", chunk->prefix, (int)line, fault);
    const int status = luaL_loadbufferx(L, s->source, len, chunk->name, "t");
    free(s->source);
    s->source = NULL;
    if (status != LUA_OK)
        lua_error(L);
}
