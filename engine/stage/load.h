/*
 * load.h - first stage: files and readers to a dataset. Every cell is typed or a finding.
 */
#ifndef STAGE_LOAD_H
#define STAGE_LOAD_H

#include "model/columns.h"
#include "model/dataset.h"
#include "model/evaluation.h"
#include "plug/host.h"
#include <steelyard/base.h>

/* Reads every source of the evaluation, funds first, into *d (initialised). */
sy_status load_run(struct dataset *d, const struct evaluation *e,
                   const struct plug_registry *plugins, const struct columns *columns,
                   sy_error *err);

#endif
