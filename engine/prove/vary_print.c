/*
 * vary_print.c - a case as a test file has it.
 */
#include "prove/vary.h"

#include <string.h>

static bool is_name(const char *text)
{
    static const char *const reserved[] = {"and",   "break", "do",       "else", "elseif", "end",
                                           "false", "for",   "function", "goto", "if",     "in",
                                           "local", "nil",   "not",      "or",   "repeat", "return",
                                           "then",  "true",  "until",    "while"};
    for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++)
        if (strcmp(text, reserved[i]) == 0)
            return false;
    const char *letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    return *text && strspn(text, letters) == strlen(text) && (*text < '0' || *text > '9');
}

static void print_text(struct buf *out, const char *text)
{
    buf_char(out, '"');
    for (; *text; text++) {
        if (*text == '\n' || *text == '\r')
            buf_str(out, *text == '\n' ? "\\n" : "\\r");
        else {
            if (*text == '"' || *text == '\\')
                buf_char(out, '\\');
            buf_char(out, *text);
        }
    }
    buf_char(out, '"');
}

static void print_cell(struct buf *out, const struct prove_cell *cell)
{
    if (is_name(cell->name)) {
        buf_str(out, cell->name);
    } else {
        buf_char(out, '[');
        print_text(out, cell->name);
        buf_char(out, ']');
    }
    buf_str(out, " = ");
    print_text(out, cell->text);
}

static void print_cells(struct buf *out, const struct prove_cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        buf_str(out, i ? ", " : "");
        print_cell(out, &cells[i]);
    }
}

/* In the order of a form: what it is, what was meant, what came of it, the rest. */
static void print_row(struct buf *out, const struct prove_row *row)
{
    static const char *const order[] = {"indicator", "level1", "level2", "name",
                                        "sign",      "target", "actual", "unit"};
    const size_t known = sizeof order / sizeof order[0], begin = out->len;
    for (size_t k = 0; k <= known; k++)
        for (size_t i = 0; i < row->ncells; i++) {
            size_t at = 0;
            while (at < known && strcmp(order[at], row->cells[i].name) != 0)
                at++;
            if (at != k)
                continue;
            buf_str(out, out->len > begin ? ", " : "");
            print_cell(out, &row->cells[i]);
        }
}

static void print_rows(struct buf *out, const struct prove_given *given, const char *first)
{
    buf_printf(out, "%sindicators = {", first);
    for (size_t i = 0; i < given->nrows; i++) {
        buf_str(out, i ? ", { " : " { ");
        print_row(out, &given->rows[i]);
        buf_str(out, " }");
    }
    buf_str(out, " }");
}

static void print_facts(struct buf *out, const struct prove_given *given, const char *first)
{
    if (!given->nfacts)
        return;
    buf_printf(out, "%sfacts = { ", first);
    print_cells(out, given->facts, given->nfacts);
    buf_str(out, " }");
}

/* Last year's actual alone is written as such. */
static void print_before(struct buf *out, const struct prove_case *c)
{
    const char *actual = c->before.nrows == 1 ? vary_cell(&c->before.rows[0], "actual") : NULL;
    if (c->flat && actual && !c->before.nfacts) {
        buf_str(out, ", previous = ");
        print_text(out, actual);
        return;
    }
    buf_str(out, ", previous = {");
    print_facts(out, &c->before, " ");
    if (c->before.nrows)
        print_rows(out, &c->before, c->before.nfacts ? ", " : " ");
    buf_str(out, " }");
}

void vary_print(struct buf *out, const struct prove_case *c, const char *name, int usual,
                const char *expected)
{
    buf_str(out, "test.case(");
    print_text(out, name);
    buf_str(out, ",\n  { ");
    const size_t begin = out->len;
    if (c->now.nrows == 1)
        print_row(out, &c->now.rows[0]);
    else if (c->now.nrows)
        print_rows(out, &c->now, "");
    print_facts(out, &c->now, out->len > begin ? ", " : "");
    if (c->nfund) {
        buf_str(out, out->len > begin ? ", fund = { " : "fund = { ");
        print_cells(out, c->fund, c->nfund);
        buf_str(out, " }");
    }
    if (c->has_before)
        print_before(out, c);
    if (c->year != usual)
        buf_printf(out, ", year = %d", c->year);
    buf_printf(out, " },\n  { %s })", expected);
}
