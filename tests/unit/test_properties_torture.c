/*
 * test_properties_torture.c - laws of rules without memory: allocations of inventing, scoring,
 * making smaller and writing fail once each. What follows is a refusal that says so, or the very
 * same bytes; nothing leaks.
 */
#include "check.h"

#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include <steelyard/steelyard.h>

#include "fail_alloc.h"
#include "temp.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { STRIDE = 997 };
#else
enum { STRIDE = 31 }; /* a run takes tens of thousands */
#endif

#define OUTPUTS 3

static char paths[OUTPUTS][TEMP_MAX];
static char *expected[OUTPUTS];
static size_t expected_len[OUTPUTS];

static char *read_file(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    char *text = NULL;
    size_t cap = 0;
    if (!f)
        return NULL;
    ssize_t n = getdelim(&text, &cap, EOF, f);
    fclose(f);
    *len = n > 0 ? (size_t)n : 0;
    return text;
}

/* Everything once: as text, CSV and JSON. */
static sy_status do_everything(sy_error *err)
{
    static const char *const folders[] = {"tests/properties/torture"};
    const sy_tests_options options = {
        .struct_size = sizeof options, .data = ".", .language = "en", .jobs = 1, .properties = 1};
    sy_tests_counts counts = {.struct_size = sizeof counts};
    sy_tests *tests = NULL;
    sy_status status = sy_tests_open(&tests, folders, 1, &options, err);
    if (status != SY_OK)
        return status;
    sy_tests_count(tests, &counts);
    assert_int_equal(counts.files, 1);
    assert_int_equal(counts.cases, 3);
    assert_int_equal(counts.passed, 3);
    assert_int_equal(counts.rules, 3);
    assert_int_equal(counts.counterexamples, 2);
    status = sy_tests_print(tests, 0, paths[0], err);
    if (status == SY_OK)
        status = sy_tests_write(tests, "csv", paths[1], NULL, 0, err);
    if (status == SY_OK)
        status = sy_tests_write(tests, "json", paths[2], NULL, 0, err);
    sy_tests_close(tests);
    return status;
}

static void check_bytes(long n)
{
    for (size_t i = 0; i < OUTPUTS; i++) {
        size_t len = 0;
        char *text = read_file(paths[i], &len);
        if (!text || len != expected_len[i] || memcmp(text, expected[i], len) != 0)
            fail_msg("allocation %ld: output %zu has other bytes", n, i);
        free(text);
    }
}

static void test_properties_torture__each_allocation_fails_once(void **state)
{
    bool reached = true;
    long n = 0;
    (void)state;
    if (!fail_alloc_works)
        skip();
    for (; reached; n += STRIDE) {
        sy_error err = {0};
        long alive = fail_alloc_alive, asked = fail_alloc_asked;
        for (size_t i = 0; i < OUTPUTS; i++)
            unlink(paths[i]);
        fail_alloc_only = n;
        sy_status status = do_everything(&err);
        fail_alloc_only = -1;
        reached = fail_alloc_asked - asked > n;
        if (fail_alloc_counts && fail_alloc_alive != alive)
            fail_msg("allocation %ld: %ld blocks leak", n, fail_alloc_alive - alive);
        if (status == SY_OK)
            check_bytes(n);
        else if ((status != SY_ENOMEM && status != SY_ESYSTEM) || err.status != status ||
                 !err.message[0])
            fail_msg("allocation %ld: status %d, '%s'", n, (int)status, err.message);
    }
    assert_true(n > 1000);
}

static int prepare(void **state)
{
    sy_error err = {0};
    (void)state;
    for (size_t i = 0; i < OUTPUTS; i++) {
        strcpy(paths[i], "/dev/shm/steelyard-prove-XXXXXX"); /* where an fsync costs nothing */
        int fd = mkstemp(paths[i]);
        if (fd < 0)
            fd = mkstemp(temp_name(paths[i], "prove"));
        assert_true(fd >= 0);
        close(fd);
    }
    for (int i = 0; i < 2; i++) /* what libc keeps once it has it is kept before */
        if (do_everything(&err) != SY_OK)
            fail_msg("%s:%u: %s", err.file, (unsigned)err.line, err.message);
    for (size_t i = 0; i < OUTPUTS; i++) {
        expected[i] = read_file(paths[i], &expected_len[i]);
        assert_true(expected[i] && expected_len[i] > 0);
    }
    return 0;
}

static int clean_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < OUTPUTS; i++) {
        unlink(paths[i]);
        free(expected[i]);
    }
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_properties_torture__each_allocation_fails_once),
    };
    return cmocka_run_group_tests(tests, prepare, clean_up);
}
