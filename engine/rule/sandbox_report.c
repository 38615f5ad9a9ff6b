/*
 * sandbox_report.c - from an error in Lua to one line of text, a place and a short traceback.
 *
 * An error object may be anything, and a script may have run out of memory: nothing here calls back
 * into scripts (no __tostring, no __name) or asks Lua for memory.
 */
#include "rule/sandbox.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

#define TRACE_LEVELS   6
#define WALK_LEVELS    200
#define NAME_MAX_SHOWN 64 /* bytes of a function's name */
#define QUOTE_COLUMNS  72 /* of a line of a script; a longer one is cut */

/* One line of valid UTF-8 into `out`, cut between characters. */
static void copy_line(char *out, size_t cap, const char *text, size_t len)
{
    size_t at = 0;
    while (len > 0) {
        size_t n = 0;
        const uint32_t c = text_next(text, len, &n);
        const bool bad = c == 0xFFFD && n == 1;
        const size_t need = bad ? 1 : n;
        if (at + need >= cap)
            break;
        if (bad)
            out[at] = '?';
        else
            memcpy(out + at, text, n);
        if (c < 0x20 || c == 0x7F)
            out[at] = ' ';
        at += need;
        text += n;
        len -= n;
    }
    out[at] = '\0';
}

static void set_place(struct sandbox_failure *f, const char *file, uint32_t line)
{
    copy_line(f->file, sizeof f->file, file, strlen(file));
    f->line = line;
}

/* "PREFIX:LINE: what", as Lua writes it. The text after the place, or NULL. */
static const char *split_place(struct sandbox *s, const char *text)
{
    for (const struct sandbox_chunk *c = s->chunks; c != NULL; c = c->next) {
        const size_t n = strlen(c->prefix);
        if (n == 0 || strncmp(text, c->prefix, n) != 0 || text[n] != ':')
            continue;
        const char *p = text + n + 1;
        uint32_t line = 0;
        while (*p >= '0' && *p <= '9' && line < 100000000)
            line = line * 10 + (uint32_t)(*p++ - '0');
        if (p == text + n + 1 || p[0] != ':')
            continue;
        set_place(&s->failure, c->name + 1, line);
        return p[1] == ' ' ? p + 2 : p + 1;
    }
    return NULL;
}

static bool level_place(struct sandbox *s, lua_State *L, lua_Debug *ar, const char **file)
{
    if (lua_getinfo(L, "Sln", ar) == 0 || ar->currentline <= 0)
        return false;
    *file = sandbox_shown(s, ar->source);
    return *file != NULL;
}

/* The innermost line of a script that runs, where the message names none. */
static void find_place(struct sandbox *s, lua_State *L)
{
    lua_Debug ar;
    const char *file = NULL;
    for (int level = 0; level < WALK_LEVELS && lua_getstack(L, level, &ar); level++)
        if (level_place(s, L, &ar, &file)) {
            set_place(&s->failure, file, (uint32_t)ar.currentline);
            return;
        }
}

static void write_trace(struct sandbox *s, lua_State *L)
{
    lua_Debug ar;
    const char *file = NULL;
    char line[SANDBOX_MESSAGE_MAX], name[NAME_MAX_SHOWN];
    char *out = s->failure.trace;
    size_t at = 0, shown = 0;
    for (int level = 0; level < WALK_LEVELS && lua_getstack(L, level, &ar); level++) {
        if (!level_place(s, L, &ar, &file))
            continue;
        if (ar.name != NULL) /* any text may be the name of a field */
            copy_line(name, sizeof name, ar.name, strlen(ar.name));
        const int n = snprintf(line, sizeof line, "%s%s:%d%s%s%s", at > 0 ? ", " : "", file,
                               ar.currentline, ar.name != NULL ? " in '" : "",
                               ar.name != NULL ? name : "", ar.name != NULL ? "'" : "");
        if (n < 0 || (size_t)n >= sizeof s->failure.trace - at || shown == TRACE_LEVELS) {
            if (at + 5 < sizeof s->failure.trace)
                memcpy(out + at, ", …", sizeof ", …");
            return;
        }
        memcpy(out + at, line, (size_t)n + 1);
        at += (size_t)n;
        shown++;
    }
}

/* The bytes of a line, without blanks around it. */
static const char *find_line(const struct sandbox_chunk *c, uint32_t line, size_t *len)
{
    const char *p = c->text, *end = c->text + c->len;
    for (; line > 1 && p < end; line--) {
        const char *next = memchr(p, '\n', (size_t)(end - p));
        p = next != NULL ? next + 1 : end;
    }
    const char *stop = p < end ? memchr(p, '\n', (size_t)(end - p)) : NULL;
    *len = (size_t)((stop != NULL ? stop : end) - p);
    text_trim(&p, len);
    return p;
}

/* Adds the line of the script that the failure's place names: ": in 'return i.actual / x'". */
static void quote_line(struct sandbox *s)
{
    struct sandbox_failure *f = &s->failure;
    const struct sandbox_chunk *c = s->chunks;
    char quote[QUOTE_COLUMNS * 4 + sizeof "…"];
    size_t len = 0, at = strlen(f->message);
    while (c != NULL && strcmp(c->name + 1, f->file) != 0)
        c = c->next;
    if (c == NULL || c->text == NULL || f->line == 0)
        return;
    const char *line = find_line(c, f->line, &len);
    const size_t fitting = len > 0 ? text_fit(line, len, QUOTE_COLUMNS) : 0;
    copy_line(quote, sizeof quote, line, fitting);
    if (fitting < len && strlen(quote) + sizeof "…" <= sizeof quote)
        strcat(quote, "…");
    if (fitting > 0 && at + strlen(quote) + sizeof ": in ''" <= sizeof f->message)
        snprintf(f->message + at, sizeof f->message - at, ": in '%s'", quote);
}

static void describe_limit(struct sandbox *s)
{
    struct sandbox_failure *f = &s->failure;
    if (s->limit == LIMIT_INSTRUCTIONS)
        snprintf(f->message, sizeof f->message,
                 "more than %llu instructions in one call ([limits] instructions)",
                 (unsigned long long)s->limits.instructions);
    else if (s->nomem)
        snprintf(f->message, sizeof f->message, "out of memory");
    else
        snprintf(f->message, sizeof f->message, "more than %llu bytes of memory ([limits] memory)",
                 (unsigned long long)s->limits.memory);
}

void sandbox_report_memory(struct sandbox *s)
{
    if (s->failure.message[0] != '\0')
        return;
    describe_limit(s);
    find_place(s, s->L);
    quote_line(s);
    write_trace(s, s->L);
}

static void describe_object(struct sandbox *s, lua_State *L)
{
    struct sandbox_failure *f = &s->failure;
    char number[64];
    if (lua_type(L, -1) == LUA_TSTRING) {
        size_t len = 0;
        const char *text = lua_tolstring(L, -1, &len);
        const char *what = split_place(s, text);
        if (what != NULL)
            len -= (size_t)(what - text);
        else
            what = text;
        copy_line(f->message, sizeof f->message, what, len);
        if (f->message[0] == '\0')
            snprintf(f->message, sizeof f->message, "error without a message");
        return;
    }
    if (lua_type(L, -1) == LUA_TNUMBER) {
        snprintf(number, sizeof number, "error object is the number %.14g", lua_tonumber(L, -1));
        copy_line(f->message, sizeof f->message, number, strlen(number));
        return;
    }
    const char *kind = lua_typename(L, lua_type(L, -1));
    snprintf(f->message, sizeof f->message, "error object is %s%s", lua_isnil(L, -1) ? "" : "a ",
             kind);
}

void sandbox_report(lua_State *L)
{
    struct sandbox *s = sandbox_of(L);
    if (s->failure.message[0] != '\0')
        return; /* described where it happened */
    if (s->limit != LIMIT_NONE)
        describe_limit(s);
    else
        describe_object(s, L);
    if (s->failure.line == 0)
        find_place(s, L);
    quote_line(s);
    write_trace(s, L);
}

const char *sandbox_describe(const struct sandbox_failure *f, struct arena *texts)
{
    struct buf b = {0};
    if (f->file[0] != '\0')
        buf_printf(&b, f->line > 0 ? "%s:%u: " : "%s: ", f->file, (unsigned)f->line);
    buf_str(&b, f->message);
    if (f->trace[0] != '\0')
        buf_printf(&b, " (traceback: %s)", f->trace);
    char *text = b.failed ? NULL : arena_copy(texts, buf_text(&b), b.len);
    buf_dispose(&b);
    return text;
}
