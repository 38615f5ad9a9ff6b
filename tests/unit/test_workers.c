/*
 * test_workers.c - tasks are done once each, taken in order, and fail as the lowest of them.
 */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/workers.h"

#define TASKS  500u
#define WINDOW 8u

struct ledger {
    uint32_t fails_from; /* tasks from here on fail that are divisible by 3 */
    uint32_t take_fails;
    uint32_t ran[TASKS];
    uint64_t slot[WINDOW];
    uint32_t taken;
};

/* Work whose length differs from task to task, so that they end out of order. */
static uint64_t compute(uint32_t task)
{
    uint64_t x = task;
    for (uint32_t i = 0; i < 100 + (task * 7919u) % 5000; i++)
        x = x * 6364136223846793005u + 1442695040888963407u;
    return x;
}

static sy_status run_task(void *ctx, unsigned worker, uint32_t task, sy_error *err)
{
    struct ledger *l = ctx;
    (void)worker;
    l->ran[task]++;
    if (task >= l->fails_from && task % 3 == 0)
        return error_set(err, SY_EINPUT, "file", task, "task %u", (unsigned)task);
    l->slot[task % WINDOW] = compute(task);
    return SY_OK;
}

static sy_status take_task(void *ctx, uint32_t task, sy_error *err)
{
    struct ledger *l = ctx;
    assert_int_equal(task, l->taken);
    if (task == l->take_fails)
        return error_set(err, SY_EFILE, NULL, 0, "cannot take");
    assert_true(l->slot[task % WINDOW] == compute(task));
    l->taken++;
    return SY_OK;
}

static const unsigned COUNTS[] = {1, 2, 3, 7};

static void test_workers__takes_each_once_in_order(void **state)
{
    (void)state;
    for (size_t c = 0; c < sizeof COUNTS / sizeof *COUNTS; c++) {
        struct workers *w = NULL;
        sy_error err;
        assert_int_equal(workers_open(&w, COUNTS[c], &err), SY_OK);
        assert_int_equal(workers_count(w), COUNTS[c]);
        for (int again = 0; again < 3; again++) {
            struct ledger l = {.fails_from = TASKS, .take_fails = TASKS};
            struct work work = {&l, run_task, take_task};
            assert_int_equal(workers_run(w, TASKS, WINDOW, &work, &err), SY_OK);
            assert_int_equal(l.taken, TASKS);
            for (uint32_t i = 0; i < TASKS; i++)
                assert_int_equal(l.ran[i], 1);
        }
        workers_close(w);
    }
}

static void test_workers__fails_as_the_lowest_task(void **state)
{
    (void)state;
    for (size_t c = 0; c < sizeof COUNTS / sizeof *COUNTS; c++) {
        struct workers *w = NULL;
        sy_error err;
        assert_int_equal(workers_open(&w, COUNTS[c], &err), SY_OK);
        struct ledger l = {.fails_from = 100, .take_fails = TASKS};
        struct work work = {&l, run_task, take_task};
        memset(&err, 0, sizeof err);
        assert_int_equal(workers_run(w, TASKS, WINDOW, &work, &err), SY_EINPUT);
        assert_int_equal(err.line, 102);
        assert_string_equal(err.message, "task 102");
        assert_int_equal(l.taken, 102);
        workers_close(w);
    }
}

static void test_workers__stops_where_nothing_can_be_taken(void **state)
{
    (void)state;
    for (size_t c = 0; c < sizeof COUNTS / sizeof *COUNTS; c++) {
        struct workers *w = NULL;
        sy_error err;
        assert_int_equal(workers_open(&w, COUNTS[c], &err), SY_OK);
        struct ledger l = {.fails_from = TASKS, .take_fails = 60};
        struct work work = {&l, run_task, take_task};
        assert_int_equal(workers_run(w, TASKS, WINDOW, &work, &err), SY_EFILE);
        assert_int_equal(l.taken, 60);
        for (uint32_t i = 60 + WINDOW; i < TASKS; i++)
            assert_int_equal(l.ran[i], 0);
        workers_close(w);
    }
}

static void test_workers__does_nothing_for_no_task(void **state)
{
    (void)state;
    struct workers *w = NULL;
    sy_error err;
    struct ledger l = {0};
    struct work work = {&l, run_task, take_task};
    assert_int_equal(workers_open(&w, 4, &err), SY_OK);
    assert_int_equal(workers_run(w, 0, WINDOW, &work, &err), SY_OK);
    assert_int_equal(l.taken, 0);
    workers_close(w);
    workers_close(NULL);
}

static void test_workers__as_many_as_processors(void **state)
{
    (void)state;
    assert_in_range(workers_available(), 1, 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_workers__takes_each_once_in_order),
        cmocka_unit_test(test_workers__fails_as_the_lowest_task),
        cmocka_unit_test(test_workers__stops_where_nothing_can_be_taken),
        cmocka_unit_test(test_workers__does_nothing_for_no_task),
        cmocka_unit_test(test_workers__as_many_as_processors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
