/*
 * load_levels.c - level cells to a path, each combination once: a form's rows come again with each
 * of its funds.
 */
#include "stage/load_levels.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#define MEMO_MAX 4096u /* more combinations are no form any more */

void load_memo_clear(struct load_memo *m)
{
    pool_clear(&m->keys);
    pool_clear(&m->levels);
}

void load_memo_dispose(struct load_memo *m)
{
    pool_dispose(&m->keys);
    pool_dispose(&m->levels);
    free(m->branches);
    buf_dispose(&m->key);
    *m = (struct load_memo){0};
}

static bool is_blank(const struct load *l)
{
    static const enum field fields[] = {F_TARGET, F_ACTUAL, F_WEIGHT, F_RATING, F_CLAIMED};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (l->cells[fields[i]].len)
            return false;
    return true;
}

static sy_status copy_text(const char **out, struct buf *buf, const struct cell *cell,
                           sy_error *err)
{
    buf_clear(buf);
    buf_add(buf, cell->text, cell->len);
    *out = buf_text(buf);
    return buf->failed ? error_nomem(err) : SY_OK;
}

/* The cells that a path is made of. */
static sy_status copy_levels(struct row_cells *out, struct load *l)
{
    static const enum field fields[] = {F_LEVEL1, F_LEVEL2, F_NAME};
    const char **texts[] = {&out->level1, &out->level2, &out->name};
    sy_status status = SY_OK;
    *out = (struct row_cells){.blank = is_blank(l), .has_weight = l->cells[F_WEIGHT].len > 0};
    for (size_t i = 0; i < 3 && status == SY_OK; i++)
        status = copy_text(texts[i], &l->level_bufs[i], &l->cells[fields[i]], l->err);
    return status;
}

sy_status load_sets_levels(bool *out, struct load *l)
{
    struct level_memory memory = {0};
    struct row_cells cells;
    double points1, points2;
    *out = false;
    if (l->cells[F_INDICATOR].len)
        return SY_OK;
    sy_status status = copy_levels(&cells, l);
    if (status != SY_OK)
        return status;
    columns_path(&l->path_buf, &l->name_buf, &points1, &points2, &memory, l->columns, &cells);
    if (l->path_buf.failed || l->name_buf.failed)
        return error_nomem(l->err);
    *out = memory.level1[0] && (memory.level2[0] || !l->has[F_LEVEL2]);
    return SY_OK;
}

/* Makes the path anew. */
static sy_status read_branch(struct load_branch *out, struct load *l)
{
    struct buf *path = &l->path_buf, *label = &l->name_buf;
    struct row_cells cells;
    sy_status status = copy_levels(&cells, l);
    if (status != SY_OK)
        return status;
    *out = (struct load_branch){.path = POOL_NONE, .label = NO_WORD};
    out->kind =
        columns_path(path, label, &out->points1, &out->points2, &l->levels, l->columns, &cells);
    if (path->failed || label->failed)
        return error_nomem(l->err);
    if (out->kind == ROW_TOTAL || out->kind == ROW_TEMPLATE)
        return SY_OK;
    if (label->len)
        status = dataset_word(&out->label, l->d, label->data, label->len, l->err);
    if (status != SY_OK || out->kind == ROW_PART)
        return status;
    out->path = pool_intern(&l->d->paths, buf_text(path), path->len);
    return out->path == POOL_NONE ? error_nomem(l->err) : SY_OK;
}

/* All that a path depends on: the row's cells, and the rows above. */
static bool write_key(struct buf *key, const struct load *l)
{
    static const enum field fields[] = {F_LEVEL1, F_LEVEL2, F_NAME};
    buf_clear(key);
    for (size_t i = 0; i < 3; i++) {
        buf_add(key, (const char *)&l->cells[fields[i]].len, sizeof(size_t));
        buf_add(key, l->cells[fields[i]].text, l->cells[fields[i]].len);
    }
    buf_char(key, is_blank(l) ? 'b' : '-');
    buf_char(key, l->cells[F_WEIGHT].len ? 'w' : '-');
    buf_add(key, l->levels.level1, strlen(l->levels.level1) + 1);
    buf_add(key, l->levels.level2, strlen(l->levels.level2) + 1);
    buf_str(key, l->levels.from);
    return !key->failed;
}

static void recall(char out[LEVEL_BYTES], const struct load_memo *m, uint32_t level)
{
    memcpy(out, pool_text(&m->levels, level), pool_len(&m->levels, level) + 1);
}

static bool remember(struct load_memo *m, const struct load_branch *branch,
                     const struct level_memory *levels)
{
    uint32_t id = pool_intern(&m->keys, m->key.data, m->key.len);
    void *array = m->branches;
    bool room = id != POOL_NONE && dataset_grow(&array, &m->cap, id, sizeof *m->branches);
    m->branches = array;
    if (!room)
        return false;
    struct load_branch *kept = &m->branches[id];
    *kept = *branch;
    kept->level1 = pool_intern_str(&m->levels, levels->level1);
    kept->level2 = pool_intern_str(&m->levels, levels->level2);
    kept->from = pool_intern_str(&m->levels, levels->from);
    return kept->level1 != POOL_NONE && kept->level2 != POOL_NONE && kept->from != POOL_NONE;
}

sy_status load_levels(struct load_branch *out, struct load *l)
{
    struct load_memo *m = &l->memo;
    if (!write_key(&m->key, l))
        return error_nomem(l->err);
    uint32_t id = pool_find(&m->keys, m->key.data, m->key.len);
    if (id != POOL_NONE) {
        *out = m->branches[id];
        recall(l->levels.level1, m, out->level1);
        recall(l->levels.level2, m, out->level2);
        recall(l->levels.from, m, out->from);
        return SY_OK;
    }
    sy_status status = read_branch(out, l);
    if (status == SY_OK && m->keys.count < MEMO_MAX && !remember(m, out, &l->levels))
        status = error_nomem(l->err);
    return status;
}
