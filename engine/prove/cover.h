/*
 * cover.h - what of the scripts under test the cases have reached: rules, bands of tiers, lines of
 * functions. Counted by file, over all cases of the run.
 *
 *   cover.c         cases to marks
 *   cover_types.c   the scripts that no case has loaded
 *   cover_report.c  marks to files, with what was not reached
 */
#ifndef PROVE_COVER_H
#define PROVE_COVER_H

#include "prove/prove.h"

enum cover_kind { COVER_RULES, COVER_TIERS, COVER_LINES, COVER_KINDS };
const char *cover_kind_name(enum cover_kind kind); /* "rules", "tiers", "lines" */

struct cover_count {
    uint32_t reached, total;
};

/* Something that no case reached. */
struct cover_gap {
    enum cover_kind kind;
    uint32_t line, last; /* lines: from, to; else both where it is declared */
    uint32_t rank;       /* among those of one line and kind: in order */
    const char *text;    /* rules.indicator["x"]; a band: 80 ≤ a < 90 → 4; NULL: lines */
};

struct cover_file {
    const char *path;
    struct cover_count counts[COVER_KINDS];
    const struct cover_gap *gaps; /* by line */
    size_t ngaps;
};

/* Owns: all, in its arena. */
struct cover_report {
    struct arena arena;
    const struct cover_file *files; /* by path */
    size_t nfiles;
    struct cover_count counts[COVER_KINDS]; /* of all files */
};

/* While tests run. */
struct cover;

/* From now on the runs of the set's homes are covered, one worker each. */
sy_status cover_open(struct cover **out, struct prove_set *set, sy_error *err);
/* What the cases of a file have reached, before its report is disposed of. */
sy_status cover_take(struct cover *c, const struct prove_report *report, sy_error *err);
/* The scripts that count: of a home that was named as a folder all of its own, also those without
 * tests; else those that stand beside the test files. Runs are not covered any more. */
sy_status cover_finish(struct cover_report *out, struct cover *c, sy_error *err);
void cover_close(struct cover *c);
void cover_report_dispose(struct cover_report *report);

/* Per cent, of rules, bands and lines alike, not rounded; not-a-number where there is nothing. */
double cover_percent(const struct cover_count counts[COVER_KINDS]);

#endif
