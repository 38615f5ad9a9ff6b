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
#define READER_MIN offsetof(sy_reader, flags) /* what the first plugins knew; the rest is 0 */

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

/* Entry i of a plugin's array, whose stride is the size that the plugin was built with. */
static const void *entry_at(const void *array, size_t stride, size_t i)
{
    return (const char *)array + i * stride;
}

static bool check_reader(const struct plug_registry *r, const sy_reader *reader, char *why,
                         size_t cap)
{
    if (reader->struct_size < READER_MIN)
        snprintf(why, cap, "a reader's description is too small: build it anew");
    else if (reader->name == NULL || reader->read == NULL)
        snprintf(why, cap, "a reader has no name or no read function");
    else if (plug_reader(r, reader->name) != NULL)
        snprintf(why, cap, "reader '%s' is there already", reader->name);
    return why[0] == '\0';
}

static bool check_writer(const struct plug_registry *r, const sy_writer *writer, char *why,
                         size_t cap)
{
    if (writer->struct_size < sizeof *writer)
        snprintf(why, cap, "a writer's description is too small: build it anew");
    else if (writer->name == NULL || writer->write == NULL)
        snprintf(why, cap, "a writer has no name or no write function");
    else if (writer->takes != SY_TAKES_ROWS && writer->takes != SY_TAKES_TREE)
        snprintf(why, cap, "writer '%s' takes neither rows nor a tree", writer->name);
    else if (plug_writer(r, writer->name) != NULL)
        snprintf(why, cap, "writer '%s' is there already", writer->name);
    return why[0] == '\0';
}

static bool check_plugin(const struct plug_registry *r, const sy_plugin *p, char *why, size_t cap)
{
    if (p->abi != SY_PLUGIN_ABI) {
        snprintf(why, cap, "built for plugin ABI %u, this is ABI %u: get it built for this version",
                 (unsigned)p->abi, SY_PLUGIN_ABI);
        return false;
    }
    if (p->struct_size < sizeof *p || p->name == NULL || (p->nreaders > 0 && p->readers == NULL) ||
        (p->nwriters > 0 && p->writers == NULL)) {
        snprintf(why, cap, "its description is incomplete: build it anew");
        return false;
    }
    for (size_t i = 0; i < p->nreaders; i++) {
        if (!check_reader(r, entry_at(p->readers, p->readers->struct_size, i), why, cap))
            return false;
    }
    for (size_t i = 0; i < p->nwriters; i++) {
        if (!check_writer(r, entry_at(p->writers, p->writers->struct_size, i), why, cap))
            return false;
    }
    return true;
}

static bool add_reader(struct plug_registry *r, const sy_reader *theirs)
{
    sy_reader *own = calloc(1, sizeof *own);
    if (own == NULL)
        return false;
    memcpy(own, theirs, clip(theirs->struct_size, sizeof *own));
    own->struct_size = sizeof *own;
    own->extensions = or_empty(own->extensions);
    own->summary = or_empty(own->summary);
    if (own->options == NULL)
        own->options = NO_OPTIONS;
    buf_str(&r->reader_names, r->nreaders > 0 ? ", " : "");
    buf_str(&r->reader_names, own->name);
    if (!r->reader_names.failed && registry_push(&r->readers, &r->nreaders, own))
        return true;
    free(own);
    return false;
}

static bool add_writer(struct plug_registry *r, const sy_writer *theirs)
{
    sy_writer *own = calloc(1, sizeof *own);
    if (own == NULL)
        return false;
    memcpy(own, theirs, clip(theirs->struct_size, sizeof *own));
    own->struct_size = sizeof *own;
    own->extensions = or_empty(own->extensions);
    own->summary = or_empty(own->summary);
    if (own->options == NULL)
        own->options = NO_OPTIONS;
    buf_str(&r->writer_names, r->nwriters > 0 ? ", " : "");
    buf_str(&r->writer_names, own->name);
    if (!r->writer_names.failed && registry_push(&r->writers, &r->nwriters, own))
        return true;
    free(own);
    return false;
}

sy_status registry_add(struct plug_registry *r, const sy_plugin *plugin, char *why, size_t cap,
                       sy_error *err)
{
    why[0] = '\0';
    if (!check_plugin(r, plugin, why, cap))
        return SY_OK;
    for (size_t i = 0; i < plugin->nreaders; i++) {
        if (!add_reader(r, entry_at(plugin->readers, plugin->readers->struct_size, i)))
            return error_nomem(err);
    }
    for (size_t i = 0; i < plugin->nwriters; i++) {
        if (!add_writer(r, entry_at(plugin->writers, plugin->writers->struct_size, i)))
            return error_nomem(err);
    }
    return SY_OK;
}

static sy_status add_builtins(struct plug_registry *r, sy_error *err)
{
    const sy_plugin *const builtins[] = {plug_builtin_csv(), plug_builtin_json(),
                                         plug_builtin_table()};
    char why[256];
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++) {
        sy_status status = registry_add(r, builtins[i], why, sizeof why, err);
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
    for (size_t i = 0; i < r->nrefusals; i++)
        free(r->refusals[i]);
    for (size_t i = r->nhandles; i > 0; i--)
        dlclose(r->handles[i - 1]);
    free(r->readers);
    free(r->writers);
    free(r->refusals);
    free(r->handles);
    buf_dispose(&r->writer_names);
    buf_dispose(&r->reader_names);
    free(r);
}

size_t plug_nrefused(const struct plug_registry *r)
{
    return r->nrefusals;
}

const char *plug_refusal(const struct plug_registry *r, size_t i)
{
    return i < r->nrefusals ? r->refusals[i] : NULL;
}

const sy_reader *plug_reader(const struct plug_registry *r, const char *name)
{
    for (size_t i = 0; i < r->nreaders; i++) {
        if (strcmp(r->readers[i]->name, name) == 0)
            return r->readers[i];
    }
    return NULL;
}

const sy_writer *plug_writer(const struct plug_registry *r, const char *name)
{
    for (size_t i = 0; i < r->nwriters; i++) {
        if (strcmp(r->writers[i]->name, name) == 0)
            return r->writers[i];
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

/* Whether a list of words with blanks between them holds the extension, in any case. */
static bool list_has(const char *list, const char *extension)
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
        int sure = r->readers[i]->probe == NULL ? 0 : r->readers[i]->probe(head, len);
        if (sure > best_sure) {
            best = r->readers[i];
            best_sure = sure;
        } else if (sure == best_sure) {
            best = NULL;
        }
    }
    return best;
}

sy_status plug_reader_for(const sy_reader **out, const struct plug_registry *r, const char *path,
                          sy_error *err)
{
    const char *extension = find_extension(path);
    for (size_t i = 0; extension != NULL && i < r->nreaders; i++) {
        if (list_has(r->readers[i]->extensions, extension)) {
            *out = r->readers[i];
            return SY_OK;
        }
    }
    struct file_reader f;
    char head[HEAD_BYTES];
    size_t len = 0;
    sy_status status = file_open(&f, path, err);
    if (status != SY_OK)
        return status;
    if (f.regular) /* what is read of a pipe is gone */
        status = file_read(&f, head, sizeof head, &len, err);
    file_close(&f);
    if (status != SY_OK)
        return status;
    const sy_reader *best = probe_readers(r, head, len);
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
        if (list_has(r->writers[i]->extensions, extension))
            return r->writers[i];
    }
    return NULL;
}
