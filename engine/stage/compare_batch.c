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
static void take_pure(const struct batch *b, uint32_t i)
{
    const struct run *r = b->c->r;
    for (uint32_t k = b->first_twin[i]; k < b->first_twin[i + 1]; k++) {
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

/* Whether functions grade some of it: they see weights. Or grade or compute it: they see targets of
 * all of the fund. */
static bool is_scripted(const struct batch *b, uint32_t i, bool graded)
{
    const struct run *r = b->c->r;
    for (uint32_t k = b->first_twin[i]; k < b->first_twin[i + 1]; k++) {
        const struct bound *from = item_bound(r, b->twins[k].from);
        const struct bound *to = item_bound(r, b->twins[k].to);
        if (from->rule->function || to->rule->function)
            return true;
        if (!graded &&
            (from->measure || to->measure || from->target_function || to->target_function))
            return true;
    }
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

/* Changes are worked on by workers, so many a task: what they write is theirs alone. */
#define TASK_CHANGES 256u

struct work_on {
    struct batch *b;
    struct mix *mix;
    unsigned m; /* the mix */
    void (*one)(const struct work_on *on, uint32_t i);
};

static sy_status work_task(void *ctx, unsigned worker, uint32_t task, sy_error *err)
{
    const struct work_on *on = ctx;
    const uint32_t first = task * TASK_CHANGES;
    (void)worker;
    (void)err;
    for (uint32_t i = first; i < on->b->count && i < first + TASK_CHANGES; i++)
        on->one(on, i);
    return SY_OK;
}

static uint32_t count_tasks(const struct batch *b)
{
    return (b->count + TASK_CHANGES - 1) / TASK_CHANGES;
}

static sy_status each_change(struct work_on *on, void (*one)(const struct work_on *on, uint32_t i),
                             sy_error *err)
{
    const uint32_t n = count_tasks(on->b);
    const struct work work = {.ctx = on, .run = work_task};
    on->one = one;
    return n ? workers_run(on->b->c->r->workers, n, n, &work, err) : SY_OK;
}

static void look_at(const struct work_on *on, uint32_t i)
{
    struct batch *b = on->b;
    take_pure(b, i);
    b->differs[i] = (uint8_t)find_differences(b, i);
    b->scripted[i] = is_scripted(b, i, false);
    b->graded[i] = b->differs[i];
    if (!is_scripted(b, i, true))
        b->graded[i] &= (uint8_t)~OF_WEIGHTS;
}

/* Its place among the mixed funds and items. */
static void put_fund(const struct work_on *on, uint32_t i)
{
    const struct batch *b = on->b;
    const unsigned m = on->m;
    if (!needs(b, i, m))
        return;
    const struct compare_change *change = &b->c->changes[b->changes[i]];
    const struct fund *from = compare_from(b->c, change), *to = compare_to(b->c, change);
    const uint32_t first = b->item_at[i];
    uint32_t at = first;
    for (uint32_t k = b->first_twin[i]; k < b->first_twin[i + 1]; k++) {
        const struct twin *twin = &b->twins[k];
        const struct mix_parts parts = {
            year_item(twin, m, OF_RESULTS), year_item(twin, m, OF_TARGETS),
            year_item(twin, m, OF_RULES),
            b->graded[i] & OF_WEIGHTS ? year_item(twin, m, OF_WEIGHTS) : NO_ROW, b->scripted[i]};
        if (twin->group == NO_ROW)
            mix_item(on->mix, at++, &parts);
    }
    mix_fund(on->mix, b->fund_at[i], first, at - first, (m & OF_RESULTS ? to : from)->entity,
             (m & OF_RULES ? to : from)->standard);
}

static void take_mixed(const struct work_on *on, uint32_t i)
{
    const struct batch *b = on->b;
    const struct run *r = b->c->r;
    uint32_t item = mix_first(on->mix) + b->item_at[i];
    for (uint32_t k = b->first_twin[i]; needs(b, i, on->m) && k < b->first_twin[i + 1]; k++) {
        if (b->twins[k].group != NO_ROW)
            continue;
        b->attainment[on->m][k] = r->attainment[item];
        b->status[on->m][k] = r->status[item++];
    }
}

/* Where each change has its fund and items; how many there are. */
static uint32_t lay_out(struct batch *b, unsigned m, uint32_t *nitems)
{
    uint32_t nfunds = 0;
    *nitems = 0;
    for (uint32_t i = 0; i < b->count; i++) {
        b->fund_at[i] = nfunds;
        b->item_at[i] = *nitems;
        if (!needs(b, i, m))
            continue;
        nfunds++;
        for (uint32_t k = b->first_twin[i]; k < b->first_twin[i + 1]; k++)
            *nitems += b->twins[k].group == NO_ROW;
    }
    return nfunds;
}

static sy_status score_mix(struct batch *b, struct mix *mix, unsigned m, sy_error *err)
{
    struct work_on on = {.b = b, .mix = mix, .m = m};
    uint32_t nitems;
    const uint32_t nfunds = lay_out(b, m, &nitems);
    if (nfunds == 0)
        return SY_OK;
    sy_status status = mix_begin(mix, nfunds, nitems, err);
    if (status == SY_OK)
        status = each_change(&on, put_fund, err);
    if (status == SY_OK)
        status = mix_score(mix, err);
    if (status == SY_OK)
        status = each_change(&on, take_mixed, err);
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

static void mark_unmixed(const struct batch *b, uint32_t i)
{
    for (unsigned m = 1; m < STATES - 1; m++)
        for (uint32_t k = b->first_twin[i]; needs(b, i, m) && k < b->first_twin[i + 1]; k++)
            b->twins[k].unmixed =
                b->twins[k].unmixed || (b->twins[k].group == NO_ROW && is_unmixed(b, i, k, m));
}

sy_status compare_mix(struct batch *b, struct mix *mix, sy_error *err)
{
    struct work_on on = {.b = b, .mix = mix};
    sy_status status = make_values(b) ? SY_OK : error_nomem(err);
    if (status == SY_OK)
        status = each_change(&on, look_at, err);
    for (unsigned m = 1; m < STATES - 1 && status == SY_OK; m++)
        status = score_mix(b, mix, m, err);
    return status;
}

/* Changes by workers. Owns: found. */
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
    for (uint32_t i = first; i < b->count && i < first + TASK_CHANGES && status == SY_OK; i++) {
        mark_unmixed(b, i);
        status = compare_causes(&causing->found[task], b, i, err);
    }
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
    const uint32_t n = count_tasks(b);
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
