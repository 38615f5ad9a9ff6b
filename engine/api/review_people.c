/*
 * review_people.c - a review for the terminal: of one fund a page of its claims, of many a
 * worklist.
 */
#include <math.h>

#include "api/review.h"
#include "base/number.h"

/* One fund. */

enum { I_NAME, I_WEIGHT, I_CLAIMED, I_RECOMPUTED, I_DIFFERENCE, I_VERDICT, I_COUNT };

static const char *say_verdict(const struct report *p, enum verdict verdict)
{
    static const char *const zh[VERDICTS] = {"一致", "偏高", "偏低", "须人工判断", "无法判断"};
    static const char *const en[VERDICTS] = {"agrees", "too high", "too low", "judgement",
                                             "cannot tell"};
    return p->zh ? zh[verdict] : en[verdict];
}

static const sy_column *item_columns(const void *ctx)
{
    static const sy_column zh[I_COUNT] = {{"name", "指标", 0},        {"weight", "分值", 1},
                                          {"claimed", "自评得分", 1}, {"recomputed", "复算得分", 1},
                                          {"difference", "差异", 1},  {"verdict", "结论", 0}};
    static const sy_column en[I_COUNT] = {{"name", "indicator", 0}, {"weight", NULL, 1},
                                          {"claimed", NULL, 1},     {"recomputed", NULL, 1},
                                          {"difference", NULL, 1},  {"verdict", NULL, 0}};
    return ((const struct review *)ctx)->p->zh ? zh : en;
}

static void item_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct review *v = ctx;
    struct report *p = v->p;
    struct review_item item;
    review_item(&item, p->r, &p->r->funds[report_fund_of_item(p, row)], (uint32_t)row);
    switch (column) {
    case I_NAME:
        report_item_cell(p, row, INDICATOR_NAME, out);
        if (out->type == SY_CELL_NULL)
            report_item_cell(p, row, INDICATOR_PATH, out);
        break;
    case I_WEIGHT:
        report_item_cell(p, row, INDICATOR_WEIGHT, out);
        break;
    case I_VERDICT:
        report_text(out, say_verdict(p, item.verdict), SY_CELL_TEXT);
        break;
    default:
        report_number(out, column == I_CLAIMED      ? item.claimed
                           : column == I_RECOMPUTED ? item.recomputed
                           : isnan(item.difference) ? NAN
                                                    : round(item.difference * 1e9) / 1e9);
        break;
    }
}

/* Many. */

enum { W_FUND, W_YEAR, W_CLAIMED, W_RECOMPUTED, W_OVER, W_ADVICE, W_WHY, W_COUNT };

static const sy_column *work_columns(const void *ctx)
{
    static const sy_column zh[W_COUNT] = {{"fund", "评价对象", 0}, {"year", "年度", 1},
                                          {"claimed", "自评", 1},  {"recomputed", "复算", 1},
                                          {"over", "净多", 1},     {"advice", "办法", 0},
                                          {"why", "缘由", 0}};
    static const sy_column en[W_COUNT] = {
        {"fund", NULL, 0}, {"year", NULL, 1},   {"claimed", NULL, 1}, {"recomputed", NULL, 1},
        {"over", NULL, 1}, {"advice", NULL, 0}, {"why", NULL, 0}};
    return ((const struct review *)ctx)->p->zh ? zh : en;
}

static const char *say_advice(const struct report *p, enum review_advice advice)
{
    static const char *const zh[ADVICES] = {"通过", "补充原因", "退回", "现场核查"};
    static const char *const en[ADVICES] = {"pass", "add a reason", "return", "visit"};
    return p->zh ? zh[advice] : en[advice];
}

static void work_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct review *v = ctx;
    const uint32_t fund = v->worst[row];
    const struct review_work *work = &v->works[fund];
    switch (column) {
    case W_FUND:
        report_fund_cell(v->p, fund, C_FUND, out);
        break;
    case W_YEAR:
        report_fund_cell(v->p, fund, C_YEAR, out);
        break;
    case W_ADVICE:
        report_text(out, say_advice(v->p, work->advice), SY_CELL_TEXT);
        break;
    case W_WHY:
        review_why(&v->p->reason, v, fund);
        v->p->failed = v->p->failed || v->p->reason.failed;
        report_text(out, buf_text(&v->p->reason), SY_CELL_TEXT);
        break;
    default:
        report_number(out, column == W_CLAIMED      ? work->sums.claimed_comparable
                           : column == W_RECOMPUTED ? work->sums.recomputed_total
                                                    : round(work->over * 1e9) / 1e9);
        break;
    }
}

sy_view review_people(const struct review *v)
{
    static const sy_view_ops items = {sizeof items, I_COUNT, item_columns, item_cell};
    static const sy_view_ops works = {sizeof works, W_COUNT, work_columns, work_cell};
    const struct run *r = v->p->r;
    return r->nfunds == 1 ? (sy_view){&items, v, 0, r->nitems} : (sy_view){&works, v, 0, r->nfunds};
}

/* Below the table. */

static void say(struct buf *out, const struct review *v, const char *zh, const char *en)
{
    buf_str(out, v->p->zh ? zh : en);
}

static void say_points(struct buf *out, const struct review *v, double points)
{
    char text[NUMBER_TEXT_MAX];
    if (isnan(points))
        say(out, v, "无", "none");
    else
        buf_add(out, text, number_print(text, round(points * 1e9) / 1e9));
}

static void close_one(struct buf *out, const struct review *v)
{
    const struct review_work *work = &v->works[0];
    struct buf why = {0};
    say(out, v, "自评总分 ", "Claimed in total: ");
    say_points(out, v, work->sums.claimed_total);
    say(out, v, "；可比指标自评 ", "; of comparable indicators claimed ");
    say_points(out, v, work->sums.claimed_comparable);
    say(out, v, "，复算 ", ", recomputed ");
    say_points(out, v, work->sums.recomputed_total);
    say(out, v, "；未能复核的分值 ", "; weight not reviewed ");
    say_points(out, v, work->sums.unreviewed_weight);
    review_why(&why, v, 0);
    buf_printf(out, v->p->zh ? "。\n办法：%s（%s）\n" : ".\nWhat to do: %s (%s)\n",
               say_advice(v->p, work->advice), buf_text(&why));
    out->failed = out->failed || why.failed;
    buf_dispose(&why);
}

static void close_many(struct buf *out, const struct review *v)
{
    uint32_t counts[ADVICES] = {0};
    for (uint32_t i = 0; i < v->p->r->nfunds; i++)
        counts[v->works[i].advice]++;
    say(out, v, "结论：", "Verdicts:");
    for (int i = 0; i < VERDICTS; i++)
        buf_printf(out, v->p->zh ? "%s%s %u 项" : "%s %s %u", i ? (v->p->zh ? "，" : ",") : "",
                   say_verdict(v->p, (enum verdict)i), (unsigned)v->rows[i]);
    say(out, v, "。\n办法：", ".\nWhat to do:");
    for (int i = ADVICES; i-- > 0;)
        buf_printf(out, v->p->zh ? "%s%s %u 个" : "%s %s %u",
                   i + 1 < ADVICES ? (v->p->zh ? "，" : ",") : "",
                   say_advice(v->p, (enum review_advice)i), (unsigned)counts[i]);
    say(out, v, "。\n", ".\n");
}

void review_closing(struct buf *out, const struct review *v)
{
    buf_char(out, '\n');
    if (v->p->r->nfunds == 1)
        close_one(out, v);
    else
        close_many(out, v);
}
