/*
 * script_fake.h - a small evaluation for the tests of scripts: two funds, of which the first has a
 * year before, four indicators, and a record of what scripts did.
 */
#ifndef TESTS_SCRIPT_FAKE_H
#define TESTS_SCRIPT_FAKE_H

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rule/script.h"

enum { FUND, FUND_BEFORE, FUND_OTHER };
enum { ITEM_X, ITEM_RANGE, ITEM_DATE, ITEM_TEXT, ITEM_BARE, FAKE_ITEMS };

struct fake {
    char record[1024]; /* what scripts did, a line each */
    double actual;     /* of ITEM_X */
};

static void fake_number(struct script_value *out, double x)
{
    *out = (struct script_value){.kind = SCRIPT_NUMBER, .num = x};
}

static void fake_text(struct script_value *out, const char *text)
{
    *out = (struct script_value){.kind = SCRIPT_TEXT, .text = text, .len = strlen(text)};
}

static void fake_fund_field(void *ctx, uint32_t fund, const char *name, struct script_value *out)
{
    (void)ctx;
    *out = (struct script_value){.kind = SCRIPT_NIL};
    if (strcmp(name, "id") == 0)
        fake_text(out, fund == FUND_OTHER ? "other" : "fund");
    else if (strcmp(name, "year") == 0)
        fake_number(out, fund == FUND_BEFORE ? 2018 : 2019);
    else if (strcmp(name, "staff") == 0)
        fake_number(out, fund == FUND_BEFORE ? 14 : 11);
    else if (strcmp(name, "staff_quota") == 0 || strcmp(name, "编制数") == 0)
        fake_number(out, 12);
    else if (strcmp(name, "misuse") == 0)
        *out = (struct script_value){.kind = SCRIPT_BOOL, .num = 1};
    else if (strcmp(name, "paid_on") == 0)
        *out = (struct script_value){.kind = SCRIPT_DATE, .num = 18260}; /* 2019-12-30 */
    else if (strcmp(name, "spent") == 0)
        fake_number(out, 2910000000.0);
    else if (strcmp(name, "score") == 0)
        fake_number(out, 93.25);
    else if (strcmp(name, "note") == 0)
        fake_text(out, "说明");
}

static uint32_t fake_fund_previous(void *ctx, uint32_t fund)
{
    (void)ctx;
    return fund == FUND ? FUND_BEFORE : SCRIPT_NO_FUND;
}

static const char *fake_path(uint32_t item)
{
    static const char *const paths[] = {"x", "range", "date", "text", "bare"};
    return paths[item];
}

static void fake_target(uint32_t item, struct script_value *out)
{
    if (item == ITEM_X)
        fake_number(out, 7000);
    else if (item == ITEM_RANGE)
        *out = (struct script_value){.kind = SCRIPT_RANGE, .num = 18, .hi = 54};
    else if (item == ITEM_DATE)
        *out = (struct script_value){.kind = SCRIPT_DATE, .num = 18230}; /* 2019-11-30 */
    else if (item == ITEM_TEXT)
        fake_text(out, "完成");
}

static void fake_actual(const struct fake *f, uint32_t item, struct script_value *out)
{
    if (item == ITEM_X)
        fake_number(out, f->actual);
    else if (item == ITEM_RANGE)
        fake_number(out, 60);
    else if (item == ITEM_DATE)
        *out = (struct script_value){.kind = SCRIPT_DATE, .num = 18261}; /* 2019-12-31 */
    else if (item == ITEM_TEXT)
        fake_text(out, "①③");
}

static enum rule_sign fake_sign(uint32_t item)
{
    static const enum rule_sign signs[] = {RULE_SIGN_GE, RULE_SIGN_BETWEEN, RULE_SIGN_BY,
                                           RULE_SIGN_QUALITATIVE, RULE_SIGN_NONE};
    return signs[item];
}

static void fake_item_plain(void *ctx, uint32_t item, struct script_plain *out)
{
    struct script_value target = {.kind = SCRIPT_NIL}, actual = target;
    fake_target(item, &target);
    fake_actual(ctx, item, &actual);
    *out = (struct script_plain){.sign = fake_sign(item),
                                 .target = target.kind == SCRIPT_NUMBER ? target.num : NAN,
                                 .actual = actual.kind == SCRIPT_NUMBER ? actual.num : NAN};
}

static void fake_item_field(void *ctx, uint32_t item, enum script_field field,
                            struct script_value *out)
{
    static const char *const signs[] = {">=", "between", "by", "qualitative", ""};
    const struct fake *f = ctx;
    *out = (struct script_value){.kind = SCRIPT_NIL};
    if (field == FIELD_PATH)
        fake_text(out, fake_path(item));
    else if (field == FIELD_NAME)
        fake_text(out, "推送惠企政策条次");
    else if (field == FIELD_SIGN)
        fake_text(out, signs[item]);
    else if (field == FIELD_TARGET)
        fake_target(item, out);
    else if (field == FIELD_ACTUAL)
        fake_actual(f, item, out);
    else if (field == FIELD_UNIT)
        fake_text(out, "条次");
    else if (field == FIELD_WEIGHT)
        fake_number(out, 15);
    else if (field == FIELD_RATING && item == ITEM_TEXT)
        fake_number(out, 0.7);
    else if (field == FIELD_SCORE)
        fake_number(out, 12.5);
    else if (field == FIELD_STATUS)
        fake_text(out, "scored");
}

static uint32_t fake_item_find(void *ctx, uint32_t fund, const char *path)
{
    (void)ctx;
    for (uint32_t i = 0; fund == FUND && i < FAKE_ITEMS; i++)
        if (strcmp(fake_path(i), path) == 0)
            return i;
    return SCRIPT_NO_ITEM;
}

static uint32_t fake_item_count(void *ctx, uint32_t fund)
{
    (void)ctx;
    return fund == FUND ? FAKE_ITEMS : 0;
}

static uint32_t fake_item_at(void *ctx, uint32_t fund, uint32_t i)
{
    (void)ctx;
    (void)fund;
    return i;
}

static void fake_record(struct fake *f, const char *line)
{
    strncat(f->record, line, sizeof f->record - strlen(f->record) - 1);
    strncat(f->record, "\n", sizeof f->record - strlen(f->record) - 1);
}

static bool fake_finding(void *ctx, uint32_t fund, int severity, const char *code, const char *text,
                         const char *english)
{
    char line[256];
    if (code != NULL && strcmp(code, "overspent") != 0)
        return false;
    snprintf(line, sizeof line, "finding %u %d %s %s%s%s", (unsigned)fund, severity,
             code != NULL ? code : "-", text, english != NULL ? " / " : "",
             english != NULL ? english : "");
    fake_record(ctx, line);
    return true;
}

static bool fake_adjust(void *ctx, uint32_t fund, double points, const char *cap, bool veto,
                        const char *reason)
{
    char line[256];
    if (cap != NULL && strcmp(cap, "差") != 0)
        return false;
    if (cap != NULL)
        snprintf(line, sizeof line, "cap %u %s %s", (unsigned)fund, cap, reason);
    else if (veto)
        snprintf(line, sizeof line, "veto %u %s", (unsigned)fund, reason);
    else
        snprintf(line, sizeof line, "points %u %g %s", (unsigned)fund, points, reason);
    fake_record(ctx, line);
    return true;
}

static bool fake_expect_sum(void *ctx, uint32_t fund, const char *total, const char *const *parts,
                            size_t nparts, double within, const char **missing)
{
    char line[256];
    for (size_t i = 0; i < nparts; i++)
        if (strcmp(parts[i], "nobody_tells") == 0) {
            *missing = parts[i];
            return false;
        }
    snprintf(line, sizeof line, "sum %u %s %zu %s %g", (unsigned)fund, total, nparts, parts[0],
             within);
    fake_record(ctx, line);
    return nparts == 2;
}

static inline struct script_data fake_data(struct fake *f)
{
    return (struct script_data){.ctx = f,
                                .fund_field = fake_fund_field,
                                .fund_previous = fake_fund_previous,
                                .item_field = fake_item_field,
                                .item_plain = fake_item_plain,
                                .item_find = fake_item_find,
                                .item_count = fake_item_count,
                                .item_at = fake_item_at,
                                .finding = fake_finding,
                                .adjust = fake_adjust,
                                .expect_sum = fake_expect_sum};
}

#endif
