/*
 * moved.h - two runs of one evaluation held against each other, for people.
 */
#ifndef API_MOVED_H
#define API_MOVED_H

#include <stdbool.h>

#include "base/buf.h"
#include "stage/plan.h"

/* A score as it is printed, or none. */
struct moved_points {
    bool has;
    int places;
    int64_t scaled; /* × 10^places */
};

/* An indicator whose score is not what it was. */
struct moved_item {
    const char *path;
    struct moved_points from, to;
};

double moved_value(const struct moved_points *p); /* 0 where there is none */
bool moved_differs(const struct moved_points *from, const struct moved_points *to);
/* "93.25 → 94.00", "no score → 94.00"; one of them where they are the same. */
void moved_put_points(struct buf *out, const struct moved_points *from,
                      const struct moved_points *to, bool zh);
/* "+0.75" */
void moved_put_change(struct buf *out, const struct moved_points *from,
                      const struct moved_points *to);
/* Indicators, the largest change first, as many as `width` columns (0: any) hold behind what `out`
 * has since its byte `line`. `alone`: the fund's own change, which one indicator need not repeat.
 * Sorts the items. */
void moved_put_items(struct buf *out, size_t line, struct moved_item *items, size_t n, double alone,
                     size_t width, bool zh);

/* moved_findings.c: how many findings are new and gone, the worst new ones. *any: there were. */
sy_status moved_findings(struct buf *out, bool *any, const struct run *before,
                         const struct run *after, bool zh, sy_error *err);

#endif
