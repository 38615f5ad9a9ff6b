/*
 * test_kernel_range.c - between, efficacy and pass_fail against arithmetic in whole numbers, their
 * edges, and that no finite number makes any rule give anything but 0 to 1; parts put together.
 */
#include "check.h"

#include "rule/kernel.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static struct rule make(enum rule_kind kind)
{
    struct rule rule = rule_default;
    rule.kind = kind;
    return rule;
}

static double attain(const struct rule *rule, enum rule_sign sign, double a, double t, double hi)
{
    const uint8_t sign_byte = (uint8_t)sign;
    double attainment = -1;
    uint8_t notes = 0;
    const struct kernel_rows rows = {1, &a, &t, &hi, &sign_byte, &attainment, &notes};
    kernel_run(rule, &rows);
    assert_int_equal(notes & KERNEL_TARGET_TOO_LOW, 0);
    return attainment;
}

static void test_kernel_range__between_by_hand(void **state)
{
    static const struct {
        double lo, hi, width, a, attainment;
    } cases[] = {
        {90, 110, 20, 90, 1},
        {90, 110, 20, 110, 1},
        {90, 110, 20, 89, 0.95},
        {90, 110, 20, 111, 0.95},
        {90, 110, 20, 70, 0},
        {90, 110, 20, 130, 0},
        {90, 110, 20, 129, 0.05},
        {90, 110, 20, -500, 0},
        {90, 110, 0, 89.99, 0},
        {90, 110, 0, 110, 1},
        {5, 5, 1, 5, 1},
        {5, 5, 1, 5.25, 0.75},
        {-3, -1, 4, 0, 0.75},
        {0.1, 0.3, 0, 0.1 + 0.2, 1},
        {0.3, 1, 0, 0.3 - 5e-10, 1},
        {0.3, 1, 0, 0.3 - 5e-9, 0},
        {0, 0.3, 0.1, 0.4, 0},
        {0, 0.3, 0.1, 0.35, 0.5},
        {0, 1, 0.3, 1.1, 2.0 / 3},
        {1e12, 2e12, 1, 1e12 - 1, 0},
        {0, 1, 1e-12, 1.1, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct rule rule = make(RULE_BETWEEN);
        rule.lo = cases[i].lo;
        rule.hi = cases[i].hi;
        rule.width = cases[i].width;
        assert_near(attain(&rule, RULE_SIGN_GE, cases[i].a, NAN, NAN), cases[i].attainment, 1e-14);
    }
}

/* In tenths: every quotient of two whole numbers, none of them rounded before. */
static void test_kernel_range__between_against_whole_numbers(void **state)
{
    (void)state;
    for (int lo = -7; lo <= 9; lo += 4)
        for (int hi = lo; hi <= lo + 6; hi += 3)
            for (int width = 0; width <= 9; width++)
                for (int a = lo - 12; a <= hi + 12; a++) {
                    const int outside = a < lo ? lo - a : a > hi ? a - hi : 0;
                    const int left = width - outside;
                    struct rule rule = make(RULE_BETWEEN);
                    rule.lo = lo / 10.0;
                    rule.hi = hi / 10.0;
                    rule.width = width / 10.0;
                    const double expected = outside == 0 ? 1 : left > 0 ? (double)left / width : 0;
                    assert_near(attain(&rule, RULE_SIGN_GE, a / 10.0, NAN, NAN), expected, 1e-15);
                }
}

static void test_kernel_range__efficacy_by_hand(void **state)
{
    static const struct {
        double satisfied, unacceptable, base, a, attainment;
    } cases[] = {
        {100, 80, 0.6, 100, 1},         {100, 80, 0.6, 80, 0.6},
        {100, 80, 0.6, 90, 0.8},        {100, 80, 0.6, 95, 0.9},
        {100, 80, 0.6, 120, 1},         {100, 80, 0.6, 70, 0.4},
        {100, 80, 0.6, 50, 0},          {100, 80, 0.6, -1000, 0},
        {2, 10, 0.5, 4, 0.875},         {2, 10, 0.5, 1, 1},
        {2, 10, 0.5, 10, 0.5},          {2, 10, 0.5, 18, 0},
        {100, 80, 0, 90, 0.5},          {100, 80, 1, 10, 1},
        {0.3, 0, 0.1, 0.1 + 0.2, 1},    {0.3, 0.1, 0.6, 0.1, 0.6},
        {100, 80, 0.6, 100 - 5e-10, 1}, {100, 80, 0.6, 80 + 5e-10, 0.6},
        {1e12, 0, 0.6, 5e11, 0.8},      {1e308, -1e308, 0.5, 0, 0.75},
        {1, 0, 0.1, 0.9, 0.91},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct rule rule = make(RULE_EFFICACY);
        rule.satisfied = cases[i].satisfied;
        rule.unacceptable = cases[i].unacceptable;
        rule.base = cases[i].base;
        assert_near(attain(&rule, RULE_SIGN_GE, cases[i].a, NAN, NAN), cases[i].attainment, 1e-15);
    }
    struct rule rule = make(RULE_EFFICACY);
    rule.satisfied = rule.unacceptable = 5;
    assert_true(isnan(attain(&rule, RULE_SIGN_GE, 5, NAN, NAN)));
}

static void test_kernel_range__pass_fail_by_hand(void **state)
{
    static const struct {
        enum rule_sign sign;
        double a, t, hi, attainment;
    } cases[] = {
        {RULE_SIGN_GE, 80, 80, NAN, 1},          {RULE_SIGN_GE, 79.99, 80, NAN, 0},
        {RULE_SIGN_GE, 800, 80, NAN, 1},         {RULE_SIGN_GT, 80, 80, NAN, 1},
        {RULE_SIGN_NONE, 80, 80, NAN, 1},        {RULE_SIGN_EQ, 81, 80, NAN, 1},
        {RULE_SIGN_EQ, 79, 80, NAN, 0},          {RULE_SIGN_EQ, 0, 0, NAN, 1},
        {RULE_SIGN_EQ, 0.01, 0, NAN, 0},         {RULE_SIGN_LE, 80, 80, NAN, 1},
        {RULE_SIGN_LE, 80.01, 80, NAN, 0},       {RULE_SIGN_LT, 80, 80, NAN, 1},
        {RULE_SIGN_LT, 81, 80, NAN, 0},          {RULE_SIGN_GE, 0.3, 0.1 + 0.2, NAN, 1},
        {RULE_SIGN_LE, 0.1 + 0.2, 0.3, NAN, 1},  {RULE_SIGN_BETWEEN, 18, 18, 54, 1},
        {RULE_SIGN_BETWEEN, 54, 18, 54, 1},      {RULE_SIGN_BETWEEN, 54.1, 18, 54, 0},
        {RULE_SIGN_BY, 100, 100, NAN, 1},        {RULE_SIGN_BY, 101, 100, NAN, 0},
        {RULE_SIGN_LE, 1e6 + 2e-9, 1e6, NAN, 0}, {RULE_SIGN_QUALITATIVE, 0.7, NAN, NAN, 0},
        {RULE_SIGN_QUALITATIVE, 1, NAN, NAN, 1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct rule rule = make(RULE_PASS_FAIL);
        assert_score_equal(attain(&rule, cases[i].sign, cases[i].a, cases[i].t, cases[i].hi),
                           cases[i].attainment);
    }
}

/* Extreme values and options, as far as options may be: 0 to 1, never not-a-number. */
static void test_kernel_range__no_finite_number_breaks_a_rule(void **state)
{
    static const double numbers[] = {0,    1e-300, -1e-300, 1e-9,   1,     -1,    100,
                                     1e15, -1e15,  1e300,   -1e300, 1e308, -1e308};
    static const struct rule_tier tiers[] = {{-1e308, 0}, {0, 0.5}, {1e308, 1}};
    (void)state;
    for (int kind = 0; kind < RULE_FUNCTION; kind++)
        for (size_t i = 0; i < COUNT(numbers); i++)
            for (size_t k = 0; k < COUNT(numbers); k++)
                for (size_t m = 0; m < COUNT(numbers); m++) {
                    const double a = numbers[i], t = numbers[k], x = numbers[m];
                    struct rule rule = make((enum rule_kind)kind);
                    if (kind == RULE_DEADLINE && (fabs(a) > 1e5 || fabs(t) > 1e5))
                        continue; /* no days: refused before */
                    rule.tiers = tiers;
                    rule.ntiers = COUNT(tiers);
                    rule.of = fabs(x) >= 1e-300 ? fabs(x) : 1;
                    rule.lo = x < t ? x : t;
                    rule.hi = x < t ? t : x;
                    rule.width = fabs(numbers[(i + k + m) % COUNT(numbers)]);
                    rule.from = x;
                    rule.per = fabs(t) >= 1e-300 ? fabs(t) : 1;
                    rule.lose = rule.width;
                    rule.steps = (int)(i % 3);
                    rule.when = (int)(k % 3);
                    rule.linear = (int)(m % 2);
                    rule.satisfied = x;
                    rule.unacceptable = x == t ? x + (fabs(x) > 1 ? x : 1) : t;
                    if (rule.satisfied == rule.unacceptable || !isfinite(rule.unacceptable))
                        continue;
                    rule.over = 0;
                    for (int sign = 0; sign <= RULE_SIGN_BY; sign++) {
                        const double got = attain(&rule, (enum rule_sign)sign, a, t, x);
                        if (!(got >= 0 && got <= 1))
                            fail_msg("%s: a %g t %g x %g sign %d: %g", rule_name(rule.kind), a, t,
                                     x, sign, got);
                    }
                }
}

/* Columns of parts into one. */
static void test_kernel_range__combines_columns(void **state)
{
    static const double one[] = {0.2, 1, 0, 0.5, 1}, two[] = {0.8, 1, 1, 0.25, NAN},
                        three[] = {0.5, 1, 0.3, 0.75, 1};
    static const double *const columns[] = {one, two, three};
    static const double least[] = {0.2, 1, 0, 0.25};
    const struct rule leaf = make(RULE_COMPLETION);
    const struct rule_part parts[] = {{&leaf, 3}, {&leaf, 4}, {&leaf, 3}};
    struct rule rule = make(RULE_LEAST);
    double got[5];
    (void)state;
    rule.parts = parts;
    rule.nparts = 3;
    kernel_combine(&rule, 5, columns, got);
    for (size_t i = 0; i < 4; i++)
        assert_score_equal(got[i], least[i]);
    assert_true(isnan(got[4])); /* never without the part */
    rule.kind = RULE_AVERAGE;
    kernel_combine(&rule, 5, columns, got);
    /* (0.2 × 3 + 0.8 × 4 + 0.5 × 3) ÷ 10 = 0.53 and so on */
    const double expected[] = {0.53, 1, (4 + 0.9) / 10, (1.5 + 1 + 2.25) / 10};
    for (size_t i = 0; i < 4; i++)
        assert_near(got[i], expected[i], 1e-15);
    assert_true(isnan(got[4]));
    rule.kind = RULE_AGAINST_PREVIOUS;
    rule.nparts = 1;
    kernel_combine(&rule, 5, columns, got);
    for (size_t i = 0; i < 5; i++)
        assert_score_equal(got[i], one[i]);
}

static void test_kernel_range__what_parts_say(void **state)
{
    struct rule a = make(RULE_COMPLETION), b = make(RULE_TIERS);
    const struct rule_part parts[] = {{&a, 1}, {&b, 3}};
    struct rule rule = make(RULE_AVERAGE);
    (void)state;
    rule.parts = parts;
    rule.nparts = 2;
    assert_true(isnan(rule_missing(&rule)) && isnan(rule_not_applicable(&rule)));
    a.missing = 0.2;
    assert_true(isnan(rule_missing(&rule)));
    b.missing = 1;
    b.not_applicable = 1;
    assert_near(rule_missing(&rule), 0.8, 1e-15);
    assert_true(isnan(rule_not_applicable(&rule)));
    rule.missing = 0.5;
    assert_score_equal(rule_missing(&rule), 0.5);
    assert_score_equal(rule_missing(&a), 0.2);
    assert_int_equal(rule_previous_sign(RULE_SIGN_LE, false), RULE_SIGN_LE);
    assert_int_equal(rule_previous_sign(RULE_SIGN_BETWEEN, false), RULE_SIGN_GE);
    assert_int_equal(rule_previous_sign(RULE_SIGN_NONE, false), RULE_SIGN_GE);
    assert_int_equal(rule_previous_sign(RULE_SIGN_LE, true), RULE_SIGN_BY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kernel_range__between_by_hand),
        cmocka_unit_test(test_kernel_range__between_against_whole_numbers),
        cmocka_unit_test(test_kernel_range__efficacy_by_hand),
        cmocka_unit_test(test_kernel_range__pass_fail_by_hand),
        cmocka_unit_test(test_kernel_range__no_finite_number_breaks_a_rule),
        cmocka_unit_test(test_kernel_range__combines_columns),
        cmocka_unit_test(test_kernel_range__what_parts_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
