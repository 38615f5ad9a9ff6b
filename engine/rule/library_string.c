/*
 * library_string.c - functions on texts, without patterns. Bytes are ASCII's in upper and lower,
 * whatever the locale. Each 64 bytes that a function handles are one instruction.
 */
#include <string.h>

#include "rule/library.h"
#include "rule/sandbox.h"

void library_text_begin(lua_State *L)
{
    struct sandbox *s = sandbox_of(L);
    s->scratch_len = 0;
    s->scratch_paid = 0;
}

char *library_text_space(lua_State *L, size_t len)
{
    struct sandbox *s = sandbox_of(L);
    if (len > SIZE_MAX / 4 - s->scratch_len)
        len = SIZE_MAX / 4 - s->scratch_len; /* refused below */
    const size_t need = s->scratch_len + len;
    const size_t due = need / 64 + 1;
    if (due > s->scratch_paid) {
        sandbox_charge(L, due - s->scratch_paid);
        s->scratch_paid = due;
    }
    if (need > s->scratch_cap) {
        const size_t cap = s->scratch_len == 0 ? need + 64 : need + need / 2;
        s->unpaid = false;
        char *grown = sandbox_alloc(s, s->scratch, s->scratch_cap, cap);
        if (grown == NULL) /* Lua would collect garbage and ask again */
            lua_gc(L, LUA_GCCOLLECT);
        if (grown == NULL)
            grown = sandbox_alloc(s, s->scratch, s->scratch_cap, cap);
        s->unpaid = true;
        if (grown == NULL) {
            sandbox_check(L);
            luaL_error(L, "out of memory");
        }
        s->scratch = grown;
        s->scratch_cap = cap;
    }
    char *space = s->scratch + s->scratch_len;
    s->scratch_len = need;
    return space;
}

void library_text_add(lua_State *L, const char *bytes, size_t len)
{
    if (len > 0)
        memcpy(library_text_space(L, len), bytes, len);
}

void library_text_push(lua_State *L)
{
    struct sandbox *s = sandbox_of(L);
    s->unpaid = false; /* paid while it grew */
    lua_pushlstring(L, s->scratch_len > 0 ? s->scratch : "", s->scratch_len);
    s->unpaid = true;
    if (s->scratch_cap > 65536) {
        sandbox_alloc(s, s->scratch, s->scratch_cap, 0);
        s->scratch = NULL;
        s->scratch_cap = 0;
    }
}

/* A text argument; numbers are texts too. */
static const char *check_text(lua_State *L, int index, size_t *len)
{
    if (lua_type(L, index) == LUA_TNUMBER) {
        library_tostring(L, index, NULL);
        lua_replace(L, index);
    }
    return luaL_checklstring(L, index, len);
}

/* A position from 1, from the end where negative, as a number of bytes from the start, cut to the
 * text. */
static size_t start_position(lua_Integer at, size_t len)
{
    if (at > 0)
        return (lua_Unsigned)at - 1 > len ? len : (size_t)at - 1;
    if (at == 0 || at < -(lua_Integer)len)
        return 0;
    return len - (size_t)-at;
}

static size_t end_position(lua_Integer at, size_t len)
{
    if (at >= 0)
        return (lua_Unsigned)at > len ? len : (size_t)at;
    if (at < -(lua_Integer)len)
        return 0;
    return len - (size_t)-at + 1;
}

static int string_len(lua_State *L)
{
    size_t len = 0;
    check_text(L, 1, &len);
    lua_pushinteger(L, (lua_Integer)len);
    return 1;
}

static int string_sub(lua_State *L)
{
    size_t len = 0;
    const char *text = check_text(L, 1, &len);
    const size_t first = start_position(luaL_checkinteger(L, 2), len);
    const size_t end = end_position(luaL_optinteger(L, 3, -1), len);
    library_text_begin(L);
    if (first < end)
        library_text_add(L, text + first, end - first);
    library_text_push(L);
    return 1;
}

/* Upper or lower case: `from` to `from` + 25 move by `by`. */
static int change_case(lua_State *L, char from, int by)
{
    size_t len = 0;
    const char *text = check_text(L, 1, &len);
    library_text_begin(L);
    char *out = library_text_space(L, len);
    for (size_t i = 0; i < len; i++)
        out[i] = text[i] >= from && text[i] < from + 26 ? (char)(text[i] + by) : text[i];
    library_text_push(L);
    return 1;
}

static int string_upper(lua_State *L)
{
    return change_case(L, 'a', 'A' - 'a');
}

static int string_lower(lua_State *L)
{
    return change_case(L, 'A', 'a' - 'A');
}

static int string_reverse(lua_State *L)
{
    size_t len = 0;
    const char *text = check_text(L, 1, &len);
    library_text_begin(L);
    char *out = library_text_space(L, len);
    for (size_t i = 0; i < len; i++)
        out[i] = text[len - 1 - i];
    library_text_push(L);
    return 1;
}

static int string_rep(lua_State *L)
{
    size_t len = 0, gap = 0;
    const char *text = check_text(L, 1, &len);
    const lua_Integer times = luaL_checkinteger(L, 2);
    const char *between = lua_isnoneornil(L, 3) ? "" : check_text(L, 3, &gap);
    const size_t unit = len + gap, n = times > 0 ? (size_t)times : 0;
    library_text_begin(L);
    if (n > 0 && unit > 0) {
        const size_t total = n > SIZE_MAX / 4 / unit ? SIZE_MAX : n * unit - gap;
        char *out = library_text_space(L, total);
        size_t done = unit < total ? unit : total;
        memcpy(out, text, len);
        memcpy(out + len, between, done - len);
        for (; done < total; done += done < total - done ? done : total - done)
            memcpy(out + done, out, done < total - done ? done : total - done);
    }
    library_text_push(L);
    return 1;
}

static int string_byte(lua_State *L)
{
    size_t len = 0;
    const char *text = check_text(L, 1, &len);
    const lua_Integer from = luaL_optinteger(L, 2, 1);
    const size_t first = from == 0 ? 0 : start_position(from, len);
    const size_t end = end_position(luaL_optinteger(L, 3, from), len);
    const size_t n = first < end ? end - first : 0;
    if (n > LIBRARY_RESULTS_MAX)
        return luaL_error(L, "more than %d bytes at once", LIBRARY_RESULTS_MAX);
    sandbox_charge(L, n);
    luaL_checkstack(L, (int)n, "bytes");
    for (size_t i = 0; i < n; i++)
        lua_pushinteger(L, (unsigned char)text[first + i]);
    return (int)n;
}

static int string_char(lua_State *L)
{
    const int n = lua_gettop(L);
    sandbox_charge(L, (uint64_t)n);
    library_text_begin(L);
    char *out = library_text_space(L, (size_t)n);
    for (int i = 1; i <= n; i++) {
        const lua_Integer c = luaL_checkinteger(L, i);
        luaL_argcheck(L, c > 0 && c <= 255, i, "no byte from 1 to 255");
        out[i - 1] = (char)c;
    }
    library_text_push(L);
    return 1;
}

/* find(text, what, init): what is taken as it stands. */
static int string_find(lua_State *L)
{
    size_t len = 0, n = 0;
    const char *text = check_text(L, 1, &len);
    const char *what = check_text(L, 2, &n);
    const lua_Integer init = luaL_optinteger(L, 3, 1);
    sandbox_charge_bytes(L, len);
    sandbox_charge_bytes(L, n);
    const size_t first = start_position(init, len);
    const char *found = NULL;
    if (init <= (lua_Integer)len + 1)
        found = memmem(text + first, len - first, what, n);
    if (found == NULL) {
        luaL_pushfail(L);
        return 1;
    }
    lua_pushinteger(L, found - text + 1);
    lua_pushinteger(L, found - text + (lua_Integer)n);
    return 2;
}

void library_add_string(lua_State *L)
{
    static const luaL_Reg own[] = {
        {"len", string_len},     {"sub", string_sub},
        {"upper", string_upper}, {"lower", string_lower},
        {"rep", string_rep},     {"reverse", string_reverse},
        {"byte", string_byte},   {"char", string_char},
        {"find", string_find},   {NULL, NULL},
    };
    luaL_setfuncs(L, own, 0);
}
