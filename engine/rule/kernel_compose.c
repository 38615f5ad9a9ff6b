/*
 * kernel_compose.c - rules made of rules: what attainments of parts make together, and what such a
 * rule says where its parts have no numbers to go by.
 */
#include "rule/kernel.h"

#include <math.h>
#include <string.h>

#include "rule/kernel_parts.h"

static double find_least(const struct rule *rule, const double *const *parts, size_t i)
{
    double least = 1;
    for (size_t k = 0; k < rule->nparts; k++) {
        if (isnan(parts[k][i]))
            return NAN;
        least = parts[k][i] < least ? parts[k][i] : least;
    }
    return least;
}

/* Equal parts give exactly what each of them gives: 1 stays 1. */
static double find_average(const struct rule *rule, const double *const *parts, size_t i)
{
    double sum = 0, weights = 0;
    bool equal = true;
    for (size_t k = 0; k < rule->nparts; k++) {
        equal = equal && parts[k][i] == parts[0][i];
        sum += rule->parts[k].weight * parts[k][i];
        weights += rule->parts[k].weight;
    }
    return equal ? parts[0][i] : kernel_unit(sum / weights);
}

void kernel_combine(const struct rule *rule, size_t n, const double *const *parts,
                    double *attainment)
{
    for (size_t i = 0; i < n; i++) {
        if (rule->kind == RULE_AVERAGE)
            attainment[i] = find_average(rule, parts, i);
        else if (rule->kind == RULE_LEAST)
            attainment[i] = find_least(rule, parts, i);
        else
            attainment[i] = parts[0][i]; /* against_previous: its rule, with another target */
    }
}

enum rule_sign rule_previous_sign(enum rule_sign sign, bool day)
{
    if (day)
        return RULE_SIGN_BY;
    return sign >= RULE_SIGN_GE && sign <= RULE_SIGN_LE ? sign : RULE_SIGN_GE;
}

/* What the parts say of a case, together; nothing where one of them says nothing. */
static double combine_said(const struct rule *rule, double (*said)(const struct rule *rule))
{
    double values[RULE_PARTS_MAX], result = NAN;
    const double *columns[RULE_PARTS_MAX];
    if (rule->nparts == 0 || rule->nparts > RULE_PARTS_MAX)
        return NAN;
    for (size_t k = 0; k < rule->nparts; k++) {
        values[k] = said(rule->parts[k].rule);
        columns[k] = &values[k];
        if (isnan(values[k]))
            return NAN;
    }
    kernel_combine(rule, 1, columns, &result);
    return result;
}

double rule_missing(const struct rule *rule)
{
    return isnan(rule->missing) ? combine_said(rule, rule_missing) : rule->missing;
}

double rule_not_applicable(const struct rule *rule)
{
    return isnan(rule->not_applicable) ? combine_said(rule, rule_not_applicable)
                                       : rule->not_applicable;
}

bool rule_holds(const struct rule *rule, enum rule_kind kind)
{
    for (size_t k = 0; k < rule->nparts; k++)
        if (rule_holds(rule->parts[k].rule, kind))
            return true;
    return rule->kind == kind;
}

static bool copy_lists(struct arena *arena, struct rule *copy)
{
    if (copy->ntiers > 0) {
        struct rule_tier *tiers = arena_alloc(arena, copy->ntiers * sizeof *tiers);
        if (tiers == NULL)
            return false;
        memcpy(tiers, copy->tiers, copy->ntiers * sizeof *tiers);
        copy->tiers = tiers;
    }
    if (copy->nitems == 0)
        return true;
    struct rule_item *items = arena_alloc(arena, copy->nitems * sizeof *items);
    for (size_t i = 0; items != NULL && i < copy->nitems; i++) {
        items[i] = copy->items[i];
        items[i].mark = arena_strdup(arena, copy->items[i].mark);
        if (items[i].mark == NULL)
            return false;
    }
    copy->items = items;
    return items != NULL;
}

static bool copy_parts(struct arena *arena, struct rule *copy)
{
    if (copy->nparts == 0)
        return true;
    struct rule_part *parts = arena_alloc(arena, copy->nparts * sizeof *parts);
    for (size_t k = 0; parts != NULL && k < copy->nparts; k++) {
        parts[k] = copy->parts[k];
        parts[k].rule = rule_copy(arena, parts[k].rule);
        if (parts[k].rule == NULL)
            return false;
    }
    copy->parts = parts;
    return parts != NULL;
}

struct rule *rule_copy(struct arena *arena, const struct rule *rule)
{
    struct rule *copy = arena_alloc(arena, sizeof *copy);
    if (copy == NULL)
        return NULL;
    *copy = *rule;
    return copy_lists(arena, copy) && copy_parts(arena, copy) ? copy : NULL;
}
