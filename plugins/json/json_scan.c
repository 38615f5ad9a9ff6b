/*
 * json_scan.c - blocks of the source, blanks, punctuation, literals, and values to be passed over.
 * Strings and numbers are in json_value.c.
 */
#include "json_scan.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES 65536u
#define BYTES_FIRST 4096u

int json_scan_start(struct json_scan *s)
{
    if (s->block == NULL)
        s->block = malloc(BLOCK_BYTES);
    if (s->block == NULL)
        s->rc = s->host->fail(s->call, SY_ENOMEM, 0, 0, "out of memory");
    s->at = s->len = s->line_at = 0;
    s->eof = false;
    s->line = 1;
    s->line_before = 0;
    return s->rc;
}

void json_scan_dispose(struct json_scan *s)
{
    free(s->block);
    s->block = NULL;
}

static uint32_t count_characters(const char *bytes, size_t len)
{
    uint32_t n = 0;
    for (size_t i = 0; i < len; i++)
        n += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    return n;
}

uint32_t json_scan_column(const struct json_scan *s)
{
    return s->line_before + count_characters(s->block + s->line_at, s->at - s->line_at) + 1;
}

int json_scan_fail(struct json_scan *s, const char *format, ...)
{
    char message[512];
    va_list args;
    if (s->rc != 0)
        return s->rc;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    s->rc = s->host->fail(s->call, SY_EINPUT, s->line, json_scan_column(s), "%s", message);
    return s->rc;
}

static void refill(struct json_scan *s)
{
    size_t got = 0;
    s->line_before += count_characters(s->block + s->line_at, s->len - s->line_at);
    s->at = s->len = s->line_at = 0;
    s->rc = s->host->read_text(s->call, s->block, BLOCK_BYTES, &got);
    if (s->rc == 0)
        s->len = got;
    s->eof = s->rc != 0 || got == 0;
}

int json_scan_peek(struct json_scan *s)
{
    if (s->at == s->len && !s->eof && s->rc == 0)
        refill(s);
    return s->rc != 0 || s->at == s->len ? JSON_END : (unsigned char)s->block[s->at];
}

static void begin_line(struct json_scan *s)
{
    s->line++;
    s->line_at = s->at;
    s->line_before = 0;
}

int json_scan_next(struct json_scan *s)
{
    for (;;) {
        int c = json_scan_peek(s);
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
            return c;
        s->at++;
        /* A lone CR ends a line too; CR LF ends one. */
        if (c == '\n' || (c == '\r' && json_scan_peek(s) != '\n'))
            begin_line(s);
    }
}

bool json_scan_take(struct json_scan *s, char c, const char *what)
{
    int next = json_scan_next(s);
    if (next == (unsigned char)c) {
        s->at++;
        return true;
    }
    if (next == JSON_END)
        json_scan_fail(s, "the text ends where %s is needed: it was cut off", what);
    else
        json_scan_fail(s, "%s is needed here", what);
    return false;
}

bool json_scan_kind(struct json_scan *s, enum json_kind *out)
{
    static const struct {
        char first;
        enum json_kind kind;
    } KINDS[] = {{'"', JSON_STRING}, {'{', JSON_MAP},  {'[', JSON_LIST},  {'t', JSON_TRUE},
                 {'f', JSON_FALSE},  {'n', JSON_NULL}, {'-', JSON_NUMBER}};
    int c = json_scan_next(s);
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (c == KINDS[i].first) {
            *out = KINDS[i].kind;
            return true;
        }
    }
    *out = JSON_NUMBER;
    if (c >= '0' && c <= '9')
        return true;
    if (c == JSON_END)
        json_scan_fail(s, "the text ends where a value is needed: it was cut off");
    else
        json_scan_fail(s, "no JSON value begins like this: texts stand in double quotes, numbers "
                          "without + or a leading point");
    return false;
}

const char *json_scan_word(enum json_kind kind)
{
    static const char *const words[] = {
        [JSON_STRING] = "a text", [JSON_NUMBER] = "a number", [JSON_TRUE] = "true",
        [JSON_FALSE] = "false",   [JSON_NULL] = "null",       [JSON_LIST] = "a list",
        [JSON_MAP] = "an object"};
    return words[kind];
}

bool json_scan_literal(struct json_scan *s, enum json_kind kind)
{
    const char *word = json_scan_word(kind);
    for (const char *c = word; *c != '\0'; c++) {
        if (json_scan_peek(s) != (unsigned char)*c) {
            json_scan_fail(s, "this is no JSON: texts stand in double quotes, words are true, "
                              "false and null");
            return false;
        }
        s->at++;
    }
    int c = json_scan_peek(s);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')
        json_scan_fail(s, "this is not %s: texts stand in double quotes", word);
    return s->rc == 0;
}

bool json_bytes_add(struct json_scan *s, struct json_bytes *b, const char *bytes, size_t len)
{
    if (b->max > 0 && len > b->max - b->len) {
        json_scan_fail(s, "row is longer than 64 MiB");
        return false;
    }
    if (len > b->cap - b->len) {
        size_t cap = b->cap == 0 ? BYTES_FIRST : b->cap * 2;
        while (cap < b->len + len)
            cap *= 2;
        char *grown = realloc(b->bytes, cap);
        if (grown == NULL) {
            s->rc = s->host->fail(s->call, SY_ENOMEM, 0, 0, "out of memory");
            return false;
        }
        b->bytes = grown;
        b->cap = cap;
    }
    if (len > 0)
        memcpy(b->bytes + b->len, bytes, len);
    b->len += len;
    return true;
}

static bool skip_scalar(struct json_scan *s, enum json_kind kind)
{
    if (kind == JSON_STRING)
        return json_scan_string(s, NULL);
    return kind == JSON_NUMBER ? json_scan_number(s, NULL) : json_scan_literal(s, kind);
}

static bool skip_key(struct json_scan *s)
{
    if (json_scan_next(s) != '"') {
        json_scan_fail(s, "a name in double quotes is needed here");
        return false;
    }
    return json_scan_string(s, NULL) && json_scan_take(s, ':', "':'");
}

/* Behind a value: closes what ends here. *done: all is closed; else a value follows. */
static bool skip_closed(struct json_scan *s, const char *open, size_t *depth, bool *done)
{
    while (*depth > 0) {
        int c = json_scan_next(s);
        if (c == ',') {
            s->at++;
            return open[*depth - 1] == '[' || skip_key(s);
        }
        char close = open[*depth - 1] == '[' ? ']' : '}';
        if (!json_scan_take(s, close, close == ']' ? "',' or ']'" : "',' or '}'"))
            return false;
        (*depth)--;
    }
    *done = true;
    return true;
}

bool json_scan_skip(struct json_scan *s)
{
    char open[JSON_DEPTH];
    size_t depth = 0;
    bool done = false;
    while (!done) {
        enum json_kind kind;
        if (!json_scan_kind(s, &kind))
            return false;
        if (kind != JSON_LIST && kind != JSON_MAP) {
            if (!skip_scalar(s, kind) || !skip_closed(s, open, &depth, &done))
                return false;
            continue;
        }
        if (depth == JSON_DEPTH) {
            json_scan_fail(s, "nested over %d deep", JSON_DEPTH);
            return false;
        }
        open[depth++] = kind == JSON_LIST ? '[' : '{';
        s->at++;
        if (json_scan_next(s) == (kind == JSON_LIST ? ']' : '}')) {
            s->at++;
            depth--;
            if (!skip_closed(s, open, &depth, &done))
                return false;
        } else if (kind == JSON_MAP && !skip_key(s)) {
            return false;
        }
    }
    return true;
}
