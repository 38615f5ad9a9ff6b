/*
 * statement.c - the one statement that is read: a table in an order that stays, a view, or the
 * query as it was written.
 */
#include "sqlite.h"

#include <stdlib.h>
#include <string.h>

#define NAMED_MAX 12 /* tables that a message names */

/* Tables and views that people made. */
#define TABLES                                                                                 \
    "FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' " \
    "AND type <> 'shadow' "

/* A question about the schema, with the table's name for ?1. */
static int ask(sqlite3_stmt **out, struct reading *r, const char *sql, const char *name)
{
    int code = sqlite3_prepare_v2(r->db, sql, -1, out, NULL);
    if (code == SQLITE_OK && name != NULL)
        code = sqlite3_bind_text(*out, 1, name, -1, SQLITE_TRANSIENT);
    return code == SQLITE_OK ? 0 : reading_fail(r, code);
}

static int refuse_table(struct reading *r, const char *name)
{
    sqlite3_stmt *s = NULL;
    int rc = ask(&s, r,
                 "SELECT CASE type WHEN 'view' THEN name || ' (view)' ELSE name END " TABLES
                 "ORDER BY name",
                 NULL);
    if (rc != 0)
        goto out;
    sqlite3_str *names = sqlite3_str_new(NULL);
    int code, n = 0;
    while ((code = sqlite3_step(s)) == SQLITE_ROW && n++ < NAMED_MAX)
        sqlite3_str_appendf(names, "%s%s", n > 1 ? ", " : "", sqlite3_column_text(s, 0));
    if (code == SQLITE_ROW)
        sqlite3_str_appendall(names, ", …");
    char *list = sqlite3_str_finish(names);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        rc = reading_fail(r, code);
    else if (n == 0)
        rc = r->host->fail(r->call, SY_EINPUT, 0, 0, "has no tables");
    else
        rc = r->host->fail(r->call, SY_EINPUT, 0, 0,
                           "has no table '%s': there are %s; name one with table =, or write a "
                           "query =",
                           name, list != NULL ? list : "others");
    sqlite3_free(list);
out:
    sqlite3_finalize(s);
    return rc;
}

/* What orders a table's rows: its rowid, by a name that no column has, else its primary key. */
static int add_order(sqlite3_str *sql, struct reading *r, bool rowid)
{
    static const char *const questions[] = {
        "SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk",
        "SELECT column1 FROM (VALUES ('rowid'), ('_rowid_'), ('oid')) "
        "WHERE column1 NOT IN (SELECT lower(name) FROM pragma_table_xinfo(?1)) LIMIT 1"};
    sqlite3_stmt *s = NULL;
    int rc = ask(&s, r, questions[rowid], r->table);
    int code = rc == 0 ? SQLITE_ROW : SQLITE_DONE;
    for (int n = 0; code == SQLITE_ROW && (code = sqlite3_step(s)) == SQLITE_ROW; n++)
        sqlite3_str_appendf(sql, rowid ? "%s%w" : "%s\"%w\"", n == 0 ? " ORDER BY " : ", ",
                            sqlite3_column_text(s, 0));
    sqlite3_finalize(s);
    return rc != 0 || code == SQLITE_DONE ? rc : reading_fail(r, code);
}

/* The table as the database writes its name; what kind it is, and whether its rows have numbers. */
static int find_table(char *type, size_t cap, bool *rowid, struct reading *r, const char *name)
{
    sqlite3_stmt *s = NULL;
    int rc = ask(&s, r, "SELECT name, type, wr " TABLES "AND name = ?1 COLLATE NOCASE", name);
    int code = rc == 0 ? sqlite3_step(s) : SQLITE_DONE;
    if (code == SQLITE_ROW) {
        r->table = sqlite3_mprintf("%s", sqlite3_column_text(s, 0));
        sqlite3_snprintf((int)cap, type, "%s", sqlite3_column_text(s, 1));
        *rowid = sqlite3_column_int(s, 2) == 0;
        if (r->table == NULL)
            rc = reading_nomem(r);
    } else if (rc == 0) {
        rc = code == SQLITE_DONE ? refuse_table(r, name) : reading_fail(r, code);
    }
    sqlite3_finalize(s);
    return rc;
}

static int write_table(char **out, struct reading *r, const char *name)
{
    char type[16] = "";
    bool rowid = false;
    int rc = find_table(type, sizeof type, &rowid, r, name);
    if (rc != 0)
        return rc;
    if (strcmp(type, "virtual") == 0)
        return r->host->fail(r->call, SY_EINPUT, 0, 0,
                             "table '%s' is a virtual one, which is not read: copy it into a table",
                             r->table);
    sqlite3_str *sql = sqlite3_str_new(NULL);
    sqlite3_str_appendf(sql, "SELECT * FROM main.\"%w\"", r->table);
    r->bounded = strcmp(type, "table") == 0;
    if (r->bounded)
        rc = add_order(sql, r, rowid);
    *out = sqlite3_str_finish(sql);
    return rc == 0 && *out == NULL ? reading_nomem(r) : rc;
}

/* Behind the statement there is nothing but blanks and remarks. */
static int check_rest(struct reading *r, const char *rest)
{
    while (*rest != '\0') {
        sqlite3_stmt *more = NULL;
        const char *next = rest;
        int code = sqlite3_prepare_v2(r->db, rest, -1, &more, &next);
        bool one = code == SQLITE_OK && more == NULL;
        sqlite3_finalize(more);
        if (!one)
            return r->host->fail(r->call, SY_EINPUT, 0, 0,
                                 "the query is more than one statement: give one SELECT");
        if (next == rest)
            break;
        rest = next;
    }
    return 0;
}

static int prepare(struct reading *r, const char *sql)
{
    const char *rest = "";
    guard_install(r);
    int code = sqlite3_prepare_v2(r->db, sql, -1, &r->statement, &rest);
    if (code != SQLITE_OK)
        return reading_fail(r, code);
    int rc = r->table != NULL ? 0 : check_rest(r, rest);
    if (rc != 0)
        return rc;
    if (r->statement == NULL)
        return r->host->fail(r->call, SY_EINPUT, 0, 0, "the query is empty: give one SELECT");
    if (sqlite3_stmt_readonly(r->statement) == 0 || sqlite3_stmt_isexplain(r->statement) != 0 ||
        sqlite3_column_count(r->statement) == 0)
        return r->host->fail(r->call, SY_EINPUT, 0, 0,
                             "the query gives no rows of a table: give one SELECT");
    if (sqlite3_bind_parameter_count(r->statement) != 0)
        return r->host->fail(r->call, SY_EINPUT, 0, 0,
                             "the query leaves something open (%s): write the value",
                             sqlite3_bind_parameter_name(r->statement, 1) != NULL
                                 ? sqlite3_bind_parameter_name(r->statement, 1)
                                 : "?");
    return 0;
}

int statement_make(struct reading *r)
{
    const char *table = r->host->option(r->call, "table");
    const char *query = r->host->option(r->call, "query");
    if (table != NULL && query != NULL)
        return r->host->fail(r->call, SY_EINPUT, 0, 0,
                             "has both table = and query =: one of them says what is read");
    if (query != NULL)
        return prepare(r, query);
    char *sql = NULL;
    int rc = write_table(&sql, r, table != NULL ? table : "");
    if (rc == 0)
        rc = prepare(r, sql);
    sqlite3_free(sql);
    return rc;
}
