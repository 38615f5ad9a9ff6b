/*
 * departments.c - means of a department's funds, weighted by what they spent and plain.
 */
#include "stage/departments.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

/* Sums of one department while its funds go by. */
struct sums {
    double scores, weighted, money, all_money;
    uint32_t nscored, npaid;
};

struct rolling {
    const struct run *r;
    struct department *departments;
    struct sums *sums;
    size_t n;
    struct map index; /* (department, year) */
    struct map whole; /* (fund, year) that contain others */
    sy_error *err;
};

static sy_status mark_wholes(struct rolling *x)
{
    for (uint32_t i = 0; i < x->r->nfunds; i++) {
        const struct entity *e = &x->r->d.entities[x->r->funds[i].entity];
        if (e->part_of != NO_WORD && !map_put(&x->whole, map_key(e->part_of, (uint32_t)e->year), 1))
            return error_nomem(x->err);
    }
    return SY_OK;
}

static sy_status count_grade(struct department *d, const char *name, sy_error *err)
{
    for (size_t i = 0; i < d->ngrades; i++) {
        if (strcmp(d->grades[i].name, name) == 0) {
            d->grades[i].count++;
            return SY_OK;
        }
    }
    struct grade_count *grades = realloc(d->grades, (d->ngrades + 1) * sizeof *grades);
    if (!grades)
        return error_nomem(err);
    d->grades = grades;
    d->grades[d->ngrades++] = (struct grade_count){name, 1};
    return SY_OK;
}

static sy_status add_fund(struct rolling *x, struct department *d, struct sums *s, uint32_t fund)
{
    const struct run *r = x->r;
    const struct fund_result *result = &r->results[fund];
    const struct yardstick *y = r->standards[r->funds[fund].standard].yard;
    const struct fact *spent = dataset_fact(&r->d, r->funds[fund].entity, "spent");
    double money = spent && spent->value.kind == VALUE_NUMBER ? spent->value.num : 0;
    d->nfunds++;
    if (y->decimals > d->decimals)
        d->decimals = y->decimals;
    s->all_money += money;
    if (!result->has_score)
        return SY_OK;
    double score = decimal_value(result->score, y->decimals);
    s->scores += score;
    s->nscored++;
    s->weighted += score * money;
    s->money += money;
    return result->grade == NO_ROW ? SY_OK : count_grade(d, y->grades[result->grade].name, x->err);
}

static sy_status roll_fund(struct rolling *x, uint32_t fund)
{
    const struct entity *e = &x->r->d.entities[x->r->funds[fund].entity];
    uint64_t key = map_key(e->department, (uint32_t)e->year);
    if (e->department == NO_WORD ||
        map_get(&x->whole, map_key(e->fund, (uint32_t)e->year)) != MAP_NONE)
        return SY_OK;
    uint32_t at = map_get(&x->index, key);
    if (at == MAP_NONE) {
        at = (uint32_t)x->n;
        if (!map_put(&x->index, key, at))
            return error_nomem(x->err);
        x->departments[x->n] = (struct department){.department = e->department, .year = e->year};
        x->sums[x->n++] = (struct sums){0};
    }
    return add_fund(x, &x->departments[at], &x->sums[at], fund);
}

static double round_mean(double mean, int decimals)
{
    int64_t scaled;
    return decimal_round(&scaled, mean, decimals, ROUND_HALF_UP) ? decimal_value(scaled, decimals)
                                                                 : NAN;
}

sy_status departments_make(struct department **out, size_t *n, const struct run *r, sy_error *err)
{
    struct rolling x = {.r = r, .err = err};
    x.departments = calloc((size_t)r->nfunds + 1, sizeof *x.departments);
    x.sums = calloc((size_t)r->nfunds + 1, sizeof *x.sums);
    sy_status status = x.departments && x.sums ? mark_wholes(&x) : error_nomem(err);
    for (uint32_t i = 0; i < r->nfunds && status == SY_OK; i++)
        status = roll_fund(&x, i);
    for (size_t i = 0; i < x.n; i++) {
        const struct sums *s = &x.sums[i];
        struct department *d = &x.departments[i];
        d->mean = s->nscored ? round_mean(s->scores / s->nscored, d->decimals) : NAN;
        d->weighted_mean = s->money > 0 ? round_mean(s->weighted / s->money, d->decimals) : NAN;
        d->coverage_by_money = s->all_money > 0 ? s->money / s->all_money : NAN;
    }
    map_dispose(&x.index);
    map_dispose(&x.whole);
    free(x.sums);
    if (status != SY_OK) {
        departments_free(x.departments, x.n);
        return status;
    }
    *out = x.departments;
    *n = x.n;
    return SY_OK;
}

void departments_free(struct department *departments, size_t n)
{
    for (size_t i = 0; i < n && departments; i++)
        free(departments[i].grades);
    free(departments);
}
