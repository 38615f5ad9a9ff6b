/*
 * watch.c - score --watch: scores anew whenever a file of the evaluation is saved, and prints what
 * moved.
 *
 * Folders are watched, not files: editors save by renaming, which a watch on the file does not
 * survive. Watches are set before files are read, so that nothing is saved unseen.
 */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

#define SAVED                                                                                \
    (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_DELETE_SELF | \
     IN_MOVE_SELF)
#define QUIET_MS  100 /* one save is several events: nothing more for so long ends it */
#define BURST_MAX 50  /* and so many waits at most, where events never end */

/* Owns: inotify, files, descriptors. */
struct watch {
    int inotify;
    sy_files *files;
    int *descriptors; /* by folder of files; -1: not watched */
};

static int fail(sy_status status, const char *file, const char *message, int number)
{
    sy_error error = {.status = status};
    snprintf(error.file, sizeof error.file, "%s", file);
    snprintf(error.message, sizeof error.message, "%s%s%s", message, number ? ": " : "",
             number ? strerror(number) : "");
    return message_error(&error);
}

static int watch_folder(struct watch *w, size_t i)
{
    const char *folder = sy_files_folder(w->files, i);
    w->descriptors[i] = inotify_add_watch(w->inotify, folder, SAVED | IN_ONLYDIR);
    if (w->descriptors[i] >= 0 || errno == ENOENT || errno == ENOTDIR || errno == EACCES)
        return EXIT_DONE;
    if (errno == ENOSPC)
        return fail(SY_ESYSTEM, folder,
                    "cannot be watched: raise the system's limit, "
                    "sysctl fs.inotify.max_user_watches",
                    0);
    return fail(SY_ESYSTEM, folder, "cannot be watched", errno);
}

/* Lists the folders as they are now and watches each. */
static int refresh(struct watch *w, const char *evaluation)
{
    sy_files *files;
    sy_error error;
    int code = EXIT_DONE;
    if (sy_files_open(&files, evaluation, run_data_folder(), &error) != SY_OK)
        return message_error(&error);
    sy_files_close(w->files);
    free(w->descriptors);
    w->files = files;
    w->descriptors = calloc(sy_files_nfolders(files) + 1, sizeof *w->descriptors);
    if (!w->descriptors)
        return fail(SY_ENOMEM, "", "out of memory", 0);
    for (size_t i = 0; i < sy_files_nfolders(files) && code == EXIT_DONE; i++)
        code = watch_folder(w, i);
    return code;
}

static bool is_link(const char *folder, const char *name)
{
    char path[PATH_MAX];
    struct stat s;
    int n = snprintf(path, sizeof path, "%s/%s", folder, name);
    return n > 0 && (size_t)n < sizeof path && lstat(path, &s) == 0 && S_ISLNK(s.st_mode);
}

/* Whether the event means that a file which is read may be another one now. A file that is merely
 * made is still being written. */
static bool counts(const struct watch *w, const struct inotify_event *e)
{
    if (e->mask & IN_Q_OVERFLOW)
        return true;
    for (size_t i = 0; i < sy_files_nfolders(w->files); i++) {
        if (w->descriptors[i] != e->wd)
            continue;
        if (e->mask & (IN_DELETE_SELF | IN_MOVE_SELF))
            return true;
        if (e->len == 0 || !sy_files_names(w->files, i, e->name))
            continue;
        if (!(e->mask & IN_CREATE) || (e->mask & IN_ISDIR) ||
            is_link(sy_files_folder(w->files, i), e->name))
            return true;
    }
    return false;
}

/* Takes the events that there are; whether one counts. */
static bool take_events(const struct watch *w)
{
    _Alignas(struct inotify_event) char events[16384];
    bool any = false;
    ssize_t n;
    while ((n = read(w->inotify, events, sizeof events)) > 0)
        for (ssize_t at = 0; at < n;) {
            const struct inotify_event *e = (const struct inotify_event *)(events + at);
            any = counts(w, e) || any;
            at += (ssize_t)(sizeof *e + e->len);
        }
    return any;
}

/* Until something is saved, and the rest of that save is over. */
static int wait_change(const struct watch *w)
{
    struct pollfd p = {.fd = w->inotify, .events = POLLIN};
    for (bool any = false; !any; any = take_events(w))
        if (poll(&p, 1, -1) < 0 && errno != EINTR)
            return fail(SY_ESYSTEM, "", "cannot wait for changes", errno);
    for (int i = 0; i < BURST_MAX && poll(&p, 1, QUIET_MS) > 0; i++)
        (void)take_events(w);
    return EXIT_DONE;
}

/* One more run, of which `*last` is the one before, or NULL. A run that fails has said why: the
 * last good one stays. */
static int run_again(sy_run **last, const char *evaluation, const struct options *options,
                     watch_fn first, watch_fn again)
{
    sy_run *now;
    sy_error error;
    if (run_open(&now, evaluation, options) != EXIT_DONE)
        return EXIT_DONE;
    int code = (*last ? again : first)(now, options);
    if (code == EXIT_DONE && *last && sy_run_moved(*last, now, "-", &error) != SY_OK)
        code = message_error(&error);
    sy_run_close(*last);
    *last = now;
    return code;
}

/* The thresholds are told of, though there is no exit code to tell them with. */
static int tell(sy_run *run, const struct options *options, int code)
{
    if (run && code == EXIT_DONE)
        (void)run_exit(run, options, NULL);
    if (fflush(stdout) != 0)
        return fail(SY_EFILE, "", "cannot write standard output", 0);
    return code;
}

static int watch_files(struct watch *w, const char *evaluation, const struct options *options,
                       watch_fn first, watch_fn again)
{
    sy_run *last = NULL;
    int code = refresh(w, evaluation);
    if (code != EXIT_DONE)
        return code;
    code = run_open(&last, evaluation, options);
    if (code == EXIT_USAGE || !*run_data_folder()) /* no file of the evaluation mends that */
        return code;
    code = tell(last, options, last ? first(last, options) : EXIT_DONE);
    if (code == EXIT_DONE)
        message_note("watching %zu files; Ctrl-C ends", sy_files_count(w->files));
    while (code == EXIT_DONE && (code = wait_change(w)) == EXIT_DONE &&
           (code = refresh(w, evaluation)) == EXIT_DONE) {
        code = run_again(&last, evaluation, options, first, again);
        code = tell(last, options, code);
    }
    sy_run_close(last);
    return code;
}

int watch_evaluation(const char *evaluation, const struct options *options, watch_fn first,
                     watch_fn again)
{
    struct watch w = {.inotify = -1};
    if (options->format && !options->output && strcmp(options->format, "table") != 0)
        return message_usage("--watch prints what moved, which is no %s: name a file with -o",
                             options->format);
    w.inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (w.inotify < 0)
        return fail(SY_ESYSTEM, "", "cannot watch files", errno);
    int code = watch_files(&w, evaluation, options, first, again);
    close(w.inotify);
    sy_files_close(w.files);
    free(w.descriptors);
    return code;
}
