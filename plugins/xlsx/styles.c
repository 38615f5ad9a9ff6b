/*
 * styles.c - how cells show their numbers.
 */
#include "xlsx.h"

#include <stdlib.h>
#include <string.h>

#define STYLES_MAX 65536u
#define CODE_MAX   1024u

struct own_format {
    uint32_t id;
    size_t at; /* in codes */
};

struct styles {
    struct book *b;
    struct own_format *own;
    uint32_t nown, own_cap;
    uint32_t *ids; /* by cell style */
    uint32_t nids, ids_cap;
    bool in_cells, in_formats; /* others, of conditions, have formats too */
};

static int add_own(struct styles *s, const char *const *attributes)
{
    const char *code = attribute(attributes, "formatCode"),
               *text = attribute(attributes, "numFmtId");
    uint32_t id;
    if (code == NULL || text == NULL || !read_count(&id, text, UINT32_MAX) || s->nown == STYLES_MAX)
        return 0;
    if (s->nown == s->own_cap) {
        const uint32_t cap = s->own_cap * 2 + 64;
        struct own_format *grown = realloc(s->own, cap * sizeof *grown);
        if (grown == NULL)
            return nomem(s->b);
        s->own = grown;
        s->own_cap = cap;
    }
    s->own[s->nown++] = (struct own_format){id, s->b->codes.len};
    const size_t len = strlen(code) < CODE_MAX ? strlen(code) : 0;
    return bytes_add(&s->b->codes, code, len) && bytes_add(&s->b->codes, "", 1) ? 0 : nomem(s->b);
}

static int add_style(struct styles *s, const char *const *attributes)
{
    const char *text = attribute(attributes, "numFmtId");
    uint32_t id = 0;
    if (s->nids == STYLES_MAX)
        return 0;
    if (text != NULL && !read_count(&id, text, UINT32_MAX))
        id = 0;
    if (s->nids == s->ids_cap) {
        const uint32_t cap = s->ids_cap * 2 + 64;
        uint32_t *grown = realloc(s->ids, cap * sizeof *grown);
        if (grown == NULL)
            return nomem(s->b);
        s->ids = grown;
        s->ids_cap = cap;
    }
    s->ids[s->nids++] = id;
    return 0;
}

static int start(void *ctx, const char *name, const char *const *attributes)
{
    struct styles *s = ctx;
    if (strcmp(name, "cellXfs") == 0)
        s->in_cells = true;
    if (strcmp(name, "numFmts") == 0)
        s->in_formats = true;
    if (s->in_formats && strcmp(name, "numFmt") == 0)
        return add_own(s, attributes);
    return s->in_cells && strcmp(name, "xf") == 0 ? add_style(s, attributes) : 0;
}

static int end(void *ctx, const char *name)
{
    struct styles *s = ctx;
    if (strcmp(name, "cellXfs") == 0)
        s->in_cells = false;
    if (strcmp(name, "numFmts") == 0)
        s->in_formats = false;
    return 0;
}

static int by_id(const void *a, const void *b)
{
    const struct own_format *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static const char *code_of(const struct styles *s, uint32_t id)
{
    const struct own_format key = {.id = id};
    const struct own_format *own =
        s->nown == 0 ? NULL : bsearch(&key, s->own, s->nown, sizeof key, by_id);
    const char *code = own == NULL ? format_builtin(id) : s->b->codes.data + own->at;
    return code == NULL ? "General" : code;
}

int styles_read(struct book *b)
{
    struct styles s = {.b = b};
    const struct part_handler to = {&s, start, end, NULL, false};
    int rc = b->styles_part == NULL ? 0 : package_part(b, b->styles_part, true, &to);
    if (rc == 0 && s.nown > 0)
        qsort(s.own, s.nown, sizeof *s.own, by_id);
    b->nformats = s.nids > 0 ? s.nids : 1;
    b->formats = rc == 0 ? calloc(b->nformats, sizeof *b->formats) : NULL;
    if (rc == 0 && b->formats == NULL)
        rc = nomem(b);
    for (uint32_t i = 0; rc == 0 && i < b->nformats; i++)
        format_read(&b->formats[i], i < s.nids ? code_of(&s, s.ids[i]) : "General");
    free(s.own);
    free(s.ids);
    return rc;
}
