/*
 * test_pool.c - interned strings: dense ids, NUL bytes, growth, and no memory.
 */
#include "check.h"

#include <stdbool.h>

#include "base/pool.h"
#include "fail_alloc.h"

static void test_pool__empty(void **state)
{
    (void)state;
    struct pool p = {0};
    assert_int_equal(pool_find(&p, "a", 1), POOL_NONE);
    assert_null(pool_text(&p, POOL_NONE));
    assert_null(pool_text(&p, 0));
    assert_int_equal(pool_len(&p, 0), 0);
    assert_int_equal(pool_len(&p, POOL_NONE), 0);
    pool_dispose(&p);
    pool_dispose(&p);
}

static void test_pool__same_text_same_id(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        uint32_t id;
    } cases[] = {
        {"fund", 4, 0},     {"", 0, 1},         {"fund", 4, 0},      {NULL, 0, 1},
        {"fund\0a", 6, 2},  {"fund\0b", 6, 3},  {"fund\0a", 6, 2},   {"fund\0", 5, 4},
        {"\0", 1, 5},       {"\0\0", 2, 6},     {"绩效评价", 12, 7}, {"绩效", 6, 8},
        {"12345678", 8, 9}, {"1234567", 7, 10}, {"12345678", 8, 9},  {"123456789", 9, 11},
    };
    struct pool p = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t id = pool_intern(&p, cases[i].bytes, cases[i].len);
        assert_int_equal(id, cases[i].id);
        assert_int_equal(pool_find(&p, cases[i].bytes, cases[i].len), id);
        assert_int_equal(pool_len(&p, id), cases[i].len);
        if (cases[i].len)
            assert_memory_equal(pool_text(&p, id), cases[i].bytes, cases[i].len);
        assert_int_equal(pool_text(&p, id)[cases[i].len], 0);
    }
    assert_int_equal(p.count, 12);
    assert_int_equal(pool_intern_str(&p, "fund"), 0);
    assert_int_equal(pool_find(&p, "fun", 3), POOL_NONE);
    assert_int_equal(p.count, 12);
    assert_null(pool_text(&p, 12));
    pool_dispose(&p);
}

static void test_pool__a_million_stay_apart(void **state)
{
    (void)state;
    enum { N = 1000000 };
    struct pool p = {0};
    char text[32];
    for (uint32_t i = 0; i < N; i++) {
        int len = snprintf(text, sizeof text, "output.quantity.%u", i);
        if (pool_intern(&p, text, (size_t)len) != i)
            fail_msg("%s is not new", text);
    }
    for (uint32_t i = 0; i < N; i += 7) {
        int len = snprintf(text, sizeof text, "output.quantity.%u", i);
        if (pool_find(&p, text, (size_t)len) != i || strcmp(pool_text(&p, i), text) != 0 ||
            pool_len(&p, i) != (size_t)len)
            fail_msg("%s is lost", text);
    }
    assert_int_equal(p.count, N);
    assert_true((uint64_t)p.count * 10 <= (uint64_t)p.nslots * 7);
    pool_dispose(&p);
}

/* Texts alike in all but a byte, at each place, must not pile up: the longest run of taken slots
 * stays short. */
static void test_pool__spreads_similar_texts(void **state)
{
    (void)state;
    struct pool p = {0};
    char text[32];
    memset(text, '0', sizeof text);
    for (size_t at = 0; at < sizeof text; at++) {
        for (int c = 1; c < 256; c++) {
            text[at] = (char)c;
            assert_int_not_equal(pool_intern(&p, text, sizeof text), POOL_NONE);
        }
        text[at] = '0';
    }
    assert_int_equal(p.count, 32 * 254 + 1);
    uint32_t run = 0, longest = 0;
    for (uint32_t slot = 0; slot < p.nslots; slot++) {
        run = p.slots[slot] != POOL_NONE ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    assert_true(longest < 200);
    pool_dispose(&p);
}

/* What is interned may be a piece of a text of the pool, also when the pool has to move. */
static void test_pool__takes_its_own_pieces(void **state)
{
    (void)state;
    struct pool p = {0};
    char text[1500];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('a' + i * 7 % 26);
    uint32_t whole = pool_intern(&p, text, sizeof text);
    for (size_t skip = 1; skip < 1400; skip++) {
        uint32_t id = pool_intern(&p, pool_text(&p, whole) + skip, sizeof text - skip);
        assert_int_equal(pool_len(&p, id), sizeof text - skip);
        assert_memory_equal(pool_text(&p, id), text + skip, sizeof text - skip);
    }
    pool_dispose(&p);
}

static void test_pool__keeps_its_texts_when_one_does_not_fit(void **state)
{
    (void)state;
    if (!fail_alloc_works)
        skip();
    struct pool p = {0};
    assert_int_equal(pool_intern(&p, "", 0), 0);
    fail_alloc_after = 0;
    char text[2000] = {0};
    uint32_t id = pool_intern(&p, text, sizeof text);
    fail_alloc_after = -1;
    assert_int_equal(id, POOL_NONE);
    assert_int_equal(p.count, 1);
    pool_dispose(&p);
}

/* Whichever allocation fails, the pool keeps what it had and works on. */
static void test_pool__out_of_memory_loses_nothing(void **state)
{
    (void)state;
    if (!fail_alloc_works)
        skip();
    enum { N = 3000 };
    int failures = 0;
    for (long after = 0; after < 40; after++) {
        struct pool p = {0};
        char text[32];
        fail_alloc_after = after;
        for (uint32_t i = 0; i < N; i++) {
            int len = snprintf(text, sizeof text, "%u", i * 31);
            uint32_t id = pool_intern(&p, text, (size_t)len);
            if (id == POOL_NONE) {
                failures++;
                fail_alloc_after = -1;
                id = pool_intern(&p, text, (size_t)len);
            }
            if (id != i)
                fail_msg("%s has id %u", text, id);
        }
        fail_alloc_after = -1;
        for (uint32_t i = 0; i < N; i++) {
            snprintf(text, sizeof text, "%u", i * 31);
            assert_text(pool_text(&p, i), text);
            assert_int_equal(pool_find(&p, text, strlen(text)), i);
        }
        pool_dispose(&p);
    }
    assert_true(failures > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pool__empty),
        cmocka_unit_test(test_pool__same_text_same_id),
        cmocka_unit_test(test_pool__a_million_stay_apart),
        cmocka_unit_test(test_pool__spreads_similar_texts),
        cmocka_unit_test(test_pool__takes_its_own_pieces),
        cmocka_unit_test(test_pool__keeps_its_texts_when_one_does_not_fit),
        cmocka_unit_test(test_pool__out_of_memory_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
