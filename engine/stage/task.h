/*
 * task.h - a stage's work in numbered tasks, done by the run's workers and committed in order.
 *
 * A task may read all of the run, write the ranges that it owns, and say the rest in its journal.
 * What it computes depends on its number alone: not on the worker, nor on the tasks before it.
 */
#ifndef STAGE_TASK_H
#define STAGE_TASK_H

#include "stage/journal.h"
#include "stage/plan.h"

/* Items in one task; with funds as tasks, as many together as make so many items. */
#define TASK_ITEMS 8192u

struct score_chunk; /* its work space */

/* What one worker has to itself. Owns: sandbox unless it is lent, scripts, chunk. */
struct worker {
    struct sandbox *sandbox; /* NULL: none yet */
    struct script **scripts; /* by standard; NULL: it has none */
    bool lent;               /* the sandbox is the run's own, of bind */
    struct score_chunk *chunk;
};

/* The script of a standard, as a task met it. */
struct task_script {
    bool called, was_stopped;
    bool keeps; /* it keeps something between calls: `why` */
    bool hit;   /* a limit */
    struct script_stop why;
};

/* Owns: journal, scripts, notes. */
struct task {
    struct run *r;
    struct worker *worker;
    uint32_t number;
    struct journal journal;
    struct task_script *scripts; /* by standard */
    struct arena notes;          /* texts of `why` */
    bool settled;                /* the worker's sandbox has let go of what was before */
    bool fresh;                  /* … and was loaded for this task */
};

struct stage {
    sy_status (*run)(void *ctx, struct task *t, sy_error *err);
    /* What only this stage leaves, before its journal is committed; NULL: nothing. It may commit
     * the journal's findings itself, and clears them then. */
    sy_status (*commit)(void *ctx, struct task *t, sy_error *err);
    void *ctx;
};

/* After bind: the workers of the run, and funds in groups. */
sy_status task_open(struct run *r, sy_error *err);
void task_close(struct run *r);
/* The groups of the funds from r->from_fund on: neighbours until they have a task's worth of items;
 * a fund alone costs as much as an item. The groups before are not freed. */
sy_status task_group(struct run *r, sy_error *err);

sy_status task_run_all(struct run *r, uint32_t ntasks, const struct stage *stage, sy_error *err);

/* The script of a standard in the task's worker; NULL where it has none. Loaded when first asked
 * for. */
sy_status task_script(struct script **out, struct task *t, uint32_t standard, sy_error *err);

/* One task for a call outside of stages, on worker 0. */
sy_status task_begin(struct task *t, struct run *r, sy_error *err);
void task_end(struct task *t);

/* Tasks over funds: group g is funds from r->groups[g] to before r->groups[g + 1]. */
uint32_t task_first_fund(const struct task *t);
uint32_t task_end_fund(const struct task *t);

#endif
