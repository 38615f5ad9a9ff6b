/*
 * plan.h - the structs that the stages after loading share: standards, plan, scores, results.
 *
 *   bind     each fund's indicators as numbers: weight, sign, rule, functions
 *   measure  values that scripts compute or [targets] gives, as overrides
 *   score    an attainment for each indicator, or a status that says why not
 *   check    doubts about facts, rules.check
 *   total    fund scores, coverage, bounds, adjustments, grades
 *
 * All of it lives in one struct run, made by stage/run.c.
 */
#ifndef STAGE_PLAN_H
#define STAGE_PLAN_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/progress.h"
#include "base/workers.h"
#include "model/columns.h"
#include "model/dataset.h"
#include "model/evaluation.h"
#include "model/yardstick.h"
#include "plug/host.h"
#include "rule/script.h"
#include <steelyard/base.h>

enum item_status {
    ITEM_SCORED,
    ITEM_NOT_APPLICABLE,
    ITEM_REJECTED,
    ITEM_UNTARGETED,
    ITEM_MISSING,
    ITEM_UNRATED,
    ITEM_ERROR, /* its script failed */
    ITEM_STATUSES
};
const char *item_status_word(enum item_status s); /* "scored", "not_applicable", … */

enum fund_status { FUND_SCORED, FUND_INSUFFICIENT, FUND_UNSCORED, FUND_ERROR };
const char *fund_status_word(enum fund_status s);

/* What a path is in one type and year. */
struct bound {
    uint32_t path;   /* id in paths; a [names] label may have given it */
    uint32_t branch; /* id in paths of its first level */
    uint32_t standard;
    const struct yard_weight *weight;    /* NULL: the data's */
    const struct yard_text *target_text; /* [targets]; NULL */
    const struct rule *rule;
    const char *name; /* [names] label; NULL */
    struct value target;
    uint32_t target_cell;         /* its text, an offset in cells */
    int measure, target_function; /* functions of the script; 0: none */
    uint8_t sign;                 /* [signs] */
    bool rowed;                   /* some fund has a row of it */
    bool absent;                  /* another year's: the data of this one never had it */
};

/* One type in one year. */
struct standard {
    uint32_t type; /* word; NO_WORD for funds without a type */
    int year;
    const struct yardstick *yard;
    struct script *script;              /* NULL: none. Bind's own: tasks have theirs, see task.h */
    const struct script_source *layers; /* the script's files, lowest first */
    size_t nlayers;
    const struct script_parameter *parameters; /* as many as the yardstick has */
    bool measures, targets;                    /* some path of it is computed */
    struct script_stop stop; /* why it is not called any more; without a message: it is */
    struct rule rule;        /* of indicators that no script grades, where there is no script */
    uint32_t *must; /* paths that each fund of it has: [weights] without `*`, measured ones */
    size_t nmust;
    struct bind_name *names; /* labels of [names], sorted when one is first looked for; NULL */
    size_t nnames;
};

#define OVER_MEASURED        1u /* the actual was computed */
#define OVER_TARGET_CONFIG   2u /* the target is [targets]' */
#define OVER_TARGET_COMPUTED 4u
#define OVER_NOT_APPLICABLE  8u
#define OVER_ERROR           16u /* its measure or target failed */
#define OVER_LACKING         32u /* a fact was missing: said in a finding already */
#define OVER_MIXED           64u /* of a mix: sign and path are not the row's. See mix.h */

/* Where an item's values are not its row's. */
struct override {
    struct value target, actual;
    uint32_t target_text, actual_text; /* offsets in cells */
    uint32_t reason;                   /* offset in cells */
    uint32_t item;
    uint32_t path; /* OVER_MIXED: what its results' year calls it */
    double weight; /* OVER_MIXED: that scripts see; NAN: its own */
    uint8_t pair;
    uint8_t flags;
    uint8_t sign; /* OVER_MIXED */
};

/* Its items are its indicators. */
struct fund {
    uint32_t entity;
    uint32_t standard;
    uint32_t first, count; /* items */
};

struct adjustment {
    uint32_t fund;
    double points; /* NAN: none */
    uint32_t cap;  /* index of the yardstick's grades; NO_ROW */
    bool veto;
    uint32_t reason; /* word */
    struct place place;
};

/* What a fund comes to; the sums behind it are made again where they are shown: tally.h. */
struct fund_result {
    int64_t score, low, high; /* × 10^decimals */
    int64_t base;             /* after rescaling, before adjustments */
    double coverage;          /* NAN: nothing that applies */
    uint32_t grade;           /* index of the yardstick's grades; NO_ROW */
    uint32_t first_adjustment, nadjustments;
    uint32_t nfindings;
    uint8_t status; /* enum fund_status */
    bool has_score, has_bounds, has_base, sums_right;
    bool open;        /* something that applies is not scored */
    bool config_sums; /* not right, and every weight is a plain key of [weights] */
};

/* What the caller narrows and changes. */
struct run_options {
    bool zh;               /* reasons that rules give to scripts are in Chinese */
    const char *installed; /* data folder: config/, scripts/ */
    const int *years;      /* scored years; NULL: the evaluation's */
    size_t nyears;
    const char *const *fund_ids; /* NULL: all */
    size_t nfund_ids;
    const char *const *types;
    size_t ntypes;
    const struct yard_set *sets;
    size_t nsets;
    int yardstick;       /* every year is judged by this one's; 0: each by its own */
    unsigned jobs;       /* workers; 0: one a processor */
    uint64_t part_bytes; /* in which files are loaded; 0: the usual ones */
    struct progress progress;
    bool without_data; /* no source is read: yardsticks and scripts alone */
    bool isolated;     /* funds know nothing of each other: results are not looked for twice */
    struct coverage *coverage; /* what of scripts is reached is noted there, by one worker; NULL */
    bool thorough;             /* no item goes the quick way: to compare both */
    bool reported;             /* an actual that is reported stands: it is not measured */
};

/* Everything of one run. Owns: all but evaluation and plugins. */
struct run {
    bool zh;
    const struct evaluation *e;
    const struct plug_registry *plugins;
    struct progress progress;
    const char *stage; /* that runs, as it is told; NULL before the first */
    struct run_options options;
    struct workers *workers;
    struct worker *crew; /* what each of them has to itself: task.h */
    struct units *units;
    struct columns *columns;
    struct dataset d;
    struct yards *yards;
    struct sandbox *sandbox; /* NULL until a script is needed */

    struct standard *standards;
    uint32_t nstandards, standards_cap;
    struct map standard_index; /* (type, year) */
    struct bound *bounds;
    uint32_t nbounds, bounds_cap;
    struct map bound_index;      /* (standard, path) */
    uint32_t *row_order;         /* outcome rows by entity; NULL: as they lie. See row_at */
    uint32_t *row_first;         /* by entity, nentities + 1: the place in that order */
    struct map adjustment_index; /* entity to its first row of adjustments */
    struct map rating_index;     /* (entity, path) to ratings row */
    struct map find_index;       /* (entity, path) to item or row, of long ones: find.c */

    struct fund *funds;
    uint32_t nfunds;
    uint32_t *fund_of;       /* by entity; NO_ROW: not scored */
    const char **fact_names; /* near.c; of the data's facts, as many as are looked at */
    size_t nfact_names;
    uint32_t *groups; /* first fund of each, and one more: task.h */
    uint32_t ngroups;
    uint32_t from_fund, from_item; /* what stages work on: all, or what is mixed. See mix.h */
    uint32_t *item_told;           /* by item from from_item on: the row that its target is of */
    bool quiet;                    /* … of which nothing is said */
    uint32_t nitems;
    uint32_t nplain;       /* items that are just the rows in their order. See item_row */
    uint32_t *item_rows;   /* of those after them; NULL: there are none */
    uint16_t *item_bounds; /* by item; NULL: the numbers are too great for it */
    uint32_t *wide_bounds; /* by item, then */
    uint32_t *item_overs;  /* by item, NO_ROW: none; NULL: there are no overrides */
    struct override *overs;
    uint32_t novers, overs_cap;

    double *share;        /* by item: of a weight that is split; NULL: none is */
    double *attainment;   /* by item; NAN: none */
    double *bound_points; /* by bound: its weight, where it is a plain one of the yardstick, else
                             NAN; NULL until sums are made */
    double *ruled;        /* by item: what the rule gives beside a rating; NULL until one does */
    uint32_t *reason;     /* by item: offset in cells, 0: none; NULL until one has one */
    uint8_t *status;      /* by item: enum item_status */
    bool *failed;         /* by fund: a script failed */

    struct adjustment *adjustments;
    uint32_t nadjustments, adjustments_cap;
    struct fund_result *results;
    bool script_failed; /* some fund was spoilt: exit code 3 */
    struct arena arena;
};

/* The row at a place in the order of rows. */
static inline uint32_t row_at(const struct run *r, uint32_t place)
{
    return r->row_order ? r->row_order[place] : place;
}

/* What an item is made of: nothing else knows how items lie in memory. */
static inline uint32_t item_row(const struct run *r, uint32_t item) /* of outcomes; NO_ROW */
{
    return r->item_rows && item >= r->nplain ? r->item_rows[item - r->nplain] : row_at(r, item);
}

static inline uint32_t item_bound_id(const struct run *r, uint32_t item)
{
    return r->item_bounds ? r->item_bounds[item] : r->wide_bounds[item];
}

/* Borrowed until the next bind_path. */
static inline const struct bound *item_bound(const struct run *r, uint32_t item)
{
    return &r->bounds[item_bound_id(r, item)];
}

/* NULL: its values are its row's. */
static inline const struct override *item_over(const struct run *r, uint32_t item)
{
    const uint32_t over = r->item_overs ? r->item_overs[item] : NO_ROW;
    return over == NO_ROW ? NULL : &r->overs[over];
}

/* OVER_ flags. */
static inline unsigned item_flags(const struct run *r, uint32_t item)
{
    const struct override *over = item_over(r, item);
    return over ? over->flags : 0;
}

static inline double item_weight(const struct run *r, uint32_t item) /* NAN: none */
{
    const struct yard_weight *w = item_bound(r, item)->weight;
    if (!w)
        return outcome_number(&r->d, OUTCOME_WEIGHT, item_row(r, item));
    return w->split ? r->share[item] : w->points;
}

/* stage/bind.c */
sy_status bind_run(struct run *r, sy_error *err);
/* The standard of an entity, made when new. */
sy_status bind_standard(uint32_t *out, struct run *r, uint32_t entity, sy_error *err);
/* The same of a type (NO_WORD: none) in a year. */
sy_status bind_type(uint32_t *out, struct run *r, uint32_t type, int year, sy_error *err);
/* A path of a standard in bound_index. Labelled paths have a key of their own: the same text may be
 * another path. */
static inline uint64_t bind_key(uint32_t standard, uint32_t path, bool labelled)
{
    return map_key(standard * 2 + labelled, path);
}
sy_status bind_path(uint32_t *out, struct run *r, uint32_t standard, uint32_t path, bool labelled,
                    sy_error *err);
/* stage/bind_items.c: the indicators of each fund. */
sy_status bind_items(struct run *r, sy_error *err);
/* stage/bind_names.c. Findings of rows speak of the paths that labels gave. */
void bind_findings(struct run *r);
/* The path whose [names] label, in the same branch, equals the name that a
 * table gave; else the path itself. */
sy_status bind_named(uint32_t *out, struct run *r, uint32_t standard, uint32_t path, sy_error *err);
/* stage/bind_was.c, where one year's yardstick judges them all: the name that it has for a path,
 * and which of its indicators another year's data never had. */
sy_status bind_renamed(uint32_t *out, struct run *r, uint32_t standard, uint32_t path,
                       sy_error *err);
void bind_absent(struct run *r);
/* stage/bind_script.c: loads the type's script, if there is one. */
sy_status bind_script(struct run *r, struct standard *s, sy_error *err);
/* stage/bind_types.c: the type whose name is nearest to one that is unknown, or NULL. */
sy_status bind_near_type(const char **out, struct run *r, const char *type, sy_error *err);
/* stage/bind_unused.c: paths and patterns of INIs and scripts that no indicator has. */
sy_status bind_unused(struct run *r, sy_error *err);
/* stage/bind_weights.c */
sy_status bind_weights(struct run *r, sy_error *err);
/* stage/bind_brackets.c: points printed in level cells against the weights below them. */
sy_status bind_brackets(struct run *r, sy_error *err);
/* Rewrites the place of an error in a shown path ("config/x.ini") to the path as opened. */
void bind_place_error(const struct run *r, sy_error *err);

/* stage/measure.c */
sy_status measure_run(struct run *r, sy_error *err);
/* What functions compute, for the funds from r->from_fund on. */
sy_status measure_funds(struct run *r, sy_error *err);
/* Brings an item's new pair of values to one unit. A target that was derived has no text. */
void measure_pair(struct run *r, const struct fund *f, struct override *over, uint32_t row);
/* stage/score.c */
sy_status score_run(struct run *r, sy_error *err);
sy_status score_items(struct run *r, sy_error *err); /* those from r->from_item on, alone */
struct score_chunk;
void score_chunk_free(struct score_chunk *c);
/* stage/check.c: rules.check of each fund, and facts that [facts] asks for. */
sy_status check_facts(struct run *r, sy_error *err);
sy_status check_run(struct run *r, sy_error *err);
/* Whether a fact is a column of the funds table that is money. */
bool check_money_fact(const char *name);
/* stage/check_repeated.c */
sy_status check_repeated(struct run *r, sy_error *err);
/* stage/total.c, stage/adjust.c */
sy_status adjust_index(struct run *r, sy_error *err);
sy_status total_run(struct run *r, sy_error *err);
struct task;
/* The adjustments of a fund, into the task's journal. */
sy_status adjust_run(struct task *t, uint32_t fund, sy_error *err);
/* The journal's adjustments become the run's. */
sy_status adjust_commit(struct task *t, sy_error *err);

/* Facts that a function read, each once. Owns: facts. */
struct see_reads {
    uint32_t *facts; /* rows of the dataset's facts */
    uint32_t count, cap;
    double percent[2]; /* the last sy.percent(a, b) */
    bool has_percent;
};

/* stage/see.c: what scripts see. The ctx is filled in by the caller. */
struct journal;
/* Signs and numbers of the n items from `first`, where `known` says so: these need not be looked up
 * again. */
struct see_plain {
    const double *target, *actual;
    const uint8_t *sign;
    const bool *known;
    uint32_t first, n;
};
struct see {
    const struct run *r;
    struct journal *journal; /* what functions say */
    bool adjusting;
    uint32_t fund;    /* index of the fund whose function runs */
    sy_status status; /* a failure inside a callback (memory) */
    sy_error *err;
    struct buf scratch;
    struct value_text room;
    struct see_reads *reads; /* where facts that are read are listed; NULL: not listed */
    struct see_plain plain;
};
void see_init(struct script_data *out, struct see *ctx);

/* stage/find.c: items and rows by path, in one step however many a fund has. */
sy_status find_open(struct run *r, sy_error *err);
uint32_t find_item(const struct run *r, const struct fund *f, uint32_t path); /* NO_ROW */
uint32_t find_row(const struct run *r, uint32_t entity,
                  uint32_t path); /* of one that is not scored: the first; NO_ROW */
uint32_t find_fund(const struct run *r, uint32_t item); /* the fund of an item */

/* stage/item.c: what an item is, whatever its row and override. */
struct value item_target(const struct run *r, uint32_t item);
struct value item_actual(const struct run *r, uint32_t item);
/* "" for none. In `room`, or in the dataset's cells. */
const char *item_target_text(struct value_text *room, const struct run *r, uint32_t item);
const char *item_actual_text(struct value_text *room, const struct run *r, uint32_t item);
unsigned item_pair(const struct run *r, uint32_t item);
enum sign item_sign(const struct run *r, uint32_t item);
/* Whether the data or [signs] names a sign, target or none. */
bool item_has_sign(const struct run *r, uint32_t item);
const char *item_path(const struct run *r, uint32_t item);
uint32_t item_known_as(const struct run *r, uint32_t item); /* its path in its results' year */
const char *item_name(const struct run *r,
                      uint32_t item); /* label of the data, else [names]; NULL */
struct place item_place(const struct run *r, const struct fund *f, uint32_t item);
uint32_t item_unit(const struct run *r,
                   uint32_t item); /* i.unit: the target's as written, else the actual's */
double item_in_unit(const struct run *r, const struct value *v, uint32_t unit);
/* What a number in the base of its own unit is divided by to be in `unit`: 1 where they have
 * nothing to do with each other. */
double item_scale(const struct run *r, uint32_t own, uint32_t unit);
uint32_t item_rating(const struct run *r, const struct fund *f, uint32_t item); /* word; NO_WORD */
const struct rating_row *item_rating_row(const struct run *r, const struct fund *f, uint32_t item);
/* A rating word, or a number from 0 to 1, as attainment. */
bool item_rating_value(double *out, const struct run *r, const struct fund *f, uint32_t word);
/* The attainment of an actual that is a word of [ratings], also of one that begins like a number
 * (九成以上); false where it is none. */
bool item_word_rating(double *out, const struct run *r, const struct fund *f, uint32_t item);

/* What became of an item. */
static inline enum item_status item_status(const struct run *r, uint32_t item)
{
    return (enum item_status)r->status[item];
}
static inline double item_attainment(const struct run *r, uint32_t item) /* NAN: none */
{
    return r->attainment[item];
}
double item_score(const struct run *r, uint32_t item); /* in points, rounded; NAN: left out */
static inline double item_ruled(const struct run *r, uint32_t item) /* beside a rating; NAN */
{
    return r->ruled ? r->ruled[item] : NAN;
}
static inline uint32_t item_reason(const struct run *r, uint32_t item) /* offset in cells; 0 */
{
    return r->reason ? r->reason[item] : 0;
}

/* A finding's code and place. */
struct finding_at item_at(const struct run *r, const struct fund *f, uint32_t item,
                          enum finding_code code);
struct finding_at fund_at(const struct run *r, const struct fund *f, enum finding_code code);
/* One about a rating: where the rating stands, if it is a row of its own. */
struct finding_at item_rating_at(const struct run *r, const struct fund *f, uint32_t item,
                                 enum finding_code code);
/* The same as rows of a journal. */
sy_status item_finding(struct journal *j, const struct run *r, const struct fund *f, uint32_t item,
                       enum finding_code code, const char *text, const char *text2, double a,
                       double b, sy_error *err);
sy_status fund_finding(struct journal *j, const struct run *r, const struct fund *f,
                       enum finding_code code, double a, double b, sy_error *err);
/* A script's failure: script-error finding with the script's place; the fund is spoilt. */
sy_status item_script_error(struct journal *j, const struct run *r, const struct fund *f,
                            uint32_t path, const struct script_result *result, sy_error *err);

/* A function that needed what is not there: fact-missing, with the function's name and where it
 * failed. `item` NO_ROW: a function of the whole fund. */
sy_status item_lacking(struct journal *j, const struct run *r, const struct fund *f, uint32_t item,
                       const char *what, const struct script_result *result, sy_error *err);

/* stage/run.c */
sy_status run_load(struct run **out, const struct evaluation *e,
                   const struct plug_registry *plugins, const struct run_options *options,
                   sy_error *err);
sy_status run_score(struct run *r, sy_error *err);
void run_free(struct run *r);

#endif
