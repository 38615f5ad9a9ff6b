/*
 * html.c - the html plugin: a report as one page that opens without a network, reads its own data
 * and draws itself. Nothing but what stands in it may run: the page says so by the hashes of its
 * script and style (Content Security Policy), and the data is text to it throughout.
 */
#include "html.h"

#include <stdlib.h>
#include <string.h>

#include <steelyard/view.h>

#include "html_hashes.h"

void html_flush(struct html_out *o)
{
    if (o->rc == 0 && o->len > 0)
        o->rc = o->host->write(o->call, o->block, o->len);
    o->len = 0;
}

void html_bytes(struct html_out *o, const char *bytes, size_t len)
{
    while (len > 0 && o->rc == 0) {
        const size_t room = HTML_BLOCK_BYTES - o->len, n = len < room ? len : room;
        memcpy(o->block + o->len, bytes, n);
        o->len += n;
        bytes += n;
        len -= n;
        if (o->len == HTML_BLOCK_BYTES)
            html_flush(o);
    }
}

void html_str(struct html_out *o, const char *s)
{
    html_bytes(o, s, strlen(s));
}

void html_text(struct html_out *o, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        const char c = bytes[i];
        const char *entity = c == '&'    ? "&amp;"
                             : c == '<'  ? "&lt;"
                             : c == '>'  ? "&gt;"
                             : c == '"'  ? "&quot;"
                             : c == '\'' ? "&#39;"
                                         : NULL;
        if (entity != NULL)
            html_str(o, entity);
        else if ((unsigned char)c >= 0x20)
            html_bytes(o, &c, 1);
    }
}

static void put_title(struct html_out *o, const sy_view *document, bool zh)
{
    const sy_cell evaluation = sy_view_field(document, 0, "evaluation");
    if (evaluation.type == SY_CELL_RECORD) {
        const sy_cell title = sy_view_field(&evaluation.view, 0, "title");
        if (title.text_len > 0) {
            html_text(o, title.text, title.text_len);
            return;
        }
    }
    html_str(o, zh ? "绩效评价结果" : "Results of an evaluation");
}

/* The library of charts is in the page only where there is something to draw. */
static void put_head(struct html_out *o, const sy_view *document, bool zh, bool charts)
{
    html_str(o, zh ? "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n"
                   : "<!DOCTYPE html>\n<html lang=\"en\">\n");
    html_str(o, "<head>\n<meta charset=\"utf-8\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "script-src 'sha256-" HTML_PAGE_JS_HASH "'");
    if (charts)
        html_str(o, " 'sha256-" HTML_CHART_JS_HASH "'");
    html_str(o, "; style-src 'sha256-" HTML_PAGE_CSS_HASH "'; img-src data:; base-uri 'none'; "
                "form-action 'none'\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"color-scheme\" content=\"light dark\">\n"
                "<meta name=\"generator\" content=\"Steelyard " STEELYARD_VERSION "\">\n"
                "<link rel=\"icon\" href=\"data:,\">\n<title>");
    put_title(o, document, zh);
    html_str(o, "</title>\n<style>");
    html_bytes(o, html_page_css, (size_t)(html_page_css_end - html_page_css));
    html_str(o, "</style>\n</head>\n");
}

static void put_body(struct html_out *o, const sy_view *document, bool zh, bool charts)
{
    html_str(o, "<body>\n<div id=\"page\"></div>\n<noscript>");
    html_str(
        o, zh ? "本页用脚本显示数据：请允许脚本运行，或改用 xlsx、docx、csv。"
              : "This page shows its data by a script: allow it to run, or use xlsx, docx or csv.");
    html_str(o, "</noscript>\n<script type=\"application/json\" id=\"data\">");
    html_data(o, document);
    html_str(o, "</script>\n<script type=\"application/json\" id=\"shapes\">");
    html_shapes(o);
    html_str(o, "</script>\n");
    if (charts) {
        html_str(o, "<script>");
        html_bytes(o, html_chart_js, (size_t)(html_chart_js_end - html_chart_js));
        html_str(o, "</script>\n");
    }
    html_str(o, "<script>");
    html_bytes(o, html_page_js, (size_t)(html_page_js_end - html_page_js));
    html_str(o, "</script>\n</body>\n</html>\n");
}

static int html_write(const sy_host *host, sy_call *call, const sy_view *what)
{
    struct html_out o = {.host = host, .call = call, .block = malloc(HTML_BLOCK_BYTES)};
    const sy_cell language = sy_view_field(what, 0, "language");
    const bool zh = sy_cell_is(&language, "zh");
    const sy_cell kind = sy_view_field(what, 0, "kind");
    const bool charts = !sy_cell_is(&kind, "table") && !sy_cell_is(&kind, "review");
    o.drawn = !sy_cell_is(&kind, "table");
    if (o.block == NULL)
        return host->fail(call, SY_ENOMEM, 0, 0, "out of memory");
    put_head(&o, what, zh, charts);
    put_body(&o, what, zh, charts);
    html_flush(&o);
    free(o.block);
    return o.rc;
}

static const char *const NO_OPTIONS[] = {NULL};

static const sy_writer WRITERS[] = {{.struct_size = sizeof(sy_writer),
                                     .name = "html",
                                     .extensions = "html htm",
                                     .summary = "one page to look at, offline, and to print",
                                     .options = NO_OPTIONS,
                                     .takes = SY_TAKES_TREE | SY_TAKES_LABELS,
                                     .write = html_write}};

static const sy_plugin PLUGIN = {.struct_size = sizeof(sy_plugin),
                                 .abi = SY_PLUGIN_ABI,
                                 .name = "html",
                                 .version = STEELYARD_VERSION,
                                 .license = "MIT",
                                 .summary = "pages; with Chart.js 3.9 (MIT)",
                                 .writers = WRITERS,
                                 .nwriters = 1};

const sy_plugin *sy_plugin_v1(void);

__attribute__((visibility("default"))) const sy_plugin *sy_plugin_v1(void)
{
    return &PLUGIN;
}
