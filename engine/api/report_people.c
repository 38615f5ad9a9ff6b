/*
 * report_people.c - a row a fund for the terminal: what people look for first, and why there is no
 * grade; in order of ranks where these are asked for.
 */
#include <math.h>

#include "api/report.h"
#include "base/number.h"

enum {
    P_FUND,
    P_NAME,
    P_TYPE,
    P_YEAR,
    P_RANK,
    P_SCORE,
    P_BOUNDS,
    P_GRADE,
    P_COVERAGE,
    P_FINDINGS,
    P_COUNT
};

/* Which columns are shown, and in which order. The type tells whom a rank is among, where there are
 * several. */
struct shape {
    size_t n;
    uint8_t columns[P_COUNT];
};

static const struct shape plain = {
    8, {P_FUND, P_NAME, P_YEAR, P_SCORE, P_BOUNDS, P_GRADE, P_COVERAGE, P_FINDINGS}};
static const struct shape ranked = {
    9, {P_RANK, P_FUND, P_NAME, P_YEAR, P_SCORE, P_BOUNDS, P_GRADE, P_COVERAGE, P_FINDINGS}};
static const struct shape ranked_types = {
    9, {P_RANK, P_TYPE, P_YEAR, P_FUND, P_SCORE, P_BOUNDS, P_GRADE, P_COVERAGE, P_FINDINGS}};

static bool is_ranked(const struct report *p)
{
    return p->ranks.rank && !p->unranked;
}

static const struct shape *find_shape(const struct report *p)
{
    if (!is_ranked(p))
        return &plain;
    for (uint32_t i = 1; i < p->r->nstandards; i++)
        if (p->r->standards[i].type != p->r->standards[0].type)
            return &ranked_types;
    return &ranked;
}

static const sy_column *people_columns(const void *ctx)
{
    static const sy_column zh[P_COUNT] = {{"fund", "评价对象", 0},   {"name", "名称", 0},
                                          {"type", "项目类型", 0},   {"year", "年度", 1},
                                          {"rank", "名次", 1},       {"score", "得分", 1},
                                          {"bounds", "上下限", 1},   {"grade", "等级", 0},
                                          {"coverage", "可评率", 1}, {"findings", "疑点", 1}};
    static const sy_column en[P_COUNT] = {
        {"fund", NULL, 0},     {"name", NULL, 0},    {"type", NULL, 0},   {"year", NULL, 1},
        {"rank", NULL, 1},     {"score", NULL, 1},   {"bounds", NULL, 1}, {"grade", NULL, 0},
        {"coverage", NULL, 1}, {"findings", NULL, 1}};
    struct report *p = (struct report *)ctx;
    const struct shape *shape = find_shape(p);
    const sy_column *all = report_columns(zh, en, ctx);
    for (size_t i = 0; i < shape->n; i++)
        p->columns[i] = all[shape->columns[i]];
    return p->columns;
}
_Static_assert(P_COUNT <= REPORT_COLUMNS, "room for the columns of people");

static void show_text(struct report *p, sy_cell *out)
{
    p->failed = p->failed || p->scratch.failed;
    report_text(out, buf_text(&p->scratch), SY_CELL_TEXT);
}

static void print_bounds(struct report *p, uint32_t row, int places, sy_cell *out)
{
    const struct fund_result *result = &p->r->results[row];
    char low[NUMBER_TEXT_MAX], high[NUMBER_TEXT_MAX];
    if (!result->has_bounds)
        return;
    decimal_print(low, result->low, places);
    decimal_print(high, result->high, places);
    buf_clear(&p->scratch);
    buf_printf(&p->scratch, "%s–%s", low, high);
    show_text(p, out);
}

void report_percent(struct report *p, double share, sy_cell *out)
{
    int64_t tenths;
    char text[NUMBER_TEXT_MAX];
    if (isnan(share) || !decimal_round(&tenths, share * 100, 1, ROUND_HALF_UP))
        return;
    decimal_print(text, tenths, 1);
    buf_clear(&p->scratch);
    buf_printf(&p->scratch, "%s%%", text);
    show_text(p, out);
}

void report_rank(const struct report *p, uint32_t fund, sy_cell *out)
{
    if (p->ranks.rank[fund] == RANK_NONE)
        return;
    out->type = SY_CELL_INTEGER;
    out->integer = p->ranks.rank[fund];
}

static void people_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const size_t machine[P_COUNT] = {
        [P_FUND] = C_FUND, [P_NAME] = C_NAME,   [P_TYPE] = C_TYPE,   [P_YEAR] = C_YEAR,
        [P_RANK] = C_RANK, [P_SCORE] = C_SCORE, [P_GRADE] = C_GRADE, [P_FINDINGS] = C_FINDINGS};
    struct report *p = (struct report *)ctx;
    const struct run *r = p->r;
    uint32_t fund = is_ranked(p) ? p->ranks.order[row] : (uint32_t)row;
    size_t what = find_shape(p)->columns[column];
    if (what == P_BOUNDS)
        print_bounds(p, fund, r->standards[r->funds[fund].standard].yard->decimals, out);
    else if (what == P_COVERAGE)
        report_percent(p, r->results[fund].coverage, out);
    else if (what == P_GRADE && r->results[fund].grade == NO_ROW)
        report_text(out, report_no_grade(p, fund), SY_CELL_TEXT);
    else
        report_fund_cell(ctx, fund, machine[what], out);
}

sy_view report_people_rows(const struct report *p)
{
    static const sy_view_ops eight = {sizeof eight, 8, people_columns, people_cell};
    static const sy_view_ops nine = {sizeof nine, 9, people_columns, people_cell};
    return (sy_view){is_ranked(p) ? &nine : &eight, p, 0, p->r->nfunds};
}

/* A row a department, below the funds. */

enum { PD_DEPARTMENT, PD_YEAR, PD_FUNDS, PD_WEIGHTED, PD_MEAN, PD_COVERAGE, PD_GRADES, PD_COUNT };

static const sy_column *department_columns(const void *ctx)
{
    static const sy_column zh[PD_COUNT] = {
        {"department", "部门", 0},  {"year", "年度", 1},
        {"funds", "评价对象数", 1}, {"weighted_mean", "加权平均分", 1},
        {"mean", "平均分", 1},      {"coverage_by_money", "按金额可评率", 1},
        {"grades", "等级", 0}};
    static const sy_column en[PD_COUNT] = {
        {"department", NULL, 0}, {"year", NULL, 1},
        {"funds", NULL, 1},      {"weighted_mean", "weighted", 1},
        {"mean", NULL, 1},       {"coverage_by_money", "covered", 1},
        {"grades", NULL, 0}};
    return report_columns(zh, en, ctx);
}

static void print_mean(const struct department *d, double mean, sy_cell *out)
{
    int64_t scaled;
    if (!isnan(mean) && decimal_round(&scaled, mean, d->decimals, ROUND_HALF_UP))
        report_score(out, true, scaled, d->decimals);
}

/* "优 3, 良 1" */
static void print_grades(struct report *p, const struct department *d, sy_cell *out)
{
    buf_clear(&p->scratch);
    for (size_t i = 0; i < d->ngrades; i++)
        buf_printf(&p->scratch, "%s%s %u", i ? (p->zh ? "，" : ", ") : "", d->grades[i].name,
                   (unsigned)d->grades[i].count);
    show_text(p, out);
}

static void department_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    struct report *p = (struct report *)ctx;
    const struct department *d = &p->departments[row];
    switch (column) {
    case PD_DEPARTMENT:
        report_text(out, dataset_text(&p->r->d, d->department), SY_CELL_DATA);
        break;
    case PD_YEAR:
    case PD_FUNDS:
        out->type = SY_CELL_INTEGER;
        out->integer = column == PD_YEAR ? d->year : (int64_t)d->nfunds;
        break;
    case PD_WEIGHTED:
    case PD_MEAN:
        print_mean(d, column == PD_MEAN ? d->mean : d->weighted_mean, out);
        break;
    case PD_COVERAGE:
        report_percent(p, d->coverage_by_money, out);
        break;
    default:
        print_grades(p, d, out);
        break;
    }
}

sy_view report_people_departments(const struct report *p)
{
    static const sy_view_ops ops = {sizeof ops, PD_COUNT, department_columns, department_cell};
    report_make_departments(p);
    return (sy_view){&ops, p, 0, p->ndepartments};
}
