/*
 * table.h - the one read-only table type in which results reach writers.
 *
 * A sy_view is a run of rows seen through functions: nothing is copied to show it. A cell may
 * itself be a view (the indicators of a fund), so the same type is a flat table and, nested, a
 * document.
 */
#ifndef STEELYARD_TABLE_H
#define STEELYARD_TABLE_H

#include <steelyard/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum sy_cell_type {
    SY_CELL_NULL = 0, /* does not exist */
    SY_CELL_BOOL,     /* integer: 0 or 1 */
    SY_CELL_INTEGER,  /* integer */
    SY_CELL_NUMBER,   /* number: finite, shown with at most 15 significant digits */
    SY_CELL_DECIMAL,  /* integer / 10^places: a score, always shown with its places in print */
    SY_CELL_TEXT,     /* text from the engine or from configuration */
    SY_CELL_DATA,     /* text from a user's data: a spreadsheet must not run it */
    SY_CELL_RECORD,   /* view of one row: an object */
    SY_CELL_TABLE,    /* view of many rows: a list of objects */
    SY_CELL_LIST,     /* view of many rows and one column: a list of values */
    SY_CELL_MAP       /* view of many rows and two columns, key and value: an object */
} sy_cell_type;

typedef struct sy_view_ops sy_view_ops;

/* `count` rows from `first` of what `ctx` holds. Borrowed from what gave it. */
typedef struct sy_view {
    const sy_view_ops *ops;
    const void *ctx;
    size_t first;
    size_t count;
} sy_view;

typedef struct sy_cell {
    sy_cell_type type;
    int places;
    int64_t integer;
    double number;
    const char
        *text; /* UTF-8, not always NUL-terminated; valid until the next cell of the same view */
    size_t text_len;
    sy_view view;
} sy_cell;

typedef struct sy_column {
    const char *name;  /* stable English key */
    const char *label; /* for people, in the language of the report; NULL: the name */
    int right;         /* numbers: set to the right in print */
} sy_column;

struct sy_view_ops {
    size_t struct_size;
    size_t ncolumns;
    /* The columns, in the language that ctx was made for. */
    const sy_column *(*columns)(const void *ctx);
    /* Fills *out (zeroed by the caller) for a row counted from 0 within ctx and a column. */
    void (*cell)(const void *ctx, size_t row, size_t column, sy_cell *out);
};

#ifdef __cplusplus
}
#endif

#endif
