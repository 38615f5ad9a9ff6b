/*
 * load.h - first stage: files and readers to a dataset. Every cell is typed or a finding.
 */
#ifndef STAGE_LOAD_H
#define STAGE_LOAD_H

#include "base/progress.h"
#include "base/workers.h"
#include "model/columns.h"
#include "model/dataset.h"
#include "model/evaluation.h"
#include "plug/host.h"
#include <steelyard/base.h>

/* What is loaded, and by whom. */
struct load_order {
    const struct evaluation *e;
    const struct plug_registry *plugins;
    const struct columns *columns;
    struct workers *workers;
    const struct progress *progress; /* NULL: nobody listens */
    uint64_t part_bytes;             /* of a file that can be read in parts; 0: the usual 1 MiB */
    bool thorough;                   /* no row goes the quick way: to compare both */
};

/* Reads every source of the evaluation, funds first, into *d (initialised). What is in it then is
 * the same for any number of workers. */
sy_status load_run(struct dataset *d, const struct load_order *order, sy_error *err);

#endif
