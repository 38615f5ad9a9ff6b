/*
 * script_parts.h - what a loaded script is made of. Used by rule/ only; others see script.h.
 */
#ifndef RULE_SCRIPT_PARTS_H
#define RULE_SCRIPT_PARTS_H

#include "base/pattern.h"
#include "rule/sandbox.h"
#include "rule/script.h"

/* A Lua function of a script; numbered from 1. */
struct script_function {
    enum sandbox_mode mode;
    int steps; /* see sandbox_begin */
    const char *shown;
    uint32_t line;
};

struct script_entry {
    const char *pattern;
    const struct rule *rule; /* of rules.indicator */
    int function;            /* of rules.measure and rules.target */
    const char *shown;       /* the line that sets it; NULL: not known */
    uint32_t line;
};

/* Sorted by pattern. */
struct script_section {
    struct script_entry *entries;
    size_t n;
    struct pattern_set patterns;
};

/* Owns: everything, in its arena. Its functions are in Lua's registry, under the script's address.
 */
struct script {
    struct script *next;
    struct sandbox *box;
    struct sandbox_owner *owner; /* of the sandbox */
    struct arena arena;
    const struct script_source *layers; /* while it loads */
    struct script_parameter *parameters;
    size_t nparameters;
    struct script_section indicator, measure, target;
    struct script_function *functions; /* functions[0] is number 1 */
    size_t nfunctions;
    int adjust, check;
    struct script_entry singles[2]; /* where these two were set */
    const char **measured;
    size_t nmeasured;
    const char **patterns;
    size_t npatterns;
    struct rule fallback;
    struct script_state *state;     /* as it was loaded */
    const struct script_stop *stop; /* NULL: it runs */
    struct script_stop why;
};

void script_free(struct script *s);
const char *script_parameter_text(const struct script *s, const char *key); /* or NULL */

/* script.c: loads a script within a protected call that runs already; the sandbox frees it. The
 * rules that it returned stay in Lua's registry under the address of its `indicator`. Raises. */
struct script *script_push(lua_State *L, const struct script_source *layers, size_t nlayers,
                           const struct script_parameter *parameters, size_t nparameters);

/* script_state.c: what can be reached from a script's functions. Owns: everything. */
struct script_state;
sy_status script_remember(struct script *s, sy_error *err);
void script_state_free(struct script_state *state);

/* script_collect.c: from the rules that a script returned (at the top of the stack) to its
 * sections. Raises. */
void script_collect(lua_State *L, struct script *script);

#endif
