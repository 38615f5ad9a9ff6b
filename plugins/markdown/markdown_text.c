/*
 * markdown_text.c - texts and numbers as Markdown has them: whatever a cell holds stays text.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "markdown.h"

#define NUMBER_MAX 48

bool markdown_add(struct markdown *m, const char *bytes, size_t len)
{
    if (len > m->cap - m->len) {
        size_t cap = (m->len + len) * 2;
        char *grown = realloc(m->text, cap);
        if (grown == NULL)
            return false;
        m->text = grown;
        m->cap = cap;
    }
    if (len > 0)
        memcpy(m->text + m->len, bytes, len);
    m->len += len;
    return true;
}

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Whether text[i] would be markup. A `_` between letters is none; `:` and `.` only where they make
 * an address a link. */
static bool is_markup(const char *text, size_t i, size_t len)
{
    char c = text[i];
    if (c == '_')
        return i == 0 || i + 1 == len || !is_word(text[i - 1]) || !is_word(text[i + 1]);
    if (c == ':')
        return len - i > 2 && text[i + 1] == '/' && text[i + 2] == '/';
    if (c == '.')
        return i >= 3 && (text[i - 1] | 0x20) == 'w' && (text[i - 2] | 0x20) == 'w' &&
               (text[i - 3] | 0x20) == 'w';
    return c != '\0' && strchr("\\`*[]#|~$", c) != NULL;
}

/* How many bytes at `s` are a control, or turn the direction of writing. */
static size_t find_control(const unsigned char *s, size_t len)
{
    if (s[0] < 0x20 || s[0] == 0x7F)
        return 1;
    if (len >= 2 && s[0] == 0xC2 && s[1] >= 0x80 && s[1] < 0xA0)
        return 2;
    if (len < 3 || s[0] != 0xE2)
        return 0;
    bool turns = (s[1] == 0x80 && s[2] >= 0xA8 && s[2] <= 0xAE) ||
                 (s[1] == 0x81 && s[2] >= 0xA6 && s[2] <= 0xA9);
    return turns ? 3 : 0;
}

static bool add_control(struct markdown *m, const char *text, size_t at, size_t n)
{
    char c = text[at], shown[8];
    if (c == '\n' && at > 0 && text[at - 1] == '\r')
        return true;
    if (c == '\n' || c == '\r' || c == '\t')
        return markdown_add(m, " ", 1);
    for (size_t i = 0; i < n; i++) {
        snprintf(shown, sizeof shown, "\\\\x%02x", (unsigned char)text[at + i]);
        if (!markdown_add(m, shown, 5))
            return false;
    }
    return true;
}

static bool add_character(struct markdown *m, const char *text, size_t i, size_t len)
{
    switch (text[i]) {
    case '<':
        return markdown_add(m, "&lt;", 4);
    case '>':
        return markdown_add(m, "&gt;", 4);
    case '&':
        return markdown_add(m, "&amp;", 5);
    default:
        return (!is_markup(text, i, len) || markdown_add(m, "\\", 1)) &&
               markdown_add(m, text + i, 1);
    }
}

bool markdown_add_text(struct markdown *m, const char *text, size_t len)
{
    for (size_t i = 0; i < len;) {
        size_t n = find_control((const unsigned char *)text + i, len - i);
        if (n > 0 ? !add_control(m, text, i, n) : !add_character(m, text, i, len))
            return false;
        i += n > 0 ? n : 1;
    }
    return true;
}

bool markdown_take(struct markdown *m, const sy_cell *cell)
{
    char number[NUMBER_MAX];
    m->len = 0;
    switch (cell->type) {
    case SY_CELL_TEXT:
    case SY_CELL_DATA:
        return cell->text == NULL || markdown_add_text(m, cell->text, cell->text_len);
    case SY_CELL_BOOL:
        return markdown_add(m, cell->integer ? "yes" : "no", cell->integer ? 3 : 2);
    case SY_CELL_INTEGER:
        return markdown_add(m, number,
                            (size_t)snprintf(number, sizeof number, "%" PRId64, cell->integer));
    case SY_CELL_NUMBER:
        return !isfinite(cell->number) ||
               markdown_add(m, number, m->host->print_number(number, cell->number));
    case SY_CELL_DECIMAL:
        return markdown_add(m, number, m->host->print_decimal(number, cell->integer, cell->places));
    default: /* a flat table has no place for a view */
        return true;
    }
}
