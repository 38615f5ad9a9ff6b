/*
 * date.c - days of the Gregorian calendar as numbers, counted from 1970-01-01 in both directions.
 *
 * A year is taken to begin in March, so that the leap day is its last and the months' lengths
 * follow one line; 400 years have 146097 days.
 */
#include "base/date.h"

#include <stdio.h>

#define DAYS_400_YEARS 146097
#define DAYS_TO_1970   719468 /* from 0000-03-01 */

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return days[month - 1] + (month == 2 && is_leap(year));
}

bool date_valid(int year, int month, int day)
{
    return year >= 1 && year <= 9999 && day >= 1 && day <= date_month_days(year, month);
}

int32_t date_days(int year, int month, int day)
{
    int from_march = (month + 9) % 12;
    int y = month <= 2 ? year - 1 : year;
    int era = (y >= 0 ? y : y - 399) / 400;
    int year_of_era = y - era * 400;
    int day_of_year = (153 * from_march + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_400_YEARS + day_of_era - DAYS_TO_1970;
}

void date_split(int32_t days, int *year, int *month, int *day)
{
    int64_t n = (int64_t)days + DAYS_TO_1970;
    int64_t era = (n >= 0 ? n : n - (DAYS_400_YEARS - 1)) / DAYS_400_YEARS;
    int day_of_era = (int)(n - era * DAYS_400_YEARS);
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int from_march = (5 * day_of_year + 2) / 153;
    *day = day_of_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = (int)(year_of_era + era * 400) + (*month <= 2);
}

size_t date_print(char *out, int32_t days)
{
    int year, month, day;
    date_split(days, &year, &month, &day);
    return (size_t)sprintf(out, "%04d-%02d-%02d", year, month, day);
}
