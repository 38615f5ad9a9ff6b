/*
 * workers.h - threads that share numbered tasks, whose results are taken in order.
 *
 * What a task computes depends on its number alone, and what it leaves is taken in the order of the
 * numbers: so the outcome is the same for any count of workers.
 */
#ifndef BASE_WORKERS_H
#define BASE_WORKERS_H

#include <stdbool.h>
#include <stdint.h>

#include <steelyard/base.h>

#define WORKERS_MAX 256u

/* Processors that this process may run on, at most 64. */
unsigned workers_available(void);

/* Owns: the threads. The caller's own thread is worker 0. */
struct workers;

/* `n` from 1. Where the system gives fewer threads, fewer do the work. */
sy_status workers_open(struct workers **out, unsigned n, sy_error *err);
void workers_close(struct workers *w);
unsigned workers_count(const struct workers *w);

struct work {
    void *ctx;
    /* Does one task, on worker 0 to count - 1, beside others. A worker's tasks come to it in
     * rising order. */
    sy_status (*run)(void *ctx, unsigned worker, uint32_t task, sy_error *err);
    /* Takes what a task left; in order, on the caller's thread, while others run. NULL: nothing to
     * take. */
    sy_status (*take)(void *ctx, uint32_t task, sy_error *err);
};

/* Does tasks 0 to ntasks - 1, at most `window` of them begun and not yet taken: task % window is a
 * slot of its own. The failure returned is that of the lowest task; all before it were taken, and
 * none after it. */
sy_status workers_run(struct workers *w, uint32_t ntasks, uint32_t window, const struct work *work,
                      sy_error *err);

#endif
