/*
 * explain.h - how each point came about, as text for people.
 */
#ifndef API_EXPLAIN_H
#define API_EXPLAIN_H

#include "api/report.h"

/* A fund whole, or one of its indicators. */
void explain_fund(struct buf *out, struct report *p, uint32_t fund, const char *indicator);
/* The lines of an item's rule: as it is declared, the rating, the formula with its numbers. */
void explain_rule(struct buf *out, struct report *p, uint32_t fund, uint32_t item);
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
void explain_at(struct buf *out, const struct report *p, struct place place);
/* Whether a word names an item: its path, a branch of it, its name as the table writes it, or the
 * last part of its path. */
bool explain_means(const struct run *r, uint32_t item, const char *word);
/* The lines of target and actual, as written → as read: explain_values.c. */
void explain_target(struct buf *out, struct report *p, const struct fund *f, uint32_t item);
void explain_actual(struct buf *out, struct report *p, const struct fund *f, uint32_t item);
void explain_previous(struct buf *out, struct report *p, const struct fund *f, uint32_t item);
/* Behind a number that was written without its unit: which one it has, and from where. */
void explain_unit(struct buf *out, const struct report *p, const struct value *v, const char *text,
                  const char *from);
/* A label padded to a common width. */
void explain_label(struct buf *out, const struct report *p, const char *zh, const char *en);

#endif
