/*
 * test_date.c - the calendar, against counting day by day.
 */
#include "check.h"

#include "base/date.h"

static void test_date__every_day_counts_one(void **state)
{
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t expected = -719162; /* 0001-01-01 */
    for (int year = 1; year <= 9999; year++) {
        int leap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0);
        for (int month = 1; month <= 12; month++) {
            int last = lengths[month - 1] + (month == 2 ? leap : 0);
            if (date_month_days(year, month) != last || date_valid(year, month, last + 1))
                fail_msg("%d-%d has %d days", year, month, date_month_days(year, month));
            for (int day = 1; day <= last; day++, expected++) {
                int y, m, d;
                date_split(expected, &y, &m, &d);
                if (!date_valid(year, month, day) || date_days(year, month, day) != expected ||
                    y != year || m != month || d != day)
                    fail_msg("%04d-%02d-%02d is day %d", year, month, day, expected);
            }
        }
    }
}

static void test_date__known_days(void **state)
{
    (void)state;
    static const struct {
        int year, month, day;
        int32_t days;
        const char *text;
    } cases[] = {
        {1970, 1, 1, 0, "1970-01-01"},      {1969, 12, 31, -1, "1969-12-31"},
        {2000, 2, 29, 11016, "2000-02-29"}, {2019, 12, 31, 18261, "2019-12-31"},
        {2020, 3, 1, 18322, "2020-03-01"},  {1900, 3, 1, -25508, "1900-03-01"},
        {1, 1, 1, -719162, "0001-01-01"},   {9999, 12, 31, 2932896, "9999-12-31"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[16];
        assert_int_equal(date_days(cases[i].year, cases[i].month, cases[i].day), cases[i].days);
        assert_int_equal(date_print(text, cases[i].days), 10);
        assert_text(text, cases[i].text);
    }
}

static void test_date__what_is_no_date(void **state)
{
    (void)state;
    static const int cases[][3] = {
        {0, 1, 1},     {-1, 1, 1},    {10000, 1, 1}, {2019, 0, 1},  {2019, 13, 1},
        {2019, -1, 1}, {2019, 1, 0},  {2019, 1, 32}, {2019, 2, 29}, {1900, 2, 29},
        {2019, 4, 31}, {2019, 1, -1}, {2000, 2, 30},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_false(date_valid(cases[i][0], cases[i][1], cases[i][2]));
    assert_int_equal(date_month_days(2019, 0), 0);
    assert_int_equal(date_month_days(2019, 13), 0);
}

/* Outside the valid years the functions still hold together: no overflow, text within its 16 bytes.
 */
static void test_date__extreme_day_numbers(void **state)
{
    (void)state;
    static const int32_t cases[] = {INT32_MIN, INT32_MIN + 1, -719163, 2932897, INT32_MAX};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[16];
        int year, month, day;
        date_split(cases[i], &year, &month, &day);
        assert_in_range(month, 1, 12);
        assert_in_range(day, 1, 31);
        assert_false(date_valid(year, month, day));
        assert_true(date_print(text, cases[i]) < sizeof text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_date__every_day_counts_one),
        cmocka_unit_test(test_date__known_days),
        cmocka_unit_test(test_date__what_is_no_date),
        cmocka_unit_test(test_date__extreme_day_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
