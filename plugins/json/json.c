/*
 * json.c - the JSON plugin: what it offers.
 */
#include "json.h"

static const char *const NO_OPTIONS[] = {NULL};

static const sy_writer WRITERS[] = {{.struct_size = sizeof(sy_writer),
                                     .name = "json",
                                     .extensions = "json",
                                     .summary = "one JSON document, UTF-8",
                                     .options = NO_OPTIONS,
                                     .takes = SY_TAKES_TREE,
                                     .write = json_write}};

static const sy_plugin PLUGIN = {.struct_size = sizeof(sy_plugin),
                                 .abi = SY_PLUGIN_ABI,
                                 .name = "json",
                                 .version = STEELYARD_VERSION,
                                 .license = "MIT",
                                 .summary = "JSON documents",
                                 .writers = WRITERS,
                                 .nwriters = 1};

const sy_plugin *plug_builtin_json(void)
{
    return &PLUGIN;
}
