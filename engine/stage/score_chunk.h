/*
 * score_chunk.h - private to score: the items of one task as columns, and the rules that grade
 * them.
 */
#ifndef STAGE_SCORE_CHUNK_H
#define STAGE_SCORE_CHUNK_H

#include "stage/judge_plain.h"
#include "stage/task.h"

#define CHUNK_SLOTS   (2 * TASK_ITEMS) /* a power of two */
#define CHUNK_SETTLED UINT16_MAX       /* no rule is to run */
#define SCRIPT_ROWS   256u /* called at once: their results are still at hand when they are taken */

/* What a kernel reads and writes. */
struct score_columns {
    double actual[TASK_ITEMS], target[TASK_ITEMS], hi[TASK_ITEMS], attainment[TASK_ITEMS];
    uint8_t sign[TASK_ITEMS], notes[TASK_ITEMS];
};

/* Work space of one worker. */
struct score_chunk {
    struct judge_plain plain;
    struct score_columns items;           /* by item of the chunk, where a rule is to run */
    struct score_columns segment;         /* of the items that share one */
    bool known[TASK_ITEMS];               /* by item: its columns are what its own script sees */
    uint32_t fund[TASK_ITEMS];            /* by item */
    uint16_t rule_of[TASK_ITEMS];         /* by item: number of its rule; CHUNK_SETTLED */
    const struct rule *rules[TASK_ITEMS]; /* in order of their first items */
    uint16_t slots[CHUNK_SLOTS];          /* numbers of rules by their hash; CHUNK_SETTLED */
    uint32_t nrules;
    uint32_t nready; /* items that a rule is to grade */
    bool rated;      /* … one of them beside a rating */
    bool alike;      /* all rules are one formula, and a kernel's */
    uint32_t ready[TASK_ITEMS];
    uint32_t order[TASK_ITEMS];     /* by rule: order[first[k]..first[k + 1]) share rules[k] */
    uint32_t first[TASK_ITEMS + 1]; /* by rule */
    uint32_t entities[SCRIPT_ROWS], numbers[SCRIPT_ROWS]; /* for Lua functions */
    struct script_result results[SCRIPT_ROWS];
};

void score_chunk_begin(struct score_chunk *c);
/* The number of a rule, which is added when new. */
uint16_t score_chunk_rule(struct score_chunk *c, const struct rule *rule);
/* Puts n items, in rising order, into c->order by their rules. */
void score_chunk_sort(struct score_chunk *c, const uint32_t *items, uint32_t n);

#endif
