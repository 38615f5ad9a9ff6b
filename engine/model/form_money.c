/*
 * form_money.c - the money of a form: a block with columns, as the official form has it, or labels
 * with amounts beside them, as older ones have.
 */
#include <string.h>

#include "base/text.h"
#include "model/form_scan.h"

enum money { BUDGET_INITIAL, BUDGET, SPENT, WEIGHT, CLAIMED, MONEYS };

static const struct {
    const char *section, *meaning;
} moneys[MONEYS] = {{"funds", "budget_initial"},
                    {"funds", "budget"},
                    {"funds", "spent"},
                    {"outcomes", "weight"},
                    {"outcomes", "claimed"}};

#define CORNER_ROWS 3

/* The columns of the block. */
struct block {
    uint32_t row;             /* of its header */
    uint32_t columns[MONEYS]; /* 0: none */
    const struct grid_cell *labels[MONEYS];
    uint32_t first; /* the first of them */
    uint32_t unit;  /* of all amounts; UNIT_NONE */
    bool has_total;
};

static int money_of(struct scan *s, const struct grid_cell *cell)
{
    for (int m = 0; m < MONEYS; m++)
        if (scan_is(s, moneys[m].section, cell, moneys[m].meaning))
            return m;
    return -1;
}

static uint32_t unit_of(struct scan *s, const struct grid_cell *cell)
{
    struct form_cell before, behind;
    uint32_t unit;
    const char *text = grid_text(s->g, cell);
    scan_meaning(s, "form", text, cell->len, &unit);
    if (unit != UNIT_NONE || !scan_split(s->g, cell, &before, &behind))
        return unit;
    const char *meaning = scan_meaning(s, "form", before.text, before.len, &unit);
    return meaning && strcmp(meaning, "unit") == 0 ? units_known(s->units, behind.text, behind.len)
                                                   : UNIT_NONE;
}

/* What stands in a bracket elsewhere (人) is no unit of money. */
static bool is_unit(const struct scan *s, uint32_t unit)
{
    const uint32_t money = units_money(s->units);
    return unit != UNIT_NONE &&
           units_get(s->units, unit)->dimension == units_get(s->units, money)->dimension;
}

/* A header has two of the columns or more, none of which has its amount beside it. */
static bool read_header(struct scan *s, uint32_t row, struct block *b)
{
    const struct grid_cell *cell, *end;
    unsigned n = 0;
    *b = (struct block){.row = row, .unit = UNIT_NONE};
    for (scan_row(s, row, &cell, &end); cell < end; cell++) {
        const int m = money_of(s, cell);
        if (m < 0 || b->columns[m])
            continue; /* told by doubt_header, once it is one */
        const struct form_cell value = scan_value(s, cell);
        if (m <= SPENT && scan_is_amount(&value))
            return false;
        b->columns[m] = cell->column;
        b->labels[m] = cell;
        b->first = b->first ? b->first : cell->column;
        n += m <= SPENT;
    }
    return n >= 2;
}

/* Columns of the block that are called otherwise are not read. */
static void doubt_header(struct scan *s, const struct block *b)
{
    const struct grid_cell *cell, *end;
    for (scan_row(s, b->row, &cell, &end); cell < end; cell++) {
        const int m = cell->column > b->first ? money_of(s, cell) : BUDGET;
        if ((m >= 0 && (cell->column <= b->first || b->columns[m] == cell->column)) ||
            scan_label(s, "form", cell) || scan_label(s, "outcomes", cell))
            continue;
        scan_doubt(s, FINDING_FORM_UNPLACED, cell->row, cell->column, grid_text(s->g, cell),
                   cell->len);
    }
}

/* The unit stands in the block's corner, which may have several rows, in its header, or above. */
static void find_unit(struct scan *s, struct block *b)
{
    const struct grid_cell *cell, *end;
    for (uint32_t r = b->row + 1; r <= b->row + CORNER_ROWS && r < s->header; r++) {
        for (scan_row(s, r, &cell, &end); cell < end && cell->column < b->first; cell++) {
            b->unit = unit_of(s, cell);
            if (is_unit(s, b->unit))
                return;
        }
    }
    b->unit = UNIT_NONE;
    for (uint32_t r = b->row + 1; r-- > s->top;) {
        for (scan_row(s, r, &cell, &end); cell < end; cell++) {
            const uint32_t unit = unit_of(s, cell);
            if (is_unit(s, unit)) {
                b->unit = unit;
                return;
            }
        }
    }
}

/* "全年预算数(万元)": a column's name with its unit, as headers are read. */
static void give_money(struct scan *s, const struct block *b, const char *name,
                       const struct form_cell *cell)
{
    struct buf full = {0};
    buf_str(&full, name);
    if (b->unit != UNIT_NONE)
        buf_printf(&full, "(%s)", units_get(s->units, b->unit)->name);
    if (full.failed)
        s->failed = true;
    else if (!scan_give(s, buf_text(&full), cell))
        scan_doubt(s, FINDING_FORM_UNPLACED, cell->row, cell->column, cell->text, cell->len);
    buf_dispose(&full);
}

/* The cell of a column: in it, or in one that it spans. */
static const struct grid_cell *cell_at(const struct scan *s, uint32_t row, const struct block *b,
                                       int money)
{
    const struct grid_cell *cell, *end;
    uint32_t to = s->right;
    for (int m = 0; m < MONEYS; m++)
        if (b->columns[m] > b->columns[money] && b->columns[m] <= to)
            to = b->columns[m] - 1;
    for (scan_row(s, row, &cell, &end); b->columns[money] && cell < end; cell++)
        if (cell->column >= b->columns[money] && cell->column <= to)
            return cell;
    return NULL;
}

/* The label of a row of the block: the last cell before its columns that is not the block's own. */
static const struct grid_cell *row_label(struct scan *s, uint32_t row, const struct block *b)
{
    const struct grid_cell *cell, *end, *label = NULL;
    for (scan_row(s, row, &cell, &end); cell < end && cell->column < b->first; cell++)
        if (!scan_is(s, "form", cell, "money"))
            label = cell;
    return label;
}

/* The budget row, as outcomes have it: its weight and the points that were claimed. */
static void give_budget_row(struct scan *s, uint32_t row, const struct block *b,
                            const struct grid_cell *label)
{
    const struct grid_cell *weight = cell_at(s, row, b, WEIGHT),
                           *claimed = cell_at(s, row, b, CLAIMED);
    struct form_table *t = &s->form->outcomes;
    if (!weight && !claimed)
        return;
    struct form_cell *out = scan_add_row(s, t);
    for (uint32_t c = 0; out && c < t->ncolumns; c++) {
        const char *name = t->names[c];
        if (strcmp(name, "level1") == 0)
            out[c] = (struct form_cell){"budget execution", 16, label->row, label->column};
        else if (strcmp(name, "name") == 0)
            out[c] = scan_cell(s, label);
        else if (strcmp(name, "weight") == 0 && weight)
            out[c] = scan_cell(s, weight);
        else if (strcmp(name, "claimed") == 0 && claimed)
            out[c] = scan_cell(s, claimed);
    }
}

/* Forms with two columns measure by the budget that they have. */
static void give_initial(struct scan *s, const struct block *b, const struct form_cell *cell)
{
    give_money(s, b, moneys[BUDGET].meaning, cell);
    scan_doubt(s, FINDING_BUDGET_INITIAL, cell->row, cell->column, cell->text, cell->len);
}

static void read_total(struct scan *s, uint32_t row, struct block *b, const struct grid_cell *label)
{
    b->has_total = true;
    for (int m = BUDGET_INITIAL; m <= SPENT; m++) {
        const struct grid_cell *cell = cell_at(s, row, b, m);
        if (!cell)
            continue;
        const struct form_cell amount = scan_cell(s, cell);
        give_money(s, b, moneys[m].meaning, &amount);
        if (m == BUDGET_INITIAL && !b->columns[BUDGET])
            give_initial(s, b, &amount);
    }
    give_budget_row(s, row, b, label);
}

/* "其中：当年财政拨款" is 当年财政拨款. */
static struct form_cell bare_label(struct scan *s, const struct grid_cell *label)
{
    struct form_cell before, behind;
    uint32_t unit;
    const bool split = scan_split(s->g, label, &before, &behind);
    const char *row = split ? scan_meaning(s, "rows", before.text, before.len, &unit) : NULL;
    if (row && strcmp(row, "part") == 0 && behind.len > 0)
        return behind;
    return split && behind.len == 0 ? before : scan_cell(s, label);
}

/* A row below the total: facts that are called by its label and the column's. */
static void read_part(struct scan *s, uint32_t row, struct block *b, const struct grid_cell *label)
{
    const struct form_cell bare = bare_label(s, label);
    for (int m = BUDGET_INITIAL; m <= SPENT; m++) {
        const struct grid_cell *cell = cell_at(s, row, b, m);
        struct buf name = {0};
        if (!cell)
            continue;
        const struct form_cell amount = scan_cell(s, cell);
        uint32_t unit;
        buf_add(&name, bare.text, bare.len);
        scan_meaning(s, "funds", grid_text(s->g, b->labels[m]), b->labels[m]->len, &unit);
        buf_str(&name, buf_text(&s->bare));
        if (name.failed)
            s->failed = true;
        else if (scan_is_amount(&amount))
            give_money(s, b, buf_text(&name), &amount);
        buf_dispose(&name);
    }
}

/* Rows of the block go on while they have a label, and amounts or nothing at all. */
static void read_block(struct scan *s, struct block *b)
{
    s->is_form = true;
    doubt_header(s, b);
    find_unit(s, b);
    for (uint32_t r = b->row + 1; r < s->header && !s->failed; r++) {
        const struct grid_cell *label = row_label(s, r, b);
        const char *meaning = label ? scan_label(s, "form", label) : NULL;
        if (!label || (meaning && strcmp(meaning, "money_total") != 0))
            break;
        if (meaning)
            read_total(s, r, b, label);
        else
            read_part(s, r, b, label);
    }
    if (!b->has_total) {
        const struct grid_cell *at = b->labels[SPENT] ? b->labels[SPENT] : b->labels[BUDGET];
        struct buf names = {0};
        columns_aliases(&names, s->c, "form", "money_total");
        s->failed = s->failed || names.failed;
        scan_doubt(s, FINDING_FORM_MISSING, at->row, at->column, buf_text(&names), names.len);
        buf_dispose(&names);
    }
}

/* Labels with amounts beside them; the first of each is the whole, others are parts of it. */
static bool read_labels(struct scan *s)
{
    const struct grid_cell *cell, *end;
    struct block b = {.row = s->header - 1, .unit = UNIT_NONE};
    struct form_cell found[MONEYS] = {{0}};
    for (uint32_t r = s->top; r < s->header; r++) {
        for (scan_row(s, r, &cell, &end); cell < end; cell++) {
            const int m = money_of(s, cell);
            if (m < 0 || m > SPENT || found[m].len)
                continue;
            const struct form_cell value = scan_value(s, cell);
            if (scan_is_amount(&value))
                found[m] = value;
        }
    }
    find_unit(s, &b);
    for (int m = BUDGET_INITIAL; m <= SPENT; m++)
        if (found[m].len)
            give_money(s, &b, moneys[m].meaning, &found[m]);
    if (found[BUDGET_INITIAL].len && !found[BUDGET].len)
        give_initial(s, &b, &found[BUDGET_INITIAL]);
    const bool any = found[BUDGET_INITIAL].len || found[BUDGET].len || found[SPENT].len;
    s->is_form = s->is_form || any;
    return any;
}

void form_money(struct scan *s)
{
    struct block b;
    for (uint32_t r = s->top; r < s->header && !s->failed; r++) {
        if (!read_header(s, r, &b))
            continue;
        read_block(s, &b);
        return;
    }
    if (s->header > s->top && !read_labels(s)) {
        scan_doubt(s, FINDING_FORM_NO_MONEY, s->form->row, s->form->column, "", 0);
    }
}
