/*
 * sandbox.c - the Lua state, its limits, and the engine's one protected call (architecture 4).
 *
 * Instructions are counted by a hook. It does not run inside C functions, so these charge for what
 * they handle; and one instruction of Lua can do work in proportion to the largest block it touches
 * (comparing two long texts, counting an array again), so large blocks make instructions dearer and
 * the hook more frequent. Once a limit is hit the hook runs at every instruction: no pcall outlives
 * it.
 */
#include "rule/sandbox.h"

#include <stdlib.h>
#include <string.h>

#include <lauxlib.h>

#include "base/error.h"
#include "rule/library.h"
#include "rule/script_parts.h"

#define HOOK_INTERVAL        1000
#define LARGE_BLOCK          2048u /* from here on a block may make instructions dearer */
#define LARGE_TABLE          8192u /* from here on one of keys does */
#define NODE_BYTES           24u   /* of a key and its value; in powers of two */
#define PLAIN_PART           8u    /* of any other block, only such a part weighs */
#define TEXT_WEIGHT          16u   /* a byte of a text weighs as much as so many of a table */
#define PRICE_BYTES          8192u /* of weight: one more for each instruction */
#define CHARGED_BLOCK        1024u /* from here on a request costs instructions */
#define CHARGED_BYTES        64u   /* so many bytes, one instruction */
#define COLLECTION_BYTES     512u  /* a forced full collection costs one for so many bytes in use */
#define DEFAULT_INSTRUCTIONS 1000000u
#define DEFAULT_MEMORY       (64u << 20)

struct sandbox *sandbox_of(lua_State *L)
{
    return *(struct sandbox **)lua_getextraspace(L);
}

static void run_hook(lua_State *L, lua_Debug *ar);

static void arm_hook(struct sandbox *s, int interval)
{
    const int mask = LUA_MASKCOUNT | (s->coverage != NULL ? LUA_MASKLINE : 0);
    s->interval = interval;
    s->hooked = interval > 0;
    lua_sethook(s->L, interval > 0 ? run_hook : NULL, interval > 0 ? mask : 0, interval);
}

/* What one instruction costs: by what the script's source can do, and by what large blocks it
 * holds. */
static uint64_t instruction_price(const struct sandbox *s)
{
    const uint64_t source = s->owner->source.price;
    return (source > 1 ? source : 1) + s->owner->large / PRICE_BYTES;
}

static int hook_interval(const struct sandbox *s)
{
    const uint64_t price = instruction_price(s);
    if (price == 1)
        return HOOK_INTERVAL; /* asked before every call: no division */
    return price >= HOOK_INTERVAL ? 1 : (int)(HOOK_INTERVAL / price);
}

static void hit_limit(struct sandbox *s, enum sandbox_limit limit)
{
    if (s->limit == LIMIT_NONE)
        s->limit = limit;
    if (s->interval > 0)
        arm_hook(s, 1);
}

static int raise_limit(lua_State *L)
{
    lua_pushnil(L); /* needs no memory; sandbox_report has its own words */
    return lua_error(L);
}

static void run_hook(lua_State *L, lua_Debug *ar)
{
    struct sandbox *s = sandbox_of(L);
    if (ar->event == LUA_HOOKLINE) {
        sandbox_cover_line(L, ar);
        return;
    }
    s->left -= (int64_t)((uint64_t)s->interval * instruction_price(s));
    if (s->left < 0)
        hit_limit(s, LIMIT_INSTRUCTIONS);
    if (s->limit != LIMIT_NONE)
        raise_limit(L);
    if (s->interval != hook_interval(s))
        arm_hook(s, hook_interval(s));
}

void sandbox_charge(lua_State *L, uint64_t n)
{
    struct sandbox *s = sandbox_of(L);
    if (s->interval == 0)
        return; /* the engine's own work */
    if (n > (uint64_t)INT64_MAX / 2 || s->left < (int64_t)n) {
        s->left = -1;
        hit_limit(s, LIMIT_INSTRUCTIONS);
    } else {
        s->left -= (int64_t)n;
    }
    sandbox_check(L);
}

void sandbox_charge_bytes(lua_State *L, size_t len)
{
    sandbox_charge(L, len / CHARGED_BYTES + (len % CHARGED_BYTES != 0));
}

void sandbox_check(lua_State *L)
{
    const struct sandbox *s = sandbox_of(L);
    if (s->interval > 0 && s->limit != LIMIT_NONE)
        raise_limit(L);
}

/* Lua answers a refusal with a full collection and asks once more; the second refusal is final. */
static void *refuse_block(struct sandbox *s)
{
    if (!s->refused) {
        s->refused = true;
        s->left -= (int64_t)(s->used / COLLECTION_BYTES);
        return NULL;
    }
    s->refused = false;
    if (s->interval > 0 && s->left < 0) {
        s->left = -1;
        hit_limit(s, LIMIT_INSTRUCTIONS); /* spent on collecting again and again */
    }
    hit_limit(s, LIMIT_MEMORY);
    if (s->L != NULL)
        sandbox_report_memory(s);
    return NULL;
}

/* Large requests cost instructions, since `..` and tables grow without a library function. */
static void charge_block(struct sandbox *s, size_t old_size, size_t new_size)
{
    if (s->interval == 0 || !s->unpaid)
        return;
    s->left -= (int64_t)((new_size - old_size) / CHARGED_BYTES);
    if (s->left < 0)
        hit_limit(s, LIMIT_INSTRUCTIONS); /* the next instruction raises it */
    else if (new_size >= LARGE_BLOCK && s->limit == LIMIT_NONE && s->interval != hook_interval(s))
        arm_hook(s, hook_interval(s));
}

/* Before the bytes of a large block. */
union large_header {
    struct {
        struct sandbox_owner *owner;
        enum { BLOCK_PLAIN, BLOCK_TEXT, BLOCK_OURS } kind;
    } of;
    max_align_t align;
};

/* One instruction may compare, read as a number or search through the whole block; a text is
 * slowest to read. Texts under construction are out of the reach of instructions. */
static uint64_t weigh_block(const union large_header *header, size_t size)
{
    const size_t nodes = size / NODE_BYTES;
    if (header->of.kind == BLOCK_TEXT)
        return (uint64_t)size * TEXT_WEIGHT;
    if (header->of.kind == BLOCK_OURS || size < LARGE_TABLE)
        return 0;
    const bool keys = size % NODE_BYTES == 0 && (nodes & (nodes - 1)) == 0;
    return keys ? size : size / PLAIN_PART;
}

static union large_header *header_of(void *block)
{
    return (union large_header *)block - 1;
}

/* A block leaves the books of its owner; returns what malloc gave. */
static void *leave_owner(struct sandbox *s, void *block, size_t size)
{
    if (block == NULL || size < LARGE_BLOCK)
        return block;
    union large_header *header = header_of(block);
    const uint64_t weight = weigh_block(header, size);
    header->of.owner->large -= weight;
    s->large -= weight;
    return header;
}

static void *enter_owner(struct sandbox *s, union large_header *header,
                         const union large_header *of, size_t size)
{
    *header = *of;
    const uint64_t weight = weigh_block(header, size);
    header->of.owner->large += weight;
    s->large += weight;
    return header + 1;
}

/* realloc, with a header where the block is large. NULL: no memory, the block stands as it was. */
static void *resize_block(struct sandbox *s, void *block, size_t old_size, size_t new_size,
                          bool text)
{
    const bool was = block != NULL && old_size >= LARGE_BLOCK, is = new_size >= LARGE_BLOCK;
    union large_header of = {.of = {s->owner, text        ? BLOCK_TEXT
                                              : s->unpaid ? BLOCK_PLAIN
                                                          : BLOCK_OURS}};
    if (was)
        of = *header_of(block);
    void *base = leave_owner(s, block, old_size);
    if (was && !is)
        memmove(base, block, new_size);
    void *moved = realloc(base, new_size + (is ? sizeof(union large_header) : 0));
    if (moved == NULL && was && !is)
        return base; /* it is only larger than it needs to be */
    if (moved == NULL && was)
        enter_owner(s, base, &of, old_size);
    if (moved == NULL)
        return NULL;
    if (is && !was && old_size > 0)
        memmove((union large_header *)moved + 1, moved, old_size);
    return is ? enter_owner(s, moved, &of, new_size) : moved;
}

void *sandbox_alloc(void *ud, void *block, size_t old_size, size_t new_size)
{
    struct sandbox *s = ud;
    const bool text = block == NULL && old_size == LUA_TSTRING;
    if (block == NULL)
        old_size = 0; /* Lua passes the kind of object here */
    if (new_size == 0) {
        free(leave_owner(s, block, old_size));
        s->used -= old_size;
        return NULL;
    }
    if (new_size > old_size && (s->used - old_size > s->limits.memory ||
                                new_size > s->limits.memory - (s->used - old_size))) {
        s->nomem = false;
        return refuse_block(s);
    }
    void *moved = resize_block(s, block, old_size, new_size, text);
    if (moved == NULL) {
        s->nomem = true;
        return refuse_block(s);
    }
    s->refused = false;
    s->used = s->used - old_size + new_size;
    if (new_size >= CHARGED_BLOCK && new_size > old_size)
        charge_block(s, old_size, new_size);
    return moved;
}

static int handle_error(lua_State *L)
{
    sandbox_report(L);
    return 0;
}

static void finish_call(struct sandbox *s, int status)
{
    s->failure.limit = s->limit;
    s->failure.nomem = s->nomem && (s->limit == LIMIT_MEMORY || status == LUA_ERRMEM);
    if (s->failure.message[0] != '\0')
        return;
    const char *what = status == LUA_ERRMEM ? "out of memory" : "the error could not be described";
    memcpy(s->failure.message, what, strlen(what) + 1);
}

bool sandbox_call(struct sandbox *s, lua_CFunction f, void *arg, bool script_code)
{
    lua_State *L = s->L;
    lua_settop(L, 0);
    s->limit = LIMIT_NONE;
    s->nomem = s->refused = false;
    s->left = (int64_t)s->limits.instructions;
    s->unpaid = true;
    sandbox_forget(s);
    arm_hook(s, script_code ? hook_interval(s) : 0);
    lua_pushcfunction(L, handle_error); /* neither of these three asks for memory */
    lua_pushcfunction(L, f);
    lua_pushlightuserdata(L, arg);
    const int status = lua_pcall(L, 1, 0, 1);
    if (status != LUA_OK)
        finish_call(s, status);
    arm_hook(s, 0);
    lua_settop(L, 0);
    sandbox_drop_source(s);
    return status == LUA_OK;
}

void sandbox_forget(struct sandbox *s)
{
    s->failure.message[0] = s->failure.trace[0] = s->failure.file[0] = '\0';
    s->failure.line = 0;
    s->failure.status = SY_EINPUT;
}

void sandbox_nomem(lua_State *L)
{
    struct sandbox *s = sandbox_of(L);
    s->nomem = true;
    hit_limit(s, LIMIT_MEMORY);
    sandbox_report_memory(s);
    raise_limit(L);
}

/* A call that ends before the hook would be called is spared it: nothing else differs. */
static void watch_call(struct sandbox *s, int steps)
{
    const int interval = hook_interval(s);
    if (steps == 0 || steps >= interval || s->metatables || s->coverage != NULL) {
        arm_hook(s, interval); /* also starts its count again: a call pays for itself alone */
        return;
    }
    if (s->hooked)
        arm_hook(s, 0);
    s->interval = interval;
}

void sandbox_begin(struct sandbox *s, int steps)
{
    s->owner = s->current != NULL ? s->current->owner : &s->self;
    /* Garbage of the call before must not make this one dearer. */
    if (s->large > s->large_kept) {
        arm_hook(s, 0);
        lua_gc(s->L, LUA_GCCOLLECT);
        s->large_kept = s->large;
    }
    s->left = (int64_t)s->limits.instructions;
    s->lacking[0] = '\0';
    s->unfit = s->repeats = s->ranged = false;
    s->over_ratio = 0;
    s->shifted = SCRIPT_NO_ITEM;
    s->stamp++;
    watch_call(s, steps);
}

void sandbox_share(struct sandbox *s, const struct sandbox *first)
{
    s->first = first;
}

static int collect_all(lua_State *L)
{
    lua_gc(L, LUA_GCCOLLECT);
    return 0;
}

void sandbox_settle(struct sandbox *s)
{
    sandbox_alloc(s, s->scratch, s->scratch_cap, 0);
    s->scratch = NULL;
    s->scratch_len = s->scratch_cap = s->scratch_paid = 0;
    sandbox_call(s, collect_all, NULL, false);
    s->large_kept = s->large;
}

static int build_state(lua_State *L)
{
    library_open(L);
    return 0;
}

sy_status sandbox_open(struct sandbox **out, const struct sandbox_limits *limits, sy_error *err)
{
    sy_status status = SY_OK;
    struct sandbox *s = calloc(1, sizeof *s);
    if (s == NULL)
        return error_nomem(err);
    s->owner = &s->self;
    s->limits.instructions = limits != NULL ? limits->instructions : DEFAULT_INSTRUCTIONS;
    s->limits.memory = limits != NULL ? limits->memory : DEFAULT_MEMORY;
    if (s->limits.instructions > INT64_MAX / 2)
        s->limits.instructions = INT64_MAX / 2;
    if (s->limits.memory > INT64_MAX / 2)
        s->limits.memory = INT64_MAX / 2;
    lua_State *L = lua_newstate(sandbox_alloc, s);
    if (L != NULL) {
        s->L = L;
        *(struct sandbox **)lua_getextraspace(L) = s;
    }
    if (L == NULL || !sandbox_call(s, build_state, NULL, false)) {
        if (L == NULL ? s->nomem : s->failure.nomem)
            status = error_nomem(err);
        else
            status = error_set(err, SY_EINPUT, NULL, 0,
                               "a limit of %llu bytes of memory is too small for scripts ([limits] "
                               "memory)",
                               (unsigned long long)s->limits.memory);
        sandbox_close(s);
        return status;
    }
    *out = s;
    return SY_OK;
}

bool sandbox_starved(const struct sandbox *s)
{
    return s != NULL && s->starved;
}

void sandbox_close(struct sandbox *s)
{
    if (s == NULL)
        return;
    if (s->L != NULL)
        lua_close(s->L);
    while (s->scripts != NULL) {
        struct script *script = s->scripts;
        s->scripts = script->next;
        script_free(script);
    }
    for (struct sandbox_file *f = s->files; f != NULL; f = f->next) {
        free(f->text);
        buf_dispose(&f->code);
    }
    sandbox_alloc(s, s->scratch, s->scratch_cap, 0); /* where it is large, no block of malloc's */
    free(s->source);
    buf_dispose(&s->reason);
    arena_dispose(&s->names);
    free(s);
}
