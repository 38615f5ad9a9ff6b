/*
 * init.h - a new evaluation from the installed templates/: what init.c, init_text.c and
 * init_folder.c share.
 *
 * Templates are files with words between @ signs, `@type@`, which are replaced. Those of a language
 * stand in templates/zh and templates/en, the sample figures of a type in templates/types/TYPE.
 */
#ifndef API_INIT_H
#define API_INIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "model/ini.h"
#include "model/yardstick.h"
#include <steelyard/steelyard.h>

/* The year of the sample figures: a constant, as no output holds a time. */
#define INIT_YEAR 2024

/* A word and what stands for it in a template. Texts are borrowed. */
struct init_word {
    const char *name;
    const char *text;
};

/* What the templates of one type know. Owns: the buffers. */
struct init_texts {
    const struct ini *language; /* words.ini of the language */
    struct buf levels, weights, targets, grades, cases;
    struct init_word words[16];
    size_t nwords;
};

/* init_text.c: the template `path` with its words replaced, added to `out`. A word that nobody
 * knows stays as it stands. */
sy_status init_fill(struct buf *out, const char *path, const struct init_texts *texts,
                    sy_error *err);
void init_set(struct init_texts *texts, const char *name, const char *text);
/* What a yardstick holds, as lines of an INI that are commented out. */
void init_list(struct init_texts *texts, const struct yardstick *y);
void init_texts_dispose(struct init_texts *texts);

/* init_folder.c: the folder of a new evaluation, invisible under another name until it is whole.
 * Owns: everything. */
struct init_folder {
    char *target; /* without slashes at the end */
    char *temp;   /* NULL: not made yet, or moved */
    bool within;  /* the target is there, and empty: what was made is moved into it */
    char **made;  /* below temp, folders before what they hold */
    size_t nmade;
};

/* SY_EFILE where the target is there and no empty folder, or cannot be made. */
sy_status init_folder_open(struct init_folder *out, const char *target, sy_error *err);
/* A file below it, `name` with at most one folder. */
sy_status init_folder_write(struct init_folder *f, const char *name, const struct buf *text,
                            sy_error *err);
/* All of it in its place, or nothing. */
sy_status init_folder_commit(struct init_folder *f, sy_error *err);
/* Removes what was not committed; releases. */
void init_folder_dispose(struct init_folder *f);

#endif
