/*
 * test_number.c - decimal text to double and back, against strtod and printf.
 */
#include "check.h"

#include <errno.h>
#include <float.h>
#include <inttypes.h>
#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/number.h"

static uint64_t random_state = 20191231;

static uint64_t next_random(void)
{
    uint64_t z = (random_state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static void test_number__scan_reads_what_is_written(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t mantissa;
        int32_t exponent;
        bool negative, inexact;
        uint8_t places;
    } cases[] = {
        {"0", 0, 0, false, false, 0},
        {"-0", 0, 0, true, false, 0},
        {"+7", 7, 0, false, false, 0},
        {"21.16", 2116, -2, false, false, 2},
        {"-0.050", 50, -3, true, false, 3},
        {"007.5", 75, -1, false, false, 1},
        {"19040215.35", 1904021535, -2, false, false, 2},
        {"9999999999999999999", UINT64_C(9999999999999999999), 0, false, false, 0},
        {"99999999999999999999", UINT64_C(9999999999999999999), 1, false, true, 0},
        {"10000000000000000000000", UINT64_C(1000000000000000000), 4, false, false, 0},
        {"10000000000000000000001", UINT64_C(1000000000000000000), 4, false, true, 0},
        {"0.1234567890123456789", UINT64_C(1234567890123456789), -19, false, false, 19},
        {"0.12345678901234567890", UINT64_C(1234567890123456789), -19, false, false, 20},
        {"0.12345678901234567891", UINT64_C(1234567890123456789), -19, false, true, 20},
        {"1.000000000000000000000000", UINT64_C(1000000000000000000), -18, false, false, 24},
        {"12345678901234567890.5", UINT64_C(1234567890123456789), 1, false, true, 1},
        {"12345678901234567890.0", UINT64_C(1234567890123456789), 1, false, false, 1},
        {"0.00000000000000000000000000000000000000012", 12, -41, false, false, 41},
        {"-000000000000000000000000000000000021.16", 2116, -2, true, false, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decimal_text d = {0};
        const char *text = cases[i].text;
        if (!number_scan(&d, text, strlen(text)))
            fail_msg("'%s' is refused", text);
        if (d.mantissa != cases[i].mantissa || d.exponent != cases[i].exponent ||
            d.negative != cases[i].negative || d.inexact != cases[i].inexact ||
            d.places != cases[i].places)
            fail_msg("'%s' is %" PRIu64 "e%d, places %d, inexact %d", text, d.mantissa,
                     (int)d.exponent, d.places, d.inexact);
    }
}

static const char *const no_numbers[] = {
    "",
    "-",
    "+",
    ".",
    "-.",
    ".5",
    "5.",
    "1..2",
    "12..5",
    "1.2.3",
    "1e3",
    "1E3",
    "0x10",
    "inf",
    "nan",
    "-nan",
    "1,000",
    "1 000",
    " 1",
    "1 ",
    "--1",
    "+-1",
    "1-",
    "1+",
    "１",
    "1,5",
    "1'000",
    "5.-",
    "5.+1",
    "1_0",
    "1.5\n",
    "1/2",
    "1:",
    "45%",
    "abc",
    "-a",
    "1.a",
    "1.5a",
    "a1",
    "\xff",
    "12345678901234567890a",
    "12345678901234567890.",
    "123456789012345678901234.5.6",
    "1234567890123456789.12e4",
    "-.00000000000000000000000000000001",
};

static void test_number__scan_refuses_what_is_no_number(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof no_numbers / sizeof *no_numbers; i++) {
        struct decimal_text d = {.mantissa = 77};
        double x = 55;
        if (number_scan(&d, no_numbers[i], strlen(no_numbers[i])) ||
            number_parse(&x, no_numbers[i], strlen(no_numbers[i])))
            fail_msg("'%s' is taken", no_numbers[i]);
        assert_int_equal(d.mantissa, 77);
        assert_score_equal(x, 55);
    }
    struct decimal_text d;
    assert_false(number_scan(&d, NULL, 0));
    assert_false(number_scan(&d, "1\0", 2));
    assert_true(number_scan(&d, "12x", 2)); /* the length decides, not a NUL */
    assert_int_equal(d.mantissa, 12);
}

static void test_number__scan_counts_places_to_255(void **state)
{
    (void)state;
    char text[400];
    memset(text, '0', sizeof text);
    text[1] = '.';
    struct decimal_text d;
    assert_true(number_scan(&d, text, 2 + 255));
    assert_int_equal(d.places, 255);
    assert_true(number_scan(&d, text, 2 + 256));
    assert_int_equal(d.places, 255);
    assert_int_equal(d.mantissa, 0);
}

static void test_number__value_shifts_exactly(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int shift;
        double value;
    } cases[] = {
        {"21.16", 4, 211600},
        {"2.91", 8, 291000000},
        {"172.91", 4, 1729100},
        {"0.0001", 4, 1},
        {"45", -2, 0.45},
        {"-3", -3, -0.003},
        {"1516.666666", 4, 15166666.66},
        {"0", 300, 0},
        {"-0.00", 0, 0},
        {"9007199254740993", 0, 9007199254740992.0},
        {"9007199254740993", 1, 90071992547409930.0},
        {"1", 308, 1e308},
        {"1", -330, 0},
        {"-1", -330, 0},
        {"1", -2000000, 0},
        {"49", -325, 4.9e-324},
        {"17976931348623157", 292, DBL_MAX},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decimal_text d;
        double x = 77;
        assert_true(number_scan(&d, cases[i].text, strlen(cases[i].text)));
        assert_true(number_value(&x, &d, cases[i].shift));
        assert_score_equal(x, cases[i].value);
        assert_int_equal(signbit(x) != 0, cases[i].value < 0);
    }
}

static void test_number__value_refuses_infinity(void **state)
{
    (void)state;
    static const struct decimal_text cases[] = {
        {.mantissa = 1, .exponent = 309},
        {.mantissa = 18, .exponent = 307, .negative = true},
        {.mantissa = 1, .exponent = 401},
        {.mantissa = 1, .exponent = INT32_MAX},
    };
    errno = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double x = 77;
        assert_false(number_value(&x, &cases[i], 0));
        assert_false(number_value(&x, &cases[i], 1));
        assert_score_equal(x, 77);
    }
    assert_int_equal(errno, 0);
    double x;
    assert_true(
        number_value(&x, &(struct decimal_text){.mantissa = 1, .exponent = INT32_MIN}, INT32_MIN));
    assert_score_equal(x, 0);
}

/* A decimal of up to 19 digits, as tables have them: mostly short, some long, few absurd. */
static size_t make_decimal(char *out)
{
    uint64_t r = next_random();
    int digits = r % 4 == 0 ? 1 + (int)(next_random() % 19) : 1 + (int)(next_random() % 9);
    int places = (int)(next_random() % (uint64_t)(digits + 1));
    char *p = out;
    if (r & 16)
        *p++ = r & 32 ? '-' : '+';
    if (places == digits)
        *p++ = '0';
    for (int i = 0; i < digits; i++) {
        if (i == digits - places)
            *p++ = '.';
        *p++ = (char)('0' + next_random() % 10);
    }
    *p = '\0';
    return (size_t)(p - out);
}

static void test_number__parse_agrees_with_strtod(void **state)
{
    (void)state;
    char text[64], shifted[80];
    for (int i = 0; i < 400000; i++) {
        size_t len = make_decimal(text);
        int shift = (int)(next_random() % 60) - 30;
        struct decimal_text d;
        double x = NAN, y = NAN;
        snprintf(shifted, sizeof shifted, "%se%d", text, shift);
        if (!number_parse(&x, text, len) || x != strtod(text, NULL))
            fail_msg("'%s' is read as %.17g", text, x);
        if (!number_scan(&d, text, len) || !number_value(&y, &d, shift) ||
            y != strtod(shifted, NULL))
            fail_msg("'%s' is read as %.17g", shifted, y);
    }
}

static void test_number__print(void **state)
{
    (void)state;
    static const struct {
        double x;
        const char *text;
    } cases[] = {
        {0.0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-1, "-1"},
        {93.25, "93.25"},
        {0.1, "0.1"},
        {0.1 + 0.2, "0.3"},
        {-0.05, "-0.05"},
        {1e10 / 3 * 0.455, "1516666666.66667"},
        {2.0 / 3, "0.666666666666667"},
        {211600, "211600"},
        {999999999999999, "999999999999999"},
        {1e15, "1000000000000000"},
        {1234567890123456, "1234567890123460"},
        {1e20, "100000000000000000000"},
        {-1.5e20, "-150000000000000000000"},
        {1e21, "1e+21"},
        {1.5e21, "1.5e+21"},
        {1e-7, "0.0000001"},
        {1.25e-7, "0.000000125"},
        {9.9e-8, "9.9e-08"},
        {-1e-100, "-1e-100"},
        {DBL_MAX, "1.79769313486232e+308"},
        {DBL_MIN, "2.2250738585072e-308"},
        {4.9e-324, "4.94065645841247e-324"},
        {99999999999999.96, "100000000000000"},
        {999999999999999.9, "1000000000000000"},
        {9.9999999999999995, "10"},
        {0.00012345678901234567, "0.000123456789012346"},
        {100000000000000.5, "100000000000000"}, /* a tie in binary: to even, as printf does */
        {INFINITY, "inf"},
        {-INFINITY, "-inf"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[NUMBER_TEXT_MAX];
        assert_int_equal(number_print(text, cases[i].x), strlen(cases[i].text));
        assert_text(text, cases[i].text);
    }
}

/* The same by printf alone. */
static void print_by_printf(char *out, size_t cap, double x)
{
    char text[64];
    snprintf(text, sizeof text, "%.14e", x);
    int exponent = atoi(strchr(text, 'e') + 1);
    if (x == 0 || exponent < -7 || exponent >= 21) {
        snprintf(out, cap, "%.15g", x == 0 ? 0.0 : x);
    } else if (exponent < 15) {
        snprintf(out, cap, "%.*f", 14 - exponent, x);
        if (strchr(out, '.')) {
            char *end = out + strlen(out);
            while (end[-1] == '0')
                *--end = '\0';
            if (end[-1] == '.')
                *--end = '\0';
        }
    } else {
        *strchr(text, 'e') = '\0';
        char *point = strchr(text, '.');
        memmove(point, point + 1, strlen(point));
        snprintf(out, cap, "%s%.*s", text, exponent - 14, "000000000");
    }
}

static void check_print(double x)
{
    char text[NUMBER_TEXT_MAX], expected[400];
    memset(text, 'x', sizeof text);
    size_t len = number_print(text, x);
    print_by_printf(expected, sizeof expected, x);
    if (strcmp(text, expected) != 0 || len != strlen(expected))
        fail_msg("%.17g is written %s, expected %s", x, text, expected);
}

static double random_bits(void)
{
    uint64_t bits = next_random();
    double x;
    memcpy(&x, &bits, sizeof x);
    return isfinite(x) ? x : 1.5;
}

static void test_number__print_agrees_with_printf(void **state)
{
    (void)state;
    for (int i = 0; i < 150000; i++) {
        uint64_t r = next_random();
        check_print(random_bits());
        check_print((double)(r % 100000000) / 10000);
        check_print((double)(r % UINT64_C(2000000000000000)) / 10000); /* up to 16 digits */
        check_print(nextafter((double)(r % 100000000) / 10000, r & 1 ? 0 : INFINITY));
        check_print((double)(r % 1000) / (double)(1 + (r >> 20) % 1000));
        check_print(ldexp((double)(r >> 11), -(int)(r % 90)));
        check_print((double)(r >> 16) / 8); /* binary ties at 15 digits */
        check_print(-(double)(r >> 12) / 64);
        check_print((double)(r % 2000000) - 1000000);
    }
    for (int power = -12; power <= 25; power++) {
        double above = pow(10, power), below = above;
        for (int i = 0; i < 2000; i++) {
            check_print(above);
            check_print(-below);
            above = nextafter(above, INFINITY);
            below = nextafter(below, 0);
        }
    }
}

static void test_number__print_and_parse_close(void **state)
{
    (void)state;
    for (int i = 0; i < 200000; i++) {
        char text[NUMBER_TEXT_MAX];
        uint64_t r = next_random();
        double x = (double)(r % UINT64_C(1000000000000000)) / (double)number_pow10[(r >> 50) % 16];
        double y = -1;
        size_t len = number_print(text, x);
        if (x >= 1e-7 && (!number_parse(&y, text, len) || y != x))
            fail_msg("%.17g is written %s, read %.17g", x, text, y);
    }
}

static void test_number__digits_agree_with_printf(void **state)
{
    (void)state;
    uint64_t digits = 1;
    int exponent = 1;
    assert_true(number_digits(&digits, &exponent, -0.0));
    assert_int_equal(digits, 0);
    assert_int_equal(exponent, 0);
    assert_false(number_digits(&digits, &exponent, NAN));
    assert_false(number_digits(&digits, &exponent, INFINITY));
    assert_false(number_digits(&digits, &exponent, -INFINITY));
    for (int i = 0; i < 300000; i++) {
        double x = i % 2 ? random_bits() : ldexp((double)(next_random() >> 11), -(i / 2) % 80);
        char text[64], expected[64];
        snprintf(expected, sizeof expected, "%.14e", fabs(x));
        assert_true(number_digits(&digits, &exponent, x));
        exponent += x == 0 ? 0 : 14;
        snprintf(text, sizeof text, "%" PRIu64 ".%014" PRIu64 "e%c%02d", digits / number_pow10[14],
                 digits % number_pow10[14], exponent < 0 ? '-' : '+', abs(exponent));
        if (strcmp(text, expected) != 0)
            fail_msg("%.17g has digits %s", x, text);
    }
}

/* Numbers are read and written with a point where the program's locale has a comma. */
static void test_number__locale_changes_nothing(void **state)
{
    (void)state;
    static const double values[] = {1.5, 2.0 / 3, 1234567.891, 1e-9 / 7, 1.5e200, 1.25e14 + 0.3};
    char expected[6][NUMBER_TEXT_MAX];
    for (size_t i = 0; i < 6; i++)
        number_print(expected[i], values[i]);
    if (!setlocale(LC_ALL, "de_DE.UTF-8") && !setlocale(LC_ALL, "de_DE"))
        skip();
    char text[NUMBER_TEXT_MAX];
    snprintf(text, sizeof text, "%.1f", 1.5);
    bool comma = strcmp(text, "1,5") == 0;
    bool same = true;
    double x = 0, y = 0;
    for (size_t i = 0; i < 6; i++) {
        number_print(text, values[i]);
        same = same && strcmp(text, expected[i]) == 0;
    }
    bool parsed = number_parse(&x, "1.5", 3) && number_parse(&y, "12345678901234567.25", 20);
    bool refused = !number_parse(&x, "1,5", 3);
    setlocale(LC_ALL, "C");
    assert_true(comma);
    assert_true(same && parsed && refused);
    assert_score_equal(x, 1.5);
    assert_score_equal(y, 12345678901234567.25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_number__scan_reads_what_is_written),
        cmocka_unit_test(test_number__scan_refuses_what_is_no_number),
        cmocka_unit_test(test_number__scan_counts_places_to_255),
        cmocka_unit_test(test_number__value_shifts_exactly),
        cmocka_unit_test(test_number__value_refuses_infinity),
        cmocka_unit_test(test_number__parse_agrees_with_strtod),
        cmocka_unit_test(test_number__print),
        cmocka_unit_test(test_number__print_agrees_with_printf),
        cmocka_unit_test(test_number__print_and_parse_close),
        cmocka_unit_test(test_number__digits_agree_with_printf),
        cmocka_unit_test(test_number__locale_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
