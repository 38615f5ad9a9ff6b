/*
 * law.c - the laws of rules, over points (see law.h).
 */
#include "prove/law.h"

#include <math.h>
#include <string.h>

#define WIDE   4 /* digits that nearness is worth */
#define SAME   1e-9
#define SMOOTH 1e-7 /* of a line through two points beside a bound, carried on to it */

const char *law_word(enum prove_law law)
{
    static const char *const words[LAWS] = {"monotone", "range", "units", "edges", "error"};
    return words[law];
}

/* The bound goes on as the line through the two points of its band does. */
static bool breaks_edge(const struct law_point *points)
{
    const double expected = 2 * points[1].attainment - points[2].attainment;
    return fabs(points[0].attainment - expected) > SMOOTH;
}

/* One side is scored, the other is not, or both are and differ. */
static bool differ(const struct law_point *points)
{
    const bool one = isnan(points[0].attainment), other = isnan(points[1].attainment);
    return one != other || (!one && fabs(points[0].attainment - points[1].attainment) > SAME);
}

bool law_broken(enum prove_law law, const struct law_point *points)
{
    switch (law) {
    case LAW_MONOTONE:
        return points[0].attainment > points[1].attainment + SAME;
    case LAW_RANGE:
        return !isnan(points[0].given);
    case LAW_UNITS:
        return differ(points);
    case LAW_EDGES:
        return breaks_edge(points);
    case LAW_ERROR:
        return points[0].failed;
    case LAWS:
        break;
    }
    return false;
}

/* How far apart two actuals are, of the larger: 0 to 2. */
static double find_width(double x, double y)
{
    const double larger = fmax(fabs(x), fabs(y));
    return larger > 0 ? fabs(x - y) / larger : 0;
}

/* Keeps the fault that takes the fewest digits; 79 and 80 show more than 8 and 80, though. */
static void offer(struct law_fault *best, const struct probes *probes, enum prove_law law,
                  const struct law_point *points, const size_t *at, size_t n)
{
    struct law_point own[LAW_POINTS_MAX];
    struct law_fault fault = {.law = law, .n = n};
    for (size_t i = 0; i < n; i++) {
        own[i] = points[at[i]];
        fault.points[i] = at[i];
        fault.cost += (double)strlen(probes->list[at[i]].text);
    }
    if (n > 1)
        fault.cost += WIDE * find_width(probes->list[at[0]].at, probes->list[at[1]].at);
    if ((best->n == 0 || fault.cost < best->cost) && law_broken(law, own))
        *best = fault;
}

/* Pairs of which the second is better. */
static void find_falls(struct law_fault *best, const struct probes *probes,
                       const struct law_point *points)
{
    for (size_t i = 0; i < probes->n; i++)
        for (size_t k = i + 1; k < probes->n; k++) {
            const size_t up[] = {i, k}, down[] = {k, i};
            if (probes->list[k].at <= probes->course.lo)
                offer(best, probes, LAW_MONOTONE, points, up, 2);
            if (probes->list[i].at >= probes->course.hi)
                offer(best, probes, LAW_MONOTONE, points, down, 2);
        }
}

size_t law_faults(struct law_fault out[LAWS], const struct probes *probes,
                  const struct law_point *points)
{
    struct law_fault best[LAWS] = {{.n = 0}};
    size_t n = 0;
    find_falls(&best[LAW_MONOTONE], probes, points);
    for (size_t i = 0; i < probes->n; i++) {
        offer(&best[LAW_RANGE], probes, LAW_RANGE, points, &i, 1);
        offer(&best[LAW_ERROR], probes, LAW_ERROR, points, &i, 1);
    }
    for (size_t i = 0; i < probes->nedges; i++) {
        const size_t at[] = {probes->edges[i].at, probes->edges[i].near, probes->edges[i].far};
        offer(&best[LAW_EDGES], probes, LAW_EDGES, points, at, 3);
    }
    for (size_t i = 0; i < LAWS; i++)
        if (best[i].n)
            out[n++] = best[i];
    return n;
}
