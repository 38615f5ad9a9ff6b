/*
 * coverage_lines.c - which lines of a script can run, read from its compiled form (lua_dump).
 *
 * Lua's interface tells the lines of functions that exist; one that was made and never called, or
 * never made, would be missing. The compiled form has them all. Its layout is that of every Lua 5.4
 * (ldump.c): its header says so, and anything else is refused.
 *
 * A person who counts lines counts no `end`. So these are left out: the last instruction of each
 * function, which is Lua's own return; and lines that hold nothing but `end`, `else` and brackets,
 * to which Lua gives jumps and the making of functions.
 */
#include "rule/coverage.h"

#include <stdlib.h>
#include <string.h>

#include <lua.h>

#define HEADER    "\x1bLua\x54\x00\x19\x93\r\n\x1a\n" /* signature, 5.4, its format, its check */
#define TEST_INT  0x5678
#define TEST_REAL 370.5
#define JUMP      (-0x80) /* among steps from line to line: the line stands in a list */
#define LINES_MAX 16777216u
#define DEPTH_MAX 250 /* deeper than the compiler goes */

/* What stands before a constant's value. */
enum { TAG_NIL = 0x00, TAG_FALSE = 0x01, TAG_TRUE = 0x11, TAG_INTEGER = 0x03, TAG_REAL = 0x13 };
enum { TAG_SHORT_TEXT = 0x04, TAG_LONG_TEXT = 0x14 };

/* A place in the bytes. Owns: lines, until they are handed over. */
struct reader {
    const char *p, *end;
    bool failed;
    uint8_t *lines;
    uint32_t nlines;
};

/* A function whose lines are read. */
struct function {
    size_t line;  /* where it begins */
    bool counts;  /* it is not the file itself */
    bool varargs; /* its first instruction takes them in: no line of its own */
};

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static const char *take(struct reader *r, size_t len)
{
    if (r->failed || len > (size_t)(r->end - r->p)) {
        r->failed = true;
        return NULL;
    }
    const char *at = r->p;
    r->p += len;
    return at;
}

static unsigned take_byte(struct reader *r)
{
    const char *at = take(r, 1);
    return at != NULL ? (unsigned char)*at : 0;
}

/* Seven bits a byte, highest first; the last byte has its eighth set. */
static size_t take_size(struct reader *r)
{
    size_t x = 0;
    unsigned byte = 0;
    do {
        byte = take_byte(r);
        if (x > SIZE_MAX >> 7)
            r->failed = true;
        x = x << 7 | (byte & 0x7f);
    } while ((byte & 0x80) == 0 && !r->failed);
    return r->failed ? 0 : x;
}

static void skip_text(struct reader *r)
{
    const size_t size = take_size(r); /* and one; 0: none */
    take(r, size > 0 ? size - 1 : 0);
}

static void skip_constants(struct reader *r)
{
    for (size_t n = take_size(r); n > 0 && !r->failed; n--) {
        switch (take_byte(r)) {
        case TAG_INTEGER:
            take(r, sizeof(lua_Integer));
            break;
        case TAG_REAL:
            take(r, sizeof(lua_Number));
            break;
        case TAG_SHORT_TEXT:
        case TAG_LONG_TEXT:
            skip_text(r);
            break;
        case TAG_NIL:
        case TAG_FALSE:
        case TAG_TRUE:
            break;
        default:
            r->failed = true;
            break;
        }
    }
}

/* Room for a line; false: there is none. */
static bool make_room(struct reader *r, size_t line)
{
    if (line <= r->nlines)
        return line > 0;
    uint8_t *grown = line <= LINES_MAX ? realloc(r->lines, line) : NULL;
    if (grown == NULL)
        return false;
    memset(grown + r->nlines, 0, line - r->nlines);
    r->lines = grown;
    r->nlines = (uint32_t)line;
    return true;
}

static void mark_line(struct reader *r, size_t line, unsigned mark)
{
    if (make_room(r, line))
        r->lines[line - 1] |= (uint8_t)mark;
    else
        r->failed = true;
}

/* The debug part: a step from line to line for each instruction, with the lines of the few that
 * are too far, by instruction, after them. */
static void read_lines(struct reader *r, const struct function *f)
{
    const size_t n = take_size(r);
    const char *steps = take(r, n);
    size_t jumps = take_size(r), at = SIZE_MAX, to = 0, line = f->line;
    for (size_t i = 0; i < n && !r->failed; i++) {
        const int step = (signed char)steps[i];
        if (step == JUMP && jumps == 0)
            r->failed = true;
        if (step == JUMP && jumps > 0) {
            jumps--;
            at = take_size(r);
            to = take_size(r);
            if (at != i)
                r->failed = true;
        }
        line = step == JUMP ? to : line + (size_t)step;
        if (f->counts && i + 1 < n && (i > 0 || !f->varargs))
            mark_line(r, line, COVERAGE_CODE);
    }
    if (jumps > 0)
        r->failed = true;
}

static void skip_names(struct reader *r)
{
    for (size_t n = take_size(r); n > 0 && !r->failed; n--) { /* of local variables */
        skip_text(r);
        take_size(r);
        take_size(r);
    }
    for (size_t n = take_size(r); n > 0 && !r->failed; n--) /* of upvalues */
        skip_text(r);
}

static void read_function(struct reader *r, int depth)
{
    if (depth > DEPTH_MAX)
        r->failed = true;
    struct function f = {.counts = depth > 0};
    skip_text(r); /* source */
    f.line = take_size(r);
    if (f.counts && !r->failed)
        mark_line(r, f.line, depth == 1 ? COVERAGE_BEGINS : 0);
    take_size(r); /* last line */
    take_byte(r); /* parameters */
    f.varargs = take_byte(r) != 0;
    take_byte(r); /* stack */
    const size_t ncode = take_size(r);
    take(r, ncode <= SIZE_MAX / 4 ? ncode * 4 : SIZE_MAX);
    skip_constants(r);
    const size_t nupvalues = take_size(r);
    take(r, nupvalues <= SIZE_MAX / 3 ? nupvalues * 3 : SIZE_MAX);
    for (size_t n = take_size(r); n > 0 && !r->failed; n--)
        read_function(r, depth + 1);
    read_lines(r, &f);
    skip_names(r);
}

static void read_header(struct reader *r)
{
    lua_Integer whole = 0;
    lua_Number real = 0;
    const char *at = take(r, sizeof HEADER - 1);
    r->failed = r->failed || memcmp(at, HEADER, sizeof HEADER - 1) != 0;
    r->failed = take_byte(r) != 4 || take_byte(r) != sizeof whole || r->failed;
    r->failed = take_byte(r) != sizeof real || r->failed;
    if ((at = take(r, sizeof whole)) != NULL)
        memcpy(&whole, at, sizeof whole);
    if ((at = take(r, sizeof real)) != NULL)
        memcpy(&real, at, sizeof real);
    r->failed = r->failed || whole != TEST_INT || real != TEST_REAL;
    take_byte(r); /* upvalues of the file */
}

/* Nothing but what closes: `end`, `else`, brackets, and what separates. */
static bool only_closes(const char *p, const char *end)
{
    while (p < end) {
        if (end - p >= 2 && p[0] == '-' && p[1] == '-')
            return true;
        if (strchr(" \t\r)]},;", *p) != NULL && *p != '\0')
            p++;
        else if (end - p >= 3 && memcmp(p, "end", 3) == 0 && (end - p == 3 || !is_name(p[3])))
            p += 3;
        else if (end - p >= 4 && memcmp(p, "else", 4) == 0 && (end - p == 4 || !is_name(p[4])))
            p += 4;
        else
            return false;
    }
    return true;
}

static void leave_out_closing(struct reader *r, const char *text, size_t len)
{
    const char *p = text, *end = text + len;
    for (uint32_t line = 0; line < r->nlines && p < end; line++) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        const char *stop = newline != NULL ? newline : end;
        if (only_closes(p, stop))
            r->lines[line] &= (uint8_t)~COVERAGE_CODE;
        p = newline != NULL ? newline + 1 : end;
    }
}

bool coverage_lines(uint8_t **lines, uint32_t *nlines, const struct coverage_source *source)
{
    struct reader r = {.p = source->dump, .end = source->dump + source->dump_len};
    read_header(&r);
    if (!r.failed)
        read_function(&r, 0);
    if (r.failed) {
        free(r.lines);
        return false;
    }
    leave_out_closing(&r, source->text, source->len);
    *lines = r.lines;
    *nlines = r.nlines;
    return true;
}
