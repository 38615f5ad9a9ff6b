/*
 * document.c - a plugin for tests: what writers for people get, as JSON (format `document`).
 */
#include <steelyard/plugin.h>

#include "json.h"

static const char *const NO_OPTIONS[] = {NULL};

static const sy_writer WRITERS[] = {{.struct_size = sizeof(sy_writer),
                                     .name = "document",
                                     .extensions = "",
                                     .summary = "steelyard.document/1 as it stands",
                                     .options = NO_OPTIONS,
                                     .takes = SY_TAKES_TREE | SY_TAKES_LABELS,
                                     .write = json_write}};

static const sy_plugin PLUGIN = {.struct_size = sizeof(sy_plugin),
                                 .abi = SY_PLUGIN_ABI,
                                 .name = "document",
                                 .version = "1",
                                 .license = "MIT",
                                 .summary = "documents for people, for tests",
                                 .writers = WRITERS,
                                 .nwriters = 1};

const sy_plugin *sy_plugin_v1(void);

__attribute__((visibility("default"))) const sy_plugin *sy_plugin_v1(void)
{
    return &PLUGIN;
}
