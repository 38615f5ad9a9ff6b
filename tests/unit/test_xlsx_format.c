/*
 * test_xlsx_format.c - number formats and numbers of workbooks: what is shown, and how it is
 * written.
 */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "xlsx.h"

static const struct {
    const char *code;
    uint8_t shown;
    bool doubtful;
    const char *prefix, *suffix;
} formats[] = {
    {"General", SHOWN_NUMBER, false, "", ""},
    {"0", SHOWN_NUMBER, false, "", ""},
    {"#,##0.00", SHOWN_NUMBER, false, "", ""},
    {"0.00_);[Red]\\(0.00\\)", SHOWN_NUMBER, false, "", ""},
    {"_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", SHOWN_NUMBER, false, "", ""},
    {"\"¥\"#,##0.00;\"¥\"\\-#,##0.00", SHOWN_NUMBER, false, "", ""},
    {"[$¥-804]#,##0.00", SHOWN_NUMBER, false, "", ""},
    {"[DBNum1][$-804]General", SHOWN_NUMBER, false, "", ""},
    {"0.00E+00", SHOWN_NUMBER, false, "", ""},
    {"# ?/?", SHOWN_NUMBER, true, "", ""},
    {"General\"人\"", SHOWN_NUMBER, false, "", "人"},
    {"G/通用格式\"人\"", SHOWN_NUMBER, false, "", "人"},
    {"0%", SHOWN_PERCENT, false, "", ""},
    {"0.00%", SHOWN_PERCENT, false, "", ""},
    {"\"≥\"0%", SHOWN_PERCENT, false, "≥", ""},
    {"0\"%\"", SHOWN_NUMBER, false, "", "%"},
    {"0\\%", SHOWN_NUMBER, false, "", "%"},
    {"0\"人次\"", SHOWN_NUMBER, false, "", "人次"},
    {"\"≥\"#,##0\"万元\"", SHOWN_NUMBER, false, "≥", "万元"},
    {"0万元", SHOWN_NUMBER, false, "", "万元"},
    {"0,", SHOWN_NUMBER, true, "", ""},
    {"0.0,,\"百万\"", SHOWN_NUMBER, true, "", ""},
    {"0!.0,\"万\"", SHOWN_NUMBER, true, "", ""},
    {"000\"-\"0000", SHOWN_NUMBER, true, "", ""},
    {"[>100]0;0.0", SHOWN_NUMBER, true, "", ""},
    {";;;", SHOWN_NUMBER, true, "", ""},
    {"\"有\"", SHOWN_NUMBER, true, "", ""},
    {"0%%", SHOWN_PERCENT, true, "", ""},
    {"yyyy-mm-dd", SHOWN_DATE, false, "", ""},
    {"yyyy\"年\"m\"月\"d\"日\"", SHOWN_DATE, false, "", ""},
    {"[$-804]yyyy\"年\"m\"月\"d\"日\";@", SHOWN_DATE, false, "", ""},
    {"m/d/yy h:mm", SHOWN_DATE, false, "", ""},
    {"d-mmm", SHOWN_DATE, false, "", ""},
    {"yyyy\"年\"m\"月\"", SHOWN_MONTH, false, "", ""},
    {"mmm-yy", SHOWN_MONTH, false, "", ""},
    {"yyyy", SHOWN_YEAR, false, "", ""},
    {"h:mm:ss AM/PM", SHOWN_TIME, false, "", ""},
    {"[h]:mm", SHOWN_HOURS, false, "", ""},
    {"mm:ss", SHOWN_TIME, false, "", ""},
    {"@", SHOWN_TEXT, false, "", ""},
    {"\"", SHOWN_NUMBER, true, "", ""},
    {"[", SHOWN_NUMBER, true, "", ""},
    {"\\", SHOWN_NUMBER, true, "", ""},
    {"0\"一二三四五六七八九十一二三四五六七八九十\"", SHOWN_NUMBER, true, "", ""},
};

static void test_format_read__table(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct format f;
        format_read(&f, formats[i].code);
        if (f.shown != formats[i].shown || f.doubtful != formats[i].doubtful ||
            strcmp(f.positive.before, formats[i].prefix) != 0 ||
            strcmp(f.positive.behind, formats[i].suffix) != 0)
            fail_msg("%s: shown %d, doubtful %d, '%s', '%s'", formats[i].code, f.shown, f.doubtful,
                     f.positive.before, f.positive.behind);
    }
}

static const struct {
    const char *code;
    bool is_unsigned, doubtful;
    const char *before, *behind;
} negatives[] = {
    {"0.00", false, false, "", ""},       {"0\"人\"", false, false, "", "人"},
    {"0.00;-0.00", false, false, "", ""}, {"0.00_);[Red]\\(0.00\\)", false, false, "", ""},
    {"0;[Red]0", false, false, "", ""},   {"\"增长\"0%;\"下降\"0%", true, false, "下降", ""},
    {"0;\"负\"", true, true, "", ""},
};

static void test_format_read__negative(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof negatives / sizeof *negatives; i++) {
        struct format f;
        format_read(&f, negatives[i].code);
        if (f.unsigned_ != negatives[i].is_unsigned || f.doubtful != negatives[i].doubtful ||
            strcmp(f.negative.before, negatives[i].before) != 0 ||
            strcmp(f.negative.behind, negatives[i].behind) != 0)
            fail_msg("%s: %d, doubtful %d, '%s', '%s'", negatives[i].code, f.unsigned_, f.doubtful,
                     f.negative.before, f.negative.behind);
    }
}

static void test_format_read__zeros(void **state)
{
    static const struct {
        const char *code;
        unsigned zeros;
    } cases[] = {{"0", 0},     {"000000", 6}, {"00", 2}, {"0.00", 0},
                 {"#,##0", 0}, {"#00", 0},    {"00%", 0}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct format f;
        format_read(&f, cases[i].code);
        assert_int_equal(f.zeros, cases[i].zeros);
    }
}

static const struct {
    const char *written, *printed;
    bool lost;
} numbers[] = {
    {"0", "0", false},
    {"-0", "0", false},
    {"0.0", "0", false},
    {"1", "1", false},
    {"-12.50", "-12.5", false},
    {"0.92000000000000004", "0.92", false},
    {"0.30000000000000004", "0.3", false},
    {"1E-3", "0.001", false},
    {"1.5e3", "1500", false},
    {"1E+20", "100000000000000000000", true},
    {"387664.62", "387664.62", false},
    {"0.1234567890123456", "0.123456789012346", false},
    {"999999999999999.9", "1000000000000000", false},
    {"9999999999999.99", "9999999999999.99", false},
    {"99999999999999.99", "100000000000000", false},
    {"123456789012345", "123456789012345", false},
    {"1234567890123456", "1234567890123456", true},
    {"12345678901234567", "12345678901234567", true},
    {"43062419990101123", "43062419990101123", true},
    {"1.23456789012345E+16", "12345678901234500", true},
    {"123456789012345678", "123456789012345680", true},
    {"9.9999999999999995", "10", false},
    {".5", "0.5", false},
    {"5.", "5", false},
    {"", NULL, false},
    {"abc", NULL, false},
    {"1.2.3", NULL, false},
    {"1e", NULL, false},
    {"1e+", NULL, false},
    {"0x10", NULL, false},
    {"1 2", NULL, false},
    {"NaN", NULL, false},
};

static void test_digits__table(void **state)
{
    char out[NUMBER_MAX];
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct digits d;
        const bool read = digits_read(&d, numbers[i].written, strlen(numbers[i].written));
        if (read != (numbers[i].printed != NULL))
            fail_msg("'%s' was%s read", numbers[i].written, read ? "" : " not");
        if (!read)
            continue;
        const size_t len = digits_print(out, &d);
        if (len != strlen(numbers[i].printed) || memcmp(out, numbers[i].printed, len) != 0 ||
            d.lost != numbers[i].lost)
            fail_msg("%s: '%.*s', lost %d", numbers[i].written, (int)len, out, d.lost);
    }
}

/* Every double that a person would write with up to 15 digits, as spreadsheets write it with 17. */
static void test_digits__come_back(void **state)
{
    uint64_t seed = 1;
    (void)state;
    for (int i = 0; i < 200000; i++) {
        char written[64], short_form[64], out[NUMBER_MAX];
        struct digits d;
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        const int places = (int)(seed >> 60) % 8;
        const double x =
            (double)(int64_t)((seed >> 20) % 1000000000000) /
            (double)(int[]){1, 10, 100, 1000, 10000, 100000, 1000000, 10000000}[places];
        snprintf(written, sizeof written, "%.17g", x);
        assert_true(digits_read(&d, written, strlen(written)));
        out[digits_print(out, &d)] = '\0';
        snprintf(short_form, sizeof short_form, "%.15g", x);
        if (strchr(short_form, 'e') == NULL)
            assert_string_equal(out, short_form);
    }
}

static const struct {
    const char *serial;
    enum shown shown;
    bool from_1904;
    const char *printed; /* NULL: no such day */
} dates[] = {
    {"1", SHOWN_DATE, false, "1900-01-01"},
    {"59", SHOWN_DATE, false, "1900-02-28"},
    {"60", SHOWN_DATE, false, NULL}, /* the leap day that never was */
    {"61", SHOWN_DATE, false, "1900-03-01"},
    {"0", SHOWN_DATE, false, NULL},
    {"43606", SHOWN_DATE, false, "2019-05-21"},
    {"43606.75", SHOWN_DATE, false, "2019-05-21"},
    {"42144", SHOWN_DATE, true, "2019-05-21"},
    {"0", SHOWN_DATE, true, "1904-01-01"},
    {"43890", SHOWN_DATE, false, "2020-02-29"},
    {"36526", SHOWN_DATE, false, "2000-01-01"},
    {"2958465", SHOWN_DATE, false, "9999-12-31"},
    {"2958466", SHOWN_DATE, false, NULL},
    {"2958465", SHOWN_DATE, true, NULL},
    {"-1", SHOWN_DATE, false, NULL},
    {"43606", SHOWN_MONTH, false, "2019年5月"},
    {"43606", SHOWN_YEAR, false, "2019"},
    {"0.3541666666666667", SHOWN_TIME, false, "8:30:00"},
    {"1.25", SHOWN_HOURS, false, "30:00:00"},
    {"43606.25", SHOWN_TIME, false, "6:00:00"},
};

static void test_digits__dates(void **state)
{
    char out[NUMBER_MAX];
    (void)state;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        struct digits d;
        assert_true(digits_read(&d, dates[i].serial, strlen(dates[i].serial)));
        const size_t len = digits_print_date(out, &d, dates[i].shown, dates[i].from_1904);
        if (len != (dates[i].printed ? strlen(dates[i].printed) : 0) ||
            (len && memcmp(out, dates[i].printed, len) != 0))
            fail_msg("%s: '%.*s'", dates[i].serial, (int)len, out);
    }
}

static void test_unescape__table(void **state)
{
    static const char *const cases[][2] = {{"a_x000D_b", "a\rb"},      {"_x005F_x000D_", "_x000D_"},
                                           {"_x4E00_", "一"},          {"_x00_", "_x00_"},
                                           {"_x000d__x000A_", "\r\n"}, {"_x0000_", "_x0000_"},
                                           {"_xD83D__xDE00_", "😀"},    {"_xD83D_x", "_xD83D_x"},
                                           {"_xDE00_", "_xDE00_"},     {"_x00e9_", "é"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[32];
        snprintf(text, sizeof text, "%s", cases[i][0]);
        text[unescape(text, strlen(text))] = '\0';
        assert_string_equal(text, cases[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_format_read__table), cmocka_unit_test(test_format_read__negative),
        cmocka_unit_test(test_format_read__zeros), cmocka_unit_test(test_digits__table),
        cmocka_unit_test(test_digits__come_back),  cmocka_unit_test(test_digits__dates),
        cmocka_unit_test(test_unescape__table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
