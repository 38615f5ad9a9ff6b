/*
 * kernel.h - the standard rules as C over columns (contract 4). One place for each formula: the
 * same kernel runs over a segment of rows, for a Lua call of a rule (n = 1), and is explained from
 * here.
 */
#ifndef RULE_KERNEL_H
#define RULE_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

/* In order of rules.def. Those after RULE_FUNCTION are made of parts and have no kernel. */
enum rule_kind {
#define RULE(kind, name, zh, target, usage, formula, formula_zh) RULE_##kind,
#include "rule/rules.def"
    RULE_KINDS
};

/* The signs of a target as kernels see them; the numbers are those of model's enum sign. */
enum rule_sign {
    RULE_SIGN_NONE,
    RULE_SIGN_GE,
    RULE_SIGN_GT,
    RULE_SIGN_EQ,
    RULE_SIGN_LT,
    RULE_SIGN_LE,
    RULE_SIGN_BETWEEN,
    RULE_SIGN_BY,
    RULE_SIGN_QUALITATIVE
};

enum rule_steps { STEPS_FLOOR, STEPS_CEIL, STEPS_PRORATA };
enum rule_when { WHEN_ABOVE, WHEN_BELOW, WHEN_EITHER };
enum rule_per { PER_DAY, PER_WEEK, PER_MONTH };

struct rule_tier {
    double bound, points;
};
struct rule_item {
    const char *mark;
    double points;
}; /* mark: the item's text, which may begin with ① */

struct rule;
struct rule_part {
    const struct rule *rule;
    double weight; /* average; else 1 */
};

#define RULE_DEPTH_MAX 8  /* of rules within rules */
#define RULE_PARTS_MAX 32 /* rules without parts that one rule holds, at all depths */

/* A declared rule; rules.def says what each field means. Owns nothing: tiers, items and parts
 * belong to the script that declared it. */
struct rule {
    enum rule_kind kind;
    double missing;                /* attainment of a missing actual; NaN: none given */
    double not_applicable;         /* NaN: none given */
    double of;                     /* full points of rules that speak in points; 1 */
    double pass, over;             /* completion, and by_sign where it completes */
    int linear;                    /* reverse: mode = "linear"; also by_sign where it reverses */
    int upper;                     /* tiers: edge = "upper" */
    const struct rule_tier *tiers; /* sorted by bound, lowest first */
    size_t ntiers;
    double lo, hi, width;                 /* between */
    double from, per, lose;               /* deduct; lose: violations, deadline too */
    int steps, when;                      /* enum rule_steps, rule_when */
    int period;                           /* deadline: enum rule_per */
    double satisfied, unacceptable, base; /* efficacy */
    const struct rule_item *items;        /* checklist with a list; NULL: checklist{of=n} */
    size_t nitems;
    const struct rule_part *parts; /* of rules made of rules */
    size_t nparts;
    unsigned depth, leaves; /* of its parts: levels below it, rules without parts */
    bool reads_target;      /* what untargeted means for it; for by_sign always true */
    bool reads_previous;    /* likewise last year's actual */
    int function;       /* > 0: the script's number for it: functions, and rules that hold some */
    const char *script; /* where it was declared, as shown; NULL: the built-in by_sign */
    uint32_t line;
};

/* The rule that grades what no script grades. */
extern const struct rule rule_default;
const char *rule_name(enum rule_kind kind); /* "completion"; "function" */

#define KERNEL_TARGET_TOO_LOW 1u /* a/t >= over */

/* n rows that share one rule. `hi` may be NULL where no row is a range; dates are day numbers. For
 * a checklist `actual` is already what rule_items made of the cell: points met. Writes attainment
 * in 0..1 and notes. */
struct kernel_rows {
    size_t n;
    const double *actual;
    const double *target;
    const double *hi;
    const uint8_t *sign;
    double *attainment;
    uint8_t *notes;
};

void kernel_run(const struct rule *rule, const struct kernel_rows *rows);

/* The bands of tiers, to be counted: one a bound, lowest first, and last what no bound holds. Where
 * that earns what the band beside it earns, nothing tells them apart, and it is none of its own. */
size_t kernel_bands(const struct rule *rule);
/* The band of an actual; kernel_bands or more: none. */
size_t kernel_band(const struct rule *rule, double actual);
/* "80 ≤ a < 90 → 4": a is the actual. */
void rule_print_band(struct buf *out, const struct rule *rule, size_t band);

/* Rules made of rules (kernel_compose.c): n attainments out of those of the parts, a column each.
 * Not-a-number where one is. */
void kernel_combine(const struct rule *rule, size_t n, const double *const *parts,
                    double *attainment);
/* The sign by which last year's actual is a target: the item's own where it is a number's. */
enum rule_sign rule_previous_sign(enum rule_sign sign, bool day);
/* What the rule says of a missing actual, of an indicator that does not apply: its own word, else
 * what its parts make of theirs. NaN: nothing. */
double rule_missing(const struct rule *rule);
double rule_not_applicable(const struct rule *rule);
/* Whether the rule, or one in it, is of that kind. */
bool rule_holds(const struct rule *rule, enum rule_kind kind);
/* A copy, with all that it points to, in the arena; NULL: no memory. */
struct rule *rule_copy(struct arena *arena, const struct rule *rule);

/* What a checklist's cell says: a count ("3"), or a list of items met ("①③", "1,3", "1、3"). Points
 * met in *points (items without own points count 1). False where it is neither, names an item twice
 * or one that does not exist. */
bool rule_items(double *points, const struct rule *rule, const char *text, size_t len);

/* The formula with its numbers, for a pocket calculator: "a ÷ t = 9200 ÷ 7000 = 1.314286 ≥ 1 → 1".
 * `zh` chooses the words. */
void rule_explain(struct buf *out, const struct rule *rule, double actual, double target, double hi,
                  enum rule_sign sign, double attainment, bool zh);
/* The same of a rule made of rules: what each part gave, and its own explanation (NULL: none). */
void rule_explain_parts(struct buf *out, const struct rule *rule, const double *attainments,
                        const char *const *texts, bool zh);
/* The rule with its parameters as a script would write it: `completion{ over = 1.3 }`. */
void rule_print(struct buf *out, const struct rule *rule);

#endif
