/*
 * wrap.c - texts of the manual in lines of 80 columns, Chinese among them.
 */
#include "cli/wrap.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#define WIDTH  80
#define INDENT 2

size_t wrap_character(const char *text, const char *end, int *columns)
{
    wchar_t c;
    mbstate_t state = {0};
    size_t n = mbrtowc(&c, text, (size_t)(end - text), &state);
    *columns = 1;
    if (n == 0 || n > (size_t)(end - text))
        return 1;
    *columns = wcwidth(c);
    *columns = *columns < 0 ? 1 : *columns;
    return n;
}

/* What does not begin a line. */
static bool is_closing(const char *at, const char *end)
{
    static const char *const marks[] = {"，", "。", "；", "：", "、", "）",
                                        "》", "」", "？", "！", "}"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const size_t len = strlen(marks[i]);
        if ((size_t)(end - at) >= len && memcmp(at, marks[i], len) == 0)
            return true;
    }
    return false;
}

/* How many bytes of a text fit a line: to the last blank, or to any wide character, since Chinese
 * has no blanks. */
static size_t fit_line(const char *text, const char *end, int width)
{
    const char *at = text, *cut = NULL;
    int used = 0, columns = 0;
    while (at < end) {
        const size_t n = wrap_character(at, end, &columns);
        const bool blank = *at == ' ';
        if ((blank || (columns == 2 && used > 0 && used + columns <= width)) &&
            !is_closing(at + blank, end))
            cut = at;
        used += columns;
        if (used > width)
            return (size_t)((cut && cut > text ? cut : at) - text);
        at += n;
    }
    return (size_t)(end - text);
}

void wrap_print(const char *text, size_t len, int at, int indent)
{
    const char *end = text + len;
    while (text < end) {
        const size_t n = fit_line(text, end, WIDTH - at);
        size_t seen = n;
        while (seen > 0 && text[seen - 1] == ' ')
            seen--;
        printf("%.*s\n", (int)seen, text);
        text += n;
        while (text < end && *text == ' ')
            text++;
        if (text < end)
            printf("%*s", indent, "");
        at = indent;
    }
}

void wrap_labelled(const char *label, size_t label_len, const char *text, size_t len, int column)
{
    const char *end = label + label_len;
    int used = INDENT, columns;
    printf("%*s", INDENT, "");
    while (label < end) {
        const size_t n = wrap_character(label, end, &columns);
        printf("%.*s", (int)n, label);
        label += n;
        used += columns;
    }
    printf("%*s", used < column ? column - used : 1, "");
    wrap_print(text, len, used < column ? column : used + 1, column);
}
