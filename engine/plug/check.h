/*
 * check.h - what a plugin gives, looked at before anything else does.
 */
#ifndef PLUG_CHECK_H
#define PLUG_CHECK_H

#include <steelyard/plugin.h>

/* What is wrong, as a phrase behind "plugin of 'NAME'"; NULL: nothing. Of a row that is wrong,
 * *line. */
const char *check_sheet(const sy_sheet *sheet);
const char *check_header(const sy_text *names, uint32_t n);
const char *check_batch(const sy_batch *batch, uint32_t ncolumns, uint32_t *line);

#endif
