/*
 * value_parts.h - what the files of the value parser share: the forms that people write, and the
 * reading of one cell in progress.
 */
#ifndef MODEL_VALUE_PARTS_H
#define MODEL_VALUE_PARTS_H

#include "base/number.h"
#include "model/value.h"

#define VALUE_TEXT_MAX   4096 /* bytes of a cell that may still be more than text */
#define VALUE_DIGITS_MAX 60   /* of one number; more is no number of this world */

/* Where a written form may stand. */
#define FORM_PREFIX   1u  /* before the number or date: 不少于 */
#define FORM_SUFFIX   2u  /* after the unit: 以上 */
#define FORM_INNER    4u  /* between number, multiple and unit: 余 */
#define FORM_WHOLE    8u  /* the whole cell: 不适用 */
#define FORM_COLUMN   16u /* the whole cell of a sign column: 定性 */
#define FORM_DEADLINE 32u /* after a date: 前 */
#define FORM_COUNTED  64u /* after a number in Chinese numerals: 场 */

/* What it means. `sign` and `flags` say more. */
enum form_means {
    MEANS_NOTHING, /* filler: 同比 */
    MEANS_SIGN,    /* `sign` */
    MEANS_SOFT,    /* `sign`, which gives way to another sign or a range: 控制在 */
    MEANS_FLAGS,   /* `flags` */
    MEANS_LINK,    /* filler after another word only: 提升至 */
    MEANS_REACH,   /* approximate, unless a sign follows: 达到…以上 */
    MEANS_WHEN,    /* filler before a date, or before a sign: 于 */
    MEANS_BEFORE,  /* a month before which it ends: 9月前 */
    MEANS_WITHIN,  /* 9月内 */
    MEANS_NA,      /* not applicable */
    MEANS_YES,
    MEANS_NO
};

struct form {
    const char *text;
    uint8_t where;
    uint8_t means;
    uint8_t sign;
    uint8_t flags;
};

/* The longest form that may stand `where` (one of the above) and begins a text, for FORM_SUFFIX
 * ends it, or NULL. */
const struct form *value_form_at(const char *text, size_t len, unsigned where);
/* The form that is all of a text, or NULL. */
const struct form *value_form_whole(const char *text, size_t len, unsigned where);

/* One cell while it is read. `text` is normalised: half width, one spelling of each sign and dash,
 * blanks only between ASCII words. The bytes from `at` to `end` are still to be read. */
struct reading {
    const struct value_context *context;
    const char *text;
    const char *at;
    const char *end;
    enum sign sign;
    bool soft;  /* `sign` gives way */
    bool reach; /* 达, 达到: approximate unless there is a sign */
    bool when;  /* 于, 截至: a number needs a sign then */
    bool clash; /* two signs that cannot both hold */
    uint8_t flags;
};

/* A cell in its normal spelling. 0 for one of blanks only; SIZE_MAX: too long. */
size_t value_normalise(char out[VALUE_TEXT_MAX], const char *text, size_t len);

/* Adds a sign from before or after the number; `soft` ones give way. */
void value_take_sign(struct reading *r, enum sign sign, bool soft);

/* [+-]digits with thousands in groups of three, at the start of a text. Bytes read; 0: none, or a
 * broken number. */
size_t value_number_at(struct decimal_text *out, const char *text, size_t len);

/* What is left of a reading as a number with its unit or a range, or as a date. False: it is none.
 * value_read_date may set VALUE_BAD and still be true: a date that does not exist. */
bool value_read_number(struct value *out, struct reading *r);
bool value_read_date(struct value *out, struct reading *r);

/* The number in the base unit of `unit` (UNIT_NONE: bare), times 10^power. False: not finite. */
bool value_convert(double *out, const struct decimal_text *d, int power, const struct units *units,
                   uint32_t unit);

/* Whether a text that could not be read looks like a number, date or sign all the same. */
bool value_looks_broken(const struct reading *r);

#endif
