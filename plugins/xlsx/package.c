/*
 * package.c - the archive that a workbook is, and the parser that goes through its parts.
 *
 * A file of strangers may be anything: nothing is inflated that grows out of proportion, no
 * document type is read, no tag may be endless, nothing outside of the archive is ever opened.
 */
#include "xlsx.h"

#include <stdlib.h>
#include <string.h>

#include <expat.h>
#include <zip.h>

#define FILE_MAX  (96u << 20) /* bytes of a workbook, which are held in memory */
#define BLOCK     65536u
#define RATIO_MAX 50u         /* of a part, once it is large */
#define LARGE     (16u << 20) /* bytes of a part that may have any ratio */
#define PART_MAX  (1024u << 20)
#define SMALL_MAX (16u << 20) /* of parts that are neither cells nor their texts */
#define TOKEN_MAX (1u << 20)  /* bytes from one tag to the next */
#define DEPTH_MAX 64

bool bytes_add(struct bytes *b, const char *data, size_t len)
{
    if (b->cap - b->len < len) {
        const size_t cap = (b->len + len) * 2 + 1024;
        char *grown = realloc(b->data, cap);
        if (grown == NULL)
            return false;
        b->data = grown;
        b->cap = cap;
    }
    if (len > 0)
        memcpy(b->data + b->len, data, len);
    b->len += len;
    return true;
}

void bytes_free(struct bytes *b)
{
    free(b->data);
    *b = (struct bytes){0};
}

int nomem(struct book *b)
{
    return b->host->fail(b->call, SY_ENOMEM, 0, 0, "out of memory");
}

static int read_file(struct book *b)
{
    char block[BLOCK];
    size_t got;
    do {
        const int rc = b->host->read_bytes(b->call, block, sizeof block, &got);
        if (rc != 0)
            return rc;
        if (b->file.len + got > FILE_MAX)
            return b->host->fail(
                b->call, SY_EINPUT, 0, 0,
                "the workbook is larger than 96 MiB: split it, or save the sheet as "
                "CSV");
        if (!bytes_add(&b->file, block, got))
            return nomem(b);
    } while (got > 0);
    return 0;
}

static int refuse_file(struct book *b)
{
    static const char old[] = "\xD0\xCF\x11\xE0";
    if (b->file.len == 0)
        return b->host->fail(b->call, SY_EINPUT, 0, 0, "is empty: no workbook");
    if (b->file.len > 4 && memcmp(b->file.data, old, 4) == 0)
        return b->host->fail(b->call, SY_EINPUT, 0, 0,
                             "is an old workbook (.xls), or has a password: open it and save it as "
                             ".xlsx, without one");
    return b->host->fail(b->call, SY_EINPUT, 0, 0,
                         "is no .xlsx workbook: open it in Excel or WPS and save it as .xlsx");
}

int package_damaged(struct book *b, const char *why)
{
    return b->host->fail(
        b->call, SY_EINPUT, 0, 0,
        "the workbook is damaged (%s): open it in Excel or WPS, let it be repaired, "
        "and save it anew",
        why);
}

/* What went wrong in the archive, memory apart. */
static int broken(struct book *b, zip_error_t *error)
{
    return zip_error_code_zip(error) == ZIP_ER_MEMORY
               ? nomem(b)
               : package_damaged(b, zip_error_strerror(error));
}

int package_open(struct book *b)
{
    zip_error_t error;
    int rc = read_file(b);
    if (rc != 0)
        return rc;
    if (b->file.len < 4 || memcmp(b->file.data, "PK", 2) != 0)
        return refuse_file(b);
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(b->file.data, b->file.len, 0, &error);
    b->zip = source == NULL ? NULL : zip_open_from_source(source, ZIP_RDONLY, &error);
    if (source == NULL) {
        rc = nomem(b);
    } else if (b->zip == NULL) {
        rc = broken(b, &error);
        zip_source_free(source);
    }
    zip_error_fini(&error);
    return rc;
}

void package_close(struct book *b)
{
    if (b->zip != NULL)
        zip_discard(b->zip);
    bytes_free(&b->file);
}

/* While a part is read. */
struct reading {
    struct book *b;
    const struct part_handler *to;
    XML_Parser parser;
    int rc, depth;
    uint64_t waiting; /* bytes since the last tag */
};

/* Without the prefix of its namespace, of which there is one that matters. */
static const char *bare(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon == NULL ? name : colon + 1;
}

static void stop(struct reading *r, int rc)
{
    if (rc == 0 || r->rc != 0)
        return;
    r->rc = rc;
    XML_StopParser(r->parser, XML_FALSE);
}

static void XMLCALL on_start(void *ctx, const XML_Char *name, const XML_Char **attributes)
{
    struct reading *r = ctx;
    r->waiting = 0;
    if (++r->depth > DEPTH_MAX)
        stop(r, package_damaged(r->b, "its elements are nested too deeply"));
    else
        stop(r, r->to->start(r->to->ctx, bare(name), (const char *const *)attributes));
}

static void XMLCALL on_end(void *ctx, const XML_Char *name)
{
    struct reading *r = ctx;
    r->waiting = 0;
    r->depth--;
    stop(r, r->to->end(r->to->ctx, bare(name)));
}

static void XMLCALL on_text(void *ctx, const XML_Char *text, int len)
{
    struct reading *r = ctx; /* still waiting for a tag: no text is that long */
    if (r->to->text != NULL)
        stop(r, r->to->text(r->to->ctx, text, (size_t)len));
}

static void XMLCALL on_doctype(void *ctx, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int internal)
{
    struct reading *r = ctx;
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    stop(r, r->b->host->fail(r->b->call, SY_EINPUT, 0, 0,
                             "the workbook holds a document type, which none needs: not read"));
}

/* Whether so many bytes cannot come of a part that a program wrote for people. */
static bool is_bomb(uint64_t unpacked, uint64_t packed)
{
    return unpacked > PART_MAX || (unpacked > LARGE && unpacked / RATIO_MAX > packed);
}

static int feed(struct reading *r, zip_file_t *file, uint64_t size, uint64_t packed)
{
    char block[BLOCK];
    uint64_t all = 0;
    for (;;) {
        const zip_int64_t got = zip_fread(file, block, sizeof block);
        if (got < 0)
            return broken(r->b, zip_file_get_error(file));
        all += (uint64_t)got;
        if (all > size || is_bomb(all, packed) || (!r->to->large && all > SMALL_MAX))
            return r->b->host->fail(r->b->call, SY_EINPUT, 0, 0,
                                    "the workbook grows out of all proportion when it is unpacked: "
                                    "not read");
        r->waiting += (uint64_t)got;
        if (r->waiting > TOKEN_MAX)
            return package_damaged(r->b, "an element has no end");
        const enum XML_Status status = XML_Parse(r->parser, block, (int)got, got == 0);
        if (r->rc != 0)
            return r->rc == PART_ENOUGH ? 0 : r->rc;
        if (status != XML_STATUS_OK && XML_GetErrorCode(r->parser) == XML_ERROR_NO_MEMORY)
            return nomem(r->b);
        if (status != XML_STATUS_OK)
            return package_damaged(r->b, XML_ErrorString(XML_GetErrorCode(r->parser)));
        if (got == 0)
            return 0;
    }
}

static int parse(struct book *b, zip_file_t *file, const zip_stat_t *stat,
                 const struct part_handler *to)
{
    struct reading r = {.b = b, .to = to, .parser = XML_ParserCreate(NULL)};
    if (r.parser == NULL)
        return nomem(b);
    XML_SetUserData(r.parser, &r);
    XML_SetElementHandler(r.parser, on_start, on_end);
    XML_SetCharacterDataHandler(r.parser, on_text);
    XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
    const int rc = feed(&r, file, stat->size, stat->comp_size);
    XML_ParserFree(r.parser);
    return rc;
}

int package_part(struct book *b, const char *part, bool optional, const struct part_handler *to)
{
    zip_stat_t stat;
    const zip_int64_t index = zip_name_locate(b->zip, part, ZIP_FL_NOCASE);
    if (index < 0 && optional)
        return 0;
    if (index < 0)
        return b->host->fail(b->call, SY_EINPUT, 0, 0,
                             "is no .xlsx workbook (it lacks %s): open it in Excel or WPS and save "
                             "it as .xlsx",
                             part);
    if (zip_stat_index(b->zip, (zip_uint64_t)index, 0, &stat) != 0 ||
        (stat.valid & (ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE)) != (ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE))
        return broken(b, zip_get_error(b->zip));
    zip_file_t *file = zip_fopen_index(b->zip, (zip_uint64_t)index, 0);
    if (file == NULL)
        return broken(b, zip_get_error(b->zip));
    const int rc = parse(b, file, &stat, to);
    zip_fclose(file);
    return rc;
}

int package_holds(struct book *b, const char *part, const char *bytes, bool *found)
{
    char block[BLOCK + 32];
    const size_t len = strlen(bytes);
    size_t kept = 0;
    uint64_t all = 0;
    zip_int64_t got = 1;
    zip_stat_t stat;
    *found = false;
    if (zip_stat(b->zip, part, ZIP_FL_NOCASE, &stat) != 0)
        return 0;
    zip_file_t *file = zip_fopen(b->zip, part, ZIP_FL_NOCASE);
    if (file == NULL)
        return broken(b, zip_get_error(b->zip));
    while (got > 0 && !*found && !is_bomb(all, stat.comp_size)) {
        got = zip_fread(file, block + kept, BLOCK);
        const size_t there = kept + (got > 0 ? (size_t)got : 0);
        *found = memmem(block, there, bytes, len) != NULL;
        kept = there < len ? there : len - 1;
        memmove(block, block + there - kept, kept);
        all += there;
    }
    const int rc = got < 0 ? broken(b, zip_file_get_error(file)) : 0;
    zip_fclose(file);
    return rc;
}

const char *attribute(const char *const *attributes, const char *name)
{
    for (; attributes[0] != NULL; attributes += 2)
        if (strcmp(bare(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

bool attribute_is_set(const char *const *attributes, const char *name)
{
    const char *value = attribute(attributes, name);
    return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

bool read_count(uint32_t *out, const char *text, uint32_t max)
{
    uint64_t n = 0;
    size_t i = 0;
    for (; text[i] >= '0' && text[i] <= '9' && i < 10; i++)
        n = n * 10 + (uint64_t)(text[i] - '0');
    if (i == 0 || text[i] != '\0' || n > max)
        return false;
    *out = (uint32_t)n;
    return true;
}
