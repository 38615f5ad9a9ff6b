/*
 * report.c - what every report is made of: cells, places, labels, reasons.
 */
#include "api/report.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "stage/compose.h"

sy_status report_init(struct report *out, struct run *r, const char *language, sy_error *err)
{
    *out = (struct report){.r = r, .zh = strcmp(language, "zh") == 0, .tally_of = NO_ROW};
    return departments_make(&out->departments, &out->ndepartments, r, err);
}

sy_status report_add_ranks(struct report *p, sy_error *err)
{
    return ranks_make(&p->ranks, p->r, err);
}

void report_dispose(struct report *p)
{
    ranks_dispose(&p->ranks);
    departments_free(p->departments, p->ndepartments);
    tally_dispose(&p->tally);
    buf_dispose(&p->scratch);
    buf_dispose(&p->reason);
    map_dispose(&p->refusals);
    *p = (struct report){0};
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
    buf_str(&p->scratch, dataset_text(&p->r->d, place.file));
    if (place.line)
        buf_printf(&p->scratch, ":%u", (unsigned)place.line);
    p->failed = p->failed || p->scratch.failed;
    return buf_text(&p->scratch);
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

uint32_t report_fund_of_item(const struct report *p, size_t item)
{
    uint32_t low = 0, high = p->r->nfunds;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if (p->r->funds[middle].first <= item)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Whether a rating decided: one given, or an actual that is a word of [ratings]. */
static bool is_rated(const struct report *p, uint32_t fund, uint32_t item)
{
    const struct run *r = p->r;
    const struct fund *f = &r->funds[fund];
    double attainment;
    if (item_rating(r, f, item) != NO_WORD)
        return true;
    return item_word_rating(&attainment, r, f, item);
}

const char *report_rule(const struct report *p, uint32_t fund, uint32_t item)
{
    const struct rule *rule = p->r->bounds[p->r->items[item].bound].rule;
    if (is_rated(p, fund, item))
        return "rating";
    return rule->kind == RULE_FUNCTION ? "function" : rule_name(rule->kind);
}

static bool is_refusal(const struct finding *f)
{
    static const enum finding_code codes[] = {FINDING_BAD_NUMBER, FINDING_BAD_RATING,
                                              FINDING_UNIT_MISMATCH, FINDING_KIND_MISMATCH};
    bool found = false;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        found = found || f->code == codes[i];
    return found && f->entity != FINDING_NOWHERE && f->path != FINDING_NOWHERE;
}

/* The finding that says why an item was rejected: the last, since what was said while the row was
 * loaded may be about another cell of it. */
static const struct finding *find_refusal(struct report *p, uint32_t fund, uint32_t item)
{
    const struct dataset *d = &p->r->d;
    uint32_t path = p->r->bounds[p->r->items[item].bound].path;
    for (size_t i = 0; i < d->findings.count && !p->has_refusals; i++) {
        const struct finding *f = &d->findings.rows[i];
        if (is_refusal(f) && !map_put(&p->refusals, map_key(f->entity, f->path), (uint32_t)i))
            p->failed = true;
    }
    p->has_refusals = true;
    uint32_t at = map_get(&p->refusals, map_key(p->r->funds[fund].entity, path));
    return at == MAP_NONE ? NULL : &d->findings.rows[at];
}

static void explain_status(struct report *p, uint32_t fund, uint32_t item)
{
    const struct run *r = p->r;
    const struct rule *rule = r->bounds[r->items[item].bound].rule;
    const enum item_status status = (enum item_status)r->status[item];
    static const char *const words[ITEM_STATUSES][2] = {
        [ITEM_SCORED] = {"", ""},
        [ITEM_NOT_APPLICABLE] = {"not applicable", "不适用"},
        [ITEM_REJECTED] = {"the value could not be read", "数值无法采用"},
        [ITEM_UNTARGETED] = {"no target", "没有指标值"},
        [ITEM_MISSING] = {"no actual", "没有实际完成值"},
        [ITEM_UNRATED] = {"qualitative and not rated", "定性指标，尚未评定"},
        [ITEM_ERROR] = {"the script failed", "脚本出错"}};
    const struct finding *why = status == ITEM_REJECTED ? find_refusal(p, fund, item) : NULL;
    if (status == ITEM_UNTARGETED &&
        !(rule->reads_target && item_target(r, item)->kind == VALUE_MISSING))
        buf_str(&p->reason, p->zh ? "没有可比的上年实际完成值" : "no actual of last year");
    else if (why)
        dataset_message(&p->reason, &p->r->d, why, p->zh);
    else
        buf_str(&p->reason, words[status][p->zh]);
}

static void explain_declared(struct report *p)
{
    buf_str(&p->reason, p->zh ? "按规则对缺失或不适用的规定"
                              : "as the rule says for a missing or not applicable value");
}

static void explain_rating(struct report *p, uint32_t fund, uint32_t item)
{
    const struct run *r = p->r;
    const struct fund *f = &r->funds[fund];
    const struct rating_row *row = item_rating_row(r, f, item);
    uint32_t word = item_rating(r, f, item);
    const char *text = word != NO_WORD ? dataset_text(&r->d, word) : item_actual_text(r, item);
    buf_printf(&p->reason, p->zh ? "评定为“%s”" : "rated '%s'", text);
    if (row && row->reason != NO_WORD)
        buf_printf(&p->reason, p->zh ? "：%s" : ": %s", dataset_text(&r->d, row->reason));
    if (row && row->by != NO_WORD)
        buf_printf(&p->reason, p->zh ? "（%s）" : " (%s)", dataset_text(&r->d, row->by));
}

static void explain_rule(struct report *p, uint32_t item)
{
    const struct run *r = p->r;
    const struct rule *rule = r->bounds[r->items[item].bound].rule;
    const struct value *target = item_target(r, item), *actual = item_actual(r, item);
    uint32_t unit = item_unit(r, item);
    struct value hi = *target;
    hi.num = hi.hi;
    double number = item_in_unit(r, actual, unit);
    const char *text = item_actual_text(r, item);
    if (rule->kind == RULE_CHECKLIST)
        (void)rule_items(&number, rule, text, strlen(text));
    rule_explain(&p->reason, rule, number, item_in_unit(r, target, unit),
                 item_in_unit(r, &hi, unit), (enum rule_sign)item_sign(r, item),
                 r->attainment[item], p->zh);
}

/* A rule that holds a function has said it itself, when it was called. */
static void explain_parts(struct report *p, uint32_t fund, uint32_t item)
{
    struct run *r = p->r;
    const struct rule *rule = r->bounds[r->items[item].bound].rule;
    sy_error err;
    if (rule->function) {
        if (!r->reason[item]) /* it could not, and `missing =` holds */
            explain_declared(p);
    } else if (compose_explain(&p->reason, r, &r->funds[fund], item, rule, p->zh, &err) != SY_OK) {
        p->failed = true;
    }
}

const char *report_reason(struct report *p, uint32_t fund, uint32_t item)
{
    const struct run *r = p->r;
    const struct rule *rule = r->bounds[r->items[item].bound].rule;
    enum item_status status = (enum item_status)r->status[item];
    const struct value *actual = item_actual(r, item);
    uint32_t over = r->items[item].over;
    bool computed = actual->kind == VALUE_NUMBER || actual->kind == VALUE_DATE;
    buf_clear(&p->reason);
    if (status != ITEM_SCORED)
        explain_status(p, fund, item);
    else if (is_rated(p, fund, item))
        explain_rating(p, fund, item);
    else if (actual->kind == VALUE_MISSING || actual->kind == VALUE_NOT_APPLICABLE)
        explain_declared(p);
    else if (rule->nparts)
        explain_parts(p, fund, item);
    else if (rule->kind == RULE_FUNCTION)
        buf_str(&p->reason, p->zh ? "脚本函数" : "function of the script");
    else if (computed || rule->kind == RULE_CHECKLIST)
        explain_rule(p, item);
    else
        buf_str(&p->reason, p->zh ? "实际完成值与指标值文字相同" : "the actual repeats the target");
    const char *own = r->reason[item] ? r->d.cells.data + r->reason[item] : NULL;
    if (!own && over != NO_ROW && r->overs[over].reason)
        own = r->d.cells.data + r->overs[over].reason;
    if (own)
        buf_printf(&p->reason, "%s%s", !p->reason.len ? "" : p->zh ? "：" : ": ", own);
    p->failed = p->failed || p->reason.failed;
    return p->reason.len ? buf_text(&p->reason) : NULL;
}

const sy_column *report_columns(const sy_column *zh, const sy_column *en, const void *ctx)
{
    return ((const struct report *)ctx)->zh ? zh : en;
}
