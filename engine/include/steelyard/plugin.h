/*
 * plugin.h - what a format plugin exports and what the host lends it.
 *
 * A plugin is a shared object with one exported function, sy_plugin_v1, whose name carries the
 * ABI's major number. It links nothing of Steelyard: everything it may call comes in `sy_host`.
 * Each struct starts with its size and only grows at the end; whoever reads one looks at no more
 * than both sides know. Memory belongs to the side that made it; the host copies what it keeps.
 *
 *     static const sy_reader readers[] = {{.struct_size = sizeof(sy_reader), .name = "csv", …}};
 *     static const sy_plugin plugin = {.struct_size = sizeof plugin, .abi = SY_PLUGIN_ABI, …};
 *     const sy_plugin *sy_plugin_v1(void) { return &plugin; }
 */
#ifndef STEELYARD_PLUGIN_H
#define STEELYARD_PLUGIN_H

#include <steelyard/base.h>
#include <steelyard/table.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SY_PLUGIN_ABI 1u
#define SY_BATCH_ROWS 8192u

/* A call in progress: the host's, opaque to the plugin. It knows the source, its options and where
 * cells or bytes go. */
typedef struct sy_call sy_call;

typedef struct sy_text {
    const char *bytes; /* UTF-8 */
    uint32_t len;
} sy_text;

/* Up to SY_BATCH_ROWS records. Cell (row, column) is base + offset[column][row],
 * length[column][row]. A length of SY_CELL_ABSENT is a cell that the record does not have. All
 * memory is the reader's and may be used again when `batch` returns. */
#define SY_CELL_ABSENT UINT32_MAX

typedef struct sy_batch {
    size_t struct_size;
    uint32_t nrows;
    uint32_t ncolumns; /* as in `header` */
    const char *base;
    const uint32_t *const *offset;
    const uint32_t *const *length;
    const uint32_t *line; /* by row: line, or row of a sheet, from 1, where the record begins */
} sy_batch;

/* What a reader may call. Functions return 0, or non-zero after which the reader returns that value
 * at once, having released what it holds. */
typedef struct sy_host {
    size_t struct_size;
    /* Ends the call with a message; line and column from 1, 0 where there is none. Returns
     * non-zero. */
    int (*fail)(sy_call *call, sy_status status, uint32_t line, uint32_t column, const char *format,
                ...) SY_PRINTF(5, 6);
    /* The value of an option, or NULL where it was not given. */
    const char *(*option)(sy_call *call, const char *name);
    /* Source as UTF-8 text (see the manual: UTF-8 with or without BOM, else GB18030), in order,
     * whole characters; *got = 0 at the end. `encoding` option honoured by the host. */
    int (*read_text)(sy_call *call, char *bytes, size_t cap, size_t *got);
    /* Source as raw bytes, in order. A call reads either text or bytes, never both. */
    int (*read_bytes)(sy_call *call, void *bytes, size_t cap, size_t *got);
    /* Column names, once, before any batch; line is where they stand. */
    int (*header)(sy_call *call, const sy_text *names, uint32_t n, uint32_t line);
    int (*batch)(sy_call *call, const sy_batch *batch);
    /* For writers: bytes of the output, in order. */
    int (*write)(sy_call *call, const char *bytes, size_t len);
    /* Text of numbers, the same in every locale; `out` holds 40 bytes; the length is returned. A
     * finite number with at most 15 significant digits and no trailing zeros ("93.25", "15");
     * scaled / 10^places with all its places ("93.00"). */
    size_t (*print_number)(char *out, double x);
    size_t (*print_decimal)(char *out, int64_t scaled, int places);
    /* Columns that UTF-8 text takes on a terminal: Chinese characters take 2. */
    size_t (*text_width)(const char *bytes, size_t len);
} sy_host;

typedef struct sy_reader {
    size_t struct_size;
    const char *name;           /* "csv" */
    const char *extensions;     /* "csv tsv", without dots; "" for none */
    const char *summary;        /* one line, for `steelyard plugins` */
    const char *const *options; /* names it takes, NULL-terminated */
    /* 0 to 100: how sure the reader is that this is its format, by the source's first bytes. May be
     * NULL. */
    int (*probe)(const char *head, size_t len);
    int (*read)(const sy_host *host, sy_call *call);
} sy_reader;

#define SY_TAKES_ROWS 1u /* a flat table */
#define SY_TAKES_TREE 2u /* a document: one row, with nested views */

typedef struct sy_writer {
    size_t struct_size;
    const char *name;
    const char *extensions;
    const char *summary;
    const char *const *options;
    uint32_t takes; /* one of the above */
    int (*write)(const sy_host *host, sy_call *call, const sy_view *what);
} sy_writer;

typedef struct sy_plugin {
    size_t struct_size;
    uint32_t abi; /* SY_PLUGIN_ABI */
    const char *name;
    const char *version;
    const char *license;
    const char *summary;
    const sy_reader *readers;
    size_t nreaders;
    const sy_writer *writers;
    size_t nwriters;
} sy_plugin;

/* The one exported function. Pure: the same static data each time. */
typedef const sy_plugin *(*sy_plugin_fn)(void);

#ifdef __cplusplus
}
#endif

#endif
