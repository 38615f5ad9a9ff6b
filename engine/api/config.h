/*
 * config.h - yardsticks as rows and views: each key with its value and where it was set, the files
 * of the script, its rules; and what differs between two years.
 */
#ifndef API_CONFIG_H
#define API_CONFIG_H

#include "base/arena.h"
#include "stage/plan.h"
#include <steelyard/table.h>

/* The key of the rule that grades what no pattern matches; by its address. */
extern const char config_otherwise[];

/* One line of one yardstick. Texts are borrowed from the run or from the rows' arena. */
struct config_row {
    uint32_t standard;
    const char *section; /* "weights"; "scripts", "rules.indicator", … */
    const char *key;     /* a key, a script's file, a pattern */
    const char *value;
    struct origin origin; /* file NULL: none */
    const struct yard_hidden *hidden;
    bool taken;        /* `none` took it back */
    bool function;     /* a rule whose value is no text that could be compared */
    const char *shown; /* the value for people, where it says more; NULL: the value */
};

/* One difference. -1: the key is not there in that year. */
struct config_change {
    uint32_t type;    /* word */
    int64_t from, to; /* rows */
};

enum config_line_kind { LINE_STANDARD, LINE_SECTION, LINE_ROW, LINE_HIDDEN, LINE_FROM, LINE_TO };

/* One line of the table for people. */
struct config_line {
    enum config_line_kind kind;
    uint32_t row; /* or change, or standard */
    const struct yard_hidden *hidden;
};

/* Owns: everything but the run. */
struct config {
    const struct run *r;
    bool zh;
    bool people;
    struct arena arena;
    struct config_row *rows;
    uint32_t nrows, rows_cap;
    uint32_t *first; /* by standard, nstandards + 1 */
    int from, to;    /* years of a comparison */
    struct config_change *changes;
    uint32_t nchanges, changes_cap;
    struct config_line *lines;
    uint32_t nlines, lines_cap;
    struct buf scratch;
    bool failed; /* a cell could not be made: no memory */
};

/* config_rows.c: every row of every standard of the run. */
sy_status config_make(struct config *out, const struct run *r, bool zh, sy_error *err);
void config_dispose(struct config *c);
/* config_diff.c: what differs between two years of the run, type by type. */
sy_status config_compare(struct config *c, int from, int to, sy_error *err);
/* config_lines.c: lines for people; with `hidden` also what layers hide. */
sy_status config_people(struct config *c, bool hidden, sy_error *err);

/* "file:line"; NULL: none. In c->scratch. */
const char *config_source(struct config *c, const struct origin *origin);
const char *config_change_word(const struct config *c, const struct config_change *change);

/* config_view.c, config_lines.c, config_trees.c */
sy_view config_view_rows(const struct config *c);
sy_view config_view_changes(const struct config *c);
sy_view config_view_people(const struct config *c);
sy_view config_tree(const struct config *c);
sy_view config_tree_changes(const struct config *c);

#endif
