/*
 * csv.c - the CSV plugin: what it offers.
 */
#include "csv.h"

#include <string.h>

/* A comma in the first line and nothing of another text format: a guess, never sure. */
static int probe(const char *head, size_t len)
{
    size_t start = len >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (start == len || strchr("{[<%", head[start]) != NULL || memchr(head, '\0', len) != NULL)
        return 0;
    for (size_t i = start; i < len && head[i] != '\n' && head[i] != '\r'; i++) {
        if (head[i] == ',')
            return 30;
    }
    return 0;
}

static const char *const READ_OPTIONS[] = {"delimiter", "header_row", NULL};
static const char *const WRITE_OPTIONS[] = {"bom", NULL};

static const sy_reader READERS[] = {{.struct_size = sizeof(sy_reader),
                                     .name = "csv",
                                     .extensions = "csv",
                                     .summary = "comma-separated text, UTF-8 or GB18030",
                                     .options = READ_OPTIONS,
                                     .probe = probe,
                                     .read = csv_read,
                                     .flags = SY_READS_RANGES | SY_READS_GRIDS}};

static const sy_writer WRITERS[] = {{.struct_size = sizeof(sy_writer),
                                     .name = "csv",
                                     .extensions = "csv",
                                     .summary = "comma-separated text, UTF-8 with BOM",
                                     .options = WRITE_OPTIONS,
                                     .takes = SY_TAKES_ROWS,
                                     .write = csv_write,
                                     .flags = SY_WRITES_PARTS}};

static const sy_plugin PLUGIN = {.struct_size = sizeof(sy_plugin),
                                 .abi = SY_PLUGIN_ABI,
                                 .name = "csv",
                                 .version = STEELYARD_VERSION,
                                 .license = "MIT",
                                 .summary = "comma-separated values",
                                 .readers = READERS,
                                 .nreaders = 1,
                                 .writers = WRITERS,
                                 .nwriters = 1};

const sy_plugin *plug_builtin_csv(void)
{
    return &PLUGIN;
}
