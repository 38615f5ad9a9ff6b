/*
 * message.c - what goes to standard error: errors, and the findings of a run.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

#define SHOWN_EACH 20
#define CODES_MAX  256

/* How many bytes at `c` are a character that a terminal would obey instead of showing it: controls,
 * and those that turn the direction of writing. */
static size_t find_control(const unsigned char *c)
{
    if (c[0] < 0x20 || c[0] == 0x7F)
        return 1;
    if (c[0] == 0xC2 && c[1] >= 0x80 && c[1] < 0xA0)
        return 2;
    if (c[0] == 0xE2 && c[1] == 0x80 && c[2] >= 0xA8 && c[2] <= 0xAE)
        return 3;
    return c[0] == 0xE2 && c[1] == 0x81 && c[2] >= 0xA6 && c[2] <= 0xA9 ? 3 : 0;
}

/* A message is one line whatever the data or a file's name holds. */
static void print_plain(const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c;) {
        size_t control = find_control(c);
        if (control == 0)
            fputc(*c++, stderr);
        else if (*c == '\n' || *c == '\t' || *c == '\r')
            fputc(' ', stderr);
        else
            for (size_t i = 0; i < control; i++)
                fprintf(stderr, "\\x%02x", c[i]);
        c += control;
    }
}

static void print_place(const sy_error *error)
{
    print_plain(error->file);
    if (error->file[0] && error->line)
        fprintf(stderr, ":%u", (unsigned)error->line);
    if (error->file[0] && error->line && error->column)
        fprintf(stderr, ":%u", (unsigned)error->column);
    fputs(error->file[0] ? ": " : "", stderr);
    print_plain(error->message);
}

void message_unread(const sy_error *error)
{
    fputs("steelyard: warning: ", stderr);
    print_place(error);
    fputs("; types are those of config/, not of funds\n", stderr);
}

int message_error(const sy_error *error)
{
    fputs("steelyard: error: ", stderr);
    print_place(error);
    fputc('\n', stderr);
    switch (error->status) {
    case SY_OK:
        return EXIT_DONE;
    case SY_EUSAGE:
        return EXIT_USAGE;
    case SY_EINPUT:
    case SY_EABI:
        return EXIT_INPUT;
    case SY_EFILE:
    case SY_ENOMEM:
    case SY_ESYSTEM:
    case SY_ESTOPPED:
        break;
    }
    return EXIT_FILE;
}

static void print_line(const char *kind, const char *format, va_list arguments)
{
    char text[1024];
    vsnprintf(text, sizeof text, format, arguments);
    fprintf(stderr, "steelyard: %s: ", kind);
    print_plain(text);
    fputc('\n', stderr);
}

int message_usage(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_line("error", format, arguments);
    va_end(arguments);
    return EXIT_USAGE;
}

void message_note(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_line("note", format, arguments);
    va_end(arguments);
}

/* The source as the user could open it from here. */
static void print_source(const sy_run *run, const char *source)
{
    const char *folder = sy_run_folder(run);
    bool relative = source[0] != '/' && strncmp(source, "steelyard:", 10) != 0;
    if (relative && *folder) {
        print_plain(folder);
        fputs(folder[strlen(folder) - 1] == '/' ? "" : "/", stderr);
    }
    print_plain(source);
    fputs(": ", stderr);
}

/* A script's message begins with its place, which the line has already. */
static const char *skip_place(const char *message, const char *source)
{
    size_t len = source ? strlen(source) : 0;
    bool same = len && strncmp(message, source, len) == 0 && strncmp(message + len, ": ", 2) == 0;
    return same ? message + len + 2 : message;
}

static void print_finding(sy_run *run, size_t i, const char *language)
{
    sy_finding f;
    sy_run_finding(run, i, language, &f);
    fprintf(stderr, "steelyard: %s: ", sy_severity_word(f.severity));
    if (f.source)
        print_source(run, f.source);
    print_plain(skip_place(f.message, f.source));
    fprintf(stderr, " [%s]\n", f.code);
}

/* How often each code came. Codes are few; their words are static, so that pointers tell them
 * apart. */
struct tally {
    const char *code;
    size_t count;
};

static struct tally *find_tally(struct tally *tallies, size_t *n, const char *code)
{
    for (size_t i = 0; i < *n; i++)
        if (tallies[i].code == code)
            return &tallies[i];
    if (*n == CODES_MAX)
        return &tallies[CODES_MAX - 1];
    tallies[*n] = (struct tally){code, 0};
    return &tallies[(*n)++];
}

static void print_refusal(const char *refusal)
{
    fputs("steelyard: warning: ", stderr);
    print_plain(refusal);
    fputc('\n', stderr);
}

void message_refusals(const sy_run *run)
{
    for (size_t i = 0; i < sy_run_nrefused(run); i++)
        print_refusal(sy_run_refusal(run, i));
}

void message_refusals_of_tests(const sy_tests *tests)
{
    for (size_t i = 0; i < sy_tests_nrefused(tests); i++)
        print_refusal(sy_tests_refusal(tests, i));
}

void message_findings(sy_run *run, const struct options *options)
{
    struct tally tallies[CODES_MAX];
    size_t ntallies = 0, n = sy_run_nfindings(run);
    const char *language = options->language ? options->language : "en";
    if (options->quiet)
        return;
    for (size_t i = 0; i < n; i++) {
        sy_severity severity;
        struct tally *t = find_tally(tallies, &ntallies, sy_run_finding_code(run, i, &severity));
        if (++t->count <= SHOWN_EACH || options->verbose)
            print_finding(run, i, language);
    }
    for (size_t i = 0; i < ntallies && !options->verbose; i++)
        if (tallies[i].count > SHOWN_EACH)
            message_note("%s: %d of %zu shown; %s", tallies[i].code, SHOWN_EACH, tallies[i].count,
                         options->command == &command_check ? "the report has them all"
                         : options->command == &command_review
                             ? "steelyard review -o FILE.json has them all"
                             : "steelyard check -o FILE has them all");
}

void message_count(const sy_run *run, const struct options *options)
{
    size_t counts[3] = {0}, n = sy_run_nfindings(run);
    for (size_t i = 0; i < n; i++) {
        sy_severity severity;
        (void)sy_run_finding_code(run, i, &severity);
        counts[severity]++;
    }
    if (n && !options->quiet)
        message_note("%zu finding%s: errors %zu, warnings %zu, notes %zu; steelyard help CODE "
                     "explains one",
                     n, n == 1 ? "" : "s", counts[SY_ERROR], counts[SY_WARNING], counts[SY_NOTE]);
}
