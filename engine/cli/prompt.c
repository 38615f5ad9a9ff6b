/*
 * prompt.c - lines of standard input: by libedit on a terminal, where the program was built with
 * it; else as they come.
 */
#include "cli/prompt.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef STEELYARD_EDIT
#include <histedit.h>
#endif

#define HISTORY_LINES 1000

/* Owns: line, edit, history. */
struct prompt {
    char *line;
    size_t cap;
    bool terminal, more, dropped, failed, cut;
#ifdef STEELYARD_EDIT
    EditLine *edit;
    History *history;
#endif
};

static volatile sig_atomic_t interrupted;

/* One that comes just before reading begins would not end it: the alarm does, a second later. */
static void note_interrupt(int number)
{
    if (number == SIGINT) {
        interrupted = 1;
        (void)alarm(1);
    }
}

struct caught {
    struct sigaction interrupt, alarm;
};

/* While a line is read on a terminal Ctrl-C drops it: no restart, so that reading ends. While one
 * runs it ends the program, as everywhere. */
static void catch_interrupts(struct caught *old)
{
    struct sigaction own = {.sa_handler = note_interrupt};
    sigemptyset(&own.sa_mask);
    (void)sigaction(SIGALRM, &own, &old->alarm);
    (void)sigaction(SIGINT, &own, &old->interrupt);
}

/* In an order that leaves no alarm behind. */
static void let_interrupts(const struct caught *old)
{
    (void)sigaction(SIGINT, &old->interrupt, NULL);
    (void)alarm(0);
    (void)sigaction(SIGALRM, &old->alarm, NULL);
}

#ifdef STEELYARD_EDIT
static char *prompt_text(EditLine *edit)
{
    static char first[] = "> ", next[] = ">> ";
    struct prompt *p = NULL;
    el_get(edit, EL_CLIENTDATA, (void **)&p);
    return p && p->more ? next : first;
}

static void open_editor(struct prompt *p)
{
    HistEvent event;
    p->edit = el_init("steelyard", stdin, stdout, stderr);
    p->history = history_init();
    if (!p->edit || !p->history)
        return;
    history(p->history, &event, H_SETSIZE, HISTORY_LINES);
    history(p->history, &event, H_SETUNIQUE, 1);
    el_set(p->edit, EL_CLIENTDATA, p);
    el_set(p->edit, EL_PROMPT, prompt_text);
    el_set(p->edit, EL_EDITOR, "emacs");
    el_set(p->edit, EL_HIST, history, p->history);
    el_set(p->edit, EL_SIGNAL, 0);
}

/* The line with its end; NULL: the end, or an interrupt. */
static const char *edit_line(struct prompt *p)
{
    HistEvent event;
    int n = 0;
    /* Before the prompt is seen: a Ctrl-D that the terminal itself takes would be lost. */
    el_set(p->edit, EL_PREP_TERM, 1);
    const char *line = el_gets(p->edit, &n);
    if (line && n > 1)
        history(p->history, &event, H_ENTER, line);
    return line;
}

static void close_editor(struct prompt *p)
{
    if (p->history)
        history_end(p->history);
    if (p->edit)
        el_end(p->edit);
}

static bool has_editor(const struct prompt *p)
{
    return p->edit && p->history;
}
#else
static void open_editor(struct prompt *p)
{
    (void)p;
}

static const char *edit_line(struct prompt *p)
{
    (void)p;
    return NULL;
}

static void close_editor(struct prompt *p)
{
    (void)p;
}

static bool has_editor(const struct prompt *p)
{
    (void)p;
    return false;
}
#endif

struct prompt *prompt_open(void)
{
    struct prompt *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    p->terminal = isatty(STDIN_FILENO) != 0;
    if (p->terminal)
        open_editor(p);
    return p;
}

void prompt_close(struct prompt *p)
{
    if (!p)
        return;
    close_editor(p);
    free(p->line);
    free(p);
}

bool prompt_is_terminal(const struct prompt *p)
{
    return p->terminal;
}

static const char *plain_line(struct prompt *p)
{
    if (p->terminal) {
        fputs(p->more ? ">> " : "> ", stdout);
        fflush(stdout);
    }
    errno = 0;
    ssize_t n = getline(&p->line, &p->cap, stdin);
    if (n >= 0) {
        p->cut = memchr(p->line, '\0', (size_t)n) != NULL;
        return p->line;
    }
    p->failed = errno != 0 && !interrupted;
    clearerr(stdin);
    return NULL;
}

/* A copy without the end of the line. */
static const char *keep_line(struct prompt *p, const char *line)
{
    size_t len = strlen(line);
    while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
        len--;
    if (line != p->line) {
        char *copy = realloc(p->line, len + 1);
        if (!copy) {
            p->failed = true;
            return NULL;
        }
        memcpy(copy, line, len);
        p->line = copy;
        p->cap = len + 1;
    }
    p->line[len] = '\0';
    return p->line;
}

const char *prompt_read(struct prompt *p, bool more)
{
    p->more = more;
    p->dropped = p->cut = false;
    interrupted = 0;
    struct caught old;
    if (p->terminal)
        catch_interrupts(&old);
    const char *line = has_editor(p) ? edit_line(p) : plain_line(p);
    if (p->terminal)
        let_interrupts(&old);
    if (line)
        return keep_line(p, line);
    if (p->terminal)
        putchar('\n');
    p->dropped = p->terminal && interrupted;
    return p->dropped ? "" : NULL;
}

bool prompt_dropped(const struct prompt *p)
{
    return p->dropped;
}

bool prompt_cut(const struct prompt *p)
{
    return p->cut;
}

bool prompt_failed(const struct prompt *p)
{
    return p->failed;
}
