/*
 * load_plain.c - rows whose cells need no thought. Whatever is not plainly what is expected here is
 * left to load_outcomes.c, which knows all that people write; a row that is taken here becomes
 * exactly what it would have become there.
 */
#include "stage/load_plain.h"

#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "stage/load_digits.h"

/* The cells of a batch, by column; those of a column that the file has not are empty. */
struct plain_batch {
    const sy_batch *batch;
    const char *base;
    const uint32_t *offset[PLAIN_COLUMNS], *length[PLAIN_COLUMNS];
};

static enum plain_column column_of(enum field field)
{
    switch (field) {
    case F_FUND:
        return PLAIN_FUND;
    case F_YEAR:
        return PLAIN_YEAR;
    case F_INDICATOR:
        return PLAIN_INDICATOR;
    case F_SIGN:
        return PLAIN_SIGN;
    case F_TARGET:
        return PLAIN_TARGET;
    case F_ACTUAL:
        return PLAIN_ACTUAL;
    default:
        return PLAIN_COLUMNS;
    }
}

void load_plain_open(struct load_plain *p, const struct load *l)
{
    *p = (struct load_plain){.alone = true};
    memset(p->columns, 0xFF, sizeof p->columns); /* PLAIN_NONE */
    memset(p->shapes, 0xFF, sizeof p->shapes);   /* POOL_NONE */
    if (l->source->table != TABLE_OUTCOMES || l->field_unit[F_TARGET] != UNIT_NONE ||
        l->field_unit[F_ACTUAL] != UNIT_NONE)
        return;
    for (int f = 0; f < F_COUNT; f++)
        if (l->constant[f].len)
            return;
    for (uint32_t c = 0; c < l->nuses; c++) {
        const enum plain_column column = column_of(l->uses[c].field);
        if (column == PLAIN_COLUMNS)
            p->alone = false;
        else
            p->columns[column] = c;
    }
    digit_forms_open(&p->forms);
    p->usable = p->columns[PLAIN_INDICATOR] != PLAIN_NONE &&
                p->columns[PLAIN_TARGET] != PLAIN_NONE && p->columns[PLAIN_ACTUAL] != PLAIN_NONE;
}

static void open_batch(struct plain_batch *out, const struct load_plain *p, const sy_batch *batch)
{
    static const uint32_t none[SY_BATCH_ROWS];
    out->batch = batch;
    out->base = batch->base;
    for (int c = 0; c < PLAIN_COLUMNS; c++) {
        const uint32_t column = p->columns[c];
        out->offset[c] = column == PLAIN_NONE ? none : batch->offset[column];
        out->length[c] = column == PLAIN_NONE ? none : batch->length[column];
    }
}

/* The length of a cell that is absent is more than that of any plain one. */
static inline struct cell cell_at(const struct plain_batch *b, enum plain_column column,
                                  uint32_t row)
{
    return (struct cell){b->base + b->offset[column][row], b->length[column][row]};
}

/* Empty, or as it stands: no blank around it that is cut off, no dash that says nothing. */
static bool is_settled(const struct cell *cell)
{
    return cell->len == 0 || (cell->len != SY_CELL_ABSENT && *cell->text != '-' &&
                              *cell->text != '/' && plain_has_ends(cell->text, cell->len));
}

/* Whether every column that plain rows do not have is empty. */
static bool has_nothing_else(const struct load *l, const sy_batch *batch, uint32_t row)
{
    for (uint32_t c = 0; c < l->nuses; c++)
        if (column_of(l->uses[c].field) == PLAIN_COLUMNS && batch->length[c][row] != 0 &&
            batch->length[c][row] != SY_CELL_ABSENT)
            return false;
    return true;
}

/* With places both are exact in a double, so that the one division rounds correctly. */
static inline bool put_number(struct outcomes *o, enum outcome_side side, uint32_t row,
                              const struct digits *d)
{
    struct outcome_numbers *n = &o->side[side];
    if (!n->digits || d->mantissa > UINT32_MAX || d->places > OUTCOME_PLACES)
        return outcomes_set_number(
            o, side, row, (double)d->mantissa / (double)number_pow10[d->places], d->places);
    n->digits[row] = (uint32_t)d->mantissa;
    return true;
}

static uint32_t hash_cell(const struct cell *cell)
{
    uint32_t ends[2] = {0, 0};
    const size_t n = cell->len < sizeof *ends ? cell->len : sizeof *ends;
    memcpy(&ends[0], cell->text, n);
    memcpy(&ends[1], cell->text + cell->len - n, n);
    return ((ends[0] ^ (uint32_t)cell->len) * 0x9E3779B1u ^ ends[1] * 0x85EBCA77u) >> 16;
}

static inline bool is_path(const struct plain_path *path, const struct cell *cell)
{
    return path->len == cell->len && same_bytes(path->text, cell->text, cell->len);
}

/* Where a path is, or belongs, in p->paths: mostly behind that of the row before. False where the
 * cell is no plain path. */
static inline bool find_path(uint32_t *out, bool *known, const struct load_plain *p,
                             const struct cell *cell)
{
    *out = p->paths[p->path].after;
    *known = cell->len != 0;
    if (cell->len == 0 || is_path(&p->paths[*out], cell))
        return *known;
    if (cell->len > PLAIN_PATH || !is_settled(cell))
        return false;
    const uint32_t first = hash_cell(cell);
    *known = false;
    for (uint32_t i = 0; i < PLAIN_PROBES && !*known; i++) {
        *out = (first + i) & (PLAIN_PATHS - 1);
        if (p->paths[*out].len == 0)
            break;
        *known = is_path(&p->paths[*out], cell);
    }
    return *known || load_is_path(cell);
}

/* Remembers a path where find_path found its place. */
static bool keep_path(struct load_plain *p, struct load *l, uint32_t at, const struct cell *cell)
{
    struct plain_path *path = &p->paths[at];
    path->id = pool_intern(&l->d->paths, cell->text, cell->len);
    path->len = (uint32_t)cell->len;
    path->after = at;
    memcpy(path->text, cell->text, cell->len);
    return path->id != POOL_NONE;
}

/* A sign that was not met yet. */
static bool learn_sign(uint32_t *out, struct load_plain *p, const struct cell *cell, uint64_t text)
{
    enum sign sign;
    if (p->nsigns == PLAIN_SIGNS || !is_settled(cell) || !sign_known(&sign, cell->text, cell->len))
        return false;
    p->signs[p->nsigns++] = (struct plain_sign){text, (uint32_t)cell->len, (uint8_t)sign};
    *out = p->nsigns;
    return true;
}

/* The number of a sign cell; 0: it is empty. False where it is no plain sign. */
static inline bool find_sign(uint32_t *out, struct load_plain *p, const struct plain_batch *b,
                             uint32_t row)
{
    const uint32_t len = b->length[PLAIN_SIGN][row], at = b->offset[PLAIN_SIGN][row];
    *out = 0;
    if (len == 0)
        return true;
    if (len > sizeof p->signs[0].text)
        return false;
    const uint64_t text = join_bytes_before(b->base, (size_t)at + len, len);
    for (uint32_t i = 0; i < p->nsigns; i++)
        if (p->signs[i].text == text && p->signs[i].len == len) {
            *out = i + 1;
            return true;
        }
    return learn_sign(out, p, &(struct cell){b->base + at, len}, text);
}

/* POOL_NONE: no memory. */
static inline uint32_t find_shape(struct load_plain *p, struct load *l, uint32_t sign,
                                  unsigned target, unsigned actual)
{
    uint32_t *known = &p->shapes[sign][target][actual];
    if (*known == POOL_NONE) {
        const struct value_shape number = {.unit = UNIT_NONE, .kind = VALUE_NUMBER};
        struct outcome_shape shape = {.target = number,
                                      .actual = number,
                                      .sign = sign ? p->signs[sign - 1].sign : SIGN_NONE,
                                      .flags = OUTCOME_PLAIN_TARGET | OUTCOME_PLAIN_ACTUAL};
        shape.target.places = (uint8_t)target;
        shape.actual.places = (uint8_t)actual;
        *known = outcomes_shape(&l->d->outcomes, &shape);
    }
    return *known;
}

/* Whether a cell is the year that was met last. */
static inline bool is_year(const struct load_plain *p, const struct cell *year)
{
    uint32_t digits;
    if (year->len != sizeof digits)
        return false;
    memcpy(&digits, year->text, sizeof digits);
    return digits == p->year_text;
}

/* Whether fund and year are those of the row before. */
static inline bool is_same_fund(const struct load_plain *p, const struct load *l,
                                const struct cell *fund, const struct cell *year)
{
    return l->last_entity != NO_ENTITY && fund->len != 0 && fund->len == l->last_fund_cell.len &&
           p->year_value == l->last_year && is_year(p, year) &&
           same_bytes(fund->text, l->last_fund_cell.text, fund->len);
}

static sy_status find_entity(uint32_t *out, struct load_plain *p, struct load *l,
                             const struct cell *fund, const struct cell *year)
{
    l->cells[F_FUND] = *fund;
    l->cells[F_YEAR] = *year;
    l->path_at = NO_WORD;
    sy_status status = load_entity(out, l);
    if (status == SY_OK && *out != NO_ENTITY && year->len == sizeof p->year_text) {
        memcpy(&p->year_text, year->text, sizeof p->year_text);
        p->year_value = l->last_year;
    }
    return status;
}

/* What the cells of a row say, where they are plain. */
struct plain {
    struct digits target, actual;
    struct cell indicator;
    uint32_t path, sign;
    bool known; /* the path */
};

/* out: what the number of the row before was. */
static inline bool read_number(struct digits *out, const struct load_plain *p,
                               const struct plain_batch *b, enum plain_column column, uint32_t row)
{
    const size_t len = b->length[column][row];
    return digits_read_like(out, &p->forms, b->base, b->offset[column][row] + len, len);
}

/* All but the path. */
static inline bool read_cells(struct plain *out, struct load_plain *p, const struct load *l,
                              const struct plain_batch *b, uint32_t row)
{
    out->indicator = cell_at(b, PLAIN_INDICATOR, row);
    return read_number(&out->target, p, b, PLAIN_TARGET, row) &&
           read_number(&out->actual, p, b, PLAIN_ACTUAL, row) && find_sign(&out->sign, p, b, row) &&
           (p->alone || has_nothing_else(l, b->batch, row));
}

static inline bool read_row(struct plain *out, struct load_plain *p, const struct load *l,
                            const struct plain_batch *b, uint32_t row)
{
    return read_cells(out, p, l, b, row) && find_path(&out->path, &out->known, p, &out->indicator);
}

/* There is room for the row. False: no memory. */
static inline bool add_row(struct load_plain *p, struct load *l, uint32_t entity,
                           const struct plain *plain)
{
    struct outcomes *o = &l->d->outcomes;
    const uint32_t row = o->count;
    if (!plain->known && !keep_path(p, l, plain->path, &plain->indicator))
        return false;
    p->paths[p->path].after = plain->path;
    p->path = plain->path;
    l->path_at = p->paths[plain->path].id;
    const uint32_t shape =
        find_shape(p, l, plain->sign, plain->target.places, plain->actual.places);
    o->count++;
    return shape != POOL_NONE && ids_set(&o->path, row, l->path_at, o->cap) &&
           ids_set(&o->shape, row, shape, o->cap) &&
           put_number(o, SIDE_TARGET, row, &plain->target) &&
           put_number(o, SIDE_ACTUAL, row, &plain->actual) &&
           (outcomes_owns(o, entity) || outcomes_own(o, row, entity)) &&
           (outcomes_stands(o, row, load_place(l)) || outcomes_stand(o, row, load_place(l)));
}

/* Rows from `row` on that are like the one before, which was added: of its fund, a line below it,
 * with the path that followed last time, of a shape that is known. Most rows are such; the first
 * that is not is returned. */
static uint32_t take_alike(struct load_plain *p, struct load *l, const struct plain_batch *b,
                           uint32_t row, struct plain *plain)
{
    struct outcomes *o = &l->d->outcomes;
    const struct cell last = l->last_fund_cell;
    uint32_t *target = o->side[SIDE_TARGET].digits, *actual = o->side[SIDE_ACTUAL].digits;
    uint32_t to = o->count, line = l->line, at = p->path;
    if (!o->path.narrow || !o->shape.narrow || !target || !actual || last.len == 0 ||
        p->year_value != l->last_year)
        return row;
    for (; row < b->batch->nrows && b->batch->line[row] == line + 1; row++) {
        const struct cell fund = cell_at(b, PLAIN_FUND, row), year = cell_at(b, PLAIN_YEAR, row);
        const struct plain_path *path = &p->paths[p->paths[at].after];
        if (fund.len != last.len || !is_year(p, &year) ||
            !same_bytes(fund.text, last.text, last.len) || !read_cells(plain, p, l, b, row) ||
            plain->indicator.len == 0 || !is_path(path, &plain->indicator))
            break;
        const unsigned places = plain->target.places | plain->actual.places;
        if ((plain->target.mantissa | plain->actual.mantissa) > UINT32_MAX ||
            places > OUTCOME_PLACES)
            break;
        const uint32_t shape = p->shapes[plain->sign][plain->target.places][plain->actual.places];
        if ((shape | path->id) > UINT16_MAX)
            break; /* also POOL_NONE */
        o->path.narrow[to] = (uint16_t)path->id;
        o->shape.narrow[to] = (uint16_t)shape;
        target[to] = (uint32_t)plain->target.mantissa;
        actual[to++] = (uint32_t)plain->actual.mantissa;
        at = p->paths[at].after;
        line++;
    }
    o->count = to;
    l->line = line;
    l->path_at = p->paths[at].id;
    p->path = at;
    return row;
}

sy_status load_plain_rows(uint32_t *row, struct load_plain *p, struct load *l,
                          const sy_batch *batch)
{
    struct plain_batch b;
    struct plain plain = {.known = false};
    if (!outcomes_reserve(&l->d->outcomes, batch->nrows - *row))
        return error_nomem(l->err);
    open_batch(&b, p, batch);
    while (*row < batch->nrows) {
        const struct cell fund = cell_at(&b, PLAIN_FUND, *row);
        const struct cell year = cell_at(&b, PLAIN_YEAR, *row);
        const bool same = is_same_fund(p, l, &fund, &year);
        uint32_t entity = l->last_entity;
        if (!same && (!is_settled(&fund) || !is_settled(&year)))
            return SY_OK;
        if (!read_row(&plain, p, l, &b, *row))
            return SY_OK;
        l->line = batch->line[*row];
        sy_status status = same ? SY_OK : find_entity(&entity, p, l, &fund, &year);
        if (status != SY_OK)
            return status;
        if (entity != NO_ENTITY && !add_row(p, l, entity, &plain))
            return error_nomem(l->err);
        ++*row;
        if (entity != NO_ENTITY)
            *row = take_alike(p, l, &b, *row, &plain);
    }
    return SY_OK;
}
