/*
 * test_value_pair.c - targets meeting actuals: units, signs, what is rejected; signs, derived
 * targets and printing.
 */
#include "check.h"

#include "base/date.h"
#include "model/value.h"

static struct units *units;

static int load_units(void **state)
{
    (void)state;
    sy_error err;
    return units_load(&units, "config/units.ini", NULL, &err) != SY_OK;
}

static int drop_units(void **state)
{
    (void)state;
    units_free(units);
    return 0;
}

static uint32_t unit_of(const char *text)
{
    return *text ? units_intern(units, text, strlen(text)) : UNIT_NONE;
}

static unsigned pair(struct value *target, struct value *actual, const char *target_text,
                     const char *actual_text, const char *row)
{
    struct value_context c = {.units = units, .year = 2019, .default_unit = unit_of(row)};
    return value_pair(target, target_text, strlen(target_text), actual, actual_text,
                      strlen(actual_text), &c);
}

static struct value read_text(const char *text)
{
    struct value_context c = {.units = units, .year = 2019, .default_unit = UNIT_NONE};
    struct value v;
    value_read(&v, &c, text, strlen(text));
    return v;
}

static const struct pair_case {
    const char *target, *actual, *row; /* row: the unit column */
    double target_num, actual_num;
    unsigned flags;
} pairs[] = {
    {"≥50个", "50", "", 50, 50, 0},
    {"=100%", "100", "", 100, 100, 0},
    {"≥735人次", "735", "", 735, 735, 0},
    {"100", "98%", "", 100, 98, 0},
    {"≤0", "98.31%", "", 0, 98.31, 0},
    {"≥50万元", "45万", "", 500000, 450000, 0},
    {"45万", "50万元", "", 450000, 500000, 0},
    {"45万", "500000", "", 450000, 500000, 0},
    {"≥3万人", "2万", "", 30000, 20000, 0},
    {"≥2万元", "21.16", "", 20000, 211600, 0},
    {"20", "21.16", "万元", 200000, 211600, 0},
    {"20万元", "211600", "元", 200000, 211600, 0},
    {"20元", "21.16", "万元", 20, 211600, 0},
    {"90%", "95", "个", 90, 95, 0},
    {"≥12件", "15", "个", 12, 15, 0},
    {"1.5亿元", "14000万元", "", 150000000, 140000000, 0},
    {"3‰", "0.2%", "", 0.3, 0.2, 0},
    {"≥1个百分点", "1.2%", "", 1, 1.2, 0},
    {"1年", "12个月", "", 12, 12, 0},
    {"3000元/人", "0.3万元/人", "", 3000, 3000, 0},
    {"18-54岁", "30", "", 18, 30, 0},
    {"90%-95%", "93%", "", 90, 93, 0},
    {"10个", "10件", "", 10, 10, PAIR_COUNT_WORDS},
    {"10人", "10人次", "", 10, 10, PAIR_COUNT_WORDS},
    {"10万元", "95%", "", 100000, 95, PAIR_UNIT_MISMATCH},
    {"10万元", "5个", "", 100000, 5, PAIR_UNIT_MISMATCH},
    {"5个", "10%", "", 5, 10, PAIR_UNIT_MISMATCH},
    {"3000元/人", "3000元", "", 3000, 3000, PAIR_UNIT_MISMATCH},
    {"3000元/人", "3000元/户", "", 3000, 3000, PAIR_UNIT_MISMATCH},
    {"3个工作日", "3天", "", 3, 3, PAIR_UNIT_MISMATCH},
    {"≥90%", "≥95%", "", 90, 95, PAIR_ACTUAL_SIGN},
    {"≥266米", "266米以上", "", 266, 266, PAIR_ACTUAL_SIGN},
    {"完成", "≥266米", "", 0, 266, PAIR_ACTUAL_SIGN},
    {"提升10%", "12%", "", 10, 12, 0},
    {"提升10%", "增长12%", "", 10, 12, 0},
    {"提升10%", "下降5%", "", 10, 5, PAIR_VERB_MISMATCH},
    {"下降5%", "提升10%", "", 5, 10, PAIR_VERB_MISMATCH},
    {"12..5", "5", "", 0, 5, PAIR_BAD_TARGET},
    {"12..5", "", "", 0, 0, PAIR_BAD_TARGET},
    {"12..5", "完成", "", 0, 0, 0},
    {"12", "1,23,4", "", 12, 0, PAIR_BAD_ACTUAL},
    {"≥5场", "十场左右", "", 5, 0, PAIR_BAD_ACTUAL},
    {"完成", "十场左右", "", 0, 0, 0},
    {"", "1e3", "", 0, 0, PAIR_BAD_ACTUAL},
    {"十场左右", "十场左右", "", 0, 0, 0},
    {"十场左右", "几十", "", 0, 0, PAIR_BAD_TARGET | PAIR_BAD_ACTUAL},
    {"#N/A", "#N/A", "", 0, 0, PAIR_BAD_TARGET | PAIR_BAD_ACTUAL},
    {"完成", "#REF!", "", 0, 0, PAIR_BAD_ACTUAL},
    {" #DIV/0! ", "完成", "", 0, 0, PAIR_BAD_TARGET},
    {"≤30万元", "完成", "", 300000, 0, PAIR_BAD_ACTUAL},
    {"18-54岁", "成年", "", 18, 0, PAIR_BAD_ACTUAL},
    {"有效", "有效", "", 0, 0, 0},
    {"有效", "100%", "", 0, 100, 0},
    {"≥5", "90%~95%", "", 5, 90, PAIR_KIND_MISMATCH},
    {"≥5", "不适用", "", 5, 0, 0},
    {"≥5", "—", "", 5, 0, 0},
    {"", "95%", "", 0, 95, 0},
    {"", "", "", 0, 0, 0},
};

static void test_value_pair__units_and_flags(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const struct pair_case *p = &pairs[i];
        struct value target, actual;
        unsigned flags = pair(&target, &actual, p->target, p->actual, p->row);
        if (flags != p->flags || target.num != p->target_num || actual.num != p->actual_num)
            fail_msg("'%s' and '%s' (%s): %.17g, %.17g, flags %u", p->target, p->actual, p->row,
                     target.num, actual.num, flags);
    }
}

static void test_value_pair__dates(void **state)
{
    (void)state;
    static const struct {
        const char *target, *actual;
        unsigned flags;
    } cases[] = {
        {"9月底前", "2019-09-12", 0},
        {"2019-12-31", "12月25日", 0},
        {"9月底前", "9月20日前", PAIR_ACTUAL_SIGN},
        {"9月底前", "完成", PAIR_BAD_ACTUAL},
        {"9月底前", "100%", PAIR_KIND_MISMATCH},
        {"9月底前", "9", PAIR_KIND_MISMATCH},
        {"9", "2019-09-12", PAIR_KIND_MISMATCH},
        {"9月底前", "2019-13-40", PAIR_BAD_ACTUAL},
        {"2019-13-40", "2019-09-12", PAIR_BAD_TARGET},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct value target, actual;
        unsigned flags = pair(&target, &actual, cases[i].target, cases[i].actual, "");
        if (flags != cases[i].flags)
            fail_msg("'%s' and '%s': flags %u", cases[i].target, cases[i].actual, flags);
        assert_int_not_equal(actual.kind, VALUE_BY);
    }
}

static void test_value_pair__a_sign_is_dropped_from_the_actual(void **state)
{
    (void)state;
    struct value target, actual;
    pair(&target, &actual, "≥90%", "≥95%", "");
    assert_int_equal(target.sign, SIGN_GE);
    assert_int_equal(actual.sign, SIGN_NONE);
}

static void test_value_pair__a_bare_number_takes_the_unit(void **state)
{
    (void)state;
    struct value target, actual;
    pair(&target, &actual, "≥50个", "50", "");
    assert_int_equal(target.unit, actual.unit);
    pair(&target, &actual, "≥50万元", "45万", "");
    assert_int_equal(actual.unit, units_money(units));
    pair(&target, &actual, "50", "45", "");
    assert_int_equal(actual.unit, UNIT_NONE);
}

static void test_value_sign__own_column_config_default(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum sign column, config, expected;
    } cases[] = {
        {"≥5", SIGN_LE, SIGN_LE, SIGN_GE},
        {"5", SIGN_LE, SIGN_GT, SIGN_LE},
        {"5", SIGN_NONE, SIGN_LE, SIGN_LE},
        {"5", SIGN_NONE, SIGN_NONE, SIGN_GE},
        {"0", SIGN_NONE, SIGN_NONE, SIGN_EQ},
        {"0", SIGN_LE, SIGN_NONE, SIGN_LE},
        {"0%", SIGN_NONE, SIGN_LE, SIGN_LE},
        {"有效", SIGN_GE, SIGN_GE, SIGN_QUALITATIVE},
        {"1-5", SIGN_GE, SIGN_NONE, SIGN_BETWEEN},
        {"9月底前", SIGN_GE, SIGN_NONE, SIGN_BY},
        {"2019-12-31", SIGN_NONE, SIGN_NONE, SIGN_BY},
        {"5", SIGN_BY, SIGN_NONE, SIGN_GE},
        {"5", SIGN_BETWEEN, SIGN_LE, SIGN_LE},
        {"5", SIGN_QUALITATIVE, SIGN_LE, SIGN_QUALITATIVE},
        {"", SIGN_NONE, SIGN_NONE, SIGN_GE},
        {"12..5", SIGN_NONE, SIGN_NONE, SIGN_QUALITATIVE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct value v = read_text(cases[i].text);
        enum sign got = value_sign(&v, cases[i].column, cases[i].config);
        if (got != cases[i].expected)
            fail_msg("'%s': %s", cases[i].text, sign_text(got));
    }
}

static void test_sign_read__words(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum sign sign;
    } cases[] = {
        {">=", SIGN_GE},
        {"≥", SIGN_GE},
        {" ≧ ", SIGN_GE},
        {"＞＝", SIGN_GE},
        {"大于等于", SIGN_GE},
        {"不少于", SIGN_GE},
        {"正向", SIGN_GE},
        {">", SIGN_GT},
        {"大于", SIGN_GT},
        {"=", SIGN_EQ},
        {"＝", SIGN_EQ},
        {"等于", SIGN_EQ},
        {"<", SIGN_LT},
        {"小于", SIGN_LT},
        {"<=", SIGN_LE},
        {"≤", SIGN_LE},
        {"小于等于", SIGN_LE},
        {"反向", SIGN_LE},
        {"between", SIGN_BETWEEN},
        {"区间", SIGN_BETWEEN},
        {"by", SIGN_BY},
        {"定性", SIGN_QUALITATIVE},
        {"Qualitative", SIGN_QUALITATIVE},
        {"", SIGN_NONE},
        {"定量", SIGN_NONE},
        {">=5", SIGN_NONE},
        {"约", SIGN_NONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (sign_read(cases[i].text, strlen(cases[i].text)) != cases[i].sign)
            fail_msg("'%s': %s", cases[i].text,
                     sign_text(sign_read(cases[i].text, strlen(cases[i].text))));
    for (int s = SIGN_GE; s <= SIGN_QUALITATIVE; s++)
        assert_int_equal(sign_read(sign_text((enum sign)s), strlen(sign_text((enum sign)s))), s);
    assert_string_equal(sign_text(SIGN_NONE), "");
    assert_string_equal(sign_text((enum sign)99), "");
}

static void test_value_derive__completion(void **state)
{
    (void)state;
    struct value target, actual = read_text("18.2亿元"), completion = read_text("120%");
    assert_true(value_derive_target(&target, &actual, &completion, NULL, units));
    assert_near(target.num, 1516666666.6666667, 1e-6);
    assert_int_equal(target.kind, VALUE_NUMBER);
    assert_int_equal(target.unit, actual.unit);
    completion = read_text("120");
    assert_true(value_derive_target(&target, &actual, &completion, NULL, units));
    assert_near(target.num, 1516666666.6666667, 1e-6);
}

static void test_value_derive__excess(void **state)
{
    (void)state;
    struct value target, actual = read_text("16.2%"), excess = read_text("1.2个百分点");
    assert_true(value_derive_target(&target, &actual, NULL, &excess, units));
    assert_score_equal(target.num, 15);
    excess = read_text("16.1%");
    assert_true(value_derive_target(&target, &actual, NULL, &excess, units));
    assert_score_equal(target.num, 0.1);
}

static void test_value_derive__refusals(void **state)
{
    (void)state;
    static const struct {
        const char *actual, *completion, *excess;
    } cases[] = {
        {"5亿元", "0%", NULL},   {"5亿元", "-5%", NULL},       {"5亿元", "120元", NULL},
        {"5亿元", "完成", NULL}, {"完成", "120%", NULL},       {"5亿元", NULL, "1.2个百分点"},
        {"5个", NULL, "1件"},    {"2019-12-31", "120%", NULL}, {"5-6", "120%", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct value target = {.num = -1}, actual = read_text(cases[i].actual);
        struct value given = read_text(cases[i].completion ? cases[i].completion : cases[i].excess);
        bool done = value_derive_target(&target, &actual, cases[i].completion ? &given : NULL,
                                        cases[i].excess ? &given : NULL, units);
        if (done || target.num != -1)
            fail_msg("case %zu gave %g", i, target.num);
    }
}

static void test_value_print__kinds(void **state)
{
    (void)state;
    static const struct {
        const char *text, *shown;
    } cases[] = {
        {"7500条次", "7500 条次"},
        {"21.16万元", "211600 元"},
        {"45%", "45%"},
        {"3‰", "0.3%"},
        {"5", "5"},
        {"18-54岁", "[18, 54] 岁"},
        {"90%~95%", "[90, 95]%"},
        {"1-2", "[1, 2]"},
        {"9月底前", "2019-09-30"},
        {"2019-12-31", "2019-12-31"},
        {"完成", ""},
        {"", ""},
        {"12..5", ""},
        {"530元/人*月", "530 元/人*月"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[64];
        struct value v = read_text(cases[i].text);
        size_t n = value_print(out, sizeof out, &v, units);
        assert_string_equal(out, cases[i].shown);
        assert_int_equal(n, strlen(cases[i].shown));
    }
    struct value yes = {.kind = VALUE_BOOL, .num = 1, .unit = UNIT_NONE};
    char small[4];
    assert_int_equal(value_print(small, sizeof small, &yes, units), 4);
    assert_string_equal(small, "tru");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_value_pair__units_and_flags),
        cmocka_unit_test(test_value_pair__dates),
        cmocka_unit_test(test_value_pair__a_sign_is_dropped_from_the_actual),
        cmocka_unit_test(test_value_pair__a_bare_number_takes_the_unit),
        cmocka_unit_test(test_value_sign__own_column_config_default),
        cmocka_unit_test(test_sign_read__words),
        cmocka_unit_test(test_value_derive__completion),
        cmocka_unit_test(test_value_derive__excess),
        cmocka_unit_test(test_value_derive__refusals),
        cmocka_unit_test(test_value_print__kinds),
    };
    return cmocka_run_group_tests(tests, load_units, drop_units);
}
