/*
 * cmd_plugins.c - steelyard plugins: formats that are there, refused, or missing.
 */
#include "cli/cli.h"

struct listing {
    sy_formats *formats;
    const char *language;
};

static sy_status write_formats(void *ctx, const char *format, const char *path,
                               const sy_option *options, size_t noptions, sy_error *err)
{
    const struct listing *l = ctx;
    return sy_formats_write(l->formats, l->language, format, path, options, noptions, err);
}

static int plugins(const struct command *command, const struct options *options)
{
    struct listing l = {.language = options->language ? options->language : "en"};
    sy_error error;
    (void)command;
    if (sy_formats_open(&l.formats, run_plugin_folders(), &error) != SY_OK)
        return message_error(&error);
    int code = run_output(options, write_formats, &l);
    sy_formats_close(l.formats);
    return code;
}

const struct command command_plugins = {
    .name = "plugins",
    .arguments = "[--format NAME]",
    .summary = "Lists readers and writers that are here, refused, or missing",
    .help = "Plugins are looked for in the folders of STEELYARD_PLUGIN_PATH (colons between them)\n"
            "and in lib/steelyard/plugins beside the program.\n"
            "\n"
            "Examples:\n"
            "  steelyard plugins\n"
            "  steelyard plugins --format json\n",
    .fail_on = FAIL_NEVER,
    .max_arguments = 0,
    .reports = true,
    .run = plugins,
};
