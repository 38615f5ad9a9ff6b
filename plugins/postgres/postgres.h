/*
 * postgres.h - private to the PostgreSQL plugin: one read, and what its files do for each other.
 *
 * Where the server is and who asks comes from a service file, ~/.pgpass and the environment, as
 * libpq finds them. All is asked in one transaction that may only read, and rolled back. Functions
 * give 0, or what host->fail gave.
 */
#ifndef POSTGRES_PLUGIN_H
#define POSTGRES_PLUGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libpq-fe.h>
#include <steelyard/plugin.h>

#define POSTGRES_CELL_MAX (16u << 20)
#define POSTGRES_ROWS_MAX 10000000u /* of a query or view: tables end by themselves */

/* One read. Owns: connection, table, sql. */
struct reading {
    const sy_host *host;
    sy_call *call;
    PGconn *connection;
    char *table;  /* as messages and places name it; NULL where there is a query */
    char *sql;    /* what is read */
    bool bounded; /* rows come from a table, and are no more than it has */
    uint32_t row; /* at hand, from 1; 0: none yet */
};

/* Connects, and begins the transaction; whatever fails, reading_close releases. In open.c. */
int reading_open(struct reading *r);
void reading_close(struct reading *r);

/* One statement with up to one argument (NULL: none), whose result has to be `wanted`; *out is the
 * caller's to PQclear, and NULL where it failed. In failure.c. */
int reading_ask(PGresult **out, struct reading *r, const char *sql, const char *argument,
                ExecStatusType wanted);
int reading_do(struct reading *r, const char *sql);
int reading_nomem(struct reading *r);
/* Ends the read with what libpq says of the connection. */
int reading_fail_connection(struct reading *r);

/* What is read, of the options. In statement.c. */
int statement_make(struct reading *r);

/* Its rows. In rows.c. */
int rows_read(struct reading *r);

#endif
