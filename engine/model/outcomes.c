/*
 * outcomes.c - growing columns of outcome rows, their shapes and places.
 */
#include "model/outcomes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/pages.h"

#include "base/decimal.h"

#define EXPECTED_FEW (1u << 16)
#define PLAIN_DIGITS 15 /* a double gives back as many, whatever they are */

_Static_assert(sizeof(struct outcome_shape) == 20, "shapes are compared as bytes");

static void drop_numbers(struct outcomes *o)
{
    for (int i = 0; i < OUTCOME_SIDES; i++) {
        free(o->side[i].digits);
        free(o->side[i].wide);
        o->side[i] = (struct outcome_numbers){0};
    }
}

void outcomes_dispose(struct outcomes *o)
{
    ids_dispose(&o->path);
    ids_dispose(&o->shape);
    drop_numbers(o);
    free(o->shapes);
    pool_dispose(&o->shape_index);
    free(o->runs);
    free(o->owners);
    for (int i = 0; i < OUTCOME_NUMBERS; i++)
        free(o->numbers[i]);
    for (int i = 0; i < OUTCOME_WORDS; i++)
        free(o->words[i]);
    *o = (struct outcomes){0};
}

void outcomes_clear(struct outcomes *o, bool keep_shapes)
{
    o->count = o->nruns = o->nowners = 0;
    if (o->side[SIDE_TARGET].wide || o->side[SIDE_ACTUAL].wide || o->path.wide || o->shape.wide) {
        drop_numbers(o); /* other rows may be narrow again */
        ids_dispose(&o->path);
        ids_dispose(&o->shape);
        o->cap = 0;
    }
    if (!keep_shapes)
        pool_clear(&o->shape_index);
    for (int i = 0; i < OUTCOME_NUMBERS; i++) {
        free(o->numbers[i]);
        o->numbers[i] = NULL;
    }
    for (int i = 0; i < OUTCOME_WORDS; i++) {
        free(o->words[i]);
        o->words[i] = NULL;
    }
}

static bool grow_column(void **column, uint32_t cap, size_t size)
{
    void *grown = realloc(*column, (size_t)cap * size);
    if (grown)
        *column = grown;
    return grown != NULL;
}

/* A rare column to `cap` rows; new ones have nothing: all bits set are NAN, and no word. */
static bool grow_rare(void **column, uint32_t old, uint32_t cap, size_t size)
{
    if (!grow_column(column, cap, size))
        return false;
    if (cap > old)
        memset((char *)*column + old * size, 0xFF, (cap - old) * size);
    return true;
}

static bool grow_numbers(double **column, uint32_t old, uint32_t cap)
{
    void *grown = *column;
    const bool ok = grow_rare(&grown, old, cap, sizeof **column);
    *column = grown;
    return ok;
}

static bool grow_words(uint32_t **column, uint32_t old, uint32_t cap)
{
    void *grown = *column;
    const bool ok = grow_rare(&grown, old, cap, sizeof **column);
    *column = grown;
    return ok;
}

static bool grow_columns(struct outcomes *o, uint32_t cap)
{
#define COLUMN(field)                                             \
    do {                                                          \
        void *column = o->field;                                  \
        bool grown = grow_column(&column, cap, sizeof *o->field); \
        o->field = column;                                        \
        if (!grown)                                               \
            return false;                                         \
    } while (0)
    if (!ids_grow(&o->path, cap) || !ids_grow(&o->shape, cap))
        return false;
    for (int i = 0; i < OUTCOME_SIDES; i++) {
        if (o->side[i].wide)
            COLUMN(side[i].wide);
        else
            COLUMN(side[i].digits);
    }
#undef COLUMN
    for (int i = 0; i < OUTCOME_NUMBERS; i++)
        if (o->numbers[i] && !grow_numbers(&o->numbers[i], o->cap, cap))
            return false;
    for (int i = 0; i < OUTCOME_WORDS; i++)
        if (o->words[i] && !grow_words(&o->words[i], o->cap, cap))
            return false;
    o->cap = cap;
    return true;
}

bool outcomes_reserve(struct outcomes *o, uint32_t more)
{
    const uint64_t rows = (uint64_t)o->count + more;
    if (rows <= o->cap)
        return true;
    uint64_t next = o->cap ? (uint64_t)o->cap + o->cap / 2 : 1024;
    while (next < rows)
        next += next / 2;
    return next < UINT32_MAX && grow_columns(o, (uint32_t)next);
}

void outcomes_expect(struct outcomes *o, uint64_t more)
{
    const uint64_t rows = o->count + more;
    if (rows > o->cap && rows < UINT32_MAX)
        (void)grow_columns(o, (uint32_t)rows);
}

void outcomes_touch(struct outcomes *o, uint32_t n)
{
    for (int side = 0; side < OUTCOME_SIDES; side++)
        if (o->side[side].digits)
            pages_expect(o->side[side].digits + o->count, n * sizeof *o->side[side].digits);
    if (o->path.narrow)
        pages_expect(o->path.narrow + o->count, n * sizeof *o->path.narrow);
    if (o->shape.narrow)
        pages_expect(o->shape.narrow + o->count, n * sizeof *o->shape.narrow);
}

void outcomes_drop_owners(struct outcomes *o)
{
    free(o->owners);
    o->owners = NULL;
    o->nowners = o->owners_cap = 0;
}

/* Rare columns are written to their end: room that was only expected is given back first. */
static bool fit_columns(struct outcomes *o)
{
    const uint64_t enough = (uint64_t)o->count * 2 + EXPECTED_FEW;
    return o->cap <= enough || grow_columns(o, (uint32_t)enough);
}

bool outcomes_begin_numbers(struct outcomes *o, enum outcome_number column)
{
    return o->numbers[column] || (fit_columns(o) && grow_numbers(&o->numbers[column], 0, o->cap));
}

bool outcomes_begin_words(struct outcomes *o, enum outcome_word column)
{
    return o->words[column] || (fit_columns(o) && grow_words(&o->words[column], 0, o->cap));
}

uint32_t outcomes_shape(struct outcomes *o, const struct outcome_shape *shape)
{
    const uint32_t known = o->shape_index.count;
    const uint32_t id = pool_intern(&o->shape_index, (const char *)shape, sizeof *shape);
    if (id == POOL_NONE || id < known)
        return id;
    if (id >= o->shapes_cap) {
        const uint32_t cap = o->shapes_cap ? o->shapes_cap * 2 : 16;
        void *grown = o->shapes;
        if (!grow_column(&grown, cap, sizeof *o->shapes))
            return POOL_NONE;
        o->shapes = grown;
        o->shapes_cap = cap;
    }
    o->shapes[id] = *shape;
    return id;
}

static bool grow_list(void **list, uint32_t *cap, uint32_t count, size_t size)
{
    const uint32_t next = *cap ? *cap * 2 : 16;
    if (count < *cap)
        return true;
    if (next <= *cap || !grow_column(list, next, size))
        return false;
    *cap = next;
    return true;
}

bool outcomes_own(struct outcomes *o, uint32_t row, uint32_t entity)
{
    void *list = o->owners;
    if (outcomes_owns(o, entity))
        return true;
    const bool room = grow_list(&list, &o->owners_cap, o->nowners, sizeof *o->owners);
    o->owners = list;
    if (room)
        o->owners[o->nowners++] = (struct outcome_owner){row, entity};
    return room;
}

bool outcomes_stand(struct outcomes *o, uint32_t row, struct place place)
{
    void *list = o->runs;
    if (outcomes_stands(o, row, place))
        return true;
    const bool room = grow_list(&list, &o->runs_cap, o->nruns, sizeof *o->runs);
    o->runs = list;
    if (room)
        o->runs[o->nruns++] = (struct outcome_run){row, place};
    return room;
}

struct place outcomes_place(const struct outcomes *o, uint32_t row)
{
    uint32_t low = 0, high = o->nruns;
    while (low + 1 < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (o->runs[middle].row <= row)
            low = middle;
        else
            high = middle;
    }
    const struct outcome_run *run = &o->runs[low];
    return (struct place){run->place.file, run->place.line + (row - run->row)};
}

/* The digits of a number with so many decimals, if 32 bits hold them. */
static bool find_digits(uint32_t *out, double number, unsigned places)
{
    if (places > OUTCOME_PLACES)
        return false;
    const double scaled = number * (double)number_pow10[places] + 0.5;
    if (!(scaled >= 0 && scaled < 4294967296.0))
        return false;
    *out = (uint32_t)scaled;
    return (double)*out / (double)number_pow10[places] == number && !signbit(number);
}

/* Rows before `row` get their numbers as such. */
static bool widen(struct outcomes *o, enum outcome_side side, uint32_t row)
{
    struct outcome_numbers *n = &o->side[side];
    double *wide = malloc((size_t)o->cap * sizeof *wide);
    if (!wide)
        return false;
    for (uint32_t i = 0; i < row; i++)
        wide[i] = outcomes_number(o, side, i, outcomes_side(outcomes_shape_of(o, i), side)->places);
    free(n->digits);
    *n = (struct outcome_numbers){.wide = wide};
    return true;
}

bool outcomes_set_number(struct outcomes *o, enum outcome_side side, uint32_t row, double number,
                         unsigned places)
{
    struct outcome_numbers *n = &o->side[side];
    if (n->digits && find_digits(&n->digits[row], number, places))
        return true;
    if (n->digits && !widen(o, side, row))
        return false;
    n->wide[row] = number;
    return true;
}

bool outcomes_join_numbers(struct outcomes *o, enum outcome_side side, uint32_t at,
                           const struct outcomes *from)
{
    const struct outcome_numbers *source = &from->side[side];
    struct outcome_numbers *n = &o->side[side];
    if (source->wide && n->digits && !widen(o, side, at))
        return false;
    if (n->digits)
        memcpy(n->digits + at, source->digits, from->count * sizeof *n->digits);
    else if (source->wide)
        memcpy(n->wide + at, source->wide, from->count * sizeof *n->wide);
    for (uint32_t i = 0; i < from->count && n->wide && !source->wide; i++)
        n->wide[at + i] =
            outcomes_number(from, side, i, outcomes_side(outcomes_shape_of(from, i), side)->places);
    return true;
}

static struct value make_value(const struct outcomes *o, enum outcome_side side, uint32_t row)
{
    const struct value_shape *s = outcomes_side(outcomes_shape_of(o, row), side);
    const double *hi = o->numbers[side == SIDE_TARGET ? OUTCOME_TARGET_HI : OUTCOME_ACTUAL_HI];
    return value_from(s, outcomes_number(o, side, row, s->places),
                      s->kind == VALUE_RANGE ? hi[row] : 0);
}

struct value outcomes_target(const struct outcomes *o, uint32_t row)
{
    return make_value(o, SIDE_TARGET, row);
}

struct value outcomes_actual(const struct outcomes *o, uint32_t row)
{
    return make_value(o, SIDE_ACTUAL, row);
}

const char *outcomes_plain_text(struct value_text *room, double num, unsigned places)
{
    const double scaled = num * (double)number_pow10[places];
    decimal_print(room->bytes, (int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5), (int)places);
    return room->bytes;
}

bool outcomes_is_plain(const struct value *v, const char *text, size_t len)
{
    struct value_text room;
    if (v->kind != VALUE_NUMBER || v->unit != UNIT_NONE || len > PLAIN_DIGITS + 1 ||
        v->places >= PLAIN_DIGITS || !(fabs(v->num) < 1e15))
        return false;
    outcomes_plain_text(&room, v->num, v->places);
    return strlen(room.bytes) == len && memcmp(room.bytes, text, len) == 0;
}
