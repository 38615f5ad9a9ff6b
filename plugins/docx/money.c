/*
 * money.c - amounts of money and what one is of another, to the cent; what is not there is not 0.
 */
#include <math.h>
#include <string.h>

#include "docx.h"

#define YUAN      "元"
#define WAN       10000
#define EXACT_MAX 9e15 /* whole cents of more than this have lost digits */
#define LOOKED_AT 100  /* funds in which a currency is sought */

double money_round(double amount, int places)
{
    const long double scale = powl(10, places);
    if (fabs(amount) * (double)scale > EXACT_MAX)
        return amount;
    /* A half that binary cannot hold is still a half. */
    const long double x = (long double)amount * scale;
    return (double)((x < 0 ? -floorl(-x + 0.5L + 1e-9L) : floorl(x + 0.5L + 1e-9L)) / scale);
}

static const char *const MONEY_KEYS[] = {"budget", "spent", "budget_initial", "allotted",
                                         "received"};
#define NMONEY_KEYS (sizeof MONEY_KEYS / sizeof *MONEY_KEYS)

static bool find_currency(struct doc *d, const sy_view *facts)
{
    for (size_t i = 0; i < facts->count; i++) {
        sy_cell cell = view_get(facts, i, "fact");
        bool money = false;
        for (size_t k = 0; k < NMONEY_KEYS; k++)
            money = money || view_equals(&cell, MONEY_KEYS[k]);
        cell = view_get(facts, i, "unit");
        if (money && view_is_text(&cell) && cell.text_len > 0) {
            view_copy(&cell, d->currency, sizeof d->currency);
            return true;
        }
    }
    return false;
}

void money_find_currency(struct doc *d)
{
    strcpy(d->currency, YUAN);
    for (size_t i = 0; i < d->funds.count && i < LOOKED_AT; i++) {
        const sy_view facts = view_table(&d->funds, i, "facts");
        if (find_currency(d, &facts))
            return;
    }
}

bool money_is(const struct doc *d, const sy_view *facts, size_t row, double *out)
{
    sy_cell cell = view_get(facts, row, "unit");
    if (!view_equals(&cell, d->currency))
        return false;
    cell = view_get(facts, row, "value");
    return view_number(&cell, out);
}

bool money_fact(const struct doc *d, const sy_view *facts, const char *key, double *out)
{
    for (size_t i = 0; i < facts->count; i++) {
        sy_cell cell = view_get(facts, i, "fact");
        if (!view_equals(&cell, key))
            continue;
        cell = view_get(facts, i, "unit"); /* may be left out: these keys are money */
        if (view_is_text(&cell) && cell.text_len > 0 && !view_equals(&cell, d->currency))
            return false;
        cell = view_get(facts, i, "value");
        return view_number(&cell, out);
    }
    return false;
}

/* Digits by threes, and as many places as there are, `least` at least. */
static void put_grouped(struct doc *d, double amount, size_t least)
{
    char plain[DOCX_MONEY_MAX], out[2 * DOCX_MONEY_MAX];
    size_t n = d->host->print_number(plain, amount), o = 0, whole = 0, i = 0;
    if (memchr(plain, 'e', n) != NULL) {
        html_text(d, plain, n);
        return;
    }
    if (n > 0 && plain[0] == '-')
        out[o++] = plain[i++];
    while (i + whole < n && plain[i + whole] != '.')
        whole++;
    for (size_t left = whole; left > 0; left--) {
        if (left < whole && left % 3 == 0)
            out[o++] = ',';
        out[o++] = plain[i++];
    }
    const size_t places = n > i ? n - i - 1 : 0;
    if (places > 0 || least > 0)
        out[o++] = '.';
    for (size_t k = 0; k < places; k++)
        out[o++] = plain[i + 1 + k];
    for (size_t k = places; k < least; k++)
        out[o++] = '0';
    html_text(d, out, o);
}

void money_put(struct doc *d, double amount)
{
    put_grouped(d, amount, 2);
}

void money_put_currency(struct doc *d)
{
    if (!d->zh && strcmp(d->currency, YUAN) == 0)
        html_raw(d, "yuan");
    else
        html_text(d, d->currency, strlen(d->currency));
}

void money_put_unit(struct doc *d, double amount)
{
    if (d->zh && strcmp(d->currency, YUAN) == 0) {
        put_grouped(d, amount / WAN, 0);
        html_raw(d, "万元");
        return;
    }
    money_put(d, amount);
    html_raw(d, " ");
    money_put_currency(d);
}

void money_put_rate(struct doc *d, double part, double whole)
{
    char number[DOCX_MONEY_MAX];
    const double rate = whole == 0 ? NAN : part / whole * 100;
    if (!isfinite(rate) || fabs(rate) * 100 > EXACT_MAX) {
        html_say(d, "—", "–");
        return;
    }
    size_t n = d->host->print_decimal(number, llround(money_round(rate, 2) * 100), 2);
    html_text(d, number, n);
    html_raw(d, "%");
}
