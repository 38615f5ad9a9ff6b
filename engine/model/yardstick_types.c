/*
 * yardstick_types.c - which types there are: the INIs of the installed and the evaluation's
 * config/.
 */
#include "model/yardstick_parts.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/suggest.h"

#define SUFFIX ".ini"

/* INIs of config/ that are no types. */
static const char *const reserved[] = {"columns", "defaults", "units"};

/* Owns: names. */
struct name_list {
    char **names;
    size_t n;
    size_t cap;
    bool failed; /* no memory for some */
};

bool yard_type_usable(const char *type)
{
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (strcmp(type, reserved[i]) == 0)
            return false;
    return *type != '\0' && *type != '.' && !strchr(type, '/');
}

void yard_type_path(struct buf *out, const char *folder, const char *separator, const char *sub,
                    const char *type)
{
    buf_clear(out);
    buf_printf(out, "%s%sconfig/%s%s%s" SUFFIX, folder, separator, sub ? sub : "", sub ? "/" : "",
               type);
}

/* Whether FOLDER/config/[SUB/]TYPE.ini is there. */
static sy_status find_file(bool *out, const char *folder, const char *sub, const char *type,
                           sy_error *err)
{
    struct buf path = {0};
    struct stat info;
    yard_type_path(&path, folder, *folder ? "/" : "", sub, type);
    bool failed = path.failed;
    if (!failed)
        *out = stat(path.data, &info) == 0;
    buf_dispose(&path);
    return failed ? error_nomem(err) : SY_OK;
}

/* An entry of config/: a year folder may hold the type, whatever the year. */
static sy_status look_in_years(bool *out, const struct yards *y, const char *type, sy_error *err)
{
    struct buf path = {0};
    sy_status status = SY_OK;
    buf_printf(&path, "%s%sconfig", y->evaluation, *y->evaluation ? "/" : "");
    DIR *dir = path.failed ? NULL : opendir(path.data);
    if (path.failed)
        status = error_nomem(err);
    else if (!dir && errno != ENOENT && errno != ENOTDIR)
        status = error_errno(err, "open", path.data, errno);
    while (dir && status == SY_OK && !*out) {
        int first, last;
        const struct dirent *entry = readdir(dir);
        if (!entry)
            break;
        if (yard_year_folder(entry->d_name, &first, &last))
            status = find_file(out, y->evaluation, entry->d_name, type, err);
    }
    if (dir)
        closedir(dir);
    buf_dispose(&path);
    return status;
}

sy_status yard_type_exists(bool *out, struct yards *y, const char *type, sy_error *err)
{
    bool found = false;
    sy_status status = SY_OK;
    if (yard_type_usable(type)) {
        if (y->installed)
            status = find_file(&found, y->installed, NULL, type, err);
        if (status == SY_OK && !found && y->evaluation)
            status = find_file(&found, y->evaluation, NULL, type, err);
        if (status == SY_OK && !found && y->evaluation)
            status = look_in_years(&found, y, type, err);
    }
    if (status == SY_OK)
        *out = found;
    return status;
}

/* Adds the name of an INI without its suffix, where it is a type's. */
static void take_name(struct name_list *list, const char *file)
{
    size_t len = strlen(file), suffix = sizeof SUFFIX - 1;
    if (len <= suffix || strcmp(file + len - suffix, SUFFIX) != 0)
        return;
    void *names = list->names;
    list->failed = list->failed || !yard_grow(&names, &list->cap, list->n, sizeof *list->names);
    list->names = names;
    char *name = list->failed ? NULL : strndup(file, len - suffix);
    list->failed = list->failed || !name;
    if (name && yard_type_usable(name))
        list->names[list->n++] = name;
    else
        free(name);
}

/* The types of FOLDER/config/[SUB/]. */
static void list_folder(struct name_list *list, const char *folder, const char *sub)
{
    struct buf path = {0};
    if (!folder)
        return;
    buf_printf(&path, "%s%sconfig%s%s", folder, *folder ? "/" : "", sub ? "/" : "", sub ? sub : "");
    list->failed = list->failed || path.failed;
    DIR *dir = path.failed ? NULL : opendir(path.data);
    for (const struct dirent *e = dir ? readdir(dir) : NULL; e; e = readdir(dir))
        take_name(list, e->d_name);
    if (dir)
        closedir(dir);
    buf_dispose(&path);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A suggestion is worth no failure: without memory there is none. */
const char *yard_type_near(struct yards *y, const char *word)
{
    struct name_list list = {0};
    list_folder(&list, y->installed, NULL);
    list_folder(&list, y->evaluation, NULL);
    if (list.n > 0)
        qsort(list.names, list.n, sizeof *list.names, compare_names);
    const char *near = list.n > 0 ? suggest(word, (const char *const *)list.names, list.n) : NULL;
    if (near)
        near = arena_strdup(&y->arena, near);
    for (size_t i = 0; i < list.n; i++)
        free(list.names[i]);
    free(list.names);
    return near;
}

/* Sorts, and drops repeats. */
static void settle_names(struct name_list *list)
{
    size_t n = 0;
    if (list->n > 0)
        qsort(list->names, list->n, sizeof *list->names, compare_names);
    for (size_t i = 0; i < list->n; i++) {
        if (n && strcmp(list->names[n - 1], list->names[i]) == 0)
            free(list->names[i]);
        else
            list->names[n++] = list->names[i];
    }
    list->n = n;
}

sy_status yards_own_types(char ***out, size_t *n, const struct yards *y, sy_error *err)
{
    struct name_list list = {0};
    struct buf path = {0};
    int first, last;
    if (y->evaluation)
        list_folder(&list, y->evaluation, NULL);
    buf_printf(&path, "%s%sconfig", y->evaluation ? y->evaluation : "",
               y->evaluation && *y->evaluation ? "/" : "");
    DIR *dir = path.failed || !y->evaluation ? NULL : opendir(path.data);
    for (const struct dirent *e = dir ? readdir(dir) : NULL; e; e = readdir(dir))
        if (yard_year_folder(e->d_name, &first, &last))
            list_folder(&list, y->evaluation, e->d_name);
    if (dir)
        closedir(dir);
    bool failed = path.failed || list.failed;
    buf_dispose(&path);
    settle_names(&list);
    if (failed) {
        yard_year_folders_free(list.names, list.n);
        return error_nomem(err);
    }
    *out = list.names;
    *n = list.n;
    return SY_OK;
}
