/*
 * compare_batch.c - the mixes that a batch of changes needs, each scored over all of its funds at
 * once.
 */
#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "stage/compare_parts.h"

static bool make_values(struct batch *b)
{
    if (b->ntwins <= b->values_cap)
        return true;
    for (unsigned m = 0; m < STATES; m++) {
        double *attainment = realloc(b->attainment[m], b->ntwins * sizeof *attainment);
        b->attainment[m] = attainment ? attainment : b->attainment[m];
        uint8_t *status = realloc(b->status[m], b->ntwins);
        b->status[m] = status ? status : b->status[m];
        if (!attainment || !status)
            return false;
    }
    b->values_cap = b->ntwins;
    return true;
}

/* The two years themselves are scored already. */
static void take_pure(struct batch *b)
{
    const struct run *r = b->c->r;
    for (uint32_t k = 0; k < b->ntwins; k++) {
        const struct twin *twin = &b->twins[k];
        b->attainment[0][k] = r->attainment[twin->from];
        b->status[0][k] = r->status[twin->from];
        b->attainment[STATES - 1][k] = r->attainment[twin->to];
        b->status[STATES - 1][k] = r->status[twin->to];
    }
}

/* Which of the four differ between the years of a change. */
static unsigned find_differences(const struct batch *b, uint32_t i)
{
    const struct run *r = b->c->r;
    unsigned differs = b->transitions[i]->same_rules ? 0 : OF_RULES;
    for (uint32_t k = b->first_twin[i]; k < b->first_twin[i + 1]; k++) {
        const struct twin *twin = &b->twins[k];
        const double from = item_weight(r, twin->from), to = item_weight(r, twin->to);
        if (twin->group != NO_ROW || !(from == to || (isnan(from) && isnan(to))))
            differs |= OF_WEIGHTS;
        if (twin->group == NO_ROW && !(differs & OF_TARGETS) &&
            !mix_same_target(r, twin->from, twin->to))
            differs |= OF_TARGETS;
    }
    return differs;
}

/* Whether a script grades some of it: scripts see weights. */
static bool is_scripted(const struct batch *b, uint32_t i)
{
    const struct run *r = b->c->r;
    for (uint32_t k = b->first_twin[i]; k < b->first_twin[i + 1]; k++)
        if (item_bound(r, b->twins[k].from)->rule->function ||
            item_bound(r, b->twins[k].to)->rule->function)
            return true;
    return false;
}

static bool needs(const struct batch *b, uint32_t i, unsigned m)
{
    return compare_state(m, b->graded[i]) == m;
}

static uint32_t year_item(const struct twin *twin, unsigned m, unsigned bit)
{
    return m & bit ? twin->to : twin->from;
}

static sy_status add_fund(const struct batch *b, struct mix *mix, uint32_t i, unsigned m,
                          sy_error *err)
{
    const struct compare_change *change = &b->c->changes[b->changes[i]];
    const struct fund *from = compare_from(b->c, change), *to = compare_to(b->c, change);
    const uint32_t entity = (m & OF_RESULTS ? to : from)->entity;
    sy_status status = SY_OK;
    mix_fund(mix, entity, (m & OF_RULES ? to : from)->standard);
    for (uint32_t k = b->first_twin[i]; k < b->first_twin[i + 1] && status == SY_OK; k++) {
        const struct twin *twin = &b->twins[k];
        if (twin->group == NO_ROW)
            status =
                mix_item(mix, year_item(twin, m, OF_RESULTS), year_item(twin, m, OF_TARGETS),
                         year_item(twin, m, OF_RULES),
                         b->graded[i] & OF_WEIGHTS ? year_item(twin, m, OF_WEIGHTS) : NO_ROW, err);
    }
    return status;
}

static void take_mixed(struct batch *b, const struct mix *mix, uint32_t i, unsigned m,
                       uint32_t *item)
{
    const struct run *r = mix->r;
    for (uint32_t k = b->first_twin[i]; k < b->first_twin[i + 1]; k++) {
        if (b->twins[k].group != NO_ROW)
            continue;
        b->attainment[m][k] = r->attainment[*item];
        b->status[m][k] = r->status[*item];
        ++*item;
    }
}

static sy_status score_mix(struct batch *b, struct mix *mix, unsigned m, sy_error *err)
{
    uint32_t nfunds = 0, nitems = 0, item = mix_first(mix);
    for (uint32_t i = 0; i < b->count; i++) {
        nfunds += needs(b, i, m);
        nitems += needs(b, i, m) ? b->first_twin[i + 1] - b->first_twin[i] : 0;
    }
    if (nfunds == 0)
        return SY_OK;
    sy_status status = mix_reserve(mix, nfunds, nitems, err);
    for (uint32_t i = 0; i < b->count && status == SY_OK; i++)
        if (needs(b, i, m))
            status = add_fund(b, mix, i, m, err);
    if (status == SY_OK)
        status = mix_score(mix, err);
    for (uint32_t i = 0; i < b->count && status == SY_OK; i++)
        if (needs(b, i, m))
            take_mixed(b, mix, i, m, &item);
    mix_clear(mix);
    return status;
}

/* Whether what a mix lacks is lacking in the year that it is taken from: a target, an actual, or a
 * fact that the year's own rules read. */
static bool is_lacking(const struct batch *b, uint32_t i, uint32_t k, unsigned m)
{
    const struct run *r = b->c->r;
    const struct twin *twin = &b->twins[k];
    const struct bound *rules = item_bound(r, year_item(twin, m, OF_RULES));
    const struct value target = mix_told(r, year_item(twin, m, OF_TARGETS));
    const struct value actual = mix_reported(r, year_item(twin, m, OF_RESULTS));
    const bool own = b->transitions[i]->same_rules || !(m & OF_RULES) == !(m & OF_RESULTS);
    if (b->status[m][k] == ITEM_UNTARGETED)
        return target.kind == VALUE_MISSING && !rules->target_function;
    return b->status[m][k] == ITEM_MISSING &&
           (own || (actual.kind == VALUE_MISSING && !rules->measure));
}

/* Whether a mix comes to what neither of its years comes to: money held against last year's per
 * cent, a rule that reads a fact which that year lacks. */
static bool is_unmixed(const struct batch *b, uint32_t i, uint32_t k, unsigned m)
{
    const uint8_t status = b->status[m][k];
    return status != ITEM_SCORED && status != ITEM_NOT_APPLICABLE && status != b->status[0][k] &&
           status != b->status[STATES - 1][k] && !is_lacking(b, i, k, m);
}

static void mark_unmixed(struct batch *b)
{
    for (uint32_t i = 0; i < b->count; i++)
        for (unsigned m = 1; m < STATES - 1; m++)
            for (uint32_t k = b->first_twin[i]; needs(b, i, m) && k < b->first_twin[i + 1]; k++)
                b->twins[k].unmixed =
                    b->twins[k].unmixed || (b->twins[k].group == NO_ROW && is_unmixed(b, i, k, m));
}

sy_status compare_mix(struct batch *b, struct mix *mix, sy_error *err)
{
    sy_status status = make_values(b) ? SY_OK : error_nomem(err);
    if (status != SY_OK)
        return status;
    take_pure(b);
    for (uint32_t i = 0; i < b->count; i++) {
        b->differs[i] = (uint8_t)find_differences(b, i);
        b->graded[i] = b->differs[i];
        if (!(b->differs[i] & OF_WEIGHTS) || !is_scripted(b, i))
            b->graded[i] &= (uint8_t)~OF_WEIGHTS;
    }
    for (unsigned m = 1; m < STATES - 1 && status == SY_OK; m++)
        status = score_mix(b, mix, m, err);
    if (status == SY_OK)
        mark_unmixed(b);
    return status;
}

/* Changes by workers, so many a task. Owns: found. */
#define TASK_CHANGES 512u
struct causing {
    struct batch *b;
    struct drivers *found; /* by task */
};

static sy_status cause_task(void *ctx, unsigned worker, uint32_t task, sy_error *err)
{
    const struct causing *causing = ctx;
    const struct batch *b = causing->b;
    const uint32_t first = task * TASK_CHANGES;
    sy_status status = SY_OK;
    (void)worker;
    for (uint32_t i = first; i < b->count && i < first + TASK_CHANGES && status == SY_OK; i++)
        status = compare_causes(&causing->found[task], b, i, err);
    return status;
}

/* Drivers of one task behind those before it. */
static sy_status take_task(void *ctx, uint32_t task, sy_error *err)
{
    const struct causing *causing = ctx;
    const struct batch *b = causing->b;
    struct compare *c = b->c;
    struct drivers *found = &causing->found[task];
    const uint32_t first = task * TASK_CHANGES, base = c->ndrivers;
    for (uint32_t i = 0; i < found->n; i++) {
        void *array = c->drivers;
        const bool room = dataset_grow(&array, &c->drivers_cap, c->ndrivers, sizeof *c->drivers);
        c->drivers = array;
        if (!room)
            return error_nomem(err);
        c->drivers[c->ndrivers++] = found->list[i];
    }
    for (uint32_t i = first; i < b->count && i < first + TASK_CHANGES; i++)
        c->changes[b->changes[i]].first_driver += base;
    free(found->list);
    *found = (struct drivers){0};
    return SY_OK;
}

sy_status compare_work_out(struct batch *b, sy_error *err)
{
    const uint32_t n = (b->count + TASK_CHANGES - 1) / TASK_CHANGES;
    struct causing causing = {b, calloc((size_t)n + 1, sizeof *causing.found)};
    const struct work work = {.ctx = &causing, .run = cause_task, .take = take_task};
    if (!causing.found)
        return error_nomem(err);
    sy_status status = n ? workers_run(b->c->r->workers, n, n, &work, err) : SY_OK;
    for (uint32_t i = 0; i < n; i++)
        free(causing.found[i].list);
    free(causing.found);
    return status;
}
