/*
 * registry.h - what the files of plug share about the formats that are known.
 */
#ifndef PLUG_REGISTRY_H
#define PLUG_REGISTRY_H

#include "base/buf.h"
#include "plug/host.h"

/* Owns: everything. Readers and writers are copies of their own, since a plugin's struct may be
 * longer than ours; the texts in them stay the plugin's, which is loaded until plug_close. */
struct plug_registry {
    sy_reader **readers;
    size_t nreaders;
    sy_writer **writers;
    size_t nwriters;
    void **handles;
    size_t nhandles;
    char **refusals;
    size_t nrefusals;
    struct buf writer_names, reader_names;
};

/* Adds all that a plugin offers, or nothing: *why then says what is wrong with it (in `why`, of
 * `cap` bytes; "" where all is well). A failure is lack of memory. */
sy_status registry_add(struct plug_registry *r, const sy_plugin *plugin, char *why, size_t cap,
                       sy_error *err);

/* Grows an array of pointers by one and puts `item` at its end. False: no memory. */
bool registry_push(void *array, size_t *n, void *item);

/* Loads the plugins of one folder; what cannot be used becomes a refusal. */
sy_status load_folder(struct plug_registry *r, const char *folder, sy_error *err);

#endif
