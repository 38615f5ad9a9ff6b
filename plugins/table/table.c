/*
 * table.c - the table plugin: a flat table for people at a terminal.
 *
 * Two passes over the view, the first for the widths of the columns: memory holds one row. Widths
 * are the host's, so that the same table has the same bytes in every locale.
 */
#include "table.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH_DEFAULT 80
#define WIDTH_MIN     20
#define WIDTH_MAX     100000

int table_fail_nomem(struct drawing *d)
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

/* Whether a line of this text could be broken only within a word: a code, a path, a number. */
static bool is_whole(const struct drawing *d, const char *text, size_t len)
{
    return memchr(text, ' ', len) == NULL && d->host->text_width(text, len) == len;
}

/* Widths of the row at hand. */
static void measure_row(struct drawing *d)
{
    for (size_t c = 0; c < d->ncolumns; c++) {
        struct table_column *column = &d->columns[c];
        const char *text = d->text + column->at;
        size_t len = column->end - column->at, width = d->host->text_width(text, len);
        if (width > column->full)
            column->full = width;
        column->whole = column->whole && is_whole(d, text, len);
    }
}

static int measure(struct drawing *d)
{
    const sy_column *columns = d->what->ops->columns(d->what->ctx);
    for (size_t c = 0; c < d->ncolumns; c++) {
        d->columns[c].label = columns[c].label != NULL ? columns[c].label : columns[c].name;
        d->columns[c].right = columns[c].right != 0;
        d->columns[c].whole = true;
    }
    for (size_t i = 0; i < d->what->count; i++) {
        if (!table_take_row(d, d->what->first + i))
            return table_fail_nomem(d);
        measure_row(d);
    }
    for (size_t c = 0; c < d->ncolumns; c++) {
        size_t width = d->host->text_width(d->columns[c].label, strlen(d->columns[c].label));
        if (width > d->columns[c].full)
            d->columns[c].full = width;
    }
    return 0;
}

static int draw(struct drawing *d)
{
    bool aside = table_allot(d);
    int rc = 0;
    if (aside || d->what->count == 0) {
        if (!table_take_labels(d))
            return table_fail_nomem(d);
        rc = table_draw_row(d, d->color);
    }
    for (size_t i = 0; i < d->what->count && rc == 0; i++) {
        if (!table_take_row(d, d->what->first + i))
            return table_fail_nomem(d);
        if (!aside && i > 0)
            rc = d->host->write(d->call, "\n", 1);
        if (rc == 0)
            rc = aside ? table_draw_row(d, false) : table_draw_record(d);
    }
    return rc;
}

static int table_write(const sy_host *host, sy_call *call, const sy_view *what)
{
    struct drawing d = {.host = host, .call = call, .what = what, .ncolumns = what->ops->ncolumns};
    int rc = read_options(&d);
    if (rc != 0)
        return rc;
    d.columns = calloc(d.ncolumns + 1, sizeof *d.columns);
    rc = d.columns == NULL ? table_fail_nomem(&d) : measure(&d);
    if (rc == 0)
        rc = draw(&d);
    free(d.columns);
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
                                     .takes = SY_TAKES_ROWS | SY_TAKES_LABELS | SY_TAKES_NARROW,
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
