/*
 * error.h - filling in the one error struct.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <steelyard/base.h>

/* Fills *err (NULL is fine) and returns `status`, so that `return error_set(err, …)` reads well. */
sy_status error_set(sy_error *err, sy_status status, const char *file, uint32_t line,
                    const char *format, ...) SY_PRINTF(5, 6);

/* "out of memory", with no place. */
sy_status error_nomem(sy_error *err);

/* What errno says about `file`: SY_EFILE, or SY_ENOMEM for ENOMEM. `doing` is "open", "write", … */
sy_status error_errno(sy_error *err, const char *doing, const char *file, int number);

#endif
