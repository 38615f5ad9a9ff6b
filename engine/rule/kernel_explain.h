/*
 * kernel_explain.h - what the explanations of rules share. Used by kernel_explain*.c only.
 */
#ifndef RULE_KERNEL_EXPLAIN_H
#define RULE_KERNEL_EXPLAIN_H

#include "base/number.h"
#include "rule/kernel.h"

struct explanation {
    struct buf *out;
    const struct rule *rule;
    double a, t, hi;
    bool zh;
};

/* A number ready to print; it lives as long as the call that it is an argument of. */
struct shown {
    char text[NUMBER_TEXT_MAX + 8];
};

static inline const char *explain_word(const struct explanation *e, const char *en, const char *zh)
{
    return e->zh ? zh : en;
}

/* As printf, with texts alone: %s. */
void explain_write(const struct explanation *e, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct shown explain_show(double x);
struct shown explain_brief(double x);  /* at most nine significant digits after the point */
struct shown explain_result(double x); /* "= 0.8", "≈ 0.857142857" */

/* kernel_explain_actual.c: rules that read the actual alone. */
void explain_actual_rule(const struct explanation *e);
/* "(5 − 0.5 × 8) ÷ 5 = 0.2" */
void explain_left(const struct explanation *e, double count);

#endif
