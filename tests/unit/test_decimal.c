/*
 * test_decimal.c - rounding as a person does it, against whole-number arithmetic.
 */
#include "check.h"

#include <inttypes.h>
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/decimal.h"
#include "base/number.h"

__extension__ typedef __int128 wide;

static uint64_t random_state = 20200101;

static uint64_t next_random(void)
{
    uint64_t z = (random_state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static void test_decimal__round_as_a_person_does(void **state)
{
    (void)state;
    static const struct {
        double x;
        int places;
        int64_t up, even, down;
    } cases[] = {
        {2.675, 2, 268, 268, 267},
        {2.665, 2, 267, 266, 266},
        {1.005, 2, 101, 100, 100},
        {0.285, 2, 29, 28, 28},
        {1.255, 2, 126, 126, 125},
        {-2.675, 2, -268, -268, -267},
        {-2.665, 2, -267, -266, -266},
        {2.67, 2, 267, 267, 267}, /* stored as 2.66999…: nothing is cut off */
        {-2.67, 2, -267, -267, -267},
        {0.29, 2, 29, 29, 29},
        {2.6749, 2, 267, 267, 267},
        {2.67500000000001, 2, 268, 268, 267},
        {2.67499999999999, 2, 267, 267, 267},
        {2.674999999999999999, 2, 268, 268, 267}, /* 15 digits say 2.675 */
        {0.5, 0, 1, 0, 0},
        {1.5, 0, 2, 2, 1},
        {2.5, 0, 3, 2, 2},
        {-0.5, 0, -1, 0, 0},
        {-2.5, 0, -3, -2, -2},
        {0.49999999999999994, 0, 1, 0, 0}, /* is 0.5 at 15 digits */
        {0.499999999999999, 0, 0, 0, 0},
        {0, 2, 0, 0, 0},
        {-0.0, 2, 0, 0, 0},
        {1e-300, 9, 0, 0, 0},
        {-1e-17, 0, 0, 0, 0},
        {0.1 + 0.2, 9, 300000000, 300000000, 300000000},
        {5e-10, 9, 1, 0, 0},
        {4.99999999999999e-10, 9, 0, 0, 0},
        {1.5e-9, 9, 2, 2, 1},
        {1e-9, 9, 1, 1, 1},
        {2.0 / 3, 9, 666666667, 666666667, 666666666},
        {100, 2, 10000, 10000, 10000},
        {99.995, 2, 10000, 10000, 9999},
        {93.245, 2, 9325, 9324, 9324},
        {123456.7885, 3, 123456789, 123456788, 123456788},
        {9e15, 0, 9000000000000000, 9000000000000000, 9000000000000000},
        {-9e15, 0, -9000000000000000, -9000000000000000, -9000000000000000},
        {9e6, 9, 9000000000000000, 9000000000000000, 9000000000000000},
        {1e15, 0, 1000000000000000, 1000000000000000, 1000000000000000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t up = 77, even = 77, down = 77;
        assert_true(decimal_round(&up, cases[i].x, cases[i].places, ROUND_HALF_UP));
        assert_true(decimal_round(&even, cases[i].x, cases[i].places, ROUND_HALF_EVEN));
        assert_true(decimal_round(&down, cases[i].x, cases[i].places, ROUND_DOWN));
        if (up != cases[i].up || even != cases[i].even || down != cases[i].down)
            fail_msg("%.17g at %d: up %" PRId64 ", even %" PRId64 ", down %" PRId64, cases[i].x,
                     cases[i].places, up, even, down);
    }
}

static void test_decimal__round_refuses(void **state)
{
    (void)state;
    static const struct {
        double x;
        int places;
    } cases[] = {
        {NAN, 2},  {INFINITY, 2},  {-INFINITY, 0}, {9.1e15, 0}, {-9.1e15, 0}, {1e16, 0}, {1e300, 0},
        {1e10, 9}, {9000000.1, 9}, {9.1e13, 2},    {1, -1},     {1, 10},      {1e14, 2}, {-1e13, 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t out = 77;
        if (decimal_round(&out, cases[i].x, cases[i].places, ROUND_HALF_UP))
            fail_msg("%g at %d places is %" PRId64, cases[i].x, cases[i].places, out);
        assert_int_equal(out, 77);
    }
}

/* The quick way and the one by digits, at random and around ties and whole numbers. */
static void test_decimal__quick_way_agrees(void **state)
{
    (void)state;
    static const double offsets[] = {0,    1e-15, -1e-15, 1e-12, -1e-12, 1e-6,   -1e-6,
                                     9e-5, -9e-5, 1e-4,   -1e-4, 1.1e-4, -1.1e-4};
    for (int i = 0; i < 300000; i++) {
        const int places = (int)(next_random() % 10);
        const uint64_t halves = next_random() >> (33 + next_random() % 30);
        const double offset = offsets[next_random() % (sizeof offsets / sizeof *offsets)];
        double x = ((double)halves / 2 + offset) / (double)number_pow10[places];
        if (i % 2)
            x = -x;
        for (enum round_mode mode = ROUND_HALF_UP; mode <= ROUND_DOWN; mode++) {
            int64_t quick = 77, slow = 77;
            const bool done = decimal_round(&quick, x, places, mode);
            if (done != decimal_round_digits(&slow, x, places, mode) || quick != slow)
                fail_msg("%.17g at %d, mode %d: %" PRId64 ", by digits %" PRId64, x, places,
                         (int)mode, quick, slow);
        }
    }
}

/* points × actual / target in hundredths, half up, in whole numbers. */
static int64_t exact_score(int64_t points, int64_t actual, int64_t target)
{
    return (int64_t)(((wide)points * 200 * actual + target) / (2 * (wide)target));
}

/* Scores as an evaluation makes them: weight × (actual / target), all of them up to a size. */
static void test_decimal__scores_agree_with_whole_numbers(void **state)
{
    (void)state;
    static const int weights[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 18, 20, 25, 30};
    for (size_t w = 0; w < sizeof weights / sizeof *weights; w++)
        for (int target = 1; target <= 800; target++)
            for (int actual = 0; actual <= target; actual++) {
                double x = weights[w] * ((double)actual / target);
                int64_t scored = -1;
                if (!decimal_round(&scored, x, 2, ROUND_HALF_UP) ||
                    scored != exact_score(weights[w], actual, target))
                    fail_msg("%d x %d / %d = %" PRId64, weights[w], actual, target, scored);
            }
}

/* The same with money: targets and actuals of many digits, and the other order of operations. */
static void test_decimal__scores_of_large_numbers(void **state)
{
    (void)state;
    for (int i = 0; i < 500000; i++) {
        uint64_t r = next_random();
        int64_t target = 1 + (int64_t)(r % 2000000000);
        int64_t actual = (int64_t)(next_random() % (uint64_t)(target + 1));
        int64_t points = 1 + (int64_t)(r >> 58);
        double x = (double)points * (double)actual / (double)target;
        int64_t scored = -1, divided = -1;
        int64_t expected = exact_score(points, actual, target);
        if (!decimal_round(&scored, x, 2, ROUND_HALF_UP) || scored != expected ||
            !decimal_muldiv(&divided, points * 100, actual, target, ROUND_HALF_UP) ||
            divided != expected)
            fail_msg("%" PRId64 " x %" PRId64 " / %" PRId64 " = %" PRId64, points, actual, target,
                     scored);
    }
}

/* Every decimal with four places, at 0 to 4 places, both signs, in all modes. */
static void test_decimal__round_agrees_with_division(void **state)
{
    (void)state;
    for (int64_t n = 0; n < 300000; n++)
        for (int places = 0; places <= 4; places++) {
            int64_t unit = (int64_t)number_pow10[4 - places];
            int64_t whole = n / unit, rest = n % unit;
            int64_t up = whole + (unit > 1 && rest >= unit / 2);
            int64_t even = 2 * rest == unit ? whole + whole % 2 : up;
            double x = (double)n / 10000;
            for (int sign = -1; sign <= 1; sign += 2) {
                int64_t a, b, c;
                if (!decimal_round(&a, sign * x, places, ROUND_HALF_UP) || a != sign * up ||
                    !decimal_round(&b, sign * x, places, ROUND_HALF_EVEN) || b != sign * even ||
                    !decimal_round(&c, sign * x, places, ROUND_DOWN) || c != sign * whole)
                    fail_msg("%.17g at %d places", sign * x, places);
            }
        }
}

/* Any double: the digits of %.14e, taken as text, decide. */
static void test_decimal__round_agrees_with_the_printed_digits(void **state)
{
    (void)state;
    for (int i = 0; i < 300000; i++) {
        uint64_t r = next_random();
        double x = ldexp((double)(r >> 11), -(int)(r % 100));
        int places = (int)((r >> 8) % 4) * 3;
        char text[64];
        snprintf(text, sizeof text, "%.14e", x);
        int power = atoi(strchr(text, 'e') + 1) - 14 + places;
        wide n = (wide)(text[0] - '0');
        for (const char *p = text + 2; *p != 'e'; p++)
            n = n * 10 + (*p - '0');
        wide unit = 1;
        for (int k = 0; k < (power < 0 ? -power : power) && k < 20; k++)
            unit *= 10;
        wide expected = power > 3 ? (wide)1 << 100 : power >= 0 ? n * unit : (n + unit / 2) / unit;
        if (power == 0)
            expected = n;
        int64_t rounded = 77;
        bool fits = expected <= 9000000000000000;
        if (decimal_round(&rounded, x, places, ROUND_HALF_UP) != fits ||
            (fits && rounded != (int64_t)expected))
            fail_msg("%.17g at %d places is %" PRId64, x, places, rounded);
    }
}

static void test_decimal__muldiv(void **state)
{
    (void)state;
    static const struct {
        int64_t a, b, c, up, even, down;
    } cases[] = {
        {15, 7500, 7000, 16, 16, 16},
        {1, 5, 2, 3, 2, 2},
        {1, 7, 2, 4, 4, 3},
        {-1, 5, 2, -3, -2, -2},
        {1, -5, 2, -3, -2, -2},
        {1, 5, -2, -3, -2, -2},
        {-1, -5, 2, 3, 2, 2},
        {-1, -5, -2, -3, -2, -2},
        {0, 5, -2, 0, 0, 0},
        {1, 1, 3, 0, 0, 0},
        {2, 1, 3, 1, 1, 0},
        {1, -1, 3, 0, 0, 0},
        {INT64_MAX, INT64_MAX, INT64_MAX, 77, 77, 77},
        {9000000000000000, INT64_MAX, INT64_MAX, 9000000000000000, 9000000000000000,
         9000000000000000},
        {INT64_MIN, 5, INT64_MIN, 5, 5, 5},
        {INT64_MIN, -5, INT64_MIN, -5, -5, -5},
        {9000000000000000, 1, 1, 9000000000000000, 9000000000000000, 9000000000000000},
        {-9000000000000001, 1, 1, 77, 77, 77},
        {18000000000000001, 1, 2, 77, 9000000000000000, 9000000000000000},
        {INT64_MIN, INT64_MIN, 1, 77, 77, 77},
        {1, 1, 0, 77, 77, 77},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int64_t want[] = {cases[i].up, cases[i].even, cases[i].down};
        for (int mode = ROUND_HALF_UP; mode <= ROUND_DOWN; mode++) {
            int64_t out = 77;
            bool done =
                decimal_muldiv(&out, cases[i].a, cases[i].b, cases[i].c, (enum round_mode)mode);
            if (out != want[mode] || done != (want[mode] != 77))
                fail_msg("case %zu, mode %d: %" PRId64, i, mode, out);
        }
    }
}

static void test_decimal__value_is_the_nearest_double(void **state)
{
    (void)state;
    assert_score_equal(decimal_value(9325, 2), 93.25);
    assert_score_equal(decimal_value(-5, 2), -0.05);
    assert_score_equal(decimal_value(0, 2), 0.0);
    assert_score_equal(decimal_value(7, 0), 7.0);
    assert_score_equal(decimal_value(INT64_MIN, 0), -9223372036854775808.0);
    for (int i = 0; i < 200000; i++) {
        char text[64];
        int64_t scaled = (int64_t)next_random() >> (i % 60);
        int places = i % 10;
        snprintf(text, sizeof text, "%" PRId64 "e-%d", scaled, places);
        assert_score_equal(decimal_value(scaled, places), strtod(text, NULL));
    }
}

static void test_decimal__rounded_value_stays(void **state)
{
    (void)state;
    for (int i = 0; i < 300000; i++) {
        int64_t scaled = (int64_t)(next_random() % UINT64_C(900000000000000)), again;
        int places = i % 10;
        for (int mode = ROUND_HALF_UP; mode <= ROUND_DOWN; mode++)
            if (!decimal_round(&again, decimal_value(scaled, places), places,
                               (enum round_mode)mode) ||
                again != scaled)
                fail_msg("%" PRId64 " at %d places becomes %" PRId64, scaled, places, again);
    }
}

static void test_decimal__print(void **state)
{
    (void)state;
    static const struct {
        int64_t scaled;
        int places;
        const char *text;
    } cases[] = {
        {9325, 2, "93.25"},
        {5, 2, "0.05"},
        {-5, 2, "-0.05"},
        {0, 2, "0.00"},
        {0, 0, "0"},
        {10000, 2, "100.00"},
        {-100, 2, "-1.00"},
        {7, 0, "7"},
        {-42, 0, "-42"},
        {1, 9, "0.000000001"},
        {9000000000000000, 9, "9000000.000000000"},
        {INT64_MAX, 9, "9223372036.854775807"},
        {INT64_MIN, 0, "-9223372036854775808"},
        {INT64_MIN, 2, "-92233720368547758.08"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[NUMBER_TEXT_MAX];
        assert_int_equal(decimal_print(text, cases[i].scaled, cases[i].places),
                         strlen(cases[i].text));
        assert_text(text, cases[i].text);
    }
}

static void test_decimal__print_agrees_with_printf(void **state)
{
    (void)state;
    for (int64_t i = 0; i < 200000; i++) {
        const int places = (int)(i % 10);
        const int64_t unit = (int64_t)number_pow10[places];
        const int64_t scaled = i * i * i * (i % 3 - 1); /* both signs and 0 */
        const int64_t size = scaled < 0 ? -scaled : scaled;
        char text[NUMBER_TEXT_MAX], expected[64], after[32] = "";
        if (places > 0)
            snprintf(after, sizeof after, ".%0*" PRId64, places, size % unit);
        snprintf(expected, sizeof expected, "%s%" PRId64 "%s", scaled < 0 ? "-" : "", size / unit,
                 after);
        assert_int_equal(decimal_print(text, scaled, places), strlen(expected));
        assert_text(text, expected);
    }
}

static void test_decimal__locale_changes_nothing(void **state)
{
    (void)state;
    if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "de_DE"))
        skip();
    char text[NUMBER_TEXT_MAX];
    int64_t small = 0, large = 0;
    bool done = decimal_round(&small, 1.5e-9, 9, ROUND_HALF_UP) &&
                decimal_round(&large, 123456789012345.6, 0, ROUND_HALF_UP);
    decimal_print(text, 9325, 2);
    setlocale(LC_ALL, "C");
    assert_true(done);
    assert_int_equal(small, 2);
    assert_int_equal(large, 123456789012346);
    assert_text(text, "93.25");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decimal__round_as_a_person_does),
        cmocka_unit_test(test_decimal__round_refuses),
        cmocka_unit_test(test_decimal__quick_way_agrees),
        cmocka_unit_test(test_decimal__scores_agree_with_whole_numbers),
        cmocka_unit_test(test_decimal__scores_of_large_numbers),
        cmocka_unit_test(test_decimal__round_agrees_with_division),
        cmocka_unit_test(test_decimal__round_agrees_with_the_printed_digits),
        cmocka_unit_test(test_decimal__muldiv),
        cmocka_unit_test(test_decimal__value_is_the_nearest_double),
        cmocka_unit_test(test_decimal__rounded_value_stays),
        cmocka_unit_test(test_decimal__print),
        cmocka_unit_test(test_decimal__print_agrees_with_printf),
        cmocka_unit_test(test_decimal__locale_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
