/*
 * document.h - what writers for people get (SY_TAKES_TREE | SY_TAKES_LABELS): one document of any
 * report, steelyard.document/1, with all that a page, a workbook or a Word file says beside the
 * figures: labels, facts, the advice on findings, the yardsticks. docs/plugins.md lists its fields.
 */
#ifndef API_DOCUMENT_H
#define API_DOCUMENT_H

#include "api/config.h"
#include "api/report.h"
#include "base/file.h"
#include "plug/host.h"
#include "table/findings.h"

#define DOCUMENT_COLUMNS 18

/* What a document is of. Views are borrowed; without ops there is none. */
struct document_what {
    const char *kind;    /* "score", "compare", "sensitivity", "review", "table" */
    sy_view body;        /* the report's own document, or of "table" its rows */
    sy_view people;      /* the same as a flat table for people */
    sy_view departments; /* of "score": a table for people, too */
};

/* What the manual says of a code, in the document's language. len 0: nothing. */
struct document_advice {
    const char *meaning, *remedy;
    size_t meaning_len, remedy_len;
};

/* Owns: config, facts. */
struct document {
    struct report *p; /* NULL: no evaluation is shown */
    bool zh;
    struct document_what what;
    struct config config;
    struct document_advice advice[FINDING_CODES];
    sy_column columns[DOCUMENT_COLUMNS]; /* of the body with its findings */
    size_t ncolumns, nbody;
    uint32_t *facts; /* rows of the facts of fund `facts_of` */
    uint32_t nfacts, facts_cap, facts_of;
    struct buf scratch;
    bool failed;
};

/* Whether a writer takes documents for people. */
bool document_is_for(const sy_writer *writer);
/* Errors: no memory. */
sy_status document_open(struct document *out, struct report *p, bool zh,
                        const struct document_what *what, sy_error *err);
void document_dispose(struct document *d);
sy_view document_view(const struct document *d);

/* The same from end to end. */
sy_status document_write(struct report *p, bool zh, const struct document_what *what,
                         const sy_writer *writer, struct file_writer *file,
                         const struct plug_option *options, size_t noptions, sy_error *err);

/* document_score.c: funds with all that is known of them. */
sy_view document_funds(const struct document *d);
/* document_facts.c */
sy_view document_facts(const struct document *d, uint32_t fund);
/* document_findings.c: findings with what the manual says of them. */
void document_advise(struct document *d);
sy_view document_findings(const struct document *d);
/* A word of a status as people read it. In d->scratch. */
const char *document_word(const struct document *d, const char *word);

#endif
