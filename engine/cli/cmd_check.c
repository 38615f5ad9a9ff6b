/*
 * cmd_check.c - steelyard check: config, scripts and data; findings, no scores.
 */
#include "cli/cli.h"

static int check(const struct command *command, const struct options *options)
{
    const char *evaluation = options->arguments.n ? options->arguments.items[0] : ".";
    sy_run *run;
    (void)command;
    int code = run_open(&run, evaluation, options);
    if (code != EXIT_DONE)
        return code;
    if (options->output) /* else they are on the screen already */
        message_findings(run, options);
    code = run_write(run, SY_REPORT_CHECK, options);
    if (code == EXIT_DONE)
        message_count(run, options);
    if (code == EXIT_DONE)
        code = run_exit(run, options, NULL);
    sy_run_close(run);
    return code;
}

const struct command command_check = {
    .name = "check",
    .arguments = "[EVALUATION]",
    .summary = "Checks config, scripts and data; every finding with its place",
    .help = "Examples:\n"
            "  steelyard check                          the evaluation in this folder\n"
            "  steelyard check examples/lusong --fail-on warning\n"
            "  steelyard check examples/lusong -o findings.csv\n"
            "  steelyard check examples/lusong --format json\n",
    .fail_on = FAIL_ERROR,
    .max_arguments = 1,
    .reports = true,
    .run = check,
};
