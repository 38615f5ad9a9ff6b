/*
 * test_contract_dates.c - contract 2.2 through the library: deadlines, dates, ranges, words, what
 * is missing, and what does not apply.
 */
#include "contract_fixture.h"

#define CHECK(ini, cases) contract_check(ini, cases, sizeof(cases) / sizeof *(cases))

static const char *const plain = "[type]\nname = t\n";

static void test_dates__deadlines(void **state)
{
    static const struct value_case cases[] = {
        {"2019年12月底前", "2019-12-31", NULL, NULL, "\"2019-12-31\"", "\"2019-12-31\"", "by",
         "scored", ""},
        {"9月底前", "9月30日", NULL, NULL, "\"2019-09-30\"", "\"2019-09-30\"", "by", "scored", ""},
        {"9月内", "9月30日", NULL, NULL, "\"2019-09-30\"", NULL, "by", "scored", ""},
        {"9月前", "8月31日", NULL, NULL, "\"2019-08-31\"", NULL, "by", "scored", ""},
        {"1月前", "2018-12-31", NULL, NULL, "\"2018-12-31\"", NULL, "by", "scored", ""},
        {"3月前", "2月28日", NULL, NULL, "\"2019-02-28\"", NULL, "by", "scored", ""},
        {"2020年2月底前", "2020-02-29", NULL, NULL, "\"2020-02-29\"", "\"2020-02-29\"", "by",
         "scored", ""},
        {"2019-12-31前", "2019-12-31", NULL, NULL, "\"2019-12-31\"", NULL, "by", "scored", ""},
        {"12月31日前", "12月31日", NULL, NULL, "\"2019-12-31\"", NULL, "by", "scored", ""},
        {"2018年9月内", "2018-09-01", NULL, NULL, "\"2018-09-30\"", NULL, "by", "scored", ""},
    };
    (void)state;
    CHECK(plain, cases);
}

/* The day itself is still allowed, the next one is late and loses all. */
static void test_dates__last_day_allowed(void **state)
{
    static const struct {
        const char *target, *actual;
        double attainment;
    } cases[] = {
        {"2019-12-31前", "2019-12-31", 1},
        {"2019-12-31前", "2020-01-01", 0},
        {"12月31日前", "12月31日", 1},
        {"9月前", "8月31日", 1},
        {"9月前", "9月1日", 0},
        {"9月内", "9月30日", 1},
        {"9月内", "10月1日", 0},
        {"9月底前", "9月30日", 1},
        {"9月底前", "2019-10-01", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct value_case row = {.target = cases[i].target, .actual = cases[i].actual};
        fixture_begin();
        fixture_evaluation("t");
        fixture_file(
            "scripts/t.lua",
            "local sy = require 'steelyard'\nlocal rules = sy.rules { api = 1 }\n"
            "rules.indicator['*'] = sy.deadline { lose = 1, per = 'day' }\nreturn rules\n");
        contract_rows(&row, 1);
        json_t *root = fixture_score();
        assert_score_equal(fixture_number(fixture_item(root, "p", "a.r0"), "attainment"),
                           cases[i].attainment);
        json_decref(root);
        fixture_end();
    }
}

static void test_dates__days(void **state)
{
    static const struct value_case cases[] = {
        {"2019-12-31前", "2019-12-20", NULL, NULL, NULL, "\"2019-12-20\"", "by", "scored", ""},
        {"2021年12月31日", "2021.12.31", NULL, NULL, "\"2021-12-31\"", "\"2021-12-31\"", "by",
         "scored", ""},
        {"12月底前", "5月21日", NULL, NULL, NULL, "\"2019-05-21\"", "by", "scored", ""},
        {"12月底前", "2019年11月", NULL, NULL, NULL, "\"2019-11-30\"", "by", "scored", ""},
        {"12月底前", "7月", NULL, NULL, NULL, "\"2019-07-31\"", "by", "scored", ""},
        {"12月底前", "2019/7/1", NULL, NULL, NULL, "\"2019-07-01\"", "by", "scored", ""},
        {"12月底前", "２０１９年７月１日", NULL, NULL, NULL, "\"2019-07-01\"", "by", "scored", ""},
        {"12月底前", "2019-02-29", NULL, NULL, NULL, NULL, "by", "rejected", "bad-number"},
        {"12月底前", "2019-13-01", NULL, NULL, NULL, NULL, "by", "rejected", "bad-number"},
        {"12月底前", "12", NULL, NULL, NULL, NULL, "by", "rejected", NULL},
        {"100个", "2019-12-20", NULL, NULL, NULL, NULL, ">=", "rejected", NULL},
    };
    (void)state;
    CHECK(plain, cases);
}

static void test_dates__ranges(void **state)
{
    static const struct value_case cases[] = {
        {"18-54岁", "54岁", NULL, NULL, "[18, 54]", "54", "between", "scored", ""},
        {"18—54", "18", NULL, NULL, "[18, 54]", "18", "between", "scored", ""},
        {"90%~95%", "92%", NULL, NULL, "[90, 95]", "92", "between", "scored", ""},
        {"90%～95%", "92", NULL, NULL, "[90, 95]", "92", "between", "scored", ""},
        {"90-95%", "92%", NULL, NULL, "[90, 95]", "92", "between", "scored", ""},
        {"1-2", "1.5", "万元", NULL, "[10000, 20000]", "15000", "between", "scored", ""},
        {"1-2万元", "15000元", NULL, NULL, "[10000, 20000]", "15000", "between", "scored", ""},
        {"18-54岁", "30%", NULL, NULL, "[18, 54]", "30", "between", "rejected", "unit-mismatch"},
        {"54-18", "30", NULL, NULL, NULL, NULL, NULL, "rejected", "bad-number"},
    };
    (void)state;
    CHECK(plain, cases);
}

/* Both ends are inside. */
static void test_dates__ends_of_a_range(void **state)
{
    static const struct value_case cases[] = {
        {.target = "18-54岁", .actual = "18"},
        {.target = "18-54岁", .actual = "54"},
        {.target = "18-54岁", .actual = "17.9"},
        {.target = "18-54岁", .actual = "55"},
    };
    (void)state;
    fixture_begin();
    fixture_evaluation("t");
    contract_rows(cases, 4);
    json_t *root = fixture_score();
    assert_score_equal(fixture_number(fixture_item(root, "p", "a.r0"), "attainment"), 1);
    assert_score_equal(fixture_number(fixture_item(root, "p", "a.r1"), "attainment"), 1);
    assert_true(fixture_number(fixture_item(root, "p", "a.r2"), "attainment") < 1);
    assert_true(fixture_number(fixture_item(root, "p", "a.r3"), "attainment") < 1);
    json_decref(root);
    fixture_end();
}

/* A rating wins whatever the target is; words that are none are text. */
static void test_dates__words(void **state)
{
    static const struct value_case cases[] = {
        {"≥50个", "达成预期指标", NULL, NULL, "50", "\"达成预期指标\"", NULL, "scored", NULL},
        {NULL, "达成预期指标", NULL, NULL, "null", "\"达成预期指标\"", NULL, "scored", NULL},
        {"不超过预算", "不超过预算", NULL, NULL, "\"不超过预算\"", "\"不超过预算\"", "qualitative",
         "scored", "actual-repeats-target"},
        {"不超过预算", "已完成", NULL, NULL, "\"不超过预算\"", "\"已完成\"", "qualitative",
         "unrated", "unrated"},
        {"有效", "有效", NULL, NULL, "\"有效\"", "\"有效\"", "qualitative", "scored",
         "actual-repeats-target"},
        {"是", "是", NULL, NULL, "\"是\"", "\"是\"", "qualitative", "scored",
         "actual-repeats-target"},
        {"100", "完成", NULL, NULL, "100", NULL, ">=", "rejected", "bad-number"},
    };
    (void)state;
    CHECK("[ratings]\n达成预期指标 = 1\n", cases);
}

static void test_dates__empty_cells(void **state)
{
    static const struct value_case cases[] = {
        {"10", "", NULL, NULL, "10", "null", ">=", "missing", "actual-missing"},
        {"10", "  ", NULL, NULL, "10", "null", ">=", "missing", "actual-missing"},
        {"10", "—", NULL, NULL, "10", "null", ">=", "missing", "actual-missing"},
        {"10", "/", NULL, NULL, "10", "null", ">=", "missing", "actual-missing"},
        {"10", "－", NULL, NULL, "10", "null", ">=", "missing", "actual-missing"},
        {"—", "10", NULL, NULL, "null", "10", NULL, "untargeted", "target-missing"},
        {"/", "10", NULL, NULL, "null", "10", NULL, "untargeted", "target-missing"},
        {"－", "10", NULL, NULL, "null", "10", NULL, "untargeted", "target-missing"},
        {"/", "/", NULL, NULL, "null", "null", NULL, "untargeted", "target-missing"},
        {"10", "不适用", NULL, NULL, "10", "null", ">=", "not_applicable", ""},
        {"10", "N/A", NULL, NULL, "10", "null", ">=", "not_applicable", ""},
        {"10", "NA", NULL, NULL, "10", "null", ">=", "not_applicable", ""},
        {"10", "无此项", NULL, NULL, "10", "null", ">=", "not_applicable", ""},
        {"不适用", "10", NULL, NULL, "null", "10", NULL, "not_applicable", ""},
        {"N/A", "N/A", NULL, NULL, "null", "null", NULL, "not_applicable", ""},
    };
    (void)state;
    CHECK(plain, cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dates__deadlines),
        cmocka_unit_test(test_dates__last_day_allowed),
        cmocka_unit_test(test_dates__days),
        cmocka_unit_test(test_dates__ranges),
        cmocka_unit_test(test_dates__ends_of_a_range),
        cmocka_unit_test(test_dates__words),
        cmocka_unit_test(test_dates__empty_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
