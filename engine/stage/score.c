/*
 * score.c - plan to attainments, in chunks: judge what each item is, then run each rule once over
 * the items of the chunk that share it.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/error.h"
#include "stage/compose.h"
#include "stage/judge.h"
#include "stage/plan.h"
#include "stage/task.h"

#define SCRIPT_ROWS 256u /* called at once: their results are still at hand when they are taken */

/* Work space of one worker. */
struct score_chunk {
    struct judged judged[TASK_ITEMS]; /* by item of the chunk */
    uint32_t left[TASK_ITEMS];        /* items that a rule is to grade */
    uint32_t order[TASK_ITEMS];       /* those of them that share one */
    double actual[TASK_ITEMS], target[TASK_ITEMS], hi[TASK_ITEMS], attainment[TASK_ITEMS];
    uint8_t sign[TASK_ITEMS], notes[TASK_ITEMS];
    uint32_t funds[SCRIPT_ROWS], items[SCRIPT_ROWS]; /* for Lua functions */
    struct script_result results[SCRIPT_ROWS];
};

void score_chunk_free(struct score_chunk *c)
{
    free(c);
}

/* One task: the items from `first`. */
struct scoring {
    struct run *r;
    struct task *t;
    struct journal *out;
    struct score_chunk *c;
    uint32_t first, n;
    struct see see;
    struct script_data data;
    sy_error *err;
};

static const struct fund *fund_of(const struct scoring *s, uint32_t i)
{
    return &s->r->funds[s->c->judged[i].fund];
}

/* What a rule gave an item: its attainment, or what stands beside a rating. */
static sy_status take_attainment(struct scoring *s, uint32_t i, double attainment)
{
    struct run *r = s->r;
    uint32_t item = s->first + i;
    const struct judged *j = &s->c->judged[i];
    if (j->status != ITEM_SCORED) {
        r->status[item] = ITEM_SCORED;
        r->attainment[item] = attainment;
        return SY_OK;
    }
    sy_status status = journal_ruled(s->out, item, attainment, s->err);
    if (status != SY_OK)
        return status;
    uint32_t word = item_rating(r, fund_of(s, i), item);
    struct finding_at at = item_rating_at(r, fund_of(s, i), item, FINDING_OVERRIDDEN);
    struct value_text room;
    at.text = word != NO_WORD ? dataset_text(&r->d, word) : item_actual_text(&room, r, item);
    at.a = attainment;
    return journal_find(s->out, &at, s->err);
}

/* A ratio is shown as people say it: 1.33 times. */
static sy_status note_too_low(struct scoring *s, uint32_t i, double ratio)
{
    int64_t scaled;
    if (decimal_round(&scaled, ratio, 2, ROUND_HALF_UP))
        ratio = decimal_value(scaled, 2);
    return item_finding(s->out, s->r, fund_of(s, i), s->first + i, FINDING_TARGET_TOO_LOW, NULL,
                        NULL, ratio, 0, s->err);
}

static void run_column(struct score_chunk *c, const struct rule *rule, const uint32_t *order,
                       uint32_t n)
{
    for (uint32_t k = 0; k < n; k++) {
        const struct judged *j = &c->judged[order[k]];
        c->actual[k] = j->actual;
        c->target[k] = j->target;
        c->hi[k] = j->hi;
        c->sign[k] = (uint8_t)j->sign;
    }
    struct kernel_rows rows = {n, c->actual, c->target, c->hi, c->sign, c->attainment, c->notes};
    memset(c->notes, 0, n);
    kernel_run(rule, &rows);
}

static sy_status run_parts(struct scoring *s, const struct rule *rule, const uint32_t *order,
                           uint32_t n)
{
    struct score_chunk *c = s->c;
    const struct compose_rows rows = {.judged = c->judged,
                                      .order = order,
                                      .first = s->first,
                                      .n = n,
                                      .attainment = c->attainment,
                                      .actual = c->actual,
                                      .target = c->target,
                                      .notes = c->notes};
    return compose_run(s->r, rule, &rows, s->err);
}

/* A rule over the n items order[0..n) of the chunk. */
static sy_status run_kernel(struct scoring *s, const struct rule *rule, const uint32_t *order,
                            uint32_t n)
{
    struct score_chunk *c = s->c;
    sy_status run = SY_OK;
    if (rule->nparts)
        run = run_parts(s, rule, order, n);
    else
        run_column(c, rule, order, n);
    if (run != SY_OK)
        return run;
    for (uint32_t k = 0; k < n; k++) {
        sy_status status = take_attainment(s, order[k], c->attainment[k]);
        if (status == SY_OK && (c->notes[k] & KERNEL_TARGET_TOO_LOW))
            status = note_too_low(s, order[k], c->actual[k] / c->target[k]);
        if (status != SY_OK)
            return status;
    }
    return SY_OK;
}

static sy_status clamp_attainment(struct scoring *s, uint32_t i, double *attainment)
{
    double given = *attainment;
    *attainment = given < 0 ? 0 : given > 1 ? 1 : given;
    if (fabs(*attainment - given) <= 1e-9)
        return SY_OK;
    const struct rule *rule = item_bound(s->r, s->first + i)->rule;
    char place[PLACE_MAX];
    snprintf(place, sizeof place, "%s:%u", rule->script ? rule->script : "?", (unsigned)rule->line);
    return item_finding(s->out, s->r, fund_of(s, i), s->first + i, FINDING_ATTAINMENT_RANGE, place,
                        NULL, given, *attainment, s->err);
}

/* The attainment of a function, and what the rules that it called would have said. */
static sy_status take_done(struct scoring *s, uint32_t i, const struct script_result *result)
{
    double attainment = result->value.num;
    double part = result->given;
    sy_status status = clamp_attainment(s, i, &attainment);
    if (status == SY_OK && result->ranged)
        status = clamp_attainment(s, i, &part);
    if (status == SY_OK)
        status = take_attainment(s, i, attainment);
    if (status == SY_OK && result->over_ratio > 0)
        status = note_too_low(s, i, result->over_ratio);
    if (status == SY_OK && result->repeats)
        status = item_finding(s->out, s->r, fund_of(s, i), s->first + i,
                              FINDING_ACTUAL_REPEATS_TARGET, NULL, NULL, 0, 0, s->err);
    return status;
}

/* A function that called a rule which has nothing to go by here: that rule's verdict stands. */
static sy_status take_unfit(struct scoring *s, uint32_t i, const struct script_result *result)
{
    struct run *r = s->r;
    uint32_t item = s->first + i;
    struct judged j = s->c->judged[i];
    sy_status status = judge_unfit(&j, s->out, r, fund_of(s, i), item, result->unfit, s->err);
    r->status[item] = (uint8_t)j.status;
    r->attainment[item] = j.status == ITEM_SCORED ? j.attainment : NAN;
    return status;
}

/* The function cannot tell: what its declaration says of that case, where it does. */
static void take_other(struct scoring *s, uint32_t i, enum item_status status, double declared)
{
    uint32_t item = s->first + i;
    if (s->c->judged[i].status == ITEM_SCORED)
        return; /* a rating stands */
    s->r->status[item] = (uint8_t)(isnan(declared) ? status : ITEM_SCORED);
    s->r->attainment[item] = declared;
}

static sy_status take_result(struct scoring *s, uint32_t i, const struct script_result *result)
{
    struct run *r = s->r;
    uint32_t item = s->first + i;
    const struct fund *f = fund_of(s, i);
    const struct rule *rule = s->c->judged[i].rule;
    sy_status status = SY_OK;
    if (result->reason)
        status = journal_reason(s->out, item, result->reason, s->err);
    if (status != SY_OK)
        return status;
    switch (result->outcome) {
    case SCRIPT_DONE:
        return take_done(s, i, result);
    case SCRIPT_UNFIT:
        return take_unfit(s, i, result);
    case SCRIPT_NOT_APPLICABLE:
        take_other(s, i, ITEM_NOT_APPLICABLE, rule_not_applicable(rule));
        return SY_OK;
    case SCRIPT_LACKING:
    case SCRIPT_NO_VALUE:
        take_other(s, i, ITEM_MISSING, rule_missing(rule));
        return item_lacking(s->out, r, f, item, item_path(r, item), result, s->err);
    case SCRIPT_ERROR:
    case SCRIPT_DISABLED:
        r->status[item] = ITEM_ERROR;
        r->attainment[item] = NAN;
        return item_script_error(s->out, r, f, item_bound(r, item)->path, result, s->err);
    }
    return SY_OK;
}

/* The next n of the items that a function grades. */
static sy_status run_rows(struct scoring *s, struct script *script, const uint32_t *order,
                          uint32_t n)
{
    struct score_chunk *c = s->c;
    struct arena texts = {0};
    const struct rule *rule = c->judged[order[0]].rule;
    for (uint32_t k = 0; k < n; k++) {
        c->funds[k] = fund_of(s, order[k])->entity;
        c->items[k] = s->first + order[k];
    }
    script_run_items(script, rule->function, &s->data, c->funds, c->items, n, c->results, &texts);
    sy_status status = s->see.status;
    for (uint32_t k = 0; k < n && status == SY_OK; k++)
        status = take_result(s, order[k], &c->results[k]);
    arena_dispose(&texts);
    return status;
}

static sy_status run_function(struct scoring *s, const uint32_t *order, uint32_t n)
{
    struct script *script;
    sy_status status = task_script(&script, s->t, fund_of(s, order[0])->standard, s->err);
    for (uint32_t at = 0; at < n && status == SY_OK; at += SCRIPT_ROWS)
        status = run_rows(s, script, order + at, n - at < SCRIPT_ROWS ? n - at : SCRIPT_ROWS);
    return status;
}

/* Rules are few in a chunk: each pass takes the rule of the first item left, and all that share it.
 */
static sy_status run_segments(struct scoring *s, uint32_t nleft)
{
    struct score_chunk *c = s->c;
    uint32_t *left = c->left;
    sy_status status = SY_OK;
    while (nleft && status == SY_OK) {
        const struct rule *rule = c->judged[left[0]].rule;
        uint32_t n = 0, rest = 0;
        for (uint32_t k = 0; k < nleft; k++) {
            if (c->judged[left[k]].rule == rule)
                c->order[n++] = left[k];
            else
                left[rest++] = left[k];
        }
        nleft = rest;
        status = rule->function ? run_function(s, c->order, n) : run_kernel(s, rule, c->order, n);
    }
    return status;
}

static sy_status score_items(struct scoring *s)
{
    struct run *r = s->r;
    uint32_t nleft = 0, fund = find_fund(r, s->first);
    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t item = s->first + i;
        while (item >= r->funds[fund].first + r->funds[fund].count)
            fund++;
        struct judged *j = &s->c->judged[i];
        j->fund = fund;
        sy_status status = judge_item(j, s->out, r, &r->funds[fund], item, s->err);
        if (status != SY_OK)
            return status;
        r->status[item] = (uint8_t)j->status;
        r->attainment[item] = j->status == ITEM_SCORED ? j->attainment : NAN;
        if (j->ready)
            s->c->left[nleft++] = i;
    }
    return run_segments(s, nleft);
}

static sy_status score_task(void *ctx, struct task *t, sy_error *err)
{
    struct run *r = t->r;
    struct scoring s = {.r = r,
                        .t = t,
                        .out = &t->journal,
                        .first = t->number * TASK_ITEMS,
                        .see = {.r = r, .journal = &t->journal, .err = err},
                        .err = err};
    (void)ctx;
    if (!t->worker->chunk)
        t->worker->chunk = malloc(sizeof *t->worker->chunk);
    s.c = t->worker->chunk;
    if (!s.c)
        return error_nomem(err);
    see_init(&s.data, &s.see);
    s.n = r->nitems - s.first < TASK_ITEMS ? r->nitems - s.first : TASK_ITEMS;
    sy_status status = score_items(&s);
    buf_dispose(&s.see.scratch);
    return status;
}

static sy_status make_arrays(struct run *r, sy_error *err)
{
    size_t n = (size_t)r->nitems + 1;
    r->attainment = malloc(n * sizeof *r->attainment);
    r->score = malloc(n * sizeof *r->score);
    r->reason = calloc(n, sizeof *r->reason);
    r->status = malloc(n);
    return r->attainment && r->score && r->reason && r->status ? SY_OK : error_nomem(err);
}

sy_status score_run(struct run *r, sy_error *err)
{
    const struct stage stage = {.run = score_task};
    sy_status status = make_arrays(r, err);
    return status == SY_OK ? task_run_all(r, (r->nitems + TASK_ITEMS - 1) / TASK_ITEMS, &stage, err)
                           : status;
}
