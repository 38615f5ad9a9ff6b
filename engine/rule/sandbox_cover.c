/*
 * sandbox_cover.c - a sandbox that notes what its scripts reach (coverage.h).
 *
 * Lines are told by the hook that counts instructions, which then is a line hook too. What is noted
 * here takes none of the script's memory and budget, so that a script that is covered gives the
 * same results, and hits the same limits, as one that is not.
 */
#include "rule/sandbox.h"

#include <string.h>

#include "rule/coverage.h"

void sandbox_cover(struct sandbox *s, struct coverage *c)
{
    s->coverage = c;
}

/* A function has lines in one file, and many of them follow each other. */
static struct sandbox_chunk *find_chunk(struct sandbox *s, const char *source)
{
    if (s->covered != NULL && strcmp(s->covered->name, source) == 0)
        return s->covered;
    struct sandbox_chunk *c = s->chunks;
    while (c != NULL && strcmp(c->name, source) != 0)
        c = c->next;
    if (c != NULL)
        s->covered = c;
    return c;
}

void sandbox_cover_line(lua_State *L, lua_Debug *ar)
{
    struct sandbox *s = sandbox_of(L);
    if (s->coverage == NULL || lua_getinfo(L, "S", ar) == 0 || strcmp(ar->what, "Lua") != 0)
        return;
    const struct sandbox_chunk *chunk = find_chunk(s, ar->source);
    if (chunk != NULL && chunk->file != NULL && ar->currentline > 0)
        coverage_mark(chunk->file, (uint32_t)ar->currentline, COVERAGE_RAN);
}

static int add_bytes(lua_State *L, const void *bytes, size_t len, void *out)
{
    (void)L;
    buf_add(out, bytes, len);
    return 0;
}

void sandbox_cover_file(lua_State *L, struct sandbox_chunk *chunk, const char *path,
                        const char *text, size_t len)
{
    struct coverage *c = sandbox_of(L)->coverage;
    struct buf dump = {0};
    if (c == NULL)
        return;
    chunk->file = coverage_find_file(c, path);
    if (chunk->file == NULL) {
        lua_dump(L, add_bytes, &dump, 0); /* raises nothing */
        const struct coverage_source source = {text, buf_text(&dump), len, dump.len};
        chunk->file = dump.failed ? NULL : coverage_add_file(c, path, chunk->name + 1, &source);
        buf_dispose(&dump);
    }
    if (chunk->file == NULL)
        sandbox_nomem(L);
}

void sandbox_cover_tiers(lua_State *L, const struct rule *rule)
{
    const struct sandbox *s = sandbox_of(L);
    if (s->coverage != NULL && s->mode == MODE_LOAD && rule->kind == RULE_TIERS &&
        !coverage_add_tiers(s->coverage, rule))
        sandbox_nomem(L);
}
