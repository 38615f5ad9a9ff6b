/*
 * markdown.c - the markdown plugin: a flat table as GitHub-flavoured Markdown.
 *
 * Two passes over the view, the first for the widths of the columns, so that the text itself reads
 * as a table, Chinese included; memory holds one cell. Whatever a cell holds stays text: all that
 * Markdown or HTML would take for markup is escaped.
 */
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <steelyard/plugin.h>

#define NUMBER_MAX  48
#define WIDTH_MAX   40 /* a wider cell is written as it is; the others are not padded to it */
#define WIDTH_LEAST 3  /* of the line below the labels */

const sy_plugin *plug_builtin_markdown(void);

/* One table on its way. Owns: widths, text. */
struct markdown {
    const sy_host *host;
    sy_call *call;
    const sy_view *what;
    size_t *widths;
    char *text; /* of the cell at hand, escaped */
    size_t len, cap;
};

static bool add(struct markdown *m, const char *bytes, size_t len)
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
        return add(m, " ", 1);
    for (size_t i = 0; i < n; i++) {
        snprintf(shown, sizeof shown, "\\\\x%02x", (unsigned char)text[at + i]);
        if (!add(m, shown, 5))
            return false;
    }
    return true;
}

static bool add_character(struct markdown *m, const char *text, size_t i, size_t len)
{
    switch (text[i]) {
    case '<':
        return add(m, "&lt;", 4);
    case '>':
        return add(m, "&gt;", 4);
    case '&':
        return add(m, "&amp;", 5);
    default:
        return (!is_markup(text, i, len) || add(m, "\\", 1)) && add(m, text + i, 1);
    }
}

static bool add_text(struct markdown *m, const char *text, size_t len)
{
    for (size_t i = 0; i < len;) {
        size_t n = find_control((const unsigned char *)text + i, len - i);
        if (n > 0 ? !add_control(m, text, i, n) : !add_character(m, text, i, len))
            return false;
        i += n > 0 ? n : 1;
    }
    return true;
}

static bool take_cell(struct markdown *m, size_t row, size_t column)
{
    char number[NUMBER_MAX];
    sy_cell cell = {0};
    m->len = 0;
    m->what->ops->cell(m->what->ctx, row, column, &cell);
    switch (cell.type) {
    case SY_CELL_TEXT:
    case SY_CELL_DATA:
        return cell.text == NULL || add_text(m, cell.text, cell.text_len);
    case SY_CELL_BOOL:
        return add(m, cell.integer ? "yes" : "no", cell.integer ? 3 : 2);
    case SY_CELL_INTEGER:
        return add(m, number, (size_t)snprintf(number, sizeof number, "%" PRId64, cell.integer));
    case SY_CELL_NUMBER:
        return !isfinite(cell.number) || add(m, number, m->host->print_number(number, cell.number));
    case SY_CELL_DECIMAL:
        return add(m, number, m->host->print_decimal(number, cell.integer, cell.places));
    default: /* a flat table has no place for a view */
        return true;
    }
}

static bool take_label(struct markdown *m, const sy_column *column)
{
    const char *label = column->label != NULL ? column->label : column->name;
    m->len = 0;
    return add_text(m, label, strlen(label));
}

static int put(struct markdown *m, const char *text)
{
    return m->host->write(m->call, text, strlen(text));
}

static int put_times(struct markdown *m, const char *text, size_t n)
{
    int rc = 0;
    while (n-- > 0 && rc == 0)
        rc = put(m, text);
    return rc;
}

/* The cell at hand, in its column. */
static int put_cell(struct markdown *m, size_t column, bool right)
{
    size_t width = m->host->text_width(m->text, m->len), all = m->widths[column];
    size_t pad = all > width ? all - width : 0;
    int rc = put(m, column == 0 ? "| " : " | ");
    if (rc == 0 && right)
        rc = put_times(m, " ", pad);
    if (rc == 0 && m->len > 0)
        rc = m->host->write(m->call, m->text, m->len);
    if (rc == 0 && !right)
        rc = put_times(m, " ", pad);
    return rc;
}

static int put_head(struct markdown *m, const sy_column *columns)
{
    int rc = 0;
    size_t n = m->what->ops->ncolumns;
    for (size_t c = 0; c < n && rc == 0; c++)
        rc = take_label(m, &columns[c]) ? put_cell(m, c, columns[c].right)
                                        : m->host->fail(m->call, SY_ENOMEM, 0, 0, "out of memory");
    if (rc == 0)
        rc = put(m, " |\n");
    for (size_t c = 0; c < n && rc == 0; c++) {
        rc = put(m, c == 0 ? "| " : " | ");
        if (rc == 0)
            rc = put_times(m, "-", m->widths[c] - (columns[c].right != 0));
        if (rc == 0 && columns[c].right)
            rc = put(m, ":");
    }
    return rc == 0 ? put(m, " |\n") : rc;
}

static void widen(struct markdown *m, size_t column)
{
    size_t width = m->host->text_width(m->text, m->len);
    if (width > m->widths[column] && width <= WIDTH_MAX)
        m->widths[column] = width;
}

/* False: no memory. */
static bool measure(struct markdown *m, const sy_column *columns)
{
    for (size_t c = 0; c < m->what->ops->ncolumns; c++) {
        m->widths[c] = WIDTH_LEAST;
        if (!take_label(m, &columns[c]))
            return false;
        widen(m, c);
        for (size_t i = 0; i < m->what->count; i++) {
            if (!take_cell(m, m->what->first + i, c))
                return false;
            widen(m, c);
        }
    }
    return true;
}

static int put_rows(struct markdown *m, const sy_column *columns)
{
    int rc = 0;
    for (size_t i = 0; i < m->what->count && rc == 0; i++) {
        for (size_t c = 0; c < m->what->ops->ncolumns && rc == 0; c++)
            rc = take_cell(m, m->what->first + i, c)
                     ? put_cell(m, c, columns[c].right)
                     : m->host->fail(m->call, SY_ENOMEM, 0, 0, "out of memory");
        if (rc == 0)
            rc = put(m, " |\n");
    }
    return rc;
}

static int markdown_write(const sy_host *host, sy_call *call, const sy_view *what)
{
    struct markdown m = {.host = host, .call = call, .what = what};
    const sy_column *columns = what->ops->columns(what->ctx);
    int rc = 0;
    m.widths = calloc(what->ops->ncolumns + 1, sizeof *m.widths);
    if (m.widths == NULL || !measure(&m, columns))
        rc = host->fail(call, SY_ENOMEM, 0, 0, "out of memory");
    if (rc == 0)
        rc = put_head(&m, columns);
    if (rc == 0)
        rc = put_rows(&m, columns);
    free(m.widths);
    free(m.text);
    return rc;
}

static const char *const NO_OPTIONS[] = {NULL};

static const sy_writer WRITERS[] = {{.struct_size = sizeof(sy_writer),
                                     .name = "markdown",
                                     .extensions = "md markdown",
                                     .summary = "a table in GitHub-flavoured Markdown",
                                     .options = NO_OPTIONS,
                                     .takes = SY_TAKES_ROWS | SY_TAKES_LABELS,
                                     .write = markdown_write}};

static const sy_plugin PLUGIN = {.struct_size = sizeof(sy_plugin),
                                 .abi = SY_PLUGIN_ABI,
                                 .name = "markdown",
                                 .version = STEELYARD_VERSION,
                                 .license = "MIT",
                                 .summary = "Markdown tables",
                                 .writers = WRITERS,
                                 .nwriters = 1};

const sy_plugin *plug_builtin_markdown(void)
{
    return &PLUGIN;
}
