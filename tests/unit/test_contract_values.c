/*
 * test_contract_values.c - contract 2.2 through the library: each way to write a number, its sign
 * and its unit, met by another cell of a row.
 */
#include "contract_fixture.h"

#define CHECK(ini, cases) contract_check(ini, cases, sizeof(cases) / sizeof *(cases))

static const char *const plain = "[type]\nname = t\n";

static void test_values__numbers(void **state)
{
    static const struct value_case cases[] = {
        {"19,040,215.35", "１９０４", NULL, NULL, "19040215.35", "1904", ">=", "scored", ""},
        {"1 904", "19 040.5", NULL, NULL, "1904", "19040.5", ">=", "scored", ""},
        {"２１．１６", "-3", NULL, NULL, "21.16", "-3", ">=", "scored", ""},
        {"100", "99.50", NULL, NULL, "100", "99.5", ">=", "scored", ""},
        {"1，904", "1,904", NULL, NULL, "1904", "1904", ">=", "scored", ""},
        {"0", "0", NULL, NULL, "0", "0", "=", "scored", ""},
    };
    (void)state;
    CHECK(plain, cases);
}

static void test_values__money_is_in_yuan(void **state)
{
    static const struct value_case cases[] = {
        {"21.16万元", "2.91亿元", NULL, NULL, "211600", "291000000", ">=", "scored", ""},
        {"100元", "0.01万元", NULL, NULL, "100", "100", ">=", "scored", ""},
        {"≥1亿元", "9999万元", NULL, NULL, "100000000", "99990000", ">=", "scored", ""},
        {"6000万元", "60000000", NULL, NULL, "60000000", "600000000000", ">=", "scored", ""},
        {"21.16", "20", "万元", NULL, "211600", "200000", ">=", "scored", ""},
        {"21.16", "200000元", "万元", NULL, "211600", "200000", ">=", "scored", ""},
        {"21.16", "20万元", NULL, NULL, "211600", "200000", ">=", "scored", ""},
    };
    (void)state;
    CHECK(plain, cases);
}

/* 45万 takes the unit of the other side, whatever that is; its own multiple stays. */
static void test_values__multiples(void **state)
{
    static const struct value_case cases[] = {
        {"≥45万元", "45万", NULL, NULL, "450000", "450000", ">=", "scored", ""},
        {"45万", "450000元", NULL, NULL, "450000", "450000", ">=", "scored", ""},
        {"45万", "45万人次", NULL, NULL, "450000", "450000", ">=", "scored", ""},
        {"45万", "450000", NULL, NULL, "450000", "450000", ">=", "scored", ""},
        {"45万", "0.5亿", NULL, NULL, "450000", "50000000", ">=", "scored", ""},
        {"13亿元", "13亿", NULL, NULL, "1300000000", "1300000000", ">=", "scored", ""},
        {"13亿", "12亿元", NULL, NULL, "1300000000", "1200000000", ">=", "scored", ""},
        {"45万", "44万", "元", NULL, "450000", "440000", ">=", "scored", ""},
        {"45万", "44万", "万元", NULL, "450000", "440000", ">=", "scored", ""},
        {"≥3万亩", "3万", NULL, NULL, "20000000", "20000000", ">=", "scored", ""},
        {"45万", NULL, NULL, NULL, "450000", "null", ">=", "missing", "actual-missing"},
        {"45万~50万元", "46万", NULL, NULL, "[450000, 500000]", "460000", "between", "scored", ""},
    };
    (void)state;
    CHECK(plain, cases);
}

static void test_values__ratios(void **state)
{
    static const struct value_case cases[] = {
        {"45%", "45％", NULL, NULL, "45", "45", ">=", "scored", ""},
        {"45百分比", "45", NULL, NULL, "45", "45", ">=", "scored", ""},
        {"0.12个百分点", "0.12%", NULL, NULL, "0.12", "0.12", ">=", "scored", ""},
        {"≤3‰", "0.2%", NULL, NULL, "0.3", "0.2", "<=", "scored", ""},
        {"5‰", "0.5", "%", NULL, "0.5", "0.5", ">=", "scored", ""},
        {"98", "97.5", "%", NULL, "98", "97.5", ">=", "scored", ""},
    };
    (void)state;
    CHECK(plain, cases);
}

static void test_values__signs_in_words(void **state)
{
    static const struct value_case cases[] = {
        {"≥735人次", "735", NULL, NULL, "735", "735", ">=", "scored", ""},
        {">=7000", "7000", NULL, NULL, "7000", "7000", ">=", "scored", ""},
        {"不少于800篇", "800篇", NULL, NULL, "800", "800", ">=", "scored", ""},
        {"不低于90%", "90", NULL, NULL, "90", "90", ">=", "scored", ""},
        {"98%以上", "98%", NULL, NULL, "98", "98", ">=", "scored", ""},
        {"60%及以上", "60%", NULL, NULL, "60", "60", ">=", "scored", ""},
        {"达到1000万元以上", "1000万元", NULL, NULL, "10000000", "10000000", ">=", "scored", ""},
        {"≤104万元", "104万元", NULL, NULL, "1040000", "1040000", "<=", "scored", ""},
        {"不超过30万元", "30万元", NULL, NULL, "300000", "300000", "<=", "scored", ""},
        {"不高于5%", "5%", NULL, NULL, "5", "5", "<=", "scored", ""},
        {"控制在5%以内", "5%", NULL, NULL, "5", "5", "<=", "scored", ""},
        {"5%以下", "5%", NULL, NULL, "5", "5", "<=", "scored", ""},
    };
    (void)state;
    CHECK(plain, cases);
}

/* Every sign character, alone and followed by `=`. */
static void test_values__sign_characters(void **state)
{
    static const struct value_case cases[] = {
        {"＞5", "6", NULL, NULL, "5", "6", ">", "scored", ""},
        {"<5天", "4天", NULL, NULL, "5", "4", "<", "scored", ""},
        {"=100%", "100", NULL, NULL, "100", "100", "=", "scored", ""},
        {"≧5", "5", NULL, NULL, "5", "5", ">=", "scored", ""},
        {"≦5", "5", NULL, NULL, "5", "5", "<=", "scored", ""},
        {"＝5", "5", NULL, NULL, "5", "5", "=", "scored", ""},
        {"﹥5", "6", NULL, NULL, "5", "6", ">", "scored", ""},
        {"﹤5", "4", NULL, NULL, "5", "4", "<", "scored", ""},
        {"﹦5", "5", NULL, NULL, "5", "5", "=", "scored", ""},
        {"═5", "5", NULL, NULL, "5", "5", "=", "scored", ""},
        {"＞=5", "5", NULL, NULL, "5", "5", ">=", "scored", ""},
        {"＜＝5", "5", NULL, NULL, "5", "5", "<=", "scored", ""},
        {"≧=5", "5", NULL, NULL, "5", "5", ">=", "scored", ""},
        {"≦=5", "5", NULL, NULL, "5", "5", "<=", "scored", ""},
        {"﹥=5", "5", NULL, NULL, "5", "5", ">=", "scored", ""},
        {"﹤═5", "5", NULL, NULL, "5", "5", "<=", "scored", ""},
        {"＝=5", "5", NULL, NULL, "5", "5", "=", "scored", ""},
        {"≥ 5", "5", NULL, NULL, "5", "5", ">=", "scored", ""},
    };
    (void)state;
    CHECK(plain, cases);
}

/* The value's own sign, else the column, else [signs], else >=; a bare 0 is =. */
static void test_values__sign_of_a_bare_number(void **state)
{
    static const struct value_case cases[] = {
        {"100%", "100%", NULL, "<=", "100", "100", "<=", "scored", ""},
        {"100%", "100%", NULL, "≤", "100", "100", "<=", "scored", ""},
        {"≥100%", "100%", NULL, "<=", "100", "100", ">=", "scored", "sign-differs"},
        {"20万元", "20万元", NULL, "=", "200000", "200000", "=", "scored", ""},
        {"达标", "达标", NULL, "定性", "\"达标\"", "\"达标\"", "qualitative", "scored",
         "actual-repeats-target"},
        {"0", "0", NULL, NULL, "0", "0", "=", "scored", ""},
        {"0", "0", NULL, "≤", "0", "0", "<=", "scored", ""},
    };
    static const struct value_case config[] = {
        {"20万元", "20万元", NULL, NULL, "200000", "200000", "<=", "scored", ""},
        {"20万元", "20万元", NULL, ">=", "200000", "200000", ">=", "scored", ""},
        {"≥20万元", "20万元", NULL, NULL, "200000", "200000", ">=", "scored", ""},
    };
    (void)state;
    CHECK(plain, cases);
    CHECK("[signs]\na.* = <=\n", config);
}

static void test_values__a_bare_number_takes_the_unit(void **state)
{
    static const struct value_case cases[] = {
        {"≥50个", "50", NULL, NULL, "50", "50", ">=", "scored", ""},
        {"=100%", "100", NULL, NULL, "100", "100", "=", "scored", ""},
        {"50", "50个", NULL, NULL, "50", "50", ">=", "scored", ""},
        {"≥50个", "50", "%", NULL, "50", "50", ">=", "scored", ""},
        {"10公里", "9", NULL, NULL, "10000", "9000", ">=", "scored", ""},
        {"10", "9000米", NULL, NULL, "10", "9000", ">=", "scored", ""},
        {"10", "9000米", "公里", NULL, "10000", "9000", ">=", "scored", ""},
    };
    (void)state;
    CHECK(plain, cases);
}

static void test_values__dimensions(void **state)
{
    static const struct value_case cases[] = {
        {"3000元/人", "0.3万元/人", NULL, NULL, "3000", "3000", ">=", "scored", ""},
        {"530元/人*月", "530元/人*月", NULL, NULL, "530", "530", ">=", "scored", ""},
        {"3000元/人", "3000元", NULL, NULL, "3000", "3000", ">=", "rejected", "unit-mismatch"},
        {"3000元/人", "3000元/户", NULL, NULL, "3000", "3000", ">=", "rejected", "unit-mismatch"},
        {"530元/人*月", "530元/人", NULL, NULL, "530", "530", ">=", "rejected", "unit-mismatch"},
        {"50个", "50件", NULL, NULL, "50", "50", ">=", "scored", "count-words"},
        {"50个", "50%", NULL, NULL, "50", "50", ">=", "rejected", "unit-mismatch"},
        {"50万元", "50个", NULL, NULL, "500000", "50", ">=", "rejected", "unit-mismatch"},
        {"50天", "50米", NULL, NULL, "50", "50", ">=", "rejected", "unit-mismatch"},
        {"2年", "24个月", NULL, NULL, "24", "24", ">=", "scored", ""},
        {"1公里", "1000米", NULL, NULL, "1000", "1000", ">=", "scored", ""},
        {"≥2万亩", "20000亩", NULL, NULL, "13333333.333333334", "13333333.333333334",
         ">=", "scored", ""},
    };
    (void)state;
    CHECK(plain, cases);
}

static void test_values__approximate(void **state)
{
    static const struct value_case cases[] = {
        {"6亿元", "超6.44亿元", NULL, NULL, "600000000", "644000000", ">=", "scored",
         "approximate"},
        {"6000万元", "达6000万元", NULL, NULL, "60000000", "60000000", ">=", "scored",
         "approximate"},
        {"5亿元", "近5亿元", NULL, NULL, "500000000", "500000000", ">=", "scored", "approximate"},
        {"10场次", "10余场次", NULL, NULL, "10", "10", ">=", "scored", "approximate"},
        {"100人", "约100人", NULL, NULL, "100", "100", ">=", "scored", "approximate"},
        {"100人", "100人左右", NULL, NULL, "100", "100", ">=", "scored", "approximate"},
        {"约100人", "100人", NULL, NULL, "100", "100", ">=", "scored", "approximate"},
    };
    (void)state;
    CHECK(plain, cases);
}

static void test_values__verbs(void **state)
{
    static const struct value_case cases[] = {
        {"提升10%", "提升12%", NULL, NULL, "10", "12", ">=", "scored", ""},
        {"提升10%", "12%", NULL, NULL, "10", "12", ">=", "scored", ""},
        {"下降5%", "降低5%", NULL, NULL, "5", "5", ">=", "scored", ""},
        {"提升10%", "下降12%", NULL, NULL, "10", "12", ">=", "rejected", NULL},
        {"下降5%", "增长5%", NULL, NULL, "5", "5", ">=", "rejected", NULL},
    };
    (void)state;
    CHECK(plain, cases);
}

static void test_values__signs_of_actuals(void **state)
{
    static const struct value_case cases[] = {
        {"≥200米", "≥266米", NULL, NULL, "200", "266", ">=", "scored", "actual-has-sign"},
        {"90%", "≥90%", NULL, NULL, "90", "90", ">=", "scored", "actual-has-sign"},
        {"≤5%", "不超过5%", NULL, NULL, "5", "5", "<=", "scored", "actual-has-sign"},
        {NULL, "≥266米", NULL, NULL, "null", "266", NULL, "untargeted",
         "actual-has-sign target-missing"},
    };
    (void)state;
    CHECK(plain, cases);
}

/* Where a number stands on the other side: rejected, with a finding, never 0. */
static void test_values__rejected(void **state)
{
    static const char *const bad[] = {"12..5",      "1,23,4", "≥≥5",   "5~",       "1e3", "0x10",
                                      "十场左右",   "12.5.3", "5-",    "=",        "3/",  "--5",
                                      "１２．．５", "1,2345", "1 2 3", "十余万元", "5%%"};
    static struct value_case cases[2 * sizeof bad / sizeof *bad];
    const size_t n = sizeof bad / sizeof *bad;
    (void)state;
    for (size_t i = 0; i < n; i++) {
        cases[i] = (struct value_case){
            .target = "10", .actual = bad[i], .status = "rejected", .findings = "bad-number"};
        cases[n + i] = (struct value_case){
            .target = bad[i], .actual = "10", .status = "rejected", .findings = "bad-number"};
    }
    CHECK(plain, cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values__numbers),
        cmocka_unit_test(test_values__money_is_in_yuan),
        cmocka_unit_test(test_values__multiples),
        cmocka_unit_test(test_values__ratios),
        cmocka_unit_test(test_values__signs_in_words),
        cmocka_unit_test(test_values__sign_characters),
        cmocka_unit_test(test_values__sign_of_a_bare_number),
        cmocka_unit_test(test_values__a_bare_number_takes_the_unit),
        cmocka_unit_test(test_values__dimensions),
        cmocka_unit_test(test_values__approximate),
        cmocka_unit_test(test_values__verbs),
        cmocka_unit_test(test_values__signs_of_actuals),
        cmocka_unit_test(test_values__rejected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
