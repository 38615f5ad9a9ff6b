/*
 * test_kernel.c - the standard rules against arithmetic done another way: by hand or in whole
 * numbers. Deadlines and laws are in test_kernel_laws.c, words in test_kernel_text.c.
 */
#include "check.h"

#include "base/date.h"
#include "base/decimal.h"
#include "rule/kernel.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static struct rule make(enum rule_kind kind)
{
    return (struct rule){.kind = kind, .missing = NAN, .not_applicable = NAN, .of = 1, .per = 1};
}

struct graded {
    double attainment;
    unsigned notes;
};

static struct graded grade(const struct rule *rule, enum rule_sign sign, double a, double t,
                           double hi)
{
    const uint8_t sign_byte = (uint8_t)sign;
    double attainment = -1;
    uint8_t notes = 0xFF;
    const struct kernel_rows rows = {1, &a, &t, &hi, &sign_byte, &attainment, &notes};
    kernel_run(rule, &rows);
    return (struct graded){attainment, notes};
}

static double attain(const struct rule *rule, double a, double t)
{
    return grade(rule, RULE_SIGN_GE, a, t, NAN).attainment;
}

static double attain_signed(const struct rule *rule, enum rule_sign sign, double a, double t)
{
    return grade(rule, sign, a, t, NAN).attainment;
}

/* A plain generator: the same numbers on every run. */
static uint32_t seed = 12345;
static uint32_t draw(uint32_t below)
{
    seed = seed * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)seed * below >> 32);
}

static void test_kernel__completion_by_hand(void **state)
{
    (void)state;
    static const struct {
        double a, t, pass, over, expected;
        unsigned notes;
    } cases[] = {
        {7500, 7000, 0, 1.3, 1, 0},
        {7000, 7000, 0, 1.3, 1, 0},
        {3500, 7000, 0, 1.3, 0.5, 0},
        {0, 7000, 0, 1.3, 0, 0},
        {-5, 10, 0, 1.3, 0, 0},
        {0, 0, 0, 1.3, 1, 0},
        {5, 0, 0, 1.3, 1, 0}, /* no ratio to be over */
        {-1, 0, 0, 1.3, 0, 0},
        {-3, -5, 0, 1.3, 1, 0},
        {-7, -5, 0, 1.3, 0, 0},
        {9, 13, 0, 1.3, 9.0 / 13, 0}, /* 69.23 % */
        {6, 10, 0.6, 1.3, 0.6, 0},
        {5.9, 10, 0.6, 1.3, 0, 0},
        {0.6 - 1e-12, 1, 0.6, 0, 0.6 - 1e-12, 0},
        {16.88, 12, 0, 1.3, 1, KERNEL_TARGET_TOO_LOW},
        {18.2, 18.2 / 1.2, 0, 1.2, 1, KERNEL_TARGET_TOO_LOW}, /* exactly on the edge */
        {0.13, 0.1, 0, 1.3, 1, KERNEL_TARGET_TOO_LOW},
        {129, 100, 0, 1.3, 1, 0},
        {500, 100, 0, 0, 1, 0},
        {500, 100, 0, NAN, 1, 0},
        {80, 100, 0, 0.8, 0.8, KERNEL_TARGET_TOO_LOW},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct rule rule = make(RULE_COMPLETION);
        rule.pass = cases[i].pass;
        rule.over = cases[i].over;
        const struct graded g = grade(&rule, RULE_SIGN_GE, cases[i].a, cases[i].t, NAN);
        assert_score_equal(g.attainment, cases[i].expected);
        assert_int_equal(g.notes, cases[i].notes);
        const struct rule by_sign = {.kind = RULE_BY_SIGN, .pass = rule.pass, .over = rule.over};
        static const enum rule_sign up[] = {RULE_SIGN_NONE, RULE_SIGN_GE, RULE_SIGN_GT};
        for (size_t k = 0; k < COUNT(up); k++) {
            const struct graded s = grade(&by_sign, up[k], cases[i].a, cases[i].t, NAN);
            assert_score_equal(s.attainment, cases[i].expected);
            assert_int_equal(s.notes, cases[i].notes);
        }
    }
}

/* Hundredths as whole numbers decide what is met, and what is over. */
static void test_kernel__completion_against_whole_numbers(void **state)
{
    (void)state;
    struct rule rule = make(RULE_COMPLETION);
    rule.over = 1.3;
    for (int i = 0; i < 100000; i++) {
        const int a = (int)draw(4000) - 500, t = (int)draw(2500) - 300;
        const struct graded g = grade(&rule, RULE_SIGN_GE, a / 100.0, t / 100.0, NAN);
        if (a >= t)
            assert_score_equal(g.attainment, 1);
        else if (a <= 0 || t <= 0)
            assert_score_equal(g.attainment, 0);
        else
            assert_near(g.attainment * t, a, 1e-9);
        assert_int_equal(g.notes, t > 0 && a * 10 >= t * 13 ? KERNEL_TARGET_TOO_LOW : 0);
    }
}

static void test_kernel__reverse_against_whole_numbers(void **state)
{
    (void)state;
    struct rule ratio = make(RULE_REVERSE), linear = make(RULE_REVERSE);
    linear.linear = true;
    for (int i = 0; i < 100000; i++) {
        const int a = (int)draw(3000) - 200, t = (int)draw(1500) - 200;
        const double r = attain(&ratio, a / 100.0, t / 100.0);
        const double l = attain(&linear, a / 100.0, t / 100.0);
        if (a <= t) {
            assert_score_equal(r, 1);
            assert_score_equal(l, 1);
        } else if (t <= 0) {
            assert_score_equal(r, 0);
            assert_score_equal(l, 0);
        } else {
            assert_near(r * a, t, 1e-9);
            assert_near(l * t, a >= 2 * t ? 0 : 2 * t - a, 1e-9); /* PMKPI: 1 - (a - t)/t */
        }
    }
}

static void test_kernel__reverse_by_hand(void **state)
{
    (void)state;
    static const struct {
        double a, t, ratio, linear;
    } cases[] = {
        {104, 104, 1, 1},   {10, 104, 1, 1},     {100, 104, 1, 1},       {125, 100, 0.8, 0.75},
        {200, 100, 0.5, 0}, {400, 100, 0.25, 0}, {0, 0, 1, 1},           {1, 0, 0, 0},
        {-2, -1, 1, 1},     {-1, -2, 0, 0},      {0.3, 0.1 + 0.2, 1, 1}, {0.1 + 0.2, 0.3, 1, 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct rule rule = make(RULE_REVERSE), by_sign = rule_default;
        for (int linear = 0; linear < 2; linear++) {
            const double expected = linear ? cases[i].linear : cases[i].ratio;
            rule.linear = by_sign.linear = linear != 0;
            assert_score_equal(attain(&rule, cases[i].a, cases[i].t), expected);
            const struct graded lt = grade(&by_sign, RULE_SIGN_LT, cases[i].a, cases[i].t, NAN);
            const struct graded le = grade(&by_sign, RULE_SIGN_LE, cases[i].a, cases[i].t, NAN);
            assert_score_equal(lt.attainment, expected);
            assert_score_equal(le.attainment, expected);
            assert_int_equal(lt.notes | le.notes, 0); /* far below a ceiling is no low target */
        }
    }
}

static void test_kernel__by_sign_other_signs(void **state)
{
    (void)state;
    const double day = date_days(2019, 12, 31);
    const struct {
        enum rule_sign sign;
        double a, t, hi, expected;
    } cases[] = {
        {RULE_SIGN_EQ, 0, 0, NAN, 1},
        {RULE_SIGN_EQ, -1, 0, NAN, 1},
        {RULE_SIGN_EQ, 1, 0, NAN, 0},
        {RULE_SIGN_EQ, 0.3 - 0.2 - 0.1, 0, NAN, 1},
        {RULE_SIGN_EQ, 0.5, 0.3 - 0.2 - 0.1, NAN, 0},
        {RULE_SIGN_EQ, 100, 100, NAN, 1},
        {RULE_SIGN_EQ, 120, 100, NAN, 1}, /* over-fulfilment of = is not punished */
        {RULE_SIGN_EQ, 80, 100, NAN, 0.8},
        {RULE_SIGN_BETWEEN, 18, 18, 54, 1},
        {RULE_SIGN_BETWEEN, 54, 18, 54, 1},
        {RULE_SIGN_BETWEEN, 30, 18, 54, 1},
        {RULE_SIGN_BETWEEN, 17.999, 18, 54, 0},
        {RULE_SIGN_BETWEEN, 54.001, 18, 54, 0},
        {RULE_SIGN_BETWEEN, 0.1 + 0.2, 0.1, 0.3, 1},
        {RULE_SIGN_BY, day, day, NAN, 1},
        {RULE_SIGN_BY, day - 300, day, NAN, 1},
        {RULE_SIGN_BY, day + 1, day, NAN, 0},
        {RULE_SIGN_QUALITATIVE, 0.7, NAN, NAN, 0.7},
        {RULE_SIGN_QUALITATIVE, 1.5, NAN, NAN, 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct graded g =
            grade(&rule_default, cases[i].sign, cases[i].a, cases[i].t, cases[i].hi);
        assert_score_equal(g.attainment, cases[i].expected);
        assert_int_equal(g.notes, 0);
    }
}

/* Rows of all signs in one run are what each is alone, also without `notes` and `hi`. */
static void test_kernel__by_sign_mixed_rows(void **state)
{
    (void)state;
    enum { N = 500 };
    static double actual[N], target[N], hi[N], attainment[N], without[N];
    static uint8_t sign[N], notes[N];
    for (size_t i = 0; i < N; i++) {
        actual[i] = draw(200) / 10.0;
        target[i] = draw(200) / 10.0;
        hi[i] = target[i] + draw(50) / 10.0;
        sign[i] = (uint8_t)draw(RULE_SIGN_QUALITATIVE + 1);
    }
    kernel_run(&rule_default,
               &(struct kernel_rows){N, actual, target, hi, sign, attainment, notes});
    for (size_t i = 0; i < N; i++) {
        const struct graded g =
            grade(&rule_default, (enum rule_sign)sign[i], actual[i], target[i], hi[i]);
        assert_score_equal(attainment[i], g.attainment);
        assert_int_equal(notes[i], g.notes);
        sign[i] = sign[i] == RULE_SIGN_BETWEEN ? RULE_SIGN_BY : sign[i];
    }
    kernel_run(&rule_default, &(struct kernel_rows){N, actual, target, NULL, sign, without, NULL});
    kernel_run(&rule_default,
               &(struct kernel_rows){N, actual, target, hi, sign, attainment, notes});
    assert_memory_equal(without, attainment, sizeof without);
    kernel_run(&rule_default, &(struct kernel_rows){.n = 0});
}

static void test_kernel__edges_snap(void **state)
{
    (void)state;
    struct rule rule = make(RULE_COMPLETION);
    static const struct {
        double a, t;
        bool met;
    } cases[] = {
        {0.1 + 0.2, 0.3, true},
        {0.3, 0.1 + 0.2, true},
        {1 - 1e-10, 1, true},
        {1 - 1e-8, 1, false},
        {23.0 / 20 * 100, 115, true},
        {1e12 - 0.01, 1e12, false}, /* one fen is one fen */
        {9e12 - 0.01, 9e12, false},
        {1e12, 1e12 + 0.01, false},
        {123456789.1 + 0.7, 123456789.8, true}, /* the noise of one addition */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(attain(&rule, cases[i].a, cases[i].t) == 1, cases[i].met);
        /* and so the other way round */
        assert_int_equal(attain_signed(&rule_default, RULE_SIGN_LE, cases[i].t, cases[i].a) == 1,
                         cases[i].met);
    }
}

static void test_kernel__tiers_by_hand(void **state)
{
    (void)state;
    static const struct rule_tier spending[] = {{60, 2}, {70, 3}, {80, 4}, {90, 5}};
    static const struct rule_tier control[] = {{0, 5}, {10, 4}, {20, 3}, {30, 2}};
    static const struct {
        double a, lower, upper; /* points of 5: 重点支出安排率 (YY), 预算控制率 (HN-A) */
    } cases[] = {
        {100, 5, 0},    {90, 5, 0},    {89.99, 4, 0}, {80, 4, 0},         {79.99, 3, 0},
        {70, 3, 0},     {69.99, 2, 0}, {60, 2, 0},    {59.99, 0, 0},      {30.01, 0, 0},
        {30, 0, 2},     {20.01, 0, 2}, {20, 0, 3},    {10.01, 0, 3},      {10, 0, 4},
        {0.01, 0, 4},   {0, 0, 5},     {-8, 0, 5},    {90 - 1e-10, 5, 0}, {10 + 1e-10, 0, 4},
        {172.51, 5, 0},
    };
    struct rule lower = make(RULE_TIERS), upper = make(RULE_TIERS);
    lower.of = upper.of = 5;
    lower.tiers = spending;
    upper.tiers = control;
    lower.ntiers = upper.ntiers = 4;
    upper.upper = true;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_score_equal(attain(&lower, cases[i].a, NAN), cases[i].lower / 5);
        assert_score_equal(attain(&upper, cases[i].a, NAN), cases[i].upper / 5);
    }
}

static void test_kernel__tiers_at_the_ends(void **state)
{
    (void)state;
    static const struct rule_tier tiers[] = {{-INFINITY, -1}, {0.3, 0.5}, {INFINITY, 7}};
    struct rule rule = make(RULE_TIERS);
    assert_score_equal(attain(&rule, 5, NAN), 0); /* no tiers at all */
    rule.tiers = tiers;
    rule.ntiers = 3;
    assert_score_equal(attain(&rule, -1e300, NAN), 0); /* fewer than no points are none */
    assert_score_equal(attain(&rule, 0.1 + 0.2, NAN), 0.5);
    assert_score_equal(attain(&rule, 1e300, NAN), 0.5);
    rule.upper = true;
    assert_score_equal(attain(&rule, 0.1 + 0.2, NAN), 0.5);
    assert_score_equal(attain(&rule, 0.4, NAN), 1); /* more than full points are full */
    rule.of = 0;
    assert_true(isnan(attain(&rule, 0.3, NAN)));
}

static void test_kernel__deduct_by_hand(void **state)
{
    (void)state;
    static const struct {
        double a, of, from, per, lose;
        enum rule_when when;
        double floor, ceil, prorata; /* points */
    } cases[] = {
        /* 每超过一个百分点扣0.5分: 50/46 = 108.70 % */
        {108.70, 5, 100, 1, 0.5, WHEN_ABOVE, 1.0, 0.5, 0.65},
        {108.7, 1, 100, 1, 0.1, WHEN_ABOVE, 0.2, 0.1, 0.13},
        /* 每低于5%扣2分: 99.27 % keeps 8 of 8 by whole steps */
        {99.27, 8, 100, 5, 2, WHEN_BELOW, 8, 6, 7.708},
        {100, 8, 100, 5, 2, WHEN_BELOW, 8, 8, 8},
        {140, 8, 100, 5, 2, WHEN_BELOW, 8, 8, 8},
        {95, 8, 100, 5, 2, WHEN_BELOW, 6, 6, 6},
        {94.99, 8, 100, 5, 2, WHEN_BELOW, 6, 4, 5.996},
        /* 23/20 is 15 steps */
        {23.0 / 20 * 100, 10, 100, 1, 0.5, WHEN_ABOVE, 2.5, 2.5, 2.5},
        {91.67, 5, 100, 1, 0.5, WHEN_ABOVE, 5, 5, 5},
        {100 + 1e-10, 5, 100, 1, 0.5, WHEN_ABOVE, 5, 5, 5},
        {111, 5, 100, 1, 0.5, WHEN_ABOVE, 0, 0, 0},
        {3, 5, 0, 0.1, 0.1, WHEN_ABOVE, 2, 2, 2},
        {0.3, 5, 0, 0.1, 1, WHEN_ABOVE, 2, 2, 2},
        {0.7, 1, 0, 0.1, 0.1, WHEN_ABOVE, 0.3, 0.3, 0.3},
        /* both ways */
        {97.5, 4, 100, 1, 1, WHEN_EITHER, 2, 1, 1.5},
        {102.5, 4, 100, 1, 1, WHEN_EITHER, 2, 1, 1.5},
        {100, 4, 100, 1, 1, WHEN_EITHER, 4, 4, 4},
        /* money: one fen over by steps of a yuan */
        {1e12 + 0.01, 2, 1e12, 1, 1, WHEN_ABOVE, 2, 1, 1.99},
        /* ties of points stay ties for whoever rounds them: 0.135 */
        {109.73, 5, 100, 1, 0.5, WHEN_ABOVE, 0.5, 0, 0.135},
        {109.73, 15, 100, 3, 1.5, WHEN_ABOVE, 10.5, 9, 10.135},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct rule rule = make(RULE_DEDUCT);
        rule.of = cases[i].of;
        rule.from = cases[i].from;
        rule.per = cases[i].per;
        rule.lose = cases[i].lose;
        rule.when = cases[i].when;
        const double points[] = {cases[i].floor, cases[i].ceil, cases[i].prorata};
        for (int steps = STEPS_FLOOR; steps <= STEPS_PRORATA; steps++) {
            rule.steps = (enum rule_steps)steps;
            const double attainment = attain(&rule, cases[i].a, NAN);
            int64_t micro = -1, expected = -1;
            assert_true(decimal_round(&micro, attainment * rule.of, 9, ROUND_DOWN));
            assert_true(decimal_round(&expected, points[steps], 9, ROUND_DOWN));
            assert_int_equal(micro, expected);
        }
    }
}

/* Hundredths and whole steps in integers. */
static void test_kernel__deduct_against_whole_numbers(void **state)
{
    (void)state;
    for (int i = 0; i < 100000; i++) {
        const int a = (int)draw(3000), from = (int)draw(3000), per = 1 + (int)draw(300);
        const int lose = (int)draw(200), of = 100 + (int)draw(900);
        struct rule rule = make(RULE_DEDUCT);
        rule.of = of / 100.0;
        rule.from = from / 100.0;
        rule.per = per / 100.0;
        rule.lose = lose / 100.0;
        rule.when = (enum rule_when)draw(3);
        rule.steps = (enum rule_steps)draw(3);
        int distance = rule.when == WHEN_BELOW ? from - a : a - from;
        if (distance < 0)
            distance = rule.when == WHEN_EITHER ? -distance : 0;
        /* points left times per, both in hundredths */
        int left = of * per - lose * distance;
        if (rule.steps == STEPS_FLOOR)
            left = of * per - lose * (distance / per) * per;
        else if (rule.steps == STEPS_CEIL)
            left = of * per - lose * ((distance + per - 1) / per) * per;
        const double expected = left <= 0 ? 0 : (double)left / (of * per);
        assert_near(attain(&rule, a / 100.0, NAN), expected, 1e-15);
    }
}

static void test_kernel__violations_and_checklist(void **state)
{
    (void)state;
    struct rule rule = make(RULE_VIOLATIONS);
    rule.of = 3;
    rule.lose = 1;
    static const double left[] = {1, 2 / 3.0, 1 / 3.0, 0, 0};
    for (int a = 0; a < 5; a++)
        assert_score_equal(attain(&rule, a, NAN), left[a]);
    rule.lose = 0.3;
    assert_score_equal(attain(&rule, 7, NAN), 0.3); /* 3 - 2.1 = 0.9 */
    struct rule list = make(RULE_CHECKLIST);
    list.of = 4;
    for (int a = 0; a <= 4; a++)
        assert_score_equal(attain(&list, a, NAN), a / 4.0);
    assert_score_equal(attain(&list, 5, NAN), 1);
    assert_score_equal(attain(&list, -1, NAN), 0);
    list.of = 0;
    assert_true(isnan(attain(&list, 1, NAN)));
}

static void test_kernel__rating_is_clamped(void **state)
{
    (void)state;
    const struct rule rule = make(RULE_RATING);
    assert_score_equal(attain(&rule, 0.7, NAN), 0.7);
    assert_score_equal(attain(&rule, 1.2, NAN), 1);
    assert_score_equal(attain(&rule, -0.2, NAN), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kernel__completion_by_hand),
        cmocka_unit_test(test_kernel__completion_against_whole_numbers),
        cmocka_unit_test(test_kernel__reverse_against_whole_numbers),
        cmocka_unit_test(test_kernel__reverse_by_hand),
        cmocka_unit_test(test_kernel__by_sign_other_signs),
        cmocka_unit_test(test_kernel__by_sign_mixed_rows),
        cmocka_unit_test(test_kernel__edges_snap),
        cmocka_unit_test(test_kernel__tiers_by_hand),
        cmocka_unit_test(test_kernel__tiers_at_the_ends),
        cmocka_unit_test(test_kernel__deduct_by_hand),
        cmocka_unit_test(test_kernel__deduct_against_whole_numbers),
        cmocka_unit_test(test_kernel__violations_and_checklist),
        cmocka_unit_test(test_kernel__rating_is_clamped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
