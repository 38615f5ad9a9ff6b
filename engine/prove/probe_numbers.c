/*
 * probe_numbers.c - the numbers that stand in a function of a script: where it is likely to jump.
 *
 * The source is looked at as text: what is taken for a number and is none costs some cases more.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/number.h"
#include "prove/probe.h"

#define SCRIPT_BYTES_MAX (1u << 20)
#define LINES_MAX        60 /* of one function */

/* The bytes from one line to where the next begins, or the end. */
static const char *find_line(const char *text, uint32_t line)
{
    for (; line > 1 && text; line--) {
        text = strchr(text, '\n');
        text = text ? text + 1 : NULL;
    }
    return text;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '.';
}

/* Behind a text in quotes, or the rest of a line that is a comment. */
static const char *skip_quiet(const char *p, const char *end)
{
    const char quote = *p;
    if (quote == '-')
        return end;
    for (p++; p < end && *p != quote; p++)
        p += *p == '\\' && p + 1 < end;
    return p < end ? p + 1 : end;
}

/* The numbers of one line. */
static void read_line(double *out, size_t cap, size_t *n, const char *p, const char *end)
{
    while (p < end) {
        const char *begin = p;
        if (*p == '"' || *p == '\'' || (*p == '-' && p + 1 < end && p[1] == '-')) {
            p = skip_quiet(p, end);
            continue;
        }
        while (p < end && is_word(*p))
            p++;
        double x;
        if (p > begin && *n < cap && number_parse(&x, begin, (size_t)(p - begin)))
            out[(*n)++] = x;
        p += p == begin;
    }
}

/* The script's file as opened, of the name that people are shown. */
static const char *find_path(const struct standard *s, const char *shown)
{
    for (size_t i = 0; i < s->nlayers; i++)
        if (strcmp(s->layers[i].shown, shown) == 0)
            return s->layers[i].path;
    return NULL;
}

sy_status probe_numbers(double *out, size_t cap, size_t *n, const struct standard *s,
                        const struct rule *rule, sy_error *err)
{
    const char *path = rule->script ? find_path(s, rule->script) : NULL;
    char *text;
    size_t len;
    *n = 0;
    if (!path)
        return SY_OK;
    sy_status status = file_slurp(&text, &len, path, SCRIPT_BYTES_MAX, err);
    if (status != SY_OK)
        return status;
    const char *line = find_line(text, rule->line);
    for (int i = 0; line && *line && i < LINES_MAX; i++) {
        const char *end = line + strcspn(line, "\n");
        if (i > 0 && (strncmp(line, "end", 3) == 0 || strncmp(line, "rules", 5) == 0))
            break;
        read_line(out, cap, n, line, end);
        line = *end ? end + 1 : NULL;
    }
    free(text);
    return SY_OK;
}
