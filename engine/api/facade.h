/*
 * facade.h - what the files behind steelyard.h share.
 */
#ifndef API_FACADE_H
#define API_FACADE_H

#include <steelyard/steelyard.h>

#include "api/report.h"
#include "base/buf.h"
#include "plug/registry.h"

/* Owns: everything. */
struct sy_run {
    struct evaluation *evaluation;
    struct plug_registry *plugins;
    struct run *run;
    char *language;
    char *data;
    struct buf message, source;
};

/* The funds or types asked for exist. */
sy_status facade_check_words(const struct run *r, const char *what, const char *const *words,
                             size_t nwords, bool types, sy_error *err);

/* facade_write.c: the writer of a format, or of a path's extension. */
sy_status facade_writer(const sy_writer **out, const struct plug_registry *plugins,
                        const char *format, const char *path, sy_error *err);

#endif
