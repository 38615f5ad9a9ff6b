/*
 * yardstick.h - the evaluation standard of one type and year, laid together from INI layers
 * (contract 3).
 */
#ifndef MODEL_YARDSTICK_H
#define MODEL_YARDSTICK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/decimal.h"
#include "base/pattern.h"
#include "model/value.h"
#include <steelyard/base.h>

/* Where a key was given: a file and line as shown (defaults: steelyard:config/defaults.ini), or
 * "--set" and 0. */
struct origin {
    const char *file;
    uint32_t line;
};

/* A value that a later layer hides, the nearest first. */
struct yard_hidden {
    const char *value;
    struct origin origin;
    const struct yard_hidden *next;
};

/* One key of the merged layers, in order of first mention, as the last layer left it. */
struct yard_key {
    const char *section;
    const char *key;
    const char *value;
    struct origin origin;
    const struct yard_hidden *hidden;
};

struct yard_level {
    const char *path;
    double points;
    struct origin origin;
};
struct yard_weight {
    const char *pattern;
    bool split; /* points, those of the branch in [levels], are shared by what the pattern fits */
    double points;
    struct origin origin;
};
struct yard_sign {
    const char *pattern;
    enum sign sign;
    struct origin origin;
};
struct yard_text {
    const char *key;
    const char *text;
    struct origin origin;
}; /* [targets], [names], [parameters] */
enum fact_kind {
    FACT_ANY,
    FACT_NUMBER,
    FACT_MONEY,
    FACT_PERCENT,
    FACT_DATE,
    FACT_BOOLEAN,
    FACT_TEXT
};
struct yard_fact {
    const char *name;
    enum fact_kind kind;
    bool required;
    struct origin origin;
};
struct yard_rating {
    const char *word;
    double attainment;
    struct origin origin;
};
struct yard_grade {
    const char *name;
    double bound; /* -INFINITY: no score has it, it is given by a cap alone, and is the lowest */
    struct origin origin;
};
struct yard_was {
    const char *path;
    const char *const *before;
    size_t nbefore;
    struct origin origin;
};

/* The tables of a yardstick by their keys. */
struct yard_index {
    struct pattern_set levels, weights, signs, targets, names, parameters, ratings;
};

enum missing_policy { POLICY_ZERO, POLICY_EXCLUDE, POLICY_FULL };

/* Everything is borrowed from the yards that made it and lives as long. */
struct yardstick {
    const char *type;
    int year;
    bool known;         /* an INI of this type was found */
    const char *name;   /* [type] name, or the type */
    const char *script; /* [type] script, or NULL: TYPE.lua */
    struct origin script_origin;
    double full_score;
    double min_coverage;
    struct yard_level *levels;
    size_t nlevels;
    struct yard_weight *weights;
    size_t nweights;
    struct yard_sign *signs;
    size_t nsigns;
    struct yard_text *targets;
    size_t ntargets;
    struct yard_text *names;
    size_t nnames;
    struct yard_fact *facts;
    size_t nfacts;
    struct yard_text *parameters;
    size_t nparameters;
    struct yard_rating *ratings;
    size_t nratings;
    struct yard_grade *grades;
    size_t ngrades; /* highest bound first */
    struct yard_was *was;
    size_t nwas;
    int decimals;
    enum round_mode mode;
    bool round_total; /* apply = total: indicator scores are not rounded */
    enum missing_policy on_missing, on_untargeted, on_unrated, on_rejected, on_not_applicable;
    bool rescale_level;
    struct yard_index index;
    const struct yard_key *keys;
    size_t nkeys; /* the merged layers, for `config` */
    const struct yard_key *taken;
    size_t ntaken; /* keys that `none` took back */
    const char *const *chain;
    size_t nchain; /* types from the root of `extends` to this one */
};

/* One `--set TYPE.SECTION.KEY=VALUE`. */
struct yard_set {
    const char *text;
};

#define PLACE_MAX 256

/* "config/x.ini:12", or "--set". Cut where it does not fit. */
void yard_place(char *out, size_t cap, const struct origin *origin);

/* All yardsticks of an evaluation, made on demand and kept. Owns: them and the INIs they came from.
 */
struct yards;

/* `installed` is the installed data folder (holding config/), `evaluation` the evaluation's folder
 * (NULL: none; its config/ may be absent). Origins of installed files are shown as
 * "steelyard:config/X.ini", the evaluation's as "config/X.ini". A --set that names no known section
 * or no valid value is SY_EUSAGE, at once. A --set of a type that has neither INI is SY_EUSAGE too.
 */
sy_status yards_open(struct yards **out, const char *installed, const char *evaluation,
                     const struct yard_set *sets, size_t nsets, sy_error *err);
void yards_close(struct yards *y);

/* Borrowed. A type without any INI gives the defaults, with known = false. SY_EINPUT for an INI
 * that cannot be used: unknown section or key ("did you mean"), a value that is no number where one
 * belongs, a cycle of `extends`, an unknown type in `extends`, split without a level, a tie of two
 * patterns that have equal literal characters (checked where a path meets them, see
 * yard_weight_of), two grades with one bound, negative points. SY_EUSAGE where a --set is what does
 * not fit the merged layers. */
sy_status yards_get(const struct yardstick **out, struct yards *y, const char *type, int year,
                    sy_error *err);

/* Year folders, shared with scripts: whether `name` ("2019", "2020-", "2018-2019", "-2017") is one,
 * and the range. Open ends are INT_MIN and INT_MAX. */
bool yard_year_folder(const char *name, int *first, int *last);
/* The year folders of `folder` that hold for `year`, in the order they are laid (earlier first;
 * narrower after wider). Owns: names. */
sy_status yard_year_folders(char ***out, size_t *n, const char *folder, int year, sy_error *err);
void yard_year_folders_free(char **names, size_t n);

/* Types that have an INI in the evaluation's config/ or in one of its year folders, by byte. The
 * caller frees with yard_year_folders_free. */
sy_status yards_own_types(char ***out, size_t *n, const struct yards *y, sy_error *err);
/* The existing type whose name is most like the word, or NULL. */
const char *yard_type_near(struct yards *y, const char *word);

/* What a path gets: the best pattern (section 3), or NULL. A tie is SY_EINPUT that names both
 * patterns and places. */
sy_status yard_weight_of(const struct yard_weight **out, const struct yardstick *y,
                         const char *path, sy_error *err);
sy_status yard_sign_of(enum sign *out, const struct yardstick *y, const char *path, sy_error *err);
const struct yard_text *yard_target_of(const struct yardstick *y,
                                       const char *path);              /* exact paths only */
const char *yard_name_of(const struct yardstick *y, const char *path); /* label, or NULL */
const struct yard_level *yard_level_of(const struct yardstick *y, const char *path, size_t len);
const char *yard_parameter(const struct yardstick *y, const char *key); /* or NULL */
const struct yard_rating *yard_rating_find(const struct yardstick *y, const char *word);
bool yard_rating_of(double *attainment, const struct yardstick *y, const char *word);
/* The grade of a printed score, by per cent of the full score, at 1e-9; NULL below the lowest.
 * Index into grades in *index. */
const char *yard_grade_of(const struct yardstick *y, double score, size_t *index);

#endif
