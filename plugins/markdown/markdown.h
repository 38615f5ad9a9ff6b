/*
 * markdown.h - what the files of the markdown plugin share.
 */
#ifndef MARKDOWN_MARKDOWN_H
#define MARKDOWN_MARKDOWN_H

#include <stdbool.h>
#include <stddef.h>

#include <steelyard/plugin.h>

/* A document on its way. Owns: widths, text. */
struct markdown {
    const sy_host *host;
    sy_call *call;
    bool zh;
    const sy_view *what; /* the table at hand */
    size_t ncolumns;     /* of it that are shown: the first */
    size_t *widths;
    char *text; /* of the cell at hand, escaped */
    size_t len, cap;
};

/* Each returns 0, or what the host's fail or write gave. */
int markdown_nomem(struct markdown *m);
int markdown_put(struct markdown *m, const char *text);
/* Words of ours, in the document's language. */
int markdown_say(struct markdown *m, const char *zh, const char *en);
/* A number of whatever kind, or a text, escaped. */
int markdown_put_cell(struct markdown *m, const sy_cell *cell);

/* A text where HTML stands, in which nothing is Markdown. */
int markdown_put_html(struct markdown *m, const sy_cell *cell);

/* markdown_text.c: the text of the cell at hand. False: no memory. */
bool markdown_add(struct markdown *m, const char *bytes, size_t len);
/* Whatever Markdown or HTML would take for markup stays text. */
bool markdown_add_text(struct markdown *m, const char *text, size_t len);
bool markdown_take(struct markdown *m, const sy_cell *cell);

/* markdown_table.c: a flat table, its first `ncolumns` columns. */
int markdown_table(struct markdown *m, const sy_view *what, size_t ncolumns);

/* markdown_parts.c: what documents have in common. */
int markdown_title(struct markdown *m, const sy_view *document, const char *zh, const char *en);
int markdown_head(struct markdown *m, const char *zh, const char *en);
/* The gravest findings, and how many more there are. */
int markdown_findings(struct markdown *m, const sy_view *report);
/* "疑点 3 条：错误 1，警告 2，提示 0。" */
int markdown_count_findings(struct markdown *m, const sy_view *report);
/* A table of the report, where it has one. */
int markdown_part(struct markdown *m, const sy_view *report, const char *name);

/* markdown_score.c, markdown_years.c */
int markdown_score(struct markdown *m, const sy_view *document, const sy_view *report);
int markdown_compare(struct markdown *m, const sy_view *document, const sy_view *report);
int markdown_sensitivity(struct markdown *m, const sy_view *document, const sy_view *report);
int markdown_review(struct markdown *m, const sy_view *document, const sy_view *report);

#endif
