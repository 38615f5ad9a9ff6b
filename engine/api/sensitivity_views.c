/*
 * sensitivity_views.c - the document steelyard.sensitivity/1.
 */
#include "api/sensitivity.h"

#include <math.h>

#include <steelyard/steelyard.h>

#define SPLIT_BITS 32
#define SPLIT_MASK (((uint64_t)1 << SPLIT_BITS) - 1)
_Static_assert(sizeof(size_t) >= 8, "rows of nested tables are numbered in 64 bits");

static const struct yardstick *yard_of(const struct weighed *v, uint32_t fund)
{
    return v->p->r->standards[v->p->r->funds[fund].standard].yard;
}

static void number_cell(double number, sy_cell *out)
{
    const double rounded = round(number * 1e6) / 1e6;
    report_number(out, rounded == 0 ? 0 : rounded);
}

static void integer_cell(sy_cell *out, int64_t integer)
{
    out->type = SY_CELL_INTEGER;
    out->integer = integer;
}

double weighed_chance(const struct sensitivity *s, uint32_t fund)
{
    const struct sensitivity_fund *f = &s->funds[fund];
    return f->first_chance == NO_ROW ? NAN
                                     : s->chances[f->first_chance + s->r->results[fund].grade];
}

/* Of one fund: the distribution of its score, its chances, its ranks, its edge. */

static const sy_column *spread_columns(const void *ctx)
{
    static const sy_column columns[] = {{"mean", NULL, 1}, {"sd", NULL, 1},     {"min", NULL, 1},
                                        {"p05", NULL, 1},  {"median", NULL, 1}, {"p95", NULL, 1},
                                        {"max", NULL, 1}};
    (void)ctx;
    return columns;
}

static void spread_cell(const void *ctx, size_t fund, size_t column, sy_cell *out)
{
    const struct spread_of *x = &((const struct weighed *)ctx)->s->funds[fund].score;
    const double numbers[] = {x->mean, x->sd, x->least, x->low, x->median, x->high, x->most};
    number_cell(numbers[column], out);
}

static const sy_column *chance_columns(const void *ctx)
{
    static const sy_column columns[] = {{"grade", NULL, 0}, {"chance", NULL, 1}};
    (void)ctx;
    return columns;
}

/* The fund in the upper half, the grade in the lower. */
static void chance_cell(const void *ctx, size_t at, size_t column, sy_cell *out)
{
    const struct weighed *v = ctx;
    const uint32_t fund = (uint32_t)(at >> SPLIT_BITS), grade = (uint32_t)(at & SPLIT_MASK);
    if (column == 0)
        report_text(out, yard_of(v, fund)->grades[grade].name, SY_CELL_DATA);
    else
        number_cell(v->s->chances[v->s->funds[fund].first_chance + grade], out);
}

static const sy_column *rank_columns(const void *ctx)
{
    static const sy_column columns[] = {
        {"p05", NULL, 1}, {"p95", NULL, 1}, {"best", NULL, 1}, {"worst", NULL, 1}};
    (void)ctx;
    return columns;
}

static void rank_cell(const void *ctx, size_t fund, size_t column, sy_cell *out)
{
    const struct sensitivity_fund *f = &((const struct weighed *)ctx)->s->funds[fund];
    const uint32_t ranks[] = {f->rank_low, f->rank_high, f->rank_best, f->rank_worst};
    integer_cell(out, ranks[column]);
}

static const sy_column *edge_columns(const void *ctx)
{
    static const sy_column columns[] = {{"grade", NULL, 0}, {"points", NULL, 1}};
    (void)ctx;
    return columns;
}

static void edge_cell(const void *ctx, size_t fund, size_t column, sy_cell *out)
{
    const struct weighed *v = ctx;
    uint32_t grade;
    double points;
    if (!sensitivity_edge(v->s, (uint32_t)fund, &grade, &points))
        return;
    if (column == 0)
        report_text(out, yard_of(v, (uint32_t)fund)->grades[grade].name, SY_CELL_DATA);
    else
        number_cell(points, out);
}

/* Its indicators, each left out. */

enum { I_PATH, I_NAME, I_WEIGHT, I_SCORE, I_WITHOUT, I_CHANGE, I_GRADE, I_COUNT };

static const sy_column *item_columns(const void *ctx)
{
    static const sy_column columns[I_COUNT] = {
        {"indicator", NULL, 0}, {"name", NULL, 0},   {"weight", NULL, 1}, {"score", NULL, 1},
        {"without", NULL, 1},   {"change", NULL, 1}, {"grade", NULL, 0}};
    (void)ctx;
    return columns;
}

static void item_cell(const void *ctx, size_t item, size_t column, sy_cell *out)
{
    static const size_t shown[] = {INDICATOR_PATH, INDICATOR_NAME, INDICATOR_WEIGHT,
                                   INDICATOR_SCORE};
    const struct weighed *v = ctx;
    const struct sensitivity_item *i = &v->s->items[item];
    const uint32_t fund = report_fund_of_item(v->p, item);
    const struct yardstick *y = yard_of(v, fund);
    if (column < I_WITHOUT)
        report_item_cell(v->p, item, shown[column], out);
    else if (column == I_GRADE)
        report_text(out, i->grade == NO_ROW ? NULL : y->grades[i->grade].name, SY_CELL_DATA);
    else
        number_cell(column == I_WITHOUT
                        ? i->without
                        : i->without - decimal_value(v->p->r->results[fund].score, y->decimals),
                    out);
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
    F_RANK,
    F_DRAWN,
    F_GRADES,
    F_NOGRADE,
    F_RANKS,
    F_EDGE,
    F_ITEMS,
    F_COUNT
};

static const sy_column *fund_columns(const void *ctx)
{
    static const sy_column columns[F_COUNT] = {
        {"fund", NULL, 0},  {"name", NULL, 0},      {"type", NULL, 0},     {"department", NULL, 0},
        {"year", NULL, 1},  {"score", NULL, 1},     {"grade", NULL, 0},    {"rank", NULL, 1},
        {"drawn", NULL, 0}, {"grades", NULL, 0},    {"no_grade", NULL, 1}, {"ranks", NULL, 0},
        {"edge", NULL, 0},  {"indicators", NULL, 0}};
    (void)ctx;
    return columns;
}
_Static_assert((int)F_GRADE == (int)C_GRADE, "the first columns are those of scores");

static sy_view view_one(const struct weighed *v, size_t fund, const sy_view_ops *ops)
{
    return (sy_view){ops, v, fund, 1};
}

static void nested_cell(const struct weighed *v, size_t fund, size_t column, sy_cell *out)
{
    static const sy_view_ops spread = {sizeof spread, 7, spread_columns, spread_cell};
    static const sy_view_ops ranks = {sizeof ranks, 4, rank_columns, rank_cell};
    static const sy_view_ops edge = {sizeof edge, 2, edge_columns, edge_cell};
    static const sy_view_ops chances = {sizeof chances, 2, chance_columns, chance_cell};
    static const sy_view_ops items = {sizeof items, I_COUNT, item_columns, item_cell};
    const struct sensitivity_fund *f = &v->s->funds[fund];
    const struct fund *own = &v->p->r->funds[fund];
    uint32_t grade;
    double points;
    const bool there = column == F_DRAWN    ? f->drawn
                       : column == F_GRADES ? f->first_chance != NO_ROW
                       : column == F_RANKS  ? f->ranked
                       : column == F_EDGE ? sensitivity_edge(v->s, (uint32_t)fund, &grade, &points)
                                          : true;
    if (!there)
        return;
    out->type = column == F_GRADES  ? SY_CELL_MAP
                : column == F_ITEMS ? SY_CELL_TABLE
                                    : SY_CELL_RECORD;
    out->view = column == F_GRADES  ? (sy_view){&chances, v, fund << SPLIT_BITS,
                                                yard_of(v, (uint32_t)fund)->ngrades}
                : column == F_ITEMS ? (sy_view){&items, v, own->first, f->drawn ? own->count : 0}
                                    : view_one(v, fund,
                                               column == F_DRAWN   ? &spread
                                               : column == F_RANKS ? &ranks
                                                                   : &edge);
}

static void fund_cell(const void *ctx, size_t fund, size_t column, sy_cell *out)
{
    const struct weighed *v = ctx;
    if (column <= F_GRADE)
        report_fund_cell(v->p, fund, column, out);
    else if (column == F_NOGRADE && v->s->funds[fund].first_chance != NO_ROW)
        number_cell(v->s->funds[fund].nograde, out);
    else if (column == F_RANK && v->s->ranks.rank[fund] != RANK_NONE)
        integer_cell(out, v->s->ranks.rank[fund]);
    else if (column != F_RANK && column != F_NOGRADE)
        nested_cell(v, fund, column, out);
}

sy_view weighed_funds(const struct weighed *v)
{
    static const sy_view_ops ops = {sizeof ops, F_COUNT, fund_columns, fund_cell};
    return (sy_view){&ops, v, 0, v->p->r->nfunds};
}

/* Indicators of types and years */

enum {
    T_TYPE,
    T_YEAR,
    T_PATH,
    T_NAME,
    T_FUNDS,
    T_DECIDES,
    T_MEAN,
    T_GREATEST,
    T_REGRADED,
    T_COUNT
};

static const sy_column *path_columns(const void *ctx)
{
    static const sy_column columns[T_COUNT] = {
        {"type", NULL, 0},        {"year", NULL, 1},
        {"indicator", NULL, 0},   {"name", NULL, 0},
        {"funds", NULL, 1},       {"decides", NULL, 1},
        {"mean_change", NULL, 1}, {"greatest_change", NULL, 1},
        {"regraded", NULL, 1}};
    (void)ctx;
    return columns;
}

static void path_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct weighed *v = ctx;
    const struct sensitivity_path *p = &v->s->paths[row];
    const struct run *r = v->p->r;
    const struct standard *s = &r->standards[p->standard];
    if (column == T_TYPE)
        report_text(out, s->type == NO_WORD ? NULL : dataset_text(&r->d, s->type), SY_CELL_DATA);
    else if (column == T_PATH)
        report_text(out, pool_text(&r->d.paths, p->path), SY_CELL_DATA);
    else if (column == T_NAME)
        report_text(out, p->funds ? item_name(r, p->item) : NULL, SY_CELL_DATA);
    else if (column == T_DECIDES || column == T_MEAN || column == T_GREATEST)
        number_cell(column == T_DECIDES ? p->decides
                    : column == T_MEAN  ? p->mean
                                        : p->greatest,
                    out);
    else
        integer_cell(out, column == T_YEAR    ? s->year
                          : column == T_FUNDS ? (int64_t)p->funds
                                              : (int64_t)p->regraded);
}

static const sy_column *tree_columns(const void *ctx)
{
    static const sy_column columns[] = {
        {"schema", NULL, 0}, {"steelyard", NULL, 0}, {"draws", NULL, 1}, {"spread", NULL, 1},
        {"seed", NULL, 1},   {"edge", NULL, 1},      {"funds", NULL, 0}, {"indicators", NULL, 0}};
    (void)ctx;
    return columns;
}

static void tree_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const sy_view_ops paths = {sizeof paths, T_COUNT, path_columns, path_cell};
    const struct weighed *v = ctx;
    const struct sensitivity_what *what = &v->s->what;
    (void)row;
    if (column < 2) {
        report_text(out, column ? sy_version() : "steelyard.sensitivity/1", SY_CELL_TEXT);
    } else if (column < 6) {
        const double numbers[] = {what->draws, what->spread, (double)what->seed, what->edge};
        report_number(out, numbers[column - 2]);
    } else {
        out->type = SY_CELL_TABLE;
        out->view = column == 6 ? weighed_funds(v) : (sy_view){&paths, v, 0, v->s->npaths};
    }
}

sy_view weighed_tree(const struct weighed *v)
{
    static const sy_view_ops ops = {sizeof ops, 8, tree_columns, tree_cell};
    return (sy_view){&ops, v, 0, 1};
}
