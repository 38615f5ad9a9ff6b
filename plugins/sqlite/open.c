/*
 * open.c - a database file is looked at, and opened so that neither it nor its folder changes.
 */
#include "sqlite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAGIC       "SQLite format 3" /* and a NUL */
#define HEAD_BYTES  100
#define VERSION_AT  18 /* to write, to read: 2 says that changes go into a -wal */
#define WAL_VERSION 2
#define BUSY_MS     5000

static int look_at_file(struct reading *r)
{
    if (r->path == NULL || lstat(r->path, &r->stat) != 0)
        return r->host->fail(r->call, SY_EFILE, 0, 0, "cannot be found");
    if (S_ISLNK(r->stat.st_mode))
        return r->host->fail(r->call, SY_EFILE, 0, 0,
                             "is a symbolic link: name the database itself");
    if (!S_ISREG(r->stat.st_mode))
        return r->host->fail(r->call, SY_EFILE, 0, 0, "is no file: a database must be one");
    if (r->stat.st_size == 0)
        return r->host->fail(r->call, SY_EINPUT, 0, 0, "is empty: a database without tables");
    return 0;
}

/* Whether changes of the database go into a log of its own. */
static int read_head(bool *logs, struct reading *r)
{
    unsigned char head[HEAD_BYTES];
    size_t len = 0, got = 1;
    while (len < sizeof head && got > 0) {
        int rc = r->host->read_bytes(r->call, head + len, sizeof head - len, &got);
        if (rc != 0)
            return rc;
        len += got;
    }
    if (len < sizeof head || memcmp(head, MAGIC, sizeof MAGIC) != 0)
        return reading_fail(r, SQLITE_NOTADB);
    *logs = head[VERSION_AT] == WAL_VERSION || head[VERSION_AT + 1] == WAL_VERSION;
    return 0;
}

/* What stands in the log is newer than the file. To read it would make files beside the database.
 */
static int refuse_log(struct reading *r)
{
    struct stat st;
    char *log = sqlite3_mprintf("%s-wal", r->path);
    if (log == NULL)
        return reading_nomem(r);
    bool filled = lstat(log, &st) == 0 && st.st_size > 0;
    sqlite3_free(log);
    if (!filled)
        return 0;
    return r->host->fail(r->call, SY_EINPUT, 0, 0,
                         "has changes that are not in the file yet (in its -wal): close the "
                         "program that writes it, or read a copy that VACUUM INTO makes");
}

/* The path as a URI, its folder without symbolic links: SQLite refuses them, and it is the file
 * that must not be one. */
static char *make_uri(const char *path, bool immutable)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL   ? sqlite3_mprintf(".")
                   : slash == path ? sqlite3_mprintf("/")
                                   : sqlite3_mprintf("%.*s", (int)(slash - path), path);
    char *real = folder == NULL ? NULL : realpath(folder, NULL);
    sqlite3_free(folder);
    if (real == NULL)
        return NULL;
    sqlite3_str *uri = sqlite3_str_new(NULL);
    sqlite3_str_appendall(uri, "file:");
    for (int part = 0; part < 2; part++) {
        const char *text = part == 0 ? real : slash == NULL ? path : slash + 1;
        for (const char *c = text; *c != '\0'; c++) {
            bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                         (*c >= '0' && *c <= '9') || strchr("/._-", *c) != NULL;
            sqlite3_str_appendf(uri, plain ? "%c" : "%%%02X", (unsigned char)*c);
        }
        if (part == 0)
            sqlite3_str_appendall(uri, "/");
    }
    sqlite3_str_appendall(uri, immutable ? "?mode=ro&immutable=1" : "?mode=ro");
    free(real);
    return sqlite3_str_finish(uri);
}

/* A database that logs, without a log, is taken as it stands: its lock would be a file beside it.
 * That nobody writes it meanwhile reading_check sees. */
static int open_database(struct reading *r, bool logs)
{
    char *uri = make_uri(r->path, logs);
    if (uri == NULL)
        return reading_nomem(r);
    int code =
        sqlite3_open_v2(uri, &r->db,
                        SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOFOLLOW |
                            SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                        NULL);
    sqlite3_free(uri);
    if (code == SQLITE_OK)
        code = sqlite3_busy_timeout(r->db, BUSY_MS);
    return code == SQLITE_OK ? 0 : reading_fail(r, code);
}

int reading_open(struct reading *r)
{
    bool logs = false;
    if (!sqlite3_threadsafe())
        return r->host->fail(r->call, SY_ESYSTEM, 0, 0,
                             "needs an SQLite library that is built for threads");
    int rc = look_at_file(r);
    if (rc == 0)
        rc = read_head(&logs, r);
    if (rc == 0 && logs)
        rc = refuse_log(r);
    if (rc == 0)
        rc = open_database(r, logs);
    if (rc == 0)
        rc = guard_settings(r);
    if (rc == 0)
        rc = clock_install(r);
    if (rc != 0)
        return rc;
    /* One state of the database for all that is asked; the lock is taken by the first question. */
    int code = sqlite3_exec(r->db, "BEGIN", NULL, NULL, NULL);
    return code == SQLITE_OK ? 0 : reading_fail(r, code);
}

int reading_check(struct reading *r)
{
    struct stat now;
    if (lstat(r->path, &now) == 0 && now.st_ino == r->stat.st_ino && now.st_dev == r->stat.st_dev &&
        now.st_size == r->stat.st_size && now.st_mtim.tv_sec == r->stat.st_mtim.tv_sec &&
        now.st_mtim.tv_nsec == r->stat.st_mtim.tv_nsec)
        return 0;
    return r->host->fail(r->call, SY_EFILE, 0, 0, "changed while it was read: try again");
}

void reading_close(struct reading *r)
{
    sqlite3_finalize(r->statement);
    sqlite3_free(r->table);
    sqlite3_close(r->db);
    clock_dispose(r);
}
