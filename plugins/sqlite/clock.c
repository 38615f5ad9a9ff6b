/*
 * clock.c - functions of dates that do not know today: a result that is another tomorrow, or in
 * another place, is no figure to score.
 *
 * SQLite's own functions do the work, in a database in memory; what stands before them looks for
 * arguments that mean the clock or the time zone of the machine.
 */
#include "sqlite.h"

#include <strings.h>

#define FLAGS (SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS)

static const struct {
    const char *name;
    int at;
} FUNCTIONS[CLOCK_FUNCTIONS] = {{"date", 0},      {"time", 0},      {"datetime", 0},
                                {"julianday", 0}, {"unixepoch", 0}, {"strftime", 1}};

static bool is_word(sqlite3_value *value, const char *const *words)
{
    if (sqlite3_value_type(value) != SQLITE_TEXT)
        return false;
    const char *text = (const char *)sqlite3_value_text(value);
    for (; text != NULL && *words != NULL; words++)
        if (strcasecmp(text, *words) == 0)
            return true;
    return false;
}

/* Whether the answer hangs on when or where it is asked for. */
static bool asks_clock(const struct clock_function *f, int n, sqlite3_value **values)
{
    static const char *const now[] = {"now", "subsec", "subsecond", NULL};
    static const char *const zones[] = {"localtime", "utc", NULL};
    if (n <= f->at || is_word(values[f->at], now))
        return true;
    for (int i = f->at + 1; i < n; i++)
        if (is_word(values[i], zones))
            return true;
    return false;
}

static int prepare(struct clock_function *f, int n)
{
    struct reading *r = f->reading;
    int code = SQLITE_OK;
    if (f->statement[n] != NULL)
        return SQLITE_OK;
    if (r->clock == NULL)
        code = sqlite3_open_v2(
            ":memory:", &r->clock,
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    sqlite3_str *sql = sqlite3_str_new(NULL);
    sqlite3_str_appendf(sql, "SELECT %s(", f->name);
    for (int i = 0; i < n; i++)
        sqlite3_str_appendall(sql, i == 0 ? "?" : ", ?");
    sqlite3_str_appendall(sql, ")");
    char *text = sqlite3_str_finish(sql);
    if (code == SQLITE_OK && text == NULL)
        code = SQLITE_NOMEM;
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(r->clock, text, -1, &f->statement[n], NULL);
    sqlite3_free(text);
    return code;
}

static void call(sqlite3_context *ctx, int n, sqlite3_value **values)
{
    struct clock_function *f = sqlite3_user_data(ctx);
    if (n > CLOCK_ARGUMENTS) {
        sqlite3_result_error(ctx, "a function of dates has too many arguments", -1);
        return;
    }
    if (asks_clock(f, n, values)) {
        sqlite3_result_error(ctx,
                             "today and the time zone of the machine are not to be had: write the "
                             "date",
                             -1);
        return;
    }
    int code = prepare(f, n);
    sqlite3_stmt *s = f->statement[n];
    for (int i = 0; i < n && code == SQLITE_OK; i++)
        code = sqlite3_bind_value(s, i + 1, values[i]);
    if (code == SQLITE_OK)
        code = sqlite3_step(s);
    if (code == SQLITE_ROW)
        sqlite3_result_value(ctx, sqlite3_column_value(s, 0));
    else
        sqlite3_result_error_code(ctx, code);
    sqlite3_reset(s);
}

int clock_install(struct reading *r)
{
    int code = SQLITE_OK;
    for (int i = 0; i < CLOCK_FUNCTIONS && code == SQLITE_OK; i++) {
        struct clock_function *f = &r->functions[i];
        *f = (struct clock_function){r, FUNCTIONS[i].name, FUNCTIONS[i].at, {NULL}};
        code = sqlite3_create_function_v2(r->db, f->name, -1, FLAGS, f, call, NULL, NULL, NULL);
    }
    return code == SQLITE_OK ? 0 : reading_fail(r, code);
}

void clock_dispose(struct reading *r)
{
    for (int i = 0; i < CLOCK_FUNCTIONS; i++)
        for (int n = 0; n <= CLOCK_ARGUMENTS; n++)
            sqlite3_finalize(r->functions[i].statement[n]);
    sqlite3_close(r->clock);
}
