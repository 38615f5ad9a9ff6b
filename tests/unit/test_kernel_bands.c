/*
 * test_kernel_bands.c - the bands of tiers: how many, which one holds a value, what each is called.
 * They are held against plain comparisons, and against what the kernel gives.
 */
#include "check.h"

#include "rule/kernel.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const struct rule_tier spending[] = {{60, 2}, {70, 3}, {80, 4}, {90, 5}};
static const struct rule_tier growth[] = {{0, 5}, {10, 4}, {20, 3}, {30, 2}};
static const struct rule_tier floor_[] = {{0, 0}, {60, 0.5}, {90, 1}};
static const struct rule_tier ceiling[] = {{1, 1}, {5, 0.5}, {9, 0}};
static const struct rule_tier single[] = {{50, 1}};

struct bands_case {
    struct rule rule;
    size_t nbands;
    const char *names[5];
    double values[5]; /* one in each band */
    double edge;      /* belongs to band `of_edge`, within 1e-9 on either side */
    size_t of_edge;
};

#define TIERS(list, full, edge_)                                                             \
    {                                                                                        \
        .kind = RULE_TIERS, .of = full, .upper = edge_, .tiers = list, .ntiers = COUNT(list) \
    }

static const struct bands_case cases[] = {
    {TIERS(spending, 5, false),
     5,
     {"60 ≤ a < 70 → 2", "70 ≤ a < 80 → 3", "80 ≤ a < 90 → 4", "a ≥ 90 → 5", "a < 60 → 0"},
     {60, 75, 89.9, 1e300, -5},
     80,
     2},
    {TIERS(growth, 5, true),
     5,
     {"a ≤ 0 → 5", "0 < a ≤ 10 → 4", "10 < a ≤ 20 → 3", "20 < a ≤ 30 → 2", "a > 30 → 0"},
     {-3, 10, 11, 30, 31},
     10,
     1},
    /* what lies outside earns 0 as its neighbour does */
    {TIERS(floor_, 1, false),
     3,
     {"a < 60 → 0", "60 ≤ a < 90 → 0.5", "a ≥ 90 → 1"},
     {-1, 60, 90},
     90,
     2},
    {TIERS(ceiling, 1, true), 3, {"a ≤ 1 → 1", "1 < a ≤ 5 → 0.5", "a > 5 → 0"}, {1, 5, 100}, 5, 1},
    {TIERS(single, 1, false), 2, {"a ≥ 50 → 1", "a < 50 → 0"}, {50, 49}, 50, 0},
    {TIERS(single, 1, true), 2, {"a ≤ 50 → 1", "a > 50 → 0"}, {50, 51}, 50, 0},
};

static void test_kernel_bands__by_hand(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT(cases); k++) {
        const struct bands_case *c = &cases[k];
        struct buf name = {0};
        assert_int_equal(kernel_bands(&c->rule), c->nbands);
        for (size_t band = 0; band < c->nbands; band++) {
            buf_clear(&name);
            rule_print_band(&name, &c->rule, band);
            assert_text(buf_text(&name), c->names[band]);
            if (kernel_band(&c->rule, c->values[band]) != band)
                fail_msg("%g: band %zu, expected %s", c->values[band],
                         kernel_band(&c->rule, c->values[band]), c->names[band]);
        }
        assert_int_equal(kernel_band(&c->rule, c->edge), c->of_edge);
        assert_int_equal(kernel_band(&c->rule, c->edge + 5e-10), c->of_edge);
        assert_int_equal(kernel_band(&c->rule, c->edge - 5e-10), c->of_edge);
        const double beyond = c->rule.upper ? c->edge + 2e-9 : c->edge - 2e-9;
        assert_int_not_equal(kernel_band(&c->rule, beyond), c->of_edge);
        buf_dispose(&name);
    }
}

/* The points of a value's band are what the kernel gives for it. */
static void test_kernel_bands__agree_with_the_kernel(void **state)
{
    (void)state;
    for (size_t k = 0; k < COUNT(cases); k++) {
        const struct rule *rule = &cases[k].rule;
        for (double a = -20; a <= 120; a += 0.125) {
            double attainment = NAN;
            const size_t band = kernel_band(rule, a);
            const struct kernel_rows one = {.n = 1, .actual = &a, .attainment = &attainment};
            kernel_run(rule, &one);
            assert_true(band < kernel_bands(rule));
            assert_score_equal(attainment,
                               band < rule->ntiers ? rule->tiers[band].points / rule->of : 0);
        }
    }
}

static void test_kernel_bands__of_nothing(void **state)
{
    (void)state;
    const struct rule empty = {.kind = RULE_TIERS, .of = 1};
    const struct rule other = {.kind = RULE_COMPLETION, .of = 1};
    assert_int_equal(kernel_bands(&empty), 0);
    assert_int_equal(kernel_bands(&other), 0);
    assert_true(kernel_band(&other, 5) >= kernel_bands(&other));
    assert_true(kernel_band(&cases[0].rule, NAN) >= kernel_bands(&cases[0].rule));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kernel_bands__by_hand),
        cmocka_unit_test(test_kernel_bands__agree_with_the_kernel),
        cmocka_unit_test(test_kernel_bands__of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
