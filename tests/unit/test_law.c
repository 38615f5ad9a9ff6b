/*
 * test_law.c - what breaks a law of rules, over points made by hand: standard rules keep them all,
 * so that only here a bound that is not in its band is seen.
 */
#include "check.h"

#include "prove/law.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static struct law_point at(double attainment)
{
    return (struct law_point){.attainment = attainment, .given = NAN};
}

static void test_law__broken(void **state)
{
    (void)state;
    static const struct {
        enum prove_law law;
        double a, b, c;
        bool broken;
    } cases[] = {
        {LAW_MONOTONE, 0.5, 0.5, 0, false},
        {LAW_MONOTONE, 0.5, 0.6, 0, false},
        {LAW_MONOTONE, 0.6, 0.5, 0, true},
        {LAW_MONOTONE, 0.5 + 1e-12, 0.5, 0, false}, /* the same figure */
        {LAW_MONOTONE, 0.5, NAN, 0, false},         /* not scored: not lower */
        {LAW_MONOTONE, NAN, 0.5, 0, false},
        {LAW_UNITS, 0.5, 0.5, 0, false},
        {LAW_UNITS, 0.5, 0.6, 0, true},
        {LAW_UNITS, NAN, NAN, 0, false},
        {LAW_UNITS, 0.5, NAN, 0, true},
        {LAW_EDGES, 0.8, 0.8, 0.8, false},
        {LAW_EDGES, 1, 0.8, 0.8, true},      /* a band, and its bound is in another */
        {LAW_EDGES, 0.8, 0.81, 0.82, false}, /* a slope that goes on */
        {LAW_EDGES, 0.79, 0.81, 0.82, true}, /* a slope that does not */
        {LAW_EDGES, 0.8, NAN, 0.8, false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct law_point points[LAW_POINTS_MAX] = {at(cases[i].a), at(cases[i].b),
                                                         at(cases[i].c)};
        if (law_broken(cases[i].law, points) != cases[i].broken)
            fail_msg("%s of %g, %g, %g", law_word(cases[i].law), cases[i].a, cases[i].b,
                     cases[i].c);
    }
    const struct law_point out = {.attainment = 1, .given = 1.2}, failed = {NAN, NAN, true};
    const struct law_point good = at(1);
    assert_true(law_broken(LAW_RANGE, &out) && !law_broken(LAW_RANGE, &good));
    assert_true(law_broken(LAW_ERROR, &failed) && !law_broken(LAW_ERROR, &good));
}

/* 1, 2, 10, 11 earn what is given, with more better up to `lo` and less better from `hi`. */
static size_t judge(struct law_fault faults[LAWS], double lo, double hi, const double earned[4])
{
    struct probe list[] = {{1, "1"}, {2, "2"}, {10, "10"}, {11, "11"}};
    struct probe_edge edges[] = {{2, 1, 0}};
    const struct probes probes = {list, COUNT(list), edges, COUNT(edges), {.lo = lo, .hi = hi}};
    struct law_point points[4];
    for (size_t i = 0; i < 4; i++)
        points[i] = at(earned[i]);
    return law_faults(faults, &probes, points);
}

static void test_law__direction(void **state)
{
    (void)state;
    struct law_fault faults[LAWS];
    const double rises[] = {0.4, 0.5, 0.6, 0.7}, falls[] = {0.8, 0.7, 0.6, 0.5};
    const double hill[] = {0.4, 0.6, 0.8, 0.5};
    assert_int_equal(judge(faults, INFINITY, INFINITY, rises), 0);
    assert_int_equal(judge(faults, -INFINITY, -INFINITY, rises), 1);
    assert_int_equal(judge(faults, -INFINITY, -INFINITY, falls), 0);
    assert_int_equal(judge(faults, INFINITY, INFINITY, falls), 1);
    assert_int_equal(judge(faults, -INFINITY, INFINITY, falls), 0); /* nothing is known */
    assert_int_equal(judge(faults, 10, 10, hill), 0);
    assert_int_equal(judge(faults, 11, 11, hill), 1);
    assert_int_equal(judge(faults, 2, 2, hill), 1);
}

/* Fewest digits: 1 and 2, not 10 and 11; of two pairs of one length the nearer. */
static void test_law__smallest(void **state)
{
    (void)state;
    struct law_fault faults[LAWS];
    const double falls[] = {0.8, 0.7, 0.6, 0.5}, jumps[] = {0.5, 0.6, 0.3, 0.6};
    assert_int_equal(judge(faults, INFINITY, INFINITY, falls), 1);
    assert_int_equal(faults[0].law, LAW_MONOTONE);
    assert_int_equal(faults[0].points[0], 0);
    assert_int_equal(faults[0].points[1], 1);
    assert_true(judge(faults, INFINITY, INFINITY, jumps) >= 1);
    assert_int_equal(faults[0].points[0], 1);
    assert_int_equal(faults[0].points[1], 2);
}

static void test_law__edges(void **state)
{
    (void)state;
    struct law_fault faults[LAWS];
    const double odd[] = {0.5, 0.5, 0.9, 0.9};
    assert_int_equal(judge(faults, -INFINITY, INFINITY, odd), 1);
    assert_int_equal(faults[0].law, LAW_EDGES);
    assert_int_equal(faults[0].points[0], 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_law__broken),
        cmocka_unit_test(test_law__direction),
        cmocka_unit_test(test_law__smallest),
        cmocka_unit_test(test_law__edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
