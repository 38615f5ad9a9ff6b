/*
 * plugin.h - what a format plugin exports and what the host lends it.
 *
 * A plugin is a shared object with one exported function, sy_plugin_v1, whose name carries the
 * ABI's major number. It links nothing of Steelyard: everything it may call comes in `sy_host`.
 * Each struct starts with its size and only grows at the end; whoever reads one looks at no more
 * than both sides know: a plugin that calls a function further down in sy_host than those of the
 * header's first version looks at host->struct_size first. Memory belongs to the side that made it;
 * the host copies what it keeps. Several threads may be in a plugin at once, each with a call of
 * its own: what lasts between calls is constant.
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
 * length[column][row]: UTF-8, at most SY_CELL_MAX bytes. A length of SY_CELL_ABSENT is a cell that
 * the record does not have. All memory is the reader's and may be used again when `batch` returns.
 * Of a reader that is not built in every cell is checked, and the whole file refused where one lies
 * outside of base_len or is no UTF-8. */
#define SY_CELL_ABSENT UINT32_MAX
#define SY_CELL_MAX    (64u << 20)

typedef struct sy_batch {
    size_t struct_size;
    uint32_t nrows;
    uint32_t ncolumns; /* as in `header` */
    const char *base;
    const uint32_t *const *offset;
    const uint32_t *const *length;
    const uint32_t *line; /* by row: line, or row of a sheet, from 1, where the record begins */
    size_t base_len;      /* bytes at base */
} sy_batch;

/* A part of a source: the records that begin at or after byte `from` and before byte `to`. A
 * byte-order mark is not counted. With from = to = 0 the header alone is asked for.
 *
 * Text and bytes then begin at byte from - 1 (at 0 where from is 0) and go on to the end of the
 * source, since the last record may end behind `to`. The reader takes the first line break at or
 * after from - 1 for the border of two records and reads from behind it. That may be a guess:
 * within quotes a line break is no border. The host, which knows where the record before ended,
 * throws away what was read from a wrong place, whatever became of it, and asks for the right one.
 */
typedef struct sy_range {
    size_t struct_size;
    uint64_t from;
    uint64_t to;
    uint32_t ncolumns; /* of the header, which is not given again; 0 where it is asked for */
} sy_range;

/* Where a table stands in a workbook: cells are told by its name, and by column and row. Column 1
 * is A. A table of a database is a sheet whose rows alone are told. */
#define SY_SHEET_HIDDEN 1u

typedef struct sy_sheet {
    size_t struct_size;
    sy_text name;
    uint32_t first_column; /* of the header's first cell, from 1; 0: there are no cells to tell */
    uint32_t flags;
} sy_sheet;

/* What a reader has seen in a cell, or of a sheet, that a person should look at. */
typedef enum sy_doubt {
    SY_DOUBT_FORMULA = 1, /* a formula without its value: the cell is read as empty */
    SY_DOUBT_DIGITS,      /* a number of more digits than the file keeps of it */
    SY_DOUBT_FORMAT,      /* a number shown so that its figure reads otherwise */
    SY_DOUBT_HIDDEN,      /* what is hidden was read: a sheet (line 0), a column, or as many rows as
                           * the text says, of which the line is the first */
    SY_DOUBT_UNREAD,      /* sheets that were not read: their names are the text */
    SY_DOUBT_BESIDE       /* the first of the cells beside the table, which were not read */
} sy_doubt;

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
    /* Column names, once, before any batch; line is where they stand. None (n = 0) is a source that
     * has no rows and does not say what its columns would be. */
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
    /* The part to be read; NULL: the whole source. Only readers with SY_READS_RANGES are asked for
     * parts. */
    const sy_range *(*range)(sy_call *call);
    /* Ends the reading of a part, after its header or last batch: the byte where the first record
     * (or blank line) was sought, the byte behind the last one read, and the line breaks between
     * them. In a part lines count from 1 at `first`. A header is sought at byte 0. Where no record
     * begins in the part, `first` and `next` are the same byte, `to` or a later one. */
    int (*covered)(sy_call *call, uint64_t first, uint64_t next, uint32_t lines);
    /* The source from its first byte again, for readers that need two passes. */
    int (*restart)(sy_call *call);
    /* How many bytes of a text begin a line of `width` columns, cut where a line may be: behind a
     * blank or a Chinese character, else within a word, never within a character. More than 0. */
    size_t (*text_fit)(const char *bytes, size_t len, size_t width);
    /* For a writer with SY_WRITES_PARTS: 0 where its view is the whole table or begins it, else 1:
     * what stands at the beginning of the output alone is written already. */
    int (*continues)(sy_call *call);
    /* Memory until the call ends, the host's, who has it ready for the next one: block `slot`, 0 to
     * SY_SCRATCHES - 1, with `size` bytes or more. What the call put into it is kept as it grows,
     * though it may move; before that anything may be in it. NULL: no memory. */
    void *(*scratch)(sy_call *call, unsigned slot, size_t size);
    /* Before the header: the table stands in this sheet. Lines of rows are its rows then, and what
     * fails stands in its cells. The last call before the header counts. */
    int (*sheet)(sy_call *call, const sy_sheet *sheet);
    /* A finding about a cell; line and column from 1, 0: of the whole row, of the whole sheet.
     * After the header; before the batch that the cell is in, or at the end. */
    int (*doubt)(sy_call *call, sy_doubt what, uint32_t line, uint32_t column, const sy_text *text);
    /* The source's path, to be opened by a library that reads files alone; it may be a pipe. NULL
     * for readers with SY_READS_NO_FILE. */
    const char *(*path)(sy_call *call);
    /* Whether cells are wanted as they stand, of readers with SY_READS_GRIDS: no header is sought
     * then nor given, `sheet` begins each sheet (a file that has none says none), and batches hold
     * every row in which something stands, each with as many columns as it likes. */
    int (*grid)(sy_call *call);
} sy_host;

#define SY_SCRATCHES 4u

#define SY_READS_RANGES 1u /* a reader that asks for `range` */
#define SY_READS_GRIDS  2u /* a reader that asks for `grid` */
/* A reader of what is no file, such as a server's tables: its sources have no path, and the call
 * neither has one nor gives text or bytes. */
#define SY_READS_NO_FILE 4u

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
    uint32_t flags; /* SY_READS_RANGES, SY_READS_GRIDS, SY_READS_NO_FILE */
} sy_reader;

/* What a writer takes: one of the first three. */
#define SY_TAKES_ROWS    1u /* a flat table */
#define SY_TAKES_TREE    2u /* a document: one row, with nested views */
#define SY_TAKES_RECORDS 4u /* a table whose cells may be nested views: a document a row */
/* Added to SY_TAKES_ROWS: for people, words and labels in the report's language. Added to
 * SY_TAKES_TREE: a document for people, steelyard.document/1 of docs/plugins.md, of any report. */
#define SY_TAKES_LABELS 8u
/* Added to SY_TAKES_ROWS. */
#define SY_TAKES_NARROW 16u /* for a terminal too: no more columns than a line has room for */

/* A writer of rows or records that may get them in parts: a call for each run of rows, several at
 * once and in whatever order. What the calls write is put one behind the other, and is what one
 * call for all rows would write. Such a writer asks `continues`. */
#define SY_WRITES_PARTS 1u

typedef struct sy_writer {
    size_t struct_size;
    const char *name;
    const char *extensions;
    const char *summary;
    const char *const *options;
    uint32_t takes; /* of the above */
    int (*write)(const sy_host *host, sy_call *call, const sy_view *what);
    uint32_t flags; /* SY_WRITES_PARTS */
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
