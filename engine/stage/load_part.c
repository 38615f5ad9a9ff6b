/*
 * load_part.c - reads a file or a part of one into a dataset of its own. Many parts are read at
 * once; nothing here looks at another.
 */
#include "stage/load_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "stage/load_columns.h"
#include "stage/load_form.h"
#include "stage/load_levels.h"

#define DASHES_MAX 12 /* bytes of a cell that may be nothing but dashes */

static void reset_load(struct load *l)
{
    struct load kept = *l;
    free(l->uses);
    free(l->constant_facts);
    *l = (struct load){.d = kept.d,
                       .funds = kept.funds,
                       .funds_cap = kept.funds_cap,
                       .path_buf = kept.path_buf,
                       .name_buf = kept.name_buf,
                       .label_buf = kept.label_buf,
                       .text_buf = kept.text_buf,
                       .header = kept.header,
                       .shown = kept.shown,
                       .memo = kept.memo,
                       .last_fund = NO_WORD,
                       .path_at = NO_WORD,
                       .last_entity = NO_ENTITY};
    load_memo_clear(&l->memo);
    memcpy(l->level_bufs, kept.level_bufs, sizeof l->level_bufs);
    for (int f = 0; f < F_COUNT; f++)
        l->field_unit[f] = UNIT_NONE;
}

void load_part_dispose(struct load_part *p)
{
    struct units *units = p->d.units;
    reset_load(&p->load);
    free(p->load.funds);
    load_memo_dispose(&p->load.memo);
    buf_dispose(&p->load.path_buf);
    buf_dispose(&p->load.name_buf);
    buf_dispose(&p->load.label_buf);
    buf_dispose(&p->load.text_buf);
    buf_dispose(&p->load.header);
    buf_dispose(&p->load.shown);
    for (size_t i = 0; i < sizeof p->load.level_bufs / sizeof *p->load.level_bufs; i++)
        buf_dispose(&p->load.level_bufs[i]);
    if (p->d.cells.data)
        dataset_dispose(&p->d);
    units_free(units);
    free(p->options);
    buf_dispose(&p->rows);
    buf_dispose(&p->fund);
    *p = (struct load_part){0};
}

static sy_status begin_dataset(struct load_part *p, const struct load_env *env, sy_error *err)
{
    struct units *units = NULL;
    sy_status status = units_copy(&units, env->units, err);
    if (status != SY_OK)
        return status;
    units_free(p->d.units);
    if (p->d.cells.data) {
        p->d.units = units;
        dataset_clear(&p->d, false);
        return SY_OK;
    }
    status = dataset_init(&p->d, units, err);
    if (status != SY_OK)
        dataset_dispose(&p->d);
    p->d.units = units;
    return status;
}

sy_status load_part_open(struct load_part *p, const struct load_env *env,
                         const struct load_file *file, const struct data_source *source)
{
    sy_error *err = &p->error;
    struct load *l = &p->load;
    p->has_header = p->skipped = p->waiting = false;
    p->header_findings = 0;
    buf_clear(&p->rows);
    buf_clear(&p->fund);
    sy_status status = begin_dataset(p, env, err);
    if (status != SY_OK)
        return status;
    reset_load(l);
    l->d = &p->d;
    l->thorough = env->thorough;
    l->known = env->known;
    l->e = env->e;
    l->columns = env->columns;
    l->source = source;
    l->path = file->path;
    l->year = file->year;
    l->fund = file->fund;
    l->err = err;
    free(p->options);
    p->options = calloc(source->noptions + 1, sizeof *p->options);
    if (!p->options)
        return error_nomem(err);
    status = dataset_word(&l->file, l->d, file->shown, strlen(file->shown), err);
    l->book = l->file;
    return status == SY_OK ? load_options(l, file->reader, p->options, &p->noptions) : status;
}

static sy_status begin_part(struct load_part *p, const struct load_env *env,
                            const struct load_file *file)
{
    return load_part_open(p, env, file, file->source);
}

static sy_status take_header(void *ctx, const sy_text *names, uint32_t n, uint32_t line,
                             sy_error *err)
{
    struct load_part *p = ctx;
    p->load.err = err;
    sy_status status = load_header(&p->load, names, n, line);
    p->has_header = status == SY_OK;
    p->plain.usable = false;
    if (p->has_header && !p->load.thorough)
        load_plain_open(&p->plain, &p->load);
    p->header_findings = p->d.findings.count;
    return status;
}

static sy_status take_sheet(void *ctx, const sy_sheet *sheet, sy_error *err)
{
    struct load_part *p = ctx;
    p->load.err = err;
    return load_sheet(&p->load, sheet);
}

static sy_status take_doubt(void *ctx, sy_doubt what, uint32_t line, uint32_t column,
                            const sy_text *text, sy_error *err)
{
    struct load_part *p = ctx;
    p->load.err = err;
    return load_doubt(&p->load, what, line, column, text);
}

static sy_status take_row(struct load *l, const struct cell *row)
{
    switch (l->source->table) {
    case TABLE_FUNDS:
        return load_fund_row(l, row);
    case TABLE_OUTCOMES:
        return load_outcome_row(l);
    case TABLE_FACTS:
        return load_fact_row(l);
    case TABLE_RATINGS:
        return load_rating_row(l);
    default:
        return load_adjustment_row(l);
    }
}

/* A dash or a stroke alone says that a cell is empty, whatever its column; values keep it as their
 * text. */
static bool is_dash(enum field field, const char *text, size_t len)
{
    unsigned char c = (unsigned char)*text;
    if (len == 0 || len > DASHES_MAX || (c != '-' && c != '/' && c < 0x80))
        return false;
    return field != F_TARGET && field != F_ACTUAL && field != F_VALUE && field != F_EXTRA &&
           value_is_nothing(text, len);
}

/* Puts a row before the table's function: `row` by column, cells by field. */
static void set_cell(struct load *l, struct cell *row, uint32_t column, struct cell cell)
{
    enum field field = l->uses[column].field;
    if (is_dash(field, cell.text, cell.len))
        cell.len = 0;
    row[column] = cell;
    if (field != F_EXTRA)
        l->cells[field] = l->constant[field].len ? l->constant[field] : cell;
}

/* A row as it came: its line, and length and bytes of each cell. */
static sy_status keep_row(struct load_part *p, const struct cell *row)
{
    const struct load *l = &p->load;
    struct cell fund = load_fund(l);
    buf_add(&p->rows, (const char *)&l->line, sizeof l->line);
    for (uint32_t c = 0; c < l->nuses; c++) {
        buf_add(&p->rows, (const char *)&row[c].len, sizeof row[c].len);
        buf_add(&p->rows, row[c].text, row[c].len);
    }
    if (load_names_fund(l)) {
        buf_clear(&p->fund);
        buf_add(&p->fund, fund.text, fund.len);
    }
    return p->rows.failed || p->fund.failed ? error_nomem(l->err) : SY_OK;
}

/* Whether the row at hand must wait: it may inherit levels, unless it has its own or is the first
 * of another fund. */
static sy_status still_waits(bool *out, struct load_part *p)
{
    struct load *l = &p->load;
    struct cell fund = load_fund(l);
    bool complete = false;
    sy_status status = SY_OK;
    if (load_names_fund(l)) {
        complete = p->fund.len &&
                   (p->fund.len != fund.len || memcmp(p->fund.data, fund.text, fund.len) != 0);
        if (!complete)
            status = load_sets_levels(&complete, l);
    }
    *out = !complete;
    return status;
}

static sy_status give_row(struct load_part *p, const struct cell *row)
{
    /* Tables pasted below one another bring their headers along. */
    if (load_repeats_header(&p->load, row)) {
        p->load.path_at = NO_WORD;
        return load_finding(&p->load, FINDING_HEADER_REPEATED, NO_ENTITY, NULL, NULL);
    }
    if (p->waiting) {
        sy_status status = still_waits(&p->waiting, p);
        if (status != SY_OK || p->waiting)
            return status == SY_OK ? keep_row(p, row) : status;
    }
    return take_row(&p->load, row);
}

static sy_status take_rows(struct load_part *p, const sy_batch *batch, struct cell *row)
{
    struct load *l = &p->load;
    sy_status status = SY_OK;
    memcpy(l->cells, l->constant, sizeof l->cells);
    for (uint32_t r = 0; r < batch->nrows && status == SY_OK; r++) {
        bool empty = true;
        if (p->plain.usable && !p->waiting)
            status = load_plain_rows(&r, &p->plain, l, batch);
        if (status != SY_OK || r == batch->nrows)
            break;
        for (uint32_t c = 0; c < l->nuses; c++) {
            uint32_t len = batch->length[c][r];
            const char *text = batch->base + batch->offset[c][r];
            size_t trimmed = len == SY_CELL_ABSENT ? 0 : len;
            /* Most cells have plain ends: only others are worth a call. */
            if (trimmed && !plain_has_ends(text, trimmed))
                text_trim(&text, &trimmed);
            empty = empty && trimmed == 0;
            set_cell(l, row, c, (struct cell){text, trimmed});
        }
        l->line = batch->line[r];
        if (!empty)
            status = give_row(p, row);
    }
    return status;
}

static sy_status take_batch(void *ctx, const sy_batch *batch, sy_error *err)
{
    struct load_part *p = ctx;
    p->load.err = err;
    struct cell *row = calloc(p->load.nuses ? p->load.nuses : 1, sizeof *row);
    if (!row)
        return error_nomem(err);
    sy_status status = take_rows(p, batch, row);
    free(row);
    return status == SY_OK && p->piece ? p->piece(p->ctx, p, err) : status;
}

sy_status load_part_begin(struct load_part *p, const struct load_env *env,
                          const struct load_file *file, const sy_text *names, uint32_t n,
                          sy_error *err)
{
    p->status = begin_part(p, env, file);
    if (p->status != SY_OK && err)
        *err = p->error;
    return p->status == SY_OK ? take_header(p, names, n, 0, err) : p->status;
}

sy_status load_part_batch(struct load_part *p, const sy_batch *batch, sy_error *err)
{
    return take_batch(p, batch, err);
}

sy_status load_part_cells(struct load_part *p, const struct cell *cells)
{
    struct load *l = &p->load;
    struct cell *row = calloc(l->nuses, sizeof *row);
    if (!row)
        return error_nomem(l->err);
    memcpy(l->cells, l->constant, sizeof l->cells);
    for (uint32_t c = 0; c < l->nuses; c++)
        set_cell(l, row, c, cells[c]);
    sy_status status = take_row(l, row);
    free(row);
    return status;
}

sy_status load_part_whole(struct load_part *p, const struct load_env *env,
                          const struct load_file *file)
{
    bool none;
    if (file->source->table == TABLE_FORMS)
        return load_form(p, env, file, NULL);
    if (file->perhaps_form && load_form(p, env, file, &none) == SY_OK && !none)
        return SY_OK;
    struct plug_sink sink = {.header = take_header,
                             .batch = take_batch,
                             .ctx = p,
                             .sheet = take_sheet,
                             .doubt = take_doubt};
    p->status = begin_part(p, env, file);
    if (p->status == SY_OK)
        p->status = plug_read(file->reader, file->path, p->options, p->noptions, &sink, &p->error);
    return p->status;
}

/* The columns of a file that is read in parts; each part reads its header anew, so that parts share
 * nothing. */
static sy_status read_header(struct load_part *p, const struct load_file *file)
{
    struct plug_sink sink = {.header = take_header, .batch = take_batch, .ctx = p};
    p->header =
        (struct plug_range){.size = file->size, .mtime_ns = file->mtime_ns, .scratch = p->scratch};
    return plug_read_range(file->reader, file->path, p->options, p->noptions, &p->header, &sink,
                           &p->error);
}

/* Those of the header, which the first part has. */
static void drop_findings(struct load_part *p)
{
    findings_clear(&p->d.findings);
    p->header_findings = 0;
}

/* Whether rows inherit anything: only outcomes whose paths are made of level cells do. */
static bool has_levels(const struct load *l)
{
    return l->source->table == TABLE_OUTCOMES && l->has[F_LEVEL1] && l->has[F_NAME];
}

static sy_status read_range(struct load_part *p, const struct load_file *file, uint64_t from,
                            uint64_t to, bool known)
{
    struct plug_sink sink = {.header = take_header, .batch = take_batch, .ctx = p};
    bool first = from == 0;
    if (from < p->header.next) {
        from = p->header.next;
        known = true;
    }
    if (to > p->header.end)
        to = p->header.end;
    if (!first)
        drop_findings(p);
    p->skipped = from >= to;
    p->waiting = !first && has_levels(&p->load);
    p->range = (struct plug_range){.from = from,
                                   .to = to,
                                   .ncolumns = p->header.ncolumns,
                                   .known = known,
                                   .size = file->size,
                                   .mtime_ns = file->mtime_ns,
                                   .scratch = p->scratch,
                                   .first = from,
                                   .next = from};
    return p->skipped ? SY_OK
                      : plug_read_range(file->reader, file->path, p->options, p->noptions,
                                        &p->range, &sink, &p->error);
}

sy_status load_part_range(struct load_part *p, const struct load_env *env,
                          const struct load_file *file, uint64_t from, uint64_t to, bool known)
{
    p->status = begin_part(p, env, file);
    if (p->status == SY_OK)
        p->status = read_header(p, file);
    p->not_utf8 = p->header.not_utf8;
    if (p->status == SY_OK) {
        p->status = read_range(p, file, from, to, known);
        p->not_utf8 = p->range.not_utf8;
    }
    return p->status;
}

static sy_status replay_rows(struct load_part *p, const struct buf *rows, struct cell *row)
{
    struct load *l = &p->load;
    sy_status status = SY_OK;
    memcpy(l->cells, l->constant, sizeof l->cells);
    for (size_t at = 0; at < rows->len && status == SY_OK;) {
        memcpy(&l->line, rows->data + at, sizeof l->line);
        at += sizeof l->line;
        for (uint32_t c = 0; c < l->nuses; c++) {
            struct cell cell;
            memcpy(&cell.len, rows->data + at, sizeof cell.len);
            cell.text = rows->data + at + sizeof cell.len;
            at += sizeof cell.len + cell.len;
            set_cell(l, row, c, cell);
        }
        status = take_row(l, row);
    }
    return status;
}

sy_status load_part_rows(struct load_part *p, const struct load_env *env,
                         const struct load_file *file, const struct load_part *part,
                         const struct load_above *above)
{
    struct load *l = &p->load;
    struct cell *row = NULL;
    p->status = begin_part(p, env, file);
    if (p->status == SY_OK)
        p->status = read_header(p, file);
    if (p->status != SY_OK)
        return p->status;
    drop_findings(p);
    l->err = &p->error;
    l->levels = above->levels;
    if (above->fund.len)
        p->status = dataset_word(&l->last_fund, l->d, above->fund.data, above->fund.len, l->err);
    row = calloc(l->nuses ? l->nuses : 1, sizeof *row);
    if (!row)
        p->status = error_nomem(l->err);
    if (p->status == SY_OK)
        p->status = replay_rows(p, &part->rows, row);
    free(row);
    return p->status;
}

sy_status load_part_above(struct load_above *above, const struct load_part *p, sy_error *err)
{
    const struct load *l = &p->load;
    if (p->waiting || l->last_fund == NO_WORD)
        return SY_OK;
    above->levels = l->levels;
    buf_clear(&above->fund);
    buf_add(&above->fund, pool_text(&l->d->words, l->last_fund),
            pool_len(&l->d->words, l->last_fund));
    return above->fund.failed ? error_nomem(err) : SY_OK;
}
