/*
 * statement.c - what is read: a table in an order that stays, a view, or the query as it was
 * written; always through a cursor, which nothing but a query can be behind.
 */
#include "postgres.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NAMED_MAX 12
#define CURSOR    "DECLARE steelyard NO SCROLL CURSOR FOR "

static char *join(const char *a, const char *b, const char *c)
{
    const size_t na = strlen(a), nb = strlen(b), nc = strlen(c);
    char *text = malloc(na + nb + nc + 1);
    if (text == NULL)
        return NULL;
    memcpy(text, a, na);
    memcpy(text + na, b, nb);
    memcpy(text + na + nb, c, nc + 1);
    return text;
}

/* By the name alone where search_path leads to it, else with its schema. */
static const char FIND[] =
    "SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), c.relkind, c.relhassubclass, c.oid"
    " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')"
    " AND ((c.relname::text = $1::text AND pg_catalog.pg_table_is_visible(c.oid))"
    "  OR n.nspname::text || '.' || c.relname::text = $1::text)"
    " ORDER BY c.relname::text = $1::text DESC LIMIT 1";

static const char LIST[] =
    "SELECT name FROM (SELECT"
    " CASE WHEN pg_catalog.pg_table_is_visible(c.oid) THEN '' ELSE n.nspname || '.' END"
    " || c.relname || CASE c.relkind WHEN 'v' THEN ' (view)' ELSE '' END AS name"
    " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition"
    " AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_'"
    " AND pg_catalog.has_table_privilege(c.oid, 'SELECT')"
    ") AS tables ORDER BY name COLLATE \"C\" LIMIT 13";

/* Columns of the primary key, quoted, in their order; no row where there is none. */
static const char KEY[] =
    "SELECT pg_catalog.string_agg(pg_catalog.format('%I', a.attname), ', ' ORDER BY k.at)"
    " FROM pg_catalog.pg_index i,"
    " pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY k(attnum, at),"
    " pg_catalog.pg_attribute a WHERE i.indrelid = $1::pg_catalog.oid AND i.indisprimary"
    " AND a.attrelid = i.indrelid AND a.attnum = k.attnum HAVING pg_catalog.count(*) > 0";

static int refuse_table(struct reading *r, const char *name)
{
    PGresult *found = NULL;
    char *list = strdup("");
    int rc = reading_ask(&found, r, LIST, NULL, PGRES_TUPLES_OK);
    const int n = rc == 0 ? PQntuples(found) : 0;
    for (int i = 0; i < n && list != NULL; i++) {
        char *more = join(list, i == 0 ? "" : ", ", i < NAMED_MAX ? PQgetvalue(found, i, 0) : "…");
        free(list);
        list = more;
    }
    if (rc == 0 && list == NULL)
        rc = reading_nomem(r);
    else if (rc == 0 && n == 0)
        rc = r->host->fail(r->call, SY_EINPUT, 0, 0,
                           "has no table '%s', nor others that may be read", name);
    else if (rc == 0)
        rc = r->host->fail(r->call, SY_EINPUT, 0, 0,
                           "has no table '%s': there are %s; name one with table =, or write a "
                           "query =",
                           name, list);
    PQclear(found);
    free(list);
    return rc;
}

/* Rows of a table lie as they were written last. Where nothing says which comes first their text
 * does; so it does where other tables inherit, whose rows no key of this one tells apart. */
static int add_order(struct reading *r, const PGresult *table)
{
    PGresult *key = NULL;
    const bool inherited =
        strcmp(PQgetvalue(table, 0, 1), "r") == 0 && strcmp(PQgetvalue(table, 0, 2), "t") == 0;
    int rc = reading_ask(&key, r, KEY, PQgetvalue(table, 0, 3), PGRES_TUPLES_OK);
    if (rc != 0)
        return rc;
    char *plain = r->sql;
    const bool has_key = PQntuples(key) > 0 && !inherited;
    r->sql = join(plain, " t ORDER BY ",
                  has_key ? PQgetvalue(key, 0, 0) : "(t.*)::pg_catalog.text COLLATE \"C\"");
    free(plain);
    PQclear(key);
    return r->sql == NULL ? reading_nomem(r) : 0;
}

static int write_table(struct reading *r, const char *name)
{
    PGresult *found = NULL;
    int rc = reading_ask(&found, r, FIND, name, PGRES_TUPLES_OK);
    if (rc != 0)
        return rc;
    if (PQntuples(found) == 0) {
        PQclear(found);
        return refuse_table(r, name);
    }
    r->table = strdup(name);
    r->sql = join(CURSOR, "SELECT * FROM ", PQgetvalue(found, 0, 0));
    r->bounded = strcmp(PQgetvalue(found, 0, 1), "v") != 0;
    if (r->table == NULL || r->sql == NULL)
        rc = reading_nomem(r);
    else if (r->bounded)
        rc = add_order(r, found);
    PQclear(found);
    return rc;
}

/* The first word of a statement, behind blanks, remarks and brackets. */
static const char *find_word(const char *sql, size_t *len)
{
    for (;;) {
        sql += strspn(sql, " \t\r\n(");
        if (strncmp(sql, "--", 2) == 0) {
            sql += strcspn(sql, "\n");
        } else if (strncmp(sql, "/*", 2) == 0) {
            const char *end = strstr(sql + 2, "*/");
            sql = end == NULL ? sql + strlen(sql) : end + 2;
        } else {
            break;
        }
    }
    *len = strspn(sql, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");
    return sql;
}

static int write_query(struct reading *r, const char *query)
{
    static const char *const words[] = {"select", "with", "values", "table"};
    size_t len;
    const char *word = find_word(query, &len);
    bool known = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        known = known || (strlen(words[i]) == len && strncasecmp(word, words[i], len) == 0);
    if (*word == '\0')
        return r->host->fail(r->call, SY_EINPUT, 0, 0, "the query is empty: give one SELECT");
    if (!known)
        return r->host->fail(r->call, SY_EINPUT, 0, 0,
                             "the query begins with '%.*s': what is read is one SELECT", (int)len,
                             word);
    r->sql = join(CURSOR, query, "");
    return r->sql == NULL ? reading_nomem(r) : 0;
}

int statement_make(struct reading *r)
{
    const char *table = r->host->option(r->call, "table");
    const char *query = r->host->option(r->call, "query");
    if (table != NULL && query != NULL)
        return r->host->fail(r->call, SY_EINPUT, 0, 0,
                             "has both table = and query =: one of them says what is read");
    int rc = query != NULL ? write_query(r, query) : write_table(r, table != NULL ? table : "");
    return rc == 0 ? reading_do(r, r->sql) : rc;
}
