/*
 * task.c - waves of tasks, done by all workers and committed one by one: findings beside the work,
 * all else after it.
 *
 * A limit or a kept value stops a script from the task on in which it happened, whoever did it
 * first in time: a task that a script was called in, though an earlier one has stopped it, is done
 * again. A limit counts only in a state that was loaded for the task: nothing that tasks before it
 * left there can have brought it about.
 */
#include "stage/task.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#define WAVE_TASKS 32u /* a worker: enough that none waits long for the last */

static void reset_worker(struct worker *w)
{
    if (!w->lent)
        sandbox_close(w->sandbox);
    w->sandbox = NULL;
    w->lent = false;
}

/* Every script of the run, in the order of bind: the memory that is left is the same for all. */
static sy_status load_scripts(struct worker *w, const struct run *r, sy_error *err)
{
    struct sandbox_limits limits = {r->e->instructions, r->e->memory};
    sy_status status = sandbox_open(&w->sandbox, &limits, err);
    if (status != SY_OK)
        return status;
    sandbox_share(w->sandbox, r->sandbox);
    sandbox_cover(w->sandbox, r->options.coverage);
    for (uint32_t i = 0; i < r->nstandards && status == SY_OK; i++) {
        const struct standard *s = &r->standards[i];
        w->scripts[i] = NULL;
        if (s->script)
            status = script_load(&w->scripts[i], w->sandbox, s->layers, s->nlayers, s->parameters,
                                 s->yard->nparameters, err);
        if (status == SY_OK && s->stop.message)
            script_stop(w->scripts[i], &s->stop);
    }
    if (status != SY_OK)
        reset_worker(w);
    return status;
}

static sy_status settle_worker(struct task *t, sy_error *err)
{
    struct worker *w = t->worker;
    sy_status status = SY_OK;
    t->fresh = !w->sandbox;
    if (!w->sandbox)
        status = load_scripts(w, t->r, err);
    for (uint32_t i = 0; i < t->r->nstandards && status == SY_OK; i++) {
        const struct script_stop *stop = &t->r->standards[i].stop;
        if (w->scripts[i] && stop->message)
            script_stop(w->scripts[i], stop);
        if (w->scripts[i] && t->scripts[i].keeps)
            script_stop(w->scripts[i], &t->scripts[i].why);
    }
    if (status == SY_OK)
        sandbox_settle(w->sandbox);
    t->settled = status == SY_OK;
    return status;
}

sy_status task_script(struct script **out, struct task *t, uint32_t standard, sy_error *err)
{
    *out = NULL;
    if (!t->r->standards[standard].script)
        return SY_OK;
    sy_status status = t->settled ? SY_OK : settle_worker(t, err);
    if (status != SY_OK)
        return status;
    *out = t->worker->scripts[standard];
    t->scripts[standard].called = true;
    return SY_OK;
}

/* Before a task is done, for the first time or again. What is known of scripts that keep something
 * stays known. */
static void start_task(struct task *t, struct worker *w)
{
    t->worker = w;
    t->settled = t->fresh = false;
    journal_clear(&t->journal);
    for (uint32_t i = 0; i < t->r->nstandards; i++) {
        struct task_script *s = &t->scripts[i];
        s->called = s->hit = false;
        s->was_stopped = t->r->standards[i].stop.message != NULL;
    }
}

/* What the task has shown of the scripts that it called. */
static sy_status judge_scripts(struct task *t, bool *again, bool *spoilt, sy_error *err)
{
    sy_status status = sandbox_starved(t->worker->sandbox) ? error_nomem(err) : SY_OK;
    *again = *spoilt = false;
    for (uint32_t i = 0; i < t->r->nstandards && status == SY_OK; i++) {
        struct task_script *s = &t->scripts[i];
        if (!s->called || s->was_stopped)
            continue;
        *spoilt = *spoilt || s->keeps;
        if (s->keeps)
            continue;
        s->hit = script_stopped(t->worker->scripts[i]);
        if (!s->hit)
            status = script_keeps(&s->keeps, &s->why, t->worker->scripts[i], &t->notes, err);
        *again = *again || s->keeps;
        *spoilt = *spoilt || s->hit || s->keeps;
    }
    return status;
}

/* Where a script turns out to keep something, all is done again without it. */
static sy_status do_task(const struct stage *stage, struct task *t, struct worker *w, sy_error *err)
{
    bool again = true, spoilt = false;
    sy_status status = SY_OK;
    arena_dispose(&t->notes);
    for (uint32_t i = 0; i < t->r->nstandards; i++)
        t->scripts[i].keeps = false;
    while (again && status == SY_OK) {
        start_task(t, w);
        status = stage->run(stage->ctx, t, err);
        if (status == SY_OK)
            status = judge_scripts(t, &again, &spoilt, err);
        if (spoilt || status != SY_OK)
            reset_worker(w);
    }
    return status;
}

/* Whether a task counted on a script that was stopped by then, or doubts remain over a limit. */
static bool must_repeat(const struct task *t, bool *hit)
{
    bool stale = false;
    *hit = false;
    for (uint32_t i = 0; i < t->r->nstandards; i++) {
        const struct task_script *s = &t->scripts[i];
        bool stopped = t->r->standards[i].stop.message != NULL;
        stale = stale || (s->called && !s->was_stopped && stopped);
        *hit = *hit || s->hit;
    }
    return stale || (*hit && !t->fresh);
}

static sy_status stop_scripts(struct task *t, sy_error *err)
{
    struct run *r = t->r;
    for (uint32_t i = 0; i < r->nstandards; i++) {
        const struct task_script *s = &t->scripts[i];
        if (!s->called || s->was_stopped || (!s->hit && !s->keeps))
            continue;
        struct script_stop why = s->keeps ? s->why : script_limit;
        why.message = arena_strdup(&r->arena, why.message);
        why.file = why.file ? arena_strdup(&r->arena, why.file) : NULL;
        if (!why.message || (s->keeps && s->why.file && !why.file))
            return error_nomem(err);
        r->standards[i].stop = why;
        script_stop(r->standards[i].script, &why);
    }
    return SY_OK;
}

static sy_status commit_task(const struct stage *stage, struct task *t, sy_error *err)
{
    struct run *r = t->r;
    bool hit;
    sy_status status = SY_OK;
    while (status == SY_OK && must_repeat(t, &hit)) {
        if (hit)
            reset_worker(&r->crew[0]);
        status = do_task(stage, t, &r->crew[0], err);
    }
    if (status == SY_OK)
        status = stop_scripts(t, err);
    if (status == SY_OK && stage->commit)
        status = stage->commit(stage->ctx, t, err);
    return status == SY_OK ? journal_commit(r, &t->journal, err) : status;
}

/* A wave: tasks from `first`, one a slot. */
struct wave {
    const struct stage *stage;
    struct run *r;
    struct task *tasks;
    uint32_t first;
    uint32_t ncommitted; /* slots before it have been committed while others ran */
};

static sy_status run_one(void *ctx, unsigned worker, uint32_t slot, sy_error *err)
{
    struct wave *wave = ctx;
    struct task *t = &wave->tasks[slot];
    t->number = wave->first + slot;
    return do_task(wave->stage, t, &wave->r->crew[worker], err);
}

/* Whether a task leaves findings and nothing else. */
static bool leaves_findings(const struct stage *stage, const struct task *t)
{
    const struct journal *j = &t->journal;
    bool called = false;
    for (uint32_t i = 0; i < t->r->nstandards; i++)
        called = called || t->scripts[i].called;
    return !called && !stage->commit && j->nfiles == 0 && j->nreasons == 0 && j->nruled == 0 &&
           j->nfailed == 0;
}

/* While tasks run nothing may change that they look at. Findings they do not: these are taken
 * beside the work, as long as none before them has to wait. */
static sy_status take_findings(void *ctx, uint32_t slot, sy_error *err)
{
    struct wave *wave = ctx;
    const struct task *t = &wave->tasks[slot];
    if (wave->ncommitted != slot || !leaves_findings(wave->stage, t))
        return SY_OK;
    wave->ncommitted++;
    return journal_findings(wave->r, &t->journal, 0, t->journal.findings.count, err);
}

static sy_status run_wave(struct wave *wave, uint32_t n, sy_error *err)
{
    const struct work work = {.ctx = wave, .run = run_one, .take = take_findings};
    wave->ncommitted = 0;
    /* What is one task is not worth waking anybody for. */
    sy_status status =
        n == 1 ? run_one(wave, 0, 0, err) : workers_run(wave->r->workers, n, n, &work, err);
    for (uint32_t i = wave->ncommitted; i < n && status == SY_OK; i++)
        status = commit_task(wave->stage, &wave->tasks[i], err);
    return status;
}

sy_status task_begin(struct task *t, struct run *r, sy_error *err)
{
    *t = (struct task){.r = r};
    t->scripts = calloc((size_t)r->nstandards + 1, sizeof *t->scripts);
    if (!t->scripts)
        return error_nomem(err);
    start_task(t, &r->crew[0]);
    return SY_OK;
}

void task_end(struct task *t)
{
    journal_dispose(&t->journal);
    arena_dispose(&t->notes);
    free(t->scripts);
}

sy_status task_run_all(struct run *r, uint32_t ntasks, const struct stage *stage, sy_error *err)
{
    unsigned n = workers_count(r->workers);
    uint32_t slots = n == 1 ? 1 : n * WAVE_TASKS;
    slots = slots < ntasks ? slots : ntasks;
    struct wave wave = {.stage = stage, .r = r};
    sy_status status = SY_OK;
    wave.tasks = calloc((size_t)slots + 1, sizeof *wave.tasks);
    if (!wave.tasks)
        return error_nomem(err);
    for (uint32_t i = 0; i < slots && status == SY_OK; i++)
        status = task_begin(&wave.tasks[i], r, err);
    for (; wave.first < ntasks && status == SY_OK; wave.first += slots) {
        uint32_t left = ntasks - wave.first;
        if (r->stage)
            status = progress_tell(&r->progress, r->stage, (double)wave.first / ntasks, err);
        if (status == SY_OK)
            status = run_wave(&wave, left < slots ? left : slots, err);
    }
    for (uint32_t i = 0; i < slots; i++)
        task_end(&wave.tasks[i]);
    free(wave.tasks);
    return status;
}

sy_status task_group(struct run *r, sy_error *err)
{
    uint64_t size = 0;
    r->ngroups = 0;
    r->groups = malloc(((size_t)(r->nfunds - r->from_fund) + 2) * sizeof *r->groups);
    if (!r->groups)
        return error_nomem(err);
    for (uint32_t i = r->from_fund; i < r->nfunds; i++) {
        if (size == 0)
            r->groups[r->ngroups++] = i;
        size += 1 + (uint64_t)r->funds[i].count;
        if (size >= TASK_ITEMS)
            size = 0;
    }
    r->groups[r->ngroups] = r->nfunds;
    return SY_OK;
}

uint32_t task_first_fund(const struct task *t)
{
    return t->r->groups[t->number];
}

uint32_t task_end_fund(const struct task *t)
{
    return t->r->groups[t->number + 1];
}

sy_status task_open(struct run *r, sy_error *err)
{
    unsigned n = workers_count(r->workers);
    r->crew = calloc(n, sizeof *r->crew);
    if (!r->crew)
        return error_nomem(err);
    for (unsigned i = 0; i < n; i++) {
        r->crew[i].scripts = calloc((size_t)r->nstandards + 1, sizeof *r->crew[i].scripts);
        if (!r->crew[i].scripts)
            return error_nomem(err);
    }
    if (r->sandbox) { /* as bind left it: worker 0 need not load again */
        r->crew[0].sandbox = r->sandbox;
        r->crew[0].lent = true;
    }
    for (uint32_t i = 0; i < r->nstandards; i++)
        r->crew[0].scripts[i] = r->standards[i].script;
    return task_group(r, err);
}

void task_close(struct run *r)
{
    for (unsigned i = 0; r->crew && i < workers_count(r->workers); i++) {
        reset_worker(&r->crew[i]);
        free(r->crew[i].scripts);
        score_chunk_free(r->crew[i].chunk);
    }
    free(r->crew);
    free(r->groups);
}
