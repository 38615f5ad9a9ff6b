/*
 * guard.c - what a statement may do, and how much: reading alone, nothing that leaves the database
 * or gives another answer next time, in bounded steps and memory.
 */
#include "sqlite.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define STEPS_BETWEEN 100 /* looks at steps and memory */

static int deny(struct reading *r, const char *format, const char *what)
{
    snprintf(r->denied, sizeof r->denied, format, what);
    return SQLITE_DENY;
}

/* Functions that load code, or that answer by chance, the time, or the version of SQLite. */
static bool is_denied(const char *function)
{
    static const char *const names[] = {"load_extension",
                                        "random",
                                        "randomblob",
                                        "current_date",
                                        "current_time",
                                        "current_timestamp",
                                        "sqlite_version",
                                        "sqlite_source_id",
                                        "sqlite_compileoption_get",
                                        "fts3_tokenizer",
                                        "sqlite_log",
                                        "sqlite_compileoption_used",
                                        "last_insert_rowid",
                                        "changes",
                                        "total_changes",
                                        "sqlite_offset",
                                        "readfile",
                                        "writefile",
                                        "edit"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(function, names[i]) == 0)
            return true;
    return false;
}

/* What a statement that is refused would have done, in SQL's words. */
static const char *name_action(int action)
{
    switch (action) {
    case SQLITE_PRAGMA:
        return "PRAGMA";
    case SQLITE_ATTACH:
        return "ATTACH";
    case SQLITE_DETACH:
        return "DETACH";
    case SQLITE_INSERT:
        return "INSERT";
    case SQLITE_UPDATE:
        return "UPDATE";
    case SQLITE_DELETE:
        return "DELETE";
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
        return "transactions of its own";
    case SQLITE_ANALYZE:
        return "ANALYZE";
    case SQLITE_REINDEX:
        return "REINDEX";
    default:
        return "anything but SELECT";
    }
}

static int authorize(void *ctx, int action, const char *first, const char *second,
                     const char *database, const char *by)
{
    struct reading *r = ctx;
    (void)database, (void)by;
    if (action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_RECURSIVE)
        return SQLITE_OK;
    if (action == SQLITE_FUNCTION)
        return second != NULL && is_denied(second) ? deny(r, "the function %s", second) : SQLITE_OK;
    if (action == SQLITE_UPDATE && first != NULL && strcmp(first, "sqlite_master") == 0)
        return deny(r, "%s", "tables that functions make"); /* pragma_table_list and its like */
    return deny(r, "%s", name_action(action));
}

/* Steps are counted, not time: a query ends on each machine or on none. */
static int watch(void *ctx)
{
    struct reading *r = ctx;
    r->steps += STEPS_BETWEEN;
    if (r->steps > SQLITE_STEPS_MAX)
        r->ended = ENDED_STEPS;
    else if (sqlite3_memory_used() - r->memory > SQLITE_MEMORY_MAX)
        r->ended = ENDED_MEMORY;
    return r->ended != ENDED_NOT;
}

void guard_install(struct reading *r)
{
    r->memory = sqlite3_memory_used();
    sqlite3_set_authorizer(r->db, authorize, r);
    sqlite3_progress_handler(r->db, STEPS_BETWEEN, watch, r);
}

static void set_limits(sqlite3 *db)
{
    static const struct {
        int limit, value;
    } limits[] = {{SQLITE_LIMIT_LENGTH, SQLITE_CELL_MAX},
                  {SQLITE_LIMIT_SQL_LENGTH, 1 << 20},
                  {SQLITE_LIMIT_COLUMN, 2000},
                  {SQLITE_LIMIT_EXPR_DEPTH, 200},
                  {SQLITE_LIMIT_COMPOUND_SELECT, 100},
                  {SQLITE_LIMIT_VDBE_OP, 250000},
                  {SQLITE_LIMIT_FUNCTION_ARG, 50},
                  {SQLITE_LIMIT_ATTACHED, 0},
                  {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000},
                  {SQLITE_LIMIT_VARIABLE_NUMBER, 50},
                  {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
                  {SQLITE_LIMIT_WORKER_THREADS, 0}};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(db, limits[i].limit, limits[i].value);
}

/* Of modules only those of JSON stay: the others read what a crafted file made of their tables.
 * They are made ready here, since that would be refused later. A double-quoted word is a column and
 * no text, so that a misspelt one is told. */
int guard_settings(struct reading *r)
{
    static const struct {
        int setting, value;
    } settings[] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},
                    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
                    {SQLITE_DBCONFIG_DQS_DML, 0},
                    {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
                    {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0}};
    static const char *modules[] = {"json_each", "json_tree", NULL};
    int code = SQLITE_OK;
    for (size_t i = 0; i < sizeof settings / sizeof *settings && code == SQLITE_OK; i++)
        code = sqlite3_db_config(r->db, settings[i].setting, settings[i].value, NULL);
    set_limits(r->db);
    if (code == SQLITE_OK)
        code = sqlite3_drop_modules(r->db, modules);
    if (code == SQLITE_OK)
        code = sqlite3_exec(r->db,
                            "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;"
                            "PRAGMA cell_size_check = ON; PRAGMA query_only = ON;"
                            "PRAGMA cache_size = -8192;"
                            "SELECT 1 FROM json_each('[]'), json_tree('[]')",
                            NULL, NULL, NULL);
    return code == SQLITE_OK ? 0 : reading_fail(r, code);
}
