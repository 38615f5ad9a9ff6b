/*
 * document_findings.c - findings of a document: with the meaning and the remedy that the manual
 * has for their codes.
 */
#include <string.h>

#include "api/document.h"
#include <steelyard/steelyard.h>

/* The text behind "- meaning: " on a line of a section. */
static const char *find_line(const char *section, size_t len, const char *label, size_t *out)
{
    const char *end = section + len;
    const size_t wanted = strlen(label);
    *out = 0;
    for (const char *line = section; line < end;) {
        const char *next = memchr(line, '\n', (size_t)(end - line));
        next = next ? next : end;
        if ((size_t)(next - line) > wanted && memcmp(line, label, wanted) == 0) {
            *out = (size_t)(next - line) - wanted;
            return line + wanted;
        }
        line = next < end ? next + 1 : end;
    }
    return NULL;
}

void document_advise(struct document *d)
{
    for (size_t i = 0; i < FINDING_CODES; i++) {
        struct document_advice *a = &d->advice[i];
        size_t len = 0;
        const char *section = sy_finding_manual(sy_finding_code(i), d->zh ? "zh" : "en", &len);
        if (!section)
            continue;
        a->meaning = find_line(section, len, d->zh ? "- 含义：" : "- meaning: ", &a->meaning_len);
        a->remedy = find_line(section, len, d->zh ? "- 办法：" : "- remedy: ", &a->remedy_len);
    }
}

enum {
    F_SEVERITY,
    F_SEVERITY_WORD,
    F_CODE,
    F_MEANING,
    F_REMEDY,
    F_FUND,
    F_YEAR,
    F_INDICATOR,
    F_MESSAGE,
    F_SOURCE,
    F_COUNT
};

static const sy_column *finding_columns(const void *ctx)
{
    static const sy_column columns[F_COUNT] = {{"severity", NULL, 0}, {"severity_word", NULL, 0},
                                               {"code", NULL, 0},     {"meaning", NULL, 0},
                                               {"remedy", NULL, 0},   {"fund", NULL, 0},
                                               {"year", NULL, 1},     {"indicator", NULL, 0},
                                               {"message", NULL, 0},  {"source", NULL, 0}};
    (void)ctx;
    return columns;
}

static void manual_cell(sy_cell *out, const char *text, size_t len)
{
    if (len == 0)
        return;
    out->type = SY_CELL_TEXT;
    out->text = text;
    out->text_len = len;
}

static void finding_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    /* Where the rows of the JSON have it. */
    static const size_t shown[F_COUNT] = {
        [F_SEVERITY] = 0,  [F_CODE] = 1,    [F_FUND] = 2,  [F_YEAR] = 3,
        [F_INDICATOR] = 4, [F_MESSAGE] = 5, [F_SOURCE] = 6};
    const struct document *d = ctx;
    const struct finding *f = &d->p->r->d.findings.rows[row];
    const struct document_advice *advice = &d->advice[f->code];
    if (column == F_MEANING) {
        manual_cell(out, advice->meaning, advice->meaning_len);
    } else if (column == F_REMEDY) {
        manual_cell(out, advice->remedy, advice->remedy_len);
    } else if (column == F_SEVERITY_WORD) {
        report_text(out, document_word(d, severity_word((enum severity)f->severity)), SY_CELL_TEXT);
    } else {
        const sy_view rows = report_findings(d->p);
        rows.ops->cell(rows.ctx, row, shown[column], out);
    }
}

sy_view document_findings(const struct document *d)
{
    static const sy_view_ops ops = {sizeof ops, F_COUNT, finding_columns, finding_cell};
    return (sy_view){&ops, d, 0, d->p->r->d.findings.count};
}
