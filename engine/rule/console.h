/*
 * console.h - lines of Lua that a person types: an expression prints its values, a statement runs,
 * what is not finished waits for more.
 *
 * It has a sandbox of its own, with the limits of scripts for each line; scripts that score are
 * other instances and see nothing of it. `rule` knows no funds: they come by struct console_data.
 */
#ifndef RULE_CONSOLE_H
#define RULE_CONSOLE_H

#include "base/buf.h"
#include "rule/script.h"

/* The files and parameters of the script of a type in a year. */
struct console_script {
    const struct script_source *layers;
    size_t nlayers; /* 0: the type has no script */
    const struct script_parameter *parameters;
    size_t nparameters;
};

/* Borrowed until the console is closed. */
struct console_data {
    const struct script_data *data;
    void *ctx;
    /* A fund by its id; year 0: the last that there is. SCRIPT_NO_FUND: none; *near: the id that
     * was meant, or NULL. */
    uint32_t (*fund)(void *ctx, const char *id, int year, const char **near);
    const char *(*fund_id)(void *ctx, size_t i); /* each once; NULL past the last */
    /* Name of a fact, each once; NULL past the last. */
    const char *(*fact_name)(void *ctx, uint32_t fund, size_t i);
    /* year 0: the last of the evaluation. */
    sy_status (*script)(void *ctx, const char *type, int year, struct console_script *out,
                        sy_error *err);
    const char *help;
};

struct console;

sy_status console_open(struct console **out, const struct sandbox_limits *limits,
                       const struct console_data *data, sy_error *err);
void console_close(struct console *c);

/* One line, without its end. *more: it, and what came before, is the beginning of something that
 * goes on. SY_EINPUT: it failed, and is forgotten; `line` of the error counts from the first that
 * was typed. */
sy_status console_line(struct console *c, const char *line, bool *more, sy_error *err);
/* What the last line printed; "" for nothing. */
const char *console_text(const struct console *c);
/* Where a callback prints, while a line runs. */
struct buf *console_out(struct console *c);
/* Forgets what waits for more; whether something did. */
bool console_drop(struct console *c);

#endif
