/*
 * table.h - what the files of the table plugin share.
 */
#ifndef PLUGIN_TABLE_H
#define PLUGIN_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <steelyard/plugin.h>

/* One column while the table is drawn. */
struct table_column {
    const char *label;
    bool right;
    bool whole;     /* no cell can be broken but within a word */
    size_t full;    /* columns on the terminal that its widest cell takes */
    size_t width;   /* those that it gets */
    size_t at, end; /* what is left of its cell of the row at hand, in `text` */
};

/* One table on its way. Owns: columns, text, line. */
struct drawing {
    const sy_host *host;
    sy_call *call;
    const sy_view *what;
    struct table_column *columns;
    size_t ncolumns;
    size_t width; /* of the terminal; 0: no limit */
    bool color;
    char *text; /* the cells of the row at hand, behind each other */
    size_t text_len, text_cap;
    char *line;
    size_t line_len, line_cap;
};

/* The cells of a row into d->text, as they are shown: on one line, with controls as \x.. */
bool table_take_row(struct drawing *d, size_t row);
/* The labels in place of a row. */
bool table_take_labels(struct drawing *d);

/* Gives every column its width; false: they have no room side by side. */
bool table_allot(struct drawing *d);

/* The row at hand, side by side; `bold` for the labels. */
int table_draw_row(struct drawing *d, bool bold);
/* The row at hand, a line a cell, label first. */
int table_draw_record(struct drawing *d);

int table_fail_nomem(struct drawing *d);
const sy_plugin *plug_builtin_table(void);

#endif
