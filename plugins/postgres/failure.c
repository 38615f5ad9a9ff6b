/*
 * failure.c - statements, and what a server or libpq says where one fails, as one line.
 */
#include "postgres.h"

#include <stdio.h>
#include <string.h>

#define SAID_MAX 600

int reading_nomem(struct reading *r)
{
    return r->host->fail(r->call, SY_ENOMEM, 0, 0, "out of memory");
}

/* The first line of what was said, without what a terminal would obey. */
static void take_line(char *out, size_t cap, const char *said)
{
    size_t len = strcspn(said, "\n");
    if (len >= cap)
        len = cap - 1;
    memcpy(out, said, len);
    out[len] = '\0';
    for (char *c = out; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20)
            *c = ' ';
}

int reading_fail_connection(struct reading *r)
{
    char said[SAID_MAX] = "";
    take_line(said, sizeof said, PQerrorMessage(r->connection));
    return r->host->fail(r->call, SY_EFILE, 0, 0, "%s", said);
}

/* libpq's own failures have no field, and fill the connection's message. */
static int fail_result(struct reading *r, const PGresult *result)
{
    char said[SAID_MAX];
    const char *primary =
        result != NULL ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    if (primary == NULL)
        return reading_fail_connection(r);
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *source = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
    const char *hint = PQresultErrorField(result, PG_DIAG_MESSAGE_HINT);
    if (source != NULL && strcmp(source, "exec_parse_message") == 0 && state != NULL &&
        strcmp(state, "42601") == 0)
        return r->host->fail(r->call, SY_EINPUT, 0, 0,
                             "the query is more than one statement: give one SELECT");
    take_line(said, sizeof said, primary);
    size_t len = strlen(said);
    if (hint != NULL && len + 3 < sizeof said) {
        memcpy(said + len, "; ", 3);
        take_line(said + len + 2, sizeof said - len - 2, hint);
    }
    /* Rows come many at a time: which of them it was is not known. */
    return r->host->fail(r->call, SY_EINPUT, 0, 0, "%s: %s", r->table != NULL ? r->table : "query",
                         said);
}

int reading_ask(PGresult **out, struct reading *r, const char *sql, const char *argument,
                ExecStatusType wanted)
{
    PGresult *result =
        PQexecParams(r->connection, sql, argument != NULL ? 1 : 0, NULL, &argument, NULL, NULL, 0);
    if (result != NULL && PQresultStatus(result) == wanted) {
        *out = result;
        return 0;
    }
    int rc = fail_result(r, result);
    PQclear(result);
    return rc;
}

int reading_do(struct reading *r, const char *sql)
{
    PGresult *result = NULL;
    int rc = reading_ask(&result, r, sql, NULL, PGRES_COMMAND_OK);
    PQclear(result);
    return rc;
}
