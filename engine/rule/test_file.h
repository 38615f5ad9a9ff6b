/*
 * test_file.h - a file of worked tests, run in a sandbox of its own: the calls of test.case and
 * test.exempt with what they were given, as plain values. What they mean is not known here.
 */
#ifndef RULE_TEST_FILE_H
#define RULE_TEST_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "rule/script.h"
#include <steelyard/base.h>

enum test_kind { TEST_NUMBER, TEST_TEXT, TEST_BOOL, TEST_TABLE };

/* A value of the file. Members stand in the order of their keys: 1, 2, …, then names by byte. */
struct test_value {
    enum test_kind kind;
    const char *key; /* NULL: an element of a list, or no member */
    double num;      /* also BOOL: 0, 1 */
    const char *text;
    const struct test_value *members;
    size_t nmembers;
};

enum test_call_kind { TEST_CASE, TEST_EXEMPT };

/* test.case(name, given, expected), test.exempt(pattern, law, why). */
struct test_call {
    enum test_call_kind kind;
    uint32_t line;
    struct test_value arguments[3];
};

/* The calls in their order. Owns nothing: all lies in the arena it was read into. */
struct test_calls {
    const struct test_call *calls;
    size_t ncalls;
};

/* Runs the file. SY_EINPUT for what is wrong with it, with its line; SY_EFILE where it cannot be
 * read. */
sy_status test_file_run(struct test_calls *out, struct arena *arena,
                        const struct script_source *source, const struct sandbox_limits *limits,
                        sy_error *err);

#endif
