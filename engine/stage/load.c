/*
 * load.c - files are loaded in parts of a fixed size, each by any worker into a dataset of its own,
 * and joined in order.
 *
 * Where a part begins is a guess: a line break may stand within quotes. It was right if the part
 * before ended there; else what was read is thrown away and read again from the right place.
 *
 * That a large file is UTF-8 is a guess too, checked as its parts are read. Where one is not, all
 * that was loaded is thrown away, and begun again with the encoding of each file judged before.
 */
#include "stage/load.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "stage/load_list.h"
#include "stage/load_part.h"

#define PART_BYTES ((uint64_t)1 << 20)

/* Owns: list, parts, again, rows, scratch, map, above. */
struct loading {
    struct dataset *d;
    const struct load_order *order;
    struct load_env env;
    struct load_list list;
    uint64_t part_bytes;
    uint32_t window;
    struct load_part *parts;      /* by task % window */
    struct load_part again;       /* loaded in turn, on the caller's thread */
    struct load_part rows;        /* those that waited for the part before */
    struct plug_scratch *scratch; /* by worker */
    struct dataset_map map;
    uint32_t nunits; /* that all parts begin with */
    /* Of the file whose parts are being joined: */
    uint64_t next;  /* where its next record begins */
    uint32_t lines; /* before that */
    struct load_above above;
    bool judges;       /* large files are judged before they are cut */
    bool is_other;     /* a file was cut that is not UTF-8 */
    uint8_t *not_utf8; /* by task */
};

static sy_status judge_task(void *ctx, unsigned worker, uint32_t task, sy_error *err)
{
    struct loading *l = ctx;
    const struct load_file *file = load_list_file(&l->list, task);
    uint64_t from = (task - file->first_task) * file->part_bytes, to = from + file->part_bytes;
    bool utf8 = true;
    (void)worker;
    sy_status status = file->nparts > 1 ? text_judge(&utf8, file->path, from, to, err) : SY_OK;
    l->not_utf8[task] = !utf8;
    return status;
}

/* Files that are not UTF-8 throughout are read whole: which other encoding they are in is seen by
 * all of their bytes. */
static sy_status judge_files(struct loading *l, sy_error *err)
{
    struct work work = {.ctx = l, .run = judge_task};
    if (!l->judges || l->list.ntasks == l->list.nfiles)
        return SY_OK;
    l->not_utf8 = calloc(l->list.ntasks, 1);
    if (!l->not_utf8)
        return error_nomem(err);
    sy_status status = workers_run(l->order->workers, l->list.ntasks, l->window, &work, err);
    for (uint32_t i = 0; i < l->list.nfiles && status == SY_OK; i++) {
        struct load_file *file = &l->list.files[i];
        if (memchr(l->not_utf8 + file->first_task, 1, file->nparts))
            file->nparts = 1;
    }
    load_list_number(&l->list);
    free(l->not_utf8);
    l->not_utf8 = NULL;
    return status;
}

/* A failure is kept in the part: perhaps it was read from a wrong place. */
static sy_status load_task(void *ctx, unsigned worker, uint32_t task, sy_error *err)
{
    struct loading *l = ctx;
    const struct load_file *file = load_list_file(&l->list, task);
    struct load_part *part = &l->parts[task % l->window];
    uint64_t from = (task - file->first_task) * file->part_bytes;
    (void)err;
    part->scratch = &l->scratch[worker];
    if (file->nparts > 1)
        load_part_range(part, &l->env, file, from, from + file->part_bytes, false);
    else if (!file->large)
        load_part_whole(part, &l->env, file);
    return SY_OK;
}

/* The error of a part, its line counted from the start of the file. */
static sy_status give_error(const struct loading *l, const struct load_part *part,
                            const struct load_file *file, sy_error *err)
{
    if (!err)
        return part->status;
    *err = part->error;
    if (err->line > 0 && part->has_header && strcmp(err->file, file->path) == 0)
        err->line += l->lines;
    return part->status;
}

static sy_status merge_part(struct loading *l, const struct load_part *part, sy_error *err)
{
    struct dataset_part joined = {.d = &part->d,
                                  .funds = part->load.funds,
                                  .nfunds = part->load.nfunds,
                                  .lines = l->lines,
                                  .header_findings = part->header_findings};
    return dataset_merge(l->d, &joined, &l->map, err);
}

static sy_status join_part(struct loading *l, const struct load_part *part, sy_error *err)
{
    if (!dataset_map_begin(&l->map, l->nunits))
        return error_nomem(err);
    return merge_part(l, part, err);
}

static sy_status join_piece(void *ctx, struct load_part *part, sy_error *err)
{
    sy_status status = merge_part(ctx, part, err);
    dataset_clear(&part->d, true);
    part->load.nfunds = 0;
    part->header_findings = 0;
    part->load.last_entity = NO_ENTITY;
    return status;
}

/* A large file that cannot be cut joins as it is read, so that it is never there twice. */
static sy_status take_whole(struct loading *l, const struct load_file *file, struct load_part *part,
                            sy_error *err)
{
    if (!file->large)
        return part->status == SY_OK ? join_part(l, part, err) : give_error(l, part, file, err);
    part = &l->again;
    if (!dataset_map_begin(&l->map, l->nunits))
        return error_nomem(err);
    part->piece = join_piece;
    part->ctx = l;
    load_part_whole(part, &l->env, file);
    part->piece = NULL;
    return part->status == SY_OK ? merge_part(l, part, err) : give_error(l, part, file, err);
}

/* Rows that waited for what stands above them, then the others. */
static sy_status join_range(struct loading *l, const struct load_file *file,
                            const struct load_part *part, sy_error *err)
{
    sy_status status = SY_OK;
    if (part->rows.len) {
        if (load_part_rows(&l->rows, &l->env, file, part, &l->above) != SY_OK)
            return give_error(l, &l->rows, file, err);
        status = join_part(l, &l->rows, err);
        if (status == SY_OK)
            status = load_part_above(&l->above, &l->rows, err);
    }
    if (status == SY_OK)
        status = join_part(l, part, err);
    if (status == SY_OK)
        status = load_part_above(&l->above, part, err);
    l->next = part->range.next;
    l->lines += part->range.lines;
    return status;
}

/* After the first part of a file: the others will have as much, and a little more. Arrays that need
 * not grow are not copied. */
static void expect_rest(struct loading *l, const struct load_file *file,
                        const struct load_part *part)
{
    const uint64_t parts = file->nparts + file->nparts / 16 + 1;
    if (file->nparts < 4 || part->status != SY_OK)
        return;
    outcomes_expect(&l->d->outcomes, part->d.outcomes.count * parts);
    if (file->source->table == TABLE_FUNDS)
        dataset_expect(l->d, part->d.nentities * parts, part->d.nfacts * parts);
}

static sy_status take_range(struct loading *l, const struct load_file *file, uint64_t from,
                            const struct load_part *part, sy_error *err)
{
    uint64_t to = from + file->part_bytes;
    if (from == 0) {
        l->next = part->has_header ? part->header.next : 0;
        l->lines = part->has_header ? part->header.lines : 0;
        l->above.levels = (struct level_memory){0};
        buf_clear(&l->above.fund);
        expect_rest(l, file, part);
    } else if (l->next >= to || (part->has_header && l->next >= part->header.end)) {
        return SY_OK; /* a record of the parts before goes on to its end */
    } else if (!part->not_utf8 && (part->status != SY_OK || part->range.first != l->next)) {
        part = &l->again;
        load_part_range(&l->again, &l->env, file, l->next, to, true);
    }
    l->is_other = part->not_utf8;
    return part->status == SY_OK ? join_range(l, file, part, err) : give_error(l, part, file, err);
}

static sy_status remember_input(struct loading *l, const struct load_file *file, sy_error *err)
{
    struct dataset *d = l->d;
    uint32_t word;
    sy_status status = dataset_word(&word, d, file->shown, strlen(file->shown), err);
    if (status != SY_OK)
        return status;
    void *array = d->inputs;
    bool room = dataset_grow(&array, &d->inputs_cap, d->ninputs, sizeof *d->inputs);
    d->inputs = array;
    if (!room)
        return error_nomem(err);
    d->inputs[d->ninputs++] = word;
    return SY_OK;
}

static sy_status take_task(void *ctx, uint32_t task, sy_error *err)
{
    struct loading *l = ctx;
    const struct load_file *file = load_list_file(&l->list, task);
    struct load_part *part = &l->parts[task % l->window];
    sy_status status =
        progress_tell(l->order->progress, "load", (double)task / l->list.ntasks, err);
    if (status != SY_OK)
        return status;
    if (task == file->first_task) {
        status = remember_input(l, file, err);
        if (status != SY_OK)
            return status;
        l->lines = 0;
    }
    if (file->nparts == 1)
        return take_whole(l, file, part, err);
    return take_range(l, file, (task - file->first_task) * file->part_bytes, part, err);
}

static sy_status load_tables(struct loading *l, enum data_table from, enum data_table to,
                             sy_error *err)
{
    struct work work = {.ctx = l, .run = load_task, .take = take_task};
    sy_status status =
        load_list_open(&l->list, l->order->e, l->order->plugins, l->part_bytes, from, to, err);
    if (status == SY_OK)
        status = judge_files(l, err);
    if (status == SY_OK && l->list.ntasks > 0)
        status = workers_run(l->order->workers, l->list.ntasks, l->window, &work, err);
    load_list_dispose(&l->list);
    return status;
}

/* The funds so far, apart from the dataset, which grows while others look them up. */
static bool list_funds(struct load_known *known, const struct dataset *d)
{
    for (uint32_t i = 0; i < d->nentities; i++) {
        const struct entity *e = &d->entities[i];
        uint32_t fund =
            pool_intern(&known->funds, pool_text(&d->words, e->fund), pool_len(&d->words, e->fund));
        if (fund == POOL_NONE || !map_put(&known->years, map_key(fund, (uint32_t)e->year), i))
            return false;
    }
    return true;
}

static bool has_tables(const struct evaluation *e, enum data_table from)
{
    for (size_t i = 0; i < e->nsources; i++)
        if (e->sources[i].table >= from)
            return true;
    return false;
}

static void dispose_loading(struct loading *l)
{
    for (uint32_t i = 0; l->parts && i < l->window; i++)
        load_part_dispose(&l->parts[i]);
    free(l->parts);
    for (unsigned i = 0; l->scratch && i < workers_count(l->order->workers); i++)
        plug_scratch_dispose(&l->scratch[i]);
    free(l->scratch);
    load_part_dispose(&l->again);
    load_part_dispose(&l->rows);
    dataset_map_dispose(&l->map);
    buf_dispose(&l->above.fund);
}

/* Ratings and adjustments speak of funds that the tables before have made. */
static sy_status load_both(struct loading *l, struct load_known *known, sy_error *err)
{
    sy_status status = load_tables(l, TABLE_FUNDS, TABLE_FACTS, err);
    if (status != SY_OK || !has_tables(l->order->e, TABLE_RATINGS))
        return status;
    if (!list_funds(known, l->d))
        return error_nomem(err);
    return load_tables(l, TABLE_RATINGS, TABLE_ADJUSTMENTS, err);
}

/* Begins anew, as if nothing had been read. */
static sy_status load_again(struct loading *l, struct load_known *known, sy_error *err)
{
    struct units *units = NULL;
    sy_status status = units_copy(&units, l->env.units, err);
    if (status != SY_OK)
        return status;
    units_replace(l->d->units, units);
    dataset_clear(l->d, false);
    pool_clear(&known->funds);
    map_clear(&known->years);
    l->judges = true;
    return load_both(l, known, err);
}

sy_status load_run(struct dataset *d, const struct load_order *order, sy_error *err)
{
    struct load_known known = {0};
    struct units *units = NULL;
    struct loading l = {.d = d,
                        .order = order,
                        .env = {.e = order->e,
                                .columns = order->columns,
                                .known = &known,
                                .thorough = order->thorough},
                        .part_bytes = order->part_bytes ? order->part_bytes : PART_BYTES,
                        .window = 2 * workers_count(order->workers),
                        .nunits = units_count(d->units)};
    if (order->e->nsources == 0)
        return error_set(err, SY_EINPUT, order->e->ini, 0,
                         "there is no data: add a section such as [data outcomes] with path = "
                         "data/outcomes.csv");
    sy_status status = units_copy(&units, d->units, err);
    l.env.units = units;
    l.parts = calloc(l.window, sizeof *l.parts);
    l.scratch = calloc(workers_count(order->workers), sizeof *l.scratch);
    if (status == SY_OK && (!l.parts || !l.scratch))
        status = error_nomem(err);
    l.again.scratch = l.rows.scratch = l.scratch; /* the caller's thread is worker 0 */
    if (status == SY_OK)
        status = load_both(&l, &known, err);
    if (l.is_other)
        status = load_again(&l, &known, err);
    dispose_loading(&l);
    units_free(units);
    pool_dispose(&known.funds);
    map_dispose(&known.years);
    return status;
}
