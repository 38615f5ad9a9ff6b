/*
 * dataset_merge.h - brings what was loaded apart into one dataset.
 *
 * Sources are loaded in parts, each into a dataset of its own, and joined in their order: the rows
 * then lie as if all had been loaded by one. What must be unique is judged on joining: a part has
 * not seen the others.
 */
#ifndef MODEL_DATASET_MERGE_H
#define MODEL_DATASET_MERGE_H

#include "model/dataset.h"

/* A row of the funds table in a part. Words and rows are those of the part. */
struct fund_row {
    struct entity fund; /* as the row lists it */
    uint32_t entity;
    uint32_t first_fact, end_fact;     /* the row's own */
    size_t first_finding, end_finding; /* the same */
    bool form;                         /* of a form, which adds to what the funds table says */
};

/* What the numbers of a part are in the whole. Owns: all. {0} before the first part. */
struct dataset_map {
    uint32_t *words, *paths, *units, *entities, *shapes;
    uint32_t words_cap, paths_cap, units_cap, entities_cap, shapes_cap;
    uint32_t nwords, npaths, nunits; /* known already, of a part that comes in pieces */
    uint32_t last_entity;            /* of the part before: a guess where the next one is */
};

void dataset_map_dispose(struct dataset_map *m);
/* Before another part. Units 0 to `nunits` - 1 are the same in all. */
bool dataset_map_begin(struct dataset_map *m, uint32_t nunits);

/* What is joined. */
struct dataset_part {
    const struct dataset *d;
    const struct fund_row *funds; /* rows of the funds table */
    uint32_t nfunds;
    uint32_t lines;         /* before the part: its rows' lines count from there */
    size_t header_findings; /* the first ones, whose lines count from the file's start */
};

/* Adds the rows of a part. One that comes in pieces is cleared in between, except for its words. */
sy_status dataset_merge(struct dataset *d, const struct dataset_part *part, struct dataset_map *map,
                        sy_error *err);

#endif
