/*
 * load_columns.h - private to the load stage: what the columns of a file mean, and the keys of its
 * section.
 */
#ifndef STAGE_LOAD_COLUMNS_H
#define STAGE_LOAD_COLUMNS_H

#include "plug/host.h"
#include "stage/load_rows.h"

/* The keys of a [data …] section: values of columns go to the load, options of the reader to
 * `options`, which has room for all keys and one more. */
sy_status load_options(struct load *l, const sy_reader *reader, struct plug_option *options,
                       size_t *noptions);
sy_status load_header(struct load *l, const sy_text *names, uint32_t n, uint32_t line);
/* Whether a row is the header once more, cell by cell. */
bool load_repeats_header(const struct load *l, const struct cell *row);

#endif
