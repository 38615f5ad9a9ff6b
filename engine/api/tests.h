/*
 * tests.h - what the files behind sy_tests share.
 */
#ifndef API_TESTS_H
#define API_TESTS_H

#include <steelyard/steelyard.h>

#include "api/output.h"
#include "api/report.h"
#include "plug/registry.h"
#include "prove/cover.h"
#include "prove/properties.h"
#include "prove/prove.h"

/* A case by its file. */
struct tests_row {
    struct prove_report *proved;
    struct report *report; /* of the same file */
    const struct prove_result *result;
};

/* Owns: everything. */
struct sy_tests {
    struct plug_registry *plugins;
    struct prove_set *set;
    struct prove_report *proved; /* by file */
    struct report *reports;      /* by file: its run in the language of all */
    size_t nproved;
    struct tests_row *rows; /* a case each */
    size_t nrows, npassed;
    bool covers; /* it is asked for what no case reaches: */
    struct cover_report covered;
    bool tries_laws;               /* it is asked for these: */
    struct prove_properties *laws; /* by file */
    size_t nlaws;
    const struct prove_counter **counters; /* of all files */
    size_t ncounters;
    char *data;
    size_t width;
    struct buf scratch;
    bool failed; /* a cell could not be made: no memory */
};

/* tests_laws.c: counterexamples, as rows behind the cases' and as text. */
sy_status tests_laws_open(struct sy_tests *t, sy_error *err);
void tests_laws_close(struct sy_tests *t);
void tests_laws_count(const struct sy_tests *t, sy_tests_counts *out);
void tests_laws_text(struct buf *out, const struct sy_tests *t);
/* Below the counts: how much was tried. */
void tests_laws_summary(struct buf *out, const struct sy_tests *t);
/* The one thing that a counterexample has wrong, as a failure of a case: its parts into `out`. */
enum laws_part { LAWS_WHAT, LAWS_EXPECTED, LAWS_GOT };
void tests_laws_part(struct buf *out, const struct prove_counter *c, enum laws_part part, bool zh);
/* The case to paste in one line; borrowed from the scratch. */
const char *tests_laws_paste(struct sy_tests *t, const struct prove_counter *c);
/* tests_laws_rows.c: the part `properties` of the document. */
void tests_laws_cell(const struct sy_tests *t, sy_cell *out);
/* tests_rows.c */
sy_view tests_view(const struct sy_tests *t, const sy_writer *writer);
/* tests_cover.c: nothing where it is not asked for. */
void tests_cover_text(struct buf *out, const struct sy_tests *t, bool brief);
void tests_cover_cell(const struct sy_tests *t, sy_cell *out);
/* tests_text.c */
void tests_text(struct buf *out, struct sy_tests *t, bool brief);

#endif
