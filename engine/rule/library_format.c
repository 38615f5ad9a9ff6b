/*
 * library_format.c - string.format: bounded widths, no addresses, a point in every locale.
 *
 * %d %i %u %x %X %o %c take whole numbers, %f %F %e %E %g %G numbers, %s anything, %q texts and %%
 * a sign.
 */
#include <stdio.h>
#include <string.h>

#include "rule/library.h"
#include "rule/sandbox.h"

#define SPEC_MAX  16  /* "%-+ #0" flags, two digits, a point, two digits, "ll", conversion */
#define PIECE_MAX 512 /* one number: 309 digits, 99 places, sign and point */

/* One conversion, as C's printf will read it. */
struct spec {
    char text[SPEC_MAX + 1];
    size_t len;
    char conversion;
    bool plain; /* no flag, width or precision */
};

static size_t copy_digits(struct spec *spec, const char *p)
{
    size_t n = 0;
    while (p[n] >= '0' && p[n] <= '9' && n < 2)
        spec->text[spec->len++] = p[n++];
    return n;
}

/* Reads the conversion after '%' at p; returns what follows it. */
static const char *read_spec(lua_State *L, struct spec *spec, const char *p)
{
    *spec = (struct spec){.text = "%", .len = 1};
    const char *start = p;
    while (*p != '\0' && strchr("-+ #0", *p) != NULL && p - start < 5)
        spec->text[spec->len++] = *p++;
    p += copy_digits(spec, p);
    if (*p == '.') {
        spec->text[spec->len++] = *p++;
        p += copy_digits(spec, p);
    }
    spec->plain = p == start;
    spec->conversion = *p;
    if (*p == '\0' || strchr("diuxXocfFeEgGsq%", *p) == NULL)
        luaL_error(L, "format: '%%%s%c' is no conversion (widths have at most two digits)",
                   spec->text + 1, *p == '\0' || (unsigned char)*p >= 0x80 ? ' ' : *p);
    return p + 1;
}

static void end_spec(struct spec *spec, const char *length)
{
    while (*length != '\0')
        spec->text[spec->len++] = *length++;
    spec->text[spec->len++] = spec->conversion;
    spec->text[spec->len] = '\0';
}

static void add_whole(lua_State *L, struct spec *spec, int arg)
{
    char piece[PIECE_MAX];
    int whole = 0;
    if (lua_type(L, arg) != LUA_TNUMBER)
        luaL_error(L, "format: argument %d is a %s, not a number", arg, luaL_typename(L, arg));
    const lua_Integer n = lua_tointegerx(L, arg, &whole);
    if (!whole)
        luaL_error(L, "format: argument %d is no whole number, which %%%c needs", arg,
                   spec->conversion);
    if (spec->conversion == 'c') {
        const char c = (char)n;
        if (n < 1 || n > 255)
            luaL_error(L, "format: argument %d is no byte from 1 to 255, which %%c needs", arg);
        library_text_add(L, &c, 1);
        return;
    }
    end_spec(spec, "ll");
    const int len = snprintf(piece, sizeof piece, spec->text, (long long)n);
    if (len > 0 && (size_t)len < sizeof piece)
        library_text_add(L, piece, (size_t)len);
}

/* Whatever a locale writes as decimal point becomes one. */
static size_t restore_point(char *piece, size_t len)
{
    size_t out = 0;
    bool odd = false;
    for (size_t i = 0; i < len; i++) {
        const char c = piece[i];
        const bool usual = c != '\0' && strchr("0123456789+- .eEinfINFaA", c) != NULL;
        if (usual)
            piece[out++] = c;
        else if (!odd)
            piece[out++] = '.';
        odd = !usual;
    }
    return out;
}

static void add_number(lua_State *L, struct spec *spec, int arg)
{
    char piece[PIECE_MAX];
    if (lua_type(L, arg) != LUA_TNUMBER)
        luaL_error(L, "format: argument %d is a %s, not a number", arg, luaL_typename(L, arg));
    end_spec(spec, "");
    const int len = snprintf(piece, sizeof piece, spec->text, lua_tonumber(L, arg));
    if (len > 0)
        sandbox_charge(L, (uint64_t)len / 8); /* long numbers are dear to print */
    if (len > 0 && (size_t)len < sizeof piece)
        library_text_add(L, piece, restore_point(piece, (size_t)len));
}

/* Width and precision count bytes, as in Lua. */
static void add_text(lua_State *L, const struct spec *spec, int arg)
{
    size_t len = 0, width = 0, precision = SIZE_MAX;
    const char *text = lua_tolstring(L, arg, &len);
    const char *p = spec->text + 1;
    bool left = false;
    for (; *p != '\0' && strchr("-+ #0", *p) != NULL; p++)
        left = left || *p == '-';
    for (; *p >= '0' && *p <= '9'; p++)
        width = width * 10 + (size_t)(*p - '0');
    if (*p == '.')
        for (p++, precision = 0; *p >= '0' && *p <= '9'; p++)
            precision = precision * 10 + (size_t)(*p - '0');
    if (len > precision)
        len = precision;
    const size_t pad = width > len ? width - len : 0;
    if (!left && pad > 0)
        memset(library_text_space(L, pad), ' ', pad);
    library_text_add(L, text, len);
    if (left && pad > 0)
        memset(library_text_space(L, pad), ' ', pad);
}

static void add_quoted(lua_State *L, int arg)
{
    size_t len = 0;
    const char *text = lua_tolstring(L, arg, &len);
    library_text_add(L, "\"", 1);
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '"' || text[i] == '\\' || text[i] == '\n')
            library_text_add(L, "\\", 1);
        library_text_add(L, text + i, 1);
    }
    library_text_add(L, "\"", 1);
}

static void add_argument(lua_State *L, struct spec *spec, int arg)
{
    if (spec->conversion == 's')
        add_text(L, spec, arg);
    else if (spec->conversion == 'q')
        add_quoted(L, arg);
    else if (strchr("diuxXoc", spec->conversion) != NULL)
        add_whole(L, spec, arg);
    else
        add_number(L, spec, arg);
}

/* Texts first, since __tostring runs script code, which may format, too. */
static void prepare_arguments(lua_State *L, const char *p, int top)
{
    struct spec spec;
    int arg = 1;
    while ((p = strchr(p, '%')) != NULL) {
        p = read_spec(L, &spec, p + 1);
        if (spec.conversion == '%')
            continue;
        sandbox_charge(L, 1);
        if (++arg > top)
            luaL_error(L, "format: no value for conversion %d", arg - 1);
        if (spec.conversion == 's' || spec.conversion == 'q') {
            library_tostring(L, arg, NULL);
            lua_replace(L, arg);
            lua_settop(L, top);
        }
    }
}

static int string_format(lua_State *L)
{
    struct spec spec;
    size_t len = 0;
    const char *p = luaL_checklstring(L, 1, &len), *next;
    const int top = lua_gettop(L);
    int arg = 1;
    if (strlen(p) != len)
        return luaL_error(L, "format: the text has a NUL byte");
    sandbox_charge_bytes(L, len);
    prepare_arguments(L, p, top);
    library_text_begin(L);
    for (; (next = strchr(p, '%')) != NULL; p = next) {
        library_text_add(L, p, (size_t)(next - p));
        next = read_spec(L, &spec, next + 1);
        if (spec.conversion == '%')
            library_text_add(L, "%", 1);
        else
            add_argument(L, &spec, ++arg);
    }
    library_text_add(L, p, strlen(p));
    library_text_push(L);
    return 1;
}

void library_add_format(lua_State *L)
{
    lua_pushcfunction(L, string_format);
    lua_setfield(L, -2, "format");
}
