/*
 * sheet.h - a standard rule as a spreadsheet computes it, for workbooks that go on calculating.
 *
 * The names a, t, lo and hi stand for the actual, the target and the ends of a range, in one unit,
 * dates as day numbers of the sheet. What the formula gives is what the kernel gives, but for
 * noise beyond the ninth decimal.
 */
#ifndef RULE_SHEET_H
#define RULE_SHEET_H

#include "rule/kernel.h"

#define SHEET_FORMULA_MAX 4000 /* bytes; Excel takes 8,192 characters with references put in */

/* Appends the attainment as an expression. False, and nothing appended: the rule is a function,
 * reads what a sheet has not (last year, marks of a list), or is too long. */
bool sheet_formula(struct buf *out, const struct rule *rule, enum rule_sign sign);

#endif
