/*
 * embed.c - the page's script, style and library of charts as bytes of the plugin. The paths are
 * the build's.
 */
#define EMBED(name, path)                                                    \
    __asm__(".section .rodata\n"                                             \
            ".global " #name "\n.hidden " #name "\n" #name ":\n"             \
            ".incbin \"" path "\"\n"                                         \
            ".global " #name "_end\n.hidden " #name "_end\n" #name "_end:\n" \
            ".byte 0\n"                                                      \
            ".previous\n")

EMBED(html_page_js, HTML_PAGE_JS);
EMBED(html_page_css, HTML_PAGE_CSS);
EMBED(html_chart_js, HTML_CHART_JS);

typedef int embed_nothing; /* ISO C wants a declaration */
