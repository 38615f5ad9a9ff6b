/*
 * sqlite.h - private to the SQLite plugin: one read, and what its files do for each other.
 *
 * A database comes from somebody else, as may its views: nothing in it is trusted. It is opened to
 * be read only, what a statement may do is said by an authorizer, how long and in how much memory
 * it may run is counted. Functions give 0, or what host->fail gave.
 */
#ifndef SQLITE_PLUGIN_H
#define SQLITE_PLUGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <sqlite3.h>
#include <steelyard/plugin.h>

#define SQLITE_CELL_MAX   (16 << 20)  /* bytes of a cell, and of a row */
#define SQLITE_MEMORY_MAX (256 << 20) /* that a statement may add to what SQLite has */
#define SQLITE_STEPS_MAX  200000000   /* of its machine until a row comes */
#define SQLITE_ROWS_MAX   10000000u   /* of a query or view: tables end by themselves */
#define CLOCK_ARGUMENTS   8
#define CLOCK_FUNCTIONS   6

/* A function of dates in the place of SQLite's own of that name. Owns: statement. */
struct clock_function {
    struct reading *reading;
    const char *name;
    int at;                                       /* which argument is the time, from 0 */
    sqlite3_stmt *statement[CLOCK_ARGUMENTS + 1]; /* by the number of arguments */
};

/* Why a statement was ended from within. */
enum ended { ENDED_NOT, ENDED_STEPS, ENDED_MEMORY };

/* Owns: db, clock, statement, table, functions' statements. */
struct reading {
    const sy_host *host;
    sy_call *call;
    const char *path;
    struct stat stat; /* of the file before it was read */
    sqlite3 *db;
    sqlite3 *clock; /* a database in memory, in which functions of dates run */
    struct clock_function functions[CLOCK_FUNCTIONS];
    sqlite3_stmt *statement;
    char *table;      /* as the database writes it; NULL where there is a query */
    bool bounded;     /* rows come from a table, and are no more than it has */
    char denied[100]; /* what the authorizer refused last; "" */
    enum ended ended;
    int64_t steps;        /* since the last row */
    sqlite3_int64 memory; /* that SQLite had before */
    uint32_t row;         /* at hand, from 1; 0: none yet */
};

/* Opens the database and makes it safe; whatever fails, reading_close releases. In open.c. */
int reading_open(struct reading *r);
/* Nobody has written the file since it was opened. */
int reading_check(struct reading *r);
void reading_close(struct reading *r);

/* Ends the read with what a result code of SQLite means. In failure.c. */
int reading_fail(struct reading *r, int code);
int reading_nomem(struct reading *r);

/* What the statement at hand may do. In guard.c. */
void guard_install(struct reading *r);
int guard_settings(struct reading *r);

/* Functions of dates that do not know today. In clock.c. */
int clock_install(struct reading *r);
void clock_dispose(struct reading *r);

/* The one statement that is read, of the options. In statement.c. */
int statement_make(struct reading *r);

/* Its rows. In rows.c. */
int rows_read(struct reading *r);

#endif
