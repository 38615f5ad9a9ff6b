/*
 * value.c - reads one cell: the quick way for a plain number, else words in front, then a date or a
 * number, then what the text is when it is neither. Called for each cell of targets, actuals and
 * facts.
 */
#include "model/value.h"

#include <string.h>

#include "base/text.h"
#include "model/value_parts.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_ascii_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* A plain ASCII number is what most cells are. */
static bool read_plain(struct value *out, const struct value_context *c, const char *text,
                       size_t len)
{
    struct decimal_text d;
    while (len && is_ascii_blank(*text)) {
        text++;
        len--;
    }
    while (len && is_ascii_blank(text[len - 1]))
        len--;
    if (len > VALUE_DIGITS_MAX || !number_scan(&d, text, len) ||
        !value_convert(&out->num, &d, 0, c->units, c->default_unit))
        return false;
    out->kind = VALUE_NUMBER;
    out->unit = c->default_unit;
    out->places = d.places;
    return true;
}

static int direction_of(enum sign sign)
{
    if (sign == SIGN_GE || sign == SIGN_GT)
        return 1;
    return sign == SIGN_LE || sign == SIGN_LT ? -1 : 0;
}

void value_take_sign(struct reading *r, enum sign sign, bool soft)
{
    if (r->sign == SIGN_NONE || (r->soft && !soft)) {
        r->sign = sign;
        r->soft = soft;
    } else if (r->sign != sign && !(soft && sign == SIGN_BETWEEN) && r->sign != SIGN_BETWEEN) {
        /* 不低于90%以上 says one thing twice; the first word is the clearer one. */
        int a = direction_of(r->sign), b = direction_of(sign);
        r->clash = r->clash || a == 0 || a != b;
    }
}

/* Takes one form from the front; false where nothing may follow what was taken before. */
static bool take_prefix(struct reading *r, const struct form *form)
{
    uint8_t verbs = VALUE_UP | VALUE_DOWN;
    switch (form->means) {
    case MEANS_SIGN:
    case MEANS_SOFT:
        if (r->sign != SIGN_NONE && !r->soft)
            return false;
        value_take_sign(r, (enum sign)form->sign, form->means == MEANS_SOFT);
        break;
    case MEANS_FLAGS:
        if ((form->flags & verbs) && (r->flags & verbs))
            return false;
        r->flags |= form->flags;
        break;
    case MEANS_REACH:
        r->reach = true;
        break;
    case MEANS_WHEN:
        r->when = true;
        break;
    case MEANS_LINK:
        if (r->at == r->text)
            return false;
        break;
    default:
        break;
    }
    r->at += strlen(form->text);
    if (r->at < r->end && *r->at == ' ')
        r->at++;
    return true;
}

static void take_prefixes(struct reading *r)
{
    while (r->at < r->end && !is_digit(*r->at)) {
        const struct form *form = value_form_at(r->at, (size_t)(r->end - r->at), FORM_PREFIX);
        if (!form || !take_prefix(r, form))
            return;
    }
}

/* A cell of dashes and strokes: nothing was filled in. */
static bool is_dashes(const char *text, size_t len)
{
    const char *dash = "—";
    size_t n = strlen(dash);
    while (len) {
        if (*text == '-' || *text == '/') {
            text++;
            len--;
        } else if (len >= n && memcmp(text, dash, n) == 0) {
            text += n;
            len -= n;
        } else {
            return false;
        }
    }
    return true;
}

/* A full stop or semicolon behind a value ends a sentence, and says nothing. */
static size_t drop_stop(const char *text, size_t len)
{
    const char *stop = "。";
    size_t n = strlen(stop), left = len;
    for (;;) {
        if (left > 1 && text[left - 1] == ';')
            left--;
        else if (left > n && memcmp(text + left - n, stop, n) == 0)
            left -= n;
        else
            return left;
    }
}

bool value_is_nothing(const char *text, size_t len)
{
    char normal[VALUE_TEXT_MAX];
    size_t n = value_normalise(normal, text, len);
    return n != SIZE_MAX && is_dashes(normal, drop_stop(normal, n));
}

bool value_is_not_applicable(const char *text, size_t len)
{
    char normal[VALUE_TEXT_MAX];
    size_t n = value_normalise(normal, text, len);
    const struct form *form = n == SIZE_MAX ? NULL : value_form_whole(normal, n, FORM_WHOLE);
    return form && form->means == MEANS_NA;
}

/* Cells that are one known word. */
static bool read_whole(struct value *out, const struct value_context *c, const char *text,
                       size_t len)
{
    const struct form *form = value_form_whole(text, len, FORM_WHOLE);
    if (!form)
        return false;
    if (form->means == MEANS_NA) {
        out->kind = VALUE_NOT_APPLICABLE;
        return true;
    }
    if (!c->booleans)
        return false;
    out->kind = VALUE_BOOL;
    out->num = form->means == MEANS_YES;
    return true;
}

void value_read(struct value *out, const struct value_context *c, const char *text, size_t len)
{
    struct value v = {.unit = UNIT_NONE, .kind = VALUE_MISSING};
    if (read_plain(&v, c, text, len)) {
        *out = v;
        return;
    }
    char normal[VALUE_TEXT_MAX];
    size_t n = value_normalise(normal, text, len);
    n = n == SIZE_MAX ? n : drop_stop(normal, n);
    if (n == SIZE_MAX) {
        text_trim(&text, &len);
        v.kind = is_digit(*text) ? VALUE_BAD : VALUE_TEXT;
    } else if (n > 0 && !is_dashes(normal, n) && !read_whole(&v, c, normal, n)) {
        struct reading r = {.context = c, .text = normal, .at = normal, .end = normal + n};
        take_prefixes(&r);
        struct reading left = r;
        if (!value_read_date(&v, &left) && !value_read_number(&v, &left))
            v.kind = value_is_error(text, len) || value_looks_broken(&r) ? VALUE_BAD : VALUE_TEXT;
    }
    *out = v;
}
