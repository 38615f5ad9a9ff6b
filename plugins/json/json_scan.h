/*
 * json_scan.h - strict JSON (RFC 8259) as a stream of tokens: nothing of the source is kept but one
 * block.
 *
 * The host gives whole characters of valid UTF-8; here is checked that they are JSON. Of every
 * failure the host is told with line and column; after it each function returns at once.
 */
#ifndef PLUGIN_JSON_SCAN_H
#define PLUGIN_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <steelyard/plugin.h>

/* Decoded text that grows at its end. Owns: bytes. */
struct json_bytes {
    char *bytes;
    size_t len, cap;
    size_t max; /* of `len`; the row that goes past is refused. 0: no limit */
};

/* Where the scan is. Owns: block. `rc` keeps the first failure. */
struct json_scan {
    const sy_host *host;
    sy_call *call;
    int rc;
    char *block;
    size_t at, len; /* the next byte, and the end of what was read */
    bool eof;
    uint32_t line;        /* of the next byte, from 1 */
    size_t line_at;       /* where in the block the line begins, or 0 */
    uint32_t line_before; /* characters of the line in earlier blocks */
};

enum json_kind { JSON_STRING, JSON_NUMBER, JSON_TRUE, JSON_FALSE, JSON_NULL, JSON_LIST, JSON_MAP };

#define JSON_END (-1)

/* Begins at the source's start; again after host->restart. Returns s->rc. */
int json_scan_start(struct json_scan *s);
void json_scan_dispose(struct json_scan *s);

int json_scan_fail(struct json_scan *s, const char *format, ...) SY_PRINTF(2, 3);
uint32_t json_scan_column(const struct json_scan *s);

/* The next byte without taking it; JSON_END at the end or after a failure. */
int json_scan_peek(struct json_scan *s);
/* The same behind blanks and line ends. */
int json_scan_next(struct json_scan *s);
/* Takes the byte that must come after blanks: ':' ',' '[' '{'. `what` is for the message. */
bool json_scan_take(struct json_scan *s, char c, const char *what);

/* What kind of value begins at the next byte; false after a failure. */
bool json_scan_kind(struct json_scan *s, enum json_kind *out);
const char *json_scan_word(enum json_kind kind); /* "a list" */

/* A string decoded, a number as it is written, or with its exponent worked out ("1.5e3" is "1500"):
 * no digit is lost. Added to *out, which may be NULL. */
bool json_scan_string(struct json_scan *s, struct json_bytes *out);
bool json_scan_number(struct json_scan *s, struct json_bytes *out);
bool json_scan_literal(struct json_scan *s, enum json_kind kind);
/* Any value, however nested, down to JSON_DEPTH. */
bool json_scan_skip(struct json_scan *s);
#define JSON_DEPTH 256

bool json_bytes_add(struct json_scan *s, struct json_bytes *b, const char *bytes, size_t len);

#endif
