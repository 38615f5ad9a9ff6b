/*
 * call.c - one read or write through a plugin: the functions that the host lends it, and what
 * becomes of its failures.
 */
#include "plug/host.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"
#include "base/error.h"
#include "base/number.h"
#include "base/suggest.h"
#include "base/text.h"

#define OPTIONS_MAX 64

/* Owns: text, and file while `raw`. A read has a path and a sink, a write an output. */
struct sy_call {
    const char *format;
    const char *path; /* shown in errors */
    const struct plug_option *options;
    size_t noptions;
    const struct plug_sink *sink;
    struct text_reader *text;
    struct file_reader file;
    bool raw;
    bool has_header;
    uint32_t ncolumns;
    struct file_writer *output;
    bool failed;
    sy_error error;
};

/* Keeps the first failure: what follows it is only its echo. */
static int keep_failure(sy_call *call, sy_status status)
{
    if (status == SY_OK)
        return 0;
    call->failed = true;
    return (int)status;
}

static int give_fail(sy_call *call, sy_status status, uint32_t line, uint32_t column,
                     const char *format, ...)
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
    error_set(&call->error, status, call->path, line, "%s", message);
    call->error.column = column;
    return keep_failure(call, status);
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

static int give_text(sy_call *call, char *bytes, size_t cap, size_t *got)
{
    sy_status status = SY_OK;
    if (call->failed)
        return 1;
    if (call->sink == NULL || call->raw)
        return give_fail(call, SY_ESYSTEM, 0, 0, "plugin of '%s' may not read text here",
                         call->format);
    if (call->text == NULL)
        status = text_open(&call->text, call->path, give_option(call, "encoding"), &call->error);
    if (status == SY_OK)
        status = text_read(call->text, bytes, cap, got, &call->error);
    return keep_failure(call, status);
}

static int give_bytes(sy_call *call, void *bytes, size_t cap, size_t *got)
{
    sy_status status = SY_OK;
    if (call->failed)
        return 1;
    if (call->sink == NULL || call->text != NULL)
        return give_fail(call, SY_ESYSTEM, 0, 0, "plugin of '%s' may not read bytes here",
                         call->format);
    if (!call->raw)
        status = file_open(&call->file, call->path, &call->error);
    call->raw = call->raw || status == SY_OK;
    if (status == SY_OK)
        status = file_read(&call->file, bytes, cap, got, &call->error);
    return keep_failure(call, status);
}

static int take_header(sy_call *call, const sy_text *names, uint32_t n, uint32_t line)
{
    if (call->failed)
        return 1;
    if (call->sink == NULL || call->has_header || n == 0)
        return give_fail(call, SY_ESYSTEM, line, 0, "plugin of '%s' gave a header out of turn",
                         call->format);
    call->has_header = true;
    call->ncolumns = n;
    return keep_failure(call, call->sink->header(call->sink->ctx, names, n, line, &call->error));
}

static int take_batch(sy_call *call, const sy_batch *batch)
{
    if (call->failed)
        return 1;
    if (call->sink == NULL || !call->has_header || batch->struct_size < sizeof *batch ||
        batch->ncolumns != call->ncolumns || batch->nrows > SY_BATCH_ROWS)
        return give_fail(call, SY_ESYSTEM, 0, 0, "plugin of '%s' gave rows that fit no header",
                         call->format);
    return keep_failure(call, call->sink->batch(call->sink->ctx, batch, &call->error));
}

static int take_output(sy_call *call, const char *bytes, size_t len)
{
    if (call->failed)
        return 1;
    if (call->output == NULL)
        return give_fail(call, SY_ESYSTEM, 0, 0, "plugin of '%s' may not write here", call->format);
    return keep_failure(call, file_write(call->output, bytes, len, &call->error));
}

static const sy_host HOST = {.struct_size = sizeof HOST,
                             .fail = give_fail,
                             .option = give_option,
                             .read_text = give_text,
                             .read_bytes = give_bytes,
                             .header = take_header,
                             .batch = take_batch,
                             .write = take_output,
                             .print_number = number_print,
                             .print_decimal = decimal_print,
                             .text_width = text_width};

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

sy_status plug_read(const sy_reader *reader, const char *path, const struct plug_option *options,
                    size_t noptions, const struct plug_sink *sink, sy_error *err)
{
    struct sy_call call = {.format = reader->name,
                           .path = path,
                           .options = options,
                           .noptions = noptions,
                           .sink = sink,
                           .file = {.fd = -1}};
    sy_status status = check_options(&call, "reader", reader->options, "encoding", SY_EINPUT, err);
    if (status != SY_OK)
        return status;
    int rc = reader->read(&HOST, &call);
    text_close(call.text);
    if (call.raw)
        file_close(&call.file);
    status = judge_call(&call, rc, err);
    if (status == SY_OK && !call.has_header)
        return error_set(err, SY_EINPUT, path, 0, "is empty: no header");
    return status;
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
    sy_status status = check_options(&call, "writer", writer->options, NULL, SY_EUSAGE, err);
    if (status != SY_OK)
        return status;
    int rc = writer->write(&HOST, &call, what);
    return judge_call(&call, rc, err);
}
