/*
 * test_workbook_text.c - plugins/xlsx_write: texts as cells and sheets may have them, and written
 * values as numbers with a format.
 */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "amount.h"
#include "text.h"

#define BYTES(literal) (literal), sizeof(literal) - 1

static void check_cell(const char *bytes, size_t len, bool data, const char *expected)
{
    struct text t = {0};
    text_cell(&t, bytes, len, data);
    if (strcmp(text_of(&t), expected) != 0)
        fail_msg("'%s', expected '%s'", text_of(&t), expected);
    text_dispose(&t);
}

static void test_text__cells(void **state)
{
    (void)state;
    check_cell(BYTES("中文 a"), true, "中文 a");
    check_cell(BYTES("=1+1"), true, "'=1+1");
    check_cell(BYTES("+1"), true, "'+1");
    check_cell(BYTES("-1"), true, "'-1");
    check_cell(BYTES("@x"), true, "'@x");
    check_cell(BYTES("\tx"), true, "'\tx");
    check_cell(BYTES("=1+1"), false, "=1+1");
    check_cell(BYTES("a\r\nb\nc"), true, "a\nb\nc");
    check_cell(BYTES("a\x01\x1F\x7F"), true, "a\\x01\\x1F\\x7F");
    check_cell(BYTES("a\0b"), true, "a\\x00b");
    check_cell(BYTES("_x0041_ _x004_ _xZZZZ_"), true, "_x005F_x0041_ _x004_ _xZZZZ_");
    check_cell(BYTES("\xEF\xBF\xBE\xEF\xBF\xBF"), true, "\xEF\xBF\xBD\xEF\xBF\xBD");
    check_cell(BYTES("a\xFF\xC3"), true, "a\\xFF\\xC3");
    check_cell(BYTES("\xC0\x80\xED\xA0\x80\xF5\x80"), true, "\\xC0\\x80\\xED\\xA0\\x80\\xF5\\x80");
    check_cell(BYTES("\xF0\x9F\x98\x80\xF4\x90\x80\x80"), true,
               "\xF0\x9F\x98\x80\\xF4\\x90\\x80\\x80");
    check_cell("", 0, true, "");
}

/* Characters of UTF-16, as Excel counts. */
static size_t count_units(const char *s)
{
    size_t n = 0;
    for (; *s != '\0'; s++)
        n += ((unsigned char)*s & 0xC0) != 0x80 ? 1 + ((unsigned char)*s >= 0xF0) : 0;
    return n;
}

static void check_length(const char *unit, size_t times, size_t expected, bool cut)
{
    struct text in = {0}, out = {0};
    for (size_t i = 0; i < times; i++)
        text_str(&in, unit);
    text_cell(&out, text_of(&in), in.len, true);
    assert_int_equal(count_units(text_of(&out)), expected);
    const bool ends = out.len > 3 && strcmp(text_of(&out) + out.len - 3, "…") == 0;
    assert_int_equal(ends, cut);
    text_dispose(&in);
    text_dispose(&out);
}

static void test_text__lengths(void **state)
{
    (void)state;
    check_length("a", 32766, 32766, false);
    check_length("a", 32767, 32767, false);
    check_length("a", 32768, 32767, true);
    check_length("很", 40000, 32767, true);
    check_length("𠀀", 16383, 32766, false);
    check_length("𠀀", 16384, 32767, true);
    check_length("\x01", 20000, 32765, true); /* four each */
}

static void check_sheet(const char *bytes, size_t len, const char *expected)
{
    struct text t = {0};
    text_sheet(&t, bytes, len, "Sheet");
    if (strcmp(text_of(&t), expected) != 0)
        fail_msg("'%s', expected '%s'", text_of(&t), expected);
    text_dispose(&t);
}

static void test_text__sheets(void **state)
{
    (void)state;
    check_sheet(BYTES("[a]:b*c?d/e\\f"), "_a__b_c_d_e_f");
    check_sheet(BYTES(" 'x' "), "x");
    check_sheet(BYTES("''"), "Sheet");
    check_sheet(BYTES(""), "Sheet");
    check_sheet(BYTES("a\x01\xFF"), "a__");
    check_sheet(BYTES("abcdefghijklmnopqrstuvwxyz0123456789"), "abcdefghijklmnopqrstuvwxyz01234");
    check_sheet(BYTES("𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀"), "𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀");
    check_sheet(BYTES("abcdefghijklmnopqrstuvwxyz0123'x"), "abcdefghijklmnopqrstuvwxyz0123");
}

static void test_amount__reads(void **state)
{
    static const struct {
        const char *text, *format; /* NULL: it stays text */
        double read, number, factor;
        const char *before, *behind;
    } cases[] = {
        {"≥3,000人次", "\"≥\"#,##0\"人次\"", 3000, 3000, 1, "≥", ""},
        {"3000", "\"≥\"0\"个\"", 3000, 3000, 1, "≥", "个"},
        {"21.16万元", "0.00\"万元\"", 211600, 21.16, 1e4, "", ""},
        {"2.91亿元", "0.00\"亿元\"", 2.91, 2.91, 1, "", ""},
        {"4800万元", "0\"万元\"", 0.48, 4800, 1e-4, "", ""},
        {"45%", "0\"%\"", 45, 45, 1, "", ""},
        {"-5%", "\"≥\"0\"%\";\"≥\"-0\"%\"", -5, -5, 1, "≥", ""},
        {"≥-5%", "\"≥\"0\"%\";\"≥\"-0\"%\"", -5, -5, 1, "", ""},
        {"-5%", "0\"%\"", -5, -5, 1, "", ""},
        {"不少于3.50万元", "\"不少于\"0.00\"万元\"", 3.5, 3.5, 1, "≥", ""},
        {"约3万人", "\"约\"0\"万人\"", 3, 3, 1, "", ""},
        {"7个", "0\"个\"", NAN, 7, 0, "", ""},
        {"7个", "0\"个\"", 8, 7, 0, "", ""},
        {"18-54岁", NULL, NAN, 0, 0, "", ""},
        {"007", NULL, 7, 0, 0, "", ""},
        {"１２个", NULL, 12, 0, 0, "", ""},
        {"1,23,4个", NULL, NAN, 0, 0, "", ""},
        {"12..5", NULL, NAN, 0, 0, "", ""},
        {"5.", NULL, NAN, 0, 0, "", ""},
        {"a\"5\"", NULL, 5, 0, 0, "", ""},
        {"2021年11月底前", NULL, NAN, 0, 0, "", ""},
        {"1234567890123456", NULL, 1, 0, 0, "", ""},
        {"无", NULL, NAN, 0, 0, "", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text format = {0};
        struct amount amount;
        const bool made = amount_read(&amount, &format, cases[i].text, strlen(cases[i].text),
                                      cases[i].read, cases[i].before, cases[i].behind);
        if (made != (cases[i].format != NULL))
            fail_msg("%s: %s", cases[i].text, made ? text_of(&format) : "no amount");
        if (made) {
            if (strcmp(text_of(&format), cases[i].format) != 0)
                fail_msg("%s: %s, expected %s", cases[i].text, text_of(&format), cases[i].format);
            assert_true(amount.number == cases[i].number);
            assert_true(amount.factor == cases[i].factor);
        }
        text_dispose(&format);
    }
}

static void check_format(double number, const char *before, const char *behind,
                         const char *expected)
{
    struct text t = {0};
    amount_format(&t, number, before, behind);
    if (strcmp(text_of(&t), expected) != 0)
        fail_msg("%g: %s, expected %s", number, text_of(&t), expected);
    text_dispose(&t);
}

static void test_amount__formats(void **state)
{
    (void)state;
    check_format(92, "≥", "%", "\"≥\"0\"%\"");
    check_format(92.35, "", "", "0.00");
    check_format(0.0001, "", "元", "0.0000\"元\"");
    check_format(-1.5, "≤", "", "\"≤\"0.0;\"≤\"-0.0");
    check_format(1e20, "", "", "0");
    check_format(0, "", "", "0");
    check_format(1, "", "\"", "General");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text__cells), cmocka_unit_test(test_text__lengths),
        cmocka_unit_test(test_text__sheets), cmocka_unit_test(test_amount__reads),
        cmocka_unit_test(test_amount__formats)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
