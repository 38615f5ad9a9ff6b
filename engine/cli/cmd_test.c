/*
 * cmd_test.c - steelyard test: the worked tests of rules.
 */
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
    if (code == EXIT_DONE && counts.passed < counts.cases)
        code = EXIT_THRESHOLD;
    return code;
}

const struct command command_test = {
    .name = "test",
    .arguments = "[PATH…]",
    .summary = "Tests rules: the worked cases of scripts/TYPE_test.lua",
    .help =
        "PATH is an evaluation's folder, a folder of test files, or a test file; left out, the\n"
        "current folder. Exit code 1: a case failed.\n"
        "\n"
        "Examples:\n"
        "  steelyard test                            the rules of this folder\n"
        "  steelyard test examples/lusong --type sme_support\n"
        "  steelyard test scripts/sme_support_test.lua --format json\n",
    .fail_on = FAIL_NEVER,
    .max_arguments = (size_t)-1,
    .reports = true,
    .unscored = true,
    .tests = true,
    .run = test,
};
