/*
 * steelyard.h - libsteelyard: load an evaluation, score it, write what came out.
 *
 *     sy_run *run;
 *     sy_error error;
 *     if (sy_run_open(&run, "examples/lusong", NULL, &error) == SY_OK) {
 *         sy_run_write(run, SY_REPORT_SCORE, "json", "scores.json", NULL, 0, &error);
 *         sy_run_close(run);
 *     }
 *
 * The library never prints, exits, or touches locale, signals or environment. A run is used by one
 * thread at a time; different runs are independent.
 */
#ifndef STEELYARD_STEELYARD_H
#define STEELYARD_STEELYARD_H

#include <steelyard/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* "0.1.0". */
SY_API const char *sy_version(void);

/* The word most like `word`, for "did you mean"; NULL where none is like it. */
SY_API const char *sy_nearest(const char *word, const char *const *known, size_t nknown);

/* What to load and how. Zero everywhere (or a NULL pointer) is the evaluation as it stands.
 * Borrowed during sy_run_open only. */
typedef struct sy_run_options {
    size_t struct_size;
    const char
        *data; /* folder that holds the installed config/ and scripts/; NULL: the current one */
    const char *language;  /* "zh", "en"; NULL: the evaluation's */
    const char *file_type; /* type of a single data file */
    const int *years;      /* narrow what is scored */
    size_t nyears;
    const char *const *funds;
    size_t nfunds;
    const char *const *types;
    size_t ntypes;
    const char *const *sets; /* "TYPE.SECTION.KEY=VALUE" */
    size_t nsets;
    const char *const
        *plugins; /* folders of plugins, NULL-terminated; NULL: built-in formats only */
    /* What a report will be written as, and where to: what no writer is there for is refused before
     * anything is loaded. NULL: sy_run_write refuses it. */
    const char *format;
    const char *output;
    unsigned jobs; /* workers; 0: one a processor. The results are the same for any number. */
    /* Nothing is scored: yardsticks alone, for SY_REPORT_CONFIG. `types` and `years` are then those
     * to show, whether a fund has them or not; `funds` is not looked at. */
    int config;
    /* NULL: nobody listens. Called until the run is closed. */
    sy_progress_fn progress;
    void *progress_ctx;
    /* Columns of the terminal: sy_run_explain and sy_run_closing break longer lines that go to
     * standard output. 0: none is broken. */
    size_t width;
    int yardstick; /* every year is judged by this year's yardstick; 0: each by its own */
} sy_run_options;

/* An evaluation loaded and scored. */
typedef struct sy_run sy_run;

/* `evaluation`: a folder with an evaluation.ini, that file, or one data file; NULL: none, a run
 * without data for sy_console_open alone. Failures: SY_EUSAGE
 * for an unknown fund, year, type or --set key; SY_EINPUT for an INI, script or table that cannot
 * be used; SY_EFILE. Bad cells and the like are findings of the run, no failures. */
SY_API sy_status sy_run_open(sy_run **out, const char *evaluation, const sy_run_options *options,
                             sy_error *err);
SY_API void sy_run_close(sy_run *run);

/* Whether a script failed for some fund: that fund has no score. */
SY_API int sy_run_script_failed(const sy_run *run);
SY_API const char *sy_run_language(const sy_run *run);
/* The evaluation's folder as given, "" for the current one: findings' sources are relative to it.
 */
SY_API const char *sy_run_folder(const sy_run *run);

typedef enum sy_severity { SY_NOTE, SY_WARNING, SY_ERROR } sy_severity;

/* Something wrong or doubtful. Texts are valid until the next call with the same run. */
typedef struct sy_finding {
    sy_severity severity;
    const char *code;      /* stable word: "weights-sum" */
    const char *fund;      /* NULL: none */
    int year;              /* 0: none */
    const char *indicator; /* path; NULL */
    const char *message;   /* one sentence in the language asked for */
    const char *source;    /* "data/outcomes.csv:4"; NULL */
} sy_finding;

SY_API size_t sy_run_nfindings(const sy_run *run);
SY_API void sy_run_finding(sy_run *run, size_t i, const char *language, sy_finding *out);
/* The code and severity alone: cheap, no sentence is made. */
SY_API const char *sy_run_finding_code(const sy_run *run, size_t i, sy_severity *severity);
/* The codes that findings can have, in a fixed order; NULL past the last. */
SY_API const char *sy_finding_code(size_t i);
SY_API sy_severity sy_finding_severity(size_t i); /* its usual severity */
/* What the manual says of a code, `language` "zh" or "en": lines `- cause: …` of docs/findings.md,
 * *len bytes, without the heading. NULL: no such code. */
SY_API const char *sy_finding_manual(const char *code, const char *language, size_t *len);

/* What the manual says of a standard rule ("tiers") or of something else that scripts reach
 * ("sy.percent", "rules.measure", "i.actual", "fund.cap", "test.case"). */
typedef struct sy_topic {
    const char *name;
    const char *label;      /* a rule's Chinese name; NULL */
    const char *usage;      /* a rule's: sy.tiers{ … }; NULL */
    const char *parameters; /* a function's: "grade: string, reason?: string"; NULL */
    const char *type;       /* a field's, or what a function returns, "" nothing; NULL */
    const char *meaning;    /* a rule's formula */
    const char *source;     /* the regulation or practice that a rule comes from; NULL */
} sy_topic;

typedef struct sy_topic_option {
    const char *name;
    const char *meaning;
    char limits[128]; /* what it may be, and what it is unless given */
} sy_topic_option;

typedef struct sy_topic_example {
    const char *rule, *target, *actual;
    double attainment;
} sy_topic_example;

/* The i-th topic, rules first; 0 past the last. `language` is "zh" or "en"; texts are constants. */
SY_API int sy_topic_at(sy_topic *out, size_t i, const char *language);
/* Its k-th option or example; 0 past the last. */
SY_API int sy_topic_option_at(sy_topic_option *out, size_t i, size_t k, const char *language);
SY_API int sy_topic_example_at(sy_topic_example *out, size_t i, size_t k);

SY_API const char *sy_severity_word(sy_severity severity);
/* SY_OK and *out, or SY_EUSAGE. */
SY_API sy_status sy_severity_of(sy_severity *out, const char *word);

/* A fund's result in short. Numbers are points; `score` etc. only where has_score, has_bounds say
 * so. */
typedef struct sy_fund_score {
    const char *fund;
    const char *name; /* NULL: none */
    int year;
    const char *status; /* "scored", "insufficient", "unscored", "error" */
    int has_score, has_bounds;
    double score, full_score, low, high;
    const char *grade; /* NULL: none */
} sy_fund_score;

SY_API size_t sy_run_nfunds(const sy_run *run);
SY_API void sy_run_fund(const sy_run *run, size_t i, sy_fund_score *out);

/* Departments and years that have a roll-up; -1: no memory. */
SY_API long sy_run_ndepartments(const sy_run *run);

typedef enum sy_report {
    SY_REPORT_SCORE,        /* a row a fund; json: the whole document steelyard.score/1 */
    SY_REPORT_SCORE_DETAIL, /* a row an indicator */
    SY_REPORT_CHECK,        /* findings; json: steelyard.check/1 */
    SY_REPORT_RANKED,       /* as SY_REPORT_SCORE, with each fund's rank within its type and year */
    SY_REPORT_DEPARTMENTS,  /* a row a department; json: as SY_REPORT_SCORE */
    SY_REPORT_CONFIG,       /* a row a key of each type and year; json: steelyard.config/1 */
    SY_REPORT_CONFIG_FULL,  /* the same; the table for people also has what layers hide */
    SY_REPORT_CONFIG_DIFF,  /* what differs between the two years asked for; json:
                               steelyard.config-diff/1 */
    SY_REPORT_REVIEW,       /* after sy_run_review: a row an indicator; json: steelyard.review/1 */
    SY_REPORT_COMPARE,      /* after sy_run_compare: a row a change; json: steelyard.compare/1 */
    SY_REPORT_COMPARE_DETAIL,     /* the same: a row an indicator's part in a change */
    SY_REPORT_SENSITIVITY,        /* after sy_run_sensitivity: a row a fund; json:
                                     steelyard.sensitivity/1 */
    SY_REPORT_SENSITIVITY_DETAIL, /* the same: a row an indicator of a fund, left out */
    SY_REPORT_IMPROVE, /* after sy_run_improve: a row a change; json: steelyard.improve/1 */
    SY_REPORT_LEVELS,  /* for a terminal: a row a first level of a fund, with a bar; for formats
                          that are no table as SY_REPORT_SCORE */
    SY_REPORT_LINES    /* likewise, after sy_run_compare: a row a fund, with a line of its years */
} sy_report;

typedef struct sy_option {
    const char *name;
    const char *value;
} sy_option;

/* Holds claims against scores: what in them contradicts itself becomes findings of the run. Once.
 */
SY_API sy_status sy_run_review(sy_run *run, sy_error *err);

/* What to compare. Zero everywhere is every fund in the evaluation's years. */
typedef struct sy_compare_options {
    size_t struct_size;
    const int *years; /* in this order, two or more */
    size_t nyears;
    const char *const *funds; /* these alone; ranks are still among all */
    size_t nfunds;
    int strict; /* years with different yardsticks are refused */
} sy_compare_options;

/* Works out why scores changed from each of the years to the next. SY_EINPUT for a year without
 * data, or one year alone; SY_EUSAGE for one named twice, or an unknown fund. Findings of other
 * funds than those asked for are dropped. */
SY_API sy_status sy_run_compare(sy_run *run, const sy_compare_options *options, sy_error *err);
/* The lines below the table of a comparison for people: why, in sentences. */
SY_API sy_status sy_run_compare_closing(sy_run *run, const char *path, sy_error *err);

/* How weights are drawn. */
typedef struct sy_sensitivity_options {
    size_t struct_size;
    unsigned draws;          /* 1 to 1,000,000 */
    double spread;           /* 0 to 1: each weight times 1 - spread to 1 + spread */
    unsigned long long seed; /* same seed, same draws */
    double edge;             /* points: how near to a grade's bound is told */
} sy_sensitivity_options;

/* Draws weights around the yardsticks', each level-1 branch brought back to its points, and leaves
 * each indicator out. NULL: 10,000 draws, 0.2, seed 1, 1 point. SY_EUSAGE for options out of range,
 * or more funds and draws than can be kept. */
SY_API sy_status sy_run_sensitivity(sy_run *run, const sy_sensitivity_options *options,
                                    sy_error *err);
/* The lines below its table for people: which weights decide. */
SY_API sy_status sy_run_sensitivity_closing(sy_run *run, const char *path, sy_error *err);

/* Looks for the fewest changes in a fund's actual results that lead it to a grade, in each year
 * that was scored. SY_EUSAGE for an unknown fund or grade. That there is no way is no failure. */
SY_API sy_status sy_run_improve(sy_run *run, const char *fund, const char *grade, sy_error *err);
/* The same as text for people. */
SY_API sy_status sy_run_improve_print(sy_run *run, const char *path, sy_error *err);

/* Writes a report. `format`: a writer's name; NULL: by the path's extension. `path` "-": standard
 * output. A regular file is replaced whole or not at all. SY_EUSAGE for an unknown format or
 * option. */
SY_API sy_status sy_run_write(sy_run *run, sy_report report, const char *format, const char *path,
                              const sy_option *options, size_t noptions, sy_error *err);

/* How each point of a fund came about, as text for people; one indicator where `indicator` is not
 * NULL. `year` 0: every year scored. SY_EUSAGE for a fund or indicator that is not there. */
SY_API sy_status sy_run_explain(sy_run *run, const char *fund, int year, const char *indicator,
                                const char *path, sy_error *err);
/* What a review comes to, and what is to be done: the lines below its table for people. */
SY_API sy_status sy_run_review_closing(sy_run *run, const char *path, sy_error *err);
/* How many findings, the worst three, and what to type next (`program` is how the user calls it):
 * the lines below a table for people. */
SY_API sy_status sy_run_closing(sy_run *run, const char *program, const char *path, sy_error *err);

/* What moved between two runs of one evaluation, as text for people: a line for each fund whose
 * score, grade, status or indicators differ, how many findings are new or gone. In the language of
 * `after`. */
SY_API sy_status sy_run_moved(sy_run *before, sy_run *after, const char *path, sy_error *err);

/* Of a run with `config`: why the data was not read, so that types are not those of its funds; NULL
 * where it was, or was not needed. */
SY_API const sy_error *sy_run_unread(const sy_run *run);
/* How many keys, scripts and rules differ between the two years asked for. */
SY_API sy_status sy_run_ndifferences(size_t *out, const sy_run *run, sy_error *err);

/* Plugins that were found and could not be used: path, why, what to do. */
SY_API size_t sy_run_nrefused(const sy_run *run);
SY_API const char *sy_run_refusal(const sy_run *run, size_t i);

/* Names of the formats that a report can be written in: "csv, json, ndjson". Valid until the run is
 * closed. */
SY_API const char *sy_run_formats(const sy_run *run);

/* Worked tests of rules: the cases of scripts/TYPE_test.lua, scored and held against what they
 * expect. */
typedef struct sy_tests sy_tests;

/* As in sy_run_options; zero everywhere is what stands at the paths. */
typedef struct sy_tests_options {
    size_t struct_size;
    const char *data;     /* folder that holds the installed config/ and scripts/ */
    const char *language; /* "zh", "en"; NULL: the first evaluation's, "en" where there is none */
    const char *const *types;
    size_t ntypes;
    const char *const *plugins;
    const char *format;
    const char *output;
    unsigned jobs;
    size_t width;
    int coverage;   /* also which rules and lines no case reached */
    int properties; /* also laws of rules, on invented cases */
} sy_tests_options;

typedef struct sy_tests_counts {
    size_t struct_size;
    size_t files, cases, passed;
    double coverage; /* per cent of rules, tiers and lines that cases reach; not-a-number: there
                        are none, or `coverage` was not asked for */
    /* With `properties`: rules that were tried, invented cases, laws that do not hold. */
    size_t rules, probes, counterexamples;
} sy_tests_counts;

/* `paths`: evaluations' folders, folders of test files, test files; none: the current folder.
 * SY_EFILE: a path that is not there, or no tests; SY_EINPUT: a test file, script or INI that
 * cannot be used. A case that fails is no failure of the call. */
SY_API sy_status sy_tests_open(sy_tests **out, const char *const *paths, size_t npaths,
                               const sy_tests_options *options, sy_error *err);
SY_API void sy_tests_close(sy_tests *tests);
/* As many of the counts as out->struct_size holds. */
SY_API void sy_tests_count(const sy_tests *tests, sy_tests_counts *out);
/* A row a case, as sy_run_write; json is steelyard.test/1. */
SY_API sy_status sy_tests_write(sy_tests *tests, const char *format, const char *path,
                                const sy_option *options, size_t noptions, sy_error *err);
/* Text for people: each case that failed with its rule and numbers, then the counts. `brief`: no
 * line for a file whose cases all passed. */
SY_API sy_status sy_tests_print(sy_tests *tests, int brief, const char *path, sy_error *err);
/* Plugins that were found and could not be used, as sy_run_nrefused. */
SY_API size_t sy_tests_nrefused(const sy_tests *tests);
SY_API const char *sy_tests_refusal(const sy_tests *tests, size_t i);

/* Where the files lie that an evaluation is made of (data, INIs, scripts, also installed ones), for
 * whoever waits until one of them changes. Folders, since files are saved by renaming, and new ones
 * may match a source's `*`. */
typedef struct sy_files sy_files;

/* `data` as in sy_run_options. An evaluation.ini that cannot be used is no failure: its data is not
 * among the files. SY_EFILE: there is no such evaluation. */
SY_API sy_status sy_files_open(sy_files **out, const char *evaluation, const char *data,
                               sy_error *err);
SY_API void sy_files_close(sy_files *files);
SY_API size_t sy_files_count(const sy_files *files); /* of those that are there */
SY_API size_t sy_files_nfolders(const sy_files *files);
SY_API const char *sy_files_folder(const sy_files *files, size_t i);
/* Whether a file or folder of this name in the i-th folder is one of them, or would be. */
SY_API int sy_files_names(const sy_files *files, size_t i, const char *name);

/* The formats: readers and writers that are there, plugins that were refused, formats that a plugin
 * would bring. */
typedef struct sy_formats sy_formats;

/* `plugins`: folders, as in sy_run_options. */
SY_API sy_status sy_formats_open(sy_formats **out, const char *const *plugins, sy_error *err);
SY_API void sy_formats_close(sy_formats *formats);
/* As sy_run_write; json is steelyard.plugins/1. `language`: "zh" or "en". */
SY_API sy_status sy_formats_write(sy_formats *formats, const char *language, const char *format,
                                  const char *path, const sy_option *options, size_t noptions,
                                  sy_error *err);

/* A new evaluation: what it holds. Zero everywhere is an evaluation of the usual type in Chinese.
 * Borrowed during the call. */
typedef struct sy_init_options {
    size_t struct_size;
    const char *data;     /* folder that holds the installed config/ and templates/ */
    const char *language; /* "zh", "en": of comments and columns; NULL: zh */
    const char *const
        *types; /* installed ones, or names of new ones; none: project_self_evaluation */
    size_t ntypes;
    int new_types; /* a name that is like an installed one is meant */
    size_t width;  /* of sy_init_closing, as in sy_run_options */
} sy_init_options;

/* Makes `folder`, which must be new or empty, with evaluation.ini, config/, scripts/ and data/ that
 * score as they stand; all of it or nothing. SY_EUSAGE for a type that has no usable name or is
 * probably misspelt, SY_EFILE for a folder that is there or cannot be made. */
SY_API sy_status sy_init_create(const char *folder, const sy_init_options *options, sy_error *err);
/* What was made, and what to type next (`program` is how the user calls it), for people. */
SY_API sy_status sy_init_closing(const char *folder, const sy_init_options *options,
                                 const char *program, const char *path, sy_error *err);

/* Lines of Lua that a person types, with the rule API and the funds of a run, which must outlive
 * it. Each line has the limits of a script's call. */
typedef struct sy_console sy_console;

/* A run opened with `evaluation` NULL has no funds. `help`: what the word `help` shows, before a
 * list of the module; "" for none. */
SY_API sy_status sy_console_open(sy_console **out, sy_run *run, const char *help, sy_error *err);
SY_API void sy_console_close(sy_console *console);
/* One line without its end. *more: it is the beginning of something that goes on. SY_EINPUT for
 * what cannot be compiled or fails; it is forgotten, and the next line is welcome. */
SY_API sy_status sy_console_line(sy_console *console, const char *line, int *more, sy_error *err);
/* What the last line printed; nothing in it drives a terminal: controls of texts are \x1b. */
SY_API const char *sy_console_text(const sy_console *console);
/* Forgets what waits for more; whether something did. */
SY_API int sy_console_drop(sy_console *console);

#ifdef __cplusplus
}
#endif

#endif
