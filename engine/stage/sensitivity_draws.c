/*
 * sensitivity_draws.c - the scores of every fund in every draw, by workers, some funds a task.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "stage/sensitivity_parts.h"

#define TASK_FUNDS 8u

/* Numbers that look drawn by chance, each from its own key (S. Vigna's splitmix64, public domain
 * algorithm: Steele, Lea, Flood, Fast splittable pseudorandom number generators, 2014). */
static uint64_t mix(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/* FNV-1a of a path's bytes. */
static uint64_t hash(const char *text)
{
    uint64_t h = 0xCBF29CE484222325u;
    for (; *text; text++)
        h = (h ^ (unsigned char)*text) * 0x100000001B3u;
    return h;
}

static void draw_factors(struct drawing *d)
{
    const struct sensitivity_what *what = &d->s->what;
    for (uint32_t c = 0; c < d->ncolumns; c++) {
        const uint64_t stream = mix(what->seed) ^ hash(pool_text(&d->s->r->d.paths, d->columns[c]));
        double mean = 0, square = 0;
        for (uint32_t i = 0; i < what->draws; i++) {
            const double even = (double)(mix(stream + mix(i)) >> 11) * 0x1p-53; /* 0 to 1 */
            const double factor = 1 + what->spread * (2 * even - 1);
            d->factors[(size_t)i * d->ncolumns + c] = factor;
            mean += factor;
        }
        mean /= what->draws;
        for (uint32_t i = 0; i < what->draws; i++) {
            const double off = d->factors[(size_t)i * d->ncolumns + c] - mean;
            square += off * off;
        }
        d->means[c] = mean;
        d->variances[c] = square / what->draws;
    }
}

/* Variance of the scores that goes with each factor: their covariance squared by the factor's
 * variance. */
static void explain(const struct drawing *d, const struct drawn *f, uint32_t at, double mean)
{
    const uint32_t draws = d->s->what.draws;
    const int64_t *scores = d->scores + (size_t)at * draws;
    double *out = d->explained + (size_t)at * d->ncolumns;
    for (uint32_t c = 0; c < d->ncolumns; c++)
        out[c] = 0;
    for (uint32_t i = 0; i < draws; i++) {
        const double *factors = d->factors + (size_t)i * d->ncolumns;
        const double off = decimal_value(scores[i], f->yard->decimals) - mean;
        for (uint32_t k = 0; k < f->nitems; k++)
            out[f->items[k].column] +=
                off * (factors[f->items[k].column] - d->means[f->items[k].column]);
    }
    for (uint32_t c = 0; c < d->ncolumns; c++) {
        const double covariance = out[c] / draws;
        out[c] = d->variances[c] > 0 ? covariance * covariance / d->variances[c] : 0;
    }
}

static void count_grades(const struct drawing *d, const struct drawn *f, const int64_t *scores,
                         struct sensitivity_fund *out)
{
    const uint32_t draws = d->s->what.draws;
    double *chances = out->first_chance == NO_ROW ? NULL : d->s->chances + out->first_chance;
    if (!chances)
        return;
    for (uint32_t i = 0; i < draws; i++) {
        const uint32_t grade = drawn_grade(f, scores[i]);
        *(grade == NO_ROW ? &out->nograde : &chances[grade]) += 1;
    }
    out->nograde /= draws;
    for (size_t i = 0; i < f->yard->ngrades; i++)
        chances[i] /= draws;
}

static void describe(const struct drawing *d, const struct drawn *f, int64_t *values,
                     struct sensitivity_fund *out)
{
    const uint32_t n = d->s->what.draws;
    const int places = f->yard->decimals;
    double sum = 0, square = 0;
    for (uint32_t i = 0; i < n; i++)
        sum += decimal_value(values[i], places);
    out->score.mean = sum / n;
    for (uint32_t i = 0; i < n; i++) {
        const double off = decimal_value(values[i], places) - out->score.mean;
        square += off * off;
    }
    out->score.sd = sqrt(square / n);
    out->score.low =
        decimal_value(sensitivity_kth(values, n, sensitivity_place(QUANTILE_LO, n)), places);
    out->score.median =
        decimal_value(sensitivity_kth(values, n, sensitivity_place(0.5, n)), places);
    out->score.high =
        decimal_value(sensitivity_kth(values, n, sensitivity_place(QUANTILE_HI, n)), places);
    out->score.least = decimal_value(sensitivity_kth(values, n, 0), places);
    out->score.most = decimal_value(sensitivity_kth(values, n, n - 1), places);
}

/* What a fund comes to without each of its indicators. */
static void leave_out(const struct drawing *d, const struct drawn *f, double *sums)
{
    for (uint32_t i = 0; i < f->nitems; i++) {
        struct sensitivity_item *out = &d->s->items[f->items[i].item];
        const double score = drawn_score(f, NULL, f->items[i].item, sums);
        const int64_t scaled = isnan(score) ? 0 : drawn_round(f, score);
        out->without = isnan(score) ? NAN : decimal_value(scaled, f->yard->decimals);
        out->grade = isnan(score) ? NO_ROW : drawn_grade(f, scaled);
    }
}

static sy_status draw_fund(const struct drawing *d, uint32_t at, sy_error *err)
{
    const uint32_t draws = d->s->what.draws, fund = d->funds[at];
    struct sensitivity_fund *out = &d->s->funds[fund];
    int64_t *scores = d->scores + (size_t)at * draws;
    struct drawn f;
    sy_status status = drawn_make(&f, d, fund, err);
    double *sums = malloc(((size_t)f.nbranches + 1) * 3 * sizeof *sums);
    int64_t *values = malloc((size_t)draws * sizeof *values);
    if (status == SY_OK && (!sums || !values))
        status = error_nomem(err);
    for (uint32_t i = 0; i < draws && status == SY_OK; i++)
        scores[i] =
            drawn_round(&f, drawn_score(&f, d->factors + (size_t)i * d->ncolumns, NO_ROW, sums));
    if (status == SY_OK) {
        memcpy(values, scores, (size_t)draws * sizeof *values);
        count_grades(d, &f, scores, out);
        describe(d, &f, values, out);
        explain(d, &f, at, out->score.mean);
        leave_out(d, &f, sums);
    }
    free(values);
    free(sums);
    drawn_dispose(&f);
    return status;
}

static sy_status draw_task(void *ctx, unsigned worker, uint32_t task, sy_error *err)
{
    const struct drawing *d = ctx;
    const uint32_t first = task * TASK_FUNDS;
    sy_status status = SY_OK;
    (void)worker;
    for (uint32_t i = first; i < d->nfunds && i < first + TASK_FUNDS && status == SY_OK; i++)
        status = draw_fund(d, i, err);
    return status;
}

sy_status sensitivity_draw(struct drawing *d, sy_error *err)
{
    const uint32_t n = (d->nfunds + TASK_FUNDS - 1) / TASK_FUNDS;
    const struct work work = {.ctx = d, .run = draw_task};
    draw_factors(d);
    return n ? workers_run(d->s->r->workers, n, n, &work, err) : SY_OK;
}
