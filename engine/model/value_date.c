/*
 * value_date.c - dates and deadlines as written. A table of shapes says how a date may look; what
 * follows it (前, 内) says whether it is a day or a deadline.
 */
#include <string.h>

#include "base/date.h"
#include "model/value_parts.h"

/* What a date shape names. A deadline "before" it: before a day or an end is that day itself,
 * before a month or a year is the day before its first. */
enum span {
    SPAN_DAY,
    SPAN_MONTH,     /* its last day */
    SPAN_MONTH_END, /* 9月底 */
    SPAN_YEAR,
    SPAN_YEAR_END, /* 年底 */
    SPAN_YEAR_WORD /* 年: only with 内 behind it */
};

/* Y: four digits; M, D: one or two; the rest as it stands. `plain`: also a range or a fraction, so
 * a date only where month and year are likely. */
static const struct shape {
    const char *text;
    enum span span;
    bool plain;
} shapes[] = {
    {"Y年M月D日", SPAN_DAY, false},
    {"Y年M月D号", SPAN_DAY, false},
    {"Y-M-D", SPAN_DAY, false},
    {"Y/M/D", SPAN_DAY, false},
    {"Y.M.D", SPAN_DAY, false},
    {"Y年M月底", SPAN_MONTH_END, false},
    {"Y年M月末", SPAN_MONTH_END, false},
    {"Y年M月份", SPAN_MONTH, false},
    {"Y年M月", SPAN_MONTH, false},
    {"Y-M", SPAN_MONTH, true},
    {"Y/M", SPAN_MONTH, true},
    {"M月D日", SPAN_DAY, false},
    {"M月D号", SPAN_DAY, false},
    {"M月底", SPAN_MONTH_END, false},
    {"M月末", SPAN_MONTH_END, false},
    {"M月份", SPAN_MONTH, false},
    {"M月", SPAN_MONTH, false},
    {"Y年底", SPAN_YEAR_END, false},
    {"Y年末", SPAN_YEAR_END, false},
    {"Y年年底", SPAN_YEAR_END, false},
    {"Y年", SPAN_YEAR, true},
    {"Y年度", SPAN_YEAR, true},
    {"年底", SPAN_YEAR_END, false},
    {"年末", SPAN_YEAR_END, false},
    {"本年底", SPAN_YEAR_END, false},
    {"当年底", SPAN_YEAR_END, false},
    {"年", SPAN_YEAR_WORD, false},
    {"本年", SPAN_YEAR_WORD, false},
    {"当年", SPAN_YEAR_WORD, false},
    {"年度", SPAN_YEAR_WORD, false},
    {"本年度", SPAN_YEAR_WORD, false},
};

/* A shape found; parts that it does not name are 0. */
struct found {
    const struct shape *shape;
    size_t len;
    int year, month, day;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Reads at least `least` and at most `most` digits with no further one behind them. */
static size_t take_digits(int *out, const char *text, const char *end, size_t least, size_t most)
{
    size_t n = 0;
    *out = 0;
    while (text + n < end && is_digit(text[n])) {
        if (n == most)
            return 0;
        *out = *out * 10 + (text[n++] - '0');
    }
    return n >= least ? n : 0;
}

static size_t match_shape(struct found *out, const struct shape *shape, const char *text,
                          const char *end)
{
    const char *p = text;
    *out = (struct found){.shape = shape};
    for (const char *s = shape->text; *s; s++) {
        if (*s == 'Y' || *s == 'M' || *s == 'D') {
            int *part = *s == 'Y' ? &out->year : *s == 'M' ? &out->month : &out->day;
            size_t n = take_digits(part, p, end, *s == 'Y' ? 4 : 1, *s == 'Y' ? 4 : 2);
            if (n == 0)
                return 0;
            p += n;
        } else if (p == end || *p++ != *s) {
            return 0;
        }
    }
    if (shape->plain && (out->year < 1900 || out->year > 2100 || out->month > 12 ||
                         (shape->span == SPAN_MONTH && out->month < 1)))
        return 0;
    return (size_t)(p - text);
}

/* Whether a shape can begin as a text does: the digits in front and the byte behind them. */
static bool may_match(const struct shape *shape, size_t digits, const char *next, const char *end)
{
    if (*shape->text != 'Y' && *shape->text != 'M')
        return digits == 0;
    return next < end && *next == shape->text[1] &&
           (*shape->text == 'Y' ? digits == 4 : digits == 1 || digits == 2);
}

static bool find_shape(struct found *out, const char *text, const char *end)
{
    size_t digits = 0;
    while (digits < 5 && text + digits < end && is_digit(text[digits]))
        digits++;
    out->len = 0;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct found found;
        if (!may_match(&shapes[i], digits, text + digits, end))
            continue;
        size_t n = match_shape(&found, &shapes[i], text, end);
        if (n > out->len) {
            *out = found;
            out->len = n;
        }
    }
    return out->len > 0;
}

/* A time of day behind a date, as databases and workbooks add it; it says nothing here. */
static size_t skip_time(const char *text, const char *end)
{
    const char *p = text;
    if (end - p < 5 || (*p != ' ' && *p != 'T') || !is_digit(p[1]))
        return 0;
    p++;
    while (p < end && (is_digit(*p) || *p == ':' || *p == '.'))
        p++;
    if (p < end && *p == 'Z')
        p++;
    return memchr(text, ':', (size_t)(p - text)) ? (size_t)(p - text) : 0;
}

/* Words may follow a deadline (完成支付) and, where they say "done", a date; numbers may not. */
static bool is_words(const char *text, const char *end, bool deadline)
{
    const char *done = "完成";
    for (const char *p = text; p < end; p++)
        if ((unsigned char)*p < 0x80)
            return false;
    size_t len = (size_t)(end - text);
    return deadline || len == 0 || (len >= strlen(done) && memcmp(text, done, strlen(done)) == 0);
}

/* The day that is meant, in days since 1970. False: there is no such day. */
static bool find_day(double *out, const struct found *f, bool before)
{
    enum span span = f->shape->span;
    int month = f->month, day = f->day;
    if (span == SPAN_YEAR || span == SPAN_YEAR_END || span == SPAN_YEAR_WORD)
        month = before && span == SPAN_YEAR ? 1 : 12;
    if (span != SPAN_DAY) {
        if (f->year < 1 || month < 1 || month > 12)
            return false;
        bool first = before && (span == SPAN_MONTH || span == SPAN_YEAR);
        day = first ? 1 : date_month_days(f->year, month);
        before = first;
    } else {
        before = false;
    }
    if (!date_valid(f->year, month, day))
        return false;
    *out = date_days(f->year, month, day) - (before ? 1 : 0);
    return true;
}

/* Whether a sign may stand in front of a date, and what it makes of it. */
static bool fit_sign(enum sign sign, bool *deadline, bool *strictly)
{
    if (sign == SIGN_LE || sign == SIGN_BY || sign == SIGN_LT)
        *deadline = true;
    *strictly = sign == SIGN_LT;
    return *deadline || sign == SIGN_NONE || sign == SIGN_EQ;
}

bool value_read_date(struct value *out, struct reading *r)
{
    struct found f = {0};
    bool strictly = false;
    if (!find_shape(&f, r->at, r->end) || (r->flags & (VALUE_UP | VALUE_DOWN)))
        return false;
    const char *rest = r->at + f.len;
    if (f.shape->span == SPAN_DAY)
        rest += skip_time(rest, r->end);
    const struct form *form = value_form_at(rest, (size_t)(r->end - rest), FORM_DEADLINE);
    bool deadline = form != NULL, before = form && form->means == MEANS_BEFORE;
    if (form)
        rest += strlen(form->text);
    if (f.shape->span == SPAN_YEAR_WORD && (!form || before))
        return false;
    if (!fit_sign(r->sign, &deadline, &strictly) || !is_words(rest, r->end, form != NULL))
        return false;
    if (f.year == 0 && strchr(f.shape->text, 'Y') == NULL)
        f.year = r->context->year;
    out->kind = VALUE_BAD;
    if (!find_day(&out->num, &f, before))
        return true;
    out->num -= strictly;
    out->kind = deadline ? VALUE_BY : VALUE_DATE;
    out->sign = deadline ? SIGN_BY : SIGN_NONE;
    out->flags = r->flags & VALUE_APPROXIMATE;
    return true;
}
