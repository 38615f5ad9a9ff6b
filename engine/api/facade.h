/*
 * facade.h - what the files behind steelyard.h share.
 */
#ifndef API_FACADE_H
#define API_FACADE_H

#include <steelyard/steelyard.h>

#include "api/output.h"
#include "api/report.h"
#include "base/buf.h"
#include "plug/host.h"
#include "plug/registry.h"

/* Owns: everything. */
struct sy_run {
    struct evaluation *evaluation;
    struct plug_registry *plugins;
    struct run *run;
    char *language;
    char *data;
    size_t width;    /* of texts for people on standard output; 0: no limit */
    int from, to;    /* the two years of SY_REPORT_CONFIG_DIFF; 0: not two */
    bool unread;     /* the data could not be read, and was not needed: */
    sy_error reason; /* why */
    struct buf message, source;
    struct compare *compare;         /* NULL until it is asked for */
    struct sensitivity *sensitivity; /* likewise */
    struct improved *improved;       /* likewise */
};

/* The funds or types asked for exist. */
sy_status facade_check_words(const struct run *r, const char *what, const char *const *words,
                             size_t nwords, bool types, sy_error *err);

/* facade_config.c: loads what yardsticks need, and binds them. */
sy_status facade_config(sy_run *run, struct run_options *options, sy_error *err);
sy_status facade_write_config(sy_run *run, sy_report report, const sy_writer *writer,
                              struct file_writer *file, const struct plug_option *options,
                              size_t noptions, sy_error *err);

/* facade_compare.c */
void facade_compare_free(sy_run *run);
sy_status facade_write_compare(sy_run *run, sy_report report, const sy_writer *writer,
                               struct file_writer *file, const struct plug_option *options,
                               size_t noptions, sy_error *err);

/* facade_sensitivity.c */
void facade_sensitivity_free(sy_run *run);
sy_status facade_write_sensitivity(sy_run *run, sy_report report, const sy_writer *writer,
                                   struct file_writer *file, const struct plug_option *options,
                                   size_t noptions, sy_error *err);

/* facade_improve.c */
void facade_improve_free(sy_run *run);
sy_status facade_write_improve(sy_run *run, sy_report report, const sy_writer *writer,
                               struct file_writer *file, const struct plug_option *options,
                               size_t noptions, sy_error *err);

#endif
