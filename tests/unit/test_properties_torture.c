/*
 * test_properties_torture.c - laws of rules with each way to an allocation failing once.
 */
#include "tests_torture.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { STRIDE = 23 };
#else
enum { STRIDE = 1 };
#endif

int main(void)
{
    static const struct tortured what = {
        .folder = "tests/properties/torture",
        .properties = 1,
        .counts = {.files = 1, .cases = 3, .passed = 3, .rules = 3, .counterexamples = 2},
        .least = 500,
        .stride = STRIDE};
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_way_to_an_allocation_fails),
    };
    tortured = &what;
    return cmocka_run_group_tests(tests, prepare, clean_up);
}
