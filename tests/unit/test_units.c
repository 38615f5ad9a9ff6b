/*
 * test_units.c - units of measurement: what converts into what, counting words, the INI and what it
 * refuses.
 */
#include "check.h"

#include <stdlib.h>
#include <unistd.h>

#include "model/units.h"
#include "temp.h"

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

static uint32_t intern(struct units *u, const char *text)
{
    return units_intern(u, text, strlen(text));
}

static const char *base_name(const struct units *u, uint32_t id)
{
    return units_get(u, units_get(u, id)->base)->name;
}

static void test_units__scales(void **state)
{
    (void)state;
    static const struct {
        const char *text, *base;
        double scale;
        int shift; /* -99: no power of ten */
    } cases[] = {
        {"元", "元", 1, 0},
        {"万元", "元", 1e4, 4},
        {"亿元", "元", 1e8, 8},
        {"千元", "元", 1e3, 3},
        {"百万元", "元", 1e6, 6},
        {"十万元", "元", 1e5, 5},
        {"千万元", "元", 1e7, 7},
        {"万亿元", "元", 1e12, 12},
        {"角", "元", 0.1, -1},
        {"RMB", "元", 1, 0},
        {"Wan Yuan", "元", 1e4, 4},
        {"%", "%", 1, 0},
        {"％", "%", 1, 0},
        {"百分比", "%", 1, 0},
        {"‰", "%", 0.1, -1},
        {"个百分点", "%", 1, 0},
        {"年", "月", 12, -99},
        {"季度", "月", 3, -99},
        {"个月", "月", 1, 0},
        {"小时", "天", 1.0 / 24, -99},
        {"周", "天", 7, -99},
        {"吨", "千克", 1e3, 3},
        {"万吨", "千克", 1e7, 7},
        {"公斤", "千克", 1, 0},
        {"斤", "千克", 0.5, -99},
        {"亩", "平方米", 2000.0 / 3, -99},
        {"公顷", "平方米", 1e4, 4},
        {"㎡", "平方米", 1, 0},
        {"m2", "平方米", 1, 0},
        {"千米", "米", 1e3, 3},
        {"元/人", "元/人", 1, 0},
        {"万元/人", "元/人", 1e4, 4},
        {"元 / 人 · 月", "元/人*月", 1, 0},
        {"亿元/年", "元/年", 1e8, 8},
        {"元/个月", "元/月", 1, 0},
        {"元/每人", "元/人", 1, 0},
        {"人", "人", 1, 0},
        {"万人", "人", 1e4, 4},
        {"亿次", "次", 1e8, 8},
        {"人 次", "人 次", 1, 0},
        {"万次/年", "次/年", 1e4, 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t id = intern(units, cases[i].text);
        assert_int_not_equal(id, UNIT_NONE);
        struct unit u = *units_get(units, id);
        if (u.scale != cases[i].scale || u.decimal != (cases[i].shift != -99) ||
            (u.decimal && u.shift != cases[i].shift) ||
            strcmp(base_name(units, id), cases[i].base) != 0)
            fail_msg("%s: %g × %s, shift %d", cases[i].text, u.scale, base_name(units, id),
                     u.shift);
    }
}

static void test_units__dimensions(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        bool same;
    } cases[] = {
        {"元", "亿元", true},   {"%", "个百分点", true},   {"元/人", "万元/人", true},
        {"月", "年", true},     {"元", "%", false},        {"天", "月", false},
        {"元", "元/人", false}, {"元/人", "元/户", false}, {"个", "件", false},
        {"个", "万个", true},   {"天", "工作日", false},   {"人", "人次", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t a = intern(units, cases[i].a), b = intern(units, cases[i].b);
        bool same = units_get(units, a)->dimension == units_get(units, b)->dimension;
        if (same != cases[i].same)
            fail_msg("%s and %s", cases[i].a, cases[i].b);
    }
}

static void test_units__spellings_are_one(void **state)
{
    (void)state;
    assert_int_equal(intern(units, "万元"), intern(units, " 万 元 "));
    assert_int_equal(intern(units, "%"), intern(units, "％"));
    assert_int_equal(intern(units, "kg"), intern(units, "ＫＧ"));
    assert_int_equal(intern(units, "人次"), intern(units, "人 次"));
    assert_int_equal(intern(units, "元/人*月"), intern(units, "元/人×月"));
    assert_int_equal(units_get(units, intern(units, "个"))->base, intern(units, "个"));
}

static void test_units__counting_words(void **state)
{
    (void)state;
    assert_true(units_get(units, intern(units, "家"))->count);
    assert_true(units_get(units, intern(units, "万家"))->count);
    assert_false(units_get(units, intern(units, "万元"))->count);
    assert_false(units_get(units, intern(units, "元/人"))->count);
    assert_true(units_get(units, intern(units, "个百分点"))->point);
    assert_false(units_get(units, intern(units, "%"))->point);
}

static void test_units__known(void **state)
{
    (void)state;
    static const char *const known[] = {"元", "万元", "%", "元/人*月", "百分点", "亩", "百万吨"};
    static const char *const unknown[] = {"",      " ",   "个",  "万个",  "万",
                                          "人/元", "/人", "元/", "万万元"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (units_known(units, known[i], strlen(known[i])) == UNIT_NONE)
            fail_msg("%s is not known", known[i]);
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        if (units_known(units, unknown[i], strlen(unknown[i])) != UNIT_NONE)
            fail_msg("'%s' is known", unknown[i]);
}

static void test_units__seen(void **state)
{
    (void)state;
    const char *word = "座谈会";
    assert_int_equal(units_seen(units, word, strlen(word)), UNIT_NONE);
    uint32_t id = intern(units, word);
    assert_int_equal(units_seen(units, word, strlen(word)), id);
}

static void test_units__without_multiple(void **state)
{
    (void)state;
    static const struct {
        const char *text, *plain;
    } cases[] = {{"万元", "元"},       {"万人", "人"},   {"元", "元"},
                 {"万元/人", "元/人"}, {"千克", "千克"}, {"%", "%"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(units_without_multiple(units, intern(units, cases[i].text)),
                         intern(units, cases[i].plain));
    assert_int_equal(units_without_multiple(units, UNIT_NONE), UNIT_NONE);
}

static void test_units__multiple(void **state)
{
    (void)state;
    size_t used;
    assert_int_equal(units_multiple("万亿元", strlen("万亿元"), &used), 12);
    assert_int_equal(used, strlen("万亿"));
    assert_int_equal(units_multiple("元", strlen("元"), &used), 0);
    assert_int_equal(used, 0);
    assert_int_equal(units_multiple("", 0, &used), 0);
}

static void test_units__ends(void **state)
{
    (void)state;
    char text[400];
    memset(text, 'x', sizeof text);
    assert_int_equal(units_intern(units, text, sizeof text), UNIT_NONE);
    assert_int_equal(intern(units, ""), UNIT_NONE);
    assert_int_equal(intern(units, " 　"), UNIT_NONE);
    assert_null(units_get(units, UNIT_NONE));
    assert_string_equal(units_get(units, units_percent(units))->name, "%");
    assert_string_equal(units_get(units, units_money(units))->name, "元");
}

static char *write_ini(const char *text)
{
    static char path[TEMP_MAX];
    int fd = mkstemp(temp_name(path, "units"));
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    return path;
}

static void test_units__laid_over(void **state)
{
    (void)state;
    char *over = write_ini(
        "[money]\n元 = 1, 人民币\n两 = 37\n[energy]\n度电 = 2\n[housing]\n套房 = 1\n栋 = 20, 幢\n");
    struct units *u = NULL;
    sy_error err;
    assert_int_equal(units_load(&u, "config/units.ini", over, &err), SY_OK);
    unlink(over);
    assert_int_equal(intern(u, "人民币"), units_money(u));
    assert_int_equal(intern(u, "yuan"), units_money(u));
    assert_score_equal(units_get(u, intern(u, "两"))->scale, 37);
    assert_string_equal(base_name(u, intern(u, "两")), "元");
    assert_score_equal(units_get(u, intern(u, "度电"))->scale, 2);
    assert_score_equal(units_get(u, intern(u, "幢"))->scale, 20);
    assert_false(units_get(u, intern(u, "套房"))->count);
    units_free(u);
    u = NULL;
    assert_int_equal(units_load(&u, "config/units.ini", "/tmp/there/is/no/such.ini", &err), SY_OK);
    units_free(u);
}

static void test_units__refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint32_t line;
        const char *word; /* of the message */
    } cases[] = {
        {"元 = 1\n", 1, "section"},
        {"[money]\n元 = eins\n", 2, "scale"},
        {"[money]\n元 = 1\n角 = 0\n", 3, "scale"},
        {"[money]\n元 = 1\n角 = -1\n", 3, "scale"},
        {"[money]\n元 = 1\n角 = 1/0\n", 3, "scale"},
        {"[money]\n元 =\n", 2, "scale"},
        {"[money]\n元 = 2\n", 2, "must be 1"},
        {"[money]\n元 = 1, 圆\n角 = 0.1, 圆\n", 3, "two units"},
        {"[money]\n元 = 1, , 圆\n", 2, "empty"},
        {"[money]\n元 = 1\n", 0, "ratio"},
        {"[ratio]\n% = 1\n", 0, "money"},
        {"[money\n", 1, "]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *path = write_ini(cases[i].text);
        struct units *u = NULL;
        sy_error err = {0};
        assert_int_equal(units_load(&u, path, NULL, &err), SY_EINPUT);
        assert_null(u);
        if (err.line != cases[i].line || !strstr(err.message, cases[i].word))
            fail_msg("%s: line %u: %s", cases[i].text, err.line, err.message);
        unlink(path);
    }
    sy_error err = {0};
    struct units *u = NULL;
    assert_int_equal(units_load(&u, "/tmp/there/is/no/such.ini", NULL, &err), SY_EFILE);
    assert_null(u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_units__scales),
        cmocka_unit_test(test_units__dimensions),
        cmocka_unit_test(test_units__spellings_are_one),
        cmocka_unit_test(test_units__counting_words),
        cmocka_unit_test(test_units__known),
        cmocka_unit_test(test_units__seen),
        cmocka_unit_test(test_units__without_multiple),
        cmocka_unit_test(test_units__multiple),
        cmocka_unit_test(test_units__ends),
        cmocka_unit_test(test_units__laid_over),
        cmocka_unit_test(test_units__refused),
    };
    return cmocka_run_group_tests(tests, load_units, drop_units);
}
