/*
 * test_buf.c - growable bytes and the arena, with and without memory.
 */
#include "check.h"

#include <stdalign.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "fail_alloc.h"

static void test_buf__empty_is_empty_text(void **state)
{
    (void)state;
    struct buf b = {0};
    assert_text(buf_text(&b), "");
    buf_clear(&b);
    buf_add(&b, NULL, 0);
    buf_str(&b, "");
    assert_text(buf_text(&b), "");
    assert_null(b.data);
    buf_dispose(&b);
}

static void test_buf__appends_and_keeps_nul_bytes(void **state)
{
    (void)state;
    struct buf b = {0};
    buf_str(&b, "ab");
    buf_char(&b, '\0');
    buf_add(&b, "cd\0e", 4);
    buf_printf(&b, "%d-%s", 7, "x");
    assert_int_equal(b.len, 10);
    assert_memory_equal(b.data, "ab\0cd\0e7-x", 11);
    buf_clear(&b);
    assert_text(buf_text(&b), "");
    assert_int_equal(b.len, 0);
    assert_true(b.cap > 0);
    buf_dispose(&b);
    assert_null(b.data);
}

/* Each length of what is added meets each amount of room left. */
static void test_buf__grows_at_every_edge(void **state)
{
    (void)state;
    char text[200];
    memset(text, 'y', sizeof text);
    for (size_t first = 0; first < 140; first++) {
        for (size_t more = 0; more < 140; more++) {
            struct buf b = {0}, p = {0};
            buf_add(&b, text, first);
            buf_add(&b, text, more);
            buf_printf(&p, "%.*s", (int)first, text);
            buf_printf(&p, "%.*s", (int)more, text);
            assert_int_equal(b.len, first + more);
            assert_int_equal(p.len, first + more);
            assert_int_equal(strlen(buf_text(&b)), first + more);
            assert_int_equal(strlen(buf_text(&p)), first + more);
            assert_true(b.len == 0 || b.cap > b.len);
            buf_dispose(&b);
            buf_dispose(&p);
        }
    }
}

static void test_buf__reserve_makes_room_once(void **state)
{
    (void)state;
    struct buf b = {0};
    assert_true(buf_reserve(&b, 1000));
    const char *data = b.data;
    assert_true(b.cap > 1000);
    for (int i = 0; i < 1000; i++)
        buf_char(&b, 'z');
    assert_ptr_equal(b.data, data);
    assert_true(buf_reserve(&b, 0));
    buf_dispose(&b);
}

static void test_buf__too_much_fails_and_sticks(void **state)
{
    (void)state;
    static const size_t sizes[] = {SIZE_MAX, SIZE_MAX - 1, SIZE_MAX / 2, SIZE_MAX / 2 - 4};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct buf b = {0};
        buf_str(&b, "kept");
        assert_false(buf_reserve(&b, sizes[i]));
        assert_true(b.failed);
        buf_str(&b, "dropped");
        buf_char(&b, 'd');
        buf_printf(&b, "dropped");
        assert_false(buf_reserve(&b, 1));
        assert_text(buf_text(&b), "kept");
        buf_clear(&b);
        buf_str(&b, "again");
        assert_false(b.failed);
        assert_text(buf_text(&b), "again");
        buf_dispose(&b);
    }
}

static void test_buf__out_of_memory(void **state)
{
    (void)state;
    if (!fail_alloc_works)
        skip();
    char text[500];
    memset(text, 'm', sizeof text);
    for (int how = 0; how < 2; how++) {
        struct buf b = {0};
        buf_str(&b, "before");
        fail_alloc_after = 0;
        if (how == 0)
            buf_add(&b, text, sizeof text);
        else
            buf_printf(&b, "%.*s", (int)sizeof text, text);
        fail_alloc_after = -1;
        assert_true(b.failed);
        assert_text(buf_text(&b), "before");
        buf_dispose(&b);
    }
}

/* Formats of texts alone go another way than those with numbers. */
static void test_buf__printf_of_texts(void **state)
{
    (void)state;
    struct buf b = {0};
    char expected[64];
    const char *volatile none = NULL;
    buf_printf(&b, "%s", "");
    assert_text(buf_text(&b), "");
    buf_printf(&b, "a%sb%%c%s%s%%", "", "指标", "x");
    buf_printf(&b, "100 %% %d %s", 7, "y");
    buf_printf(&b, "plain");
    assert_text(buf_text(&b), "ab%c指标x%100 % 7 yplain");
    buf_clear(&b);
    buf_printf(&b, "%s", none);
    snprintf(expected, sizeof expected, "%s", none);
    assert_text(buf_text(&b), expected);
    buf_dispose(&b);
}

static void test_arena__gives_zeroed_aligned_memory(void **state)
{
    (void)state;
    struct arena a = {0};
    size_t sizes[] = {0, 1, 15, 16, 17, 100, 2047, 2048, 2049, 4096, 5000, 70000, 3000000};
    for (int round = 0; round < 50; round++) {
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            unsigned char *p = arena_alloc(&a, sizes[i]);
            assert_non_null(p);
            assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
            for (size_t k = 0; k < sizes[i] && round < 5; k++)
                if (p[k])
                    fail_msg("byte %zu of %zu is not zero", k, sizes[i]);
            memset(p, 0xff, sizes[i]);
            char *odd = arena_copy(&a, "abc", round % 4);
            assert_int_equal(strlen(odd), round % 4);
        }
    }
    arena_dispose(&a);
    assert_null(a.head);
    arena_dispose(&a);
}

static void test_arena__copies_do_not_overlap(void **state)
{
    (void)state;
    struct arena a = {0};
    enum { N = 5000 };
    static char *copies[N];
    char text[40];
    for (int i = 0; i < N; i++) {
        snprintf(text, sizeof text, "%d:%.*s", i, i % 20, "abcdefghijklmnopqrst");
        copies[i] = arena_strdup(&a, text);
    }
    for (int i = 0; i < N; i++) {
        snprintf(text, sizeof text, "%d:%.*s", i, i % 20, "abcdefghijklmnopqrst");
        assert_text(copies[i], text);
    }
    char *bytes = arena_copy(&a, "a\0b", 3);
    assert_memory_equal(bytes, "a\0b", 4);
    assert_text(arena_copy(&a, NULL, 0), "");
    arena_dispose(&a);
}

/* A large piece leaves the room of the block in use to the small ones that follow. */
static void test_arena__large_piece_keeps_the_current_block(void **state)
{
    (void)state;
    struct arena a = {0};
    char *first = arena_copy(&a, "x", 1);
    assert_non_null(arena_alloc(&a, 1000000));
    char *second = arena_copy(&a, "y", 1);
    assert_ptr_equal(second, first + 2);
    arena_dispose(&a);
}

static void test_arena__refuses_what_cannot_be(void **state)
{
    (void)state;
    struct arena a = {0};
    assert_null(arena_alloc(&a, SIZE_MAX));
    assert_null(arena_alloc(&a, SIZE_MAX - 8));
    assert_null(arena_copy(&a, "x", SIZE_MAX));
    assert_non_null(arena_alloc(&a, 8));
    assert_null(arena_alloc(&a, SIZE_MAX));
    arena_dispose(&a);
}

static void test_arena__out_of_memory(void **state)
{
    (void)state;
    if (!fail_alloc_works)
        skip();
    struct arena a = {0};
    fail_alloc_after = 0;
    void *none = arena_alloc(&a, 8);
    fail_alloc_after = -1;
    assert_null(none);
    char *text = arena_strdup(&a, "kept");
    fail_alloc_after = 0;
    none = arena_alloc(&a, 100000);
    fail_alloc_after = -1;
    assert_null(none);
    assert_text(text, "kept");
    arena_dispose(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buf__printf_of_texts),
        cmocka_unit_test(test_buf__empty_is_empty_text),
        cmocka_unit_test(test_buf__appends_and_keeps_nul_bytes),
        cmocka_unit_test(test_buf__grows_at_every_edge),
        cmocka_unit_test(test_buf__reserve_makes_room_once),
        cmocka_unit_test(test_buf__too_much_fails_and_sticks),
        cmocka_unit_test(test_buf__out_of_memory),
        cmocka_unit_test(test_arena__gives_zeroed_aligned_memory),
        cmocka_unit_test(test_arena__copies_do_not_overlap),
        cmocka_unit_test(test_arena__large_piece_keeps_the_current_block),
        cmocka_unit_test(test_arena__refuses_what_cannot_be),
        cmocka_unit_test(test_arena__out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
