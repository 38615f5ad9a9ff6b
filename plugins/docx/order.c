/*
 * order.c - the order of funds: those that contain others first, as a report on a department has
 * it, then the rest; within each as in the data.
 */
#include <stdlib.h>
#include <string.h>

#include "docx.h"

#define KEY_MAX 256

/* Keys of funds that contain others, each once. Owns: keys. */
struct wholes {
    char (*keys)[KEY_MAX];
    size_t n, cap;
};

static bool has_key(const struct wholes *w, const char *key)
{
    for (size_t i = 0; i < w->n; i++)
        if (strcmp(w->keys[i], key) == 0)
            return true;
    return false;
}

static bool add_key(struct wholes *w, const char *key)
{
    if (w->n == w->cap) {
        const size_t cap = w->cap ? 2 * w->cap : 16;
        void *grown = realloc(w->keys, cap * sizeof *w->keys);
        if (grown == NULL)
            return false;
        w->keys = grown;
        w->cap = cap;
    }
    strcpy(w->keys[w->n++], key);
    return true;
}

static bool list_wholes(struct doc *d, struct wholes *w)
{
    char key[KEY_MAX];
    for (size_t i = 0; i < d->funds.count; i++) {
        const sy_cell cell = view_get(&d->funds, i, "part_of");
        view_copy(&cell, key, sizeof key);
        if (key[0] != '\0' && !has_key(w, key) && !add_key(w, key))
            return false;
    }
    return true;
}

static void put_funds(struct doc *d, const struct wholes *w, bool whole, size_t *n)
{
    char key[KEY_MAX];
    for (size_t i = 0; i < d->funds.count; i++) {
        const sy_cell cell = view_get(&d->funds, i, "fund");
        view_copy(&cell, key, sizeof key);
        if (has_key(w, key) == whole)
            d->order[(*n)++] = i;
    }
}

void order_funds(struct doc *d)
{
    struct wholes w = {0};
    size_t n = 0;
    d->order = calloc(d->funds.count + 1, sizeof *d->order);
    if (d->order == NULL || !list_wholes(d, &w)) {
        html_fail(d, SY_ENOMEM, "out of memory");
    } else {
        put_funds(d, &w, true, &n);
        d->nwholes = n;
        put_funds(d, &w, false, &n);
    }
    for (size_t i = 1; i < d->funds.count; i++)
        d->years =
            d->years || view_integer(&d->funds, i, "year") != view_integer(&d->funds, 0, "year");
    free(w.keys);
}

size_t order_sections(const struct doc *d)
{
    return d->funds.count < d->sections ? d->funds.count : d->sections;
}

void order_left_out(struct doc *d)
{
    if (d->funds.count <= d->sections)
        return;
    html_open(d, "Table Note");
    html_sayf(d,
              "评价对象共%zu个，此处只列前%zu个，其余%zu个未列：其数字见同一评价输出的 xlsx 或 csv "
              "文件（steelyard "
              "score --format xlsx、--format csv）；--option funds=N 可多列。",
              "There are %zu funds, of which the first %zu stand here and %zu are left out: their "
              "figures are in the xlsx or csv output of the same evaluation (steelyard score "
              "--format xlsx, --format csv); --option funds=N shows more of them.",
              d->funds.count, order_sections(d), d->funds.count - order_sections(d));
    html_close(d, "Table Note");
}
