/*
 * prompt.h - lines of standard input: edited, with a history, on a terminal; else as they come.
 */
#ifndef CLI_PROMPT_H
#define CLI_PROMPT_H

#include <stdbool.h>

struct prompt;

/* NULL: no memory. */
struct prompt *prompt_open(void);
void prompt_close(struct prompt *p);
bool prompt_is_terminal(const struct prompt *p);
/* The next line without its end, valid until the next call; NULL at the end. */
const char *prompt_read(struct prompt *p, bool more);
/* Whether the line was dropped by Ctrl-C, and what came before it with it. */
bool prompt_dropped(const struct prompt *p);
/* Whether the line holds a NUL byte, behind which nothing is seen. */
bool prompt_cut(const struct prompt *p);
/* Whether the end was none. */
bool prompt_failed(const struct prompt *p);

#endif
