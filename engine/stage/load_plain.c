/*
 * load_plain.c - rows whose cells need no thought. Whatever is not plainly what is expected here is
 * left to load_outcomes.c, which knows all that people write; a row that is taken here becomes
 * exactly what it would have become there.
 */
#include "stage/load_plain.h"

#include <string.h>

#include "base/error.h"
#include "base/number.h"

#define DIGITS_MAX 15 /* a double gives them back, so that no text need be kept */
#define SHORT_MAX  8  /* bytes of a number that are looked at together */

#define EACH_BYTE 0x0101010101010101u

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

/* A number as written: mantissa / 10^places. */
struct digits {
    uint64_t mantissa;
    unsigned places;
};

/* At most 8 bytes as one number, the first lowest; nothing behind the text is read. */
static inline uint64_t join_bytes(const char *text, size_t len)
{
    uint32_t first, last;
    if (len < 4) {
        const unsigned char *p = (const unsigned char *)text;
        return p[0] | (uint64_t)p[len / 2] << (8 * (len / 2)) |
               (uint64_t)p[len - 1] << (8 * (len - 1));
    }
    memcpy(&first, text, sizeof first);
    memcpy(&last, text + len - sizeof last, sizeof last);
    return first | (uint64_t)last << (8 * (len - sizeof last));
}

/* Eight digits, the first lowest, each from 0 to 9, as their number. */
static inline uint64_t join_digits(uint64_t digits)
{
    digits = digits * 10 + (digits >> 8); /* pairs */
    return (((digits & 0x000000FF000000FFu) * (100 + (1000000ULL << 32))) +
            ((digits >> 16 & 0x000000FF000000FFu) * (1 + (10000ULL << 32)))) >>
           32;
}

/* Up to 8 bytes at once: they stand at the high end, the point is taken out, and what is in front
 * of them counts as zeros. */
static inline bool read_short(struct digits *out, const char *text, size_t len)
{
    uint64_t word = join_bytes(text, len) << (8 * (SHORT_MAX - len));
    const uint64_t points = word ^ '.' * EACH_BYTE;
    const uint64_t found = (points - EACH_BYTE) & ~points & 0x80 * EACH_BYTE;
    out->places = 0;
    if (found) {
        const unsigned at = (unsigned)__builtin_ctzll(found) & ~7u; /* bits below the point */
        const uint64_t below = ((uint64_t)1 << at) - 1;
        out->places = SHORT_MAX - 1 - at / 8;
        word = (word & below) << 8 | (word & ~(below << 8 | 0xFF));
        len--;
    }
    if (len == 0)
        return false;
    word -= '0' * EACH_BYTE << (8 * (SHORT_MAX - len));
    out->mantissa = join_digits(word);
    return (((word + 0x76 * EACH_BYTE) | word) & 0x80 * EACH_BYTE) == 0;
}

static bool read_long(struct digits *out, const char *text, size_t len)
{
    size_t point = len;
    out->mantissa = 0;
    for (size_t i = 0; i < len; i++) {
        const unsigned digit = (unsigned)(unsigned char)text[i] - '0';
        if (digit < 10)
            out->mantissa = out->mantissa * 10 + digit;
        else if (text[i] == '.' && point == len)
            point = i;
        else
            return false;
    }
    out->places = point == len ? 0 : (unsigned)(len - point - 1);
    return len - (point < len) <= DIGITS_MAX;
}

static inline bool read_digits(struct digits *out, const char *text, size_t len)
{
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (len <= SHORT_MAX)
        return read_short(out, text, len);
#endif
    return read_long(out, text, len);
}

/* digits[.digits], written as outcomes_plain_text writes them: no zeros in front. */
static inline bool read_number(struct digits *out, const struct cell *cell)
{
    const char *text = cell->text;
    const size_t len = cell->len;
    if (len == 0 || len > DIGITS_MAX + 1 || (*text == '0' && len > 1 && text[1] != '.'))
        return false;
    return *text != '.' && text[len - 1] != '.' && read_digits(out, text, len);
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

static inline bool same_bytes(const char *a, const char *b, size_t len)
{
    uint64_t x, y;
    if (len < sizeof x)
        return len == 0 || join_bytes(a, len) == join_bytes(b, len);
    for (size_t i = 0; i + sizeof x < len; i += sizeof x) {
        memcpy(&x, a + i, sizeof x);
        memcpy(&y, b + i, sizeof y);
        if (x != y)
            return false;
    }
    memcpy(&x, a + len - sizeof x, sizeof x);
    memcpy(&y, b + len - sizeof y, sizeof y);
    return x == y;
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
static inline bool find_sign(uint32_t *out, struct load_plain *p, const struct cell *cell)
{
    *out = 0;
    if (cell->len == 0)
        return true;
    if (cell->len > sizeof p->signs[0].text)
        return false;
    const uint64_t text = join_bytes(cell->text, cell->len);
    for (uint32_t i = 0; i < p->nsigns; i++)
        if (p->signs[i].text == text && p->signs[i].len == cell->len) {
            *out = i + 1;
            return true;
        }
    return learn_sign(out, p, cell, text);
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

/* Whether fund and year are those of the row before. */
static inline bool is_same_fund(const struct load_plain *p, const struct load *l,
                                const struct cell *fund, const struct cell *year)
{
    uint32_t digits;
    if (l->last_entity == NO_ENTITY || fund->len == 0 || fund->len != l->last_fund_cell.len ||
        year->len != sizeof digits || p->year_value != l->last_year)
        return false;
    memcpy(&digits, year->text, sizeof digits);
    return digits == p->year_text && same_bytes(fund->text, l->last_fund_cell.text, fund->len);
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

static inline bool read_row(struct plain *out, struct load_plain *p, const struct load *l,
                            const struct plain_batch *b, uint32_t row)
{
    const struct cell target = cell_at(b, PLAIN_TARGET, row);
    const struct cell actual = cell_at(b, PLAIN_ACTUAL, row);
    const struct cell sign = cell_at(b, PLAIN_SIGN, row);
    out->indicator = cell_at(b, PLAIN_INDICATOR, row);
    return read_number(&out->target, &target) && read_number(&out->actual, &actual) &&
           find_sign(&out->sign, p, &sign) && (p->alone || has_nothing_else(l, b->batch, row)) &&
           find_path(&out->path, &out->known, p, &out->indicator);
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

sy_status load_plain_rows(uint32_t *row, struct load_plain *p, struct load *l,
                          const sy_batch *batch)
{
    struct plain_batch b;
    if (!outcomes_reserve(&l->d->outcomes, batch->nrows - *row))
        return error_nomem(l->err);
    open_batch(&b, p, batch);
    for (; *row < batch->nrows; ++*row) {
        const struct cell fund = cell_at(&b, PLAIN_FUND, *row);
        const struct cell year = cell_at(&b, PLAIN_YEAR, *row);
        const bool same = is_same_fund(p, l, &fund, &year);
        struct plain plain;
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
    }
    return SY_OK;
}
