/*
 * init_folder.c - a folder that appears whole or not at all: made under another name, then renamed.
 *
 * Where the target is there already, and empty, it may be the folder that the user stands in, which
 * a rename would take from under his feet: then what was made is moved into it, evaluation.ini
 * last, without which there is no evaluation.
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/init.h"
#include "base/error.h"
#include "base/file.h"

#define TEMP_TRIES 1000

static sy_status refuse_target(const struct init_folder *f, sy_error *err)
{
    return error_set(err, SY_EFILE, f->target, 0,
                     "there is something already: name a folder that is new or empty");
}

/* Whether the target is there, and may be used. */
static sy_status look_at_target(struct init_folder *f, sy_error *err)
{
    struct stat st;
    bool empty = true;
    if (lstat(f->target, &st) != 0)
        return errno == ENOENT ? SY_OK : error_errno(err, "look at", f->target, errno);
    DIR *dir = opendir(f->target);
    if (!dir)
        return errno == ENOTDIR || errno == ENOENT ? refuse_target(f, err)
                                                   : error_errno(err, "open", f->target, errno);
    for (const struct dirent *e = readdir(dir); e && empty; e = readdir(dir))
        empty = strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0;
    closedir(dir);
    f->within = true;
    return empty ? SY_OK : refuse_target(f, err);
}

/* Where the temporary folder goes: within the target, or beside it. */
static sy_status make_temp(struct init_folder *f, sy_error *err)
{
    struct buf path = {0};
    const char *slash = strrchr(f->target, '/');
    size_t parent = slash ? (size_t)(slash - f->target) + 1 : 0;
    for (int i = 0; i < TEMP_TRIES; i++) {
        buf_clear(&path);
        if (f->within)
            buf_printf(&path, "%s/", f->target);
        else
            buf_add(&path, f->target, parent);
        buf_printf(&path, ".steelyard-init-%ld-%d", (long)getpid(), i);
        if (path.failed)
            break;
        if (mkdir(path.data, 0777) == 0) {
            f->temp = path.data;
            return SY_OK;
        }
        if (errno != EEXIST)
            break;
    }
    int number = errno;
    bool failed = path.failed;
    buf_dispose(&path);
    return failed ? error_nomem(err) : error_errno(err, "make the folder", f->target, number);
}

sy_status init_folder_open(struct init_folder *out, const char *target, sy_error *err)
{
    size_t len = strlen(target);
    *out = (struct init_folder){0};
    while (len > 1 && target[len - 1] == '/')
        len--;
    if (len == 0)
        return error_set(err, SY_EUSAGE, NULL, 0, "the folder's name is empty");
    out->target = strndup(target, len);
    if (!out->target)
        return error_nomem(err);
    sy_status status = look_at_target(out, err);
    return status == SY_OK ? make_temp(out, err) : status;
}

/* The caller frees; NULL: no memory. */
static char *join(const char *folder, const char *name)
{
    struct buf path = {0};
    buf_printf(&path, "%s/%s", folder, name);
    if (!path.failed)
        return path.data;
    buf_dispose(&path);
    return NULL;
}

/* Notes what is about to be made, so that it is removed whatever happens. */
static sy_status note_made(struct init_folder *f, const char *name, size_t len, sy_error *err)
{
    char **made = realloc(f->made, (f->nmade + 1) * sizeof *made);
    if (!made)
        return error_nomem(err);
    f->made = made;
    f->made[f->nmade] = strndup(name, len);
    return f->made[f->nmade] ? (f->nmade++, SY_OK) : error_nomem(err);
}

static bool is_made(const struct init_folder *f, const char *name, size_t len)
{
    for (size_t i = 0; i < f->nmade; i++)
        if (strncmp(f->made[i], name, len) == 0 && f->made[i][len] == '\0')
            return true;
    return false;
}

/* The folder that a name stands in. */
static sy_status make_parent(struct init_folder *f, const char *name, sy_error *err)
{
    const char *slash = strchr(name, '/');
    if (!slash || is_made(f, name, (size_t)(slash - name)))
        return SY_OK;
    sy_status status = note_made(f, name, (size_t)(slash - name), err);
    char *path = status == SY_OK ? join(f->temp, f->made[f->nmade - 1]) : NULL;
    if (status == SY_OK && !path)
        status = error_nomem(err);
    if (status == SY_OK && mkdir(path, 0777) != 0)
        status = error_errno(err, "make the folder", path, errno);
    free(path);
    return status;
}

static sy_status write_file(const char *path, const struct buf *text, sy_error *err)
{
    struct file_writer file;
    sy_status status = file_create(&file, path, err);
    if (status != SY_OK)
        return status;
    status = file_write(&file, buf_text(text), text->len, err);
    if (status != SY_OK) {
        file_abort(&file);
        return status;
    }
    return file_commit(&file, err);
}

sy_status init_folder_write(struct init_folder *f, const char *name, const struct buf *text,
                            sy_error *err)
{
    sy_status status = text->failed ? error_nomem(err) : make_parent(f, name, err);
    if (status == SY_OK)
        status = note_made(f, name, strlen(name), err);
    char *path = status == SY_OK ? join(f->temp, name) : NULL;
    if (status == SY_OK)
        status = path ? write_file(path, text, err) : error_nomem(err);
    free(path);
    if (status != SY_OK && err && err->file[0]) /* not under the name that nobody knows */
        snprintf(err->file, sizeof err->file, "%s/%s", f->target, name);
    return status;
}

/* An entry of the temporary folder into the target, or back. */
static sy_status move_entry(const struct init_folder *f, const char *name, bool back, sy_error *err)
{
    char *from = join(back ? f->target : f->temp, name);
    char *to = join(back ? f->temp : f->target, name);
    sy_status status = SY_OK;
    if (!from || !to)
        status = error_nomem(err);
    else if (rename(from, to) != 0)
        status = error_errno(err, "make", to, errno);
    free(from);
    free(to);
    return status;
}

/* The entries of the folder itself, in the order in which they were made. */
static sy_status move_all(struct init_folder *f, sy_error *err)
{
    sy_status status = SY_OK;
    size_t i = 0;
    for (; i < f->nmade && status == SY_OK; i++)
        if (!strchr(f->made[i], '/'))
            status = move_entry(f, f->made[i], false, err);
    while (status != SY_OK && i-- > 0)
        if (!strchr(f->made[i], '/'))
            (void)move_entry(f, f->made[i], true, NULL);
    return status;
}

sy_status init_folder_commit(struct init_folder *f, sy_error *err)
{
    if (f->within) {
        sy_status status = move_all(f, err);
        if (status != SY_OK)
            return status;
        rmdir(f->temp);
    } else if (rename(f->temp, f->target) != 0)
        return errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR
                   ? refuse_target(f, err)
                   : error_errno(err, "make the folder", f->target, errno);
    free(f->temp);
    f->temp = NULL;
    return SY_OK;
}

void init_folder_dispose(struct init_folder *f)
{
    for (size_t i = f->nmade; i-- > 0;) {
        char *path = f->temp ? join(f->temp, f->made[i]) : NULL;
        if (path)
            remove(path);
        free(path);
        free(f->made[i]);
    }
    if (f->temp)
        rmdir(f->temp);
    free(f->made);
    free(f->temp);
    free(f->target);
    *f = (struct init_folder){0};
}
