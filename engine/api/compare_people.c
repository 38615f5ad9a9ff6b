/*
 * compare_people.c - a comparison for people: a row a change, and below the table why.
 */
#include "api/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

#define SAID_MAX     20 /* changes that are all told below the table */
#define POINTS_WIDTH 7  /* "-100.00" */
#define MOVED_MAX    5  /* else so many that rose most, and that fell most */

enum {
    P_FUND,
    P_YEARS,
    P_SCORE,
    P_GRADE,
    P_RANK,
    P_COVERAGE,
    P_CHANGE,
    P_RESULTS,
    P_STANDARD,
    P_OTHER,
    P_SENTENCE,
    P_COUNT
};

/* A terminal has no room for coverage and sentences: these stand below. */
static const uint8_t narrow[] = {P_FUND,   P_YEARS,   P_SCORE,    P_GRADE, P_RANK,
                                 P_CHANGE, P_RESULTS, P_STANDARD, P_OTHER};
static const uint8_t wide[] = {P_FUND,   P_YEARS,   P_SCORE,    P_GRADE, P_RANK,    P_COVERAGE,
                               P_CHANGE, P_RESULTS, P_STANDARD, P_OTHER, P_SENTENCE};
_Static_assert(sizeof wide <= REPORT_COLUMNS, "room for the columns of people");

static const sy_column *people_columns(const void *ctx)
{
    static const sy_column zh[P_COUNT] = {
        {"fund", "评价对象", 0}, {"years", "年度", 0},   {"score", "得分", 1},
        {"grade", "等级", 0},    {"rank", "名次", 1},    {"coverage", "可评率", 1},
        {"change", "变化", 1},   {"results", "实绩", 1}, {"standard", "标准", 1},
        {"other", "其他", 1},    {"sentence", "说明", 0}};
    static const sy_column en[P_COUNT] = {
        {"fund", NULL, 0},     {"years", NULL, 0},    {"score", NULL, 1},   {"grade", NULL, 0},
        {"rank", NULL, 1},     {"coverage", NULL, 1}, {"change", NULL, 1},  {"results", NULL, 1},
        {"standard", NULL, 1}, {"other", NULL, 1},    {"sentence", NULL, 0}};
    struct report *p = ((const struct compared *)ctx)->p;
    const uint8_t *shown = p->narrow ? narrow : wide;
    const size_t n = p->narrow ? sizeof narrow : sizeof wide;
    for (size_t i = 0; i < n; i++)
        p->columns[i] = (p->zh ? zh : en)[shown[i]];
    return p->columns;
}

static void add_side(struct buf *out, const struct compared *v, uint32_t fund, size_t what)
{
    const struct run *r = v->p->r;
    const struct fund_result *result = &r->results[fund];
    char text[NUMBER_TEXT_MAX];
    int64_t tenths;
    text[0] = '\0';
    if (what == P_YEARS)
        buf_printf(out, "%d", compared_year(r, fund));
    else if (what == P_GRADE)
        buf_str(out, compared_grade(r, fund) ? compared_grade(r, fund) : "–");
    else if (what == P_RANK && v->c->ranks.rank[fund] != RANK_NONE)
        buf_printf(out, "%u", (unsigned)v->c->ranks.rank[fund]);
    else if (what == P_SCORE && result->has_score)
        decimal_print(text, result->score, r->standards[r->funds[fund].standard].yard->decimals);
    else if (what == P_COVERAGE &&
             decimal_round(&tenths, result->coverage * 100, 1, ROUND_HALF_UP)) {
        const size_t n = decimal_print(text, tenths, 1);
        text[n] = '%';
        text[n + 1] = '\0';
    } else {
        buf_str(out, "–");
    }
    buf_str(out, text);
}

/* "82.40→86.10" */
static void pair_cell(const struct compared *v, const struct compared_row *row, size_t what)
{
    struct buf *b = &v->p->scratch;
    add_side(b, v, row->from, what);
    if (row->to == NO_ROW)
        return;
    buf_str(b, "→");
    add_side(b, v, row->to, what);
}

static void cause_cell(struct buf *b, const struct compare_change *change, size_t what)
{
    const int64_t other = change->causes[CAUSE_ADJUSTMENTS] + change->causes[CAUSE_ROUNDING];
    compared_points(b,
                    what == P_CHANGE     ? change->change
                    : what == P_RESULTS  ? change->causes[CAUSE_RESULTS]
                    : what == P_STANDARD ? compared_standard(change)
                                         : other,
                    change->decimals);
}

static void people_cell(const void *ctx, size_t at, size_t column, sy_cell *out)
{
    const struct compared *v = ctx;
    const size_t what = v->p->narrow ? narrow[column] : wide[column];
    struct buf *b = &v->p->scratch;
    struct compared_row row;
    compared_row(&row, v->c, at);
    if (what == P_FUND) {
        report_fund_cell(v->p, row.from, C_FUND, out);
        return;
    }
    buf_clear(b);
    if (what == P_SENTENCE)
        compared_say(b, v, &row);
    else if (what < P_CHANGE)
        pair_cell(v, &row, what);
    else if (row.change && row.change->known)
        cause_cell(b, row.change, what);
    v->p->failed = v->p->failed || b->failed;
    if (b->len)
        report_text(out, buf_text(b), SY_CELL_TEXT);
}

sy_view compared_people(const struct compared *v)
{
    static const sy_view_ops few = {sizeof few, sizeof narrow, people_columns, people_cell};
    static const sy_view_ops all = {sizeof all, sizeof wide, people_columns, people_cell};
    return (sy_view){v->p->narrow ? &few : &all, v, 0, v->c->nrows};
}

/* Below the table */

static void say_row(struct buf *out, const struct compared *v, size_t at)
{
    const struct run *r = v->p->r;
    struct compared_row row;
    compared_row(&row, v->c, at);
    buf_str(out, dataset_text(&r->d, r->d.entities[r->funds[row.from].entity].fund));
    if (row.change)
        buf_printf(out, " %d→%d", compared_year(r, row.from), compared_year(r, row.to));
    buf_str(out, v->p->zh ? "：" : ": ");
    compared_say(out, v, &row);
    buf_char(out, '\n');
}

/* As written; what a script computed, as people write it. */
static void add_words(struct buf *out, const struct run *r, uint32_t item, bool target)
{
    struct value_text room;
    const char *text = target ? item_target_text(&room, r, item) : item_actual_text(&room, r, item);
    const struct value v = target ? item_target(r, item) : item_actual(r, item);
    const unsigned computed = target ? OVER_TARGET_COMPUTED : OVER_MEASURED;
    char number[NUMBER_TEXT_MAX];
    if (v.kind != VALUE_NUMBER || !(item_flags(r, item) & computed)) {
        buf_str(out, *text ? text : "–");
        return;
    }
    buf_add(out, number, number_print(number, round(item_in_unit(r, &v, v.unit) * 100) / 100));
    buf_str(out, v.unit == UNIT_NONE ? "" : units_get(r->units, v.unit)->name);
}

void compared_values(struct buf *out, const struct compared *v, const struct compare_driver *d,
                     bool target)
{
    if (d->from != NO_ROW)
        add_words(out, v->p->r, d->from, target);
    if (d->from != NO_ROW && d->to != NO_ROW)
        buf_str(out, "→");
    if (d->to != NO_ROW)
        add_words(out, v->p->r, d->to, target);
}

/* "；评定 中→好": what a judgement says counts, whatever the figures are. */
static void say_ratings(struct buf *out, const struct compared *v, const struct compare_driver *d)
{
    const struct run *r = v->p->r;
    const char *from = d->from == NO_ROW ? NULL : compared_rating(r, d->from);
    const char *to = d->to == NO_ROW ? NULL : compared_rating(r, d->to);
    if (!from && !to)
        return;
    buf_str(out, v->p->zh ? "；评定 " : "; rating ");
    if (d->from != NO_ROW)
        buf_str(out, from ? from : "–");
    if (d->from != NO_ROW && d->to != NO_ROW)
        buf_str(out, "→");
    if (d->to != NO_ROW)
        buf_str(out, to ? to : "–");
}

/* "指标值 ≥7000条次→≥7200条次；实际 …" */
static void say_values(struct buf *out, const struct compared *v, const struct compare_driver *d)
{
    for (int target = 1; target >= 0; target--) {
        buf_printf(out, "%s%s ", target ? "" : (v->p->zh ? "；" : "; "),
                   target ? (v->p->zh ? "指标值" : "target") : (v->p->zh ? "实际" : "actual"));
        compared_values(out, v, d, target);
    }
    say_ratings(out, v, d);
}

static const char *say_kind(const struct compared *v, const struct compare_driver *d)
{
    const bool zh = v->p->zh;
    if (d->from == NO_ROW)
        return zh ? "（新增）" : " (added)";
    if (d->to == NO_ROW)
        return zh ? "（取消）" : " (dropped)";
    if (d->group != NO_ROW)
        return zh ? "（拆分或合并）" : " (split or merged)";
    return d->unmixed ? (zh ? "（两年不能混算，计入评分规则）" : " (cannot be mixed: rules)") : "";
}

static int64_t scaled_of(double points, int places)
{
    int64_t scaled;
    return decimal_round(&scaled, points, places, ROUND_HALF_UP) ? scaled : 0;
}

/* "（实绩 +0.30，分值 +1.97）": what it comes of, where that is not its results alone. */
static void say_parts(struct buf *out, const struct compared *v, const struct compare_driver *d,
                      int places)
{
    static const char *const zh_words[CAUSES_DRIVEN] = {"实绩", "指标值", "分值", "评分规则",
                                                        "指标增减"};
    const bool zh = v->p->zh;
    bool any = false, other = false;
    for (int i = CAUSE_TARGETS; i < CAUSES_DRIVEN; i++)
        other = other || scaled_of(d->causes[i], places);
    for (int i = 0; i < CAUSES_DRIVEN && other; i++) {
        const int64_t points = scaled_of(d->causes[i], places);
        if (points == 0)
            continue;
        buf_printf(out, "%s%s ",
                   any  ? (zh ? "，" : ", ")
                   : zh ? "（"
                        : " (",
                   zh ? zh_words[i] : cause_word((enum cause)i));
        compared_points(out, points, places);
        any = true;
    }
    if (any)
        buf_str(out, zh ? "）" : ")");
}

/* Numbers end below one another. */
static void add_padded(struct buf *out, int64_t points, int places)
{
    const size_t start = out->len;
    compared_points(out, points, places);
    const size_t len = out->len - start;
    char text[NUMBER_TEXT_MAX + 2];
    if (out->failed || len >= sizeof text)
        return;
    memcpy(text, out->data + start, len);
    text[len] = '\0';
    out->len = start;
    buf_printf(out, "%*s", POINTS_WIDTH, text);
}

/* What each indicator brought, with the values of both years. */
static void say_drivers(struct buf *out, const struct compared *v,
                        const struct compare_change *change)
{
    const int places = change->decimals;
    for (uint32_t i = 0; i < change->ndrivers; i++) {
        const struct compare_driver *d = &v->c->drivers[change->first_driver + i];
        const uint32_t item = d->to == NO_ROW ? d->from : d->to;
        const char *name = item_name(v->p->r, item);
        buf_str(out, "  ");
        add_padded(out, scaled_of(d->change, places), places);
        buf_printf(out, "  %s%s", name ? name : item_path(v->p->r, item), say_kind(v, d));
        say_parts(out, v, d, places);
        buf_str(out, v->p->zh ? "：" : ": ");
        say_values(out, v, d);
        buf_char(out, '\n');
    }
}

static void say_all(struct buf *out, const struct compared *v)
{
    const bool one = v->c->nbodies == 1;
    for (size_t i = 0; i < v->c->nrows; i++) {
        struct compared_row row;
        say_row(out, v, i);
        compared_row(&row, v->c, i);
        if (one && row.change && row.change->known)
            say_drivers(out, v, row.change);
    }
}

struct moved {
    size_t row;
    int64_t change; /* × 10^9 */
};

static int compare_moved(const void *a, const void *b)
{
    const struct moved *x = a, *y = b;
    if (x->change != y->change)
        return x->change > y->change ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static void say_counts(struct buf *out, const struct compared *v, const struct moved *moved,
                       size_t n)
{
    size_t up = 0, down = 0, alone = 0;
    for (size_t i = 0; i < n; i++) {
        up += moved[i].change > 0;
        down += moved[i].change < 0;
    }
    for (uint32_t i = 0; i < v->c->nbodies; i++)
        alone += v->c->bodies[i].nchanges == 0;
    buf_printf(out,
               v->p->zh ? "提高 %zu，降低 %zu，不变 %zu，没有得分 %zu，只有一年 %zu。\n"
                        : "Risen %zu, fallen %zu, the same %zu, without a score %zu, of one year "
                          "alone %zu.\n",
               up, down, n - up - down, v->c->nrows - n - alone, alone);
}

/* The greatest moves: first those up, then those down, the greatest first. */
static void say_moved(struct buf *out, const struct compared *v, const struct moved *moved,
                      size_t n)
{
    for (size_t i = 0; i < n && i < MOVED_MAX && moved[i].change > 0; i++)
        say_row(out, v, moved[i].row);
    for (size_t i = 0; i < n && i < MOVED_MAX && moved[n - 1 - i].change < 0; i++)
        say_row(out, v, moved[n - 1 - i].row);
    buf_str(out, v->p->zh ? "每项变化的说明：--format csv 或 markdown。\n"
                          : "A sentence for each change: --format csv or markdown.\n");
}

static void say_most(struct buf *out, const struct compared *v)
{
    const struct compare *c = v->c;
    struct moved *moved = malloc((c->nrows + 1) * sizeof *moved);
    size_t n = 0;
    v->p->failed = v->p->failed || !moved;
    for (size_t i = 0; i < c->nrows && moved; i++) {
        struct compared_row row;
        compared_row(&row, c, i);
        if (row.change && row.change->known)
            moved[n++] = (struct moved){
                i, row.change->change *
                       (int64_t)number_pow10[DECIMAL_PLACES_MAX - row.change->decimals]};
    }
    if (n)
        qsort(moved, n, sizeof *moved, compare_moved);
    if (moved) {
        say_counts(out, v, moved, n);
        say_moved(out, v, moved, n);
    }
    free(moved);
}

void compared_closing(struct buf *out, const struct compared *v)
{
    buf_char(out, '\n');
    if (v->c->nrows <= SAID_MAX)
        say_all(out, v);
    else
        say_most(out, v);
}
