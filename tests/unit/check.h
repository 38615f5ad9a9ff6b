/*
 * check.h - cmocka with what it lacks: doubles compared as doubles (cmocka 1.1.5 compares floats).
 */
#ifndef TESTS_CHECK_H
#define TESTS_CHECK_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define assert_score_equal(a, b)                                            \
    do {                                                                    \
        double check_a_ = (a), check_b_ = (b);                              \
        if (!(check_a_ == check_b_))                                        \
            fail_msg("%s = %.17g, expected %.17g", #a, check_a_, check_b_); \
    } while (0)

#define assert_near(a, b, within)                                           \
    do {                                                                    \
        double check_a_ = (a), check_b_ = (b);                              \
        if (!(fabs(check_a_ - check_b_) <= (within)))                       \
            fail_msg("%s = %.17g, expected %.17g", #a, check_a_, check_b_); \
    } while (0)

#define assert_text(a, b) assert_string_equal(a, b)

#endif
