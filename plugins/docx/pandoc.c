/*
 * pandoc.c - runs pandoc: no shell, fixed arguments, an environment of its own, nothing on standard
 * input, a time limit.
 *
 * The process is started by posix_spawnp, which is safe whatever threads the host has; it stands in
 * a group of its own, so that what it starts ends with it. Nothing of the host changes: no signal
 * handler, no environment, no folder. The signals that end a program wait on this thread while the
 * folder stands (pandoc_hold), so that Ctrl-C ends pandoc too and nothing stays behind.
 *
 * pandoc's --sandbox would keep it from files and addresses. Debian's 2.17 cannot write a document
 * under it (its own data files are out of reach then), so it is not asked for; our HTML names
 * neither files nor addresses, and no text can become markup (html.c).
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "docx.h"

#define LOG_NAME   "pandoc.log"
#define LINE_MAX_  200
#define FIRST_WAIT 1000000L  /* nanoseconds between looks, doubled … */
#define LAST_WAIT  50000000L /* … up to this */

/* What a run of pandoc came to. */
enum outcome { RAN, FAILED, TOO_LONG, STOPPED, ABSENT, UNABLE };

static const char *const ARGUMENTS[] = {"pandoc",
                                        "--from=html-auto_identifiers",
                                        "--to=docx",
                                        "--reference-doc=reference.docx",
                                        "--output=report.docx",
                                        "report.html",
                                        NULL};

/* A fixed time makes the same bytes of the same report; its own folder is its home. */
static const char *const ENVIRONMENT[] = {
    "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=.", "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "TZ=UTC",
    "SOURCE_DATE_EPOCH=315532800",       NULL};

static const int ENDING[] = {SIGINT, SIGTERM, SIGHUP};
#define NENDING (sizeof ENDING / sizeof *ENDING)

static int add_actions(posix_spawn_file_actions_t *actions, const struct folder *f)
{
    int rc = posix_spawn_file_actions_addchdir_np(actions, f->path);
    if (rc == 0)
        rc = posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
    if (rc == 0)
        rc = posix_spawn_file_actions_addopen(actions, 1, LOG_NAME, O_WRONLY | O_CREAT | O_TRUNC,
                                              0600);
    if (rc == 0)
        rc = posix_spawn_file_actions_adddup2(actions, 1, 2);
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    if (rc == 0)
        rc = posix_spawn_file_actions_addclosefrom_np(actions, 3);
#endif
    return rc;
}

static int add_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    int rc = posix_spawnattr_setpgroup(attributes, 0);
    if (rc == 0)
        rc = posix_spawnattr_setsigmask(attributes, &none);
    if (rc == 0)
        rc = posix_spawnattr_setsigdefault(attributes, &all);
    if (rc == 0)
        rc = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                                      POSIX_SPAWN_SETSIGDEF);
    return rc;
}

/* 0, or why not. pandoc is sought in the caller's PATH. */
static int start(const struct folder *f, pid_t *out)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int rc = posix_spawn_file_actions_init(&actions);
    if (rc != 0)
        return rc;
    rc = posix_spawnattr_init(&attributes);
    if (rc == 0) {
        rc = add_actions(&actions, f);
        if (rc == 0)
            rc = add_attributes(&attributes);
        if (rc == 0)
            rc = posix_spawnp(out, ARGUMENTS[0], &actions, &attributes,
                              (char *const *)(const void *)ARGUMENTS,
                              (char *const *)(const void *)ENVIRONMENT);
        (void)posix_spawnattr_destroy(&attributes);
    }
    (void)posix_spawn_file_actions_destroy(&actions);
    return rc;
}

static bool is_told_to_end(void)
{
    sigset_t waiting;
    bool told = false;
    if (sigpending(&waiting) != 0)
        return false;
    for (size_t i = 0; i < NENDING; i++)
        told = told || sigismember(&waiting, ENDING[i]) == 1;
    return told;
}

/* Ends all of its group before it is gone itself: until then the group's number is its own. */
static void end_group(pid_t child, int *status)
{
    (void)kill(-child, SIGKILL);
    while (waitpid(child, status, 0) < 0 && errno == EINTR)
        ;
}

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

/* Waits for a child without its signal, which is the host's. *status: as of waitpid; 0 where the
 * host lets children go unseen: the document tells then. */
static enum outcome wait_for(pid_t child, unsigned seconds, int *status)
{
    struct timespec begun, nap = {0, FIRST_WAIT};
    (void)clock_gettime(CLOCK_MONOTONIC, &begun);
    *status = 0;
    for (;;) {
        siginfo_t info = {0};
        const int rc = waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT);
        if ((rc == 0 && info.si_pid == child) || (rc < 0 && errno == ECHILD)) {
            end_group(child, status);
            return WIFEXITED(*status) && WEXITSTATUS(*status) == 0 ? RAN : FAILED;
        }
        const bool told = is_told_to_end();
        if (told || seconds_since(&begun) >= seconds) {
            end_group(child, status);
            return told ? STOPPED : TOO_LONG;
        }
        (void)nanosleep(&nap, NULL);
        nap.tv_nsec = nap.tv_nsec * 2 < LAST_WAIT ? nap.tv_nsec * 2 : LAST_WAIT;
    }
}

static int tell(struct doc *d, const struct folder *f, enum outcome outcome, int detail,
                unsigned seconds)
{
    char line[LINE_MAX_];
    switch (outcome) {
    case RAN:
        return 0;
    case ABSENT:
        return html_fail(d, SY_ESYSTEM,
                         "the format docx needs pandoc, and there is none on the PATH: install it "
                         "(Debian: apt-get install pandoc)");
    case UNABLE:
        return html_fail(d, SY_ESYSTEM, "cannot start pandoc: %s", strerror(detail));
    case STOPPED:
        return html_fail(d, SY_ESTOPPED, "stopped");
    case TOO_LONG:
        return html_fail(d, SY_ESYSTEM,
                         "pandoc took longer than %u seconds and was ended: give it more "
                         "(--option timeout=SECONDS) or fewer funds (--option funds=N)",
                         seconds);
    default:
        folder_first_line(f, LOG_NAME, line, sizeof line);
        if (WIFSIGNALED(detail))
            return html_fail(d, SY_ESYSTEM, "pandoc was ended by signal %d%s%s", WTERMSIG(detail),
                             line[0] ? ": " : "", line);
        return html_fail(d, SY_ESYSTEM, "pandoc failed (exit code %d)%s%s", WEXITSTATUS(detail),
                         line[0] ? ": " : "", line);
    }
}

static void list_ending(sigset_t *out)
{
    sigemptyset(out);
    for (size_t i = 0; i < NENDING; i++)
        sigaddset(out, ENDING[i]);
}

bool pandoc_hold(sigset_t *before)
{
    sigset_t ending;
    list_ending(&ending);
    return pthread_sigmask(SIG_BLOCK, &ending, before) == 0;
}

void pandoc_release(bool held, const sigset_t *before)
{
    if (held)
        (void)pthread_sigmask(SIG_SETMASK, before, NULL);
}

int pandoc_run(struct doc *d, const struct folder *f, unsigned seconds)
{
    pid_t child = 0;
    int detail = start(f, &child);
    enum outcome outcome;
    if (detail == 0)
        outcome = wait_for(child, seconds, &detail);
    else
        outcome = detail == ENOENT || detail == ENOTDIR ? ABSENT : UNABLE;
    return tell(d, f, outcome, detail, seconds);
}
