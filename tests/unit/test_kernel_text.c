/*
 * test_kernel_text.c - what rules read (a checklist's cell) and say about themselves: the formula
 * with its numbers, the rule as a script would write it.
 */
#include "check.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/number.h"
#include "rule/kernel.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct rule_tier spending[] = {{60, 2}, {70, 3}, {80, 4}, {90, 5}};
static const struct rule_tier control[] = {{0, 5}, {10, 4}, {20, 3}, {30, 2}};
static const struct rule_tier satisfaction[] = {{60, 0.6}, {80, 0.8}, {90, 1}};
static const struct rule_item equal_items[] = {
    {"①依据充分", NAN}, {"②符合规划", NAN}, {"③属于职责", NAN}};
static const struct rule_item own_items[] = {
    {"制度健全", 2}, {"2020年公开", 1}, {"3.5米以上", 0.5}};
static const struct rule_item marked_items[] = {{"②后一项", 3}, {"①前一项", 1}, {"1) x", 9}};

#define RULE(k) .kind = (k), .missing = NAN, .not_applicable = NAN

static const struct rule completion = {RULE(RULE_COMPLETION), .of = 1, .over = 1.3};
static const struct rule pass = {RULE(RULE_COMPLETION), .of = 1, .pass = 0.6};
static const struct rule ratio = {RULE(RULE_REVERSE), .of = 1};
static const struct rule linear = {RULE(RULE_REVERSE), .of = 1, .linear = true};
static const struct rule by_sign_linear = {RULE(RULE_BY_SIGN), .of = 1, .over = 1.2,
                                           .linear = true};
static const struct rule lower = {RULE(RULE_TIERS), .of = 5, .tiers = spending, .ntiers = 4};
static const struct rule share = {RULE(RULE_TIERS), .of = 1, .tiers = satisfaction, .ntiers = 3};
static const struct rule upper = {RULE(RULE_TIERS), .of = 5, .upper = true, .tiers = control,
                                  .ntiers = 4};
static const struct rule no_tiers = {RULE(RULE_TIERS), .of = 1};
static const struct rule floor_steps = {RULE(RULE_DEDUCT), .of = 5, .from = 100, .per = 1,
                                        .lose = 0.5};
static const struct rule ceil_steps = {RULE(RULE_DEDUCT), .of = 8,   .from = 100,
                                       .per = 5,          .lose = 2, .steps = STEPS_CEIL,
                                       .when = WHEN_BELOW};
static const struct rule prorata = {RULE(RULE_DEDUCT),  .of = 1,     .from = 100,
                                    .per = 3,           .lose = 0.1, .steps = STEPS_PRORATA,
                                    .when = WHEN_EITHER};
static const struct rule violations = {RULE(RULE_VIOLATIONS), .of = 3, .lose = 1};
static const struct rule checklist = {RULE(RULE_CHECKLIST), .of = 4};
static const struct rule equal_list = {RULE(RULE_CHECKLIST), .of = 3, .items = equal_items,
                                       .nitems = 3};
static const struct rule own_list = {RULE(RULE_CHECKLIST), .of = 3.5, .items = own_items,
                                     .nitems = 3};
static const struct rule marked_list = {RULE(RULE_CHECKLIST), .of = 13, .items = marked_items,
                                        .nitems = 3};
static const struct rule rating = {RULE(RULE_RATING), .of = 1};
static const struct rule days = {RULE(RULE_DEADLINE), .of = 1, .lose = 0.1};
static const struct rule weeks = {RULE(RULE_DEADLINE), .of = 1, .lose = 0.1, .period = PER_WEEK};
static const struct rule months = {RULE(RULE_DEADLINE), .of = 5, .lose = 0.5, .period = PER_MONTH};
static const struct rule function = {RULE(RULE_FUNCTION), .of = 1, .function = 3};

static const struct rule range = {RULE(RULE_BETWEEN), .lo = 90, .hi = 110, .width = 20};
static const struct rule tight = {RULE(RULE_BETWEEN), .lo = 90, .hi = 110};
static const struct rule efficacy = {RULE(RULE_EFFICACY), .satisfied = 100, .unacceptable = 80,
                                     .base = 0.6};
static const struct rule pass_fail = {RULE(RULE_PASS_FAIL), .of = 1};
static const struct rule_part growth_parts[] = {{&completion, 1}};
static const struct rule growth = {RULE(RULE_AGAINST_PREVIOUS), .parts = growth_parts, .nparts = 1};
static const struct rule_part least_parts[] = {{&completion, 1}, {&function, 1}};
static const struct rule least = {
    .kind = RULE_LEAST, .missing = 0.5, .not_applicable = NAN, .parts = least_parts, .nparts = 2};
static const struct rule_part average_parts[] = {{&pass_fail, 3}, {&least, 0.5}};
static const struct rule average = {RULE(RULE_AVERAGE), .parts = average_parts, .nparts = 2};

enum { DUE = 18261 }; /* 2019-12-31 */

static const struct {
    const struct rule *rule;
    enum rule_sign sign;
    double a, t, hi;
    const char *en, *zh;
} explained[] = {
    {&range, RULE_SIGN_GE, 100, 0, NAN, "90 ≤ 100 ≤ 110 → 1", "90 ≤ 100 ≤ 110 → 1"},
    {&range, RULE_SIGN_GE, 115, 0, NAN, "115 − 110 = 5 outside; 1 − 5 ÷ 20 = 0.75 → 0.75",
     "115 − 110 = 5，在区间外；1 − 5 ÷ 20 = 0.75 → 0.75"},
    {&range, RULE_SIGN_GE, 85.5, 0, NAN, "90 − 85.5 = 4.5 outside; 1 − 4.5 ÷ 20 = 0.775 → 0.775",
     "90 − 85.5 = 4.5，在区间外；1 − 4.5 ÷ 20 = 0.775 → 0.775"},
    {&range, RULE_SIGN_GE, 140, 0, NAN,
     "140 − 110 = 30 outside; 1 − 30 ÷ 20 = -0.5, not below 0 → 0",
     "140 − 110 = 30，在区间外；1 − 30 ÷ 20 = -0.5，不低于 0 → 0"},
    {&tight, RULE_SIGN_GE, 111, 0, NAN, "111 − 110 = 1 outside → 0", "111 − 110 = 1，在区间外 → 0"},
    {&efficacy, RULE_SIGN_GE, 90, 0, NAN, "0.6 + 0.4 × (90 − 80) ÷ (100 − 80) = 0.8 → 0.8",
     "0.6 + 0.4 × (90 − 80) ÷ (100 − 80) = 0.8 → 0.8"},
    {&efficacy, RULE_SIGN_GE, 120, 0, NAN,
     "0.6 + 0.4 × (120 − 80) ÷ (100 − 80) = 1.4, at most 1 → 1",
     "0.6 + 0.4 × (120 − 80) ÷ (100 − 80) = 1.4，不超过 1 → 1"},
    {&efficacy, RULE_SIGN_GE, 40, 0, NAN,
     "0.6 + 0.4 × (40 − 80) ÷ (100 − 80) = -0.2, not below 0 → 0",
     "0.6 + 0.4 × (40 − 80) ÷ (100 − 80) = -0.2，不低于 0 → 0"},
    {&pass_fail, RULE_SIGN_GE, 79.9, 80, NAN, "actual 79.9 < target 80 → 0",
     "完成值 79.9 < 指标值 80 → 0"},
    {&pass_fail, RULE_SIGN_LE, 79.9, 80, NAN, "actual 79.9 ≤ target 80 → 1",
     "完成值 79.9 ≤ 指标值 80 → 1"},
    {&pass_fail, RULE_SIGN_LT, 81, 80, NAN, "actual 81 > target 80 → 0",
     "完成值 81 > 指标值 80 → 0"},
    {&pass_fail, RULE_SIGN_EQ, 81, 80, NAN, "actual 81 ≥ target 80 → 1",
     "完成值 81 ≥ 指标值 80 → 1"},
    {&pass_fail, RULE_SIGN_EQ, 1, 0, NAN, "target = 0: actual 1 > 0 → 0",
     "指标值 = 0：完成值 1 > 0 → 0"},
    {&pass_fail, RULE_SIGN_BETWEEN, 5, 1, 9, "1 ≤ 5 ≤ 9 → 1", "1 ≤ 5 ≤ 9 → 1"},
    {&completion, RULE_SIGN_GE, 9200, 7000, NAN,
     "actual ÷ target = 9200 ÷ 7000 ≈ 1.31428571 ≥ 1 (1.3 or more: was the target too low?) → 1",
     "完成值 ÷ 指标值 = 9200 ÷ 7000 ≈ 1.31428571 ≥ 1（达到 1.3 倍以上：指标值是否偏低？） → 1"},
    {&completion, RULE_SIGN_GE, 7500, 7000, NAN,
     "actual ÷ target = 7500 ÷ 7000 ≈ 1.07142857 ≥ 1 → 1",
     "完成值 ÷ 指标值 = 7500 ÷ 7000 ≈ 1.07142857 ≥ 1 → 1"},
    {&completion, RULE_SIGN_GE, 6000, 7000, NAN,
     "actual ÷ target = 6000 ÷ 7000 ≈ 0.857142857 < 1 → 0.857142857",
     "完成值 ÷ 指标值 = 6000 ÷ 7000 ≈ 0.857142857 < 1 → 0.857142857"},
    {&completion, RULE_SIGN_GE, 3500, 7000, NAN, "actual ÷ target = 3500 ÷ 7000 = 0.5 < 1 → 0.5",
     "完成值 ÷ 指标值 = 3500 ÷ 7000 = 0.5 < 1 → 0.5"},
    {&completion, RULE_SIGN_GE, 0.1 + 0.2, 0.3, NAN, "actual ÷ target = 0.3 ÷ 0.3 = 1 ≥ 1 → 1",
     "完成值 ÷ 指标值 = 0.3 ÷ 0.3 = 1 ≥ 1 → 1"},
    {&completion, RULE_SIGN_GE, 0.9999999995, 1, NAN,
     "actual ÷ target = 0.9999999995 ÷ 1 ≈ 1 ≥ 1 → 1",
     "完成值 ÷ 指标值 = 0.9999999995 ÷ 1 ≈ 1 ≥ 1 → 1"},
    {&completion, RULE_SIGN_GE, 999999999999.99, 1e12, NAN,
     "actual ÷ target = 999999999999.99 ÷ 1000000000000 = 0.99999999999999 < 1 → 0.99999999999999",
     "完成值 ÷ 指标值 = 999999999999.99 ÷ 1000000000000 = 0.99999999999999 < 1 → 0.99999999999999"},
    {&completion, RULE_SIGN_GE, -5, 8, NAN, "actual ÷ target = -5 ÷ 8 = -0.625 < 0 → 0",
     "完成值 ÷ 指标值 = -5 ÷ 8 = -0.625 < 0 → 0"},
    {&completion, RULE_SIGN_GE, -5, 0, NAN,
     "actual -5 < target 0, which is not above 0: no ratio → 0",
     "完成值 -5 < 指标值 0，指标值不大于 0，无比率 → 0"},
    {&completion, RULE_SIGN_GE, 5, 0, NAN, "actual 5 ≥ target 0 → 1", "完成值 5 ≥ 指标值 0 → 1"},
    {&pass, RULE_SIGN_GE, 3000, 7000, NAN,
     "actual ÷ target = 3000 ÷ 7000 ≈ 0.428571429 < 0.6, the pass mark → 0",
     "完成值 ÷ 指标值 = 3000 ÷ 7000 ≈ 0.428571429 < 及格线 0.6 → 0"},
    {&pass, RULE_SIGN_GE, 6, 10, NAN, "actual ÷ target = 6 ÷ 10 = 0.6 < 1 → 0.6",
     "完成值 ÷ 指标值 = 6 ÷ 10 = 0.6 < 1 → 0.6"},
    {&ratio, RULE_SIGN_LE, 100, 104, NAN, "actual 100 ≤ target 104 → 1",
     "完成值 100 ≤ 指标值 104 → 1"},
    {&ratio, RULE_SIGN_LE, 120, 100, NAN, "target ÷ actual = 100 ÷ 120 ≈ 0.833333333 → 0.833333333",
     "指标值 ÷ 完成值 = 100 ÷ 120 ≈ 0.833333333 → 0.833333333"},
    {&ratio, RULE_SIGN_LE, 5, 0, NAN, "actual 5 > target 0, which is not above 0: no ratio → 0",
     "完成值 5 > 指标值 0，指标值不大于 0，无比率 → 0"},
    {&linear, RULE_SIGN_LE, 120, 100, NAN, "2 − actual ÷ target = 2 − 120 ÷ 100 = 0.8 → 0.8",
     "2 − 完成值 ÷ 指标值 = 2 − 120 ÷ 100 = 0.8 → 0.8"},
    {&linear, RULE_SIGN_LE, 250, 100, NAN,
     "2 − actual ÷ target = 2 − 250 ÷ 100 = -0.5, not below 0 → 0",
     "2 − 完成值 ÷ 指标值 = 2 − 250 ÷ 100 = -0.5，不低于 0 → 0"},
    {&by_sign_linear, RULE_SIGN_LT, 120, 100, NAN,
     "2 − actual ÷ target = 2 − 120 ÷ 100 = 0.8 → 0.8",
     "2 − 完成值 ÷ 指标值 = 2 − 120 ÷ 100 = 0.8 → 0.8"},
    {&rule_default, RULE_SIGN_EQ, 2, 0, NAN, "target = 0: actual 2 > 0 → 0",
     "指标值 = 0：完成值 2 > 0 → 0"},
    {&rule_default, RULE_SIGN_EQ, 0, 0, NAN, "target = 0: actual 0 ≤ 0 → 1",
     "指标值 = 0：完成值 0 ≤ 0 → 1"},
    {&rule_default, RULE_SIGN_EQ, 80, 100, NAN, "actual ÷ target = 80 ÷ 100 = 0.8 < 1 → 0.8",
     "完成值 ÷ 指标值 = 80 ÷ 100 = 0.8 < 1 → 0.8"},
    {&rule_default, RULE_SIGN_BETWEEN, 30, 18, 54, "18 ≤ 30 ≤ 54 → 1", "18 ≤ 30 ≤ 54 → 1"},
    {&rule_default, RULE_SIGN_BETWEEN, 60, 18, 54, "actual 60 > 54 → 0", "完成值 60 > 54 → 0"},
    {&rule_default, RULE_SIGN_BETWEEN, 10, 18, 54, "actual 10 < 18 → 0", "完成值 10 < 18 → 0"},
    {&rule_default, RULE_SIGN_BY, DUE - 11, DUE, NAN, "2019-12-20 ≤ 2019-12-31, in time → 1",
     "2019-12-20 ≤ 2019-12-31，按时完成 → 1"},
    {&rule_default, RULE_SIGN_BY, DUE + 3, DUE, NAN, "2020-01-03 > 2019-12-31, late → 0",
     "2020-01-03 > 2019-12-31，逾期 → 0"},
    {&rule_default, RULE_SIGN_QUALITATIVE, 0.7, NAN, NAN, "rated 0.7 → 0.7", "评定 0.7 → 0.7"},
    {&lower, RULE_SIGN_GE, 85, NAN, NAN, "80 ≤ 85 < 90: 4 ÷ 5 = 0.8 → 0.8",
     "80 ≤ 85 < 90：4 ÷ 5 = 0.8 → 0.8"},
    {&lower, RULE_SIGN_GE, 95, NAN, NAN, "90 ≤ 95: 5 ÷ 5 = 1 → 1", "90 ≤ 95：5 ÷ 5 = 1 → 1"},
    {&lower, RULE_SIGN_GE, 50, NAN, NAN, "actual 50 < 60, below all bands → 0",
     "完成值 50 < 60，低于各档 → 0"},
    {&share, RULE_SIGN_GE, 80 - 1e-11, NAN, NAN, "80 ≤ 80 < 90 → 0.8", "80 ≤ 80 < 90 → 0.8"},
    {&upper, RULE_SIGN_LE, 10, NAN, NAN, "0 < 10 ≤ 10: 4 ÷ 5 = 0.8 → 0.8",
     "0 < 10 ≤ 10：4 ÷ 5 = 0.8 → 0.8"},
    {&upper, RULE_SIGN_LE, -3, NAN, NAN, "-3 ≤ 0: 5 ÷ 5 = 1 → 1", "-3 ≤ 0：5 ÷ 5 = 1 → 1"},
    {&upper, RULE_SIGN_LE, 172.51, NAN, NAN, "actual 172.51 > 30, above all bands → 0",
     "完成值 172.51 > 30，高于各档 → 0"},
    {&no_tiers, RULE_SIGN_GE, 5, NAN, NAN, "no bands → 0", "没有分段 → 0"},
    {&floor_steps, RULE_SIGN_LE, 108.7, 100, NAN,
     "108.7 − 100 = 8.7; 8.7 ÷ 1 = 8.7, full steps 8; (5 − 0.5 × 8) ÷ 5 = 0.2 → 0.2",
     "108.7 − 100 = 8.7；8.7 ÷ 1 = 8.7，满 8 步；(5 − 0.5 × 8) ÷ 5 = 0.2 → 0.2"},
    {&floor_steps, RULE_SIGN_LE, 91.67, 100, NAN, "actual 91.67 ≤ 100, nothing to deduct → 1",
     "完成值 91.67 ≤ 100，不扣分 → 1"},
    {&floor_steps, RULE_SIGN_LE, 125, 100, NAN,
     "125 − 100 = 25; 25 ÷ 1 = 25, full steps 25; (5 − 0.5 × 25) ÷ 5 = -1.5, not below 0 → 0",
     "125 − 100 = 25；25 ÷ 1 = 25，满 25 步；(5 − 0.5 × 25) ÷ 5 = -1.5，不低于 0 → 0"},
    {&floor_steps, RULE_SIGN_LE, 23.0 / 20 * 100, 100, NAN,
     "115 − 100 = 15; 15 ÷ 1 = 15, full steps 15; (5 − 0.5 × 15) ÷ 5 = -0.5, not below 0 → 0",
     "115 − 100 = 15；15 ÷ 1 = 15，满 15 步；(5 − 0.5 × 15) ÷ 5 = -0.5，不低于 0 → 0"},
    {&ceil_steps, RULE_SIGN_GE, 99.27, 100, NAN,
     "100 − 99.27 = 0.73; 0.73 ÷ 5 = 0.146, steps begun 1; (8 − 2 × 1) ÷ 8 = 0.75 → 0.75",
     "100 − 99.27 = 0.73；0.73 ÷ 5 = 0.146，不足一步按一步，计 1 步；(8 − 2 × 1) ÷ 8 = 0.75 → "
     "0.75"},
    {&ceil_steps, RULE_SIGN_GE, 101, 100, NAN, "actual 101 ≥ 100, nothing to deduct → 1",
     "完成值 101 ≥ 100，不扣分 → 1"},
    {&prorata, RULE_SIGN_GE, 110, NAN, NAN,
     "110 − 100 = 10; 10 ÷ 3 ≈ 3.33333333; 1 − 0.1 × 3.33333333 ≈ 0.666666667 → 0.666666667",
     "110 − 100 = 10；10 ÷ 3 ≈ 3.33333333；1 − 0.1 × 3.33333333 ≈ 0.666666667 → 0.666666667"},
    {&prorata, RULE_SIGN_GE, 100, NAN, NAN, "actual 100 = 100, nothing to deduct → 1",
     "完成值 100 = 100，不扣分 → 1"},
    {&violations, RULE_SIGN_LE, 2, NAN, NAN, "(3 − 1 × 2) ÷ 3 ≈ 0.333333333 → 0.333333333",
     "(3 − 1 × 2) ÷ 3 ≈ 0.333333333 → 0.333333333"},
    {&violations, RULE_SIGN_LE, 0, NAN, NAN, "(3 − 1 × 0) ÷ 3 = 1 → 1", "(3 − 1 × 0) ÷ 3 = 1 → 1"},
    {&violations, RULE_SIGN_LE, 4, NAN, NAN, "(3 − 1 × 4) ÷ 3 ≈ -0.333333333, not below 0 → 0",
     "(3 − 1 × 4) ÷ 3 ≈ -0.333333333，不低于 0 → 0"},
    {&checklist, RULE_SIGN_GE, 3, NAN, NAN, "met 3 of 4: 3 ÷ 4 = 0.75 → 0.75",
     "满足 3，满分 4：3 ÷ 4 = 0.75 → 0.75"},
    {&checklist, RULE_SIGN_GE, 5, NAN, NAN, "met 5 of 4: 5 ÷ 4 = 1.25, at most 1 → 1",
     "满足 5，满分 4：5 ÷ 4 = 1.25，不超过 1 → 1"},
    {&own_list, RULE_SIGN_GE, 2.5, NAN, NAN,
     "met 2.5 of 3.5: 2.5 ÷ 3.5 ≈ 0.714285714 → 0.714285714",
     "满足 2.5，满分 3.5：2.5 ÷ 3.5 ≈ 0.714285714 → 0.714285714"},
    {&rating, RULE_SIGN_QUALITATIVE, 0.7, NAN, NAN, "rated 0.7 → 0.7", "评定 0.7 → 0.7"},
    {&days, RULE_SIGN_BY, DUE + 3, DUE, NAN,
     "2020-01-03 > 2019-12-31, late, days begun: 3; 1 − 0.1 × 3 = 0.7 → 0.7",
     "2020-01-03 > 2019-12-31，逾期 3 天；1 − 0.1 × 3 = 0.7 → 0.7"},
    {&days, RULE_SIGN_BY, DUE, DUE, NAN, "2019-12-31 ≤ 2019-12-31, in time → 1",
     "2019-12-31 ≤ 2019-12-31，按时完成 → 1"},
    {&weeks, RULE_SIGN_BY, DUE + 8, DUE, NAN,
     "2020-01-08 > 2019-12-31, late, weeks begun: 2; 1 − 0.1 × 2 = 0.8 → 0.8",
     "2020-01-08 > 2019-12-31，逾期，计 2 周；1 − 0.1 × 2 = 0.8 → 0.8"},
    {&months, RULE_SIGN_BY, DUE + 32, DUE, NAN,
     "2020-02-01 > 2019-12-31, late, months begun: 2; (5 − 0.5 × 2) ÷ 5 = 0.8 → 0.8",
     "2020-02-01 > 2019-12-31，逾期，计 2 个月；(5 − 0.5 × 2) ÷ 5 = 0.8 → 0.8"},
    {&months, RULE_SIGN_BY, DUE + 700, DUE, NAN,
     "2021-11-30 > 2019-12-31, late, months begun: 23; (5 − 0.5 × 23) ÷ 5 = -1.3, not below 0 → 0",
     "2021-11-30 > 2019-12-31，逾期，计 23 个月；(5 − 0.5 × 23) ÷ 5 = -1.3，不低于 0 → 0"},
    {&function, RULE_SIGN_GE, 1, 2, NAN, "given by the script → 0.25", "由脚本计算 → 0.25"},
};

static double attain(const struct rule *rule, enum rule_sign sign, double a, double t, double hi)
{
    const uint8_t sign_byte = (uint8_t)sign;
    double attainment = -1;
    const struct kernel_rows rows = {1, &a, &t, &hi, &sign_byte, &attainment, NULL};
    kernel_run(rule, &rows);
    return rule->kind == RULE_FUNCTION ? 0.25 : attainment;
}

static void test_kernel__explains_each_branch(void **state)
{
    (void)state;
    struct buf out = {0};
    for (size_t i = 0; i < COUNT(explained); i++) {
        const double attainment = attain(explained[i].rule, explained[i].sign, explained[i].a,
                                         explained[i].t, explained[i].hi);
        for (int zh = 0; zh < 2; zh++) {
            buf_clear(&out);
            rule_explain(&out, explained[i].rule, explained[i].a, explained[i].t, explained[i].hi,
                         explained[i].sign, attainment, zh != 0);
            assert_text(buf_text(&out), zh ? explained[i].zh : explained[i].en);
        }
    }
    buf_dispose(&out);
}

static const struct {
    const struct rule *rule;
    const char *text;
} printed[] = {
    {&rule_default, "by_sign{ over = 1.3 }"},
    {&by_sign_linear, "by_sign{ over = 1.2, reverse = \"linear\" }"},
    {&completion, "completion{ over = 1.3 }"},
    {&pass, "completion{ pass = 0.6, over = 0 }"},
    {&ratio, "reverse{ mode = \"ratio\" }"},
    {&linear, "reverse{ mode = \"linear\" }"},
    {&share, "tiers{ {90, 1}, {80, 0.8}, {60, 0.6} }"},
    {&upper, "tiers{ of = 5, edge = \"upper\", {0, 5}, {10, 4}, {20, 3}, {30, 2} }"},
    {&no_tiers, "tiers{}"},
    {&floor_steps, "deduct{ of = 5, from = 100, per = 1, lose = 0.5 }"},
    {&ceil_steps,
     "deduct{ of = 8, from = 100, per = 5, lose = 2, steps = \"ceil\", when = \"below\" }"},
    {&prorata, "deduct{ from = 100, per = 3, lose = 0.1, steps = \"prorata\", when = \"either\" }"},
    {&violations, "violations{ of = 3, lose = 1 }"},
    {&checklist, "checklist{ of = 4 }"},
    {&equal_list, "checklist{ {\"①依据充分\"}, {\"②符合规划\"}, {\"③属于职责\"} }"},
    {&own_list, "checklist{ {\"制度健全\", 2}, {\"2020年公开\", 1}, {\"3.5米以上\", 0.5} }"},
    {&rating, "rating{}"},
    {&days, "deadline{ lose = 0.1, per = \"day\" }"},
    {&weeks, "deadline{ lose = 0.1, per = \"week\" }"},
    {&months, "deadline{ of = 5, lose = 0.5, per = \"month\" }"},
    {&function, "function"},
    {&range, "between{ lo = 90, hi = 110, width = 20 }"},
    {&tight, "between{ lo = 90, hi = 110 }"},
    {&efficacy, "efficacy{ satisfied = 100, unacceptable = 80, base = 0.6 }"},
    {&pass_fail, "pass_fail{}"},
    {&growth, "against_previous{ completion{ over = 1.3 } }"},
    {&least, "least{ completion{ over = 1.3 }, function, missing = 0.5 }"},
    {&average,
     "average{ {pass_fail{}, 3}, {least{ completion{ over = 1.3 }, function, missing = 0.5 "
     "}, 0.5} }"},
};

static void test_kernel__prints_as_a_script_writes(void **state)
{
    (void)state;
    struct buf out = {0};
    for (size_t i = 0; i < COUNT(printed); i++) {
        buf_clear(&out);
        rule_print(&out, printed[i].rule);
        assert_text(buf_text(&out), printed[i].text);
    }
    static const struct rule_item odd[] = {{"a \"b\" \\ c\nd", 1}};
    static const struct rule_tier open[] = {{-INFINITY, 0}, {INFINITY, 1}};
    struct rule rule = {RULE(RULE_CHECKLIST), .of = 2, .items = odd, .nitems = 1};
    rule.missing = 1;
    rule.not_applicable = 0.5;
    buf_clear(&out);
    rule_print(&out, &rule);
    assert_text(buf_text(&out), "checklist{ of = 2, {\"a \\\"b\\\" \\\\ c\\nd\", 1}, missing = 1, "
                                "not_applicable = 0.5 }");
    rule = (struct rule){RULE(RULE_TIERS), .of = 1, .tiers = open, .ntiers = 2};
    buf_clear(&out);
    rule_print(&out, &rule);
    assert_text(buf_text(&out), "tiers{ {math.huge, 1}, {-math.huge, 0} }");
    buf_dispose(&out);
}

/* Each part, then what they make together. */
static void test_kernel__explains_rules_made_of_rules(void **state)
{
    static const double given[] = {0.75, 0.5};
    static const char *const texts[] = {"A → 0.75", "B"}, *const none[] = {NULL, ""};
    static const struct {
        const struct rule *rule;
        const char *const *texts;
        const char *en, *zh;
    } cases[] = {
        {&growth, texts, "last year's actual as target, A → 0.75",
         "以上年实际完成值为指标值，A → 0.75"},
        {&growth, none, "last year's actual as target, completion → 0.75",
         "以上年实际完成值为指标值，完成比率 → 0.75"},
        {&least, texts, "1) completion: A → 0.75; 2) function: B → 0.5; the least → 0.5",
         "1) 完成比率：A → 0.75；2) 脚本函数：B → 0.5；取最小 → 0.5"},
        {&least, none, "1) completion → 0.75; 2) function → 0.5; the least → 0.5",
         "1) 完成比率 → 0.75；2) 脚本函数 → 0.5；取最小 → 0.5"},
        {&average, texts,
         "1) pass_fail: A → 0.75; 2) least: [B]; (0.75 × 3 + 0.5 × 0.5) ÷ 3.5 ≈ 0.714285714 → "
         "0.714285714",
         "1) 0-1法：A → 0.75；2) 取最小：[B]；(0.75 × 3 + 0.5 × 0.5) ÷ 3.5 ≈ 0.714285714 → "
         "0.714285714"},
    };
    struct buf out = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        for (int zh = 0; zh < 2; zh++) {
            buf_clear(&out);
            rule_explain_parts(&out, cases[i].rule, given, cases[i].texts, zh != 0);
            assert_text(buf_text(&out), zh ? cases[i].zh : cases[i].en);
        }
    buf_dispose(&out);
}

static void test_kernel__names(void **state)
{
    (void)state;
    assert_text(rule_name(RULE_BY_SIGN), "by_sign");
    assert_text(rule_name(RULE_DEADLINE), "deadline");
    assert_text(rule_name(RULE_FUNCTION), "function");
    assert_text(rule_name(RULE_KINDS), "");
    for (int i = 0; i < RULE_KINDS; i++)
        for (int k = 0; k < i; k++)
            assert_string_not_equal(rule_name((enum rule_kind)i), rule_name((enum rule_kind)k));
}

static const struct {
    const struct rule *rule;
    const char *text;
    double points;
} lists[] = {
    {&checklist, "3", 3},
    {&checklist, "0", 0},
    {&checklist, "４", 4},
    {&checklist, "3项", 3},
    {&checklist, " 2 个 ", -1},
    {&checklist, "　2个 ", 2},
    {&checklist, "①③", 2},
    {&checklist, "①、③", 2},
    {&checklist, "1,3", 2},
    {&checklist, "1、3", 2},
    {&checklist, "１，３，４", 3},
    {&checklist, "1 2 3 4", 4},
    {&checklist, "(1)(2)", 2},
    {&checklist, "（4）", 1},
    {&checklist, "①和②", 2},
    {&checklist, "①2", 2},
    {&checklist, "④", 1},
    {&checklist, "⒈⒉", 2},
    {&checklist, "⑴；⑵", 2},
    {&equal_list, "2", 2},
    {&equal_list, "③", 1},
    {&equal_list, "①②③", 3},
    {&own_list, "0", 0},
    {&own_list, "3", 3.5},
    {&own_list, "①③", 2.5},
    {&own_list, "2,3", 1.5},
    {&marked_list, "①", 1}, /* what is marked so, wherever it stands */
    {&marked_list, "②", 3},
    /* refused: the points are not told */
    {&own_list, "1", -1},
    {&own_list, "2", -1},
    {&marked_list, "③", -1},
    {&checklist, "", -1},
    {&checklist, "  ", -1},
    {&checklist, ",", -1},
    {&checklist, "5", -1},
    {&checklist, "-1", -1},
    {&checklist, "2.5", -1},
    {&checklist, "1.3", -1},
    {&checklist, "①①", -1},
    {&checklist, "1,1", -1},
    {&checklist, "①1", -1},
    {&checklist, "⑤", -1},
    {&checklist, "0,1", -1},
    {&checklist, "1,5", -1},
    {&checklist, "全部", -1},
    {&checklist, "①好", -1},
    {&checklist, "三", -1},
    {&checklist, "3项4", -1},
    {&checklist, "99999999999999999999", -1},
    {&checklist, "1,99999999999999999999", -1},
    {&checklist, "\xff\xfe", -1},
};

static void test_kernel__reads_what_is_met(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(lists); i++) {
        double points = -1;
        const bool ok = rule_items(&points, lists[i].rule, lists[i].text, strlen(lists[i].text));
        if (ok != (lists[i].points >= 0) || points != lists[i].points)
            fail_msg("'%s': %d, %g; expected %g", lists[i].text, ok, points, lists[i].points);
    }
}

/* Lists are read to their length, not to a NUL; no checklist is too long to be refused. */
static void test_kernel__items_at_the_limits(void **state)
{
    (void)state;
    double points = -1;
    assert_true(rule_items(&points, &checklist, "1,34", 3));
    assert_score_equal(points, 2);
    struct rule huge = checklist;
    huge.of = 1000;
    assert_true(rule_items(&points, &huge, "1000", 4));
    assert_score_equal(points, 1000);
    assert_true(rule_items(&points, &huge, "1000,999", 8));
    assert_score_equal(points, 2);
    huge.of = 1e9;
    assert_false(rule_items(&points, &huge, "5", 1));
    huge.of = NAN;
    assert_false(rule_items(&points, &huge, "5", 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kernel__explains_each_branch),
        cmocka_unit_test(test_kernel__prints_as_a_script_writes),
        cmocka_unit_test(test_kernel__explains_rules_made_of_rules),
        cmocka_unit_test(test_kernel__names),
        cmocka_unit_test(test_kernel__reads_what_is_met),
        cmocka_unit_test(test_kernel__items_at_the_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
