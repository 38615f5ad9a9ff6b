/*
 * file_temp.c - temporary files beside what they are to replace: made, removed, and found again
 * where whoever made them was killed.
 *
 * A writer holds a lock on its file, which ends with its process, whatever ends it. So a file of
 * our name that can be locked is left over, and the next writer in that folder removes it.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#define TEMP_TRIES 10000

static const char prefix[] = ".steelyard-", suffix[] = ".tmp";

static bool is_temp_name(const char *name)
{
    static const char digits[] = "0123456789";
    if (strncmp(name, prefix, sizeof prefix - 1) != 0)
        return false;
    name += sizeof prefix - 1;
    size_t process = strspn(name, digits);
    if (process == 0 || name[process] != '-')
        return false;
    name += process + 1;
    size_t count = strspn(name, digits);
    return count > 0 && strcmp(name + count, suffix) == 0;
}

/* Takes the writer's lock. False with EWOULDBLOCK where another holds it; where the file system has
 * no locks nobody takes any, and nothing is ever found left over. */
static bool lock(int fd)
{
    return flock(fd, LOCK_EX | LOCK_NB) == 0;
}

static void remove_if_left(int folder, const char *name)
{
    struct stat st;
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && lock(fd))
        unlinkat(folder, name, 0);
    close(fd);
}

static void remove_left_over(const char *target, size_t folder_len)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%.*s", (int)folder_len, target);
    DIR *folder = opendir(folder_len ? path : ".");
    if (!folder)
        return;
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (is_temp_name(entry->d_name))
            remove_if_left(dirfd(folder), entry->d_name);
    closedir(folder);
}

/* Whether the file that was just made is still there and ours: another writer may have met it
 * before it was locked. */
static bool keep(int fd)
{
    struct stat st;
    if (!lock(fd) && errno == EWOULDBLOCK)
        return false;
    return fstat(fd, &st) != 0 || st.st_nlink > 0;
}

int file_temp_open(struct file_temp *t, const char *target)
{
    const char *slash = strrchr(target, '/');
    size_t folder = slash ? (size_t)(slash - target) + 1 : 0;
    remove_left_over(target, folder);
    for (int i = 0; i < TEMP_TRIES; i++) {
        int n = snprintf(t->path, sizeof t->path, "%.*s%s%ld-%d%s", (int)folder, target, prefix,
                         (long)getpid(), i, suffix);
        if (n < 0 || (size_t)n >= sizeof t->path) {
            errno = ENAMETOOLONG;
            return -1;
        }
        int fd = open(t->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        t->there = fd >= 0 && keep(fd);
        if (t->there)
            return fd;
        int number = errno;
        if (fd >= 0)
            close(fd);
        else if (number != EEXIST && number != EINTR) {
            errno = number;
            return -1;
        }
    }
    errno = EEXIST;
    return -1;
}

void file_temp_remove(struct file_temp *t)
{
    if (t->there)
        unlink(t->path);
    t->there = false;
}
