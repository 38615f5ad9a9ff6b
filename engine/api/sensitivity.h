/*
 * sensitivity.h - how results depend on weights, as views: steelyard.sensitivity/1, a row a fund or
 * an indicator for machines, and for people a table with what it comes to.
 */
#ifndef API_SENSITIVITY_H
#define API_SENSITIVITY_H

#include "api/report.h"
#include "stage/sensitivity.h"

/* Seen in one language. Owns: nothing. */
struct weighed {
    struct report *p;
    const struct sensitivity *s;
};

sy_view weighed_tree(const struct weighed *v);
sy_view weighed_funds(const struct weighed *v); /* the funds of the document */
sy_view weighed_rows(const struct weighed *v);
sy_view weighed_items(const struct weighed *v); /* a row an indicator of a fund */
sy_view weighed_people(const struct weighed *v);
/* Lines below the table for people. */
void weighed_closing(struct buf *out, const struct weighed *v);

/* The chance of the grade that a fund has; NAN: it has none. */
double weighed_chance(const struct sensitivity *s, uint32_t fund);

#endif
