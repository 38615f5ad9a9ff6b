/*
 * json.c - the JSON plugin: what it offers.
 */
#include "json.h"

#include <string.h>

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r'))
        at++;
    return at;
}

static const char *find_start(const char *head, const char *end)
{
    if (end - head >= 3 && memcmp(head, "\xEF\xBB\xBF", 3) == 0)
        head += 3;
    return skip_blanks(head, end);
}

/* An array of objects, or an object. */
static int probe_json(const char *head, size_t len)
{
    const char *end = head + len, *at = find_start(head, end);
    if (at == end || (*at != '[' && *at != '{'))
        return 0;
    at = skip_blanks(at + 1, end);
    return at < end && (*at == '{' || *at == '"' || *at == ']') ? 60 : 0;
}

/* A line that is an object from end to end, and another below. */
static int probe_ndjson(const char *head, size_t len)
{
    const char *end = head + len, *at = find_start(head, end);
    const char *line = at == end ? NULL : memchr(at, '\n', (size_t)(end - at));
    if (line == NULL || *at != '{')
        return 0;
    const char *next = skip_blanks(line, end);
    while (line > at && (line[-1] == ' ' || line[-1] == '\r'))
        line--;
    return line[-1] == '}' && next < end && *next == '{' ? 70 : 0;
}

static const char *const NO_OPTIONS[] = {NULL};
static const char *const TABLE_OPTION[] = {"table", NULL};

static const sy_reader READERS[] = {{.struct_size = sizeof(sy_reader),
                                     .name = "json",
                                     .extensions = "json",
                                     .summary = "an array of objects, or an object that holds one",
                                     .options = TABLE_OPTION,
                                     .probe = probe_json,
                                     .read = json_read},
                                    {.struct_size = sizeof(sy_reader),
                                     .name = "ndjson",
                                     .extensions = "ndjson jsonl",
                                     .summary = "one JSON object a line",
                                     .options = NO_OPTIONS,
                                     .probe = probe_ndjson,
                                     .read = ndjson_read}};

static const sy_writer WRITERS[] = {{.struct_size = sizeof(sy_writer),
                                     .name = "json",
                                     .extensions = "json",
                                     .summary = "one JSON document, UTF-8",
                                     .options = NO_OPTIONS,
                                     .takes = SY_TAKES_TREE,
                                     .write = json_write},
                                    {.struct_size = sizeof(sy_writer),
                                     .name = "ndjson",
                                     .extensions = "ndjson jsonl",
                                     .summary = "one JSON object a line, UTF-8",
                                     .options = NO_OPTIONS,
                                     .takes = SY_TAKES_RECORDS,
                                     .write = ndjson_write,
                                     .flags = SY_WRITES_PARTS}};

static const sy_plugin PLUGIN = {.struct_size = sizeof(sy_plugin),
                                 .abi = SY_PLUGIN_ABI,
                                 .name = "json",
                                 .version = STEELYARD_VERSION,
                                 .license = "MIT",
                                 .summary = "JSON documents and lines",
                                 .readers = READERS,
                                 .nreaders = sizeof READERS / sizeof *READERS,
                                 .writers = WRITERS,
                                 .nwriters = sizeof WRITERS / sizeof *WRITERS};

const sy_plugin *plug_builtin_json(void)
{
    return &PLUGIN;
}
