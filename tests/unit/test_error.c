/*
 * test_error.c - the one error struct: what is written, what is cut, what errno becomes.
 */
#include "check.h"

#include <errno.h>

#include "base/error.h"

static void test_error__set_fills_every_field(void **state)
{
    (void)state;
    sy_error err;
    memset(&err, 0x7f, sizeof err);
    assert_int_equal(error_set(&err, SY_EINPUT, "a.csv", 14, "actual '%s' is bad", "12..5"),
                     SY_EINPUT);
    assert_int_equal(err.status, SY_EINPUT);
    assert_int_equal(err.line, 14);
    assert_int_equal(err.column, 0);
    assert_text(err.file, "a.csv");
    assert_text(err.message, "actual '12..5' is bad");
}

static void test_error__set_without_error_or_file(void **state)
{
    (void)state;
    sy_error err;
    assert_int_equal(error_set(NULL, SY_EABI, "x", 1, "%d", 1), SY_EABI);
    assert_int_equal(error_set(&err, SY_EUSAGE, NULL, 0, "no such format"), SY_EUSAGE);
    assert_text(err.file, "");
}

static void test_error__set_may_quote_itself(void **state)
{
    (void)state;
    sy_error err;
    error_set(&err, SY_EINPUT, "in.lua", 3, "inner");
    error_set(&err, SY_EINPUT, err.file, err.line, "outer: %s", err.message);
    assert_text(err.message, "outer: inner");
    assert_text(err.file, "in.lua");
    assert_int_equal(err.line, 3);
}

/* Cut texts end with a whole character, whatever its length and wherever the cut falls. */
static void test_error__set_cuts_at_characters(void **state)
{
    (void)state;
    static const char *const characters[] = {"x", "é", "绩", "𠀀"};
    char text[2 * SY_ERROR_MESSAGE_MAX];
    for (size_t c = 0; c < 4; c++) {
        size_t size = strlen(characters[c]);
        for (size_t lead = 0; lead < 4; lead++) {
            size_t len = lead;
            memset(text, 'a', lead);
            while (len + size < sizeof text) {
                memcpy(text + len, characters[c], size);
                len += size;
            }
            text[len] = '\0';
            sy_error err;
            error_set(&err, SY_EINPUT, text, 1, "%s", text);
            size_t message = (SY_ERROR_MESSAGE_MAX - 1 - lead) / size * size + lead;
            size_t file = (SY_ERROR_FILE_MAX - 1 - lead) / size * size + lead;
            assert_int_equal(strlen(err.message), message);
            assert_int_equal(strlen(err.file), file);
            assert_memory_equal(err.message, text, message);
            assert_memory_equal(err.file, text, file);
        }
    }
}

static void test_error__set_keeps_what_just_fits(void **state)
{
    (void)state;
    sy_error err;
    char text[SY_ERROR_FILE_MAX];
    memset(text, 'f', sizeof text);
    text[sizeof text - 1] = '\0';
    error_set(&err, SY_EFILE, text, 0, "%s", "m");
    assert_text(err.file, text);
}

static void test_error__nomem(void **state)
{
    (void)state;
    sy_error err;
    assert_int_equal(error_nomem(&err), SY_ENOMEM);
    assert_int_equal(err.status, SY_ENOMEM);
    assert_text(err.message, "out of memory");
    assert_text(err.file, "");
    assert_int_equal(error_nomem(NULL), SY_ENOMEM);
}

static void test_error__errno_says_what_and_why(void **state)
{
    (void)state;
    static const struct {
        int number;
        sy_status status;
        const char *file, *message;
    } cases[] = {
        {ENOENT, SY_EFILE, "a.ini", "cannot open: No such file or directory"},
        {EACCES, SY_EFILE, "a.ini", "cannot open: Permission denied"},
        {ENOSPC, SY_EFILE, "a.ini", "cannot open: No space left on device"},
        {99999, SY_EFILE, "a.ini", "cannot open: error 99999"},
        {ENOMEM, SY_ENOMEM, "", "out of memory"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sy_error err;
        assert_int_equal(error_errno(&err, "open", "a.ini", cases[i].number), cases[i].status);
        assert_int_equal(err.status, cases[i].status);
        assert_text(err.message, cases[i].message);
        assert_text(err.file, cases[i].file);
    }
    assert_int_equal(error_errno(NULL, "open", "a", ENOENT), SY_EFILE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_error__set_fills_every_field),
        cmocka_unit_test(test_error__set_without_error_or_file),
        cmocka_unit_test(test_error__set_may_quote_itself),
        cmocka_unit_test(test_error__set_cuts_at_characters),
        cmocka_unit_test(test_error__set_keeps_what_just_fits),
        cmocka_unit_test(test_error__nomem),
        cmocka_unit_test(test_error__errno_says_what_and_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
