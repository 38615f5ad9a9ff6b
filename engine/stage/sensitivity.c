/*
 * sensitivity.c - draws for the funds of one type and year after the other.
 */
#include "stage/sensitivity.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "stage/sensitivity_parts.h"

void sensitivity_dispose(struct sensitivity *s)
{
    free(s->funds);
    free(s->chances);
    free(s->items);
    free(s->paths);
    ranks_dispose(&s->ranks);
}

/* Which funds are drawn at all, and room for their grades. */
static sy_status list_funds(struct sensitivity *s, sy_error *err)
{
    const struct run *r = s->r;
    s->funds = calloc((size_t)r->nfunds + 1, sizeof *s->funds);
    s->items = calloc((size_t)r->nitems + 1, sizeof *s->items);
    if (!s->funds || !s->items)
        return error_nomem(err);
    for (uint32_t i = 0; i < r->nitems; i++)
        s->items[i] = (struct sensitivity_item){NAN, NO_ROW};
    for (uint32_t i = 0; i < r->nfunds; i++) {
        const struct fund_result *result = &r->results[i];
        struct sensitivity_fund *f = &s->funds[i];
        f->drawn = result->has_score;
        f->ranked = result->status == FUND_SCORED && result->has_score;
        f->first_chance = NO_ROW;
        if (result->grade == NO_ROW)
            continue;
        f->first_chance = s->nchances;
        s->nchances += (uint32_t)r->standards[r->funds[i].standard].yard->ngrades;
    }
    s->chances = calloc((size_t)s->nchances + 1, sizeof *s->chances);
    return s->chances ? SY_OK : error_nomem(err);
}

static void dispose(struct drawing *d)
{
    free(d->funds);
    free(d->column_of);
    free(d->columns);
    free(d->factors);
    free(d->means);
    free(d->variances);
    free(d->scores);
    free(d->ranks);
    free(d->explained);
}

/* The paths that the funds have, each a column. */
static void list_columns(struct drawing *d)
{
    const struct run *r = d->s->r;
    for (uint32_t i = 0; i < d->nfunds; i++) {
        const struct fund *f = &r->funds[d->funds[i]];
        for (uint32_t k = f->first; k < f->first + f->count; k++) {
            const uint32_t path = item_bound(r, k)->path;
            if (d->column_of[path] == NO_ROW && !isnan(item_weight(r, k))) {
                d->column_of[path] = d->ncolumns;
                d->columns[d->ncolumns++] = path;
            }
        }
    }
}

static sy_status refuse_cells(const struct drawing *d, sy_error *err)
{
    const uint64_t most = CELLS_MAX / (d->nfunds ? d->nfunds : 1);
    return error_set(
        err, SY_EUSAGE, NULL, 0,
        "--draws %u of %u funds of one type and year are too many: take %llu draws, or "
        "fewer funds",
        (unsigned)d->s->what.draws, (unsigned)d->nfunds, (unsigned long long)most);
}

static sy_status make_room(struct drawing *d, sy_error *err)
{
    const struct run *r = d->s->r;
    const uint32_t draws = d->s->what.draws;
    d->funds = malloc(((size_t)r->nfunds + 1) * sizeof *d->funds);
    d->column_of = malloc(((size_t)r->d.paths.count + 1) * sizeof *d->column_of);
    d->columns = malloc(((size_t)r->d.paths.count + 1) * sizeof *d->columns);
    if (!d->funds || !d->column_of || !d->columns)
        return error_nomem(err);
    for (uint32_t i = 0; i < r->d.paths.count; i++)
        d->column_of[i] = NO_ROW;
    for (uint32_t i = 0; i < r->nfunds; i++)
        if (r->funds[i].standard == d->standard && d->s->funds[i].drawn)
            d->funds[d->nfunds++] = i;
    if ((uint64_t)d->nfunds * draws > CELLS_MAX)
        return refuse_cells(d, err);
    list_columns(d);
    const size_t cells = (size_t)d->nfunds * draws + 1, columns = (size_t)d->ncolumns + 1;
    d->factors = malloc(((size_t)draws * d->ncolumns + 1) * sizeof *d->factors);
    d->means = malloc(columns * sizeof *d->means);
    d->variances = malloc(columns * sizeof *d->variances);
    d->scores = malloc(cells * sizeof *d->scores);
    d->ranks = malloc(cells * sizeof *d->ranks);
    d->explained = malloc(((size_t)d->nfunds * d->ncolumns + 1) * sizeof *d->explained);
    return d->factors && d->means && d->variances && d->scores && d->ranks && d->explained
               ? SY_OK
               : error_nomem(err);
}

/* What leaving an indicator out changes, over the funds that have it. */
static void add_item(struct sensitivity_path *p, const struct sensitivity *s, uint32_t fund,
                     uint32_t item)
{
    const struct run *r = s->r;
    const struct fund_result *result = &r->results[fund];
    const int places = r->standards[r->funds[fund].standard].yard->decimals;
    const double change = s->items[item].without - decimal_value(result->score, places);
    if (isnan(change))
        return;
    p->item = p->funds ? p->item : item;
    p->funds++;
    p->mean += fabs(change);
    if (fabs(change) > fabs(p->greatest))
        p->greatest = change;
    p->regraded += result->grade != NO_ROW && s->items[item].grade != result->grade;
}

static int compare_paths(const void *a, const void *b)
{
    const struct sensitivity_path *x = a, *y = b;
    const double left = isnan(x->decides) ? -1 : x->decides,
                 right = isnan(y->decides) ? -1 : y->decides;
    if (left != right)
        return left > right ? -1 : 1;
    if (x->mean != y->mean)
        return x->mean > y->mean ? -1 : 1;
    return (x->item > y->item) - (x->item < y->item);
}

/* The share of all variance that goes with each column. */
static double find_share(const struct drawing *d, uint32_t column)
{
    double explained = 0, all = 0;
    for (uint32_t i = 0; i < d->nfunds; i++) {
        const double sd = d->s->funds[d->funds[i]].score.sd;
        explained += d->explained[(size_t)i * d->ncolumns + column];
        all += sd * sd;
    }
    return all > 1e-12 ? explained / all : NAN;
}

static sy_status list_paths(struct drawing *d, sy_error *err)
{
    struct sensitivity *s = d->s;
    const struct run *r = s->r;
    const uint32_t first = s->npaths;
    for (uint32_t c = 0; c < d->ncolumns; c++) {
        void *array = s->paths;
        const bool room = dataset_grow(&array, &s->paths_cap, s->npaths, sizeof *s->paths);
        s->paths = array;
        if (!room)
            return error_nomem(err);
        s->paths[s->npaths++] = (struct sensitivity_path){
            .standard = d->standard, .path = d->columns[c], .decides = find_share(d, c)};
    }
    for (uint32_t i = 0; i < d->nfunds; i++) {
        const struct fund *f = &r->funds[d->funds[i]];
        for (uint32_t k = f->first; k < f->first + f->count; k++) {
            const uint32_t column = d->column_of[item_bound(r, k)->path];
            if (column != NO_ROW)
                add_item(&s->paths[first + column], s, d->funds[i], k);
        }
    }
    for (uint32_t i = first; i < s->npaths; i++)
        s->paths[i].mean = s->paths[i].funds ? s->paths[i].mean / s->paths[i].funds : NAN;
    if (s->npaths > first)
        qsort(s->paths + first, s->npaths - first, sizeof *s->paths, compare_paths);
    return SY_OK;
}

static sy_status draw_standard(struct sensitivity *s, uint32_t standard, sy_error *err)
{
    struct drawing d = {.s = s, .standard = standard};
    sy_status status = make_room(&d, err);
    if (status == SY_OK && d.nfunds)
        status = sensitivity_draw(&d, err);
    if (status == SY_OK && d.nfunds)
        status = sensitivity_rank(&d, err);
    if (status == SY_OK)
        status = list_paths(&d, err);
    dispose(&d);
    return status;
}

sy_status sensitivity_open(struct sensitivity *out, struct run *r,
                           const struct sensitivity_what *what, sy_error *err)
{
    *out = (struct sensitivity){.r = r, .what = *what};
    sy_status status = list_funds(out, err);
    if (status == SY_OK)
        status = ranks_make(&out->ranks, r, err);
    for (uint32_t i = 0; i < r->nstandards && status == SY_OK; i++) {
        status = progress_tell(&r->progress, "sensitivity", (double)i / r->nstandards, err);
        if (status == SY_OK)
            status = draw_standard(out, i, err);
    }
    return status;
}

bool sensitivity_edge(const struct sensitivity *s, uint32_t fund, uint32_t *grade, double *points)
{
    const struct run *r = s->r;
    const struct yardstick *y = r->standards[r->funds[fund].standard].yard;
    const struct fund_result *result = &r->results[fund];
    const double score = decimal_value(result->score, y->decimals);
    bool found = false;
    for (uint32_t i = 0; i < y->ngrades && result->grade != NO_ROW; i++) {
        const double bound = y->grades[i].bound * y->full_score / 100;
        if (!isfinite(bound) || bound <= 0 || fabs(bound - score) > s->what.edge + 1e-9 ||
            (found && fabs(bound - score) >= fabs(*points)))
            continue;
        *grade = i;
        *points = bound - score;
        found = true;
    }
    return found;
}
