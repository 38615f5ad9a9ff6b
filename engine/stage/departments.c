/*
 * departments.c - means of a department's funds, weighted by what they spent and plain.
 */
#include "stage/departments.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "stage/parts.h"

/* A sum that keeps what plain addition loses, so that the order of the funds shows in no digit. */
struct sum {
    double high, low;
};

/* Sums of one department while its funds go by. */
struct sums {
    struct sum scores, weighted, money, all_money;
    uint32_t nscored, npaid;
};

/* Owns: all but the departments once they are given out. */
struct rolling {
    const struct run *r;
    struct department *departments;
    struct sums *sums;
    size_t n;
    uint32_t *member; /* by fund: its department's number; NO_ROW: in no roll-up */
    double *spent;    /* by fund; NAN where it does not tell */
    struct map index; /* (department, year) */
    sy_error *err;
};

static void add(struct sum *s, double x)
{
    double sum = s->high + x;
    s->low += fabs(s->high) >= fabs(x) ? (s->high - sum) + x : (x - sum) + s->high;
    s->high = sum;
}

static double total(const struct sum *s)
{
    return s->high + s->low;
}

/* In one walk over the facts: they are many, and each would lie elsewhere. */
static bool read_spent(struct rolling *x)
{
    const struct run *r = x->r;
    const uint32_t name = pool_find(&r->d.words, "spent", strlen("spent"));
    x->spent = malloc(((size_t)r->nfunds + 1) * sizeof *x->spent);
    for (uint32_t i = 0; i < r->nfunds && x->spent; i++)
        x->spent[i] = NAN;
    for (uint32_t i = 0; i < r->d.nfacts && x->spent && name != NO_WORD; i++) {
        const struct fact *fact = &r->d.facts[i];
        if (fact->name == name && fact->shape.kind == VALUE_NUMBER &&
            r->fund_of[fact->entity] != NO_ROW)
            x->spent[r->fund_of[fact->entity]] = fact->num;
    }
    return x->spent != NULL;
}

/* Puts the funds that contain this one, and are of its department, out of the roll-up. A walk ends
 * where one of the same department went before. */
static sy_status leave_wholes(struct rolling *x, const uint32_t *wholes, struct map *gone,
                              uint32_t fund)
{
    const struct run *r = x->r;
    const struct entity *e = &r->d.entities[r->funds[fund].entity];
    for (uint32_t at = wholes[r->funds[fund].entity]; at < PART_OF_LAST; at = wholes[at]) {
        uint64_t key = map_key(at, e->department);
        if (map_get(gone, key) != MAP_NONE)
            return SY_OK;
        if (!map_put(gone, key, 1))
            return error_nomem(x->err);
        if (r->d.entities[at].department == e->department && r->fund_of[at] != NO_ROW)
            x->member[r->fund_of[at]] = NO_ROW;
    }
    return SY_OK;
}

static sy_status leave_all_wholes(struct rolling *x)
{
    struct map gone = {0};
    uint32_t *wholes;
    if (!x->r->d.has_parts)
        return SY_OK;
    sy_status status = parts_find(&wholes, x->r, x->err);
    if (status != SY_OK)
        return status;
    for (uint32_t i = 0; i < x->r->nfunds && status == SY_OK; i++)
        if (x->r->d.entities[x->r->funds[i].entity].department != NO_WORD)
            status = leave_wholes(x, wholes, &gone, i);
    map_dispose(&gone);
    free(wholes);
    return status;
}

/* Numbers the department of a fund, if it is in a roll-up at all. */
static sy_status place_fund(struct rolling *x, uint32_t fund)
{
    const struct entity *e = &x->r->d.entities[x->r->funds[fund].entity];
    uint64_t key = map_key(e->department, (uint32_t)e->year);
    if (x->member[fund] == NO_ROW || e->department == NO_WORD) {
        x->member[fund] = NO_ROW;
        return SY_OK;
    }
    uint32_t at = map_get(&x->index, key);
    if (at == MAP_NONE) {
        at = (uint32_t)x->n;
        if (!map_put(&x->index, key, at))
            return error_nomem(x->err);
        x->departments[x->n++] = (struct department){.department = e->department, .year = e->year};
    }
    x->member[fund] = at;
    x->departments[at].nfunds++;
    x->sums[at].npaid += !isnan(x->spent[fund]);
    return SY_OK;
}

/* After read_spent. */
static sy_status begin_rolling(struct rolling *x)
{
    const struct run *r = x->r;
    x->departments = calloc((size_t)r->nfunds + 1, sizeof *x->departments);
    x->sums = calloc((size_t)r->nfunds + 1, sizeof *x->sums);
    x->member = calloc((size_t)r->nfunds + 1, sizeof *x->member);
    if (!x->departments || !x->sums || !x->member)
        return error_nomem(x->err);
    sy_status status = leave_all_wholes(x);
    for (uint32_t i = 0; i < r->nfunds && status == SY_OK; i++)
        status = place_fund(x, i);
    return status;
}

static void end_rolling(struct rolling *x)
{
    departments_free(x->departments, x->n);
    map_dispose(&x->index);
    free(x->sums);
    free(x->member);
    free(x->spent);
}

static sy_status count_grade(struct department *d, const struct yard_grade *grade, sy_error *err)
{
    for (size_t i = 0; i < d->ngrades; i++) {
        if (strcmp(d->grades[i].name, grade->name) == 0) {
            d->grades[i].count++;
            d->grades[i].bound = fmax(d->grades[i].bound, grade->bound);
            return SY_OK;
        }
    }
    struct grade_count *grades = realloc(d->grades, (d->ngrades + 1) * sizeof *grades);
    if (!grades)
        return error_nomem(err);
    d->grades = grades;
    d->grades[d->ngrades++] = (struct grade_count){grade->name, grade->bound, 1};
    return SY_OK;
}

static sy_status add_fund(struct rolling *x, uint32_t fund)
{
    const struct run *r = x->r;
    struct department *d = &x->departments[x->member[fund]];
    struct sums *s = &x->sums[x->member[fund]];
    const struct fund_result *result = &r->results[fund];
    const struct yardstick *y = r->standards[r->funds[fund].standard].yard;
    double spent = x->spent[fund], money = spent > 0 ? spent : 0;
    if (y->decimals > d->decimals)
        d->decimals = y->decimals;
    add(&s->all_money, money);
    if (!result->has_score)
        return SY_OK;
    double score = decimal_value(result->score, y->decimals);
    s->nscored++;
    add(&s->scores, score);
    add(&s->weighted, score * money);
    add(&s->money, money);
    return result->grade == NO_ROW ? SY_OK : count_grade(d, &y->grades[result->grade], x->err);
}

static double round_mean(double mean, int decimals)
{
    int64_t scaled;
    return decimal_round(&scaled, mean, decimals, ROUND_HALF_UP) ? decimal_value(scaled, decimals)
                                                                 : NAN;
}

static int compare_grades(const void *a, const void *b)
{
    const struct grade_count *x = a, *y = b;
    return x->bound != y->bound ? (x->bound < y->bound) - (x->bound > y->bound)
                                : strcmp(x->name, y->name);
}

static void finish_department(struct department *d, const struct sums *s)
{
    double money = total(&s->money), all = total(&s->all_money);
    d->mean = s->nscored ? round_mean(total(&s->scores) / s->nscored, d->decimals) : NAN;
    d->weighted_mean = money > 0 ? round_mean(total(&s->weighted) / money, d->decimals) : NAN;
    d->coverage_by_money = all > 0 ? money / all : NAN;
    if (d->ngrades)
        qsort(d->grades, d->ngrades, sizeof *d->grades, compare_grades);
}

sy_status departments_make(struct department **out, size_t *n, const struct run *r, sy_error *err)
{
    struct rolling x = {.r = r, .err = err};
    sy_status status = read_spent(&x) ? begin_rolling(&x) : error_nomem(err);
    for (uint32_t i = 0; i < r->nfunds && status == SY_OK; i++)
        if (x.member[i] != NO_ROW)
            status = add_fund(&x, i);
    if (status == SY_OK) {
        for (size_t i = 0; i < x.n; i++)
            finish_department(&x.departments[i], &x.sums[i]);
        *out = x.departments;
        *n = x.n;
        x.departments = NULL;
    }
    end_rolling(&x);
    return status;
}

/* Whether what some fund of a department spent is missing or negative. */
static bool is_doubtful(const struct rolling *x, uint32_t fund)
{
    const struct run *r = x->r;
    return !(x->spent[fund] >= 0) && r->d.entities[r->funds[fund].entity].department != NO_WORD;
}

static sy_status report_spent(struct rolling *x, struct run *r, uint32_t fund)
{
    const double spent = x->spent[fund];
    if (x->member[fund] == NO_ROW || (isnan(spent) && x->sums[x->member[fund]].npaid == 0))
        return SY_OK;
    struct finding_at at =
        fund_at(r, &r->funds[fund], isnan(spent) ? FINDING_SPENT_MISSING : FINDING_SPENT_NEGATIVE);
    at.text = dataset_text(&r->d, x->departments[x->member[fund]].department);
    at.a = isnan(spent) ? 0 : spent;
    return dataset_find(&r->d, &at, x->err);
}

sy_status departments_check(struct run *r, sy_error *err)
{
    struct rolling x = {.r = r, .err = err};
    sy_status status = read_spent(&x) ? SY_OK : error_nomem(err);
    uint32_t first = 0;
    while (status == SY_OK && first < r->nfunds && !is_doubtful(&x, first))
        first++;
    if (status == SY_OK && first < r->nfunds)
        status = begin_rolling(&x);
    for (uint32_t i = first; i < r->nfunds && status == SY_OK; i++)
        if (is_doubtful(&x, i))
            status = report_spent(&x, r, i);
    end_rolling(&x);
    return status;
}

void departments_free(struct department *departments, size_t n)
{
    for (size_t i = 0; i < n && departments; i++)
        free(departments[i].grades);
    free(departments);
}
