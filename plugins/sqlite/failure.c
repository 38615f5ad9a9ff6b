/*
 * failure.c - result codes of SQLite as messages: what is wrong with the file or the query, and
 * what to do.
 */
#include "sqlite.h"

int reading_nomem(struct reading *r)
{
    return r->host->fail(r->call, SY_ENOMEM, 0, 0, "out of memory");
}

/* Where a statement was ended by its limits. */
static int fail_ended(struct reading *r)
{
    if (r->ended == ENDED_MEMORY)
        return r->host->fail(r->call, SY_EINPUT, 0, 0,
                             "%s needs over 256 MiB of memory: ask for less at once",
                             r->table != NULL ? r->table : "the query");
    return r->host->fail(r->call, SY_EINPUT, 0, 0,
                         "%s ran for 200 million steps without a row: does it end at all?",
                         r->table != NULL ? r->table : "the query");
}

/* A statement that is wrong in itself. */
static int fail_statement(struct reading *r)
{
    if (r->denied[0] != '\0')
        return r->host->fail(r->call, SY_EINPUT, 0, 0,
                             "%s may not use %s: what is read is one SELECT, the same each time",
                             r->table != NULL ? r->table : "the query", r->denied);
    if (r->row > 0) /* the place names table or query */
        return r->host->fail(r->call, SY_EINPUT, r->row, 0, "%s", sqlite3_errmsg(r->db));
    return r->host->fail(r->call, SY_EINPUT, 0, 0, "%s: %s", r->table != NULL ? r->table : "query",
                         sqlite3_errmsg(r->db));
}

static int fail_open(struct reading *r, int code)
{
    if (code == SQLITE_CANTOPEN_SYMLINK)
        return r->host->fail(r->call, SY_EFILE, 0, 0,
                             "is a symbolic link: name the database itself");
    return r->host->fail(r->call, SY_EFILE, 0, 0, "cannot be opened: %s",
                         r->db != NULL ? sqlite3_errmsg(r->db) : sqlite3_errstr(code));
}

int reading_fail(struct reading *r, int code)
{
    switch (code & 0xFF) {
    case SQLITE_NOMEM:
        return reading_nomem(r);
    case SQLITE_INTERRUPT:
        return fail_ended(r);
    case SQLITE_NOTADB:
        return r->host->fail(r->call, SY_EINPUT, 0, 0, "is no SQLite database, or is encrypted");
    case SQLITE_CORRUPT:
    case SQLITE_IOERR:
        return r->host->fail(r->call, SY_EINPUT, r->row, 0,
                             "is damaged (%s): take it from a copy, or mend it with .recover",
                             sqlite3_errmsg(r->db));
    case SQLITE_READONLY:
        return r->host->fail(r->call, SY_EINPUT, 0, 0,
                             "holds changes that were not finished (in its -journal): open it once "
                             "with the program that writes it");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return r->host->fail(r->call, SY_EFILE, 0, 0,
                             "is being written by another program: try again");
    case SQLITE_CANTOPEN:
        return fail_open(r, code);
    case SQLITE_TOOBIG:
        return r->host->fail(r->call, SY_EINPUT, r->row, 0,
                             "has a cell or row of over 16 MiB, or a statement too long");
    default:
        return fail_statement(r);
    }
}
