/*
 * load_levels.h - private to the load stage: level cells of a row of outcomes, as a path.
 */
#ifndef STAGE_LOAD_LEVELS_H
#define STAGE_LOAD_LEVELS_H

#include "stage/load_rows.h"

/* What the level cells and the name of the row at hand stand for; what the next row inherits from
 * them is then in l->levels. */
sy_status load_levels(struct load_branch *out, struct load *l);
/* Whether the level cells of the row at hand are complete: its path, and those of the rows below
 * it, owe nothing to the rows above. */
sy_status load_sets_levels(bool *out, struct load *l);

#endif
