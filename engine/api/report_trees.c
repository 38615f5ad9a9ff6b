/*
 * report_trees.c - the documents steelyard.score/1 and steelyard.check/1.
 */
#include <math.h>
#include <string.h>

#include "api/report.h"
#include <steelyard/steelyard.h>

static void list_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct report *p = ctx;
    (void)column;
    report_text(out, dataset_text(&p->r->d, p->r->d.inputs[row]), SY_CELL_DATA);
}

/* The years that the evaluation names; of a single file, those of its rows. */
static void year_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct report *p = ctx;
    (void)column;
    out->type = SY_CELL_INTEGER;
    out->integer = p->r->e->years[row];
}

static const sy_column *one_column(const void *ctx)
{
    static const sy_column columns[] = {{"value", NULL, 0}};
    (void)ctx;
    return columns;
}

static const sy_column *evaluation_columns(const void *ctx)
{
    static const sy_column columns[] = {
        {"title", NULL, 0}, {"years", NULL, 0}, {"inputs", NULL, 0}};
    (void)ctx;
    return columns;
}

static void evaluation_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const sy_view_ops list_ops = {sizeof list_ops, 1, one_column, list_cell};
    static const sy_view_ops year_ops = {sizeof year_ops, 1, one_column, year_cell};
    const struct report *p = ctx;
    (void)row;
    if (column == 0) {
        report_text(out, p->r->e->title, SY_CELL_DATA);
        return;
    }
    out->type = SY_CELL_LIST;
    out->view = column == 1 ? (sy_view){&year_ops, p, 0, p->r->e->nyears}
                            : (sy_view){&list_ops, p, 0, p->r->d.ninputs};
}

sy_view report_evaluation(const struct report *p)
{
    static const sy_view_ops ops = {sizeof ops, 3, evaluation_columns, evaluation_cell};
    return (sy_view){&ops, p, 0, 1};
}

/* Funds */

enum {
    T_FUND,
    T_NAME,
    T_TYPE,
    T_DEPARTMENT,
    T_PART_OF,
    T_YEAR,
    T_STATUS,
    T_SCORE,
    T_FULL,
    T_GRADE,
    T_COVERAGE,
    T_BOUNDS,
    T_LEVELS,
    T_INDICATORS,
    T_ADJUSTMENTS,
    T_RANK, /* only where ranks are asked for */
    T_COUNT
};

static const sy_column *fund_columns(const void *ctx)
{
    static const sy_column columns[T_COUNT] = {
        {"fund", NULL, 0},       {"name", NULL, 0},       {"type", NULL, 0},
        {"department", NULL, 0}, {"part_of", NULL, 0},    {"year", NULL, 1},
        {"status", NULL, 0},     {"score", NULL, 1},      {"full_score", NULL, 1},
        {"grade", NULL, 0},      {"coverage", NULL, 1},   {"bounds", NULL, 0},
        {"levels", NULL, 0},     {"indicators", NULL, 0}, {"adjustments", NULL, 0},
        {"rank", NULL, 1}};
    (void)ctx;
    return columns;
}

static void word_cell(const struct report *p, uint32_t word, sy_cell *out)
{
    report_text(out, word == NO_WORD ? NULL : dataset_text(&p->r->d, word), SY_CELL_DATA);
}

static void fund_identity(const struct report *p, const struct entity *e, size_t column,
                          sy_cell *out)
{
    switch (column) {
    case T_FUND:
        word_cell(p, e->fund, out);
        break;
    case T_NAME:
        word_cell(p, e->name, out);
        break;
    case T_TYPE:
        word_cell(p, e->type, out);
        break;
    case T_DEPARTMENT:
        word_cell(p, e->department, out);
        break;
    case T_PART_OF:
        word_cell(p, e->part_of, out);
        break;
    default:
        out->type = SY_CELL_INTEGER;
        out->integer = e->year;
        break;
    }
}

static void fund_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct report *p = ctx;
    const struct run *r = p->r;
    const struct fund *f = &r->funds[row];
    const struct fund_result *result = &r->results[row];
    const struct yardstick *y = r->standards[f->standard].yard;
    switch (column) {
    case T_STATUS:
        report_text(out, fund_status_word(result->status), SY_CELL_TEXT);
        break;
    case T_SCORE:
        report_score(out, result->has_score, result->score, y->decimals);
        break;
    case T_FULL:
        report_number(out, y->full_score);
        break;
    case T_GRADE:
        report_text(out, result->grade == NO_ROW ? NULL : y->grades[result->grade].name,
                    SY_CELL_TEXT);
        break;
    case T_COVERAGE:
        report_number(out, result->coverage);
        break;
    case T_BOUNDS:
        if (result->has_bounds) {
            out->type = SY_CELL_LIST;
            out->view = report_bounds(p, (uint32_t)row);
        }
        break;
    case T_LEVELS:
    case T_INDICATORS:
    case T_ADJUSTMENTS:
        out->type = SY_CELL_TABLE;
        out->view = column == T_LEVELS       ? report_levels(p, (uint32_t)row)
                    : column == T_INDICATORS ? report_indicators(p, (uint32_t)row)
                                             : report_adjustments(p, (uint32_t)row);
        break;
    case T_RANK:
        report_rank(p, (uint32_t)row, out);
        break;
    default:
        report_at(p, row);
        fund_identity(p, &r->d.entities[f->entity], column, out);
        break;
    }
}

sy_view report_fund_records(const struct report *p)
{
    static const sy_view_ops ops = {sizeof ops, T_RANK, fund_columns, fund_cell};
    static const sy_view_ops ranked = {sizeof ranked, T_COUNT, fund_columns, fund_cell};
    return (sy_view){p->ranks.rank ? &ranked : &ops, p, 0, p->r->nfunds};
}

/* Documents */

static const sy_column *score_columns(const void *ctx)
{
    static const sy_column columns[] = {{"schema", NULL, 0},      {"steelyard", NULL, 0},
                                        {"evaluation", NULL, 0},  {"funds", NULL, 0},
                                        {"departments", NULL, 0}, {"findings", NULL, 0}};
    (void)ctx;
    return columns;
}

static void score_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct report *p = ctx;
    (void)row;
    if (column == 0) {
        report_text(out, "steelyard.score/1", SY_CELL_TEXT);
    } else if (column == 1) {
        report_text(out, sy_version(), SY_CELL_TEXT);
    } else if (column == 2) {
        out->type = SY_CELL_RECORD;
        out->view = report_evaluation(p);
    } else {
        out->type = SY_CELL_TABLE;
        out->view = column == 3   ? report_fund_records(p)
                    : column == 4 ? report_departments(p)
                                  : report_findings(p);
    }
}

sy_view report_score_tree(const struct report *p)
{
    static const sy_view_ops ops = {sizeof ops, 6, score_columns, score_cell};
    return (sy_view){&ops, p, 0, 1};
}

static const sy_column *check_columns(const void *ctx)
{
    static const sy_column columns[] = {{"schema", NULL, 0}, {"findings", NULL, 0}};
    (void)ctx;
    return columns;
}

static void check_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    (void)row;
    if (column == 0) {
        report_text(out, "steelyard.check/1", SY_CELL_TEXT);
        return;
    }
    out->type = SY_CELL_TABLE;
    out->view = report_findings(ctx);
}

sy_view report_check_tree(const struct report *p)
{
    static const sy_view_ops ops = {sizeof ops, 2, check_columns, check_cell};
    return (sy_view){&ops, p, 0, 1};
}
