/*
 * cmd_sensitivity.c - steelyard sensitivity: how scores, grades and ranks depend on the weights.
 */
#include "cli/cli.h"

static int weigh(sy_run *run, const struct options *options)
{
    const sy_sensitivity_options o = {.struct_size = sizeof o,
                                      .draws = options->draws,
                                      .spread = options->spread,
                                      .seed = options->seed,
                                      .edge = options->edge};
    sy_error error;
    progress_begin(options);
    sy_status status = sy_run_sensitivity(run, &o, &error);
    progress_end();
    if (status != SY_OK)
        return message_error(&error);
    message_findings(run, options);
    int code = run_write(
        run, options->detail ? SY_REPORT_SENSITIVITY_DETAIL : SY_REPORT_SENSITIVITY, options);
    if (code == EXIT_DONE && run_prints_table(options) && !options->detail &&
        sy_run_sensitivity_closing(run, "-", &error) != SY_OK)
        code = message_error(&error);
    return code;
}

static int sensitivity(const struct command *command, const struct options *options)
{
    const char *evaluation = options->arguments.n ? options->arguments.items[0] : ".";
    sy_run *run;
    (void)command;
    int code = run_open(&run, evaluation, options);
    if (code != EXIT_DONE)
        return code;
    code = weigh(run, options);
    if (code == EXIT_DONE)
        code = run_exit(run, options, NULL);
    sy_run_close(run);
    return code;
}

const struct command command_sensitivity = {
    .name = "sensitivity",
    .arguments = "[EVALUATION]",
    .summary = "Draws weights: how scores, grades and ranks depend on them",
    .help = "Examples:\n"
            "  steelyard sensitivity                    10,000 draws, weights within 20 %\n"
            "  steelyard sensitivity --spread 0.1 --seed 7 --year 2019\n"
            "  steelyard sensitivity --edge 2           funds within 2 points of a grade\n"
            "  steelyard sensitivity --format csv --detail -o without.csv\n"
            "                                           each fund without each indicator\n"
            "  steelyard sensitivity --format json\n",
    .fail_on = FAIL_NEVER,
    .max_arguments = 1,
    .reports = true,
    .details = true,
    .draws = true,
    .run = sensitivity,
};
