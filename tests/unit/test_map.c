/*
 * test_map.c - the hot hash table against a plain array.
 */
#include "base/map.h"
#include "check.h"

static void test_map__empty(void **state)
{
    struct map m = {0};
    (void)state;
    assert_int_equal(map_get(&m, 0), MAP_NONE);
    assert_int_equal(map_get(&m, 7), MAP_NONE);
    map_dispose(&m);
}

/* Keys that differ only above or only below the middle, and 0 itself. */
static void test_map__keys(void **state)
{
    struct map m = {0};
    (void)state;
    for (uint32_t i = 0; i < 50000; i++) {
        assert_true(map_put(&m, map_key(i, 0), i));
        assert_true(map_put(&m, map_key(0, i + 1), i + 100000));
    }
    assert_int_equal(m.count, 100000);
    for (uint32_t i = 0; i < 50000; i++) {
        assert_int_equal(map_get(&m, map_key(i, 0)), i);
        assert_int_equal(map_get(&m, map_key(0, i + 1)), i + 100000);
    }
    assert_int_equal(map_get(&m, map_key(1, 1)), MAP_NONE);
    assert_int_equal(map_get(&m, UINT64_MAX), MAP_NONE);
    map_dispose(&m);
    assert_int_equal(m.count, 0);
}

static void test_map__put_again_replaces(void **state)
{
    struct map m = {0};
    (void)state;
    assert_true(map_put(&m, 5, 1));
    assert_true(map_put(&m, 5, 2));
    assert_int_equal(m.count, 1);
    assert_int_equal(map_get(&m, 5), 2);
    map_dispose(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_map__empty),
        cmocka_unit_test(test_map__keys),
        cmocka_unit_test(test_map__put_again_replaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
