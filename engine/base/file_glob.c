/*
 * file_glob.c - the files that a path with `*` stands for, in a fixed order.
 */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/pattern.h"

/* Paths found so far, and the path that the walk stands at. Owns: paths and at. */
struct walk {
    char **paths;
    size_t n;
    size_t cap;
    struct buf at;
};

void file_glob_free(char **paths, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(paths[i]);
    free(paths);
}

static sy_status add_path(struct walk *w, const char *path, sy_error *err)
{
    if (w->n == w->cap) {
        size_t cap = w->cap == 0 ? 16 : w->cap * 2;
        char **grown = realloc(w->paths, cap * sizeof *grown);
        if (grown == NULL)
            return error_nomem(err);
        w->paths = grown;
        w->cap = cap;
    }
    w->paths[w->n] = strdup(path);
    if (w->paths[w->n] == NULL)
        return error_nomem(err);
    w->n++;
    return SY_OK;
}

/* Cuts the walk's path back to `len` bytes. */
static void cut_back(struct walk *w, size_t len)
{
    if (w->at.data == NULL)
        return;
    w->at.len = len;
    w->at.data[len] = '\0';
}

static sy_status walk_from(struct walk *w, const char *rest, sy_error *err);

/* One name at the walk's place, then the rest of the pattern behind it. */
static sy_status enter_name(struct walk *w, const char *name, const char *rest, sy_error *err)
{
    size_t len = w->at.len;
    buf_str(&w->at, name);
    if (w->at.failed)
        return error_nomem(err);
    sy_status status = SY_OK;
    if (*rest == '\0') {
        if (file_exists(buf_text(&w->at)))
            status = add_path(w, buf_text(&w->at), err);
    } else if (file_is_folder(buf_text(&w->at))) {
        status = walk_from(w, rest, err);
    }
    cut_back(w, len);
    return status;
}

static bool fits_name(const char *component, const char *name)
{
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
        return false;
    if (name[0] == '.' && component[0] != '.')
        return false;
    return pattern_match(component, name);
}

static sy_status enter_matches(struct walk *w, const char *component, const char *rest,
                               sy_error *err)
{
    const char *folder = w->at.len == 0 ? "." : buf_text(&w->at);
    DIR *dir = opendir(folder);
    if (dir == NULL) {
        if (errno == ENOENT || errno == ENOTDIR)
            return SY_OK;
        return error_errno(err, "read", folder, errno);
    }
    sy_status status = SY_OK;
    while (status == SY_OK) {
        errno = 0;
        const struct dirent *entry = readdir(dir);
        if (entry == NULL) {
            if (errno != 0)
                status = error_errno(err, "read", folder, errno);
            break;
        }
        if (fits_name(component, entry->d_name))
            status = enter_name(w, entry->d_name, rest, err);
    }
    closedir(dir);
    return status;
}

/* `rest` is what is left of the pattern; the walk's path holds the folders before it. */
static sy_status walk_from(struct walk *w, const char *rest, sy_error *err)
{
    size_t before = w->at.len;
    size_t slashes = strspn(rest, "/");
    buf_add(&w->at, rest, slashes);
    rest += slashes;
    size_t len = strcspn(rest, "/");
    char *component = strndup(rest, len);
    sy_status status = SY_OK;
    if (component == NULL || w->at.failed)
        status = error_nomem(err);
    else if (pattern_is(component))
        status = enter_matches(w, component, rest + len, err);
    else
        status = enter_name(w, component, rest + len, err);
    free(component);
    cut_back(w, before);
    return status;
}

static int compare_paths(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

sy_status file_glob(char ***out, size_t *n, const char *pattern, sy_error *err)
{
    struct walk w = {0};
    sy_status status =
        pattern_is(pattern) ? walk_from(&w, pattern, err) : add_path(&w, pattern, err);
    buf_dispose(&w.at);
    if (status != SY_OK) {
        file_glob_free(w.paths, w.n);
        return status;
    }
    if (w.n > 1)
        qsort(w.paths, w.n, sizeof *w.paths, compare_paths);
    *out = w.paths;
    *n = w.n;
    return SY_OK;
}
