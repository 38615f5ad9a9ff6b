/*
 * date.h - days of the Gregorian calendar as numbers, no time zone, no clock.
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool date_valid(int year, int month, int day);   /* years 1 to 9999 */
int32_t date_days(int year, int month, int day); /* days since 1970-01-01; the date must be valid */
void date_split(int32_t days, int *year, int *month, int *day);
int date_month_days(int year, int month);
size_t date_print(char *out, int32_t days); /* "2019-12-31"; 16 bytes */

#endif
