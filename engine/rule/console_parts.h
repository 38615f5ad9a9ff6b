/*
 * console_parts.h - what the files of the console share. Used by rule/ only; others see console.h.
 */
#ifndef RULE_CONSOLE_PARTS_H
#define RULE_CONSOLE_PARTS_H

#include <lua.h>

#include "base/buf.h"
#include "rule/console.h"
#include "rule/sandbox.h"
#include "rule/script_parts.h"

/* A script that was asked for. */
struct console_known {
    struct console_known *next;
    const char *type;
    int year;
    const struct script *script; /* NULL: the type has none */
};

/* Owns: box, chunk, out, names. */
struct console {
    struct sandbox *box;
    const struct console_data *data;
    struct script self; /* whose code typed lines are */
    struct console_known *known;
    struct arena names;
    struct buf chunk, out;
    size_t work;          /* bytes compiled for the chunk */
    uint32_t line, first; /* lines typed; the first of the chunk */
};

/* Found by the one word that the registry has for it. */
struct console *console_of(lua_State *L);
/* Back from a script that was loaded: the line goes on. */
void console_resume(struct console *c);

/* console_print.c: the value at index, as people read it. Raises. */
void console_print(lua_State *L, struct buf *out, int index, int depth);

/* console_api.c: sy, fund, funds, rules, rule, print, help into the table at the top. */
void console_add(lua_State *L);

#endif
