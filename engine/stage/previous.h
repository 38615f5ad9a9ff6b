/*
 * previous.h - last year's actual of an indicator: the same fund, the same path, the year before.
 */
#ifndef STAGE_PREVIOUS_H
#define STAGE_PREVIOUS_H

#include "stage/plan.h"

struct previous {
    struct value value;
    const char *text; /* in `room`, or the dataset's */
    struct value_text room;
    uint32_t unit; /* what it and this year's actual are shown in: i.unit, else its own */
    struct place place;
};

/* False where there is no such row or measure, or what it tells is another thing (money against per
 * cent, a rise against a fall). */
bool item_previous(struct previous *out, const struct run *r, const struct fund *f, uint32_t item);
/* The same, and it is a number or a day, that may stand for a target. */
bool item_previous_target(struct previous *out, const struct run *r, const struct fund *f,
                          uint32_t item);
/* The item of a fund of a scored year, or r->nitems + row of another year's; SCRIPT_NO_ITEM. */
uint32_t item_at_path(const struct run *r, uint32_t entity, uint32_t path);

#endif
