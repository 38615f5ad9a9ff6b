/*
 * run.c - from options to a run of the library, and from a run to an exit code.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli.h"

#define FOLDERS_MAX 16
#define WIDTH_USUAL 80

static bool has_folder(const char *parent, const char *name)
{
    char path[PATH_MAX];
    int n = snprintf(path, sizeof path, "%s/%s", parent, name);
    return n > 0 && (size_t)n < sizeof path && access(path, R_OK | X_OK) == 0;
}

/* The folder of the program, without its name. */
static bool program_folder(char *out, size_t cap)
{
    ssize_t n = readlink("/proc/self/exe", out, cap - 1);
    if (n <= 0)
        return false;
    out[n] = '\0';
    char *slash = strrchr(out, '/');
    if (!slash)
        return false;
    *slash = '\0';
    return true;
}

const char *run_data_folder(void)
{
    static char folder[PATH_MAX + 32];
    char program[PATH_MAX];
    const char *given = getenv("STEELYARD_DATA");
    if (given && *given)
        return given;
    if (!program_folder(program, sizeof program))
        return "";
    snprintf(folder, sizeof folder, "%s/../share/steelyard", program);
    if (has_folder(folder, "config"))
        return folder;
    /* Built in place: build/steelyard beside config/ and scripts/. */
    snprintf(folder, sizeof folder, "%s/..", program);
    return has_folder(folder, "config") && has_folder(folder, "scripts") ? folder : "";
}

const char *const *run_plugin_folders(void)
{
    static const char *folders[FOLDERS_MAX];
    static char texts[4 * PATH_MAX];
    const size_t cap = sizeof texts;
    char program[PATH_MAX];
    const char *given = getenv("STEELYARD_PLUGIN_PATH");
    size_t n = 0, used = 0;
    while (given && *given && n < FOLDERS_MAX - 2) {
        size_t len = strcspn(given, ":");
        if (len && used + len + 1 < cap) {
            memcpy(texts + used, given, len);
            texts[used + len] = '\0';
            folders[n++] = texts + used;
            used += len + 1;
        }
        given += len + (given[len] == ':');
    }
    if (program_folder(program, sizeof program) && used + strlen(program) + 32 < cap) {
        snprintf(texts + used, cap - used, "%s/lib/steelyard/plugins", program); /* of a build */
        if (access(texts + used, F_OK) != 0)
            snprintf(texts + used, cap - used, "%s/../lib/steelyard/plugins", program);
        folders[n++] = texts + used;
    }
    folders[n] = NULL;
    return folders;
}

/* COLUMNS, where the user has set it, else the terminal's own; 0: no limit. */
size_t run_width(void)
{
    const char *given = getenv("COLUMNS");
    struct winsize size = {0};
    if (given && *given && strlen(given) <= 5 && given[strspn(given, "0123456789")] == '\0' &&
        atoi(given) > 0)
        return (size_t)atoi(given);
    if (!isatty(STDOUT_FILENO))
        return 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
        return size.ws_col;
    return WIDTH_USUAL;
}

static int refuse_year(const char *option, const char *text)
{
    return message_usage("--%s '%s' is no year such as 2019", option, text);
}

static bool is_year(const char *text)
{
    return strlen(text) == 4 && strspn(text, "0123456789") == 4;
}

int run_years(int **out, const struct options *options)
{
    const struct list *list = &options->years;
    int *years = calloc(list->n + 1, sizeof *years);
    if (!years) {
        sy_error error = {.status = SY_ENOMEM, .message = "out of memory"};
        return message_error(&error);
    }
    for (size_t i = 0; i < list->n; i++) {
        const char *text = list->items[i];
        if (!is_year(text)) {
            free(years);
            return refuse_year(options->command->compares ? "years" : "year", text);
        }
        years[i] = atoi(text);
    }
    *out = years;
    return EXIT_DONE;
}

/* Said here: else the first file missed is a units.ini that the user never heard of. */
int run_check_data(void)
{
    const char *folder = run_data_folder();
    sy_error error = {.status = SY_EFILE};
    if (*folder && has_folder(folder, "config"))
        return EXIT_DONE;
    if (*folder)
        snprintf(error.message, sizeof error.message,
                 "STEELYARD_DATA: no folder config/ in '%.300s'", folder);
    else
        snprintf(
            error.message, sizeof error.message,
            "found no config/ and scripts/ beside the program: set STEELYARD_DATA to the folder "
            "that holds them");
    return message_error(&error);
}

int run_open(sy_run **out, const char *evaluation, const struct options *options)
{
    int *years = NULL;
    sy_error error;
    if (options->yardstick && !is_year(options->yardstick))
        return refuse_year("yardstick", options->yardstick);
    int code = run_years(&years, options);
    if (code == EXIT_DONE)
        code = run_check_data();
    if (code != EXIT_DONE) {
        free(years);
        return code;
    }
    sy_run_options o = {.struct_size = sizeof o,
                        .data = run_data_folder(),
                        .language = options->language,
                        .years = years,
                        .nyears = options->years.n,
                        .funds = (const char *const *)options->funds.items,
                        .nfunds = options->funds.n,
                        .types = (const char *const *)options->types.items,
                        .ntypes = options->types.n,
                        .sets = (const char *const *)options->sets.items,
                        .nsets = options->sets.n,
                        .progress = progress_show,
                        .plugins = run_plugin_folders(),
                        .width = run_width(),
                        .jobs = (unsigned)options->jobs};
    o.config = options->command->unscored;
    if (options->command->compares)
        o.nfunds = 0; /* all are scored: ranks are among all */
    o.yardstick = options->yardstick ? atoi(options->yardstick) : 0;
    if (options->command->reports) {
        o.format = options->format;
        o.output = options->output;
    }
    progress_begin(options);
    sy_status status = sy_run_open(out, evaluation, &o, &error);
    progress_end();
    if (status != SY_OK)
        code = message_error(&error);
    else
        message_refusals(*out);
    free(years);
    return code;
}

int run_open_tests(sy_tests **out, const struct options *options)
{
    sy_error error;
    int code = run_check_data();
    if (code != EXIT_DONE)
        return code;
    const sy_tests_options o = {.struct_size = sizeof o,
                                .data = run_data_folder(),
                                .language = options->language,
                                .types = (const char *const *)options->types.items,
                                .ntypes = options->types.n,
                                .plugins = run_plugin_folders(),
                                .format = options->format,
                                .output = options->output,
                                .jobs = (unsigned)options->jobs,
                                .width = run_width(),
                                .coverage = options->coverage,
                                .properties = options->properties};
    if (sy_tests_open(out, (const char *const *)options->arguments.items, options->arguments.n, &o,
                      &error) != SY_OK)
        return message_error(&error);
    message_refusals_of_tests(*out);
    return EXIT_DONE;
}

bool run_prints_table(const struct options *options)
{
    bool table = options->format ? strcmp(options->format, "table") == 0 : !options->output;
    return table && !options->output;
}

bool run_draws(const struct options *options)
{
    const char *terminal = getenv("TERM");
    return run_prints_table(options) && isatty(STDOUT_FILENO) && terminal && *terminal &&
           strcmp(terminal, "dumb") != 0;
}

/* Colours and width are the terminal's business, so the program decides them, not the library. */
static size_t terminal_options(sy_option *out, const struct options *options, char *width,
                               size_t cap)
{
    bool terminal = isatty(STDOUT_FILENO) != 0;
    const char *no_color = getenv("NO_COLOR");
    const char *mode = options->color ? options->color : "auto";
    bool color = strcmp(mode, "always") == 0 ||
                 (strcmp(mode, "auto") == 0 && terminal && !(no_color && *no_color));
    snprintf(width, cap, "%zu", run_width());
    out[0] = (sy_option){"color", color ? "always" : "never"};
    out[1] = (sy_option){"width", width};
    return 2;
}

/* Who interrupts a regular file's writing is heard when what was begun is gone. On the terminal the
 * report itself shows that there is progress. */
static int write_held(run_output_fn write, void *ctx, const char *format, const char *path,
                      const sy_option *list, size_t n, const struct options *options)
{
    sy_error error;
    bool held = interrupt_hold(path);
    if (!isatty(STDOUT_FILENO) || strcmp(path, "-") != 0)
        progress_begin(options);
    sy_status status = write(ctx, format, path, list, n, &error);
    progress_end();
    interrupt_release(held);
    return status == SY_OK ? EXIT_DONE : message_error(&error);
}

int run_output(const struct options *options, run_output_fn write, void *ctx)
{
    size_t n = 0, given = options->writer_options.n;
    char width[24];
    sy_error error;
    sy_option *list = calloc(given + 2, sizeof *list);
    char **names = calloc(given + 1, sizeof *names);
    int code = EXIT_DONE;
    if (!list || !names) {
        error = (sy_error){.status = SY_ENOMEM, .message = "out of memory"};
        code = message_error(&error);
    }
    if (code == EXIT_DONE && run_prints_table(options))
        n = terminal_options(list, options, width, sizeof width);
    for (size_t i = 0; i < given && code == EXIT_DONE; i++) {
        const char *text = options->writer_options.items[i], *equal = strchr(text, '=');
        names[i] = strndup(text, (size_t)(equal - text));
        list[n++] = (sy_option){names[i] ? names[i] : "", equal + 1};
    }
    const char *path = options->output ? options->output : "-";
    const char *format = options->format ? options->format : options->output ? NULL : "table";
    if (code == EXIT_DONE)
        code = write_held(write, ctx, format, path, list, n, options);
    for (size_t i = 0; i < given && names; i++)
        free(names[i]);
    free(names);
    free(list);
    return code;
}

/* A report of a run. */
struct run_report {
    sy_run *run;
    sy_report report;
};

static sy_status write_report(void *ctx, const char *format, const char *path,
                              const sy_option *options, size_t noptions, sy_error *err)
{
    const struct run_report *r = ctx;
    return sy_run_write(r->run, r->report, format, path, options, noptions, err);
}

int run_write(sy_run *run, sy_report report, const struct options *options)
{
    return run_output(options, write_report, &(struct run_report){run, report});
}

/* Whether a finding speaks of the fund, or of none. */
static bool speaks_of(sy_run *run, size_t i, const char *fund)
{
    sy_finding f;
    if (!fund)
        return true;
    sy_run_finding(run, i, NULL, &f);
    return !f.fund || strcmp(f.fund, fund) == 0;
}

static bool is_met(sy_run *run, const struct options *options, const char *fund)
{
    const enum fail_on fail_on = options->fail_on;
    size_t met = 0;
    for (size_t i = 0; fail_on != FAIL_NEVER && i < sy_run_nfindings(run); i++) {
        sy_severity severity;
        (void)sy_run_finding_code(run, i, &severity);
        met += (int)severity >= (int)fail_on && speaks_of(run, i, fund);
    }
    if (met && !options->quiet)
        message_note("--fail-on %s is met by %zu finding%s", sy_severity_word((sy_severity)fail_on),
                     met, met == 1 ? "" : "s");
    return met > 0;
}

/* A fund without a score has not reached any. Scores are compared as they are printed. */
static bool is_under(sy_run *run, const struct options *options, const char *fund)
{
    sy_fund_score first = {0};
    size_t under = 0, all = 0;
    for (size_t i = 0; i < sy_run_nfunds(run); i++) {
        sy_fund_score f;
        sy_run_fund(run, i, &f);
        if (fund && strcmp(f.fund, fund) != 0)
            continue;
        all++;
        if (f.has_score && f.score >= options->fail_under)
            continue;
        first = under++ ? first : f;
    }
    if (!under || options->quiet)
        return under > 0;
    char score[64] = "no score";
    if (first.has_score)
        snprintf(score, sizeof score, "%.15g", first.score);
    message_note("--fail-under %.15g: %zu of %zu fund%s under it or without a score, the first %s "
                 "(%d) with %s",
                 options->fail_under, under, all, all == 1 ? " is" : "s are", first.fund,
                 first.year, score);
    return true;
}

int run_exit(sy_run *run, const struct options *options, const char *fund)
{
    if (sy_run_script_failed(run))
        return EXIT_INPUT;
    const bool met = is_met(run, options, fund);
    const bool under = options->has_fail_under && is_under(run, options, fund);
    return met || under ? EXIT_THRESHOLD : EXIT_DONE;
}
