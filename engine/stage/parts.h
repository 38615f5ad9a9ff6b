/*
 * parts.h - which fund contains which (part_of, contract 2.1).
 */
#ifndef STAGE_PARTS_H
#define STAGE_PARTS_H

#include "stage/plan.h"

#define PART_OF_NONE    UINT32_MAX       /* names no whole */
#define PART_OF_UNKNOWN (UINT32_MAX - 1) /* names a fund that this year does not have */
#define PART_OF_CIRCLE  (UINT32_MAX - 2) /* contains itself, through whatever others */
#define PART_OF_LAST    PART_OF_CIRCLE   /* from here up: no entity */

/* By entity the entity that contains it, or one of the above. Following it ends: the links of a
 * circle are left out. The caller frees. */
sy_status parts_find(uint32_t **out, const struct run *r, sy_error *err);
/* Findings about part_of: a whole that is not there, a circle, another department's. */
sy_status parts_check(struct run *r, sy_error *err);

#endif
