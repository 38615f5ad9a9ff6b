/*
 * findings.h - what is wrong or doubtful, as rows: code, severity, place, two texts, two numbers.
 * The sentence is made on output.
 */
#ifndef TABLE_FINDINGS_H
#define TABLE_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/pool.h"
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

struct finding {
    uint16_t code;
    uint8_t severity;
    bool plain;         /* {1} is the whole sentence: a script's own words */
    uint32_t entity;    /* fund and year, numbered by the dataset; FINDING_NOWHERE: none */
    uint32_t indicator; /* pool id of the path; FINDING_NOWHERE */
    uint32_t file;      /* pool id of the file as shown; FINDING_NOWHERE */
    uint32_t line;      /* 0: the whole file */
    uint32_t text;      /* pool ids for {1} and {2}; FINDING_NOWHERE */
    uint32_t text2;
    double a, b; /* for {a} and {b} */
};

/* Owns: rows. Texts are in the pool given to each call. */
struct findings {
    struct finding *rows;
    size_t count;
    size_t cap;
    size_t by_severity[3];
};

void findings_dispose(struct findings *f);
sy_status findings_add(struct findings *f, const struct finding *row, sy_error *err);

const char *finding_word(enum finding_code code);       /* "weights-sum" */
enum severity finding_severity(enum finding_code code); /* its usual severity */
bool finding_code_of(enum finding_code *out, const char *word);
/* Drops the rows that are not to be kept. */
void findings_keep(struct findings *f, bool (*keep)(const void *ctx, const struct finding *row),
                   const void *ctx);
const char *severity_word(enum severity s); /* "note", "warning", "error" */
bool severity_of(enum severity *out, const char *word);

/* The sentence: {1} {2} texts, {a} {b} numbers (15 digits), {i} the indicator. */
void finding_message(struct buf *out, const struct finding *row, const struct pool *pool, bool zh);

#endif
