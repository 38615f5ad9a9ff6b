/*
 * evaluation.h - evaluation.ini: what is scored, for which years, from which sources (contract 2).
 */
#ifndef MODEL_EVALUATION_H
#define MODEL_EVALUATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <steelyard/base.h>

/* [limits] where none are given. */
#define EVALUATION_INSTRUCTIONS  1000000u
#define EVALUATION_MEMORY        (64u << 20)
#define EVALUATION_TOLERANCE     0.01
#define EVALUATION_TARGET_SHARE  0.5
#define EVALUATION_PERFECT_SHARE 0.5
#define EVALUATION_PERFECT_FUNDS 3

enum data_table {
    TABLE_FUNDS,
    TABLE_OUTCOMES,
    TABLE_FORMS, /* funds and outcomes at once */
    TABLE_FACTS,
    TABLE_RATINGS,
    TABLE_ADJUSTMENTS,
    TABLE_COUNT
};
const char *data_table_name(enum data_table table);

struct data_option {
    const char *key;
    const char *value;
    uint32_t line;
};

/* One [data …] section. */
struct data_source {
    enum data_table table;
    const char *section;         /* "data outcomes late"; NULL where there is no INI */
    const char *path;            /* as written, relative to the evaluation's folder; NULL: none, and
                                  * a reader is named */
    const char *reader;          /* NULL: by extension or content */
    struct data_option *options; /* every other key: a column's constant or a reader's option */
    size_t noptions;
    uint32_t line;
};

/* [review]: from where on a claim is doubted. */
struct review_limits {
    double tolerance;     /* points by which a claim and a score may differ */
    double target_share;  /* of last year's actual: a target below it is doubted */
    double perfect_share; /* of a type's funds: so many claims of full marks are doubted … */
    double perfect_funds; /* … where they are at least these */
};

/* Owns: everything it points to. */
struct evaluation {
    const char
        *folder;     /* paths are relative to it; as the user typed it; "" for the current folder */
    const char *ini; /* evaluation.ini as opened, or NULL for a single data file */
    const char *title;    /* "" where none is given */
    const char *type;     /* of funds that name none; NULL */
    const char *language; /* "zh" or "en" */
    int *years;           /* ascending, without repeats; none for a single file whose rows tell */
    size_t nyears;
    struct data_source *sources; /* by table in order of enum data_table, then as in the file */
    size_t nsources;
    uint64_t instructions;
    uint64_t memory;
    struct review_limits review;
    void *storage;
};

/* A folder with an evaluation.ini, or that file. SY_EINPUT where the folder has none, and for what
 * the INI says wrongly; SY_EFILE where the path does not exist. */
sy_status evaluation_load(struct evaluation **out, const char *path, sy_error *err);
/* One data file, taken as outcomes; `year` 0: the rows tell. */
sy_status evaluation_single(struct evaluation **out, const char *path, const char *type, int year,
                            sy_error *err);
/* Nothing at all: no folder, years or sources. */
sy_status evaluation_none(struct evaluation **out, sy_error *err);
void evaluation_free(struct evaluation *e);

/* folder/relative, or relative where it is absolute or the folder is "". The caller frees. */
char *evaluation_path(const struct evaluation *e, const char *relative);

#endif
