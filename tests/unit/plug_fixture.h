/*
 * plug_fixture.h - temporary files, a sink that writes down what a reader gives, and a view made of
 * literal cells. Include it in one file of a test program.
 */
#ifndef TESTS_PLUG_FIXTURE_H
#define TESTS_PLUG_FIXTURE_H

#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "plug/host.h"
#include "temp.h"

#define FIXTURE_UNUSED __attribute__((unused))

static char fixture_folder[TEMP_MAX];

FIXTURE_UNUSED static int fixture_open(void **state)
{
    (void)state;
    return mkdtemp(temp_name(fixture_folder, "test")) == NULL ? -1 : 0;
}

FIXTURE_UNUSED static int fixture_close(void **state)
{
    char command[128];
    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", fixture_folder);
    return system(command);
}

/* "FOLDER/name", good until the next but three. */
FIXTURE_UNUSED static const char *fixture_path(const char *name)
{
    static char paths[4][256];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", fixture_folder, name);
    return path;
}

FIXTURE_UNUSED static const char *fixture_file(const char *name, const char *bytes, size_t len)
{
    const char *path = fixture_path(name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, len, f), len);
    assert_int_equal(fclose(f), 0);
    return path;
}

FIXTURE_UNUSED static void assert_file(const char *path, const char *expected)
{
    char *text = NULL;
    size_t len = 0;
    sy_error err = {0};
    if (file_slurp(&text, &len, path, 1 << 24, &err) != SY_OK)
        fail_msg("%s: %s", path, err.message);
    assert_text(text, expected);
    assert_int_equal(len, strlen(expected));
    free(text);
}

/* Writes down "1:a|b" for the header and each row, a line each; an absent cell is "~". */
struct seen {
    struct buf text;
    uint32_t ncolumns;
    size_t nrows;
    sy_status refuse; /* what the sink returns for a batch */
};

FIXTURE_UNUSED static sy_status see_header(void *ctx, const sy_text *names, uint32_t n,
                                           uint32_t line, sy_error *err)
{
    struct seen *seen = ctx;
    (void)err;
    buf_printf(&seen->text, "%u:", (unsigned)line);
    for (uint32_t i = 0; i < n; i++) {
        buf_str(&seen->text, i > 0 ? "|" : "");
        buf_add(&seen->text, names[i].bytes, names[i].len);
    }
    buf_char(&seen->text, '\n');
    seen->ncolumns = n;
    return SY_OK;
}

FIXTURE_UNUSED static sy_status see_batch(void *ctx, const sy_batch *b, sy_error *err)
{
    struct seen *seen = ctx;
    if (seen->refuse != SY_OK) {
        if (err != NULL) {
            err->status = seen->refuse;
            strcpy(err->message, "sink is full");
        }
        return seen->refuse;
    }
    for (uint32_t row = 0; row < b->nrows; row++) {
        buf_printf(&seen->text, "%u:", (unsigned)b->line[row]);
        for (uint32_t c = 0; c < b->ncolumns; c++) {
            buf_str(&seen->text, c > 0 ? "|" : "");
            if (b->length[c][row] == SY_CELL_ABSENT)
                buf_char(&seen->text, '~');
            else
                buf_add(&seen->text, b->base + b->offset[c][row], b->length[c][row]);
        }
        buf_char(&seen->text, '\n');
    }
    seen->nrows += b->nrows;
    return SY_OK;
}

FIXTURE_UNUSED static sy_status read_seen(struct seen *seen, const sy_reader *reader,
                                          const char *path, const struct plug_option *options,
                                          size_t noptions, sy_error *err)
{
    struct plug_sink sink = {.header = see_header, .batch = see_batch, .ctx = seen};
    return plug_read(reader, path, options, noptions, &sink, err);
}

/* A view of cells that a test lists row by row. */
struct literal {
    const sy_view_ops *ops;
    const sy_column *columns;
    size_t ncolumns;
    const sy_cell *cells;
};

FIXTURE_UNUSED static const sy_column *literal_columns(const void *ctx)
{
    return ((const struct literal *)ctx)->columns;
}

FIXTURE_UNUSED static void literal_cell(const void *ctx, size_t row, size_t column, sy_cell *out)
{
    const struct literal *t = ctx;
    *out = t->cells[row * t->ncolumns + column];
}

/* A view as the rows of a document for people of the kind `table`; they share what they are made
 * of: one at a time. */
FIXTURE_UNUSED static sy_view fixture_document(const sy_view *rows)
{
    static const sy_column columns[] = {{"kind", NULL, 0}, {"report", NULL, 0}},
                           row_columns[] = {{"rows", NULL, 0}};
    static const sy_view_ops ops = {sizeof ops, 2, literal_columns, literal_cell},
                             row_ops = {sizeof row_ops, 1, literal_columns, literal_cell};
    static sy_cell cells[2], row_cells[1];
    static const struct literal literal = {&ops, columns, 2, cells},
                                row_literal = {&row_ops, row_columns, 1, row_cells};
    row_cells[0] = (sy_cell){.type = SY_CELL_TABLE, .view = *rows};
    cells[0] = (sy_cell){.type = SY_CELL_TEXT, .text = "table", .text_len = 5};
    cells[1] = (sy_cell){.type = SY_CELL_RECORD, .view = {&row_ops, &row_literal, 0, 1}};
    return (sy_view){&ops, &literal, 0, 1};
}

/* Writes through a writer into a new file; the status is that of the writer or of the commit. */
FIXTURE_UNUSED static sy_status write_view(const sy_writer *writer, const char *path,
                                           const struct plug_option *options, size_t noptions,
                                           const sy_view *view, sy_error *err)
{
    struct file_writer w;
    const bool document = writer->takes == (SY_TAKES_TREE | SY_TAKES_LABELS);
    const sy_view what = document ? fixture_document(view) : view ? *view : (sy_view){0};
    sy_status status = file_create(&w, path, err);
    if (status != SY_OK)
        return status;
    status = plug_write(writer, &w, options, noptions, &what, err);
    if (status == SY_OK)
        return file_commit(&w, err);
    file_abort(&w);
    return status;
}

#define CELL_TEXT(type_, literal_)                                            \
    {                                                                         \
        .type = (type_), .text = (literal_), .text_len = sizeof(literal_) - 1 \
    }

#endif
