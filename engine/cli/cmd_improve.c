/*
 * cmd_improve.c - steelyard improve: the fewest changes in results that lead a fund to a grade.
 */
#include "cli/cli.h"

static int show(sy_run *run, const struct options *options)
{
    sy_error error;
    if (!run_prints_table(options))
        return run_write(run, SY_REPORT_IMPROVE, options);
    return sy_run_improve_print(run, "-", &error) == SY_OK ? EXIT_DONE : message_error(&error);
}

static int improve(const struct command *command, const struct options *options)
{
    const struct list *words = &options->arguments;
    sy_run *run;
    sy_error error;
    if (words->n == 0)
        return message_usage("name a fund: usage is steelyard improve %s --to GRADE",
                             command->arguments);
    if (!options->to)
        return message_usage("name the grade that %s is to have: --to GRADE",
                             words->items[words->n - 1]);
    int code = run_open(&run, words->n == 2 ? words->items[0] : ".", options);
    if (code != EXIT_DONE)
        return code;
    progress_begin(options);
    sy_status status = sy_run_improve(run, words->items[words->n - 1], options->to, &error);
    progress_end();
    code = status == SY_OK ? show(run, options) : message_error(&error);
    if (code == EXIT_DONE)
        code = run_exit(run, options, words->items[words->n - 1]);
    sy_run_close(run);
    return code;
}

const struct command command_improve = {
    .name = "improve",
    .arguments = "[EVALUATION] FUND",
    .summary = "Finds the fewest changes in results that lead a fund to a grade",
    .help = "Examples:\n"
            "  steelyard improve sme-2019 --to 优\n"
            "  steelyard improve examples/three-years train-b --year 2022 --to 优\n"
            "  steelyard improve examples/three-years rd-a --to 优 --format json\n",
    .fail_on = FAIL_NEVER,
    .max_arguments = 2,
    .reports = true,
    .improves = true,
    .run = improve,
};
