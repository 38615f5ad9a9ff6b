/*
 * improve.h - ways up as views: steelyard.improve/1, a row a change; and as text for people.
 */
#ifndef API_IMPROVE_H
#define API_IMPROVE_H

#include "api/report.h"
#include "stage/improve.h"

/* A fund in each of its years. Owns: ways. */
struct improved {
    struct run *r;
    struct improve_fund *ways;
    uint32_t nways;
};

/* The same seen in one language. Owns: nothing. */
struct shown_ways {
    struct report *p;
    const struct improved *i;
};

void improved_dispose(struct improved *i);
sy_view improved_tree(const struct shown_ways *v);
sy_view improved_funds(const struct shown_ways *v);
sy_view improved_rows(const struct shown_ways *v);
void improved_print(struct buf *out, const struct shown_ways *v);

#endif
