/*
 * compose.c - rules made of standard rules (least, average, against_previous): judge each item for
 * each rule in it, run the kernels, put their columns together.
 */
#include "stage/compose.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

#define BLOCK 256u /* items at a time: columns of all parts fit a cache */

/* The items at hand. Owns: columns. */
struct composing {
    const struct run *r;
    const struct compose_rows *rows;
    size_t first, n;
    struct arena columns;
    sy_error *err;
};

/* Items that a kernel can grade. */
struct graded {
    size_t n;
    size_t place[BLOCK];
    double actual[BLOCK], target[BLOCK], hi[BLOCK], attainment[BLOCK];
    uint8_t sign[BLOCK], notes[BLOCK];
};

static void add_operand(struct graded *g, size_t place, const struct judged *j)
{
    g->place[g->n] = place;
    g->actual[g->n] = j->actual;
    g->target[g->n] = j->target;
    g->hi[g->n] = j->hi;
    g->sign[g->n++] = (uint8_t)j->sign;
}

/* More than last year is no target that was set too low. */
static struct rule without_doubt(const struct rule *rule, bool previous)
{
    struct rule own = *rule;
    own.over = previous ? 0 : own.over;
    return own;
}

static void run_graded(const struct composing *c, const struct rule *rule, struct graded *g,
                       double *attainment)
{
    const struct kernel_rows kernel = {g->n,    g->actual,     g->target, g->hi,
                                       g->sign, g->attainment, g->notes};
    kernel_run(rule, &kernel);
    for (size_t k = 0; k < g->n; k++) {
        const size_t at = c->first + g->place[k];
        attainment[g->place[k]] = g->attainment[k];
        if (!g->notes[k])
            continue;
        c->rows->notes[at] = g->notes[k];
        c->rows->actual[at] = g->actual[k];
        c->rows->target[at] = g->target[k];
    }
}

static sy_status run_leaf(struct composing *c, const struct rule *rule, bool previous,
                          double *attainment)
{
    const struct rule own = without_doubt(rule, previous);
    struct graded g;
    g.n = 0;
    for (size_t k = 0; k < c->n; k++) {
        const uint32_t at = c->rows->order[c->first + k];
        const struct fund *f = &c->r->funds[c->rows->funds[at]];
        struct judged one;
        sy_status status =
            judge_part(&one, NULL, c->r, f, c->rows->first + at, rule, previous, c->err);
        if (status != SY_OK)
            return status;
        if (one.ready)
            add_operand(&g, k, &one);
        else
            attainment[k] = one.status == ITEM_SCORED ? one.attainment : NAN;
    }
    run_graded(c, &own, &g, attainment);
    return SY_OK;
}

static sy_status run_rule(struct composing *c, const struct rule *rule, bool previous,
                          double *attainment)
{
    const double *columns[RULE_PARTS_MAX];
    if (rule->nparts == 0)
        return run_leaf(c, rule, previous, attainment);
    previous = previous || rule->kind == RULE_AGAINST_PREVIOUS;
    for (size_t k = 0; k < rule->nparts; k++) {
        double *column = arena_alloc(&c->columns, c->n * sizeof *column);
        if (!column)
            return error_nomem(c->err);
        sy_status status = run_rule(c, rule->parts[k].rule, previous, column);
        if (status != SY_OK)
            return status;
        columns[k] = column;
    }
    kernel_combine(rule, c->n, columns, attainment);
    return SY_OK;
}

sy_status compose_run(const struct run *r, const struct rule *rule, const struct compose_rows *rows,
                      sy_error *err)
{
    struct composing c = {.r = r, .rows = rows, .err = err};
    sy_status status = SY_OK;
    memset(rows->notes, 0, rows->n);
    for (; c.first < rows->n && status == SY_OK; c.first += BLOCK) {
        c.n = rows->n - c.first < BLOCK ? rows->n - c.first : BLOCK;
        status = run_rule(&c, rule, false, rows->attainment + c.first);
        arena_dispose(&c.columns);
    }
    return status;
}

/* One item, for its explanation. */
struct explaining {
    const struct run *r;
    const struct fund *f;
    uint32_t item;
    bool zh;
    sy_error *err;
};

/* What one rule gave; `out` stays empty where words were taken for met. */
static sy_status explain_leaf(struct buf *out, const struct explaining *x, const struct rule *rule,
                              bool previous, double *attainment)
{
    struct judged j;
    sy_status status = judge_part(&j, NULL, x->r, x->f, x->item, rule, previous, x->err);
    *attainment = j.attainment;
    if (status != SY_OK || !j.ready)
        return status;
    const struct rule own = without_doubt(rule, previous);
    const uint8_t sign = (uint8_t)j.sign;
    const struct kernel_rows one = {1, &j.actual, &j.target, &j.hi, &sign, attainment, NULL};
    kernel_run(&own, &one);
    rule_explain(out, &own, j.actual, j.target, j.hi, (enum rule_sign)sign, *attainment, x->zh);
    return SY_OK;
}

static sy_status explain_rule(struct buf *out, const struct explaining *x, const struct rule *rule,
                              bool previous, double *attainment)
{
    struct buf texts[RULE_PARTS_MAX] = {{0}};
    const char *reasons[RULE_PARTS_MAX];
    const double *columns[RULE_PARTS_MAX];
    double attainments[RULE_PARTS_MAX];
    sy_status status = SY_OK;
    if (rule->nparts == 0)
        return explain_leaf(out, x, rule, previous, attainment);
    previous = previous || rule->kind == RULE_AGAINST_PREVIOUS;
    for (size_t k = 0; k < rule->nparts && status == SY_OK; k++) {
        status = explain_rule(&texts[k], x, rule->parts[k].rule, previous, &attainments[k]);
        reasons[k] = texts[k].len ? buf_text(&texts[k]) : NULL;
        columns[k] = &attainments[k];
    }
    if (status == SY_OK) {
        kernel_combine(rule, 1, columns, attainment);
        rule_explain_parts(out, rule, attainments, reasons, x->zh);
    }
    for (size_t k = 0; k < rule->nparts; k++) {
        out->failed = out->failed || texts[k].failed;
        buf_dispose(&texts[k]);
    }
    return status;
}

sy_status compose_explain(struct buf *out, const struct run *r, const struct fund *f, uint32_t item,
                          const struct rule *rule, bool zh, sy_error *err)
{
    const struct explaining x = {r, f, item, zh, err};
    double attainment;
    return explain_rule(out, &x, rule, false, &attainment);
}
