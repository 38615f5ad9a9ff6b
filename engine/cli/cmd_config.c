/*
 * cmd_config.c - steelyard config: the effective yardstick, each value with its place; what differs
 * between two years.
 */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static bool is_year(const char *text)
{
    return strlen(text) == 4 && strspn(text, "0123456789") == 4;
}

/* The years stand behind --diff, so behind the evaluation; who names it last is understood too.
 * Moves them to the front. False: not two years, and at most one word more. */
static bool find_years(struct list *arguments)
{
    char **a = arguments->items;
    size_t n = arguments->n;
    if (n == 3 && is_year(a[1]) && is_year(a[2])) {
        char *evaluation = a[0];
        a[0] = a[1];
        a[1] = a[2];
        a[2] = evaluation;
    }
    return n >= 2 && is_year(a[0]) && is_year(a[1]);
}

/* An empty table says little. */
static int say_none(const sy_run *run, const struct list *years)
{
    bool zh = strcmp(sy_run_language(run), "zh") == 0;
    printf(zh ? "%s 年与 %s 年的评价标准没有差别。\n" : "Nothing differs between %s and %s.\n",
           years->items[0], years->items[1]);
    return EXIT_DONE;
}

static int print_config(sy_run *run, const struct options *options)
{
    size_t n = 0;
    sy_error error;
    if (!options->diff)
        return run_write(run, options->verbose ? SY_REPORT_CONFIG_FULL : SY_REPORT_CONFIG, options);
    if (sy_run_ndifferences(&n, run, &error) != SY_OK)
        return message_error(&error);
    if (n == 0 && run_prints_table(options))
        return say_none(run, &options->years);
    return run_write(run, SY_REPORT_CONFIG_DIFF, options);
}

static int config(const struct command *command, const struct options *given)
{
    struct options options = *given;
    struct list years = {options.arguments.items, 2};
    sy_run *run;
    size_t at = options.diff ? 2 : 0;
    if (options.diff && options.years.n)
        return message_usage("--diff names its two years itself: leave out --year");
    if (options.diff && !find_years(&options.arguments))
        return message_usage("--diff compares two years: usage is steelyard config [EVALUATION] "
                             "--diff YEAR1 YEAR2");
    if (!options.diff && options.arguments.n > 1)
        return message_usage("'%s' is one argument too many: usage is steelyard config %s",
                             options.arguments.items[1], command->arguments);
    if (options.diff)
        options.years = years;
    const char *evaluation = options.arguments.n > at ? options.arguments.items[at] : ".";
    int code = run_open(&run, evaluation, &options);
    if (code != EXIT_DONE)
        return code;
    if (sy_run_unread(run) && !options.quiet)
        message_unread(sy_run_unread(run));
    code = print_config(run, &options);
    sy_run_close(run);
    return code;
}

const struct command command_config = {
    .name = "config",
    .arguments = "[EVALUATION] [--diff YEAR1 YEAR2]",
    .summary = "Shows the yardsticks in force, each value with its file and line",
    .help = "Examples:\n"
            "  steelyard config examples/lusong                 types of the funds, all years\n"
            "  steelyard config examples/lusong --type sme_support --year 2020\n"
            "  steelyard config examples/lusong -v              also what each value replaces\n"
            "  steelyard config examples/lusong --diff 2019 2020\n"
            "  steelyard config examples/lusong --format csv -o yardsticks.csv\n",
    .fail_on = FAIL_NEVER,
    .max_arguments = 3,
    .reports = true,
    .unscored = true,
    .diffs = true,
    .run = config,
};
