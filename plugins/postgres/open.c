/*
 * open.c - the connection, and the transaction in which all is asked.
 */
#include "postgres.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TIMEOUT_SECONDS 10

/* The library never prints: what a server remarks on beside its answers is nobody's. */
static void hear_nothing(void *ctx, const char *message)
{
    (void)ctx, (void)message;
}

/* Seconds that a connection may take: as libpq was told, else ten; 0: as long as it likes. */
static long find_timeout(PGconn *connection)
{
    long seconds = TIMEOUT_SECONDS;
    PQconninfoOption *all = PQconninfo(connection);
    for (const PQconninfoOption *o = all; o != NULL && o->keyword != NULL; o++)
        if (strcmp(o->keyword, "connect_timeout") == 0 && o->val != NULL && *o->val != '\0')
            seconds = strtol(o->val, NULL, 10);
    PQconninfoFree(all);
    return seconds;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Step by step, since the one call that does it all prints what the server remarks on. */
static int await_connection(struct reading *r)
{
    const long seconds = find_timeout(r->connection);
    const int64_t end = now_ms() + (int64_t)seconds * 1000;
    PostgresPollingStatusType state = PGRES_POLLING_WRITING;
    while (state != PGRES_POLLING_OK) {
        int64_t left = end - now_ms();
        struct pollfd wait = {.fd = PQsocket(r->connection),
                              .events = state == PGRES_POLLING_READING ? POLLIN : POLLOUT};
        int ready = 0;
        if (seconds <= 0)
            ready = poll(&wait, 1, -1);
        else if (left > 0)
            ready = poll(&wait, 1, (int)(left < INT_MAX ? left : INT_MAX));
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return r->host->fail(r->call, SY_EFILE, 0, 0, "no server answered within %ld seconds",
                                 seconds);
        state = PQconnectPoll(r->connection);
        if (state == PGRES_POLLING_FAILED)
            return reading_fail_connection(r);
    }
    return 0;
}

static int open_connection(struct reading *r)
{
    const char *service = r->host->option(r->call, "service");
    const char *keys[] = {"client_encoding", "application_name", "service", NULL};
    const char *values[] = {"UTF8", "steelyard", service, NULL};
    r->connection = PQconnectStartParams(keys, values, 0);
    if (r->connection == NULL)
        return reading_nomem(r);
    PQsetNoticeProcessor(r->connection, hear_nothing, NULL);
    return PQstatus(r->connection) == CONNECTION_BAD ? reading_fail_connection(r)
                                                     : await_connection(r);
}

/* How values are written, and how long a statement may run where the user says nothing. By
 * functions, whose names no search_path turns to others. */
static const char SETTINGS[] =
    "SELECT pg_catalog.set_config('DateStyle', 'ISO, YMD', false),"
    " pg_catalog.set_config('IntervalStyle', 'postgres', false),"
    " pg_catalog.set_config('extra_float_digits', '1', false),"
    " pg_catalog.set_config('cursor_tuple_fraction', '1', false),"
    " pg_catalog.set_config('default_transaction_read_only', 'on', false),"
    " pg_catalog.set_config('statement_timeout',"
    "  CASE pg_catalog.current_setting('statement_timeout') WHEN '0' THEN '600000'"
    "  ELSE pg_catalog.current_setting('statement_timeout') END, false)";

int reading_open(struct reading *r)
{
    PGresult *result = NULL;
    int rc = open_connection(r);
    if (rc == 0)
        rc = reading_ask(&result, r, SETTINGS, NULL, PGRES_TUPLES_OK);
    PQclear(result);
    return rc != 0 ? rc
                   : reading_do(r, "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

void reading_close(struct reading *r)
{
    if (r->connection != NULL && PQtransactionStatus(r->connection) != PQTRANS_IDLE)
        PQclear(PQexec(r->connection, "ROLLBACK"));
    PQfinish(r->connection);
    free(r->table);
    free(r->sql);
}
