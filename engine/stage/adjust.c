/*
 * adjust.c - points and caps for a whole fund: rows of the adjustments table, then rules.adjust.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "stage/near.h"
#include "stage/plan.h"
#include "stage/task.h"

static sy_status add_row(struct journal *j, const struct run *r, uint32_t fund,
                         const struct adjustment_row *row, sy_error *err)
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
        struct buf hint = {0};
        near_hint(&hint, near_grade(r, &r->funds[fund], cap));
        at.text2 = buf_text(&hint);
        sy_status status = hint.failed ? error_nomem(err) : journal_find(j, &at, err);
        buf_dispose(&hint);
        if (status != SY_OK || isnan(a.points))
            return status;
    }
    return journal_adjust(j, &a, NULL, err);
}

static sy_status run_script(struct task *t, uint32_t fund, sy_error *err)
{
    const struct run *r = t->r;
    const struct fund *f = &r->funds[fund];
    struct journal *j = &t->journal;
    struct see see = {.r = r, .journal = j, .adjusting = true, .fund = fund, .err = err};
    struct script *script;
    struct script_data data;
    struct script_result result = {0};
    const uint32_t before = j->nadjustments;
    sy_status status = task_script(&script, t, f->standard, err);
    if (status != SY_OK)
        return status;
    see_init(&data, &see);
    script_run_fund(script, script_adjust(script), &data, f->entity, &result, &j->texts);
    status = see.status;
    if (result.outcome != SCRIPT_DONE && result.outcome != SCRIPT_NO_VALUE)
        j->nadjustments = before; /* left out whole, not half */
    if (status == SY_OK && (result.outcome == SCRIPT_ERROR || result.outcome == SCRIPT_DISABLED))
        status = item_script_error(j, r, f, NO_WORD, &result, err);
    else if (status == SY_OK && result.outcome == SCRIPT_LACKING)
        status = item_lacking(j, r, f, NO_ROW, "rules.adjust", &result, err);
    buf_dispose(&see.scratch);
    return status;
}

sy_status adjust_run(struct task *t, uint32_t fund, sy_error *err)
{
    const struct run *r = t->r;
    const struct fund *f = &r->funds[fund];
    const struct script *script = r->standards[f->standard].script;
    struct fund_result *result = &t->r->results[fund];
    sy_status status = SY_OK;
    result->first_adjustment = t->journal.nadjustments;
    uint32_t first = r->d.nadjustments ? map_get(&r->adjustment_index, f->entity) : NO_ROW;
    for (uint32_t i = first; i != NO_ROW && status == SY_OK; i = r->d.adjustments[i].next)
        status = add_row(&t->journal, r, fund, &r->d.adjustments[i], err);
    if (status == SY_OK && script && script_adjust(script))
        status = run_script(t, fund, err);
    result->nadjustments = t->journal.nadjustments - result->first_adjustment;
    return status;
}

static sy_status commit_one(struct run *r, const struct journal_adjustment *a, sy_error *err)
{
    struct adjustment what = a->what;
    sy_status status =
        a->reason ? dataset_word(&what.reason, &r->d, a->reason, strlen(a->reason), err) : SY_OK;
    void *array = r->adjustments;
    bool room = dataset_grow(&array, &r->adjustments_cap, r->nadjustments, sizeof what);
    r->adjustments = array;
    if (status == SY_OK && !room)
        status = error_nomem(err);
    if (status == SY_OK)
        r->adjustments[r->nadjustments++] = what;
    return status;
}

sy_status adjust_commit(struct task *t, sy_error *err)
{
    struct run *r = t->r;
    sy_status status = SY_OK;
    for (uint32_t i = task_first_fund(t); i < task_end_fund(t); i++)
        r->results[i].first_adjustment += r->nadjustments;
    for (uint32_t i = 0; i < t->journal.nadjustments && status == SY_OK; i++)
        status = commit_one(r, &t->journal.adjustments[i], err);
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
