/*
 * file_write.c - output that replaces a file whole or leaves it as it was.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

#define BLOCK_BYTES 65536u
#define LINKS_MAX   40
#define SYNC_BYTES  ((uint64_t)1 << 20)

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

/* Opens the temporary file that is to replace w->target, with the mode of what it replaces. */
static sy_status open_replacing(struct file_writer *w, const struct stat *old, sy_error *err)
{
    if (old != NULL && faccessat(AT_FDCWD, w->target, W_OK, AT_EACCESS) != 0)
        return error_errno(err, "write", w->target, errno);
    w->fd = file_temp_open(&w->temp, w->target);
    if (w->fd < 0)
        return error_errno(err, "write", w->target, errno);
    if (old == NULL)
        return SY_OK;
    if (old->st_uid != geteuid() || old->st_gid != getegid()) {
        /* best effort: whoever cannot give files away keeps what they write */
        int ignored = fchown(w->fd, old->st_uid, old->st_gid);
        (void)ignored;
    }
    if (fchmod(w->fd, old->st_mode & 0777) != 0)
        return error_errno(err, "write", w->target, errno);
    return SY_OK;
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

static void release(struct file_writer *w)
{
    if (w->fd >= 0 && w->fd != STDOUT_FILENO)
        close(w->fd);
    file_temp_remove(&w->temp);
    free(w->target);
    free(w->block);
    w->fd = -1;
    w->target = w->block = NULL;
}

sy_status file_create(struct file_writer *out, const char *path, sy_error *err)
{
    out->fd = -1;
    out->temp.there = false;
    out->target = NULL;
    out->block_len = 0;
    out->written = out->passed = out->begun = 0;
    out->progress = NULL;
    out->share = -1;
    out->block = malloc(BLOCK_BYTES);
    sy_status status = out->block == NULL ? error_nomem(err) : open_target(out, path, err);
    if (status != SY_OK)
        release(out);
    return status;
}

/* The disk begins with what was written while more is made: there is less to wait for in the end. A
 * hint: what comes of it is seen by fsync. */
static void begin_sync(struct file_writer *w)
{
#ifdef SYNC_FILE_RANGE_WRITE
    if (!w->temp.there || w->passed - w->begun < SYNC_BYTES)
        return;
    (void)sync_file_range(w->fd, (off_t)w->begun, (off_t)(w->passed - w->begun),
                          SYNC_FILE_RANGE_WRITE);
    w->begun = w->passed;
#else
    (void)w;
#endif
}

static sy_status write_through(struct file_writer *w, const char *bytes, size_t len, sy_error *err)
{
    while (len > 0) {
        sy_status status = progress_tell(w->progress, "write", w->share, err);
        if (status != SY_OK)
            return status;
        ssize_t n = write(w->fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_errno(err, "write", w->target, errno);
        bytes += n;
        len -= (size_t)n;
        w->passed += (uint64_t)n;
        begin_sync(w);
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

/* Puts the file in the target's place. It stays locked until it is there. */
static sy_status replace_target(struct file_writer *w, sy_error *err)
{
    int locked = fcntl(w->fd, F_DUPFD_CLOEXEC, 0);
    int fd = w->fd;
    sy_status status = SY_OK;
    w->fd = -1;
    if (close(fd) != 0 && errno != EINTR)
        status = error_errno(err, "write", w->target, errno);
    if (status == SY_OK && w->temp.there) {
        if (rename(w->temp.path, w->target) != 0)
            status = error_errno(err, "write", w->target, errno);
        else
            w->temp.there = false;
        if (status == SY_OK)
            sync_folder(w->target);
    }
    if (locked >= 0)
        close(locked);
    return status;
}

sy_status file_commit(struct file_writer *w, sy_error *err)
{
    sy_status status = flush_block(w, err);
    /* EINVAL, EROFS: what cannot be synced, such as some network and memory file systems */
    if (status == SY_OK && w->temp.there && fsync(w->fd) != 0 && errno != EINVAL && errno != EROFS)
        status = error_errno(err, "write", w->target, errno);
    if (status == SY_OK && w->fd != STDOUT_FILENO)
        status = replace_target(w, err);
    release(w);
    return status;
}

void file_abort(struct file_writer *w)
{
    if (w->block != NULL) /* else never opened, or committed */
        release(w);
}
