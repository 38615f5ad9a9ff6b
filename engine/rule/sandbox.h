/*
 * sandbox.h - one Lua state under limits. Used by rule/ only; others see script.h.
 *
 * Whatever runs in the state runs under sandbox_call, the engine's one protected call. What scripts
 * may do is limited thrice: by a count hook, by an allocator that counts, and by library functions
 * that charge for what they handle (sandbox_charge).
 */
#ifndef RULE_SANDBOX_H
#define RULE_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lua.h>

#include "base/arena.h"
#include "base/buf.h"
#include "rule/script.h"
#include <steelyard/base.h>

#define SANDBOX_MESSAGE_MAX 1024
#define SANDBOX_TEXT_MAX    16384 /* bytes of a text from a script: kept until the run ends */
#define SANDBOX_SHOWN_MAX   (SY_ERROR_FILE_MAX - 1)

enum sandbox_limit { LIMIT_NONE, LIMIT_INSTRUCTIONS, LIMIT_MEMORY };

/* A file that was loaded. `name` is Lua's chunk name, '@' and the file as shown. */
struct sandbox_chunk {
    struct sandbox_chunk *next;
    const char *name;
    char prefix[LUA_IDSIZE];    /* how Lua begins a message about it */
    struct coverage_file *file; /* where its lines are noted; NULL: nowhere */
    const char *text;           /* to quote from; NULL where it was not kept */
    size_t len;
};

/* What a source's functions may cost beyond the instructions that Lua counts. */
struct source_cost {
    uint64_t longest; /* of its functions, in words and signs: an error looks through one */
    uint64_t price;   /* of an instruction; 0: nothing loaded, as 1 */
};

/* A file that was read, as text, and compiled. Owns: text, code. */
struct sandbox_file {
    struct sandbox_file *next;
    const char *path;
    char *text;
    size_t len;
    struct buf code;  /* as Lua dumps it, with names and lines; empty: not compiled yet */
    const char *name; /* of the chunk that `code` is of */
    struct source_cost cost;
};

/* Why a protected call failed: one line of text, and where. */
struct sandbox_failure {
    char message[SANDBOX_MESSAGE_MAX]; /* what, without the place */
    char trace[SANDBOX_MESSAGE_MAX];   /* "a.lua:3 in 'f', a.lua:9"; may be empty */
    char file[SY_ERROR_FILE_MAX];      /* as shown; empty: none */
    uint32_t line;
    enum sandbox_limit limit;
    bool nomem;       /* the machine's memory, not the limit */
    sy_status status; /* SY_EINPUT, or why a file could not be read */
};

/* What a script may do in the call that runs. */
enum sandbox_mode {
    MODE_IDLE,
    MODE_LOAD,
    MODE_INDICATOR,
    MODE_MEASURE,
    MODE_TARGET,
    MODE_ADJUST,
    MODE_CHECK,
    MODE_CONSOLE /* a line that a person typed: what any function may */
};

#define SANDBOX_LACKING_MAX 256

/* What a script makes its own instructions cost, not its neighbours'. Lives as long as the sandbox,
 * as garbage may outlive its script. */
struct sandbox_owner {
    uint64_t large; /* weight of its large blocks */
    struct source_cost source;
};

/* Owns: L, scripts, names, files, scratch. */
struct sandbox {
    lua_State *L;
    struct sandbox_limits limits;
    struct script *scripts;
    struct arena names;
    struct sandbox_chunk *chunks;
    struct sandbox_file *files;
    const struct sandbox *first;    /* see sandbox_share; NULL: each load reads its file */
    struct coverage *coverage;      /* what is reached; NULL: nobody asks */
    struct sandbox_chunk *covered;  /* the last that a line of was noted */
    struct sandbox_failure failure; /* of the last sandbox_call */

    uint64_t used;               /* bytes */
    uint64_t large;              /* weight of the large blocks of all owners */
    uint64_t large_kept;         /* what of them the last full collection left */
    struct sandbox_owner self;   /* of what no script asked for */
    struct sandbox_owner *owner; /* of blocks that are asked for now */
    int64_t left;                /* instructions */
    int interval;                /* of the hook; 0: no hook */
    bool hooked;                 /* it is set: where a call is too short for it, it is not */
    bool metatables;             /* a script has set one: anything may call a function of it */
    enum sandbox_limit limit;    /* hit in this call */
    bool refused;                /* the last request for memory was */
    bool nomem;
    bool starved; /* the machine had no memory for something, at any time */
    bool unpaid;  /* the allocator charges for large requests */

    char *source;  /* a file that is being compiled */
    char *scratch; /* text under construction, see library.h */
    size_t scratch_len;
    size_t scratch_cap;
    size_t scratch_paid;

    struct buf reason; /* of a rule that a script calls */

    struct script *current; /* whose code runs */
    size_t layer;           /* while it loads */
    enum sandbox_mode mode;
    struct api_object *item, *fund; /* of Lua: what each call is given */
    unsigned wanted;                /* fields of the item that functions read: api_object.c */
    int shown_sign;                 /* that the item shows without being asked; -1: none */
    const struct script_data *data; /* NULL where there is none */
    uint64_t stamp;                 /* of the call: older objects are refused */
    char lacking[SANDBOX_LACKING_MAX];
    bool unfit;        /* a rule was called that cannot grade the call's indicator */
    bool repeats;      /* see script_result */
    double over_ratio; /* likewise */
    bool ranged;       /* likewise */
    double given;
    uint32_t shifted; /* the indicator whose target is last year's actual; SCRIPT_NO_ITEM */
};

struct sandbox *sandbox_of(lua_State *L);

/* Runs f(L) with `arg` as light userdata at index 1, under the limits (script code) or under the
 * memory limit alone. False: s->failure says why. The stack is empty afterwards. */
bool sandbox_call(struct sandbox *s, lua_CFunction f, void *arg, bool script_code);

/* A new call of a script's function: a fresh budget, a new stamp, nothing lacking. `steps` as of
 * sandbox_steps; 0 where it is not known. Within sandbox_call; may raise. */
void sandbox_begin(struct sandbox *s, int steps);
/* sandbox_steps.c: the most instructions that a call of the function at the top runs, if no
 * metatable of a script is in its way; 0: not known. */
int sandbox_steps(lua_State *L);

/* n instructions' worth of work in C. Raises the limit where the budget does not hold it. */
void sandbox_charge(lua_State *L, uint64_t n);
void sandbox_charge_bytes(lua_State *L, size_t len);

/* Raises the limit again after a protected call inside of scripts has caught it. */
void sandbox_check(lua_State *L);

/* Lua's allocator; also for scratch, so that it counts. */
void *sandbox_alloc(void *ud, void *block, size_t old_size, size_t new_size);

/* The engine's own memory ran out inside of a call: raises. */
void sandbox_nomem(lua_State *L);
/* What was written into s->failure by an error that a script has caught since. */
void sandbox_forget(struct sandbox *s);

/* sandbox_load.c: a script's file, compiled and left on the stack; raises what stands in the way.
 */
void sandbox_load(lua_State *L, const char *path, const char *shown);
/* Lets go of the file that is being compiled, if it was not kept. */
void sandbox_drop_source(struct sandbox *s);
/* The same of a text. */
void sandbox_load_text(lua_State *L, const char *text, size_t len, const char *shown);
bool sandbox_has_file(const struct sandbox *s, const char *path);
/* sandbox_source.c: what would keep the compiler or the interpreter busy for long, and its line;
 * NULL: nothing. */
const char *sandbox_source(const char *text, size_t len, uint32_t *line, struct source_cost *cost);
/* The file of a chunk name, as shown, or NULL. */
const char *sandbox_shown(const struct sandbox *s, const char *source);

/* sandbox_cover.c: what is reached, where it is asked for. A line, by the hook; a file, its
 * function at the top; tiers that were declared. All but the first raise. */
void sandbox_cover_line(lua_State *L, lua_Debug *ar);
void sandbox_cover_file(lua_State *L, struct sandbox_chunk *chunk, const char *path,
                        const char *text, size_t len);
void sandbox_cover_tiers(lua_State *L, const struct rule *rule);

/* sandbox_report.c: fills s->failure from the error object at the top, in the message handler's
 * place, without touching Lua's memory. */
void sandbox_report(lua_State *L);
/* The same for a memory error, which has no handler and no message. */
void sandbox_report_memory(struct sandbox *s);
/* "file:line: what (traceback: …)" into the arena; NULL: no memory. */
const char *sandbox_describe(const struct sandbox_failure *f, struct arena *texts);

#endif
