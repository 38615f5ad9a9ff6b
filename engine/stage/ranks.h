/*
 * ranks.h - places of funds within their type and year (contract 7).
 */
#ifndef STAGE_RANKS_H
#define STAGE_RANKS_H

#include "stage/plan.h"

#define RANK_NONE 0u

/* Owns: both lists. */
struct ranks {
    uint32_t *rank;  /* by fund, from 1; RANK_NONE: its status is not `scored` */
    uint32_t *order; /* funds by type as the data names them, year, rank; the unranked last */
};

/* Among the funds scored in this run. The printed scores are compared; equal ones share a rank and
 * the next one is left out: 1, 2, 2, 4. */
sy_status ranks_make(struct ranks *out, const struct run *r, sy_error *err);
void ranks_dispose(struct ranks *ranks);

#endif
