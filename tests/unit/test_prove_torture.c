/*
 * test_prove_torture.c - cases and coverage with each way to an allocation failing once.
 */
#include "tests_torture.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { STRIDE = 7 };
#else
enum { STRIDE = 1 };
#endif

int main(void)
{
    static const struct tortured what = {.folder = "tests/torture",
                                         .coverage = 1,
                                         .counts = {.files = 1, .cases = 5, .passed = 2},
                                         .least = 500,
                                         .stride = STRIDE};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_way_to_an_allocation_fails),
    };
    tortured = &what;
    return cmocka_run_group_tests(tests, prepare, clean_up);
}
