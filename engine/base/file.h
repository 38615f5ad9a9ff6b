/*
 * file.h - reading in blocks, writing whole or not at all.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/progress.h"
#include <steelyard/base.h>

/* A file that is read from its start. Owns: fd. A change of size or time between open and the end
 * of the file (regular files only) is an error: "changed while it was read". */
struct file_reader {
    int fd;
    bool regular;
    int64_t size; /* of a regular file at open */
    int64_t mtime_ns;
    const char *path; /* borrowed; shown in errors */
};

sy_status file_open(struct file_reader *out, const char *path, sy_error *err);
/* *got = 0 at the end of the file. Short reads are filled up; EINTR is retried. */
sy_status file_read(struct file_reader *f, void *bytes, size_t cap, size_t *got, sy_error *err);
sy_status file_rewind(struct file_reader *f, sy_error *err);
sy_status file_seek(struct file_reader *f, uint64_t at, sy_error *err);
/* An error where the size or time of a regular file is no longer what it was at open. */
sy_status file_unchanged(const struct file_reader *f, sy_error *err);
void file_close(struct file_reader *f);

/* The whole file, NUL-terminated, at most `max` bytes (more is SY_EINPUT). A folder is SY_EFILE. */
sy_status file_slurp(char **out, size_t *len, const char *path, size_t max, sy_error *err);

/* The same for what is left of an open file. */
sy_status file_rest(char **out, size_t *len, struct file_reader *f, size_t max, sy_error *err);

/* Whether the path exists as a folder, or as anything. */
bool file_is_folder(const char *path);
bool file_exists(const char *path);
/* Whether the path is a regular file, through whatever links. */
bool file_is_regular(const char *path);
/* The file behind a symbolic link, absolute, for the caller to free; NULL in *out where the path is
 * no link or leads nowhere. */
sy_status file_behind(char **out, const char *path, sy_error *err);
/* The size and time of a regular file; false where the path is none. */
bool file_stamp(const char *path, int64_t *size, int64_t *mtime_ns);
/* Whether two paths are one regular file, through whatever links. */
bool file_is_same(const char *a, const char *b);
/* Whether a path is a file that exists below a folder, through whatever links. */
bool file_is_below(const char *path, const char *folder);

/* Paths that match a pattern with `*` in any of its components, sorted by byte. None is *n = 0.
 * A path without `*` is given back as it is, whether it exists or not. The caller frees with
 * file_glob_free. */
sy_status file_glob(char ***out, size_t *n, const char *pattern, sy_error *err);
void file_glob_free(char **paths, size_t n);

/* A temporary file. */
struct file_temp {
    bool there;
    char path[PATH_MAX];
};

/* Makes one in the folder of `target`, after removing those that dead writers left there. The file,
 * or -1 with errno. */
int file_temp_open(struct file_temp *t, const char *target);
void file_temp_remove(struct file_temp *t);

/* Output that replaces a regular file whole or leaves it: a temporary file in the same folder,
 * fsync, rename (mode kept of the old file, else 0666 less umask; a symbolic link is followed). A
 * device, pipe or "-" (standard output) is written in place. Owns: fd, temp, target, block. */
struct file_writer {
    int fd;
    struct file_temp temp; /* not there: written in place */
    char *target;          /* after following links */
    char *block;
    size_t block_len;
    uint64_t written;
    uint64_t passed, begun; /* bytes that the system has, and of them those it was told to sync */
    const struct progress *progress; /* may be set once it is created; NULL */
    double share;                    /* of the work that is written, to be told; below 0: unknown */
};

sy_status file_create(struct file_writer *out, const char *path, sy_error *err);
sy_status file_write(struct file_writer *w, const char *bytes, size_t len, sy_error *err);
sy_status file_commit(struct file_writer *w,
                      sy_error *err);   /* flush, replace, release; on failure aborts */
void file_abort(struct file_writer *w); /* nothing is left; safe after commit */

#endif
