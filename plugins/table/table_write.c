/*
 * table_write.c - the table plugin: a flat table for people at a terminal, drawn by libsmartcols.
 *
 * smartcols measures and escapes characters by LC_CTYPE. The program sets that to a UTF-8 one;
 * under "C" every byte of Chinese would be shown as \x.., which is ugly but safe.
 */
#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libsmartcols/libsmartcols.h>
#include <steelyard/plugin.h>

#define WIDTH_DEFAULT 80
#define WIDTH_MIN     20
#define WIDTH_MAX     100000
#define NUMBER_MAX    48
#define NARROW        20 /* a text column that takes no more is not worth wrapping */
#define LONG_ROWS     5000

const sy_plugin *plug_builtin_table(void);

/* One table on its way. Owns: scols, widths, text, line. */
struct drawing {
    const sy_host *host;
    sy_call *call;
    const sy_view *what;
    struct libscols_table *scols;
    size_t *widths; /* by column, of the widest cell */
    char *text;     /* of the cell at hand */
    size_t text_cap;
    char *line; /* of a long table */
    size_t line_len, line_cap;
    size_t width; /* of the terminal, 0: unlimited */
    bool color;
};

static int fail_nomem(struct drawing *d)
{
    return d->host->fail(d->call, SY_ENOMEM, 0, 0, "out of memory");
}

static int read_options(struct drawing *d)
{
    const char *color = d->host->option(d->call, "color");
    const char *width = d->host->option(d->call, "width");
    d->width = WIDTH_DEFAULT;
    if (color != NULL && strcmp(color, "always") != 0 && strcmp(color, "never") != 0)
        return d->host->fail(d->call, SY_EUSAGE, 0, 0,
                             "option color is '%s': write always or never", color);
    d->color = color != NULL && strcmp(color, "always") == 0;
    if (width == NULL)
        return 0;
    size_t digits = strspn(width, "0123456789");
    if (digits == 0 || digits > 6 || width[digits] != '\0')
        return d->host->fail(d->call, SY_EUSAGE, 0, 0,
                             "option width is '%s': write a number of columns, 0 for no limit",
                             width);
    size_t columns = 0;
    for (size_t i = 0; i < digits; i++)
        columns = columns * 10 + (size_t)(width[i] - '0');
    if (columns > 0 && columns < WIDTH_MIN)
        columns = WIDTH_MIN;
    d->width = columns > WIDTH_MAX ? 0 : columns;
    return 0;
}

static bool reserve_text(struct drawing *d, size_t len)
{
    if (len < d->text_cap)
        return true;
    char *grown = realloc(d->text, len + 1);
    if (grown == NULL)
        return false;
    d->text = grown;
    d->text_cap = len + 1;
    return true;
}

/* A cell stays one line: its own line ends and tabs become blanks. Other control characters are
 * shown as \x.. by smartcols, so that no data can drive a terminal. */
static void copy_text(char *out, const char *text, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len && text[i] != '\0'; i++) {
        char c = text[i];
        if (c == '\n' && i > 0 && text[i - 1] == '\r')
            continue;
        out[n++] = c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
    }
    out[n] = '\0';
}

/* The text of a cell in d->text. */
static bool print_cell(struct drawing *d, const sy_cell *cell)
{
    size_t need = NUMBER_MAX;
    bool is_text = (cell->type == SY_CELL_TEXT || cell->type == SY_CELL_DATA) && cell->text != NULL;
    if (is_text && cell->text_len > need)
        need = cell->text_len;
    if (!reserve_text(d, need))
        return false;
    d->text[0] = '\0';
    if (is_text)
        copy_text(d->text, cell->text, cell->text_len);
    else if (cell->type == SY_CELL_BOOL)
        strcpy(d->text, cell->integer ? "yes" : "no");
    else if (cell->type == SY_CELL_INTEGER)
        snprintf(d->text, NUMBER_MAX, "%" PRId64, cell->integer);
    else if (cell->type == SY_CELL_NUMBER && isfinite(cell->number))
        d->text[d->host->print_number(d->text, cell->number)] = '\0';
    else if (cell->type == SY_CELL_DECIMAL)
        d->text[d->host->print_decimal(d->text, cell->integer, cell->places)] = '\0';
    return true;
}

static bool add_row(struct drawing *d, size_t row)
{
    struct libscols_line *line = scols_table_new_line(d->scols, NULL);
    if (line == NULL)
        return false;
    for (size_t c = 0; c < d->what->ops->ncolumns; c++) {
        sy_cell cell = {0};
        d->what->ops->cell(d->what->ctx, row, c, &cell);
        if (!print_cell(d, &cell) || scols_line_set_data(line, c, d->text) != 0)
            return false;
        size_t width = d->host->text_width(d->text, strlen(d->text));
        if (width > d->widths[c])
            d->widths[c] = width;
    }
    return true;
}

static bool add_columns(struct drawing *d)
{
    const sy_column *columns = d->what->ops->columns(d->what->ctx);
    for (size_t c = 0; c < d->what->ops->ncolumns; c++) {
        const char *label = columns[c].label != NULL ? columns[c].label : columns[c].name;
        struct libscols_column *column =
            scols_table_new_column(d->scols, label, 0, columns[c].right ? SCOLS_FL_RIGHT : 0);
        if (column == NULL)
            return false;
        struct libscols_cell *header = scols_column_get_header(column);
        if (d->color && scols_cell_set_color(header, "bold") != 0)
            return false;
    }
    return true;
}

/* Long texts may wrap where the terminal is narrow, numbers never. Nor does the first column, which
 * names the row and is copied from here, unless it would leave nothing for the others. */
static bool may_wrap(const struct drawing *d, size_t column)
{
    if (column == 0 && d->widths[0] <= d->width / 2)
        return false;
    return d->widths[column] > NARROW;
}

/* Whether every column that wraps keeps a width worth reading. */
static bool is_wide_enough(const struct drawing *d)
{
    const sy_column *columns = d->what->ops->columns(d->what->ctx);
    size_t least = 0;
    for (size_t c = 0; c < d->what->ops->ncolumns; c++) {
        const char *label = columns[c].label != NULL ? columns[c].label : columns[c].name;
        size_t width = d->host->text_width(label, strlen(label));
        if (d->widths[c] > width)
            width = d->widths[c];
        bool wraps = !columns[c].right && may_wrap(d, c);
        least += (wraps ? NARROW : width) + 1;
    }
    return least <= d->width + 1;
}

/* A terminal too narrow for that breaks the lines itself: rows stay rows, and can be copied. */
static bool set_wrapping(struct drawing *d)
{
    const sy_column *columns = d->what->ops->columns(d->what->ctx);
    if (d->width == 0 || !is_wide_enough(d))
        return scols_table_set_termforce(d->scols, SCOLS_TERMFORCE_NEVER) == 0;
    for (size_t c = 0; c < d->what->ops->ncolumns; c++) {
        if (columns[c].right || !may_wrap(d, c))
            continue;
        struct libscols_column *column = scols_table_get_column(d->scols, c);
        if (column == NULL || scols_column_set_flags(column, SCOLS_FL_WRAP) != 0)
            return false;
    }
    return true;
}

/* Lines as smartcols made them, at most `max`, without the blanks at their ends. */
static int give_lines(struct drawing *d, const char *text, size_t max)
{
    int rc = 0;
    for (size_t i = 0; i < max && *text != '\0' && rc == 0; i++) {
        size_t line = strcspn(text, "\n"), len = line;
        while (len > 0 && text[len - 1] == ' ')
            len--;
        rc = d->host->write(d->call, text, len);
        if (rc == 0)
            rc = d->host->write(d->call, "\n", 1);
        text += text[line] == '\n' ? line + 1 : line;
    }
    return rc;
}

/* A control character as smartcols shows it: \x1b. Its bytes in *n; 0: none. */
static size_t find_control(const char *text, size_t *n)
{
    unsigned char c = (unsigned char)text[0], next = (unsigned char)text[c != '\0'];
    *n = c < 0x20 || c == 0x7F ? 1 : c == 0xC2 && next >= 0x80 && next < 0xA0 ? 2 : 0;
    return *n;
}

static bool add_line(struct drawing *d, const char *bytes, size_t len)
{
    if (d->line_len + len > d->line_cap) {
        size_t cap = (d->line_len + len) * 2;
        char *grown = realloc(d->line, cap);
        if (grown == NULL)
            return false;
        d->line = grown;
        d->line_cap = cap;
    }
    memcpy(d->line + d->line_len, bytes, len);
    d->line_len += len;
    return true;
}

/* The line's blanks at the end are left out. */
static int give_line(struct drawing *d)
{
    while (d->line_len > 0 && d->line[d->line_len - 1] == ' ')
        d->line_len--;
    if (!add_line(d, "\n", 1))
        return fail_nomem(d);
    int rc = d->host->write(d->call, d->line, d->line_len);
    d->line_len = 0;
    return rc;
}

/* Adds a text with its controls shown to the line; its width in *width. */
static bool add_shown(struct drawing *d, const char *text, size_t *width)
{
    *width = 0;
    while (*text != '\0') {
        size_t control = 0, plain = 0;
        char shown[16] = "";
        while (text[plain] != '\0' && find_control(text + plain, &control) == 0)
            plain++;
        for (size_t i = 0; i < control; i++)
            snprintf(shown + 4 * i, sizeof shown - 4 * i, "\\x%02x",
                     (unsigned char)text[plain + i]);
        *width += d->host->text_width(text, plain) + strlen(shown);
        if (!add_line(d, text, plain) || !add_line(d, shown, strlen(shown)))
            return false;
        text += plain + control;
    }
    return true;
}

/* One cell of a long table, padded to its column. */
static bool add_cell(struct drawing *d, const char *text, size_t column, bool right)
{
    size_t start = d->line_len, width;
    if (!add_shown(d, text, &width))
        return false;
    size_t pad = d->widths[column] > width ? d->widths[column] - width : 0,
           len = d->line_len - start;
    for (size_t i = 0; i <= pad; i++)
        if (!add_line(d, " ", 1))
            return false;
    if (right) {
        memmove(d->line + start + pad, d->line + start, len);
        memset(d->line + start, ' ', pad);
    }
    return true;
}

/* All rows as lines; with `measure` only the columns' widths are taken. */
static int walk_rows(struct drawing *d, bool measure)
{
    const sy_column *columns = d->what->ops->columns(d->what->ctx);
    int rc = 0;
    for (size_t i = 0; i < d->what->count && rc == 0; i++) {
        for (size_t c = 0; c < d->what->ops->ncolumns; c++) {
            sy_cell cell = {0};
            size_t width = 0;
            d->what->ops->cell(d->what->ctx, d->what->first + i, c, &cell);
            if (!print_cell(d, &cell) ||
                !(measure ? add_shown(d, d->text, &width)
                          : add_cell(d, d->text, c, columns[c].right != 0)))
                return fail_nomem(d);
            if (width > d->widths[c])
                d->widths[c] = width;
        }
        if (measure)
            d->line_len = 0;
        else
            rc = give_line(d);
    }
    return rc;
}

/* Nobody reads so many rows at a terminal, and smartcols would hold them all: two passes over the
 * view, without wrapping, take no memory. */
static int draw_long(struct drawing *d)
{
    const sy_column *columns = d->what->ops->columns(d->what->ctx);
    size_t n = d->what->ops->ncolumns;
    for (size_t c = 0; c < n; c++) {
        const char *label = columns[c].label != NULL ? columns[c].label : columns[c].name;
        d->widths[c] = d->host->text_width(label, strlen(label));
    }
    int rc = walk_rows(d, true);
    for (size_t c = 0; c < n && rc == 0; c++) {
        const char *label = columns[c].label != NULL ? columns[c].label : columns[c].name;
        if (!add_cell(d, label, c, columns[c].right != 0))
            rc = fail_nomem(d);
    }
    if (rc == 0)
        rc = give_line(d);
    return rc != 0 ? rc : walk_rows(d, false);
}

static int draw(struct drawing *d)
{
    if (d->what->count > LONG_ROWS)
        return draw_long(d);

    char *text = NULL;
    bool good = add_columns(d);
    for (size_t i = 0; good && i < d->what->count; i++)
        good = add_row(d, d->what->first + i);
    bool empty = d->what->count == 0;
    if (good && empty) /* smartcols draws no headings without a row */
        good = scols_table_new_line(d->scols, NULL) != NULL;
    good = good && set_wrapping(d);
    if (good)
        good = scols_print_table_to_string(d->scols, &text) == 0 && text != NULL;
    int rc = good ? give_lines(d, text, empty ? 1 : SIZE_MAX) : fail_nomem(d);
    free(text);
    return rc;
}

static int table_write(const sy_host *host, sy_call *call, const sy_view *what)
{
    struct drawing d = {.host = host, .call = call, .what = what};
    int rc = read_options(&d);
    if (rc != 0)
        return rc;
    d.scols = scols_new_table();
    d.widths = calloc(what->ops->ncolumns + 1, sizeof *d.widths);
    if (d.scols == NULL || d.widths == NULL) {
        rc = fail_nomem(&d);
    } else {
        scols_table_enable_colors(d.scols, d.color);
        scols_table_set_termforce(d.scols,
                                  d.width > 0 ? SCOLS_TERMFORCE_ALWAYS : SCOLS_TERMFORCE_NEVER);
        if (d.width > 0)
            scols_table_set_termwidth(d.scols, d.width);
        rc = draw(&d);
    }
    scols_unref_table(d.scols);
    free(d.widths);
    free(d.text);
    free(d.line);
    return rc;
}

static const char *const OPTIONS[] = {"color", "width", NULL};

static const sy_writer WRITERS[] = {{.struct_size = sizeof(sy_writer),
                                     .name = "table",
                                     .extensions = "",
                                     .summary = "a table for the terminal",
                                     .options = OPTIONS,
                                     .takes = SY_TAKES_ROWS,
                                     .write = table_write}};

static const sy_plugin PLUGIN = {.struct_size = sizeof(sy_plugin),
                                 .abi = SY_PLUGIN_ABI,
                                 .name = "table",
                                 .version = STEELYARD_VERSION,
                                 .license = "MIT",
                                 .summary = "tables for the terminal",
                                 .writers = WRITERS,
                                 .nwriters = 1};

const sy_plugin *plug_builtin_table(void)
{
    return &PLUGIN;
}
