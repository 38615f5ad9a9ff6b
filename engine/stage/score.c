/*
 * score.c - plan to attainments, in chunks: judge what each item is, then run each rule once over
 * the items of the chunk that share it; or one rule over the chunk as it lies, where all are alike.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/error.h"
#include "base/pages.h"
#include "stage/compose.h"
#include "stage/judge.h"
#include "stage/plan.h"
#include "stage/score_chunk.h"
#include "stage/task.h"

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
    return &s->r->funds[s->c->fund[i]];
}

/* Whether an item whose rule is to run has its attainment by a rating. */
static bool is_rated(const struct scoring *s, uint32_t i)
{
    return item_status(s->r, s->first + i) == ITEM_SCORED;
}

/* What a rule gave an item: its attainment, or what stands beside a rating. */
static sy_status take_attainment(struct scoring *s, uint32_t i, double attainment)
{
    struct run *r = s->r;
    uint32_t item = s->first + i;
    if (!is_rated(s, i)) {
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
    if (s->r->quiet)
        return SY_OK;
    if (decimal_round(&scaled, ratio, 2, ROUND_HALF_UP))
        ratio = decimal_value(scaled, 2);
    const uint32_t item = s->first + i;
    const struct fund *f = fund_of(s, i);
    const struct place place = item_place(s->r, f, item);
    const struct finding row = {.entity = f->entity,
                                .path = item_bound(s->r, item)->path,
                                .file = place.file,
                                .line = place.line,
                                .code = FINDING_TARGET_TOO_LOW,
                                .severity = finding_severity(FINDING_TARGET_TOO_LOW)};
    return findings_add_number(&s->out->findings, &row, ratio, s->err);
}

static void run_column(struct score_chunk *c, const struct rule *rule, const uint32_t *order,
                       uint32_t n)
{
    struct score_columns *to = &c->segment;
    for (uint32_t k = 0; k < n; k++) {
        to->actual[k] = c->items.actual[order[k]];
        to->target[k] = c->items.target[order[k]];
        to->hi[k] = c->items.hi[order[k]];
        to->sign[k] = c->items.sign[order[k]];
    }
    const struct kernel_rows rows = {n,        to->actual,     to->target, to->hi,
                                     to->sign, to->attainment, to->notes};
    kernel_run(rule, &rows);
}

static sy_status run_parts(struct scoring *s, const struct rule *rule, const uint32_t *order,
                           uint32_t n)
{
    struct score_chunk *c = s->c;
    const struct compose_rows rows = {.funds = c->fund,
                                      .order = order,
                                      .first = s->first,
                                      .n = n,
                                      .attainment = c->segment.attainment,
                                      .actual = c->segment.actual,
                                      .target = c->segment.target,
                                      .notes = c->segment.notes};
    return compose_run(s->r, rule, &rows, s->err);
}

/* A rule over the n items order[0..n) of the chunk. */
static sy_status run_kernel(struct scoring *s, const struct rule *rule, const uint32_t *order,
                            uint32_t n)
{
    struct score_chunk *c = s->c;
    const struct score_columns *of = &c->segment;
    sy_status run = SY_OK;
    if (rule->nparts)
        run = run_parts(s, rule, order, n);
    else
        run_column(c, rule, order, n);
    if (run != SY_OK)
        return run;
    for (uint32_t k = 0; k < n; k++) {
        sy_status status = take_attainment(s, order[k], of->attainment[k]);
        if (status == SY_OK && (of->notes[k] & KERNEL_TARGET_TOO_LOW))
            status = note_too_low(s, order[k], of->actual[k] / of->target[k]);
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
    struct judged j = {.status = item_status(r, item),
                       .attainment = item_attainment(r, item),
                       .sign = item_sign(r, item),
                       .rule = item_bound(r, item)->rule};
    sy_status status = judge_unfit(&j, s->out, r, fund_of(s, i), item, result->unfit, s->err);
    r->status[item] = (uint8_t)j.status;
    r->attainment[item] = j.status == ITEM_SCORED ? j.attainment : NAN;
    return status;
}

/* The function cannot tell: what its declaration says of that case, where it does. */
static void take_other(struct scoring *s, uint32_t i, enum item_status status, double declared)
{
    uint32_t item = s->first + i;
    if (is_rated(s, i))
        return; /* a rating stands */
    s->r->status[item] = (uint8_t)(isnan(declared) ? status : ITEM_SCORED);
    s->r->attainment[item] = declared;
}

static sy_status take_result(struct scoring *s, uint32_t i, const struct script_result *result)
{
    struct run *r = s->r;
    uint32_t item = s->first + i;
    const struct fund *f = fund_of(s, i);
    const struct rule *rule = item_bound(r, item)->rule;
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
static sy_status run_rows(struct scoring *s, struct script *script, const struct rule *rule,
                          const uint32_t *order, uint32_t n)
{
    struct score_chunk *c = s->c;
    struct arena texts = {0};
    for (uint32_t k = 0; k < n; k++) {
        c->entities[k] = fund_of(s, order[k])->entity;
        c->numbers[k] = s->first + order[k];
    }
    script_run_items(script, rule->function, &s->data, c->entities, c->numbers, n, c->results,
                     &texts);
    sy_status status = s->see.status;
    for (uint32_t k = 0; k < n && status == SY_OK; k++)
        status = take_result(s, order[k], &c->results[k]);
    arena_dispose(&texts);
    return status;
}

static sy_status run_function(struct scoring *s, const struct rule *rule, const uint32_t *order,
                              uint32_t n)
{
    struct script *script;
    sy_status status = task_script(&script, s->t, fund_of(s, order[0])->standard, s->err);
    for (uint32_t at = 0; at < n && status == SY_OK; at += SCRIPT_ROWS)
        status = run_rows(s, script, rule, order + at, n - at < SCRIPT_ROWS ? n - at : SCRIPT_ROWS);
    return status;
}

/* Each rule, in the order in which the items name them, over all that share it. */
static sy_status run_segments(struct scoring *s)
{
    struct score_chunk *c = s->c;
    sy_status status = SY_OK;
    score_chunk_sort(c, c->ready, c->nready);
    for (uint32_t k = 0; k < c->nrules && status == SY_OK; k++) {
        const struct rule *rule = c->rules[k];
        const uint32_t *order = c->order + c->first[k], n = c->first[k + 1] - c->first[k];
        status = rule->function ? run_function(s, rule, order, n) : run_kernel(s, rule, order, n);
    }
    return status;
}

/* One kernel over the whole chunk, straight into the run. What it notes is said rule by rule, as
 * run_segments would. */
static sy_status run_alike(struct scoring *s)
{
    struct score_chunk *c = s->c;
    const struct score_columns *of = &c->items;
    const struct kernel_rows rows = {s->n,          of->actual, of->target,
                                     of->hi,        of->sign,   s->r->attainment + s->first,
                                     c->items.notes};
    uint32_t nnoted = 0;
    sy_status status = SY_OK;
    kernel_run(c->rules[0], &rows);
    memset(s->r->status + s->first, ITEM_SCORED, s->n);
    for (uint32_t i = 0; i < s->n; i++) {
        c->ready[nnoted] = i;
        nnoted += (of->notes[i] & KERNEL_TARGET_TOO_LOW) != 0;
    }
    score_chunk_sort(c, c->ready, nnoted);
    for (uint32_t k = 0; k < nnoted && status == SY_OK; k++) {
        const uint32_t i = c->order[k];
        status = note_too_low(s, i, of->actual[i] / of->target[i]);
    }
    return status;
}

/* Items of the chunk from one on as columns that begin there, found once for all of them. */
struct plain_items {
    const uint32_t *rows; /* NULL: one after the other from `row` on */
    const uint32_t *told; /* of targets; NULL: the same */
    uint32_t row, n;
    const uint32_t *overs, *wide_bounds; /* as in the run */
    const uint16_t *bounds;
    struct ids shapes; /* by row, as what follows */
    struct outcome_numbers target, actual;
    bool rated;
};

static struct plain_items plain_from(const struct scoring *s, uint32_t i)
{
    const struct run *r = s->r;
    const struct outcomes *o = &r->d.outcomes;
    const uint32_t item = s->first + i;
    struct plain_items p = {.row = item,
                            .n = s->c->plain.usable ? s->n - i : 0,
                            .overs = r->item_overs ? r->item_overs + item : NULL,
                            .wide_bounds = r->item_bounds ? NULL : r->wide_bounds + item,
                            .bounds = r->item_bounds ? r->item_bounds + item : NULL,
                            .shapes = o->shape,
                            .target = o->side[SIDE_TARGET],
                            .actual = o->side[SIDE_ACTUAL],
                            .told = r->item_told ? r->item_told + (item - r->from_item) : NULL,
                            .rated = s->c->plain.rated};
    if (r->item_rows && item >= r->nplain) {
        p.rows = r->item_rows + (item - r->nplain);
        return p;
    }
    p.rows = r->row_order ? r->row_order + item : NULL;
    if (r->item_rows && p.n > r->nplain - item)
        p.n = r->nplain - item;
    return p;
}

static bool has_rating(const struct scoring *s, uint32_t i)
{
    return item_rating(s->r, fund_of(s, i), s->first + i) != NO_WORD;
}

static inline double plain_number(const struct outcome_numbers *n, uint32_t row, double power)
{
    return n->digits ? (double)n->digits[row] / power : n->wide[row];
}

/* Item `i` of the chunk, by what holds for its shape under its bound. */
static inline void put_plain(struct score_chunk *c, uint32_t i, const struct plain_pair *pair,
                             double target, double actual, uint16_t rule)
{
    struct score_columns *to = &c->items;
    to->target[i] = pair->scaled ? target / pair->target_scale : target;
    to->actual[i] = pair->scaled ? actual / pair->actual_scale : actual;
    to->sign[i] = target == 0 ? pair->zero_sign : pair->sign;
    c->rule_of[i] = rule;
    c->known[i] = true;
}

/* The same for items that are just the rows in their order, in narrow columns, with nothing beside
 * them, as most are: up to the first that is not plain, which is returned. */
static uint32_t take_narrow(struct scoring *s, const struct plain_items *p, uint32_t i)
{
    struct score_chunk *c = s->c;
    const uint16_t *bounds = p->bounds, *shapes = p->shapes.narrow + p->row;
    uint32_t *ready = c->ready + c->nready;
    const uint32_t *targets = p->target.digits + p->row, *actuals = p->actual.digits + p->row;
    const struct rule *rule = NULL;
    uint32_t k = 0;
    uint16_t number = 0;
    for (; k < p->n; k++, i++) {
        const struct plain_pair *pair = judge_plain_find(&c->plain, s->r, shapes[k], bounds[k]);
        if (!pair)
            break;
        if (pair->rule != rule)
            number = score_chunk_rule(c, rule = pair->rule);
        put_plain(c, i, pair, targets[k] / pair->target_power, actuals[k] / pair->actual_power,
                  number);
        ready[k] = i;
    }
    c->nready += k;
    return i;
}

/* Rows of two numbers, each for the rule of its shape, as many as follow from item `i` on: up to
 * the item that is returned. */
static uint32_t take_plain(struct scoring *s, uint32_t i)
{
    const struct plain_items p = plain_from(s, i);
    struct score_chunk *c = s->c;
    const struct rule *rule = NULL;
    uint16_t number = 0;
    if (!p.rows && !p.overs && !p.rated && p.bounds && p.shapes.narrow && p.target.digits &&
        p.actual.digits)
        return take_narrow(s, &p, i);
    for (uint32_t k = 0; k < p.n; k++, i++) {
        const uint32_t row = p.rows ? p.rows[k] : p.row + k;
        if (row == NO_ROW || (p.overs && p.overs[k] != NO_ROW) || (p.rated && has_rating(s, i)))
            break;
        const uint32_t bound = p.bounds ? p.bounds[k] : p.wide_bounds[k];
        const struct plain_pair *pair =
            judge_plain_find(&c->plain, s->r, ids_get(&p.shapes, row), bound);
        if (!pair)
            break;
        if (pair->rule != rule)
            number = score_chunk_rule(c, rule = pair->rule);
        put_plain(c, i, pair, plain_number(&p.target, p.told ? p.told[k] : row, pair->target_power),
                  plain_number(&p.actual, row, pair->actual_power), number);
        c->ready[c->nready++] = i;
    }
    return i;
}

static sy_status take_judged(struct scoring *s, uint32_t i)
{
    struct run *r = s->r;
    struct score_columns *to = &s->c->items;
    const uint32_t item = s->first + i;
    struct judged j;
    sy_status status = judge_item(&j, r->quiet ? NULL : s->out, r, fund_of(s, i), item, s->err);
    if (status != SY_OK)
        return status;
    r->status[item] = (uint8_t)j.status;
    r->attainment[item] = j.status == ITEM_SCORED ? j.attainment : NAN;
    s->c->rule_of[i] = CHUNK_SETTLED;
    s->c->known[i] = false; /* what a rule gets may be derived */
    if (!j.ready)
        return SY_OK;
    to->actual[i] = j.actual;
    to->target[i] = j.target;
    to->hi[i] = j.hi;
    to->sign[i] = (uint8_t)j.sign;
    s->c->rated = s->c->rated || j.status == ITEM_SCORED;
    s->c->rule_of[i] = score_chunk_rule(s->c, j.rule);
    s->c->ready[s->c->nready++] = i;
    return SY_OK;
}

/* The fund of each item of the chunk. */
static void find_funds(struct scoring *s)
{
    const struct run *r = s->r;
    for (uint32_t i = 0, fund = find_fund(r, s->first); i < s->n; fund++) {
        const uint32_t end = r->funds[fund].first + r->funds[fund].count - s->first;
        for (const uint32_t stop = end < s->n ? end : s->n; i < stop; i++)
            s->c->fund[i] = fund;
    }
}

static sy_status score_chunk(struct scoring *s)
{
    struct run *r = s->r;
    struct score_chunk *c = s->c;
    score_chunk_begin(c);
    judge_plain_open(&c->plain, r);
    find_funds(s);
    memset(r->status + s->first, ITEM_MISSING, s->n); /* until the rule has run */
    for (uint32_t i = take_plain(s, 0); i < s->n; i = take_plain(s, i + 1)) {
        sy_status status = take_judged(s, i);
        if (status != SY_OK)
            return status;
    }
    const bool alike = c->alike && c->nready == s->n && !c->rated && !r->options.thorough;
    return alike ? run_alike(s) : run_segments(s);
}

static sy_status score_task(void *ctx, struct task *t, sy_error *err)
{
    struct run *r = t->r;
    struct scoring s = {.r = r,
                        .t = t,
                        .out = &t->journal,
                        .first = r->from_item + t->number * TASK_ITEMS,
                        .see = {.r = r, .journal = &t->journal, .err = err},
                        .err = err};
    (void)ctx;
    if (!t->worker->chunk)
        t->worker->chunk = calloc(1, sizeof *t->worker->chunk);
    s.c = t->worker->chunk;
    if (!s.c)
        return error_nomem(err);
    see_init(&s.data, &s.see);
    s.n = r->nitems - s.first < TASK_ITEMS ? r->nitems - s.first : TASK_ITEMS;
    s.see.plain = (struct see_plain){s.c->items.target, s.c->items.actual, s.c->items.sign,
                                     s.c->known,        s.first,           s.n};
    pages_expect(r->attainment + s.first, s.n * sizeof *r->attainment);
    sy_status status = score_chunk(&s);
    buf_dispose(&s.see.scratch);
    return status;
}

sy_status score_items(struct run *r, sy_error *err)
{
    const struct stage stage = {.run = score_task};
    return task_run_all(r, (r->nitems - r->from_item + TASK_ITEMS - 1) / TASK_ITEMS, &stage, err);
}

sy_status score_run(struct run *r, sy_error *err)
{
    const size_t n = (size_t)r->nitems + 1;
    r->attainment = malloc(n * sizeof *r->attainment);
    r->status = malloc(n);
    return r->attainment && r->status ? score_items(r, err) : error_nomem(err);
}
