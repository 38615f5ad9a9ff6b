/*
 * test_outcomes.c - columns that are kept small give back what was put into them.
 */
#include <math.h>
#include <stdlib.h>

#include "check.h"
#include "model/dataset.h"

#define ROWS 3000u

static uint64_t seed = 20191231;

static uint64_t draw(uint64_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (seed >> 11) % n;
}

/* As written: so many digits and decimals, read by the C library. */
static double draw_number(uint64_t most, unsigned *places)
{
    char text[64];
    *places = (unsigned)draw(8);
    snprintf(text, sizeof text, "%llue-%u", (unsigned long long)draw(most), *places);
    return strtod(text, NULL);
}

static uint32_t shape_with(struct outcomes *o, unsigned target, unsigned actual)
{
    struct outcome_shape shape = {.target = {UNIT_NONE, VALUE_NUMBER, 0, 0, (uint8_t)target},
                                  .actual = {UNIT_NONE, VALUE_NUMBER, 0, 0, (uint8_t)actual}};
    return outcomes_shape(o, &shape);
}

/* Rows of two numbers, of which those from `odd` on now and then fit nothing small. */
static void fill(struct outcomes *o, double numbers[][OUTCOME_SIDES], uint32_t odd)
{
    static const double others[] = {-0.5,     -0.0,        42949672.96, 1e300, 0.1234567890123,
                                    INFINITY, 4294967296.0};
    for (uint32_t row = 0; row < ROWS; row++) {
        unsigned places[OUTCOME_SIDES];
        assert_true(outcomes_reserve(o, 1));
        for (int side = 0; side < OUTCOME_SIDES; side++) {
            numbers[row][side] = draw_number((uint64_t)1 << 32, &places[side]);
            if (row >= odd && draw(50) == 0)
                numbers[row][side] = others[draw(sizeof others / sizeof *others)];
        }
        o->count++;
        assert_true(ids_set(&o->shape, row, shape_with(o, places[0], places[1]), o->cap));
        for (int side = 0; side < OUTCOME_SIDES; side++)
            assert_true(outcomes_set_number(o, (enum outcome_side)side, row, numbers[row][side],
                                            places[side]));
    }
}

static void check_numbers(const struct outcomes *o, uint32_t at, double numbers[][OUTCOME_SIDES])
{
    for (uint32_t row = 0; row < ROWS; row++) {
        const double target = outcomes_target(o, at + row).num;
        const double actual = outcomes_actual(o, at + row).num;
        assert_memory_equal(&target, &numbers[row][0], sizeof target);
        assert_memory_equal(&actual, &numbers[row][1], sizeof actual);
    }
}

/* The same doubles, bit for bit, whether the columns are narrow or wide, and once they are joined.
 */
static void test_outcomes__numbers(void **state)
{
    static double first[ROWS][OUTCOME_SIDES], second[ROWS][OUTCOME_SIDES];
    static const uint32_t odd[] = {0, ROWS / 2, ROWS};
    (void)state;
    for (size_t a = 0; a < 3; a++)
        for (size_t b = 0; b < 3; b++) {
            struct outcomes to = {0}, from = {0};
            fill(&to, first, odd[a]);
            fill(&from, second, odd[b]);
            assert_int_equal(to.side[SIDE_TARGET].wide != NULL, odd[a] < ROWS);
            check_numbers(&to, 0, first);
            check_numbers(&from, 0, second);
            assert_true(outcomes_reserve(&to, from.count));
            for (uint32_t i = 0; i < from.count; i++)
                assert_true(ids_set(&to.shape, to.count + i,
                                    outcomes_shape(&to, outcomes_shape_of(&from, i)), to.cap));
            assert_true(outcomes_join_numbers(&to, SIDE_TARGET, to.count, &from));
            assert_true(outcomes_join_numbers(&to, SIDE_ACTUAL, to.count, &from));
            to.count += from.count;
            check_numbers(&to, 0, first);
            check_numbers(&to, ROWS, second);
            outcomes_clear(&from, false);
            fill(&from, second, ROWS); /* narrow again */
            assert_null(from.side[SIDE_ACTUAL].wide);
            check_numbers(&from, 0, second);
            outcomes_dispose(&to);
            outcomes_dispose(&from);
        }
}

/* Exactly 32 bits, and one more. */
static void test_outcomes__last_that_fits(void **state)
{
    struct outcomes o = {0};
    (void)state;
    assert_true(outcomes_reserve(&o, 2));
    assert_true(ids_set(&o.shape, 0, shape_with(&o, 2, 0), o.cap));
    assert_true(outcomes_set_number(&o, SIDE_TARGET, 0, 42949672.95, 2));
    assert_non_null(o.side[SIDE_TARGET].digits);
    assert_true(ids_set(&o.shape, 1, shape_with(&o, 2, 0), o.cap));
    assert_true(outcomes_set_number(&o, SIDE_TARGET, 1, 42949672.96, 2));
    assert_null(o.side[SIDE_TARGET].digits);
    assert_true(outcomes_target(&o, 0).num == 42949672.95);
    assert_true(outcomes_target(&o, 1).num == 42949672.96);
    outcomes_dispose(&o);
}

static void test_outcomes__ids(void **state)
{
    static uint32_t expected[ROWS];
    (void)state;
    for (uint32_t most = 100; most < 10000000; most *= 10) {
        struct ids c = {0};
        assert_true(ids_grow(&c, ROWS / 2));
        for (uint32_t i = 0; i < ROWS; i++) {
            if (i == ROWS / 2)
                assert_true(ids_grow(&c, ROWS));
            expected[i] = (uint32_t)draw(most);
            assert_true(ids_set(&c, i, expected[i], i < ROWS / 2 ? ROWS / 2 : ROWS));
        }
        assert_int_equal(c.wide != NULL, most > 65536);
        for (uint32_t i = 0; i < ROWS; i++)
            assert_int_equal(ids_get(&c, i), expected[i]);
        assert_true(ids_same(&c, 7, 7, 9));
        assert_int_equal(ids_same(&c, 7, 8, 1), expected[7] == expected[8]);
        ids_dispose(&c);
    }
}

/* Whose rows are whose, and where they stand, against plain arrays. */
static void test_outcomes__runs(void **state)
{
    static struct place places[ROWS];
    static uint32_t owners[ROWS];
    struct outcomes o = {0};
    struct place place = {0, 1};
    (void)state;
    for (uint32_t i = 0; i < ROWS; i++) {
        place.line += draw(10) == 0 ? 1 + (uint32_t)draw(3) : 1;
        if (draw(100) == 0)
            place = (struct place){place.file + 1, 2};
        places[i] = place;
        owners[i] = (uint32_t)(draw(3) ? (i ? owners[i - 1] : 0) : draw(5));
        assert_true(outcomes_stand(&o, i, place));
        assert_true(outcomes_own(&o, i, owners[i]));
    }
    for (uint32_t i = 0, run = 0; i < ROWS; i++) {
        run += run + 1 < o.nowners && o.owners[run + 1].row == i;
        assert_int_equal(outcomes_place(&o, i).file, places[i].file);
        assert_int_equal(outcomes_place(&o, i).line, places[i].line);
        assert_int_equal(o.owners[run].entity, owners[i]);
        assert_int_equal(i == o.owners[run].row, i == 0 || owners[i] != owners[i - 1]);
    }
    outcomes_dispose(&o);
}

static bool is_plain(const char *text, double num, unsigned places)
{
    const struct value v = {
        .kind = VALUE_NUMBER, .unit = UNIT_NONE, .num = num, .places = (uint8_t)places};
    return outcomes_is_plain(&v, text, strlen(text));
}

/* A text is kept unless it is exactly what the number prints as. */
static void test_outcomes__plain_texts(void **state)
{
    (void)state;
    assert_true(is_plain("0", 0, 0));
    assert_true(is_plain("0.10", 0.1, 2));
    assert_true(is_plain("-5.20", -5.2, 2));
    assert_true(is_plain("999999999999999", 999999999999999.0, 0));
    assert_false(is_plain("9999999999999999", 9999999999999999.0, 0));
    assert_false(is_plain("007", 7, 0));
    assert_false(is_plain("+7", 7, 0));
    assert_false(is_plain("-0", 0, 0));
    assert_false(is_plain("7.", 7, 0));
    assert_false(is_plain(".5", 0.5, 1));
    assert_false(is_plain("1,000", 1000, 0));
    assert_false(is_plain("7 ", 7, 0));
    for (int i = 0; i < 20000; i++) {
        char text[64];
        const unsigned places = (unsigned)draw(15);
        const unsigned long long whole = (unsigned long long)draw((uint64_t)1000000000000000);
        snprintf(text, sizeof text, "%llu", whole);
        const size_t len = strlen(text);
        if (len <= places || len > 15)
            continue;
        if (places) {
            memmove(text + len - places + 1, text + len - places, places + 1);
            text[len - places] = '.';
        }
        assert_true(is_plain(text, strtod(text, NULL), places));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_outcomes__numbers),
        cmocka_unit_test(test_outcomes__last_that_fits),
        cmocka_unit_test(test_outcomes__ids),
        cmocka_unit_test(test_outcomes__runs),
        cmocka_unit_test(test_outcomes__plain_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
