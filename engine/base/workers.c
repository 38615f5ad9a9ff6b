/*
 * workers.c - threads that share numbered tasks, whose results are taken in order.
 *
 * One lock guards the counters; tasks are coarse, so that it is never contended.
 */
#include "base/workers.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>

#include "base/error.h"

enum task_state { TASK_FREE, TASK_RUNNING, TASK_DONE, TASK_FAILED };

/* A task begun and not yet taken. */
struct slot {
    enum task_state state;
    sy_error error;
};

/* The work at hand. Owns: slots. */
struct share {
    const struct work *work;
    struct slot *slots;
    uint32_t ntasks, window;
    uint32_t next;  /* task to begin */
    uint32_t taken; /* tasks before it are taken */
    bool stopped;   /* a task failed: none is begun any more */
    unsigned busy;  /* tasks that run */
};

struct workers {
    pthread_mutex_t lock;
    pthread_cond_t changed; /* there is something to begin, to take, or to end */
    struct share *share;    /* NULL: idle */
    bool closing;
    unsigned n; /* threads and the caller */
    pthread_t threads[WORKERS_MAX];
};

struct start {
    struct workers *w;
    unsigned worker;
};

/* More of them would rather wait for memory than share the work. */
#define AVAILABLE_MAX 64

unsigned workers_available(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0)
        return 1;
    int n = CPU_COUNT(&set);
    return n < 1 ? 1 : n > AVAILABLE_MAX ? AVAILABLE_MAX : (unsigned)n;
}

static bool can_begin(const struct share *s)
{
    return !s->stopped && s->next < s->ntasks && s->next - s->taken < s->window;
}

/* Begins and does the next task. Holds the lock at both ends, not in between. */
static void do_task(struct workers *w, struct share *s, unsigned worker)
{
    uint32_t task = s->next++;
    struct slot *slot = &s->slots[task % s->window];
    slot->state = TASK_RUNNING;
    s->busy++;
    pthread_mutex_unlock(&w->lock);
    sy_status status = s->work->run(s->work->ctx, worker, task, &slot->error);
    pthread_mutex_lock(&w->lock);
    slot->state = status == SY_OK ? TASK_DONE : TASK_FAILED;
    if (status != SY_OK) {
        slot->error.status = status;
        s->stopped = true;
    }
    s->busy--;
    pthread_cond_broadcast(&w->changed);
}

static void *run_thread(void *arg)
{
    struct start start = *(struct start *)arg;
    struct workers *w = start.w;
    free(arg);
    pthread_mutex_lock(&w->lock);
    while (!w->closing) {
        if (w->share != NULL && can_begin(w->share))
            do_task(w, w->share, start.worker);
        else
            pthread_cond_wait(&w->changed, &w->lock);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

/* Signals are the program's affair: our threads never handle one. */
static bool start_thread(struct workers *w)
{
    sigset_t all, before;
    struct start *start = malloc(sizeof *start);
    if (start == NULL)
        return false;
    *start = (struct start){w, w->n};
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool started = pthread_create(&w->threads[w->n], NULL, run_thread, start) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (started)
        w->n++;
    else
        free(start);
    return started;
}

sy_status workers_open(struct workers **out, unsigned n, sy_error *err)
{
    struct workers *w = calloc(1, sizeof *w);
    if (w == NULL)
        return error_nomem(err);
    pthread_mutex_init(&w->lock, NULL); /* neither fails with default attributes */
    pthread_cond_init(&w->changed, NULL);
    w->n = 1;
    while (w->n < n && w->n < WORKERS_MAX && start_thread(w))
        continue;
    *out = w;
    return SY_OK;
}

void workers_close(struct workers *w)
{
    if (w == NULL)
        return;
    pthread_mutex_lock(&w->lock);
    w->closing = true;
    pthread_cond_broadcast(&w->changed);
    pthread_mutex_unlock(&w->lock);
    for (unsigned i = 1; i < w->n; i++)
        pthread_join(w->threads[i], NULL);
    pthread_cond_destroy(&w->changed);
    pthread_mutex_destroy(&w->lock);
    free(w);
}

unsigned workers_count(const struct workers *w)
{
    return w->n;
}

/* Takes the task that is next in order. Holds the lock at both ends, not in between. */
static sy_status take_task(struct workers *w, struct share *s, sy_error *err)
{
    struct slot *slot = &s->slots[s->taken % s->window];
    sy_status status = SY_OK;
    if (slot->state == TASK_FAILED) {
        if (err != NULL)
            *err = slot->error;
        return slot->error.status;
    }
    if (s->work->take != NULL) {
        pthread_mutex_unlock(&w->lock);
        status = s->work->take(s->work->ctx, s->taken, err);
        pthread_mutex_lock(&w->lock);
    }
    slot->state = TASK_FREE;
    s->taken++;
    pthread_cond_broadcast(&w->changed);
    return status;
}

static bool can_take(const struct share *s)
{
    if (s->taken == s->ntasks)
        return false;
    enum task_state state = s->slots[s->taken % s->window].state;
    return s->taken < s->next && (state == TASK_DONE || state == TASK_FAILED);
}

/* A failed task stops later ones from being begun; those before it are begun already. */
static sy_status work_on(struct workers *w, struct share *s, sy_error *err)
{
    sy_status status = SY_OK;
    while (status == SY_OK && s->taken < s->ntasks) {
        if (can_take(s))
            status = take_task(w, s, err);
        else if (can_begin(s))
            do_task(w, s, 0);
        else
            pthread_cond_wait(&w->changed, &w->lock);
    }
    s->stopped = true;
    while (s->busy > 0)
        pthread_cond_wait(&w->changed, &w->lock);
    return status;
}

sy_status workers_run(struct workers *w, uint32_t ntasks, uint32_t window, const struct work *work,
                      sy_error *err)
{
    struct share s = {.work = work, .ntasks = ntasks, .window = window > 0 ? window : 1};
    s.slots = calloc(s.window, sizeof *s.slots);
    if (s.slots == NULL)
        return error_nomem(err);
    pthread_mutex_lock(&w->lock);
    w->share = &s;
    pthread_cond_broadcast(&w->changed);
    sy_status status = work_on(w, &s, err);
    w->share = NULL;
    pthread_mutex_unlock(&w->lock);
    free(s.slots);
    return status;
}
