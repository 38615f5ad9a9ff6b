/*
 * improve.c - ways up as a document and as rows.
 */
#include "api/improve.h"

#include <math.h>
#include <stdlib.h>

#include <steelyard/steelyard.h>

#define SPLIT_BITS 32
#define SPLIT_MASK (((uint64_t)1 << SPLIT_BITS) - 1)
_Static_assert(sizeof(size_t) >= 8, "rows of nested tables are numbered in 64 bits");

void improved_dispose(struct improved *i)
{
    for (uint32_t k = 0; k < i->nways; k++)
        improve_dispose(&i->ways[k]);
    free(i->ways);
}

static const struct yardstick *yard_of(const struct shown_ways *v, const struct improve_fund *way)
{
    return v->p->r->standards[v->p->r->funds[way->fund].standard].yard;
}

static void grade_cell(const struct shown_ways *v, const struct improve_fund *way, uint32_t grade,
                       sy_cell *out)
{
    report_text(out, grade == NO_ROW ? NULL : yard_of(v, way)->grades[grade].name, SY_CELL_DATA);
}

/* Steps: the way in the upper half, the step in the lower. */

enum { S_PATH, S_NAME, S_TARGET, S_FROM, S_TO, S_RATING, S_ATTAINMENT, S_POINTS, S_SCORE, S_COUNT };

static const sy_column *step_columns(const void *ctx)
{
    static const sy_column columns[S_COUNT] = {
        {"indicator", NULL, 0},  {"name", NULL, 0},   {"target", NULL, 0},
        {"actual", NULL, 0},     {"to", NULL, 0},     {"rating", NULL, 0},
        {"attainment", NULL, 1}, {"points", NULL, 1}, {"score", NULL, 1}};
    (void)ctx;
    return columns;
}

static void step_cell(const void *ctx, size_t at, size_t column, sy_cell *out)
{
    static const size_t shown[] = {INDICATOR_PATH, INDICATOR_NAME, INDICATOR_TARGET_TEXT,
                                   INDICATOR_ACTUAL_TEXT};
    const struct shown_ways *v = ctx;
    const struct improve_fund *way = &v->i->ways[at >> SPLIT_BITS];
    const struct improve_step *step = &way->steps[at & SPLIT_MASK];
    const int places = yard_of(v, way)->decimals;
    if (column <= S_FROM) {
        report_item_cell(v->p, step->item, shown[column], out);
    } else if (column == S_TO) {
        report_text(out, step->text, SY_CELL_DATA);
    } else if (column == S_RATING) {
        out->type = SY_CELL_BOOL;
        out->integer = step->rating;
    } else if (column == S_ATTAINMENT) {
        report_number(out, round(step->attainment * 1e9) / 1e9);
    } else {
        report_score(out, true, column == S_POINTS ? step->points : step->score, places);
    }
}

/* Funds */

enum {
    F_FUND,
    F_NAME,
    F_TYPE,
    F_DEPARTMENT,
    F_YEAR,
    F_SCORE,
    F_GRADE,
    F_TO,
    F_BOUND,
    F_END,
    F_REACHED_SCORE,
    F_REACHED,
    F_STEPS,
    F_COUNT
};

static const sy_column *fund_columns(const void *ctx)
{
    static const sy_column columns[F_COUNT] = {
        {"fund", NULL, 0},          {"name", NULL, 0},
        {"type", NULL, 0},          {"department", NULL, 0},
        {"year", NULL, 1},          {"score", NULL, 1},
        {"grade", NULL, 0},         {"to", NULL, 0},
        {"bound", NULL, 1},         {"outcome", NULL, 0},
        {"reached_score", NULL, 1}, {"reached_grade", NULL, 0},
        {"changes", NULL, 0}};
    (void)ctx;
    return columns;
}
_Static_assert((int)F_GRADE == (int)C_GRADE, "the first columns are those of scores");

static void fund_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const sy_view_ops steps = {sizeof steps, S_COUNT, step_columns, step_cell};
    const struct shown_ways *v = ctx;
    const struct improve_fund *way = &v->i->ways[row];
    const int places = yard_of(v, way)->decimals;
    switch (column) {
    case F_TO:
        grade_cell(v, way, way->grade, out);
        break;
    case F_BOUND:
        report_score(out, true, way->bound, places);
        break;
    case F_END:
        report_text(out, improve_end_word(way->end), SY_CELL_TEXT);
        break;
    case F_REACHED_SCORE:
        report_score(out, v->p->r->results[way->fund].has_score || way->nsteps, way->score, places);
        break;
    case F_REACHED:
        grade_cell(v, way, way->reached, out);
        break;
    case F_STEPS:
        out->type = SY_CELL_TABLE;
        out->view = (sy_view){&steps, v, row << SPLIT_BITS, way->nsteps};
        break;
    default:
        report_fund_cell(v->p, way->fund, column, out);
        break;
    }
}

sy_view improved_funds(const struct shown_ways *v)
{
    static const sy_view_ops ops = {sizeof ops, F_COUNT, fund_columns, fund_cell};
    return (sy_view){&ops, v, 0, v->i->nways};
}

static const sy_column *tree_columns(const void *ctx)
{
    static const sy_column columns[] = {
        {"schema", NULL, 0}, {"steelyard", NULL, 0}, {"funds", NULL, 0}};
    (void)ctx;
    return columns;
}

static void tree_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    (void)row;
    if (column < 2) {
        report_text(out, column ? sy_version() : "steelyard.improve/1", SY_CELL_TEXT);
        return;
    }
    out->type = SY_CELL_TABLE;
    out->view = improved_funds(ctx);
}

sy_view improved_tree(const struct shown_ways *v)
{
    static const sy_view_ops ops = {sizeof ops, 3, tree_columns, tree_cell};
    return (sy_view){&ops, v, 0, 1};
}

/* A row a change: fund, year, grade asked for, outcome, then the change. A way without changes has
 * one row. */

enum { R_FUND, R_YEAR, R_TO, R_END, R_STEP, R_COUNT = R_STEP + S_COUNT };

static const sy_column *row_columns(const void *ctx)
{
    static const sy_column zh[R_COUNT] = {
        {"fund", "评价对象", 0}, {"year", "年度", 1},       {"grade", "等级", 0},
        {"outcome", "结果", 0},  {"indicator", "路径", 0},  {"name", "指标", 0},
        {"target", "指标值", 0}, {"actual", "完成值", 0},   {"to", "改为", 0},
        {"rating", "评定", 0},   {"attainment", "系数", 1}, {"points", "提高", 1},
        {"score", "改后得分", 1}};
    static const sy_column en[R_COUNT] = {
        {"fund", NULL, 0},      {"year", NULL, 1},   {"grade", NULL, 0},      {"outcome", NULL, 0},
        {"indicator", NULL, 0}, {"name", NULL, 0},   {"target", NULL, 0},     {"actual", NULL, 0},
        {"to", NULL, 0},        {"rating", NULL, 0}, {"attainment", NULL, 1}, {"points", NULL, 1},
        {"score", NULL, 1}};
    return ((const struct shown_ways *)ctx)->p->zh ? zh : en;
}

static size_t rows_of(const struct improve_fund *way)
{
    return way->nsteps ? way->nsteps : 1;
}

static void row_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct shown_ways *v = ctx;
    size_t at = 0;
    while (row >= rows_of(&v->i->ways[at]))
        row -= rows_of(&v->i->ways[at++]);
    const struct improve_fund *way = &v->i->ways[at];
    if (column <= R_YEAR)
        report_fund_cell(v->p, way->fund, column == R_FUND ? C_FUND : C_YEAR, out);
    else if (column == R_TO)
        grade_cell(v, way, way->grade, out);
    else if (column == R_END)
        report_text(out, improve_end_word(way->end), SY_CELL_TEXT);
    else if (way->nsteps)
        step_cell(ctx, at << SPLIT_BITS | row, column - R_STEP, out);
}

sy_view improved_rows(const struct shown_ways *v)
{
    static const sy_view_ops ops = {sizeof ops, R_COUNT, row_columns, row_cell};
    size_t n = 0;
    for (uint32_t i = 0; i < v->i->nways; i++)
        n += rows_of(&v->i->ways[i]);
    return (sy_view){&ops, v, 0, n};
}
