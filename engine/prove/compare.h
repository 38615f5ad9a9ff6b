/*
 * compare.h - private to prove: a case's expectations against its results.
 */
#ifndef PROVE_COMPARE_H
#define PROVE_COMPARE_H

#include "base/buf.h"
#include "base/date.h"
#include "base/decimal.h"
#include "prove/prove.h"

/* A case while it is compared. */
struct comparing {
    struct run *run;
    struct prove_report *report; /* whose arena failures lie in */
    struct prove_result *result;
    bool zh;
    sy_error *err;
};

/* Adds what is not as expected to the result. */
sy_status compare_case(const struct comparing *c);
/* compare_findings.c: `finding`, `no_finding`, `error`; an error that none expects. */
sy_status compare_findings(const struct comparing *c);

/* One failure; texts are copied. `path` NULL: of the case's own indicator or the fund. */
sy_status compare_fail(const struct comparing *c, const char *path, const char *what,
                       const struct buf *expected, const struct buf *got, uint32_t item);
/* "{ 1, 2 }" */
void compare_pair(struct buf *out, double low, double high);
/* An item's sentence: how its attainment came about. */
sy_status compare_reason(struct buf *out, struct run *r, uint32_t fund, uint32_t item, bool zh,
                         sy_error *err);

/* order.c: the same cases in reverse order; what differs fails. */
sy_status order_check(struct prove_report *report, sy_error *err);

#endif
