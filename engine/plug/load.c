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
    struct buf text = {0};
    buf_printf(&text, "%s: %s", path, why);
    if (text.failed || !registry_push(&r->refusals, &r->nrefusals, text.data)) {
        buf_dispose(&text);
        return error_nomem(err);
    }
    return SY_OK;
}

/* Code that others could have put there is not run. NULL where the owner and mode are safe. */
static const char *find_unsafe(const struct stat *st)
{
    if (st->st_uid != 0 && st->st_uid != geteuid())
        return "belongs to another user: not loaded";
    if ((st->st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return "others may write it: not loaded; chmod go-w makes it safe";
    return NULL;
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
        return refuse(r, path, "not a Steelyard plugin, or built for another ABI: no " ENTRY, err);
    memcpy(&entry, &symbol, sizeof entry); /* ISO C has no cast from object to function */
    const sy_plugin *plugin = entry();
    if (plugin == NULL || plugin->struct_size < offsetof(sy_plugin, name))
        return refuse(r, path, "its description is incomplete: build it anew", err);
    if (!registry_push(&r->handles, &r->nhandles, handle))
        return error_nomem(err);
    *kept = true;
    sy_status status = registry_add(r, plugin, why, sizeof why, err);
    if (status == SY_OK && why[0] != '\0') {
        r->nhandles--;
        *kept = false;
        status = refuse(r, path, why, err);
    }
    return status;
}

static sy_status load_file(struct plug_registry *r, const char *path, sy_error *err)
{
    struct stat st;
    if (stat(path, &st) != 0) {
        const char *why = strerrordesc_np(errno);
        return refuse(r, path, why == NULL ? "cannot be read" : why, err);
    }
    if (!S_ISREG(st.st_mode))
        return refuse(r, path, "not a file", err);
    const char *unsafe = find_unsafe(&st);
    if (unsafe != NULL)
        return refuse(r, path, unsafe, err);

    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) {
        const char *why = dlerror();
        return refuse(r, path, why == NULL ? "cannot be loaded" : why, err);
    }
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

static sy_status load_names(struct plug_registry *r, const char *folder, char *const *names,
                            size_t n, sy_error *err)
{
    struct buf path = {0};
    sy_status status = SY_OK;
    for (size_t i = 0; i < n && status == SY_OK; i++) {
        buf_clear(&path);
        buf_printf(&path, "%s/%s", folder, names[i]); /* with its slash dlopen searches nowhere */
        status = path.failed ? error_nomem(err) : load_file(r, buf_text(&path), err);
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
