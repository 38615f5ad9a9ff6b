/*
 * test_text_lines.c - base: columns that characters take, and where lines are broken.
 */
#include "check.h"

#include <locale.h>
#include <stdlib.h>
#include <wchar.h>
#include <wctype.h>

#include "base/text.h"

static void test_text_lines__widths(void **state)
{
    static const struct {
        const char *text;
        size_t width;
    } cases[] = {
        {"", 0},       {"abc", 3},     {"绩效", 4},         {"①—…“”·×", 7},    {"Ａ１（）", 8},
        {"ｱｲ", 2},     {"e\u0301", 1}, {"\u200b\ufeff", 0}, {"\U0001F600", 2}, {"\U0001F680", 2},
        {"\u231A", 2}, {"\u2764", 1},  {"\U00020000", 2},   {"한국", 4},       {"\u1112\u1161", 2},
        {"ไทยที่นี่", 5},  {"\xFF", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t width = text_width(cases[i].text, strlen(cases[i].text));
        if (width != cases[i].width)
            fail_msg("%s: %zu, expected %zu", cases[i].text, width, cases[i].width);
    }
}

/* Against the C library's table, character by character, where both know the character. */
static void test_text_lines__widths_as_wcwidth(void **state)
{
    size_t differ = 0, known = 0;
    (void)state;
    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
        skip();
    for (uint32_t c = 0xA0; c < 0x30000; c++) {
        int theirs = wcwidth((wchar_t)c);
        if (theirs < 0 || (c >= 0xD800 && c <= 0xDFFF) || !iswprint((wint_t)c))
            continue;
        known++;
        differ += (size_t)theirs != text_width_of(c);
    }
    setlocale(LC_CTYPE, "C");
    assert_true(known > 100000);
    if (differ > 0)
        fail_msg("%zu of %zu characters differ", differ, known);
}

static void test_text_lines__fit(void **state)
{
    static const struct {
        const char *text;
        size_t width;
        const char *line;
    } cases[] = {
        {"one two", 10, "one two"},
        {"one two", 7, "one two"},
        {"one two", 6, "one "},
        {"one two", 4, "one "},
        {"one two", 3, "one "},
        {"one two", 2, "on"},
        {"one  two", 4, "one  "},
        {"绩效评价", 8, "绩效评价"},
        {"绩效评价", 7, "绩效评"},
        {"绩效评价", 1, "绩"},
        {"绩效。", 4, "绩"},
        {"绩（效", 4, "绩"},
        {"绩。。", 4, "绩。"},
        {"a b }", 4, "a "},
        {"得分93.00", 6, "得分"},
        {"93.00分", 5, "93.00"},
        {"a/b/cd", 4, "a/b/"},
        {"see a/b/cd", 8, "see "},
        {"1/2/34", 4, "1/2/"},
        {"e\u0301e\u0301", 1, "e\u0301"},
        {"ab", 0, "a"},
        {"\xFF\xFF", 1, "\xFF"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n = text_fit(cases[i].text, strlen(cases[i].text), cases[i].width);
        if (n != strlen(cases[i].line) || memcmp(cases[i].text, cases[i].line, n) != 0)
            fail_msg("%s at %zu: '%.*s', expected '%s'", cases[i].text, cases[i].width, (int)n,
                     cases[i].text, cases[i].line);
    }
}

static void test_text_lines__wrap(void **state)
{
    static const struct {
        const char *text;
        size_t width;
        const char *expected;
    } cases[] = {
        {"", 20, ""},
        {"\n\n", 20, "\n\n"},
        {"one two three four five", 0, "one two three four five"},
        {"one two three four five\nsix", 20, "one two three four\n  five\nsix"},
        {"  place: one two three four", 20, "  place: one two\n    three four"},
        {"  规则  完成比率，按比例得分", 20, "  规则  完成比率，按\n        比例得分"},
        {"word:  unbreakable-unbreakable-unbreakable", 20,
         "word:\n       unbreakable-u\n       nbreakable-un\n       breakable"},
        {"                    far in", 20, "          far in"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out = {0};
        text_wrap(&out, cases[i].text, cases[i].width);
        assert_text(buf_text(&out), cases[i].expected);
        buf_dispose(&out);
    }
}

/* At every width: no line too long, nothing but blanks and line ends lost. */
static void test_text_lines__wrap_keeps_all(void **state)
{
    static const char text[] = "疑点 137 条：错误 0，警告 101，提示 36。最要紧的：\n"
                               "  data/funds.csv:6: unit-slip: 其他收入：差异原因为 "
                               "2.38元，决算表为 2.380223万元，约差一万倍\n"
                               "    指标值      1523个 → >= 1523 个  [data/outcomes.csv:6]\n"
                               "                                  deep\n"
                               "接着看：\n  build/steelyard explain examples/lusong sme-2019\n";
    (void)state;
    for (size_t width = 8; width < 130; width++) {
        struct buf out = {0};
        text_wrap(&out, text, width);
        const char *a = text, *b = buf_text(&out);
        while (*a != '\0' || *b != '\0') {
            if (*a == ' ' || *a == '\n')
                a++;
            else if (*b == ' ' || *b == '\n')
                b++;
            else if (*a++ != *b++)
                fail_msg("at %zu columns text is lost:\n%s", width, buf_text(&out));
        }
        for (const char *line = buf_text(&out); *line != '\0';) {
            size_t len = strcspn(line, "\n");
            if (text_width(line, len) > width)
                fail_msg("over %zu columns: %.*s", width, (int)len, line);
            line += len + (line[len] == '\n');
        }
        buf_dispose(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_lines__widths),
        cmocka_unit_test(test_text_lines__widths_as_wcwidth),
        cmocka_unit_test(test_text_lines__fit),
        cmocka_unit_test(test_text_lines__wrap),
        cmocka_unit_test(test_text_lines__wrap_keeps_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
