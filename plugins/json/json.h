/*
 * json.h - what the files of the JSON plugin share.
 */
#ifndef PLUGIN_JSON_H
#define PLUGIN_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <steelyard/plugin.h>

#define JSON_BLOCK 65536u

/* Output on its way to the host. `rc` keeps the first failure; after it nothing more is written. */
struct json_out {
    const sy_host *host;
    sy_call *call;
    int rc;
    size_t len;
    char block[JSON_BLOCK];
};

/* The block is large and is not cleared: a part of a table may be small. */
void json_text_begin(struct json_out *o, const sy_host *host, sy_call *call);
void json_text_flush(struct json_out *o);
void json_text_raw(struct json_out *o, const char *text);
/* A string with its quotes: UTF-8 as it is, invalid bytes as U+FFFD. */
void json_text_string(struct json_out *o, const char *text, size_t len);
/* NULL, BOOL, INTEGER, NUMBER, DECIMAL, TEXT or DATA. */
void json_text_scalar(struct json_out *o, const sy_cell *cell);

int json_read(const sy_host *host, sy_call *call);
int ndjson_read(const sy_host *host, sy_call *call);
int json_write(const sy_host *host, sy_call *call, const sy_view *what);
int ndjson_write(const sy_host *host, sy_call *call, const sy_view *what);

const sy_plugin *plug_builtin_json(void);

#endif
