/*
 * form_rows.c - the indicators of a form, and what stands below them: total and grade.
 */
#include <string.h>

#include "base/text.h"
#include "model/form_scan.h"

#define SPANS_MAX 64

/* Columns under one heading. `to`: the target of a row that has one of its own, of a later date. */
struct span {
    uint32_t from, to;
    const char *meaning; /* a column of outcomes, or of [form]; NULL: none */
    const struct grid_cell *label;
};

struct block {
    struct span spans[SPANS_MAX];
    uint32_t n;
    uint32_t level1; /* the first column */
    bool done;       /* the total was read, or what is no indicator */
};

static bool is(const char *a, const char *b)
{
    return a && strcmp(a, b) == 0;
}

/* A column of our own workbooks that says how scores came about: it is not read. */
static bool is_aside(const char *meaning)
{
    return is(meaning, "aside");
}

static const char *column_of(struct scan *s, const struct grid_cell *cell)
{
    const char *meaning = scan_label(s, "outcomes", cell);
    if (meaning)
        return meaning;
    meaning = scan_label(s, "form", cell);
    return is(meaning, "target_adjusted") || is(meaning, "claimed_converted") || is_aside(meaning)
               ? meaning
               : NULL;
}

static void add_span(struct block *b, const struct grid_cell *cell, const char *meaning)
{
    if (b->n < SPANS_MAX)
        b->spans[b->n++] = (struct span){cell->column, cell->column, meaning, cell};
}

static void end_spans(struct block *b, uint32_t right)
{
    for (uint32_t i = 0; i < b->n; i++)
        b->spans[i].to = i + 1 < b->n ? b->spans[i + 1].from - 1 : right;
}

static bool is_level(const char *meaning)
{
    return is(meaning, "level1") || is(meaning, "level2") || is(meaning, "name");
}

/* 指标性质, 指标值, 计量单位 below 年度指标值: a second line of the header has nothing but names of
 * columns, none of them below those of the levels. */
static bool is_second_line(struct scan *s, const struct block *b, uint32_t row)
{
    const struct grid_cell *cell, *end;
    uint32_t n = 0;
    for (scan_row(s, row, &cell, &end); cell < end; cell++) {
        if (cell->column < b->level1)
            continue;
        const char *meaning = column_of(s, cell);
        if (!meaning || is_level(meaning))
            return false;
        for (uint32_t i = 0; i < b->n; i++)
            if (is_level(b->spans[i].meaning) && cell->column >= b->spans[i].from &&
                cell->column <= b->spans[i].to)
                return false;
        n++;
    }
    return n > 0;
}

/* The second line's names take the place of those above them. */
static void split_spans(struct scan *s, struct block *b, uint32_t row)
{
    const struct block above = *b;
    const struct grid_cell *cell, *end;
    b->n = 0;
    scan_row(s, row, &cell, &end);
    while (cell < end && cell->column < b->level1)
        cell++;
    for (uint32_t i = 0; i < above.n; i++) {
        const struct span *span = &above.spans[i];
        bool split = false;
        for (; cell < end && cell->column <= span->to; cell++, split = true)
            add_span(b, cell, column_of(s, cell));
        if (!split)
            add_span(b, span->label, span->meaning);
    }
    end_spans(b, s->right);
}

static bool has_column(const struct block *b, uint32_t n, const char *meaning)
{
    for (uint32_t i = 0; i < n; i++)
        if (is(b->spans[i].meaning, meaning))
            return true;
    return false;
}

/* The first of two columns of one name counts; what has no name that is known is said. */
static void check_spans(struct scan *s, struct block *b)
{
    for (uint32_t i = 0; i < b->n; i++) {
        struct span *span = &b->spans[i];
        if (span->meaning && (is_aside(span->meaning) || !has_column(b, i, span->meaning)))
            continue;
        span->meaning = NULL;
        scan_doubt(s, FINDING_FORM_UNPLACED, span->label->row, span->label->column,
                   grid_text(s->g, span->label), span->label->len);
    }
}

static void read_header(struct scan *s, struct block *b, uint32_t *row)
{
    const struct grid_cell *cell, *end;
    for (scan_row(s, *row, &cell, &end); cell < end; cell++) {
        if (cell->column < s->form->column)
            continue;
        add_span(b, cell, column_of(s, cell));
        b->level1 = b->level1 ? b->level1 : cell->column;
    }
    end_spans(b, s->right);
    ++*row;
    if (*row < s->bottom && is_second_line(s, b, *row))
        split_spans(s, b, (*row)++);
    check_spans(s, b);
}

/* What stands under a heading, of one column or several: "≥", "735", "人次". */
static struct form_cell join_cells(struct scan *s, uint32_t row, const struct span *span)
{
    const struct grid_cell *cell, *end, *first = NULL;
    struct buf text = {0};
    unsigned n = 0;
    for (scan_row(s, row, &cell, &end); cell < end; cell++) {
        if (cell->column < span->from || cell->column > span->to)
            continue;
        first = first ? first : cell;
        buf_add(&text, grid_text(s->g, cell), cell->len);
        n++;
    }
    if (n < 2) {
        buf_dispose(&text);
        return first
                   ? scan_cell(s, first)
                   : (struct form_cell){"", 0, s->g->cells[grid_first(s->g, row)].row, span->from};
    }
    struct form_cell out = {arena_copy(s->arena, buf_text(&text), text.len), (uint32_t)text.len,
                            first->row, first->column};
    s->failed = s->failed || text.failed || !out.text;
    buf_dispose(&text);
    return out;
}

static int table_column(const struct form_table *t, const char *name)
{
    for (uint32_t c = 0; c < t->ncolumns; c++)
        if (strcmp(t->names[c], name) == 0)
            return (int)c;
    return -1;
}

/* What was adjusted or converted counts instead of what it was made of. */
static const char *counts_as(const char *meaning)
{
    if (is(meaning, "target_adjusted"))
        return "target";
    return is(meaning, "claimed_converted") ? "claimed" : meaning;
}

/* A share of the full score is as many points. */
static void drop_percent(struct form_cell *cell)
{
    static const char *const signs[] = {"%", "％"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const size_t n = strlen(signs[i]);
        if (cell->len > n && memcmp(cell->text + cell->len - n, signs[i], n) == 0)
            cell->len -= (uint32_t)n;
    }
}

static void give_row(struct scan *s, const struct block *b, uint32_t row)
{
    struct form_table *t = &s->form->outcomes;
    struct form_cell *out = scan_add_row(s, t);
    for (uint32_t i = 0; out && i < b->n; i++) {
        if (!b->spans[i].meaning)
            continue;
        const struct form_cell cell = join_cells(s, row, &b->spans[i]);
        const int column = table_column(t, counts_as(b->spans[i].meaning));
        const bool own = !is(b->spans[i].meaning, counts_as(b->spans[i].meaning));
        if (column < 0 || (own && cell.len == 0) || (!own && out[column].len > 0))
            continue;
        out[column] = cell;
        if (is(t->names[column], "weight"))
            drop_percent(&out[column]);
    }
}

/* The label of a cell, or of what stands before its colon. */
static bool begins_as(struct scan *s, const struct grid_cell *cell, const char *section,
                      const char *meaning)
{
    struct form_cell before, behind;
    uint32_t unit;
    if (scan_is(s, section, cell, meaning))
        return true;
    return scan_split(s->g, cell, &before, &behind) &&
           is(scan_meaning(s, section, before.text, before.len, &unit), meaning);
}

static void read_grade(struct scan *s, uint32_t row)
{
    const struct grid_cell *cell, *end;
    for (scan_row(s, row, &cell, &end); cell < end; cell++) {
        if (!begins_as(s, cell, "form", "grade"))
            continue;
        const struct form_cell value = scan_value(s, cell);
        if (value.len > 0)
            scan_give(s, "claimed_grade", &value);
    }
}

/* Whether a column is one of those under a heading. */
static bool is_under(const struct block *b, const char *meaning, uint32_t column)
{
    for (uint32_t i = 0; i < b->n; i++)
        if (is(counts_as(b->spans[i].meaning), meaning) && column >= b->spans[i].from &&
            column <= b->spans[i].to)
            return true;
    return false;
}

/* The claimed total stands under its heading, or anywhere in a form that has one but not under the
 * weights, whose total it is not; what stands behind it is the grade. */
static void read_total(struct scan *s, const struct block *b, uint32_t row,
                       const struct grid_cell *label)
{
    const struct grid_cell *cell, *end;
    struct form_cell total = {0}, grade = {0}, before, behind;
    const bool claims = has_column(b, b->n, "claimed") || has_column(b, b->n, "claimed_converted");
    if (scan_split(s->g, label, &before, &behind) && scan_is_amount(&behind))
        total = behind;
    for (scan_row(s, row, &cell, &end); cell < end; cell++) {
        const struct form_cell value = scan_cell(s, cell);
        if (cell <= label)
            continue;
        if (!scan_is_amount(&value)) {
            grade = total.len && !scan_is_label(s, cell) ? value : grade;
            continue;
        }
        if (is_under(b, "claimed", cell->column) ||
            (!total.len && claims && !is_under(b, "weight", cell->column)))
            total = value;
    }
    if (total.len > 0)
        scan_give(s, "claimed", &total);
    read_grade(s, row);
    if (grade.len > 0)
        scan_give(s, "claimed_grade", &grade);
}

/* A row that is no indicator: the total, or remarks, behind which none follow. */
static bool ends_rows(struct scan *s, struct block *b, uint32_t row)
{
    const struct grid_cell *cell, *end;
    scan_row(s, row, &cell, &end);
    if (cell == end)
        return false;
    if (begins_as(s, cell, "rows", "total")) {
        read_total(s, b, row, cell);
        return b->done = true;
    }
    if (begins_as(s, cell, "form", "end") || begins_as(s, cell, "form", "grade")) {
        read_grade(s, row);
        return b->done = true;
    }
    return false;
}

static void make_table(struct scan *s, const struct block *b)
{
    struct form_table *t = &s->form->outcomes;
    static const char *const always[] = {"fund", "year", "level1", "name", "weight", "claimed"};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        scan_add_column(s, t, always[i]);
    for (uint32_t i = 0; i < b->n; i++) {
        const char *name = counts_as(b->spans[i].meaning);
        if (name && !is_aside(name) && table_column(t, name) < 0)
            scan_add_column(s, t, name);
    }
}

/* 基础数据: names and values side by side, in rows that have no other label before them; each
 * becomes a fact of the fund. */
static void read_facts(struct scan *s, uint32_t *row, uint32_t column)
{
    const struct grid_cell *cell, *end;
    for (uint32_t r = *row; r < s->bottom && !s->failed; r++) {
        scan_row(s, r, &cell, &end);
        if (r > *row && cell < end && cell->column <= column)
            break;
        *row = r;
        while (cell < end && cell->column <= column)
            cell++;
        for (; cell + 1 < end && !s->failed; cell += 2) {
            const struct form_cell value = scan_cell(s, cell + 1);
            char *name = arena_copy(s->arena, grid_text(s->g, cell), cell->len);
            s->failed = s->failed || !name;
            if (name && !scan_give(s, name, &value) && !s->failed)
                scan_doubt(s, FINDING_FORM_UNPLACED, cell->row, cell->column, name, cell->len);
        }
    }
}

static bool begins_facts(struct scan *s, uint32_t *row)
{
    const struct grid_cell *cell, *end;
    scan_row(s, *row, &cell, &end);
    if (cell == end || !scan_is(s, "form", cell, "facts"))
        return false;
    read_facts(s, row, cell->column);
    return true;
}

/* A row of 另行加减分: points stand under the scores, a cap under the weights, before both the
 * reason. */
static bool read_adjustment(struct scan *s, const struct block *b, uint32_t row)
{
    static const char *const names[] = {"fund", "year", "points", "cap", "reason"};
    struct form_table *t = &s->form->adjustments;
    const struct grid_cell *cell, *end;
    scan_row(s, row, &cell, &end);
    if (cell == end || !scan_is(s, "form", cell, "adjustment"))
        return false;
    for (size_t i = t->ncolumns; i < sizeof names / sizeof *names; i++)
        scan_add_column(s, t, names[i]);
    struct form_cell *out = s->failed ? NULL : scan_add_row(s, t);
    for (cell++; out && cell < end; cell++) {
        const int at = is_under(b, "claimed", cell->column)  ? 2
                       : is_under(b, "weight", cell->column) ? 3
                                                             : 4;
        if (out[at].len == 0)
            out[at] = scan_cell(s, cell);
    }
    return true;
}

/* Below the total there is the grade; an indicator there would be lost, and is told. */
static void read_rest(struct scan *s, const struct block *b, uint32_t row)
{
    const struct grid_cell *cell, *end, *name = NULL;
    bool value = false;
    for (scan_row(s, row, &cell, &end); cell < end; cell++) {
        name = is_under(b, "name", cell->column) ? cell : name;
        value = value || is_under(b, "target", cell->column) ||
                is_under(b, "actual", cell->column) || is_under(b, "weight", cell->column);
    }
    if (name && value)
        scan_doubt(s, FINDING_FORM_UNPLACED, name->row, name->column, grid_text(s->g, name),
                   name->len);
    else
        read_grade(s, row);
}

/* The heading once more, as at the top of a further page. */
static bool skip_heading(struct scan *s, const struct block *b, uint32_t *row)
{
    const struct grid_cell *cell, *end;
    for (scan_row(s, *row, &cell, &end); cell < end; cell++) {
        if (cell->column != s->form->column || !scan_is(s, "outcomes", cell, "level1"))
            continue;
        if (*row + 1 < s->bottom && is_second_line(s, b, *row + 1))
            ++*row;
        return true;
    }
    return false;
}

void form_rows(struct scan *s)
{
    struct block b = {0};
    uint32_t row = s->header;
    read_header(s, &b, &row);
    make_table(s, &b);
    form_money(s);
    for (; row < s->bottom && !s->failed; row++) {
        if (skip_heading(s, &b, &row))
            continue;
        if (b.done && !begins_facts(s, &row) && !read_adjustment(s, &b, row))
            read_rest(s, &b, row);
        else if (!b.done && !ends_rows(s, &b, row))
            give_row(s, &b, row);
    }
}
