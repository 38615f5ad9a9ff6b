/*
 * markdown_parts.c - what documents have in common: title, headings, findings.
 */
#include <stdio.h>

#include <steelyard/view.h>

#include "markdown.h"

#define FINDINGS_MAX 20

int markdown_title(struct markdown *m, const sy_view *document, const char *zh, const char *en)
{
    const sy_cell evaluation = sy_view_field(document, 0, "evaluation");
    sy_cell title = {0};
    int rc = markdown_put(m, "# ");
    if (evaluation.type == SY_CELL_RECORD)
        title = sy_view_field(&evaluation.view, 0, "title");
    if (rc == 0 && title.text_len > 0) {
        rc = markdown_put_cell(m, &title);
        if (rc == 0)
            rc = markdown_say(m, "：", ": ");
    }
    if (rc == 0)
        rc = markdown_say(m, zh, en);
    return rc == 0 ? markdown_put(m, "\n\n") : rc;
}

int markdown_head(struct markdown *m, const char *zh, const char *en)
{
    int rc = markdown_put(m, "\n## ");
    if (rc == 0)
        rc = markdown_say(m, zh, en);
    return rc == 0 ? markdown_put(m, "\n\n") : rc;
}

int markdown_part(struct markdown *m, const sy_view *report, const char *name)
{
    const sy_cell rows = sy_view_field(report, 0, name);
    return rows.type == SY_CELL_TABLE ? markdown_table(m, &rows.view, rows.view.ops->ncolumns) : 0;
}

static const char *const severities[] = {"error", "warning", "note"};
#define NSEVERITIES (sizeof severities / sizeof *severities)

static void count_findings(const sy_cell *findings, size_t counts[NSEVERITIES])
{
    for (size_t i = 0; i < sy_cell_rows(findings); i++) {
        const sy_cell severity = sy_view_field(&findings->view, i, "severity");
        for (size_t k = 0; k < NSEVERITIES; k++)
            counts[k] += sy_cell_is(&severity, severities[k]) != 0;
    }
}

int markdown_count_findings(struct markdown *m, const sy_view *report)
{
    const sy_cell findings = sy_view_field(report, 0, "findings");
    size_t counts[NSEVERITIES] = {0};
    char text[160];
    count_findings(&findings, counts);
    snprintf(text, sizeof text,
             m->zh ? "疑点 %zu 条：错误 %zu，警告 %zu，提示 %zu。"
                   : "Findings: %zu (errors %zu, warnings %zu, notes %zu).",
             sy_cell_rows(&findings), counts[0], counts[1], counts[2]);
    return markdown_put(m, text);
}

/* "- **警告** `weights-sum` …（config/a.ini:3）" */
static int put_finding(struct markdown *m, const sy_view *findings, size_t row)
{
    static const struct {
        const char *before, *field, *behind;
    } parts[] = {{"- **", "severity_word", "** "}, {"`", "code", "` "}, {"", "message", ""}};
    int rc = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts && rc == 0; i++) {
        const sy_cell cell = sy_view_field(findings, row, parts[i].field);
        rc = markdown_put(m, parts[i].before);
        if (rc == 0)
            rc = markdown_put_cell(m, &cell);
        if (rc == 0)
            rc = markdown_put(m, parts[i].behind);
    }
    const sy_cell source = sy_view_field(findings, row, "source");
    if (rc == 0 && source.type != SY_CELL_NULL) {
        rc = markdown_say(m, "（", " (");
        if (rc == 0)
            rc = markdown_put_cell(m, &source);
        if (rc == 0)
            rc = markdown_say(m, "）", ")");
    }
    return rc == 0 ? markdown_put(m, "\n") : rc;
}

int markdown_findings(struct markdown *m, const sy_view *report)
{
    const sy_cell findings = sy_view_field(report, 0, "findings");
    const size_t n = sy_cell_rows(&findings);
    size_t shown = 0;
    int rc = n > 0 ? markdown_head(m, "疑点", "Findings") : 0;
    for (size_t k = 0; k < NSEVERITIES && rc == 0; k++) {
        for (size_t i = 0; i < n && shown < FINDINGS_MAX && rc == 0; i++) {
            const sy_cell severity = sy_view_field(&findings.view, i, "severity");
            if (!sy_cell_is(&severity, severities[k]))
                continue;
            rc = put_finding(m, &findings.view, i);
            shown++;
        }
    }
    if (rc == 0 && shown < n) {
        char text[120];
        snprintf(text, sizeof text,
                 m->zh ? "- 另有 %zu 条：`steelyard check` 列出全部\n"
                       : "- %zu more: `steelyard check` lists them all\n",
                 n - shown);
        rc = markdown_put(m, text);
    }
    return rc;
}
