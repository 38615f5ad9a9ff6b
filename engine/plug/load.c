/*
 * load.c - shared objects that add formats: found, checked, loaded or refused with a reason.
 */
#include "plug/registry.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

#define ENTRY "sy_plugin_v1"

static sy_status refuse(struct plug_registry *r, const char *path, const char *why, sy_error *err)
{
    struct refusal *refusal = calloc(1, sizeof *refusal);
    struct buf text = {0};
    if (refusal == NULL)
        return error_nomem(err);
    buf_printf(&text, "%s: %s", path, why);
    refusal->path = strdup(path);
    if (!text.failed && refusal->path != NULL &&
        registry_push(&r->refusals, &r->nrefusals, refusal)) {
        refusal->text = text.data;
        refusal->why = text.data + strlen(path) + 2;
        return SY_OK;
    }
    buf_dispose(&text);
    free(refusal->path);
    free(refusal);
    return error_nomem(err);
}

/* Code that others could have put there is not run. NULL where the owner and mode are safe. */
static const char *find_unsafe(const struct stat *st)
{
    if (st->st_uid != 0 && st->st_uid != geteuid())
        return "belongs to another user: not loaded; chown it to yours or to root's";
    if ((st->st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return "others may write it: not loaded; chmod go-w makes it safe";
    return NULL;
}

/* A link is as safe as the file that it leads to, and as that file's folder. */
static const char *find_unsafe_target(const char *path)
{
    struct stat st;
    if (lstat(path, &st) != 0 || !S_ISLNK(st.st_mode))
        return NULL;
    char *target = realpath(path, NULL);
    char *slash = target == NULL ? NULL : strrchr(target, '/');
    if (slash == NULL) {
        free(target);
        return "a link that cannot be followed: not loaded";
    }
    slash[slash == target] = '\0';
    bool safe = stat(target, &st) == 0 && find_unsafe(&st) == NULL;
    free(target);
    return safe ? NULL : "a link into a folder that others may write: not loaded; copy the file";
}

/* Calls the plugin's entry and registers what it offers. *kept: the handle is the registry's now.
 */
static sy_status register_plugin(struct plug_registry *r, const char *path, void *handle,
                                 bool *kept, sy_error *err)
{
    char why[512] = "";
    sy_plugin_fn entry = NULL;
    void *symbol = dlsym(handle, ENTRY);
    if (symbol == NULL)
        return refuse(r, path, "has no function " ENTRY ": build it anew", err);
    memcpy(&entry, &symbol, sizeof entry); /* ISO C has no cast from object to function */
    const sy_plugin *plugin = entry();
    if (plugin == NULL)
        return refuse(r, path, ENTRY " describes nothing: ask its author for another build", err);
    if (plugin->struct_size < offsetof(sy_plugin, name))
        return refuse(r, path, "its description is incomplete: build it anew", err);
    if (!registry_push(&r->handles, &r->nhandles, handle))
        return error_nomem(err);
    *kept = true;
    sy_status status = registry_add(r, plugin, path, why, sizeof why, err);
    if (status == SY_OK && why[0] != '\0') {
        r->nhandles--;
        *kept = false;
        status = refuse(r, path, why, err);
    }
    return status;
}

static sy_status refuse_foreign(struct plug_registry *r, const char *path,
                                const struct symbols *symbols, sy_error *err)
{
    char why[160];
    if (!symbols->readable)
        return refuse(r, path, "no shared library of this machine: build it anew, or remove it",
                      err);
    if (symbols->other == 0)
        return refuse(r, path, "not a Steelyard plugin: it has no function " ENTRY "; remove it",
                      err);
    snprintf(why, sizeof why,
             "built for plugin ABI %u, this is ABI %u: get it built for this version",
             symbols->other, SY_PLUGIN_ABI);
    return refuse(r, path, why, err);
}

/* The loader's words begin with the path when it is the plugin that is wrong, and with a library's
 * name where that is missing. */
static sy_status refuse_loader(struct plug_registry *r, const char *path, sy_error *err)
{
    char why[512];
    const char *said = dlerror();
    size_t len = strlen(path);
    if (said == NULL)
        said = "cannot be loaded";
    if (strncmp(said, path, len) == 0 && strncmp(said + len, ": ", 2) == 0)
        said += len + 2;
    bool missing = strstr(said, "cannot open shared object file") != NULL;
    snprintf(why, sizeof why, "%s%s", said,
             missing ? ": install the package that has this library" : "");
    return refuse(r, path, why, err);
}

sy_status load_file(struct plug_registry *r, const char *path, sy_error *err)
{
    struct stat st;
    struct symbols symbols;
    if (stat(path, &st) != 0) {
        const char *why = strerrordesc_np(errno);
        return refuse(r, path, why == NULL ? "cannot be read" : why, err);
    }
    if (!S_ISREG(st.st_mode))
        return refuse(r, path, "not a file: remove it", err);
    const char *unsafe = find_unsafe(&st);
    if (unsafe == NULL)
        unsafe = find_unsafe_target(path);
    if (unsafe != NULL)
        return refuse(r, path, unsafe, err);
    symbols_find(&symbols, path);
    if (!symbols.entry)
        return refuse_foreign(r, path, &symbols, err);

    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL)
        return refuse_loader(r, path, err);
    bool kept = false;
    sy_status status = register_plugin(r, path, handle, &kept, err);
    if (!kept)
        dlclose(handle);
    return status;
}

static bool is_library_name(const char *name)
{
    size_t len = strlen(name);
    return len > 3 && name[0] != '.' && strcmp(name + len - 3, ".so") == 0;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names of the folder's *.so files, sorted: the order of a folder is no order. */
static sy_status list_names(char ***out, size_t *n, const char *folder, DIR *dir, sy_error *err)
{
    sy_status status = SY_OK;
    const struct dirent *entry;
    errno = 0;
    while ((entry = readdir(dir)) != NULL) {
        if (!is_library_name(entry->d_name))
            continue;
        char *name = strdup(entry->d_name);
        if (name == NULL || !registry_push(out, n, name)) {
            free(name);
            return error_nomem(err);
        }
        errno = 0;
    }
    if (errno != 0)
        status = error_errno(err, "read", folder, errno);
    if (*n > 1)
        qsort(*out, *n, sizeof **out, compare_names);
    return status;
}

static sy_status wait_for(struct plug_registry *r, const char *path, sy_error *err)
{
    char *copy = strdup(path);
    if (copy != NULL && registry_push(&r->waiting, &r->nwaiting, copy))
        return SY_OK;
    free(copy);
    return error_nomem(err);
}

static sy_status load_names(struct plug_registry *r, const char *folder, char *const *names,
                            size_t n, sy_error *err)
{
    struct buf path = {0};
    sy_status status = SY_OK;
    for (size_t i = 0; i < n && status == SY_OK; i++) {
        buf_clear(&path);
        buf_printf(&path, "%s/%s", folder, names[i]); /* with its slash dlopen searches nowhere */
        if (path.failed)
            status = error_nomem(err);
        else if (known_format(names[i], strcspn(names[i], "_.")))
            status = wait_for(r, buf_text(&path), err);
        else
            status = load_file(r, buf_text(&path), err);
    }
    buf_dispose(&path);
    return status;
}

sy_status load_folder(struct plug_registry *r, const char *folder, sy_error *err)
{
    DIR *dir = folder[0] == '\0' ? NULL : opendir(folder);
    if (dir == NULL) {
        if (folder[0] == '\0' || errno == ENOENT || errno == ENOTDIR)
            return SY_OK;
        const char *why = strerrordesc_np(errno);
        return refuse(r, folder, why == NULL ? "cannot be read" : why, err);
    }
    struct stat st;
    char **names = NULL;
    size_t n = 0;
    sy_status status = list_names(&names, &n, folder, dir, err);
    const char *unsafe = fstat(dirfd(dir), &st) != 0 ? "cannot be read" : find_unsafe(&st);
    if (status == SY_OK && n > 0) {
        if (unsafe != NULL)
            status = refuse(r, folder, unsafe, err);
        else
            status = load_names(r, folder, names, n, err);
    }
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
    closedir(dir);
    return status;
}
