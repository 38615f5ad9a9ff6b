/*
 * call.h - private to the calls of plugins: what one knows while it runs.
 */
#ifndef PLUG_CALL_H
#define PLUG_CALL_H

#include "base/text.h"
#include "plug/registry.h"

#define SHEET_PLACE_MAX 4096u

/* Owns: text, own_scratch, and file while `raw`. A read has a path and a sink, a write an output.
 */
struct sy_call {
    const char *format;
    const char *path; /* shown in errors */
    const struct plug_option *options;
    size_t noptions;
    const struct plug_sink *sink;
    struct text_reader *text;
    struct file_reader file;
    bool raw;
    char sheet[SHEET_PLACE_MAX]; /* "plan.xlsx!Sheet1!"; of a database "book.db!facts"; "" */
    bool no_file;                /* the path is but a name */
    bool has_header;
    uint32_t ncolumns;
    struct plug_range *range;     /* NULL: the whole source */
    struct plug_scratch *scratch; /* NULL: own_scratch */
    struct plug_scratch own_scratch;
    sy_range asked;
    bool covered;
    uint64_t handed;    /* bytes of a part given out */
    uint32_t last_line; /* the greatest of a part's rows */
    struct file_writer *output;
    struct buf *part; /* instead of `output` */
    bool continues;
    bool builtin;
    bool failed;
    sy_error error;
};

/* Keeps the first failure: what follows it is only its echo. */
int call_keep(sy_call *call, sy_status status);

/* Of sy_host. */
int call_fail(sy_call *call, sy_status status, uint32_t line, uint32_t column, const char *format,
              ...) SY_PRINTF(5, 6);
const sy_range *call_range(sy_call *call);
int call_covered(sy_call *call, uint64_t first, uint64_t next, uint32_t lines);
int call_sheet(sy_call *call, const sy_sheet *sheet);
int call_grid(sy_call *call);
int call_doubt(sy_call *call, sy_doubt what, uint32_t line, uint32_t column, const sy_text *text);

#endif
