/*
 * timed.c - runs a command and tells what it cost, from the outside.
 *
 *     bench_timed RESULT LOG COMMAND [ARGUMENT …]
 *
 * RESULT gets one line: seconds of wall, user and system time, peak resident KiB, exit code (128 +
 * N of a signal). LOG gets what the command prints, both streams; it reads nothing. Children that
 * the command waited for count.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static void run_child(const char *log, char **command)
{
    const int in = open("/dev/null", O_RDONLY);
    const int out = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (in < 0 || out < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0)
        _exit(126);
    execvp(command[0], command);
    fprintf(stderr, "%s: %s\n", command[0], strerror(errno));
    _exit(127);
}

int main(int argc, char **argv)
{
    struct timespec from, to;
    struct rusage used;
    int status;
    if (argc < 4) {
        fputs("bench_timed RESULT LOG COMMAND [ARGUMENT …]\n", stderr);
        return 2;
    }
    clock_gettime(CLOCK_MONOTONIC, &from);
    const pid_t child = fork();
    if (child == 0)
        run_child(argv[2], argv + 3);
    if (child < 0 || wait4(child, &status, 0, &used) != child) {
        perror("bench_timed");
        return 1;
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    FILE *result = fopen(argv[1], "w");
    if (!result) {
        perror(argv[1]);
        return 1;
    }
    fprintf(result, "%.6f %.6f %.6f %ld %d\n",
            (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9,
            seconds(used.ru_utime), seconds(used.ru_stime), used.ru_maxrss,
            WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return fclose(result) == 0 ? 0 : 1;
}
