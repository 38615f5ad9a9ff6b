/*
 * test_value_words.c - dates, words, what is missing, and what looks like a value but is none.
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

static struct value read_in(const char *text, int year, uint32_t unit)
{
    struct value_context c = {.units = units, .year = year, .default_unit = unit};
    struct value v;
    value_read(&v, &c, text, strlen(text));
    return v;
}

static struct value read_text(const char *text)
{
    return read_in(text, 2019, UNIT_NONE);
}

static const struct date_case {
    const char *text;
    enum value_kind kind;
    const char *day;
} dates[] = {
    {"2019-12-20", VALUE_DATE, "2019-12-20"},
    {"2019/1/5", VALUE_DATE, "2019-01-05"},
    {"2021.12.31", VALUE_DATE, "2021-12-31"},
    {"2021年12月31日", VALUE_DATE, "2021-12-31"},
    {"2021 年 12 月 31 日", VALUE_DATE, "2021-12-31"},
    {"２０２１年１２月３１日", VALUE_DATE, "2021-12-31"},
    {"2020-02-29", VALUE_DATE, "2020-02-29"},
    {"2019-12-20 00:00:00", VALUE_DATE, "2019-12-20"},
    {"2019-12-20T08:30:00.000Z", VALUE_DATE, "2019-12-20"},
    {"5月21日", VALUE_DATE, "2019-05-21"},
    {"5月21号", VALUE_DATE, "2019-05-21"},
    {"2019年11月", VALUE_DATE, "2019-11-30"},
    {"2019-11", VALUE_DATE, "2019-11-30"},
    {"7月", VALUE_DATE, "2019-07-31"},
    {"7月份", VALUE_DATE, "2019-07-31"},
    {"9月底", VALUE_DATE, "2019-09-30"},
    {"2019年", VALUE_DATE, "2019-12-31"},
    {"12月25日完成拨付", VALUE_DATE, "2019-12-25"},
    {"截至12月31日", VALUE_DATE, "2019-12-31"},
    {"2019年12月底前", VALUE_BY, "2019-12-31"},
    {"2020年2月底前", VALUE_BY, "2020-02-29"},
    {"9月底前", VALUE_BY, "2019-09-30"},
    {"9月底之前", VALUE_BY, "2019-09-30"},
    {"9月底以前", VALUE_BY, "2019-09-30"},
    {"9月内", VALUE_BY, "2019-09-30"},
    {"9月前", VALUE_BY, "2019-08-31"},
    {"9月份之前", VALUE_BY, "2019-08-31"},
    {"2019年9月前", VALUE_BY, "2019-08-31"},
    {"1月前", VALUE_BY, "2018-12-31"},
    {"3月前", VALUE_BY, "2019-02-28"},
    {"2019-12-31前", VALUE_BY, "2019-12-31"},
    {"12月31日前", VALUE_BY, "2019-12-31"},
    {"12月31日前完成", VALUE_BY, "2019-12-31"},
    {"12月底之前完成", VALUE_BY, "2019-12-31"},
    {"于2019年12月底前完成", VALUE_BY, "2019-12-31"},
    {"6月底前完成支付", VALUE_BY, "2019-06-30"},
    {"年底前", VALUE_BY, "2019-12-31"},
    {"本年度内", VALUE_BY, "2019-12-31"},
    {"2019年底前", VALUE_BY, "2019-12-31"},
    {"2019年前", VALUE_BY, "2018-12-31"},
    {"不晚于2019年12月31日", VALUE_BY, "2019-12-31"},
    {"≤2019-12-31", VALUE_BY, "2019-12-31"},
    {"<2019-12-31", VALUE_BY, "2019-12-30"},
    {"by 2019-12-31", VALUE_BY, "2019-12-31"},
};

static void test_value_words__dates(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        struct value v = read_text(dates[i].text);
        char day[64] = "";
        if (v.kind == VALUE_DATE || v.kind == VALUE_BY)
            date_print(day, (int32_t)v.num);
        enum sign sign = dates[i].kind == VALUE_BY ? SIGN_BY : SIGN_NONE;
        if (v.kind != dates[i].kind || v.sign != sign || strcmp(day, dates[i].day) != 0)
            fail_msg("%s: kind %u, sign %u, %s", dates[i].text, v.kind, v.sign, day);
    }
}

static void test_value_words__date_without_a_year(void **state)
{
    (void)state;
    assert_int_equal(read_in("9月底前", 0, UNIT_NONE).kind, VALUE_BAD);
    assert_int_equal(read_in("5月21日", 0, UNIT_NONE).kind, VALUE_BAD);
    assert_int_equal(read_in("2019年5月21日", 0, UNIT_NONE).kind, VALUE_DATE);
    assert_score_equal(read_in("2月底前", 2020, UNIT_NONE).num, date_days(2020, 2, 29));
}

/* What looks like a number, a date or a sign and is none. */
static const char *const bad[] = {
    "12..5",
    "1,23,4",
    "≥≥5",
    "5~",
    "1e3",
    "0x10",
    "十场左右",
    "12,34",
    "1,2345",
    "1234,567",
    "1 90",
    "12. 5",
    "1,234 567",
    "１２３a",
    "123a",
    "5e",
    "1E+3",
    ".5",
    "5.",
    "5-",
    "~5",
    "--5",
    "++5",
    "5--",
    "5-3",
    "95%~90%",
    "90%-5元",
    "1个-2件",
    "≥5-10",
    "不低于5%以下",
    "≥",
    "≥优",
    "=",
    "><5",
    "≥5≤10",
    "1/2",
    "5/10个",
    "2019-13-40",
    "2019-02-29",
    "2月30日",
    "13月1日",
    "2019年13月",
    "13月",
    "1-12月",
    "2019.13.1",
    "几十",
    "十几个",
    "百余万元",
    "三百五十人",
    "百分之九十",
    "约5~",
    "不少于12..5篇",
    "提升1e3%",
    "$5",
    "¥500",
    "(5)",
    "5K",
    "100%！",
    "10%%",
    "5,个",
    "介于5",
    "2019年9",
    "±5",
    "1.2.3",
    "12：30",
    "5!",
    "999999999999999999999999999999999999999999999999999999999"
    "99999999,000",
};

static void test_value_words__bad(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (read_text(bad[i]).kind != VALUE_BAD)
            fail_msg("%s: kind %u", bad[i], read_text(bad[i]).kind);
}

/* Words, though some begin like a sign, a numeral or a list. */
static const char *const words[] = {
    "达成预期指标",
    "部分达成预期指标并具有一定效果",
    "未达成预期指标且效果较差",
    "不超过预算",
    "完成",
    "有效",
    "明显改善",
    "达标",
    "超额完成",
    "控制在预算内",
    "低于上年",
    "召开12次会议",
    "一般",
    "一次性",
    "三公经费",
    "万众创新",
    "多次",
    "近三年平均水平",
    "增长率12.4%",
    "增减0.12%",
    "在12个社区开展活动",
    "1.完成方案编制；2.组织项目验收",
    "（1）完成方案；（2）完成验收",
    "5家企业，3个项目",
    "①③",
    "inf",
    "nan",
    "abc",
    "A级",
    "优",
    "无",
    "是",
    "否",
    "√",
    "yes",
    "满意度95%以上",
    "\xFF\xFE",
};

static void test_value_words__text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (read_text(words[i]).kind != VALUE_TEXT)
            fail_msg("%s: kind %u", words[i], read_text(words[i]).kind);
}

static void test_value_words__missing(void **state)
{
    (void)state;
    static const char *const texts[] = {"",   " ",  "　", "—",  "——", "/",
                                        "／", "－", "-",  "--", "― ―"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (read_text(texts[i]).kind != VALUE_MISSING)
            fail_msg("'%s': kind %u", texts[i], read_text(texts[i]).kind);
}

static void test_value_words__not_applicable(void **state)
{
    (void)state;
    static const char *const texts[] = {"不适用", "无此项", "N/A",    "n/a",
                                        "NA",     "na",     "Ｎ／Ａ", " N / A "};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (read_text(texts[i]).kind != VALUE_NOT_APPLICABLE)
            fail_msg("'%s': kind %u", texts[i], read_text(texts[i]).kind);
}

static void test_value_words__booleans_only_where_asked(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double num;
    } cases[] = {{"是", 1}, {"√", 1}, {"yes", 1}, {"TRUE", 1},
                 {"否", 0}, {"×", 0}, {"No", 0},  {"false", 0}};
    struct value_context c = {.units = units, .default_unit = UNIT_NONE, .booleans = true};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct value v;
        value_read(&v, &c, cases[i].text, strlen(cases[i].text));
        assert_int_equal(v.kind, VALUE_BOOL);
        assert_score_equal(v.num, cases[i].num);
        assert_int_equal(read_text(cases[i].text).kind, VALUE_TEXT);
    }
}

/* A text that no unit looks like is one in its own row alone, whatever rows were read before. */
static void test_value_words__units_of_other_rows(void **state)
{
    static const char *const odd[] = {"件不达标", "家没有", "个、件"};
    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        char cell[64];
        snprintf(cell, sizeof cell, "3%s", odd[i]);
        enum value_kind before = read_text(cell).kind;
        assert_int_not_equal(before, VALUE_NUMBER);
        uint32_t unit = units_intern(units, odd[i], strlen(odd[i])); /* of a unit column */
        assert_int_equal(read_text(cell).kind, before);
        struct value own = read_in(cell, 2019, unit);
        assert_int_equal(own.kind, VALUE_NUMBER);
        assert_int_equal(own.unit, unit);
        assert_int_equal(read_text(cell).kind, before);
    }
    uint32_t plain = units_intern(units, "本次", strlen("本次"));
    assert_int_equal(read_text("3本次").unit, plain);
    assert_int_equal(read_text("3万本次").unit, read_text("5万本次").unit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_value_words__dates),
        cmocka_unit_test(test_value_words__date_without_a_year),
        cmocka_unit_test(test_value_words__bad),
        cmocka_unit_test(test_value_words__text),
        cmocka_unit_test(test_value_words__missing),
        cmocka_unit_test(test_value_words__not_applicable),
        cmocka_unit_test(test_value_words__booleans_only_where_asked),
        cmocka_unit_test(test_value_words__units_of_other_rows),
    };
    return cmocka_run_group_tests(tests, load_units, drop_units);
}
