/*
 * cmd_test.c - steelyard test: the worked tests of rules.
 */
#include <math.h>

#include "cli/cli.h"

static sy_status write_tests(void *ctx, const char *format, const char *path,
                             const sy_option *options, size_t noptions, sy_error *err)
{
    return sy_tests_write(ctx, format, path, options, noptions, err);
}

static int print_tests(sy_tests *tests, const struct options *options)
{
    sy_error error;
    if (!run_prints_table(options))
        return run_output(options, write_tests, tests);
    if (sy_tests_print(tests, options->quiet, "-", &error) != SY_OK)
        return message_error(&error);
    return EXIT_DONE;
}

/* The share that cases reach, where it is under --coverage-min, or is not seen on the screen. It is
 * cut, as it is printed: 89.99 is not 90. Where there is nothing to reach, nothing is missing. */
static bool misses_coverage(const struct options *options, double coverage)
{
    const bool missed = options->has_coverage_min && coverage < options->coverage_min;
    const double percent = floor(coverage * 10) / 10;
    if (missed)
        message_note("cases reach %.1f%% of the rules, tiers and lines, less than the %.15g%% of "
                     "--coverage-min",
                     percent, options->coverage_min);
    else if (options->coverage && !options->quiet && !run_prints_table(options) && !isnan(coverage))
        message_note("cases reach %.1f%% of the rules, tiers and lines", percent);
    return missed;
}

static int test(const struct command *command, const struct options *options)
{
    sy_tests_counts counts = {.struct_size = sizeof counts};
    sy_tests *tests;
    (void)command;
    int code = run_open_tests(&tests, options);
    if (code != EXIT_DONE)
        return code;
    sy_tests_count(tests, &counts);
    code = print_tests(tests, options);
    sy_tests_close(tests);
    if (code != EXIT_DONE)
        return code;
    const bool missed = misses_coverage(options, counts.coverage);
    return missed || counts.passed < counts.cases || counts.counterexamples ? EXIT_THRESHOLD
                                                                            : EXIT_DONE;
}

const struct command command_test = {
    .name = "test",
    .arguments = "[PATH…]",
    .summary = "Tests rules: the worked cases of scripts/TYPE_test.lua",
    .help = "PATH is an evaluation's folder, a folder of test files, or a test file; left\n"
            "out, the current folder. Exit code 1: a case failed, a law does not hold, or too\n"
            "little was reached.\n"
            "\n"
            "--coverage counts by script what the cases reach: rules that grade, bands of\n"
            "tiers, lines of functions. --coverage-min 90 asks for at least so much.\n"
            "\n"
            "--properties also tries each rule that a case reaches with invented actuals:\n"
            "better never scores lower, attainments are 0 to 1, bounds are in their bands,\n"
            "and money is the same in 元 and 万元.\n"
            "\n"
            "Examples:\n"
            "  steelyard test                            the rules of this folder\n"
            "  steelyard test examples/lusong --type sme_support\n"
            "  steelyard test --properties               and whether better may score lower\n"
            "  steelyard test scripts/sme_support_test.lua --format json\n",
    .fail_on = FAIL_NEVER,
    .max_arguments = (size_t)-1,
    .reports = true,
    .unscored = true,
    .tests = true,
    .run = test,
};
