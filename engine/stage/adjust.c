/*
 * adjust.c - points and caps for a whole fund: rows of the adjustments table, then rules.adjust.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "stage/plan.h"

static sy_status add_row(struct run *r, uint32_t fund, const struct adjustment_row *row,
                         sy_error *err)
{
    const struct yardstick *y = r->standards[r->funds[fund].standard].yard;
    struct adjustment a = {.fund = fund,
                           .points = row->points,
                           .cap = NO_ROW,
                           .reason = row->reason,
                           .place = row->place};
    const char *cap = row->cap == NO_WORD ? NULL : dataset_text(&r->d, row->cap);
    for (size_t i = 0; cap && i < y->ngrades; i++)
        if (strcmp(y->grades[i].name, cap) == 0)
            a.cap = (uint32_t)i;
    if (cap && a.cap == NO_ROW) {
        struct finding_at at = {.code = FINDING_BAD_CAP,
                                .entity = row->entity,
                                .path = NO_WORD,
                                .place = row->place,
                                .text = cap};
        sy_status status = dataset_find(&r->d, &at, err);
        if (status != SY_OK || isnan(a.points))
            return status;
    }
    void *array = r->adjustments;
    bool room = dataset_grow(&array, &r->adjustments_cap, r->nadjustments, sizeof a);
    r->adjustments = array;
    if (!room)
        return error_nomem(err);
    r->adjustments[r->nadjustments++] = a;
    return SY_OK;
}

static sy_status run_script(struct run *r, uint32_t fund, struct script *script, sy_error *err)
{
    struct see see = {.r = r, .adjusting = true, .fund = fund, .err = err};
    struct script_data data;
    struct script_result result = {0};
    struct arena texts = {0};
    uint32_t before = r->nadjustments;
    see_init(&data, &see);
    script_run_fund(script, script_adjust(script), &data, r->funds[fund].entity, &result, &texts);
    sy_status status = see.status;
    if (result.outcome != SCRIPT_DONE && result.outcome != SCRIPT_NO_VALUE)
        r->nadjustments = before; /* left out whole, not half */
    if (status == SY_OK && (result.outcome == SCRIPT_ERROR || result.outcome == SCRIPT_DISABLED))
        status = item_script_error(r, &r->funds[fund], NO_WORD, &result, err);
    else if (status == SY_OK && result.outcome == SCRIPT_LACKING)
        status = item_lacking(r, &r->funds[fund], NO_ROW, "rules.adjust", &result, err);
    arena_dispose(&texts);
    buf_dispose(&see.scratch);
    return status;
}

sy_status adjust_run(struct run *r, uint32_t fund, sy_error *err)
{
    const struct fund *f = &r->funds[fund];
    struct script *script = r->standards[f->standard].script;
    struct fund_result *result = &r->results[fund];
    sy_status status = SY_OK;
    result->first_adjustment = r->nadjustments;
    uint32_t first = map_get(&r->adjustment_index, f->entity);
    for (uint32_t i = first; i != NO_ROW && status == SY_OK; i = r->d.adjustments[i].next)
        status = add_row(r, fund, &r->d.adjustments[i], err);
    if (status == SY_OK && script && script_adjust(script))
        status = run_script(r, fund, script, err);
    result->nadjustments = r->nadjustments - result->first_adjustment;
    return status;
}

sy_status adjust_index(struct run *r, sy_error *err)
{
    /* From the last row back, so that each fund's chain is in order of the data. */
    for (uint32_t i = r->d.nadjustments; i-- > 0;) {
        struct adjustment_row *row = &r->d.adjustments[i];
        row->next = map_get(&r->adjustment_index, row->entity);
        if (!map_put(&r->adjustment_index, row->entity, i))
            return error_nomem(err);
    }
    return SY_OK;
}
