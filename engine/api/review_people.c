/*
 * review_people.c - a review for the terminal: of one fund a page of its claims, of many a
 * worklist.
 */
#include <math.h>

#include "api/review.h"
#include "base/number.h"

/* One fund. */

enum { I_NAME, I_WEIGHT, I_CLAIMED, I_RECOMPUTED, I_DIFFERENCE, I_VERDICT, I_DOUBTS, I_COUNT };

const char *review_verdict_label(const struct report *p, enum verdict verdict)
{
    static const char *const zh[VERDICTS] = {"一致", "偏高", "偏低", "须人工判断", "无法判断"};
    static const char *const en[VERDICTS] = {"agrees", "too high", "too low", "judgement",
                                             "cannot tell"};
    return p->zh ? zh[verdict] : en[verdict];
}

static const sy_column *item_columns(const void *ctx)
{
    static const sy_column zh[I_COUNT] = {{"name", "指标", 0},       {"weight", "分值", 1},
                                          {"claimed", "自评", 1},    {"recomputed", "复算", 1},
                                          {"difference", "差异", 1}, {"verdict", "结论", 0},
                                          {"doubts", "疑点", 0}};
    static const sy_column en[I_COUNT] = {{"name", "indicator", 0}, {"weight", NULL, 1},
                                          {"claimed", NULL, 1},     {"recomputed", NULL, 1},
                                          {"difference", NULL, 1},  {"verdict", NULL, 0},
                                          {"doubts", NULL, 0}};
    return ((const struct review *)ctx)->p->zh ? zh : en;
}

/* What was found in a row, in few words each. */
static void doubts_cell(const struct review *v, size_t row, sy_cell *out)
{
    struct buf *text = &v->p->reason;
    buf_clear(text);
    for (uint32_t k = 0; k < REVIEW_KINDS; k++) {
        const struct review_kind *kind = review_kind_at(k);
        if (!(v->doubts[row] >> k & 1))
            continue;
        buf_str(text, text->len ? (v->p->zh ? "；" : "; ") : "");
        buf_str(text, v->p->zh ? kind->zh : kind->en);
    }
    v->p->failed = v->p->failed || text->failed;
    report_text(out, buf_text(text), SY_CELL_TEXT);
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
        report_text(out, review_verdict_label(p, item.verdict), SY_CELL_TEXT);
        break;
    case I_DOUBTS:
        doubts_cell(v, row, out);
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

/* The year is told where there are several: what is left is for the reasons. */
static bool has_years(const struct run *r)
{
    for (uint32_t s = 1; s < r->nstandards; s++)
        if (r->standards[s].year != r->standards[0].year)
            return true;
    return false;
}

static size_t work_column(const struct review *v, size_t column)
{
    return column >= W_YEAR && !has_years(v->p->r) ? column + 1 : column;
}

static const sy_column *work_columns(const void *ctx)
{
    static const sy_column zh[W_COUNT] = {{"fund", "评价对象", 0}, {"year", "年度", 1},
                                          {"claimed", "自评", 1},  {"recomputed", "复算", 1},
                                          {"over", "净多", 1},     {"advice", "办法", 0},
                                          {"why", "缘由", 0}};
    static const sy_column en[W_COUNT] = {
        {"fund", NULL, 0}, {"year", NULL, 1},   {"claimed", NULL, 1}, {"recomputed", NULL, 1},
        {"over", NULL, 1}, {"advice", NULL, 0}, {"why", NULL, 0}};
    const struct review *v = ctx;
    struct report *p = v->p;
    for (size_t i = 0; i < W_COUNT; i++)
        p->columns[i] = (p->zh ? zh : en)[work_column(v, i) < W_COUNT ? work_column(v, i) : i];
    return p->columns;
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
    const struct review_fund *sums = &work->sums;
    const size_t what = work_column(v, column);
    switch (what) {
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
        review_why(&v->p->reason, v, fund, true);
        v->p->failed = v->p->failed || v->p->reason.failed;
        report_text(out, buf_text(&v->p->reason), SY_CELL_TEXT);
        break;
    case W_CLAIMED:
        report_number(out, sums->by_total ? sums->claimed_total : sums->claimed_comparable);
        break;
    case W_RECOMPUTED:
        report_number(out, sums->by_total ? sums->score : sums->recomputed_total);
        break;
    default:
        if (!isnan(sums->by_total ? sums->score : sums->claimed_comparable))
            report_number(out, sums->over);
        break;
    }
}

sy_view review_people(const struct review *v)
{
    static const sy_view_ops items = {sizeof items, I_COUNT, item_columns, item_cell};
    static const sy_view_ops works = {sizeof works, W_COUNT - 1, work_columns, work_cell};
    static const sy_view_ops years = {sizeof years, W_COUNT, work_columns, work_cell};
    const struct run *r = v->p->r;
    return r->nfunds == 1 ? (sy_view){&items, v, 0, r->nitems}
                          : (sy_view){has_years(r) ? &years : &works, v, 0, r->nfunds};
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

/* Whose page it is. */
static void head_one(struct buf *out, const struct review *v)
{
    static const size_t columns[] = {C_FUND, C_NAME, C_YEAR};
    for (size_t i = 0; i < 3; i++) {
        sy_cell cell = {.type = SY_CELL_NULL};
        report_fund_cell(v->p, 0, columns[i], &cell);
        if (cell.type == SY_CELL_NULL)
            continue;
        buf_str(out, i ? "  " : "");
        if (cell.type == SY_CELL_INTEGER)
            buf_printf(out, "%d", (int)cell.integer);
        else
            buf_add(out, cell.text, cell.text_len);
    }
    buf_char(out, '\n');
}

static void close_one(struct buf *out, const struct review *v)
{
    const struct review_work *work = &v->works[0];
    struct buf why = {0};
    head_one(out, v);
    const char *grade = review_claimed_grade(v, 0);
    say(out, v, "自评总分 ", "Claimed in total: ");
    say_points(out, v, work->sums.claimed_total);
    if (grade)
        buf_printf(out, v->p->zh ? "（%s）" : " (%s)", grade);
    say(out, v, "；可比指标自评 ", "; of comparable indicators claimed ");
    say_points(out, v, work->sums.claimed_comparable);
    say(out, v, "，复算 ", ", recomputed ");
    say_points(out, v, work->sums.recomputed_total);
    say(out, v, "；未能复核的分值 ", "; weight not reviewed ");
    say_points(out, v, work->sums.unreviewed_weight);
    review_why(&why, v, 0, false);
    buf_printf(out, v->p->zh ? "。\n办法：%s（%s）\n" : ".\nWhat to do: %s (%s)\n",
               say_advice(v->p, work->advice), buf_text(&why));
    out->failed = out->failed || why.failed;
    buf_dispose(&why);
}

/* Grades claimed against recomputed: 优→良 3. What claims none is not told. */
static void close_grades(struct buf *out, const struct review *v)
{
    bool first = true;
    for (uint32_t i = 0; i < v->ngrades; i++) {
        const struct review_grade *g = &v->grades[i];
        if (!g->claimed)
            continue;
        if (first)
            say(out, v, "等级（自评→复算）：", "Grades, claimed → recomputed: ");
        else
            say(out, v, "，", ", ");
        first = false;
        buf_str(out, g->claimed);
        buf_str(out, "→");
        buf_str(out, g->recomputed ? g->recomputed : v->p->zh ? "不评" : "none");
        buf_printf(out, v->p->zh ? " %u 个" : " %u", (unsigned)g->funds);
    }
    if (!first)
        say(out, v, "。\n", ".\n");
}

/* Findings by code, the most first: the code is what `steelyard help` explains. */
static void close_findings(struct buf *out, const struct review *v)
{
    if (v->ncodes == 0)
        return;
    say(out, v, "疑点：", "Findings: ");
    uint32_t below = UINT32_MAX, told = 0;
    while (told < v->ncodes) {
        uint32_t most = 0;
        for (uint32_t i = 0; i < v->ncodes; i++)
            if (v->counts[v->codes[i]] < below && v->counts[v->codes[i]] > most)
                most = v->counts[v->codes[i]];
        for (uint32_t i = 0; i < v->ncodes; i++) {
            if (v->counts[v->codes[i]] != most)
                continue;
            if (told++)
                say(out, v, "，", ", ");
            buf_printf(out, "%s %u", finding_word((enum finding_code)v->codes[i]), (unsigned)most);
        }
        below = most;
    }
    say(out, v, "。\n", ".\n");
}

static void close_many(struct buf *out, const struct review *v)
{
    uint32_t counts[ADVICES] = {0};
    for (uint32_t i = 0; i < v->p->r->nfunds; i++)
        counts[v->works[i].advice]++;
    say(out, v, "结论：", "Verdicts: ");
    for (int i = 0; i < VERDICTS; i++) {
        if (i)
            say(out, v, "，", ", ");
        buf_printf(out, v->p->zh ? "%s %u 项（" : "%s %u (",
                   review_verdict_label(v->p, (enum verdict)i), (unsigned)v->rows[i]);
        say_points(out, v, v->points[i]);
        say(out, v, " 分）", " points)");
    }
    say(out, v, "。\n", ".\n");
    close_grades(out, v);
    close_findings(out, v);
    say(out, v, "办法：", "What to do: ");
    for (int i = ADVICES; i-- > 0;)
        buf_printf(out, v->p->zh ? "%s%s %u 个" : "%s%s %u",
                   i + 1 < ADVICES ? (v->p->zh ? "，" : ", ") : "",
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
