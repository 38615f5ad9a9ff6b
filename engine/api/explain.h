/*
 * explain.h - how each point came about, as text for people.
 */
#ifndef API_EXPLAIN_H
#define API_EXPLAIN_H

#include "api/report.h"

/* A fund whole, or one of its indicators. */
void explain_fund(struct buf *out, struct report *p, uint32_t fund, const char *indicator);
/* The lines below a table: how many findings, the worst three, what to type next, as `program` is
 * called. */
void explain_closing(struct buf *out, struct report *p, const char *program);

/* The sum of a fund: explain_sum.c. */
void explain_sum(struct buf *out, struct report *p, uint32_t fund);
/* The facts that a function of the script reads for an item, a line each. `of_item`: an indicator's
 * function, else a measure or target. */
void explain_reads(struct buf *out, struct report *p, uint32_t fund, uint32_t item, int function,
                   bool of_item);
/* A number with at most nine significant digits: what a pocket calculator shows. */
void explain_number(struct buf *out, double x);
void explain_scaled(struct buf *out, int64_t scaled, int places);
/* "[file:line]" behind what stands on the line, or on a line of its own where it would pass 80
 * columns; line 0 is left out. */
void explain_place(struct buf *out, const char *file, uint32_t line);
/* A label padded to a common width. */
void explain_label(struct buf *out, const struct report *p, const char *zh, const char *en);

#endif
