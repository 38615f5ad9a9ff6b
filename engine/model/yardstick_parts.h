/*
 * yardstick_parts.h - what the files yardstick*.c share. Nobody else includes it.
 *
 * yardstick.c keeps the yardsticks; yardstick_types.c finds a type's files; yardstick_layers.c
 * knows which layers a type has, yardstick_merge.c lays them over each other, key by key;
 * yardstick_sections.c knows sections, keys and values; yardstick_build.c turns merged keys into a
 * yardstick; yardstick_lookup.c answers questions about one; yardstick_years.c knows year folders;
 * yardstick_set.c reads --set.
 */
#ifndef MODEL_YARDSTICK_PARTS_H
#define MODEL_YARDSTICK_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/pool.h"
#include "model/ini.h"
#include "model/yardstick.h"

#define YARD_ORIGIN_SET "--set"
#define YARD_NONE       "none" /* the value that takes a key back */
#define YARD_CAP        "cap"  /* the bound of a grade that no score has, only a cap gives */

/* A --set, taken apart. */
struct yard_override {
    const char *type;
    struct yard_key key;
};

/* The evaluation's year folders that hold for a year. Owns: names. */
struct yard_year {
    int year;
    char **names;
    size_t n;
};

/* Owns: everything. Texts live in the arena or in the INIs. */
struct yards {
    struct arena arena;
    const char *installed;      /* NULL: none */
    const char *evaluation;     /* NULL: none; "": the current folder */
    const struct ini *defaults; /* the layer under all others; NULL: none */
    struct yard_override *overrides;
    size_t noverrides;
    struct pool paths; /* ids are indices of inis */
    struct ini **inis; /* NULL: the file is absent */
    size_t cap_inis;
    struct pool asked; /* year, newline, type; ids are indices of sticks */
    struct yardstick **sticks;
    size_t cap_sticks;
    struct yard_year *years;
    size_t nyears;
    size_t cap_years;
};

/* A key while layers are laid. One that was taken back keeps its place, not live. */
struct yard_slot {
    struct yard_key key;
    bool live;
    bool is_default; /* its value is the default layer's */
};

/* The layers of one yardstick while they are laid. Owns: ids, slots, chain, text. */
struct yard_merge {
    struct yards *yards;
    struct yardstick *stick;
    sy_error *err;
    struct pool ids; /* section, newline, key; ids are indices of slots */
    struct yard_slot *slots;
    size_t nslots;
    size_t cap_slots;
    const char **chain;
    size_t nchain;
    size_t cap_chain;
    struct buf text;
};

/* One value, read. Which member holds depends on the section and key. */
struct yard_cell {
    double number;
    int word;      /* of a key with words to choose from: the index; enum sign; enum fact_kind */
    bool flag;     /* [weights] split; [facts] required */
    size_t member; /* of a section with fixed keys: the key's index, enum yard_…_member */
};

enum yard_section {
    YARD_TYPE,
    YARD_LEVELS,
    YARD_WEIGHTS,
    YARD_SIGNS,
    YARD_TARGETS,
    YARD_NAMES,
    YARD_FACTS,
    YARD_PARAMETERS,
    YARD_RATINGS,
    YARD_GRADES,
    YARD_ROUNDING,
    YARD_MISSING,
    YARD_WAS,
    YARD_SECTIONS
};
enum yard_type_member { TYPE_NAME, TYPE_SCRIPT, TYPE_EXTENDS, TYPE_FULL_SCORE, TYPE_MIN_COVERAGE };
enum yard_rounding_member { ROUNDING_DECIMALS, ROUNDING_MODE, ROUNDING_APPLY };
enum yard_missing_member {
    MISSING_ACTUAL,
    MISSING_TARGET,
    MISSING_RATING,
    MISSING_REJECTED,
    MISSING_NOT_APPLICABLE,
    MISSING_RESCALE
};

/* yardstick.c */

/* Fills *err: SY_EUSAGE for what came by --set, else SY_EINPUT. */
sy_status yard_fail(sy_error *err, const struct origin *origin, const char *format, ...)
    SY_PRINTF(3, 4);
/* Room for one more of `size` bytes in an array of n; false without memory. */
bool yard_grow(void **array, size_t *cap, size_t n, size_t size);
/* The INI, checked key by key, or NULL in *out where the file is absent. Each file is read once. */
sy_status yard_ini(const struct ini **out, struct yards *y, const char *path, const char *shown,
                   sy_error *err);
struct yard_key yard_entry_key(const struct ini *ini, const struct ini_entry *entry);

/* yardstick_sections.c */

bool yard_section_find(enum yard_section *out, const char *name);
/* Refuses an unknown section. */
sy_status yard_section_check(const char *name, const struct origin *origin, sy_error *err);
/* Refuses an unknown section or key, or a value that its key cannot have. `none` is always a value.
 */
sy_status yard_key_read(enum yard_section *section, struct yard_cell *cell,
                        const struct yard_key *key, sy_error *err);

/* yardstick_layers.c */

/* Sets keys, chain and known of a yardstick whose type and year are set. */
sy_status yard_lay(struct yardstick *s, struct yards *y, sy_error *err);

/* yardstick_merge.c */

/* Lays a key over what is there. */
sy_status yard_merge_key(struct yard_merge *m, const struct yard_key *key, bool is_default);
/* Adds a type to the chain. */
sy_status yard_merge_type(struct yard_merge *m, const char *type);
/* Whether a key holds for its own type only, not for types that extend it: [type] name and extends.
 */
bool yard_merge_own(const char *section, const char *key);
/* Settles the grades and gives keys and chain to the yardstick. */
sy_status yard_merge_finish(struct yard_merge *m);
void yard_merge_dispose(struct yard_merge *m);

/* yardstick_types.c */

/* The path FOLDER/config/[SUB/]TYPE.ini, with `separator` behind the folder. May leave out->failed.
 */
void yard_type_path(struct buf *out, const char *folder, const char *separator, const char *sub,
                    const char *type);
/* A name that may be a file TYPE.ini in a config folder. */
bool yard_type_usable(const char *type);
/* Whether the type has an INI anywhere, for whatever year. */
sy_status yard_type_exists(bool *out, struct yards *y, const char *type, sy_error *err);

/* yardstick_build.c */

/* Fills a yardstick from its keys. */
sy_status yard_build(struct yardstick *s, struct yards *y, sy_error *err);

/* yardstick_lookup.c */

/* Makes the tables of a yardstick findable by their keys. False without memory. */
bool yard_index_make(struct yardstick *s, struct arena *a);

/* yardstick_set.c */

sy_status yard_set_read(struct yard_override *out, struct yards *y, const char *text,
                        sy_error *err);

#endif
