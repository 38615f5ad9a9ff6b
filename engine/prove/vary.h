/*
 * vary.h - a case changed in one thing: another actual, money in another unit, something left out.
 */
#ifndef PROVE_VARY_H
#define PROVE_VARY_H

#include "prove/prove.h"

/* Changed cases lie in the arena and share with the first what is the same; NULL: no memory. */

/* The case with a row of the indicator that carries its path and no judgement; *own is that row's
 * number. */
struct prove_case *vary_own(struct arena *arena, const struct prove_case *c, const struct run *r,
                            uint32_t item, size_t *own);
/* The same with another actual in its own row. */
struct prove_case *vary_actual(struct arena *arena, const struct prove_case *c, size_t own,
                               const char *actual);
/* Each amount of money in 元 or in 万元, this year's and last year's. *changed: some was written
 * otherwise. */
struct prove_case *vary_money(struct arena *arena, const struct prove_case *c, struct units *units,
                              const struct yardstick *yard, bool wan, bool *changed);
/* What a case may do without: its i-th part is left out; i is less than vary_parts. *own moves with
 * the rows. */
size_t vary_parts(const struct prove_case *c);
struct prove_case *vary_without(struct arena *arena, const struct prove_case *c, size_t i,
                                size_t *own);

/* A cell of a row; NULL: it has none. */
const char *vary_cell(const struct prove_row *row, const char *name);
/* The case as a test file has it, in three lines; `expected` stands between the braces of its third
 * part. A year that is not the file's `usual` one is said. */
void vary_print(struct buf *out, const struct prove_case *c, const char *name, int usual,
                const char *expected);

#endif
