/*
 * near.h - what a script or a table that names what is not there probably meant.
 */
#ifndef STAGE_NEAR_H
#define STAGE_NEAR_H

#include "stage/plan.h"

/* The names that facts have in the data, for near_fact. */
sy_status near_open(struct run *r, sy_error *err);
/* A fact, field or method of the fund, or a path of its indicators, that is like `name`; NULL where
 * none is, or there is one of just that name. Borrowed. */
const char *near_fact(const struct run *r, const struct fund *f, const char *name);
/* The word of [ratings] that is like `word`, or NULL. */
const char *near_rating(const struct run *r, const struct fund *f, const char *word);
/* The path of the fund's indicators that is like `path`, or NULL. */
const char *near_indicator(const struct run *r, const struct fund *f, const char *path);

#endif
