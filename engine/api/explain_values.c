/*
 * explain_values.c - target and actual of an indicator as written and as read: units that were not
 * written beside the number, targets that were derived, values that a script computed.
 */
#include <stdio.h>
#include <string.h>

#include "api/explain.h"
#include "stage/previous.h"

/* One side of an indicator. */
struct side {
    const struct value *value;
    const char *text;     /* as written; "" for a computed one */
    uint32_t column_unit; /* the unit cell's, else the header's; UNIT_NONE */
    enum sign sign;       /* SIGN_NONE: not shown */
    bool target;
};

void explain_unit(struct buf *out, const struct report *p, const struct value *v, const char *text,
                  const char *from)
{
    struct value_context context = {.units = p->r->units, .default_unit = UNIT_NONE};
    struct value bare;
    if (v->unit == UNIT_NONE || (v->kind != VALUE_NUMBER && v->kind != VALUE_RANGE))
        return;
    value_read(&bare, &context, text, strlen(text));
    if (bare.unit == UNIT_NONE)
        buf_printf(out, p->zh ? "（%s：%s）" : " (%s: %s)", units_get(p->r->units, v->unit)->name,
                   from);
}

/* Where the unit of a bare number comes from. */
static const char *name_origin(const struct report *p, const struct side *s)
{
    bool column = s->column_unit != UNIT_NONE &&
                  (s->column_unit == s->value->unit ||
                   units_without_multiple(p->r->units, s->column_unit) == s->value->unit);
    if (column)
        return p->zh ? "表中的计量单位" : "the table's unit";
    if (s->target)
        return p->zh ? "同实际完成值" : "as the actual";
    return p->zh ? "同指标值" : "as the target";
}

/* "as written → as read". */
static void add_value(struct buf *out, const struct report *p, const struct side *s)
{
    char read[256];
    const struct value *v = s->value;
    if (v->kind == VALUE_MISSING && !*s->text) {
        buf_str(out, p->zh ? "（无）" : "(none)");
        return;
    }
    value_print(read, sizeof read, v, p->r->units);
    buf_str(out, *s->text ? s->text : read);
    if (v->kind == VALUE_BAD || v->kind == VALUE_TEXT || v->kind == VALUE_MISSING ||
        v->kind == VALUE_NOT_APPLICABLE || !*s->text)
        return;
    if (v->flags & VALUE_APPROXIMATE)
        buf_str(out, p->zh ? "（约数）" : " (approximate)");
    buf_printf(out, " → %s%s%s", s->sign == SIGN_NONE ? "" : sign_text(s->sign),
               s->sign == SIGN_NONE ? "" : " ", read);
    explain_unit(out, p, v, s->text, name_origin(p, s));
}

/* 18.2亿元 ÷ 120%, 16.2% − 1.2个百分点: how a target was derived. */
static void explain_derived(struct buf *out, const struct report *p, uint32_t row)
{
    const struct dataset *d = &p->r->d;
    struct value_text room;
    if (row == NO_ROW || !(outcomes_shape_of(&d->outcomes, row)->flags & OUTCOME_DERIVED))
        return;
    uint32_t completion = outcome_word(d, OUTCOME_COMPLETION, row);
    uint32_t given = completion != NO_WORD ? completion : outcome_word(d, OUTCOME_EXCESS, row);
    const char *what =
        completion != NO_WORD ? (p->zh ? "完成率" : "completion") : (p->zh ? "超额" : "excess");
    buf_printf(out, p->zh ? "（由%s推算：%s %s %s）" : " (derived from %s: %s %s %s)", what,
               outcome_actual_text(&room, d, row), completion != NO_WORD ? "÷" : "−",
               d->cells.data + given);
}

void explain_target(struct buf *out, struct report *p, const struct fund *f, uint32_t item)
{
    const struct run *r = p->r;
    struct value_text room;
    const struct value target = item_target(r, item);
    const struct bound *b = item_bound(r, item);
    const uint32_t row = item_row(r, item);
    const unsigned flags = item_flags(r, item);
    bool own = !(flags & (OVER_TARGET_CONFIG | OVER_TARGET_COMPUTED));
    bool comparable = target.kind == VALUE_NUMBER || target.kind == VALUE_DATE;
    struct side side = {.value = &target,
                        .text = item_target_text(&room, r, item),
                        .column_unit =
                            own ? outcome_word(&r->d, OUTCOME_TARGET_UNIT, row) : UNIT_NONE,
                        .sign = comparable ? item_sign(r, item) : SIGN_NONE,
                        .target = true};
    explain_label(out, p, "指标值", "target");
    add_value(out, p, &side);
    explain_derived(out, p, row);
    if (flags & OVER_TARGET_COMPUTED)
        buf_str(out, p->zh ? "（脚本计算）" : " (computed by the script)");
    else if (flags & OVER_TARGET_CONFIG)
        explain_place(out, b->target_text->origin.file, b->target_text->origin.line);
    else if (target.kind != VALUE_MISSING)
        explain_at(out, p, dataset_part_place(&r->d, item_place(r, f, item), SHEET_TARGET));
    buf_char(out, '\n');
}

void explain_actual(struct buf *out, struct report *p, const struct fund *f, uint32_t item)
{
    const struct run *r = p->r;
    const struct bound *b = item_bound(r, item);
    uint32_t line;
    const char *shown;
    bool measured = item_flags(r, item) & OVER_MEASURED;
    struct value_text room;
    const struct value actual = item_actual(r, item);
    struct side side = {.value = &actual,
                        .text = measured ? "" : item_actual_text(&room, r, item),
                        .column_unit = outcome_word(&r->d, OUTCOME_ACTUAL_UNIT, item_row(r, item))};
    explain_label(out, p, "实际完成值", "actual");
    add_value(out, p, &side);
    if (measured) {
        script_function_place(r->standards[f->standard].script, b->measure, &shown, &line);
        buf_str(out, p->zh ? "（脚本计算）" : " (computed)");
        explain_place(out, shown, line);
    } else if (side.value->kind != VALUE_MISSING) {
        explain_at(out, p, item_place(r, f, item));
    }
    buf_char(out, '\n');
}

/* Last year's actual, where the rule holds this year's against it. */
void explain_previous(struct buf *out, struct report *p, const struct fund *f, uint32_t item)
{
    struct previous previous;
    if (!item_bound(p->r, item)->rule->reads_previous || !item_previous(&previous, p->r, f, item))
        return;
    struct side side = {
        .value = &previous.value, .text = previous.text, .column_unit = previous.value.unit};
    explain_label(out, p, "上年完成值", "last year");
    add_value(out, p, &side);
    explain_at(out, p, previous.place);
    buf_char(out, '\n');
}
