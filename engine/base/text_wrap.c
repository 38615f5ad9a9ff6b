/*
 * text_wrap.c - where a line may be broken, and texts for people broken at the terminal's width.
 */
#include <string.h>

#include "base/text.h"

/* What does not begin a line: closing marks of Chinese and Western text. */
static bool is_closing(uint32_t c)
{
    static const uint32_t MARKS[] = {',',    '.',    ';',    ':',    '!',    '?',    ')',    ']',
                                     '}',    '%',    0x2019, 0x201D, 0x2030, 0x3001, 0x3002, 0x300B,
                                     0x300D, 0x300F, 0x3011, 0x3015, 0xFF01, 0xFF05, 0xFF09, 0xFF0C,
                                     0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D};
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        if (c == MARKS[i])
            return true;
    }
    return false;
}

/* What does not end a line: opening marks. */
static bool is_opening(uint32_t c)
{
    static const uint32_t MARKS[] = {'(',    '[',    '{',    0x2018, 0x201C, 0x300A, 0x300C,
                                     0x300E, 0x3010, 0x3014, 0xFF08, 0xFF3B, 0xFF5B};
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        if (c == MARKS[i])
            return true;
    }
    return false;
}

/* Whether a line may end behind `before` and the next begin with `after`. */
static bool may_break(uint32_t before, uint32_t after)
{
    if (before == ' ' || before == 0x3000)
        return after != '}';
    if (is_closing(after) || is_opening(before) || after == ' ' || text_width_of(after) == 0)
        return false;
    return text_width_of(before) == 2 || text_width_of(after) == 2;
}

/* Within a path; only where there is no better place. */
static bool may_break_path(uint32_t before, uint32_t after)
{
    return before == '/' && (after | 0x20) >= 'a' && (after | 0x20) <= 'z';
}

size_t text_fit(const char *bytes, size_t len, size_t width)
{
    size_t i = 0, used = 0, good = 0, fair = 0;
    uint32_t before = 0;
    while (i < len) {
        size_t n;
        uint32_t c = text_next(bytes + i, len - i, &n);
        size_t takes = text_width_of(c);
        if (i > 0 && may_break(before, c))
            good = i;
        else if (i > 0 && may_break_path(before, c))
            fair = i;
        /* A blank at the line's end takes no column. */
        if (used + takes > width && i > 0 && takes > 0 && c != ' ')
            return good > 0 ? good : fair > 0 ? fair : i;
        used += takes;
        i += n;
        before = c;
    }
    return len;
}

/* The column in which a broken line goes on: that of its second part, where two blanks or more
 * stand before that, else two behind its beginning. */
static size_t find_hang(const char *line, size_t len, size_t width)
{
    size_t start = 0;
    while (start < len && line[start] == ' ')
        start++;
    for (size_t i = start; i + 2 < len; i++) {
        if (line[i] != ' ' || line[i + 1] != ' ')
            continue;
        while (i < len && line[i] == ' ')
            i++;
        size_t column = text_width(line, i);
        if (column <= width / 2)
            return column;
        break;
    }
    return start + 2 <= width / 2 ? start + 2 : 0;
}

static size_t trim_end(const char *text, size_t len)
{
    while (len > 0 && text[len - 1] == ' ')
        len--;
    return len;
}

static void add_blanks(struct buf *out, size_t n)
{
    for (size_t i = 0; i < n; i++)
        buf_char(out, ' ');
}

static void wrap_line(struct buf *out, const char *line, size_t len, size_t width)
{
    size_t hang = find_hang(line, len, width), indent = 0;
    while (indent < len && indent < width / 2 && line[indent] == ' ')
        indent++;
    add_blanks(out, indent);
    line += indent;
    len = trim_end(line, len - indent);
    while (len > 0 && *line == ' ') {
        line++;
        len--;
    }
    while (text_width(line, len) > width - indent) {
        size_t n = text_fit(line, len, width - indent);
        buf_add(out, line, trim_end(line, n));
        buf_char(out, '\n');
        while (n < len && line[n] == ' ')
            n++;
        line += n;
        len -= n;
        indent = hang;
        add_blanks(out, indent);
    }
    buf_add(out, line, len);
}

void text_wrap(struct buf *out, const char *text, size_t width)
{
    if (width == 0) {
        buf_str(out, text);
        return;
    }
    while (*text != '\0') {
        size_t len = strcspn(text, "\n");
        wrap_line(out, text, len, width);
        text += len;
        if (*text == '\n') {
            buf_char(out, '\n');
            text++;
        }
    }
}
