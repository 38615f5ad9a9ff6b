/*
 * call.c - one read or write through a plugin: the functions that the host lends it, and what
 * becomes of its failures.
 */
#include "plug/call.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/error.h"
#include "base/number.h"
#include "base/suggest.h"
#include "base/text.h"
#include "plug/check.h"
#include "table/place.h"

#define OPTIONS_MAX 64

/* How far a reader may go past a part that begins at a guess, in search of the end of a record: a
 * wrong guess may see one in all that follows. */
#define GUESS_SPARE ((uint64_t)1 << 20)

/* Keeps the first failure: what follows it is only its echo. */
int call_keep(sy_call *call, sy_status status)
{
    if (status == SY_OK)
        return 0;
    call->failed = true;
    return (int)status;
}

/* A failure within a sheet has a cell; in a database's table, a row: "book.db!facts:4". */
static void fail_in_sheet(sy_call *call, sy_status status, uint32_t line, uint32_t column,
                          const char *message)
{
    struct buf place = {0};
    if (place_is_sheet(call->sheet))
        place_print(&place, call->sheet, place_cell(column, line));
    else
        buf_str(&place, call->sheet);
    error_set(&call->error, status, buf_text(&place), place_is_sheet(call->sheet) ? 0 : line, "%s",
              message);
    buf_dispose(&place);
}

int call_fail(sy_call *call, sy_status status, uint32_t line, uint32_t column, const char *format,
              ...)
{
    char message[SY_ERROR_MESSAGE_MAX];
    va_list args;
    if (status == SY_OK)
        status = SY_EINPUT;
    if (call->failed)
        return (int)status;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    if (call->sheet[0] == '\0' || line == 0) {
        error_set(&call->error, status, call->path, line, "%s", message);
        call->error.column = column;
    } else {
        fail_in_sheet(call, status, line, column, message);
    }
    return call_keep(call, status);
}

static const char *give_option(sy_call *call, const char *name)
{
    const char *value = NULL; /* given twice, the last one counts */
    for (size_t i = 0; i < call->noptions; i++) {
        if (strcmp(call->options[i].name, name) == 0)
            value = call->options[i].value;
    }
    return value;
}

/* All parts of a file are of one version of it. */
static sy_status check_stamp(sy_call *call, const struct file_reader *f)
{
    const struct plug_range *range = call->range;
    if (f->regular && f->size == range->size && f->mtime_ns == range->mtime_ns)
        return SY_OK;
    return error_set(&call->error, SY_EFILE, call->path, 0, "changed while it was read: try again");
}

/* Where a part's text begins: the reader sees the line break before it. */
static uint64_t range_start(const struct plug_range *range)
{
    return range->from > 0 ? range->from - 1 : 0;
}

static sy_status open_text(sy_call *call)
{
    const struct plug_range *range = call->range;
    if (range == NULL)
        return text_open(&call->text, call->path, give_option(call, "encoding"), &call->error);
    sy_status status = text_open_at(&call->text, call->path, range_start(range), &call->error);
    return status == SY_OK ? check_stamp(call, text_file(call->text)) : status;
}

static sy_status open_bytes(sy_call *call)
{
    const struct plug_range *range = call->range;
    sy_status status = file_open(&call->file, call->path, &call->error);
    call->raw = status == SY_OK;
    if (status == SY_OK && range != NULL)
        status = check_stamp(call, &call->file);
    if (status == SY_OK && range != NULL)
        status = file_seek(&call->file, range_start(range), &call->error);
    return status;
}

/* A guess that leads far away is given up: it is wrong, or the part is read again from its
 * border. */
static sy_status count_handed(sy_call *call, size_t got)
{
    const struct plug_range *range = call->range;
    call->handed += got;
    if (range == NULL || range->known || call->handed <= range->to - range->from + GUESS_SPARE)
        return SY_OK;
    return error_set(&call->error, SY_EINPUT, call->path, 0, "no record ends here");
}

static int give_text(sy_call *call, char *bytes, size_t cap, size_t *got)
{
    sy_status status = SY_OK;
    if (call->failed)
        return 1;
    if (call->sink == NULL || call->raw || call->no_file)
        return call_fail(call, SY_ESYSTEM, 0, 0, "plugin of '%s' may not read text here",
                         call->format);
    if (call->text == NULL)
        status = open_text(call);
    if (status == SY_OK)
        status = text_read(call->text, bytes, cap, got, &call->error);
    if (status != SY_OK && call->range != NULL && call->text != NULL)
        call->range->not_utf8 = text_is_other(call->text);
    if (status == SY_OK)
        status = count_handed(call, *got);
    return call_keep(call, status);
}

static int give_bytes(sy_call *call, void *bytes, size_t cap, size_t *got)
{
    sy_status status = SY_OK;
    if (call->failed)
        return 1;
    if (call->sink == NULL || call->text != NULL || call->no_file)
        return call_fail(call, SY_ESYSTEM, 0, 0, "plugin of '%s' may not read bytes here",
                         call->format);
    if (!call->raw)
        status = open_bytes(call);
    if (status == SY_OK)
        status = file_read(&call->file, bytes, cap, got, &call->error);
    if (status == SY_OK)
        status = count_handed(call, *got);
    return call_keep(call, status);
}

static int give_again(sy_call *call)
{
    sy_status status = SY_OK;
    if (call->failed)
        return 1;
    if (call->range != NULL)
        return call_fail(call, SY_ESYSTEM, 0, 0, "plugin of '%s' may not restart a part",
                         call->format);
    if (call->text != NULL)
        status = text_restart(call->text, &call->error);
    else if (call->raw && call->file.regular)
        status = file_rewind(&call->file, &call->error);
    else if (call->raw)
        return call_fail(
            call, SY_EINPUT, 0, 0,
            "the reader %s reads twice, which a pipe does not allow: save it as a file",
            call->format);
    return call_keep(call, status);
}

static int take_header(sy_call *call, const sy_text *names, uint32_t n, uint32_t line)
{
    if (call->failed)
        return 1;
    if (call->sink == NULL || call->has_header || (n == 0 && call->range != NULL))
        return call_fail(call, SY_ESYSTEM, line, 0, "plugin of '%s' gave a header out of turn",
                         call->format);
    const char *wrong = call->builtin ? NULL : check_header(names, n);
    if (wrong != NULL)
        return call_fail(call, SY_ESYSTEM, line, 0, "plugin of '%s' %s", call->format, wrong);
    call->has_header = true;
    call->ncolumns = n;
    if (n == 0)
        return 0;
    return call_keep(call, call->sink->header(call->sink->ctx, names, n, line, &call->error));
}

/* Our own readers of parts give rows as they come in the file, each on a later line: tests/fuzz
 * holds them to it. What another gives is looked through. */
static void see_lines(sy_call *call, const sy_batch *batch)
{
    uint32_t from = call->builtin && batch->nrows > 0 ? batch->nrows - 1 : 0;
    for (uint32_t i = from; i < batch->nrows; i++)
        call->last_line = batch->line[i] > call->last_line ? batch->line[i] : call->last_line;
}

static int take_batch(sy_call *call, const sy_batch *batch)
{
    if (call->failed)
        return 1;
    if (call->sink == NULL || !call->has_header)
        return call_fail(call, SY_ESYSTEM, 0, 0, "plugin of '%s' gave rows before a header",
                         call->format);
    uint32_t line = 0;
    const uint32_t ncolumns = call->sink->grid && batch != NULL ? batch->ncolumns : call->ncolumns;
    const char *wrong = call->builtin ? NULL : check_batch(batch, ncolumns, &line);
    if (wrong != NULL)
        return call_fail(call, SY_ESYSTEM, line, 0, "plugin of '%s' %s", call->format, wrong);
    if (call->range != NULL && (call->range->to == 0 || call->covered))
        return call_fail(call, SY_ESYSTEM, 0, 0, "plugin of '%s' gave rows out of turn",
                         call->format);
    if (call->range != NULL)
        see_lines(call, batch);
    return call_keep(call, call->sink->batch(call->sink->ctx, batch, &call->error));
}

static int take_output(sy_call *call, const char *bytes, size_t len)
{
    if (call->failed)
        return 1;
    if (call->output == NULL && call->part == NULL)
        return call_fail(call, SY_ESYSTEM, 0, 0, "plugin of '%s' may not write here", call->format);
    if (call->part != NULL) {
        buf_add(call->part, bytes, len);
        return call_keep(call, call->part->failed ? error_nomem(&call->error) : SY_OK);
    }
    return call_keep(call, file_write(call->output, bytes, len, &call->error));
}

static int give_continues(sy_call *call)
{
    return call->continues;
}

static void *give_scratch(sy_call *call, unsigned slot, size_t size)
{
    return plug_scratch_take(call->scratch ? call->scratch : &call->own_scratch, slot, size);
}

static const char *give_path(sy_call *call)
{
    return call->sink == NULL || call->no_file ? NULL : call->path;
}

static const sy_host HOST = {.struct_size = sizeof HOST,
                             .fail = call_fail,
                             .option = give_option,
                             .read_text = give_text,
                             .read_bytes = give_bytes,
                             .header = take_header,
                             .batch = take_batch,
                             .write = take_output,
                             .print_number = number_print,
                             .print_decimal = decimal_print,
                             .text_width = text_width,
                             .range = call_range,
                             .covered = call_covered,
                             .restart = give_again,
                             .text_fit = text_fit,
                             .continues = give_continues,
                             .scratch = give_scratch,
                             .sheet = call_sheet,
                             .doubt = call_doubt,
                             .path = give_path,
                             .grid = call_grid};

/* Every option given must be one of `known` (or `extra`): a misspelt one would be lost in silence.
 */
static sy_status check_options(const sy_call *call, const char *kind, const char *const *known,
                               const char *extra, sy_status status, sy_error *err)
{
    const char *names[OPTIONS_MAX];
    size_t n = 0;
    for (size_t i = 0; known[i] != NULL && n < OPTIONS_MAX - 1; i++)
        names[n++] = known[i];
    if (extra != NULL)
        names[n++] = extra;
    for (size_t i = 0; i < call->noptions; i++) {
        const char *name = call->options[i].name;
        size_t k = 0;
        while (k < n && strcmp(names[k], name) != 0)
            k++;
        if (k < n)
            continue;
        const char *near = n == 0 ? NULL : suggest(name, names, n);
        if (near == NULL)
            return error_set(err, status, call->path, 0, "%s %s has no option '%s'", kind,
                             call->format, name);
        return error_set(err, status, call->path, 0, "%s %s has no option '%s': did you mean '%s'?",
                         kind, call->format, name, near);
    }
    return SY_OK;
}

/* What became of a call: its own failure, or that of a plugin that only returns one. */
static sy_status judge_call(const sy_call *call, int rc, sy_error *err)
{
    if (call->failed) {
        if (err != NULL)
            *err = call->error;
        return call->error.status;
    }
    if (rc != 0)
        return error_set(err, SY_ESYSTEM, call->path, 0,
                         "plugin of '%s' failed without saying why (%d)", call->format, rc);
    return SY_OK;
}

/* The file at the end of a part: its end, where a change shows by itself, was perhaps not read. */
static sy_status check_end(sy_call *call, sy_error *err)
{
    if (call->range == NULL)
        return SY_OK;
    if (!call->covered)
        return error_set(err, SY_ESYSTEM, call->path, 0, "plugin of '%s' did not say what it read",
                         call->format);
    if (call->raw)
        return file_unchanged(&call->file, err);
    return call->text == NULL ? SY_OK : file_unchanged(text_file(call->text), err);
}

static sy_status read_source(sy_call *call, const sy_reader *reader, sy_error *err)
{
    sy_status status = check_options(call, "reader", reader->options, "encoding", SY_EINPUT, err);
    if (status != SY_OK)
        return status;
    call->no_file = (reader->flags & SY_READS_NO_FILE) != 0;
    int rc = reader->read(&HOST, call);
    status = judge_call(call, rc, err);
    if (status == SY_OK && !call->has_header)
        status = error_set(err, SY_EINPUT, call->path, 0, "is empty: no header");
    if (status == SY_OK)
        status = check_end(call, err);
    text_close(call->text);
    if (call->raw)
        file_close(&call->file);
    if (call->scratch)
        plug_scratch_rest(call->scratch);
    plug_scratch_dispose(&call->own_scratch);
    return status;
}

sy_status plug_read(const sy_reader *reader, const char *path, const struct plug_option *options,
                    size_t noptions, const struct plug_sink *sink, sy_error *err)
{
    struct sy_call call = {.format = reader->name,
                           .path = path,
                           .options = options,
                           .noptions = noptions,
                           .sink = sink,
                           .builtin = registry_is_builtin(reader),
                           .has_header = sink->grid,
                           .file = {.fd = -1}};
    return read_source(&call, reader, err);
}

sy_status plug_read_range(const sy_reader *reader, const char *path,
                          const struct plug_option *options, size_t noptions,
                          struct plug_range *range, const struct plug_sink *sink, sy_error *err)
{
    bool header = range->to == 0;
    struct sy_call call = {
        .format = reader->name,
        .path = path,
        .options = options,
        .noptions = noptions,
        .sink = sink,
        .builtin = registry_is_builtin(reader),
        .file = {.fd = -1},
        .has_header = !header,
        .ncolumns = header ? 0 : range->ncolumns,
        .range = range,
        .scratch = range->scratch,
        .asked = {sizeof(sy_range), range->from, range->to, header ? 0 : range->ncolumns}};
    sy_status status = read_source(&call, reader, err);
    if (status == SY_OK)
        range->ncolumns = call.ncolumns;
    return status;
}

static sy_status write_view(struct sy_call *call, const sy_writer *writer, const sy_view *what,
                            sy_error *err)
{
    sy_status status = check_options(call, "writer", writer->options, NULL, SY_EUSAGE, err);
    if (status != SY_OK)
        return status;
    int rc = writer->write(&HOST, call, what);
    plug_scratch_dispose(&call->own_scratch);
    return judge_call(call, rc, err);
}

sy_status plug_write(const sy_writer *writer, struct file_writer *out,
                     const struct plug_option *options, size_t noptions, const sy_view *what,
                     sy_error *err)
{
    struct sy_call call = {.format = writer->name,
                           .options = options,
                           .noptions = noptions,
                           .output = out,
                           .file = {.fd = -1}};
    return write_view(&call, writer, what, err);
}

sy_status plug_write_part(const sy_writer *writer, struct buf *out,
                          const struct plug_option *options, size_t noptions, const sy_view *what,
                          bool continues, sy_error *err)
{
    struct sy_call call = {.format = writer->name,
                           .options = options,
                           .noptions = noptions,
                           .part = out,
                           .continues = continues,
                           .file = {.fd = -1}};
    return write_view(&call, writer, what, err);
}
