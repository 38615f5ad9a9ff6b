/*
 * config.h - yardsticks and rules of types and years, without scoring anything.
 */
#ifndef STAGE_CONFIG_H
#define STAGE_CONFIG_H

#include "stage/plan.h"

/* Binds each type in each year, in this order, as the run's standards. Types: those named; else
 * those of the funds that were loaded; else the evaluation's own, by [evaluation] type and
 * config/TYPE.ini. Years: those named, else the evaluation's. SY_EUSAGE for a type that has neither
 * an INI nor a script, and where there is no type or year at all. */
sy_status config_bind(struct run *r, const struct run_options *named, sy_error *err);

#endif
