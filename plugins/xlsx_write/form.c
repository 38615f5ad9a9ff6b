/*
 * form.c - a fund's sheet from end to end, and formulas that its parts share.
 */
#include "form.h"

#include <math.h>
#include <string.h>

struct tree form_item_tree(const struct form *f, size_t index)
{
    const sy_cell items = tree_get(&f->fund, "indicators");
    return tree_row(&items, index);
}

double form_fact(const struct form *f, const char *name)
{
    const sy_cell facts = tree_get(&f->fund, "facts");
    for (size_t i = 0; i < tree_count(&facts); i++) {
        const struct tree row = tree_row(&facts, i);
        const sy_cell fact = tree_get(&row, "fact");
        if (!tree_is(&fact, name))
            continue;
        const sy_cell value = tree_get(&row, "value");
        return value.type == SY_CELL_NUMBER ? value.number : NAN;
    }
    return NAN;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Names are in small letters, functions in capitals. */
static const char *find_name(const struct form_names *names, const char *word, size_t len)
{
    if (len == 1)
        return word[0] == 'a' ? names->a : names->t;
    return word[0] == 'l' ? names->lo : names->hi;
}

bool form_expression(struct text *out, const char *formula, size_t len,
                     const struct form_names *names)
{
    for (size_t i = 0; i < len;) {
        size_t n = 1;
        while (is_letter(formula[i]) && i + n < len && is_letter(formula[i + n]))
            n++;
        if (formula[i] >= 'a' && formula[i] <= 'z') {
            const char *cell = find_name(names, formula + i, n);
            if (cell == NULL)
                return false;
            text_str(out, cell);
        } else {
            text_add(out, formula + i, n);
        }
        i += n;
    }
    return true;
}

void form_round(const struct form *f, struct text *out, const char *x)
{
    switch (f->rounding) {
    case 'd': /* noise behind the twelfth decimal is none of the number */
        text_str(out, "ROUNDDOWN(ROUND(");
        text_str(out, x);
        text_printf(out, ",12),%d)", f->decimals);
        break;
    case 'e':
        text_str(out, "IF(ROUND(MOD((");
        text_str(out, x);
        text_printf(out, ")*10^%d,2),9)=0.5,ROUNDDOWN(ROUND(", f->decimals);
        text_str(out, x);
        text_printf(out, ",12),%d),ROUND(", f->decimals);
        text_str(out, x);
        text_printf(out, ",%d))", f->decimals);
        break;
    default:
        text_str(out, "ROUND(");
        text_str(out, x);
        text_printf(out, ",%d)", f->decimals);
        break;
    }
}

const char *form_places(const struct form *f)
{
    return f->at_total ? "0.00####" : book_places(f->decimals);
}

static void read_rules(struct form *f)
{
    const sy_cell decimals = tree_get(&f->fund, "decimals"),
                  rounding = tree_get(&f->fund, "rounding"), apply = tree_get(&f->fund, "apply"),
                  rescale = tree_get(&f->fund, "rescale"), full = tree_get(&f->fund, "full_score");
    f->decimals = (int)decimals.integer;
    f->rounding = tree_is(&rounding, "down") ? 'd' : tree_is(&rounding, "half_even") ? 'e' : 'u';
    f->at_total = tree_is(&apply, "total");
    f->by_level = tree_is(&rescale, "level");
    f->full = tree_number(&full);
}

static const double widths[] = {9, 10, 12, 24, 13, 13, 7,  9,  24, 3,  10,
                                8, 12, 12, 12, 30, 14, 60, 12, 10, 26, 14};

void form_height(struct form *f, lxw_row_t row, size_t lines)
{
    const double height = 8 + 13.5 * (double)(lines > 0 ? lines : 1);
    book_check(f->b, worksheet_set_row(f->sheet, row, height > 400 ? 400 : height, NULL));
}

size_t form_lines(const struct form *f, const sy_cell *cell, lxw_col_t from, lxw_col_t to)
{
    double room = 0;
    if (cell->type != SY_CELL_TEXT && cell->type != SY_CELL_DATA)
        return 1;
    for (lxw_col_t c = from; c <= to; c++)
        room += widths[c];
    const size_t width = f->b->host->text_width(cell->text, cell->text_len);
    return 1 + (size_t)((double)width / (room - 1));
}

static void set_page(const struct form *f)
{
    for (lxw_col_t c = 0; c < sizeof widths / sizeof *widths; c++)
        book_check(f->b, worksheet_set_column(f->sheet, c, c, widths[c], NULL));
    worksheet_set_paper(f->sheet, 9); /* A4 */
    worksheet_set_portrait(f->sheet);
    worksheet_set_margins(f->sheet, 0.5, 0.5, 0.6, 0.6);
    worksheet_center_horizontally(f->sheet);
    worksheet_fit_to_pages(f->sheet, 1, 0);
    worksheet_gridlines(f->sheet, LXW_HIDE_ALL_GRIDLINES);
    book_check(f->b, worksheet_set_footer(f->sheet, "&C&P / &N"));
}

struct form_place form_write(struct book *b, const struct tree *fund, const char *name, size_t len)
{
    struct form f = {.b = b, .fund = *fund};
    struct form_place place = {0};
    f.sheet = book_sheet(b, name, len);
    if (f.sheet == NULL)
        return place;
    read_rules(&f);
    set_page(&f);
    if (form_list(&f)) {
        form_head(&f);
        form_items(&f);
        place = form_total(&f);
        place.sheet = f.sheet;
        book_check(b, worksheet_print_area(f.sheet, 0, 0, f.row - 1, COL_NOTE));
        book_check(b, worksheet_repeat_rows(f.sheet, f.header_row, f.header_row));
    } else {
        b->nomem = true;
    }
    form_free(&f);
    return place;
}
