/*
 * departments.h - the roll-up of a department's funds in a year (contract 5.7).
 */
#ifndef STAGE_DEPARTMENTS_H
#define STAGE_DEPARTMENTS_H

#include "stage/plan.h"

struct grade_count {
    const char *name;
    uint32_t count;
};

/* Owns: grades. NAN where there is none. */
struct department {
    uint32_t department; /* word */
    int year;
    uint32_t nfunds;
    double weighted_mean, mean, coverage_by_money;
    int decimals;
    struct grade_count *grades; /* in order of first occurrence */
    size_t ngrades;
};

/* One a department and year, in order of the data. Funds that contain another, or name no
 * department, are left out. */
sy_status departments_make(struct department **out, size_t *n, const struct run *r, sy_error *err);
void departments_free(struct department *departments, size_t n);

#endif
