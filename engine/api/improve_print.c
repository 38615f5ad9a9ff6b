/*
 * improve_print.c - a way up in words.
 */
#include <math.h>

#include "api/improve.h"
#include "base/number.h"

static void add_scaled(struct buf *out, int64_t scaled, int places)
{
    char text[NUMBER_TEXT_MAX];
    decimal_print(text, scaled, places);
    buf_str(out, text);
}

static const struct yardstick *yard_of(const struct run *r, uint32_t fund)
{
    return r->standards[r->funds[fund].standard].yard;
}

static const char *grade_name(const struct run *r, uint32_t fund, uint32_t grade, bool zh)
{
    return grade == NO_ROW ? (zh ? "没有等级" : "no grade") : yard_of(r, fund)->grades[grade].name;
}

static void print_title(struct buf *out, const struct run *r, uint32_t fund)
{
    const struct entity *e = &r->d.entities[r->funds[fund].entity];
    buf_str(out, dataset_text(&r->d, e->fund));
    if (e->name != NO_WORD)
        buf_printf(out, "  %s", dataset_text(&r->d, e->name));
    buf_printf(out, "  %d\n\n", e->year);
}

/* Where the fund stands. */
static void print_now(struct buf *out, const struct run *r, const struct improve_fund *way, bool zh)
{
    const struct fund_result *result = &r->results[way->fund];
    const int places = yard_of(r, way->fund)->decimals;
    buf_str(out, zh ? "  现得 " : "  Now ");
    if (result->has_score)
        add_scaled(out, result->score, places);
    else
        buf_str(out, zh ? "无" : "without a score");
    buf_printf(out, zh ? "（%s）" : " (%s)", grade_name(r, way->fund, result->grade, zh));
}

/* As written; what a script computed, as people write it. */
static void add_now(struct buf *out, const struct run *r, uint32_t item, bool zh)
{
    struct value_text room;
    const char *text = item_actual_text(&room, r, item);
    const struct value v = item_actual(r, item);
    char number[NUMBER_TEXT_MAX];
    if (v.kind != VALUE_NUMBER || !(item_flags(r, item) & OVER_MEASURED)) {
        buf_str(out, *text ? text : zh ? "（没有）" : "(none)");
        return;
    }
    buf_add(out, number, number_print(number, round(item_in_unit(r, &v, v.unit) * 100) / 100));
    buf_str(out, v.unit == UNIT_NONE ? "" : units_get(r->units, v.unit)->name);
}

static void print_step(struct buf *out, const struct run *r, const struct improve_step *step,
                       int places, bool zh)
{
    const char *name = item_name(r, step->item);
    buf_str(out, step->points >= 0 ? "    +" : "    ");
    add_scaled(out, step->points, places);
    buf_printf(out, "  %s%s", name ? name : item_path(r, step->item), zh ? "：" : ": ");
    if (step->rating) {
        buf_printf(out, zh ? "评定为“%s”" : "rated '%s'", step->text);
    } else {
        add_now(out, r, step->item, zh);
        buf_printf(out, " → %s", step->text);
    }
    buf_str(out, zh ? "，得分 " : ", score ");
    add_scaled(out, step->score, places);
    buf_char(out, '\n');
}

static void print_steps(struct buf *out, const struct run *r, const struct improve_fund *way,
                        bool zh)
{
    for (uint32_t i = 0; i < way->nsteps; i++)
        print_step(out, r, &way->steps[i], yard_of(r, way->fund)->decimals, zh);
}

/* The lowest cap or the veto that adjustments have brought, with its reason. */
static void print_cap(struct buf *out, const struct run *r, const struct improve_fund *way, bool zh)
{
    const struct fund_result *result = &r->results[way->fund];
    for (uint32_t i = 0; i < result->nadjustments; i++) {
        const struct adjustment *a = &r->adjustments[result->first_adjustment + i];
        if (!a->veto && (a->cap == NO_ROW || a->cap <= way->grade))
            continue;
        buf_str(out, "    ");
        if (a->veto)
            buf_str(out, zh ? "一票否决" : "veto");
        else
            buf_printf(out, zh ? "等级至多为%s" : "at most %s",
                       grade_name(r, way->fund, a->cap, zh));
        if (a->reason != NO_WORD)
            buf_printf(out, zh ? "：%s" : ": %s", dataset_text(&r->d, a->reason));
        buf_char(out, '\n');
    }
}

static void print_reached(struct buf *out, const struct run *r, const struct improve_fund *way,
                          bool zh)
{
    const int places = yard_of(r, way->fund)->decimals;
    const char *to = grade_name(r, way->fund, way->grade, zh);
    buf_printf(out, zh ? "；%s从 " : "; %s begins at ", to);
    add_scaled(out, way->bound, places);
    buf_printf(out, zh ? " 分起。最少改 %u 项：\n" : ". The fewest changes, %u:\n",
               (unsigned)way->nsteps);
    print_steps(out, r, way, zh);
    buf_str(out, zh ? "  改后得分 " : "  Then ");
    add_scaled(out, way->score, places);
    buf_printf(out, zh ? "，%s。\n" : ", %s.\n", grade_name(r, way->fund, way->reached, zh));
}

static void add_percent(struct buf *out, double share)
{
    char text[NUMBER_TEXT_MAX];
    buf_add(out, text, number_print(text, round(share * 1000) / 10));
    buf_char(out, '%');
}

/* A score without a grade: too little of the weight can be scored at all. */
static void print_coverage(struct buf *out, const struct run *r, const struct improve_fund *way,
                           bool zh)
{
    const struct yardstick *y = yard_of(r, way->fund);
    if (way->reached != NO_ROW || !(way->coverage < y->min_coverage))
        return;
    buf_str(out, zh ? "  可评率只有 " : "  Only ");
    add_percent(out, way->coverage);
    buf_str(out, zh ? "，不到 " : " of the weight can be scored, less than ");
    add_percent(out, y->min_coverage);
    buf_str(out, zh ? "：没有指标值的指标，多好的完成情况也不能计分。\n"
                    : ": without targets no results are scored.\n");
}

static void print_short(struct buf *out, const struct run *r, const struct improve_fund *way,
                        bool zh)
{
    const char *to = grade_name(r, way->fund, way->grade, zh);
    buf_printf(out, zh ? "。怎样的完成情况都到不了%s" : ". No results lead to %s", to);
    if (way->nsteps == 0) {
        buf_str(out, zh ? "：没有可以提高的指标。\n" : ": there is nothing to improve.\n");
        return;
    }
    buf_str(out, zh ? "，全部改到最好也只有 " : ", the best of all come to ");
    add_scaled(out, way->score, yard_of(r, way->fund)->decimals);
    buf_printf(out, zh ? "（%s）：\n" : " (%s):\n", grade_name(r, way->fund, way->reached, zh));
    print_steps(out, r, way, zh);
    print_coverage(out, r, way, zh);
}

static void print_way(struct buf *out, const struct run *r, const struct improve_fund *way, bool zh)
{
    print_title(out, r, way->fund);
    print_now(out, r, way, zh);
    switch (way->end) {
    case IMPROVE_THERE:
        buf_str(out, zh ? "，已经达到。\n" : ": it has that grade.\n");
        break;
    case IMPROVE_REACHED:
        print_reached(out, r, way, zh);
        break;
    case IMPROVE_SHORT:
        print_short(out, r, way, zh);
        break;
    case IMPROVE_CAPPED:
        buf_str(out, zh ? "。受加减分所限，怎样的完成情况都到不了：\n"
                        : ". Adjustments keep it below, whatever the results:\n");
        print_cap(out, r, way, zh);
        break;
    case IMPROVE_SUMS:
        buf_str(out, zh ? "。分值合计与评价标准不符，多少分都没有等级。\n"
                        : ". Its weights do not add up: no score has a grade.\n");
        break;
    case IMPROVE_BROKEN:
        buf_str(out, zh ? "。评分脚本出错，先改脚本。\n" : ". A script failed: mend it first.\n");
        break;
    }
}

void improved_print(struct buf *out, const struct shown_ways *v)
{
    for (uint32_t i = 0; i < v->i->nways; i++) {
        if (i)
            buf_char(out, '\n');
        print_way(out, v->p->r, &v->i->ways[i], v->p->zh);
    }
}
