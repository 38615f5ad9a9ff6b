/*
 * sensitivity.h - how scores, grades and ranks depend on the weights.
 *
 * Attainments stay as they are. In each draw every indicator's weight is multiplied with a factor
 * from 1 - spread to 1 + spread, evenly drawn, the same for all funds; then the weights of each
 * level-1 branch are brought back to its points. A factor depends on the seed, the indicator's path
 * and the number of the draw alone: neither on other indicators and funds, nor on workers.
 */
#ifndef STAGE_SENSITIVITY_H
#define STAGE_SENSITIVITY_H

#include "stage/plan.h"
#include "stage/ranks.h"

#define DRAWS_MAX   1000000u
#define CELLS_MAX   ((uint64_t)1 << 27) /* scores of one type and year: funds × draws */
#define QUANTILE_LO 0.05
#define QUANTILE_HI 0.95

struct sensitivity_what {
    uint32_t draws;
    double spread; /* 0 to 1 */
    uint64_t seed;
    double edge; /* points */
};

/* The smallest value that at least a share of the draws does not pass. */
struct spread_of {
    double mean, sd, least, low, median, high, most; /* low, high: 5 % and 95 % */
};

/* A fund's results. */
struct sensitivity_fund {
    bool drawn;             /* it has a score: else nothing but this */
    bool ranked;            /* its status is `scored` */
    struct spread_of score; /* in points, each draw's rounded as the fund's score is */
    uint32_t first_chance;  /* in chances: one a grade of its yardstick; NO_ROW: it has no grade */
    double nograde;         /* share of draws below the lowest grade */
    uint32_t rank_low, rank_high, rank_best, rank_worst;
};

/* An indicator of a fund: what it comes to without it. */
struct sensitivity_item {
    double without; /* the fund's score, in points; NAN: nothing is left */
    uint32_t grade; /* then; NO_ROW: none */
};

/* An indicator of a type and year: how much its weight decides. */
struct sensitivity_path {
    uint32_t standard, path;
    uint32_t item;         /* some fund's, for its name */
    uint32_t funds;        /* that have it, with a weight and a score */
    double decides;        /* share of the scores' variance that goes with its weight; NAN: none */
    double mean, greatest; /* change of the score without it: mean size; the greatest, with sign */
    uint32_t regraded;     /* funds that have another grade without it */
};

/* Owns: all but the run. */
struct sensitivity {
    struct run *r;
    struct sensitivity_what what;
    struct sensitivity_fund *funds; /* by fund */
    double *chances;
    uint32_t nchances;
    struct sensitivity_item *items; /* by item */
    struct sensitivity_path *paths; /* by type and year as the data names them, the most decisive
                                       first */
    uint32_t npaths, paths_cap;
    struct ranks ranks; /* as scored */
};

/* Of a scored run. SY_EUSAGE where there are more funds and draws than are kept. */
sy_status sensitivity_open(struct sensitivity *out, struct run *r,
                           const struct sensitivity_what *what, sy_error *err);
void sensitivity_dispose(struct sensitivity *s);

/* The grade's bound that a score is nearest to, as far as `edge` points: its grade, and bound -
 * score. False: none. */
bool sensitivity_edge(const struct sensitivity *s, uint32_t fund, uint32_t *grade, double *points);

#endif
