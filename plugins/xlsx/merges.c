/*
 * merges.c - merged cells. What the cells below a merged one held may still stand in the file,
 * though nobody sees it. Where cells are merged is said behind them: it is read first.
 */
#include "xlsx.h"

#include <stdlib.h>
#include <string.h>

#define MERGES_MAX 200000u
#define WORK_MAX   (1u << 26) /* columns of all merged cells */

bool read_cell_name(const char *text, uint32_t *column, uint32_t *row, const char **end)
{
    const char *p = text;
    uint32_t c = 0, r = 0;
    p += *p == '$';
    for (; ((*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z')) && c <= XLSX_COLUMNS; p++)
        c = c * 26 + (uint32_t)(*p & 0x1F);
    p += *p == '$';
    for (; *p >= '0' && *p <= '9' && r <= XLSX_ROWS; p++)
        r = r * 10 + (uint32_t)(*p - '0');
    *column = c;
    *row = r;
    *end = p;
    return c >= 1 && c <= XLSX_COLUMNS && r >= 1 && r <= XLSX_ROWS;
}

static bool read_merge(struct merge *out, const char *text)
{
    const char *end;
    if (!read_cell_name(text, &out->left, &out->top, &end) || *end != ':')
        return false;
    return read_cell_name(end + 1, &out->right, &out->bottom, &end) && *end == '\0' &&
           out->right >= out->left && out->bottom >= out->top;
}

static int start(void *ctx, const char *name, const char *const *attributes)
{
    struct merges *m = ctx;
    struct merge merge;
    const char *ref = attribute(attributes, "ref");
    if (strcmp(name, "mergeCell") != 0 || ref == NULL || !read_merge(&merge, ref))
        return 0;
    m->work += merge.right - merge.left + 1;
    if (m->n == MERGES_MAX || m->work > WORK_MAX)
        return m->b->host->fail(m->b->call, SY_EINPUT, 0, 0,
                                "the workbook has more merged cells than anybody reads: unmerge "
                                "them, or save the sheet as CSV");
    if (m->n == m->cap) {
        const uint32_t cap = m->cap * 2 + 64;
        struct merge *grown = realloc(m->list, cap * sizeof *grown);
        if (grown == NULL)
            return nomem(m->b);
        m->list = grown;
        m->cap = cap;
    }
    m->list[m->n++] = merge;
    return 0;
}

static int end(void *ctx, const char *name)
{
    (void)ctx;
    return strcmp(name, "mergeCells") == 0 ? PART_ENOUGH : 0;
}

static int by_top(const void *a, const void *b)
{
    const struct merge *x = a, *y = b;
    if (x->top != y->top)
        return x->top < y->top ? -1 : 1;
    return (x->left > y->left) - (x->left < y->left);
}

int merges_read(struct merges *m, struct book *b, const char *part)
{
    const struct part_handler to = {m, start, end, NULL, true};
    *m = (struct merges){.b = b};
    bool found;
    int rc = package_holds(b, part, "mergeCell", &found);
    if (rc != 0 || !found)
        return rc;
    rc = package_part(b, part, false, &to);
    if (rc != 0 || m->n == 0)
        return rc;
    qsort(m->list, m->n, sizeof *m->list, by_top);
    m->covered = calloc(XLSX_COLUMNS + 1, sizeof *m->covered);
    return m->covered == NULL ? nomem(b) : 0;
}

void merges_free(struct merges *m)
{
    free(m->list);
    free(m->covered);
}

void merges_row(struct merges *m, uint32_t row)
{
    for (; m->next < m->n && m->list[m->next].top <= row; m->next++) {
        const struct merge *merge = &m->list[m->next];
        for (uint32_t c = merge->left; c <= merge->right; c++)
            if (m->covered[c] < merge->bottom)
                m->covered[c] = merge->bottom;
    }
}

/* The top left of a merged cell is found among those that begin in its row, which were met last. */
bool merges_cover(const struct merges *m, uint32_t row, uint32_t column)
{
    if (m->covered == NULL || m->covered[column] < row)
        return false;
    uint32_t low = 0, high = m->next;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const struct merge *at = &m->list[middle];
        if (at->top == row && at->left == column)
            return false;
        if (at->top < row || (at->top == row && at->left < column))
            low = middle + 1;
        else
            high = middle;
    }
    return true;
}
