/*
 * sandbox_load.c - from a script's file to a compiled chunk, under the sandbox's limits.
 */
#include "rule/sandbox.h"

#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>

#include "base/error.h"
#include "base/file.h"
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

/* Lua names a byte that it does not know by its number, and a comma that is not there not at all:
 * neither says anything to who typed it. */
static void explain_syntax(lua_State *L)
{
    const char *message = lua_tostring(L, -1);
    if (message == NULL)
        return;
    if (strstr(message, "near '<\\") != NULL)
        lua_pushfstring(L,
                        "%s: a full-width sign (＝ “ （ ，)? Outside of texts signs are half width",
                        message);
    else if (strstr(message, "near <eof>") == NULL && strstr(message, "'}' expected") != NULL)
        lua_pushfstring(L, "%s: a comma or '}' is missing before it", message);
    else if (strstr(message, "near <eof>") == NULL && strstr(message, "')' expected") != NULL)
        lua_pushfstring(L, "%s: a comma or ')' is missing before it", message);
}

void sandbox_drop_source(struct sandbox *s)
{
    for (struct sandbox_chunk *c = s->chunks; c != NULL && s->source != NULL; c = c->next)
        if (c->text == s->source)
            c->text = NULL;
    free(s->source);
    s->source = NULL;
}

static struct sandbox_file *find_file(const struct sandbox *s, const char *path)
{
    for (struct sandbox_file *f = s->first != NULL ? s->first->files : NULL; f != NULL; f = f->next)
        if (strcmp(f->path, path) == 0)
            return f;
    return NULL;
}

bool sandbox_has_file(const struct sandbox *s, const char *path)
{
    return find_file(s, path) != NULL || ((s->first == NULL || s->first == s) && file_exists(path));
}

/* The text in s->source, kept. */
static void keep_file(lua_State *L, const char *path, size_t len)
{
    struct sandbox *s = sandbox_of(L);
    struct sandbox_file *file = arena_alloc(&s->names, sizeof *file);
    const char *name = arena_strdup(&s->names, path);
    if (file == NULL || name == NULL)
        sandbox_nomem(L);
    *file = (struct sandbox_file){.next = s->files, .path = name, .text = s->source, .len = len};
    s->source = NULL;
    s->files = file;
}

static const char *read_file(lua_State *L, size_t *len, const char *path, const char *shown)
{
    struct sandbox *s = sandbox_of(L);
    const struct sandbox_file *known = find_file(s, path);
    sy_error err = {0};
    if (known == NULL && file_exists(path) && !file_is_regular(path) && !file_is_folder(path)) {
        error_set(&err, SY_EINPUT, shown, 0, "no ordinary file"); /* a pipe may never end */
        raise_file_error(L, &err, shown);
    }
    if (known == NULL && text_slurp(&s->source, len, path, SOURCE_MAX, &err) != SY_OK)
        raise_file_error(L, &err, shown);
    if (known == NULL && s->first != s)
        return s->source;
    if (known == NULL)
        keep_file(L, path, *len);
    known = find_file(s, path);
    *len = known->len;
    return known->text;
}

/* The script that loads it pays for what its functions may cost. */
static void take_cost(struct sandbox *s, const struct source_cost *cost)
{
    struct source_cost *owner = &s->owner->source;
    if (cost->longest > owner->longest)
        owner->longest = cost->longest;
    if (cost->price > owner->price)
        owner->price = cost->price;
}

static struct source_cost compile(lua_State *L, const struct sandbox_chunk *chunk, const char *text,
                                  size_t len)
{
    uint32_t line = 0;
    struct source_cost cost = {0};
    const char *fault = sandbox_source(text, len, &line, &cost);
    take_cost(sandbox_of(L), &cost);
    if (fault != NULL)
        luaL_error(L, "%s:%d: %s", chunk->prefix, (int)line, fault);
    const int status = luaL_loadbufferx(L, text, len, chunk->name, "t");
    if (status == LUA_ERRSYNTAX)
        explain_syntax(L);
    if (status != LUA_OK)
        lua_error(L);
    return cost;
}

static int add_code(lua_State *L, const void *bytes, size_t len, void *code)
{
    (void)L;
    buf_add(code, bytes, len);
    return 0;
}

/* The chunk at the top, for the next script that asks for its file: most of them share a few. */
static void keep_code(lua_State *L, struct sandbox_file *file, const struct sandbox_chunk *chunk,
                      const struct source_cost *cost)
{
    buf_clear(&file->code);
    lua_dump(L, add_code, &file->code, 0);
    if (file->code.failed) {
        buf_dispose(&file->code);
        sandbox_nomem(L);
    }
    file->name = chunk->name;
    file->cost = *cost;
}

/* Pushes the file's function from its code; false where it has none. Only code that came from text
 * in this process is taken: Lua does not check what it reads. */
static bool load_code(lua_State *L, const struct sandbox_file *file,
                      const struct sandbox_chunk *chunk)
{
    if (file == NULL || file->code.len == 0 || strcmp(file->name, chunk->name) != 0)
        return false;
    take_cost(sandbox_of(L), &file->cost);
    if (luaL_loadbufferx(L, file->code.data, file->code.len, chunk->name, "b") != LUA_OK)
        lua_error(L);
    return true;
}

static struct sandbox_chunk *open_chunk(lua_State *L, const char *shown)
{
    struct sandbox_chunk *chunk = remember_chunk(L, shown);
    if (chunk->prefix[0] == '\0')
        learn_prefix(L, chunk);
    return chunk;
}

void sandbox_load(lua_State *L, const char *path, const char *shown)
{
    struct sandbox *s = sandbox_of(L);
    struct sandbox_chunk *chunk = open_chunk(L, shown);
    size_t len = 0;
    const char *text = read_file(L, &len, path, shown);
    chunk->text = text; /* for who quotes a line of it */
    chunk->len = len;
    if (!load_code(L, find_file(s, path), chunk)) {
        const struct source_cost cost = compile(L, chunk, text, len);
        if (s->first == s)
            keep_code(L, find_file(s, path), chunk, &cost);
    }
    sandbox_cover_file(L, chunk, path, text, len);
    sandbox_drop_source(s);
}

void sandbox_load_text(lua_State *L, const char *text, size_t len, const char *shown)
{
    compile(L, open_chunk(L, shown), text, len);
}
