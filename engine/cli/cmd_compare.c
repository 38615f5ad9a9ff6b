/*
 * cmd_compare.c - steelyard compare: years side by side, and why each score changed.
 */
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"

static int write_compared(sy_run *run, const struct options *options)
{
    sy_error error;
    int code = run_draws(options) && !options->detail ? run_write(run, SY_REPORT_LINES, options)
                                                      : EXIT_DONE;
    if (code != EXIT_DONE)
        return code;
    if (run_draws(options) && !options->detail) {
        putchar('\n');
        fflush(stdout);
    }
    code = run_write(run, options->detail ? SY_REPORT_COMPARE_DETAIL : SY_REPORT_COMPARE, options);
    if (code == EXIT_DONE && run_prints_table(options) && !options->detail &&
        sy_run_compare_closing(run, "-", &error) != SY_OK)
        code = message_error(&error);
    return code;
}

static int compare_run(sy_run *run, const struct options *options)
{
    int *years;
    sy_error error;
    int code = run_years(&years, options);
    if (code != EXIT_DONE)
        return code;
    progress_begin(options);
    const sy_compare_options o = {.struct_size = sizeof o,
                                  .years = years,
                                  .nyears = options->years.n,
                                  .funds = (const char *const *)options->funds.items,
                                  .nfunds = options->funds.n,
                                  .strict = options->strict};
    sy_status status = sy_run_compare(run, &o, &error);
    progress_end();
    free(years);
    if (status != SY_OK)
        return message_error(&error);
    message_findings(run, options);
    return write_compared(run, options);
}

static int compare(const struct command *command, const struct options *options)
{
    const char *evaluation = options->arguments.n ? options->arguments.items[0] : ".";
    sy_run *run;
    (void)command;
    if (options->years.n == 1)
        return message_usage("--years %s is one year alone: name two, --years A,B",
                             options->years.items[0]);
    int code = run_open(&run, evaluation, options);
    if (code != EXIT_DONE)
        return code;
    code = compare_run(run, options);
    if (code == EXIT_DONE)
        code = run_exit(run, options, options->funds.n == 1 ? options->funds.items[0] : NULL);
    sy_run_close(run);
    return code;
}

const struct command command_compare = {
    .name = "compare",
    .arguments = "[EVALUATION]",
    .summary = "Compares years: what results, what yardsticks changed in scores",
    .help =
        "Examples:\n"
        "  steelyard compare                        every year of this folder's evaluation\n"
        "  steelyard compare examples/three-years --years 2021,2023\n"
        "  steelyard compare --fund sme-2019        one fund, with what each indicator brought\n"
        "  steelyard compare --yardstick 2023       every year by one yardstick\n"
        "  steelyard compare --format csv --detail  a row an indicator's part in a change\n"
        "  steelyard compare --format json -o compare.json\n",
    .fail_on = FAIL_NEVER,
    .max_arguments = 1,
    .reports = true,
    .details = true,
    .compares = true,
    .run = compare,
};
