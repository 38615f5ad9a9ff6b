/*
 * test_value.c - numbers and ranges as people write them: every written form, and the cells
 * of published tables. Dates and words are in test_value_words.c.
 */
#include "check.h"

#include <stdlib.h>

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

static const char *base_name(const struct value *v)
{
    const struct unit *unit = units_get(units, v->unit);
    return unit ? units_get(units, unit->base)->name : "";
}

static const struct number_case {
    const char *text;
    double num;
    const char *unit; /* the base that it is counted in */
    enum sign sign;
    unsigned flags;
    int places;
} numbers[] = {
    {"0", 0, "", SIGN_NONE, 0, 0},
    {"7", 7, "", SIGN_NONE, 0, 0},
    {"-5", -5, "", SIGN_NONE, 0, 0},
    {"+5", 5, "", SIGN_NONE, 0, 0},
    {"\xE2\x88\x92"
     "5",
     -5, "", SIGN_NONE, 0, 0},
    {"－5%", -5, "%", SIGN_NONE, 0, 0},
    {" 12.50\t", 12.5, "", SIGN_NONE, 0, 2},
    {"　12.5　", 12.5, "", SIGN_NONE, 0, 1},
    {"007", 7, "", SIGN_NONE, 0, 0},
    {"19,040,215.35", 19040215.35, "", SIGN_NONE, 0, 2},
    {"1,234,567.89", 1234567.89, "", SIGN_NONE, 0, 2},
    {"1，234", 1234, "", SIGN_NONE, 0, 0},
    {"１９０４", 1904, "", SIGN_NONE, 0, 0},
    {"１９，０４０．５", 19040.5, "", SIGN_NONE, 0, 1},
    {"1 904", 1904, "", SIGN_NONE, 0, 0},
    {"1\xC2\xA0"
     "904",
     1904, "", SIGN_NONE, 0, 0},
    {"1　904 215", 1904215, "", SIGN_NONE, 0, 0},
    {"10 904元", 10904, "元", SIGN_NONE, 0, 0},
    {"21.16万元", 211600, "元", SIGN_NONE, 0, 2},
    {"21.16 万元", 211600, "元", SIGN_NONE, 0, 2},
    {"2.91亿元", 291000000, "元", SIGN_NONE, 0, 2},
    {"1,676.50万元", 16765000, "元", SIGN_NONE, 0, 2},
    {"0.0001亿元", 10000, "元", SIGN_NONE, 0, 4},
    {"3千元", 3000, "元", SIGN_NONE, 0, 0},
    {"5百万元", 5000000, "元", SIGN_NONE, 0, 0},
    {"2万亿元", 2e12, "元", SIGN_NONE, 0, 0},
    {"5 wan yuan", 50000, "元", SIGN_NONE, 0, 0},
    {"5 CNY", 5, "元", SIGN_NONE, 0, 0},
    {"45万", 450000, "", SIGN_NONE, VALUE_MULTIPLE, 0},
    {"13亿", 1300000000, "", SIGN_NONE, VALUE_MULTIPLE, 0},
    {"1.2千万", 12000000, "", SIGN_NONE, VALUE_MULTIPLE, 1},
    {"3百万", 3000000, "", SIGN_NONE, VALUE_MULTIPLE, 0},
    {"3十万", 300000, "", SIGN_NONE, VALUE_MULTIPLE, 0},
    {"1万亿", 1e12, "", SIGN_NONE, VALUE_MULTIPLE, 0},
    {"3万人", 30000, "人", SIGN_NONE, 0, 0},
    {"1.5千人次", 1500, "人次", SIGN_NONE, 0, 1},
    {"45%", 45, "%", SIGN_NONE, 0, 0},
    {"45％", 45, "%", SIGN_NONE, 0, 0},
    {"45 %", 45, "%", SIGN_NONE, 0, 0},
    {"45百分比", 45, "%", SIGN_NONE, 0, 0},
    {"45 percent", 45, "%", SIGN_NONE, 0, 0},
    {"45 per cent", 45, "%", SIGN_NONE, 0, 0},
    {"0.12个百分点", 0.12, "%", SIGN_NONE, 0, 2},
    {"1.2百分点", 1.2, "%", SIGN_NONE, 0, 1},
    {"超额1.2个百分点", 1.2, "%", SIGN_NONE, 0, 1},
    {"3‰", 0.3, "%", SIGN_NONE, 0, 0},
    {"≥735人次", 735, "人次", SIGN_GE, 0, 0},
    {"≥ 735 人 次", 735, "人次", SIGN_GE, 0, 0},
    {"≥7000条次", 7000, "条次", SIGN_GE, 0, 0},
    {">=7000", 7000, "", SIGN_GE, 0, 0},
    {"> = 7000", 7000, "", SIGN_GE, 0, 0},
    {"不少于800篇", 800, "篇", SIGN_GE, 0, 0},
    {"不低于90%", 90, "%", SIGN_GE, 0, 0},
    {"不小于3", 3, "", SIGN_GE, 0, 0},
    {"至少3个", 3, "个", SIGN_GE, 0, 0},
    {"大于等于90%", 90, "%", SIGN_GE, 0, 0},
    {"98%以上", 98, "%", SIGN_GE, 0, 0},
    {"98%（含）以上", 98, "%", SIGN_GE, 0, 0},
    {"98%以上（含98%）", 98, "%", SIGN_GE, 0, 0},
    {"60%及以上", 60, "%", SIGN_GE, 0, 0},
    {"达到1000万元以上", 10000000, "元", SIGN_GE, 0, 0},
    {"达到≥90%", 90, "%", SIGN_GE, 0, 0},
    {"不低于90%以上", 90, "%", SIGN_GE, 0, 0},
    {"at least 5", 5, "", SIGN_GE, 0, 0},
    {"No less than 5 people", 5, "people", SIGN_GE, 0, 0},
    {"5 or more", 5, "", SIGN_GE, 0, 0},
    {"≤104万元", 1040000, "元", SIGN_LE, 0, 0},
    {"不超过30万元", 300000, "元", SIGN_LE, 0, 0},
    {"不高于5%", 5, "%", SIGN_LE, 0, 0},
    {"不大于5%", 5, "%", SIGN_LE, 0, 0},
    {"不多于5个", 5, "个", SIGN_LE, 0, 0},
    {"至多5个", 5, "个", SIGN_LE, 0, 0},
    {"小于等于5%", 5, "%", SIGN_LE, 0, 0},
    {"控制在5%以内", 5, "%", SIGN_LE, 0, 0},
    {"控制在5%", 5, "%", SIGN_LE, 0, 0},
    {"控制在≤5%", 5, "%", SIGN_LE, 0, 0},
    {"5%以内", 5, "%", SIGN_LE, 0, 0},
    {"5%以下", 5, "%", SIGN_LE, 0, 0},
    {"5%及以下", 5, "%", SIGN_LE, 0, 0},
    {"3个工作日内", 3, "工作日", SIGN_LE, 0, 0},
    {"at most 5%", 5, "%", SIGN_LE, 0, 0},
    {"＞5", 5, "", SIGN_GT, 0, 0},
    {"大于5", 5, "", SIGN_GT, 0, 0},
    {"高于5%", 5, "%", SIGN_GT, 0, 0},
    {"超过5家", 5, "家", SIGN_GT, 0, 0},
    {"多于5家", 5, "家", SIGN_GT, 0, 0},
    {"﹥5", 5, "", SIGN_GT, 0, 0},
    {"<5天", 5, "天", SIGN_LT, 0, 0},
    {"＜5天", 5, "天", SIGN_LT, 0, 0},
    {"﹤5", 5, "", SIGN_LT, 0, 0},
    {"小于5", 5, "", SIGN_LT, 0, 0},
    {"低于5%", 5, "%", SIGN_LT, 0, 0},
    {"少于5个", 5, "个", SIGN_LT, 0, 0},
    {"=100%", 100, "%", SIGN_EQ, 0, 0},
    {"＝100%", 100, "%", SIGN_EQ, 0, 0},
    {"﹦100%", 100, "%", SIGN_EQ, 0, 0},
    {"═100%", 100, "%", SIGN_EQ, 0, 0},
    {"等于100%", 100, "%", SIGN_EQ, 0, 0},
    {"≧5", 5, "", SIGN_GE, 0, 0},
    {"≧=5", 5, "", SIGN_GE, 0, 0},
    {"≥=5", 5, "", SIGN_GE, 0, 0},
    {"≦5", 5, "", SIGN_LE, 0, 0},
    {"≦=5", 5, "", SIGN_LE, 0, 0},
    {"≤=5", 5, "", SIGN_LE, 0, 0},
    {"＞=5", 5, "", SIGN_GE, 0, 0},
    {"＞＝5", 5, "", SIGN_GE, 0, 0},
    {"﹥=5", 5, "", SIGN_GE, 0, 0},
    {"﹤=5", 5, "", SIGN_LE, 0, 0},
    {"＜＝5", 5, "", SIGN_LE, 0, 0},
    {"＝=5", 5, "", SIGN_EQ, 0, 0},
    {"﹦=5", 5, "", SIGN_EQ, 0, 0},
    {"═=5", 5, "", SIGN_EQ, 0, 0},
    {"100%", 100, "%", SIGN_NONE, 0, 0},
    {"20万元", 200000, "元", SIGN_NONE, 0, 0},
    {"100（万元）", 1000000, "元", SIGN_NONE, 0, 0},
    {"13亿元（不含军工）", 1300000000, "元", SIGN_NONE, 0, 0},
    {"100%完成", 100, "%", SIGN_NONE, 0, 0},
    {"3000元/人", 3000, "元/人", SIGN_NONE, 0, 0},
    {"530元/人*月", 530, "元/人*月", SIGN_NONE, 0, 0},
    {"530元／人·月", 530, "元/人*月", SIGN_NONE, 0, 0},
    {"530元/人/月", 530, "元/人*月", SIGN_NONE, 0, 0},
    {"1.2万元/公里", 12000, "元/公里", SIGN_NONE, 0, 1},
    {"5人/年", 5, "人/年", SIGN_NONE, 0, 0},
    {"超6.44亿元", 644000000, "元", SIGN_NONE, VALUE_APPROXIMATE, 2},
    {"达6000万元", 60000000, "元", SIGN_NONE, VALUE_APPROXIMATE, 0},
    {"达到95%", 95, "%", SIGN_NONE, VALUE_APPROXIMATE, 0},
    {"近5亿元", 500000000, "元", SIGN_NONE, VALUE_APPROXIMATE, 0},
    {"约30人", 30, "人", SIGN_NONE, VALUE_APPROXIMATE, 0},
    {"10余场次", 10, "场次", SIGN_NONE, VALUE_APPROXIMATE, 0},
    {"20余家", 20, "家", SIGN_NONE, VALUE_APPROXIMATE, 0},
    {"10多个", 10, "个", SIGN_NONE, VALUE_APPROXIMATE, 0},
    {"3万余人次", 30000, "人次", SIGN_NONE, VALUE_APPROXIMATE, 0},
    {"5亿多元", 500000000, "元", SIGN_NONE, VALUE_APPROXIMATE, 0},
    {"10余万元", 100000, "元", SIGN_NONE, VALUE_APPROXIMATE, 0},
    {"50个左右", 50, "个", SIGN_NONE, VALUE_APPROXIMATE, 0},
    {"about 5%", 5, "%", SIGN_NONE, VALUE_APPROXIMATE, 0},
    {"提升10%", 10, "%", SIGN_NONE, VALUE_UP, 0},
    {"提高10%", 10, "%", SIGN_NONE, VALUE_UP, 0},
    {"增长12.6%", 12.6, "%", SIGN_NONE, VALUE_UP, 1},
    {"同比增长21.2%", 21.2, "%", SIGN_NONE, VALUE_UP, 1},
    {"增加5个", 5, "个", SIGN_NONE, VALUE_UP, 0},
    {"上升5%", 5, "%", SIGN_NONE, VALUE_UP, 0},
    {"提升≥10%", 10, "%", SIGN_GE, VALUE_UP, 0},
    {"提升至90%", 90, "%", SIGN_NONE, VALUE_UP, 0},
    {"下降5%", 5, "%", SIGN_NONE, VALUE_DOWN, 0},
    {"降低5%", 5, "%", SIGN_NONE, VALUE_DOWN, 0},
    {"减少5%以上", 5, "%", SIGN_GE, VALUE_DOWN, 0},
    {"比上年压减不低于5%", 5, "%", SIGN_GE, VALUE_DOWN, 0},
    {"2年", 24, "月", SIGN_NONE, 0, 0},
    {"24个月", 24, "月", SIGN_NONE, 0, 0},
    {"3个季度", 9, "月", SIGN_NONE, 0, 0},
    {"36小时", 1.5, "天", SIGN_NONE, 0, 0},
    {"1周", 7, "天", SIGN_NONE, 0, 0},
    {"3千克", 3, "千克", SIGN_NONE, 0, 0},
    {"2吨", 2000, "千克", SIGN_NONE, 0, 0},
    {"1.5万吨", 15000000, "千克", SIGN_NONE, 0, 1},
    {"3公顷", 30000, "平方米", SIGN_NONE, 0, 0},
    {"3亩", 2000, "平方米", SIGN_NONE, 0, 0},
    {"500㎡", 500, "平方米", SIGN_NONE, 0, 0},
    {"500m2", 500, "平方米", SIGN_NONE, 0, 0},
    {"3公里", 3000, "米", SIGN_NONE, 0, 0},
    {"5 people", 5, "people", SIGN_NONE, 0, 0},
    {"5 R&D centres", 5, "R&D centres", SIGN_NONE, 0, 0},
    /* cells of published tables */
    {"43.2", 43.2, "", SIGN_NONE, 0, 1},
    {"207.4538", 207.4538, "", SIGN_NONE, 0, 4},
    {"387664.62", 387664.62, "", SIGN_NONE, 0, 2},
    {"1.56", 1.56, "", SIGN_NONE, 0, 2},
    {"≥90%", 90, "%", SIGN_GE, 0, 0},
    {"≤100%", 100, "%", SIGN_LE, 0, 0},
    {"95.10%", 95.1, "%", SIGN_NONE, 0, 2},
    {"98.31%", 98.31, "%", SIGN_NONE, 0, 2},
    {"99.27%", 99.27, "%", SIGN_NONE, 0, 2},
    {"≤0", 0, "", SIGN_LE, 0, 0},
    {"38508人", 38508, "人", SIGN_NONE, 0, 0},
    {"不少于12种", 12, "种", SIGN_GE, 0, 0},
    {"14种", 14, "种", SIGN_NONE, 0, 0},
    {"100.00%", 100, "%", SIGN_NONE, 0, 2},
    {"150次", 150, "次", SIGN_NONE, 0, 0},
    {"14例", 14, "例", SIGN_NONE, 0, 0},
    {"735", 735, "", SIGN_NONE, 0, 0},
    {"≥100%", 100, "%", SIGN_GE, 0, 0},
    {"7500条次", 7500, "条次", SIGN_NONE, 0, 0},
    {"16.88 亿元", 1688000000, "元", SIGN_NONE, 0, 2},
    {"达86.8%", 86.8, "%", SIGN_NONE, VALUE_APPROXIMATE, 1},
    {"≥266米", 266, "米", SIGN_GE, 0, 0},
};

static void test_value__numbers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        const struct number_case *n = &numbers[i];
        struct value v = read_text(n->text);
        if (v.kind != VALUE_NUMBER || v.num != n->num || v.sign != n->sign || v.flags != n->flags ||
            v.places != n->places || strcmp(base_name(&v), n->unit) != 0)
            fail_msg("%s: kind %u, %.17g %s, sign %u, flags %u, places %u", n->text, v.kind, v.num,
                     base_name(&v), v.sign, v.flags, v.places);
    }
}

static const struct range_case {
    const char *text;
    double low, high;
    const char *unit;
} ranges[] = {
    {"18-54岁", 18, 54, "岁"},
    {"18—54", 18, 54, ""},
    {"18——54", 18, 54, ""},
    {"18–54", 18, 54, ""},
    {"18至54周岁", 18, 54, "周岁"},
    {"18到54", 18, 54, ""},
    {"90%~95%", 90, 95, "%"},
    {"90%～95%", 90, 95, "%"},
    {"90-95%", 90, 95, "%"},
    {"0-6岁", 0, 6, "岁"},
    {"0.5-1.5", 0.5, 1.5, ""},
    {"-5~5", -5, 5, ""},
    {"5-5", 5, 5, ""},
    {"10-20万元", 100000, 200000, "元"},
    {"1万-2万元", 10000, 20000, "元"},
    {"8000元-1万元", 8000, 10000, "元"},
    {"1-2万", 10000, 20000, ""},
    {"控制在90%-95%之间", 90, 95, "%"},
    {"介于18-54岁", 18, 54, "岁"},
};

static void test_value__ranges(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        struct value v = read_text(ranges[i].text);
        if (v.kind != VALUE_RANGE || v.sign != SIGN_BETWEEN || v.num != ranges[i].low ||
            v.hi != ranges[i].high || strcmp(base_name(&v), ranges[i].unit) != 0)
            fail_msg("%s: kind %u, sign %u, %.17g to %.17g %s", ranges[i].text, v.kind, v.sign,
                     v.num, v.hi, base_name(&v));
    }
}

static void test_value__default_unit(void **state)
{
    (void)state;
    uint32_t wan = units_intern(units, "万元", strlen("万元"));
    uint32_t people = units_intern(units, "万人", strlen("万人"));
    assert_score_equal(read_in("21.16", 0, wan).num, 211600);
    assert_score_equal(read_in("≤21.16", 0, wan).num, 211600);
    assert_score_equal(read_in("45万", 0, wan).num, 450000);
    assert_string_equal(units_get(units, read_in("45万", 0, wan).unit)->name, "元");
    assert_score_equal(read_in("3万", 0, people).num, 30000);
    assert_score_equal(read_in("45%", 0, wan).num, 45);
    assert_score_equal(read_in("10-20", 0, wan).hi, 200000);
    assert_score_equal(read_in("5元", 0, wan).num, 5);
}

static void test_value__long_cells(void **state)
{
    (void)state;
    size_t len = 5000;
    char *text = malloc(len);
    assert_non_null(text);
    struct value_context c = {.units = units, .year = 2019, .default_unit = UNIT_NONE};
    struct value v;
    memset(text, 'x', len);
    value_read(&v, &c, text, len);
    assert_int_equal(v.kind, VALUE_TEXT);
    memset(text, '5', len);
    text[7] = 'x';
    value_read(&v, &c, text, len);
    assert_int_equal(v.kind, VALUE_BAD);
    memset(text, '5', len);
    value_read(&v, &c, text, len);
    assert_int_equal(v.kind, VALUE_BAD);
    free(text);
}

/* However a number is written, over 60 digits of it are no number. */
static void test_value__too_many_digits(void **state)
{
    static const char *const before[] = {"", "\xE3\x80\x80", "\xE2\x89\xA5", "-"};
    (void)state;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        for (size_t n = 58; n < 400; n++) {
            char text[512];
            size_t lead = strlen(strcpy(text, before[i]));
            memset(text + lead, '9', n);
            text[lead + n] = '\0';
            bool number = read_text(text).kind == VALUE_NUMBER;
            if (number != (n + (*text == '-') <= 60))
                fail_msg("%zu digits after '%s'", n, before[i]);
        }
}

/* A letter that was meant as a digit is no unit. */
static void test_value__letters_for_digits(void **state)
{
    static const char *const bad[] = {"1O户", "≥1O户", "2l人", "4o人", "3I件"};
    static const char *const good[] = {"5OEM", "3IP", "6lines"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (read_text(bad[i]).kind == VALUE_NUMBER)
            fail_msg("'%s' is read as %g", bad[i], read_text(bad[i]).num);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_int_equal(read_text(good[i]).kind, VALUE_NUMBER);
}

/* Any bytes are read to some kind, and numbers that come out are finite. */
static void test_value__any_bytes(void **state)
{
    (void)state;
    static const char *const pieces[] = {"≥",  "5",  "1,234", "万",   "%",    "月", "前", "-",
                                         "~",  "（", "）",    "年",   "12",   ".",  "元", "/人",
                                         "约", "余", " ",     "\xE4", "\xFF", "\0"};
    uint32_t seed = 7;
    struct value_context c = {.units = units, .year = 2019, .default_unit = UNIT_NONE};
    for (int round = 0; round < 20000; round++) {
        char text[128];
        size_t len = 0;
        for (int k = 0; k < 7; k++) {
            seed = seed * 1664525u + 1013904223u;
            const char *piece = pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)];
            size_t n = strlen(piece) ? strlen(piece) : 1;
            memcpy(text + len, piece, n);
            len += n;
        }
        struct value v;
        value_read(&v, &c, text, len);
        assert_true(v.kind <= VALUE_BAD);
        assert_true(isfinite(v.num) && isfinite(v.hi));
        assert_true(v.kind != VALUE_RANGE || v.num <= v.hi);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_value__numbers),
        cmocka_unit_test(test_value__ranges),
        cmocka_unit_test(test_value__default_unit),
        cmocka_unit_test(test_value__long_cells),
        cmocka_unit_test(test_value__any_bytes),
        cmocka_unit_test(test_value__too_many_digits),
        cmocka_unit_test(test_value__letters_for_digits),
    };
    return cmocka_run_group_tests(tests, load_units, drop_units);
}
