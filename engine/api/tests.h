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
    char *data;
    size_t width;
    struct buf scratch;
    bool failed; /* a cell could not be made: no memory */
};

/* tests_rows.c */
sy_view tests_view(const struct sy_tests *t, const sy_writer *writer);
/* tests_cover.c: nothing where it is not asked for. */
void tests_cover_text(struct buf *out, const struct sy_tests *t, bool brief);
void tests_cover_cell(const struct sy_tests *t, sy_cell *out);
/* tests_text.c */
void tests_text(struct buf *out, struct sy_tests *t, bool brief);

#endif
