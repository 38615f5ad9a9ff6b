/*
 * test_kernel_edges.c - edges and direction of rules against the kernels themselves, walked in
 * small steps: wherever what a rule gives jumps there is an edge, it goes on at the side that owns
 * it, and no step against the direction gives more.
 */
#include "check.h"

#include "base/date.h"
#include "rule/kernel.h"
#include "rule/kernel_edges.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static struct rule make(enum rule_kind kind)
{
    return (struct rule){.kind = kind, .missing = NAN, .not_applicable = NAN, .of = 1, .per = 1};
}

static const struct rule_tier down_tiers[] = {{0, 1}, {10, 0.8}, {20, 0.6}, {30, 0.4}};
static const struct rule_tier up_tiers[] = {{60, 0.5}, {80, 0.8}, {90, 1}};
static const struct rule_tier hill_tiers[] = {{10, 0.5}, {20, 1}, {30, 0.5}, {40, 0}};
static const struct rule_tier valley_tiers[] = {{60, 0.8}, {80, 0.5}, {90, 1}};

static struct rule tiers(const struct rule_tier *list, size_t n, bool upper)
{
    struct rule rule = make(RULE_TIERS);
    rule.tiers = list;
    rule.ntiers = n;
    rule.upper = upper;
    return rule;
}

static struct rule deduct(double from, double per, double lose, int steps, int when)
{
    struct rule rule = make(RULE_DEDUCT);
    rule.of = 5;
    rule.from = from;
    rule.per = per;
    rule.lose = lose;
    rule.steps = steps;
    rule.when = when;
    return rule;
}

static double grade(const struct rule *rule, const struct kernel_against *against, double a)
{
    const uint8_t sign = (uint8_t)against->sign;
    double values[2], combined = NAN;
    const double *columns[2] = {&values[0], &values[1]};
    struct kernel_against own = *against;
    if (rule->kind == RULE_AGAINST_PREVIOUS)
        own.target = against->previous;
    for (size_t k = 0; k < rule->nparts; k++)
        values[k] = grade(rule->parts[k].rule, &own, a);
    if (rule->nparts) {
        kernel_combine(rule, 1, columns, &combined);
        return combined;
    }
    const struct kernel_rows rows = {1, &a, &against->target, &against->hi, &sign, &combined, NULL};
    kernel_run(rule, &rows);
    return combined;
}

/* Whether some edge lies from x to y. */
static bool has_edge(const struct kernel_edge *edges, size_t n, double x, double y)
{
    for (size_t i = 0; i < n; i++)
        if (edges[i].at >= x - 1e-9 && edges[i].at <= y + 1e-9)
            return true;
    return false;
}

/* From x to y in steps of 1/32, which doubles hold exactly. */
static void walk(const struct rule *rule, const struct kernel_against *against, double x, double y,
                 double step)
{
    struct kernel_edge edges[KERNEL_EDGES_MAX];
    const size_t n = kernel_edges(edges, rule, against);
    const struct kernel_course course = kernel_course(rule, against);
    double before = grade(rule, against, x);
    for (double a = x + step; a <= y; a += step) {
        const double now = grade(rule, against, a);
        if (fabs(now - before) > 0.04 && !has_edge(edges, n, a - step, a))
            fail_msg("%s jumps from %g to %g at %g, which is no edge", rule_name(rule->kind),
                     before, now, a);
        if (a <= course.lo && now < before - 1e-12)
            fail_msg("%s falls at %g, where more is better", rule_name(rule->kind), a);
        if (a - step >= course.hi && now > before + 1e-12)
            fail_msg("%s rises at %g, where less is better", rule_name(rule->kind), a);
        before = now;
    }
    for (size_t i = 0; i < n; i++) {
        const double side = edges[i].at + edges[i].own * (step < 1 ? 1e-7 : 1);
        if (edges[i].own)
            assert_near(grade(rule, against, edges[i].at), grade(rule, against, side), 1e-6);
        if (i)
            assert_true(edges[i].at > edges[i - 1].at);
    }
}

static void test_kernel_edges__kernels_jump_at_edges_only(void **state)
{
    (void)state;
    struct rule completion = make(RULE_COMPLETION), reverse = make(RULE_REVERSE);
    struct rule between = make(RULE_BETWEEN), efficacy = make(RULE_EFFICACY);
    struct rule violations = make(RULE_VIOLATIONS), pass_fail = make(RULE_PASS_FAIL);
    completion.pass = 0.6;
    reverse.linear = 1;
    between.lo = 20, between.hi = 40, between.width = 10;
    efficacy.satisfied = 80, efficacy.unacceptable = 30, efficacy.base = 0.6;
    violations.of = 3, violations.lose = 1;
    const struct rule rules[] = {completion,
                                 reverse,
                                 make(RULE_REVERSE),
                                 between,
                                 efficacy,
                                 violations,
                                 pass_fail,
                                 make(RULE_BY_SIGN),
                                 tiers(up_tiers, COUNT(up_tiers), false),
                                 tiers(down_tiers, COUNT(down_tiers), true),
                                 tiers(down_tiers, COUNT(down_tiers), false),
                                 tiers(hill_tiers, COUNT(hill_tiers), false),
                                 tiers(hill_tiers, COUNT(hill_tiers), true),
                                 deduct(50, 5, 1, STEPS_FLOOR, WHEN_ABOVE),
                                 deduct(50, 5, 1, STEPS_CEIL, WHEN_ABOVE),
                                 deduct(50, 5, 1, STEPS_PRORATA, WHEN_BELOW),
                                 deduct(50, 5, 1, STEPS_FLOOR, WHEN_BELOW),
                                 deduct(50, 5, 1, STEPS_CEIL, WHEN_EITHER),
                                 deduct(50, 5, 1, STEPS_FLOOR, WHEN_EITHER)};
    for (size_t i = 0; i < COUNT(rules); i++)
        for (int sign = RULE_SIGN_GE; sign <= RULE_SIGN_BETWEEN; sign++) {
            const struct kernel_against against = {
                .target = 50, .hi = 60, .previous = NAN, .sign = (enum rule_sign)sign};
            walk(&rules[i], &against, -8, 128, 1.0 / 32);
        }
}

static void test_kernel_edges__through_rules_of_rules(void **state)
{
    (void)state;
    struct rule completion = make(RULE_COMPLETION),
                fall = deduct(70, 5, 1, STEPS_FLOOR, WHEN_BELOW);
    struct rule reverse = make(RULE_REVERSE), least = make(RULE_LEAST), mean = make(RULE_AVERAGE);
    struct rule last_year = make(RULE_AGAINST_PREVIOUS);
    struct rule pass = make(RULE_PASS_FAIL);
    const struct rule_part both[] = {{&completion, 1}, {&fall, 3}};
    const struct rule_part torn[] = {{&completion, 1}, {&reverse, 1}};
    const struct rule_part inner[] = {{&pass, 1}};
    const struct rule_part deep[] = {{&last_year, 1}, {&completion, 1}};
    least.parts = both, least.nparts = 2;
    mean.parts = both, mean.nparts = 2;
    last_year.parts = inner, last_year.nparts = 1;
    const struct kernel_against against = {
        .target = 50, .hi = NAN, .previous = 40, .sign = RULE_SIGN_GE};
    walk(&least, &against, -8, 128, 1.0 / 32);
    walk(&mean, &against, -8, 128, 1.0 / 32);
    walk(&last_year, &against, -8, 128, 1.0 / 32);
    least.parts = deep;
    walk(&least, &against, -8, 128, 1.0 / 32);
    struct kernel_edge edges[KERNEL_EDGES_MAX];
    assert_int_equal(kernel_edges(edges, &least, &against), 2);
    assert_score_equal(edges[0].at, 40);
    assert_score_equal(edges[1].at, 50);
    mean.parts = torn; /* one wants more, the other less */
    const struct kernel_course course = kernel_course(&mean, &against);
    assert_true(course.lo == -INFINITY && course.hi == INFINITY);
}

static void test_kernel_edges__deadlines(void **state)
{
    (void)state;
    static const struct {
        int period;
        int y, m, d; /* the second edge after the deadline of 2019-12-31 */
    } cases[] = {{PER_DAY, 2020, 1, 2}, {PER_WEEK, 2020, 1, 8}, {PER_MONTH, 2020, 2, 1}};
    const double due = date_days(2019, 12, 31);
    const struct kernel_against against = {
        .target = due, .hi = NAN, .previous = NAN, .sign = RULE_SIGN_BY, .day = true};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct rule rule = make(RULE_DEADLINE);
        struct kernel_edge edges[KERNEL_EDGES_MAX];
        rule.lose = 0.25;
        rule.period = cases[i].period;
        assert_int_equal(kernel_edges(edges, &rule, &against), 5);
        assert_score_equal(edges[0].at, due);
        assert_score_equal(edges[1].at, due + 1);
        assert_score_equal(edges[2].at, date_days(cases[i].y, cases[i].m, cases[i].d));
        walk(&rule, &against, due - 10, due + 150, 1);
    }
}

static void test_kernel_edges__valleys_are_held_to_their_end(void **state)
{
    (void)state;
    const struct kernel_against against = {.target = NAN, .hi = NAN, .previous = NAN};
    const struct rule valley = tiers(valley_tiers, COUNT(valley_tiers), false);
    assert_true(kernel_course(&valley, &against).lo == INFINITY);
    const struct rule hill = tiers(hill_tiers, COUNT(hill_tiers), false);
    assert_score_equal(kernel_course(&hill, &against).lo, 20);
    assert_score_equal(kernel_course(&hill, &against).hi, 20);
}

static void test_kernel_edges__steps_without_end(void **state)
{
    (void)state;
    const struct kernel_against against = {.target = NAN, .hi = NAN, .previous = NAN};
    struct kernel_edge edges[KERNEL_EDGES_MAX];
    struct rule rule = deduct(0, 1, 1e-300, STEPS_FLOOR, WHEN_ABOVE);
    assert_true(kernel_edges(edges, &rule, &against) > 20);
    rule.lose = 0.01; /* 500 steps: the first and the last */
    const size_t n = kernel_edges(edges, &rule, &against);
    assert_int_equal(n, 41);
    assert_score_equal(edges[1].at, 1);
    assert_score_equal(edges[n - 1].at, 500);
    struct rule list = make(RULE_CHECKLIST);
    list.of = 5;
    assert_int_equal(kernel_edges(edges, &list, &against), 6);
    assert_true(kernel_course(&list, &against).whole);
}

static void test_kernel_edges__functions_by_sign(void **state)
{
    (void)state;
    const struct rule rule = make(RULE_FUNCTION);
    struct kernel_edge edges[KERNEL_EDGES_MAX];
    struct kernel_against against = {.target = 7, .hi = NAN, .previous = NAN};
    static const struct {
        enum rule_sign sign;
        bool up, down;
    } cases[] = {{RULE_SIGN_GE, true, false},          {RULE_SIGN_GT, true, false},
                 {RULE_SIGN_EQ, true, false},          {RULE_SIGN_LE, false, true},
                 {RULE_SIGN_LT, false, true},          {RULE_SIGN_BY, false, true},
                 {RULE_SIGN_QUALITATIVE, false, false}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        against.sign = cases[i].sign;
        const struct kernel_course course = kernel_course(&rule, &against);
        assert_int_equal(course.lo == INFINITY, cases[i].up);
        assert_int_equal(course.hi == -INFINITY, cases[i].down);
        assert_int_equal(kernel_edges(edges, &rule, &against), 1);
        assert_score_equal(edges[0].at, 7);
    }
    against.sign = RULE_SIGN_EQ;
    against.target = 0; /* = 0 must not be exceeded */
    assert_true(kernel_course(&rule, &against).hi == -INFINITY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kernel_edges__kernels_jump_at_edges_only),
        cmocka_unit_test(test_kernel_edges__through_rules_of_rules),
        cmocka_unit_test(test_kernel_edges__deadlines),
        cmocka_unit_test(test_kernel_edges__valleys_are_held_to_their_end),
        cmocka_unit_test(test_kernel_edges__steps_without_end),
        cmocka_unit_test(test_kernel_edges__functions_by_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
