/*
 * cmd_review.c - steelyard review: what units claim against what the rules give.
 */
#include "cli/cli.h"

static int review(const struct command *command, const struct options *options)
{
    const char *evaluation = options->arguments.n ? options->arguments.items[0] : ".";
    sy_run *run;
    sy_error error;
    (void)command;
    int code = run_open(&run, evaluation, options);
    if (code != EXIT_DONE)
        return code;
    if (sy_run_review(run, &error) != SY_OK)
        code = message_error(&error);
    if (code == EXIT_DONE)
        message_findings(run, options);
    if (code == EXIT_DONE)
        code = run_write(run, SY_REPORT_REVIEW, options);
    if (code == EXIT_DONE && run_prints_table(options) &&
        sy_run_review_closing(run, "-", &error) != SY_OK)
        code = message_error(&error);
    if (code == EXIT_DONE)
        code = run_exit(run, options, NULL);
    sy_run_close(run);
    return code;
}

const struct command command_review = {
    .name = "review",
    .arguments = "[EVALUATION]",
    .summary = "Holds claims against what the rules give, the worst first",
    .help = "Examples:\n"
            "  steelyard review                         the evaluation in this folder\n"
            "  steelyard review forms/table.xlsx --type project_self_evaluation\n"
            "  steelyard review --format csv -o claims.csv     a row an indicator\n"
            "  steelyard review --format json\n",
    .fail_on = FAIL_ERROR,
    .max_arguments = 1,
    .reports = true,
    .run = review,
};
