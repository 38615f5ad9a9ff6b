/*
 * yardstick_years.c - year folders: 2019/, 2020-/, 2018-2019/, -2017/. Configuration and scripts
 * share them.
 */
#include "model/yardstick.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"

struct year_folder {
    char *name;
    int first;
    int last;
};

/* Owns: items and their names, wrong. */
struct year_list {
    struct year_folder *items;
    size_t n;
    size_t cap;
    char *wrong; /* the first, by byte, that is meant for years and names none; NULL */
};

/* Four digits at the start of text; NULL where they are none, else what follows. */
static const char *read_year(int *out, const char *text)
{
    int year = 0;
    for (int i = 0; i < 4; i++) {
        if (text[i] < '0' || text[i] > '9')
            return NULL;
        year = year * 10 + (text[i] - '0');
    }
    *out = year;
    return text + 4;
}

/* The form of a year folder, whatever its range. */
static bool read_range(const char *name, int *first, int *last)
{
    const char *rest = name;
    *first = INT_MIN;
    *last = INT_MAX;
    if (*name != '-') {
        rest = read_year(first, name);
        if (!rest)
            return false;
        if (*rest == '\0') {
            *last = *first;
            return true;
        }
    }
    if (*rest != '-')
        return false;
    rest++;
    if (*rest == '\0')
        return *name != '-';
    rest = read_year(last, rest);
    return rest && *rest == '\0';
}

bool yard_year_folder(const char *name, int *first, int *last)
{
    int from, to;
    if (!read_range(name, &from, &to) || from > to)
        return false;
    *first = from;
    *last = to;
    return true;
}

/* What people write years with: a folder called so and no range is a slip, others are not ours. */
static bool looks_like_years(const char *name)
{
    static const char *const marks[] = {"-",  "~",  "_", ".", " ",  "年",
                                        "至", "到", "—", "–", "～", "起"};
    size_t digits = 0;
    while (*name) {
        size_t len = *name >= '0' && *name <= '9';
        digits += len;
        for (size_t i = 0; len == 0 && i < sizeof marks / sizeof marks[0]; i++)
            if (strncmp(name, marks[i], strlen(marks[i])) == 0)
                len = strlen(marks[i]);
        if (len == 0)
            return false;
        name += len;
    }
    return digits > 0;
}

static int compare_folders(const void *a, const void *b)
{
    const struct year_folder *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    if (x->last != y->last)
        return x->last > y->last ? -1 : 1;
    return strcmp(x->name, y->name);
}

static bool append_folder(struct year_list *list, const char *name, int first, int last)
{
    if (list->n == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 8;
        struct year_folder *grown = realloc(list->items, cap * sizeof *grown);
        if (!grown)
            return false;
        list->items = grown;
        list->cap = cap;
    }
    char *copy = strdup(name);
    if (!copy)
        return false;
    list->items[list->n++] = (struct year_folder){copy, first, last};
    return true;
}

static void free_list(struct year_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        free(list->items[i].name);
    free(list->items);
    free(list->wrong);
}

/* The message is the same whatever the order of the folder. */
static bool keep_wrong(struct year_list *list, const char *name)
{
    if (list->wrong && strcmp(list->wrong, name) < 0)
        return true;
    free(list->wrong);
    list->wrong = strdup(name);
    return list->wrong != NULL;
}

static sy_status refuse_wrong(const struct year_list *list, const char *folder, sy_error *err)
{
    struct buf path = {0};
    int first, last;
    buf_printf(&path, "%s/%s", *folder ? folder : ".", list->wrong);
    sy_status status = path.failed ? error_nomem(err) : SY_EINPUT;
    if (!path.failed && read_range(list->wrong, &first, &last))
        error_set(err, status, path.data, 0,
                  "a year folder that ends before it begins; write %d-%d", last, first);
    else if (!path.failed)
        error_set(err, status, path.data, 0,
                  "the folder's name is no year; write 2019, 2018-2019, 2020- or -2017");
    buf_dispose(&path);
    return status;
}

/* Takes a folder's entry where it is a year folder that holds for the year. */
static sy_status take_entry(struct year_list *list, struct buf *path, const char *folder,
                            const char *name, int year, sy_error *err)
{
    int first = 0, last = 0;
    const bool range = read_range(name, &first, &last);
    if (!range && !looks_like_years(name))
        return SY_OK;
    buf_clear(path);
    buf_printf(path, "%s/%s", *folder ? folder : ".", name);
    if (path->failed)
        return error_nomem(err);
    if (!file_is_folder(path->data))
        return SY_OK;
    if (!range || first > last)
        return keep_wrong(list, name) ? SY_OK : error_nomem(err);
    if (year < first || year > last)
        return SY_OK;
    return append_folder(list, name, first, last) ? SY_OK : error_nomem(err);
}

static sy_status read_folder(struct year_list *list, const char *folder, int year, sy_error *err)
{
    struct buf path = {0};
    sy_status status = SY_OK;
    DIR *dir = opendir(*folder ? folder : ".");
    if (!dir)
        return errno == ENOENT || errno == ENOTDIR ? SY_OK
                                                   : error_errno(err, "open", folder, errno);
    while (status == SY_OK) {
        errno = 0;
        const struct dirent *entry = readdir(dir);
        if (!entry) {
            if (errno != 0)
                status = error_errno(err, "read", folder, errno);
            break;
        }
        status = take_entry(list, &path, folder, entry->d_name, year, err);
    }
    closedir(dir);
    buf_dispose(&path);
    return status == SY_OK && list->wrong ? refuse_wrong(list, folder, err) : status;
}

sy_status yard_year_folders(char ***out, size_t *n, const char *folder, int year, sy_error *err)
{
    struct year_list list = {0};
    char **names = NULL;
    sy_status status = read_folder(&list, folder, year, err);
    if (status != SY_OK)
        goto out;
    names = malloc((list.n + 1) * sizeof *names);
    if (!names) {
        status = error_nomem(err);
        goto out;
    }
    if (list.n > 0)
        qsort(list.items, list.n, sizeof *list.items, compare_folders);
    for (size_t i = 0; i < list.n; i++) {
        names[i] = list.items[i].name;
        list.items[i].name = NULL;
    }
    names[list.n] = NULL;
    *n = list.n;
    *out = names;
out:
    free_list(&list);
    return status;
}

void yard_year_folders_free(char **names, size_t n)
{
    if (!names)
        return;
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
}
