/*
 * library.h - what Lua's own names mean in scripts: an allow-list, each function charged for what
 * it handles, the same on every machine and in every locale. Used by rule/ only.
 */
#ifndef RULE_LIBRARY_H
#define RULE_LIBRARY_H

#include <stddef.h>

#include <lauxlib.h>
#include <lua.h>

#define LIBRARY_NUMBER_MAX  64
#define LIBRARY_RESULTS_MAX 1000 /* values that one call may return */
#define LIBRARY_CANDIDATES  64

/* Builds the read-only environment of a new state, with the module `steelyard`. Raises. */
void library_open(lua_State *L);

/* The table at the top is replaced by a read-only view of it; `what` names it in errors. */
void library_seal(lua_State *L, const char *what);

/* Raises "WHAT 'NAME' (did you mean 'X'?)"; the keys of the table at `index` are the candidates. */
int library_unknown(lua_State *L, const char *what, const char *name, int index);
int library_unknown_of(lua_State *L, const char *what, const char *name,
                       const char *const *candidates, size_t n);

/* Pushes the text of a value: numbers without ".0", no addresses; may call __tostring. */
const char *library_tostring(lua_State *L, int index, size_t *len);
/* The text of the number at index; LIBRARY_NUMBER_MAX bytes. Returns the length. */
size_t library_number(lua_State *L, int index, char *out);
/* A number as scripts get it: whole ones as integers, so that they print as people write them. */
void library_push_number(lua_State *L, double x);

/* The upvalue, Lua's own function without upvalues, whose work is in proportion to its texts or
 * arguments. */
int library_call_charged(lua_State *L);

/* A long text made in steps, in the sandbox's scratch memory, charged as it grows. Nothing between
 * begin and push may call back into scripts. */
void library_text_begin(lua_State *L);
void library_text_add(lua_State *L, const char *bytes, size_t len);
char *library_text_space(lua_State *L, size_t len); /* len more bytes, to be filled in */
void library_text_push(lua_State *L);

/* Pushes an array of the table's keys in order: numbers, texts by byte, false, true. */
size_t library_sorted_keys(lua_State *L, int index);

/* Members, added to the table at the top. */
void library_add_base(lua_State *L); /* with Lua's own originals at index 1 */
void library_add_keys(lua_State *L);
void library_add_string(lua_State *L);
void library_add_format(lua_State *L);
void library_add_table(lua_State *L);
void library_add_utf8(lua_State *L, int originals);

#endif
