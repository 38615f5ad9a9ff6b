/*
 * compare_rows.c - a comparison as flat tables for machines: a row a change, a row a driver.
 */
#include "api/compare.h"

#include <math.h>

#include "base/number.h"

enum {
    R_FUND,
    R_NAME,
    R_TYPE,
    R_DEPARTMENT,
    R_FROM,
    R_TO,
    R_SCORE_FROM,
    R_SCORE_TO,
    R_GRADE_FROM,
    R_GRADE_TO,
    R_RANK_FROM,
    R_RANK_TO,
    R_COVERAGE_FROM,
    R_COVERAGE_TO,
    R_CHANGE,
    R_RESULTS,
    R_TARGETS,
    R_WEIGHTS,
    R_RULES,
    R_INDICATORS,
    R_ADJUSTMENTS,
    R_ROUNDING,
    R_STANDARD,
    R_DIFFER,
    R_SENTENCE,
    R_COUNT
};

static const sy_column *row_columns(const void *ctx)
{
    static const sy_column columns[R_COUNT] = {
        {"fund", NULL, 0},          {"name", NULL, 0},        {"type", NULL, 0},
        {"department", NULL, 0},    {"from", NULL, 1},        {"to", NULL, 1},
        {"score_from", NULL, 1},    {"score_to", NULL, 1},    {"grade_from", NULL, 0},
        {"grade_to", NULL, 0},      {"rank_from", NULL, 1},   {"rank_to", NULL, 1},
        {"coverage_from", NULL, 1}, {"coverage_to", NULL, 1}, {"change", NULL, 1},
        {"results", NULL, 1},       {"targets", NULL, 1},     {"weights", NULL, 1},
        {"rules", NULL, 1},         {"indicators", NULL, 1},  {"adjustments", NULL, 1},
        {"rounding", NULL, 1},      {"standard", NULL, 1},    {"yardsticks_differ", NULL, 0},
        {"sentence", NULL, 0}};
    (void)ctx;
    return columns;
}

static void say_cell(const struct compared *v, const struct compared_row *row, sy_cell *out)
{
    buf_clear(&v->p->reason);
    compared_say(&v->p->reason, v, row);
    v->p->failed = v->p->failed || v->p->reason.failed;
    report_text(out, buf_text(&v->p->reason), SY_CELL_TEXT);
}

/* What a fund has in one of the two years. */
static void side_cell(const struct compared *v, uint32_t fund, size_t column, sy_cell *out)
{
    static const size_t shown[] = {[R_FROM] = C_YEAR,
                                   [R_SCORE_FROM] = C_SCORE,
                                   [R_GRADE_FROM] = C_GRADE,
                                   [R_COVERAGE_FROM] = C_COVERAGE};
    if (fund == NO_ROW)
        return;
    if (column != R_RANK_FROM) {
        report_fund_cell(v->p, fund, shown[column], out);
    } else if (v->c->ranks.rank[fund] != RANK_NONE) {
        out->type = SY_CELL_INTEGER;
        out->integer = v->c->ranks.rank[fund];
    }
}

static void row_cell(const void *ctx, size_t at, size_t column, sy_cell *out)
{
    const struct compared *v = ctx;
    struct compared_row row;
    compared_row(&row, v->c, at);
    const struct compare_change *change = row.change;
    if (column <= R_DEPARTMENT) {
        report_fund_cell(v->p, row.to == NO_ROW ? row.from : row.to, column, out);
    } else if (column <= R_COVERAGE_TO) {
        const bool to = (column - R_FROM) % 2;
        side_cell(v, to ? row.to : row.from, column - to, out);
    } else if (column == R_SENTENCE) {
        say_cell(v, &row, out);
    } else if (column == R_DIFFER && change) {
        out->type = SY_CELL_BOOL;
        out->integer = change->yardsticks_differ;
    } else if (change && change->known) {
        report_score(out, true,
                     column == R_CHANGE     ? change->change
                     : column == R_STANDARD ? compared_standard(change)
                                            : change->causes[column - R_RESULTS],
                     change->decimals);
    }
}

sy_view compared_rows(const struct compared *v)
{
    static const sy_view_ops ops = {sizeof ops, R_COUNT, row_columns, row_cell};
    return (sy_view){&ops, v, 0, v->c->nrows};
}

/* Drivers */

enum {
    D_FUND,
    D_FROM,
    D_TO,
    D_INDICATOR,
    D_NAME,
    D_CHANGE,
    D_RESULTS,
    D_TARGETS,
    D_WEIGHTS,
    D_RULES,
    D_INDICATORS,
    D_TARGET_FROM,
    D_TARGET_TO,
    D_ACTUAL_FROM,
    D_ACTUAL_TO,
    D_WEIGHT_FROM,
    D_WEIGHT_TO,
    D_SCORE_FROM,
    D_SCORE_TO,
    D_COUNT
};

static const sy_column *driver_columns(const void *ctx)
{
    static const sy_column columns[D_COUNT] = {
        {"fund", NULL, 0},        {"from", NULL, 1},        {"to", NULL, 1},
        {"indicator", NULL, 0},   {"name", NULL, 0},        {"change", NULL, 1},
        {"results", NULL, 1},     {"targets", NULL, 1},     {"weights", NULL, 1},
        {"rules", NULL, 1},       {"indicators", NULL, 1},  {"target_from", NULL, 0},
        {"target_to", NULL, 0},   {"actual_from", NULL, 0}, {"actual_to", NULL, 0},
        {"weight_from", NULL, 1}, {"weight_to", NULL, 1},   {"score_from", NULL, 1},
        {"score_to", NULL, 1}};
    (void)ctx;
    return columns;
}

/* The last change whose drivers begin at or before it: those without any begin where the next ones
 * do. */
static const struct compare_change *change_of(const struct compare *c, size_t driver)
{
    uint32_t low = 0, high = c->nchanges;
    while (low + 1 < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (c->changes[middle].first_driver <= driver)
            low = middle;
        else
            high = middle;
    }
    return &c->changes[low];
}

static void points_cell(double points, sy_cell *out)
{
    const double rounded = round(points * 1e6) / 1e6;
    report_number(out, rounded == 0 ? 0 : rounded);
}

/* Of several indicators that are one, each year shows its first. */
static void driver_side(const struct compared *v, const struct compare_driver *d, size_t column,
                        sy_cell *out)
{
    static const size_t shown[] = {INDICATOR_TARGET_TEXT, INDICATOR_ACTUAL_TEXT, INDICATOR_WEIGHT,
                                   INDICATOR_SCORE};
    const size_t at = column - D_TARGET_FROM;
    const uint32_t item = at % 2 ? d->to : d->from;
    if (item != NO_ROW)
        report_item_cell(v->p, item, shown[at / 2], out);
}

static void driver_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct compared *v = ctx;
    const struct compare_driver *d = &v->c->drivers[row];
    const struct compare_change *change = change_of(v->c, row);
    if (column == D_FUND || column == D_FROM || column == D_TO)
        report_fund_cell(v->p, column == D_TO ? change->to : change->from,
                         column == D_FUND ? C_FUND : C_YEAR, out);
    else if (column == D_INDICATOR || column == D_NAME)
        report_item_cell(v->p, d->to == NO_ROW ? d->from : d->to,
                         column == D_NAME ? INDICATOR_NAME : INDICATOR_PATH, out);
    else if (column >= D_TARGET_FROM)
        driver_side(v, d, column, out);
    else
        points_cell(column == D_CHANGE ? d->change : d->causes[column - D_RESULTS], out);
}

sy_view compared_drivers(const struct compared *v)
{
    static const sy_view_ops ops = {sizeof ops, D_COUNT, driver_columns, driver_cell};
    return (sy_view){&ops, v, 0, v->c->ndrivers};
}

/* The same for people: what is put together in fewer columns. */

enum { Q_FUND, Q_YEARS, Q_NAME, Q_CHANGE, Q_RESULTS, Q_STANDARD, Q_TARGET, Q_ACTUAL, Q_COUNT };

static const sy_column *people_columns(const void *ctx)
{
    static const sy_column zh[Q_COUNT] = {{"fund", "评价对象", 0}, {"years", "年度", 0},
                                          {"name", "指标", 0},     {"change", "变化", 1},
                                          {"results", "实绩", 1},  {"standard", "标准", 1},
                                          {"target", "指标值", 0}, {"actual", "实际完成值", 0}};
    static const sy_column en[Q_COUNT] = {
        {"fund", NULL, 0},    {"years", NULL, 0},    {"name", "indicator", 0}, {"change", NULL, 1},
        {"results", NULL, 1}, {"standard", NULL, 1}, {"target", NULL, 0},      {"actual", NULL, 0}};
    return ((const struct compared *)ctx)->p->zh ? zh : en;
}

static void add_points(struct buf *out, double points, int places)
{
    int64_t scaled;
    if (decimal_round(&scaled, points, places, ROUND_HALF_UP))
        compared_points(out, scaled, places);
}

static void people_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct compared *v = ctx;
    const struct compare_driver *d = &v->c->drivers[row];
    const struct compare_change *change = change_of(v->c, row);
    struct buf *b = &v->p->scratch;
    buf_clear(b);
    if (column == Q_FUND || column == Q_NAME) {
        driver_cell(ctx, row, column == Q_FUND ? D_FUND : D_NAME, out);
        if (out->type == SY_CELL_NULL)
            driver_cell(ctx, row, D_INDICATOR, out);
        return;
    }
    if (column == Q_YEARS)
        buf_printf(b, "%d→%d", compared_year(v->p->r, change->from),
                   compared_year(v->p->r, change->to));
    else if (column == Q_TARGET || column == Q_ACTUAL)
        compared_values(b, v, d, column == Q_TARGET);
    else
        add_points(b,
                   column == Q_CHANGE    ? d->change
                   : column == Q_RESULTS ? d->causes[CAUSE_RESULTS]
                                         : d->change - d->causes[CAUSE_RESULTS],
                   change->decimals);
    v->p->failed = v->p->failed || b->failed;
    report_text(out, buf_text(b), SY_CELL_TEXT);
}

sy_view compared_people_drivers(const struct compared *v)
{
    static const sy_view_ops ops = {sizeof ops, Q_COUNT, people_columns, people_cell};
    return (sy_view){&ops, v, 0, v->c->ndrivers};
}
