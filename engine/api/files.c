/*
 * files.c - steelyard.h: where the files of an evaluation lie, those that are not there yet
 * included.
 *
 * Folders are told, not files: an editor saves by renaming a new file over the old one, and a file
 * that a source's `*` will match is not there before it is.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "base/pattern.h"
#include "base/pool.h"
#include "model/evaluation.h"
#include "model/yardstick.h"
#include "stage/load_path.h"
#include <steelyard/steelyard.h>

enum names {
    NAMES_PATTERN, /* what the entry's pattern matches */
    NAMES_CONFIG,  /* INIs, and folders of years */
    NAMES_SCRIPTS  /* scripts but no tests, folders of years, lib */
};

/* What counts in a folder. Owns: pattern. */
struct entry {
    uint32_t folder;
    enum names names;
    char *pattern;
};

/* Owns: everything. */
struct sy_files {
    struct pool folders, files;
    struct entry *entries;
    size_t n, cap;
};

static bool ends_with(const char *text, const char *tail)
{
    size_t len = strlen(text), n = strlen(tail);
    return len >= n && strcmp(text + len - n, tail) == 0;
}

static bool is_years(const char *name)
{
    int first, last;
    return yard_year_folder(name, &first, &last);
}

static bool fits(const struct entry *e, const char *name)
{
    if (name[0] == '.' && !(e->pattern && e->pattern[0] == '.'))
        return false;
    switch (e->names) {
    case NAMES_PATTERN:
        return pattern_match(e->pattern, name);
    case NAMES_CONFIG:
        return ends_with(name, ".ini") || is_years(name);
    case NAMES_SCRIPTS:
        return (ends_with(name, ".lua") && !ends_with(name, "_test.lua")) || is_years(name) ||
               strcmp(name, "lib") == 0;
    }
    return false;
}

/* `len` bytes of `folder`; none: the current one. */
static sy_status add_entry(sy_files *f, const char *folder, size_t len, enum names names,
                           const char *pattern, size_t pattern_len, sy_error *err)
{
    if (f->n == f->cap) {
        size_t cap = f->cap ? f->cap * 2 : 16;
        struct entry *grown = realloc(f->entries, cap * sizeof *grown);
        if (!grown)
            return error_nomem(err);
        f->entries = grown;
        f->cap = cap;
    }
    uint32_t id = pool_intern(&f->folders, len ? folder : ".", len ? len : 1);
    char *copy = pattern ? strndup(pattern, pattern_len) : NULL;
    if (id == POOL_NONE || (pattern && !copy)) {
        free(copy);
        return error_nomem(err);
    }
    f->entries[f->n++] = (struct entry){id, names, copy};
    return SY_OK;
}

/* A name in each folder that is there of those that `prefix`, a pattern, stands for. */
static sy_status add_name(sy_files *f, const char *prefix, const char *name, size_t len,
                          sy_error *err)
{
    char **paths = NULL;
    size_t n = 0;
    if (!*prefix)
        return add_entry(f, "", 0, NAMES_PATTERN, name, len, err);
    sy_status status = file_glob(&paths, &n, prefix, err);
    for (size_t i = 0; i < n && status == SY_OK; i++)
        if (file_is_folder(paths[i]))
            status = add_entry(f, paths[i], strlen(paths[i]), NAMES_PATTERN, name, len, err);
    file_glob_free(paths, n);
    return status;
}

/* Each folder on the way to what a path with `*` stands for: one may come into being, too. */
static sy_status add_way(sy_files *f, const char *path, sy_error *err)
{
    sy_status status = SY_OK;
    for (const char *c = path; *c && status == SY_OK;) {
        size_t slashes = strspn(c, "/"), len = strcspn(c + slashes, "/");
        /* The root keeps its slash. */
        size_t before = c == path ? slashes : (size_t)(c - path);
        char *prefix = strndup(path, before);
        if (!prefix)
            return error_nomem(err);
        if (len)
            status = add_name(f, prefix, c + slashes, len, err);
        free(prefix);
        c += slashes + len;
    }
    return status;
}

/* A file that is there; behind a symbolic link another one is saved. */
static sy_status add_file(sy_files *f, const char *path, sy_error *err)
{
    char *behind;
    if (!file_is_regular(path))
        return SY_OK;
    if (pool_intern_str(&f->files, path) == POOL_NONE)
        return error_nomem(err);
    sy_status status = file_behind(&behind, path, err);
    if (status != SY_OK || !behind)
        return status;
    const char *slash = strrchr(behind, '/');
    size_t len = slash == behind ? 1 : (size_t)(slash - behind);
    status = add_entry(f, behind, len, NAMES_PATTERN, slash + 1, strlen(slash + 1), err);
    free(behind);
    return status;
}

static sy_status add_source(sy_files *f, const char *path, bool glob, sy_error *err)
{
    char **paths = NULL;
    size_t n = 0;
    sy_status status = add_way(f, path, err);
    if (status == SY_OK && !glob)
        return add_file(f, path, err);
    if (status == SY_OK)
        status = file_glob(&paths, &n, path, err);
    for (size_t i = 0; i < n && status == SY_OK; i++)
        status = add_file(f, paths[i], err);
    file_glob_free(paths, n);
    return status;
}

/* The INIs or scripts right in a folder, and the folders of years and `lib` in it. */
static sy_status add_folder(sy_files *f, const char *folder, enum names names, bool deep,
                            sy_error *err)
{
    char **paths = NULL;
    size_t n = 0;
    struct buf all = {0};
    if (!file_is_folder(folder))
        return SY_OK;
    sy_status status = add_entry(f, folder, strlen(folder), names, NULL, 0, err);
    const struct entry this = {.names = names};
    buf_printf(&all, "%s/*", folder);
    if (status == SY_OK)
        status = all.failed ? error_nomem(err) : file_glob(&paths, &n, buf_text(&all), err);
    for (size_t i = 0; i < n && status == SY_OK; i++) {
        if (!fits(&this, strrchr(paths[i], '/') + 1))
            continue;
        if (!file_is_folder(paths[i]))
            status = add_file(f, paths[i], err);
        else if (deep)
            status = add_folder(f, paths[i], names, false, err);
    }
    file_glob_free(paths, n);
    buf_dispose(&all);
    return status;
}

/* config/ and scripts/ of a folder ("": the current one), there or not. */
static sy_status add_rules(sy_files *f, const char *folder, sy_error *err)
{
    static const char *const names[] = {"config", "scripts"};
    static const enum names what[] = {NAMES_CONFIG, NAMES_SCRIPTS};
    sy_status status = SY_OK;
    for (size_t i = 0; i < 2 && status == SY_OK; i++) {
        struct buf path = {0};
        buf_printf(&path, "%s%s%s", folder, *folder ? "/" : "", names[i]);
        status =
            add_entry(f, folder, strlen(folder), NAMES_PATTERN, names[i], strlen(names[i]), err);
        if (status == SY_OK)
            status =
                path.failed ? error_nomem(err) : add_folder(f, buf_text(&path), what[i], true, err);
        buf_dispose(&path);
    }
    return status;
}

/* The files of one [data] section, of each year. */
static sy_status add_section(sy_files *f, const struct evaluation *e,
                             const struct data_source *source, sy_error *err)
{
    bool yearly = source->path && strstr(source->path, "{year}") != NULL;
    sy_status status = SY_OK;
    if (!source->path) /* what a server holds: nobody sees it change */
        return SY_OK;
    for (size_t y = 0; y < (yearly ? e->nyears : 1) && status == SY_OK; y++) {
        char *filled = load_path_fill(source->path, yearly ? e->years[y] : 0, "*");
        char *path = filled ? evaluation_path(e, filled) : NULL;
        status = path ? add_source(f, path, true, err) : error_nomem(err);
        free(path);
        free(filled);
    }
    return status;
}

/* An evaluation.ini that cannot be read names no data: who mends it saves it. */
static sy_status add_evaluation(sy_files *f, const char *path, sy_error *err)
{
    struct evaluation *e = NULL;
    struct buf ini = {0}, folder = {0};
    const char *slash = strrchr(path, '/');
    if (file_is_folder(path)) {
        size_t len = strlen(path);
        while (len > 1 && path[len - 1] == '/')
            len--;
        buf_add(&folder, path, len);
        buf_printf(&ini, "%s/evaluation.ini", buf_text(&folder));
    } else {
        buf_str(&ini, path);
        buf_add(&folder, path, slash == path ? 1 : slash ? (size_t)(slash - path) : 0);
    }
    sy_status status = ini.failed || folder.failed ? error_nomem(err) : SY_OK;
    if (status == SY_OK)
        status = add_source(f, buf_text(&ini), false, err);
    if (status == SY_OK)
        status = add_rules(f, buf_text(&folder), err);
    if (status == SY_OK && evaluation_load(&e, path, NULL) == SY_OK)
        for (size_t i = 0; i < e->nsources && status == SY_OK; i++)
            status = add_section(f, e, &e->sources[i], err);
    evaluation_free(e);
    buf_dispose(&ini);
    buf_dispose(&folder);
    return status;
}

sy_status sy_files_open(sy_files **out, const char *evaluation, const char *data, sy_error *err)
{
    if (!*evaluation || !file_exists(evaluation))
        return error_set(err, SY_EFILE, evaluation, 0, "no such file or folder");
    sy_files *f = calloc(1, sizeof *f);
    if (!f)
        return error_nomem(err);
    bool single = !file_is_folder(evaluation) && !ends_with(evaluation, ".ini");
    sy_status status =
        single ? add_source(f, evaluation, false, err) : add_evaluation(f, evaluation, err);
    if (status == SY_OK)
        status = add_rules(f, data ? data : "", err);
    if (status == SY_OK)
        *out = f;
    else
        sy_files_close(f);
    return status;
}

void sy_files_close(sy_files *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->n; i++)
        free(f->entries[i].pattern);
    free(f->entries);
    pool_dispose(&f->folders);
    pool_dispose(&f->files);
    free(f);
}

size_t sy_files_count(const sy_files *f)
{
    return f->files.count;
}

size_t sy_files_nfolders(const sy_files *f)
{
    return f->folders.count;
}

const char *sy_files_folder(const sy_files *f, size_t i)
{
    return pool_text(&f->folders, (uint32_t)i);
}

int sy_files_names(const sy_files *f, size_t folder, const char *name)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->entries[i].folder == folder && fits(&f->entries[i], name))
            return 1;
    return 0;
}
