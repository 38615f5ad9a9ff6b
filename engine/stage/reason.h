/*
 * reason.h - how an indicator's attainment came about, in one sentence.
 */
#ifndef STAGE_REASON_H
#define STAGE_REASON_H

#include "stage/plan.h"

/* Adds the sentence, or nothing. `why` is the finding that says why the value was refused; NULL:
 * none. */
sy_status reason_add(struct buf *out, struct run *r, uint32_t fund, uint32_t item,
                     const struct finding *why, bool zh, sy_error *err);
/* Whether a rating decided: one given, or an actual that is a word of [ratings]. */
bool reason_is_rated(const struct run *r, uint32_t fund, uint32_t item);
/* Whether a finding may be such a `why`: of its entity and path, the last counts. */
bool reason_is_refusal(const struct finding *f);

#endif
