/*
 * departments.h - the roll-up of a department's funds in a year (contract 5.7).
 */
#ifndef STAGE_DEPARTMENTS_H
#define STAGE_DEPARTMENTS_H

#include "stage/plan.h"

struct grade_count {
    const char *name;
    double bound; /* per cent of the full score: the highest of this name */
    uint32_t count;
};

/* Owns: grades. NAN where there is none. */
struct department {
    uint32_t department; /* word */
    int year;
    uint32_t nfunds;
    double weighted_mean, mean, coverage_by_money;
    int decimals;
    struct grade_count *grades; /* those that occur, the best first */
    size_t ngrades;
};

/* One a department and year, in order of the data, over the funds scored in this run. Left out are
 * funds without a department, and those that contain another fund of the same department. What a
 * fund spent weighs its score; one that does not tell, or tells less than 0, weighs nothing and is
 * outside the coverage too. */
sy_status departments_make(struct department **out, size_t *n, const struct run *r, sy_error *err);
void departments_free(struct department *departments, size_t n);
/* Findings about what funds spent: missing where others of the department tell, or negative. */
sy_status departments_check(struct run *r, sy_error *err);

#endif
