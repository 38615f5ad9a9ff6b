/*
 * book.c - a workbook in memory: opened, its sheets named, its bytes handed over.
 */
#include "book.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

#define BLOCK (256u << 10)

const char *book_word(const struct book *b, const char *zh, const char *en)
{
    return b->zh ? zh : en;
}

bool book_good(const struct book *b)
{
    return b->error == LXW_NO_ERROR && !b->nomem && !b->text.failed && !b->format.failed;
}

void book_check(struct book *b, lxw_error error)
{
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        b->nomem = true;
    else if (b->error == LXW_NO_ERROR)
        b->error = error;
}

/* 1980-01-01, as the archive's own entries have it: no time of ours. */
static void set_properties(struct book *b)
{
    char comments[] = "Steelyard";
    lxw_doc_properties properties = {0};
    properties.created = 315532800;
    properties.comments = comments;
    book_check(b, workbook_set_properties(b->workbook, &properties));
}

int book_open(struct book *b, const sy_host *host, sy_call *call, bool zh)
{
    char path[64];
    *b = (struct book){.host = host, .call = call, .fd = -1, .zh = zh};
    /* The library writes to a path alone: this one is memory, which nobody else finds and nothing
     * leaves behind. */
    b->fd = memfd_create("steelyard", MFD_CLOEXEC);
    if (b->fd < 0)
        return host->fail(call, SY_ESYSTEM, 0, 0, "no memory file for the workbook: %s",
                          strerrordesc_np(errno));
    snprintf(path, sizeof path, "/proc/self/fd/%d", b->fd);
    b->workbook = workbook_new(path);
    if (b->workbook == NULL)
        b->nomem = true;
    else
        set_properties(b);
    return 0;
}

static void free_book(struct book *b)
{
    for (size_t i = 0; i < b->nlooks; i++)
        free(b->looks[i].number);
    for (size_t i = 0; i < b->nnames; i++)
        free(b->names[i]);
    free(b->looks);
    free(b->names);
    text_dispose(&b->text);
    text_dispose(&b->format);
    if (b->fd >= 0)
        close(b->fd);
}

static int hand_over(const struct book *b)
{
    char *block = malloc(BLOCK);
    off_t at = 0;
    int rc = 0;
    ssize_t n = 0;
    if (block == NULL)
        return b->host->fail(b->call, SY_ENOMEM, 0, 0, "out of memory");
    while (rc == 0 && (n = pread(b->fd, block, BLOCK, at)) > 0) {
        rc = b->host->write(b->call, block, (size_t)n);
        at += n;
    }
    free(block);
    if (rc == 0 && n < 0)
        rc = b->host->fail(b->call, SY_ESYSTEM, 0, 0, "cannot read the workbook back: %s",
                           strerrordesc_np(errno));
    return rc;
}

int book_close(struct book *b)
{
    int rc = 0;
    /* The library frees the workbook here alone, so it is closed after a failure, too. */
    if (b->workbook != NULL)
        book_check(b, workbook_close(b->workbook));
    if (b->nomem || b->text.failed || b->format.failed)
        rc = b->host->fail(b->call, SY_ENOMEM, 0, 0, "out of memory");
    else if (b->error != LXW_NO_ERROR)
        rc = b->host->fail(b->call, SY_ESYSTEM, 0, 0, "the workbook cannot be made: %s",
                           lxw_strerror(b->error));
    else
        rc = hand_over(b);
    free_book(b);
    return rc;
}

/* Excel does not tell upper from lower case in names; only ASCII's is looked at here, and the
 * library refuses what is left. */
static bool is_taken(const struct book *b, const char *name)
{
    if (strcasecmp(name, "history") == 0)
        return true;
    for (size_t i = 0; i < b->nnames; i++)
        if (strcasecmp(b->names[i], name) == 0)
            return true;
    return false;
}

static bool keep_name(struct book *b, const char *name)
{
    if (b->nnames == b->names_cap) {
        const size_t cap = b->names_cap * 2 + 16;
        char **grown = realloc(b->names, cap * sizeof *grown);
        if (grown == NULL)
            return false;
        b->names = grown;
        b->names_cap = cap;
    }
    b->names[b->nnames] = strdup(name);
    return b->names[b->nnames] != NULL && ++b->nnames > 0;
}

/* Room for "~12" is made by leaving out characters at the end of the name. */
static void add_suffix(struct text *name, const struct text *plain, unsigned n)
{
    char suffix[16];
    snprintf(suffix, sizeof suffix, "~%u", n);
    size_t len = plain->len, units = 0, cut = 0;
    for (size_t i = 0; i < len; i++) {
        const unsigned char c = (unsigned char)plain->bytes[i];
        if ((c & 0xC0) == 0x80)
            continue;
        units += c >= 0xF0 ? 2 : 1;
        if (units + strlen(suffix) <= TEXT_SHEET_MAX)
            cut = i + (c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4);
    }
    text_clear(name);
    text_add(name, plain->bytes, cut);
    text_str(name, suffix);
}

lxw_worksheet *book_sheet(struct book *b, const char *name, size_t len)
{
    struct text plain = {0}, own = {0};
    lxw_worksheet *sheet = NULL;
    text_sheet(&plain, name, len, book_word(b, "表", "Sheet"));
    text_str(&own, text_of(&plain));
    for (unsigned n = 2; !own.failed && is_taken(b, text_of(&own)); n++)
        add_suffix(&own, &plain, n);
    b->nomem = b->nomem || plain.failed || own.failed;
    if (book_good(b) && !keep_name(b, text_of(&own)))
        b->nomem = true;
    if (book_good(b)) {
        sheet = workbook_add_worksheet(b->workbook, text_of(&own));
        if (sheet == NULL)
            book_check(b, LXW_ERROR_SHEETNAME_ALREADY_USED);
    }
    text_dispose(&plain);
    text_dispose(&own);
    return sheet;
}
