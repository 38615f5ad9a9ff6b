/*
 * compare.h - years side by side as views: steelyard.compare/1, a row a change or a driver for
 * machines, and for people a table with a sentence for each change.
 */
#ifndef API_COMPARE_H
#define API_COMPARE_H

#include "api/report.h"
#include "stage/compare.h"

/* A comparison seen in one language. Owns: nothing. */
struct compared {
    struct report *p;
    const struct compare *c;
};

/* Rows of the flat tables: a change each, and a fund of one year alone. */
struct compared_row {
    const struct compare_body *body;
    const struct compare_change *change; /* NULL: the fund has one year alone */
    uint32_t from, to;                   /* funds of the run; to NO_ROW: one year alone */
};
size_t compared_count(const struct compare *c);
void compared_row(struct compared_row *out, const struct compare *c, size_t row);
/* targets + weights + rules + indicators, × 10^decimals. */
int64_t compared_standard(const struct compare_change *change);

sy_view compared_tree(const struct compared *v);
sy_view compared_funds(const struct compared *v); /* the funds of the document */
sy_view compared_rows(const struct compared *v);
sy_view compared_drivers(const struct compared *v);        /* a row a driver */
sy_view compared_people_drivers(const struct compared *v); /* the same for people */
sy_view compared_people(const struct compared *v);
sy_view compared_people_lines(const struct compared *v); /* a row a fund, a line of its years */

/* The sentence of a change, without a line's end. */
void compared_say(struct buf *out, const struct compared *v, const struct compared_row *row);
/* Lines below the table for people. */
void compared_closing(struct buf *out, const struct compared *v);

/* "+2.10", "-0.55", "0.00". */
void compared_points(struct buf *out, int64_t scaled, int places);
/* "≥7000条次→≥7200条次": a driver's targets, or actuals, in both years. */
void compared_values(struct buf *out, const struct compared *v, const struct compare_driver *d,
                     bool target);
/* The judgement of an item; NULL: none. */
const char *compared_rating(const struct run *r, uint32_t item);
/* "优", or NULL; "2019" as the year of a fund. */
const char *compared_grade(const struct run *r, uint32_t fund);
int compared_year(const struct run *r, uint32_t fund);

#endif
