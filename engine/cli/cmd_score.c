/*
 * cmd_score.c - steelyard score: scores and prints.
 */
#include <stdio.h>

#include "cli/cli.h"

static int score(const struct command *command, const struct options *options)
{
    const char *evaluation = options->arguments.n ? options->arguments.items[0] : ".";
    sy_run *run;
    sy_error error;
    (void)command;
    int code = run_open(&run, evaluation, options);
    if (code != EXIT_DONE)
        return code;
    message_findings(run, options);
    code = run_write(run, options->detail ? SY_REPORT_SCORE_DETAIL : SY_REPORT_SCORE, options);
    if (code == EXIT_DONE && run_prints_table(options) &&
        sy_run_closing(run, program_name, "-", &error) != SY_OK)
        code = message_error(&error);
    if (code == EXIT_DONE)
        code = run_exit(run, options);
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
            "  steelyard score examples/lusong --set sme_support.parameters.over=1.2\n"
            "  steelyard score table.csv --type project_self_evaluation --year 2022\n",
    .fail_on = FAIL_NEVER,
    .max_arguments = 1,
    .reports = true,
    .details = true,
    .run = score,
};
