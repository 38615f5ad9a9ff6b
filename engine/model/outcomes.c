/*
 * outcomes.c - growing columns of outcome rows, their shapes and places.
 */
#include "model/outcomes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "base/large.h"

#define PLAIN_DIGITS 15 /* a double gives back as many, whatever they are */

_Static_assert(sizeof(struct outcome_shape) == 20, "shapes are compared as bytes");

void outcomes_dispose(struct outcomes *o)
{
    free(o->entity);
    free(o->path);
    free(o->target);
    free(o->actual);
    free(o->shape);
    free(o->shapes);
    pool_dispose(&o->shape_index);
    free(o->runs);
    for (int i = 0; i < OUTCOME_NUMBERS; i++)
        free(o->numbers[i]);
    for (int i = 0; i < OUTCOME_WORDS; i++)
        free(o->words[i]);
    *o = (struct outcomes){0};
}

void outcomes_clear(struct outcomes *o, bool keep_shapes)
{
    o->count = o->nruns = 0;
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
    void *grown = large_realloc(*column, (size_t)cap * size);
    if (grown)
        *column = grown;
    return grown != NULL;
}

/* A rare column to `cap` rows; new ones have nothing. */
static bool grow_numbers(double **column, uint32_t old, uint32_t cap)
{
    void *grown = *column;
    if (!grow_column(&grown, cap, sizeof **column))
        return false;
    *column = grown;
    for (uint32_t i = old; i < cap; i++)
        (*column)[i] = NAN;
    return true;
}

static bool grow_words(uint32_t **column, uint32_t old, uint32_t cap)
{
    void *grown = *column;
    if (!grow_column(&grown, cap, sizeof **column))
        return false;
    *column = grown;
    for (uint32_t i = old; i < cap; i++)
        (*column)[i] = POOL_NONE;
    return true;
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
    COLUMN(entity);
    COLUMN(path);
    COLUMN(target);
    COLUMN(actual);
    COLUMN(shape);
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

void outcomes_drop_entities(struct outcomes *o)
{
    free(o->entity);
    o->entity = NULL;
}

bool outcomes_begin_numbers(struct outcomes *o, enum outcome_number column)
{
    return o->numbers[column] || grow_numbers(&o->numbers[column], 0, o->cap);
}

bool outcomes_begin_words(struct outcomes *o, enum outcome_word column)
{
    return o->words[column] || grow_words(&o->words[column], 0, o->cap);
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

bool outcomes_stand(struct outcomes *o, uint32_t row, struct place place)
{
    if (outcomes_stands(o, row, place))
        return true;
    if (o->nruns == o->runs_cap) {
        const uint32_t cap = o->runs_cap ? o->runs_cap * 2 : 16;
        void *grown = o->runs;
        if (!grow_column(&grown, cap, sizeof *o->runs))
            return false;
        o->runs = grown;
        o->runs_cap = cap;
    }
    o->runs[o->nruns++] = (struct outcome_run){row, place};
    return true;
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

static struct value make_value(const struct value_shape *s, double num, const double *hi,
                               uint32_t row)
{
    return (struct value){.num = num,
                          .hi = s->kind == VALUE_RANGE ? hi[row] : 0,
                          .unit = s->unit,
                          .kind = s->kind,
                          .sign = s->sign,
                          .flags = s->flags,
                          .places = s->places};
}

struct value outcomes_target(const struct outcomes *o, uint32_t row)
{
    return make_value(&outcomes_shape_of(o, row)->target, o->target[row],
                      o->numbers[OUTCOME_TARGET_HI], row);
}

struct value outcomes_actual(const struct outcomes *o, uint32_t row)
{
    return make_value(&outcomes_shape_of(o, row)->actual, o->actual[row],
                      o->numbers[OUTCOME_ACTUAL_HI], row);
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
