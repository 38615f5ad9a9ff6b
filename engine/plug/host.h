/*
 * host.h - finding formats and calling them: registry of built-in and loaded plugins, reads,
 * writes.
 */
#ifndef PLUG_HOST_H
#define PLUG_HOST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/workers.h"
#include <steelyard/plugin.h>

/* Readers and writers by name. Owns: the handles of loaded plugins and what it copied of them. */
struct plug_registry;

/* The built-in formats, then every *.so of `folders` (NULL-terminated list, in
 * order; a folder that is absent is passed over; files in byte order). A plugin that cannot be used
 * is left out, with the reason in plug_refusal. */
sy_status plug_open(struct plug_registry **out, const char *const *folders, sy_error *err);
void plug_close(struct plug_registry *r);

/* Loads what waits until its format is asked for: the plugin of one, or all (NULL). Functions below
 * know what is loaded. */
sy_status plug_ready(const struct plug_registry *r, const char *format, sy_error *err);
/* The same of the format that a path's extension tells. */
sy_status plug_ready_for(const struct plug_registry *r, const char *path, sy_error *err);

size_t plug_nrefused(const struct plug_registry *r);
const char *plug_refusal(const struct plug_registry *r, size_t i); /* "path: why, what to do" */

const sy_reader *plug_reader(const struct plug_registry *r, const char *name); /* NULL: none */
const sy_writer *plug_writer(const struct plug_registry *r, const char *name);
/* By the path's extension, else by the first bytes of the file; SY_EINPUT where none is sure.
 * Loads what it needs. */
sy_status plug_reader_for(const sy_reader **out, const struct plug_registry *r, const char *path,
                          sy_error *err);
const sy_writer *plug_writer_for(const struct plug_registry *r,
                                 const char *path); /* by extension */
/* Names of all writers, in order, for messages: "csv, json, table". */
const char *plug_writer_names(const struct plug_registry *r);
const char *plug_reader_names(const struct plug_registry *r); /* the same of readers */
/* The format that `name` is probably meant for, or NULL. */
const char *plug_near(const struct plug_registry *r, const char *name, bool writer);

/* What the registry knows of, for people: formats that can be used, plugins that were refused,
 * formats that a plugin would bring. */
enum plug_state { PLUG_BUILTIN, PLUG_LOADED, PLUG_REFUSED, PLUG_ABSENT };

struct plug_entry {
    enum plug_state state;
    bool writer;                                      /* else a reader */
    const char *format;                               /* NULL: a refused plugin */
    const char *plugin, *version, *license, *summary; /* "" where they are not known */
    const char *extensions;                           /* "csv tsv" */
    const char *const *options;                       /* NULL-terminated */
    const char *path;                                 /* of the plugin; NULL: none */
    const char *needs; /* PLUG_REFUSED: why, what to do; PLUG_ABSENT: libraries, by commas */
};

size_t plug_nentries(const struct plug_registry *r);
void plug_entry(const struct plug_registry *r, size_t i, struct plug_entry *out);
/* Whether a format is one that a plugin would bring, and what the plugin needs; else NULL. */
const char *plug_absent(const struct plug_registry *r, const char *format, bool writer);

/* One name = value of a source or of --option. */
struct plug_option {
    const char *name;
    const char *value;
};

/* Where a reader's records go. Both return SY_OK or a failure that ends the read. */
struct plug_sink {
    sy_status (*header)(void *ctx, const sy_text *names, uint32_t n, uint32_t line, sy_error *err);
    sy_status (*batch)(void *ctx, const sy_batch *batch, sy_error *err);
    void *ctx;
    /* Of workbooks; NULL: not asked for. */
    sy_status (*sheet)(void *ctx, const sy_sheet *sheet, sy_error *err);
    sy_status (*doubt)(void *ctx, sy_doubt what, uint32_t line, uint32_t column,
                       const sy_text *text, sy_error *err);
    bool grid; /* cells as they stand, without a header */
};

/* Reads `path` (errors name it as `path`). An option that the reader does not list is SY_EINPUT
 * ("encoding" is always known). A reader that gives no header is SY_EINPUT "is empty: no header".
 */
sy_status plug_read(const sy_reader *reader, const char *path, const struct plug_option *options,
                    size_t noptions, const struct plug_sink *sink, sy_error *err);

/* Memory that reads borrow one after another. Owns: blocks. {0} at first. */
struct plug_scratch {
    void *blocks[SY_SCRATCHES];
    size_t sizes[SY_SCRATCHES];
};

/* As sy_host.scratch has it. */
void *plug_scratch_take(struct plug_scratch *s, unsigned slot, size_t size);
/* Between reads: lets go of what only a rare source needs. */
void plug_scratch_rest(struct plug_scratch *s);
void plug_scratch_dispose(struct plug_scratch *s);

/* A part of a source. All parts of one source have its `size` and `mtime_ns`. */
struct plug_range {
    uint64_t from, to; /* as in sy_range; both 0: the header */
    uint32_t ncolumns; /* of the header; given back where that is read */
    bool known;        /* `from` is where a record begins, not a guess */
    int64_t size, mtime_ns;
    struct plug_scratch *scratch; /* of no other read at this time; NULL: the read has its own */
    /* Given back: where the first record was sought, where the last one ended, the line breaks
     * between them. */
    uint64_t first, next;
    uint32_t lines;
    uint64_t end;  /* bytes of the whole source */
    bool not_utf8; /* the read failed because the text is no UTF-8: no part of it can be read */
};

/* Reads a part of a regular file that is taken for UTF-8, through a reader with SY_READS_RANGES.
 * Lines of rows and errors count from 1 at range->first. */
sy_status plug_read_range(const sy_reader *reader, const char *path,
                          const struct plug_option *options, size_t noptions,
                          struct plug_range *range, const struct plug_sink *sink, sy_error *err);

/* Writes a view through a writer into an open file. */
sy_status plug_write(const sy_writer *writer, struct file_writer *out,
                     const struct plug_option *options, size_t noptions, const sy_view *what,
                     sy_error *err);

/* One of the parts of a view into `out`, behind what is there, through a writer with
 * SY_WRITES_PARTS. */
sy_status plug_write_part(const sy_writer *writer, struct buf *out,
                          const struct plug_option *options, size_t noptions, const sy_view *what,
                          bool continues, sy_error *err);

/* Views of the same rows, one for each of the workers: what one of them shows leaves the others
 * alone. Borrowed. */
struct plug_parts {
    struct workers *workers;
    const sy_view *views;
    size_t rows; /* in one part; not 0 */
};

/* The same bytes as plug_write, made in parts by all workers. In parts.c. */
sy_status plug_write_parts(const sy_writer *writer, struct file_writer *out,
                           const struct plug_option *options, size_t noptions,
                           const struct plug_parts *parts, sy_error *err);

/* The built-in plugins, one a folder of plugins/. */
const sy_plugin *plug_builtin_csv(void);
const sy_plugin *plug_builtin_json(void);
const sy_plugin *plug_builtin_table(void);
const sy_plugin *plug_builtin_markdown(void);

#endif
