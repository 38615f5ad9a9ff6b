/*
 * cli.h - what the commands of the program share: options, messages, exit codes. Public headers
 * only.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <steelyard/steelyard.h>

enum exit_code {
    EXIT_DONE = 0,
    EXIT_THRESHOLD = 1, /* done, but --fail-on or --fail-under was met */
    EXIT_USAGE = 2,
    EXIT_INPUT =
        3, /* an INI, script or table that cannot be used; or a script failed in some funds */
    EXIT_FILE = 4,
    EXIT_INTERRUPTED = 130
};

/* A list that an option fills by being given again, or by commas. Owns: items. */
struct list {
    char **items;
    size_t n;
};

enum fail_on {
    FAIL_NEVER = -1,
    FAIL_NOTE = SY_NOTE,
    FAIL_WARNING = SY_WARNING,
    FAIL_ERROR = SY_ERROR
};

/* The command line of one command. Owns: lists, values. */
struct options {
    const struct command *command;
    struct list arguments;
    struct list years, funds, types, sets, writer_options;
    char *format, *output, *language, *color, *yardstick, *to;
    int detail, strict, rank, diff, watch, coverage, properties, new_types, quiet, verbose, jobs;
    enum fail_on fail_on;
    bool has_fail_under;
    double fail_under;
    int has_coverage_min;
    double coverage_min;
    unsigned draws;
    unsigned long long seed;
    double spread, edge;
    bool help, version;
};

/* One command. */
struct command {
    const char *name;
    const char *arguments; /* "[EVALUATION] FUND [INDICATOR]" */
    const char *summary;
    const char *help;     /* examples */
    enum fail_on fail_on; /* default */
    size_t max_arguments;
    bool reports;     /* writes a report, in the format asked for */
    bool details;     /* takes --detail */
    bool ranks;       /* takes --rank */
    bool diffs;       /* takes --diff */
    bool watches;     /* takes --watch */
    bool compares;    /* takes --years, --yardstick and --strict, and no --year */
    bool draws;       /* takes --draws, --spread, --seed and --edge */
    bool improves;    /* takes --to, and no --fund */
    bool unscored;    /* scores nothing: has no --fund, --fail-on, --fail-under */
    bool tests;       /* has no --year, --set and --verbose: each case has its year */
    const char *only; /* takes these options alone, each between blanks: " type lang "; NULL: all */
    int (*run)(const struct command *command, const struct options *options);
};

/* The program as the user called it: what he is told to type next begins so. */
extern const char *program_name;

extern const struct command command_score;
extern const struct command command_explain;
extern const struct command command_check;
extern const struct command command_compare;
extern const struct command command_sensitivity;
extern const struct command command_improve;
extern const struct command command_review;
extern const struct command command_config;
extern const struct command command_plugins;
extern const struct command command_test;
extern const struct command command_init;
extern const struct command command_lua;

/* Parses what follows the command. EXIT_DONE, or EXIT_USAGE after a message. */
int options_parse(struct options *out, const struct command *command, int argc, const char **argv);
void options_free(struct options *options);
void options_print_help(const struct command *command);

/* What there is to be done. */
void help_commands(FILE *out, const struct command *const *commands, size_t ncommands);
/* steelyard help TOPIC [--lang zh|en]: a command's help, the manual on a finding's code, or the
 * list of codes. */
int help_topic(int argc, char **argv, const struct command *const *commands, size_t ncommands);

/* "steelyard: error: place: message" on stderr; returns the exit code for the error. */
int message_error(const sy_error *error);
int message_usage(const char *format, ...) SY_PRINTF(1, 2);
/* "steelyard: note: message" on stderr. */
void message_note(const char *format, ...) SY_PRINTF(1, 2);
/* Data that was not needed, and could not be read: a warning. */
void message_unread(const sy_error *error);
/* The plugins that could not be used, a warning each. */
void message_refusals(const sy_run *run);
void message_refusals_of_tests(const sy_tests *tests);
/* The run's findings on stderr: of each code the first 20 (all with -v) and how many there are. */
void message_findings(sy_run *run, const struct options *options);
/* How many there are, where there are any. */
void message_count(const sy_run *run, const struct options *options);

/* From here on SIGINT ends the program with EXIT_INTERRUPTED. */
void interrupt_install(void);
/* Lets signals wait while a regular file is replaced; whether it did so. */
bool interrupt_hold(const char *path);
void interrupt_release(bool held);

/* Whether the user has asked to stop while signals were held. */
int interrupt_waits(void);

/* The line about work that takes over a second; see progress.c. */
void progress_begin(const struct options *options);
void progress_end(void);
void progress_wipe(void); /* may be called by a signal handler that ends the program */
int progress_show(void *ctx, const char *stage, double share);

/* The years asked for. Owns: *out. EXIT_DONE, or an exit code after a message. */
int run_years(int **out, const struct options *options);
/* Opens the run that the options ask for. EXIT_DONE and *out, or an exit code after a message. */
int run_open(sy_run **out, const char *evaluation, const struct options *options);
/* Opens the tests that the options ask for, in the same way. */
int run_open_tests(sy_tests **out, const struct options *options);
/* Writes a report as --format, -o and --option say. */
int run_write(sy_run *run, sy_report report, const struct options *options);
/* Calls `write` with the format, file and options that the command line asks for. */
typedef sy_status (*run_output_fn)(void *ctx, const char *format, const char *path,
                                   const sy_option *options, size_t noptions, sy_error *err);
int run_output(const struct options *options, run_output_fn write, void *ctx);
/* Runs the evaluation and calls `first`; then, whenever one of its files is saved, runs it anew,
 * calls `again` and prints what moved, until it is interrupted. An exit code where that cannot go
 * on. */
typedef int (*watch_fn)(sy_run *run, const struct options *options);
int watch_evaluation(const char *evaluation, const struct options *options, watch_fn first,
                     watch_fn again);
/* STEELYARD_PLUGIN_PATH, by colons, then the folder beside the program; NULL-terminated, static. */
const char *const *run_plugin_folders(void);
/* The exit code of work that was done: script errors, --fail-on, --fail-under; what was met is
 * said. `fund`: it alone is judged; NULL: all. */
int run_exit(sy_run *run, const struct options *options, const char *fund);
/* The folder with the installed config/ and scripts/; "" where there is none. Static. */
const char *run_data_folder(void);
/* EXIT_DONE, or an exit code after a message where that folder is not there. */
int run_check_data(void);
/* Columns of lines on standard output; 0: no limit. */
size_t run_width(void);
/* Whether a table goes to standard output. */
bool run_prints_table(const struct options *options);
/* Whether it is a table on a terminal that can show block characters: charts stand there too. */
bool run_draws(const struct options *options);

#endif
