/*
 * fault.c - linked into a program, it makes what the system is asked for go wrong once, or ends the
 * program there. STEELYARD_FAULT=WHAT:N:HOW says where:
 *
 *     WHAT  write, fsync, rename, open (of a new file), read, malloc; output: any of the first four
 *     N     which of them, from 0
 *     HOW   an error (ENOSPC EIO EINTR EDQUOT ENOMEM), `short` (half of a write), or a signal that
 *           comes before it (kill, int, term) or after it (+kill, +int, +term)
 *
 * The file STEELYARD_FAULT_HIT is made when it happens.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SEEN __attribute__((visibility("default")))

/* The sanitizers' own, or libc's. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define REAL(name) __interceptor_##name
#else
#define REAL(name) __libc_##name
#endif
extern void *REAL(malloc)(size_t size);
extern void *REAL(calloc)(size_t n, size_t size);
extern void *REAL(realloc)(void *old, size_t size);

#if defined(__SANITIZE_ADDRESS__)
/* libc itself leaks where it has no memory for a locale's name. */
SEEN const char *__lsan_default_suppressions(void);
SEEN const char *__lsan_default_suppressions(void)
{
    return "leak:setlocale\nleak:_nl_normalize_codeset\n";
}
#endif

static struct {
    char what[16], how[16];
    long left; /* of them until it happens */
    bool on;
} fault;

__attribute__((constructor)) static void read_fault(void)
{
    const char *text = getenv("STEELYARD_FAULT");
    fault.on = text && sscanf(text, "%15[^:]:%ld:%15s", fault.what, &fault.left, fault.how) == 3;
}

static void say_hit(void)
{
    const char *path = getenv("STEELYARD_FAULT_HIT");
    if (path)
        syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT, 0600));
}

static bool is_output(const char *what)
{
    return strcmp(what, "read") != 0 && strcmp(what, "malloc") != 0;
}

/* Whether it happens now. */
static bool is_now(const char *what)
{
    if (!fault.on ||
        (strcmp(fault.what, what) != 0 && (strcmp(fault.what, "output") != 0 || !is_output(what))))
        return false;
    if (fault.left-- != 0)
        return false;
    fault.on = false;
    say_hit();
    return true;
}

static void send_signal(const char *name)
{
    int number = strcmp(name, "kill") == 0 ? SIGKILL : strcmp(name, "int") == 0 ? SIGINT : SIGTERM;
    syscall(SYS_kill, getpid(), number);
}

/* 0, or the error that the call has; signals that come before it are sent. */
static int fail_call(void)
{
    static const struct {
        const char *name;
        int number;
    } errors[] = {{"ENOSPC", ENOSPC}, {"EIO", EIO},       {"EINTR", EINTR},
                  {"EDQUOT", EDQUOT}, {"ENOMEM", ENOMEM}, {"EACCES", EACCES}};
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
        if (strcmp(fault.how, errors[i].name) == 0)
            return errors[i].number;
    if (fault.how[0] != '+' && strcmp(fault.how, "short") != 0)
        send_signal(fault.how);
    return 0;
}

/* The result of a call, after a signal that comes behind it. */
static long end_call(bool now, long result)
{
    int number = errno;
    if (now && fault.how[0] == '+')
        send_signal(fault.how + 1);
    errno = number;
    return result;
}

SEEN ssize_t write(int fd, const void *bytes, size_t len)
{
    bool now = fd != STDERR_FILENO && is_now("write");
    if (now && (errno = fail_call()))
        return -1;
    if (now && (strcmp(fault.how, "short") == 0 || fault.how[0] == '+'))
        len = (len + 1) / 2; /* what is killed is killed in the middle */
    return end_call(now, syscall(SYS_write, fd, bytes, len));
}

SEEN ssize_t read(int fd, void *bytes, size_t cap)
{
    bool now = is_now("read");
    if (now && (errno = fail_call()))
        return -1;
    if (now && strcmp(fault.how, "short") == 0)
        cap = (cap + 1) / 2;
    return end_call(now, syscall(SYS_read, fd, bytes, cap));
}

SEEN int fsync(int fd)
{
    bool now = is_now("fsync");
    if (now && (errno = fail_call()))
        return -1;
    return (int)end_call(now, syscall(SYS_fsync, fd));
}

SEEN int rename(const char *from, const char *to)
{
    bool now = is_now("rename");
    if (now && (errno = fail_call()))
        return -1;
    return (int)end_call(now, syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

SEEN int open(const char *path, int flags, ...)
{
    unsigned mode = 0;
    if (flags & O_CREAT) {
        va_list arguments;
        va_start(arguments, flags);
        mode = va_arg(arguments, unsigned);
        va_end(arguments);
    }
    bool now = (flags & O_CREAT) && is_now("open");
    if (now && (errno = fail_call()))
        return -1;
    return (int)end_call(now, syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

static bool refuse_memory(void)
{
    if (!is_now("malloc"))
        return false;
    errno = ENOMEM;
    return true;
}

SEEN void *malloc(size_t size)
{
    return refuse_memory() ? NULL : REAL(malloc)(size);
}

SEEN void *calloc(size_t n, size_t size)
{
    return refuse_memory() ? NULL : REAL(calloc)(n, size);
}

SEEN void *realloc(void *old, size_t size)
{
    return refuse_memory() ? NULL : REAL(realloc)(old, size);
}
