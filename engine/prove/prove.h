/*
 * prove.h - worked tests of rules: the cases of test files, scored by the engine itself as funds of
 * an evaluation in memory, and held against what they expect.
 *
 *   home.c     from paths to test files, and the evaluation that each belongs to
 *   case_*.c   what a test file says, as cases
 *   data.c     cases as rows of tables; prove_score
 *   compare.c  expectations against results
 *   prove.c    all of it for a file, in both orders
 */
#ifndef PROVE_PROVE_H
#define PROVE_PROVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "model/evaluation.h"
#include "plug/host.h"
#include "stage/plan.h"
#include <steelyard/base.h>

/* What test files of one place are scored with. Owns: loaded. */
struct prove_home {
    const char *folder;           /* that scripts/ lies in, "" for the current one */
    struct evaluation evaluation; /* without years and sources: each case tells its year */
    const char *installed;        /* data folder: config/, scripts/ */
    const int *years;             /* of evaluation.ini, ascending */
    size_t nyears;
    const struct plug_registry *plugins;
    unsigned jobs;
    bool zh;
    bool reported;             /* actuals that cases give stand: they are not measured */
    struct evaluation *loaded; /* NULL where there is no evaluation.ini */
    bool whole;                /* a folder was named, and no types: all that lies in it is meant */
    struct coverage *coverage; /* what of scripts its cases reach is noted there; NULL: nowhere */
};

/* A cell of a table or a fact: name and text as written. */
struct prove_cell {
    const char *name, *text;
};

/* A row of the outcomes table. */
struct prove_row {
    const struct prove_cell *cells;
    size_t ncells;
};

/* What a fund has in one year. */
struct prove_given {
    const struct prove_cell *facts;
    size_t nfacts;
    const struct prove_row *rows;
    size_t nrows;
};

/* What is looked at. */
enum prove_what {
    PROVE_ATTAINMENT,
    PROVE_SCORE,
    PROVE_STATUS,
    PROVE_REASON,
    PROVE_ACTUAL,
    PROVE_TARGET,
    PROVE_RATING,
    PROVE_GRADE,
    PROVE_COVERAGE,
    PROVE_BOUNDS,
    PROVE_POINTS,
    PROVE_CAP,
    PROVE_FINDING,
    PROVE_NO_FINDING,
    PROVE_ERROR,
    PROVE_WHATS
};
const char *prove_what_name(enum prove_what what); /* "attainment", … as test files write it */

enum prove_kind { PROVE_NUMBER, PROVE_PAIR, PROVE_TEXT, PROVE_NONE, PROVE_TRUE };

/* One thing that a case expects. */
struct prove_expect {
    enum prove_what what;
    enum prove_kind kind; /* NONE: `false`, there is none */
    bool of_fund;
    const char *path; /* of an indicator; NULL: the case's own */
    double num, hi;   /* NUMBER; PAIR: both */
    const char *text;
};

/* A case of a test file, or one that was invented. */
struct prove_case {
    const char *name;
    const char *file; /* of the case, as shown */
    uint32_t line;
    uint32_t number; /* its place in the file, from 1: its fund is `case-NUMBER` */
    int year;
    bool flat; /* of one indicator: the only row of `now` */
    const char *type;
    const struct prove_cell *fund; /* columns of the funds table beside fund, year and type */
    size_t nfund;
    struct prove_given now, before;
    bool has_before;
    const struct prove_expect *expects;
    size_t nexpects;
};

/* A pattern of paths that one law of invented cases does not hold for, and why. */
struct prove_exempt {
    const char *pattern, *law, *why;
    uint32_t line;
};

/* A test file. Owns: all it points to, in its arena. */
struct prove_file {
    struct arena arena;
    const char *path;  /* as opened */
    const char *shown; /* the same for people */
    const char *type;
    const struct prove_home *home;
    int year; /* of cases that name none */
    const struct prove_case *cases;
    size_t ncases;
    const struct prove_exempt *exempts;
    size_t nexempts;
};

/* Cases scored in one run, each as a fund of its own; `number`s differ. Nothing that compares funds
 * with each other is looked for. The run is freed with run_free. */
sy_status prove_score(struct run **out, const struct prove_home *home,
                      const struct prove_case *const *cases, size_t n, sy_error *err);
/* The fund of a case in such a run; NO_ROW where it has none. */
uint32_t prove_fund(const struct run *r, const struct prove_case *c);
/* The item of a path in a case's fund; `path` NULL: of a flat case's own indicator. NO_ROW. */
uint32_t prove_item(const struct run *r, const struct prove_case *c, const char *path);

/* One thing that is not as expected. Texts are in the arena of the results. */
struct prove_failure {
    const char *what; /* "attainment", "output.cost.x: score" */
    const char *expected, *got;
    uint32_t item; /* that it is about; NO_ROW: the fund */
};

/* What became of a case. */
struct prove_result {
    const struct prove_case *c;
    bool passed;
    const struct prove_failure *failures;
    size_t nfailures;
    uint32_t fund; /* in the run; NO_ROW */
    uint32_t item; /* of a flat case; NO_ROW */
};

/* A file's cases and what became of them. Owns: run, arena. */
struct prove_report {
    const struct prove_file *file;
    struct run *run;
    struct prove_result *results; /* in the order of the file */
    size_t nresults, npassed;
    struct arena arena;
};

/* Whether a finding of the run is the case's: its fund's, and of a flat case what is about its
 * indicator, or about the fund and no consequence of there being one indicator alone. */
bool prove_is_own(const struct run *r, const struct prove_result *result,
                  const struct finding *finding);

/* What stands at the paths: evaluations' folders, folders of test files, test files. Owns: all. */
struct prove_set {
    struct arena arena;
    struct prove_home **homes;
    size_t nhomes;
    struct prove_file **files; /* in the order of the arguments, then by path */
    size_t nfiles;
    bool zh;
};

struct prove_options {
    const char *installed;
    const struct plug_registry *plugins;
    const char *const *types; /* NULL: all */
    size_t ntypes;
    const char *language; /* "zh", "en"; NULL: each evaluation's */
    unsigned jobs;
};

/* Reads the test files. SY_EFILE: no such path, no tests found; SY_EINPUT: a test file that cannot
 * be used. */
sy_status prove_open(struct prove_set **out, const char *const *paths, size_t npaths,
                     const struct prove_options *options, sy_error *err);
void prove_close(struct prove_set *set);

/* Scores the cases of a file in both orders and compares. */
sy_status prove_run(struct prove_report *out, const struct prove_file *file, sy_error *err);
void prove_report_dispose(struct prove_report *report);

#endif
