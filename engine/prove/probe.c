/*
 * probe.c - a scored indicator to the actuals that its rule is tried with (see probe.h).
 */
#include "prove/probe.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/error.h"
#include "base/number.h"
#include "stage/previous.h"

#define PROBES_MAX  1024
#define FINE        1e-6 /* of an edge: just beside it, well outside of what counts as the same */
#define PLACES_MOST 6
#define NUMBERS_MAX 24 /* that a function speaks of */

/* The item at hand. */
struct probing {
    const struct run *r;
    const struct rule *rule;
    uint32_t unit;
    struct kernel_against against;
    double actual;
    int places;    /* decimals that a person wrote */
    bool negative; /* figures below 0 make sense */
    size_t nitems; /* of a checklist whose items are told one by one; 0 */
    double x[PROBES_MAX];
    size_t n;
};

static bool is_day(const struct value *v)
{
    return v->kind == VALUE_DATE || v->kind == VALUE_BY;
}

/* Whether a number or a day has graded the item: no judgement, no words. */
static bool is_graded(const struct run *r, const struct fund *f, uint32_t item)
{
    const struct rule *rule = item_bound(r, item)->rule;
    const struct value actual = item_actual(r, item), target = item_target(r, item);
    double rating;
    if (item_status(r, item) != ITEM_SCORED || rule_holds(rule, RULE_RATING) ||
        item_sign(r, item) == SIGN_QUALITATIVE)
        return false;
    if (item_rating(r, f, item) != NO_WORD || item_word_rating(&rating, r, f, item))
        return false;
    if (rule->kind == RULE_CHECKLIST)
        return actual.kind != VALUE_MISSING;
    if (is_day(&actual))
        return !rule->reads_target || is_day(&target);
    return actual.kind == VALUE_NUMBER &&
           (!rule->reads_target || target.kind == VALUE_NUMBER || target.kind == VALUE_RANGE);
}

static double target_in(const struct run *r, const struct value *target, uint32_t unit)
{
    const bool has = target->kind == VALUE_NUMBER || target->kind == VALUE_RANGE || is_day(target);
    return has ? item_in_unit(r, target, unit) : NAN;
}

static void begin(struct probing *p, const struct run *r, const struct fund *f, uint32_t item)
{
    const struct value target = item_target(r, item), actual = item_actual(r, item);
    struct value hi = target;
    struct previous previous;
    hi.num = hi.hi;
    *p = (struct probing){.r = r, .rule = item_bound(r, item)->rule, .unit = item_unit(r, item)};
    p->actual =
        actual.kind == VALUE_NUMBER || is_day(&actual) ? item_in_unit(r, &actual, p->unit) : NAN;
    p->against = (struct kernel_against){
        .target = target_in(r, &target, p->unit),
        .hi = target.kind == VALUE_RANGE ? item_in_unit(r, &hi, p->unit) : NAN,
        .previous = NAN,
        .sign = (enum rule_sign)item_sign(r, item),
        .day = is_day(&actual)};
    if (item_previous_target(&previous, r, f, item))
        p->against.previous = item_in_unit(r, &previous.value, p->unit);
    p->places = target.kind == VALUE_NUMBER ? target.places : 0;
    if (actual.kind == VALUE_NUMBER && actual.places > p->places)
        p->places = actual.places;
    p->places = p->places > PLACES_MOST ? PLACES_MOST : p->places;
    p->negative = p->actual < 0 || p->against.target < 0 || p->against.previous < 0;
    if (p->rule->kind == RULE_CHECKLIST && p->rule->items)
        p->nitems = p->rule->nitems;
}

/* As a person would write it: no more than fifteen digits. */
static double tidy(double x)
{
    char text[NUMBER_TEXT_MAX];
    double again = x;
    const size_t len = number_print(text, x);
    return number_parse(&again, text, len) ? again : x;
}

static void add_value(struct probing *p, double x)
{
    if (isfinite(x) && p->n < PROBES_MAX)
        p->x[p->n++] = tidy(x);
}

/* A figure that nobody has chosen: below 0 only where figures are. */
static void add_simple(struct probing *p, double x)
{
    if (x >= 0 || p->negative)
        add_value(p, x);
}

static double fine_step(double at)
{
    return FINE * (at != 0 ? fabs(at) : 1);
}

static void add_around(struct probing *p, const struct kernel_edge *edge, bool whole)
{
    const double at = edge->at, coarse = pow(10, -p->places), fine = fine_step(at);
    const bool day = p->against.day;
    void (*add)(struct probing * p, double x) = p->rule->function ? add_simple : add_value;
    add(p, at);
    add(p, day || whole ? at - 1 : at - coarse);
    add(p, day || whole ? at + 1 : at + coarse);
    if (day || whole)
        return;
    add(p, at - coarse / 10);
    add(p, at + coarse / 10);
    add(p, at - fine);
    add(p, at + fine);
    add(p, at + 2 * edge->own * fine);
}

static void add_ladder_days(struct probing *p, double from)
{
    static const int days[] = {-366, -100, -31, -30, -7, 7, 14, 30, 31, 45, 90, 100, 200, 366};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
        add_value(p, from + days[i]);
}

/* 0, half, as much, twice; of a function, which may jump anywhere, every twentieth. */
static void add_ladder(struct probing *p, double from)
{
    const int step = p->rule->function ? 1 : 5;
    for (int k = 0; k <= 40 && from != 0; k += step)
        add_simple(p, from * k / 20);
    add_simple(p, from * 3);
    for (int k = 1; k <= 10 && from == 0; k++)
        add_simple(p, k);
}

static void add_simple_values(struct probing *p, const struct kernel_edge *edges, size_t n)
{
    for (size_t i = 1; i < n; i++)
        add_simple(p, edges[i - 1].at / 2 + edges[i].at / 2);
    add_simple(p, 0);
    if (n > 0)
        add_simple(p, 2 * edges[n - 1].at);
    if (isfinite(p->against.target))
        add_ladder(p, p->against.target);
    if (isfinite(p->against.previous))
        add_ladder(p, p->against.previous);
    if (!isfinite(p->against.target) && isfinite(p->actual))
        add_ladder(p, p->actual);
}

/* A function's own numbers are figures, shares of the target, or per cents of it. */
static sy_status add_numbers(struct probing *p, const struct standard *s, sy_error *err)
{
    double numbers[NUMBERS_MAX];
    const double target = p->against.target;
    size_t n;
    if (!p->rule->function || p->against.day)
        return SY_OK;
    sy_status status = probe_numbers(numbers, NUMBERS_MAX, &n, s, p->rule, err);
    for (size_t i = 0; status == SY_OK && i < n; i++) {
        const double at[] = {numbers[i], numbers[i] * target, numbers[i] * target / 100};
        for (size_t k = 0; k < sizeof at / sizeof at[0]; k++)
            add_around(p, &(struct kernel_edge){.at = at[k]}, false);
    }
    return status;
}

static int compare_values(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Ascending, each once; whole numbers of a whole rule. */
static void sort_values(struct probing *p, bool whole)
{
    size_t n = 0;
    qsort(p->x, p->n, sizeof *p->x, compare_values);
    for (size_t i = 0; i < p->n; i++) {
        const bool fits = !whole || (p->x[i] == floor(p->x[i]) && p->x[i] >= 0);
        if (fits && (n == 0 || p->x[i] > p->x[n - 1]))
            p->x[n++] = p->x[i];
    }
    p->n = n;
}

/* A number with its unit, that reads as such: 5 and 月 are no month of May. */
static void print_number(char *out, const struct probing *p, double x)
{
    const size_t len = number_print(out, x);
    if (p->unit == UNIT_NONE)
        return;
    const struct unit *unit = units_get(p->r->units, p->unit);
    static const char *const forms[] = {"%s", "个%s"};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        const struct value_context context = {.units = p->r->units, .default_unit = UNIT_NONE};
        struct value v;
        const int n = snprintf(out + len, PROBE_TEXT_MAX - len, forms[i], unit->name);
        if (n < 0 || (size_t)n >= PROBE_TEXT_MAX - len)
            break;
        value_read(&v, &context, out, strlen(out));
        if (v.kind == VALUE_NUMBER && v.unit == p->unit && v.sign == SIGN_NONE)
            return;
    }
    out[len] = '\0';
}

/* ①②③: the first so many items of a list. */
static void print_items(char *out, double count)
{
    size_t at = 0;
    for (int k = 0; k < (int)count && k < 20 && at + 4 < PROBE_TEXT_MAX; k++)
        at += (size_t)snprintf(out + at, PROBE_TEXT_MAX - at, "\xE2\x91%c", 0xA0 + k);
    if (at == 0)
        snprintf(out, PROBE_TEXT_MAX, "%.0f", count);
}

static void print_probe(struct probe *out, const struct probing *p, double x)
{
    out->at = x;
    if (p->against.day)
        date_print(out->text, (int32_t)x);
    else if (p->nitems)
        print_items(out->text, x);
    else
        print_number(out->text, p, x);
}

static size_t find_value(const struct probing *p, double x)
{
    x = tidy(x);
    for (size_t i = 0; i < p->n; i++)
        if (p->x[i] == x)
            return i;
    return SIZE_MAX;
}

/* Edges whose band can be looked into: no other edge within reach. */
static void find_edges(struct probes *out, const struct probing *p, const struct kernel_edge *edges,
                       size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const double step = p->against.day ? 1 : fine_step(edges[i].at);
        const double near = edges[i].at + edges[i].own * step, far = near + edges[i].own * step;
        const double low = fmin(edges[i].at, far) - step / 2, high = fmax(edges[i].at, far);
        bool alone = edges[i].own != 0 && !out->course.whole;
        for (size_t k = 0; k < n; k++)
            alone = alone && (k == i || edges[k].at < low || edges[k].at > high + step / 2);
        struct probe_edge found = {find_value(p, edges[i].at), find_value(p, near),
                                   find_value(p, p->against.day ? near : far)};
        if (alone && found.at != SIZE_MAX && found.near != SIZE_MAX && found.far != SIZE_MAX)
            out->edges[out->nedges++] = found;
    }
}

sy_status probe_item(struct probes *out, struct arena *arena, const struct run *r,
                     const struct fund *f, uint32_t item, sy_error *err)
{
    struct probing p;
    struct kernel_edge edges[KERNEL_EDGES_MAX];
    *out = (struct probes){0};
    if (!is_graded(r, f, item))
        return SY_OK;
    begin(&p, r, f, item);
    const size_t n = kernel_edges(edges, p.rule, &p.against);
    out->course = kernel_course(p.rule, &p.against);
    for (size_t i = 0; i < n; i++)
        add_around(&p, &edges[i], out->course.whole);
    if (p.against.day && isfinite(p.against.target))
        add_ladder_days(&p, p.against.target);
    else if (p.against.day)
        add_ladder_days(&p, p.actual);
    else
        add_simple_values(&p, edges, n);
    sy_status status = add_numbers(&p, &r->standards[f->standard], err);
    if (status != SY_OK)
        return status;
    sort_values(&p, out->course.whole);
    out->list = arena_alloc(arena, (p.n + 1) * sizeof *out->list);
    out->edges = arena_alloc(arena, (n + 1) * sizeof *out->edges);
    if (!out->list || !out->edges)
        return error_nomem(err);
    for (size_t i = 0; i < p.n; i++)
        print_probe(&out->list[i], &p, p.x[i]);
    out->n = p.n;
    find_edges(out, &p, edges, n);
    return SY_OK;
}
