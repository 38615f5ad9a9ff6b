/*
 * load_part.h - private to the load stage: a file, or a part of one, in a dataset of its own.
 */
#ifndef STAGE_LOAD_PART_H
#define STAGE_LOAD_PART_H

#include "stage/load_list.h"
#include "stage/load_plain.h"
#include "stage/load_rows.h"

/* What all parts are loaded with. */
struct load_env {
    const struct evaluation *e;
    const struct columns *columns;
    const struct units *units; /* before any row was read: each part begins with these */
    const struct load_known *known;
    bool thorough; /* no row goes the quick way: to compare both */
};

/* What rows of a table with level cells inherit from the rows above. Owns: fund. */
struct load_above {
    struct level_memory levels;
    struct buf fund; /* of the last row; empty: none */
};

/* Owns: all but scratch. {0} before its first use; what it allocated is used again. */
struct load_part {
    struct dataset d;
    struct load load;
    struct load_plain plain;
    struct plug_option *options;
    size_t noptions;
    struct plug_scratch *scratch; /* of who loads it; NULL: none */
    struct plug_range header;     /* where the file's header ends */
    struct plug_range range;
    size_t header_findings;
    bool has_header; /* what fails from then on are rows */
    bool skipped;    /* no record begins in the part */
    bool not_utf8;   /* of a file that can only be read whole */
    /* Rows at the start of a part inherit levels from a part that another worker loads: until a row
     * has levels of its own they wait in `rows`, as they came. */
    bool waiting;
    struct buf rows;
    struct buf fund; /* of the last row that waits */
    sy_status status;
    sy_error error;
    /* Called after each batch, where a file is loaded in pieces. */
    sy_status (*piece)(void *ctx, struct load_part *p, sy_error *err);
    void *ctx;
};

void load_part_dispose(struct load_part *p);

/* Reads a file whole. What became of it is also in p->status and p->error. */
sy_status load_part_whole(struct load_part *p, const struct load_env *env,
                          const struct load_file *file);
/* Reads the records that begin in from..to; `known`: `from` is a border. The first part, 0..to,
 * begins behind the header, and has the header's findings. */
sy_status load_part_range(struct load_part *p, const struct load_env *env,
                          const struct load_file *file, uint64_t from, uint64_t to, bool known);
/* A table that is in no file: its columns, then its rows. */
sy_status load_part_begin(struct load_part *p, const struct load_env *env,
                          const struct load_file *file, const sy_text *names, uint32_t n,
                          sy_error *err);
sy_status load_part_batch(struct load_part *p, const sy_batch *batch, sy_error *err);
/* Loads the rows that wait in `part`, below what is `above` them. */
sy_status load_part_rows(struct load_part *p, const struct load_env *env,
                         const struct load_file *file, const struct load_part *part,
                         const struct load_above *above);
/* For tables that are made of something else: begins an empty part, then, after load_header, a row
 * by its cells. */
sy_status load_part_open(struct load_part *p, const struct load_env *env,
                         const struct load_file *file, const struct data_source *source);
sy_status load_part_cells(struct load_part *p, const struct cell *cells);
/* What the rows after this part inherit. */
sy_status load_part_above(struct load_above *above, const struct load_part *p, sy_error *err);

#endif
