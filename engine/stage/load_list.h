/*
 * load_list.h - private to the load stage: the files that the sources of an evaluation name, and in
 * how many parts each is loaded.
 */
#ifndef STAGE_LOAD_LIST_H
#define STAGE_LOAD_LIST_H

#include "model/evaluation.h"
#include "plug/host.h"
#include "stage/load_rows.h"

/* Owns: path. */
struct load_file {
    const struct data_source *source;
    char *path;        /* of a source that is no file its name: "postgres:budget" */
    const char *shown; /* without the evaluation's folder */
    int year;          /* from the path; 0 */
    struct cell fund;  /* from the path or the file's name; len 0: none */
    const sy_reader *reader;
    int64_t size, mtime_ns; /* of a regular file */
    bool perhaps_form;      /* a single file: what it is shows in its cells */
    bool large;             /* more than one part, were it cut, or of unknown size */
    uint32_t first_task;
    uint32_t nparts;     /* 1: read whole */
    uint64_t part_bytes; /* of each but the last */
};

/* Owns: files. */
struct load_list {
    struct load_file *files;
    uint32_t nfiles, cap;
    uint32_t ntasks; /* one a part, in the order of the files */
};

/* Lists the files of the tables from..to (enum data_table, both included). A source of which there
 * is none is an error. */
sy_status load_list_open(struct load_list *out, const struct evaluation *e,
                         const struct plug_registry *plugins, uint64_t part_bytes,
                         enum data_table from, enum data_table to, sy_error *err);
void load_list_dispose(struct load_list *list);
/* The file that a task belongs to. */
const struct load_file *load_list_file(const struct load_list *list, uint32_t task);
/* Numbers the tasks; after `nparts` changed. */
void load_list_number(struct load_list *list);

#endif
