/*
 * test_kernel_laws.c - deadlines against a calendar walked day by day, and what holds for every
 * rule: 0 to 1, monotone, blind to units, and no number is never a zero.
 */
#include "check.h"

#include <string.h>

#include "base/date.h"
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

static void test_kernel__deadline_by_hand(void **state)
{
    (void)state;
    static const struct {
        int due[3], done[3];
        enum rule_per period;
        int begun;
    } cases[] = {
        {{2019, 12, 31}, {2019, 12, 31}, PER_DAY, 0},
        {{2019, 12, 31}, {2019, 1, 1}, PER_MONTH, 0},
        {{2019, 12, 31}, {2020, 1, 1}, PER_DAY, 1},
        {{2019, 12, 31}, {2020, 1, 10}, PER_DAY, 10},
        {{2019, 12, 31}, {2020, 1, 1}, PER_WEEK, 1},
        {{2019, 12, 31}, {2020, 1, 7}, PER_WEEK, 1},
        {{2019, 12, 31}, {2020, 1, 8}, PER_WEEK, 2},
        {{2019, 12, 31}, {2020, 1, 1}, PER_MONTH, 1},
        {{2019, 12, 31}, {2020, 1, 31}, PER_MONTH, 1},
        {{2019, 12, 31}, {2020, 2, 1}, PER_MONTH, 2},
        {{2019, 12, 31}, {2020, 12, 31}, PER_MONTH, 12},
        {{2019, 12, 31}, {2021, 1, 1}, PER_MONTH, 13},
        {{2019, 6, 30}, {2019, 7, 31}, PER_MONTH, 1},
        {{2019, 6, 30}, {2019, 8, 1}, PER_MONTH, 2},
        {{2019, 2, 28}, {2019, 3, 31}, PER_MONTH, 1},
        {{2020, 2, 28}, {2020, 3, 28}, PER_MONTH, 1},
        {{2020, 2, 28}, {2020, 3, 29}, PER_MONTH, 2},
        {{2019, 1, 15}, {2019, 1, 16}, PER_MONTH, 1},
        {{2019, 1, 15}, {2019, 2, 15}, PER_MONTH, 1},
        {{2019, 1, 15}, {2019, 2, 16}, PER_MONTH, 2},
        {{2019, 1, 30}, {2019, 2, 28}, PER_MONTH, 1},
        {{2019, 1, 30}, {2019, 3, 1}, PER_MONTH, 2},
        {{2019, 1, 30}, {2019, 3, 30}, PER_MONTH, 2},
        {{2019, 1, 30}, {2019, 3, 31}, PER_MONTH, 3},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct rule rule = make(RULE_DEADLINE);
        rule.lose = 1;
        rule.of = 20; /* so that what is lost is what was counted */
        rule.period = cases[i].period;
        const int *due = cases[i].due, *done = cases[i].done;
        const double attainment =
            attain(&rule, date_days(done[0], done[1], done[2]), date_days(due[0], due[1], due[2]));
        assert_score_equal(attainment, (20 - cases[i].begun) / 20.0);
    }
}

/* Walks from the deadline day by day and notes where a month begins. */
static void test_kernel__deadline_months_day_by_day(void **state)
{
    (void)state;
    struct rule rule = make(RULE_DEADLINE);
    rule.lose = 1;
    rule.of = 100;
    rule.period = PER_MONTH;
    for (int day = date_days(2019, 1, 1); day <= date_days(2020, 12, 31); day += 3) {
        int y, m, d, begun = 0;
        date_split(day, &y, &m, &d);
        const bool last = d == date_month_days(y, m);
        bool begins = true; /* the next day begins a month */
        for (int late = day + 1; late < day + 500; late++) {
            begun += begins;
            assert_score_equal(attain(&rule, late, day), (100 - begun) / 100.0);
            int ly, lm, ld;
            date_split(late, &ly, &lm, &ld);
            const int end = date_month_days(ly, lm);
            begins = last ? ld == end : ld == (d < end ? d : end);
        }
    }
}

static void test_kernel__deadline_ends_at_zero(void **state)
{
    (void)state;
    struct rule rule = make(RULE_DEADLINE);
    rule.lose = 0.1;
    assert_score_equal(attain(&rule, 103, 100), 0.7);
    assert_score_equal(attain(&rule, 109, 100), 0.1);
    assert_score_equal(attain(&rule, 110, 100), 0);
    assert_score_equal(attain(&rule, 99999, 100), 0);
    rule.period = PER_MONTH;
    assert_true(isnan(attain(&rule, 1e18, 100))); /* no day of the calendar */
    assert_true(isnan(attain(&rule, 100, -1e18)));
}

static const struct rule_tier rising[] = {{20, 0.2}, {50, 0.5}, {80, 1}};

/* Every rule with some parameters; the sign says which way `actual` is better. */
static struct rule sample(enum rule_kind kind, int *direction)
{
    struct rule rule = make(kind);
    rule.pass = draw(2) ? 0.3 : 0;
    rule.over = 1.3;
    rule.linear = draw(2);
    rule.from = 50;
    rule.per = 1 + draw(5);
    rule.lose = draw(10) / 50.0;
    rule.steps = (enum rule_steps)draw(3);
    rule.when = (enum rule_when)draw(2);
    rule.period = (enum rule_per)draw(3);
    rule.of = kind == RULE_CHECKLIST ? 100 : 1;
    rule.tiers = rising;
    rule.ntiers = COUNT(rising);
    rule.lo = draw(2) ? 150 : -50; /* all that is drawn lies below, or above */
    rule.hi = rule.lo;
    rule.width = draw(2) * draw(200);
    rule.satisfied = draw(2) ? 20 + draw(60) : 5 + draw(5);
    rule.unacceptable = 10 + draw(10);
    rule.base = draw(10) / 10.0;
    *direction = 1;
    if ((kind == RULE_EFFICACY && rule.satisfied < rule.unacceptable) ||
        (kind == RULE_BETWEEN && rule.hi < 0))
        *direction = -1;
    if (kind == RULE_REVERSE || kind == RULE_VIOLATIONS || kind == RULE_DEADLINE ||
        (kind == RULE_DEDUCT && rule.when == WHEN_ABOVE))
        *direction = -1;
    return rule;
}

static void test_kernel__laws(void **state)
{
    (void)state;
    for (int round = 0; round < 20000; round++) {
        const enum rule_kind kind = (enum rule_kind)draw(RULE_FUNCTION);
        int direction;
        const struct rule rule = sample(kind, &direction);
        static const enum rule_sign signs[] = {RULE_SIGN_GE, RULE_SIGN_LE};
        const enum rule_sign sign = signs[draw(2)];
        if ((kind == RULE_BY_SIGN || kind == RULE_PASS_FAIL) && sign == RULE_SIGN_LE)
            direction = -1;
        const double t = draw(1000) / 10.0;
        double a = draw(1000) / 10.0, b = a + draw(200) / 10.0;
        const double low = attain_signed(&rule, sign, a, t);
        const double high = attain_signed(&rule, sign, b, t);
        assert_true(low >= 0 && low <= 1 && high >= 0 && high <= 1);
        assert_true(direction > 0 ? high >= low : high <= low);
    }
}

/* In 元 or in 万元: the ratio rules do not see the unit. */
static void test_kernel__units_do_not_matter(void **state)
{
    (void)state;
    for (int i = 0; i < 20000; i++) {
        const double a = draw(100000) / 100.0, t = 0.01 + draw(100000) / 100.0;
        struct rule rule = rule_default;
        rule.linear = draw(2);
        for (int sign = RULE_SIGN_GE; sign <= RULE_SIGN_LE; sign++)
            assert_near(attain_signed(&rule, (enum rule_sign)sign, a, t),
                        attain_signed(&rule, (enum rule_sign)sign, a * 1e4, t * 1e4), 1e-12);
    }
}

static void test_kernel__no_number_is_never_zero(void **state)
{
    (void)state;
    for (int kind = 0; kind < RULE_KINDS; kind++) {
        int direction;
        struct rule rule = sample((enum rule_kind)kind, &direction);
        rule.when = WHEN_EITHER;
        for (int sign = 0; sign <= RULE_SIGN_QUALITATIVE; sign++)
            assert_true(isnan(grade(&rule, (enum rule_sign)sign, NAN, 5, 9).attainment));
    }
    static const enum rule_kind reads_target[] = {RULE_COMPLETION, RULE_REVERSE, RULE_DEADLINE};
    for (size_t i = 0; i < COUNT(reads_target); i++) {
        const struct rule rule = make(reads_target[i]);
        assert_true(isnan(attain(&rule, 5, NAN)));
    }
    for (int sign = 0; sign < RULE_SIGN_QUALITATIVE; sign++)
        assert_true(isnan(grade(&rule_default, (enum rule_sign)sign, 5, NAN, 9).attainment));
    assert_true(isnan(grade(&rule_default, RULE_SIGN_BETWEEN, 5, 1, NAN).attainment));
    struct rule deduct = make(RULE_DEDUCT);
    deduct.per = 0;
    assert_true(isnan(attain(&deduct, 5, NAN)));
    const struct rule function = make(RULE_FUNCTION);
    assert_true(isnan(attain(&function, 5, 5)));
}

static double draw_number(void)
{
    static const double odd[] = {0, -0.0, 1e-9, 2e-9, -5, NAN, INFINITY, -INFINITY, 1e15, 1e-300};
    const uint32_t kind = draw(4);
    if (kind == 0)
        return odd[draw(COUNT(odd))];
    return kind == 1 ? (double)draw(4) : (double)draw(20000) / 100;
}

/* Rows together come to what each comes to by itself, bit for bit, wherever it stands. */
static void test_kernel__rows_do_not_matter_to_each_other(void **state)
{
    (void)state;
    enum { ROWS = 4001 };
    static double a[ROWS], t[ROWS], hi[ROWS], attainment[ROWS];
    static uint8_t sign[ROWS], notes[ROWS];
    for (unsigned round = 0; round < 8; round++) {
        struct rule rule = make(round & 4 ? RULE_PASS_FAIL : RULE_BY_SIGN);
        rule.linear = round & 1;
        rule.over = round & 2 ? 1.3 : NAN;
        rule.pass = round & 2 ? 0.6 : 0;
        for (size_t i = 0; i < ROWS; i++) {
            a[i] = draw_number();
            t[i] = draw(5) ? draw_number() : a[i];
            hi[i] = draw_number();
            sign[i] = (uint8_t)draw(draw(8) ? RULE_SIGN_BETWEEN : RULE_SIGN_QUALITATIVE + 1);
        }
        const size_t skip = round & 1;
        const struct kernel_rows rows = {ROWS - skip, a + skip,          t + skip,    hi + skip,
                                         sign + skip, attainment + skip, notes + skip};
        kernel_run(&rule, &rows);
        for (size_t i = skip; i < ROWS; i++) {
            const struct graded one = grade(&rule, (enum rule_sign)sign[i], a[i], t[i], hi[i]);
            const bool same = isnan(one.attainment)
                                  ? isnan(attainment[i]) != 0
                                  : memcmp(&one.attainment, &attainment[i], 8) == 0;
            if (!same || one.notes != notes[i])
                fail_msg("sign %d, %.17g against %.17g: %.17g and %u, together %.17g and %u",
                         sign[i], a[i], t[i], one.attainment, one.notes, attainment[i], notes[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kernel__deadline_by_hand),
        cmocka_unit_test(test_kernel__deadline_months_day_by_day),
        cmocka_unit_test(test_kernel__deadline_ends_at_zero),
        cmocka_unit_test(test_kernel__laws),
        cmocka_unit_test(test_kernel__rows_do_not_matter_to_each_other),
        cmocka_unit_test(test_kernel__units_do_not_matter),
        cmocka_unit_test(test_kernel__no_number_is_never_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
