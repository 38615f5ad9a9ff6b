/*
 * folder.c - a private folder below /tmp for what pandoc reads and writes, removed with all that is
 * in it.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "docx.h"

#define DOCX_HEAD  "PK\003\004"
#define READ_BLOCK 65536

/* The name holds the process, so that one left by a killed run tells whose it was. */
int folder_make(struct doc *d, struct folder *f)
{
    snprintf(f->path, sizeof f->path, "/tmp/steelyard-docx-%ld-XXXXXX", (long)getpid());
    if (mkdtemp(f->path) == NULL) /* 0700 */
        return html_fail(d, SY_EFILE, "cannot make a temporary folder in /tmp: %s",
                         strerror(errno));
    f->made = true;
    return 0;
}

static int open_folder(const struct folder *f)
{
    return open(f->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static int open_in(const struct folder *f, const char *name, int flags)
{
    const int dir = open_folder(f);
    if (dir < 0)
        return -1;
    const int fd = openat(dir, name, flags | O_CLOEXEC | O_NOFOLLOW, 0600);
    const int why = errno;
    close(dir);
    errno = why;
    return fd;
}

int folder_create(struct doc *d, const struct folder *f, const char *name, int *out)
{
    *out = open_in(f, name, O_WRONLY | O_CREAT | O_EXCL);
    if (*out < 0)
        return html_fail(d, SY_EFILE, "cannot write '%s' in the temporary folder: %s", name,
                         strerror(errno));
    return 0;
}

int folder_put(struct doc *d, const struct folder *f, const char *name, const void *bytes,
               size_t len)
{
    const char *at = bytes;
    int fd;
    if (folder_create(d, f, name, &fd) != 0)
        return d->rc;
    while (len > 0) {
        const ssize_t n = write(fd, at, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            html_fail(d, SY_EFILE, "cannot write '%s' in the temporary folder: %s", name,
                      strerror(errno));
            break;
        }
        at += n;
        len -= (size_t)n;
    }
    close(fd);
    return d->rc;
}

static ssize_t read_block(int fd, char *block, size_t len)
{
    ssize_t n;
    do {
        n = read(fd, block, len);
    } while (n < 0 && errno == EINTR);
    return n;
}

/* All of a file; NULL: it cannot be read, or no memory, which is told. */
static char *read_file(struct doc *d, int fd, size_t *len)
{
    char *bytes = NULL;
    size_t n = 0, cap = 0;
    for (;;) {
        if (cap - n < READ_BLOCK) {
            cap = 2 * cap + READ_BLOCK;
            char *grown = realloc(bytes, cap);
            if (grown == NULL) {
                html_fail(d, SY_ENOMEM, "out of memory");
                break;
            }
            bytes = grown;
        }
        const ssize_t got = read_block(fd, bytes + n, cap - n);
        if (got < 0)
            html_fail(d, SY_EFILE, "cannot read from the temporary folder: %s", strerror(errno));
        if (got <= 0)
            break;
        n += (size_t)got;
    }
    *len = n;
    if (d->rc != 0) {
        free(bytes);
        return NULL;
    }
    return bytes;
}

char *folder_read(struct doc *d, const struct folder *f, const char *name, size_t *len)
{
    const int fd = open_in(f, name, O_RDONLY);
    char *bytes = fd >= 0 ? read_file(d, fd, len) : NULL;
    if (fd >= 0)
        close(fd);
    if (d->rc == 0 && (bytes == NULL || *len < strlen(DOCX_HEAD) ||
                       memcmp(bytes, DOCX_HEAD, strlen(DOCX_HEAD)) != 0)) {
        html_fail(d, SY_ESYSTEM, "pandoc ended without a document: try it with 'pandoc --version'");
        free(bytes);
        bytes = NULL;
    }
    return bytes;
}

void folder_first_line(const struct folder *f, const char *name, char *out, size_t cap)
{
    const int fd = open_in(f, name, O_RDONLY);
    const ssize_t n = fd >= 0 ? read_block(fd, out, cap - 1) : 0;
    out[n > 0 ? n : 0] = '\0';
    out[strcspn(out, "\n")] = '\0';
    for (char *c = out; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = '?';
    if (fd >= 0)
        close(fd);
}

void folder_remove(struct folder *f)
{
    const int dir = f->made ? open_folder(f) : -1;
    DIR *list = dir >= 0 ? fdopendir(dir) : NULL;
    if (list == NULL && dir >= 0)
        close(dir);
    for (struct dirent *e = NULL; list != NULL && (e = readdir(list)) != NULL;) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        if (unlinkat(dirfd(list), e->d_name, 0) != 0)
            (void)unlinkat(dirfd(list), e->d_name, AT_REMOVEDIR);
    }
    if (list != NULL)
        closedir(list);
    if (f->made)
        (void)rmdir(f->path);
    f->made = false;
}
