/*
 * fuzz_values.c - written values: what surrounds one changes nothing, full width means half width,
 * what is printed is read again, and what was rejected is no number.
 *
 * Input: a byte of circumstances, a target, a newline, an actual.
 */
#include <math.h>

#include "base/number.h"
#include "base/text.h"
#include "fuzz.h"
#include "model/value.h"

#define DIGITS_MAX 60  /* more is no number of this world */
#define TEXT_MAX   600 /* so that no padding passes what a cell may hold and still be a number */

static struct units *units;

static bool same(const struct value *a, const struct value *b)
{
    return a->kind == b->kind && a->unit == b->unit && a->sign == b->sign && a->flags == b->flags &&
           a->places == b->places && memcmp(&a->num, &b->num, sizeof a->num) == 0 &&
           memcmp(&a->hi, &b->hi, sizeof a->hi) == 0;
}

static bool is_numeric(const struct value *v)
{
    return v->kind == VALUE_NUMBER || v->kind == VALUE_RANGE || v->kind == VALUE_DATE ||
           v->kind == VALUE_BY;
}

static struct value read_text(const struct value_context *c, const char *text, size_t len)
{
    struct value v;
    memset(&v, 0xA5, sizeof v);
    value_read(&v, c, text, len);
    return v;
}

static bool has_digit(const char *text, size_t len)
{
    struct buf narrow = {0};
    text_narrow(&narrow, text, len);
    bool found = strpbrk(buf_text(&narrow), "0123456789") != NULL;
    buf_dispose(&narrow);
    return found;
}

static void check_blanks(const struct value *v, const struct value_context *c, const char *text,
                         size_t len)
{
    struct buf padded = {0};
    buf_str(&padded, " \t\xE3\x80\x80\xC2\xA0");
    buf_add(&padded, text, len);
    buf_str(&padded, "\xE3\x80\x80 \r");
    struct value p = read_text(c, padded.data, padded.len);
    FUZZ_LAW(same(v, &p), "'%s' and '%.*s' differ", padded.data, (int)len, text);
    buf_dispose(&padded);
}

static void check_full_width(const struct value *v, const struct value_context *c, const char *text,
                             size_t len)
{
    struct buf wide = {0};
    for (size_t i = 0; i < len; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte > 0x20 && byte < 0x7F)
            text_put(&wide, byte + 0xFEE0u);
        else
            buf_char(&wide, text[i]);
    }
    struct value w = read_text(c, buf_text(&wide), wide.len);
    FUZZ_LAW(same(v, &w), "'%s' and '%.*s' differ", buf_text(&wide), (int)len, text);
    buf_dispose(&wide);
}

/* A plain decimal is what libc makes of it. */
static void check_plain(const struct value_context *c, const char *text, size_t len)
{
    double x = 0;
    char printed[NUMBER_TEXT_MAX], again[NUMBER_TEXT_MAX];
    if (!number_parse(&x, text, len))
        return;
    struct value v = read_text(c, text, len);
    FUZZ_LAW(isfinite(x), "%.*s", (int)len, text);
    struct decimal_text d;
    FUZZ_LAW(number_scan(&d, text, len), "parsed, not scanned");
    double libc = strtod(text, NULL);
    FUZZ_LAW(d.inexact ? fabs(x - libc) <= 1e-15 * fabs(libc) : x == libc,
             "%.*s is %.17g, not %.17g", (int)len, text, x, libc);
    FUZZ_LAW(len > DIGITS_MAX || c->default_unit != UNIT_NONE || v.kind == VALUE_NUMBER,
             "%.*s is no number", (int)len, text);
    FUZZ_LAW(v.kind != VALUE_NUMBER || c->default_unit != UNIT_NONE || v.num == x,
             "%.*s is read as %.17g", (int)len, text, v.num);
    number_print(printed, x);
    FUZZ_LAW(strchr(printed, 'e') || number_parse(&x, printed, strlen(printed)), "printed: %s",
             printed);
    number_print(again, x);
    FUZZ_LAW(strcmp(printed, again) == 0, "%s is printed again as %s", printed, again);
}

static uint32_t base_of(const struct value *v)
{
    return v->unit == UNIT_NONE ? UNIT_NONE : units_get(units, v->unit)->base;
}

/* Where the unit that is shown is no part of the number: 12 月 is twelve months as it is shown, and
 * December as it is written; words that count things, or stand after a
 * stroke, may be any. */
static bool is_unit_plain(const struct value *v)
{
    if (v->unit == UNIT_NONE)
        return true;
    return !units_get(units, v->unit)->count && !strchr(units_get(units, v->unit)->name, '/') &&
           strcmp(units_get(units, base_of(v))->name, "月") != 0;
}

/* What is shown to people is what was read, to the 15 digits that are shown. */
static void check_print(const struct value *v, const struct value_context *c)
{
    char shown[1024];
    struct value_context bare = {.units = units, .year = c->year, .default_unit = UNIT_NONE};
    size_t n = value_print(shown, sizeof shown, v, units);
    FUZZ_LAW(n < sizeof shown, "cut at %zu bytes", n);
    double size = fabs(v->num);
    if ((v->kind != VALUE_NUMBER && v->kind != VALUE_DATE) || !is_unit_plain(v) ||
        (v->kind == VALUE_NUMBER && size != 0 && (size < 1e-7 || size >= 1e21)))
        return;
    struct value again = read_text(&bare, shown, n);
    FUZZ_LAW(again.kind == v->kind, "'%s' is read as kind %d", shown, again.kind);
    FUZZ_LAW(fabs(again.num - v->num) <= 1e-14 * size, "'%s' is read as %.17g, was %.17g", shown,
             again.num, v->num);
    FUZZ_LAW(v->kind == VALUE_DATE || base_of(&again) == base_of(v), "'%s' has another unit",
             shown);
}

static void check_value(const struct value *v, const struct value_context *c, const char *text,
                        size_t len)
{
    FUZZ_LAW(v->kind <= VALUE_BAD && v->sign <= SIGN_QUALITATIVE, "kind %d, sign %d", v->kind,
             v->sign);
    FUZZ_LAW(isfinite(v->num) && isfinite(v->hi), "%g, %g", v->num, v->hi);
    FUZZ_LAW((v->kind != VALUE_NUMBER && v->kind != VALUE_RANGE) || has_digit(text, len),
             "a number from no digit: '%.*s'", (int)len, text);
    FUZZ_LAW(v->kind != VALUE_RANGE || (v->sign == SIGN_BETWEEN && v->num <= v->hi), "%g to %g",
             v->num, v->hi);
    FUZZ_LAW(v->kind != VALUE_BY || v->sign == SIGN_BY, "a deadline with the sign %d", v->sign);
    FUZZ_LAW(is_numeric(v) || v->kind == VALUE_BOOL || (v->num == 0 && v->unit == UNIT_NONE),
             "kind %d with the number %g", v->kind, v->num);
    FUZZ_LAW(v->kind != VALUE_BOOL || (c->booleans && (v->num == 0 || v->num == 1)), "%g", v->num);
    FUZZ_LAW(v->unit == UNIT_NONE || units_get(units, v->unit), "no unit %u", (unsigned)v->unit);
    FUZZ_LAW((v->kind == VALUE_MISSING) == value_is_nothing(text, len), "missing and not nothing");
    if (is_numeric(v))
        check_print(v, c);
}

static struct value check_text(const struct value_context *c, const char *text, size_t len)
{
    struct value v = read_text(c, text, len);
    struct value twice = read_text(c, text, len);
    FUZZ_LAW(same(&v, &twice), "read twice, '%.*s' differs", (int)len, text);
    check_value(&v, c, text, len);
    check_blanks(&v, c, text, len);
    check_full_width(&v, c, text, len);
    return v;
}

static void check_pair(const struct value_context *c, const char *target, size_t target_len,
                       const char *actual, size_t actual_len)
{
    struct value t, a, t2, a2;
    unsigned flags = value_pair(&t, target, target_len, &a, actual, actual_len, c);
    unsigned again = value_pair(&t2, target, target_len, &a2, actual, actual_len, c);
    FUZZ_LAW(flags == again && same(&t, &t2) && same(&a, &a2), "paired twice, they differ");
    FUZZ_LAW(isfinite(t.num) && isfinite(t.hi) && isfinite(a.num) && isfinite(a.hi), "no number");
    if (flags & PAIR_REJECTED)
        return;
    struct value bad = read_text(c, target, target_len);
    FUZZ_LAW(bad.kind != VALUE_BAD || !is_numeric(&t), "a rejected target is %g", t.num);
    bad = read_text(c, actual, actual_len);
    FUZZ_LAW(bad.kind != VALUE_BAD || !is_numeric(&a), "a rejected actual is %g", a.num);
    bool dated = t.kind == VALUE_DATE || t.kind == VALUE_BY;
    FUZZ_LAW(!is_numeric(&t) || !is_numeric(&a) ||
                 dated == (a.kind == VALUE_DATE || a.kind == VALUE_BY),
             "kinds %d and %d meet", t.kind, a.kind);
    if (dated || !is_numeric(&t) || !is_numeric(&a) || t.unit == UNIT_NONE || a.unit == UNIT_NONE)
        return;
    const struct unit tu = *units_get(units, t.unit), au = *units_get(units, a.unit);
    FUZZ_LAW(tu.dimension == au.dimension || (tu.count && au.count), "%s meets %s", tu.name,
             au.name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static unsigned runs;
    static const char *const defaults[] = {NULL, "万元", "%", "人次"};
    if (size < 1 || size > TEXT_MAX || memchr(data, '\0', size) ||
        !text_is_utf8((const char *)data + 1, size - 1))
        return 0;
    if (runs++ % 256 == 0) { /* counting words are kept: begin anew now and then */
        units_free(units);
        sy_error err;
        units = NULL;
        FUZZ_LAW(units_load(&units, fuzz_data("config/units.ini"), NULL, &err) == SY_OK, "%s",
                 err.message);
    }
    const char *word = defaults[data[0] >> 1 & 3];
    struct value_context c = {.units = units,
                              .year = data[0] & 8 ? 2019 : 0,
                              .default_unit =
                                  word ? units_intern(units, word, strlen(word)) : UNIT_NONE,
                              .booleans = data[0] & 1};
    char *text = fuzz_text(data + 1, size - 1);
    size_t len = strcspn(text, "\n");
    const char *actual = text[len] ? text + len + 1 : text + len;
    text[len] = '\0';
    check_text(&c, text, len);
    check_text(&c, actual, strlen(actual));
    check_plain(&c, text, len);
    check_pair(&c, text, len, actual, strlen(actual));
    (void)sign_read(text, len);
    free(text);
    return 0;
}
