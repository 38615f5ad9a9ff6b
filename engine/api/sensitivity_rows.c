/*
 * sensitivity_rows.c - how results depend on weights as flat tables: a row a fund, a row an
 * indicator of a fund, and a table for people with what it comes to below.
 */
#include "api/sensitivity.h"

#include <math.h>

#include "base/number.h"

#define NAMED_MAX 3 /* weights that decide most, of a type and year */

enum {
    R_FUND,
    R_NAME,
    R_TYPE,
    R_DEPARTMENT,
    R_YEAR,
    R_SCORE,
    R_GRADE,
    R_MEAN,
    R_SD,
    R_MIN,
    R_P05,
    R_MEDIAN,
    R_P95,
    R_MAX,
    R_CHANCE,
    R_RANK,
    R_RANK_LOW,
    R_RANK_HIGH,
    R_EDGE,
    R_EDGE_POINTS,
    R_COUNT
};

static const sy_column *row_columns(const void *ctx)
{
    static const sy_column columns[R_COUNT] = {
        {"fund", NULL, 0},       {"name", NULL, 0},       {"type", NULL, 0},
        {"department", NULL, 0}, {"year", NULL, 1},       {"score", NULL, 1},
        {"grade", NULL, 0},      {"mean", NULL, 1},       {"sd", NULL, 1},
        {"min", NULL, 1},        {"p05", NULL, 1},        {"median", NULL, 1},
        {"p95", NULL, 1},        {"max", NULL, 1},        {"grade_chance", NULL, 1},
        {"rank", NULL, 1},       {"rank_p05", NULL, 1},   {"rank_p95", NULL, 1},
        {"edge_grade", NULL, 0}, {"edge_points", NULL, 1}};
    (void)ctx;
    return columns;
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

static const struct yardstick *yard_of(const struct weighed *v, uint32_t fund)
{
    return v->p->r->standards[v->p->r->funds[fund].standard].yard;
}

static void edge_cell(const struct weighed *v, uint32_t fund, bool grade, sy_cell *out)
{
    uint32_t at;
    double points;
    if (!sensitivity_edge(v->s, fund, &at, &points))
        return;
    if (grade)
        report_text(out, yard_of(v, fund)->grades[at].name, SY_CELL_DATA);
    else
        number_cell(points, out);
}

static void row_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct weighed *v = ctx;
    const struct sensitivity_fund *f = &v->s->funds[row];
    const double numbers[] = {f->score.mean,   f->score.sd,   f->score.least, f->score.low,
                              f->score.median, f->score.high, f->score.most};
    if (column <= R_GRADE)
        report_fund_cell(v->p, row, column, out);
    else if (column >= R_EDGE)
        edge_cell(v, (uint32_t)row, column == R_EDGE, out);
    else if (column == R_CHANCE)
        number_cell(weighed_chance(v->s, (uint32_t)row), out);
    else if (column >= R_RANK && f->ranked)
        integer_cell(out, column == R_RANK       ? v->s->ranks.rank[row]
                          : column == R_RANK_LOW ? f->rank_low
                                                 : f->rank_high);
    else if (column < R_CHANCE && f->drawn)
        number_cell(numbers[column - R_MEAN], out);
}
_Static_assert((int)R_GRADE == (int)C_GRADE, "the first columns are those of scores");

sy_view weighed_rows(const struct weighed *v)
{
    static const sy_view_ops ops = {sizeof ops, R_COUNT, row_columns, row_cell};
    return (sy_view){&ops, v, 0, v->p->r->nfunds};
}

/* Indicators */

enum { I_FUND, I_YEAR, I_PATH, I_NAME, I_WEIGHT, I_SCORE, I_WITHOUT, I_CHANGE, I_GRADE, I_COUNT };

static const sy_column *item_columns(const void *ctx)
{
    static const sy_column zh[I_COUNT] = {
        {"fund", "评价对象", 0},      {"year", "年度", 1},   {"indicator", "路径", 0},
        {"name", "指标", 0},          {"weight", "分值", 1}, {"score", "得分", 1},
        {"without", "去掉后得分", 1}, {"change", "变化", 1}, {"grade", "去掉后等级", 0}};
    static const sy_column en[I_COUNT] = {
        {"fund", NULL, 0},    {"year", NULL, 1},   {"indicator", NULL, 0},
        {"name", NULL, 0},    {"weight", NULL, 1}, {"score", NULL, 1},
        {"without", NULL, 1}, {"change", NULL, 1}, {"grade", NULL, 0}};
    return ((const struct weighed *)ctx)->p->zh ? zh : en;
}

static void item_cell(const void *ctx, size_t item, size_t column, sy_cell *out)
{
    static const size_t shown[] = {[I_PATH] = INDICATOR_PATH,
                                   [I_NAME] = INDICATOR_NAME,
                                   [I_WEIGHT] = INDICATOR_WEIGHT,
                                   [I_SCORE] = INDICATOR_SCORE};
    const struct weighed *v = ctx;
    const uint32_t fund = report_fund_of_item(v->p, item);
    const struct sensitivity_item *i = &v->s->items[item];
    const struct yardstick *y = yard_of(v, fund);
    if (column <= I_YEAR)
        report_fund_cell(v->p, fund, column == I_FUND ? C_FUND : C_YEAR, out);
    else if (column < I_WITHOUT)
        report_item_cell(v->p, item, shown[column], out);
    else if (column == I_GRADE)
        report_text(out, i->grade == NO_ROW ? NULL : y->grades[i->grade].name, SY_CELL_DATA);
    else
        number_cell(column == I_WITHOUT
                        ? i->without
                        : i->without - decimal_value(v->p->r->results[fund].score, y->decimals),
                    out);
}

sy_view weighed_items(const struct weighed *v)
{
    static const sy_view_ops ops = {sizeof ops, I_COUNT, item_columns, item_cell};
    return (sy_view){&ops, v, 0, v->p->r->nitems};
}

/* People */

enum { P_FUND, P_YEAR, P_SCORE, P_RANGE, P_GRADE, P_CHANCE, P_RANK, P_RANKS, P_EDGE, P_COUNT };

static const sy_column *people_columns(const void *ctx)
{
    static const sy_column zh[P_COUNT] = {
        {"fund", "评价对象", 0},  {"year", "年度", 1},      {"score", "得分", 1},
        {"range", "九成区间", 1}, {"grade", "等级", 0},     {"chance", "保持等级", 1},
        {"rank", "名次", 1},      {"ranks", "名次区间", 1}, {"edge", "临界", 0}};
    static const sy_column en[P_COUNT] = {
        {"fund", NULL, 0},          {"year", NULL, 1},          {"score", NULL, 1},
        {"range", "90 % range", 1}, {"grade", NULL, 0},         {"chance", "keeps it", 1},
        {"rank", NULL, 1},          {"ranks", "rank range", 1}, {"edge", NULL, 0}};
    return ((const struct weighed *)ctx)->p->zh ? zh : en;
}

static void add_points(struct buf *out, double points, int places)
{
    char text[NUMBER_TEXT_MAX];
    int64_t scaled;
    if (!decimal_round(&scaled, points, places, ROUND_HALF_UP))
        return;
    decimal_print(text, scaled, places);
    buf_str(out, text);
}

/* "距优差 0.60", "高出良 0.25" */
static void add_edge(struct buf *out, const struct weighed *v, uint32_t fund)
{
    const struct yardstick *y = yard_of(v, fund);
    const bool zh = v->p->zh;
    uint32_t grade;
    double points;
    if (!sensitivity_edge(v->s, fund, &grade, &points))
        return;
    if (points > 0)
        buf_printf(out, zh ? "距%s差 " : "short of %s by ", y->grades[grade].name);
    else
        buf_printf(out, zh ? "%s之上 " : "above %s by ", y->grades[grade].name);
    add_points(out, fabs(points), y->decimals);
}

static void people_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const size_t shown[] = {[P_FUND] = C_FUND, [P_YEAR] = C_YEAR, [P_SCORE] = C_SCORE};
    const struct weighed *v = ctx;
    const struct sensitivity_fund *f = &v->s->funds[row];
    const uint32_t fund = (uint32_t)row;
    const int places = yard_of(v, fund)->decimals;
    struct buf *b = &v->p->scratch;
    if (column <= P_SCORE) {
        report_fund_cell(v->p, row, shown[column], out);
        return;
    }
    if (column == P_CHANCE) {
        report_percent(v->p, weighed_chance(v->s, fund), out);
        return;
    }
    if (column == P_RANK) {
        if (f->ranked)
            integer_cell(out, v->s->ranks.rank[row]);
        return;
    }
    if (column == P_GRADE) {
        if (v->p->r->results[row].grade == NO_ROW)
            report_text(out, report_no_grade(v->p, fund), SY_CELL_TEXT);
        else
            report_fund_cell(v->p, row, C_GRADE, out);
        return;
    }
    buf_clear(b);
    if (column == P_RANGE && f->drawn) {
        add_points(b, f->score.low, places);
        buf_str(b, "–");
        add_points(b, f->score.high, places);
    } else if (column == P_RANKS && f->ranked) {
        buf_printf(b, "%u–%u", (unsigned)f->rank_low, (unsigned)f->rank_high);
    } else if (column == P_EDGE) {
        add_edge(b, v, fund);
    }
    v->p->failed = v->p->failed || b->failed;
    if (b->len)
        report_text(out, buf_text(b), SY_CELL_TEXT);
}

sy_view weighed_people(const struct weighed *v)
{
    static const sy_view_ops ops = {sizeof ops, P_COUNT, people_columns, people_cell};
    return (sy_view){&ops, v, 0, v->p->r->nfunds};
}

/* The weights of a type and year that decide most, from row `first` on; the row after the last. */
static uint32_t say_deciders(struct buf *out, const struct weighed *v, uint32_t first)
{
    const struct run *r = v->p->r;
    const struct sensitivity *s = v->s;
    const bool zh = v->p->zh;
    const struct standard *standard = &r->standards[s->paths[first].standard];
    uint32_t end = first, named = 0;
    while (end < s->npaths && s->paths[end].standard == s->paths[first].standard)
        end++;
    buf_printf(out, zh ? "%s %d 年起决定作用的分值：" : "Weights that decide, %s %d: ",
               standard->type == NO_WORD ? (zh ? "（未定类型）" : "(no type)")
                                         : dataset_text(&r->d, standard->type),
               standard->year);
    for (uint32_t i = first; i < end && named < NAMED_MAX; i++) {
        const struct sensitivity_path *p = &s->paths[i];
        if (isnan(p->decides) || p->decides < 0.005 || p->funds == 0)
            continue;
        const char *name = item_name(r, p->item);
        buf_printf(out, "%s%s ", named++ ? (zh ? "、" : ", ") : "",
                   name ? name : pool_text(&r->d.paths, p->path));
        add_points(out, p->decides * 100, 0);
        buf_char(out, '%');
    }
    buf_str(out, named ? (zh ? "。\n" : ".\n") : zh ? "没有。\n" : "none.\n");
    return end;
}

/* How many funds may well have another grade, or lie near its bound. */
static void say_counts(struct buf *out, const struct weighed *v)
{
    uint32_t unsure = 0, near = 0, grade;
    double points;
    for (uint32_t i = 0; i < v->p->r->nfunds; i++) {
        unsure += weighed_chance(v->s, i) < 0.95;
        near += sensitivity_edge(v->s, i, &grade, &points);
    }
    buf_printf(out,
               v->p->zh ? "等级保持机会不足 95%% 的 %u 个；距等级界限 "
                        : "Grades that are kept in less than "
                          "95 %% of the draws: %u; within ",
               (unsigned)unsure);
    add_points(out, v->s->what.edge, 2);
    buf_printf(out, v->p->zh ? " 分以内的 %u 个。\n" : " points of a grade: %u.\n", (unsigned)near);
}

void weighed_closing(struct buf *out, const struct weighed *v)
{
    const struct sensitivity_what *what = &v->s->what;
    buf_printf(
        out,
        v->p->zh
            ? "\n分值在 ±%.15g%% 内随机变动 %u 次（种子 %llu），一级指标合计不变，完成情况不变。\n"
            : "\nWeights drawn within ±%.15g %%, %u times (seed %llu), each level-1 branch at "
              "its points; attainments as they are.\n",
        what->spread * 100, (unsigned)what->draws, (unsigned long long)what->seed);
    say_counts(out, v);
    for (uint32_t i = 0; i < v->s->npaths;)
        i = say_deciders(out, v, i);
}
