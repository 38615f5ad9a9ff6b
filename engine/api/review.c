/*
 * review.c - what is to be done with each claim, and which come first.
 */
#include "api/review.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#define VISIT_SHARE 0.1 /* of the full score: who claims that much too much is visited */

const char *review_advice_word(enum review_advice advice)
{
    static const char *const words[ADVICES] = {"pass", "add_reason", "return", "visit"};
    return words[advice];
}

static void advise(struct review_work *work, enum review_advice advice)
{
    if (work->advice < advice)
        work->advice = advice;
}

/* Whether the unit gave a reason in the row that a finding is about. */
static bool is_noted(const struct run *r, const struct fund *f, const struct finding *what,
                     uint32_t *item)
{
    *item = what->path == FINDING_NOWHERE ? NO_ROW : find_item(r, f, what->path);
    const uint32_t row = *item == NO_ROW ? NO_ROW : item_row(r, *item);
    return row != NO_ROW && outcome_word(&r->d, OUTCOME_NOTE, row) != NO_WORD;
}

static void count_finding(struct review *v, uint32_t fund, const struct finding *what)
{
    struct review_work *work = &v->works[fund];
    const uint32_t k = review_kind_of((enum finding_code)what->code);
    uint32_t item = NO_ROW;
    if (work->kinds[k] < UINT16_MAX)
        work->kinds[k]++;
    if (k == REVIEW_KINDS)
        return;
    const struct review_kind *kind = review_kind_at(k);
    const bool noted =
        (kind->unless_noted || v->doubts) && is_noted(v->p->r, &v->p->r->funds[fund], what, &item);
    if (!kind->unless_noted || !noted)
        advise(work, kind->advice);
    if (v->doubts && item != NO_ROW)
        v->doubts[item] |= 1u << k;
}

/* Findings of all funds, and of each. */
static void count_findings(struct review *v)
{
    const struct run *r = v->p->r;
    for (size_t i = 0; i < r->d.findings.count; i++) {
        const struct finding *f = &r->d.findings.rows[i];
        v->counts[f->code]++;
        if (f->entity != FINDING_NOWHERE && r->fund_of[f->entity] != NO_ROW)
            count_finding(v, r->fund_of[f->entity], f);
    }
}

const char *review_grade(const struct review *v, uint32_t fund)
{
    const struct run *r = v->p->r;
    const uint32_t grade = r->results[fund].grade;
    return grade == NO_ROW ? NULL : r->standards[r->funds[fund].standard].yard->grades[grade].name;
}

const char *review_claimed_grade(const struct review *v, uint32_t fund)
{
    const struct run *r = v->p->r;
    const uint32_t word = r->d.entities[r->funds[fund].entity].claimed_grade;
    return word == NO_WORD ? NULL : dataset_text(&r->d, word);
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void count_grade(struct review *v, uint32_t fund)
{
    const char *claimed = review_claimed_grade(v, fund), *recomputed = review_grade(v, fund);
    for (uint32_t i = 0; i < v->ngrades; i++) {
        if (same(v->grades[i].claimed, claimed) && same(v->grades[i].recomputed, recomputed)) {
            v->grades[i].funds++;
            return;
        }
    }
    v->grades[v->ngrades++] = (struct review_grade){claimed, recomputed, 1};
}

/* Whether a better grade is claimed than the one that was reached. */
static bool grade_over(const struct review *v, uint32_t fund)
{
    const struct run *r = v->p->r;
    const struct yardstick *y = r->standards[r->funds[fund].standard].yard;
    const char *claimed = review_claimed_grade(v, fund);
    const uint32_t reached = r->results[fund].grade;
    for (uint32_t g = 0; claimed && reached != NO_ROW && g < reached; g++)
        if (strcmp(y->grades[g].name, claimed) == 0)
            return true;
    return false;
}

static void judge_fund(struct review *v, uint32_t fund)
{
    const struct run *r = v->p->r;
    struct review_work *work = &v->works[fund];
    const struct review_fund *sums = &work->sums;
    const struct yardstick *y = r->standards[r->funds[fund].standard].yard;
    review_fund(&work->sums, r, &r->funds[fund]);
    const bool silent = isnan(sums->claimed_sum) && isnan(sums->claimed_total);
    if (silent || sums->rows[VERDICT_OVERCLAIMED] || sums->unproven || grade_over(v, fund) ||
        (sums->by_total && sums->over > 0))
        advise(work, ADVICE_RETURN);
    if (sums->over >= VISIT_SHARE * y->full_score)
        advise(work, ADVICE_VISIT);
    for (int i = 0; i < VERDICTS; i++) {
        v->rows[i] += sums->rows[i];
        v->points[i] += sums->points[i];
    }
    count_grade(v, fund);
}

/* The most to do first, then the most points, then as the data has them. */
static int compare(const void *a, const void *b)
{
    const struct review_work *x = a, *y = b;
    if (x->advice != y->advice)
        return x->advice > y->advice ? -1 : 1;
    if (x->sums.over != y->sums.over)
        return x->sums.over > y->sums.over ? -1 : 1;
    return (x->fund > y->fund) - (x->fund < y->fund);
}

static bool sort_works(struct review *v)
{
    const uint32_t n = v->p->r->nfunds;
    struct review_work *sorted = malloc(((size_t)n + 1) * sizeof *sorted);
    if (!sorted)
        return false;
    memcpy(sorted, v->works, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, compare);
    for (uint32_t i = 0; i < n; i++)
        v->worst[i] = sorted[i].fund;
    free(sorted);
    return true;
}

sy_status review_open(struct review *out, struct report *p, sy_error *err)
{
    const uint32_t n = p->r->nfunds;
    *out = (struct review){.p = p,
                           .works = calloc((size_t)n + 1, sizeof *out->works),
                           .worst = calloc((size_t)n + 1, sizeof *out->worst),
                           .grades = calloc((size_t)n + 1, sizeof *out->grades),
                           .codes = calloc(FINDING_CODES, sizeof *out->codes),
                           .counts = calloc(FINDING_CODES, sizeof *out->counts)};
    if (n == 1)
        out->doubts = calloc((size_t)p->r->nitems + 1, sizeof *out->doubts);
    if (n == 1 && !out->doubts)
        return error_nomem(err);
    if (!out->works || !out->worst || !out->grades || !out->codes || !out->counts)
        return error_nomem(err);
    for (uint32_t i = 0; i < n; i++)
        out->works[i].fund = i;
    count_findings(out);
    for (uint32_t i = 0; i < n; i++)
        judge_fund(out, i);
    for (uint32_t code = 0; code < FINDING_CODES; code++)
        if (out->counts[code])
            out->codes[out->ncodes++] = code;
    return sort_works(out) ? SY_OK : error_nomem(err);
}

void review_dispose(struct review *v)
{
    free(v->works);
    free(v->doubts);
    free(v->worst);
    free(v->grades);
    free(v->codes);
    free(v->counts);
}
