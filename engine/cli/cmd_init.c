/*
 * cmd_init.c - steelyard init: a new evaluation that scores at once.
 */
#include "cli/cli.h"

/* A signal waits until the folder is there or gone: `path` names nothing that exists. */
static sy_status create(const char *folder, const sy_init_options *options, sy_error *error)
{
    bool held = interrupt_hold("evaluation.ini of a folder to come");
    sy_status status = sy_init_create(folder, options, error);
    interrupt_release(held);
    return status;
}

static int init(const struct command *command, const struct options *options)
{
    sy_error error;
    if (options->arguments.n == 0)
        return message_usage("name a folder: usage is steelyard init %s", command->arguments);
    int code = run_check_data();
    if (code != EXIT_DONE)
        return code;
    const char *folder = options->arguments.items[0];
    const sy_init_options o = {.struct_size = sizeof o,
                               .data = run_data_folder(),
                               .language = options->language,
                               .types = (const char *const *)options->types.items,
                               .ntypes = options->types.n,
                               .new_types = options->new_types,
                               .width = run_width()};
    if (create(folder, &o, &error) != SY_OK)
        return message_error(&error);
    if (!options->quiet && sy_init_closing(folder, &o, program_name, "-", &error) != SY_OK)
        return message_error(&error);
    return EXIT_DONE;
}

const struct command command_init = {
    .name = "init",
    .arguments = "DIR [--type TYPE]...",
    .summary = "Makes a new evaluation that scores at once, for your own data",
    .help =
        "DIR is new or empty. TYPE is installed, or a new name: then it gets weights and rules\n"
        "of its own. Without --type it is project_self_evaluation. Comments and headers are\n"
        "Chinese, or English with --lang en. All figures are invented: replace them.\n"
        "\n"
        "Examples:\n"
        "  steelyard init mine\n"
        "  steelyard init mine --type sme_support --type department\n"
        "  steelyard init mine --type my_fund --lang en\n",
    .only = " type new lang quiet ",
    .fail_on = FAIL_NEVER,
    .max_arguments = 1,
    .run = init,
};
