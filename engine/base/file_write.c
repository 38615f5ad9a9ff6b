/*
 * file_write.c - output that replaces a file whole or leaves it as it was.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

#define BLOCK_BYTES 65536u
#define LINKS_MAX   40
#define TEMP_TRIES  10000

/* Length of the folder part of a path with its slash, 0 where it has none. */
static size_t folder_len(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? 0 : (size_t)(slash - path) + 1;
}

/* What the last component of `path` points at, where it is a link: also one that leads nowhere yet.
 * NULL with errno set on failure. */
static char *follow_links(const char *path)
{
    char *at = strdup(path);
    char link[PATH_MAX];
    for (int i = 0; at != NULL; i++) {
        ssize_t n = readlink(at, link, sizeof link - 1);
        if (n < 0)
            return at; /* no link, or nothing there */
        link[n] = '\0';
        size_t keep = link[0] == '/' ? 0 : folder_len(at);
        char *next = i < LINKS_MAX ? malloc(keep + (size_t)n + 1) : NULL;
        if (next != NULL) {
            memcpy(next, at, keep);
            memcpy(next + keep, link, (size_t)n + 1);
        }
        free(at);
        at = next;
        if (i == LINKS_MAX)
            errno = ELOOP;
    }
    return NULL;
}

/* The umask applies as for any new file, which mkstemp would not do. */
static sy_status open_temp(struct file_writer *w, sy_error *err)
{
    size_t folder = folder_len(w->target);
    size_t cap = folder + 64;
    char *temp = malloc(cap);
    if (temp == NULL)
        return error_nomem(err);
    memcpy(temp, w->target, folder);
    for (int i = 0; i < TEMP_TRIES; i++) {
        snprintf(temp + folder, cap - folder, ".steelyard-%ld-%d.tmp", (long)getpid(), i);
        w->fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (w->fd >= 0) {
            w->temp = temp;
            return SY_OK;
        }
        if (errno != EEXIST && errno != EINTR)
            break;
    }
    int number = errno;
    free(temp);
    return error_errno(err, "write", w->target, number);
}

/* Opens the temporary file that is to replace w->target, with the mode of what it replaces. */
static sy_status open_replacing(struct file_writer *w, const struct stat *old, sy_error *err)
{
    if (old != NULL && faccessat(AT_FDCWD, w->target, W_OK, AT_EACCESS) != 0)
        return error_errno(err, "write", w->target, errno);
    sy_status status = open_temp(w, err);
    if (status != SY_OK || old == NULL)
        return status;
    if (old->st_uid != geteuid() || old->st_gid != getegid()) {
        /* best effort: whoever cannot give files away keeps what they write */
        int ignored = fchown(w->fd, old->st_uid, old->st_gid);
        (void)ignored;
    }
    if (fchmod(w->fd, old->st_mode & 0777) != 0) {
        status = error_errno(err, "write", w->target, errno);
        close(w->fd);
        unlink(w->temp);
    }
    return status;
}

static sy_status open_target(struct file_writer *w, const char *path, sy_error *err)
{
    struct stat st;
    if (strcmp(path, "-") == 0 || strcmp(path, "/dev/stdout") == 0) {
        w->fd = STDOUT_FILENO;
        w->target = strdup("standard output");
        return w->target == NULL ? error_nomem(err) : SY_OK;
    }
    bool exists = stat(path, &st) == 0;
    if (!exists && errno != ENOENT)
        return error_errno(err, "write", path, errno);
    if (path[0] == '\0')
        return error_errno(err, "write", path, ENOENT);
    if ((exists && S_ISDIR(st.st_mode)) || path[folder_len(path)] == '\0')
        return error_errno(err, "write", path, EISDIR);
    if (exists && !S_ISREG(st.st_mode)) {
        w->target = strdup(path);
        if (w->target == NULL)
            return error_nomem(err);
        w->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        return w->fd < 0 ? error_errno(err, "write", path, errno) : SY_OK;
    }
    errno = 0;
    w->target = follow_links(path);
    if (w->target == NULL)
        return errno == ELOOP ? error_errno(err, "write", path, ELOOP) : error_nomem(err);
    return open_replacing(w, exists ? &st : NULL, err);
}

sy_status file_create(struct file_writer *out, const char *path, sy_error *err)
{
    struct file_writer w = {.fd = -1};
    w.block = malloc(BLOCK_BYTES);
    sy_status status = w.block == NULL ? error_nomem(err) : open_target(&w, path, err);
    if (status != SY_OK) {
        free(w.block);
        free(w.temp);
        free(w.target);
        return status;
    }
    *out = w;
    return SY_OK;
}

static sy_status write_through(struct file_writer *w, const char *bytes, size_t len, sy_error *err)
{
    while (len > 0) {
        sy_status status = progress_tell(w->progress, "write", -1, err);
        if (status != SY_OK)
            return status;
        ssize_t n = write(w->fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_errno(err, "write", w->target, errno);
        bytes += n;
        len -= (size_t)n;
    }
    return SY_OK;
}

static sy_status flush_block(struct file_writer *w, sy_error *err)
{
    size_t len = w->block_len;
    w->block_len = 0;
    return write_through(w, w->block, len, err);
}

sy_status file_write(struct file_writer *w, const char *bytes, size_t len, sy_error *err)
{
    if (len > BLOCK_BYTES - w->block_len) {
        sy_status status = flush_block(w, err);
        if (status == SY_OK && len >= BLOCK_BYTES) {
            status = write_through(w, bytes, len, err);
            w->written += len;
            return status;
        }
        if (status != SY_OK)
            return status;
    }
    if (len > 0)
        memcpy(w->block + w->block_len, bytes, len);
    w->block_len += len;
    w->written += len;
    return SY_OK;
}

/* So that the new name outlasts a power cut; a folder that cannot be synced is no failure. */
static void sync_folder(const char *target)
{
    size_t len = folder_len(target);
    char *folder = len == 0 ? strdup(".") : strndup(target, len);
    if (folder == NULL)
        return;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(folder);
}

static void release(struct file_writer *w)
{
    free(w->temp);
    free(w->target);
    free(w->block);
    *w = (struct file_writer){.fd = -1, .written = w->written};
}

sy_status file_commit(struct file_writer *w, sy_error *err)
{
    sy_status status = flush_block(w, err);
    /* EINVAL, EROFS: what cannot be synced, such as some network and memory file systems */
    if (status == SY_OK && w->temp != NULL && fsync(w->fd) != 0 && errno != EINVAL &&
        errno != EROFS)
        status = error_errno(err, "write", w->target, errno);
    if (status == SY_OK && w->fd != STDOUT_FILENO) {
        int fd = w->fd;
        w->fd = -1;
        if (close(fd) != 0 && errno != EINTR)
            status = error_errno(err, "write", w->target, errno);
    }
    if (status == SY_OK && w->temp != NULL && rename(w->temp, w->target) != 0)
        status = error_errno(err, "write", w->target, errno);
    if (status != SY_OK) {
        file_abort(w);
        return status;
    }
    if (w->temp != NULL)
        sync_folder(w->target);
    release(w);
    return SY_OK;
}

void file_abort(struct file_writer *w)
{
    if (w->block == NULL) /* never opened, or committed */
        return;
    if (w->fd >= 0 && w->fd != STDOUT_FILENO)
        close(w->fd);
    if (w->temp != NULL)
        unlink(w->temp);
    release(w);
}
