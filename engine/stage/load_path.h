/*
 * load_path.h - private to the load stage: {year} and {fund} in the path of a source.
 */
#ifndef STAGE_LOAD_PATH_H
#define STAGE_LOAD_PATH_H

#include "stage/load_rows.h"

/* The source's pattern with {year} (unless it is 0) and {fund} replaced; the caller frees. NULL: no
 * memory. */
char *load_path_fill(const char *pattern, int year, const char *fund);
/* What {fund} stands for in `path`, matched by the pattern's component that holds it. */
bool load_path_fund(struct cell *out, const char *pattern, const char *path);

#endif
