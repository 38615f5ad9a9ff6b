/*
 * cmd_explain.c - steelyard explain: how each point of a fund came about.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"

/* [EVALUATION] FUND [INDICATOR]: with two words the first is an evaluation where something of that
 * name is there, else a fund of the current folder's. */
struct words {
    const char *evaluation, *fund, *indicator;
};

static bool is_there(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0;
}

static void sort_words(struct words *out, const struct list *list)
{
    *out = (struct words){.evaluation = "."};
    if (list->n == 1) {
        out->fund = list->items[0];
    } else if (list->n == 3 || is_there(list->items[0])) {
        out->evaluation = list->items[0];
        out->fund = list->items[1];
        out->indicator = list->n == 3 ? list->items[2] : NULL;
    } else {
        out->fund = list->items[0];
        out->indicator = list->items[1];
    }
}

static int explain(const struct command *command, const struct options *options)
{
    struct words words;
    sy_run *run;
    sy_error error;
    if (options->arguments.n == 0)
        return message_usage("name a fund: usage is steelyard explain %s", command->arguments);
    if (options->format && strcmp(options->format, "table") != 0)
        return message_usage("explain writes text only: leave out --format");
    if (options->arguments.n == 1 && is_there(options->arguments.items[0]))
        return message_usage("name a fund of %s: usage is steelyard explain %s",
                             options->arguments.items[0], command->arguments);
    sort_words(&words, &options->arguments);
    int code = run_open(&run, words.evaluation, options);
    if (code != EXIT_DONE)
        return code;
    const char *path = options->output ? options->output : "-";
    bool held = interrupt_hold(path);
    sy_status status = sy_run_explain(run, words.fund, 0, words.indicator, path, &error);
    interrupt_release(held);
    if (status != SY_OK)
        code = message_error(&error);
    else
        code = run_exit(run, options, words.fund);
    sy_run_close(run);
    return code;
}

const struct command command_explain = {
    .name = "explain",
    .arguments = "[EVALUATION] FUND [INDICATOR]",
    .summary = "Explains every point of a fund: values, rule, formula, places",
    .help = "Examples:\n"
            "  steelyard explain sme-2019             a fund of the evaluation in this folder\n"
            "  steelyard explain examples/lusong sme-2019\n"
            "  steelyard explain examples/lusong sme-2019 output.quantity.policy_push\n"
            "  steelyard explain examples/lusong sme-2019 --year 2019 -o why.txt\n",
    .fail_on = FAIL_NEVER,
    .max_arguments = 3,
    .run = explain,
};
