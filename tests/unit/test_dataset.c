/*
 * test_dataset.c - columns that grow, rare columns, facts by name, findings with places.
 */
#include <math.h>

#include "check.h"
#include "model/dataset.h"

static struct dataset d;

static int begin(void **state)
{
    (void)state;
    return dataset_init(&d, NULL, NULL) == SY_OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    dataset_dispose(&d);
    return 0;
}

static uint32_t word(const char *text)
{
    uint32_t id = NO_WORD;
    assert_int_equal(dataset_word(&id, &d, text, strlen(text), NULL), SY_OK);
    return id;
}

static uint32_t entity(const char *fund, int year)
{
    uint32_t id = NO_ENTITY;
    struct place place = {word("data/funds.csv"), 2};
    assert_int_equal(dataset_entity(&id, &d, word(fund), year, place, NULL), SY_OK);
    return id;
}

static void test_dataset__entities_by_fund_and_year(void **state)
{
    (void)state;
    uint32_t a = entity("a", 2018), b = entity("a", 2019), c = entity("b", 2019);
    assert_int_equal(entity("a", 2018), a);
    assert_int_equal(d.nentities, 3);
    assert_true(a != b && b != c);
    assert_int_equal(dataset_find_entity(&d, word("a"), 2019), b);
    assert_int_equal(dataset_find_entity(&d, word("a"), 2020), NO_ENTITY);
    assert_true(isnan(d.entities[a].claimed));
    assert_int_equal(d.entities[a].type, NO_WORD);
}

/* Rare columns are there only once a row has one; rows before and after it have none. */
static void test_dataset__rare_columns(void **state)
{
    uint32_t row;
    (void)state;
    for (uint32_t i = 0; i < 5000; i++) {
        assert_int_equal(dataset_add_outcome(&row, &d, NULL), SY_OK);
        assert_int_equal(row, i);
        if (i == 1500)
            assert_int_equal(outcome_set_number(&d, OUTCOME_WEIGHT, i, 12.5, NULL), SY_OK);
    }
    assert_null(d.outcomes.numbers[OUTCOME_CLAIMED]);
    assert_null(d.outcomes.words[OUTCOME_NOTE]);
    for (uint32_t i = 0; i < 5000; i++)
        assert_int_equal(isnan(outcome_number(&d, OUTCOME_WEIGHT, i)), i != 1500);
    assert_score_equal(outcome_number(&d, OUTCOME_WEIGHT, 1500), 12.5);
    assert_true(isnan(outcome_number(&d, OUTCOME_WEIGHT, NO_ROW)));
    assert_int_equal(outcome_word(&d, OUTCOME_LABEL, 0), NO_WORD);
    assert_text(outcome_note(&d, 3), "");
    assert_int_equal(outcome_set_word(&d, OUTCOME_LABEL, 4999, 7, NULL), SY_OK);
    assert_int_equal(outcome_word(&d, OUTCOME_LABEL, 4999), 7);
    assert_int_equal(outcome_word(&d, OUTCOME_LABEL, 4998), NO_WORD);
}

static void test_dataset__cells_keep_their_text(void **state)
{
    uint32_t empty = 9, at;
    (void)state;
    assert_int_equal(dataset_cell(&empty, &d, "", 0, NULL), SY_OK);
    assert_int_equal(empty, 0);
    assert_text(d.cells.data + empty, "");
    assert_int_equal(dataset_cell(&at, &d, "≥735人次", strlen("≥735人次"), NULL), SY_OK);
    assert_text(d.cells.data + at, "≥735人次");
}

/* The first of two facts counts; the second is a finding that names both places. */
static void test_dataset__duplicate_fact(void **state)
{
    uint32_t fund = entity("f", 2019);
    struct fact fact = {.entity = fund,
                        .name = word("budget"),
                        .num = 1,
                        .shape = {.unit = UNIT_NONE, .kind = VALUE_NUMBER},
                        .place = {word("data/facts.csv"), 3}};
    (void)state;
    assert_null(dataset_fact(&d, fund, "budget"));
    assert_int_equal(dataset_add_fact(&d, &fact, 0, NULL), SY_OK);
    fact.num = 2;
    fact.place.line = 8;
    size_t before = d.findings.count;
    assert_int_equal(dataset_add_fact(&d, &fact, 0, NULL), SY_OK);
    assert_score_equal(dataset_fact(&d, fund, "budget")->num, 1);
    assert_null(dataset_fact(&d, fund, "spent"));
    assert_int_equal(d.findings.count, before + 1);
    const struct finding *f = &d.findings.rows[before];
    assert_int_equal(f->code, FINDING_DUPLICATE_KEY);
    assert_int_equal(f->line, 8);
    struct buf message = {0};
    dataset_message(&message, &d, f, false);
    assert_text(buf_text(&message),
                "f, 2019, budget is given twice; the first, data/facts.csv:3, counts");
    buf_dispose(&message);
}

/* Room that is made for facts at once leaves the high ends of ranges what they are. */
static void test_dataset__ranges(void **state)
{
    const uint32_t fund = entity("r", 2019), before = d.nfacts;
    char name[16];
    (void)state;
    for (uint32_t i = 0; i < 300; i++) {
        const double hi = i % 7 == 3 ? i + 0.5 : 0;
        struct fact fact = {
            .num = i,
            .entity = fund,
            .text = FACT_PLAIN,
            .shape = {.unit = UNIT_NONE, .kind = hi > 0 ? VALUE_RANGE : VALUE_NUMBER}};
        snprintf(name, sizeof name, "f%u", (unsigned)i);
        fact.name = word(name);
        if (i == 100)
            dataset_expect(&d, 10, 1000);
        assert_int_equal(dataset_add_fact(&d, &fact, hi, NULL), SY_OK);
    }
    for (uint32_t i = 0; i < 300; i++) {
        const struct value v = fact_value(&d, &d.facts[before + i]);
        assert_score_equal(v.num, i);
        assert_score_equal(v.hi, i % 7 == 3 ? i + 0.5 : 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dataset__entities_by_fund_and_year),
        cmocka_unit_test(test_dataset__rare_columns),
        cmocka_unit_test(test_dataset__cells_keep_their_text),
        cmocka_unit_test(test_dataset__duplicate_fact),
        cmocka_unit_test(test_dataset__ranges),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
