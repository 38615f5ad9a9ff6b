/*
 * compare_lines.c - for a terminal: a row a fund, its score in each year and a line of steps
 * through them.
 */
#include <math.h>

#include "api/bars.h"
#include "api/compare.h"

#define YEARS_MAX 8 /* beside one another on a line */

/* The scale of all lines: from the ten below the lowest score, or the full score's tenth, to the
 * full score. */
struct scale {
    double from, to;
};

static bool find_score(double *out, const struct run *r, uint32_t fund)
{
    const struct fund_result *result = &r->results[fund];
    const struct yardstick *y = r->standards[r->funds[fund].standard].yard;
    if (!result->has_score || !(y->full_score > 0))
        return false;
    *out = decimal_value(result->score, y->decimals) / y->full_score * 100;
    return true;
}

static struct scale find_scale(const struct compare *c)
{
    struct scale scale = {90, 100};
    double score;
    for (uint32_t i = 0; i < c->nbodies; i++)
        for (uint32_t k = 0; k < c->bodies[i].nfunds; k++)
            if (find_score(&score, c->r, c->funds[c->bodies[i].first_fund + k]) &&
                score < scale.from)
                scale.from = floor(score / 10) * 10;
    return scale;
}

static size_t shown_years(const struct compare *c)
{
    return c->nyears < YEARS_MAX ? c->nyears : YEARS_MAX;
}

/* The fund, its years, the line: as many columns as there are years, and two. */
static const sy_column *line_columns(const void *ctx)
{
    const struct compared *v = ctx;
    struct report *p = v->p;
    const size_t n = shown_years(v->c);
    const struct scale scale = find_scale(v->c);
    p->columns[0] = (sy_column){"fund", p->zh ? "评价对象" : NULL, 0};
    buf_clear(&p->reason);
    /* The labels lie behind one another; the buffer holds them until the columns are asked again.
     */
    size_t at[YEARS_MAX + 1];
    for (size_t i = 0; i < n; i++) {
        at[i] = p->reason.len;
        buf_printf(&p->reason, "%d", v->c->years[i]);
        buf_add(&p->reason, "", 1);
    }
    at[n] = p->reason.len;
    buf_printf(&p->reason, p->zh ? "走势（%g–100）" : "line (%g–100)", scale.from);
    buf_add(&p->reason, "", 1);
    p->failed = p->failed || p->reason.failed;
    const char *text = p->reason.failed ? "" : p->reason.data;
    for (size_t i = 0; i <= n; i++)
        p->columns[i + 1] =
            (sy_column){i < n ? "year" : "line", p->reason.failed ? text : text + at[i], i < n};
    return p->columns;
}
_Static_assert(YEARS_MAX + 2 <= REPORT_COLUMNS, "room for the columns of years");

/* The fund of a body in a year; NO_ROW. */
static uint32_t find_year(const struct compared *v, const struct compare_body *body, int year)
{
    for (uint32_t i = 0; i < body->nfunds; i++) {
        const uint32_t fund = v->c->funds[body->first_fund + i];
        if (compared_year(v->c->r, fund) == year)
            return fund;
    }
    return NO_ROW;
}

static void line_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct compared *v = ctx;
    struct report *p = v->p;
    const struct compare_body *body = &v->c->bodies[row];
    const size_t n = shown_years(v->c);
    if (column == 0) {
        report_fund_cell(p, v->c->funds[body->first_fund], C_FUND, out);
        return;
    }
    if (column <= n) {
        const uint32_t fund = find_year(v, body, v->c->years[column - 1]);
        if (fund != NO_ROW)
            report_fund_cell(p, fund, C_SCORE, out);
        return;
    }
    const struct scale scale = find_scale(v->c);
    buf_clear(&p->scratch);
    for (size_t i = 0; i < n; i++) {
        const uint32_t fund = find_year(v, body, v->c->years[i]);
        double score = NAN;
        if (fund != NO_ROW && !find_score(&score, v->c->r, fund))
            score = NAN;
        bars_step(&p->scratch, (score - scale.from) / (scale.to - scale.from));
    }
    p->failed = p->failed || p->scratch.failed;
    report_text(out, buf_text(&p->scratch), SY_CELL_TEXT);
}

sy_view compared_people_lines(const struct compared *v)
{
#define OPS(n)                                          \
    {                                                   \
        sizeof(sy_view_ops), n, line_columns, line_cell \
    }
    static const sy_view_ops ops[YEARS_MAX + 1] = {OPS(2), OPS(3), OPS(4), OPS(5), OPS(6),
                                                   OPS(7), OPS(8), OPS(9), OPS(10)};
#undef OPS
    return (sy_view){&ops[shown_years(v->c)], v, 0, v->c->nbodies};
}
