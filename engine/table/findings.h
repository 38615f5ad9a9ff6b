/*
 * findings.h - what is wrong or doubtful, as rows: code, severity, place, and what the sentence
 * needs beside them. The sentence is made on output.
 */
#ifndef TABLE_FINDINGS_H
#define TABLE_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include <steelyard/base.h>

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

/* One list makes enum, code word, severity and sentences: findings_codes.def. */
enum finding_code {
#define FINDING(name, word, severity, en, zh) FINDING_##name,
#include "table/findings_codes.def"
#undef FINDING
    FINDING_CODES
};

#define FINDING_NOWHERE UINT32_MAX

/* What is said about a row lies in `bytes`, as far as there is anything to say: most findings are
 * their code and place, or those and one short number, and a million of them are 24 MB. */
struct finding {
    uint32_t entity; /* fund and year, numbered by the dataset; FINDING_NOWHERE: none */
    uint32_t path;   /* id of the indicator's path in the dataset; FINDING_NOWHERE */
    uint32_t file;   /* word of the file as shown; FINDING_NOWHERE */
    uint32_t line;   /* 0: the whole file */
    uint32_t detail; /* offset in bytes, or that number */
    uint8_t code;
    uint8_t severity;
    uint8_t parts; /* what stands at `detail` */
};

/* What a finding's sentence says beside its place. */
struct finding_detail {
    const char *text, *text2; /* {1} and {2}; NULL: none. Borrowed from the findings */
    double a, b;              /* {a} and {b}; 0 where none was given */
    bool elsewhere;           /* a second place: {p} */
    uint32_t file, line;      /* of that place */
    bool plain;               /* a script's own words: {1} is the whole sentence, {2} in English */
};

/* Rows in the order in which they were found. Owns: rows, bytes. */
struct findings {
    struct finding *rows;
    size_t count;
    size_t cap;
    size_t by_severity[3];
    struct buf bytes;
};

void findings_dispose(struct findings *f);
/* Adds a row; its `detail` and `parts` are made from `detail`, whose texts are copied (NULL: there
 * is nothing more to say). A text that is quoted is cut where a reader would no longer look. */
sy_status findings_add(struct findings *f, const struct finding *row,
                       const struct finding_detail *detail, sy_error *err);
/* The same where {a} is all there is to say, as of most findings. */
sy_status findings_add_number(struct findings *f, const struct finding *row, double a,
                              sy_error *err);
/* Rows `first` to before `end` of another list, which no row was dropped from. */
sy_status findings_append(struct findings *f, const struct findings *from, size_t first, size_t end,
                          sy_error *err);
/* What was given to findings_add: with it, rows go from one list into another. */
void findings_detail(struct finding_detail *out, const struct findings *f,
                     const struct finding *row);

/* Drops all rows and keeps the memory. */
void findings_clear(struct findings *f);

/* What the numbers in the rows of another list are here: indexed by those. Lines of its places are
 * counted from `lines`. */
struct finding_map {
    const uint32_t *entities, *paths, *words;
    uint32_t lines;
};
/* Adds the rows first..end of another list. */
sy_status findings_join(struct findings *f, const struct findings *from, size_t first, size_t end,
                        const struct finding_map *map, sy_error *err);

const char *finding_word(enum finding_code code);       /* "weights-sum" */
enum severity finding_severity(enum finding_code code); /* its usual severity */
bool finding_code_of(enum finding_code *out, const char *word);
/* Drops the rows that are not to be kept. */
void findings_keep(struct findings *f, bool (*keep)(const void *ctx, const struct finding *row),
                   const void *ctx);
const char *severity_word(enum severity s); /* "note", "warning", "error" */
bool severity_of(enum severity *out, const char *word);

/* The names that a row's numbers stand for. */
struct finding_names {
    const char *fund; /* NULL: none */
    int year;
    const char *indicator; /* NULL */
    const char *file2;     /* of the second place; NULL */
};

/* The sentence: {1} {2} texts, {a} {b} numbers (15 digits), {i} the indicator, {p} the second
 * place, {k} the key of a row: fund, year, and the indicator or {1}. */
void finding_message(struct buf *out, const struct finding *row,
                     const struct finding_detail *detail, const struct finding_names *names,
                     bool zh);

#endif
