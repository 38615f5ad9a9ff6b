/*
 * csv.h - what the files of the CSV plugin share.
 */
#ifndef PLUGIN_CSV_H
#define PLUGIN_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <steelyard/plugin.h>

#include "csv_marks.h"

/* A cell of the record at hand: a place in the buffer. CSV_DOUBLED marks a length whose cell still
 * holds doubled quotes. */
struct csv_cell {
    uint32_t offset;
    uint32_t length;
};

#define CSV_DOUBLED 0x80000000u

enum csv_found {
    CSV_RECORD, /* cells are there, pos is behind the record */
    CSV_BLANK,  /* a line without cells, passed */
    CSV_MORE,   /* the buffer ends within the record: pos unchanged */
    CSV_BROKEN  /* broken is set */
};

/* Finds records in a buffer that it does not own. Owns: cells. Behind data[end] lie CSV_GUARD bytes
 * that csv_scan_guard sets. */
struct csv_scan {
    char *data;
    size_t pos; /* of the next record */
    size_t end;
    bool eof; /* nothing follows data[end] */
    char delimiter;
    uint32_t line;        /* at pos */
    uint32_t record_line; /* of the record found last */
    struct csv_cell *cells;
    size_t ncells;
    size_t cells_cap;
    csv_marks_fn find;
    size_t block;       /* whose marks these are */
    uint64_t marks;     /* where its cells may end */
    const char *broken; /* why a record cannot be read; NULL: no memory */
    uint32_t broken_line;
    uint32_t broken_column;
};

#define CSV_GUARD (2 * CSV_BLOCK)

void csv_scan_guard(struct csv_scan *s);
enum csv_found csv_scan_next(struct csv_scan *s);
/* Whether the buffer ends within quotes, which broken_line and broken_column then name; after
 * CSV_MORE. */
bool csv_scan_is_quoted(struct csv_scan *s);

int csv_read(const sy_host *host, sy_call *call);
int csv_write(const sy_host *host, sy_call *call, const sy_view *what);

const sy_plugin *plug_builtin_csv(void);

#endif
