/*
 * strings.c - texts that cells share.
 */
#include "xlsx.h"

#include <stdlib.h>
#include <string.h>

#define TEXT_MAX (96u << 20)
#define ESCAPE   7 /* bytes of one */

struct strings {
    struct book *b;
    bool item, text; /* within <si>, within its <t> */
    int phonetic;    /* within what says how a text is pronounced */
};

static int fail_large(struct book *b)
{
    return b->host->fail(
        b->call, SY_EINPUT, 0, 0,
        "the workbook holds more than 96 MiB of text: split it, or save the sheet as "
        "CSV");
}

/* Notes where the next text begins. */
static int mark(struct book *b)
{
    if (b->nstrings == b->strings_cap) {
        const uint32_t cap = b->strings_cap * 2 + 256;
        uint32_t *grown = realloc(b->string_at, ((size_t)cap + 1) * sizeof *grown);
        if (grown == NULL)
            return nomem(b);
        b->string_at = grown;
        b->strings_cap = cap;
    }
    b->string_at[b->nstrings] = (uint32_t)b->strings.len;
    return 0;
}

static int start(void *ctx, const char *name, const char *const *attributes)
{
    struct strings *s = ctx;
    (void)attributes;
    if (strcmp(name, "si") == 0) {
        s->item = true;
        return mark(s->b);
    }
    s->phonetic += strcmp(name, "rPh") == 0;
    s->text = s->item && s->phonetic == 0 && strcmp(name, "t") == 0;
    return 0;
}

static int end(void *ctx, const char *name)
{
    struct strings *s = ctx;
    struct book *b = s->b;
    s->text = false;
    s->phonetic -= strcmp(name, "rPh") == 0;
    if (strcmp(name, "si") != 0 || !s->item)
        return 0;
    s->item = false;
    const uint32_t from = b->string_at[b->nstrings];
    b->strings.len = from + unescape(b->strings.data + from, b->strings.len - from);
    b->string_at[++b->nstrings] = (uint32_t)b->strings.len;
    return 0;
}

static int text(void *ctx, const char *bytes, size_t len)
{
    struct strings *s = ctx;
    if (!s->text)
        return 0;
    if (s->b->strings.len + len > TEXT_MAX)
        return fail_large(s->b);
    return bytes_add(&s->b->strings, bytes, len) ? 0 : nomem(s->b);
}

int strings_read(struct book *b)
{
    struct strings s = {.b = b};
    const struct part_handler to = {&s, start, end, text, true};
    /* "" is a text too: there must be something to point to. */
    if (!bytes_add(&b->strings, "", 1))
        return nomem(b);
    b->strings.len = 0;
    return b->strings_part == NULL ? 0 : package_part(b, b->strings_part, true, &to);
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* The unit of "_x000D_" at p; 0 where there is none. */
static unsigned escaped(const char *p, size_t len)
{
    unsigned code = 0;
    if (len < ESCAPE || p[0] != '_' || p[1] != 'x' || p[6] != '_')
        return 0;
    for (int i = 2; i < 6; i++) {
        const int digit = hex(p[i]);
        if (digit < 0)
            return 0;
        code = code * 16 + (unsigned)digit;
    }
    return code;
}

static size_t put_character(char *out, unsigned code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    static const unsigned lead[] = {0, 0xC0, 0xE0, 0xF0};
    const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    out[0] = (char)(lead[more] | code >> (6 * more));
    for (int i = 1; i <= more; i++)
        out[i] = (char)(0x80 | (code >> (6 * (more - i)) & 0x3F));
    return (size_t)more + 1;
}

/* The character that one escape says, or two of a pair; its bytes, 0 where there is none. */
static size_t read_escape(const char *p, size_t len, unsigned *code)
{
    *code = escaped(p, len);
    if (*code < 0xD800 || *code > 0xDFFF)
        return *code == 0 || *code >= 0xFFFE ? 0 : ESCAPE;
    const unsigned low = len < 2 * ESCAPE ? 0 : escaped(p + ESCAPE, len - ESCAPE);
    if (*code > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
        return 0;
    *code = 0x10000 + ((*code & 0x3FF) << 10) + (low & 0x3FF);
    return 2 * ESCAPE;
}

size_t unescape(char *bytes, size_t len)
{
    size_t to = 0;
    for (size_t i = 0; i < len;) {
        unsigned code;
        const size_t used = bytes[i] == '_' ? read_escape(bytes + i, len - i, &code) : 0;
        if (used > 0)
            to += put_character(bytes + to, code);
        else
            bytes[to++] = bytes[i];
        i += used > 0 ? used : 1;
    }
    return to;
}
