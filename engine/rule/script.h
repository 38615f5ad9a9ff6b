/*
 * script.h - scoring scripts: loading TYPE.lua into a sandbox, and calling what it defines.
 *
 * `rule` knows no funds: what scripts see of the data comes through `struct script_data`, filled in
 * by the stage that calls.
 */
#ifndef RULE_SCRIPT_H
#define RULE_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "rule/kernel.h"
#include <steelyard/base.h>

/* A value that crosses between the engine and Lua. Text is borrowed. */
enum script_kind { SCRIPT_NIL, SCRIPT_NUMBER, SCRIPT_TEXT, SCRIPT_BOOL, SCRIPT_DATE, SCRIPT_RANGE };
struct script_value {
    enum script_kind kind;
    double num; /* also BOOL (0, 1), DATE (days since 1970-01-01), RANGE (low end) */
    double hi;
    const char *text;
    size_t len;
};

enum script_field {
    FIELD_PATH,
    FIELD_NAME,
    FIELD_SIGN,
    FIELD_TARGET,
    FIELD_ACTUAL,
    FIELD_UNIT,
    FIELD_WEIGHT,
    FIELD_RATING,
    FIELD_CLAIMED,
    FIELD_NOTE,
    FIELD_PREVIOUS,
    FIELD_SCORE,
    FIELD_STATUS,     /* in adjust and check: null before scoring */
    FIELD_ACTUAL_TEXT /* the actual as written; for checklists, not for scripts */
};
/* What functions read most, of an indicator whose values are numbers. */
struct script_plain {
    enum rule_sign sign;
    double target, actual; /* as FIELD_TARGET and FIELD_ACTUAL give them; NAN: no number */
};

#define SCRIPT_NO_FUND UINT32_MAX
#define SCRIPT_NO_ITEM UINT32_MAX

/* What scripts see of the data. Funds and items (a fund's indicators) are numbers of the caller. */
struct script_data {
    void *ctx;
    /* A named field or fact of a fund: id name type year department score, then facts. SCRIPT_NIL:
     * lacks it. */
    void (*fund_field)(void *ctx, uint32_t fund, const char *name, struct script_value *out);
    uint32_t (*fund_previous)(void *ctx, uint32_t fund);
    void (*item_field)(void *ctx, uint32_t item, enum script_field field, struct script_value *out);
    /* Sign, target and actual at once. NULL: item_field is asked for each. */
    void (*item_plain)(void *ctx, uint32_t item, struct script_plain *out);
    uint32_t (*item_find)(void *ctx, uint32_t fund, const char *path);
    uint32_t (*item_count)(void *ctx, uint32_t fund);
    uint32_t (*item_at)(void *ctx, uint32_t fund, uint32_t i); /* in order of the data */
    /* severity 0 note, 1 warning, 2 error; code NULL: "script". False: no such code. */
    bool (*finding)(void *ctx, uint32_t fund, int severity, const char *code, const char *text,
                    const char *english); /* NULL: text, in whatever language */
    /* adjust only: points (NaN: none), cap (grade name or NULL), veto. False: no such grade. */
    bool (*adjust)(void *ctx, uint32_t fund, double points, const char *cap, bool veto,
                   const char *reason);
    /* expect_sum: checks total = sum of parts within `within`; parts that the fund lacks are named
     * in *missing. */
    bool (*expect_sum)(void *ctx, uint32_t fund, const char *total, const char *const *parts,
                       size_t nparts, double within, const char **missing);
    bool zh; /* the language of the reasons that rules give when a script calls them */
    /* A fact alone, whatever field of the fund is called so. NULL: fund_field is asked. */
    void (*fund_fact)(void *ctx, uint32_t fund, const char *name, struct script_value *out);
    /* Told of each sy.percent(a, b) that has a result, to explain it. NULL: nobody asks. */
    void (*percent)(void *ctx, double a, double b);
};

/* One worker's Lua. Owns: the state and everything scripts made. */
struct sandbox;

struct sandbox_limits {
    uint64_t instructions; /* for one call of a script's function; default 1000000 */
    uint64_t memory;       /* bytes, for the state; default 64 MiB */
};

sy_status sandbox_open(struct sandbox **out, const struct sandbox_limits *limits, sy_error *err);
void sandbox_close(struct sandbox *s);
/* Whether a result is not what it would have been with memory enough: then none of them counts. */
bool sandbox_starved(const struct sandbox *s);
/* Files are loaded as `first` has read them: the same for all that share it. With s itself, s reads
 * each once and keeps it. */
void sandbox_share(struct sandbox *s, const struct sandbox *first);
/* From now on what scripts reach is noted in `c`, which outlives s. Before any script is loaded. */
struct coverage;
void sandbox_cover(struct sandbox *s, struct coverage *c);
/* Lets go of what earlier calls have left: nothing that follows depends on them. */
void sandbox_settle(struct sandbox *s);

/* What a script may read of its yardstick. */
struct script_parameter {
    const char *key;
    const char *text;
};

/* What is shown before the place of a file of the installed folder. */
#define SCRIPT_INSTALLED "steelyard:"

/* The layers of one type's rules, lowest first: base type's script, installed, evaluation's, year
 * folders'. The last is the one in force; sy.base() in it gives the rules of the one below. */
struct script_source {
    const char *path;  /* to open */
    const char *shown; /* in messages */
    const char *lib; /* folder(s) for require: "…/scripts/lib" of the evaluation, then installed,
                        which SCRIPT_INSTALLED stands before, separated by '\n' */
};

/* One loaded script. Owned by its sandbox. */
struct script;

/* SY_EINPUT for a syntax error (file and line), no `return rules`, an unknown rule option or field
 * of rules (did you mean), api other than 1, a limit. SY_EFILE where a file cannot be read. */
sy_status script_load(struct script **out, struct sandbox *s, const struct script_source *layers,
                      size_t nlayers, const struct script_parameter *parameters, size_t nparameters,
                      sy_error *err);

/* The rule for a path: the best pattern; NULL where none matches. A tie is SY_EINPUT naming both.
 */
sy_status script_rule_of(const struct rule **out, const struct script *s, const char *path,
                         sy_error *err);

/* The rule of what no pattern matches: by_sign with the script's [parameters]. */
const struct rule *script_default_rule(const struct script *s);
/* Lays over, pass and reverse of [parameters] into a rule; what is no such value changes nothing.
 */
void rule_apply_parameters(struct rule *rule, const struct script_parameter *parameters,
                           size_t nparameters);

/* Functions of a script. 0: none. */
int script_measure_of(const struct script *s, const char *path,
                      sy_error *err); /* -1: a tie, *err is set */
int script_target_of(const struct script *s, const char *path, sy_error *err);
int script_adjust(const struct script *s);
int script_check(const struct script *s);
/* Exact paths in rules.measure: indicators that exist because they are measured. In order of the
 * file (sorted by first line is not known: sorted by byte). */
const char *const *script_measured(const struct script *s, size_t *n);
/* All patterns of rules.indicator, measure and target, for "matches nothing". */
const char *const *script_patterns(const struct script *s, size_t *n);
/* One line of a script's rules, as it declares them. */
struct script_rule {
    const char *section;     /* "indicator", "measure", "target", "adjust", "check" */
    const char *pattern;     /* NULL: adjust, check */
    const struct rule *rule; /* NULL: a function */
    const char *shown;       /* where; NULL: not known */
    uint32_t line;
    const char *set_shown; /* the line that sets it, whatever made it; NULL: not known */
    uint32_t set_line;
};
/* The rules in force: i-th of `script_nrules`, by section, then by pattern. */
size_t script_nrules(const struct script *s);
void script_rule_at(const struct script *s, size_t i, struct script_rule *out);
/* Which of them a path gets; SCRIPT_NO_RULE: none. */
#define SCRIPT_NO_RULE SIZE_MAX
enum script_section_name { SECTION_INDICATOR, SECTION_MEASURE, SECTION_TARGET, SCRIPT_SECTIONS };
size_t script_rule_number(const struct script *s, enum script_section_name section,
                          const char *path);
void script_function_place(const struct script *s, int function, const char **shown,
                           uint32_t *line);

/* Why a script is not called any more. */
struct script_stop {
    const char *message;
    const char *file; /* as shown; NULL: where each function stands that is not called */
    uint32_t line;
};
extern const struct script_stop script_limit; /* it has hit a limit */

/* Stops a script that runs still, and lets go of its functions and all that they hold. The texts
 * must outlive it. */
void script_stop(struct script *s, const struct script_stop *why);
bool script_stopped(const struct script *s);
/* script_state.c: whether its functions left something behind: *why says what, with a message in
 * `texts`. */
sy_status script_keeps(bool *out, struct script_stop *why, struct script *s, struct arena *texts,
                       sy_error *err);

enum script_outcome {
    SCRIPT_DONE,     /* value (and reason) given */
    SCRIPT_NO_VALUE, /* a measure gave nil: missing; reason, and `lacking` where it read one */
    SCRIPT_NOT_APPLICABLE, /* sy.not_applicable(reason) */
    SCRIPT_LACKING,        /* it failed after reading a fact, target or previous that is not there:
                              `lacking` */
    SCRIPT_UNFIT,   /* a rule that the function called had nothing to go by here, and the function
                       gave no attainment: `unfit` */
    SCRIPT_ERROR,   /* message: script:line: what, and traceback */
    SCRIPT_DISABLED /* the script was stopped before */
};

struct script_result {
    enum script_outcome outcome;
    struct script_value value; /* text copied into the arena given */
    const char *unit;          /* a measure's second result, or NULL */
    const char *reason;        /* or NULL */
    const char *lacking;       /* name of the fact, or "target", "previous" */
    const char *message;
    const char *file; /* of an error, as shown */
    uint32_t line;
    bool limit; /* the error was a limit */
    /* SCRIPT_UNFIT: the rule, with its parts in the arena given. */
    const struct rule *unfit;
    double over_ratio; /* a ÷ t where a rule that was called found it too far over 1; else 0 */
    bool repeats;      /* a rule that was called took an actual that repeats its target as met */
    bool ranged;       /* a function in a rule that was called gave `given`, outside of 0 to 1 */
    double given;
};

/* Attainment of n items of one fund list by one function, under one protected call until a row
 * fails (then one more for the rest). results[i] is filled for every row; never fails itself. An
 * attainment is any finite number: clamping is the caller's. */
void script_run_items(struct script *s, int function, const struct script_data *data,
                      const uint32_t *funds, const uint32_t *items, size_t n,
                      struct script_result *results, struct arena *texts);
/* A measure, target, adjust or check of one fund. */
void script_run_fund(struct script *s, int function, const struct script_data *data, uint32_t fund,
                     struct script_result *result, struct arena *texts);

#endif
