/*
 * compare.c - what a case expects against what the engine made of it.
 */
#include "prove/compare.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "rule/script.h"
#include "stage/reason.h"

#define TOLERANCE 1e-9

static bool is_near(double a, double b)
{
    double scale = fmax(fabs(a), fabs(b));
    return fabs(a - b) <= TOLERANCE * fmax(scale, 1);
}

static void add_number(struct buf *out, double x)
{
    char text[NUMBER_TEXT_MAX];
    number_print(text, x);
    buf_str(out, text);
}

/* What there is: as it is shown, and as it is compared. Owns: text. */
struct found {
    enum prove_kind kind;
    double num, hi;
    struct buf text; /* of numbers too */
};

static void found_number(struct found *out, double x)
{
    if (isnan(x))
        return;
    out->kind = PROVE_NUMBER;
    out->num = x;
    add_number(&out->text, x);
}

static void found_text(struct found *out, const char *text)
{
    if (!text)
        return;
    out->kind = PROVE_TEXT;
    buf_str(&out->text, text);
}

/* A score as it is printed. */
static void found_score(struct found *out, bool has, int64_t scaled, int places)
{
    char text[NUMBER_TEXT_MAX];
    if (!has)
        return;
    out->kind = PROVE_NUMBER;
    out->num = decimal_value(scaled, places);
    decimal_print(text, scaled, places);
    buf_str(&out->text, text);
}

/* As scripts get it. */
static void found_field(struct found *out, const struct comparing *c, uint32_t item,
                        enum script_field field)
{
    struct see see = {.r = c->run, .fund = c->result->fund, .adjusting = true, .err = c->err};
    struct script_data data;
    struct script_value v = {.kind = SCRIPT_NIL};
    see_init(&data, &see);
    data.item_field(&see, item, field, &v);
    if (v.kind == SCRIPT_NUMBER) {
        found_number(out, v.num);
    } else if (v.kind == SCRIPT_RANGE) {
        *out = (struct found){.kind = PROVE_PAIR, .num = v.num, .hi = v.hi};
        compare_pair(&out->text, v.num, v.hi);
    } else if (v.kind == SCRIPT_BOOL) {
        out->kind = v.num != 0 ? PROVE_TRUE : PROVE_NONE;
        buf_str(&out->text, v.num != 0 ? "true" : "");
    } else if (v.kind == SCRIPT_DATE) {
        char text[16];
        date_print(text, (int32_t)v.num);
        found_text(out, text);
    } else if (v.kind == SCRIPT_TEXT) {
        out->kind = PROVE_TEXT;
        buf_add(&out->text, v.text, v.len);
    }
    buf_dispose(&see.scratch);
}

static const struct finding *find_refusal(const struct run *r, uint32_t entity, uint32_t path)
{
    const struct finding *why = NULL;
    for (size_t i = 0; i < r->d.findings.count; i++) {
        const struct finding *f = &r->d.findings.rows[i];
        if (reason_is_refusal(f) && f->entity == entity && f->path == path)
            why = f;
    }
    return why;
}

sy_status compare_reason(struct buf *out, struct run *r, uint32_t fund, uint32_t item, bool zh,
                         sy_error *err)
{
    const bool refused = item_status(r, item) == ITEM_REJECTED;
    const struct finding *why =
        refused ? find_refusal(r, r->funds[fund].entity, item_bound(r, item)->path) : NULL;
    return reason_add(out, r, fund, item, why, zh, err);
}

static sy_status look_at_item(struct found *out, const struct comparing *c, uint32_t item,
                              enum prove_what what)
{
    struct run *r = c->run;
    const struct fund *f = &r->funds[c->result->fund];
    const struct yardstick *y = r->standards[f->standard].yard;
    int64_t scaled;
    sy_status status = SY_OK;
    switch (what) {
    case PROVE_ATTAINMENT:
        found_number(out, item_attainment(r, item));
        break;
    case PROVE_SCORE:
        if (y->round_total || isnan(item_score(r, item)) ||
            !decimal_round(&scaled, item_score(r, item), y->decimals, y->mode))
            found_number(out, item_score(r, item));
        else
            found_score(out, true, scaled, y->decimals);
        break;
    case PROVE_STATUS:
        found_text(out, item_status_word(item_status(r, item)));
        break;
    case PROVE_REASON:
        status = compare_reason(&out->text, r, c->result->fund, item, c->zh, c->err);
        out->kind = out->text.len ? PROVE_TEXT : PROVE_NONE;
        break;
    case PROVE_RATING: {
        uint32_t word = item_rating(r, f, item);
        found_text(out, word == NO_WORD ? NULL : dataset_text(&r->d, word));
        break;
    }
    default:
        found_field(out, c, item, what == PROVE_TARGET ? FIELD_TARGET : FIELD_ACTUAL);
        break;
    }
    return status;
}

/* The lowest grade that the score may have, by the adjustments. */
static uint32_t lowest_cap(const struct run *r, const struct fund_result *result)
{
    uint32_t cap = NO_ROW;
    for (uint32_t i = 0; i < result->nadjustments; i++) {
        uint32_t own = r->adjustments[result->first_adjustment + i].cap;
        if (own != NO_ROW && (cap == NO_ROW || own > cap))
            cap = own;
    }
    return cap;
}

/* Sum of the points and all reasons, with "; " between. */
static void look_at_adjustments(struct found *out, const struct run *r,
                                const struct fund_result *result, enum prove_what what)
{
    double points = 0;
    for (uint32_t i = 0; i < result->nadjustments; i++) {
        const struct adjustment *a = &r->adjustments[result->first_adjustment + i];
        points += isnan(a->points) ? 0 : a->points;
        if (what == PROVE_REASON && a->reason != NO_WORD) {
            out->kind = PROVE_TEXT;
            buf_printf(&out->text, "%s%s", out->text.len ? "; " : "",
                       dataset_text(&r->d, a->reason));
        }
    }
    if (what == PROVE_POINTS)
        found_number(out, points);
}

static void look_at_fund(struct found *out, const struct comparing *c, enum prove_what what)
{
    const struct run *r = c->run;
    const struct fund_result *result = &r->results[c->result->fund];
    const struct yardstick *y = r->standards[r->funds[c->result->fund].standard].yard;
    uint32_t cap = what == PROVE_CAP ? lowest_cap(r, result) : NO_ROW;
    switch (what) {
    case PROVE_SCORE:
        found_score(out, result->has_score, result->score, y->decimals);
        break;
    case PROVE_STATUS:
        found_text(out, fund_status_word(result->status));
        break;
    case PROVE_GRADE:
        found_text(out, result->grade == NO_ROW ? NULL : y->grades[result->grade].name);
        break;
    case PROVE_CAP:
        found_text(out, cap == NO_ROW ? NULL : y->grades[cap].name);
        break;
    case PROVE_COVERAGE:
        found_number(out, result->coverage);
        break;
    case PROVE_BOUNDS:
        if (result->has_bounds) {
            out->kind = PROVE_PAIR;
            out->num = decimal_value(result->low, y->decimals);
            out->hi = decimal_value(result->high, y->decimals);
            compare_pair(&out->text, out->num, out->hi);
        }
        break;
    default:
        look_at_adjustments(out, r, result, what);
        break;
    }
}

void compare_pair(struct buf *out, double low, double high)
{
    buf_str(out, "{ ");
    add_number(out, low);
    buf_str(out, ", ");
    add_number(out, high);
    buf_str(out, " }");
}

/* Scores are those that are printed: nothing is near them. */
static bool is_exact(enum prove_what what)
{
    return what == PROVE_SCORE || what == PROVE_BOUNDS;
}

static bool is_met(const struct prove_expect *e, const struct found *found)
{
    const bool exact = is_exact(e->what);
    if (e->what == PROVE_REASON)
        return found->kind == PROVE_TEXT && strstr(buf_text(&found->text), e->text);
    if (e->kind != found->kind)
        return false;
    if (e->kind == PROVE_TEXT)
        return strcmp(e->text, buf_text(&found->text)) == 0;
    if (e->kind == PROVE_NUMBER || e->kind == PROVE_PAIR) {
        bool low = exact ? e->num == found->num : is_near(e->num, found->num);
        bool high = exact ? e->hi == found->hi : is_near(e->hi, found->hi);
        return low && (e->kind == PROVE_NUMBER || high);
    }
    return true;
}

static void show_expected(struct buf *out, const struct prove_expect *e, bool zh)
{
    if (e->kind == PROVE_NUMBER)
        add_number(out, e->num);
    else if (e->kind == PROVE_PAIR)
        compare_pair(out, e->num, e->hi);
    else if (e->kind == PROVE_TRUE)
        buf_str(out, "true");
    else if (e->kind == PROVE_NONE)
        buf_str(out, zh ? "（无）" : "(none)");
    else if (e->what == PROVE_REASON)
        buf_printf(out, zh ? "含“%s”" : "contains '%s'", e->text);
    else
        buf_str(out, e->text);
}

static sy_status compare_one(const struct comparing *c, const struct prove_expect *e)
{
    struct found found = {.kind = PROVE_NONE};
    struct buf expected = {0};
    uint32_t item = e->of_fund ? NO_ROW : prove_item(c->run, c->result->c, e->path);
    sy_status status = SY_OK;
    const bool absent = !e->of_fund && item == NO_ROW;
    if (e->of_fund)
        look_at_fund(&found, c, e->what);
    else if (!absent)
        status = look_at_item(&found, c, item, e->what);
    if (absent)
        buf_str(&found.text, c->zh ? "没有这一指标" : "there is no such indicator");
    else if (found.kind == PROVE_NONE)
        buf_str(&found.text, c->zh ? "（无）" : "(none)");
    if (status == SY_OK && (absent || !is_met(e, &found))) {
        show_expected(&expected, e, c->zh);
        status = compare_fail(c, e->path, prove_what_name(e->what), &expected, &found.text, item);
    }
    buf_dispose(&found.text);
    buf_dispose(&expected);
    return status;
}

sy_status compare_case(const struct comparing *c)
{
    sy_status status = SY_OK;
    for (size_t i = 0; i < c->result->c->nexpects && status == SY_OK; i++) {
        const struct prove_expect *e = &c->result->c->expects[i];
        if (e->what != PROVE_FINDING && e->what != PROVE_NO_FINDING && e->what != PROVE_ERROR)
            status = compare_one(c, e);
    }
    return status == SY_OK ? compare_findings(c) : status;
}
