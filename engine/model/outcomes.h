/*
 * outcomes.h - rows of the outcomes table as columns, kept small: a province has millions.
 *
 * Of a value only the number is kept for each row. What else is known of it (kind, sign, unit,
 * decimals, …) is the same for many rows: it is a row's shape, kept once. Where a row stands
 * follows from the row before, as a rule. The text of a plain number is printed from it when it is
 * asked for; other texts lie in the dataset's cells.
 */
#ifndef MODEL_OUTCOMES_H
#define MODEL_OUTCOMES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/number.h"
#include "base/pool.h"
#include "model/ids.h"
#include "model/value.h"
#include <steelyard/base.h>

/* A file and line; file is a word, or NO_WORD. */
struct place {
    uint32_t file;
    uint32_t line;
};

#define OUTCOME_LABELLED \
    1u /* the path was made from level cells: a [names] label may give another */
#define OUTCOME_DERIVED      2u /* the target was derived from completion or excess */
#define OUTCOME_PLAIN_TARGET 4u /* its text is the number, with its decimals */
#define OUTCOME_PLAIN_ACTUAL 8u

/* Columns that most sources do not have. */
enum outcome_number {
    OUTCOME_WEIGHT,
    OUTCOME_CLAIMED,
    OUTCOME_TARGET_HI, /* of a range */
    OUTCOME_ACTUAL_HI,
    OUTCOME_NUMBERS
};
enum outcome_word {
    OUTCOME_LABEL,       /* word: the name cell */
    OUTCOME_RATING,      /* word */
    OUTCOME_NOTE,        /* offset in cells */
    OUTCOME_TARGET_UNIT, /* unit id for a bare target: the unit column's, else the header's */
    OUTCOME_ACTUAL_UNIT, /* the same for a bare actual */
    OUTCOME_COMPLETION,  /* offset in cells: what the target was derived from */
    OUTCOME_EXCESS,      /* the same */
    OUTCOME_TARGET_TEXT, /* offset in cells; none for a plain number, and for no text */
    OUTCOME_ACTUAL_TEXT, /* the same */
    OUTCOME_WORDS
};

/* A row without its numbers, texts, fund, path and place. No bytes between the members: shapes are
 * told apart by their bytes. */
struct outcome_shape {
    struct value_shape target, actual;
    uint8_t pair;  /* PAIR_ flags of target and actual */
    uint8_t sign;  /* the sign column */
    uint8_t flags; /* OUTCOME_ flags */
    uint8_t unused;
};

/* From this row on rows stand in a file, each a line below the one before. */
struct outcome_run {
    uint32_t row;
    struct place place;
};

#define OUTCOME_PLACES 9u /* decimals that a number of 32 bits may have */

/* From this row on rows are those of a fund. */
struct outcome_owner {
    uint32_t row, entity;
};

enum outcome_side { SIDE_TARGET, SIDE_ACTUAL, OUTCOME_SIDES };

/* A column of numbers: as their digits while 32 bits hold those of each. Owns: both. */
struct outcome_numbers {
    uint32_t *digits; /* number × 10^places of the row's shape; NULL: some number is no such */
    double *wide;     /* then */
};

/* Owns: all. */
struct outcomes {
    uint32_t count, cap;
    struct ids path;                            /* ids in paths */
    struct ids shape;                           /* indices of shapes */
    struct outcome_numbers side[OUTCOME_SIDES]; /* struct value's num; see outcomes_number */
    struct outcome_shape *shapes;
    uint32_t shapes_cap;
    struct pool shape_index; /* their bytes, under the same ids */
    struct outcome_run *runs;
    uint32_t nruns, runs_cap;
    struct outcome_owner *owners; /* until rows lie by fund */
    uint32_t nowners, owners_cap;
    double *numbers[OUTCOME_NUMBERS]; /* NULL until a row has one; NAN: none */
    uint32_t *words[OUTCOME_WORDS];   /* NULL until a row has one; NO_WORD: none */
};

void outcomes_dispose(struct outcomes *o);
/* Drops all rows and keeps most of the memory; also all shapes, unless `keep_shapes`. */
void outcomes_clear(struct outcomes *o, bool keep_shapes);
/* Makes room for `more` rows beside those that are there. */
bool outcomes_reserve(struct outcomes *o, uint32_t more);

/* About `more` rows will come: room for them is made at once, if there is any. */
void outcomes_expect(struct outcomes *o, uint64_t more);

/* The next n rows, for which there is room, are about to be written. */
void outcomes_touch(struct outcomes *o, uint32_t n);

/* The funds of the rows are no longer asked for. */
void outcomes_drop_owners(struct outcomes *o);

static inline uint32_t outcomes_path(const struct outcomes *o, uint32_t row)
{
    return ids_get(&o->path, row);
}

/* A rare column is there from now on. False: no memory. */
bool outcomes_begin_numbers(struct outcomes *o, enum outcome_number column);
bool outcomes_begin_words(struct outcomes *o, enum outcome_word column);

/* The number of a shape, which is added when new. POOL_NONE: no memory. */
uint32_t outcomes_shape(struct outcomes *o, const struct outcome_shape *shape);

/* Says where rows from `row` on stand, one a line; rows before it are known. False: no memory. */
bool outcomes_stand(struct outcomes *o, uint32_t row, struct place place);
/* Says whose rows from `row` on are; rows before it are known. False: no memory. */
bool outcomes_own(struct outcomes *o, uint32_t row, uint32_t entity);
/* Whether that was said already. */
static inline bool outcomes_owns(const struct outcomes *o, uint32_t entity)
{
    return o->nowners && o->owners[o->nowners - 1].entity == entity;
}

/* Whether the place follows from the row before: there is nothing to say. */
static inline bool outcomes_stands(const struct outcomes *o, uint32_t row, struct place place)
{
    if (o->nruns == 0)
        return false;
    const struct outcome_run *last = &o->runs[o->nruns - 1];
    return last->place.file == place.file && last->place.line + (row - last->row) == place.line;
}
struct place outcomes_place(const struct outcomes *o, uint32_t row);

static inline const struct value_shape *outcomes_side(const struct outcome_shape *shape,
                                                      enum outcome_side side)
{
    return side == SIDE_TARGET ? &shape->target : &shape->actual;
}

/* Dividing two exact numbers once gives the nearest double, which is what was read. */
static inline double outcomes_number(const struct outcomes *o, enum outcome_side side, uint32_t row,
                                     unsigned places)
{
    const struct outcome_numbers *n = &o->side[side];
    return n->digits ? (double)n->digits[row] / (double)number_pow10[places] : n->wide[row];
}

/* Sets the number of a row; the rows before it are known. False: no memory. */
bool outcomes_set_number(struct outcomes *o, enum outcome_side side, uint32_t row, double number,
                         unsigned places);
/* Copies the numbers of all rows of `from` to those from `at` on. False: no memory. */
bool outcomes_join_numbers(struct outcomes *o, enum outcome_side side, uint32_t at,
                           const struct outcomes *from);

/* A row's values; their texts are not among them. */
struct value outcomes_target(const struct outcomes *o, uint32_t row);
struct value outcomes_actual(const struct outcomes *o, uint32_t row);

static inline const struct outcome_shape *outcomes_shape_of(const struct outcomes *o, uint32_t row)
{
    return &o->shapes[ids_get(&o->shape, row)];
}

/* Room for the text of a plain number. */
struct value_text {
    char bytes[NUMBER_TEXT_MAX];
};

/* Whether `text` is what a value's number with its decimals is written as, and nothing else. */
bool outcomes_is_plain(const struct value *v, const char *text, size_t len);
/* That text, in the room. */
const char *outcomes_plain_text(struct value_text *room, double num, unsigned places);

#endif
