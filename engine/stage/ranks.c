/*
 * ranks.c - sorts the funds of a run once, then counts down each type and year.
 */
#include "stage/ranks.h"

#include <stdlib.h>

#include "base/error.h"

/* What a fund is sorted by. */
struct entry {
    uint32_t type; /* in order of first mention */
    int32_t year;
    bool scored;
    int64_t score; /* all of one type and year have the same decimals */
    uint32_t fund;
};

static int compare(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    if (x->year != y->year)
        return x->year < y->year ? -1 : 1;
    if (x->scored != y->scored)
        return x->scored ? -1 : 1;
    if (x->scored && x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->fund > y->fund) - (x->fund < y->fund);
}

/* The first standard of the same type: standards are numbered as the data names them. */
static uint32_t find_type(const struct run *r, uint32_t standard)
{
    uint32_t first = 0;
    while (r->standards[first].type != r->standards[standard].type)
        first++;
    return first;
}

static struct entry make_entry(const struct run *r, uint32_t fund)
{
    const struct fund *f = &r->funds[fund];
    const struct fund_result *result = &r->results[fund];
    return (struct entry){.type = find_type(r, f->standard),
                          .year = r->standards[f->standard].year,
                          .scored = result->status == FUND_SCORED && result->has_score,
                          .score = result->score,
                          .fund = fund};
}

static void count_ranks(struct ranks *ranks, const struct entry *entries, uint32_t n)
{
    uint32_t start = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct entry *e = &entries[i], *before = i ? &entries[i - 1] : NULL;
        bool same = before && before->type == e->type && before->year == e->year;
        if (!same)
            start = i;
        ranks->order[i] = e->fund;
        if (!e->scored)
            ranks->rank[e->fund] = RANK_NONE;
        else if (same && before->score == e->score)
            ranks->rank[e->fund] = ranks->rank[before->fund];
        else
            ranks->rank[e->fund] = i - start + 1;
    }
}

sy_status ranks_make(struct ranks *out, const struct run *r, sy_error *err)
{
    uint32_t n = r->nfunds;
    struct entry *entries = malloc(((size_t)n + 1) * sizeof *entries);
    struct ranks ranks = {malloc(((size_t)n + 1) * sizeof *ranks.rank),
                          malloc(((size_t)n + 1) * sizeof *ranks.order)};
    if (!entries || !ranks.rank || !ranks.order) {
        free(entries);
        ranks_dispose(&ranks);
        return error_nomem(err);
    }
    for (uint32_t i = 0; i < n; i++)
        entries[i] = make_entry(r, i);
    if (n)
        qsort(entries, n, sizeof *entries, compare);
    count_ranks(&ranks, entries, n);
    free(entries);
    *out = ranks;
    return SY_OK;
}

void ranks_dispose(struct ranks *ranks)
{
    free(ranks->rank);
    free(ranks->order);
    *ranks = (struct ranks){0};
}
