/*
 * test_script_plain.c - what a function reads of its indicator is the same whether the engine shows
 * it beforehand (script_data's item_plain) or fetches each field, whatever the rows before were.
 */
#include "script_fixture.h"

#include "model/value.h"

#define ROWS 12

static const uint32_t order[ROWS] = {ITEM_X,    ITEM_BARE, ITEM_X, ITEM_RANGE, ITEM_DATE, ITEM_X,
                                     ITEM_TEXT, ITEM_X,    ITEM_X, ITEM_DATE,  ITEM_BARE, ITEM_X};

/* The indicator's values in words, so that any difference shows. */
#define SAY                                                                        \
    "local function say(v) return type(v) == 'table' and v[1] .. '~' .. v[2] or\n" \
    " math.type(v) and math.type(v) .. ' ' .. v or tostring(v) end\n"

/* Functions of (i, fund); what stands before them. */
static const struct {
    const char *before, *body;
} scripts[] = {
    {SAY, "return 1, say(i.sign) .. ' ' .. say(i.target) .. ' ' .. say(i.actual)"},
    {SAY, "return 1, i.path .. say(i.actual) .. say(i.actual) .. say(fund.id)"},
    {SAY, "if i.path == 'date' then return 1, say(i.target) end return 1, say(i.actual)"},
    {"", "if i.actual >= i.target then return 1 end return i.actual / i.target"},
    {"", "local sign = i.sign if sign == '>=' then return 0.5, sign end return 0.25, i.sign"},
    {"", "if i.path == 'range' then error('at ' .. i.sign) end return i.actual / 7000, i.sign"},
    {"", "return i.target"},
    {"", "local t = i.target if t == nil then return nil end return 1, tostring(t)"},
    {"", "return 1, tostring(pcall(function() i.actual = 1 end)) .. tostring(i.actual)"},
    {"", "return 1, select(2, pcall(function() return i.actuals end))"},
    {SAY "local past = sy.against_previous { function(i, fund) return 1, say(i.target) .. i.sign "
         "end }\n",
     "local before = say(i.target) .. i.sign local a, why = past(i, fund)\n"
     "return 1, before .. '; ' .. tostring(why) .. '; ' .. say(i.target) .. i.sign"},
    {"local base = sy.by_sign {}\n", "local a, why = base(i, fund) return a, why"},
    {"local base = sy.completion { over = 1.1 }\n", "local a, why = base(i, fund) return a, why"},
    {SAY, "local same = fund.indicators[i.path] return same.sign == i.sign and 1 or 0,\n"
          "say(same.target) .. say(i.target) .. say(same.actual) .. say(i.actual)"},
    {SAY, "local other = fund.indicators.range return 1, say(other.target) .. say(i.target)"},
};

static void add_previous(void *ctx, uint32_t item, enum script_field field,
                         struct script_value *out)
{
    fake_item_field(ctx, item, field, out);
    if (field == FIELD_PREVIOUS && item == ITEM_X)
        fake_number(out, 3000.5);
    else if (field == FIELD_PREVIOUS && item == ITEM_DATE)
        *out = (struct script_value){.kind = SCRIPT_DATE, .num = 17900};
}

static void assert_same_text(size_t script, size_t row, const char *a, const char *b)
{
    if ((a == NULL) != (b == NULL) || (a != NULL && strcmp(a, b) != 0))
        fail_msg("script %zu, row %zu: '%s', fetched '%s'", script, row, a != NULL ? a : "-",
                 b != NULL ? b : "-");
}

static void assert_same(size_t script, const struct script_result *shown,
                        const struct script_result *fetched)
{
    for (size_t row = 0; row < ROWS; row++) {
        const struct script_result *a = &shown[row], *b = &fetched[row];
        assert_same_text(script, row, a->message, b->message);
        assert_same_text(script, row, a->reason, b->reason);
        assert_same_text(script, row, a->lacking, b->lacking);
        assert_int_equal(a->outcome, b->outcome);
        assert_true(a->value.num == b->value.num);
        assert_true(a->over_ratio == b->over_ratio);
        assert_int_equal(a->line, b->line);
    }
}

/* Numbers that are whole, not whole, not there. */
static const double actuals[] = {3500, 7000, 8123.75, NAN, 0, -3e12, 1e300};

static void test_script_plain__is_what_is_fetched(void **state)
{
    (void)state;
    const uint32_t funds[ROWS] = {FUND};
    for (size_t k = 0; k < sizeof scripts / sizeof scripts[0]; k++)
        for (size_t n = 0; n < sizeof actuals / sizeof actuals[0]; n++) {
            struct fixture x;
            char source[2048];
            struct script_result results[2][ROWS];
            fixture_open(&x);
            x.fake.actual = actuals[n];
            x.data.item_field = add_previous;
            snprintf(source, sizeof source,
                     HEAD "%srules.indicator['*'] = function(i, fund)\n%s\nend" TAIL,
                     scripts[k].before, scripts[k].body);
            struct script *script = load_source(&x, source);
            const int function = rule_at(&x, script, "x")->function;
            script_run_items(script, function, &x.data, funds, order, ROWS, results[0], &x.texts);
            x.data.item_plain = NULL;
            script_run_items(script, function, &x.data, funds, order, ROWS, results[1], &x.texts);
            assert_same(k, results[0], results[1]);
            fixture_close(&x);
        }
}

/* A hand-made expectation beside the comparison: both could be wrong alike. */
static void test_script_plain__each_row_has_its_own(void **state)
{
    (void)state;
    static const char *const expected[ROWS] = {">= integer 7000 integer 3500",
                                               " nil nil",
                                               ">= integer 7000 integer 3500",
                                               "between 18~54 integer 60",
                                               "by 2019-11-30 2019-12-31",
                                               ">= integer 7000 integer 3500",
                                               "qualitative 完成 ①③",
                                               ">= integer 7000 integer 3500",
                                               ">= integer 7000 integer 3500",
                                               "by 2019-11-30 2019-12-31",
                                               " nil nil",
                                               ">= integer 7000 integer 3500"};
    const uint32_t funds[ROWS] = {FUND};
    struct fixture x;
    struct script_result results[ROWS];
    fixture_open(&x);
    struct script *script =
        load_source(&x, HEAD SAY "rules.indicator['*'] = function(i)\n"
                                 "return 1, say(i.sign) .. ' ' .. say(i.target) .. ' ' .. "
                                 "say(i.actual) end" TAIL);
    script_run_items(script, rule_at(&x, script, "x")->function, &x.data, funds, order, ROWS,
                     results, &x.texts);
    for (size_t row = 0; row < ROWS; row++) {
        assert_int_equal(results[row].outcome, SCRIPT_DONE);
        assert_text(results[row].reason, expected[row]);
    }
    fixture_close(&x);
}

/* What was shown to one call is not there in another, of a fund. */
static void test_script_plain__holds_inside_its_call(void **state)
{
    (void)state;
    struct fixture x;
    fixture_open(&x);
    struct script *script = load_source(
        &x, HEAD "local kept\n"
                 "rules.indicator['*'] = function(i) kept = i return i.actual / i.target end\n"
                 "function rules.check(fund) return kept.actual end" TAIL);
    const uint32_t funds[2] = {FUND, FUND}, items[2] = {ITEM_X, ITEM_X};
    struct script_result results[2];
    script_run_items(script, rule_at(&x, script, "x")->function, &x.data, funds, items, 2, results,
                     &x.texts);
    expect_done(&results[1], 0.5);
    const struct script_result check = run_fund(&x, script, script_check(script), FUND);
    expect_error(&check, "this indicator is of an earlier call");
    fixture_close(&x);
}

/* The words that are shown are those that the model writes. */
static void test_script_plain__signs_are_the_models(void **state)
{
    (void)state;
    for (int sign = SIGN_NONE; sign <= SIGN_QUALITATIVE; sign++) {
        struct fixture x;
        char source[256];
        fixture_open(&x);
        for (uint32_t item = 0; item < FAKE_ITEMS; item++) {
            if ((int)fake_sign(item) != sign)
                continue;
            snprintf(source, sizeof source,
                     HEAD "rules.indicator['*'] = function(i) local s = i.sign\n"
                          "return s == '%s' and 1 or 0 end" TAIL,
                     sign_text((enum sign)sign));
            struct script *script = load_source(&x, source);
            const uint32_t funds[2] = {FUND, FUND}, items[2] = {item, item};
            struct script_result results[2];
            script_run_items(script, rule_at(&x, script, "x")->function, &x.data, funds, items, 2,
                             results, &x.texts);
            expect_done(&results[0], 1);
            expect_done(&results[1], 1);
        }
        fixture_close(&x);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_script_plain__is_what_is_fetched),
        cmocka_unit_test(test_script_plain__each_row_has_its_own),
        cmocka_unit_test(test_script_plain__holds_inside_its_call),
        cmocka_unit_test(test_script_plain__signs_are_the_models),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
