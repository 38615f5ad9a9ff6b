/*
 * main.c - the program `steelyard`: picks a command and gives it its options.
 */
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static const struct command *const commands[] = {
    &command_score,   &command_explain, &command_compare, &command_sensitivity,
    &command_improve, &command_review,  &command_check,   &command_config,
    &command_test,    &command_init,    &command_lua,     &command_plugins};
#define NCOMMANDS (sizeof commands / sizeof *commands)

/* Only how characters are classed, for the width of Chinese: numbers stay as they are in C. */
static void set_characters(void)
{
    if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setlocale(LC_CTYPE, "C.UTF-8");
}

/* What was printed must have arrived: a full disk shows only here. */
static int flush_output(int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    sy_error error = {.status = SY_EFILE, .message = "cannot write standard output"};
    int failed = message_error(&error);
    return code == EXIT_DONE ? failed : code;
}

static int run_command(const struct command *command, int argc, const char **argv)
{
    struct options options;
    int code = options_parse(&options, command, argc, argv);
    if (code == EXIT_DONE && options.help)
        options_print_help(command);
    else if (code == EXIT_DONE && options.version)
        printf("steelyard %s\n", sy_version());
    else if (code == EXIT_DONE)
        code = command->run(command, &options);
    options_free(&options);
    return flush_output(code);
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < NCOMMANDS; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

static int refuse_command(const char *name)
{
    const char *names[NCOMMANDS];
    for (size_t i = 0; i < NCOMMANDS; i++)
        names[i] = commands[i]->name;
    const char *near = sy_nearest(name, names, NCOMMANDS);
    return message_usage("no command is called '%s'%s%s%s: see steelyard --help", name,
                         near ? ", did you mean '" : "", near ? near : "", near ? "'" : "");
}

/* A line to standard error is one write: unbuffered, a message was a write for each character. */
static void buffer_messages(void)
{
    static char line[BUFSIZ];
    setvbuf(stderr, line, _IOLBF, sizeof line);
}

const char *program_name = "steelyard";

int main(int argc, char **argv)
{
    if (argc > 0 && argv[0][0])
        program_name = argv[0];
    const char *name = argc > 1 ? argv[1] : NULL;
    set_characters();
    buffer_messages();
    interrupt_install();
    if (!name) {
        help_commands(stderr, commands, NCOMMANDS);
        return EXIT_USAGE;
    }
    if (strcmp(name, "--version") == 0) {
        printf("steelyard %s\n", sy_version());
        return flush_output(EXIT_DONE);
    }
    if (strcmp(name, "--help") == 0) {
        help_commands(stdout, commands, NCOMMANDS);
        return flush_output(EXIT_DONE);
    }
    if (strcmp(name, "help") == 0)
        return flush_output(help_topic(argc - 2, argv + 2, commands, NCOMMANDS));
    const struct command *command = find_command(name);
    if (!command)
        return refuse_command(name);
    return run_command(command, argc - 1, (const char **)argv + 1);
}
