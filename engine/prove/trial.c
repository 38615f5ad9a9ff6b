/*
 * trial.c - cases to points, and counterexamples made smaller (see trial.h).
 */
#include "prove/trial.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "prove/vary.h"

#define TRIES_MAX 400 /* of one counterexample: each scores its points */

/* What scripts said of the indicators: out of range, failed. */
static sy_status read_findings(struct law_point *points, const char **message, struct arena *arena,
                               const struct run *r, const struct trial_case *cases,
                               const uint32_t *case_of, sy_error *err)
{
    const struct findings *found = &r->d.findings;
    for (size_t i = 0; i < found->count; i++) {
        const struct finding *row = &found->rows[i];
        const bool range = row->code == FINDING_ATTAINMENT_RANGE;
        const bool failed = row->code == FINDING_SCRIPT_ERROR;
        struct finding_detail detail;
        if ((!range && !failed) || row->entity == FINDING_NOWHERE || row->path == FINDING_NOWHERE ||
            r->fund_of[row->entity] == NO_ROW)
            continue;
        const uint32_t at = case_of[r->fund_of[row->entity]];
        if (at == NO_ROW || strcmp(pool_text(&r->d.paths, row->path), cases[at].path) != 0)
            continue;
        findings_detail(&detail, found, row);
        if (range)
            points[at].given = detail.a;
        points[at].failed = points[at].failed || failed;
        if (!failed || !message || *message)
            continue;
        *message = arena_strdup(arena, detail.text ? detail.text : "");
        if (!*message)
            return error_nomem(err);
    }
    return SY_OK;
}

static sy_status read_points(struct law_point *points, const char **message, struct arena *arena,
                             const struct run *r, const struct trial_case *cases, size_t n,
                             sy_error *err)
{
    uint32_t *case_of = malloc(((size_t)r->nfunds + 1) * sizeof *case_of);
    if (!case_of)
        return error_nomem(err);
    memset(case_of, 0xFF, ((size_t)r->nfunds + 1) * sizeof *case_of);
    for (size_t i = 0; i < n; i++) {
        const uint32_t fund = prove_fund(r, cases[i].c);
        const uint32_t item = prove_item(r, cases[i].c, cases[i].path);
        points[i] = (struct law_point){.attainment = NAN, .given = NAN};
        if (fund != NO_ROW)
            case_of[fund] = (uint32_t)i;
        if (item != NO_ROW && item_status(r, item) == ITEM_SCORED)
            points[i].attainment = item_attainment(r, item);
    }
    sy_status status = read_findings(points, message, arena, r, cases, case_of, err);
    free(case_of);
    return status;
}

sy_status trial_score(struct law_point *points, const char **message, struct arena *arena,
                      const struct prove_home *home, const struct trial_case *cases, size_t n,
                      sy_error *err)
{
    struct run *r;
    const struct prove_case **list = malloc((n + 1) * sizeof *list);
    if (!list)
        return error_nomem(err);
    for (size_t i = 0; i < n; i++)
        list[i] = cases[i].c;
    sy_status status = prove_score(&r, home, list, n, err);
    free(list);
    if (status != SY_OK)
        return status;
    status = read_points(points, message, arena, r, cases, n, err);
    run_free(r);
    return status;
}

/* The i-th point's case. */
static struct prove_case *make_point(struct trial *t, struct arena *arena, size_t i)
{
    bool changed;
    struct prove_case *c = t->law == LAW_UNITS
                               ? vary_money(arena, t->base, t->units, t->yard, i > 0, &changed)
                               : vary_actual(arena, t->base, t->own, t->actuals[i]);
    if (c)
        c->number = (uint32_t)i + 1;
    return c;
}

sy_status trial_run(bool *broken, struct trial *t, struct arena *arena, sy_error *err)
{
    struct trial_case cases[LAW_POINTS_MAX];
    t->message = NULL;
    for (size_t i = 0; i < t->n; i++) {
        t->cases[i] = make_point(t, arena, i);
        if (!t->cases[i])
            return error_nomem(err);
        cases[i] = (struct trial_case){t->cases[i], t->path};
    }
    sy_status status = trial_score(t->points, &t->message, arena, t->home, cases, t->n, err);
    *broken = status == SY_OK && law_broken(t->law, t->points);
    return status;
}

/* The i-th part is left out, where that leaves the counterexample one. */
static sy_status leave_out(bool *left, struct trial *t, struct arena *arena, size_t i,
                           sy_error *err)
{
    struct trial less = *t;
    *left = false;
    less.base = vary_without(arena, t->base, i, &less.own);
    if (!less.base)
        return error_nomem(err);
    if (vary_parts(less.base) == vary_parts(t->base))
        return SY_OK;
    sy_status status = trial_run(left, &less, arena, err);
    if (*left)
        *t = less;
    return status;
}

sy_status trial_shrink(struct trial *t, struct arena *arena, sy_error *err)
{
    sy_status status = SY_OK;
    for (size_t i = 0, tries = 0; i < vary_parts(t->base) && tries < TRIES_MAX && status == SY_OK;
         tries++) {
        bool left;
        status = leave_out(&left, t, arena, i, err);
        i += !left;
    }
    return status;
}
