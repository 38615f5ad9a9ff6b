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

static uint32_t *column_of(struct load_plain *p, enum field field)
{
    switch (field) {
    case F_FUND:
        return &p->fund;
    case F_YEAR:
        return &p->year;
    case F_INDICATOR:
        return &p->indicator;
    case F_SIGN:
        return &p->sign;
    case F_TARGET:
        return &p->target;
    case F_ACTUAL:
        return &p->actual;
    default:
        return NULL;
    }
}

void load_plain_open(struct load_plain *p, const struct load *l)
{
    *p = (struct load_plain){.fund = PLAIN_NONE,
                             .year = PLAIN_NONE,
                             .indicator = PLAIN_NONE,
                             .sign = PLAIN_NONE,
                             .target = PLAIN_NONE,
                             .actual = PLAIN_NONE};
    memset(p->paths, 0xFF, sizeof p->paths); /* POOL_NONE */
    if (l->source->table != TABLE_OUTCOMES || l->field_unit[F_TARGET] != UNIT_NONE ||
        l->field_unit[F_ACTUAL] != UNIT_NONE)
        return;
    for (int f = 0; f < F_COUNT; f++)
        if (l->constant[f].len)
            return;
    for (uint32_t c = 0; c < l->nuses; c++) {
        uint32_t *column = column_of(p, l->uses[c].field);
        if (column)
            *column = c;
    }
    p->usable = p->indicator != PLAIN_NONE && p->target != PLAIN_NONE && p->actual != PLAIN_NONE;
}

static struct cell cell_at(const sy_batch *batch, uint32_t column, uint32_t row)
{
    if (column == PLAIN_NONE || batch->length[column][row] == SY_CELL_ABSENT)
        return (struct cell){"", 0};
    return (struct cell){batch->base + batch->offset[column][row], batch->length[column][row]};
}

/* Empty, or as it stands: no blank around it that is cut off, no dash that says nothing. */
static bool is_settled(const struct cell *cell)
{
    return cell->len == 0 ||
           (*cell->text != '-' && *cell->text != '/' && plain_has_ends(cell->text, cell->len));
}

/* Whether every column that plain rows do not have is empty. */
static bool has_nothing_else(const struct load_plain *p, const struct load *l,
                             const sy_batch *batch, uint32_t row)
{
    for (uint32_t c = 0; c < l->nuses; c++)
        if (c != p->fund && c != p->year && c != p->indicator && c != p->sign && c != p->target &&
            c != p->actual && batch->length[c][row] != 0 && batch->length[c][row] != SY_CELL_ABSENT)
            return false;
    return true;
}

/* digits[.digits], few enough, and written as outcomes_plain_text writes them: no zeros in front.
 */
static bool read_number(struct value *out, const struct cell *cell)
{
    uint64_t mantissa = 0;
    size_t point = cell->len;
    if (cell->len == 0 || cell->len > DIGITS_MAX + 1)
        return false;
    for (size_t i = 0; i < cell->len; i++) {
        const unsigned digit = (unsigned)(unsigned char)cell->text[i] - '0';
        if (digit < 10)
            mantissa = mantissa * 10 + digit;
        else if (cell->text[i] == '.' && point == cell->len)
            point = i;
        else
            return false;
    }
    const size_t places = point == cell->len ? 0 : cell->len - point - 1;
    if (point == 0 || (point < cell->len && places == 0) || point + places > DIGITS_MAX ||
        (*cell->text == '0' && point > 1) || places == DIGITS_MAX)
        return false;
    /* With places both are exact in a double, so that the one division rounds correctly. */
    *out = (struct value){.num = (double)mantissa / (double)number_pow10[places],
                          .unit = UNIT_NONE,
                          .kind = VALUE_NUMBER,
                          .places = (uint8_t)places};
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

/* The place of a path that was met; *known says whether it is this one. */
static uint32_t *find_path(bool *known, struct load_plain *p, const struct load *l,
                           const struct cell *cell)
{
    const struct pool *paths = &l->d->paths;
    uint32_t *at = &p->paths[hash_cell(cell) & (PLAIN_PATHS - 1)];
    *known = pool_len(paths, *at) == cell->len &&
             memcmp(pool_text(paths, *at), cell->text, cell->len) == 0;
    return at;
}

static bool find_sign(uint8_t *out, struct load_plain *p, const struct cell *cell)
{
    enum sign sign;
    *out = SIGN_NONE;
    if (cell->len == 0)
        return true;
    if (cell->len > sizeof p->signs[0].text)
        return false;
    for (uint32_t i = 0; i < p->nsigns; i++)
        if (p->signs[i].len == cell->len && memcmp(p->signs[i].text, cell->text, cell->len) == 0) {
            *out = p->signs[i].sign;
            return true;
        }
    if (p->nsigns == PLAIN_SIGNS || !sign_known(&sign, cell->text, cell->len))
        return false;
    memcpy(p->signs[p->nsigns].text, cell->text, cell->len);
    p->signs[p->nsigns].len = (uint8_t)cell->len;
    p->signs[p->nsigns++].sign = (uint8_t)sign;
    *out = (uint8_t)sign;
    return true;
}

/* What the cells of a row say, where they are plain. */
struct plain {
    struct cell fund, year, indicator, target, actual;
    struct value target_value, actual_value;
    uint8_t sign;
};

static bool read_row(struct plain *out, struct load_plain *p, const struct load *l,
                     const sy_batch *batch, uint32_t row)
{
    out->target = cell_at(batch, p->target, row);
    out->actual = cell_at(batch, p->actual, row);
    if (!read_number(&out->target_value, &out->target) ||
        !read_number(&out->actual_value, &out->actual))
        return false;
    const struct cell sign = cell_at(batch, p->sign, row);
    out->fund = cell_at(batch, p->fund, row);
    out->year = cell_at(batch, p->year, row);
    out->indicator = cell_at(batch, p->indicator, row);
    return out->indicator.len && is_settled(&out->indicator) && is_settled(&out->fund) &&
           is_settled(&out->year) && is_settled(&sign) && has_nothing_else(p, l, batch, row) &&
           find_sign(&out->sign, p, &sign);
}

static sy_status add_row(struct load *l, uint32_t entity, uint32_t path, const struct plain *plain)
{
    const struct outcome out = {.entity = entity,
                                .path = path,
                                .place = load_place(l),
                                .target = plain->target_value,
                                .actual = plain->actual_value,
                                .sign = plain->sign,
                                .flags = OUTCOME_PLAIN_TARGET | OUTCOME_PLAIN_ACTUAL};
    uint32_t row;
    sy_status status = dataset_add_outcome(&row, l->d, l->err);
    l->path_at = path;
    return status == SY_OK ? dataset_set_outcome(l->d, row, &out, l->err) : status;
}

sy_status load_plain_row(bool *done, struct load_plain *p, struct load *l, const sy_batch *batch,
                         uint32_t row)
{
    struct plain plain;
    uint32_t entity;
    bool known;
    *done = false;
    if (!read_row(&plain, p, l, batch, row))
        return SY_OK;
    uint32_t *path = find_path(&known, p, l, &plain.indicator);
    if (!known && !load_is_path(&plain.indicator))
        return SY_OK;
    l->cells[F_FUND] = plain.fund;
    l->cells[F_YEAR] = plain.year;
    l->line = batch->line[row];
    l->path_at = NO_WORD;
    *done = true;
    sy_status status = load_entity(&entity, l);
    if (status != SY_OK || entity == NO_ENTITY)
        return status;
    if (!known)
        *path = pool_intern(&l->d->paths, plain.indicator.text, plain.indicator.len);
    return *path == POOL_NONE ? error_nomem(l->err) : add_row(l, entity, *path, &plain);
}
