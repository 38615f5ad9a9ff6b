/*
 * compare_views.c - a comparison for machines: the document steelyard.compare/1, a row a change, a
 * row a driver.
 */
#include "api/compare.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include <steelyard/steelyard.h>

static const struct run *run_of(const struct compared *v)
{
    return v->p->r;
}

static void integer_cell(sy_cell *out, int64_t integer)
{
    out->type = SY_CELL_INTEGER;
    out->integer = integer;
}

static void bool_cell(sy_cell *out, bool yes)
{
    out->type = SY_CELL_BOOL;
    out->integer = yes;
}

/* Points of a driver: more places than are printed, so that they can be added. */
static void points_cell(double points, sy_cell *out)
{
    const double rounded = round(points * 1e6) / 1e6;
    report_number(out, rounded == 0 ? 0 : rounded);
}

/* What a change comes to: the change itself, its causes, and 标准. */
static void cause_cell(const struct compare_change *change, size_t at, sy_cell *out)
{
    if (change && change->known)
        report_score(out, true, change->causes[at], change->decimals);
}

/* Indicators of a driver in one of its years. */

enum {
    V_INDICATOR,
    V_NAME,
    V_TARGET,
    V_ACTUAL,
    V_RATING,
    V_WEIGHT,
    V_ATTAINMENT,
    V_SCORE,
    V_SOURCE,
    V_COUNT
};

static const sy_column *value_columns(const void *ctx)
{
    static const sy_column columns[V_COUNT] = {
        {"indicator", NULL, 0},  {"name", NULL, 0},   {"target", NULL, 0},
        {"actual", NULL, 0},     {"rating", NULL, 0}, {"weight", NULL, 1},
        {"attainment", NULL, 1}, {"score", NULL, 1},  {"source", NULL, 0}};
    (void)ctx;
    return columns;
}

static void value_cell(const void *ctx, size_t item, size_t column, sy_cell *out)
{
    static const size_t shown[V_COUNT] = {
        [V_INDICATOR] = INDICATOR_PATH,     [V_NAME] = INDICATOR_NAME,
        [V_TARGET] = INDICATOR_TARGET_TEXT, [V_ACTUAL] = INDICATOR_ACTUAL_TEXT,
        [V_WEIGHT] = INDICATOR_WEIGHT,      [V_ATTAINMENT] = INDICATOR_ATTAINMENT,
        [V_SCORE] = INDICATOR_SCORE,        [V_SOURCE] = INDICATOR_SOURCE};
    const struct compared *v = ctx;
    if (column == V_RATING)
        report_text(out, compared_rating(run_of(v), (uint32_t)item), SY_CELL_DATA);
    else
        report_item_cell(v->p, item, shown[column], out);
}

static void member_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    value_cell(ctx, ((const struct compared *)ctx)->c->members[row], column, out);
}

static sy_view view_values(const struct compared *v, const struct compare_driver *d, bool to)
{
    static const sy_view_ops items = {sizeof items, V_COUNT, value_columns, value_cell};
    static const sy_view_ops members = {sizeof members, V_COUNT, value_columns, member_cell};
    const uint32_t item = to ? d->to : d->from;
    if (d->group == NO_ROW)
        return (sy_view){&items, v, item == NO_ROW ? 0 : item, item != NO_ROW};
    const struct compare_group *g = &v->c->groups[d->group];
    return to ? (sy_view){&members, v, g->first + g->nfrom, g->nto}
              : (sy_view){&members, v, g->first, g->nfrom};
}

/* Drivers */

static const sy_column *cause_columns(const void *ctx)
{
    static const sy_column columns[CAUSES] = {
        {"results", NULL, 1},    {"targets", NULL, 1},     {"weights", NULL, 1}, {"rules", NULL, 1},
        {"indicators", NULL, 1}, {"adjustments", NULL, 1}, {"rounding", NULL, 1}};
    (void)ctx;
    return columns;
}

static void driver_cause(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    points_cell(((const struct compared *)ctx)->c->drivers[row].causes[column], out);
}

enum { D_INDICATOR, D_NAME, D_CHANGE, D_CAUSES, D_MIXED, D_FROM, D_TO, D_COUNT };

static const sy_column *driver_columns(const void *ctx)
{
    static const sy_column columns[D_COUNT] = {
        {"indicator", NULL, 0}, {"name", NULL, 0}, {"change", NULL, 1}, {"causes", NULL, 0},
        {"mixed", NULL, 0},     {"from", NULL, 0}, {"to", NULL, 0}};
    (void)ctx;
    return columns;
}

static void driver_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const sy_view_ops causes = {sizeof causes, CAUSES_DRIVEN, cause_columns, driver_cause};
    const struct compared *v = ctx;
    const struct compare_driver *d = &v->c->drivers[row];
    switch (column) {
    case D_INDICATOR:
    case D_NAME:
        value_cell(ctx, d->to == NO_ROW ? d->from : d->to, column, out);
        break;
    case D_CHANGE:
        points_cell(d->change, out);
        break;
    case D_CAUSES:
        out->type = SY_CELL_RECORD;
        out->view = (sy_view){&causes, v, row, 1};
        break;
    case D_MIXED:
        bool_cell(out, !d->unmixed);
        break;
    default:
        out->type = SY_CELL_TABLE;
        out->view = view_values(v, d, column == D_TO);
        break;
    }
}

/* Changes */

static void change_cause(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    cause_cell(&((const struct compared *)ctx)->c->changes[row], column, out);
}

static const sy_column *subtotal_columns(const void *ctx)
{
    static const sy_column columns[] = {{"results", NULL, 1}, {"standard", NULL, 1}};
    (void)ctx;
    return columns;
}

static void subtotal_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct compare_change *change = &((const struct compared *)ctx)->c->changes[row];
    report_score(out, true, column ? compared_standard(change) : change->causes[CAUSE_RESULTS],
                 change->decimals);
}

static void say_cell(const struct compared *v, const struct compared_row *row, sy_cell *out)
{
    buf_clear(&v->p->reason);
    compared_say(&v->p->reason, v, row);
    v->p->failed = v->p->failed || v->p->reason.failed;
    report_text(out, buf_text(&v->p->reason), SY_CELL_TEXT);
}

enum { G_FROM, G_TO, G_CHANGE, G_CAUSES, G_SUBTOTALS, G_DRIVERS, G_DIFFER, G_SENTENCE, G_COUNT };

static const sy_column *change_columns(const void *ctx)
{
    static const sy_column columns[G_COUNT] = {{"from", NULL, 1},
                                               {"to", NULL, 1},
                                               {"change", NULL, 1},
                                               {"causes", NULL, 0},
                                               {"subtotals", NULL, 0},
                                               {"drivers", NULL, 0},
                                               {"yardsticks_differ", NULL, 0},
                                               {"sentence", NULL, 0}};
    (void)ctx;
    return columns;
}

static void change_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const sy_view_ops causes = {sizeof causes, CAUSES, cause_columns, change_cause};
    static const sy_view_ops subtotals = {sizeof subtotals, 2, subtotal_columns, subtotal_cell};
    static const sy_view_ops drivers = {sizeof drivers, D_COUNT, driver_columns, driver_cell};
    const struct compared *v = ctx;
    const struct compare_change *change = &v->c->changes[row];
    const struct compared_row said = {.change = change, .from = change->from, .to = change->to};
    switch (column) {
    case G_FROM:
    case G_TO:
        integer_cell(out, compared_year(run_of(v), column == G_TO ? change->to : change->from));
        break;
    case G_CHANGE:
        report_score(out, change->known, change->change, change->decimals);
        break;
    case G_CAUSES:
    case G_SUBTOTALS:
        if (!change->known)
            break;
        out->type = SY_CELL_RECORD;
        out->view = (sy_view){column == G_CAUSES ? &causes : &subtotals, v, row, 1};
        break;
    case G_DRIVERS:
        out->type = SY_CELL_TABLE;
        out->view = (sy_view){&drivers, v, change->first_driver, change->ndrivers};
        break;
    case G_DIFFER:
        bool_cell(out, change->yardsticks_differ);
        break;
    default:
        say_cell(v, &said, out);
        break;
    }
}

/* Years */

enum { Y_YEAR, Y_SCORE, Y_GRADE, Y_RANK, Y_COVERAGE, Y_STATUS, Y_COUNT };

static const sy_column *year_columns(const void *ctx)
{
    static const sy_column columns[Y_COUNT] = {{"year", NULL, 1},     {"score", NULL, 1},
                                               {"grade", NULL, 0},    {"rank", NULL, 1},
                                               {"coverage", NULL, 1}, {"status", NULL, 0}};
    (void)ctx;
    return columns;
}

static void rank_cell(const struct compared *v, uint32_t fund, sy_cell *out)
{
    if (v->c->ranks.rank[fund] != RANK_NONE)
        integer_cell(out, v->c->ranks.rank[fund]);
}

static void year_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const size_t shown[Y_COUNT] = {[Y_YEAR] = C_YEAR,
                                          [Y_SCORE] = C_SCORE,
                                          [Y_GRADE] = C_GRADE,
                                          [Y_COVERAGE] = C_COVERAGE,
                                          [Y_STATUS] = C_STATUS};
    const struct compared *v = ctx;
    const uint32_t fund = v->c->funds[row];
    if (column == Y_RANK)
        rank_cell(v, fund, out);
    else
        report_fund_cell(v->p, fund, shown[column], out);
}

/* Funds */

static const sy_column *fund_columns(const void *ctx)
{
    static const sy_column columns[] = {{"fund", NULL, 0},  {"name", NULL, 0},
                                        {"type", NULL, 0},  {"department", NULL, 0},
                                        {"years", NULL, 0}, {"changes", NULL, 0}};
    (void)ctx;
    return columns;
}
_Static_assert(C_FUND == 0 && C_DEPARTMENT == 3, "the first columns are those of scores");

/* Name, type and department are those of the last year asked for. */
static void fund_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const sy_view_ops years = {sizeof years, Y_COUNT, year_columns, year_cell};
    static const sy_view_ops changes = {sizeof changes, G_COUNT, change_columns, change_cell};
    const struct compared *v = ctx;
    const struct compare_body *body = &v->c->bodies[row];
    if (column <= C_DEPARTMENT) {
        report_fund_cell(v->p, v->c->funds[body->first_fund + body->nfunds - 1], column, out);
        return;
    }
    out->type = SY_CELL_TABLE;
    out->view = column == 4 ? (sy_view){&years, v, body->first_fund, body->nfunds}
                            : (sy_view){&changes, v, body->first_change, body->nchanges};
}

sy_view compared_funds(const struct compared *v)
{
    static const sy_view_ops ops = {sizeof ops, 6, fund_columns, fund_cell};
    return (sy_view){&ops, v, 0, v->c->nbodies};
}

static const sy_column *tree_columns(const void *ctx)
{
    static const sy_column columns[] = {
        {"schema", NULL, 0}, {"steelyard", NULL, 0}, {"years", NULL, 0}, {"funds", NULL, 0}};
    (void)ctx;
    return columns;
}

static const sy_column *list_columns(const void *ctx)
{
    static const sy_column columns[] = {{"value", NULL, 0}};
    (void)ctx;
    return columns;
}

static void asked_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    (void)column;
    integer_cell(out, ((const struct compared *)ctx)->c->years[row]);
}

static void tree_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const sy_view_ops years = {sizeof years, 1, list_columns, asked_cell};
    const struct compared *v = ctx;
    (void)row;
    if (column < 2) {
        report_text(out, column ? sy_version() : "steelyard.compare/1", SY_CELL_TEXT);
        return;
    }
    out->type = column == 2 ? SY_CELL_LIST : SY_CELL_TABLE;
    out->view = column == 2 ? (sy_view){&years, v, 0, v->c->nyears} : compared_funds(v);
}

sy_view compared_tree(const struct compared *v)
{
    static const sy_view_ops ops = {sizeof ops, 4, tree_columns, tree_cell};
    return (sy_view){&ops, v, 0, 1};
}
