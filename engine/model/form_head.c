/*
 * form_head.c - what a form says of its project: name, department, year, goals.
 */
#include <string.h>

#include "base/text.h"
#include "model/form_scan.h"

#define TITLE_ROWS 6 /* above the name, in which the year may stand */

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static bool is_given(const struct scan *s, const char *name)
{
    const struct form_table *t = &s->form->fund;
    for (uint32_t i = 0; i < t->ncolumns; i++)
        if (is(t->names[i], name))
            return true;
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_year(const char *p)
{
    return (p[0] == '1' || p[0] == '2') && is_digit(p[1]) && is_digit(p[2]) && is_digit(p[3]);
}

/* The first four digits that are a year by themselves: "2022年度", "2022.1-2022.12"; of a title
 * those alone that nothing but blanks parts from 年. */
static bool find_year(struct form_cell *out, const struct form_cell *cell, bool title)
{
    const char *text = cell->text;
    for (size_t i = 0; i + 4 <= cell->len; i++) {
        size_t k = i + 4;
        if (!is_year(text + i) || (i > 0 && is_digit(text[i - 1])) ||
            (k < cell->len && is_digit(text[k])))
            continue;
        while (k < cell->len && text[k] == ' ')
            k++;
        if (title && (cell->len - k < 3 || memcmp(text + k, "年", 3) != 0))
            continue;
        *out = (struct form_cell){text + i, 4, cell->row, cell->column};
        return true;
    }
    return false;
}

static void read_year(struct scan *s, const struct form_cell *cell)
{
    struct form_cell year;
    if (find_year(&year, cell, false))
        scan_give(s, "year", &year);
    else
        scan_doubt(s, FINDING_FORM_UNPLACED, cell->row, cell->column, cell->text, cell->len);
}

/* The title tells the year where no label does. */
static void read_title(struct scan *s, uint32_t name_row)
{
    const struct grid_cell *cell, *end;
    struct form_cell year;
    for (uint32_t r = s->top; r <= name_row && r < s->header && r < s->top + TITLE_ROWS; r++) {
        for (scan_row(s, r, &cell, &end); cell < end; cell++) {
            const struct form_cell text = scan_cell(s, cell);
            if (find_year(&year, &text, true)) {
                scan_give(s, "year", &year);
                return;
            }
        }
    }
}

/* A goal stands below its label, or beside it. */
static void read_goal(struct scan *s, const char *meaning, const struct grid_cell *label,
                      uint32_t row)
{
    const struct grid_cell *cell, *end;
    struct form_cell value = scan_value(s, label);
    if (value.len == 0 && row + 1 < s->header) {
        for (scan_row(s, row + 1, &cell, &end); cell < end; cell++)
            if (cell->column == label->column && !scan_is_label(s, cell))
                value = scan_cell(s, cell);
    }
    if (value.len > 0)
        scan_give(s, meaning, &value);
}

static const char *label_of(struct scan *s, const struct grid_cell *cell)
{
    struct form_cell before, behind;
    uint32_t unit;
    const char *meaning = scan_label(s, "form", cell);
    if (!meaning && scan_split(s->g, cell, &before, &behind))
        meaning = scan_meaning(s, "form", before.text, before.len, &unit);
    return meaning;
}

/* The columns of the funds table that a form's labels tell; the other labels are other parts'. */
static void read_label(struct scan *s, const struct grid_cell *cell, uint32_t row,
                       uint32_t *name_row)
{
    static const char *const facts[] = {"name", "department", "implementer", "year"};
    const char *meaning = label_of(s, cell);
    if (!meaning)
        return;
    if (strncmp(meaning, "goal", 4) == 0) {
        read_goal(s, meaning, cell, row);
        return;
    }
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (!is(meaning, facts[i]))
            continue;
        const struct form_cell value = scan_value(s, cell);
        s->is_form = true;
        if (i == 0)
            *name_row = row;
        if (value.len > 0 && is(meaning, "year"))
            read_year(s, &value);
        else if (value.len > 0)
            scan_give(s, facts[i], &value);
        else if (i == 0)
            scan_doubt(s, FINDING_FORM_MISSING, cell->row, cell->column, grid_text(s->g, cell),
                       cell->len);
    }
}

/* A type is a word of ours, `department` among them: what stands behind its label is no label. */
static bool read_type(struct scan *s, const struct grid_cell *cell, const struct grid_cell *end)
{
    if (!scan_is(s, "form", cell, "type") || cell + 1 == end)
        return false;
    const struct form_cell value = scan_cell(s, cell + 1);
    return scan_give(s, "type", &value);
}

void form_head(struct scan *s)
{
    const struct grid_cell *cell, *end;
    uint32_t name_row = UINT32_MAX;
    for (uint32_t r = s->top; r < s->header && !s->failed; r++)
        for (scan_row(s, r, &cell, &end); cell < end; cell++)
            if (read_type(s, cell, end))
                cell++;
            else
                read_label(s, cell, r, &name_row);
    if (!is_given(s, "year"))
        read_title(s, name_row == UINT32_MAX ? s->header : name_row);
}
