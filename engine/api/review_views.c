/*
 * review_views.c - the document steelyard.review/1, and the rows of indicators.
 */
#include <math.h>

#include "api/review.h"
#include "base/decimal.h"
#include <steelyard/steelyard.h>

/* Points as people count them: a difference of two of them has no more decimals than they. */
static void points_cell(double points, sy_cell *out)
{
    report_number(out, isnan(points) ? points : round(points * 1e9) / 1e9);
}

static void count_cell(uint32_t n, sy_cell *out)
{
    out->type = SY_CELL_INTEGER;
    out->integer = n;
}

/* Indicators: of one fund, or of all. */

enum {
    R_FUND,
    R_YEAR,
    R_PATH,
    R_NAME,
    R_WEIGHT,
    R_CLAIMED,
    R_RECOMPUTED,
    R_DIFFERENCE,
    R_VERDICT,
    R_REASON,
    R_SOURCE,
    R_COUNT
};

#define ITEM_COLUMNS                                                                       \
    {"name", NULL, 0}, {"weight", NULL, 1}, {"claimed", NULL, 1}, {"recomputed", NULL, 1}, \
        {"difference", NULL, 1}, {"verdict", NULL, 0}, {"reason", NULL, 0},                \
    {                                                                                      \
        "source", NULL, 0                                                                  \
    }

static const sy_column *row_columns(const void *ctx)
{
    static const sy_column columns[R_COUNT] = {
        {"fund", NULL, 0}, {"year", NULL, 1}, {"indicator", NULL, 0}, ITEM_COLUMNS};
    (void)ctx;
    return columns;
}

static const sy_column *item_columns(const void *ctx)
{
    static const sy_column columns[R_COUNT - R_PATH] = {{"path", NULL, 0}, ITEM_COLUMNS};
    (void)ctx;
    return columns;
}

static void row_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const size_t shown[R_COUNT] = {[R_PATH] = INDICATOR_PATH,
                                          [R_NAME] = INDICATOR_NAME,
                                          [R_WEIGHT] = INDICATOR_WEIGHT,
                                          [R_REASON] = INDICATOR_REASON,
                                          [R_SOURCE] = INDICATOR_SOURCE};
    const struct review *v = ctx;
    struct report *p = v->p;
    const uint32_t fund = report_fund_of_item(p, row);
    struct review_item item;
    review_item(&item, p->r, &p->r->funds[fund], (uint32_t)row);
    switch (column) {
    case R_FUND:
        report_fund_cell(p, fund, C_FUND, out);
        break;
    case R_YEAR:
        report_fund_cell(p, fund, C_YEAR, out);
        break;
    case R_CLAIMED:
        points_cell(item.claimed, out);
        break;
    case R_RECOMPUTED:
        points_cell(item.recomputed, out);
        break;
    case R_DIFFERENCE:
        points_cell(item.difference, out);
        break;
    case R_VERDICT:
        report_text(out, verdict_word(item.verdict), SY_CELL_TEXT);
        break;
    default:
        report_item_cell(p, row, shown[column], out);
        break;
    }
}

sy_view review_rows(const struct review *v)
{
    static const sy_view_ops ops = {sizeof ops, R_COUNT, row_columns, row_cell};
    return (sy_view){&ops, v, 0, v->p->r->nitems};
}

static void item_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    row_cell(ctx, row, column + R_PATH, out);
}

/* Funds */

enum {
    F_FUND,
    F_NAME,
    F_TYPE,
    F_DEPARTMENT,
    F_YEAR,
    F_CLAIMED_TOTAL,
    F_RECOMPUTED_TOTAL,
    F_COMPARABLE,
    F_UNREVIEWED,
    F_CLAIMED_GRADE,
    F_GRADE,
    F_ADVICE,
    F_WHY,
    F_ITEMS,
    F_COUNT
};

static const sy_column *fund_columns(const void *ctx)
{
    static const sy_column columns[F_COUNT] = {{"fund", NULL, 0},
                                               {"name", NULL, 0},
                                               {"type", NULL, 0},
                                               {"department", NULL, 0},
                                               {"year", NULL, 1},
                                               {"claimed_total", NULL, 1},
                                               {"recomputed_total", NULL, 1},
                                               {"claimed_comparable", NULL, 1},
                                               {"unreviewed_weight", NULL, 1},
                                               {"claimed_grade", NULL, 0},
                                               {"grade", NULL, 0},
                                               {"advice", NULL, 0},
                                               {"why", NULL, 0},
                                               {"indicators", NULL, 0}};
    (void)ctx;
    return columns;
}

static void why_cell(const struct review *v, uint32_t fund, sy_cell *out)
{
    review_why(&v->p->reason, v, fund, false);
    v->p->failed = v->p->failed || v->p->reason.failed;
    report_text(out, buf_text(&v->p->reason), SY_CELL_TEXT);
}

static void fund_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const sy_view_ops items = {sizeof items, R_COUNT - R_PATH, item_columns, item_cell};
    const struct review *v = ctx;
    const struct run *r = v->p->r;
    const struct review_work *work = &v->works[row];
    const uint32_t claimed = r->d.entities[r->funds[row].entity].claimed_grade;
    const double numbers[] = {work->sums.claimed_total, work->sums.recomputed_total,
                              work->sums.claimed_comparable, work->sums.unreviewed_weight};
    switch (column) {
    case F_CLAIMED_TOTAL:
    case F_RECOMPUTED_TOTAL:
    case F_COMPARABLE:
    case F_UNREVIEWED:
        points_cell(numbers[column - F_CLAIMED_TOTAL], out);
        break;
    case F_CLAIMED_GRADE:
        report_text(out, claimed == NO_WORD ? NULL : dataset_text(&r->d, claimed), SY_CELL_DATA);
        break;
    case F_GRADE:
        report_fund_cell(v->p, row, C_GRADE, out);
        break;
    case F_ADVICE:
        report_text(out, review_advice_word(work->advice), SY_CELL_TEXT);
        break;
    case F_WHY:
        why_cell(v, (uint32_t)row, out);
        break;
    case F_ITEMS:
        out->type = SY_CELL_TABLE;
        out->view = (sy_view){&items, v, r->funds[row].first, r->funds[row].count};
        break;
    default:
        report_fund_cell(v->p, row, column, out);
        break;
    }
}
_Static_assert((int)F_YEAR == (int)C_YEAR, "the first columns are those of scores");

/* Summary */

static const sy_column *verdict_columns(const void *ctx)
{
    static const sy_column columns[] = {
        {"verdict", NULL, 0}, {"rows", NULL, 1}, {"points", NULL, 1}};
    (void)ctx;
    return columns;
}

static void verdict_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct review *v = ctx;
    if (column == 0)
        report_text(out, verdict_word((enum verdict)row), SY_CELL_TEXT);
    else if (column == 1)
        count_cell(v->rows[row], out);
    else
        points_cell(v->points[row], out);
}

static const sy_column *grade_columns(const void *ctx)
{
    static const sy_column columns[] = {
        {"claimed", NULL, 0}, {"recomputed", NULL, 0}, {"funds", NULL, 1}};
    (void)ctx;
    return columns;
}

static void grade_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct review_grade *grade = &((const struct review *)ctx)->grades[row];
    if (column < 2)
        report_text(out, column ? grade->recomputed : grade->claimed, SY_CELL_DATA);
    else
        count_cell(grade->funds, out);
}

static const sy_column *code_columns(const void *ctx)
{
    static const sy_column columns[] = {{"code", NULL, 0}, {"count", NULL, 1}};
    (void)ctx;
    return columns;
}

static void code_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct review *v = ctx;
    if (column == 0)
        report_text(out, finding_word((enum finding_code)v->codes[row]), SY_CELL_TEXT);
    else
        count_cell(v->counts[v->codes[row]], out);
}

static const sy_column *worst_columns(const void *ctx)
{
    static const sy_column columns[] = {{"fund", NULL, 0},
                                        {"year", NULL, 1},
                                        {"over", NULL, 1},
                                        {"advice", NULL, 0},
                                        {"why", NULL, 0}};
    (void)ctx;
    return columns;
}

static void worst_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct review *v = ctx;
    const uint32_t fund = v->worst[row];
    if (column < 2)
        report_fund_cell(v->p, fund, column ? C_YEAR : C_FUND, out);
    else if (column == 2)
        points_cell(v->works[fund].sums.over, out);
    else if (column == 3)
        report_text(out, review_advice_word(v->works[fund].advice), SY_CELL_TEXT);
    else
        why_cell(v, fund, out);
}

static const sy_column *summary_columns(const void *ctx)
{
    static const sy_column columns[] = {
        {"verdicts", NULL, 0}, {"grades", NULL, 0}, {"findings", NULL, 0}, {"worst", NULL, 0}};
    (void)ctx;
    return columns;
}

static void summary_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const sy_view_ops verdicts = {sizeof verdicts, 3, verdict_columns, verdict_cell};
    static const sy_view_ops grades = {sizeof grades, 3, grade_columns, grade_cell};
    static const sy_view_ops codes = {sizeof codes, 2, code_columns, code_cell};
    static const sy_view_ops worst = {sizeof worst, 5, worst_columns, worst_cell};
    const struct review *v = ctx;
    (void)row;
    out->type = SY_CELL_TABLE;
    out->view = column == 0   ? (sy_view){&verdicts, v, 0, VERDICTS}
                : column == 1 ? (sy_view){&grades, v, 0, v->ngrades}
                : column == 2 ? (sy_view){&codes, v, 0, v->ncodes}
                              : (sy_view){&worst, v, 0, v->p->r->nfunds};
}

static const sy_column *tree_columns(const void *ctx)
{
    static const sy_column columns[] = {{"schema", NULL, 0},
                                        {"steelyard", NULL, 0},
                                        {"funds", NULL, 0},
                                        {"summary", NULL, 0},
                                        {"findings", NULL, 0}};
    (void)ctx;
    return columns;
}

static void tree_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const sy_view_ops funds = {sizeof funds, F_COUNT, fund_columns, fund_cell};
    static const sy_view_ops summary = {sizeof summary, 4, summary_columns, summary_cell};
    const struct review *v = ctx;
    (void)row;
    if (column < 2) {
        report_text(out, column ? sy_version() : "steelyard.review/1", SY_CELL_TEXT);
        return;
    }
    out->type = column == 3 ? SY_CELL_RECORD : SY_CELL_TABLE;
    out->view = column == 2   ? (sy_view){&funds, v, 0, v->p->r->nfunds}
                : column == 3 ? (sy_view){&summary, v, 0, 1}
                              : report_findings(v->p);
}

sy_view review_tree(const struct review *v)
{
    static const sy_view_ops ops = {sizeof ops, 5, tree_columns, tree_cell};
    return (sy_view){&ops, v, 0, 1};
}
