/*
 * load_memory.c - rows in memory through the same steps as those of a file: a part, its header, its
 * batches, the join.
 */
#include "stage/load_memory.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "stage/load_part.h"

#define BATCH_ROWS 1024 /* at most SY_BATCH_ROWS, as of any reader */

/* A batch of cells. Owns: all. */
struct memory_batch {
    struct buf bytes;
    uint32_t *numbers; /* of each column the offsets, then of each the lengths; then the lines */
    const uint32_t **offset, **length;
};

static void dispose_batch(struct memory_batch *b)
{
    buf_dispose(&b->bytes);
    free(b->numbers);
    free(b->offset);
    free(b->length);
}

/* Room for all columns of a batch; a table has one column at least. */
static bool make_batch(struct memory_batch *b, uint32_t ncolumns)
{
    *b = (struct memory_batch){
        .numbers = malloc((2 * (size_t)ncolumns + 1) * BATCH_ROWS * sizeof(uint32_t)),
        .offset = malloc(ncolumns * sizeof *b->offset),
        .length = malloc(ncolumns * sizeof *b->length)};
    if (!b->numbers || !b->offset || !b->length)
        return false;
    for (uint32_t c = 0; c < ncolumns; c++) {
        b->offset[c] = b->numbers + (size_t)c * BATCH_ROWS;
        b->length[c] = b->numbers + ((size_t)ncolumns + c) * BATCH_ROWS;
    }
    return true;
}

/* Rows first..first + n of the table, all of one file. */
static sy_status give_rows(struct load_part *p, struct memory_batch *b,
                           const struct memory_table *t, size_t first, uint32_t n, sy_error *err)
{
    uint32_t *lines = b->numbers + 2 * (size_t)t->ncolumns * BATCH_ROWS;
    buf_clear(&b->bytes);
    for (uint32_t r = 0; r < n; r++) {
        const struct memory_row *row = &t->rows[first + r];
        lines[r] = row->line;
        for (uint32_t c = 0; c < t->ncolumns; c++) {
            const char *text = row->cells[c] ? row->cells[c] : "";
            b->numbers[(size_t)c * BATCH_ROWS + r] = (uint32_t)b->bytes.len;
            b->numbers[((size_t)t->ncolumns + c) * BATCH_ROWS + r] = (uint32_t)strlen(text);
            buf_str(&b->bytes, text);
        }
    }
    sy_batch batch = {.struct_size = sizeof batch,
                      .nrows = n,
                      .line = lines,
                      .base = buf_text(&b->bytes),
                      .offset = b->offset,
                      .length = b->length};
    return b->bytes.failed ? error_nomem(err) : load_part_batch(p, &batch, err);
}

/* Rows that follow each other in one file are a part. */
static sy_status load_run_of(struct dataset *d, struct load_part *p, struct dataset_map *map,
                             const struct load_env *env, const struct memory_table *t, size_t first,
                             size_t n, sy_error *err)
{
    static const char *const no_options[] = {NULL};
    static const sy_reader reader = {
        .struct_size = sizeof reader, .name = "", .options = no_options};
    const struct data_source source = {.table = t->table, .path = ""};
    const struct load_file file = {.source = &source,
                                   .path = (char *)t->rows[first].file,
                                   .shown = t->rows[first].file,
                                   .reader = &reader};
    struct memory_batch batch = {0};
    sy_text *names = calloc(t->ncolumns, sizeof *names);
    sy_status status = names && make_batch(&batch, t->ncolumns) ? SY_OK : error_nomem(err);
    for (uint32_t c = 0; names && c < t->ncolumns; c++)
        names[c] = (sy_text){t->columns[c], strlen(t->columns[c])};
    if (status == SY_OK)
        status = load_part_begin(p, env, &file, names, t->ncolumns, err);
    for (size_t at = 0; at < n && status == SY_OK; at += BATCH_ROWS)
        status = give_rows(p, &batch, t, first + at,
                           (uint32_t)(n - at < BATCH_ROWS ? n - at : BATCH_ROWS), err);
    if (status == SY_OK && !dataset_map_begin(map, units_count(env->units)))
        status = error_nomem(err);
    if (status == SY_OK)
        status = dataset_merge(d,
                               &(struct dataset_part){.d = &p->d,
                                                      .funds = p->load.funds,
                                                      .nfunds = p->load.nfunds,
                                                      .header_findings = p->header_findings},
                               map, err);
    dispose_batch(&batch);
    free(names);
    return status;
}

sy_status load_memory(struct dataset *d, const struct load_order *order,
                      const struct memory_table *tables, size_t ntables, sy_error *err)
{
    struct load_part part = {0};
    struct dataset_map map = {0};
    struct load_known known = {0};
    struct units *units = NULL;
    sy_status status = units_copy(&units, d->units, err);
    struct load_env env = {
        .e = order->e, .columns = order->columns, .units = units, .known = &known};
    for (size_t i = 0; i < ntables && status == SY_OK; i++) {
        const struct memory_table *t = &tables[i];
        for (size_t first = 0, n; first < t->nrows && status == SY_OK; first += n) {
            for (n = 1; first + n < t->nrows; n++)
                if (strcmp(t->rows[first + n].file, t->rows[first].file) != 0)
                    break;
            status = load_run_of(d, &part, &map, &env, t, first, n, err);
        }
    }
    load_part_dispose(&part);
    dataset_map_dispose(&map);
    units_free(units);
    return status;
}
