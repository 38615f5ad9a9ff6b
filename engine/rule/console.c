/*
 * console.c - a line typed by a person, compiled and run under the limits of scripts.
 */
#include "rule/console.h"

#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>

#include "base/error.h"
#include "rule/api.h"
#include "rule/console_parts.h"
#include "rule/library.h"

#define SHOWN     "lua"
#define STAMP     (UINT64_MAX / 2) /* objects hold from line to line: the data stays as it is */
#define CHUNK_MAX (1u << 20)
#define WORK_MAX  (64u << 20) /* each line of a statement has all before it compiled once more */

static const char console_key, environment_key, function_key;

struct console *console_of(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, &console_key);
    struct console *c = lua_touserdata(L, -1);
    lua_pop(L, 1);
    return c;
}

void console_resume(struct console *c)
{
    c->box->current = &c->self;
    c->box->mode = MODE_CONSOLE;
    c->box->stamp = STAMP;
}

/* Globals that lines set are their own; what scripts see stands behind them. */
static int build_environment(lua_State *L)
{
    struct console *c = lua_touserdata(L, 1);
    lua_pushlightuserdata(L, c);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &console_key);
    lua_newtable(L);
    lua_newtable(L);
    lua_rawgeti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    console_add(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &environment_key);
    return 0;
}

sy_status console_open(struct console **out, const struct sandbox_limits *limits,
                       const struct console_data *data, sy_error *err)
{
    struct console *c = calloc(1, sizeof *c);
    if (c == NULL)
        return error_nomem(err);
    c->data = data;
    sy_status status = sandbox_open(&c->box, limits, err);
    if (status == SY_OK) {
        c->self.box = c->box;
        c->self.owner = &c->box->self;
        c->self.fallback = rule_default;
        if (!sandbox_call(c->box, build_environment, c, false))
            status = error_set(err, SY_EINPUT, NULL, 0, "%s", c->box->failure.message);
    }
    if (status == SY_OK)
        *out = c;
    else
        console_close(c);
    return status;
}

void console_close(struct console *c)
{
    if (c == NULL)
        return;
    sandbox_close(c->box);
    arena_dispose(&c->names);
    buf_dispose(&c->chunk);
    buf_dispose(&c->out);
    free(c);
}

struct compiling {
    const char *text;
    size_t len;
};

/* The chunk as a function of the console's environment, kept. */
static int compile(lua_State *L)
{
    const struct compiling *what = lua_touserdata(L, 1);
    sandbox_load_text(L, what->text, what->len, SHOWN);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &environment_key);
    if (lua_setupvalue(L, -2, 1) == NULL)
        lua_pop(L, 1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &function_key);
    return 0;
}

/* Runs what was compiled; its values are printed, a tab between them. */
static int run(lua_State *L)
{
    struct console *c = lua_touserdata(L, 1);
    sandbox_begin(c->box, 0);
    console_resume(c);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &function_key);
    lua_call(L, 0, LUA_MULTRET);
    sandbox_check(L);
    const int n = lua_gettop(L);
    luaL_checkstack(L, 20, "values");
    for (int i = 2; i <= n; i++) {
        buf_str(&c->out, i > 2 ? "\t" : "");
        console_print(L, &c->out, i, 0);
    }
    buf_str(&c->out, n > 1 ? "\n" : "");
    return 0;
}

static bool compile_text(struct console *c, const char *before, const char *text)
{
    struct buf whole = {0};
    buf_str(&whole, before);
    buf_str(&whole, text);
    struct compiling what = {buf_text(&whole), whole.len};
    bool done = !whole.failed && sandbox_call(c->box, compile, &what, false);
    if (whole.failed) {
        c->box->failure = (struct sandbox_failure){.message = "out of memory", .nomem = true};
        c->box->limit = LIMIT_NONE;
    }
    buf_dispose(&whole);
    return done;
}

/* Lua says so of what ends too early. */
static bool is_unfinished(const struct sandbox_failure *f)
{
    static const char tail[] = "<eof>";
    size_t len = strlen(f->message), n = sizeof tail - 1;
    return len >= n && strcmp(f->message + len - n, tail) == 0;
}

/* A line of the chunk, from 1, without blanks around it. */
static const char *chunk_line(const struct console *c, uint32_t line, int *len)
{
    const char *at = buf_text(&c->chunk);
    for (uint32_t i = 1; i < line && strchr(at, '\n'); i++)
        at = strchr(at, '\n') + 1;
    at += strspn(at, " \t");
    size_t n = strcspn(at, "\n");
    *len = n > 200 ? 200 : (int)n;
    return at;
}

/* What failed, where, and the line that was typed. */
static sy_status report(const struct console *c, sy_error *err)
{
    const struct sandbox_failure *f = &c->box->failure;
    int len;
    bool typed = strcmp(f->file, SHOWN) == 0;
    if (f->nomem)
        return error_nomem(err);
    const char *text = chunk_line(c, typed ? f->line : 1, &len);
    return error_set(err, SY_EINPUT, typed || !f->file[0] ? SHOWN : f->file,
                     typed || !f->file[0] ? c->first + (f->line ? f->line - 1 : 0) : f->line,
                     "%s, in: %.*s", f->message, len, text);
}

static sy_status run_chunk(struct console *c, sy_error *err)
{
    struct sandbox *s = c->box;
    s->data = c->data->data;
    s->current = &c->self;
    bool done = sandbox_call(s, run, c, true);
    s->data = NULL;
    s->current = NULL;
    s->mode = MODE_IDLE;
    return !done ? report(c, err) : c->out.failed ? error_nomem(err) : SY_OK;
}

/* As Lua's own prompt: first as an expression, `=` before it is old habit. *unfinished: either
 * could go on. */
static bool compile_chunk(struct console *c, bool *unfinished)
{
    const char *text = buf_text(&c->chunk);
    const char *expression = text + strspn(text, " \t");
    const bool equals = *expression == '=';
    if (compile_text(c, "return ", equals ? expression + 1 : text))
        return true;
    const struct sandbox_failure *f = &c->box->failure;
    *unfinished = is_unfinished(f);
    if (equals || *unfinished || f->nomem || f->limit != LIMIT_NONE)
        return false;
    if (compile_text(c, "", text))
        return true;
    *unfinished = is_unfinished(&c->box->failure);
    return false;
}

sy_status console_line(struct console *c, const char *line, bool *more, sy_error *err)
{
    c->line++;
    buf_clear(&c->out);
    *more = false;
    if (c->chunk.len == 0)
        c->first = c->line;
    else
        buf_char(&c->chunk, '\n');
    buf_str(&c->chunk, line);
    c->work = c->line == c->first ? c->chunk.len : c->work + c->chunk.len;
    sy_status status = SY_OK;
    bool unfinished = false;
    if (c->chunk.failed || c->chunk.len > CHUNK_MAX)
        status = c->chunk.failed
                     ? error_nomem(err)
                     : error_set(err, SY_EINPUT, SHOWN, c->first, "more than %u bytes", CHUNK_MAX);
    else if (c->work > WORK_MAX)
        status = error_set(err, SY_EINPUT, SHOWN, c->first,
                           "a statement of so many lines belongs in a script");
    else if (compile_chunk(c, &unfinished))
        status = run_chunk(c, err);
    else if (unfinished) {
        *more = true;
        return SY_OK;
    } else
        status = report(c, err);
    buf_clear(&c->chunk);
    return status;
}

struct buf *console_out(struct console *c)
{
    return &c->out;
}

const char *console_text(const struct console *c)
{
    return buf_text(&c->out);
}

bool console_drop(struct console *c)
{
    bool waits = c->chunk.len > 0;
    buf_clear(&c->chunk);
    return waits;
}
