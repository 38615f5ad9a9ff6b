/*
 * value.h - values as people write them (contract 2.2): one table-driven parser, and the meeting of
 * a target with an actual.
 */
#ifndef MODEL_VALUE_H
#define MODEL_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/units.h"
#include <steelyard/base.h>

enum value_kind {
    VALUE_MISSING,        /* empty, or a dash alone */
    VALUE_NUMBER,         /* num, unit, perhaps a sign */
    VALUE_RANGE,          /* num to hi, both ends inside; sign is SIGN_BETWEEN */
    VALUE_DATE,           /* num: days since 1970-01-01 */
    VALUE_BY,             /* num: the last day allowed; sign is SIGN_BY */
    VALUE_TEXT,           /* words (also ratings: which words are ratings, the type says) */
    VALUE_BOOL,           /* num: 0 or 1; only where booleans are asked for */
    VALUE_NOT_APPLICABLE, /* 不适用, N/A */
    VALUE_BAD /* looks like a number, range or date and is none: `12..5`, `2019-13-40` */
};

enum sign {
    SIGN_NONE,
    SIGN_GE,
    SIGN_GT,
    SIGN_EQ,
    SIGN_LT,
    SIGN_LE,
    SIGN_BETWEEN,
    SIGN_BY,
    SIGN_QUALITATIVE
};

#define VALUE_APPROXIMATE 1u /* 超, 达, 近, 约, 余 */
#define VALUE_UP          2u /* 提升, 增长, … */
#define VALUE_DOWN        4u /* 下降, 减少, … */
#define VALUE_MULTIPLE    8u /* 45万: a power of ten without a unit; the other side's unit follows */

/* One value as read. Numbers are in the base unit of their dimension (元; per cent) once their unit
 * is known; a bare number has UNIT_NONE. */
struct value {
    double num;
    double hi;
    uint32_t unit; /* as written: units_get(…)->base is what num is in */
    uint8_t kind;
    uint8_t sign;
    uint8_t flags;
    uint8_t places; /* decimals as written, before conversion */
};

/* A value without its numbers. */
struct value_shape {
    uint32_t unit;
    uint8_t kind, sign, flags, places;
};

static inline struct value_shape value_shape_of(const struct value *v)
{
    return (struct value_shape){v->unit, v->kind, v->sign, v->flags, v->places};
}

static inline struct value value_from(const struct value_shape *shape, double num, double hi)
{
    return (struct value){num,         hi,           shape->unit,  shape->kind,
                          shape->sign, shape->flags, shape->places};
}

struct value_context {
    struct units *units;
    int year;              /* for dates without one; 0: such dates are VALUE_BAD */
    uint32_t default_unit; /* for a bare number (or 45万): a column's unit, or the other side's;
                              UNIT_NONE */
    bool booleans;         /* 是, 否, √, ×, yes, no, true, false are VALUE_BOOL (facts) */
};

/* Reads one cell. Never fails: what is no value is VALUE_TEXT or VALUE_BAD. */
void value_read(struct value *out, const struct value_context *c, const char *text, size_t len);

/* Whether a cell is empty, or a dash or a stroke alone. */
bool value_is_nothing(const char *text, size_t len);
/* A cell that says 不适用, and nothing more. */
/* What a spreadsheet shows where a formula went wrong: #DIV/0!. Never a value, whatever the other
 * side is. */
bool value_is_error(const char *text, size_t len);
bool value_is_not_applicable(const char *text, size_t len);

/* A sign word of a sign column or [signs]: `>=`, `≥`, `大于等于`, `<=`, `=`, `between`, `by`,
 * `qualitative`, `定性` …; SIGN_NONE where it is none. */
enum sign sign_read(const char *text, size_t len);
/* The same; true also for 定量, which says that numbers are meant, and no sign. */
bool sign_known(enum sign *out, const char *text, size_t len);
const char *sign_text(enum sign s); /* ">=", "between", …; "" for SIGN_NONE */

#define PAIR_UNIT_MISMATCH \
    1u /* known units of different dimensions, or a known one against a count */
#define PAIR_COUNT_WORDS 2u /* 个 against 件: a note, scored */
#define PAIR_BAD_TARGET  4u /* VALUE_BAD target */
#define PAIR_BAD_ACTUAL \
    8u /* VALUE_BAD actual, or words where the target is a number, range or date */
#define PAIR_ACTUAL_SIGN   16u /* the actual carries a sign; it was dropped */
#define PAIR_VERB_MISMATCH 32u /* 提升 against 下降 */
#define PAIR_KIND_MISMATCH 64u /* a date against a number, … */
#define PAIR_PERCENT_DOUBTFUL \
    128u /* 0.816 against 85%: read as 0.816 %, and perhaps 81.6 % was meant */
#define PAIR_REJECTED                                                              \
    (PAIR_UNIT_MISMATCH | PAIR_BAD_TARGET | PAIR_BAD_ACTUAL | PAIR_VERB_MISMATCH | \
     PAIR_KIND_MISMATCH)

/* Brings a target and an actual together: a bare number takes the other side's unit (it is read
 * again from its text, so that 21.16 against 万元 is exactly 211600), dates meet deadlines, an
 * actual's sign is dropped. c->default_unit is the row's own unit, for a side that is bare, unless
 * it does not fit the unit that the other side is written with. Either text may be missing.
 * VALUE_BAD against words, or against the very same text, is no fault: both are words then. A word
 * of [ratings] as the actual of a number is PAIR_BAD_ACTUAL here: the caller knows ratings. Returns
 * PAIR_ flags. */
unsigned value_pair(struct value *target, const char *target_text, size_t target_len,
                    struct value *actual, const char *actual_text, size_t actual_len,
                    const struct value_context *c);

/* The same where the two sides have units of their own, of their columns' headers: c->default_unit
 * is the target's. */
unsigned value_pair_units(struct value *target, const char *target_text, size_t target_len,
                          struct value *actual, const char *actual_text, size_t actual_len,
                          const struct value_context *c, uint32_t actual_unit);

/* The flags of two values that were read already, each beside another one: nothing is read again.
 */
unsigned value_pair_read(const struct value *target, const char *target_text,
                         const struct value *actual, const char *actual_text,
                         const struct units *units);

/* A bare target's sign: the value's own, else `column`, else `config`, else `>=` (0: `=`).
 * Qualitative for text. */
enum sign value_sign(const struct value *target, enum sign column, enum sign config);

/* The target that a completion (120 %) or excess (1.2个百分点) stands for, in the actual's unit.
 * False where it cannot be told (zero completion, mixed dimensions). Exactly one of completion,
 * excess is set (the other NULL). */
bool value_derive_target(struct value *target, const struct value *actual,
                         const struct value *completion, const struct value *excess,
                         const struct units *units);

/* "7500 条次", "211600 元", "2019-12-31", "[18, 54] 岁": a value as read, for people. Returns bytes
 * written (as snprintf). */
size_t value_print(char *out, size_t cap, const struct value *v, const struct units *units);

#endif
