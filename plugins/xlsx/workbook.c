/*
 * workbook.c - which sheets a workbook has, and where their parts are.
 *
 * Producers differ in where they put things: parts are found by their relations, with targets from
 * the root or from the folder of the part that names them.
 */
#include "xlsx.h"

#include <stdlib.h>
#include <string.h>

#define SHEETS_MAX 10000u
#define NAME_BYTES 1000u

/* The relations of a part: an id and where it leads. Owns: ids, targets. */
struct relation {
    char *id, *type, *target;
};

struct relations {
    struct book *b;
    struct relation *list;
    uint32_t n, cap;
};

/* The sheets, before their relations are known: `part` is the relation's id. */
static char *copy(const char *text)
{
    const size_t len = strlen(text) + 1;
    char *out = malloc(len);
    if (out != NULL)
        memcpy(out, text, len);
    return out;
}

static void relations_free(struct relations *r)
{
    for (uint32_t i = 0; i < r->n; i++) {
        free(r->list[i].id);
        free(r->list[i].type);
        free(r->list[i].target);
    }
    free(r->list);
}

static int skip_end(void *ctx, const char *name)
{
    (void)ctx;
    (void)name;
    return 0;
}

/* What leads out of the workbook is no part of it. */
static int relation_start(void *ctx, const char *name, const char *const *attributes)
{
    struct relations *r = ctx;
    const char *id = attribute(attributes, "Id"), *type = attribute(attributes, "Type"),
               *target = attribute(attributes, "Target"),
               *mode = attribute(attributes, "TargetMode");
    if (strcmp(name, "Relationship") != 0 || id == NULL || type == NULL || target == NULL ||
        (mode != NULL && strcmp(mode, "External") == 0) || r->n > SHEETS_MAX)
        return 0;
    if (r->n == r->cap) {
        const uint32_t cap = r->cap * 2 + 16;
        struct relation *grown = realloc(r->list, cap * sizeof *grown);
        if (grown == NULL)
            return nomem(r->b);
        r->list = grown;
        r->cap = cap;
    }
    struct relation *to = &r->list[r->n++];
    const char *slash = strrchr(type, '/');
    *to = (struct relation){copy(id), copy(slash == NULL ? type : slash + 1), copy(target)};
    return to->id == NULL || to->type == NULL || to->target == NULL ? nomem(r->b) : 0;
}

/* "xl/_rels/workbook.xml.rels" of "xl/workbook.xml". */
static int read_relations(struct relations *r, const char *part)
{
    const struct part_handler to = {r, relation_start, skip_end, NULL, false};
    const char *slash = strrchr(part, '/');
    const size_t folder = slash == NULL ? 0 : (size_t)(slash - part) + 1;
    struct bytes name = {0};
    int rc = 0;
    if (!bytes_add(&name, part, folder) || !bytes_add(&name, "_rels/", 6) ||
        !bytes_add(&name, part + folder, strlen(part + folder)) || !bytes_add(&name, ".rels", 6))
        rc = nomem(r->b);
    if (rc == 0)
        rc = package_part(r->b, name.data, true, &to);
    bytes_free(&name);
    return rc;
}

/* A target as the name of a part: "/xl/a.xml", "../b.xml" and "a.xml" from the folder of `from`. */
static char *resolve(const char *from, const char *target)
{
    const char *slash = strrchr(from, '/');
    const size_t folder = slash == NULL || *target == '/' ? 0 : (size_t)(slash - from) + 1;
    char *out = malloc(folder + strlen(target) + 2);
    size_t len = folder;
    if (out == NULL)
        return NULL;
    memcpy(out, from, folder);
    for (target += *target == '/'; *target != '\0';) {
        const size_t step = strcspn(target, "/");
        const bool more = target[step] == '/';
        if (step == 2 && memcmp(target, "..", 2) == 0) {
            for (len -= len > 0; len > 0 && out[len - 1] != '/'; len--)
                continue;
        } else if (step > 0 && !(step == 1 && *target == '.')) {
            memcpy(out + len, target, step);
            len += step;
            if (more)
                out[len++] = '/';
        }
        target += step + more;
    }
    out[len] = '\0';
    return out;
}

static const struct relation *find_type(const struct relations *r, const char *type)
{
    for (uint32_t i = 0; i < r->n; i++)
        if (strcmp(r->list[i].type, type) == 0)
            return &r->list[i];
    return NULL;
}

static int find_workbook(struct book *b)
{
    struct relations r = {.b = b};
    int rc = read_relations(&r, "");
    if (rc == 0) {
        const struct relation *to = find_type(&r, "officeDocument");
        b->workbook = to == NULL ? copy("xl/workbook.xml") : resolve("", to->target);
        rc = b->workbook == NULL ? nomem(b) : 0;
    }
    relations_free(&r);
    return rc;
}

static int add_sheet(struct book *b, const char *const *attributes)
{
    const char *name = attribute(attributes, "name"), *id = attribute(attributes, "id"),
               *state = attribute(attributes, "state");
    if (name == NULL || id == NULL || b->nsheets == SHEETS_MAX)
        return 0;
    if (*name == '\0' || strlen(name) > NAME_BYTES)
        return package_damaged(b, "a sheet has no name, or an endless one");
    struct sheet_part *grown = realloc(b->sheets, (b->nsheets + 1) * sizeof *grown);
    if (grown == NULL)
        return nomem(b);
    b->sheets = grown;
    struct sheet_part *sheet = &b->sheets[b->nsheets++];
    *sheet =
        (struct sheet_part){copy(name), copy(id), state != NULL && strcmp(state, "visible") != 0};
    return sheet->name == NULL || sheet->part == NULL ? nomem(b) : 0;
}

static int workbook_start(void *ctx, const char *name, const char *const *attributes)
{
    struct book *b = ctx;
    if (strcmp(name, "workbookPr") == 0)
        b->from_1904 = attribute_is_set(attributes, "date1904");
    if (strcmp(name, "calcPr") == 0)
        b->recalculates = attribute_is_set(attributes, "fullCalcOnLoad");
    return strcmp(name, "sheet") == 0 ? add_sheet(b, attributes) : 0;
}

static int set_part(struct book *b, char **out, const struct relation *to)
{
    if (to == NULL)
        return 0;
    *out = resolve(b->workbook, to->target);
    return *out == NULL ? nomem(b) : 0;
}

/* Sheets of cells only: charts and macros of old have no rows. */
static int place_sheets(struct book *b, const struct relations *r)
{
    uint32_t kept = 0;
    int rc = 0;
    for (uint32_t i = 0; i < b->nsheets; i++) {
        struct sheet_part sheet = b->sheets[i];
        const struct relation *to = NULL;
        for (uint32_t k = 0; k < r->n && to == NULL; k++)
            if (strcmp(r->list[k].id, sheet.part) == 0)
                to = &r->list[k];
        free(sheet.part);
        sheet.part = NULL;
        if (rc == 0 && to != NULL && strcmp(to->type, "worksheet") == 0)
            rc = set_part(b, &sheet.part, to);
        if (sheet.part == NULL)
            free(sheet.name);
        else
            b->sheets[kept++] = sheet;
    }
    b->nsheets = kept;
    return rc;
}

int workbook_read(struct book *b)
{
    const struct part_handler to = {b, workbook_start, skip_end, NULL, false};
    struct relations r = {.b = b};
    int rc = find_workbook(b);
    if (rc == 0)
        rc = package_part(b, b->workbook, false, &to);
    if (rc == 0)
        rc = read_relations(&r, b->workbook);
    if (rc == 0)
        rc = place_sheets(b, &r);
    if (rc == 0)
        rc = set_part(b, &b->strings_part, find_type(&r, "sharedStrings"));
    if (rc == 0)
        rc = set_part(b, &b->styles_part, find_type(&r, "styles"));
    relations_free(&r);
    if (rc == 0 && b->nsheets == 0)
        rc = b->host->fail(b->call, SY_EINPUT, 0, 0, "the workbook has no sheet of cells");
    return rc;
}
