/*
 * html.h - what the files of the html plugin share: bytes on their way out, and what the build put
 * into the plugin.
 */
#ifndef HTML_HTML_H
#define HTML_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include <steelyard/plugin.h>

#define HTML_BLOCK_BYTES (64u << 10)
#define HTML_SHAPES_MAX  64 /* kinds of tables in a document */
#define HTML_COLUMNS_MAX 64

/* Owns nothing: the block is the writer's. */
struct html_out {
    const sy_host *host;
    sy_call *call;
    char *block;
    size_t len;
    int rc;     /* what a call of the host gave; nothing is done any more where it is not 0 */
    bool drawn; /* the kind of document has a page of its own */
    const sy_view_ops *shapes[HTML_SHAPES_MAX];
    const sy_column *columns[HTML_SHAPES_MAX];
    size_t nshapes;
};

void html_bytes(struct html_out *o, const char *bytes, size_t len);
void html_str(struct html_out *o, const char *s);
void html_flush(struct html_out *o);
/* Text in markup: `& < > " '` as entities. */
void html_text(struct html_out *o, const char *bytes, size_t len);

/* html_data.c: the document as the page reads it, JSON that holds nothing a browser could take for
 * markup. Tables that are alike have the names of their columns in one place, html_shapes, which
 * comes behind them. */
void html_data(struct html_out *o, const sy_view *document);
void html_shapes(struct html_out *o);

/* Script and style of the page, and the charts' library: as they are in the page. */
extern const char html_page_js[], html_page_js_end[];
extern const char html_page_css[], html_page_css_end[];
extern const char html_chart_js[], html_chart_js_end[];

#endif
