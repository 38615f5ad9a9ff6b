/*
 * test_console.c - typed lines without memory: each allocation of opening a console and running a
 * few lines fails once. What follows is a refusal that says so or the very same text; nothing
 * leaks.
 */
#include "check.h"

#include <stdbool.h>

#include <steelyard/steelyard.h>

#include "fail_alloc.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { STRIDE = 7 }; /* ten times slower; all of them are tried without */
#else
enum { STRIDE = 1 };
#endif

static const struct {
    const char *line, *text;
    int more;
} lines[] = {
    {"1 + 1, 'a'", "2\ta\n", 0},
    {"x = {", "", 1},
    {"b = 1, 'c' }", "", 0},
    {"x", "{\n  [1] = \"c\",\n  b = 1,\n}\n", 0},
    {"sy.tiers { { 90, 1 } }", "tiers{ {90, 1} }\n", 0},
    {"rules('sme_support').indicator['output.quantity.*']", "completion{ over = 1.3 }\n", 0},
    {"funds", "{}\n", 0},
};
#define LINES (sizeof lines / sizeof *lines)

static bool says_memory(const sy_error *err)
{
    return err->status == SY_ENOMEM || strstr(err->message, "memory");
}

/* All lines, up to the first refusal. */
static sy_status run_lines(sy_error *err)
{
    const sy_run_options options = {.struct_size = sizeof options, .data = ".", .jobs = 1};
    sy_run *run = NULL;
    sy_console *console = NULL;
    sy_status status = sy_run_open(&run, NULL, &options, err);
    if (status == SY_OK)
        status = sy_console_open(&console, run, "help", err);
    for (size_t i = 0; i < LINES && status == SY_OK; i++) {
        int more = 0;
        status = sy_console_line(console, lines[i].line, &more, err);
        if (status == SY_OK) {
            assert_int_equal(more, lines[i].more);
            assert_string_equal(sy_console_text(console), lines[i].text);
        }
    }
    sy_console_close(console);
    sy_run_close(run);
    return status;
}

static void test_console__lines(void **state)
{
    sy_error err = {0};
    (void)state;
    if (run_lines(&err) != SY_OK)
        fail_msg("%s", err.message);
}

static void test_console__drop_forgets_what_waits(void **state)
{
    const sy_run_options options = {.struct_size = sizeof options, .data = "."};
    sy_run *run = NULL;
    sy_console *console = NULL;
    sy_error err = {0};
    int more = 0;
    (void)state;
    assert_int_equal(sy_run_open(&run, NULL, &options, &err), SY_OK);
    assert_int_equal(sy_console_open(&console, run, NULL, &err), SY_OK);
    assert_int_equal(sy_console_drop(console), 0);
    assert_int_equal(sy_console_line(console, "x = {", &more, &err), SY_OK);
    assert_int_equal(more, 1);
    assert_int_equal(sy_console_drop(console), 1);
    assert_int_equal(sy_console_line(console, "7", &more, &err), SY_OK);
    assert_int_equal(more, 0);
    assert_string_equal(sy_console_text(console), "7\n");
    assert_int_equal(sy_console_line(console, "error('x')", &more, &err), SY_EINPUT);
    assert_string_equal(err.file, "lua");
    assert_int_equal(err.line, 3);
    assert_string_equal(sy_console_text(console), "");
    sy_console_close(console);
    sy_run_close(run);
}

/* Whatever a line prints is paid, keys too: else it would print until there is no memory. */
static void test_console__long_keys_are_paid(void **state)
{
    const sy_run_options options = {.struct_size = sizeof options, .data = "."};
    sy_run *run = NULL;
    sy_console *console = NULL;
    sy_error err = {0};
    int more = 0;
    (void)state;
    assert_int_equal(sy_run_open(&run, NULL, &options, &err), SY_OK);
    assert_int_equal(sy_console_open(&console, run, NULL, &err), SY_OK);
    assert_int_equal(sy_console_line(console, "t = { [('a'):rep(1000000)] = 1 }", &more, &err),
                     SY_OK);
    assert_int_equal(sy_console_line(console, "for _ = 1, 200 do print(t) end", &more, &err),
                     SY_EINPUT);
    assert_non_null(strstr(err.message, "[limits]"));
    sy_console_close(console);
    sy_run_close(run);
}

static void test_console__each_allocation_fails_once(void **state)
{
    (void)state;
    if (!fail_alloc_works)
        skip();
    for (long n = 0;; n += STRIDE) {
        sy_error err = {0};
        const long alive = fail_alloc_alive, asked = fail_alloc_asked;
        fail_alloc_only = n;
        sy_status status = run_lines(&err);
        fail_alloc_only = -1;
        if (fail_alloc_counts && fail_alloc_alive != alive)
            fail_msg("allocation %ld: %ld blocks leak", n, fail_alloc_alive - alive);
        if (status != SY_OK && !says_memory(&err))
            fail_msg("allocation %ld: status %d: %s", n, (int)status, err.message);
        if (fail_alloc_asked - asked <= n) {
            assert_true(n > 500);
            return;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_console__lines),
        cmocka_unit_test(test_console__drop_forgets_what_waits),
        cmocka_unit_test(test_console__long_keys_are_paid),
        cmocka_unit_test(test_console__each_allocation_fails_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
