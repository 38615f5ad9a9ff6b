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
    return strcmp(d->what.kind, kind) == 0;
}

/* As many columns as a table has: ops are constant, so there is one for each number. */
#define OPS(n, columns, cell)                 \
    {                                         \
        sizeof(sy_view_ops), n, columns, cell \
    }
#define OPS_ALL(columns, cell)                                                      \
    {                                                                               \
        OPS(0, columns, cell), OPS(1, columns, cell), OPS(2, columns, cell),        \
            OPS(3, columns, cell), OPS(4, columns, cell), OPS(5, columns, cell),    \
            OPS(6, columns, cell), OPS(7, columns, cell), OPS(8, columns, cell),    \
            OPS(9, columns, cell), OPS(10, columns, cell), OPS(11, columns, cell),  \
            OPS(12, columns, cell), OPS(13, columns, cell), OPS(14, columns, cell), \
            OPS(15, columns, cell), OPS(16, columns, cell), OPS(17, columns, cell), \
            OPS(18, columns, cell)                                                  \
    }

/* Flat tables for people within the document: words are labels there, while the rest has words that
 * are stable. */

static const sy_column *rows_of_people_columns(const void *ctx)
{
    const struct document *d = ctx;
    return d->what.people.ops->columns(d->what.people.ctx);
}

static const sy_column *departments_of_people_columns(const void *ctx)
{
    const struct document *d = ctx;
    return d->what.departments.ops->columns(d->what.departments.ctx);
}

static void show_people(const struct document *d, const sy_view *view, size_t row, size_t column,
                        sy_cell *out)
{
    const bool people = d->p->people;
    d->p->people = true;
    view->ops->cell(view->ctx, row, column, out);
    d->p->people = people;
}

static void rows_of_people_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct document *d = ctx;
    show_people(d, &d->what.people, row, column, out);
}

static void departments_of_people_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct document *d = ctx;
    show_people(d, &d->what.departments, row, column, out);
}

static void people_cell(const struct document *d, bool departments, sy_cell *out)
{
    static const sy_view_ops rows[] = OPS_ALL(rows_of_people_columns, rows_of_people_cell),
                             below[] =
                                 OPS_ALL(departments_of_people_columns, departments_of_people_cell);
    const sy_view *of = departments ? &d->what.departments : &d->what.people;
    if (!of->ops || of->ops->ncolumns > DOCUMENT_COLUMNS)
        return;
    out->type = SY_CELL_TABLE;
    out->view =
        (sy_view){&(departments ? below : rows)[of->ops->ncolumns], d, of->first, of->count};
}

/* score: what the JSON has, more fully. */

static const sy_column *score_columns(const void *ctx)
{
    static const sy_column columns[] = {{"funds", NULL, 0},    {"departments", NULL, 0},
                                        {"findings", NULL, 0}, {"yardsticks", NULL, 0},
                                        {"rows", NULL, 0},     {"department_rows", NULL, 0}};
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
    } else if (column > 3) {
        people_cell(d, column == 5, out);
    } else {
        out->type = SY_CELL_TABLE;
        out->view = column == 0   ? document_funds(d)
                    : column == 1 ? report_departments(d->p)
                                  : document_findings(d);
    }
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
    const char *name = d->columns[column].name;
    if (strcmp(name, "findings") == 0) {
        out->type = SY_CELL_TABLE;
        out->view = document_findings(d);
    } else if (strcmp(name, "rows") == 0) {
        people_cell(d, false, out);
    } else {
        d->what.body.ops->cell(d->what.body.ctx, d->what.body.first, column, out);
    }
}

static void name_columns(struct document *d)
{
    const sy_column *columns = d->what.body.ops->columns(d->what.body.ctx);
    bool findings = false;
    for (size_t i = 0; i < d->what.body.ops->ncolumns && i + 2 < DOCUMENT_COLUMNS; i++) {
        d->columns[d->ncolumns++] = columns[i];
        findings = findings || strcmp(columns[i].name, "findings") == 0;
    }
    if (!findings)
        d->columns[d->ncolumns++] = (sy_column){"findings", NULL, 0};
    d->columns[d->ncolumns++] = (sy_column){"rows", NULL, 0};
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
    out->view = ((const struct document *)ctx)->what.body;
}

static sy_view view_report(const struct document *d)
{
    static const sy_view_ops bodies[] = OPS_ALL(body_columns, body_cell);
    static const sy_view_ops score = {sizeof score, 6, score_columns, score_cell},
                             rows = {sizeof rows, 1, rows_columns, rows_cell};
    return (sy_view){is_kind(d, "score")   ? &score
                     : is_kind(d, "table") ? &rows
                                           : &bodies[d->ncolumns],
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
        report_text(out, d->what.kind, SY_CELL_TEXT);
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

sy_status document_open(struct document *out, struct report *p, bool zh,
                        const struct document_what *what, sy_error *err)
{
    sy_status status = SY_OK;
    *out = (struct document){.p = p, .zh = zh, .what = *what, .facts_of = NO_ROW};
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

sy_status document_write(struct report *p, bool zh, const struct document_what *what,
                         const sy_writer *writer, struct file_writer *file,
                         const struct plug_option *options, size_t noptions, sy_error *err)
{
    struct document d;
    sy_status status = document_open(&d, p, zh, what, err);
    if (status == SY_OK) {
        const sy_view view = document_view(&d);
        status = plug_write(writer, file, options, noptions, &view, err);
    }
    if (status == SY_OK && (d.failed || d.scratch.failed || d.config.failed))
        status = error_nomem(err);
    document_dispose(&d);
    return status;
}
