/*
 * review_kinds.c - findings as a reviewer sorts them: what each asks for, and in few words why.
 */
#include <math.h>
#include <string.h>

#include "api/review.h"
#include "base/number.h"

/* In the order in which they are told. Those that speak of one cell and ask for nothing beside what
 * its verdict says are no kind. */
static const struct review_kind kinds[] = {
    {FINDING_CLAIMED_OVER_WEIGHT, ADVICE_RETURN, false, false, "超过分值", "above the weight"},
    {FINDING_FULL_MARKS_MISSED_TARGET, ADVICE_RETURN, false, false, "未达标仍满分",
     "full marks, target missed"},
    {FINDING_TOTAL_NOT_ROLLED_UP, ADVICE_RETURN, true, false, "自评总分未汇总",
     "the claimed total was not added up"},
    {FINDING_CLAIMED_SUM, ADVICE_RETURN, true, false, "自评总分与各指标合计不符",
     "the claimed total is not their sum"},
    {FINDING_DOUBLE_WEIGHTING, ADVICE_RETURN, true, false, "重复加权", "weighted twice"},
    {FINDING_WEIGHTS_SUM, ADVICE_RETURN, true, false, "分值合计不等于满分",
     "weights do not add up to the full score"},
    {FINDING_BRACKET_POINTS, ADVICE_RETURN, true, false, "分值与表内标注不符",
     "weights differ from what the table says"},
    {FINDING_UNIT_MISMATCH, ADVICE_RETURN, false, false, "计量单位不符", "another unit"},
    {FINDING_KIND_MISMATCH, ADVICE_RETURN, false, false, "无法与指标值比较",
     "not comparable with the target"},
    {FINDING_BAD_NUMBER, ADVICE_RETURN, false, false, "不是数", "not a number"},
    {FINDING_DEDUCTION_WITHOUT_REASON, ADVICE_ADD_REASON, false, false, "扣分未写原因",
     "points missing without a reason"},
    {FINDING_OVERSPENT, ADVICE_ADD_REASON, true, false, "超预算执行", "more spent than budgeted"},
    {FINDING_TARGET_BELOW_PREVIOUS, ADVICE_ADD_REASON, false, true, "指标值远低于上年",
     "target far below last year"},
    {FINDING_TARGET_TOO_LOW, ADVICE_ADD_REASON, false, true, "指标值或偏低", "target too low?"},
    {FINDING_LEVEL_SUM, ADVICE_ADD_REASON, true, false, "一级指标分值与规定不符",
     "weights of levels not as prescribed"},
    {FINDING_ACTUAL_REPEATS_TARGET, ADVICE_PASS, false, false, "照抄指标值", "repeats its target"},
    {FINDING_ACTUAL_HAS_SIGN, ADVICE_PASS, false, false, "完成值带符号", "actual with a sign"},
    {FINDING_UNRATED, ADVICE_PASS, false, false, "尚未评定", "not rated"},
    {FINDING_CLAIMED_ROUNDED, ADVICE_PASS, false, false, "取整或截尾", "rounded or cut"},
};
#define NKINDS (sizeof kinds / sizeof *kinds)
_Static_assert(NKINDS == REVIEW_KINDS, "struct review_work has room for each");

uint32_t review_kind_of(enum finding_code code)
{
    uint32_t k = 0;
    while (k < NKINDS && kinds[k].code != code)
        k++;
    return k;
}

const struct review_kind *review_kind_at(uint32_t kind)
{
    return &kinds[kind];
}

static void begin(struct buf *out, const struct review *v)
{
    buf_str(out, out->len ? (v->p->zh ? "；" : "; ") : "");
}

static void say_number(struct buf *out, double x)
{
    char text[NUMBER_TEXT_MAX];
    buf_add(out, text, number_print(text, round(x * 1e9) / 1e9));
}

static void say_count(struct buf *out, const struct review *v, uint32_t n, const char *zh,
                      const char *en)
{
    if (n == 0)
        return;
    begin(out, v);
    if (v->p->zh)
        buf_printf(out, "%s %u 项", zh, (unsigned)n);
    else
        buf_printf(out, "%s: %u", en, (unsigned)n);
}

/* Figures that are there, and that nothing can be made of: findings of their own. */
static uint32_t unusable(const struct review_work *work)
{
    return (uint32_t)work->kinds[review_kind_of(FINDING_UNIT_MISMATCH)] +
           work->kinds[review_kind_of(FINDING_KIND_MISMATCH)] +
           work->kinds[review_kind_of(FINDING_BAD_NUMBER)];
}

/* What is claimed above what the rules give, by rows or by the total. Full marks for missed targets
 * are told among the findings, and need not be told twice. */
static void say_over(struct buf *out, const struct review *v, const struct review_work *work,
                     bool brief)
{
    const struct review_fund *sums = &work->sums;
    const uint32_t full_marks = work->kinds[review_kind_of(FINDING_FULL_MARKS_MISSED_TARGET)];
    const bool zh = v->p->zh;
    if (isnan(sums->claimed_sum) && isnan(sums->claimed_total))
        buf_str(out, zh ? "没有自评" : "nothing is claimed");
    if (sums->by_total && !isnan(sums->score) && sums->over != 0) {
        buf_str(out, zh ? "自评总分 " : "claims ");
        say_number(out, sums->claimed_total);
        buf_str(out, zh ? "，复算 " : " in total, recomputed ");
        say_number(out, sums->score);
    }
    if (!brief || sums->rows[VERDICT_OVERCLAIMED] > full_marks)
        say_count(out, v, sums->rows[VERDICT_OVERCLAIMED], "自评偏高", "claims too high");
    if (sums->rows[VERDICT_OVERCLAIMED] && !brief) {
        buf_str(out, zh ? "，净多 " : ", by ");
        say_number(out, sums->over);
        buf_str(out, zh ? " 分" : " points net");
    }
    say_count(out, v, sums->rows[VERDICT_UNDERCLAIMED], "自评偏低", "claims too low");
    const uint32_t told = brief ? unusable(work) : 0;
    if (sums->unproven > told)
        say_count(out, v, sums->unproven, "有分无据", "points without usable figures");
}

static void say_grades(struct buf *out, const struct review *v, uint32_t fund)
{
    const char *claimed = review_claimed_grade(v, fund), *grade = review_grade(v, fund);
    if (!claimed || !grade || strcmp(claimed, grade) == 0)
        return;
    begin(out, v);
    buf_printf(out, v->p->zh ? "自评等级%s，复算%s" : "claims grade %s, recomputed %s", claimed,
               grade);
}

static void say_kinds(struct buf *out, const struct review *v, uint32_t fund, bool brief)
{
    const struct review_work *work = &v->works[fund];
    for (uint32_t k = 0; k < REVIEW_KINDS; k++) {
        const struct review_kind *kind = &kinds[k];
        if (work->kinds[k] == 0 || (brief && kind->advice == ADVICE_PASS && out->len))
            continue;
        if (!kind->once) {
            say_count(out, v, work->kinds[k], kind->zh, kind->en);
        } else {
            begin(out, v);
            buf_str(out, v->p->zh ? kind->zh : kind->en);
        }
    }
}

void review_why(struct buf *out, const struct review *v, uint32_t fund, bool brief)
{
    const struct review_work *work = &v->works[fund];
    const bool zh = v->p->zh;
    const uint32_t others = work->kinds[REVIEW_KINDS];
    buf_clear(out);
    say_over(out, v, work, brief);
    say_grades(out, v, fund);
    say_kinds(out, v, fund, brief);
    if (others && (!brief || out->len == 0)) {
        begin(out, v);
        buf_printf(out, zh ? "其他疑点 %u 条" : "other findings: %u", (unsigned)others);
    }
    if (out->len == 0)
        buf_str(out, zh ? "自评与规则一致" : "claims and rules agree");
}
