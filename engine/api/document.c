/*
 * document.c - the document steelyard.document/1: its head, and the body by kind.
 */
#include "api/document.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include <steelyard/steelyard.h>

bool document_is_for(const sy_writer *writer)
{
    return writer->takes == (SY_TAKES_TREE | SY_TAKES_LABELS);
}

static bool is_kind(const struct document *d, const char *kind)
{
    return strcmp(d->kind, kind) == 0;
}

/* score: what the JSON has, more fully. */

static const sy_column *score_columns(const void *ctx)
{
    static const sy_column columns[] = {{"funds", NULL, 0},
                                        {"departments", NULL, 0},
                                        {"findings", NULL, 0},
                                        {"yardsticks", NULL, 0}};
    (void)ctx;
    return columns;
}

/* The yardsticks of `config`, which stand in its document. */
static void yardsticks_cell(const struct document *d, sy_cell *out)
{
    const sy_view config = config_tree(&d->config);
    config.ops->cell(config.ctx, config.first, 2, out);
}

static void score_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct document *d = ctx;
    (void)row;
    if (column == 3) {
        yardsticks_cell(d, out);
        return;
    }
    out->type = SY_CELL_TABLE;
    out->view = column == 0   ? document_funds(d)
                : column == 1 ? report_departments(d->p)
                              : document_findings(d);
}

/* compare, sensitivity, review: their own document, and findings with advice. */

static const sy_column *body_columns(const void *ctx)
{
    return ((const struct document *)ctx)->columns;
}

static void body_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct document *d = ctx;
    (void)row;
    if (strcmp(d->columns[column].name, "findings") != 0) {
        d->body.ops->cell(d->body.ctx, d->body.first, column, out);
        return;
    }
    out->type = SY_CELL_TABLE;
    out->view = document_findings(d);
}

static void name_columns(struct document *d)
{
    const sy_column *columns = d->body.ops->columns(d->body.ctx);
    bool findings = false;
    for (size_t i = 0; i < d->body.ops->ncolumns && i + 1 < DOCUMENT_COLUMNS; i++) {
        d->columns[d->ncolumns++] = columns[i];
        findings = findings || strcmp(columns[i].name, "findings") == 0;
    }
    if (!findings)
        d->columns[d->ncolumns++] = (sy_column){"findings", NULL, 0};
}

/* table: whatever has no document of its own. */

static const sy_column *rows_columns(const void *ctx)
{
    static const sy_column columns[] = {{"rows", NULL, 0}};
    (void)ctx;
    return columns;
}

static void rows_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    (void)row;
    (void)column;
    out->type = SY_CELL_TABLE;
    out->view = ((const struct document *)ctx)->body;
}

/* As many columns as a body has: ops are constant, so there is one for each number. */
static const sy_view_ops *body_ops(size_t ncolumns)
{
#define OPS(n)                                          \
    {                                                   \
        sizeof(sy_view_ops), n, body_columns, body_cell \
    }
    static const sy_view_ops ops[DOCUMENT_COLUMNS + 1] = {
        OPS(0), OPS(1),  OPS(2),  OPS(3),  OPS(4),  OPS(5),  OPS(6),  OPS(7), OPS(8),
        OPS(9), OPS(10), OPS(11), OPS(12), OPS(13), OPS(14), OPS(15), OPS(16)};
#undef OPS
    return &ops[ncolumns];
}

static sy_view view_report(const struct document *d)
{
    static const sy_view_ops score = {sizeof score, 4, score_columns, score_cell},
                             rows = {sizeof rows, 1, rows_columns, rows_cell};
    return (sy_view){is_kind(d, "score")   ? &score
                     : is_kind(d, "table") ? &rows
                                           : body_ops(d->ncolumns),
                     d, 0, 1};
}

/* The head */

enum { D_SCHEMA, D_STEELYARD, D_KIND, D_LANGUAGE, D_EVALUATION, D_REPORT, D_COUNT };

static const sy_column *head_columns(const void *ctx)
{
    static const sy_column columns[D_COUNT] = {{"schema", NULL, 0},     {"steelyard", NULL, 0},
                                               {"kind", NULL, 0},       {"language", NULL, 0},
                                               {"evaluation", NULL, 0}, {"report", NULL, 0}};
    (void)ctx;
    return columns;
}

static void head_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct document *d = ctx;
    (void)row;
    switch (column) {
    case D_SCHEMA:
        report_text(out, "steelyard.document/1", SY_CELL_TEXT);
        break;
    case D_STEELYARD:
        report_text(out, sy_version(), SY_CELL_TEXT);
        break;
    case D_KIND:
        report_text(out, d->kind, SY_CELL_TEXT);
        break;
    case D_LANGUAGE:
        report_text(out, d->zh ? "zh" : "en", SY_CELL_TEXT);
        break;
    case D_EVALUATION:
        if (!d->p)
            break;
        out->type = SY_CELL_RECORD;
        out->view = report_evaluation(d->p);
        break;
    default:
        out->type = SY_CELL_RECORD;
        out->view = view_report(d);
        break;
    }
}

sy_view document_view(const struct document *d)
{
    static const sy_view_ops ops = {sizeof ops, D_COUNT, head_columns, head_cell};
    return (sy_view){&ops, d, 0, 1};
}

sy_status document_open(struct document *out, struct report *p, bool zh, const char *kind,
                        sy_view body, sy_error *err)
{
    sy_status status = SY_OK;
    *out = (struct document){.p = p, .zh = zh, .kind = kind, .body = body, .facts_of = NO_ROW};
    document_advise(out);
    if (is_kind(out, "score"))
        status = config_make(&out->config, p->r, zh, err);
    else if (!is_kind(out, "table"))
        name_columns(out);
    return status;
}

void document_dispose(struct document *d)
{
    config_dispose(&d->config);
    free(d->facts);
    buf_dispose(&d->scratch);
    *d = (struct document){0};
}

sy_status document_write(struct report *p, bool zh, const char *kind, sy_view body,
                         const sy_writer *writer, struct file_writer *file,
                         const struct plug_option *options, size_t noptions, sy_error *err)
{
    struct document d;
    sy_status status = document_open(&d, p, zh, kind, body, err);
    if (status == SY_OK) {
        const sy_view view = document_view(&d);
        status = plug_write(writer, file, options, noptions, &view, err);
    }
    if (status == SY_OK && (d.failed || d.scratch.failed || d.config.failed))
        status = error_nomem(err);
    document_dispose(&d);
    return status;
}
