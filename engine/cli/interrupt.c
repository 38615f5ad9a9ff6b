/*
 * interrupt.c - Ctrl-C: exit code 130 at once, but never between a temporary file and its rename.
 */
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

static void stop(int number)
{
    (void)number;
    progress_wipe();
    _exit(EXIT_INTERRUPTED);
}

void interrupt_install(void)
{
    struct sigaction old, own = {.sa_handler = stop};
    sigemptyset(&own.sa_mask);
    /* Whoever started us with SIGINT ignored, as nohup and shells' background jobs do, meant it. */
    if (sigaction(SIGINT, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
        (void)sigaction(SIGINT, &own, NULL);
}

static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
#define NSIGNALS (sizeof signals / sizeof *signals)

/* Without those that are ignored: blocked, they would wait as if they were meant. */
static void list_signals(sigset_t *out)
{
    struct sigaction old;
    sigemptyset(out);
    for (size_t i = 0; i < NSIGNALS; i++)
        if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaddset(out, signals[i]);
}

bool interrupt_hold(const char *path)
{
    struct stat s;
    sigset_t set;
    /* A pipe or a device may wait for ever, and has no temporary file. */
    if (!path || strcmp(path, "-") == 0 || (stat(path, &s) == 0 && !S_ISREG(s.st_mode)))
        return false;
    list_signals(&set);
    return sigprocmask(SIG_BLOCK, &set, NULL) == 0;
}

int interrupt_waits(void)
{
    sigset_t waiting, held;
    list_signals(&held);
    if (sigpending(&waiting) != 0)
        return 0;
    for (size_t i = 0; i < NSIGNALS; i++)
        if (sigismember(&held, signals[i]) == 1 && sigismember(&waiting, signals[i]) == 1)
            return 1;
    return 0;
}

void interrupt_release(bool held)
{
    sigset_t set;
    list_signals(&set);
    if (held)
        (void)sigprocmask(SIG_UNBLOCK, &set, NULL);
}
