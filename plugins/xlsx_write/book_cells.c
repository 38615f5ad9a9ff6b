/*
 * book_cells.c - cells of a workbook: how they look, and what may be in them.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "book.h"

#define NUMBERS_MAX 180 /* formats of numbers: Excel takes some 200 */

struct spot spot_at(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column)
{
    return (struct spot){sheet, row, row, column, column};
}

/* What styles have in common with each other. */
static const struct shape {
    int size, align; /* align: 0 as the value asks for */
    bool bold, frame, wrap;
    lxw_color_t fill, ink; /* 0: none */
} shapes[STYLES] = {
    [STYLE_TITLE] = {16, LXW_ALIGN_CENTER, true, false, true, 0, 0},
    [STYLE_SUBTITLE] = {11, LXW_ALIGN_CENTER, false, false, true, 0, 0},
    [STYLE_LABEL] = {10, LXW_ALIGN_CENTER, false, true, true, 0xF2F2F2, 0},
    [STYLE_HEAD] = {10, LXW_ALIGN_CENTER, true, true, true, 0xE4EAF1, 0},
    [STYLE_TEXT] = {10, LXW_ALIGN_LEFT, false, true, true, 0, 0},
    [STYLE_CENTER] = {10, LXW_ALIGN_CENTER, false, true, true, 0, 0},
    [STYLE_NUMBER] = {10, LXW_ALIGN_RIGHT, false, true, false, 0, 0},
    [STYLE_STRONG] = {10, LXW_ALIGN_CENTER, true, true, true, 0xF2F2F2, 0},
    [STYLE_NOTE] = {9, LXW_ALIGN_LEFT, false, false, true, 0, 0x595959},
    [STYLE_SIDE] = {9, LXW_ALIGN_LEFT, false, false, false, 0, 0x595959},
    [STYLE_SIDE_HEAD] = {9, LXW_ALIGN_CENTER, false, false, true, 0, 0x595959},
    [STYLE_LINK] = {10, LXW_ALIGN_LEFT, false, true, true, 0, 0x1F4E9E},
    [STYLE_WARNING] = {10, LXW_ALIGN_CENTER, false, true, true, 0xFFF2CC, 0},
    [STYLE_ERROR] = {10, LXW_ALIGN_CENTER, false, true, true, 0xF8D7DA, 0},
};

static lxw_format *make_format(struct book *b, enum style style, const char *number)
{
    const struct shape *s = &shapes[style];
    lxw_format *f = workbook_add_format(b->workbook);
    if (f == NULL)
        return NULL;
    format_set_font_name(f, book_word(b, "宋体", "Arial"));
    format_set_font_size(f, s->size);
    format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
    if (s->align != 0)
        format_set_align(f, (uint8_t)s->align);
    if (s->bold)
        format_set_bold(f);
    if (s->wrap)
        format_set_text_wrap(f);
    if (s->frame)
        format_set_border(f, LXW_BORDER_THIN);
    if (s->fill != 0)
        format_set_bg_color(f, s->fill);
    if (s->ink != 0)
        format_set_font_color(f, s->ink);
    if (style == STYLE_LINK)
        format_set_underline(f, LXW_UNDERLINE_SINGLE);
    if (number != NULL)
        format_set_num_format(f, number);
    return f;
}

static bool same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* A new format of numbers, as long as there may be more. */
static bool may_add(struct book *b, const char *number)
{
    if (number == NULL)
        return true;
    for (size_t i = 0; i < b->nlooks; i++)
        if (same(b->looks[i].number, number))
            return true;
    return b->nnumbers < NUMBERS_MAX && ++b->nnumbers > 0;
}

lxw_format *book_format(struct book *b, enum style style, const char *number)
{
    for (size_t i = 0; i < b->nlooks; i++)
        if (b->looks[i].style == style && same(b->looks[i].number, number))
            return b->looks[i].format;
    if (!book_good(b) || !may_add(b, number))
        return NULL;
    if (b->nlooks == b->looks_cap) {
        const size_t cap = b->looks_cap * 2 + 32;
        struct look *grown = realloc(b->looks, cap * sizeof *grown);
        if (grown == NULL) {
            b->nomem = true;
            return NULL;
        }
        b->looks = grown;
        b->looks_cap = cap;
    }
    struct look *look = &b->looks[b->nlooks];
    *look =
        (struct look){style, number == NULL ? NULL : strdup(number), make_format(b, style, number)};
    b->nomem = b->nomem || look->format == NULL || (number != NULL && look->number == NULL);
    b->nlooks++;
    return look->format;
}

static bool is_single(struct spot at)
{
    return at.row >= at.last_row && at.column >= at.last_column;
}

/* Frames the cells that are to be one; what is in it is written after that. */
static void merge(struct book *b, struct spot at, lxw_format *format)
{
    if (!is_single(at))
        book_check(b, worksheet_merge_range(at.sheet, at.row, at.column, at.last_row,
                                            at.last_column, "", format));
}

void book_text(struct book *b, struct spot at, const char *bytes, size_t len, bool data,
               enum style style)
{
    lxw_format *format = book_format(b, style, NULL);
    text_clear(&b->text);
    text_cell(&b->text, bytes, len, data);
    if (!book_good(b))
        return;
    merge(b, at, format);
    if (b->text.len == 0)
        book_check(b, worksheet_write_blank(at.sheet, at.row, at.column, format));
    else
        book_check(b,
                   worksheet_write_string(at.sheet, at.row, at.column, text_of(&b->text), format));
}

void book_str(struct book *b, struct spot at, const char *words, enum style style)
{
    book_text(b, at, words, strlen(words), false, style);
}

void book_blank(struct book *b, struct spot at, enum style style)
{
    book_text(b, at, "", 0, false, style);
}

void book_number(struct book *b, struct spot at, double number, const char *format,
                 enum style style)
{
    lxw_format *look = book_format(b, style, format);
    if (look == NULL) /* too many formats: the number itself is what counts */
        look = book_format(b, style, NULL);
    if (!book_good(b))
        return;
    if (!isfinite(number)) {
        book_blank(b, at, style);
        return;
    }
    merge(b, at, look);
    book_check(b, worksheet_write_number(at.sheet, at.row, at.column, number, look));
}

void book_formula(struct book *b, struct spot at, const char *formula, double value,
                  const char *format, enum style style)
{
    lxw_format *look = book_format(b, style, format);
    if (look == NULL)
        look = book_format(b, style, NULL);
    if (!book_good(b))
        return;
    merge(b, at, look);
    book_check(b, worksheet_write_formula_num(at.sheet, at.row, at.column, formula, look, value));
}

void book_formula_text(struct book *b, struct spot at, const char *formula, const char *value,
                       enum style style)
{
    lxw_format *look = book_format(b, style, NULL);
    if (!book_good(b))
        return;
    merge(b, at, look);
    book_check(b, worksheet_write_formula_str(at.sheet, at.row, at.column, formula, look, value));
}

/* "0.00": as many places as a score has. */
const char *book_places(int places)
{
    static const char *const formats[] = {"0",          "0.0",        "0.00",     "0.000",
                                          "0.0000",     "0.00000",    "0.000000", "0.0000000",
                                          "0.00000000", "0.000000000"};
    return formats[places < 0 ? 0 : places > 9 ? 9 : places];
}

/* "优 3，良 1": what a map says, in one cell. */
static void add_map(struct book *b, struct text *out, const sy_cell *map)
{
    for (size_t i = 0; i < tree_count(map); i++) {
        const struct tree row = tree_row(map, i);
        char number[48];
        const sy_cell key = tree_column(&row, 0);
        if (i > 0)
            text_str(out, book_word(b, "，", ", "));
        text_add(out, key.text, key.text_len);
        text_str(out, " ");
        const sy_cell value = tree_column(&row, 1);
        text_add(out, number, b->host->print_number(number, tree_number(&value)));
    }
}

void book_cell(struct book *b, struct spot at, const sy_cell *cell, enum style style)
{
    struct text words = {0};
    switch (cell->type) {
    case SY_CELL_BOOL:
        book_str(b, at, cell->integer ? book_word(b, "是", "yes") : book_word(b, "否", "no"),
                 style);
        break;
    case SY_CELL_INTEGER:
    case SY_CELL_NUMBER:
        book_number(b, at, tree_number(cell), NULL, style);
        break;
    case SY_CELL_DECIMAL:
        book_number(b, at, tree_number(cell), book_places(cell->places), style);
        break;
    case SY_CELL_TEXT:
    case SY_CELL_DATA:
        book_text(b, at, cell->text, cell->text_len, cell->type == SY_CELL_DATA, style);
        break;
    case SY_CELL_MAP:
        add_map(b, &words, cell);
        b->nomem = b->nomem || words.failed;
        book_text(b, at, text_of(&words), words.len, true, style);
        break;
    default:
        book_blank(b, at, style);
        break;
    }
    text_dispose(&words);
}

void book_reference(struct text *out, lxw_row_t row, lxw_col_t column, bool fixed)
{
    char letters[4];
    size_t n = 0;
    for (unsigned c = column + 1u; c > 0 && n < sizeof letters; c = (c - 1) / 26)
        letters[n++] = (char)('A' + (c - 1) % 26);
    text_str(out, fixed ? "$" : "");
    while (n > 0)
        text_add(out, &letters[--n], 1);
    text_printf(out, fixed ? "$%u" : "%u", (unsigned)row + 1);
}

void book_add_number(const struct book *b, struct text *out, double number)
{
    char digits[48];
    text_add(out, digits, b->host->print_number(digits, number));
}
