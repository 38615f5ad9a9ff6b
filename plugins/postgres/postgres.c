/*
 * postgres.c - the PostgreSQL plugin: what it offers, and one read from opening to closing.
 */
#include "postgres.h"

#include <stdlib.h>

static int postgres_read(const sy_host *host, sy_call *call)
{
    if (host->struct_size < sizeof *host)
        return host->fail(call, SY_EABI, 0, 0, "the plugin postgres needs a newer Steelyard");
    struct reading *r = calloc(1, sizeof *r);
    if (r == NULL)
        return host->fail(call, SY_ENOMEM, 0, 0, "out of memory");
    r->host = host;
    r->call = call;
    int rc = reading_open(r);
    if (rc == 0)
        rc = statement_make(r);
    if (rc == 0)
        rc = rows_read(r);
    reading_close(r);
    free(r);
    return rc;
}

static const char *const OPTIONS[] = {"service", "table", "query", NULL};

static const sy_reader READERS[] = {{.struct_size = sizeof(sy_reader),
                                     .name = "postgres",
                                     .extensions = "",
                                     .summary = "a table, view or query of a PostgreSQL server",
                                     .options = OPTIONS,
                                     .read = postgres_read,
                                     .flags = SY_READS_NO_FILE}};

static const sy_plugin PLUGIN = {.struct_size = sizeof(sy_plugin),
                                 .abi = SY_PLUGIN_ABI,
                                 .name = "postgres",
                                 .version = STEELYARD_VERSION,
                                 .license = "MIT",
                                 .summary = "PostgreSQL databases",
                                 .readers = READERS,
                                 .nreaders = 1};

const sy_plugin *sy_plugin_v1(void);

__attribute__((visibility("default"))) const sy_plugin *sy_plugin_v1(void)
{
    return &PLUGIN;
}
