/*
 * load_digits.c - what short numbers look like.
 */
#include "stage/load_digits.h"

/* `n` bytes from the `at`-th on. */
static uint64_t bytes_at(unsigned at, unsigned n)
{
    const uint64_t from = at < 8 ? UINT64_MAX << (8 * at) : 0;
    const uint64_t to = at + n < 8 ? UINT64_MAX << (8 * (at + n)) : 0;
    return from & ~to;
}

static struct digit_form make_form(unsigned len, unsigned places)
{
    const unsigned front = DIGITS_SHORT - len, point = places > 0;
    if (len < places + point + 1)
        return (struct digit_form){0}; /* no number is like this */
    const unsigned whole = len - places - point;
    struct digit_form form = {.whole = bytes_at(front, whole),
                              .point = bytes_at(front + whole, point),
                              .part = bytes_at(front + whole + point, places),
                              .first = whole > 1 ? bytes_at(front, 1) : 0,
                              .alone = whole == 1};
    form.zeros = '0' * (EACH_BYTE & (form.whole | form.part)) + '.' * (EACH_BYTE & form.point);
    if (!point) { /* nothing to step over */
        form.part = form.whole;
        form.whole = 0;
    }
    return form;
}

void digit_forms_open(struct digit_forms *forms)
{
    for (unsigned len = 0; len <= DIGITS_SHORT; len++)
        for (unsigned places = 0; places < DIGITS_SHORT; places++)
            forms->of[len][places] = make_form(len, places);
}
