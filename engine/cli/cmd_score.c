/*
 * cmd_score.c - steelyard score: scores and prints.
 */
#include <stdio.h>

#include "cli/cli.h"

#define DRAWN_MAX 6 /* funds whose levels are drawn: more would hide the table above them */

/* Another table below the one before. */
static int write_below(sy_run *run, sy_report report, const struct options *options)
{
    putchar('\n');
    fflush(stdout);
    return run_write(run, report, options);
}

/* What stands below a table: bars of levels on a terminal, a roll-up where there are several,
 * findings, what to do next. */
static int print_below(sy_run *run, const struct options *options)
{
    sy_error error;
    long departments = options->detail ? 0 : sy_run_ndepartments(run);
    int code = EXIT_DONE;
    if (run_draws(options) && !options->detail && sy_run_nfunds(run) > 0 &&
        sy_run_nfunds(run) <= DRAWN_MAX)
        code = write_below(run, SY_REPORT_LEVELS, options);
    if (code == EXIT_DONE && departments > 1)
        code = write_below(run, SY_REPORT_DEPARTMENTS, options);
    if (code == EXIT_DONE && sy_run_closing(run, program_name, "-", &error) != SY_OK)
        code = message_error(&error);
    return code;
}

static int write_scores(sy_run *run, const struct options *options)
{
    return run_write(run,
                     options->detail ? SY_REPORT_SCORE_DETAIL
                     : options->rank ? SY_REPORT_RANKED
                                     : SY_REPORT_SCORE,
                     options);
}

static int show(sy_run *run, const struct options *options)
{
    message_findings(run, options);
    int code = write_scores(run, options);
    if (code == EXIT_DONE && run_prints_table(options))
        code = print_below(run, options);
    return code;
}

/* Only the report itself into its file: what moved is told instead of all findings. */
static int show_again(sy_run *run, const struct options *options)
{
    return options->output ? write_scores(run, options) : EXIT_DONE;
}

static int score(const struct command *command, const struct options *options)
{
    const char *evaluation = options->arguments.n ? options->arguments.items[0] : ".";
    sy_run *run;
    (void)command;
    if (options->rank && options->detail)
        return message_usage("--rank ranks funds and --detail lists indicators: leave out one");
    if (options->watch)
        return watch_evaluation(evaluation, options, show, show_again);
    int code = run_open(&run, evaluation, options);
    if (code != EXIT_DONE)
        return code;
    code = show(run, options);
    if (code == EXIT_DONE)
        code = run_exit(run, options, NULL);
    sy_run_close(run);
    return code;
}

const struct command command_score = {
    .name = "score",
    .arguments = "[EVALUATION]",
    .summary = "Scores every fund: score, bounds, grade or why none, coverage",
    .help = "Examples:\n"
            "  steelyard score                          the evaluation in this folder\n"
            "  steelyard score examples/lusong -q       without the findings\n"
            "  steelyard score examples/lusong --format json -o scores.json\n"
            "  steelyard score examples/lusong --fund sme-2019 --detail --format csv\n"
            "  steelyard score examples/lusong --rank\n"
            "  steelyard score examples/lusong --set sme_support.parameters.over=1.2\n"
            "  steelyard score --watch                  again whenever a file is saved\n"
            "  steelyard score table.csv --type project_self_evaluation --year 2022\n",
    .fail_on = FAIL_NEVER,
    .max_arguments = 1,
    .reports = true,
    .details = true,
    .ranks = true,
    .watches = true,
    .run = score,
};
