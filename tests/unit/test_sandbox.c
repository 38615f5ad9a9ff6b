/*
 * test_sandbox.c - limits that no script escapes: every script of tests/sandbox says in its first
 * line what must become of it. A limit that did not hold would never end. Each is run twice, the
 * second time with its lines noted, which is another hook.
 *
 *     -- expect: limit             loading or rules.indicator["x"] ends with a limit
 *     -- expect: value             it ends with the attainment 1
 *     -- expect: again: TEXT       the first call gives 1, the second fails with TEXT
 *     -- expect: TEXT              loading or the call fails with TEXT, and no limit
 */
#include "check.h"
#include "script_fake.h"

#include "base/file.h"
#include "rule/coverage.h"
#include "rule/sandbox.h"

#define EXPECT "-- expect: "

static struct sandbox *open_sandbox(uint64_t instructions, uint64_t memory)
{
    struct sandbox *s = NULL;
    sy_error err = {0};
    const struct sandbox_limits limits = {instructions, memory};
    assert_int_equal(sandbox_open(&s, &limits, &err), SY_OK);
    return s;
}

static sy_status load(struct script **out, struct sandbox *s, const char *path, sy_error *err)
{
    const struct script_source layer = {.path = path, .shown = path, .lib = "tests/sandbox/lib"};
    return script_load(out, s, &layer, 1, NULL, 0, err);
}

static void call_x(struct script *script, struct script_result *result, struct arena *texts)
{
    struct fake fake = {.actual = 3500};
    const struct script_data data = fake_data(&fake);
    const struct rule *rule = NULL;
    const uint32_t fund = FUND, item = ITEM_X;
    sy_error err = {0};
    assert_int_equal(script_rule_of(&rule, script, "x", &err), SY_OK);
    assert_non_null(rule);
    script_run_items(script, rule->function, &data, &fund, &item, 1, result, texts);
}

static void expect_text(const char *path, const char *message, const char *expected)
{
    if (message == NULL || strstr(message, expected) == NULL)
        fail_msg("%s: '%s' does not say '%s'", path, message != NULL ? message : "(nothing)",
                 expected);
}

/* What the first line asks for, in `out`. */
static void read_expected(char *out, size_t cap, const char *path)
{
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    char line[256] = "";
    assert_non_null(fgets(line, sizeof line, f));
    fclose(f);
    line[strcspn(line, "\n")] = '\0';
    assert_memory_equal(line, EXPECT, strlen(EXPECT));
    snprintf(out, cap, "%s", line + strlen(EXPECT));
}

static void check_disabled(struct script *script, struct arena *texts)
{
    struct script_result result = {0};
    call_x(script, &result, texts);
    assert_int_equal(result.outcome, SCRIPT_DISABLED);
    assert_non_null(result.message);
}

static void check_call(struct script *script, const char *path, const char *expected)
{
    struct script_result result = {0};
    struct arena texts = {0};
    call_x(script, &result, &texts);
    if (strcmp(expected, "value") == 0) {
        if (result.outcome != SCRIPT_DONE)
            fail_msg("%s: %s", path, result.message != NULL ? result.message : "no value");
        assert_score_equal(result.value.num, 1);
    } else if (strncmp(expected, "again: ", 7) == 0) {
        assert_int_equal(result.outcome, SCRIPT_DONE);
        call_x(script, &result, &texts);
        assert_int_equal(result.outcome, SCRIPT_ERROR);
        expect_text(path, result.message, expected + 7);
    } else if (strcmp(expected, "limit") == 0) {
        assert_int_equal(result.outcome, SCRIPT_ERROR);
        expect_text(path, result.message, "[limits]");
        assert_true(result.limit);
        check_disabled(script, &texts);
    } else {
        assert_int_equal(result.outcome, SCRIPT_ERROR);
        expect_text(path, result.message, expected);
        expect_text(path, result.message, path); /* the place */
        assert_false(result.limit);
    }
    arena_dispose(&texts);
}

/* A good script in the sandbox of a bad one is none the worse for it. */
static void check_neighbour(struct script *neighbour)
{
    struct script_result result = {0};
    struct arena texts = {0};
    call_x(neighbour, &result, &texts);
    assert_int_equal(result.outcome, SCRIPT_DONE);
    assert_score_equal(result.value.num, 0.5);
    arena_dispose(&texts);
}

static void check_file(const char *path, struct coverage *coverage)
{
    struct script *script = NULL, *neighbour = NULL;
    struct sandbox *s = open_sandbox(1000000, 64u << 20);
    char expected[256];
    sy_error err = {0};
    sandbox_cover(s, coverage);
    read_expected(expected, sizeof expected, path);
    assert_int_equal(load(&neighbour, s, "tests/sandbox/neighbour/good.lua", &err), SY_OK);
    if (load(&script, s, path, &err) == SY_OK) {
        check_call(script, path, expected);
    } else {
        assert_int_equal(err.status, SY_EINPUT);
        assert_text(err.file, path);
        expect_text(path, err.message, strcmp(expected, "limit") == 0 ? "[limits]" : expected);
    }
    check_neighbour(neighbour);
    sandbox_close(s);
}

static void test_sandbox__holds_against_each_attack(void **state)
{
    (void)state;
    char **paths = NULL;
    size_t n = 0;
    sy_error err = {0};
    const char *only = getenv("SANDBOX_ONLY");
    assert_int_equal(file_glob(&paths, &n, only != NULL ? only : "tests/sandbox/*.lua", &err),
                     SY_OK);
    assert_true(only != NULL || n >= 40);
    for (size_t i = 0; i < n; i++) {
        struct coverage *coverage = NULL;
        assert_int_equal(coverage_create(&coverage, &err), SY_OK);
        check_file(paths[i], NULL);
        check_file(paths[i], coverage);
        coverage_free(coverage);
    }
    file_glob_free(paths, n);
}

/* Room for n bytes and not one more. */
static void test_sandbox__memory_limit_is_exact(void **state)
{
    (void)state;
    struct sandbox *s = open_sandbox(1000000, 1u << 20);
    const uint64_t room = (1u << 20) - s->used;
    assert_null(sandbox_alloc(s, NULL, 0, (size_t)room + 1));
    void *block = sandbox_alloc(s, NULL, 0, (size_t)room - 64);
    assert_non_null(block);
    assert_null(sandbox_alloc(s, block, (size_t)room - 64, (size_t)room + 1)); /* growth */
    block = sandbox_alloc(s, block, (size_t)room - 64, (size_t)room);
    assert_non_null(block);
    assert_int_equal(s->used, 1u << 20);
    assert_null(sandbox_alloc(s, NULL, 0, 1));
    sandbox_alloc(s, block, (size_t)room, 0);
    sandbox_close(s);
}

/* Whatever the limit, opening and loading either works or says so: each request fails once. */
static void test_sandbox__too_little_memory_is_an_error(void **state)
{
    (void)state;
    size_t opened = 0, loaded = 0;
    for (uint64_t memory = 0; memory < 200000; memory += 509) {
        const struct sandbox_limits limits = {1000000, memory};
        struct sandbox *s = NULL;
        struct script *script = NULL;
        sy_error err = {0};
        if (sandbox_open(&s, &limits, &err) != SY_OK) {
            assert_int_equal(err.status, SY_EINPUT);
            assert_non_null(strstr(err.message, "[limits]"));
            assert_null(s);
            continue;
        }
        opened++;
        if (load(&script, s, "tests/sandbox/neighbour/good.lua", &err) == SY_OK) {
            loaded++;
        } else {
            assert_int_equal(err.status, SY_EINPUT);
            assert_non_null(strstr(err.message, "[limits]"));
        }
        sandbox_close(s);
    }
    assert_true(opened > loaded && loaded > 0);
}

static void test_sandbox__budget_is_for_each_call(void **state)
{
    (void)state;
    struct sandbox *s = open_sandbox(20000, 8u << 20);
    struct script *script = NULL;
    struct script_result result = {0};
    struct arena texts = {0};
    sy_error err = {0};
    assert_int_equal(load(&script, s, "tests/sandbox/neighbour/long.lua", &err), SY_OK);
    for (int i = 0; i < 50; i++) {
        call_x(script, &result, &texts);
        assert_int_equal(result.outcome, SCRIPT_DONE);
    }
    arena_dispose(&texts);
    sandbox_close(s);
}

static void test_sandbox__limits_can_be_raised(void **state)
{
    (void)state;
    const uint64_t limits[] = {2000, 1000000, UINT64_MAX};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        struct sandbox *s = open_sandbox(limits[i], UINT64_MAX);
        struct script *script = NULL;
        struct script_result result = {0};
        struct arena texts = {0};
        sy_error err = {0};
        assert_int_equal(load(&script, s, "tests/sandbox/neighbour/long.lua", &err), SY_OK);
        call_x(script, &result, &texts);
        assert_int_equal(result.outcome, i == 0 ? SCRIPT_ERROR : SCRIPT_DONE);
        assert_int_equal(result.limit, i == 0);
        arena_dispose(&texts);
        sandbox_close(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sandbox__holds_against_each_attack),
        cmocka_unit_test(test_sandbox__memory_limit_is_exact),
        cmocka_unit_test(test_sandbox__too_little_memory_is_an_error),
        cmocka_unit_test(test_sandbox__budget_is_for_each_call),
        cmocka_unit_test(test_sandbox__limits_can_be_raised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
