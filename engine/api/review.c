/*
 * review.c - what is to be done with each claim, and which come first.
 */
#include "api/review.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"

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

/* What a finding asks for. Those that do not speak of the claim ask for nothing. */
static void count_kind(struct review_work *work, enum finding_code code)
{
    switch (code) {
    case FINDING_DEDUCTION_WITHOUT_REASON:
        work->no_reason++;
        advise(work, ADVICE_ADD_REASON);
        break;
    case FINDING_CLAIMED_OVER_WEIGHT:
        work->over_weight++;
        advise(work, ADVICE_RETURN);
        break;
    case FINDING_CLAIMED_SUM:
    case FINDING_TOTAL_NOT_ROLLED_UP:
        work->sums_wrong++;
        advise(work, ADVICE_RETURN);
        break;
    case FINDING_FULL_MARKS_MISSED_TARGET:
    case FINDING_DOUBLE_WEIGHTING:
        advise(work, ADVICE_RETURN);
        break;
    default:
        break;
    }
}

/* Findings of all funds, and of each. */
static void count_findings(struct review *v)
{
    const struct run *r = v->p->r;
    for (size_t i = 0; i < r->d.findings.count; i++) {
        const struct finding *f = &r->d.findings.rows[i];
        v->counts[f->code]++;
        if (f->entity == FINDING_NOWHERE || r->fund_of[f->entity] == NO_ROW)
            continue;
        struct review_work *work = &v->works[r->fund_of[f->entity]];
        work->nfindings++;
        count_kind(work, (enum finding_code)f->code);
    }
}

static const char *grade_of(const struct run *r, uint32_t fund)
{
    const uint32_t grade = r->results[fund].grade;
    return grade == NO_ROW ? NULL : r->standards[r->funds[fund].standard].yard->grades[grade].name;
}

static const char *claimed_grade(const struct run *r, uint32_t fund)
{
    const uint32_t word = r->d.entities[r->funds[fund].entity].claimed_grade;
    return word == NO_WORD ? NULL : dataset_text(&r->d, word);
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void count_grade(struct review *v, uint32_t fund)
{
    const char *claimed = claimed_grade(v->p->r, fund), *recomputed = grade_of(v->p->r, fund);
    for (uint32_t i = 0; i < v->ngrades; i++) {
        if (same(v->grades[i].claimed, claimed) && same(v->grades[i].recomputed, recomputed)) {
            v->grades[i].funds++;
            return;
        }
    }
    v->grades[v->ngrades++] = (struct review_grade){claimed, recomputed, 1};
}

static void judge_fund(struct review *v, uint32_t fund)
{
    const struct run *r = v->p->r;
    struct review_work *work = &v->works[fund];
    const struct yardstick *y = r->standards[r->funds[fund].standard].yard;
    review_fund(&work->sums, r, &r->funds[fund]);
    work->over = isnan(work->sums.claimed_comparable)
                     ? 0
                     : work->sums.claimed_comparable - work->sums.recomputed_total;
    if (work->sums.rows[VERDICT_OVERCLAIMED])
        advise(work, ADVICE_RETURN);
    if (work->over >= VISIT_SHARE * y->full_score)
        advise(work, ADVICE_VISIT);
    for (int i = 0; i < VERDICTS; i++) {
        v->rows[i] += work->sums.rows[i];
        v->points[i] += work->sums.points[i];
    }
    count_grade(v, fund);
}

/* The most to do first, then the most points, then as the data has them. */
static int compare(const void *a, const void *b)
{
    const struct review_work *x = a, *y = b;
    if (x->advice != y->advice)
        return x->advice > y->advice ? -1 : 1;
    if (x->over != y->over)
        return x->over > y->over ? -1 : 1;
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
    free(v->worst);
    free(v->grades);
    free(v->codes);
    free(v->counts);
}

static void say_points(struct buf *out, double points)
{
    char text[NUMBER_TEXT_MAX];
    buf_add(out, text, number_print(text, points));
}

static void add_why(struct buf *out, bool zh, uint32_t n, const char *zh_text, const char *en_text)
{
    if (n == 0)
        return;
    buf_str(out, out->len ? (zh ? "；" : "; ") : "");
    buf_printf(out, zh ? zh_text : en_text, (unsigned)n);
}

void review_why(struct buf *out, const struct review *v, uint32_t fund)
{
    const struct review_work *work = &v->works[fund];
    const bool zh = v->p->zh;
    const uint32_t over = work->sums.rows[VERDICT_OVERCLAIMED];
    const uint32_t told = work->over_weight + work->no_reason + work->sums_wrong;
    buf_clear(out);
    add_why(out, zh, over, "%u 项自评偏高", "claims too high: %u");
    if (over) {
        buf_str(out, zh ? "，净多 " : ", by ");
        say_points(out, round(work->over * 1e6) / 1e6);
        buf_str(out, zh ? " 分" : " points net");
    }
    add_why(out, zh, work->over_weight, "%u 项超过分值", "claims above their weight: %u");
    if (work->sums_wrong)
        add_why(out, zh, 1, "自评总分与各指标合计不符", "the claimed total is not their sum");
    add_why(out, zh, work->no_reason, "%u 项扣分未写原因", "deductions without a reason: %u");
    add_why(out, zh, work->nfindings - told, "其他疑点 %u 条", "other findings: %u");
    if (out->len == 0)
        buf_str(out, zh ? "自评与规则一致" : "claims and rules agree");
}
