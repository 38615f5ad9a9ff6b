/*
 * report_people_detail.c - a row an indicator for the terminal: name, target and actual as they are
 * written, points. The path, the claim and the reason are left to CSV and explain: 80 columns have
 * no room for them.
 */
#include <math.h>
#include <string.h>

#include "api/report.h"
#include "base/date.h"
#include "base/number.h"
#include "base/text.h"

enum { I_NAME, I_TARGET, I_ACTUAL, I_WEIGHT, I_SCORE, I_STATUS, I_COUNT };

/* What fits 80 columns with the others; the whole texts are in CSV and explain. */
static const size_t caps[I_COUNT] = {[I_NAME] = 20, [I_TARGET] = 14, [I_ACTUAL] = 16};
#define WIDE 120 /* from here on nothing is cut */

static const sy_column *item_columns(const void *ctx)
{
    static const sy_column zh[I_COUNT] = {{"name", "指标", 0},     {"target", "指标值", 0},
                                          {"actual", "完成值", 0}, {"weight", "分值", 1},
                                          {"score", "得分", 1},    {"status", "状态", 0}};
    static const sy_column en[I_COUNT] = {{"name", "indicator", 0}, {"target", NULL, 0},
                                          {"actual", NULL, 0},      {"weight", NULL, 1},
                                          {"score", NULL, 1},       {"status", NULL, 0}};
    return report_columns(zh, en, ctx);
}

/* Where there are several funds each has a heading above its indicators: row first + number. One
 * needs none. */
static uint32_t fund_of_row(const struct run *r, size_t row)
{
    uint32_t low = 0, high = r->nfunds;
    while (low + 1 < high) {
        uint32_t middle = low + (high - low) / 2;
        if ((size_t)r->funds[middle].first + middle <= row)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void print_heading(struct report *p, uint32_t fund)
{
    const struct run *r = p->r;
    const struct entity *e = &r->d.entities[r->funds[fund].entity];
    buf_printf(&p->scratch, "%s %d", dataset_text(&r->d, e->fund), (int)e->year);
}

/* A computed number is shown with as many places as people look at. */
static void print_number(struct report *p, double number)
{
    char text[NUMBER_TEXT_MAX];
    double shown = fabs(number) < 1e9 ? round(number * 1e4) / 1e4 : number;
    buf_add(&p->scratch, text, number_print(text, shown));
}

static const char *find_sign(enum sign sign)
{
    switch (sign) {
    case SIGN_GE:
        return "≥";
    case SIGN_GT:
        return ">";
    case SIGN_LT:
        return "<";
    case SIGN_LE:
        return "≤";
    case SIGN_EQ:
        return "=";
    default:
        return "";
    }
}

/* As written; a bare number gets the sign and the unit that it is read with. */
static void print_value(struct report *p, uint32_t item, const struct value *v, const char *text,
                        bool target)
{
    const struct run *r = p->r;
    uint32_t unit = item_unit(r, item);
    char day[16];
    bool number = v->kind == VALUE_NUMBER;
    size_t len = strlen(text);
    bool bare = number &&
                (!len || (strchr("-.0123456789", text[0]) && strchr("0123456789", text[len - 1])));
    if (bare && target)
        buf_str(&p->scratch, find_sign(item_sign(r, item)));
    if (!len && number)
        print_number(p, item_in_unit(r, v, unit));
    if (!len && v->kind == VALUE_DATE) {
        date_print(day, (int32_t)v->num);
        buf_str(&p->scratch, day);
    }
    buf_str(&p->scratch, text);
    if (bare && unit != UNIT_NONE)
        buf_str(&p->scratch, units_get(r->units, unit)->name);
}

/* Cuts the text at hand to `cap` columns of a terminal, the last for the mark of it. */
static void cut_text(struct buf *text, size_t cap)
{
    size_t fits = 0;
    if (text->failed || text_width(buf_text(text), text->len) <= cap)
        return;
    for (size_t i = 1; i <= text->len; i++) {
        bool whole = i == text->len || ((unsigned char)text->data[i] & 0xC0) != 0x80;
        if (whole && text_width(text->data, i) + 1 > cap)
            break;
        fits = whole ? i : fits;
    }
    text->len = fits;
    buf_str(text, "…");
}

static void item_text(struct report *p, uint32_t item, size_t column, sy_cell *out)
{
    const struct run *r = p->r;
    const unsigned flags = item_flags(r, item);
    const char *name = item_name(r, item);
    const struct value target = item_target(r, item), actual = item_actual(r, item);
    buf_clear(&p->scratch);
    if (column == I_NAME)
        buf_printf(&p->scratch, "%s%s", r->nfunds > 1 ? "  " : "",
                   name && *name ? name : item_path(r, item));
    else if (column == I_TARGET)
        print_value(p, item, &target,
                    flags & OVER_TARGET_COMPUTED ? "" : item_target_text(&p->room, r, item), true);
    else
        print_value(p, item, &actual,
                    flags & OVER_MEASURED ? "" : item_actual_text(&p->room, r, item), false);
    if (p->width && p->width < WIDE)
        cut_text(&p->scratch, caps[column]);
    p->failed = p->failed || p->scratch.failed;
    report_text(out, buf_text(&p->scratch), SY_CELL_DATA);
}

static void item_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    static const enum report_item_column keys[I_COUNT] = {
        [I_WEIGHT] = INDICATOR_WEIGHT, [I_SCORE] = INDICATOR_SCORE, [I_STATUS] = INDICATOR_STATUS};
    struct report *p = (struct report *)ctx;
    const struct run *r = p->r;
    uint32_t fund = r->nfunds > 1 ? fund_of_row(r, row) : 0;
    size_t heading = (size_t)r->funds[fund].first + fund;
    uint32_t item = (uint32_t)(r->nfunds > 1 ? row - fund - 1 : row);
    if (r->nfunds > 1 && row == heading && column != I_NAME)
        return;
    if (r->nfunds > 1 && row == heading) {
        buf_clear(&p->scratch);
        print_heading(p, fund);
        p->failed = p->failed || p->scratch.failed;
        report_text(out, buf_text(&p->scratch), SY_CELL_DATA);
    } else if (column == I_WEIGHT || column == I_SCORE || column == I_STATUS) {
        report_item_cell(p, item, keys[column], out);
    } else {
        item_text(p, item, column, out);
    }
}

sy_view report_people_detail(const struct report *p)
{
    static const sy_view_ops ops = {sizeof ops, I_COUNT, item_columns, item_cell};
    return (sy_view){&ops, p, 0, p->r->nitems + (p->r->nfunds > 1 ? p->r->nfunds : 0)};
}
