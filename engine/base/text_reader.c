/*
 * text_reader.c - text files in whatever encoding people save them, as UTF-8.
 *
 * The encoding is judged on the whole file before anything is given out. Lines are not counted on
 * the way: only an error needs one, and then the file is read once more up to the wrong byte.
 */
#include "base/text.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"

#define BLOCK_BYTES 65536u
#define TAIL_MAX    3 /* bytes of a character begun at the end of a block */
#define NOWHERE     UINT64_MAX
#define BOM         "\xEF\xBB\xBF"
#define BOM_BYTES   3u
#define NO_ICONV    ((iconv_t)-1)

enum encoding { ENCODING_JUDGED_UTF8, ENCODING_UTF8, ENCODING_PART_UTF8, ENCODING_GB18030 };

/* Owns: path, file, memory, block, gb18030. Bytes come from `memory` where the source is no regular
 * file, else from `file`. */
struct text_reader {
    char *path;
    struct file_reader file;
    char *memory;
    size_t memory_len;
    uint64_t taken; /* bytes of the source handed on so far */
    enum encoding encoding;
    uint64_t not_utf8_at; /* where a judged file, or a part of one, stops being UTF-8 */
    bool started;         /* the place of a BOM is passed */
    bool cut;             /* the next byte may be within a character */
    unsigned bom;         /* bytes of the BOM passed */
    char tail[TAIL_MAX + 1];
    size_t tail_len;
    iconv_t gb18030;
    char *block; /* of source bytes not converted yet */
    size_t block_at;
    size_t block_len;
};

/* The next bytes of the source. */
static sy_status take_bytes(struct text_reader *t, char *bytes, size_t cap, size_t *got,
                            sy_error *err)
{
    if (t->file.regular) {
        sy_status status = file_read(&t->file, bytes, cap, got, err);
        if (status == SY_OK)
            t->taken += *got;
        return status;
    }
    size_t left = t->memory_len - (size_t)t->taken;
    *got = left < cap ? left : cap;
    if (*got > 0)
        memcpy(bytes, t->memory + t->taken, *got);
    t->taken += *got;
    return SY_OK;
}

static sy_status take_again(struct text_reader *t, sy_error *err)
{
    t->taken = 0;
    return t->file.regular ? file_rewind(&t->file, err) : SY_OK;
}

/* Fills t->block with what follows `keep` bytes that stay at its start. */
static sy_status fill_block(struct text_reader *t, size_t keep, size_t *got, sy_error *err)
{
    sy_status status = take_bytes(t, t->block + keep, BLOCK_BYTES - keep, got, err);
    if (status == SY_OK) {
        t->block_at = 0;
        t->block_len = keep + *got;
    }
    return status;
}

/* Reads the source again up to byte `at` and gives its line: LF, CR LF and a lone CR end one, in
 * both encodings. 0 where the source cannot be read again. */
static uint32_t find_line(struct text_reader *t, uint64_t at)
{
    uint32_t line = 1;
    bool after_cr = false;
    size_t got = 0;
    if (take_again(t, NULL) != SY_OK)
        return 0;
    for (uint64_t done = 0; done < at; done += got) {
        if (fill_block(t, 0, &got, NULL) != SY_OK)
            return 0;
        if (got == 0)
            break;
        for (size_t i = 0; i < got && done + i < at; i++) {
            char c = t->block[i];
            line += c == '\r' || (c == '\n' && !after_cr);
            after_cr = c == '\r';
        }
    }
    return line;
}

static sy_status fail_undecodable(struct text_reader *t, uint64_t at, sy_error *err)
{
    const char *what = t->encoding == ENCODING_GB18030 ? "not GB18030 text" : "not UTF-8 text";
    if (t->not_utf8_at != NOWHERE) {
        /* the encoding that went further is the likelier one, so its error is the useful one */
        what = "neither UTF-8 nor GB18030 text";
        if (t->not_utf8_at > at)
            at = t->not_utf8_at;
    }
    uint32_t line = find_line(t, at);
    return error_set(err, SY_EINPUT, t->path, line, "%s: save the file as UTF-8", what);
}

/* How many bytes at the end begin a character that the end cuts off. */
static size_t count_cut_off(const char *bytes, size_t len)
{
    for (size_t back = 1; back <= TAIL_MAX && back <= len; back++) {
        unsigned char c = (unsigned char)bytes[len - back];
        if (c < 0x80)
            return 0;
        if (c >= 0xC0) {
            size_t need = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
            return need > back ? back : 0;
        }
    }
    return 0;
}

/* What the first bytes say a file is that someone took for text; NULL: nothing. */
static const char *find_other(const char *bytes, size_t len)
{
    static const struct {
        const char *bytes;
        const char *message;
    } others[] = {
        {"\xFF\xFE", "is UTF-16 text: save it as UTF-8"},
        {"\xFE\xFF", "is UTF-16 text: save it as UTF-8"},
        {"PK\x03\x04", "is a workbook (xlsx) or another ZIP file, no text: save it as CSV UTF-8"},
        {"\xD0\xCF\x11\xE0", "is an old Office file (xls), no text: save it as CSV UTF-8"},
        {"<html", "is a web page, no table: open it in a spreadsheet and save it as CSV UTF-8"},
        {"<!DOCTYPE", "is a web page, no table: open it in a spreadsheet and save it as CSV UTF-8"},
        {"<?xml", "is XML, no table: open it in a spreadsheet and save it as CSV UTF-8"},
        {"%PDF-", "is a PDF, no text: save its table as CSV UTF-8"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (len >= strlen(others[i].bytes) &&
            memcmp(bytes, others[i].bytes, strlen(others[i].bytes)) == 0)
            return others[i].message;
    return NULL;
}

/* Sets t->not_utf8_at by reading the whole source, then goes back to its start. */
static sy_status judge(struct text_reader *t, sy_error *err)
{
    size_t keep = 0, got = 0;
    uint64_t good = 0;
    sy_status status;
    do {
        status = fill_block(t, keep, &got, err);
        if (status != SY_OK)
            return status;
        const char *other = good == 0 && keep == 0 ? find_other(t->block, got) : NULL;
        if (other != NULL)
            return error_set(err, SY_EINPUT, t->path, 0, "%s", other);
        size_t span = text_utf8_span(t->block, t->block_len);
        size_t rest = t->block_len - span;
        good += span;
        if (rest > 0 && (got == 0 || rest != count_cut_off(t->block, t->block_len))) {
            t->not_utf8_at = good;
            break;
        }
        memmove(t->block, t->block + span, rest);
        keep = rest;
    } while (got > 0);
    t->block_at = t->block_len = 0;
    return take_again(t, err);
}

static sy_status name_encoding(struct text_reader *t, const char *encoding, sy_error *err)
{
    if (strcasecmp(encoding, "utf-8") == 0 || strcasecmp(encoding, "utf8") == 0)
        t->encoding = ENCODING_UTF8;
    else if (strcasecmp(encoding, "gb18030") == 0 || strcasecmp(encoding, "gbk") == 0 ||
             strcasecmp(encoding, "gb2312") == 0)
        t->encoding = ENCODING_GB18030;
    else
        return error_set(err, SY_EINPUT, t->path, 0,
                         "encoding '%s' is not known: use utf-8 or gb18030", encoding);
    return SY_OK;
}

static sy_status choose_encoding(struct text_reader *t, const char *encoding, sy_error *err)
{
    sy_status status = SY_OK;
    if (encoding != NULL) {
        status = name_encoding(t, encoding, err);
    } else {
        status = judge(t, err);
        if (t->not_utf8_at != NOWHERE)
            t->encoding = ENCODING_GB18030;
    }
    if (status != SY_OK || t->encoding != ENCODING_GB18030)
        return status;
    t->gb18030 = iconv_open("UTF-8", "GB18030");
    if (t->gb18030 == NO_ICONV)
        return errno == ENOMEM ? error_nomem(err)
                               : error_set(err, SY_ESYSTEM, t->path, 0,
                                           "needs GB18030, which this system's iconv lacks");
    return SY_OK;
}

/* With no file yet; NULL: no memory. */
static struct text_reader *make_reader(const char *path)
{
    struct text_reader *t = calloc(1, sizeof *t);
    if (t == NULL)
        return NULL;
    t->file.fd = -1;
    t->gb18030 = NO_ICONV;
    t->not_utf8_at = NOWHERE;
    t->path = strdup(path);
    if (t->path != NULL)
        return t;
    text_close(t);
    return NULL;
}

static sy_status give_reader(struct text_reader **out, struct text_reader *t, sy_status status)
{
    if (status == SY_OK)
        *out = t;
    else
        text_close(t);
    return status;
}

sy_status text_open(struct text_reader **out, const char *path, const char *encoding, sy_error *err)
{
    struct text_reader *t = make_reader(path);
    if (t == NULL)
        return error_nomem(err);
    t->block = malloc(BLOCK_BYTES);
    sy_status status = t->block == NULL ? error_nomem(err) : file_open(&t->file, t->path, err);
    if (status == SY_OK && !t->file.regular)
        status = file_rest(&t->memory, &t->memory_len, &t->file, SIZE_MAX, err);
    if (status == SY_OK)
        status = choose_encoding(t, encoding, err);
    return give_reader(out, t, status);
}

sy_status text_open_at(struct text_reader **out, const char *path, uint64_t from, sy_error *err)
{
    char head[BOM_BYTES];
    size_t got = 0;
    struct text_reader *t = make_reader(path);
    if (t == NULL)
        return error_nomem(err);
    t->started = true;
    t->encoding = ENCODING_PART_UTF8;
    t->cut = from > 0;
    sy_status status = file_open(&t->file, t->path, err);
    if (status == SY_OK)
        status = file_read(&t->file, head, sizeof head, &got, err);
    if (status == SY_OK && got == sizeof head && memcmp(head, BOM, BOM_BYTES) == 0)
        t->bom = BOM_BYTES;
    if (status == SY_OK)
        status = file_seek(&t->file, t->bom + from, err);
    t->taken = t->bom + from;
    return give_reader(out, t, status);
}

const struct file_reader *text_file(const struct text_reader *t)
{
    return &t->file;
}

unsigned text_bom(const struct text_reader *t)
{
    return t->bom;
}

bool text_is_other(const struct text_reader *t)
{
    return t->encoding == ENCODING_PART_UTF8 && t->not_utf8_at != NOWHERE;
}

static bool is_inside(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* A character that begins in the bytes may end behind them; one that began before them is the
 * business of who has its beginning, who also sees whether anything but a character follows it. */
static bool is_part_utf8(const char *bytes, size_t len, size_t own, bool first)
{
    size_t start = 0;
    while (!first && start < len && start <= TAIL_MAX && is_inside(bytes[start]))
        start++;
    if (start >= own)
        return start <= TAIL_MAX;
    size_t end = start + text_utf8_span(bytes + start, len - start);
    return start <= TAIL_MAX && end >= own && (end == len || !is_inside(bytes[end]));
}

sy_status text_judge(bool *utf8, const char *path, uint64_t from, uint64_t to, sy_error *err)
{
    struct file_reader f;
    size_t own = (size_t)(to - from), got = 0;
    sy_status status = file_open(&f, path, err);
    if (status != SY_OK)
        return status;
    char *bytes = malloc(own + TAIL_MAX + 1);
    if (bytes == NULL)
        status = error_nomem(err);
    if (status == SY_OK)
        status = file_seek(&f, from, err);
    if (status == SY_OK)
        status = file_read(&f, bytes, own + TAIL_MAX + 1, &got, err);
    if (status == SY_OK)
        *utf8 = is_part_utf8(bytes, got, got < own ? got : own, from == 0);
    free(bytes);
    file_close(&f);
    return status;
}

/* Bytes that are about to be given out, from byte `start` of the source. */
static sy_status check_utf8(struct text_reader *t, const char *bytes, size_t len, uint64_t start,
                            sy_error *err)
{
    size_t from = 0;
    while (t->cut && from < len && from < TAIL_MAX && is_inside(bytes[from]))
        from++;
    t->cut = t->cut && len == 0;
    size_t span = from + text_utf8_span(bytes + from, len - from);
    if (span == len)
        return SY_OK;
    if (t->encoding == ENCODING_UTF8)
        return fail_undecodable(t, start + span, err);
    t->not_utf8_at = start + span;
    return error_set(err, SY_EINPUT, t->path, 0, "not UTF-8 text: save the file as UTF-8");
}

static sy_status read_utf8(struct text_reader *t, char *bytes, size_t cap, size_t *got,
                           sy_error *err)
{
    size_t keep = t->tail_len, n = 0;
    uint64_t start = t->taken - keep;
    if (keep > 0)
        memcpy(bytes, t->tail, keep);
    sy_status status = take_bytes(t, bytes + keep, cap - keep, &n, err);
    if (status != SY_OK)
        return status;
    size_t len = keep + n;
    size_t cut = n == 0 ? 0 : count_cut_off(bytes, len);
    if (t->encoding != ENCODING_JUDGED_UTF8)
        status = check_utf8(t, bytes, len - cut, start, err);
    if (status != SY_OK)
        return status;
    if (cut > 0)
        memcpy(t->tail, bytes + len - cut, cut);
    t->tail_len = cut;
    *got = len - cut;
    return SY_OK;
}

static sy_status read_gb18030(struct text_reader *t, char *bytes, size_t cap, size_t *got,
                              sy_error *err)
{
    char *out = bytes;
    size_t room = cap;
    for (;;) {
        char *in = t->block + t->block_at;
        size_t left = t->block_len - t->block_at;
        size_t rc = iconv(t->gb18030, &in, &left, &out, &room);
        int number = rc == (size_t)-1 ? errno : 0;
        t->block_at = (size_t)(in - t->block);
        if (number == E2BIG)
            break;
        if (number == EILSEQ)
            return fail_undecodable(t, t->taken - left, err);
        size_t n = 0;
        memmove(t->block, in, left); /* a character that the block's end cut off */
        sy_status status = fill_block(t, left, &n, err);
        if (status != SY_OK)
            return status;
        if (n == 0 && left > 0)
            return fail_undecodable(t, t->taken - left, err);
        if (n == 0)
            break;
    }
    *got = cap - room;
    return SY_OK;
}

sy_status text_read(struct text_reader *t, char *bytes, size_t cap, size_t *got, sy_error *err)
{
    for (;;) {
        size_t n = 0;
        sy_status status = t->encoding == ENCODING_GB18030 ? read_gb18030(t, bytes, cap, &n, err)
                                                           : read_utf8(t, bytes, cap, &n, err);
        if (status != SY_OK)
            return status;
        if (!t->started && n >= BOM_BYTES && memcmp(bytes, BOM, BOM_BYTES) == 0) {
            n -= BOM_BYTES;
            memmove(bytes, bytes + BOM_BYTES, n);
            t->started = true;
            t->bom = BOM_BYTES;
            if (n == 0)
                continue; /* 0 would be the end */
        }
        t->started = true;
        *got = n;
        return SY_OK;
    }
}

sy_status text_restart(struct text_reader *t, sy_error *err)
{
    t->started = false;
    t->tail_len = t->block_at = t->block_len = 0;
    if (t->gb18030 != NO_ICONV)
        (void)iconv(t->gb18030, NULL, NULL, NULL, NULL);
    return take_again(t, err);
}

void text_close(struct text_reader *t)
{
    if (t == NULL)
        return;
    if (t->gb18030 != NO_ICONV)
        iconv_close(t->gb18030);
    file_close(&t->file);
    free(t->memory);
    free(t->block);
    free(t->path);
    free(t);
}

/* The line of byte `at` in text that is in memory. */
static uint32_t count_line(const char *bytes, size_t at)
{
    uint32_t line = 1;
    for (size_t i = 0; i < at; i++)
        line += bytes[i] == '\r' || (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r'));
    return line;
}

static sy_status read_all(struct buf *b, struct text_reader *t, size_t max, sy_error *err)
{
    size_t got = 0;
    do {
        if (!buf_reserve(b, BLOCK_BYTES))
            return error_nomem(err);
        sy_status status = text_read(t, b->data + b->len, BLOCK_BYTES, &got, err);
        if (status != SY_OK)
            return status;
        b->len += got;
        b->data[b->len] = '\0';
        if (b->len > max)
            return error_set(err, SY_EINPUT, t->path, 0, "is larger than %zu bytes", max);
    } while (got > 0);
    const char *nul = memchr(b->data, '\0', b->len);
    if (nul != NULL)
        return error_set(err, SY_EINPUT, t->path, count_line(b->data, (size_t)(nul - b->data)),
                         "NUL byte: this is no text file");
    return SY_OK;
}

sy_status text_slurp(char **out, size_t *len, const char *path, size_t max, sy_error *err)
{
    struct text_reader *t = NULL;
    struct buf b = {0};
    sy_status status = text_open(&t, path, NULL, err);
    if (status == SY_OK)
        status = read_all(&b, t, max, err);
    if (status == SY_OK) {
        *out = b.data; /* malloc'd: the caller frees it */
        *len = b.len;
        b = (struct buf){0};
    }
    buf_dispose(&b);
    text_close(t);
    return status;
}
