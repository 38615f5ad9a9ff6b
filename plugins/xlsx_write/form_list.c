/*
 * form_list.c - the indicators of a form in their order: by branch, as its merged cells want them.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "form.h"

static char *copy(const sy_cell *cell)
{
    const bool has = cell->type == SY_CELL_TEXT || cell->type == SY_CELL_DATA;
    return strndup(has ? cell->text : "", has ? cell->text_len : 0);
}

/* The first level of a path by its segment: labels may be alike. */
static bool find_branch(struct form *f, size_t *out, const sy_cell *path)
{
    size_t len = 0;
    while (len < path->text_len && path->text[len] != '.')
        len++;
    for (size_t i = 0; i < f->nbranches; i++)
        if (strlen(f->branches[i].segment) == len &&
            memcmp(f->branches[i].segment, path->text, len) == 0) {
            *out = i;
            return true;
        }
    *out = f->nbranches;
    f->branches[f->nbranches] = (struct form_branch){.segment = strndup(path->text, len)};
    return f->branches[f->nbranches].segment != NULL && ++f->nbranches > 0;
}

/* The place of the first indicator with the same two levels: they stand together. */
static size_t find_group(const struct form *f, size_t n)
{
    const struct form_item *own = &f->items[n];
    for (size_t i = 0; i < n; i++)
        if (f->items[i].branch == own->branch && strcmp(f->items[i].level2, own->level2) == 0)
            return f->items[i].group;
    return n;
}

/* Whether this is 预算执行率, and nothing but spending by budget, so that the block of money has
 * all that it is made of. */
static bool is_budget_row(const struct form *f, const struct tree *item)
{
    const double budget = form_fact(f, "budget"), spent = form_fact(f, "spent");
    sy_cell cell = tree_get(item, "path");
    if (!tree_is(&cell, "execution.rate"))
        return false;
    cell = tree_get(item, "actual_text");
    if (tree_has(&cell))
        return false;
    cell = tree_get(item, "read_actual");
    const double actual = tree_number(&cell);
    if (isnan(actual))
        return isnan(budget) || isnan(spent);
    return budget > 0 && fabs(spent / budget * 100 - actual) <= 1e-9 * (1 + fabs(actual));
}

static bool list_item(struct form *f, size_t index)
{
    const struct tree tree = form_item_tree(f, index);
    struct form_item *item = &f->items[index];
    sy_cell cell = tree_get(&tree, "level1");
    *item = (struct form_item){.index = index, .level1 = copy(&cell)};
    cell = tree_get(&tree, "level2");
    item->level2 = copy(&cell);
    f->nitems++;
    if (item->level1 == NULL || item->level2 == NULL)
        return false;
    cell = tree_get(&tree, "path");
    if (!find_branch(f, &item->branch, &cell))
        return false;
    cell = tree_get(&tree, "weight");
    item->weight = tree_number(&cell);
    cell = tree_get(&tree, "score");
    item->score = tree_number(&cell);
    item->included = !isnan(item->score) && !isnan(item->weight);
    cell = tree_get(&tree, "rating");
    f->has_ratings = f->has_ratings || tree_has(&cell);
    item->group = find_group(f, index);
    return true;
}

static int compare_items(const void *a, const void *b)
{
    const struct form_item *x = a, *y = b;
    if (x->branch != y->branch)
        return x->branch < y->branch ? -1 : 1;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static void sum_branches(struct form *f)
{
    for (size_t i = 0; i < f->nitems; i++) {
        struct form_branch *branch = &f->branches[f->items[i].branch];
        if (isnan(f->items[i].weight))
            continue;
        branch->weight += f->items[i].weight;
        branch->included += f->items[i].included ? f->items[i].weight : 0;
    }
}

bool form_list(struct form *f)
{
    const sy_cell items = tree_get(&f->fund, "indicators");
    const size_t n = tree_count(&items);
    f->items = calloc(n + 1, sizeof *f->items);
    f->branches = calloc(n + 1, sizeof *f->branches);
    if (f->items == NULL || f->branches == NULL)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!list_item(f, i))
            return false;
    qsort(f->items, f->nitems, sizeof *f->items, compare_items);
    f->budget = f->nitems;
    for (size_t i = 0; i < f->nitems && f->budget == f->nitems; i++) {
        const struct tree tree = form_item_tree(f, f->items[i].index);
        if (is_budget_row(f, &tree))
            f->budget = i;
    }
    sum_branches(f);
    return true;
}

void form_free(struct form *f)
{
    for (size_t i = 0; i < f->nitems; i++) {
        free(f->items[i].level1);
        free(f->items[i].level2);
    }
    for (size_t i = 0; i < f->nbranches; i++)
        free(f->branches[i].segment);
    free(f->items);
    free(f->branches);
}
