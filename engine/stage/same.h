/*
 * same.h - whether two years of a type are judged alike, key by key and file by file: where
 * something was set makes no difference.
 */
#ifndef STAGE_SAME_H
#define STAGE_SAME_H

#include "stage/plan.h"

/* Whether two files of scripts are one, or have the same bytes. */
sy_status same_script(bool *out, const struct script_source *a, const struct script_source *b,
                      sy_error *err);
/* Whether the same values come to the same attainments: scripts, [parameters], [ratings],
 * [missing], and how [facts] are read. */
sy_status same_rules(bool *out, const struct standard *a, const struct standard *b, sy_error *err);
/* Whether two yardsticks are one: rules, and all else but labels. */
sy_status same_yardstick(bool *out, const struct standard *a, const struct standard *b,
                         sy_error *err);

#endif
