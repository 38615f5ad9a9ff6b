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
    const struct csv_marks *find; /* NULL at first: the fastest */
    size_t block;                 /* whose marks these are */
    uint64_t marks;               /* where its cells may end */
    const char *broken;           /* why a record cannot be read; NULL: no memory */
    uint32_t broken_line;
    uint32_t broken_column;
};

#define CSV_GUARD (2 * CSV_BLOCK)

void csv_scan_guard(struct csv_scan *s);
enum csv_found csv_scan_next(struct csv_scan *s);
/* Whether the buffer ends within quotes, which broken_line and broken_column then name; after
 * CSV_MORE. */
bool csv_scan_is_quoted(struct csv_scan *s);

/* A batch in the making. Of column c, offsets begin at places[2 * c * stride], lengths `stride`
 * behind them. */
struct csv_rows {
    uint32_t nrows;
    uint32_t rows_max;
    uint32_t ncolumns;
    size_t stride;
    uint32_t *places;
    uint32_t *line;
};

#define CSV_WINDOW 4096u

/* A stretch of the buffer without quotes, and where cells end in it. */
struct csv_window {
    size_t from, to; /* none: the same */
    bool at_quote;   /* one stands at `to` */
    bool regular;    /* the n-th, 2n-th, … stop ends a line, for n columns, and no other does */
    size_t nstops;
    size_t next; /* of the stops, the first that is not used */
    uint32_t stops[CSV_WINDOW + CSV_STOPS_SPARE];
};

/* Adds the records from s->pos on that begin before byte `limit` of the buffer, up to one that is
 * not plain: with a quote, with more or fewer cells than there are columns, blank, or so near to
 * the buffer's end that what follows it counts. They are those that csv_scan_next would find. The
 * window is of this buffer: without one where the buffer changed. */
void csv_plain_rows(struct csv_window *w, struct csv_scan *s, struct csv_rows *rows, size_t limit);

int csv_read(const sy_host *host, sy_call *call);
int csv_write(const sy_host *host, sy_call *call, const sy_view *what);

const sy_plugin *plug_builtin_csv(void);

#endif
