/*
 * number.c - numbers and dates of cells as a person would write them.
 */
#include "xlsx.h"

#include <stdio.h>
#include <string.h>

#define KEPT       17 /* digits that a double may need */
#define SHOWN      15 /* digits that Excel shows, and all that a number means */
#define POINT_MAX  340
#define SERIAL_MAX 2958465 /* 9999-12-31 */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* One digit more, of the whole part or behind the point. */
static void add_digit(struct digits *d, char c, bool whole, bool *more)
{
    if (d->n == 0 && c == '0') {
        d->point -= !whole;
        return;
    }
    if (d->n < KEPT + 1)
        d->text[d->n++] = c;
    else
        *more = *more || c != '0';
    d->point += whole;
}

static bool read_exponent(int *out, const char **p, const char *end)
{
    int sign = 1, n = 0;
    const char *at = *p + 1;
    if (at < end && (*at == '+' || *at == '-'))
        sign = *at++ == '-' ? -1 : 1;
    if (at == end)
        return false;
    for (; at < end && is_digit(*at); at++)
        n = n < 10000 ? n * 10 + (*at - '0') : n;
    *out = sign * n;
    *p = at;
    return true;
}

/* To `n` digits, half up. */
static void round_to(struct digits *d, int n)
{
    bool up = d->n > n && d->text[n] >= '5';
    if (d->n > n)
        d->n = n;
    for (int i = d->n - 1; up && i >= 0; i--) {
        up = d->text[i] == '9';
        d->text[i] = up ? '0' : (char)(d->text[i] + 1);
    }
    if (up) {
        d->text[0] = '1';
        d->n = 1;
        d->point++;
    }
}

bool digits_read(struct digits *out, const char *text, size_t len)
{
    const char *p = text, *end = text + len;
    bool any = false, whole = true, more = false;
    int exponent = 0;
    *out = (struct digits){0};
    if (p < end && (*p == '-' || *p == '+'))
        out->negative = *p++ == '-';
    for (; p < end && (is_digit(*p) || (*p == '.' && whole)); p++) {
        if (*p == '.') {
            whole = false;
        } else {
            add_digit(out, *p, whole, &more);
            any = true;
        }
    }
    if (any && p < end && (*p == 'e' || *p == 'E') && !read_exponent(&exponent, &p, end))
        return false;
    if (!any || p != end)
        return false;
    out->point += exponent;
    out->lost = out->n > 0 && out->point > SHOWN;
    round_to(out, out->lost ? KEPT : SHOWN);
    while (out->n > 0 && out->text[out->n - 1] == '0')
        out->n--;
    if (out->n == 0)
        *out = (struct digits){0};
    return true;
}

size_t digits_print(char *out, const struct digits *d)
{
    size_t len = 0;
    if (d->point > POINT_MAX || d->point < -POINT_MAX)
        return 0;
    if (d->negative)
        out[len++] = '-';
    if (d->point <= 0)
        out[len++] = '0';
    for (int i = 0; i < d->point; i++)
        out[len++] = i < d->n ? d->text[i] : '0';
    if (d->n > d->point)
        out[len++] = '.';
    for (int i = d->point; i < d->n; i++)
        out[len++] = i < 0 ? '0' : d->text[i];
    return len;
}

/* The days of a serial number, and the seconds of the day; false where it is none. */
static bool read_serial(const struct digits *d, int32_t *days, int32_t *seconds)
{
    double fraction = 0, place = 0.1;
    int32_t whole = 0;
    if (d->negative || d->point > 7)
        return false;
    for (int i = 0; i < d->point; i++)
        whole = whole * 10 + (i < d->n ? d->text[i] - '0' : 0);
    for (int i = d->point; i < d->n; i++, place /= 10)
        fraction += i < 0 ? 0 : (d->text[i] - '0') * place;
    *days = whole;
    *seconds = (int32_t)(fraction * 86400 + 0.5);
    return whole <= SERIAL_MAX;
}

/* The day of a number of days since 1970-01-01: Hinnant, "chrono-compatible low-level date
 * algorithms", for days after the year 0. */
static void split_days(int32_t days, int *year, int *month, int *day)
{
    const int32_t z = days + 719468, era = z / 146097, doe = z - era * 146097;
    const int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    *day = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = yoe + era * 400 + (*month <= 2);
}

#define DAYS_1900                                                                   \
    (-25569) /* 1899-12-30, from which days after the leap day that never was count \
              */
#define DAYS_1904 (-24107)
#define LEAP_DAY  60 /* 1900-02-29 */

size_t digits_print_date(char *out, const struct digits *d, enum shown shown, bool from_1904)
{
    int32_t days, seconds;
    int year, month, day;
    if (!read_serial(d, &days, &seconds))
        return 0;
    if (shown == SHOWN_TIME || shown == SHOWN_HOURS) {
        const int32_t hours = (shown == SHOWN_HOURS ? days * 24 : 0) + seconds / 3600;
        return (size_t)snprintf(out, NUMBER_MAX, "%d:%02d:%02d", (int)hours,
                                (int)(seconds / 60 % 60), (int)(seconds % 60));
    }
    if (!from_1904 && (days == 0 || days == LEAP_DAY))
        return 0;
    split_days(days + (from_1904 ? DAYS_1904 : DAYS_1900 + (days < LEAP_DAY)), &year, &month, &day);
    if (year > 9999)
        return 0;
    if (shown == SHOWN_MONTH)
        return (size_t)snprintf(out, NUMBER_MAX, "%d年%d月", year, month);
    if (shown == SHOWN_YEAR)
        return (size_t)snprintf(out, NUMBER_MAX, "%d", year);
    return (size_t)snprintf(out, NUMBER_MAX, "%04d-%02d-%02d", year, month, day);
}
