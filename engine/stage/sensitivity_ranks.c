/*
 * sensitivity_ranks.c - the rank of every fund in every draw, by workers, some draws a task; then
 * between which ranks a fund lies.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "stage/sensitivity_parts.h"

#define TASK_DRAWS   64u
#define COUNTED_EACH 32

static void swap(int64_t *a, int64_t *b)
{
    const int64_t x = *a;
    *a = *b;
    *b = x;
}

/* Hoare's selection, the middle of three as pivot. */
int64_t sensitivity_kth(int64_t *values, uint32_t n, uint32_t k)
{
    int64_t low = 0, high = (int64_t)n - 1;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (values[middle] < values[low])
            swap(&values[middle], &values[low]);
        if (values[high] < values[low])
            swap(&values[high], &values[low]);
        if (values[high] < values[middle])
            swap(&values[high], &values[middle]);
        const int64_t pivot = values[middle];
        int64_t i = low, j = high;
        while (i <= j) {
            while (values[i] < pivot)
                i++;
            while (values[j] > pivot)
                j--;
            if (i <= j)
                swap(&values[i++], &values[j--]);
        }
        if ((int64_t)k <= j)
            high = j;
        else if ((int64_t)k >= i)
            low = i;
        else
            break;
    }
    return values[k];
}

struct placed {
    int64_t score;
    uint32_t at;
};

static int compare(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

/* Work space of a task. Owns: both. */
struct ranking {
    struct placed *placed;
    uint32_t
        *counts;  /* by score: how many have it, then how many have more; NULL: too many scores */
    int64_t most; /* the highest score that there may be */
};

static void rank_sorted(const struct drawing *d, uint32_t draw, struct placed *placed, uint32_t n)
{
    qsort(placed, n, sizeof *placed, compare);
    for (uint32_t i = 0, rank = 1; i < n; i++) {
        rank = i && placed[i].score == placed[i - 1].score ? rank : i + 1;
        d->ranks[(size_t)placed[i].at * d->s->what.draws + draw] = rank;
    }
}

static void rank_counted(const struct drawing *d, uint32_t draw, const struct ranking *r,
                         uint32_t n)
{
    uint32_t more = 0;
    memset(r->counts, 0, ((size_t)r->most + 1) * sizeof *r->counts);
    for (uint32_t i = 0; i < n; i++)
        r->counts[r->placed[i].score]++;
    for (int64_t score = r->most; score >= 0; score--) {
        const uint32_t here = r->counts[score];
        r->counts[score] = more;
        more += here;
    }
    for (uint32_t i = 0; i < n; i++)
        d->ranks[(size_t)r->placed[i].at * d->s->what.draws + draw] =
            r->counts[r->placed[i].score] + 1;
}

/* Those that are ranked, in one draw; equal scores share a rank: 1, 2, 2, 4. */
static void rank_draw(const struct drawing *d, uint32_t draw, const struct ranking *r)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->nfunds; i++)
        if (d->s->funds[d->funds[i]].ranked)
            r->placed[n++] = (struct placed){d->scores[(size_t)i * d->s->what.draws + draw], i};
    if (r->counts)
        rank_counted(d, draw, r, n);
    else
        rank_sorted(d, draw, r->placed, n);
}

/* Counting costs a step for each score that there may be, sorting a few for each fund. */
static sy_status make_ranking(struct ranking *out, const struct drawing *d, sy_error *err)
{
    const struct yardstick *y = d->s->r->standards[d->standard].yard;
    int64_t most = 0;
    const bool few = decimal_round(&most, y->full_score, y->decimals, ROUND_HALF_UP) &&
                     most < (int64_t)d->nfunds * COUNTED_EACH;
    *out = (struct ranking){.placed = malloc(((size_t)d->nfunds + 1) * sizeof *out->placed),
                            .counts = few ? malloc(((size_t)most + 1) * sizeof *out->counts) : NULL,
                            .most = most};
    return out->placed && (out->counts || !few) ? SY_OK : error_nomem(err);
}

static sy_status rank_task(void *ctx, unsigned worker, uint32_t task, sy_error *err)
{
    const struct drawing *d = ctx;
    const uint32_t first = task * TASK_DRAWS, draws = d->s->what.draws;
    struct ranking ranking;
    sy_status status = make_ranking(&ranking, d, err);
    (void)worker;
    for (uint32_t i = first; i < draws && i < first + TASK_DRAWS && status == SY_OK; i++)
        rank_draw(d, i, &ranking);
    free(ranking.placed);
    free(ranking.counts);
    return status;
}

static void find_interval(const struct drawing *d, uint32_t at, int64_t *values)
{
    const uint32_t n = d->s->what.draws;
    struct sensitivity_fund *out = &d->s->funds[d->funds[at]];
    for (uint32_t i = 0; i < n; i++)
        values[i] = d->ranks[(size_t)at * n + i];
    out->rank_low = (uint32_t)sensitivity_kth(values, n, sensitivity_place(QUANTILE_LO, n));
    out->rank_high = (uint32_t)sensitivity_kth(values, n, sensitivity_place(QUANTILE_HI, n));
    out->rank_best = (uint32_t)sensitivity_kth(values, n, 0);
    out->rank_worst = (uint32_t)sensitivity_kth(values, n, n - 1);
}

sy_status sensitivity_rank(struct drawing *d, sy_error *err)
{
    const uint32_t draws = d->s->what.draws, n = (draws + TASK_DRAWS - 1) / TASK_DRAWS;
    const struct work work = {.ctx = d, .run = rank_task};
    int64_t *values = malloc((size_t)draws * sizeof *values);
    sy_status status = values ? workers_run(d->s->r->workers, n, n, &work, err) : error_nomem(err);
    for (uint32_t i = 0; i < d->nfunds && status == SY_OK; i++)
        if (d->s->funds[d->funds[i]].ranked)
            find_interval(d, i, values);
    free(values);
    return status;
}
