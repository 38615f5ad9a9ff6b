/*
 * file.c - reading in blocks, and small files whole.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

static int64_t nanoseconds(const struct timespec *t)
{
    return (int64_t)t->tv_sec * 1000000000 + t->tv_nsec;
}

sy_status file_open(struct file_reader *out, const char *path, sy_error *err)
{
    int fd;
    do
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    while (fd < 0 && errno == EINTR);
    if (fd < 0)
        return error_errno(err, "open", path, errno);

    struct stat st;
    int number = 0;
    if (fstat(fd, &st) != 0)
        number = errno;
    else if (S_ISDIR(st.st_mode))
        number = EISDIR;
    if (number != 0) {
        close(fd);
        return error_errno(err, "read", path, number);
    }
    *out = (struct file_reader){.fd = fd,
                                .regular = S_ISREG(st.st_mode),
                                .size = st.st_size,
                                .mtime_ns = nanoseconds(&st.st_mtim),
                                .path = path};
    return SY_OK;
}

/* Someone may save the file while it is read; half of each version is worse than an error. */
sy_status file_unchanged(const struct file_reader *f, sy_error *err)
{
    struct stat st;
    if (!f->regular)
        return SY_OK;
    if (fstat(f->fd, &st) != 0)
        return error_errno(err, "read", f->path, errno);
    if (st.st_size != f->size || nanoseconds(&st.st_mtim) != f->mtime_ns)
        return error_set(err, SY_EFILE, f->path, 0, "changed while it was read: try again");
    return SY_OK;
}

sy_status file_read(struct file_reader *f, void *bytes, size_t cap, size_t *got, sy_error *err)
{
    size_t len = 0;
    while (len < cap) {
        ssize_t n = read(f->fd, (char *)bytes + len, cap - len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_errno(err, "read", f->path, errno);
        if (n == 0)
            break;
        len += (size_t)n;
    }
    if (len == 0 && cap > 0) {
        sy_status status = file_unchanged(f, err);
        if (status != SY_OK)
            return status;
    }
    *got = len;
    return SY_OK;
}

sy_status file_seek(struct file_reader *f, uint64_t at, sy_error *err)
{
    if (lseek(f->fd, (off_t)at, SEEK_SET) < 0)
        return error_errno(err, "read", f->path, errno);
    return SY_OK;
}

sy_status file_rewind(struct file_reader *f, sy_error *err)
{
    return file_seek(f, 0, err);
}

void file_close(struct file_reader *f)
{
    if (f->fd >= 0)
        close(f->fd);
    f->fd = -1;
}

/* Grows *data so that one byte more than `max` can be told from `max`, and a NUL fits behind. */
static char *grow_slurp(char *data, size_t *cap, size_t max)
{
    size_t limit = max > SIZE_MAX - 2 ? SIZE_MAX : max + 2;
    size_t next = *cap > limit / 2 ? limit : *cap * 2;
    char *grown = realloc(data, next);
    if (grown != NULL)
        *cap = next;
    return grown;
}

sy_status file_rest(char **out, size_t *len, struct file_reader *f, size_t max, sy_error *err)
{
    size_t cap = 16384, used = 0, got = 0;
    if (f->regular && f->size > 0 && (uint64_t)f->size < max)
        cap = (size_t)f->size + 2;
    sy_status status = SY_OK;
    char *data = malloc(cap);
    if (data == NULL)
        return error_nomem(err);
    for (;;) {
        status = file_read(f, data + used, cap - 1 - used, &got, err);
        if (status != SY_OK)
            goto out;
        used += got;
        if (used > max) {
            status = error_set(err, SY_EINPUT, f->path, 0, "is larger than %zu bytes", max);
            goto out;
        }
        if (got == 0)
            break;
        if (used + 1 == cap) {
            char *grown = grow_slurp(data, &cap, max);
            if (grown == NULL) {
                status = error_nomem(err);
                goto out;
            }
            data = grown;
        }
    }
    data[used] = '\0';
    *out = data;
    *len = used;
    data = NULL;
out:
    free(data);
    return status;
}

sy_status file_slurp(char **out, size_t *len, const char *path, size_t max, sy_error *err)
{
    struct file_reader f;
    sy_status status = file_open(&f, path, err);
    if (status != SY_OK)
        return status;
    status = file_rest(out, len, &f, max, err);
    file_close(&f);
    return status;
}

bool file_is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool file_is_regular(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && S_ISREG(s.st_mode);
}

sy_status file_behind(char **out, const char *path, sy_error *err)
{
    struct stat s;
    *out = NULL;
    if (lstat(path, &s) != 0 || !S_ISLNK(s.st_mode))
        return SY_OK;
    *out = realpath(path, NULL);
    return *out || errno != ENOMEM ? SY_OK : error_nomem(err);
}

bool file_stamp(const char *path, int64_t *size, int64_t *mtime_ns)
{
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
        return false;
    *size = st.st_size;
    *mtime_ns = nanoseconds(&st.st_mtim);
    return true;
}

bool file_is_same(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}

bool file_is_below(const char *path, const char *folder)
{
    char *file = realpath(path, NULL), *root = file ? realpath(folder, NULL) : NULL;
    size_t len = root ? strlen(root) : 0;
    bool below = root && strncmp(file, root, len) == 0 && file[len] == '/';
    free(file);
    free(root);
    return below;
}

bool file_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0;
}
