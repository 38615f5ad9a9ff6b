/*
 * output.h - where reports go: the writer that is meant, a view through it, text for people.
 */
#ifndef API_OUTPUT_H
#define API_OUTPUT_H

#include "base/buf.h"
#include "plug/host.h"
#include <steelyard/steelyard.h>

/* The writer called `format`; NULL: by the path's extension. SY_EUSAGE where there is none. */
sy_status output_writer(const sy_writer **out, const struct plug_registry *plugins,
                        const char *format, const char *path, sy_error *err);

/* What `write` gives through the writer, into a file (whole or not at all) or standard output
 * ("-").
 */
typedef sy_status (*output_fn)(void *ctx, const sy_writer *writer, struct file_writer *file,
                               const struct plug_option *options, size_t noptions, sy_error *err);
sy_status output_file(const sy_writer *writer, const char *path, const sy_option *options,
                      size_t noptions, output_fn write, void *ctx, sy_error *err);

/* So that no cell that is quoted can drive a terminal: its controls, and bytes that are no text, as
 * \x1b. Line ends and tabs stay. */
void output_show(struct buf *out, const char *text);

/* Text for people; on standard output lines over `width` columns (0: none) are broken. */
sy_status output_text(const struct buf *text, const char *path, size_t width, sy_error *err);

/* A word as it may be typed in a shell: quoted where it holds more than plain letters. */
void output_argument(struct buf *out, const char *text);

#endif
