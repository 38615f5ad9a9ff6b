/*
 * markdown.c - the markdown plugin: scores, comparisons and reviews as documents for a merge
 * request or a wiki, whatever else there is as a flat table.
 */
#include <stdlib.h>
#include <string.h>

#include <steelyard/view.h>

#include "markdown.h"

const sy_plugin *plug_builtin_markdown(void);

int markdown_nomem(struct markdown *m)
{
    return m->host->fail(m->call, SY_ENOMEM, 0, 0, "out of memory");
}

int markdown_put(struct markdown *m, const char *text)
{
    return m->host->write(m->call, text, strlen(text));
}

int markdown_say(struct markdown *m, const char *zh, const char *en)
{
    return markdown_put(m, m->zh ? zh : en);
}

int markdown_put_cell(struct markdown *m, const sy_cell *cell)
{
    if (!markdown_take(m, cell))
        return markdown_nomem(m);
    return m->len > 0 ? m->host->write(m->call, m->text, m->len) : 0;
}

int markdown_put_html(struct markdown *m, const sy_cell *cell)
{
    bool room = true;
    m->len = 0;
    for (size_t i = 0; i < cell->text_len && room; i++) {
        const char c = cell->text[i];
        const char *entity = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : NULL;
        if (entity != NULL)
            room = markdown_add(m, entity, strlen(entity));
        else
            room = markdown_add(m, (unsigned char)c < 0x20 ? " " : &c, 1);
    }
    if (!room)
        return markdown_nomem(m);
    return m->len > 0 ? m->host->write(m->call, m->text, m->len) : 0;
}

static int write_kind(struct markdown *m, const sy_view *document)
{
    static const struct {
        const char *kind;
        int (*write)(struct markdown *m, const sy_view *document, const sy_view *report);
    } kinds[] = {{"score", markdown_score},
                 {"compare", markdown_compare},
                 {"sensitivity", markdown_sensitivity},
                 {"review", markdown_review}};
    const sy_cell report = sy_view_field(document, 0, "report");
    const sy_cell kind = sy_view_field(document, 0, "kind");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (sy_cell_is(&kind, kinds[i].kind))
            return kinds[i].write(m, document, &report.view);
    const sy_cell rows = sy_view_field(&report.view, 0, "rows");
    if (rows.type != SY_CELL_TABLE)
        return m->host->fail(m->call, SY_EUSAGE, 0, 0, "there is no table to be written");
    return markdown_table(m, &rows.view, rows.view.ops->ncolumns);
}

static int markdown_write(const sy_host *host, sy_call *call, const sy_view *what)
{
    const sy_cell language = sy_view_field(what, 0, "language");
    struct markdown m = {.host = host, .call = call, .zh = sy_cell_is(&language, "zh")};
    const int rc = write_kind(&m, what);
    free(m.widths);
    free(m.text);
    return rc;
}

static const char *const NO_OPTIONS[] = {NULL};

static const sy_writer WRITERS[] = {{.struct_size = sizeof(sy_writer),
                                     .name = "markdown",
                                     .extensions = "md markdown",
                                     .summary = "GitHub-flavoured Markdown",
                                     .options = NO_OPTIONS,
                                     .takes = SY_TAKES_TREE | SY_TAKES_LABELS,
                                     .write = markdown_write}};

static const sy_plugin PLUGIN = {.struct_size = sizeof(sy_plugin),
                                 .abi = SY_PLUGIN_ABI,
                                 .name = "markdown",
                                 .version = STEELYARD_VERSION,
                                 .license = "MIT",
                                 .summary = "Markdown documents and tables",
                                 .writers = WRITERS,
                                 .nwriters = 1};

const sy_plugin *plug_builtin_markdown(void)
{
    return &PLUGIN;
}
