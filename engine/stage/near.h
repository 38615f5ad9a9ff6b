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
/* The one of the funds that is like `name`, in more than digits; NULL where none is, or there is
 * one of just that name. */
const char *near_fund(const struct pool *funds, const char *name);
const char *near_entity(const struct run *r, const char *name); /* of the data's funds */
/* The grade of the fund's type that is like `word`, or NULL. */
const char *near_grade(const struct run *r, const struct fund *f, const char *word);
/* The word of [ratings] that is like `word`, or NULL. */
const char *near_rating(const struct run *r, const struct fund *f, const char *word);
/* The path of the fund's indicators that is like `path`, or NULL. */
const char *near_indicator(const struct run *r, const struct fund *f, const char *path);
/* " (near?)" as the second text of a finding, nothing where `near` is NULL. */
void near_hint(struct buf *out, const char *near);

#endif
