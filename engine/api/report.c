/*
 * report.c - what every report is made of: cells, places, labels, reasons.
 */
#include "api/report.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/error.h"
#include "base/number.h"
#include "stage/reason.h"
#include "table/place.h"

void report_init(struct report *out, struct run *r, const char *language)
{
    *out = (struct report){.r = r, .zh = strcmp(language, "zh") == 0, .tally_of = NO_ROW};
}

sy_status report_add_ranks(struct report *p, sy_error *err)
{
    return ranks_make(&p->ranks, p->r, err);
}

void report_dispose(struct report *p)
{
    if (!p->shared) {
        ranks_dispose(&p->ranks);
        departments_free(p->departments, p->ndepartments);
        map_dispose(&p->refusals);
    }
    tally_dispose(&p->tally);
    buf_dispose(&p->scratch);
    buf_dispose(&p->reason);
    *p = (struct report){0};
}

void report_at(const struct report *p, size_t row)
{
    if (p->share)
        *p->share = (double)row / (double)(p->r->nfunds + p->r->d.findings.count);
}

void report_make_departments(const struct report *p)
{
    struct report *own = (struct report *)p;
    if (!p->has_departments &&
        departments_make(&own->departments, &own->ndepartments, p->r, NULL) != SY_OK)
        own->failed = true;
    own->has_departments = true;
}

const char *report_word(const struct report *p, const char *word)
{
    static const char *const words[][2] = {
        {"scored", "已评"},           {"insufficient", "可评率不足"},
        {"unscored", "无法评定"},     {"error", "错误"},
        {"not_applicable", "不适用"}, {"rejected", "数值不可用"},
        {"untargeted", "没有指标值"}, {"missing", "没有完成值"},
        {"unrated", "尚未评定"},      {"note", "提示"},
        {"warning", "警告"}};
    for (size_t i = 0; p->zh && p->people && i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], word) == 0)
            return words[i][1];
    return word;
}

void report_text(sy_cell *out, const char *text, sy_cell_type type)
{
    if (!text)
        return;
    out->type = type;
    out->text = text;
    out->text_len = strlen(text);
}

void report_number(sy_cell *out, double number)
{
    if (isnan(number))
        return;
    out->type = SY_CELL_NUMBER;
    out->number = number;
}

void report_score(sy_cell *out, bool has, int64_t scaled, int places)
{
    if (!has)
        return;
    out->type = SY_CELL_DECIMAL;
    out->integer = scaled;
    out->places = places;
}

const char *report_source(struct report *p, struct place place)
{
    if (place.file == NO_WORD)
        return NULL;
    buf_clear(&p->scratch);
    place_print(&p->scratch, dataset_text(&p->r->d, place.file), place.line);
    p->failed = p->failed || p->scratch.failed;
    return buf_text(&p->scratch);
}

const char *report_finding_source(struct report *p, const struct finding *f)
{
    return report_source(p, (struct place){f->file, dataset_finding_line(&p->r->d, f)});
}

const char *report_no_grade(const struct report *p, uint32_t fund)
{
    const struct fund_result *result = &p->r->results[fund];
    if (result->grade != NO_ROW)
        return NULL;
    switch (result->status) {
    case FUND_ERROR:
        return p->zh ? "无：脚本出错" : "none: script error";
    case FUND_UNSCORED:
        return p->zh ? "无：没有可评的指标" : "none: nothing scored";
    case FUND_INSUFFICIENT:
        return p->zh ? "无：可评率不足" : "none: low coverage";
    case FUND_SCORED:
        break;
    }
    if (!result->sums_right)
        return p->zh ? "无：分值合计不符" : "none: weights do not sum";
    return p->zh ? "无：低于各等级" : "none: below all grades";
}

/* Items are mostly asked for one behind the other. */
uint32_t report_fund_of_item(struct report *p, size_t item)
{
    const struct fund *last = &p->r->funds[p->last_fund];
    uint32_t low = 0, high = p->r->nfunds;
    if (item >= last->first && item - last->first < last->count)
        return p->last_fund;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (p->r->funds[middle].first <= item)
            low = middle;
        else
            high = middle;
    }
    p->last_fund = low;
    return low;
}

const char *report_rule(const struct report *p, uint32_t fund, uint32_t item)
{
    const struct rule *rule = item_bound(p->r, item)->rule;
    if (reason_is_rated(p->r, fund, item))
        return "rating";
    return rule->kind == RULE_FUNCTION ? "function" : rule_name(rule->kind);
}

/* Where each rejected value's finding is: the last, since what was said while the row was loaded
 * may be about another cell of it. */
static void index_refusals(struct report *p)
{
    const struct findings *list = &p->r->d.findings;
    for (size_t i = 0; i < list->count && !p->has_refusals; i++) {
        const struct finding *f = &list->rows[i];
        if (reason_is_refusal(f) &&
            !map_put(&p->refusals, map_key(f->entity, f->path), (uint32_t)i))
            p->failed = true;
    }
    p->has_refusals = true;
}

static const struct finding *find_refusal(struct report *p, uint32_t fund, uint32_t item)
{
    uint32_t path = item_bound(p->r, item)->path;
    index_refusals(p);
    uint32_t at = map_get(&p->refusals, map_key(p->r->funds[fund].entity, path));
    return at == MAP_NONE ? NULL : &p->r->d.findings.rows[at];
}

sy_status report_share(struct report *out, struct report *p, sy_error *err)
{
    index_refusals(p);
    *out = *p;
    out->shared = true;
    out->tally = (struct tally){0};
    out->tally_of = NO_ROW;
    out->scratch = out->reason = (struct buf){0};
    return p->failed ? error_nomem(err) : SY_OK;
}

const char *report_reason(struct report *p, uint32_t fund, uint32_t item)
{
    const bool refused = item_status(p->r, item) == ITEM_REJECTED;
    const struct finding *why = refused ? find_refusal(p, fund, item) : NULL;
    buf_clear(&p->reason);
    if (reason_add(&p->reason, p->r, fund, item, why, p->zh, NULL) != SY_OK)
        p->failed = true;
    return p->reason.len ? buf_text(&p->reason) : NULL;
}

const sy_column *report_columns(const sy_column *zh, const sy_column *en, const void *ctx)
{
    return ((const struct report *)ctx)->zh ? zh : en;
}
