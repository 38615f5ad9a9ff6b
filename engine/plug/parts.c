/*
 * parts.c - a view written in parts: workers make the bytes of runs of rows, which go into the file
 * in the order of the rows.
 */
#include "plug/host.h"

#include <stdlib.h>

#include "base/error.h"

#define BEGUN_EACH 2 /* parts begun and not yet written, for each worker */

/* Owns: begun. */
struct writing {
    const sy_writer *writer;
    struct file_writer *out;
    const struct plug_option *options;
    size_t noptions;
    const struct plug_parts *parts;
    size_t count;      /* rows of the whole view */
    uint32_t nparts;   /* of as many rows each */
    uint32_t nbegun;   /* at most, at a time */
    struct buf *begun; /* part % nbegun */
};

static sy_status make_part(void *ctx, unsigned worker, uint32_t part, sy_error *err)
{
    const struct writing *w = ctx;
    const size_t first = part * w->parts->rows, left = w->count - first;
    sy_view view = w->parts->views[worker];
    view.first += first;
    view.count = left < w->parts->rows ? left : w->parts->rows;
    struct buf *bytes = &w->begun[part % w->nbegun];
    buf_clear(bytes);
    return plug_write_part(w->writer, bytes, w->options, w->noptions, &view, part > 0, err);
}

static sy_status put_part(void *ctx, uint32_t part, sy_error *err)
{
    const struct writing *w = ctx;
    const struct buf *bytes = &w->begun[part % w->nbegun];
    w->out->share = (double)part / w->nparts;
    return file_write(w->out, buf_text(bytes), bytes->len, err);
}

sy_status plug_write_parts(const sy_writer *writer, struct file_writer *out,
                           const struct plug_option *options, size_t noptions,
                           const struct plug_parts *parts, sy_error *err)
{
    const size_t count = parts->views->count, nparts = (count + parts->rows - 1) / parts->rows;
    struct writing w = {writer, out, options, noptions, parts, count, (uint32_t)nparts, 0, NULL};
    /* One part has nothing to share, and so many that they cannot be numbered are none of ours. */
    if (nparts < 2 || nparts > UINT32_MAX)
        return plug_write(writer, out, options, noptions, parts->views, err);
    w.nbegun = BEGUN_EACH * workers_count(parts->workers);
    w.begun = calloc(w.nbegun, sizeof *w.begun);
    if (w.begun == NULL)
        return error_nomem(err);
    const struct work work = {&w, make_part, put_part};
    sy_status status = workers_run(parts->workers, w.nparts, w.nbegun, &work, err);
    for (uint32_t i = 0; i < w.nbegun; i++)
        buf_dispose(&w.begun[i]);
    free(w.begun);
    return status;
}
