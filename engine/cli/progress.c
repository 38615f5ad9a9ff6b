/*
 * progress.c - one line on standard error that says what takes so long: only on a terminal, only
 * after a second, gone when the work is done.
 *
 * The line is drawn by a timer, so that it also comes while the library waits for a pipe or runs
 * one long stage. What the handler reads is a few numbers, what it calls is write.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include "cli/cli.h"

#define FIRST_SECONDS 1
#define NEXT_MICROS   200000
#define CLEAR         "\r\x1b[K"

struct stage {
    const char *name, *en, *zh;
};

static const struct stage stages[] = {{"load", "reading data", "读取数据"},
                                      {"bind", "matching indicators", "对应指标"},
                                      {"measure", "computing values", "计算指标值"},
                                      {"score", "scoring", "评分"},
                                      {"check", "checking", "检查数据"},
                                      {"total", "adding up", "汇总"},
                                      {"write", "writing", "写出结果"}};
#define NSTAGES (sizeof stages / sizeof *stages)

static volatile sig_atomic_t stage_now, percent_now, drawn;
static bool chinese, running;

static void draw(int number)
{
    char line[96];
    size_t n = 0;
    int percent = (int)percent_now;
    const char *text = chinese ? stages[stage_now].zh : stages[stage_now].en;
    (void)number;
    memcpy(line, CLEAR, strlen(CLEAR));
    n += strlen(CLEAR);
    memcpy(line + n, text, strlen(text));
    n += strlen(text);
    if (percent >= 0) {
        line[n++] = ' ';
        if (percent >= 100)
            line[n++] = '1';
        if (percent >= 10)
            line[n++] = (char)('0' + percent / 10 % 10);
        line[n++] = (char)('0' + percent % 10);
        line[n++] = '%';
    }
    drawn = 1;
    ssize_t ignored = write(STDERR_FILENO, line, n);
    (void)ignored;
}

int progress_show(void *ctx, const char *stage, double share)
{
    (void)ctx;
    for (size_t i = 0; i < NSTAGES; i++)
        if (strcmp(stages[i].name, stage) == 0)
            stage_now = (sig_atomic_t)i;
    percent_now = share < 0 ? -1 : share > 1 ? 100 : (int)(share * 100);
    return interrupt_waits();
}

void progress_begin(const struct options *options)
{
    struct sigaction action = {.sa_handler = draw, .sa_flags = SA_RESTART};
    struct itimerval often = {{0, NEXT_MICROS}, {FIRST_SECONDS, 0}};
    if (running || options->quiet || !isatty(STDERR_FILENO))
        return;
    chinese = options->language && strcmp(options->language, "zh") == 0;
    stage_now = 0;
    percent_now = -1;
    sigemptyset(&action.sa_mask);
    running = sigaction(SIGALRM, &action, NULL) == 0 && setitimer(ITIMER_REAL, &often, NULL) == 0;
}

void progress_end(void)
{
    struct itimerval never = {{0, 0}, {0, 0}};
    if (!running)
        return;
    setitimer(ITIMER_REAL, &never, NULL);
    signal(SIGALRM, SIG_IGN);
    running = false;
    progress_wipe();
}

void progress_wipe(void)
{
    if (!drawn)
        return;
    drawn = 0;
    ssize_t ignored = write(STDERR_FILENO, CLEAR, strlen(CLEAR));
    (void)ignored;
}
