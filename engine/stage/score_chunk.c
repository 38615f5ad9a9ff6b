/*
 * score_chunk.c - items of a chunk by the rules that grade them. Rules are few, but nothing says
 * so: each is found by its hash, items are sorted by counting.
 */
#include "stage/score_chunk.h"

#include <string.h>

void score_chunk_begin(struct score_chunk *c)
{
    c->nrules = c->nready = 0;
    c->rated = false;
    c->alike = true;
    memset(c->slots, 0xFF, sizeof c->slots); /* CHUNK_SETTLED */
}

/* Whether two rules are one formula: where they were declared makes no difference. */
static bool is_alike(const struct rule *a, const struct rule *b)
{
    struct rule x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    x.script = y.script = NULL;
    x.line = y.line = 0;
    return memcmp(&x, &y, sizeof x) == 0;
}

static void add_rule(struct score_chunk *c, const struct rule *rule)
{
    const bool kernel = rule->function == 0 && rule->nparts == 0;
    c->alike = c->alike && kernel && (c->nrules == 0 || is_alike(c->rules[0], rule));
    c->rules[c->nrules++] = rule;
}

uint16_t score_chunk_rule(struct score_chunk *c, const struct rule *rule)
{
    const uint64_t hash = (uint64_t)(uintptr_t)rule * 0x9E3779B97F4A7C15u;
    uint32_t at = (uint32_t)(hash >> 40) & (CHUNK_SLOTS - 1);
    while (c->slots[at] != CHUNK_SETTLED && c->rules[c->slots[at]] != rule)
        at = (at + 1) & (CHUNK_SLOTS - 1);
    if (c->slots[at] == CHUNK_SETTLED) {
        c->slots[at] = (uint16_t)c->nrules;
        add_rule(c, rule);
    }
    return c->slots[at];
}

void score_chunk_sort(struct score_chunk *c, const uint32_t *items, uint32_t n)
{
    memset(c->first, 0, (c->nrules + 1) * sizeof *c->first);
    for (uint32_t k = 0; k < n; k++)
        c->first[c->rule_of[items[k]] + 1]++;
    for (uint32_t rule = 0; rule < c->nrules; rule++)
        c->first[rule + 1] += c->first[rule];
    for (uint32_t k = 0; k < n; k++)
        c->order[c->first[c->rule_of[items[k]]]++] = items[k];
    for (uint32_t rule = c->nrules; rule > 0; rule--) /* each stands where the next begins */
        c->first[rule] = c->first[rule - 1];
    c->first[0] = 0;
}
