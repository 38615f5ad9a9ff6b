/*
 * registry.c - readers and writers by name, by extension and by content.
 */
#include "plug/registry.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"

#define HEAD_BYTES 4096

static const char *const NO_OPTIONS[] = {NULL};

bool registry_push(void *array, size_t *n, void *item)
{
    void **items;
    memcpy(&items, array, sizeof items);
    void **grown = realloc(items, (*n + 1) * sizeof *grown);
    if (grown == NULL)
        return false;
    grown[(*n)++] = item;
    memcpy(array, &grown, sizeof grown);
    return true;
}

static size_t clip(size_t theirs, size_t ours)
{
    return theirs < ours ? theirs : ours;
}

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

static bool add_reader(struct plug_registry *r, const sy_reader *theirs,
                       const struct plug_origin *from)
{
    struct reader_entry *own = calloc(1, sizeof *own);
    if (own == NULL)
        return false;
    sy_reader *reader = &own->reader;
    memcpy(reader, theirs, clip(theirs->struct_size, sizeof *reader));
    reader->struct_size = sizeof *reader;
    reader->extensions = or_empty(reader->extensions);
    reader->summary = or_empty(reader->summary);
    if (reader->options == NULL)
        reader->options = NO_OPTIONS;
    own->from = from;
    buf_str(&r->reader_names, r->nreaders > 0 ? ", " : "");
    buf_str(&r->reader_names, reader->name);
    if (!r->reader_names.failed && registry_push(&r->readers, &r->nreaders, own))
        return true;
    free(own);
    return false;
}

static bool add_writer(struct plug_registry *r, const sy_writer *theirs,
                       const struct plug_origin *from)
{
    struct writer_entry *own = calloc(1, sizeof *own);
    if (own == NULL)
        return false;
    sy_writer *writer = &own->writer;
    memcpy(writer, theirs, clip(theirs->struct_size, sizeof *writer));
    writer->struct_size = sizeof *writer;
    writer->extensions = or_empty(writer->extensions);
    writer->summary = or_empty(writer->summary);
    if (writer->options == NULL)
        writer->options = NO_OPTIONS;
    own->from = from;
    buf_str(&r->writer_names, r->nwriters > 0 ? ", " : "");
    buf_str(&r->writer_names, writer->name);
    if (!r->writer_names.failed && registry_push(&r->writers, &r->nwriters, own))
        return true;
    free(own);
    return false;
}

static const struct plug_origin *add_origin(struct plug_registry *r, const sy_plugin *plugin,
                                            const char *path)
{
    struct plug_origin *own = calloc(1, sizeof *own);
    if (own == NULL)
        return NULL;
    *own = (struct plug_origin){path == NULL ? NULL : strdup(path), plugin->name,
                                or_empty(plugin->version), or_empty(plugin->license)};
    if ((path == NULL || own->path != NULL) && registry_push(&r->origins, &r->norigins, own))
        return own;
    free(own->path);
    free(own);
    return NULL;
}

sy_status registry_add(struct plug_registry *r, const sy_plugin *plugin, const char *path,
                       char *why, size_t cap, sy_error *err)
{
    why[0] = '\0';
    if (!describe_check(r, plugin, why, cap))
        return SY_OK;
    const struct plug_origin *from = add_origin(r, plugin, path);
    if (from == NULL)
        return error_nomem(err);
    for (size_t i = 0; i < plugin->nreaders; i++) {
        if (!add_reader(r, describe_at(plugin->readers, plugin->readers->struct_size, i), from))
            return error_nomem(err);
    }
    for (size_t i = 0; i < plugin->nwriters; i++) {
        if (!add_writer(r, describe_at(plugin->writers, plugin->writers->struct_size, i), from))
            return error_nomem(err);
    }
    return SY_OK;
}

typedef const sy_plugin *(*builtin_fn)(void);

static const builtin_fn BUILTINS[] = {plug_builtin_csv, plug_builtin_json, plug_builtin_markdown,
                                      plug_builtin_table};
#define NBUILTINS (sizeof BUILTINS / sizeof *BUILTINS)

bool registry_is_builtin(const sy_reader *reader)
{
    for (size_t i = 0; i < NBUILTINS; i++) {
        const sy_plugin *plugin = BUILTINS[i]();
        for (size_t k = 0; k < plugin->nreaders; k++) {
            if (plugin->readers[k].read == reader->read)
                return true;
        }
    }
    return false;
}

static sy_status add_builtins(struct plug_registry *r, sy_error *err)
{
    char why[256];
    for (size_t i = 0; i < NBUILTINS; i++) {
        sy_status status = registry_add(r, BUILTINS[i](), NULL, why, sizeof why, err);
        if (status == SY_OK && why[0] != '\0')
            status = error_set(err, SY_EABI, NULL, 0, "built-in plugin: %s", why);
        if (status != SY_OK)
            return status;
    }
    return SY_OK;
}

sy_status plug_open(struct plug_registry **out, const char *const *folders, sy_error *err)
{
    struct plug_registry *r = calloc(1, sizeof *r);
    if (r == NULL)
        return error_nomem(err);
    r->self = r;
    sy_status status = add_builtins(r, err);
    for (size_t i = 0; status == SY_OK && folders != NULL && folders[i] != NULL; i++)
        status = load_folder(r, folders[i], err);
    if (status != SY_OK) {
        plug_close(r);
        return status;
    }
    *out = r;
    return SY_OK;
}

void plug_close(struct plug_registry *r)
{
    if (r == NULL)
        return;
    for (size_t i = 0; i < r->nreaders; i++)
        free(r->readers[i]);
    for (size_t i = 0; i < r->nwriters; i++)
        free(r->writers[i]);
    for (size_t i = 0; i < r->norigins; i++) {
        free(r->origins[i]->path);
        free(r->origins[i]);
    }
    for (size_t i = 0; i < r->nrefusals; i++) {
        free(r->refusals[i]->path);
        free(r->refusals[i]->text);
        free(r->refusals[i]);
    }
    for (size_t i = r->nhandles; i > 0; i--)
        dlclose(r->handles[i - 1]);
    free(r->readers);
    free(r->writers);
    free(r->origins);
    free(r->refusals);
    free(r->handles);
    for (size_t i = 0; i < r->nwaiting; i++)
        free(r->waiting[i]);
    free(r->waiting);
    buf_dispose(&r->writer_names);
    buf_dispose(&r->reader_names);
    free(r);
}

/* The format that a plugin waiting at the path is called after: "…/xlsx.so", "…/xlsx_write.so". */
static bool is_called(const char *path, const char *format)
{
    const char *name = strrchr(path, '/') + 1;
    const size_t len = strlen(format);
    return strncmp(name, format, len) == 0 && strcspn(name, "_.") == len;
}

sy_status plug_ready(const struct plug_registry *r, const char *format, sy_error *err)
{
    sy_status status = SY_OK;
    for (size_t i = 0; i < r->nwaiting && status == SY_OK; i++) {
        char *path = r->waiting[i];
        if (path == NULL || (format != NULL && !is_called(path, format)))
            continue;
        r->waiting[i] = NULL;
        status = load_file(r->self, path, err);
        free(path);
    }
    return status;
}

size_t plug_nrefused(const struct plug_registry *r)
{
    return r->nrefusals;
}

const char *plug_refusal(const struct plug_registry *r, size_t i)
{
    return i < r->nrefusals ? r->refusals[i]->text : NULL;
}

const sy_reader *plug_reader(const struct plug_registry *r, const char *name)
{
    for (size_t i = 0; i < r->nreaders; i++) {
        if (strcmp(r->readers[i]->reader.name, name) == 0)
            return &r->readers[i]->reader;
    }
    return NULL;
}

const sy_writer *plug_writer(const struct plug_registry *r, const char *name)
{
    for (size_t i = 0; i < r->nwriters; i++) {
        if (strcmp(r->writers[i]->writer.name, name) == 0)
            return &r->writers[i]->writer;
    }
    return NULL;
}

const char *plug_reader_names(const struct plug_registry *r)
{
    return buf_text(&r->reader_names);
}

const char *plug_writer_names(const struct plug_registry *r)
{
    return buf_text(&r->writer_names);
}

/* The extension without its dot, or NULL. */
static const char *find_extension(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    const char *dot = strrchr(name, '.');
    return dot == NULL || dot == name || dot[1] == '\0' ? NULL : dot + 1;
}

bool registry_lists(const char *list, const char *extension)
{
    size_t len = strlen(extension);
    for (;;) {
        list += strspn(list, " ");
        size_t word = strcspn(list, " ");
        if (word == 0)
            return false;
        if (word == len && strncasecmp(list, extension, len) == 0)
            return true;
        list += word;
    }
}

/* The reader that is surest by the first bytes of the file; NULL where none is, or two are alike.
 */
static const sy_reader *probe_readers(const struct plug_registry *r, const char *head, size_t len)
{
    const sy_reader *best = NULL;
    int best_sure = 0;
    for (size_t i = 0; i < r->nreaders; i++) {
        const sy_reader *reader = &r->readers[i]->reader;
        int sure = reader->probe == NULL ? 0 : reader->probe(head, len);
        if (sure > best_sure) {
            best = reader;
            best_sure = sure;
        } else if (sure == best_sure) {
            best = NULL;
        }
    }
    return best;
}

sy_status plug_ready_for(const struct plug_registry *r, const char *path, sy_error *err)
{
    const char *extension = find_extension(path);
    const char *format = extension == NULL ? NULL : known_extension(extension);
    return format == NULL ? SY_OK : plug_ready(r, format, err);
}

sy_status plug_reader_for(const sy_reader **out, const struct plug_registry *r, const char *path,
                          sy_error *err)
{
    const char *extension = find_extension(path);
    sy_status status = plug_ready_for(r, path, err);
    if (status != SY_OK)
        return status;
    for (size_t i = 0; extension != NULL && i < r->nreaders; i++) {
        if (registry_lists(r->readers[i]->reader.extensions, extension)) {
            *out = &r->readers[i]->reader;
            return SY_OK;
        }
    }
    struct file_reader f;
    char head[HEAD_BYTES];
    size_t len = 0;
    status = plug_ready(r, NULL, err);
    if (status == SY_OK)
        status = file_open(&f, path, err);
    if (status != SY_OK)
        return status;
    if (f.regular) /* what is read of a pipe is gone */
        status = file_read(&f, head, sizeof head, &len, err);
    file_close(&f);
    if (status != SY_OK)
        return status;
    const sy_reader *best = probe_readers(r, head, len);
    const char *needs = extension == NULL ? NULL : plug_absent(r, extension, false);
    if (best == NULL && needs != NULL)
        return error_set(err, SY_EINPUT, path, 0,
                         "no plugin reads %s here (it would need %s): save it as one that has a "
                         "reader (%s), or see steelyard plugins",
                         extension, needs, plug_reader_names(r));
    if (best == NULL)
        return error_set(err, SY_EINPUT, path, 0,
                         "format not known: save it as one that has a reader (%s), with its usual "
                         "extension",
                         plug_reader_names(r));
    *out = best;
    return SY_OK;
}

const sy_writer *plug_writer_for(const struct plug_registry *r, const char *path)
{
    const char *extension = find_extension(path);
    for (size_t i = 0; extension != NULL && i < r->nwriters; i++) {
        if (registry_lists(r->writers[i]->writer.extensions, extension))
            return &r->writers[i]->writer;
    }
    return NULL;
}
