/*
 * docx.c - the docx plugin: drafts of self-evaluation reports, and other reports, as Word
 * documents.
 */
#include "docx.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SECTIONS     30
#define SECTIONS_MAX 1000
#define SECONDS      120
#define SECONDS_MAX  3600

/* A whole number from 0 to `most`; `otherwise` where the option was not given. */
static int read_option(struct doc *d, const char *name, unsigned otherwise, unsigned most,
                       unsigned *out)
{
    const char *text = d->host->option(d->call, name);
    unsigned n = 0;
    *out = otherwise;
    if (text == NULL)
        return 0;
    for (const char *c = text; *c != '\0'; c++) {
        if (*c < '0' || *c > '9' || (n = n * 10 + (unsigned)(*c - '0')) > most)
            return html_fail(d, SY_EUSAGE, "option %s is a number from 0 to %u, not '%s'", name,
                             most, text);
    }
    if (*text == '\0')
        return html_fail(d, SY_EUSAGE, "option %s is a number from 0 to %u", name, most);
    *out = n;
    return 0;
}

static void write_html(struct doc *d, const sy_view *what)
{
    struct codes codes = {0};
    char kind[24];
    sy_cell cell = view_get(what, 0, "kind");
    view_copy(&cell, kind, sizeof kind);
    codes_read(d, &codes);
    html_raw(d, d->zh ? "<!DOCTYPE html>\n<html lang=\"zh-CN\">"
                      : "<!DOCTYPE html>\n<html lang=\"en\">");
    html_raw(d, "<head><meta charset=\"utf-8\"/></head>\n<body>\n");
    if (strcmp(kind, "score") == 0) {
        title_write(d);
        basics_write(d);
        spending_write(d);
        results_write(d);
        scores_write(d);
        problems_write(d, &codes);
        advice_write(d, &codes);
        annex_write(d);
    } else {
        kinds_write(d, kind, &codes);
    }
    html_raw(d, "</body></html>\n");
    html_flush(d);
    codes_dispose(&codes);
}

static void read_views(struct doc *d, const sy_view *what)
{
    const sy_cell language = view_get(what, 0, "language");
    d->zh = view_equals(&language, "zh");
    d->report = view_table(what, 0, "report");
    d->evaluation = view_table(what, 0, "evaluation");
    d->funds = view_table(&d->report, 0, "funds");
    d->findings = view_table(&d->report, 0, "findings");
    money_find_currency(d);
}

/* The document, the caller's; NULL: it failed. */
static char *make_in(struct doc *d, const struct folder *f, const sy_view *what, unsigned seconds,
                     size_t *len)
{
    size_t size;
    const unsigned char *reference = reference_bytes(d->zh, &size);
    if (folder_put(d, f, "reference.docx", reference, size) != 0 ||
        folder_create(d, f, "report.html", &d->fd) != 0)
        return NULL;
    write_html(d, what);
    close(d->fd);
    if (d->rc != 0 || pandoc_run(d, f, seconds) != 0)
        return NULL;
    return folder_read(d, f, "report.docx", len);
}

/* Signals wait while the folder stands, and no longer: the output may be a pipe that nobody reads.
 */
static void make_and_write(struct doc *d, const sy_view *what, unsigned seconds)
{
    struct folder folder = {.made = false};
    sigset_t before;
    size_t len = 0;
    char *bytes = NULL;
    const bool held = pandoc_hold(&before);
    if (folder_make(d, &folder) == 0)
        bytes = make_in(d, &folder, what, seconds, &len);
    folder_remove(&folder);
    pandoc_release(held, &before);
    if (bytes != NULL)
        d->rc = d->host->write(d->call, bytes, len);
    free(bytes);
}

static int docx_write(const sy_host *host, sy_call *call, const sy_view *what)
{
    struct doc *d = calloc(1, sizeof *d);
    unsigned sections = 0, seconds = 0;
    if (d == NULL)
        return host->fail(call, SY_ENOMEM, 0, 0, "out of memory");
    d->host = host;
    d->call = call;
    read_views(d, what);
    if (read_option(d, "funds", SECTIONS, SECTIONS_MAX, &sections) == 0)
        read_option(d, "timeout", SECONDS, SECONDS_MAX, &seconds);
    d->sections = sections;
    if (d->rc == 0)
        order_funds(d);
    if (d->rc == 0)
        make_and_write(d, what, seconds);
    const int rc = d->rc;
    free(d->order);
    free(d);
    return rc;
}

static const char *const OPTIONS[] = {"funds", "timeout", NULL};

static const sy_writer WRITERS[] = {{.struct_size = sizeof(sy_writer),
                                     .name = "docx",
                                     .extensions = "docx",
                                     .summary = "Word documents: a draft of the self-evaluation "
                                                "report, by pandoc",
                                     .options = OPTIONS,
                                     .takes = SY_TAKES_TREE | SY_TAKES_LABELS,
                                     .write = docx_write}};

static const sy_plugin PLUGIN = {.struct_size = sizeof(sy_plugin),
                                 .abi = SY_PLUGIN_ABI,
                                 .name = "docx",
                                 .version = STEELYARD_VERSION,
                                 .license = "MIT",
                                 .summary = "Word documents",
                                 .writers = WRITERS,
                                 .nwriters = 1};

const sy_plugin *sy_plugin_v1(void);

__attribute__((visibility("default"))) const sy_plugin *sy_plugin_v1(void)
{
    return &PLUGIN;
}
