/*
 * registry.h - what the files of plug share about the formats that are known.
 */
#ifndef PLUG_REGISTRY_H
#define PLUG_REGISTRY_H

#include "base/buf.h"
#include "plug/host.h"

/* A plugin that is in use. Owns: path. The texts stay the plugin's, which is loaded until
 * plug_close. */
struct plug_origin {
    char *path; /* NULL: built in */
    const char *name, *version, *license;
};

/* Copies of our own, since a plugin's struct may be longer or shorter than ours. */
struct reader_entry {
    sy_reader reader;
    const struct plug_origin *from;
};

struct writer_entry {
    sy_writer writer;
    const struct plug_origin *from;
};

/* A plugin left out. Owns: path, text. */
struct refusal {
    char *path;
    char *text;      /* "path: why" */
    const char *why; /* within text */
};

/* Owns: everything. */
struct plug_registry {
    struct reader_entry **readers;
    size_t nreaders;
    struct writer_entry **writers;
    size_t nwriters;
    struct plug_origin **origins;
    size_t norigins;
    void **handles;
    size_t nhandles;
    struct refusal **refusals;
    size_t nrefusals;
    struct buf writer_names, reader_names;
    char **waiting; /* plugins that are loaded when somebody asks for their format */
    size_t nwaiting;
    struct plug_registry *self; /* who asks for a format has a const one */
};

/* Adds all that a plugin offers, or nothing: *why then says what is wrong with it (in `why`, of
 * `cap` bytes; "" where all is well). `path`: NULL for a built-in one. A failure is lack of memory.
 */
sy_status registry_add(struct plug_registry *r, const sy_plugin *plugin, const char *path,
                       char *why, size_t cap, sy_error *err);
/* What is wrong with a plugin's description; "" in `why` where nothing is. In describe.c. */
bool describe_check(const struct plug_registry *r, const sy_plugin *plugin, char *why, size_t cap);
/* Entry i of a plugin's array, whose stride is the size that the plugin was built with. */
const void *describe_at(const void *array, size_t stride, size_t i);
bool registry_is_builtin(const sy_reader *reader);

/* Whether a list of words with blanks between them holds the extension, in any case. */
bool registry_lists(const char *list, const char *extension);

/* Grows an array of pointers by one and puts `item` at its end. False: no memory. */
bool registry_push(void *array, size_t *n, void *item);

/* Loads the plugins of one folder; what cannot be used becomes a refusal. Those that are called
 * like a format of ours wait: libraries of some take longer to load than a small evaluation. */
sy_status load_folder(struct plug_registry *r, const char *folder, sy_error *err);
sy_status load_file(struct plug_registry *r, const char *path, sy_error *err);

/* Whether a plugin of ours brings the format, and which one brings files with the extension. In
 * known.c. */
bool known_format(const char *name, size_t len);
const char *known_extension(const char *extension);

/* Which entries a file has, found without loading it. */
struct symbols {
    bool readable;  /* a shared library of this kind of machine */
    bool entry;     /* has sy_plugin_vN, N = SY_PLUGIN_ABI */
    unsigned other; /* another N that it has; 0: none */
};

void symbols_find(struct symbols *out, const char *path);

#endif
