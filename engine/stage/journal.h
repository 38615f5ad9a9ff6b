/*
 * journal.h - what a task has to say, kept until its turn comes.
 *
 * While tasks run nobody changes the run but for the ranges that a task owns; findings, texts and
 * the like go into its journal, and journals into the run in the order of the tasks.
 */
#ifndef STAGE_JOURNAL_H
#define STAGE_JOURNAL_H

#include "base/arena.h"
#include "stage/plan.h"

/* A finding whose file is no word of the dataset yet. */
struct journal_file {
    size_t row;
    const char *file;
};

struct journal_reason {
    uint32_t item;
    const char *text;
};

/* What a rule gives beside a rating. */
struct journal_ruled {
    uint32_t item;
    double attainment;
};

/* What a measure or a target's function gave. */
struct journal_value {
    uint32_t fund, item;
    size_t nfindings; /* made before it */
    struct script_result result;
};

struct journal_adjustment {
    struct adjustment what;
    const char *reason; /* NULL: what.reason is a word */
};

/* Owns: everything. Texts are in `texts`. */
struct journal {
    struct arena texts;
    struct findings findings;
    struct journal_file *files;
    uint32_t nfiles, files_cap;
    struct journal_reason *reasons;
    uint32_t nreasons, reasons_cap;
    struct journal_ruled *ruled;
    uint32_t nruled, ruled_cap;
    uint32_t *failed; /* funds that a script spoilt */
    uint32_t nfailed, failed_cap;
    struct journal_value *values;
    uint32_t nvalues, values_cap;
    struct journal_adjustment *adjustments;
    uint32_t nadjustments, adjustments_cap;
};

void journal_dispose(struct journal *j);
void journal_clear(struct journal *j);

sy_status journal_find(struct journal *j, const struct finding_at *at, sy_error *err);
/* The place's file by its text, which may be no word yet. */
sy_status journal_find_in(struct journal *j, const struct run *r, struct finding_at *at,
                          const char *file, sy_error *err);
sy_status journal_reason(struct journal *j, uint32_t item, const char *text, sy_error *err);
sy_status journal_ruled(struct journal *j, uint32_t item, double attainment, sy_error *err);
sy_status journal_fail(struct journal *j, uint32_t fund, sy_error *err);
/* Texts of the result stay where they are: in j->texts. */
sy_status journal_value(struct journal *j, uint32_t fund, uint32_t item,
                        const struct script_result *result, sy_error *err);
sy_status journal_adjust(struct journal *j, const struct adjustment *what, const char *reason,
                         sy_error *err);

/* Findings from row `first` on, up to row `end`, into the run. */
sy_status journal_findings(struct run *r, const struct journal *j, size_t first, size_t end,
                           sy_error *err);
/* All but values and adjustments into the run. */
sy_status journal_commit(struct run *r, const struct journal *j, sy_error *err);

#endif
