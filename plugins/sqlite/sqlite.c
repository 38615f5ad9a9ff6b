/*
 * sqlite.c - the SQLite plugin: what it offers, and one read from opening to closing.
 */
#include "sqlite.h"

#include <stdlib.h>
#include <string.h>

static int sqlite_read(const sy_host *host, sy_call *call)
{
    if (host->struct_size < sizeof *host)
        return host->fail(call, SY_EABI, 0, 0, "the plugin sqlite needs a newer Steelyard");
    struct reading *r = calloc(1, sizeof *r);
    if (r == NULL)
        return host->fail(call, SY_ENOMEM, 0, 0, "out of memory");
    r->host = host;
    r->call = call;
    r->path = host->path(call);
    int rc = reading_open(r);
    if (rc == 0)
        rc = statement_make(r);
    if (rc == 0)
        rc = rows_read(r);
    if (rc == 0)
        rc = reading_check(r);
    reading_close(r);
    free(r);
    return rc;
}

static int probe(const char *head, size_t len)
{
    static const char magic[] = "SQLite format 3";
    return len >= sizeof magic && memcmp(head, magic, sizeof magic) == 0 ? 100 : 0;
}

static const char *const OPTIONS[] = {"table", "query", NULL};

static const sy_reader READERS[] = {{.struct_size = sizeof(sy_reader),
                                     .name = "sqlite",
                                     .extensions = "db sqlite sqlite3",
                                     .summary = "a table, view or query of an SQLite database",
                                     .options = OPTIONS,
                                     .probe = probe,
                                     .read = sqlite_read}};

static const sy_plugin PLUGIN = {.struct_size = sizeof(sy_plugin),
                                 .abi = SY_PLUGIN_ABI,
                                 .name = "sqlite",
                                 .version = STEELYARD_VERSION,
                                 .license = "MIT",
                                 .summary = "SQLite databases",
                                 .readers = READERS,
                                 .nreaders = 1};

const sy_plugin *sy_plugin_v1(void);

__attribute__((visibility("default"))) const sy_plugin *sy_plugin_v1(void)
{
    return &PLUGIN;
}
