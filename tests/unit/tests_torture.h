/*
 * tests_torture.h - worked tests without memory: each place that allocates in reading, scoring,
 * comparing and writing fails, by whatever way it is reached. What follows is a refusal that says
 * so, or the very same bytes; nothing leaks. Include it in one file of a test program, which says
 * what is run.
 *
 * A way is the calls that lead to an allocation. Most are gone a hundred times, by Lua above all:
 * the first time stands for the rest.
 */
#ifndef TESTS_TESTS_TORTURE_H
#define TESTS_TESTS_TORTURE_H

#include "check.h"

#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>
#include <unwind.h>

#include <steelyard/steelyard.h>

#include "fail_alloc.h"
#include "temp.h"

/* What is run, and what comes of it where nothing fails. */
struct tortured {
    const char *folder;
    int coverage, properties;
    sy_tests_counts counts;
    size_t least;  /* ways that there are at the least */
    size_t stride; /* of the ways that are tried */
};

static const struct tortured *tortured;

#define CALLS       16         /* of a way */
#define WAYS        (1u << 16) /* a power of two, never nearly full */
#define ALLOCATIONS (WAYS / 2) /* that are tried */

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
    const sy_tests_options options = {.struct_size = sizeof options,
                                      .data = ".",
                                      .language = "en",
                                      .jobs = 1,
                                      .coverage = tortured->coverage,
                                      .properties = tortured->properties};
    sy_tests_counts counts = {.struct_size = sizeof counts};
    sy_tests *tests = NULL;
    sy_status status = sy_tests_open(&tests, &tortured->folder, 1, &options, err);
    if (status != SY_OK)
        return status;
    sy_tests_count(tests, &counts);
    assert_int_equal(counts.files, tortured->counts.files);
    assert_int_equal(counts.cases, tortured->counts.cases);
    assert_int_equal(counts.passed, tortured->counts.passed);
    assert_int_equal(counts.rules, tortured->counts.rules);
    assert_int_equal(counts.counterexamples, tortured->counts.counterexamples);
    status = sy_tests_print(tests, 0, paths[0], err);
    if (status == SY_OK)
        status = sy_tests_write(tests, "csv", paths[1], NULL, 0, err);
    if (status == SY_OK)
        status = sy_tests_write(tests, "json", paths[2], NULL, 0, err);
    sy_tests_close(tests);
    return status;
}

static uint64_t ways[WAYS];     /* hashes; 0: none */
static long tried[ALLOCATIONS]; /* numbers of the allocations that fail, from 0 */
static size_t ntried;
static long first_asked;

struct way {
    uint64_t hash;
    int calls;
};

static _Unwind_Reason_Code add_call(struct _Unwind_Context *call, void *ctx)
{
    struct way *way = ctx;
    way->hash = (way->hash ^ _Unwind_GetIP(call)) * 0x100000001b3u;
    return ++way->calls < CALLS ? _URC_NO_REASON : _URC_END_OF_STACK;
}

static uint64_t hash_way(void)
{
    struct way way = {.hash = 0xcbf29ce484222325u};
    (void)_Unwind_Backtrace(add_call, &way);
    return way.hash ? way.hash : 1;
}

/* An allocation of the run that shows the ways. */
static void note_way(long asked)
{
    fail_alloc_noted = NULL;
    const uint64_t hash = hash_way();
    size_t at = hash % WAYS;
    while (ways[at] != 0 && ways[at] != hash)
        at = (at + 1) % WAYS;
    if (ways[at] == 0) {
        assert_true(ntried < ALLOCATIONS);
        ways[at] = hash;
        tried[ntried++] = asked - first_asked;
    }
    fail_alloc_noted = note_way;
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

static void fail_once(long n)
{
    sy_error err = {0};
    const long alive = fail_alloc_alive;
    for (size_t i = 0; i < OUTPUTS; i++)
        unlink(paths[i]);
    fail_alloc_only = n;
    const sy_status status = do_everything(&err);
    const bool reached = fail_alloc_only < 0;
    fail_alloc_only = -1;
    if (!reached)
        fail_msg("allocation %ld is none", n);
    if (fail_alloc_counts && fail_alloc_alive != alive)
        fail_msg("allocation %ld: %ld blocks leak", n, fail_alloc_alive - alive);
    if (status == SY_OK)
        check_bytes(n);
    else if ((status != SY_ENOMEM && status != SY_ESYSTEM) || err.status != status ||
             !err.message[0])
        fail_msg("allocation %ld: status %d, '%s'", n, (int)status, err.message);
}

static void each_way_to_an_allocation_fails(void **state)
{
    sy_error err = {0};
    (void)state;
    if (!fail_alloc_works)
        skip();
    first_asked = fail_alloc_asked;
    fail_alloc_noted = note_way;
    assert_int_equal(do_everything(&err), SY_OK);
    fail_alloc_noted = NULL;
    for (size_t i = 0; i < ntried; i += tortured->stride)
        fail_once(tried[i]);
    assert_true(ntried >= tortured->least);
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

#endif
