/*
 * value_number.c - numbers as written: thousands in groups, what stands around a number, units,
 * ranges. Comes after the words in front were taken (value.c) and no date was found (value_date.c).
 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "model/value_parts.h"

#define UNIT_MAX 96 /* bytes of a counting word */

/* A number with what follows it, before it is brought to a unit. */
struct quantity {
    struct decimal_text number;
    int power;     /* of the multiple, where nothing follows that */
    bool multiple; /* 45万 */
    uint32_t unit;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Copies a run of digits; false where it is over-long. */
static bool copy_digits(char out[VALUE_DIGITS_MAX], size_t *used, const char *text, size_t n)
{
    if (*used + n > VALUE_DIGITS_MAX)
        return false;
    memcpy(out + *used, text, n);
    *used += n;
    return true;
}

static size_t count_digits(const char *text, const char *end)
{
    const char *p = text;
    while (p < end && is_digit(*p))
        p++;
    return (size_t)(p - text);
}

size_t value_number_at(struct decimal_text *out, const char *text, size_t len)
{
    char digits[VALUE_DIGITS_MAX];
    size_t used = 0;
    const char *p = text, *end = text + len;
    if (p < end && (*p == '-' || *p == '+'))
        digits[used++] = *p++;
    size_t n = count_digits(p, end);
    if (n == 0 || !copy_digits(digits, &used, p, n))
        return 0;
    p += n;
    size_t first = n;
    for (char separator = 0; p + 1 < end && (*p == ',' || *p == ' ') && is_digit(p[1]);) {
        if (separator && *p != separator)
            return 0;
        separator = *p++;
        n = count_digits(p, end);
        if (first > 3 || n != 3 || !copy_digits(digits, &used, p, n))
            return 0;
        p += n;
    }
    if (p + 1 < end && *p == '.' && is_digit(p[1])) {
        n = 1 + count_digits(p + 1, end);
        if (!copy_digits(digits, &used, p, n))
            return 0;
        p += n;
    }
    return number_scan(out, digits, used) ? (size_t)(p - text) : 0;
}

bool value_convert(double *out, const struct decimal_text *d, int power, const struct units *units,
                   uint32_t unit)
{
    const struct unit *u = unit == UNIT_NONE ? NULL : units_get(units, unit);
    if (!u)
        return number_value(out, d, power);
    if (u->decimal)
        return number_value(out, d, power + u->shift);
    double number;
    if (!number_value(&number, d, power) || !isfinite(number * u->scale))
        return false;
    *out = number * u->scale;
    return true;
}

static bool begins_with(const char *text, size_t len, const char *head)
{
    size_t n = strlen(head);
    return n <= len && memcmp(text, head, n) == 0;
}

static bool ends_with(const char *text, size_t len, const char *tail)
{
    size_t n = strlen(tail);
    return n <= len && memcmp(text + len - n, tail, n) == 0;
}

/* 6月投产, 15日前: days of a calendar; 5到, 5万万: numbers that go on. */
static bool begins_or_ends_wrong(const char *text, size_t len)
{
    static const char *const heads[] = {"月", "日", "号", "万", "亿"};
    static const char *const tails[] = {"前", "后", "底", "末", "初", "到"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if (begins_with(text, len, heads[i]))
            return true;
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        if (ends_with(text, len, tails[i]))
            return true;
    return *text == '/' || *text == '*' || text[len - 1] == '/' || text[len - 1] == '*';
}

/* Letters of words: Latin to Cyrillic, and what is written in East Asia; no marks, no figures. */
static bool is_word_letter(uint32_t c)
{
    return (c < 0x80 && is_letter((char)c)) || (c >= 0xC0 && c < 0x530 && c != 0xD7 && c != 0xF7) ||
           c == 0x3005 || c == 0x3007 || (c >= 0x3040 && c < 0x3200) ||
           (c >= 0x3400 && c < 0xE000) || (c >= 0xF900 && c < 0xFB00) ||
           (c >= 0x20000 && c < 0x40000);
}

/* Whether a text that no INI knows can be a counting word: letters, no lone one of ASCII, and
 * nothing that turns the number round (3个未完成). */
static bool is_counting_word(const char *text, size_t len)
{
    static const char *const wrong[] = {"未", "不", "没", "至", "超过", "//", "/*", "*/", "**"};
    if (len == 0 || len > UNIT_MAX || begins_or_ends_wrong(text, len))
        return false;
    for (size_t i = 0, n; i < len; i += n) {
        uint32_t c = text_next(text + i, len - i, &n);
        if (!is_word_letter(c) && !(c < 0x80 && strchr(" /*&()", (int)c)))
            return false;
    }
    /* 1O户, 2l人: a letter that was meant as a digit. */
    if (strchr("OolI", *text) && len > 1 && (unsigned char)text[1] >= 0x80)
        return false;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (memmem(text, len, wrong[i], strlen(wrong[i])))
            return false;
    return len > 1;
}

/* 万余人, 万人: the multiple with the unit behind it, as one unit; none of 亿万元, whose unit has a
 * multiple already. */
static uint32_t intern_multiple(struct units *units, const char *multiple, size_t used,
                                const char *rest, size_t len)
{
    char joined[2 * UNIT_MAX];
    if (used + len > sizeof joined)
        return UNIT_NONE;
    memcpy(joined, multiple, used);
    memcpy(joined + used, rest, len);
    uint32_t known = units_known(units, joined, used + len);
    if (known != UNIT_NONE || units_known(units, rest, len) != UNIT_NONE)
        return known;
    return units_intern(units, joined, used + len);
}

static void skip_inner(struct reading *r, const char **text, size_t *len)
{
    const struct form *form = value_form_at(*text, *len, FORM_INNER);
    if (!form)
        return;
    r->flags |= form->flags;
    *text += strlen(form->text);
    *len -= strlen(form->text);
}

/* A unit that was met before. One that only stood in a unit column counts where it is the row's
 * own: what a cell means does not hang on the rows before it. */
static uint32_t find_met(const struct reading *r, const char *text, size_t len)
{
    uint32_t id = units_seen(r->context->units, text, len);
    const struct unit *unit = id == UNIT_NONE ? NULL : units_get(r->context->units, id);
    return unit && (!unit->count || unit->word || id == r->context->default_unit) ? id : UNIT_NONE;
}

/* Whether a text is fit to be the unit of any number, as far as this was asked before. */
static bool is_met_word(const struct reading *r, const char *text, size_t len)
{
    uint32_t id = units_seen(r->context->units, text, len);
    const struct unit *unit = id == UNIT_NONE ? NULL : units_get(r->context->units, id);
    return unit && (!unit->count || unit->word);
}

/* What follows a number: nothing, a multiple, a unit. False where it is none of them. */
static bool read_unit(struct quantity *q, struct reading *r, const char *text, size_t len)
{
    struct units *units = r->context->units;
    size_t used;
    int power = units_multiple(text, len, &used);
    q->unit = used < len ? find_met(r, text, len) : UNIT_NONE;
    if (len == 0 || q->unit != UNIT_NONE)
        return true;
    if (used < len)
        q->unit = units_known(units, text, len);
    if (q->unit != UNIT_NONE)
        return true;
    skip_inner(r, &text, &len);
    power = units_multiple(text, len, &used);
    const char *multiple = text;
    text += used;
    len -= used;
    if (used)
        skip_inner(r, &text, &len);
    if (len == 0) {
        q->multiple = used > 0;
        q->power = power;
        return true;
    }
    bool fit = is_met_word(r, text, len) || units_known(units, text, len) != UNIT_NONE ||
               is_counting_word(text, len);
    if (!fit && find_met(r, text, len) == UNIT_NONE)
        return false;
    q->unit =
        used ? intern_multiple(units, multiple, used, text, len) : units_intern(units, text, len);
    if (fit)
        units_pass(units, q->unit);
    return q->unit != UNIT_NONE;
}

static size_t dash_at(const char *text, const char *end)
{
    static const char *const dashes[] = {"——", "—", "-", "~", "至", "到"};
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        if (*text != *dashes[i])
            continue;
        size_t n = strlen(dashes[i]);
        if (n <= (size_t)(end - text) && memcmp(text, dashes[i], n) == 0)
            return n;
    }
    return 0;
}

/* The dash of a range: one with a number behind it. NULL: none. */
static const char *find_dash(const char *text, const char *end, size_t *len)
{
    for (const char *p = text; p < end; p++) {
        size_t n = dash_at(p, end);
        if (n == 0)
            continue;
        const char *next = p + n;
        if (next < end && (*next == '-' || *next == '+'))
            next++;
        if (next < end && is_digit(*next)) {
            *len = n;
            return p;
        }
    }
    return NULL;
}

/* 以上, 以内, 左右 and the like off the end, and a remark in brackets. *note is the last remark. */
static void take_tail(struct reading *r, const char **note, size_t *note_len)
{
    for (;;) {
        size_t len = (size_t)(r->end - r->at);
        if (len > 1 && r->end[-1] == ')') {
            const char *open = memrchr(r->at, '(', len);
            if (!open || open == r->at)
                return;
            *note = open + 1;
            *note_len = (size_t)(r->end - 1 - *note);
            r->end = open;
            continue;
        }
        const struct form *form = value_form_at(r->at, len, FORM_SUFFIX);
        if (!form || strlen(form->text) == len)
            return;
        if (form->means == MEANS_SIGN || form->means == MEANS_SOFT)
            value_take_sign(r, (enum sign)form->sign, form->means == MEANS_SOFT);
        r->flags |= form->flags;
        r->end -= strlen(form->text);
        if (r->end[-1] == ' ')
            r->end--;
    }
}

static void fill_unit(struct quantity *bare, const struct quantity *other, struct units *units)
{
    if (bare->unit != UNIT_NONE)
        return;
    if (bare->multiple && other->unit != UNIT_NONE) {
        bare->unit = units_without_multiple(units, other->unit);
    } else if (!bare->multiple) {
        bare->unit = other->unit;
        bare->multiple = other->multiple;
        bare->power = other->power;
    }
}

/* A bare number, and 45万, in the unit that the row or the other side has. */
static void fill_default(struct quantity *q, const struct value_context *c)
{
    if (q->unit != UNIT_NONE || c->default_unit == UNIT_NONE)
        return;
    q->unit = q->multiple ? units_without_multiple(c->units, c->default_unit) : c->default_unit;
}

static bool finish(struct value *out, struct reading *r, struct quantity *low,
                   struct quantity *high)
{
    const struct value_context *c = r->context;
    fill_default(low, c);
    if (high)
        fill_default(high, c);
    struct quantity *last = high ? high : low;
    double num, hi = 0;
    if (!value_convert(&num, &low->number, low->power, c->units, low->unit) ||
        (high && !value_convert(&hi, &high->number, high->power, c->units, high->unit)))
        return false;
    if (high && num > hi)
        return false;
    out->kind = high ? VALUE_RANGE : VALUE_NUMBER;
    out->num = num;
    out->hi = hi;
    out->unit = last->unit;
    out->places =
        low->number.places > last->number.places ? low->number.places : last->number.places;
    out->sign = (uint8_t)(high ? SIGN_BETWEEN : r->sign);
    out->flags = r->flags;
    if (last->multiple)
        out->flags |= VALUE_MULTIPLE;
    if (r->reach && !high && r->sign == SIGN_NONE)
        out->flags |= VALUE_APPROXIMATE;
    return true;
}

static bool read_range(struct value *out, struct reading *r, struct quantity *low, const char *unit,
                       const char *dash, size_t dash_len)
{
    struct units *units = r->context->units;
    struct quantity high = {.unit = UNIT_NONE};
    const char *next = dash + dash_len;
    size_t n = value_number_at(&high.number, next, (size_t)(r->end - next));
    if (n == 0 || !read_unit(&high, r, next + n, (size_t)(r->end - next) - n) ||
        !read_unit(low, r, unit, (size_t)(dash - unit)))
        return false;
    if (r->sign != SIGN_NONE && r->sign != SIGN_BETWEEN && !r->soft)
        return false;
    fill_unit(low, &high, units);
    fill_unit(&high, low, units);
    const struct unit *a = units_get(units, low->unit), *b = units_get(units, high.unit);
    if (a && b && a->dimension != b->dimension)
        return false;
    return finish(out, r, low, &high);
}

/* 1-12月 and 13月 are no months of a date, and no numbers either: a count of months is 个月. So are
 * 4季度, against 4个季度, and the years of 2019-2021年 and 2019年第四季度. */
static bool is_calendar(const struct decimal_text *number, const char *unit, const char *end)
{
    static const char *const quarters[] = {"季度", "季"};
    size_t len = (size_t)(end - unit), month = strlen("月"), quarter = 0, year = strlen("年");
    double n;
    if (len >= month && begins_with(end - month, month, "月") && is_digit(end[-1 - (int)month]))
        return true;
    for (size_t i = 0; i < sizeof quarters / sizeof *quarters && !quarter; i++)
        if (ends_with(unit, len, quarters[i]))
            quarter = strlen(quarters[i]);
    if (quarter && is_digit(end[-1 - (int)quarter]))
        return true;
    bool years = begins_with(unit, len, "年") ||
                 (ends_with(unit, len, "年") && is_digit(end[-1 - (int)year]));
    return years && number_value(&n, number, 0) && n >= 1900 && n <= 2100 && n == floor(n);
}

bool value_read_number(struct value *out, struct reading *r)
{
    struct quantity q = {.unit = UNIT_NONE};
    const char *note = NULL;
    size_t note_len = 0;
    take_tail(r, &note, &note_len);
    size_t n = value_number_at(&q.number, r->at, (size_t)(r->end - r->at));
    if (n == 0 || r->clash || (r->when && r->sign == SIGN_NONE))
        return false;
    const char *unit = r->at + n;
    size_t len = (size_t)(r->end - unit), dash_len = 0;
    if (is_calendar(&q.number, unit, r->end))
        return false;
    const char *dash = find_dash(unit, r->end, &dash_len);
    if (dash)
        return read_range(out, r, &q, unit, dash, dash_len);
    if (r->sign == SIGN_BETWEEN || r->sign == SIGN_BY || !read_unit(&q, r, unit, len))
        return false;
    if (len == 0 && note) {
        uint32_t known = units_known(r->context->units, note, note_len);
        if (known != UNIT_NONE)
            q.unit = known;
    }
    return finish(out, r, &q, NULL);
}
