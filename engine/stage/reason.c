/*
 * reason.c - how an indicator's attainment came about: the formula with its numbers, a rating, a
 * status, and what the script says to it.
 */
#include "stage/reason.h"

#include <string.h>

#include "base/error.h"
#include "rule/kernel.h"
#include "stage/compose.h"

bool reason_is_rated(const struct run *r, uint32_t fund, uint32_t item)
{
    const struct fund *f = &r->funds[fund];
    double attainment;
    if (item_rating(r, f, item) != NO_WORD)
        return true;
    return item_word_rating(&attainment, r, f, item);
}

bool reason_is_refusal(const struct finding *f)
{
    static const enum finding_code codes[] = {FINDING_BAD_NUMBER, FINDING_BAD_RATING,
                                              FINDING_UNIT_MISMATCH, FINDING_KIND_MISMATCH};
    bool found = false;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        found = found || f->code == codes[i];
    return found && f->entity != FINDING_NOWHERE && f->path != FINDING_NOWHERE;
}

static void add_status(struct buf *out, const struct run *r, uint32_t item,
                       const struct finding *why, bool zh)
{
    const struct rule *rule = item_bound(r, item)->rule;
    const enum item_status status = item_status(r, item);
    static const char *const words[ITEM_STATUSES][2] = {
        [ITEM_SCORED] = {"", ""},
        [ITEM_NOT_APPLICABLE] = {"not applicable", "不适用"},
        [ITEM_REJECTED] = {"the value could not be read", "数值无法采用"},
        [ITEM_UNTARGETED] = {"no target", "没有指标值"},
        [ITEM_MISSING] = {"no actual", "没有实际完成值"},
        [ITEM_UNRATED] = {"qualitative and not rated", "定性指标，尚未评定"},
        [ITEM_ERROR] = {"the script failed", "脚本出错"}};
    if (status == ITEM_UNTARGETED &&
        !(rule->reads_target && item_target(r, item).kind == VALUE_MISSING))
        buf_str(out, zh ? "没有可比的上年实际完成值" : "no actual of last year");
    else if (why)
        dataset_message(out, &r->d, why, zh);
    else
        buf_str(out, words[status][zh]);
}

static void add_declared(struct buf *out, bool zh)
{
    buf_str(out, zh ? "按规则对缺失或不适用的规定"
                    : "as the rule says for a missing or not applicable value");
}

static void add_rating(struct buf *out, const struct run *r, uint32_t fund, uint32_t item, bool zh)
{
    const struct fund *f = &r->funds[fund];
    const struct rating_row *row = item_rating_row(r, f, item);
    uint32_t word = item_rating(r, f, item);
    struct value_text room;
    const char *text =
        word != NO_WORD ? dataset_text(&r->d, word) : item_actual_text(&room, r, item);
    buf_printf(out, zh ? "评定为“%s”" : "rated '%s'", text);
    if (row && row->reason != NO_WORD)
        buf_printf(out, zh ? "：%s" : ": %s", dataset_text(&r->d, row->reason));
    if (row && row->by != NO_WORD)
        buf_printf(out, zh ? "（%s）" : " (%s)", dataset_text(&r->d, row->by));
}

static void add_rule(struct buf *out, const struct run *r, uint32_t item, bool zh)
{
    const struct rule *rule = item_bound(r, item)->rule;
    struct value_text room;
    const struct value target = item_target(r, item), actual = item_actual(r, item);
    uint32_t unit = item_unit(r, item);
    struct value hi = target;
    hi.num = hi.hi;
    double number = item_in_unit(r, &actual, unit);
    const char *text = item_actual_text(&room, r, item);
    if (rule->kind == RULE_CHECKLIST)
        (void)rule_items(&number, rule, text, strlen(text));
    rule_explain(out, rule, number, item_in_unit(r, &target, unit), item_in_unit(r, &hi, unit),
                 (enum rule_sign)item_sign(r, item), item_attainment(r, item), zh);
}

/* A rule that holds a function has said it itself, when it was called. */
static sy_status add_parts(struct buf *out, struct run *r, uint32_t fund, uint32_t item, bool zh,
                           sy_error *err)
{
    const struct rule *rule = item_bound(r, item)->rule;
    if (!rule->function)
        return compose_explain(out, r, &r->funds[fund], item, rule, zh, err);
    if (!item_reason(r, item)) /* it could not, and `missing =` holds */
        add_declared(out, zh);
    return SY_OK;
}

sy_status reason_add(struct buf *out, struct run *r, uint32_t fund, uint32_t item,
                     const struct finding *why, bool zh, sy_error *err)
{
    const struct rule *rule = item_bound(r, item)->rule;
    enum item_status status = item_status(r, item);
    const struct value actual = item_actual(r, item);
    const struct override *over = item_over(r, item);
    const size_t before = out->len;
    bool computed = actual.kind == VALUE_NUMBER || actual.kind == VALUE_DATE;
    sy_status done = SY_OK;
    if (status != ITEM_SCORED)
        add_status(out, r, item, status == ITEM_REJECTED ? why : NULL, zh);
    else if (reason_is_rated(r, fund, item))
        add_rating(out, r, fund, item, zh);
    else if (actual.kind == VALUE_MISSING || actual.kind == VALUE_NOT_APPLICABLE)
        add_declared(out, zh);
    else if (rule->nparts)
        done = add_parts(out, r, fund, item, zh, err);
    else if (rule->kind == RULE_FUNCTION)
        buf_str(out, zh ? "脚本函数" : "function of the script");
    else if (computed || rule->kind == RULE_CHECKLIST)
        add_rule(out, r, item, zh);
    else
        buf_str(out, zh ? "实际完成值与指标值文字相同" : "the actual repeats the target");
    const char *own = item_reason(r, item) ? r->d.cells.data + item_reason(r, item) : NULL;
    if (!own && over && over->reason)
        own = r->d.cells.data + over->reason;
    if (own)
        buf_printf(out, "%s%s", out->len == before ? "" : zh ? "：" : ": ", own);
    return done == SY_OK && out->failed ? error_nomem(err) : done;
}
