/*
 * columns.h - what headers and level names are called: config/columns.ini, with the evaluation's
 * laid over.
 */
#ifndef MODEL_COLUMNS_H
#define MODEL_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "model/units.h"
#include <steelyard/base.h>

struct columns;

sy_status columns_load(struct columns **out, const char *installed, const char *over,
                       sy_error *err);
void columns_free(struct columns *c);

/* What a header cell means in a table ("funds", "outcomes", …): the English column name, or NULL
 * for none of the table's columns. `*unit` is the known unit that stands in parentheses, else
 * UNIT_NONE; `bare` gets the header without parentheses and blanks at the ends (for facts). Case of
 * ASCII letters does not matter. */
const char *columns_meaning(const struct columns *c, const char *table, const char *header,
                            size_t len, struct units *units, uint32_t *unit, struct buf *bare);

/* The first few other names of a column, with commas between: what a header may also say. */
void columns_aliases(struct buf *out, const struct columns *c, const char *table,
                     const char *column);

/* English names of a table's columns, for "did you mean" and for messages. */
const char *const *columns_of(const struct columns *c, const char *table, size_t *n);

/* The column name or alias, as it is compared, that is most like a header; NULL. Borrowed. */
const char *columns_near(const struct columns *c, const char *table, const char *header);

/* What a row of a published table is. */
enum row_kind {
    ROW_INDICATOR,
    ROW_BUDGET, /* level1 预算执行: execution.rate; target and actual are the facts budget and spent
                 */
    ROW_TOTAL,    /* 总分, 合计: the claimed total */
    ROW_TEMPLATE, /* 指标2, ……, or nothing at all: skipped */
    ROW_PART      /* 其中 without a weight: a note */
};

#define LEVEL_BYTES 256

/* The levels in force while the rows of one source and fund go by. {0} at the start of each. */
struct level_memory {
    char level1[LEVEL_BYTES];
    char level2[LEVEL_BYTES];
    /* Of the last row: the branch of its level 1, where level 2 took it out of that (效益指标 with
     * 满意度); else "". */
    char from[LEVEL_BYTES];
};

struct row_cells {
    const char *level1, *level2, *name; /* any may be "" ; NUL-terminated */
    bool blank;                         /* target, actual, weight, rating, claimed are all empty */
    bool has_weight;
};

/* Turns the Chinese level cells of a row into a path (contract 2.1): points in brackets cut off and
 * given in *points1, *points2 (NAN: none), the words of columns.ini to English, empty cells from
 * the row above. `label` gets the name cell trimmed, unchanged. For ROW_BUDGET the path is
 * "execution.rate". Paths of other kinds than indicator and budget are empty. */
enum row_kind columns_path(struct buf *path, struct buf *label, double *points1, double *points2,
                           struct level_memory *memory, const struct columns *c,
                           const struct row_cells *row);

/* A name as a path's last segment: without `指标1：`, `①`, `★` in front; blanks, controls and . : =
 * ; # * [ ] become `_`. */
void columns_segment(struct buf *out, const char *name, size_t len);

/* The label of an English level segment or column in a language ("zh": 产出指标), or NULL. */
const char *columns_label(const struct columns *c, const char *language, const char *key);

#endif
